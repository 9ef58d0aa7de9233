"""The words of handovers: batches of assets that pass between units, agreed line by line, closed when all adds up."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal, TypeAlias
from uuid import UUID

from pydantic import Field, StringConstraints

from contracts.assets.values import (
    HOLDER,
    KEEPER,
    AssetId,
    ClassCode,
    Condition,
    CostBasis,
    Details,
    Dong,
    Name,
    Note,
    Place,
    Reason,
    ShortLine,
    Year,
    Years,
)
from contracts.base import (
    Command,
    Day,
    Event,
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
from contracts.organisation import Decision, PersonId, UnitId

# --- values ---------------------------------------------------------------------------------------------------------

HandoverId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
HandoverStatus: TypeAlias = Literal["prepared", "closed", "cancelled"]
"""Đang thống nhất; đã bàn giao xong; đã hủy."""
HandoverSide: TypeAlias = Literal["giver", "receiver"]
"""Bên giao; bên nhận."""
HandoverFinding: TypeAlias = Literal["matching", "surplus", "missing", "wrong", "pending"]
"""Khớp; thừa; thiếu; sai thông tin; chờ xử lý."""
HandoverAgreement: TypeAlias = Literal["open", "pending", "disputed", "agreed"]
"""Chưa đủ hai bên; chờ xử lý; hai bên ghi khác nhau; đã thống nhất."""
WrongPoint: TypeAlias = Literal[
    "name", "model", "maker", "serial_number", "made_in", "plate", "class_code", "cost", "other"
]
"""What of an asset the register says wrongly; the first four are put right when the batch closes."""
MOST_HANDOVER_LINES = 800
"""Lines of one batch at most: with the batch and a book they fit one decision of 900 aggregates."""
HandoverLineIds: TypeAlias = Annotated[tuple[AssetId, ...], Field(max_length=MOST_HANDOVER_LINES)]
HANDOVER_CLOSER: frozenset[Role] = frozenset({"clerk", "leader"})
"""Who closes a handover: the keeper of assets, or a leader."""


class HandoverParty(Message):
    """Somebody who is named in the minutes, for the unit they speak for or as a witness."""

    side: Annotated[Literal["giver", "receiver", "witness"], Field(description="Bên giao, bên nhận, chứng kiến.")]
    unit_id: UnitId
    person_id: PersonId
    post: Annotated[ShortLine | None, Field(description="Chức vụ in the minutes; the post held when left out.")] = None


class WrongFact(Message):
    """What the register says wrongly of an asset, and what was found instead."""

    point: WrongPoint
    found: ShortLine


class HandoverSurplus(Message):
    """What was found although no book has it: all that its registration will need."""

    class_code: ClassCode
    name: Name
    cost_vnd: Annotated[Dong, Field(description="Original cost by the council's estimate, in đồng.")]
    cost_basis: CostBasis = "estimate"
    remaining_years: Annotated[int | None, Field(ge=0, le=200, description="Years left, as the council found.")] = None
    life_years: Annotated[Years | None, Field(description="Its own life, where a rule or decision sets one.")] = None
    life_basis: Annotated[Name | None, Field(description="The rule or decision that sets its own life.")] = None
    model: ShortLine | None = None
    maker: ShortLine | None = None
    serial_number: ShortLine | None = None
    made_in: Year | None = None
    details: Details | None = None


class HandoverLine(Message):
    """A line of a batch as the giver's book has it; one with `surplus` stands in no book and has no tag yet."""

    asset_id: str
    tag: str | None = None
    name: str
    class_code: str
    model: str | None = None
    serial_number: str | None = None
    used_from: Annotated[int | None, Field(description="The year it was taken into use.")] = None
    from_unit_id: str
    cost_vnd: int
    accumulated_vnd: int
    condition: Condition
    place: Place = Place()
    surplus: HandoverSurplus | None = None

    @property
    def residual_vnd(self) -> int:
        """What remains of the cost, in đồng."""
        return self.cost_vnd - self.accumulated_vnd

    @property
    def label(self) -> str:
        """What people know the line by: its tag, or its name while it has none."""
        return self.tag or self.name


