"""The rows and answers organisation shows."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from contracts.base import (
    Message,
    Row,
    column,
)
from contracts.organisation.events import TransferTotal
from contracts.organisation.values import (
    AppointmentKind,
    Cap,
    Grantable,
    HeadcountKind,
    PostGroup,
    PostRank,
    ServiceLine,
    Tier,
    TransferStatus,
    UnitKind,
)


class SiteRow(Row):
    """A site with the units that work there on a day."""

    code: Annotated[str, column(1, "Mã trụ sở")]
    name: Annotated[str, column(2, "Tên trụ sở")]
    address: Annotated[str, column(3, "Địa chỉ")]
    opened_on: Annotated[date, column(4, "Sử dụng từ ngày")]
    last_day: Annotated[date | None, column(5, "Đến hết ngày")]
    unit_count: Annotated[int, column(6, "Số đơn vị làm việc")]
    site_id: str


class UnitRow(Row):
    """A unit as it is on a day, with the decision its present state rests on."""

    unit_code: Annotated[str, column(1, "Ký hiệu")]
    name: Annotated[str, column(2, "Tên đơn vị")]
    kind: Annotated[UnitKind, column(3, "Loại")]
    tier: Annotated[Tier, column(4, "Cấp")]
    parent_name: Annotated[str | None, column(5, "Trực thuộc")]
    site_name: Annotated[str | None, column(6, "Trụ sở")]
    served: Annotated[bool, column(7, "Văn phòng phục vụ chung")]
    since: Annotated[date, column(8, "Từ ngày")]
    decision_number: Annotated[str, column(9, "Số quyết định")]
    decision_issued_on: Annotated[date, column(10, "Ngày quyết định")]
    remarks: Annotated[str | None, column(11, "Ghi chú")]
    unit_id: str
    parent_id: str | None
    site_id: str | None
    budget_chapter: str | None
    established_on: date
    last_day: Annotated[date | None, Field(description="Where the unit is no more, or will be.")]
    successor_ids: tuple[str, ...]


class ChartNode(Message):
    """A unit in the chart with its leaders, its head-count, and the units under it."""

    unit_id: str
    unit_code: str
    name: str
    kind: UnitKind
    tier: Tier
    head: str | None = None
    deputies: tuple[str, ...] = ()
    norm: int
    actual: int
    children: tuple["ChartNode", ...] = ()


class Chart(Message):
    """The chart of the organisation on a day: the units without a parent, and under each its own."""

    on: date
    roots: tuple[ChartNode, ...]
    unit_count: int
    norm: int
    actual: int


class UnitHistoryRow(Row):
    """A change of a unit and the decision behind it."""

    effective_on: Annotated[date, column(1, "Từ ngày")]
    change: Annotated[str, column(2, "Nội dung thay đổi")]
    before: Annotated[str | None, column(3, "Trước")]
    after: Annotated[str | None, column(4, "Sau")]
    decision_number: Annotated[str, column(5, "Số quyết định")]
    decision_issued_on: Annotated[date, column(6, "Ngày quyết định")]
    decision_issuer: Annotated[str, column(7, "Cơ quan ban hành")]
    unit_id: str
    unit_code: str
    name: str
    way: Literal["established", "renamed", "moved", "succeeded", "merged", "split", "dissolved"]
    other_ids: tuple[str, ...]


class PostRow(Row):
    """A post on a day: norm against actual by head-count kind, and what is vacant."""

    unit_name: Annotated[str, column(1, "Đơn vị")]
    code: Annotated[str, column(2, "Mã vị trí")]
    title: Annotated[str, column(3, "Tên vị trí việc làm")]
    group: Annotated[PostGroup, column(4, "Nhóm")]
    headcount: Annotated[HeadcountKind, column(5, "Loại biên chế")]
    minimum: Annotated[int, column(6, "Tối thiểu")]
    norm: Annotated[int, column(7, "Định mức")]
    maximum: Annotated[int, column(8, "Tối đa")]
    actual: Annotated[int, column(9, "Hiện có")]
    difference: Annotated[int, column(10, "Thừa (+), thiếu (-)")]
    decision_number: Annotated[str, column(11, "Số quyết định")]
    post_id: str
    unit_id: str
    unit_code: str
    rank: PostRank
    civil_servants: int
    public_employees: int
    contracts: int
    concurrent: int
    acting: int
    seconded_in: int
    seconded_out: int
    standard: str | None
    training: str | None
    duties: tuple[str, ...]
    products: tuple[str, ...]
    last_day: date | None


class RosterRow(Row):
    """A person in a post on a day."""

    name: Annotated[str, column(1, "Họ và tên")]
    born_on: Annotated[date | None, column(2, "Ngày sinh")]
    post_title: Annotated[str, column(3, "Chức vụ, vị trí việc làm")]
    unit_name: Annotated[str, column(4, "Đơn vị")]
    headcount: Annotated[HeadcountKind, column(5, "Loại biên chế")]
    kind: Annotated[AppointmentKind, column(6, "Hình thức")]
    since: Annotated[date, column(7, "Từ ngày")]
    until: Annotated[date | None, column(8, "Đến hết ngày")]
    decision_number: Annotated[str, column(9, "Số quyết định")]
    education: Annotated[str | None, column(10, "Trình độ")]
    remarks: Annotated[str | None, column(11, "Ghi chú")]
    person_id: str
    post_id: str
    unit_id: str
    unit_code: str
    post_group: PostGroup
    rank: PostRank
    site_name: str | None
    phone: str | None
    email: str | None
    account: str | None


class PersonRow(Row):
    """A person who works or worked here, with what they hold on a day."""

    name: Annotated[str, column(1, "Họ và tên")]
    born_on: Annotated[date | None, column(2, "Ngày sinh")]
    headcount: Annotated[HeadcountKind, column(3, "Loại biên chế")]
    post_title: Annotated[str | None, column(4, "Chức vụ, vị trí việc làm")]
    unit_name: Annotated[str | None, column(5, "Đơn vị")]
    education: Annotated[str | None, column(6, "Trình độ")]
    phone: Annotated[str | None, column(7, "Điện thoại")]
    email: Annotated[str | None, column(8, "Thư điện tử")]
    departed_on: Annotated[date | None, column(9, "Ngày thôi công tác tại cơ quan")]
    person_id: str
    account: str | None
    post_id: str | None
    unit_id: str | None
    held_post_ids: Annotated[
        tuple[str, ...], Field(description="All held on the day or later; RecordDeparture asks for them.")
    ]


class PersonLifeRow(Row):
    """One stretch or turn of a person's working life here, and the decision behind it."""

    since: Annotated[date, column(1, "Từ ngày")]
    until: Annotated[date | None, column(2, "Đến hết ngày")]
    content: Annotated[str, column(3, "Nội dung")]
    unit_name: Annotated[str | None, column(4, "Đơn vị")]
    decision_number: Annotated[str | None, column(5, "Số quyết định")]
    decision_issued_on: Annotated[date | None, column(6, "Ngày quyết định")]
    decision_issuer: Annotated[str | None, column(7, "Cơ quan ban hành")]
    person_id: str
    turn: Literal["appointment", "headcount", "departure", "return"]
    kind: AppointmentKind | None
    post_id: str | None
    transfer_id: str | None


