"""The run order (lệnh điều xe): one car and one driver for requests that travel together, numbered without a hole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from contracts.base import Event, Refused
from contracts.scheduling import vehicles as words_of
from contracts.scheduling.values import BookableId
from contracts.scheduling.vehicles import Carried, RunAsSeen, RunStatus
from services.runtime.manifest import Aggregate, Given, Ref, Seen
from services.scheduling.deciders.bookable import BOOKABLE
from services.scheduling.deciders.calendar import calendar_refs, minute
from services.scheduling.deciders.common import told
from services.scheduling.deciders.diary import Diary
from services.scheduling.deciders.driver_log import DRIVER, duty_refs
from services.scheduling.deciders.ride_request import RIDE, Ride
from services.scheduling.deciders.trip_log import CAR

STATUS_NAMES: dict[RunStatus, tuple[str, str]] = {
    "ordered": ("đã có lệnh", "ordered"),
    "on_the_way": ("đang đi", "on its way"),
    "finished": ("đã về", "finished"),
    "cancelled": ("đã hủy", "cancelled"),
}


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What passengers said of a trip."""

    ride_id: str
    by: str
    satisfied: bool
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """What later decisions need of a run; `cars` are all that served it, the last of them now.

    `former_km` are those of the cars before, `confirmed` what its passengers said when it was back.
    """

    status: RunStatus | None = None
    order: words_of.RunOrdered | None = None
    vehicle_id: str = ""
    plate: str = ""
    seats: int = 0
    licence_class: str | None = None
    driver_id: str = ""
    driver_name: str = ""
    driver_phone: str | None = None
    driving_minutes: int = 0
    rides: tuple[Carried, ...] = ()
    cars: tuple[str, ...] = ()
    started_at: datetime | None = None
    former_km: int = 0
    confirmed: tuple[Confirmation, ...] = ()

    @property
    def about(self) -> words_of.RunOrdered:
        """What was ordered; only to be asked of one that was."""
        assert self.order is not None
        return self.order

    @property
    def number(self) -> str:
        """What it is called on paper: 12/2026."""
        return words_of.run_number(self.about.number, self.about.year)

    @property
    def passengers(self) -> int:
        """How many it carries beside the driver."""
        return sum(ride.passengers for ride in self.rides)

    @property
    def standing(self) -> RunAsSeen:
        """The order as a speaker has to have seen it."""
        return RunAsSeen.model_construct(
            vehicle_id=self.vehicle_id,
            driver_id=self.driver_id,
            leaves_at=self.about.leaves_at,
            returns_at=self.about.returns_at,
            ride_ids=tuple(ride.ride_id for ride in self.rides),
        )


def evolve(run: Run, event: Event) -> Run:
    """Return the run after an event."""
    match event:
        case words_of.RunOrdered():
            return _served(replace(run, status="ordered", order=event, rides=event.rides), event)
        case words_of.CarSubstituted():
            return replace(_served(run, event), former_km=event.former_km)
        case words_of.RunRiderAdded():
            return replace(run, rides=(*run.rides, event.ride))
        case words_of.RunRiderDropped():
            return replace(run, rides=tuple(ride for ride in run.rides if ride.ride_id != event.ride_id))
        case words_of.RunCancelled():
            return replace(run, status="cancelled")
        case words_of.TripStarted():
            return replace(run, status="on_the_way", started_at=event.started_at)
        case words_of.TripFinished():
            return replace(run, status="finished")
        case words_of.TripConfirmed():
            others = tuple(one for one in run.confirmed if one.ride_id != event.ride_id)
            said = Confirmation(event.ride_id, event.confirmed_by, event.satisfied, event.remark)
            return replace(run, confirmed=(*others, said))
    return run


def _served(run: Run, event: words_of.RunOrdered | words_of.CarSubstituted) -> Run:
    names = ("vehicle_id", "plate", "seats", "driver_id", "driver_name", "driver_phone", "licence_class")
    now: dict[str, Any] = {name: getattr(event, name) for name in (*names, "driving_minutes")}
    return replace(run, **now, cars=(*run.cars, event.vehicle_id))


