"""The words of assets: what the office owns, where it is, what it is worth, and how it comes and goes."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal, TypeAlias
from uuid import UUID

from pydantic import Field, StringConstraints

from contracts.base import (
    Command,
    Day,
    Event,
    Line,
    Message,
    Notice,
    Paragraph,
    Query,
    Refusal,
    Role,
    Sha256,
)
from contracts.organisation import Decision, PersonId, SiteId, UnitId

# --- values ---------------------------------------------------------------------------------------------------------

AssetId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Dong: TypeAlias = Annotated[int, Field(ge=0, le=100_000_000_000_000)]
"""Whole đồng (Thông tư 141/2025/TT-BTC: cost, wear and residual value are not kept in parts of one)."""
Year: TypeAlias = Annotated[int, Field(ge=1930, le=2100)]
Years: TypeAlias = Annotated[int, Field(ge=1, le=200)]
Seats: TypeAlias = Annotated[int, Field(ge=1, le=10_000)]
ClassCode: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{1,4}(\.[0-9]{1,2})?$")]
"""A class of the table of wear, such as 1.5, 3 or VH.2."""
Name: TypeAlias = Annotated[Line, Field(max_length=200)]
ShortLine: TypeAlias = Annotated[Line, Field(max_length=100)]
Note: TypeAlias = Annotated[Paragraph, Field(max_length=1000)]
Reason: TypeAlias = Annotated[Paragraph, Field(min_length=3, max_length=500)]
AssetStatus: TypeAlias = Literal["in_use", "disposal_proposed", "disposal_approved", "disposed"]
Condition: TypeAlias = Literal["good", "usable", "damaged", "unusable"]
"""Tốt; còn sử dụng được; hư hỏng; không sử dụng được."""
Origin: TypeAlias = Literal[
    "purchase", "construction", "allocation", "gift", "surplus", "joint_venture", "lease_purchase", "other"
]
"""Mua sắm; đầu tư xây dựng; giao, điều chuyển; tặng cho, khuyến mại; kiểm kê thừa; liên doanh; thuê mua; khác."""
CostBasis: TypeAlias = Literal["settled", "verified", "requested", "contract", "approved_total", "estimate"]
"""Quyết toán được duyệt; else provisional: thẩm tra, đề nghị quyết toán, quyết toán A-B, tổng mức, dự toán."""
DisposalMethod: TypeAlias = Literal["sale", "demolition", "destruction", "loss"]
"""Bán; phá dỡ; hủy; xử lý mất, hủy hoại."""
DueKind: TypeAlias = Literal["maintenance", "compulsory_insurance", "voluntary_insurance", "inspection", "loan"]
"""Bảo dưỡng; bảo hiểm bắt buộc; bảo hiểm tự nguyện; đăng kiểm, kiểm định; trả tài sản mượn."""

KEEPER: frozenset[Role] = frozenset({"clerk"})
"""Who keeps the register of assets."""
HOLDER: frozenset[Role] = frozenset({"board", "clerk"})
"""Who says where a board's things are and what state they are in."""
LEADER: frozenset[Role] = frozenset({"leader"})
SERVICE: frozenset[Role] = frozenset({"service"})


class Attachment(Message):
    """A document or photo of an asset, known by its digest; its bytes are kept elsewhere."""

    kind: Literal["document", "photo"] = "document"
    name: Name
    sha256: Sha256
    size_bytes: Annotated[int, Field(ge=0, le=10_000_000_000)]


class Place(Message):
    """Where an asset stands: the site (trụ sở), the division that uses it, and the room."""

    site_id: SiteId | None = None
    division_id: UnitId | None = None
    room: ShortLine | None = None


