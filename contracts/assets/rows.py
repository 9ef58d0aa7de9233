"""The rows and answers the register of assets shows."""

from datetime import date, datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from contracts.assets.values import (
    AssetStatus,
    Attachment,
    Condition,
    CostBasis,
    Details,
    DisposalMethod,
    DueKind,
    Origin,
)
from contracts.base import (
    Message,
    Row,
    column,
)

ValueChange: TypeAlias = Literal["registered", "corrected", "upgraded", "revalued", "worn", "handed_over", "disposed"]
"""Ghi tăng; đính chính; nâng cấp; điều chỉnh nguyên giá; tính hao mòn; điều chuyển; ghi giảm."""
DueState: TypeAlias = Literal["waiting", "approaching", "overdue"]
"""Chưa đến hạn; sắp đến hạn; quá hạn."""
Upkeep: TypeAlias = Literal["repair", "maintenance", "insurance", "inspection"]
"""Sửa chữa; bảo dưỡng; bảo hiểm; đăng kiểm, kiểm định."""
TotalsBy: TypeAlias = Literal["nothing", "unit", "class", "class_group", "site", "division", "custodian", "condition"]


class AssetRow(Row):
    """An asset as it stands in the register (sổ tài sản cố định, S24-H); its value is the one last booked."""

    tag: Annotated[str, column(1, "Mã tài sản")]
    name: Annotated[str, column(2, "Tên tài sản")]
    class_code: Annotated[str, column(3, "Loại tài sản")]
    class_name: Annotated[str, column(3, "Loại tài sản")]
    model: Annotated[str | None, column(4, "Đặc điểm, ký hiệu")]
    maker: Annotated[str | None, column(5, "Hãng, nước sản xuất")]
    made_in: Annotated[int | None, column(6, "Năm sản xuất")]
    serial_number: Annotated[str | None, column(7, "Số máy")]
    unit_name: Annotated[str | None, column(8, "Đơn vị quản lý")] = None
    booked_on: Annotated[date, column(9, "Ngày đưa vào sử dụng")]
    cost_vnd: Annotated[int, column(10, "Nguyên giá (đồng)")]
    rate_percent: Annotated[float | None, column(11, "Tỷ lệ hao mòn (%/năm)")]
    yearly_wear_vnd: Annotated[int | None, column(12, "Hao mòn một năm (đồng)")]
    accumulated_vnd: Annotated[int, column(13, "Hao mòn lũy kế (đồng)")]
    residual_vnd: Annotated[int, column(14, "Giá trị còn lại (đồng)")]
    used_at: Annotated[str | None, column(15, "Nơi sử dụng")] = None
    custodian_name: Annotated[str | None, column(16, "Người sử dụng, bảo quản")] = None
    condition: Annotated[Condition, column(17, "Tình trạng")]
    decision_number: Annotated[str | None, column(18, "Chứng từ ghi tăng: số")]
    decision_issued_on: Annotated[date | None, column(19, "Chứng từ ghi tăng: ngày")]
    gone_on: Annotated[date | None, column(20, "Ngày ghi giảm")]
    gone_by: Annotated[DisposalMethod | None, column(21, "Lý do ghi giảm")]
    note: Annotated[str | None, column(22, "Ghi chú")]
    asset_id: str
    number: int
    status: AssetStatus
    unit_id: str
    valued_on: Annotated[date, Field(description="The day up to which its value is booked.")]
    next_year: Annotated[int | None, Field(description="The first year whose wear is not accumulated yet.")]
    last_year: Annotated[int | None, Field(description="The year that takes whatever value remains.")]
    life_years: int | None
    origin: Origin
    cost_basis: CostBasis
    old_code: str | None
    details: Details | None
    site_id: str | None
    site_name: str | None = None
    division_id: str | None
    division_name: str | None = None
    room: str | None
    custodian_id: str | None
    lent_to_id: str | None
    lent_to_name: str | None = None
    lent_until: date | None


class HoldingRow(Row):
    """In whose books an asset was from a day on."""

    since: date
    unit_id: str
    unit_name: str


class ValueChangeRow(Row):
    """A change of what an asset is worth, as a line of its card (thẻ tài sản cố định, S25-H)."""

    effective_on: Annotated[date, column(1, "Ngày tháng năm")]
    change: Annotated[ValueChange, column(2, "Diễn giải")]
    cost_vnd: Annotated[int, column(3, "Nguyên giá (đồng)")]
    year: Annotated[int | None, column(4, "Năm tính hao mòn")]
    wear_vnd: Annotated[int | None, column(5, "Giá trị hao mòn (đồng)")]
    accumulated_vnd: Annotated[int, column(6, "Hao mòn cộng dồn (đồng)")]
    residual_vnd: Annotated[int, column(7, "Giá trị còn lại (đồng)")]
    class_code: str
    unit_id: str
    unit_name: str
    legal_basis: str


