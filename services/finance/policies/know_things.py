"""Finance knows which board a unit is, and whose an asset or a car is: what they cost is then told by board."""

from collections.abc import Iterable

from contracts import assets, organisation, scheduling
from contracts.assets import VehicleFacts
from contracts.base import Command
from contracts.finance import KnowThing, KnowUnit
from services.finance.policies.hearing import fit, thing_of
from services.runtime.envelope import Fact

ORGANISATION = (
    organisation.UnitEstablished,
    organisation.UnitRenamed,
    organisation.UnitMoved,
    organisation.UnitSucceeded,
)
ASSETS = (assets.AssetRegistered, assets.AssetCorrected, assets.AssetHandedOver)
SCHEDULING = (scheduling.CarRecorded,)


def react(fact: Fact) -> Iterable[Command]:
    """Yield what is to be kept of a unit, an asset or a hired car."""
    event = fact.event
    match event:
        case organisation.UnitFacts():
            yield KnowUnit(unit_id=fact.id, board=event.unit_code, name=fit(event.name))
        case assets.AssetRegistered() | assets.AssetCorrected():
            plate = event.details.plate if isinstance(event.details, VehicleFacts) else None
            name = f"xe {plate}" if plate else event.name
            yield KnowThing(thing_id=thing_of(fact), unit_id=event.unit_id, class_code=event.class_code, name=fit(name))
        case assets.AssetHandedOver():
            yield KnowThing(thing_id=thing_of(fact), unit_id=event.unit_id, class_code=event.class_code)
        case scheduling.CarRecorded() if event.hire is not None:
            yield KnowThing(thing_id=fact.id, name=fit(f"xe {event.plate}"), supplier=fit(event.hire.supplier))