@dataclass(frozen=True, slots=True)
class RunBook:
    """The numbers of a year's run orders, without a hole."""

    last_number: int = 0


def evolve_book(book: RunBook, event: Event) -> RunBook:
    """Return the book after an event."""
    match event:
        case words_of.RunNumbered():
            return replace(book, last_number=event.number)
    return book


RUN = Aggregate("run", Run(), evolve)
RUN_BOOK = Aggregate("runbook", RunBook(), evolve_book)


def car_refs(vehicle_id: BookableId, start: datetime, end: datetime) -> Iterator[Ref]:
    """Yield what a car is taken for a time over: itself and its calendars."""
    yield from (Ref(CAR, vehicle_id), Ref(BOOKABLE, vehicle_id))
    yield from calendar_refs((vehicle_id,), minute(start), minute(end))


def driver_refs(driver_id: BookableId, start: datetime, end: datetime) -> Iterator[Ref]:
    """Yield what a driver is taken for a time over: themselves, their calendars, and the months of their duty."""
    yield from (Ref(DRIVER, driver_id), Ref(BOOKABLE, driver_id))
    yield from calendar_refs((driver_id,), minute(start), minute(end))
    yield from duty_refs(driver_id, start, end)


def standing_refs(words: words_of.RunCommand | words_of.OverRun, until: datetime | None = None) -> Iterator[Ref]:
    """Yield what a run is changed over: all that its speaker saw of it, for a run that may end at `until` too."""
    seen = words.standing
    expect_length(seen.leaves_at, seen.returns_at)
    yield Ref(RUN, words.run_id)
    yield from (Ref(RIDE, id) for id in seen.ride_ids)
    yield from car_refs(seen.vehicle_id, seen.leaves_at, seen.returns_at)
    yield from driver_refs(seen.driver_id, seen.leaves_at, seen.returns_at)
    yield from duty_refs(seen.driver_id, seen.leaves_at, last_moment(seen, until))


def last_moment(standing: RunAsSeen, until: datetime | None) -> datetime:
    """Return up to when a run may have lasted that ends at `until`: never much longer than any is ordered for."""
    longest = standing.returns_at + timedelta(words_of.LONGEST_RUN_DAYS)
    return min(max(standing.returns_at, until or standing.returns_at), longest)


def expect_length(start: datetime, end: datetime) -> None:
    """Raise Refused for a run longer than any; no more calendars are looked at than its own."""
    if not timedelta() < end - start <= timedelta(words_of.LONGEST_RUN_DAYS):
        raise Refused(words_of.RUN_TOO_LONG, "returns_at", most=words_of.LONGEST_RUN_DAYS)


def expect_run(run: Run, id: str, *statuses: RunStatus) -> None:
    """Raise Refused for a run that never was, or is in none of these states."""
    if run.status is None:
        raise Refused(words_of.RUN_UNKNOWN, "run_id", run_id=id)
    if run.status not in statuses:
        vi, en = STATUS_NAMES[run.status]
        raise Refused(words_of.RUN_CLOSED, run_number=run.number, status=en, status_vi=vi)


def expect_standing(run: Run, words: words_of.RunCommand | words_of.OverRun) -> None:
    """Raise Refused for an order that is not as its speaker saw it."""
    stands, seen = run.standing, words.standing
    same = all(getattr(stands, name) == getattr(seen, name) for name in ("vehicle_id", "driver_id"))
    same_time = (stands.leaves_at, stands.returns_at) == (seen.leaves_at, seen.returns_at)
    if not (same and same_time and set(stands.ride_ids) == set(seen.ride_ids)):
        raise Refused(words_of.RUN_CHANGED, run_number=run.number)


def expect_not_over(given: Given, returns_at: datetime) -> None:
    """Raise Refused for a run whose time has passed."""
    if returns_at <= given.now:
        raise Refused(words_of.RUN_IN_THE_PAST, "returns_at", returns_at=told(returns_at))


def rides_of(diary: Diary, ids: Sequence[str]) -> dict[str, Ride]:
    """Return requests by their ids."""
    return {id: diary.state(RIDE, id) for id in ids}


def home(seen: Sequence[Seen]) -> Run:
    """Return the run a command is about."""
    run: Run = seen[0].state
    return run