class DueDayRow(Row):
    """A day on which an asset needs something: maintenance, insurance, inspection, or to come back."""

    tag: Annotated[str, column(1, "Mã tài sản")]
    name: Annotated[str, column(2, "Tên tài sản")]
    unit_name: Annotated[str | None, column(3, "Đơn vị quản lý")] = None
    kind: Annotated[DueKind, column(4, "Việc đến hạn")]
    subject: Annotated[str, column(5, "Nội dung")]
    due_on: Annotated[date, column(6, "Hạn")]
    state: Annotated[DueState, column(7, "Tình trạng hạn")]
    asset_id: str
    unit_id: str


class LoanRow(Row):
    """An asset that is or was lent."""

    tag: Annotated[str, column(1, "Mã tài sản")]
    name: Annotated[str, column(2, "Tên tài sản")]
    unit_name: Annotated[str | None, column(3, "Đơn vị cho mượn")] = None
    to_unit_name: Annotated[str | None, column(4, "Đơn vị mượn")] = None
    to_person_name: Annotated[str | None, column(5, "Người mượn")] = None
    lent_on: Annotated[date, column(6, "Ngày cho mượn")]
    due_on: Annotated[date, column(7, "Hạn trả")]
    returned_on: Annotated[date | None, column(8, "Ngày trả")]
    condition: Annotated[Condition | None, column(9, "Tình trạng khi trả")]
    purpose: Annotated[str | None, column(10, "Mục đích")]
    late: Annotated[bool, column(11, "Trả muộn")]
    asset_id: str
    number: Annotated[int, Field(description="The asset's first loan is 1.")]
    unit_id: Annotated[str, Field(description="The unit in whose books it was when it was lent.")]
    to_unit_id: str
    to_person_id: str | None


class RepairRow(Row):
    """Work on an asset that left its cost as it was, and what was paid for it; premiums of insurance are among it."""

    done_on: Annotated[date, column(1, "Ngày")]
    tag: Annotated[str, column(2, "Mã tài sản")]
    name: Annotated[str, column(3, "Tên tài sản")]
    unit_name: Annotated[str | None, column(4, "Đơn vị quản lý")] = None
    upkeep: Annotated[Upkeep, column(5, "Loại việc")]
    work: Annotated[str, column(6, "Nội dung")]
    done_by: Annotated[str | None, column(7, "Đơn vị thực hiện")]
    cost_vnd: Annotated[int, column(8, "Chi phí (đồng)")]
    paper: Annotated[str | None, column(9, "Số hợp đồng, giấy chứng nhận")]
    fault: str | None
    asset_id: str
    unit_id: Annotated[str, Field(description="The unit in whose books it was on that day.")]
    position: Annotated[int, Field(description="Where it stands in the log.")]


class RepairCostRow(Row):
    """What the upkeep of an asset, a unit or a class cost in a year."""

    year: Annotated[int, column(1, "Năm")]
    label: Annotated[str, column(2, "Đối tượng")]
    times: Annotated[int, column(3, "Số lần")]
    repair_vnd: Annotated[int, column(4, "Sửa chữa (đồng)")]
    maintenance_vnd: Annotated[int, column(5, "Bảo dưỡng (đồng)")]
    insurance_vnd: Annotated[int, column(6, "Bảo hiểm (đồng)")]
    inspection_vnd: Annotated[int, column(7, "Đăng kiểm, kiểm định (đồng)")]
    total_vnd: Annotated[int, column(8, "Cộng (đồng)")]
    id: Annotated[str, Field(description="The asset's or unit's id, or the code of the class.")]


class AssetView(Row):
    """One asset with everything that is known of it: the card of the law (S25-H) and its life beside it."""

    asset: AssetRow
    life_basis: str | None
    decision_issuer: str | None
    holdings: tuple[HoldingRow, ...]
    values: tuple[ValueChangeRow, ...]
    loans: tuple[LoanRow, ...]
    due_days: tuple[DueDayRow, ...]
    repairs: tuple[RepairRow, ...]
    files: tuple[Attachment, ...]


class AssetHistoryRow(Row):
    """A fact of an asset's life in one sentence, with what was before and after, and the decision behind it."""

    day: Annotated[date, column(1, "Ngày")]
    content: Annotated[str, column(2, "Nội dung")]
    before: Annotated[str | None, column(3, "Trước")]
    after: Annotated[str | None, column(4, "Sau")]
    decision_number: Annotated[str | None, column(5, "Số quyết định")]
    decision_issued_on: Annotated[date | None, column(6, "Ngày quyết định")]
    decision_issuer: Annotated[str | None, column(7, "Cơ quan ban hành")]
    recorded_at: Annotated[datetime, column(8, "Ghi lúc")]
    recorded_by: Annotated[str, column(9, "Người ghi")]
    asset_id: str
    type: Annotated[str, Field(description="The type of the event in the log.")]
    position: int


