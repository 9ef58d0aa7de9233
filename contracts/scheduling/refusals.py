"""Why scheduling refuses."""

from contracts.base import Refusal

BOOKABLE_UNKNOWN = Refusal(
    "bookable-unknown",
    "Không có {bookable_id} trong danh mục đặt lịch; đề nghị chọn lại từ danh mục.",
    "There is no {bookable_id} that can be booked; choose from the list.",
)
BOOKABLE_RETIRED = Refusal(
    "bookable-retired",
    "{name} không còn được đặt lịch: {reason}; đề nghị chọn lịch khác cùng loại.",
    "{name} can be booked no longer: {reason}; choose another of its type.",
)
NOT_FREE = Refusal(
    "not-free",
    "Không còn trống: {held}. Đề nghị liên hệ người giữ chỗ, chọn phòng hoặc xe khác, chọn giờ khác, rút ngắn thời "
    "gian hoặc vào danh sách chờ.",
    "Not free: {held}. Reach who holds it, or choose another room or car, another time, a shorter one, or the waiting "
    "list.",
)
THING_BLOCKED = Refusal(
    "thing-blocked",
    "{name} tạm ngừng nhận đặt đến {until}: {reason}; đề nghị liên hệ {contact} hoặc chọn giờ khác.",
    "{name} cannot be booked until {until}: {reason}; ask {contact} or choose another time.",
)
OUTSIDE_HOURS = Refusal(
    "outside-hours",
    "{name} chỉ nhận đặt trong giờ hoạt động ({hours}); đề nghị chọn giờ khác.",
    "{name} can be booked within its hours only ({hours}); choose another time.",
)
DAY_OFF = Refusal(
    "day-off",
    "{name} không nhận đặt vào ngày nghỉ {day} ({holiday}); đề nghị chọn ngày khác.",
    "{name} cannot be booked on {day}, a day off ({holiday}); choose another day.",
)
VALIDITY_ENDED = Refusal(
    "validity-ended",
    "{name} không được sử dụng sau ngày {last_day} (hết hạn {vi}); đề nghị gia hạn và cập nhật, hoặc chọn lịch khác.",
    "{name} may not be used after {last_day} (its {en} ends); renew and record it, or choose another.",
)
NOT_FOR_YOU = Refusal(
    "not-for-you",
    "{name} không dành cho vai trò hoặc đơn vị của người đặt; đề nghị liên hệ {contact}.",
    "{name} is not for the speaker's role or board; ask {contact}.",
)
PRIORITY_TOO_LOW = Refusal(
    "priority-too-low",
    "{name} chỉ dành cho lịch từ cấp {vi} trở lên; đề nghị chọn lịch khác cùng loại.",
    "{name} is for bookings of the class {en} or higher; choose another of its type.",
)
PRIORITY_NOT_YOURS = Refusal(
    "priority-not-yours",
    "Người đặt không được ghi mức ưu tiên {vi}; đề nghị để trống hoặc ghi mức thấp hơn.",
    "The speaker may not claim the class {en}; leave it out or claim a lower one.",
)
BOARD_NOT_YOURS = Refusal(
    "board-not-yours",
    "Chỉ văn phòng đặt lịch thay cho {board}; đề nghị để trống hoặc ghi đơn vị của mình.",
    "Only the office books for {board}; leave it out or give your own board.",
)
IN_THE_PAST = Refusal(
    "booking-in-the-past",
    "Thời gian đặt đã qua; đề nghị chọn thời gian từ bây giờ trở đi.",
    "That time has passed; choose one from now on.",
)
TOO_LONG = Refusal(
    "booking-too-long",
    "Lịch đặt dài nhất {limit} phút; đề nghị rút ngắn hoặc chia thành nhiều lần.",
    "A booking is {limit} minutes at most; make it shorter or several.",
)
PERIOD_TOO_LONG = Refusal(
    "period-too-long",
    "Mỗi lần chỉ tìm trong tối đa {days} ngày; đề nghị chọn khoảng thời gian ngắn hơn.",
    "At most {days} days are searched at a time; choose a shorter time.",
)
BLOCKING_TOO_LONG = Refusal(
    "blocking-too-long",
    "Mỗi lần tạm ngừng tối đa {days} ngày; đề nghị rút ngắn, hoặc ngừng hẳn việc đặt nếu không còn sử dụng.",
    "A blocking is {days} days at most; make it shorter, or retire what is no longer used.",
)
TOO_FAR_AHEAD = Refusal(
    "booking-too-far-ahead",
    "Chỉ đặt trước được {days} ngày; đề nghị chọn ngày gần hơn.",
    "Bookings are made at most {days} days ahead; choose a nearer day.",
)
ENDS_BEFORE_IT_BEGINS = Refusal(
    "ends-before-it-begins",
    "Giờ kết thúc phải sau giờ bắt đầu; đề nghị kiểm tra lại.",
    "The end must be after the beginning; check it.",
)
WANTED_TWICE = Refusal(
    "wanted-twice",
    "{bookable_id} được chọn đích danh hai lần trong một lịch; đề nghị chọn một lần.",
    "{bookable_id} is named twice in one booking; name it once.",
)
TOO_MANY_CANDIDATES = Refusal(
    "too-many-candidates",
    "Một lịch nêu tối đa {limit} phương án người, phòng, xe; đề nghị chọn bớt.",
    "A booking names {limit} people and things at most; name fewer.",
)
TOO_MUCH_AT_ONCE = Refusal(
    "too-much-at-once",
    "Yêu cầu liên quan đến {count} lịch cùng lúc, tối đa {limit}; đề nghị chia thành nhiều lần.",
    "This is about {count} calendars and bookings at once, {limit} at most; do it in parts.",
)
BOOKING_UNKNOWN = Refusal(
    "booking-unknown",
    "Không có lịch đặt {booking_id}; đề nghị kiểm tra lại.",
    "There is no booking {booking_id}; check it.",
)
BOOKING_CHANGED = Refusal(
    "booking-changed",
    "Lịch đặt đã thay đổi từ khi được xem (hiện: {now}); đề nghị xem lại rồi thực hiện.",
    "The booking changed since it was looked at (now: {now}); look again, then do it.",
)
BOOKING_OVER = Refusal(
    "booking-over",
    "Lịch đặt đã {vi}; không thể thay đổi. Đề nghị đặt lịch mới.",
    "The booking is {en} and cannot be changed; make a new one.",
)
NOT_YOUR_BOOKING = Refusal(
    "not-your-booking",
    "Lịch do {holder} đặt (liên hệ {contact}); chỉ người đặt, đơn vị đó hoặc văn phòng được thay đổi.",
    "The booking is that of {holder} (reach them: {contact}); only they, their board or the office may change it.",
)
NOT_HELD = Refusal(
    "booking-not-held",
    "Lịch này không ở trạng thái giữ chỗ; không cần xác nhận giữ chỗ.",
    "This booking is not a held one; there is nothing to confirm.",
)
HOLD_EXPIRED = Refusal(
    "hold-expired",
    "Đã hết thời gian giữ chỗ lúc {until}; đề nghị đặt lại.",
    "The hold ended at {until}; book again.",
)
NOT_PENDING = Refusal(
    "booking-not-pending",
    "Lịch này không chờ duyệt; không có gì để duyệt.",
    "This booking does not wait for approval; there is nothing to decide.",
)
NOT_YOUR_APPROVAL = Refusal(
    "not-your-approval",
    "Bước duyệt này thuộc {vi}; đề nghị chuyển đúng người duyệt.",
    "This approval is that of {en}; pass it to them.",
)
NOT_BOOKED = Refusal(
    "booking-not-booked",
    "Lịch này chưa được đặt ({vi}); đề nghị hoàn tất việc đặt trước.",
    "This booking is not booked yet ({en}); have it booked first.",
)
TOO_EARLY_TO_CHECK_IN = Refusal(
    "too-early-to-check-in",
    "Chỉ nhận chỗ từ {from_} trở đi; đề nghị thực hiện sau.",
    "Checking in begins at {from_}; do it then.",
)
NOT_RUNNING = Refusal(
    "booking-not-running",
    "Lịch này chưa bắt đầu hoặc đã kết thúc; đề nghị hủy hoặc dời lịch thay vì kết thúc.",
    "This booking has not begun or is over; cancel or move it instead.",
)
DISPLACED_UNSEEN = Refusal(
    "displaced-unseen",
    "Còn lịch khác đang giữ chỗ: {held}; đề nghị xem lại và nêu đủ các lịch bị thay thế.",
    "Others hold it too: {held}; look again and name every booking that gives way.",
)
NOTHING_DISPLACED = Refusal(
    "nothing-displaced",
    "Lịch {booking_id} không vướng; đề nghị bỏ khỏi danh sách thay thế.",
    "Booking {booking_id} is not in the way; leave it out.",
)
OUTRANKED = Refusal(
    "outranked",
    "Lịch của {holder} có mức ưu tiên cao hơn, không được thay thế; đề nghị liên hệ {contact}.",
    "The booking of {holder} is of a higher class and does not give way; ask {contact}.",
)
SERIES_UNKNOWN = Refusal(
    "series-unknown",
    "Không có chuỗi lịch {series_id}; đề nghị kiểm tra lại.",
    "There is no series {series_id}; check it.",
)
SERIES_CONFLICTS = Refusal(
    "series-conflicts",
    "Có {count} buổi bị trùng lịch: {conflicts}. Đề nghị chọn bỏ qua buổi trùng, dời giờ, hoặc chọn lịch khác.",
    "{count} occurrences are not free: {conflicts}. Choose to skip them, to move them, or other things.",
)
SERIES_EMPTY = Refusal(
    "series-empty",
    "Không có buổi nào trong chuỗi đặt được; đề nghị xem lại ngày, giờ hoặc chọn lịch khác.",
    "No occurrence of the series can be booked; check days and hours, or choose other things.",
)
SERIES_CHANGED = Refusal(
    "series-changed",
    "Chuỗi lịch đã thay đổi từ khi được xem (các buổi còn lại trong phạm vi: {numbers}); đề nghị xem lại.",
    "The series changed since it was looked at (still booked within the scope: {numbers}); look again.",
)
OCCURRENCE_UNKNOWN = Refusal(
    "occurrence-unknown",
    "Chuỗi lịch không có buổi số {number}; đề nghị kiểm tra lại.",
    "The series has no occurrence {number}; check it.",
)
OCCURRENCE_BOOKED = Refusal(
    "occurrence-booked",
    "Buổi số {number} đang được đặt; không cần thêm lại.",
    "Occurrence {number} is booked already; there is nothing to add.",
)
BLOCKING_UNKNOWN = Refusal(
    "blocking-unknown",
    "Không có lần tạm ngừng {blocking_id} của {name}; đề nghị kiểm tra lại.",
    "There is no blocking {blocking_id} of {name}; check it.",
)
HOURS_UNFIT = Refusal(
    "hours-unfit",
    "Giờ đóng phải sau giờ mở trong cùng ngày; đề nghị kiểm tra lại.",
    "A closing hour must be after its opening hour; check them.",
)
MEMORY_BEHIND = Refusal(
    "terms-changed",
    "Điều kiện đặt của {name} vừa thay đổi; đề nghị thực hiện lại.",
    "The terms of {name} have just changed; do it again.",
)
BOARD_TOO_LARGE = Refusal(
    "board-too-large",
    "Lịch cần xem có {count} lượt đặt, mỗi lần xem tối đa {limit}; đề nghị xem ít ngày hơn hoặc chọn bớt người, phòng, "
    "xe.",
    "There are {count} bookings to show, {limit} at most at a time; ask for fewer days or fewer people and things.",
)
USAGE_DAYS_UNFIT = Refusal(
    "usage-days-unfit",
    "Khoảng ngày xem mức độ sử dụng phải từ 1 đến {limit} ngày, ngày cuối không trước ngày đầu; đề nghị chọn lại.",
    "Usage is shown of 1 to {limit} days, the last not before the first; choose them again.",
)
