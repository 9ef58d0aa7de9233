"""Why scheduling refuses wishes about weeks and their items."""

from contracts.base import Refusal

DAY_NOT_IN_WEEK = Refusal(
    "day-not-in-week",
    "Ngày {day} không thuộc tuần {week} ({first} – {last}); đề nghị chọn ngày trong tuần hoặc chọn đúng tuần.",
    "{day} is not in the week {week} ({first} to {last}); choose a day of it or the right week.",
)
WEEK_UNKNOWN = Refusal(
    "week-unknown",
    "Năm {year} không có tuần {week}; đề nghị kiểm tra lại.",
    "The year {year} has no week {week}; check it.",
)
ITEM_UNKNOWN = Refusal(
    "item-unknown",
    "Không có nội dung {item_id} trong lịch tuần này; đề nghị kiểm tra lại.",
    "There is no item {item_id} in this week; check it.",
)
ITEM_SETTLED = Refusal(
    "item-settled",
    "Nội dung này đã {vi}; không thể thực hiện. Đề nghị xem lại lịch tuần.",
    "This item is {en} already; look at the week again.",
)
ITEM_NOT_ARRANGED = Refusal(
    "item-not-arranged",
    "Nội dung này chưa được xếp lịch ({vi}); đề nghị xếp lịch trước.",
    "This item is not arranged yet ({en}); arrange it first.",
)
ITEM_NOT_YOURS = Refusal(
    "item-not-yours",
    "Nội dung do {by_name} đề xuất; chỉ người đề xuất, đơn vị đó hoặc văn phòng được thay đổi.",
    "The item was proposed by {by_name}; only they, their board or the office may change it.",
)
OPINION_AWAITED = Refusal(
    "opinion-awaited",
    "Nội dung này phải có ý kiến Thường trực trước khi xếp lịch; đề nghị chờ hoặc xin ý kiến.",
    "The standing committee's opinion is needed before this is arranged; wait for it or ask.",
)
OPINION_NOT_ASKED = Refusal(
    "opinion-not-asked",
    "Nội dung này không chờ ý kiến Thường trực; không có gì để cho ý kiến.",
    "No opinion is asked on this item.",
)
ITEM_CHANGED = Refusal(
    "item-changed",
    "Nội dung đã thay đổi từ khi được xem (hiện: {now}); đề nghị xem lại rồi thực hiện.",
    "The item changed since it was looked at (now: {now}); look again, then do it.",
)
REASON_NEEDED = Refusal(
    "change-needs-reason",
    "Lịch tuần đã ban hành; thay đổi phải ghi lý do.",
    "The week is published; say why it changes.",
)
NOT_TAKING_PART = Refusal(
    "not-taking-part",
    "{name} không có trong thành phần của nội dung này; đề nghị chọn người có trong thành phần.",
    "{name} does not take part in this item; choose somebody who does.",
)
DELEGATE_TAKES_PART = Refusal(
    "delegate-takes-part",
    "{name} đã có trong thành phần; đề nghị ủy quyền cho người khác.",
    "{name} takes part already; let somebody else go.",
)
SESSION_AND_HOUR = Refusal(
    "session-and-hour",
    "Giờ bắt đầu {starts} không thuộc buổi đã chọn; đề nghị sửa giờ hoặc bỏ trống buổi.",
    "The hour {starts} is not in the session; correct it, or leave the session out.",
)
CHANGE_IN_CALENDAR = Refusal(
    "change-in-weekly-calendar",
    "Đây là nội dung của lịch công tác tuần {week_id}; đề nghị thay đổi trong lịch tuần.",
    "This is an item of the weekly calendar {week_id}; change it there.",
)
WEEK_EMPTY = Refusal(
    "week-empty",
    "Lịch tuần chưa có nội dung nào được xếp; đề nghị xếp lịch trước khi trình.",
    "Nothing is arranged in this week; arrange items before submitting it.",
)
WEEK_NOT_SUBMITTED = Refusal(
    "week-not-submitted",
    "Lịch tuần chưa được trình duyệt; đề nghị trình trước.",
    "The week was not submitted; submit it first.",
)
WEEK_UNCHANGED = Refusal(
    "week-unchanged",
    "Lịch tuần không có thay đổi so với bản đã ban hành; không cần trình lại.",
    "Nothing changed since the published version; there is nothing to submit.",
)
WEEK_CHANGED = Refusal(
    "week-changed",
    "Lịch tuần đã thay đổi từ khi được xem (lần sửa {revision}); đề nghị xem lại rồi duyệt.",
    "The week changed since it was looked at (revision {revision}); look again, then approve.",
)
VERSION_UNKNOWN = Refusal(
    "week-version-unknown",
    "Lịch tuần chưa có bản số {version}; đề nghị kiểm tra lại.",
    "The week has no version {version}; check it.",
)
WEEK_TOO_LARGE = Refusal(
    "week-too-large",
    "Lịch tuần có {count} nội dung, quá lớn để ban hành ({size} kB, tối đa {limit} kB); đề nghị rút gọn nội dung, "
    "thành phần của các việc.",
    "The week of {count} items is too large to be published ({size} kB, {limit} kB at most); shorten what its items "
    "say.",
)
SAME_WEEK = Refusal(
    "postponed-to-same-week",
    "Nội dung đang ở tuần {week_id}; đề nghị chọn tuần khác, hoặc xếp lại ngày trong tuần này.",
    "The item is in the week {week_id} already; choose another one, or arrange it on another day.",
)
NOT_FOR_THIS_PART = Refusal(
    "not-for-this-part",
    "{name} không phải là {vi}; đề nghị chọn lại từ danh mục.",
    "{name} is not {en}; choose again from the list.",
)
