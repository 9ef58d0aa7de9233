"""What holds after any history whatever: no post too full, one main post a day, nobody lost, nothing said twice."""

import pickle
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from pydantic_core import to_json

from contracts import organisation as words
from contracts.base import Command, Event, Refusal
from services.organisation.deciders.person import Person
from services.organisation.deciders.post import Post, numbers_on
from services.organisation.service import ORGANISATION

if TYPE_CHECKING:
    from tests.organisation.decider import Desk
    from tests.organisation.history import History
    from tests.scenario import Outcome

DAYS = st.integers(0, 11).map(lambda number: date(2026, 1, 1) + timedelta(days=30 * number))
LASTING = st.one_of(st.none(), st.integers(1, 12))
UNITS = st.sampled_from(["t1", "t2", "t3", "t1", "t2", "t3", "btctu", "vptu", "p-th", "new", "xx"])
POSTS = st.sampled_from(["vptu--cv", "p-th--cv", "btctu--cv", "btctu--kt", "xx--cv"])
PEOPLE = st.integers(0, 7)
TRANSFERS = st.integers(0, 2)
LINES = st.lists(st.tuples(PEOPLE, POSTS), min_size=1, max_size=3, unique_by=lambda line: line[0])
ROLES = st.sampled_from(["clerk", "leader", "board"])
KINDS = st.sampled_from(["main", "main", "concurrent", "acting", "secondment"])
UNIT_LISTS = st.lists(UNITS, min_size=1, max_size=2, unique=True).map(tuple)
NUMBERS = st.sampled_from([(0, 1, 1), (0, 1, 2), (1, 2, 3), (0, 2, 4), (2, 1, 3)])
COUNTED = st.sampled_from(["civil_servant", "contract"])

CHANGES: dict[Any, dict[str, st.SearchStrategy[Any]]] = {
    words.OpenSite: {"code": st.sampled_from(["TS1", "TS2"]), "name": st.just("Trụ sở"), "address": st.just("Số 2")},
    words.CloseSite: {"site_id": st.sampled_from(["ts1", "ts2"])},
    words.EstablishUnit: {
        "code": st.sampled_from(["NEW", "BTCTU"]),
        "name": st.just("Đơn vị mới"),
        "kind": st.just("division"),
        "parent_id": st.one_of(st.none(), UNITS),
        "site_id": st.sampled_from([None, "ts1"]),
    },
    words.RenameUnit: {"unit_id": UNITS, "name": st.sampled_from(["Tên một", "Tên hai"])},
    words.MoveUnit: {"unit_id": UNITS, "parent_id": UNITS, "site_id": st.sampled_from([None, "ts1"])},
    words.MergeUnits: {"into_id": UNITS, "unit_ids": UNIT_LISTS},
    words.SplitUnit: {"unit_id": UNITS, "into_ids": UNIT_LISTS},
    words.DissolveUnit: {"unit_id": UNITS},
    words.CreatePost: {
        "unit_id": UNITS,
        "code": st.sampled_from(["cv", "kt"]),
        "title": st.just("Vị trí"),
        "group": st.just("professional"),
        "numbers": NUMBERS,
    },
    words.ChangePost: {"post_id": POSTS, "numbers": NUMBERS},
    words.DescribePost: {"post_id": POSTS, "title": st.sampled_from(["Tên một", "Tên hai"])},
    words.ClosePosts: {
        "unit_id": st.just("btctu"),
        "post_ids": st.sampled_from([("btctu--cv",), ("btctu--kt",), ("btctu--cv", "btctu--kt")]),
    },
    words.ChangeHeadcountKind: {"person_id": PEOPLE, "headcount": COUNTED},
    words.AppointPerson: {"person_id": PEOPLE, "post_id": POSTS, "kind": KINDS, "until": LASTING},
    words.EndAppointment: {"person_id": PEOPLE, "post_id": POSTS},
    words.RecordDeparture: {"person_id": PEOPLE, "reason": st.just("retirement"), "post_ids": st.just(None)},
    words.RecordReturn: {"person_id": PEOPLE},
    words.PrepareTransfer: {"title": st.just("Điều động"), "lines": LINES},
    words.GrantRole: {"person_id": PEOPLE, "role": ROLES, "until": LASTING},
    words.RevokeRole: {"person_id": PEOPLE, "role": ROLES},
    words.DelegateAuthority: {
        "from_person_id": st.integers(0, 1),
        "to_person_id": PEOPLE,
        "roles": st.lists(ROLES, min_size=1, max_size=2).map(tuple),
        "until": st.integers(1, 3),
    },
}
PLAIN: dict[Any, dict[str, st.SearchStrategy[Any]]] = {
    words.RegisterPerson: {"name": st.just("Lê Thị Lan"), "headcount": COUNTED},
    words.CorrectPerson: {"person_id": PEOPLE, "account": st.sampled_from(["user:lan", "user:minh"])},
    words.AmendTransfer: {"transfer_id": TRANSFERS, "lines": LINES},
    words.CancelTransfer: {"transfer_id": TRANSFERS, "reason": st.just("Chưa thống nhất.")},
    words.CarryOutTransfer: {"transfer_id": TRANSFERS},
    words.NameContact: {
        "unit_id": UNITS,
        "line": st.just("clerical"),
        "person_id": PEOPLE,
        "effective_on": DAYS,
        "until": LASTING,
    },
    words.WithdrawContact: {"unit_id": st.just("btctu"), "line": st.just("clerical"), "effective_on": DAYS},
    words.WithdrawDelegation: {"from_person_id": st.integers(0, 1), "to_person_id": PEOPLE, "effective_on": DAYS},
}
OFTEN = (words.AppointPerson, words.EndAppointment, words.PrepareTransfer, words.CarryOutTransfer)
STEPS = [
    st.tuples(st.just(kind), st.fixed_dictionaries(fields))
    for kind, fields in [
        *((kind, {**fields, "effective_on": DAYS}) for kind, fields in CHANGES.items()),
        *PLAIN.items(),
    ]
    for _ in range(3 if kind in OFTEN else 1)
]
HISTORIES = st.lists(st.one_of(STEPS), min_size=12, max_size=40)
LAW = settings(max_examples=40, deadline=None)