class StaffingRow(Row):
    """A unit's norm against its people on a day, by head-count kind; leaders and others add up to the total."""

    unit_name: Annotated[str, column(1, "Đơn vị")]
    lowest: Annotated[int, column(2, "Định mức từ")]
    norm: Annotated[int, column(3, "Biên chế được giao")]
    highest: Annotated[int, column(4, "Định mức đến")]
    actual: Annotated[int, column(5, "Hiện có")]
    missing_from: Annotated[int, column(6, "Thiếu từ")]
    missing_to: Annotated[int, column(7, "Thiếu đến")]
    civil_servants: Annotated[int, column(8, "Cán bộ, công chức")]
    public_employees: Annotated[int, column(9, "Viên chức")]
    contracts: Annotated[int, column(10, "Lao động hợp đồng")]
    leaders: Annotated[int, column(11, "Lãnh đạo")]
    others: Annotated[int, column(12, "Chuyên môn, nghiệp vụ, nhân viên")]
    contract_surplus: Annotated[int, column(13, "Thừa hợp đồng lao động")]
    specialist_shortage: Annotated[int, column(14, "Thiếu công chức chuyên môn")]
    leaders_per_ten: Annotated[float | None, column(15, "Lãnh đạo trên 10 người")]
    unit_id: str
    unit_code: str
    kind: UnitKind
    tier: Tier
    civil_servant_norm: int
    public_employee_norm: int
    contract_norm: int
    seconded_in: int
    seconded_out: int
    concurrent: int
    adds_up: Annotated[bool, Field(description="Whether leaders and others, and the three kinds, give the total.")]
    imbalance: Annotated[bool, Field(description="Contract surplus beside specialist shortage in one unit.")]


class StaffingTotals(Row):
    """The staffing of a unit with all under it, or of everything, on a day; every sum is checked twice."""

    on: date
    unit_id: str | None
    unit_count: int
    lowest: int
    norm: int
    highest: int
    actual: int
    civil_servants: int
    public_employees: int
    contracts: int
    leaders: int
    others: int
    contract_surplus: int
    specialist_shortage: int
    leaders_per_ten: float | None
    contract_share: float | None
    adds_up: bool


