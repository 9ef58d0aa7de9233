"""What the register of assets records."""

from datetime import date, datetime
from typing import Literal

from contracts.assets.values import (
    Attachment,
    Condition,
    CostBasis,
    Details,
    DisposalMethod,
    DueKind,
    Origin,
    Place,
    Value,
)
from contracts.base import (
    Event,
    Message,
    Notice,
)
from contracts.organisation import Decision

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