class Past:
    """A history as it happened, in an office that has boards, posts and people to begin with."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.people = [id for name, id in desk.scenario.states if name == "person"]
        self.transfers: list[str] = []

    def happen(self, history: list[tuple[Any, dict[str, Any]]]) -> "Iterator[tuple[Command, Outcome]]":
        for kind, fields in history:
            command = self._command(kind, dict(fields))
            if command is None:
                continue
            outcome = self.desk.when(command)
            if outcome.events and isinstance(command, words.RegisterPerson):
                self.people.append(outcome.id)
            if outcome.events and isinstance(command, words.PrepareTransfer):
                self.transfers.append(outcome.id)
            yield command, outcome

    def _command(self, kind: Any, fields: dict[str, Any]) -> Command | None:
        for name in ("person_id", "from_person_id", "to_person_id"):
            if name in fields:
                fields[name] = self._known(self.people, fields[name])
        if "transfer_id" in fields:
            fields["transfer_id"] = self._known(self.transfers, fields["transfer_id"])
        if "lines" in fields:
            fields["lines"] = tuple(
                words.TransferLine(person_id=self._known(self.people, person), to_post_id=post)
                for person, post in fields["lines"]
            )
        if fields.get("until"):
            fields["until"] = fields["effective_on"] + timedelta(days=30 * fields["until"] - 1)
        if "numbers" in fields:
            fields |= dict(zip(("minimum", "norm", "maximum"), fields.pop("numbers"), strict=True))
        if fields.get("role") == "board":
            fields["unit_id"] = "btctu"
        if kind is words.RevokeRole:
            fields.pop("unit_id", None)
        if kind is words.RecordDeparture:
            held = self.desk.scenario.states.get(("person", fields["person_id"]), Person()).appointments
            left = {one.post_id for one in held if (one.until or date.max) >= fields["effective_on"]}
            fields["post_ids"] = tuple(sorted(left))
        if kind is words.CarryOutTransfer:
            known = ("transfer", fields["transfer_id"]) in self.desk.scenario.states
            return self.desk.carrying(fields["transfer_id"]) if known else None
        command: Command = kind(**(self.desk.change(**fields) if kind in CHANGES else fields))
        return command

    @staticmethod
    def _known(ids: list[str], place: int) -> str:
        return ids[place] if place < len(ids) else "f" * 32


def everyday() -> Iterator[date]:
    yield from (date(2025, 12, 20) + timedelta(days=number) for number in range(0, 800, 10))


def happened(new_desk: "Callable[[], Desk]", history: list[Any]) -> Past:
    past = Past(new_desk())
    for _ in past.happen(history):
        pass
    return past


@LAW
@given(history=HISTORIES)
def test_no_post_has_more_holders_than_the_most_on_any_day(new_desk: "Callable[[], Desk]", history: list[Any]) -> None:
    past = happened(new_desk, history)
    for (name, _), post in past.desk.scenario.states.items():
        if name != "post" or not post.numbers:
            continue
        assert isinstance(post, Post)
        for day in everyday():
            for acting in (False, True):
                held = [one for one in post.holders if (one.kind == "acting") == acting]
                on_day = [one for one in held if one.since <= day <= (one.until or date.max)]
                assert len(on_day) <= numbers_on(post, day).maximum
                assert not on_day or post.closed_from is None or day < post.closed_from


@LAW
@given(history=HISTORIES)
def test_a_person_has_one_main_post_a_day_and_none_while_away(
    new_desk: "Callable[[], Desk]", history: list[Any]
) -> None:
    past = happened(new_desk, history)
    people = [state for (name, _), state in past.desk.scenario.states.items() if name == "person"]
    for person in people:
        for day in everyday():
            held = [one for one in person.appointments if one.since <= day <= (one.until or date.max)]
            assert sum(one.kind == "main" for one in held) <= 1
            assert len({one.post_id for one in held}) == len(held)
            assert not held or not any(away.since <= day <= (away.until or date.max) for away in person.away)


@LAW
@given(history=HISTORIES)
def test_the_people_say_the_same_of_posts_as_the_posts_of_people(
    new_desk: "Callable[[], Desk]", history: list[Any]
) -> None:
    states = happened(new_desk, history).desk.scenario.states
    of_people = {
        (id, one.post_id, one.kind, one.since, one.until)
        for (name, id), state in states.items()
        if name == "person"
        for one in state.appointments
    }
    of_posts = {
        (one.person_id, id, one.kind, one.since, one.until)
        for (name, id), state in states.items()
        if name == "post"
        for one in state.holders
    }
    assert of_people == of_posts


@LAW
@given(history=HISTORIES)
def test_in_a_transfer_as_many_people_arrive_as_leave(new_desk: "Callable[[], Desk]", history: list[Any]) -> None:
    past = Past(new_desk())
    for command, outcome in past.happen(history):
        for event in outcome.events:
            if isinstance(event, words.TransferFacts):
                assert sum(total.people for total in event.sources) == event.people == len(event.lines)
                assert sum(total.people for total in event.targets) == event.people
        if isinstance(command, words.CarryOutTransfer) and outcome.events:
            assert len(outcome.all(words.PersonAppointed)) == len(command.lines)
            left = len(outcome.all(words.AppointmentEnded)) + len(outcome.all(words.AppointmentCancelled))
            assert left == sum(line.from_post_id is not None for line in command.lines)


@LAW
@given(history=HISTORIES)
def test_no_unit_stands_in_the_air_or_under_itself_on_any_day(
    new_desk: "Callable[[], Desk]", history: list[Any]
) -> None:
    chart = happened(new_desk, history).desk.scenario.states["chart", "office"]
    branches = {branch.unit_id: branch for branch in chart.branches}
    for day in everyday():
        parents = {}
        for branch in chart.branches:
            places = [place for place in branch.places if place.since <= day]
            if places and (branch.ended_from is None or day < branch.ended_from):
                parents[branch.unit_id] = places[-1].parent_id
        for unit in parents:
            chain, above = {unit}, parents[unit]
            while above is not None:
                assert above in parents, (unit, above, branches[above])
                assert above not in chain
                chain.add(above)
                above = parents[above]


@LAW
@given(history=HISTORIES)
def test_a_unit_that_ended_has_no_open_post_and_changes_no_more(
    new_desk: "Callable[[], Desk]", history: list[Any]
) -> None:
    past, ended = Past(new_desk()), dict[tuple[str, str], Any]()
    for _ in past.happen(history):
        for place, state in past.desk.scenario.states.items():
            if getattr(state, "ended_from", None) is not None:
                assert ended.setdefault(place, state) == state
                assert all(post.closed_from and post.closed_from <= state.ended_from for post in state.posts)


@LAW
@given(history=HISTORIES)
def test_what_was_delegated_rests_on_a_grant_on_every_day(new_desk: "Callable[[], Desk]", history: list[Any]) -> None:
    states = happened(new_desk, history).desk.scenario.states
    for (name, id), authority in states.items():
        if name == "authority":
            for one in authority.delegated:
                assert one.to_person_id != id
                for day in (one.since, one.until):
                    grants = [grant for grant in authority.grants if grant.role == one.role]
                    assert any(grant.since <= day <= (grant.until or date.max) for grant in grants)


@LAW
@given(history=HISTORIES)
def test_what_was_accepted_is_not_recorded_a_second_time_when_it_is_said_again(
    new_desk: "Callable[[], Desk]", history: list[Any]
) -> None:
    past = Past(new_desk())
    for command, outcome in past.happen(history):
        if outcome.events and not isinstance(command, words.RegisterPerson | words.PrepareTransfer):
            assert past.desk.when(command).events == ()


@LAW
@given(history=HISTORIES)
def test_what_is_refused_changes_nothing(new_desk: "Callable[[], Desk]", history: list[Any]) -> None:
    past = Past(new_desk())
    before = pickle.dumps(past.desk.scenario.states)
    for _, outcome in past.happen(history):
        after = pickle.dumps(past.desk.scenario.states)
        assert outcome.events or after == before
        before = after


@LAW
@given(history=HISTORIES)
def test_a_state_comes_back_from_its_snapshot_as_it_was(new_desk: "Callable[[], Desk]", history: list[Any]) -> None:
    states = happened(new_desk, history).desk.scenario.states
    for aggregate in ORGANISATION.aggregates:
        adapter = TypeAdapter(type(aggregate.initial))
        for (name, _), state in states.items():
            if name == aggregate.name:
                assert adapter.validate_json(to_json(state)) == state


@LAW
@given(history=HISTORIES)
def test_a_state_is_the_fold_of_its_events_and_of_nothing_else(
    new_desk: "Callable[[], Desk]", history: list[Any]
) -> None:
    scenario = happened(new_desk, history).desk.scenario
    for aggregate in ORGANISATION.aggregates:
        for (name, id), events in scenario.events.items():
            if name == aggregate.name:
                state = aggregate.initial
                for event in events:
                    state = aggregate.evolve(state, event)
                assert state == scenario.states[name, id]


@pytest.mark.parametrize("aggregate", ORGANISATION.aggregates, ids=lambda aggregate: aggregate.name)
@given(choices=st.lists(st.integers(0, 10_000), max_size=12))
def test_no_order_of_facts_however_impossible_stops_the_fold(
    history: "History", aggregate: Any, choices: list[int]
) -> None:
    state = aggregate.initial
    for choice in choices:
        state = aggregate.evolve(state, history.facts[choice % len(history.facts)].event)
    assert type(state) is type(aggregate.initial)


def test_every_event_of_a_year_is_told_to_people_without_a_gap(history: "History") -> None:
    events: list[Event] = [fact.event for fact in history.facts]
    told = [notice for event in events for notice in event.notices()]
    assert told
    assert all(notice.vi and notice.en and "None" not in notice.vi + notice.en for notice in told)


def test_every_refusal_of_the_desk_is_claimed_by_a_test() -> None:
    told = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    told = "".join(told.split())
    codes = [name for name, value in vars(words).items() if isinstance(value, Refusal)]
    assert [name for name in codes if f".refused(words.{name}" not in told] == []


def test_every_command_of_the_desk_is_said_in_a_test() -> None:
    told = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("*.py"))
    assert [kind.__name__ for kind in words.COMMANDS if f"words.{kind.__name__}(" not in told] == []