class VehicleFacts(Message):
    """What is special to a car or another vehicle."""

    kind: Literal["vehicle"] = "vehicle"
    plate: Annotated[Line, Field(max_length=20)]
    seats: Seats
    usage: Annotated[
        Literal["titled", "general", "specialised"], Field(description="Phục vụ chức danh, dùng chung, chuyên dùng.")
    ] = "general"
    fuel: Literal["petrol", "diesel", "electric", "hybrid"] = "petrol"
    fuel_norm_cl_per_100km: Annotated[
        int | None, Field(ge=1, le=20_000, description="Centilitres per 100 km: 1250 is 12.5 litres.")
    ] = None
    chassis_number: ShortLine | None = None
    engine_number: ShortLine | None = None


class RoomFacts(Message):
    """What is special to a room or hall that can be asked for."""

    kind: Literal["room"] = "room"
    use: Annotated[
        Literal["meeting", "hall", "citizen_reception", "guest"],
        Field(description="Phòng họp, hội trường, phòng tiếp công dân, phòng khách."),
    ]
    seats: Seats
    equipment: Annotated[tuple[ShortLine, ...], Field(max_length=50)] = ()
    preparation_minutes: Annotated[int, Field(ge=0, le=1440)] = 0
    part_of: Annotated[AssetId | None, Field(description="The building it is a part of.")] = None


Details: TypeAlias = Annotated[VehicleFacts | RoomFacts, Field(discriminator="kind")]


class Wear(Message):
    """How an asset wears (hao mòn): over how many years, at what rate, from which year to which."""

    years: int
    rate: Annotated[int, Field(description="Hundredths of a percent of the cost a year: 667 is 6.67 %.")]
    own: Annotated[bool, Field(description="Set for this asset alone, whatever the table says.")] = False
    next_year: Annotated[int, Field(description="The first year whose wear is not accumulated yet.")]
    last_year: Annotated[int, Field(description="The year that takes whatever value remains.")]
    catch_up_years: Annotated[
        int, Field(description="Years of wear that the first charge of a found surplus makes up for.")
    ] = 0


class Value(Message):
    """What the books say an asset is worth; `wear` is None for what never wears."""

    cost_vnd: int
    accumulated_vnd: int
    wear: Wear | None = None

    @property
    def residual_vnd(self) -> int:
        """What remains of the cost, in đồng; never below 0."""
        return self.cost_vnd - self.accumulated_vnd


class AssetCommand(Command):
    """A wish about one registered asset."""

    asset_id: AssetId


# --- commands: the register -----------------------------------------------------------------------------------------


class RegisterAsset(Command):
    """Enter an asset into the book of the unit it belongs to, under the next tag."""

    allowed: ClassVar[frozenset[Role]] = KEEPER

    unit_id: Annotated[UnitId, Field(description="The unit whose asset it is.")]
    class_code: ClassCode
    name: Name
    origin: Origin = "purchase"
    cost_vnd: Annotated[Dong, Field(description="Original cost (nguyên giá) in đồng.")]
    cost_basis: CostBasis = "settled"
    booked_on: Annotated[Day | None, Field(description="Day it was taken into use and booked; today if left out.")] = (
        None
    )
    accumulated_vnd: Annotated[Dong, Field(description="Wear booked elsewhere before, up to `worn_to`.")] = 0
    worn_to: Annotated[Year | None, Field(description="The last year whose wear was booked elsewhere.")] = None
    life_years: Annotated[Years | None, Field(description="Its own life, where a rule or decision sets one.")] = None
    life_basis: Annotated[Name | None, Field(description="The rule or decision that sets its own life.")] = None
    used_years: Annotated[int | None, Field(ge=0, le=200, description="Years of use before, for second-hand.")] = None
    remaining_years: Annotated[
        int | None, Field(ge=0, le=200, description="Years left as the council found, for second-hand and surplus.")
    ] = None
    model: ShortLine | None = None
    maker: ShortLine | None = None
    serial_number: ShortLine | None = None
    made_in: Year | None = None
    old_code: Annotated[ShortLine | None, Field(description="Its code in earlier books.")] = None
    details: Details | None = None
    place: Place = Place()
    custodian_id: PersonId | None = None
    condition: Condition = "good"
    decision: Decision | None = None
    files: Annotated[tuple[Attachment, ...], Field(max_length=50)] = ()
    note: Note | None = None


