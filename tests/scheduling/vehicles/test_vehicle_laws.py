"""The laws of cars for any history: one place at a time, no number missing, no km and no litre lost."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from pydantic_core import to_json

from contracts import scheduling as core
from contracts.base import Command, Event, Refused
from contracts.scheduling import vehicles as words
from services.runtime.manifest import Given
from services.scheduling.deciders.driver_log import Driver, Duty, DutyMonth, expect_rested
from services.scheduling.vehicles import AGGREGATES

if TYPE_CHECKING:
    from tests.scenario import Outcome
    from tests.scheduling.vehicles.garage import Garage

LAW = settings(deadline=None, max_examples=60)
STATES = {aggregate.name: TypeAdapter(type(aggregate.initial)) for aggregate in AGGREGATES}
DAYS, SLOTS = 3, 12

PLACES = st.integers(0, 3)
SEND = st.fixed_dictionaries(
    {
        "day": st.integers(0, DAYS - 1),
        "slot": st.integers(0, SLOTS - 1),
        "length": st.integers(1, 4),
        "car": st.integers(0, 2),
        "driver": st.integers(0, 2),
        "passengers": st.integers(1, 3),
        "shared": st.booleans(),
    }
)
SUBSTITUTE = st.fixed_dictionaries(
    {
        "run": PLACES,
        "car": st.integers(0, 2),
        "driver": st.none() | st.integers(0, 2),
        "km": st.integers(-2, 60),
        "after": st.integers(0, 150),
    }
)
DRIVE = st.fixed_dictionaries(
    {"run": PLACES, "gap": st.integers(-2, 9), "km": st.integers(-2, 300), "early": st.integers(-50, 60)}
)
ODOMETER = st.fixed_dictionaries({"car": st.integers(0, 2), "odometer_km": st.integers(0, 900)})
FUEL = st.fixed_dictionaries(
    {
        "car": st.integers(0, 2),
        "quantity_cl": st.integers(1, 5000),
        "amount_vnd": st.integers(0, 2_000_000),
        "day": st.integers(1, 40),
    }
)
CLOSE = st.fixed_dictionaries(
    {"car": st.integers(0, 2), "month": st.integers(10, 12), "closing_cl": st.integers(0, 5000)}
)
OFTEN = {"send": (SEND, 4), "drive": (DRIVE, 6), "substitute": (SUBSTITUTE, 2), "fuel": (FUEL, 2), "close": (CLOSE, 2)}
SELDOM = {"cancel": (st.fixed_dictionaries({"run": PLACES}), 1), "odometer": (ODOMETER, 1)}
STEPS: st.SearchStrategy[tuple[str, dict[str, Any]]] = st.one_of(
    *(st.tuples(st.just(step), said) for step, (said, times) in (OFTEN | SELDOM).items() for _ in range(times))
)
HISTORIES = st.lists(st.tuples(st.just("send"), SEND), max_size=6).flatmap(
    lambda runs: st.lists(STEPS, max_size=30).map(lambda steps: [*runs, *steps])
)


class Told:
    """A history as it is said to an office, with everything that was accepted."""

    def __init__(self, garage: "Garage") -> None:
        self.garage = garage
        self.runs: list[str] = []
        self.said: list[tuple[Command, datetime | None, int, Outcome]] = []
        self.clock = garage.at("2026-11-23 09:00")

    def say(self, command: Command, now: datetime | None = None) -> "Outcome":
        number = 10_000 + len(self.said)
        outcome = self.garage.when(command, now=now, number=number)
        self.said.append((command, now, number, outcome))
        return outcome

    def tell(self, history: list[tuple[str, dict[str, Any]]]) -> "Told":
        for step, fields in history:
            getattr(self, f"_{step}")(**fields)
        return self

    def of(self, place: int) -> str | None:
        return self.runs[place % len(self.runs)] if self.runs else None

    def _send(self, day: int, slot: int, length: int, car: int, driver: int, passengers: int, shared: bool) -> None:
        start = self.garage.at("2026-11-24 05:00") + timedelta(days=day, hours=slot)
        times = {"leaves_at": start, "returns_at": start + timedelta(hours=length)}
        rides = [self.garage.ride(passengers=passengers, **times) for _ in range(1 + shared)]
        busy = self._busy(self.garage.CARS[car], times), self._busy(self.garage.DRIVERS[driver], times)
        sent = self.say(self.garage.sending(*rides, car=car, driver=driver, driving_minutes=1))
        if sent.refusal is None:
            self.runs.append(sent.id)
        if sent.refusal is None or sent.refusal.refusal.code == "not-free":
            assert (sent.refusal is not None) == any(busy)

    def _busy(self, thing: str, times: dict[str, datetime]) -> bool:
        """Tell whether any run has a thing at any minute of a time, run by run and minute by minute."""
        minute, found = times["leaves_at"], False
        while minute < times["returns_at"]:
            found = found or any(start <= minute < end for start, end in self.taken(thing).values())
            minute += timedelta(minutes=1)
        return found

    def taken(self, thing: str) -> dict[str, tuple[datetime, datetime]]:
        """What every run has of a thing, worked out from the runs' own facts alone."""
        found: dict[str, tuple[datetime, datetime]] = {}
        for run in self.runs:
            start: datetime | None = None
            for event in self.garage.scenario.events["run", run]:
                match event:
                    case words.RunOrdered():
                        order, served, left = event, (event.vehicle_id, event.driver_id), False
                        start = event.leaves_at if thing in served else None
                        end = event.returns_at
                    case words.TripStarted():
                        left = True
                    case words.CarSubstituted():
                        now = event.changed_at if left else order.leaves_at
                        was, served = thing in served, (event.vehicle_id, event.driver_id)
                        if was and thing not in served and start is not None:
                            end = min(now, end) if left else start
                        elif not was and thing in served:
                            start, end = now, max(order.returns_at, now + timedelta(hours=1))
                    case words.TripFinished():
                        if thing in served and start is not None:
                            end = min(end, event.finished_at)
                    case words.RunCancelled():
                        start = None
            if start is not None and start < end:
                found[run] = (start, end)
        return found

    def _cancel(self, run: int) -> None:
        if (id := self.of(run)) is not None:
            self.say(words.CancelRun(run_id=id, standing=self.garage.seen(id), reason="Hoãn."))

    def _substitute(self, run: int, car: int, driver: int | None, km: int, after: int) -> None:
        id = self.of(run)
        if id is None:
            return
        state = self.garage.state(id)
        now, said = self.clock, dict[str, Any]()
        if state.status == "on_the_way":
            now = max(state.started_at, self.clock) + timedelta(minutes=after)
            old, new = (self.garage.scenario.states["car", one] for one in (state.vehicle_id, self.garage.CARS[car]))
            said = {"odometer_end_km": max(0, old.odometer_km + km), "odometer_start_km": new.odometer_km or 0}
        to_driver = None if driver is None else self.garage.DRIVERS[driver]
        standing = self.garage.seen(id)
        wish = words.SubstituteCar(
            run_id=id,
            standing=standing,
            to_vehicle_id=self.garage.CARS[car],
            to_driver_id=to_driver,
            reason="Xe hỏng.",
            **said,
        )
        self.say(wish, now)

    def _drive(self, run: int, gap: int, km: int, early: int) -> None:
        id = self.of(run)
        if id is None:
            return
        state, about = self.garage.state(id), self.garage.state(id).about
        car = self.garage.scenario.states["car", state.vehicle_id]
        if state.status == "ordered":
            reading = max(0, (car.odometer_km or 0) + gap)
            wish: Command = words.StartTrip(run_id=id, standing=self.garage.seen(id), odometer_km=reading)
            self.say(wish, about.leaves_at)
        else:
            reading = max(0, (car.odometer_km or 0) + km)
            wish = words.FinishTrip(run_id=id, standing=self.garage.seen(id), odometer_km=reading)
            self.say(wish, about.returns_at + timedelta(minutes=early))

    def _odometer(self, car: int, odometer_km: int) -> None:
        vehicle = self.garage.CARS[car]
        self.say(
            words.ReplaceOdometer(vehicle_id=vehicle, odometer_km=odometer_km, cause="misread", reason="Đọc nhầm.")
        )

    def _fuel(self, car: int, quantity_cl: int, amount_vnd: int, day: int) -> None:
        on = self.clock.date() - timedelta(day)
        invoice = f"HD-{len(self.said)}"
        usual = {"vehicle_id": self.garage.CARS[car], "invoice": invoice, "received_on": on}
        self.say(words.RecordFuel(quantity_cl=quantity_cl, amount_vnd=amount_vnd, **usual))

    def _close(self, car: int, month: int, closing_cl: int) -> None:
        fuel = self.garage.scenario.states.get(("fuel", self.garage.CARS[car]))
        opening = {"opening_cl": 500, "opening_vnd": 100_001} if fuel is None or fuel.settled is None else {}
        wish = words.CloseFuelMonth(
            vehicle_id=self.garage.CARS[car],
            month=f"2026-{month:02}",
            closing_cl=closing_cl,
            explanation="Có lý do.",
            **opening,
        )
        self.say(wish, self.garage.at("2027-01-05 09:00"))


