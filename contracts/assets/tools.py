"""The words of tools (công cụ, dụng cụ): things below the threshold of a fixed asset, kept by quantity."""

from datetime import date
from typing import Annotated, ClassVar, Literal, Self, TypeAlias

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from contracts.assets.values import HOLDER, KEEPER, Dong, Name, Note, Place, Reason, ShortLine
from contracts.base import (
    Command,
    Day,
    Event,
    Line,
    ListQuery,
    Message,
    Notice,
    Page,
    Query,
    Refusal,
    Role,
    Row,
    column,
)
from contracts.organisation import Decision, PersonId, SiteId, UnitId

# --- values ---------------------------------------------------------------------------------------------------------

ToolId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
"""One kind of tool in one unit."""
Quantity: TypeAlias = Annotated[int, Field(ge=1, le=1_000_000)]
UnitPrice: TypeAlias = Annotated[int, Field(ge=0, le=1_000_000_000)]
"""Whole đồng."""
Measure: TypeAlias = Annotated[Line, Field(max_length=30)]
"""Đơn vị tính: cái, bộ, chiếc."""
Slip: TypeAlias = Annotated[
    ShortLine, Field(description="Number of the paper (phiếu nhập, phiếu xuất, giấy báo hỏng); said again, it is one.")
]
MovedOn: TypeAlias = Annotated[Day | None, Field(description="Today when left out.")]
ToolSource: TypeAlias = Literal["purchase", "allocation", "gift", "surplus", "opening", "other"]
"""Mua sắm; được giao, điều chuyển; tặng cho; kiểm kê thừa; số dư đầu; khác."""
MovementKind: TypeAlias = Literal[
    "entered", "issued", "returned", "broken", "written_off", "transferred_out", "transferred_in", "counted"
]
"""Nhập; xuất dùng; thu hồi; báo hỏng, mất; ghi giảm; chuyển đi; nhận chuyển đến; kiểm kê điều chỉnh."""


class ToolHolder(Message):
    """Who has tools in use: a division, a person, or a person of a division."""

    division_id: UnitId | None = None
    person_id: PersonId | None = None

    @model_validator(mode="after")
    def _is_somebody(self) -> Self:
        if self.division_id is None and self.person_id is None:
            raise PydanticCustomError(
                "holder_shape",
                "must name a division or a person",
                {
                    "vi": "Phải ghi phòng, ban (division_id) hoặc người (person_id) sử dụng.",
                    "en": "It must name a division (division_id) or a person (person_id).",
                },
            )
        return self


class ToolStock(Message):
    """What there is of a tool: in store, in use, broken or lost but not written off, and what all of it is worth."""

    in_store: int = 0
    in_use: int = 0
    broken: int = 0
    value_vnd: int = 0

    @property
    def quantity(self) -> int:
        """All there is of it in the books."""
        return self.in_store + self.in_use + self.broken


# --- commands -------------------------------------------------------------------------------------------------------


class RegisterTool(Command):
    """Open the card of one kind of tool in a unit, with what there is of it to begin with."""

    allowed: ClassVar[frozenset[Role]] = KEEPER

    unit_id: UnitId
    name: Name
    measure: Measure
    place: Place = Place()
    quantity: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    unit_price_vnd: UnitPrice = 0
    source: ToolSource = "purchase"
    entered_on: MovedOn = None
    paper: Slip | None = None
    note: Note | None = None


class ToolCommand(Command):
    """A wish about one kind of tool in one unit."""

    allowed: ClassVar[frozenset[Role]] = HOLDER

    tool_id: ToolId


class CorrectTool(ToolCommand):
    """Put right what the card of a tool says; what is left out stays."""

    allowed: ClassVar[frozenset[Role]] = KEEPER

    name: Name | None = None
    measure: Measure | None = None
    place: Place | None = None
    note: Note | None = None
    reason: Reason


class EnterTools(ToolCommand):
    """Enter tools that were bought or received, at a unit price."""

    allowed: ClassVar[frozenset[Role]] = KEEPER

    quantity: Quantity
    unit_price_vnd: UnitPrice
    source: ToolSource = "purchase"
    entered_on: MovedOn = None
    paper: Slip
    note: Note | None = None


class IssueTools(ToolCommand):
    """Issue tools from the store to a division or a person."""

    quantity: Quantity
    holder: ToolHolder
    issued_on: MovedOn = None
    paper: Slip
    note: Note | None = None