class HandoverDecision(Message):
    """What one side says of a line; `revision` counts what that side has said of it so far."""

    asset_id: str
    finding: HandoverFinding
    wrong: tuple[WrongFact, ...] = ()
    condition: Condition | None = None
    place: Place | None = None
    note: str | None = None
    revision: int


class HandoverSums(Message):
    """How many assets, and what they cost, have worn and are still worth together, in whole đồng."""

    asset_count: int
    cost_vnd: int
    accumulated_vnd: int
    residual_vnd: int


class HandoverTotals(Message):
    """The sums of a batch or a part of it.

    `booked` is what the giver's book has: matching, wrong, missing and pending together; or moving, staying and pending
    together. `received` is what the receiver's book gets: moving and surplus.
    """

    booked: HandoverSums
    matching: HandoverSums
    wrong: HandoverSums
    missing: HandoverSums
    pending: HandoverSums
    surplus: HandoverSums
    moving: HandoverSums
    staying: HandoverSums
    received: HandoverSums


class HandoverOrigin(HandoverTotals):
    """The sums of what one unit gives."""

    unit_id: str


class HandoverProgress(Message):
    """How far the two sides have come, in lines."""

    line_count: int
    giver_count: Annotated[int, Field(description="Lines the giver has decided on.")]
    receiver_count: Annotated[int, Field(description="Lines the receiver has decided on.")]
    agreed_count: int
    disputed_count: int
    pending_count: int


class HandoverEntered(Message):
    """A surplus that was entered into the receiver's book under a tag."""

    asset_id: str
    tag: str


# --- commands -------------------------------------------------------------------------------------------------------


class HandoverCommand(Command):
    """A wish about one batch."""

    handover_id: HandoverId


class PrepareHandover(Command):
    """Draw up a numbered batch of assets, of one unit or several, that pass into another unit's books on a day."""

    allowed: ClassVar[frozenset[Role]] = KEEPER

    title: Name
    to_unit_id: Annotated[UnitId, Field(description="The unit that receives.")]
    effective_on: Annotated[Day, Field(description="The day from which the receiver's books have the assets.")]
    decision: Decision
    venue: Annotated[Name | None, Field(description="Where the minutes are signed.")] = None
    parties: Annotated[tuple[HandoverParty, ...], Field(max_length=50)] = ()
    asset_ids: Annotated[HandoverLineIds, Field(min_length=1, description="Who gives each is known from its book.")]
    missing_to: Annotated[
        HandoverSide,
        Field(
            description="In whose books a missing asset waits for its settlement: the receiver's where the giving unit "
            "is no more, the giver's where it goes on."
        ),
    ] = "receiver"
    closes_books: Annotated[bool, Field(description="The giving units' books are to be empty afterwards.")] = True


class AmendHandover(HandoverCommand):
    """Add assets to a batch, read those on it anew from their books, take lines off it, or name other parties."""

    allowed: ClassVar[frozenset[Role]] = KEEPER

    asset_ids: Annotated[HandoverLineIds, Field(description="To be added, or read anew where they are on it.")] = ()
    dropped_ids: Annotated[HandoverLineIds, Field(description="To be taken off, surplus lines included.")] = ()
    parties: Annotated[tuple[HandoverParty, ...] | None, Field(max_length=50, description="All, if they change.")] = (
        None
    )


class ReportSurplusLine(HandoverCommand):
    """Put something on the list that was found at a giving unit and stands in no book."""

    allowed: ClassVar[frozenset[Role]] = HOLDER

    side: HandoverSide
    from_unit_id: Annotated[UnitId, Field(description="The giving unit at which it was found.")]
    found: HandoverSurplus
    condition: Condition = "usable"
    place: Annotated[Place | None, Field(description="Where it will stand; said by the receiver.")] = None
    note: Note | None = None