class AssetValueRow(Row):
    """What an asset was or will be worth at the end of a day, and in whose books."""

    tag: Annotated[str, column(1, "Mã tài sản")]
    name: Annotated[str, column(2, "Tên tài sản")]
    class_code: Annotated[str, column(3, "Loại tài sản")]
    unit_name: Annotated[str | None, column(4, "Đơn vị quản lý")] = None
    booked_on: Annotated[date, column(5, "Ngày đưa vào sử dụng")]
    cost_vnd: Annotated[int, column(6, "Nguyên giá (đồng)")]
    accumulated_vnd: Annotated[int, column(7, "Hao mòn lũy kế (đồng)")]
    residual_vnd: Annotated[int, column(8, "Giá trị còn lại (đồng)")]
    asset_id: str
    unit_id: str
    booked: Annotated[bool, Field(description="False where years that were not charged are counted as they will be.")]


class AssetTotalRow(Message):
    """The assets of a group on a day: how many, and what they are worth."""

    key: Annotated[str | None, Field(description="The unit's, site's or person's id, or the code; None where unset.")]
    label: str | None = None
    count: int
    cost_vnd: int
    accumulated_vnd: int
    residual_vnd: int


class AssetTotals(Row):
    """The worth of a group of assets at the end of a day, by what was asked; the rows add up to the total."""

    on: date
    by: TotalsBy
    rows: tuple[AssetTotalRow, ...]
    total: AssetTotalRow


class WearRow(Row):
    """An asset's wear of a year, as a line of the table of wear (bảng tính hao mòn, C55-HD)."""

    tag: Annotated[str, column(1, "Mã tài sản")]
    name: Annotated[str, column(2, "Tên tài sản")]
    class_code: Annotated[str, column(3, "Loại tài sản")]
    unit_name: Annotated[str | None, column(4, "Đơn vị quản lý")] = None
    booked_on: Annotated[date, column(5, "Ngày đưa vào sử dụng")]
    cost_vnd: Annotated[int, column(6, "Nguyên giá (đồng)")]
    rate_percent: Annotated[float, column(7, "Tỷ lệ hao mòn (%/năm)")]
    wear_vnd: Annotated[int, column(8, "Hao mòn trong năm (đồng)")]
    accumulated_vnd: Annotated[int, column(9, "Hao mòn lũy kế (đồng)")]
    residual_vnd: Annotated[int, column(10, "Giá trị còn lại (đồng)")]
    asset_id: str
    unit_id: Annotated[str, Field(description="The unit that charged it: whoever held the asset on 31 December.")]
    year: int
    legal_basis: str


class WearTotalRow(Message):
    """The wear of a year of a class or unit."""

    key: str
    label: str
    count: int
    cost_vnd: int
    wear_vnd: int
    accumulated_vnd: int
    residual_vnd: int


class WearTotals(Row):
    """A year's wear by class and by unit, each adding up to the total, and what is still to be charged."""

    year: int
    by_class: tuple[WearTotalRow, ...]
    by_unit: tuple[WearTotalRow, ...]
    total: WearTotalRow
    due_count: Annotated[int, Field(description="Assets whose wear of the year is still to be charged.")]
    due_wear_vnd: Annotated[int, Field(description="What charging them takes by the shipped tables.")]
    behind_count: Annotated[int, Field(description="Assets of which an earlier year must be charged first.")]


class WearDueRow(Row):
    """An asset whose wear of a year is still to be charged."""

    tag: Annotated[str, column(1, "Mã tài sản")]
    name: Annotated[str, column(2, "Tên tài sản")]
    class_code: Annotated[str, column(3, "Loại tài sản")]
    unit_name: Annotated[str | None, column(4, "Đơn vị quản lý")] = None
    cost_vnd: Annotated[int, column(5, "Nguyên giá (đồng)")]
    accumulated_vnd: Annotated[int, column(6, "Hao mòn lũy kế (đồng)")]
    residual_vnd: Annotated[int, column(7, "Giá trị còn lại (đồng)")]
    wear_vnd: Annotated[int, column(8, "Hao mòn phải tính (đồng)")]
    asset_id: str
    unit_id: Annotated[str, Field(description="The unit that will charge it.")]
    year: Annotated[int, Field(description="The year to charge next; before the one asked for where it is behind.")]


class LabelRow(Row):
    """What is printed on an asset's label: its tag, which the QR code says too."""

    tag: Annotated[str, column(1, "Mã tài sản")]
    name: Annotated[str, column(2, "Tên tài sản")]
    unit_name: Annotated[str | None, column(3, "Đơn vị quản lý")] = None
    qr_text: Annotated[
        str, Field(description="In the letters that make the smallest QR code; FindAssetByTag takes it.")
    ]
    asset_id: str
    unit_id: str
    booked_on: date