class ReturnTools(ToolCommand):
    """Take tools back into the store."""

    quantity: Quantity
    holder: ToolHolder
    returned_on: MovedOn = None
    paper: Slip
    note: Note | None = None


class ReportBroken(ToolCommand):
    """Report tools broken or lost (giấy báo hỏng, mất), in store or with whoever has them."""

    quantity: Quantity
    holder: Annotated[ToolHolder | None, Field(description="Who had them; they were in store when left out.")] = None
    cause: Annotated[Literal["broken", "lost"], Field(description="Hỏng, mất.")] = "broken"
    reported_on: MovedOn = None
    paper: Slip
    reason: Reason


class WriteOffTools(ToolCommand):
    """Take tools that were reported broken or lost out of the books, by a decision."""

    allowed: ClassVar[frozenset[Role]] = KEEPER

    quantity: Quantity
    decision: Decision
    written_off_on: MovedOn = None
    note: Note | None = None


class TransferTools(ToolCommand):
    """Hand tools from the store over to another unit, which has them in its books from the same moment on."""

    allowed: ClassVar[frozenset[Role]] = KEEPER

    quantity: Quantity
    to_unit_id: UnitId
    to_tool_id: Annotated[ToolId | None, Field(description="Its card there; a new one is opened when left out.")] = None
    transferred_on: MovedOn = None
    paper: Slip
    decision: Decision | None = None


class CountTools(ToolCommand):
    """Enter how many tools were counted in store or with a holder; the books follow."""

    counted: Annotated[int, Field(ge=0, le=1_000_000)]
    holder: Annotated[ToolHolder | None, Field(description="Who has them; those in store when left out.")] = None
    unit_price_vnd: Annotated[
        UnitPrice | None, Field(description="What one is worth, where the books have none to tell by.")
    ] = None
    counted_on: MovedOn = None
    paper: Slip
    reason: Reason


# --- events ---------------------------------------------------------------------------------------------------------


class ToolNumbered(Event):
    """A unit's book gave its next number to a kind of tool."""

    number: int
    tool_id: str


class ToolFacts(Message):
    """What the card of a tool says."""

    unit_id: str
    code: str
    name: str
    measure: str
    place: Place
    note: str | None = None


class ToolRegistered(ToolFacts, Event):
    """The card of a kind of tool was opened."""

    number: int
    registered_on: date


class ToolCorrected(ToolFacts, Event):
    """The card of a tool was put right; all of it as it stands now."""

    reason: str


class ToolMovement(Message):
    """What happened to how many, on what paper; `stock` is what there is after it.

    `quantity_change` and `value_change_vnd` are what it brought into the unit's books (above 0) or took out of them.
    """

    unit_id: str
    code: str
    moved_on: date
    paper: str | None = None
    quantity: int
    quantity_change: int = 0
    value_change_vnd: int = 0
    stock: ToolStock
    holder: ToolHolder | None = None
    held: Annotated[int | None, Field(description="What the holder has after it.")] = None
    note: str | None = None


class ToolsEntered(ToolMovement, Event):
    """Tools were bought or received."""

    unit_price_vnd: int
    source: ToolSource
    asset_from_vnd: Annotated[
        int | None, Field(description="The cost from which one of them would be a fixed asset, where it has that.")
    ] = None

    def notices(self) -> tuple[Notice, ...]:
        """Return a warning where one of them costs as much as a fixed asset (Thông tư 141/2025/TT-BTC, Điều 3)."""
        if self.asset_from_vnd is None:
            return ()
        return (
            Notice(
                code="tool-as-dear-as-an-asset",
                vi=f"Đơn giá {self.unit_price_vnd} đồng đạt mức {self.asset_from_vnd} đồng của tài sản cố định; "
                "nếu dùng được từ 1 năm trở lên, đề nghị ghi vào sổ tài sản.",
                en=f"A price of {self.unit_price_vnd} VND reaches the {self.asset_from_vnd} VND of a fixed asset; if "
                "it lasts a year or more, enter it in the register of assets.",
            ),
        )


class ToolsIssued(ToolMovement, Event):
    """Tools went from the store to a holder."""


class ToolsReturned(ToolMovement, Event):
    """Tools came back into the store."""


class ToolsReportedBroken(ToolMovement, Event):
    """Tools were reported broken or lost; they stay in the books until they are written off."""

    cause: Literal["broken", "lost"]
    reason: str