class HandoverWord(Message):
    """What a side says of a line."""

    asset_id: AssetId
    finding: HandoverFinding
    wrong: Annotated[tuple[WrongFact, ...], Field(max_length=9, description="For a wrong line, what is.")] = ()
    condition: Annotated[Condition | None, Field(description="As found, where it is another than the book's.")] = None
    place: Annotated[Place | None, Field(description="Where it will stand; said by the receiver.")] = None
    note: Annotated[Note | None, Field(description="Asked for where a line is left pending.")] = None
    seen: Annotated[
        int,
        Field(ge=0, description="The revision of the side's own word as the speaker saw it; 0 where there is none."),
    ] = 0


class AgreeLines(HandoverCommand):
    """Say for one side what each line was found to be; a line is agreed when both sides say the same of it."""

    allowed: ClassVar[frozenset[Role]] = HOLDER

    side: HandoverSide
    lines: Annotated[tuple[HandoverWord, ...], Field(min_length=1, max_length=MOST_HANDOVER_LINES)]


class SignHandover(HandoverCommand):
    """Sign for a unit that gives, or the one that receives, with the totals its own books show."""

    allowed: ClassVar[frozenset[Role]] = HOLDER

    unit_id: UnitId
    asset_count: Annotated[int, Field(ge=0, description="Assets given out of the unit's book, or received into it.")]
    cost_vnd: Dong
    accumulated_vnd: Dong
    residual_vnd: Dong
    person_id: Annotated[PersonId | None, Field(description="Who signed on paper, where somebody else enters it.")] = (
        None
    )


class CloseHandover(HandoverCommand):
    """Carry a batch out as it was agreed and signed: every line in one decision, or none."""

    allowed: ClassVar[frozenset[Role]] = HANDOVER_CLOSER

    to_unit_id: UnitId
    asset_ids: Annotated[HandoverLineIds, Field(min_length=1, description="All lines, as GetHandover names them.")]


class CancelHandover(HandoverCommand):
    """Drop a batch that was not closed; its number stays used."""

    allowed: ClassVar[frozenset[Role]] = KEEPER

    reason: Reason


# --- events ---------------------------------------------------------------------------------------------------------


class HandoverNumbered(Event):
    """The book of a year gave its next number to a batch."""

    number: int
    handover_id: str


class HandoverFacts(Message):
    """The number that a batch has in its year."""

    number: int
    year: int


class HandoverCounted(HandoverFacts):
    """How far a batch has come, and whose signatures fell because its lines changed after them."""

    progress: HandoverProgress
    unsigned_unit_ids: tuple[str, ...] = ()

    def notices(self) -> tuple[Notice, ...]:
        """Return a warning where signatures fell."""
        if not self.unsigned_unit_ids:
            return ()
        units = ", ".join(self.unsigned_unit_ids)
        return (
            Notice(
                code="handover-signature-void",
                vi=f"Danh mục thay đổi sau khi ký: chữ ký của {units} không còn hiệu lực; đề nghị ký lại.",
                en=f"The list changed after it was signed: the signatures of {units} no longer hold; sign again.",
            ),
        )


class HandoverPrepared(HandoverCounted, Event):
    """A batch was drawn up under the next number of its year."""

    title: str
    to_unit_id: str
    effective_on: date
    decision: Decision
    venue: str | None = None
    parties: tuple[HandoverParty, ...] = ()
    missing_to: HandoverSide
    closes_books: bool
    lines: tuple[HandoverLine, ...]
    origins: tuple[HandoverOrigin, ...]
    whole: HandoverTotals


class HandoverAmended(HandoverCounted, Event):
    """Lines were added, read anew or taken off, or other parties were named; the totals are those of the whole list."""

    lines: tuple[HandoverLine, ...]
    dropped_ids: tuple[str, ...] = ()
    parties: tuple[HandoverParty, ...] | None = None
    origins: tuple[HandoverOrigin, ...]
    whole: HandoverTotals