class CorrectAsset(AssetCommand):
    """Put right what the register says of an asset; what is left out stays, and what was said before stays readable."""

    allowed: ClassVar[frozenset[Role]] = KEEPER

    class_code: ClassCode | None = None
    name: Name | None = None
    model: ShortLine | None = None
    maker: ShortLine | None = None
    serial_number: ShortLine | None = None
    made_in: Year | None = None
    old_code: ShortLine | None = None
    details: Details | None = None
    note: Note | None = None
    reason: Reason


class AttachFiles(AssetCommand):
    """Add documents or photos to an asset."""

    allowed: ClassVar[frozenset[Role]] = HOLDER

    files: Annotated[tuple[Attachment, ...], Field(min_length=1, max_length=50)]


# --- commands: life -------------------------------------------------------------------------------------------------


class MoveAsset(AssetCommand):
    """Say that an asset stands elsewhere within its unit: another site, division or room."""

    allowed: ClassVar[frozenset[Role]] = HOLDER

    place: Place
    moved_on: Annotated[Day | None, Field(description="Today when left out.")] = None
    reason: Reason | None = None


class AssignCustodian(AssetCommand):
    """Name the person who answers for an asset, or nobody."""

    allowed: ClassVar[frozenset[Role]] = HOLDER

    custodian_id: PersonId | None
    since: Annotated[Day | None, Field(description="Today when left out.")] = None


class RecordCondition(AssetCommand):
    """Say what state an asset is in."""

    allowed: ClassVar[frozenset[Role]] = HOLDER

    condition: Condition
    note: Note | None = None


class LendAsset(AssetCommand):
    """Lend an asset to another unit until a day; it stays in its owner's books."""

    allowed: ClassVar[frozenset[Role]] = KEEPER

    to_unit_id: UnitId
    to_person_id: PersonId | None = None
    lent_on: Annotated[Day | None, Field(description="Today when left out.")] = None
    due_on: Day
    purpose: Name | None = None


class ReturnAsset(AssetCommand):
    """Take back an asset that was lent, in the condition it came back in."""

    allowed: ClassVar[frozenset[Role]] = KEEPER

    returned_on: Annotated[Day | None, Field(description="Today when left out.")] = None
    condition: Condition
    note: Note | None = None


class RecordRepair(AssetCommand):
    """Enter a repair; it never raises the cost (Thông tư 141/2025/TT-BTC, Điều 5)."""

    allowed: ClassVar[frozenset[Role]] = KEEPER

    repaired_on: Day
    fault: Name
    work: Name
    cost_vnd: Dong
    repaired_by: Name | None = None
    condition: Condition = "good"


class PlanMaintenance(AssetCommand):
    """Say when an asset is next to be maintained, and every how many months from then on."""

    allowed: ClassVar[frozenset[Role]] = KEEPER

    due_on: Day
    work: Name
    every_months: Annotated[int | None, Field(ge=1, le=120)] = None


class RecordMaintenance(AssetCommand):
    """Enter maintenance that was done; a plan with an interval goes on from its day."""

    allowed: ClassVar[frozenset[Role]] = KEEPER

    done_on: Day
    work: Name
    cost_vnd: Dong
    done_by: Name | None = None


class RecordInsurance(AssetCommand):
    """Enter an insurance with its last day."""

    allowed: ClassVar[frozenset[Role]] = KEEPER

    coverage: Annotated[Literal["compulsory", "voluntary"], Field(description="Bắt buộc, tự nguyện.")]
    insurer: Name
    policy_number: ShortLine
    valid_from: Day
    valid_to: Annotated[Day, Field(description="The last day.")]
    premium_vnd: Dong