class ToolsWrittenOff(ToolMovement, Event):
    """Tools left the books."""

    decision: Decision


class ToolsTransferredOut(ToolMovement, Event):
    """Tools left for the books of another unit."""

    to_unit_id: str
    to_tool_id: str
    decision: Decision | None = None


class ToolsTransferredIn(ToolMovement, Event):
    """Tools came from the books of another unit."""

    from_unit_id: str
    from_tool_id: str
    decision: Decision | None = None


class ToolsCounted(ToolMovement, Event):
    """Tools were counted, and the books follow; `quantity` is how many there are."""

    expected: int
    reason: str


# --- refusals -------------------------------------------------------------------------------------------------------

TOOL_UNKNOWN = Refusal(
    "tool-unknown",
    "Không có công cụ, dụng cụ với mã {tool_id}; đề nghị kiểm tra lại trong sổ.",
    "There is no tool {tool_id}; check it in the book.",
)
TOO_FEW_TOOLS = Refusal(
    "too-few-tools",
    "{code} chỉ có {available} {measure} ở nơi đã chọn, không đủ {quantity}; đề nghị kiểm tra lại số lượng.",
    "{code} has only {available} ({measure}) there, not {quantity}; check the quantity.",
)
NOT_ENOUGH_BROKEN = Refusal(
    "not-enough-broken",
    "{code} mới có {available} {measure} báo hỏng, mất, không đủ {quantity} để ghi giảm; đề nghị lập giấy báo trước.",
    "Only {available} ({measure}) of {code} are reported broken or lost, not {quantity}; report them first.",
)
PAPER_USED = Refusal(
    "paper-used",
    "Chứng từ {paper} đã ghi cho {code} với nội dung khác; đề nghị dùng số chứng từ khác.",
    "Paper {paper} was entered for {code} with other contents; use another number.",
)
TRANSFER_UNFIT = Refusal(
    "tool-transfer-unfit",
    "Chỉ chuyển {code} sang đơn vị khác, vào thẻ của đơn vị đó có cùng đơn vị tính ({measure}); "
    "đề nghị kiểm tra lại đơn vị nhận.",
    "{code} goes to another unit, onto a card of that unit with the same measure ({measure}); check the receiver.",
)
TOOLS_TOO_DEAR = Refusal(
    "tools-too-dear",
    "Giá trị của {code} vượt quá mức hệ thống ghi nhận được ({most_vnd} đồng); đề nghị kiểm tra lại đơn giá.",
    "The value of {code} is beyond what can be kept ({most_vnd} VND); check the price.",
)
NOT_YOUR_TOOLS = Refusal(
    "not-your-tools",
    "Công cụ, dụng cụ {code} thuộc {unit_id}; chỉ đơn vị này hoặc cán bộ quản lý tài sản được thực hiện.",
    "Tool {code} belongs to {unit_id}; only that unit or the keeper of assets may do this.",
)

# --- rows -----------------------------------------------------------------------------------------------------------


class ToolRow(Row):
    """One kind of tool in one unit, and what there is of it."""

    tool_id: str
    code: Annotated[str, column(1, "Mã")]
    name: Annotated[str, column(2, "Tên công cụ, dụng cụ")]
    measure: Annotated[str, column(3, "Đơn vị tính")]
    unit_id: str
    unit_name: Annotated[str, column(4, "Đơn vị")] = ""
    kept_at: Annotated[str, column(5, "Nơi để")] = ""
    in_store: Annotated[int, column(6, "Trong kho")]
    in_use: Annotated[int, column(7, "Đang dùng")]
    broken: Annotated[int, column(8, "Hỏng, mất chờ xử lý")]
    quantity: Annotated[int, column(9, "Tổng số lượng")]
    unit_value_vnd: Annotated[int, column(10, "Đơn giá bình quân (đồng)")]
    value_vnd: Annotated[Dong, column(11, "Thành tiền (đồng)")]
    note: Annotated[str | None, column(12, "Ghi chú")] = None
    site_id: str | None = None
    division_id: str | None = None
    room: str | None = None
    moved_on: date | None = None


