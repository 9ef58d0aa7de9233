"""Why finance refuses wishes about requests and advances."""

from contracts.base import Refusal

SAME_PERSON = Refusal(
    "same-person",
    "Người {vi} không được thực hiện bước này; đề nghị người khác thực hiện (bất kiêm nhiệm).",
    "Whoever {en} may not do this step; somebody else has to (separation of duties).",
    "Luật Kế toán 88/2015/QH13",
)
SPENDING_UNKNOWN = Refusal(
    "spending-unknown",
    "Không có đề nghị chi {request_id}; đề nghị kiểm tra lại.",
    "There is no request {request_id}; check it.",
)
SPENDING_CHANGED = Refusal(
    "spending-changed",
    "Đề nghị chi đã thay đổi từ khi được xem: {vi} ({by}); đề nghị xem lại rồi thực hiện.",
    "The request changed since it was looked at: it {en} ({by}); look again.",
)
SPENDING_ELSEWHERE = Refusal(
    "spending-elsewhere",
    "Đề nghị chi này thuộc dự toán năm {year} của {board}; đề nghị xem lại.",
    "This request belongs to the estimate {year} of {board}; look again.",
)
NOT_THIS_STEP = Refusal(
    "not-this-step",
    "Đề nghị chi {vi}; không thực hiện được bước này.",
    "The request {en}; this step is not due.",
)
FORCED_ITEM = Refusal(
    "forced-item",
    "Chi đặc thù, đột xuất phải ghi vào một trong các tiểu mục {items}; {item} không thuộc danh mục này.",
    "Special and unplanned spending goes under one of the items {items}; {item} is none of them.",
    "Thông tư 130/2025/TT-BTC",
)
LEGAL_BASIS_NEEDED = Refusal(
    "legal-basis-needed",
    "Chi đặc thù, đột xuất phải nêu căn cứ (chế độ, định mức hoặc quyết định); đề nghị bổ sung.",
    "Special and unplanned spending states its basis (regime, norm or decision); add it.",
)
HEAD_REJECTS = Refusal(
    "head-rejects",
    "Chỉ lãnh đạo được không duyệt đề nghị đã gửi; kế toán có thể trả lại.",
    "Only the head rejects what was submitted; an accountant may return it.",
)
MORE_THAN_KEPT = Refusal(
    "more-than-kept",
    "Đề nghị chi chỉ còn giữ {kept} đồng của dòng {line}, tiểu mục {item}; đề nghị giảm số tiền.",
    "The request keeps {kept} VND of the line {line}, item {item}; give less.",
)
OUTSIDE_YEAR = Refusal(
    "paid-outside-year",
    "Dự toán năm {year} chỉ chi từ 01/01/{year} đến hết thời gian chỉnh lý 31/01 năm sau; đề nghị sửa ngày {on}.",
    "The estimate {year} is spent from 01/01/{year} to 31/01 of the year after; correct the day {on}.",
    "Luật 89/2025/QH15",
)
ACCOUNT_OF_ANOTHER_KIND = Refusal(
    "money-account-of-another-kind",
    "Tài khoản tiền {money_account} ghi trên tài khoản {account}, không dùng cho hình thức thanh toán này.",
    "The money account {money_account} is kept on {account}, which is not for this way of paying.",
)
ADVANCE_UNKNOWN = Refusal(
    "advance-unknown",
    "Không có khoản tạm ứng {advance_id}; đề nghị kiểm tra lại.",
    "There is no advance {advance_id}; check it.",
)
ADVANCE_CHANGED = Refusal(
    "advance-changed",
    "Khoản tạm ứng đã thay đổi từ khi được xem: {vi} ({by}); đề nghị xem lại rồi thực hiện.",
    "The advance changed since it was looked at: it {en} ({by}); look again.",
)
ADVANCE_ELSEWHERE = Refusal(
    "advance-elsewhere",
    "Khoản tạm ứng này thuộc năm {year} của {board}, người nhận {holder}; đề nghị xem lại.",
    "This advance belongs to the year {year} of {board} and is held by {holder}; look again.",
)
NOT_THIS_STEP_OF_ADVANCE = Refusal(
    "not-this-step-of-advance",
    "Khoản tạm ứng {vi}; không thực hiện được bước này.",
    "The advance {en}; this step is not due.",
)
ADVANCE_STILL_OPEN = Refusal(
    "advance-still-open",
    "{holder} còn tạm ứng chưa thanh toán cho cùng việc ({purpose}) từ ngày {since}; đề nghị thanh toán trước.",
    "{holder} still has an advance for the same purpose ({purpose}) since {since}; account for it first.",
)
ADVANCE_OVERDUE = Refusal(
    "advance-overdue",
    "{holder} có tạm ứng quá hạn thanh toán ({purpose}, hạn {account_by}); đề nghị thanh toán trước khi tạm ứng tiếp.",
    "{holder} has an overdue advance ({purpose}, due {account_by}); account for it before the next.",
)
TASK_OUTSIDE_CALENDAR = Refusal(
    "task-outside-calendar",
    "Ngày xong việc {on} nằm ngoài các năm đã có lịch nghỉ lễ; đề nghị kiểm tra lại ngày.",
    "The task's end {on} lies outside the years whose public holidays are known; check the day.",
)
HOLDER_UNNAMED = Refusal(
    "holder-unnamed",
    "Tên người nhận tạm ứng không có chữ hoặc số nào; đề nghị ghi họ và tên.",
    "The holder's name has no letter and no digit; give the full name.",
)
NOT_LINE_OF_ADVANCE = Refusal(
    "not-line-of-advance",
    "Dòng {line} không thuộc khoản tạm ứng này; đề nghị thanh toán theo dòng đã tạm ứng.",
    "The line {line} is not one of this advance; account under its lines.",
)
MORE_THAN_REST = Refusal(
    "more-than-rest",
    "Chỉ còn {rest} đồng phải thu hoặc phải chi của khoản tạm ứng này; đề nghị giảm số tiền.",
    "Only {rest} VND of this advance are to be returned or paid; give less.",
)
NOT_A_PAYMENT = Refusal(
    "entry-not-a-payment",
    "Chứng từ này không phải là khoản chi của đề nghị {request_id} từ dự toán đã nêu; tạm ứng thì thanh toán hoặc thu "
    "hồi, không ghi đảo.",
    "This entry is no payment of the request {request_id} from the named estimate; an advance is accounted for or "
    "returned, not reversed.",
)
PAID_BEFORE_MOVE = Refusal(
    "paid-before-move",
    "Đề nghị chi đã chuyển sang dự toán năm {year} của {board} sau khi chi; không ghi đảo được, đề nghị lập chứng từ "
    "điều chỉnh.",
    "The request went over to the estimate {year} of {board} after it was paid; post an adjusting entry instead.",
)
NO_RATE = Refusal(
    "no-rate",
    "Không có mức công tác phí ngày {on} cho nhóm {group}, vùng {region}; đề nghị kiểm tra lại.",
    "There is no rate of travel on {on} for the group {group} and region {region}; check them.",
)
DAY_TWICE = Refusal(
    "travel-day-twice",
    "Ngày {on} được nêu hai lần; đề nghị bỏ một.",
    "The day {on} is named twice; name it once.",
)
DAY_AHEAD = Refusal(
    "travel-day-ahead",
    "Ngày {on} chưa đến; đề nghị thanh toán sau khi đi công tác về.",
    "The day {on} has not come; claim after the journey.",
)
LODGING_ABOVE_CAP = Refusal(
    "lodging-above-cap",
    "Tiền phòng ngày {on} vượt mức tối đa {cap} đồng; đề nghị ghi trong mức hoặc chọn khoán.",
    "The lodging of {on} is above the cap of {cap} VND; claim within it, or the lump sum.",
)
INVOICE_NEEDED = Refusal(
    "lodging-invoice-needed",
    "Ngày {on} thanh toán phòng theo hóa đơn nhưng chưa ghi số tiền; đề nghị bổ sung.",
    "The night of {on} is claimed by invoice without its amount; add it.",
)
NOT_A_TRAVEL_LINE = Refusal(
    "not-a-travel-line",
    "Dòng {line} không thuộc mục 6700 (công tác phí); đề nghị chọn dòng khác.",
    "The line {line} is not of the item 6700 (travel); choose another.",
)
FUEL_PRICE_NEEDED = Refusal(
    "fuel-price-needed",
    "Đi xe của mình phải nêu giá xăng một lít; đề nghị bổ sung.",
    "One's own vehicle needs the price of a litre; add it.",
)
TOO_NEAR = Refusal(
    "own-vehicle-too-near",
    "Chỉ thanh toán xe của mình từ {km} km trở lên; đề nghị bỏ phần này.",
    "One's own vehicle is paid from {km} km on; leave it out.",
)
TOO_FEW_DAYS = Refusal(
    "too-few-travel-days",
    "Khoán tháng chỉ áp dụng khi đi công tác từ {days} ngày một tháng, các ngày cùng một tháng; đề nghị kiểm tra.",
    "A month's lump sum needs {days} days of travel in one month; check the days.",
)
NOTHING_DUE = Refusal(
    "nothing-due",
    "Các ngày và chứng từ đã nêu không phát sinh khoản công tác phí nào.",
    "Nothing is due for the days and papers that are named.",
)
