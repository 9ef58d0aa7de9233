"""What holds after any history whatever: numbers without a hole, ends that last, nothing said twice."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from pydantic_core import to_json

from contracts import documents as words
from contracts.base import Command, Event, Refusal
from contracts.freeze import FOLDER, messages
from services.documents.service import DOCUMENTS

if TYPE_CHECKING:
    from tests.documents.decider import Scenario
    from tests.scenario import Outcome

BOARDS = st.sampled_from(["BTCTU", "UBKTTU", "VPTU"])
DOCUMENTS_KNOWN = st.integers(0, 8)
DAYS = st.sampled_from([None, date(2026, 11, 20), date(2026, 12, 1), date(2026, 12, 31)])
REASON = st.just("Theo ý kiến của lãnh đạo.")
REGISTERING = st.fixed_dictionaries(
    {
        "number_notation": st.sampled_from([None, "12-CV/BTCTU", "12 - CV/BTCTU", "13-CV/BTCTU"]),
        "urgency": st.sampled_from(["normal", "urgent"]),
        "register_name": st.sampled_from(["chung", "don-thu"]),
        "arrived_on": st.sampled_from([None, date(2026, 11, 20), date(2025, 12, 31), date(2019, 1, 2)]),
        "issued_on": st.sampled_from([date(2018, 12, 1), date(2026, 11, 20)]),
        "respond_by": DAYS,
        "on_duplicate": st.sampled_from(["warn", "refuse"]),
        "secrecy": st.sampled_from(["none", "none", "none", "secret"]),
    }
)
ISSUING = st.fixed_dictionaries(
    {
        "type_code": st.sampled_from(["QĐ", "QĐi", "CV", "XX"]),
        "issued_on": st.sampled_from([None, date(2026, 11, 20), date(2019, 1, 2)]),
        "system": st.sampled_from(["party", "state"]),
    }
)
OPENING = st.fixed_dictionaries(
    {"register_name": st.sampled_from(["chung", "don-thu"]), "first_number": st.sampled_from([1, 1201, 9_999_998])}
)
ABOUT: dict[type[Command], dict[str, st.SearchStrategy[Any]]] = {
    words.CancelIncomingNumber: {"reason": REASON},
    words.DirectDocument: {
        "lead_board": BOARDS,
        "supporting_boards": st.lists(BOARDS, max_size=2).map(tuple),
        "deadline": DAYS,
    },
    words.AcknowledgeReceipt: {"received_by": st.just("Phạm Quốc Bảo")},
    words.HandBackDocument: {"reason": REASON},
    words.ForwardDocument: {"to_board": BOARDS},
    words.CompleteDocument: {"evidence": st.sampled_from([words.Evidence(), words.Evidence(account="Đã báo cáo.")])},
    words.RecallDirection: {"reason": REASON},
    words.MarkDeadlineApproaching: {"deadline": DAYS.filter(bool)},
    words.MarkDeadlineMissed: {"deadline": DAYS.filter(bool)},
    words.CancelOutgoingNumber: {"reason": REASON},
    words.RecordDispatch: {"dispatched_on": DAYS, "received_by": st.sampled_from([None, "Lê Văn Hùng"])},
    words.RecallOutgoing: {"reason": REASON},
}
BOOKS = st.sampled_from(["vptu-den-2026", "vptu-den-2026-don-thu", "tu-di-qdd-2025-2030", "tu-di-cv-2026"])
STEPS: st.SearchStrategy[tuple[Any, dict[str, Any]]] = st.one_of(
    st.tuples(st.just("registering"), REGISTERING),
    st.tuples(st.just("issuing"), ISSUING),
    st.tuples(st.just("opening"), OPENING),
    st.tuples(st.just(words.CloseRegisterBook), st.fixed_dictionaries({"book_id": BOOKS})),
    *(
        st.tuples(st.just(kind), st.fixed_dictionaries({"document_id": DOCUMENTS_KNOWN, **fields}))
        for kind, fields in ABOUT.items()
    ),
)
HISTORIES = st.lists(st.tuples(STEPS, st.integers(0, 3)), max_size=25)


def command_of(office: "Scenario", step: tuple[Any, dict[str, Any]], known: Sequence[str]) -> Command:
    kind, fields = step
    if kind == "registering":
        return office.registering(**fields)
    if kind == "issuing":
        return office.issuing(**fields)
    if kind == "opening":
        return words.OpenRegisterBook(organ="VPTU", direction="incoming", year=2026, **fields)
    place = fields.get("document_id")
    document = {} if place is None else {"document_id": known[place] if place < len(known) else "f" * 32}
    command: Command = kind(**{**fields, **document})
    return command


class Past:
    """A history as it happened: every command with its outcome, the day it was said, and the office after it."""

    def __init__(self, office: "Scenario") -> None:
        self.office = office
        self.known: list[str] = []
        self.now = office.at("2026-11-23 09:00")
        self.events: dict[tuple[str, str], list[Event]] = defaultdict(list)

    def say(self, step: tuple[Any, dict[str, Any]], days: int) -> "tuple[Command, Outcome]":
        self.now += timedelta(days=days)
        command = command_of(self.office, step, self.known)
        outcome = self.office.when(command, now=self.now)
        for seen, event in outcome.decision:
            self.events[seen.ref.aggregate.name, seen.ref.id].append(event)
            if isinstance(event, words.IncomingRegistered | words.OutgoingRegistered):
                self.known.append(seen.ref.id)
        return command, outcome


@given(history=HISTORIES)
def test_the_numbers_of_a_book_have_no_hole_and_no_double_whatever_happens(
    new_scenario: "type[Scenario]", history: list[Any]
) -> None:
    past = Past(new_scenario())
    for step, days in history:
        past.say(step, days)
    entries = defaultdict(list)
    for (name, id), events in past.events.items():
        if name == "book":
            opened = events[0]
            assert isinstance(opened, words.RegisterBookOpened)
            assigned = [event for event in events if isinstance(event, words.NumberAssigned)]
            numbers = [event.number for event in assigned]
            assert numbers == list(range(opened.first_number, opened.first_number + len(numbers)))
            entries[id] = [(event.document_id, event.number) for event in assigned]
    for (_, id), events in past.events.items():
        for event in events:
            if isinstance(event, words.IncomingRegistered | words.OutgoingRegistered):
                entries[event.book_id].remove((id, event.number))
    assert not any(entries.values())


@given(history=HISTORIES)
def test_a_document_that_has_come_to_its_end_stays_as_it_is(new_scenario: "type[Scenario]", history: list[Any]) -> None:
    past, ended = Past(new_scenario()), dict[tuple[str, str], Any]()
    for step, days in history:
        past.say(step, days)
        for place, state in past.office.states.items():
            if getattr(state, "status", None) in ("completed", "cancelled", "recalled"):
                assert ended.setdefault(place, state) == state


@given(history=HISTORIES)
def test_what_was_accepted_is_not_recorded_a_second_time_when_it_is_said_again(
    new_scenario: "type[Scenario]", history: list[Any]
) -> None:
    past = Past(new_scenario())
    for step, days in history:
        command, outcome = past.say(step, days)
        if not isinstance(command, words.RegisterIncoming | words.RegisterOutgoing) and outcome.events:
            assert past.office.when(command, now=past.now).events == ()


@given(history=HISTORIES)
def test_a_state_comes_back_from_its_snapshot_as_it_was_and_goes_on_alike(
    new_scenario: "type[Scenario]", history: list[Any]
) -> None:
    past = Past(new_scenario())
    for step, days in history:
        past.say(step, days)
    for aggregate in DOCUMENTS.aggregates:
        adapter = TypeAdapter(type(aggregate.initial))
        for (name, _), state in past.office.states.items():
            if name == aggregate.name:
                assert adapter.validate_json(to_json(state)) == state


@given(history=HISTORIES)
def test_a_state_is_the_fold_of_its_events_and_of_nothing_else(
    new_scenario: "type[Scenario]", history: list[Any]
) -> None:
    past = Past(new_scenario())
    for step, days in history:
        past.say(step, days)
    for aggregate in DOCUMENTS.aggregates:
        for (name, id), events in past.events.items():
            if name == aggregate.name:
                state = aggregate.initial
                for event in events:
                    state = aggregate.evolve(state, event)
                assert state == past.office.states[name, id]


KEPT = [
    message.decode(path.read_bytes())
    for message in messages()
    if message.kind == "event"
    for path in sorted((FOLDER / "examples" / message.name).glob("*.json"))
]


@pytest.mark.parametrize("aggregate", DOCUMENTS.aggregates, ids=lambda aggregate: aggregate.name)
@given(events=st.lists(st.sampled_from(KEPT), max_size=12))
def test_no_order_of_facts_however_impossible_stops_the_fold(aggregate: Any, events: list[Event]) -> None:
    state = aggregate.initial
    for event in events:
        state = aggregate.evolve(state, event)
    assert type(state) is type(aggregate.initial)


def test_every_refusal_of_the_desk_is_claimed_by_a_test() -> None:
    told = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    codes = [name for name, value in vars(words).items() if isinstance(value, Refusal)]
    assert [name for name in codes if f".refused(words.{name}" not in told] == []


def test_every_command_of_the_desk_is_said_in_a_test() -> None:
    told = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("*.py"))
    assert [kind.__name__ for kind in words.COMMANDS if f"words.{kind.__name__}(" not in told] == []