class CapRow(Row):
    """A rule on staffing in force on a day, beside the number it is about."""

    unit_name: Annotated[str, column(1, "Đơn vị")]
    cap_name: Annotated[str, column(2, "Nội dung quy định")]
    fewest: Annotated[int | None, column(3, "Tối thiểu")]
    most: Annotated[int | None, column(4, "Tối đa")]
    value: Annotated[int, column(5, "Thực tế")]
    warning: Annotated[str | None, column(6, "Cảnh báo")]
    legal_basis: Annotated[str, column(7, "Căn cứ")]
    unit_id: str | None
    cap: Cap
    state: Literal["within", "below", "above"]
    warning_en: str | None


class TransferRow(Row):
    """A transfer with its number, its day and how many people it is about."""

    number: Annotated[int, column(1, "Số đợt")]
    year: Annotated[int, column(2, "Năm")]
    title: Annotated[str, column(3, "Nội dung điều động")]
    effective_on: Annotated[date, column(4, "Từ ngày")]
    people: Annotated[int, column(5, "Số người")]
    source_count: Annotated[int, column(6, "Số đơn vị chuyển đi")]
    target_count: Annotated[int, column(7, "Số đơn vị tiếp nhận")]
    decision_number: Annotated[str, column(8, "Số quyết định")]
    decision_issued_on: Annotated[date, column(9, "Ngày quyết định")]
    decision_issuer: Annotated[str, column(10, "Cơ quan ban hành")]
    remarks: Annotated[str | None, column(11, "Ghi chú")]
    transfer_id: str
    status: TransferStatus


class TransferLineRow(Row):
    """One person of a transfer, as on the list that goes with the decision."""

    place: Annotated[int, column(1, "Số thứ tự")]
    name: Annotated[str, column(2, "Họ và tên")]
    headcount: Annotated[HeadcountKind, column(3, "Loại biên chế")]
    from_post_title: Annotated[str | None, column(4, "Vị trí trước điều động")]
    from_unit_name: Annotated[str | None, column(5, "Đơn vị trước điều động")]
    to_post_title: Annotated[str, column(6, "Vị trí sau điều động")]
    to_unit_name: Annotated[str, column(7, "Đơn vị sau điều động")]
    transfer_id: str
    person_id: str
    from_post_id: str | None
    from_unit_id: str | None
    to_post_id: str
    to_unit_id: str


class TransferView(Row):
    """A transfer with its totals by source and target, which add up on both sides."""

    transfer: TransferRow
    sources: tuple[TransferTotal, ...]
    targets: tuple[TransferTotal, ...]
    adds_up: bool


class ContactRow(Row):
    """A board's focal contact for a line of service on a day: the address book of the shared office."""

    unit_name: Annotated[str, column(1, "Đơn vị")]
    line: Annotated[ServiceLine, column(2, "Lĩnh vực phục vụ")]
    person_name: Annotated[str | None, column(3, "Đầu mối")]
    phone: Annotated[str | None, column(4, "Điện thoại")]
    email: Annotated[str | None, column(5, "Thư điện tử")]
    substitute_name: Annotated[str | None, column(6, "Người thay thế")]
    substitute_phone: Annotated[str | None, column(7, "Điện thoại người thay thế")]
    substitute_email: Annotated[str | None, column(8, "Thư điện tử người thay thế")]
    since: Annotated[date | None, column(9, "Từ ngày")]
    until: Annotated[date | None, column(10, "Đến hết ngày")]
    remarks: Annotated[str | None, column(11, "Ghi chú")]
    unit_id: str
    unit_code: str
    person_id: str | None
    substitute_id: str | None
    valid: Annotated[bool, Field(description="Somebody who works here on that day answers for the line.")]


class AuthorityRow(Row):
    """A role somebody has on a day, and by what."""

    name: Annotated[str, column(1, "Họ và tên")]
    account: Annotated[str | None, column(2, "Tài khoản")]
    role: Annotated[Grantable, column(3, "Vai trò")]
    unit_name: Annotated[str | None, column(4, "Đơn vị")]
    by: Annotated[Literal["grant", "delegation"], column(5, "Hình thức")]
    from_name: Annotated[str | None, column(6, "Người ủy quyền")]
    since: Annotated[date, column(7, "Từ ngày")]
    until: Annotated[date | None, column(8, "Đến hết ngày")]
    decision_number: Annotated[str, column(9, "Số quyết định")]
    matter: Annotated[str | None, column(10, "Nội dung ủy quyền")]
    person_id: str
    from_person_id: str | None
    unit_id: str | None
    unit_code: str | None
    delegation_id: str | None


class AuthorityView(Row):
    """What an account may do on a day: its roles, its board, and what each rests on."""

    account: str
    on: date
    person_id: str | None
    name: str | None
    roles: tuple[Grantable, ...]
    board: str | None
    rests_on: tuple[AuthorityRow, ...]
