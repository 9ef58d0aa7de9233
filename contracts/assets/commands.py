"""What the register of assets is told."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from contracts.assets.values import (
    HOLDER,
    KEEPER,
    LEADER,
    SERVICE,
    AssetCommand,
    AssetId,
    Attachment,
    ClassCode,
    Condition,
    CostBasis,
    Details,
    DisposalMethod,
    Dong,
    DueKind,
    Name,
    Note,
    Origin,
    Place,
    Reason,
    ShortLine,
    Year,
    Years,
)
from contracts.base import (
    Command,
    Day,
    Role,
)
from contracts.organisation import Decision, PersonId, UnitId

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
