"""The values of organisation: codes, kinds, ids and who may say what."""

from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import Field, StringConstraints

from contracts.base import (
    Day,
    Line,
    Message,
    OrganCode,
    Paragraph,
    Role,
)

UnitKind: TypeAlias = Literal["committee", "body", "office", "division", "team"]
"""Cấp ủy hoặc cơ quan chủ quản; cơ quan, ban; văn phòng; phòng; tổ, đội."""
Tier: TypeAlias = Literal["TW", "TINH", "HUYEN", "XA"]
"""Trung ương, tỉnh, huyện (until 30/6/2025 only), xã."""
HeadcountKind: TypeAlias = Literal["civil_servant", "public_employee", "contract"]
"""Biên chế cán bộ, công chức; số lượng người làm việc (viên chức); lao động hợp đồng."""
PostGroup: TypeAlias = Literal["leadership", "professional", "shared_professional", "support"]
"""Lãnh đạo, quản lý; nghiệp vụ chuyên ngành; chuyên môn dùng chung; hỗ trợ, phục vụ."""
PostRank: TypeAlias = Literal["head", "deputy", "staff"]
"""Cấp trưởng; cấp phó; không giữ chức vụ lãnh đạo."""
AppointmentKind: TypeAlias = Literal["main", "concurrent", "acting", "secondment"]
"""Chính thức; kiêm nhiệm; phụ trách, quyền; biệt phái."""
DepartureReason: TypeAlias = Literal["retirement", "transfer_out", "resignation", "dismissal", "contract_end", "death"]
"""Nghỉ hưu; chuyển công tác; thôi việc; buộc thôi việc; hết hợp đồng; từ trần."""
ServiceLine: TypeAlias = Literal["clerical", "accounts", "vehicles_rooms", "it", "petitions"]
"""Văn thư; kế toán; xe, phòng họp; công nghệ thông tin; đơn thư."""
TransferStatus: TypeAlias = Literal["prepared", "carried_out", "cancelled"]
Cap: TypeAlias = Literal[
    "divisions_of_office",
    "people_of_division",
    "present_in_division",
    "deputies_of_division",
    "deputies_of_bodies",
    "people_of_office",
    "people_of_commune",
]
"""What the Party's rules on staffing set a fewest or a most for (domain: section 11.1)."""
UnitCode: TypeAlias = OrganCode
UnitId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""A unit's code as a token, such as btctu; a code is one unit's for ever."""
SiteId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
PostId: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*--[a-z0-9]+(-[a-z0-9]+)*$", max_length=128)
]
"""The unit's id, two hyphens, and the post's code as a token, such as vptu--ke-toan-vien."""
PersonId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
TransferId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Account: TypeAlias = Annotated[str, StringConstraints(pattern=r"^user:[A-Za-z0-9@._\-]{1,100}$")]
"""Who a person is to the software, such as user:lan."""
Phone: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9+][0-9 .\-]{2,29}$")]
Email: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[^@\s]{1,64}@[^@\s]{1,185}$")]
Name: TypeAlias = Annotated[Line, Field(max_length=200)]
ShortLine: TypeAlias = Annotated[Line, Field(max_length=100)]
Reason: TypeAlias = Annotated[Paragraph, Field(min_length=3, max_length=500)]
Text: TypeAlias = Annotated[Paragraph, Field(max_length=1000)]
Lines: TypeAlias = Annotated[tuple[Line, ...], Field(max_length=30)]
Count: TypeAlias = Annotated[int, Field(ge=0, le=10_000)]
Grantable: TypeAlias = Literal[
    "clerk", "leader", "board", "reader", "administrator", "auditor", "accountant", "cashier"
]
Until: TypeAlias = Annotated[Day | None, Field(description="The last day; open when left out.")]

STAFFING: frozenset[Role] = frozenset({"administrator", "leader"})
"""Who changes the organisation: the office's leaders and the administrators who enter their decisions."""
ADMINISTRATOR: frozenset[Role] = frozenset({"administrator"})
CONTACTS: frozenset[Role] = frozenset({"administrator", "leader", "board"})


class Decision(Message):
    """The paper a change rests on: số, ngày, cơ quan ban hành."""

    number: Annotated[Line, Field(max_length=50)]
    issued_on: Day
    issuer: Name


class Change(Message):
    """What every change of the organisation says: from which day on, and by which decision."""

    allowed: ClassVar[frozenset[Role]] = STAFFING

    effective_on: Annotated[Day, Field(description="The first day on which it holds.")]
    decision: Decision
