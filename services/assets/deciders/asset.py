"""The asset: its state, and how events change it."""

from dataclasses import dataclass, replace
from datetime import date

from contracts import assets as words_of
from contracts.assets import AssetStatus, Condition, Description, DueKind, Place, Value
from contracts.base import Event
from services.assets.rules.wear import Holding
from services.runtime.manifest import Aggregate

_UNSAID = Description(name="")
_NOTHING = Value(cost_vnd=0, accumulated_vnd=0)
_NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Watch:
    """A day on which something is due, and what was said of it."""

    kind: DueKind
    due_on: date
    approached: bool = False
    passed: bool = False


@dataclass(frozen=True, slots=True)
class Asset:
    """What later decisions need of an asset; `status` is None before its registration.

    `valued_on` is the day up to which its value is booked. The last fact of each kind is kept to know it when it is
    said again.
    """

    status: AssetStatus | None = None
    tag: str = ""
    class_code: str = ""
    booked_on: date = date.min
    description: Description = _UNSAID
    value: Value = _NOTHING
    valued_on: date = date.min
    holdings: tuple[Holding, ...] = ()
    place: Place = _NOWHERE
    placed_on: date = date.min
    custodian_id: str | None = None
    custody_since: date = date.min
    condition: Condition = "good"
    files: tuple[str, ...] = ()
    loan: words_of.AssetLent | None = None
    returned_on: date = date.min
    repair: words_of.AssetRepaired | None = None
    plan: words_of.MaintenancePlanned | None = None
    maintained: words_of.MaintenanceRecorded | None = None
    compulsory: words_of.InsuranceRecorded | None = None
    voluntary: words_of.InsuranceRecorded | None = None
    inspection: words_of.InspectionRecorded | None = None
    watches: tuple[Watch, ...] = ()
    proposal: words_of.DisposalProposed | None = None
    approval: words_of.DisposalApproved | None = None

    @property
    def unit_id(self) -> str:
        """The unit in whose books it is."""
        return self.holdings[-1].unit_id if self.holdings else ""


def evolve(asset: Asset, event: Event) -> Asset:
    """Return the asset after an event."""
    if isinstance(event, words_of.ValueFacts):
        asset = _valued(asset, event)
    if isinstance(event, words_of.Watched):
        watch = Watch(event.kind, event.due_on)
        asset = replace(asset, watches=(*_others(asset, event.kind), watch))
    match event:
        case words_of.AssetRegistered():
            return _registered(asset, event)
        case words_of.AssetCorrected():
            return replace(asset, description=_described(event))
        case words_of.AssetHandedOver():
            held = (*asset.holdings, Holding(event.effective_on, event.unit_id))
            freed = replace(asset, custodian_id=None, custody_since=event.effective_on)
            return replace(freed, holdings=held, place=event.place, placed_on=event.effective_on)
        case words_of.FilesAttached():
            return replace(asset, files=(*asset.files, *(file.sha256 for file in event.files)))
        case words_of.DisposalProposed():
            return replace(asset, status="disposal_proposed", proposal=event)
        case words_of.DisposalApproved():
            return replace(asset, status="disposal_approved", approval=event)
        case words_of.DisposalRejected():
            return replace(asset, status="in_use", proposal=None, approval=None)
        case words_of.DisposalCarriedOut():
            return replace(asset, status="disposed", watches=())
    return _lived(asset, event)


def _lived(asset: Asset, event: Event) -> Asset:
    match event:
        case words_of.AssetMoved():
            return replace(asset, place=event.place, placed_on=event.moved_on)
        case words_of.CustodianAssigned():
            return replace(asset, custodian_id=event.custodian_id, custody_since=event.since)
        case words_of.ConditionRecorded():
            return replace(asset, condition=event.condition)
        case words_of.AssetLent():
            return replace(asset, loan=event)
        case words_of.AssetReturned():
            back = replace(asset, loan=None, returned_on=event.returned_on, condition=event.condition)
            return replace(back, watches=_others(asset, "loan"))
        case words_of.AssetRepaired():
            return replace(asset, repair=event, condition=event.condition)
        case words_of.MaintenancePlanned():
            return replace(asset, plan=event)
        case words_of.MaintenanceRecorded():
            return replace(asset, maintained=event, plan=None, watches=_others(asset, "maintenance"))
        case words_of.InsuranceRecorded():
            compulsory = event.coverage == "compulsory"
            return replace(asset, compulsory=event) if compulsory else replace(asset, voluntary=event)
        case words_of.InspectionRecorded():
            return replace(asset, inspection=event)
        case words_of.DueApproached():
            near = (replace(watch, approached=True) for watch in asset.watches if watch.kind == event.kind)
            return replace(asset, watches=(*_others(asset, event.kind), *near))
        case words_of.DuePassed():
            late = (replace(watch, passed=True) for watch in asset.watches if watch.kind == event.kind)
            return replace(asset, watches=(*_others(asset, event.kind), *late))
    return asset


def _valued(asset: Asset, event: words_of.ValueFacts) -> Asset:
    valued_on = max(asset.valued_on, event.effective_on)
    return replace(asset, class_code=event.class_code, value=event.value, valued_on=valued_on)


def _registered(asset: Asset, event: words_of.AssetRegistered) -> Asset:
    return replace(
        asset,
        status="in_use",
        tag=event.tag,
        booked_on=event.booked_on,
        description=_described(event),
        holdings=(Holding(event.effective_on, event.unit_id),),
        place=event.place,
        placed_on=event.booked_on,
        custodian_id=event.custodian_id,
        custody_since=event.booked_on,
        condition=event.condition,
        files=tuple(file.sha256 for file in event.files),
    )


def _described(event: Description) -> Description:
    return Description(**{name: getattr(event, name) for name in Description.model_fields})


def _others(asset: Asset, kind: DueKind) -> tuple[Watch, ...]:
    return tuple(watch for watch in asset.watches if watch.kind != kind)


ASSET = Aggregate("asset", Asset(), evolve)
