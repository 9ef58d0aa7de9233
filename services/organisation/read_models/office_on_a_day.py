"""The office on a day: its units, their posts, and who holds these, put together of dated rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from contracts.organisation import AppointmentKind, HeadcountKind, PostGroup, PostRank
from services.organisation.read_models.appointments import APPOINTMENTS, held_on
from services.organisation.read_models.headcounts import HEADCOUNTS, counted_until
from services.organisation.read_models.post_states import POST_STATES, posts_until
from services.organisation.read_models.unit_states import ALL_UNITS, UNIT_STATES
from services.organisation.read_models.units_on_a_day import Units
from services.runtime.gathering import Record, Rows


@dataclass(frozen=True)
class Post:
    """A post that is there on the day, with its numbers of the day."""

    id: str
    unit_id: str
    state: Record
    last_day: date | None


@dataclass(frozen=True)
class Held:
    """A post that somebody holds on the day, counted as they are counted then."""

    person_id: str
    post_id: str
    post_title: str
    unit_id: str
    kind: AppointmentKind
    headcount: HeadcountKind
    group: PostGroup
    rank: PostRank
    post_headcount: HeadcountKind
    appointment: Record


@dataclass(frozen=True)
class Office:
    """What there is on a day; posts and holders only of units that stand."""

    day: date
    units: Units
    posts: Mapping[str, Post]
    held: Sequence[Held]
    counted: Mapping[str, HeadcountKind]

    def mains(self) -> list[Held]:
        """Return the main posts held: of all that a person holds, the one they are counted in."""
        return [held for held in self.held if held.kind == "main"]

    def seconded_away(self) -> dict[str, Held]:
        """Return who is on secondment, with the post they are seconded to."""
        return {held.person_id: held for held in self.held if held.kind == "secondment"}


OFFICE_MODELS = (UNIT_STATES, POST_STATES, APPOINTMENTS, HEADCOUNTS)


def office_rows(day: date) -> tuple[Rows, Rows, Rows, Rows]:
    """Return what is read to put the office of a day together, in the order `office_on` takes it."""
    return ALL_UNITS, posts_until(day), held_on(day), counted_until(day)


def office_on(
    day: date,
    unit_states: Iterable[Record],
    post_states: Iterable[Record],
    appointments: Iterable[Record],
    headcounts: Iterable[Record],
) -> Office:
    """Return the office of a day, of rows of that day or of more days than it."""
    units = Units(unit_states, day)
    posts = _posts_on(day, post_states, units)
    counted = counted_on(day, headcounts)
    held = [
        _held(record, posts.get(record["post_id"]), counted)
        for record in appointments
        if holds(record, day) and record["unit_id"] not in units.gone
    ]
    return Office(day, units, posts, held, counted)


def holds(appointment: Record, day: date) -> bool:
    """Tell whether an appointment is in force on a day."""
    since, until = appointment["since"], appointment["until"]
    return not appointment["cancelled"] and since <= day and (until is None or until >= day)


def counted_on(day: date, headcounts: Iterable[Record]) -> dict[str, HeadcountKind]:
    """Return how each person is counted on a day."""
    by_then = (record for record in headcounts if record["since"] <= day)
    return {record["person_id"]: record["headcount"] for record in sorted(by_then, key=lambda one: one["since"])}


def _posts_on(day: date, states: Iterable[Record], units: Units) -> dict[str, Post]:
    of_post: dict[str, list[Record]] = defaultdict(list)
    for state in states:
        of_post[state["post_id"]].append(state)
    found: dict[str, Post] = {}
    for id, of_one in of_post.items():
        ordered = sorted(of_one, key=lambda state: state["effective_on"])
        current = next((state for state in reversed(ordered) if state["effective_on"] <= day), None)
        if current is None or current["closed"] or current["unit_id"] in units.gone:
            continue
        ends = (state["effective_on"] - timedelta(days=1) for state in ordered if state["closed"])
        found[id] = Post(id, current["unit_id"], current, min(ends, default=None))
    return found


def _held(record: Record, post: Post | None, counted: Mapping[str, HeadcountKind]) -> Held:
    """Return who holds a post; the appointment's own words stand in for a post that is not known yet."""
    return Held(
        person_id=record["person_id"],
        post_id=record["post_id"],
        post_title=post.state["title"] if post else record["post_title"],
        unit_id=record["unit_id"],
        kind=record["kind"],
        headcount=counted.get(record["person_id"], record["headcount"]),
        group=post.state["post_group"] if post else record["post_group"],
        rank=post.state["post_rank"] if post else record["post_rank"],
        post_headcount=post.state["headcount"] if post else record["post_headcount"],
        appointment=record,
    )