class ToolHoldingRow(Row):
    """How many of a tool a division or a person has."""

    tool_id: str
    code: Annotated[str, column(1, "Mã")]
    name: Annotated[str, column(2, "Tên công cụ, dụng cụ")]
    measure: Annotated[str, column(3, "Đơn vị tính")]
    unit_id: str
    division_id: str | None = None
    division_name: Annotated[str | None, column(4, "Phòng, ban sử dụng")] = None
    person_id: str | None = None
    person_name: Annotated[str | None, column(5, "Người sử dụng")] = None
    quantity: Annotated[int, column(6, "Số lượng")]
    since: Annotated[date, column(7, "Thay đổi gần nhất")]


class ToolMovementRow(Row):
    """One entry in the book of tools: what came in, went out or changed hands, and what there was after it."""

    movement_id: str
    tool_id: str
    moved_on: Annotated[date, column(1, "Ngày")]
    paper: Annotated[str | None, column(2, "Chứng từ")] = None
    code: Annotated[str, column(3, "Mã")]
    name: Annotated[str, column(4, "Tên công cụ, dụng cụ")]
    measure: Annotated[str, column(5, "Đơn vị tính")]
    kind: Annotated[MovementKind, column(6, "Nghiệp vụ")]
    quantity: Annotated[int, column(7, "Số lượng")]
    in_quantity: Annotated[int, column(8, "Ghi tăng: Số lượng")]
    in_value_vnd: Annotated[int, column(9, "Ghi tăng: Thành tiền")]
    out_quantity: Annotated[int, column(10, "Ghi giảm: Số lượng")]
    out_value_vnd: Annotated[int, column(11, "Ghi giảm: Thành tiền")]
    stock_quantity: Annotated[int, column(12, "Còn lại: Số lượng")]
    stock_value_vnd: Annotated[int, column(13, "Còn lại: Thành tiền")]
    party: Annotated[str | None, column(14, "Nơi giao, nhận")] = None
    reason: Annotated[str | None, column(15, "Diễn giải")] = None
    unit_id: str
    other_unit_id: str | None = None
    division_id: str | None = None
    person_id: str | None = None


class ToolView(Row):
    """One kind of tool in one unit, and who has how many of it."""

    tool: ToolRow
    holdings: tuple[ToolHoldingRow, ...]


# --- queries --------------------------------------------------------------------------------------------------------


class ListTools(ListQuery):
    """The tools of the office by quantity."""

    answer = Page[ToolRow]

    unit_id: UnitId | None = None
    site_id: SiteId | None = None
    broken: Annotated[bool | None, Field(description="Only those of which some wait to be written off, or others.")] = (
        None
    )
    text: Annotated[
        str | None, Field(max_length=200, description="Words to find; accents and spelling variants do not matter.")
    ] = None
    descending: bool = False
    sort: Literal["code", "name", "value"] = "code"


class ListToolHoldings(ListQuery):
    """Who has how many of which tools."""

    answer = Page[ToolHoldingRow]

    unit_id: UnitId | None = None
    division_id: UnitId | None = None
    person_id: PersonId | None = None
    tool_id: ToolId | None = None
    descending: bool = False
    sort: Literal["code"] = "code"


class ListToolMovements(ListQuery):
    """The book of tools, after the columns of form S26-H: every entry with what there was after it."""

    answer = Page[ToolMovementRow]

    tool_id: ToolId | None = None
    unit_id: UnitId | None = None
    division_id: UnitId | None = None
    kind: MovementKind | None = None
    paper: ShortLine | None = None
    moved_from: Day | None = None
    moved_to: Day | None = None
    descending: bool = False
    sort: Literal["moved_on"] = "moved_on"


class GetTool(Query):
    """One kind of tool in one unit, and who has how many of it."""

    answer = ToolView

    tool_id: ToolId


TOOL_COMMANDS: tuple[type[Command], ...] = (
    RegisterTool,
    CorrectTool,
    EnterTools,
    IssueTools,
    ReturnTools,
    ReportBroken,
    WriteOffTools,
    TransferTools,
    CountTools,
)
TOOL_EVENTS: tuple[type[Event], ...] = (
    ToolNumbered,
    ToolRegistered,
    ToolCorrected,
    ToolsEntered,
    ToolsIssued,
    ToolsReturned,
    ToolsReportedBroken,
    ToolsWrittenOff,
    ToolsTransferredOut,
    ToolsTransferredIn,
    ToolsCounted,
)
TOOL_QUERIES: tuple[type[Query], ...] = (ListTools, ListToolHoldings, ListToolMovements, GetTool)
