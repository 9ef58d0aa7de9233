"""What scheduling does by itself: it follows people and assets, lets who waits have their turn, and watches hours."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from contracts import assets, organisation, scheduling
from contracts.assets import Place, RoomFacts, Value, VehicleFacts
from contracts.base import Event
from services.runtime.envelope import Fact
from services.runtime.manifest import At, Policy
from services.scheduling.policies.follow_assets import FOLLOW_ASSETS
from services.scheduling.policies.follow_people import FOLLOW_PEOPLE
from services.scheduling.policies.promote_waiting import PROMOTE_WAITING
from services.scheduling.policies.watch_bookings import WATCH_BOOKINGS

if TYPE_CHECKING:
    from tests.scheduling.decider import Desk

ID = "7" * 32
DECISION = organisation.Decision(number="1-QĐ/TU", issued_on=date(2026, 1, 5), issuer="Tỉnh ủy")
MIDNIGHT = datetime(2026, 11, 30, 17, tzinfo=UTC)


def reactions(policy: Policy, event: Event, id: str = ID) -> list[Any]:
    fact = Fact(event, "any", id, 1, 4096, "c:0", type(event).__name__, "c", MIDNIGHT, "user:lan", "c", None)
    return list(policy.react(fact))


def said(wishes: Iterable[Any], desk: "Desk", speaker: Callable[..., Any]) -> None:
    for wish in wishes:
        command = wish.command if isinstance(wish, At) else wish
        assert command.allowed & {"service"}
        desk.when(command, actor=speaker("service")).accepted()


def registered(details: Any, **changes: Any) -> assets.AssetRegistered:
    usual = {
        "effective_on": date(2026, 1, 5), "unit_id": "vptu", "class_code": "3", "legal_basis": "TT",
        "value": Value(cost_vnd=0, accumulated_vnd=0), "name": "Xe ô tô", "tag": "VPTU-000001", "number": 1,
        "booked_on": date(2026, 1, 5), "origin": "purchase", "cost_basis": "settled", "place": Place(site_id="ts1"),
        "condition": "good", "details": details,
    }  # fmt: skip
    return assets.AssetRegistered.model_validate({**usual, **changes})


def test_a_car_of_the_register_can_be_booked_until_its_papers_end(bare_desk: Any, speaker: Any, at: Any) -> None:
    desk: Desk = bare_desk()
    said(reactions(FOLLOW_ASSETS, registered(VehicleFacts(plate="12A-000.45", seats=7))), desk, speaker)
    thing = desk.scenario.states["bookable", f"asset-{ID}"]
    assert (thing.kind, thing.type, thing.name, thing.seats) == ("vehicle", "car-7", "Xe ô tô 12A-000.45", 7)
    assert thing.terms.cleaning_minutes == 15
    watched = {"due_on": date(2026, 11, 23), "remind_at": MIDNIGHT, "overdue_at": MIDNIGHT}
    inspected = assets.InspectionRecorded(
        kind="inspection", inspected_on=date(2026, 5, 4), inspected_by="TTĐK", certificate_number="1", cost_vnd=0,
        **watched,
    )  # fmt: skip
    said(reactions(FOLLOW_ASSETS, inspected), desk, speaker)
    desk.book(f"asset-{ID}").refused(scheduling.VALIDITY_ENDED)
    voluntary = assets.InsuranceRecorded(
        kind="voluntary_insurance", coverage="voluntary", insurer="B", policy_number="1", premium_vnd=0,
        valid_from=date(2026, 1, 1), **watched,
    )  # fmt: skip
    assert reactions(FOLLOW_ASSETS, voluntary) == []


def test_a_room_is_booked_where_it_stands_with_its_preparation(bare_desk: Any, speaker: Any) -> None:
    desk: Desk = bare_desk()
    hall = RoomFacts(use="hall", seats=300, equipment=("Micro",), preparation_minutes=45)
    said(reactions(FOLLOW_ASSETS, registered(hall, name="Hội trường A")), desk, speaker)
    thing = desk.scenario.states["bookable", f"asset-{ID}"]
    assert (thing.kind, thing.site_id, thing.equipment) == ("hall", "ts1", ("Micro",))
    assert thing.terms.preparation_minutes == 45
    moved = assets.AssetMoved(
        from_place=Place(site_id="ts1"), place=Place(site_id="ts2", room="B2"), moved_on=date(2026, 11, 1)
    )
    said(reactions(FOLLOW_ASSETS, moved), desk, speaker)
    assert desk.scenario.states["bookable", f"asset-{ID}"].site_id == "ts2"
    assert reactions(FOLLOW_ASSETS, registered(None)) == []
    desk.when(reactions(FOLLOW_ASSETS, moved, "8" * 32)[0], actor=speaker("service")).nothing()


def appointed(**changes: Any) -> organisation.PersonAppointed:
    usual = {
        "name": "Nguyễn Văn An", "headcount": "civil_servant", "post_id": "vptu--cvp", "post_title": "Chánh Văn phòng",
        "post_group": "leadership", "post_rank": "head", "post_headcount": "civil_servant", "unit_id": "vptu",
        "unit_code": "VPTU", "unit_name": "Văn phòng", "kind": "main", "effective_on": date(2026, 12, 1),
        "decision": DECISION, "holders": 1, "norm": 1,
    }  # fmt: skip
    return organisation.PersonAppointed.model_validate({**usual, **changes})


def test_a_person_is_staff_then_a_leader_while_they_hold_a_leading_post(bare_desk: Any, speaker: Any) -> None:
    desk: Desk = bare_desk()
    known = organisation.PersonRegistered(name="Nguyễn Văn An", headcount="civil_servant", phone="0205 123")
    said(reactions(FOLLOW_PEOPLE, known), desk, speaker)
    key = "bookable", f"person-{ID}"
    assert (desk.scenario.states[key].kind, desk.scenario.states[key].contact) == ("staff", "0205 123")
    (wish,) = reactions(FOLLOW_PEOPLE, appointed())
    assert wish.time == MIDNIGHT
    said([wish, wish], desk, speaker)
    assert (desk.scenario.states[key].kind, desk.scenario.states[key].board) == ("leader", "VPTU")
    assert desk.scenario.states[key].contact == "0205 123"
    cancelled = organisation.AppointmentCancelled.model_validate(
        {**{name: getattr(appointed(), name) for name in
            ("name", "post_id", "post_title", "unit_id", "unit_code", "unit_name", "kind", "decision")},
         "since": date(2026, 12, 1)}
    )  # fmt: skip
    said(reactions(FOLLOW_PEOPLE, cancelled), desk, speaker)
    assert desk.scenario.states[key].kind == "staff"


def test_a_driver_is_booked_as_a_driver(bare_desk: Any, speaker: Any) -> None:
    desk: Desk = bare_desk()
    post = {"post_title": "Nhân viên lái xe", "post_group": "support", "post_id": "vptu--lx", "until": None}
    said(reactions(FOLLOW_PEOPLE, appointed(**post)), desk, speaker)
    assert desk.scenario.states["bookable", f"person-{ID}"].kind == "driver"
    gone = organisation.PersonDeparted(
        name="An", reason="retirement", effective_on=date(2026, 12, 1), last_day=date(2026, 11, 30), decision=DECISION
    )
    said(reactions(FOLLOW_PEOPLE, gone), desk, speaker)
    desk.book(f"person-{ID}").refused(scheduling.BOOKABLE_RETIRED)


def test_who_waits_is_asked_for_when_it_is_released(desk: "Desk", speaker: Any) -> None:
    first, waiting = desk.book(desk.HALL), desk.book(desk.HALL, if_busy="wait")
    freed = desk.when(desk.about(scheduling.CancelBooking, first.id)).one(scheduling.SlotReleased)
    said(reactions(PROMOTE_WAITING, freed), desk, speaker)
    assert desk.state(waiting.id).status == "booked"


@pytest.mark.parametrize("cause", ["hold_expired", "not_approved_in_time", "not_confirmed", "no_show", "never_free"])
def test_every_hour_that_a_booking_has_is_watched(desk: "Desk", speaker: Any, cause: str) -> None:
    approval = scheduling.Terms(approval=(scheduling.ApprovalStep(role="leader"),))
    desk.when(scheduling.SetTerms(bookable_id=desk.HALL, terms=approval)).accepted()
    told = {
        "hold_expired": lambda: desk.book(desk.CAR, hold=True),
        "not_approved_in_time": lambda: desk.book(desk.HALL),
        "not_confirmed": lambda: desk.when(desk.series(desk.CAR, reconfirm=True)),
        "never_free": lambda: (desk.book(desk.CAR), desk.book(desk.CAR, if_busy="wait"))[1],
        "no_show": lambda: desk.book(desk.ROOM),
    }[cause]()
    watched = [(seen.ref.id, event) for seen, event in told.decision if type(event) in WATCH_BOOKINGS.events.values()]
    id, event = watched[-1]
    (wish,) = reactions(WATCH_BOOKINGS, event, id)
    assert wish.command.cause == cause
    early = desk.when(wish.command, actor=speaker("service"))
    early.nothing()
    desk.when(wish.command, actor=speaker("service"), now=wish.time).one(scheduling.BookingReleased)