class HandoverSurplusReported(HandoverCounted, Event):
    """A side put on the list what was found and stands in no book."""

    side: HandoverSide
    line: HandoverLine
    said: HandoverDecision
    decided_by: str
    decided_at: datetime


class HandoverLinesDecided(HandoverCounted, Event):
    """A side said of lines what they were found to be."""

    side: HandoverSide
    decided_by: str
    decided_at: datetime
    said: tuple[HandoverDecision, ...]


class HandoverSigned(HandoverFacts, Event):
    """A unit signed with the totals its own books show, and they were those of the list."""

    unit_id: str
    side: HandoverSide
    sums: HandoverSums
    signed_by: str
    signed_at: datetime
    person_id: str | None = None


class HandoverClosed(HandoverFacts, Event):
    """A batch was carried out: what moves is in the receiver's books, and all its totals add up."""

    to_unit_id: str
    effective_on: date
    closed_on: date
    closed_by: str
    origins: tuple[HandoverOrigin, ...]
    whole: HandoverTotals
    entered: tuple[HandoverEntered, ...] = ()


class HandoverCancelled(HandoverFacts, Event):
    """A batch was dropped."""

    title: str
    reason: str


# --- rows -----------------------------------------------------------------------------------------------------------


class HandoverRow(Row):
    """A batch with its number, its day, who gives and receives, and what its lines are worth together."""

    number: Annotated[int, column(1, "Số biên bản")]
    year: Annotated[int, column(2, "Năm")]
    title: Annotated[str, column(3, "Nội dung bàn giao")]
    effective_on: Annotated[date, column(4, "Ngày bàn giao")]
    from_unit_names: Annotated[str, column(5, "Bên giao")]
    to_unit_name: Annotated[str, column(6, "Bên nhận")]
    asset_count: Annotated[int, column(7, "Số tài sản trong sổ")]
    cost_vnd: Annotated[int, column(8, "Nguyên giá")]
    accumulated_vnd: Annotated[int, column(9, "Hao mòn lũy kế")]
    residual_vnd: Annotated[int, column(10, "Giá trị còn lại")]
    line_count: Annotated[int, column(11, "Số dòng")]
    agreed_count: Annotated[int, column(12, "Số dòng đã thống nhất")]
    decision_number: Annotated[str, column(13, "Số quyết định")]
    decision_issued_on: Annotated[date, column(14, "Ngày quyết định")]
    remarks: Annotated[str | None, column(15, "Ghi chú")]
    handover_id: str
    status: HandoverStatus
    to_unit_id: str
    from_unit_ids: tuple[str, ...]
    giver_count: int
    receiver_count: int
    disputed_count: int
    pending_count: int
    signed_unit_ids: tuple[str, ...]
    closed_on: date | None


class HandoverWordRow(Message):
    """What one side has said of a line, who said it and when."""

    finding: HandoverFinding
    wrong: tuple[WrongFact, ...]
    condition: Condition | None
    note: str | None
    revision: int
    by: str
    at: datetime


class HandoverLineRow(Row):
    """A line of a batch in the columns of the minutes (mẫu C50-HD), with what each side says of it."""

    place: Annotated[int, column(1, "Số thứ tự")]
    name: Annotated[str, column(2, "Tên, ký hiệu, quy cách tài sản")]
    tag: Annotated[str | None, column(3, "Số hiệu tài sản")]
    used_from: Annotated[int | None, column(4, "Năm đưa vào sử dụng")]
    cost_vnd: Annotated[int, column(5, "Nguyên giá")]
    accumulated_vnd: Annotated[int, column(6, "Hao mòn lũy kế")]
    residual_vnd: Annotated[int, column(7, "Giá trị còn lại")]
    condition: Annotated[Condition, column(8, "Tình trạng")]
    finding: Annotated[HandoverFinding, column(9, "Kết quả đối chiếu")]
    from_unit_name: Annotated[str, column(10, "Bên giao")]
    remarks: Annotated[str | None, column(11, "Ghi chú")]
    handover_id: str
    asset_id: str
    from_unit_id: str
    class_code: str
    serial_number: str | None
    agreement: HandoverAgreement
    surplus: bool
    stands_at: Place
    giver: HandoverWordRow | None
    receiver: HandoverWordRow | None