class RecordInspection(AssetCommand):
    """Enter an inspection (đăng kiểm, kiểm định) with its last valid day."""

    allowed: ClassVar[frozenset[Role]] = KEEPER

    inspected_on: Day
    valid_to: Annotated[Day, Field(description="The last day.")]
    inspected_by: Name
    certificate_number: ShortLine
    cost_vnd: Dong = 0


class MarkDueApproaching(AssetCommand):
    """Say that a day is near on which an asset needs something; sent by a timer."""

    allowed: ClassVar[frozenset[Role]] = SERVICE

    kind: DueKind
    due_on: Day


class MarkDuePassed(AssetCommand):
    """Say that a day has passed on which an asset needed something; sent by a timer."""

    allowed: ClassVar[frozenset[Role]] = SERVICE

    kind: DueKind
    due_on: Day


# --- commands: value ------------------------------------------------------------------------------------------------


class UpgradeAsset(AssetCommand):
    """Raise the cost of an asset that was improved or enlarged; its wear is planned anew from the higher cost."""

    allowed: ClassVar[frozenset[Role]] = KEEPER

    cost_vnd: Annotated[Dong, Field(description="The whole original cost afterwards, in đồng.")]
    effective_on: Annotated[Day | None, Field(description="Today when left out.")] = None
    work: Name
    decision: Decision | None = None


class RevalueAsset(AssetCommand):
    """Change the cost of an asset for another reason than an upgrade; its years of life stay."""

    allowed: ClassVar[frozenset[Role]] = KEEPER

    cost_vnd: Annotated[Dong, Field(description="The whole original cost afterwards, in đồng.")]
    accumulated_vnd: Annotated[Dong | None, Field(description="As it was when left out.")] = None
    cost_basis: CostBasis = "settled"
    effective_on: Annotated[Day | None, Field(description="Today when left out.")] = None
    reason: Reason
    decision: Decision | None = None


class ChargeWear(Command):
    """Charge a year's wear on assets, in December or later; what was charged, is gone or never wears is passed over."""

    allowed: ClassVar[frozenset[Role]] = frozenset({"clerk", "service"})

    year: Year
    asset_ids: Annotated[tuple[AssetId, ...], Field(min_length=1, max_length=500)]


# --- commands: disposal ---------------------------------------------------------------------------------------------


class ProposeDisposal(AssetCommand):
    """Propose to dispose of an asset, and how."""

    allowed: ClassVar[frozenset[Role]] = HOLDER

    method: DisposalMethod
    reason: Reason


class RejectDisposal(AssetCommand):
    """Turn a proposed or approved disposal down; the asset stays in use."""

    allowed: ClassVar[frozenset[Role]] = LEADER

    reason: Reason


class ApproveDisposal(AssetCommand):
    """Enter the decision that an asset may be disposed of."""

    allowed: ClassVar[frozenset[Role]] = LEADER

    decision: Decision


class CarryOutDisposal(AssetCommand):
    """Enter that an approved disposal was carried out; the asset leaves the books with what it was worth."""

    allowed: ClassVar[frozenset[Role]] = KEEPER

    carried_out_on: Annotated[Day | None, Field(description="Today when left out.")] = None
    proceeds_vnd: Dong = 0
    costs_vnd: Dong = 0
    buyer: Name | None = None
    note: Note | None = None


# --- commands: handovers --------------------------------------------------------------------------------------------

# --- commands: stocktakes -------------------------------------------------------------------------------------------

# --- commands: tools ------------------------------------------------------------------------------------------------

# --- events: the register -------------------------------------------------------------------------------------------


class AssetNumbered(Event):
    """A unit's book gave its next number to an asset."""

    number: int
    asset_id: str


class Description(Message):
    """What the register says of an asset beside its place and its value."""

    name: str
    model: str | None = None
    maker: str | None = None
    serial_number: str | None = None
    made_in: int | None = None
    old_code: str | None = None
    details: Details | None = None
    note: str | None = None


