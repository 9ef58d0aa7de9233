"""Why a wish about cars is refused, and what to do next."""

from contracts.base import Refusal

RIDE_UNKNOWN = Refusal(
    "ride-unknown",
    "Không có đề nghị sử dụng xe với mã {ride_id}; đề nghị kiểm tra lại trong danh sách.",
    "There is no request for a car {ride_id}; check it in the list.",
)
RIDE_IN_THE_PAST = Refusal(
    "ride-in-the-past",
    "Giờ về {returns_at} đã qua; đề nghị chọn thời gian chưa qua.",
    "The time of return {returns_at} has passed; choose a time to come.",
)
RIDE_NOT_YOURS = Refusal(
    "ride-not-yours",
    "Đề nghị sử dụng xe này của {board_id}; chỉ đơn vị này hoặc Văn phòng được thực hiện.",
    "This request for a car is of {board_id}; only that unit or the office may do this.",
)
RIDE_CLOSED = Refusal(
    "ride-closed",
    "Đề nghị sử dụng xe đang ở trạng thái “{status_vi}” nên không thực hiện được; đề nghị xem lại danh sách.",
    "The request for a car is {status}, so this cannot be done; look at the list again.",
)
RIDE_ON_ITS_WAY = Refusal(
    "ride-on-its-way",
    "Chuyến xe phục vụ đề nghị này đã xuất phát nên không hủy được; đề nghị liên hệ lái xe {driver_name}.",
    "The run that carries this request has left, so it cannot be cancelled; call the driver {driver_name}.",
)
RIDE_RUNS_CHANGED = Refusal(
    "ride-runs-changed",
    "Các chuyến xe phục vụ đề nghị này vừa thay đổi; đề nghị xem lại rồi thực hiện lại.",
    "The runs that carry this request have just changed; look again and say it anew.",
)
RIDE_ALONE_ON_RUN = Refusal(
    "ride-alone-on-run",
    "Lệnh điều xe {run_number} chỉ phục vụ đề nghị này; đề nghị hủy lệnh điều xe trước.",
    "Run order {run_number} is for this request alone; cancel the run order first.",
)
RUN_UNKNOWN = Refusal(
    "run-unknown",
    "Không có lệnh điều xe với mã {run_id}; đề nghị kiểm tra lại trong sổ.",
    "There is no run order {run_id}; check it in the book.",
)
RUN_CHANGED = Refusal(
    "run-changed",
    "Lệnh điều xe {run_number} vừa thay đổi; đề nghị xem lại rồi thực hiện lại.",
    "Run order {run_number} has just changed; look at it again and say it anew.",
)
RUN_CLOSED = Refusal(
    "run-closed",
    "Lệnh điều xe {run_number} đang ở trạng thái “{status_vi}” nên không thực hiện được; đề nghị xem lại trong sổ.",
    "Run order {run_number} is {status}, so this cannot be done; look at it in the book.",
)
RUN_TOO_LONG = Refusal(
    "run-too-long",
    "Một lệnh điều xe không quá {most} ngày; đề nghị lập nhiều lệnh nối tiếp.",
    "A run order is for {most} days at most; order a longer run in parts.",
)
RUN_OVER_BY_LEADER = Refusal(
    "run-over-by-leader",
    "Chỉ người duyệt sử dụng xe được điều xe thay cho lệnh điều xe khác; đề nghị trình người duyệt hoặc chọn xe khác.",
    "Only a leader may order a run in place of another; ask one, or choose another car.",
)
RUN_IN_THE_PAST = Refusal(
    "run-in-the-past",
    "Giờ về {returns_at} đã qua; đề nghị chọn thời gian chưa qua.",
    "The time of return {returns_at} has passed; choose a time to come.",
)
RIDE_TWICE = Refusal(
    "ride-twice",
    "Đề nghị {ride_id} được nêu hai lần; đề nghị chỉ nêu một lần.",
    "Request {ride_id} is named twice; name it once.",
)
RIDE_OUTSIDE_RUN = Refusal(
    "ride-outside-run",
    "Thời gian của đề nghị từ {leaves_at} đến {returns_at} không nằm trong thời gian của lệnh; "
    "đề nghị điều chỉnh giờ đi, giờ về.",
    "The request from {leaves_at} to {returns_at} is not within the time of the run; change when it leaves or returns.",
)
RIDES_NOT_SHARED = Refusal(
    "rides-not-shared",
    "{requester} đề nghị đi riêng, không ghép chuyến; đề nghị lập lệnh riêng.",
    "{requester} asked not to share; order a run of its own.",
)
RIDES_APART = Refusal(
    "rides-apart",
    "Thời gian đi của {requester} và {other} không giao nhau; chỉ ghép chuyến khi thời gian giao nhau.",
    "{requester} and {other} do not travel at the same time; only such requests share a car.",
)
RIDES_OTHER_WAY = Refusal(
    "rides-other-way",
    "{requester} đi {area}, {other} đi {other_area}; đề nghị nêu lý do ghép chuyến hoặc lập lệnh riêng.",
    "{requester} goes to {area}, {other} to {other_area}; say why they go the same way, or order two runs.",
)
SEATS_TOO_FEW = Refusal(
    "seats-too-few",
    "Xe {plate} còn {free} chỗ cho khách, không đủ {passengers} người; đề nghị chọn xe lớn hơn hoặc tách đoàn.",
    "{plate} has {free} seats for passengers, not {passengers}; choose a larger car or divide the group.",
)
RUN_FULL = Refusal(
    "run-full",
    "Một lệnh điều xe ghép tối đa {most} đề nghị; đề nghị lập lệnh khác.",
    "A run order carries {most} requests at most; order another run.",
)
SEATED_ALREADY = Refusal(
    "seated-already",
    "Đề nghị của {requester} chỉ còn {left} người chưa có xe, không phải {passengers}; đề nghị kiểm tra lại.",
    "Only {left} of the request of {requester} have no seat yet, not {passengers}; check the number.",
)
CAR_UNFIT = Refusal(
    "car-unfit",
    "Xe {plate} không đúng loại xe mà {requester} đề nghị; đề nghị chọn xe khác.",
    "{plate} is not the kind of car that {requester} asked for; choose another.",
)
NOT_A_CAR = Refusal(
    "not-a-car",
    "{vehicle_id} không phải là xe đang sử dụng của cơ quan; đề nghị kiểm tra lại.",
    "{vehicle_id} is no car in use; check it.",
)
NOT_A_DRIVER = Refusal(
    "not-a-driver",
    "{driver_id} không phải là lái xe đang làm việc của cơ quan; đề nghị kiểm tra lại.",
    "{driver_id} is no driver of the office; check it.",
)
LICENCE_EXPIRED = Refusal(
    "licence-expired",
    "Giấy phép lái xe của {driver_name} hết hạn ngày {last_day}, trước ngày về {day}; đề nghị chọn lái xe khác.",
    "The licence of {driver_name} ends on {last_day}, before the run returns on {day}; choose another driver.",
    "Luật Trật tự, an toàn giao thông đường bộ 36/2024/QH15",
)
LICENCE_UNFIT = Refusal(
    "licence-unfit",
    "Giấy phép lái xe hạng {licence_class} của {driver_name} không điều khiển được xe {seats} chỗ; "
    "đề nghị chọn lái xe hoặc xe khác.",
    "A licence of class {licence_class} does not let {driver_name} drive a car of {seats} seats; choose another "
    "driver or another car.",
    "Luật Trật tự, an toàn giao thông đường bộ 36/2024/QH15, Điều 57",
)
DRIVER_DAY_FULL = Refusal(
    "driver-day-full",
    "Ngày {day}, {driver_name} sẽ lái xe {minutes} phút, quá mức {most} phút một ngày; đề nghị chọn lái xe khác.",
    "On {day} {driver_name} would drive {minutes} minutes, more than the {most} of a day; choose another driver.",
    "Luật Trật tự, an toàn giao thông đường bộ 36/2024/QH15, Điều 64",
)
DRIVER_WEEK_FULL = Refusal(
    "driver-week-full",
    "Tuần từ {day}, {driver_name} sẽ lái xe {minutes} phút, quá mức {most} phút một tuần; đề nghị chọn lái xe khác.",
    "In the week from {day} {driver_name} would drive {minutes} minutes, more than the {most} of a week; choose "
    "another driver.",
    "Luật Trật tự, an toàn giao thông đường bộ 36/2024/QH15, Điều 64",
)
DRIVER_WITHOUT_REST = Refusal(
    "driver-without-rest",
    "{driver_name} sẽ không được nghỉ liên tục {least} phút trong 24 giờ từ {starts_at}; đề nghị chọn lái xe khác.",
    "{driver_name} would not rest {least} minutes on end within 24 hours from {starts_at}; choose another driver.",
)
SAME_CAR = Refusal(
    "same-car",
    "Xe {plate} đã phục vụ lệnh này; đề nghị chọn xe khác.",
    "{plate} has already been on this run; choose another car.",
)
ODOMETER_NEEDED = Refusal(
    "odometer-needed",
    "Chuyến {run_number} đang đi; đề nghị ghi số km trên đồng hồ của cả hai xe.",
    "Run {run_number} is on its way; give what the odometers of both cars show.",
)
ODOMETER_BACKWARDS = Refusal(
    "odometer-backwards",
    "Đồng hồ của xe {plate} đã ghi {last_km} km, không thể là {odometer_km} km; đề nghị đọc lại, nếu thay đồng hồ thì "
    "ghi nhận việc thay trước.",
    "The odometer of {plate} was at {last_km} km and cannot be at {odometer_km} km; read it again, or record first "
    "that it was exchanged.",
)
TRIP_TOO_FAR = Refusal(
    "trip-too-far",
    "Số km {odometer_km} của xe {plate} cao hơn lần trước {km} km, quá mức có thể; đề nghị đọc lại đồng hồ.",
    "{odometer_km} km of {plate} are {km} km more than the last time, which cannot be; read the odometer again.",
)
CAR_ON_ITS_WAY = Refusal(
    "car-on-its-way",
    "Xe {plate} đang đi chuyến khác chưa ghi giờ về; đề nghị kết thúc chuyến đó trước.",
    "{plate} is still on another trip; finish that one first.",
)
TRIP_TIME_UNFIT = Refusal(
    "trip-time-unfit",
    "Thời điểm {moment} không hợp lệ: không được trước {earliest} và không được ở tương lai; đề nghị kiểm tra lại.",
    "{moment} cannot be: it must not be before {earliest}, nor in the future; check it.",
)
SURCHARGE_UNKNOWN = Refusal(
    "surcharge-unknown",
    "Không có mức phụ trội nhiên liệu “{code}” vào ngày {day}; đề nghị chọn trong danh mục.",
    "There is no fuel surcharge {code} on {day}; choose one of the table.",
)
TRIP_NOT_FINISHED = Refusal(
    "trip-not-finished",
    "Chuyến {run_number} chưa kết thúc; đề nghị xác nhận sau khi xe về.",
    "Run {run_number} has not come back yet; confirm it when it has.",
)
RIDE_NOT_ON_RUN = Refusal(
    "ride-not-on-run",
    "Lệnh điều xe {run_number} không phục vụ đề nghị {ride_id}; đề nghị kiểm tra lại.",
    "Run order {run_number} does not carry request {ride_id}; check it.",
)
NO_SUCH_GAP = Refusal(
    "no-such-gap",
    "Xe không có đoạn km chưa ghi nhật trình bắt đầu từ {from_km} km; đề nghị kiểm tra lại.",
    "There are no unlogged km of this car from {from_km} km; check it.",
)
MONTH_SETTLED = Refusal(
    "month-settled",
    "Tháng {month} của xe này đã quyết toán nhiên liệu; đề nghị ghi vào tháng sau.",
    "The fuel of this car is settled for {month}; enter it in a later month.",
)
MONTH_NOT_OVER = Refusal(
    "month-not-over",
    "Tháng {month} chưa kết thúc; đề nghị quyết toán sau ngày cuối tháng.",
    "{month} is not over; settle it after its last day.",
)
MONTHS_IN_ORDER = Refusal(
    "months-in-order",
    "Tháng tiếp theo cần quyết toán của xe này là {next_month}, không phải {month}; đề nghị quyết toán lần lượt.",
    "The next month to settle for this car is {next_month}, not {month}; settle them one after another.",
)
OPENING_NEEDED = Refusal(
    "opening-needed",
    "Đây là tháng đầu tiên của xe; đề nghị ghi nhiên liệu tồn đầu tháng.",
    "This is the car's first month; say what was in the tank when it began.",
)
OPENING_KNOWN = Refusal(
    "opening-known",
    "Tồn đầu tháng là tồn cuối tháng trước ({opening_cl} xăng-ti-lít, {opening_vnd} đồng); đề nghị để trống.",
    "The month begins with what the last one ended with ({opening_cl} cl, {opening_vnd} VND); leave it out.",
)
NORM_NEEDED = Refusal(
    "norm-needed",
    "Xe chưa có định mức tiêu hao nhiên liệu; đề nghị ghi định mức.",
    "The car has no fuel norm; give one.",
)
CLOSING_TOO_MUCH = Refusal(
    "closing-too-much",
    "Tồn cuối {closing_cl} xăng-ti-lít lớn hơn tồn đầu cộng nhận trong tháng ({available_cl}); đề nghị kiểm tra lại.",
    "{closing_cl} cl at the end are more than there were and came ({available_cl} cl); check it.",
)
OVERUSE_UNEXPLAINED = Refusal(
    "overuse-unexplained",
    "Tiêu hao vượt định mức {difference_cl} xăng-ti-lít; đề nghị ghi giải trình.",
    "{difference_cl} cl more were used than the norm allows; explain it.",
)
CAR_STILL_OUT = Refusal(
    "car-still-out",
    "Xe đang đi chuyến bắt đầu trong tháng {month}; đề nghị kết thúc chuyến trước khi quyết toán.",
    "The car is on a trip that began in {month}; finish it before the month is settled.",
)
INVOICE_USED = Refusal(
    "invoice-used",
    "Hóa đơn {invoice} đã ghi cho xe này với nội dung khác; đề nghị kiểm tra lại hoặc sửa lần ghi trước.",
    "Invoice {invoice} was entered for this car with other contents; check it, or correct what was entered.",
)
INVOICE_UNKNOWN = Refusal(
    "invoice-unknown",
    "Xe này không có hóa đơn {invoice} chưa quyết toán; đề nghị kiểm tra lại.",
    "This car has no invoice {invoice} that is not settled; check it.",
)
FUEL_DAY_AHEAD = Refusal(
    "fuel-day-ahead",
    "Ngày nhận nhiên liệu {day} chưa tới; đề nghị kiểm tra lại.",
    "The day of the fuel, {day}, has not come yet; check it.",
)