@LAW
@given(history=HISTORIES)
def test_no_car_and_no_driver_is_ever_on_two_runs_at_once(
    new_garage: "Callable[[], Garage]", history: list[Any]
) -> None:
    told = Told(new_garage()).tell(history)
    for thing in (*told.garage.CARS, *told.garage.DRIVERS):
        times = sorted(told.taken(thing).values())
        for (_, end), (start, _) in pairwise(times):
            assert end <= start
        slots = {
            slot.booking_id: slot
            for (name, id), state in told.garage.scenario.states.items()
            if name == "calendar" and id.startswith(f"{thing}-")
            for slot in state.taken
        }
        assert slots.keys() == told.taken(thing).keys()


@LAW
@given(history=HISTORIES)
def test_the_numbers_of_a_year_have_no_hole(new_garage: "Callable[[], Garage]", history: list[Any]) -> None:
    told = Told(new_garage()).tell(history)
    orders = [told.garage.state(run).about for run in told.runs]
    assert [order.number for order in orders] == list(range(1, len(orders) + 1))
    book = told.garage.scenario.states.get(("runbook", "2026"))
    assert (book.last_number if book else 0) == len(orders)


@LAW
@given(history=HISTORIES)
def test_odometers_never_go_back_and_their_km_add_up(new_garage: "Callable[[], Garage]", history: list[Any]) -> None:
    told = Told(new_garage()).tell(history)
    carried = 0
    for car in told.garage.CARS:
        first: int | None = None
        shown, counted = 0, 0
        for event in told.garage.scenario.events["car", car]:
            match event:
                case words.UnloggedKmFound():
                    assert event.from_km == shown < event.to_km == event.from_km + event.km
                    shown, counted = event.to_km, counted + event.km
                case words.TripOpened():
                    assert first is None or event.odometer_km == shown
                    first = event.odometer_km if first is None else first
                    shown = event.odometer_km
                case words.TripLogged():
                    assert event.odometer_start_km == shown <= event.odometer_end_km == shown + event.km
                    shown, counted, carried = event.odometer_end_km, counted + event.km, carried + event.km
                case words.OdometerReplaced():
                    assert event.former_km == shown
                    shown, counted = event.odometer_km, counted + event.odometer_km - event.former_km
        if first is not None:
            assert shown - first == counted
    states = [told.garage.scenario.states[key] for key in told.garage.scenario.states if key[0] == "ride"]
    back = [event for run in told.runs for event in told.garage.scenario.events["run", run]]
    assert sum(ride.km for ride in states) == sum(e.km for e in back if isinstance(e, words.TripFinished))