class ValueFacts(Message):
    """What an asset is worth from a day on: in whose books, of what class, by which rule."""

    effective_on: date
    unit_id: str
    class_code: str
    value: Value
    legal_basis: str


class AssetRegistered(ValueFacts, Description, Event):
    """An asset was entered into its unit's book; `effective_on` is the day from which its value is known."""

    tag: str
    number: int
    booked_on: date
    origin: Origin
    cost_basis: CostBasis
    life_basis: str | None = None
    worn_to: int | None = None
    place: Place
    custodian_id: str | None = None
    condition: Condition
    decision: Decision | None = None
    files: tuple[Attachment, ...] = ()


class AssetCorrected(ValueFacts, Description, Event):
    """The register's words about an asset were put right; all of them are given as they stand now."""

    reason: str


class FilesAttached(Event):
    """Documents or photos were added to an asset."""

    files: tuple[Attachment, ...]


# --- events: life ---------------------------------------------------------------------------------------------------


class AssetMoved(Event):
    """An asset stands elsewhere within its unit."""

    from_place: Place
    place: Place
    moved_on: date
    reason: str | None = None


class CustodianAssigned(Event):
    """Somebody answers for an asset from a day on, or nobody."""

    former_id: str | None = None
    custodian_id: str | None = None
    since: date


class ConditionRecorded(Event):
    """An asset was found in a state."""

    condition: Condition
    recorded_on: date
    note: str | None = None


class Watched(Message):
    """A day on which an asset needs something, and when to say so."""

    kind: DueKind
    due_on: date
    remind_at: datetime
    overdue_at: datetime


class AssetLent(Watched, Event):
    """An asset was lent to another unit until a day."""

    to_unit_id: str
    to_person_id: str | None = None
    lent_on: date
    purpose: str | None = None


class AssetReturned(Event):
    """An asset that was lent came back."""

    from_unit_id: str
    returned_on: date
    condition: Condition
    note: str | None = None
    late: bool


class AssetRepaired(Event):
    """An asset was repaired; its cost stayed."""

    repaired_on: date
    fault: str
    work: str
    cost_vnd: int
    repaired_by: str | None = None
    condition: Condition


class MaintenancePlanned(Watched, Event):
    """An asset is to be maintained on a day."""

    work: str
    every_months: int | None = None


class MaintenanceRecorded(Event):
    """An asset was maintained; its cost stayed."""

    done_on: date
    work: str
    cost_vnd: int
    done_by: str | None = None


class InsuranceRecorded(Watched, Event):
    """An asset is insured; `due_on` is the last day."""

    coverage: Literal["compulsory", "voluntary"]
    insurer: str
    policy_number: str
    valid_from: date
    premium_vnd: int


class InspectionRecorded(Watched, Event):
    """An asset was inspected; `due_on` is the last day for which that holds."""

    inspected_on: date
    inspected_by: str
    certificate_number: str
    cost_vnd: int


class DueApproached(Event):
    """A day came near on which an asset needs something."""

    kind: DueKind
    due_on: date


class DuePassed(Event):
    """A day passed on which an asset needed something."""

    kind: DueKind
    due_on: date


# --- events: value --------------------------------------------------------------------------------------------------


class AssetUpgraded(ValueFacts, Event):
    """An asset was improved or enlarged; its wear is planned anew from the higher cost."""

    former_cost_vnd: int
    work: str
    decision: Decision | None = None


class AssetRevalued(ValueFacts, Event):
    """An asset's cost changed for another reason than an upgrade."""

    former_cost_vnd: int
    former_accumulated_vnd: int
    cost_basis: CostBasis
    reason: str
    decision: Decision | None = None


class WearCharged(ValueFacts, Event):
    """A year's wear was charged to the unit that held the asset on its 31 December; `value` is what stands after it."""

    year: int
    wear_vnd: int


class WearRunRecorded(Event):
    """A portion of a year's wear was charged; the totals are those of the whole year so far."""

    asset_count: int
    wear_vnd: int
    total_asset_count: int
    total_wear_vnd: int