class HandoverPart(HandoverOrigin):
    """The sums of what one unit gives, with its name; `adds_up` says that they come to what its book has."""

    unit_code: str
    unit_name: str
    adds_up: bool


class HandoverSignature(Message):
    """A unit's signature: with which totals, by whom and when."""

    unit_id: str
    unit_name: str
    side: HandoverSide
    sums: HandoverSums
    signed_by: str
    signed_at: datetime


class HandoverView(Row):
    """A batch with its totals by origin and as a whole, who signed, and what still hinders closing it."""

    handover: HandoverRow
    missing_to: HandoverSide
    closes_books: bool
    origins: tuple[HandoverPart, ...]
    whole: HandoverTotals
    adds_up: bool
    signatures: tuple[HandoverSignature, ...]
    hindrances: Annotated[tuple[Notice, ...], Field(description="Empty when it can be closed from its day on.")]
    asset_ids: Annotated[tuple[str, ...], Field(description="All lines, for CloseHandover.")]


class HandoverPerson(Message):
    """Somebody named in the minutes: for which unit, and in which post."""

    side: Literal["giver", "receiver", "witness"]
    unit_name: str
    name: str
    post: str | None


class HandoverUnit(Message):
    """A unit named in the minutes, as it was called on the day."""

    unit_id: str
    unit_code: str
    unit_name: str


class HandoverFindingSums(HandoverSums):
    """The sums of all lines with one finding."""

    finding: HandoverFinding


class HandoverMinutes(Row):
    """All that the minutes of a handover (biên bản bàn giao) say, of the whole batch or of one unit that gives."""

    handover_id: str
    number: int
    year: int
    title: str
    status: HandoverStatus
    draft: Annotated[bool, Field(description="Not closed yet, so not to be signed on paper.")]
    effective_on: date
    closed_on: date | None
    venue: str | None
    decision: Decision
    remarks: str | None
    givers: tuple[HandoverUnit, ...]
    receiver: HandoverUnit
    people: tuple[HandoverPerson, ...]
    lines: tuple[HandoverLineRow, ...]
    by_finding: tuple[HandoverFindingSums, ...]
    by_origin: tuple[HandoverPart, ...]
    totals: HandoverTotals
    adds_up: bool
    missing_to: HandoverSide
    signatures: tuple[HandoverSignature, ...]


# --- queries --------------------------------------------------------------------------------------------------------


class ListHandovers(ListQuery):
    """The batches of a year or of all years; a board sees those it gives or receives in."""

    answer = Page[HandoverRow]

    year: Annotated[int | None, Field(ge=1930, le=2100)] = None
    status: HandoverStatus | None = None
    unit_id: Annotated[UnitId | None, Field(description="That gives or receives.")] = None
    from_day: Day | None = None
    to_day: Day | None = None
    text: Annotated[
        str | None, Field(max_length=200, description="Words to find; accents and spelling variants do not matter.")
    ] = None
    sort: Literal["number", "effective_on"] = "number"


class GetHandover(Query):
    """One batch: how far both sides have come, its totals, and what still hinders closing it, in words."""

    answer = HandoverView

    handover_id: HandoverId


class ListHandoverLines(ListQuery):
    """The lines of a batch in the columns of its minutes; a board that gives sees its own."""

    answer = Page[HandoverLineRow]

    handover_id: HandoverId
    finding: HandoverFinding | None = None
    agreement: HandoverAgreement | None = None
    from_unit_id: UnitId | None = None
    text: Annotated[
        str | None, Field(max_length=200, description="Words to find; accents and spelling variants do not matter.")
    ] = None
    limit: Annotated[int, Field(ge=1, le=1000, description="Rows on a page.")] = 200
    descending: bool = False
    sort: Literal["place", "tag"] = "place"