@LAW
@given(history=HISTORIES)
def test_no_litre_and_no_dong_of_fuel_is_lost(new_garage: "Callable[[], Garage]", history: list[Any]) -> None:
    told = Told(new_garage()).tell(history)
    for car in told.garage.CARS:
        events = told.garage.scenario.events["fuel", car]
        months = [event for event in events if isinstance(event, words.FuelMonthClosed)]
        for month in months:
            assert month.opening_cl + month.received_cl == month.used_cl + month.closing_cl
            assert month.opening_vnd + month.paid_vnd == month.used_vnd + month.closing_vnd
            assert month.difference_cl == month.used_cl - month.norm_cl
            assert min(month.used_cl, month.closing_cl, month.used_vnd, month.closing_vnd) >= 0
            taken = [e for e in events if isinstance(e, words.FuelRecorded) and e.month == month.month]
            assert month.received_cl == sum(event.quantity_cl for event in taken)
            assert month.paid_vnd == sum(event.amount_vnd for event in taken)
        for one, following in pairwise(months):
            assert (one.closing_cl, one.closing_vnd) == (following.opening_cl, following.opening_vnd)
        if months:
            logged = told.garage.scenario.events["car", car]
            until = months[-1].month
            driven = sum(e.km for e in logged if isinstance(e, words.TripLogged) and e.month <= until)
            assert sum(month.km for month in months) == driven