# --- events: disposal -----------------------------------------------------------------------------------------------


class DisposalProposed(Event):
    """It was proposed to dispose of an asset."""

    method: DisposalMethod
    reason: str
    proposed_on: date
    residual_vnd: int
    last_year: int | None = None

    def notices(self) -> tuple[Notice, ...]:
        """Return a warning where the asset still has years of life (Thông tư 141/2025/TT-BTC, Điều 12-14)."""
        if not self.residual_vnd or self.last_year is None or self.last_year < self.proposed_on.year:
            return ()
        vi = f"Tài sản chưa hết thời hạn sử dụng (đến năm {self.last_year}), giá trị còn lại {self.residual_vnd} đồng; "
        en = f"The asset has not come to the end of its life (in {self.last_year}), {self.residual_vnd} VND remain; "
        return (
            Notice(
                code="disposal-before-end-of-life",
                vi=vi + "đề nghị nêu rõ căn cứ xử lý trước thời hạn trong hồ sơ.",
                en=en + "give the grounds for disposing of it early in the file.",
            ),
        )


class DisposalRejected(Event):
    """A disposal was turned down; the asset stays in use."""

    reason: str


class DisposalApproved(Event):
    """It was decided that an asset may be disposed of."""

    method: DisposalMethod
    decision: Decision


class DisposalCarriedOut(ValueFacts, Event):
    """An asset left the books; `value` is what it was worth on its last day."""

    method: DisposalMethod
    proceeds_vnd: int
    costs_vnd: int
    buyer: str | None = None
    note: str | None = None


# --- events: handovers ----------------------------------------------------------------------------------------------


class AssetHandedOver(ValueFacts, Event):
    """An asset passed into the books of another unit with its cost and wear; its tag stays its own."""

    handover_id: str
    from_unit_id: str
    place: Place


# --- events: stocktakes ---------------------------------------------------------------------------------------------

# --- events: tools --------------------------------------------------------------------------------------------------

# --- refusals -------------------------------------------------------------------------------------------------------

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
    "date-in-future",
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

# --- refusals: handovers --------------------------------------------------------------------------------------------

# --- refusals: stocktakes -------------------------------------------------------------------------------------------

# --- refusals: tools ------------------------------------------------------------------------------------------------

# --- what this service says, records and answers ---------------------------------------------------------------------

COMMANDS: tuple[type[Command], ...] = (
    RegisterAsset,
    CorrectAsset,
    AttachFiles,
    MoveAsset,
    AssignCustodian,
    RecordCondition,
    LendAsset,
    ReturnAsset,
    RecordRepair,
    PlanMaintenance,
    RecordMaintenance,
    RecordInsurance,
    RecordInspection,
    MarkDueApproaching,
    MarkDuePassed,
    UpgradeAsset,
    RevalueAsset,
    ChargeWear,
    ProposeDisposal,
    RejectDisposal,
    ApproveDisposal,
    CarryOutDisposal,
)
EVENTS: tuple[type[Event], ...] = (
    AssetNumbered,
    AssetRegistered,
    AssetCorrected,
    FilesAttached,
    AssetMoved,
    CustodianAssigned,
    ConditionRecorded,
    AssetLent,
    AssetReturned,
    AssetRepaired,
    MaintenancePlanned,
    MaintenanceRecorded,
    InsuranceRecorded,
    InspectionRecorded,
    DueApproached,
    DuePassed,
    AssetUpgraded,
    AssetRevalued,
    WearCharged,
    WearRunRecorded,
    DisposalProposed,
    DisposalRejected,
    DisposalApproved,
    DisposalCarriedOut,
    AssetHandedOver,
)
QUERIES: tuple[type[Query], ...] = ()


def asset_id(command_id: UUID) -> str:
    """Return the id of the asset that a registration with this command id creates."""
    return command_id.hex