class GetHandoverMinutes(Query):
    """Everything that the minutes of a handover say, of the whole batch or of what one unit gives."""

    answer = HandoverMinutes

    handover_id: HandoverId
    from_unit_id: Annotated[UnitId | None, Field(description="Only what this unit gives.")] = None


# --- refusals -------------------------------------------------------------------------------------------------------

HANDOVER_UNKNOWN = Refusal(
    "handover-unknown",
    "Không có đợt bàn giao với mã {handover_id}; đề nghị kiểm tra lại mã.",
    "There is no handover {handover_id}; check the identifier.",
)
HANDOVER_CANCELLED = Refusal(
    "handover-cancelled",
    "Đợt bàn giao số {number}/{year} đã hủy; đề nghị lập đợt mới.",
    "Handover {number}/{year} was cancelled; draw up a new one.",
)
HANDOVER_DONE = Refusal(
    "handover-done",
    "Đợt bàn giao số {number}/{year} đã hoàn thành từ ngày {day}; không thể thay đổi. "
    "Thay đổi tiếp theo thực hiện trong sổ của bên nhận.",
    "Handover {number}/{year} was closed as of {day} and cannot be changed; go on in the receiver's books.",
)
HANDOVER_GOES_NOWHERE = Refusal(
    "handover-goes-nowhere",
    "Tài sản {tag} đã ở trong sổ của {unit_id} là bên nhận; đề nghị bỏ khỏi danh mục.",
    "Asset {tag} is in the books of {unit_id} already, which receives; leave it out.",
)
HANDOVER_NOT_A_PARTY = Refusal(
    "handover-not-a-party",
    "Đơn vị {unit_id} không giao hoặc nhận tài sản trong đợt bàn giao này với tư cách đã ghi; đề nghị kiểm tra lại.",
    "Unit {unit_id} neither gives nor receives in this handover in the way that is said; check the unit.",
)
HANDOVER_TOO_LONG = Refusal(
    "handover-too-long",
    "Một đợt bàn giao có nhiều nhất {most} dòng để hoàn thành trong một lần; đề nghị lập thêm đợt.",
    "A handover has {most} lines at most, so that it is closed at one stroke; draw up another.",
)
HANDOVER_EMPTY = Refusal(
    "handover-empty",
    "Danh mục không còn dòng nào; đề nghị giữ lại ít nhất một dòng hoặc hủy đợt bàn giao.",
    "No line would be left; keep one at least, or cancel the handover.",
)
HANDOVER_LINE_UNKNOWN = Refusal(
    "handover-line-unknown",
    "Đợt bàn giao số {number}/{year} không có dòng {asset_id}; đề nghị tải lại danh mục.",
    "Handover {number}/{year} has no line {asset_id}; load the list again.",
)
HANDOVER_NOT_YOUR_SIDE = Refusal(
    "handover-not-your-side",
    "Chỉ {unit_id} hoặc cán bộ quản lý tài sản được ghi nhận cho bên này; đề nghị chuyển cho đơn vị đó.",
    "Only {unit_id} or the keeper of assets may speak for this side; pass it to that unit.",
)
HANDOVER_FINDING_UNFIT = Refusal(
    "handover-finding-unfit",
    "Dòng {tag} không thể ghi «{finding_vi}»: tài sản có trong sổ là khớp, thiếu, sai thông tin hoặc chờ xử lý; "
    "tài sản ngoài sổ là thừa hoặc chờ xử lý.",
    "Line {tag} cannot be {finding_en}: what a book has is matching, missing, wrong or pending; "
    "what no book has is surplus or pending.",
)
HANDOVER_UNEXPLAINED = Refusal(
    "handover-finding-unexplained",
    "Dòng {tag}: sai thông tin phải ghi nội dung sai, chờ xử lý phải ghi lý do, kết quả khác không ghi nội dung sai.",
    "Line {tag}: say what is wrong of a wrong line and why a line is pending; other findings name nothing wrong.",
)
HANDOVER_PLACE_UNFIT = Refusal(
    "handover-place-unfit",
    "Dòng {tag}: nơi đặt sau bàn giao do bên nhận ghi; đề nghị bỏ trống.",
    "Line {tag}: where it will stand is said by the receiver; leave it out.",
)
HANDOVER_LINE_DECIDED = Refusal(
    "handover-line-decided",
    "{name} đã ghi dòng {tag} là «{finding_vi}» lúc {at}{others_vi}; "
    "lần ghi này chưa được nhận. Đề nghị xem lại rồi ghi lại nếu cần.",
    "{name} decided line {tag} as {finding_en} at {at}{others_en}; this was not taken. "
    "Look at it, and say it again if need be.",
)
HANDOVER_LINES_OPEN = Refusal(
    "handover-lines-open",
    "Còn {count} dòng chưa được hai bên thống nhất, trước hết là {tag}; đề nghị thống nhất từng dòng trước.",
    "{count} lines are not agreed by both sides yet, {tag} first; agree on each of them before.",
)
HANDOVER_SUMS_DIFFER = Refusal(
    "handover-sums-differ",
    "Số liệu ký của {unit_id} ({said}) khác danh mục ({listed}), theo thứ tự số lượng, nguyên giá, hao mòn lũy kế, "
    "giá trị còn lại; đề nghị đối chiếu sổ và danh mục.",
    "What {unit_id} signs for ({said}) is not what the list has ({listed}), as count, cost, accumulated wear and "
    "residual value; compare the book with the list.",
)
HANDOVER_LIST_DIFFERS = Refusal(
    "handover-list-differs",
    "Danh mục gửi lên khác danh mục đã thống nhất của đợt số {number}/{year}; đề nghị tải lại danh mục.",
    "The lines sent are not those agreed for handover {number}/{year}; load the list again.",
)
HANDOVER_TOO_EARLY = Refusal(
    "handover-too-early",
    "Đợt bàn giao có hiệu lực từ ngày {day}; đề nghị hoàn thành từ ngày đó.",
    "The handover takes effect on {day}; close it from that day on.",
)
HANDOVER_UNSIGNED = Refusal(
    "handover-unsigned",
    "Chưa có chữ ký của {units}; đề nghị các bên ký trước khi hoàn thành.",
    "{units} have not signed; all sides sign before it is closed.",
)
HANDOVER_UNBALANCED = Refusal(
    "handover-unbalanced",
    "Sổ của {unit_id} không còn khớp danh mục đã ký: tài sản {tag} trong danh mục là {listed}, trong sổ là {booked} "
    "(số lượng, nguyên giá, hao mòn lũy kế, giá trị còn lại); đề nghị đọc lại dòng này từ sổ và ký lại.",
    "The book of {unit_id} no longer balances with the signed list: asset {tag} is {listed} on the list and {booked} "
    "in the book (count, cost, accumulated wear, residual value); read the line anew and sign again.",
)

# --- in one list each -----------------------------------------------------------------------------------------------

HANDOVER_COMMANDS: tuple[type[Command], ...] = (
    PrepareHandover,
    AmendHandover,
    ReportSurplusLine,
    AgreeLines,
    SignHandover,
    CloseHandover,
    CancelHandover,
)
HANDOVER_EVENTS: tuple[type[Event], ...] = (
    HandoverNumbered,
    HandoverPrepared,
    HandoverAmended,
    HandoverSurplusReported,
    HandoverLinesDecided,
    HandoverSigned,
    HandoverClosed,
    HandoverCancelled,
)
HANDOVER_QUERIES: tuple[type[Query], ...] = (ListHandovers, GetHandover, ListHandoverLines, GetHandoverMinutes)


def handover_id(command_id: UUID) -> str:
    """Return the id of the batch that its preparation with this command id creates."""
    return command_id.hex