@LAW
@given(history=HISTORIES)
def test_whatever_is_said_again_is_not_done_again(new_garage: "Callable[[], Garage]", history: list[Any]) -> None:
    told = Told(new_garage())
    for step in history:
        told.tell([step])
        if told.said and not told.said[-1][3].refusal:
            command, now, number, _ = told.said[-1]
            again = told.garage.when(command, now=now, number=number)
            assert again.events == ()


@LAW
@given(history=HISTORIES)
def test_everything_comes_back_from_its_events_and_from_its_snapshot(
    new_garage: "Callable[[], Garage]", history: list[Any]
) -> None:
    told = Told(new_garage()).tell(history)
    for aggregate in AGGREGATES:
        for (name, id), events in told.garage.scenario.events.items():
            if name == aggregate.name:
                state = aggregate.initial
                for event in events:
                    state = aggregate.evolve(state, event)
                kept = STATES[aggregate.name].validate_json(to_json(state, exclude_none=True))
                assert state == told.garage.scenario.states[name, id] == kept


# --- a driver's limits, minute by minute ----------------------------------------------------------------------------

DUTIES = st.lists(
    st.tuples(st.integers(0, 4 * 48), st.integers(1, 40), st.integers(1, 900)).map(
        lambda one: (one[0] * 30, one[1] * 30, one[2])
    ),
    max_size=5,
)
MIDNIGHT = 29_717_220
"""The minute at which Monday 6 July 2026 begins at the office."""


def rests(duties: list[Duty], new: Duty, least: int = 480) -> bool:
    """Say minute by minute whether every 24 hours from a run's start that meet the new run hold the rest."""
    busy = {minute for one in duties for minute in range(one.start, one.end)}
    for window in duties:
        if not (window.start < new.end and new.start < window.start + 1440):
            continue
        within = [one for one in duties if one.start < window.start + 1440 and one.end > window.start]
        if any(one.end - one.start > 1440 - least for one in within):
            continue
        longest = rested = 0
        for minute in range(window.start, window.start + 1440):
            rested = 0 if minute in busy else rested + 1
            longest = max(longest, rested)
        if longest < least:
            return False
    return True


