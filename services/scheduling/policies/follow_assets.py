"""Cars, rooms and halls of the register of assets can be booked, where they stand, while their papers hold."""

from collections.abc import Iterable

from contracts import assets, scheduling
from contracts.assets import Place, RoomFacts, VehicleFacts
from contracts.base import Command, Event
from services.runtime.envelope import Fact, event_types
from services.runtime.manifest import Policy

_EVENTS: tuple[type[Event], ...] = (
    assets.AssetRegistered,
    assets.AssetCorrected,
    assets.AssetMoved,
    assets.AssetHandedOver,
    assets.InspectionRecorded,
    assets.InsuranceRecorded,
    assets.DisposalCarriedOut,
)


def _react(fact: Fact) -> Iterable[Command]:
    event, id = fact.event, f"asset-{fact.id}"
    match event:
        case assets.AssetRegistered() | assets.AssetCorrected():
            place = event.place if isinstance(event, assets.AssetRegistered) else Place()
            yield from _made(id, event, place)
        case assets.AssetMoved() | assets.AssetHandedOver():
            place = event.place
            yield scheduling.NotePlace(bookable_id=id, site_id=place.site_id, place=place.room)
        case assets.InspectionRecorded():
            yield scheduling.RecordValidity(bookable_id=id, validity="inspection", last_day=event.due_on)
        case assets.InsuranceRecorded() if event.coverage == "compulsory":
            yield scheduling.RecordValidity(bookable_id=id, validity="insurance", last_day=event.due_on)
        case assets.DisposalCarriedOut():
            yield scheduling.RetireBookable(bookable_id=id, reason="Tài sản đã xử lý, ra khỏi sổ.")


def _made(id: str, event: assets.AssetRegistered | assets.AssetCorrected, place: Place) -> Iterable[Command]:
    match event.details:
        case VehicleFacts(plate=plate, seats=seats):
            yield scheduling.MakeBookable(
                bookable_id=id,
                kind="vehicle",
                type=f"car-{seats}",
                name=f"{event.name} {plate}"[:200],
                seats=seats,
                site_id=place.site_id,
            )
        case RoomFacts() as room:
            yield scheduling.MakeBookable(
                bookable_id=id,
                kind="hall" if room.use == "hall" else "room",
                type="hall" if room.use == "hall" else f"room-{room.use.replace('_', '-')}",
                name=event.name,
                seats=room.seats,
                equipment=room.equipment,
                site_id=place.site_id,
                place=place.room,
                preparation_minutes=room.preparation_minutes,
            )


FOLLOW_ASSETS = Policy("follow_assets", event_types("assets", _EVENTS), _react)
