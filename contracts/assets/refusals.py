"""Why the register of assets refuses."""

from contracts.base import (
    Refusal,
)

_WEAR_LAW = "Thông tư 141/2025/TT-BTC, Điều 12-14"

ASSET_UNKNOWN = Refusal(
    "asset-unknown",
    "Không có tài sản với mã {asset_id}; đề nghị kiểm tra lại mã trong sổ tài sản.",
    "There is no asset {asset_id}; check the identifier in the register.",
)
ASSET_DISPOSED = Refusal(
    "asset-disposed",
    "Tài sản {tag} đã xử lý, ra khỏi sổ ngày {day}; không thể thay đổi.",
    "Asset {tag} was disposed of and left the books on {day}; it cannot be changed.",
)
BOOK_FULL = Refusal(
    "asset-book-full",
    "Sổ tài sản của {unit_id} đã dùng hết số; đề nghị liên hệ quản trị viên.",
    "The asset book of {unit_id} has used all its numbers; ask the administrator.",
)
CLASS_UNKNOWN = Refusal(
    "asset-class-unknown",
    "Không có loại tài sản {class_code} vào ngày {day}; đề nghị xem bảng phân loại tài sản cố định.",
    "There is no asset class {class_code} on {day}; see the table of classes.",
)
BELOW_THRESHOLD = Refusal(
    "below-threshold",
    "Nguyên giá {cost_vnd} đồng dưới mức {minimum_vnd} đồng của tài sản cố định; đề nghị ghi vào sổ công cụ, dụng cụ.",
    "A cost of {cost_vnd} VND is below the {minimum_vnd} VND of a fixed asset; enter it as a tool.",
    "Thông tư 141/2025/TT-BTC, Điều 3",
)
COST_UNFIT = Refusal(
    "cost-unfit",
    "Loại {class_code} được theo dõi không có nguyên giá riêng; đề nghị ghi nguyên giá bằng 0.",
    "Class {class_code} is kept without a cost of its own; give 0 as its cost.",
)
LIFE_NEEDED = Refusal(
    "life-needed",
    "Bảng hao mòn không quy định thời gian sử dụng của loại {class_code}; "
    "đề nghị ghi số năm sử dụng và căn cứ (quy định hoặc quyết định của Ban Thường vụ Tỉnh ủy).",
    "The table of wear sets no life for class {class_code}; give its years of life and the rule or decision.",
    _WEAR_LAW,
)
LIFE_UNFIT = Refusal(
    "life-unfit",
    "Thời gian sử dụng riêng cần có căn cứ, và chỉ ghi một cách: số năm sử dụng, số năm đã dùng hoặc số năm còn lại; "
    "tài sản không tính hao mòn thì không ghi.",
    "A life of its own needs its basis and is given one way only: years of life, years used or years remaining; "
    "an asset that never wears has none.",
)
LIFE_USED_UP = Refusal(
    "life-used-up",
    "Tài sản đã dùng {used_years} năm, hết thời gian sử dụng {years} năm theo bảng; "
    "đề nghị ghi số năm còn lại do hội đồng xác định.",
    "The asset was used for {used_years} years, its whole life of {years}; give the remaining years the council found.",
    _WEAR_LAW,
)
REMAINING_NEEDED = Refusal(
    "remaining-life-needed",
    "Tài sản thừa khi kiểm kê cần số năm sử dụng còn lại, không quá {years} năm của loại này; "
    "hao mòn của các năm trước tính vào năm đầu, không ghi hao mòn lũy kế.",
    "An asset found in a stocktake needs its remaining years of life, at most the {years} of its class; "
    "wear of earlier years is charged in its first year, none is entered.",
    _WEAR_LAW,
)
EARLIER_WEAR_UNFIT = Refusal(
    "earlier-wear-unfit",
    "Hao mòn lũy kế không được vượt nguyên giá, phải đi cùng năm đã tính đến (worn_to), "
    "từ năm ghi sổ đến trước năm nay; tài sản không tính hao mòn thì không ghi.",
    "Earlier wear is at most the cost and comes with the year it was charged to (worn_to), from the year of booking "
    "to last year; an asset that never wears has none.",
)
DETAILS_UNFIT = Refusal(
    "details-unfit",
    "Loại {class_code} cần thông tin riêng của nó: xe ô tô cần biển số, số chỗ; phòng, hội trường cần số chỗ và "
    "trụ sở; loại khác không ghi thông tin này.",
    "Class {class_code} needs what is special to it: a car its plate and seats, a room its seats and site; "
    "other classes have neither.",
)
DATE_IN_FUTURE = Refusal(
    "asset-date-in-future",
    "Ngày {day} ở tương lai (hôm nay là {today}); đề nghị kiểm tra lại.",
    "{day} is in the future (today is {today}); check the date.",
)
DUE_DAY_PAST = Refusal(
    "due-day-past",
    "Ngày đến hạn {due_on} phải sau ngày {day}; đề nghị kiểm tra lại.",
    "The due day {due_on} must be after {day}; check it.",
)
BEFORE_BOOKING = Refusal(
    "before-booking",
    "Ngày {day} trước ngày ghi sổ {booked_on} của tài sản {tag}; đề nghị kiểm tra lại.",
    "{day} is before {booked_on}, the day asset {tag} was booked; check it.",
)
CHANGED_LATER = Refusal(
    "changed-later",
    "Tài sản {tag} đã có thay đổi cùng loại từ ngày {changed_on}; thay đổi mới phải từ ngày đó trở đi.",
    "Asset {tag} has a change of this kind from {changed_on}; a new one must be of that day or later.",
)
NOT_YOUR_UNIT = Refusal(
    "not-your-unit",
    "Tài sản {tag} thuộc {unit_id}; chỉ đơn vị này hoặc cán bộ quản lý tài sản được thực hiện.",
    "Asset {tag} belongs to {unit_id}; only that unit or the keeper of assets may do this.",
)
ASSET_LENT_OUT = Refusal(
    "asset-lent-out",
    "Tài sản {tag} đang cho {to_unit_id} mượn; đề nghị nhận lại trước.",
    "Asset {tag} is lent to {to_unit_id}; take it back first.",
)
ASSET_NOT_LENT = Refusal(
    "asset-not-lent",
    "Tài sản {tag} không cho mượn; không có gì để nhận lại.",
    "Asset {tag} is not lent; there is nothing to take back.",
)
LENT_TO_OWNER = Refusal(
    "lent-to-owner",
    "Tài sản {tag} thuộc chính {unit_id}; đề nghị chọn đơn vị khác, hoặc ghi nơi đặt mới.",
    "Asset {tag} belongs to {unit_id} itself; choose another unit, or enter its new place.",
)
UPGRADE_LOWERS = Refusal(
    "upgrade-lowers-cost",
    "Nâng cấp phải làm tăng nguyên giá (hiện là {cost_vnd} đồng); đề nghị ghi nguyên giá mới, "
    "hoặc dùng điều chỉnh nguyên giá nếu giảm.",
    "An upgrade raises the cost (now {cost_vnd} VND); give the whole new cost, or revalue the asset if it falls.",
    _WEAR_LAW,
)
VALUE_BELOW_WEAR = Refusal(
    "value-below-wear",
    "Nguyên giá {cost_vnd} đồng nhỏ hơn hao mòn lũy kế {accumulated_vnd} đồng; "
    "đề nghị ghi cả hao mòn lũy kế sau điều chỉnh.",
    "A cost of {cost_vnd} VND is below the accumulated wear of {accumulated_vnd} VND; give the adjusted wear too.",
)
YEAR_CLOSED = Refusal(
    "wear-year-closed",
    "Giá trị tài sản {tag} đã ghi sổ đến ngày {valued_on}; thay đổi phải từ ngày đó trở đi.",
    "The value of asset {tag} is booked up to {valued_on}; a change must be of that day or later.",
    _WEAR_LAW,
)
WEAR_BEHIND = Refusal(
    "wear-behind",
    "Tài sản {tag} chưa tính hao mòn năm {year}; đề nghị tính hao mòn năm đó trước.",
    "The wear of asset {tag} for {year} was not charged; charge that year first.",
    _WEAR_LAW,
)
WEAR_TOO_EARLY = Refusal(
    "wear-too-early",
    "Hao mòn năm {year} tính từ ngày {day}, trước khi khóa sổ; đề nghị thực hiện từ ngày đó.",
    "The wear of {year} is charged from {day} on, before the books are closed; do it then.",
    _WEAR_LAW,
)
DISPOSAL_NOT_PROPOSED = Refusal(
    "disposal-not-proposed",
    "Chưa có đề nghị xử lý tài sản {tag}; đề nghị lập đề nghị trước.",
    "No disposal of asset {tag} is proposed; propose it first.",
)
DISPOSAL_NOT_APPROVED = Refusal(
    "disposal-not-approved",
    "Việc xử lý tài sản {tag} chưa được phê duyệt; đề nghị trình cấp có thẩm quyền quyết định trước.",
    "The disposal of asset {tag} is not approved; have it decided first.",
    "Nghị định 186/2025/NĐ-CP",
)
DISPOSAL_UNDER_WAY = Refusal(
    "disposal-under-way",
    "Tài sản {tag} đang được đề nghị hoặc đã phê duyệt xử lý; đề nghị từ chối đề nghị đó trước.",
    "The disposal of asset {tag} is proposed or approved; reject that first.",
)
TWICE_NAMED = Refusal(
    "asset-twice-named",
    "Tài sản {asset_id} được ghi hai lần; đề nghị ghi mỗi tài sản một lần.",
    "Asset {asset_id} is named twice; name each asset once.",
)