@LAW
@given(found=DUTIES, new=st.tuples(st.integers(0, 4 * 48), st.integers(1, 40)))
def test_the_rest_is_what_a_count_of_minutes_finds(
    new_garage: "Callable[[], Garage]", found: list[Any], new: tuple[int, int]
) -> None:
    duties: list[Duty] = []
    for start, length, driving in found:
        one = Duty(f"{len(duties)}", MIDNIGHT + start, MIDNIGHT + start + length, min(driving, length) // 60)
        if all(one.end <= other.start or other.end <= one.start for other in duties):
            duties.append(one)
    wanted = Duty("new", MIDNIGHT + new[0] * 30, MIDNIGHT + new[0] * 30 + new[1] * 30, 1)
    if any(wanted.start < other.end and other.start < wanted.end for other in duties):
        return
    asked = _given(new_garage()), Driver(name="Hùng"), [DutyMonth(tuple(duties))], wanted
    if rests([*duties, wanted], wanted):
        expect_rested(*asked)
    else:
        with pytest.raises(Refused, match="driver-without-rest"):
            expect_rested(*asked)


def _given(garage: "Garage") -> Any:
    return Given(garage.scenario.now, garage.scenario.actor, None, garage.scenario.service.rules())  # type: ignore[arg-type]


# --- every fact -----------------------------------------------------------------------------------------------------


def everything(garage: "Garage") -> list[Event]:
    """Return one fact at least of every kind that happens to cars."""
    one, other = garage.ride(), garage.ride(requester="Đỗ Văn Nam")
    shared = garage.send(one, other).id
    garage.when(words.CancelRide(ride_id=other, run_ids=(shared,), reason="Hoãn.")).accepted()
    joins = words.RideSeats(ride_id=garage.ride(requester="Vi Thị Hoa"))
    garage.say(words.JoinRun, shared, ride=joins).accepted()
    garage.say(words.SubstituteCar, shared, to_vehicle_id=garage.CARS[1], reason="Hỏng.").accepted()
    garage.drive(shared, 10, 20).accepted()
    confirmed = words.ConfirmTrip(run_id=shared, ride_id=one, confirmed_by="Lan")
    garage.when(confirmed).accepted()
    off = garage.run(car=2, driver=2)
    garage.say(words.CancelRun, off, reason="Hoãn.").accepted()
    garage.when(words.DeclineRide(ride_id=garage.ride(), reason="Hết xe.")).accepted()
    later = {"leaves_at": garage.at("2026-11-26 07:30"), "returns_at": garage.at("2026-11-26 11:30")}
    garage.drive(garage.run(car=1, asked=later), 25, 30).accepted()
    gap = words.ExplainUnloggedKm(vehicle_id=garage.CARS[1], from_km=20, explanation="Đi rửa xe.")
    garage.when(gap).accepted()
    garage.when(
        words.ReplaceOdometer(vehicle_id=garage.CARS[1], odometer_km=1, cause="exchanged", reason="Thay.")
    ).accepted()
    garage.fuel(car=1, invoice="HD").accepted()
    right = words.CorrectFuel(vehicle_id=garage.CARS[1], invoice="HD", quantity_cl=1, amount_vnd=1, reason="Ghi nhầm.")
    garage.when(right).accepted()
    garage.close("2026-11", 0, car=1, opening_cl=0, explanation="Ít.").accepted()
    return [event for events in garage.scenario.events.values() for event in events]


@LAW
@given(draw=st.data())
def test_no_order_of_facts_however_impossible_stops_the_fold(
    new_garage: "Callable[[], Garage]", draw: st.DataObject
) -> None:
    kept = everything(new_garage())
    assert {type(event) for event in kept} >= set(words.VEHICLE_EVENTS)
    for aggregate in AGGREGATES:
        state = aggregate.initial
        for event in draw.draw(st.lists(st.sampled_from(kept), max_size=12)):
            state = aggregate.evolve(state, event)
        assert type(state) is type(aggregate.initial)


def test_every_fact_is_read_back_from_its_json_as_it_was(garage: "Garage") -> None:
    for event in everything(garage):
        assert type(event).model_validate_json(event.model_dump_json(exclude_none=True)) == event


@pytest.mark.parametrize("kind", words.VEHICLE_COMMANDS)
def test_every_wish_says_who_may_have_it(kind: type[Command]) -> None:
    assert kind.allowed
    assert core.BookableCommand not in kind.__mro__
