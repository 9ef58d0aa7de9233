"""The request for a car: asked for by a board, approved or declined, seated on one run or several, carried."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from contracts.base import Event, Refused
from contracts.scheduling import vehicles as words_of
from contracts.scheduling.vehicles import CarWish, RideStatus
from services.runtime.manifest import Aggregate, Decision, Given, Ref, Seen
from services.runtime.text import token
from services.scheduling.deciders.common import told

STATUS_NAMES: dict[RideStatus, tuple[str, str]] = {
    "requested": ("chờ duyệt", "waiting for approval"),
    "approved": ("đã duyệt, chờ xe", "approved and waiting for a car"),
    "granted": ("đã có xe", "granted"),
    "carried": ("đã đi", "carried"),
    "declined": ("không duyệt", "declined"),
    "cancelled": ("đã hủy", "cancelled"),
}


@dataclass(frozen=True, slots=True)
class OnRun:
    """Seats of a request on a run."""

    run_id: str
    run_number: str
    passengers: int
    back: bool = False


@dataclass(frozen=True, slots=True)
class Ride:
    """What later decisions need of a request; it has no status before it was made."""

    status: RideStatus | None = None
    asked: words_of.RideRequested | None = None
    approver: tuple[str, str] | None = None
    runs: tuple[OnRun, ...] = ()
    km: int = 0

    @property
    def about(self) -> words_of.RideRequested:
        """What was asked for; only to be asked of one that was made."""
        assert self.asked is not None
        return self.asked

    @property
    def seated(self) -> int:
        """How many of its passengers have a seat."""
        return sum(run.passengers for run in self.runs)

    @property
    def area(self) -> str:
        """Where it goes, as far as sharing a car is concerned."""
        return self.about.area or self.about.to_place


def evolve(ride: Ride, event: Event) -> Ride:
    """Return the request after an event."""
    match event:
        case words_of.RideRequested():
            return replace(ride, status="requested", asked=event)
        case words_of.RideApproved():
            return replace(ride, status="approved", approver=(event.approver_id, event.approver))
        case words_of.RideDeclined():
            return replace(ride, status="declined")
        case words_of.RideCancelled():
            return replace(ride, status="cancelled", runs=tuple(run for run in ride.runs if run.back))
        case words_of.RideGranted():
            on_run = OnRun(event.run_id, event.run_number, event.passengers)
            return _seated(replace(ride, runs=(*_but(ride, event.run_id), on_run)))
        case words_of.RideReturned():
            return _seated(replace(ride, runs=_but(ride, event.run_id)))
        case words_of.RideCarried():
            runs = tuple(replace(run, back=run.back or run.run_id == event.run_id) for run in ride.runs)
            status: RideStatus | None = "carried" if event.done else ride.status
            return replace(ride, runs=runs, km=event.total_km, status=status)
    return ride


def _but(ride: Ride, run_id: str) -> tuple[OnRun, ...]:
    return tuple(run for run in ride.runs if run.run_id != run_id)


def _seated(ride: Ride) -> Ride:
    full = ride.asked is not None and ride.seated >= ride.asked.passengers
    return replace(ride, status="granted" if full else "approved")


RIDE = Aggregate("ride", Ride(), evolve)


def requesting_involves(words: words_of.RequestRide, given: Given) -> Sequence[Ref]:
    """A request is made over nothing but itself."""
    return (Ref(RIDE, words_of.ride_id(given.command_id), new=True),)


def request_ride(words: words_of.RequestRide, given: Given, ride: Seen) -> Decision:
    """A board asks for itself, the office for anybody, for a time to come."""
    if ride.state.status is not None:
        return []
    expect_board(given, words.board_id)
    if words.returns_at <= given.now:
        raise Refused(words_of.RIDE_IN_THE_PAST, "returns_at", returns_at=told(words.returns_at))
    return [(ride, words_of.RideRequested(**dict(words)))]


def approve_ride(words: words_of.ApproveRide, given: Given, ride: Ride) -> Iterable[Event]:
    """A request is approved once."""
    _expect_known(ride, words.ride_id)
    if ride.status in ("approved", "granted", "carried"):
        return
    expect_ride(ride, words.ride_id, "requested")
    yield approved(given, words.note)


def approved(given: Given, note: str | None = None) -> words_of.RideApproved:
    """Return the approval of the speaker."""
    return words_of.RideApproved(approver_id=given.actor.id, approver=given.actor.name, note=note)


def decline_ride(words: words_of.DeclineRide, given: Given, ride: Ride) -> Iterable[Event]:
    """A request is declined as long as it has no seat, and is told what to do instead."""
    _expect_known(ride, words.ride_id)
    if ride.status == "declined":
        return
    expect_ride(ride, words.ride_id, "requested", "approved")
    if ride.runs:
        vi, en = STATUS_NAMES["granted"]
        raise Refused(words_of.RIDE_CLOSED, status=en, status_vi=vi)
    yield words_of.RideDeclined(reason=words.reason, instead=words.instead)


def expect_board(given: Given, board_id: str) -> None:
    """Raise Refused for a speaker of another board; the office acts for every board."""
    of_board = given.actor.board is not None and token(given.actor.board) == board_id
    if not {"clerk", "leader"} & set(given.actor.roles) and not of_board:
        raise Refused(words_of.RIDE_NOT_YOURS, board_id=board_id)


def expect_ride(ride: Ride, id: str, *statuses: RideStatus) -> None:
    """Raise Refused for a request that never was, or is in none of these states."""
    status = _expect_known(ride, id)
    if status not in statuses:
        vi, en = STATUS_NAMES[status]
        raise Refused(words_of.RIDE_CLOSED, status=en, status_vi=vi)


def _expect_known(ride: Ride, id: str) -> RideStatus:
    if ride.status is None:
        raise Refused(words_of.RIDE_UNKNOWN, "ride_id", ride_id=id)
    return ride.status


def fits(wish: CarWish, seats: int, use: Literal["titled", "general", "specialised"]) -> bool:
    """Tell whether a car is of the kind that was asked for."""
    return (wish.seats is None or seats >= wish.seats) and (wish.use is None or use == wish.use)


def overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    """Tell whether two times, each from its start to its end, excluded, have a moment in common."""
    return one[0] < other[1] and other[0] < one[1]
