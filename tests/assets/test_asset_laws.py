"""What holds after any history whatever: tags without a hole, value that adds up, nothing said twice, a last end."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from pydantic_core import to_json

from contracts import assets as words
from contracts.base import Command, Event, Refusal
from contracts.organisation import Decision
from services.assets.deciders.common import rules
from services.assets.rules.wear import value_at
from services.assets.service import ASSETS

if TYPE_CHECKING:
    from tests.assets.decider import Desk
    from tests.scenario import Outcome

CLASSES = rules().classes
DECISION = Decision(number="214-QĐ/TU", issued_on=date(2026, 11, 20), issuer="Ban Thường vụ Tỉnh ủy")
REASON = st.just("Theo biên bản của hội đồng.")
WORK = st.sampled_from(["Bảo dưỡng định kỳ", "Sửa chữa"])
DAYS = st.sampled_from([date(2026, 11, 20), date(2027, 1, 5), date(2027, 12, 1), date(2029, 6, 30)])
MAYBE_DAY = st.none() | DAYS
COST = st.sampled_from([0, 9_999_999, 10_000_000, 21_000_000, 33_333_333, 950_000_000])
CONDITION = st.sampled_from(["good", "damaged"])
UNITS = st.sampled_from(["vptu", "btctu"])
DUE_KINDS = st.sampled_from(["maintenance", "compulsory_insurance", "voluntary_insurance", "inspection", "loan"])
REGISTERING = st.fixed_dictionaries(
    {"unit_id": UNITS, "class_code": st.sampled_from(["5.3", "5.5", "1.5", "VH.1", "VH.2", "3"]), "cost_vnd": COST},
    optional={
        "booked_on": st.sampled_from([date(2024, 5, 6), date(2026, 3, 16), date(2026, 11, 23)]),
        "origin": st.just("surplus"),
        "remaining_years": st.integers(0, 8),
        "accumulated_vnd": st.integers(0, 21_000_000),
        "worn_to": st.sampled_from([2024, 2025]),
        "life_years": st.integers(1, 10),
        "life_basis": st.just("Quyết định 77-QĐ/TU"),
        "used_years": st.integers(0, 8),
    },
)
ABOUT: dict[type[Command], dict[str, st.SearchStrategy[Any]]] = {
    words.CorrectAsset: {"class_code": st.sampled_from([None, "5.3", "5.5", "5.4", "VH.1"]), "reason": REASON},
    words.AttachFiles: {"files": st.just((words.Attachment(name="a.pdf", sha256="a" * 64, size_bytes=1),))},
    words.MoveAsset: {"place": st.sampled_from([words.Place(), words.Place(site_id="ts1")]), "moved_on": MAYBE_DAY},
    words.AssignCustodian: {"custodian_id": st.sampled_from([None, "1" * 32, "2" * 32]), "since": MAYBE_DAY},
    words.RecordCondition: {"condition": CONDITION},
    words.LendAsset: {"to_unit_id": UNITS, "lent_on": MAYBE_DAY, "due_on": DAYS},
    words.ReturnAsset: {"returned_on": MAYBE_DAY, "condition": CONDITION},
    words.RecordRepair: {"repaired_on": DAYS, "fault": WORK, "work": WORK, "cost_vnd": COST, "condition": CONDITION},
    words.PlanMaintenance: {"due_on": DAYS, "work": WORK, "every_months": st.sampled_from([None, 1, 6])},
    words.RecordMaintenance: {"done_on": DAYS, "work": WORK, "cost_vnd": COST},
    words.RecordInsurance: {
        "coverage": st.sampled_from(["compulsory", "voluntary"]),
        "insurer": WORK,
        "policy_number": WORK,
        "valid_from": DAYS,
        "valid_to": DAYS,
        "premium_vnd": COST,
    },
    words.RecordInspection: {"inspected_on": DAYS, "valid_to": DAYS, "inspected_by": WORK, "certificate_number": WORK},
    words.MarkDueApproaching: {"kind": DUE_KINDS, "due_on": DAYS},
    words.MarkDuePassed: {"kind": DUE_KINDS, "due_on": DAYS},
    words.UpgradeAsset: {"cost_vnd": COST, "effective_on": MAYBE_DAY, "work": WORK},
    words.RevalueAsset: {
        "cost_vnd": COST,
        "accumulated_vnd": st.none() | COST,
        "effective_on": MAYBE_DAY,
        "reason": REASON,
    },
    words.ProposeDisposal: {"method": st.sampled_from(["sale", "loss"]), "reason": REASON},
    words.RejectDisposal: {"reason": REASON},
    words.ApproveDisposal: {"decision": st.just(DECISION)},
    words.CarryOutDisposal: {"carried_out_on": MAYBE_DAY},
}
KNOWN = st.integers(0, 3)
STEPS: st.SearchStrategy[tuple[Any, dict[str, Any]]] = st.one_of(
    st.tuples(st.just("registering"), REGISTERING),
    st.tuples(st.just("charging"), st.fixed_dictionaries({"year": st.integers(2024, 2030)})),
    *(st.tuples(st.just(kind), st.fixed_dictionaries({"asset_id": KNOWN, **fields})) for kind, fields in ABOUT.items()),
)
STATES = {aggregate.name: TypeAdapter(type(aggregate.initial)) for aggregate in ASSETS.aggregates}
LAW = settings(deadline=None)
"""A busy machine is no fault of a law."""
HISTORIES = st.lists(st.tuples(STEPS, st.sampled_from([0, 0, 1, 40, 300])), max_size=25)


class Past:
    """A history as it happened: an office that begins with a laptop, every command, and the day it was said."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.now = desk.scenario.now
        self.known = [desk.asset()]

    def say(self, step: tuple[Any, dict[str, Any]], days: int) -> "tuple[Command, Outcome]":
        self.now += timedelta(days=days)
        command = self._command(step)
        outcome = self.desk.when(command, now=self.now)
        self.known += [seen.ref.id for seen, event in outcome.decision if isinstance(event, words.AssetRegistered)]
        return command, outcome

    def tell(self, history: list[Any]) -> "Past":
        for step, days in history:
            self.say(step, days)
        return self

    def _command(self, step: tuple[Any, dict[str, Any]]) -> Command:
        kind, fields = step
        if kind == "registering":
            return self.desk.registering(details=self.desk.CAR if fields["class_code"] == "3" else None, **fields)
        if kind == "charging":
            return words.ChargeWear(asset_ids=tuple(self.known), **fields)
        place = fields["asset_id"]
        command: Command = kind(**{**fields, "asset_id": self.known[place] if place < len(self.known) else "f" * 32})
        return command


@LAW
@given(history=HISTORIES)
def test_the_tags_of_a_unit_have_no_hole_and_no_double(new_desk: "Callable[[], Desk]", history: list[Any]) -> None:
    past = Past(new_desk()).tell(history)
    registered = {
        (event.unit_id, event.number): id
        for (_, id), events in past.desk.scenario.events.items()
        for event in events
        if isinstance(event, words.AssetRegistered)
    }
    for (name, id), events in past.desk.scenario.events.items():
        if name == "book":
            given = [event for event in events if isinstance(event, words.AssetNumbered)]
            assert [event.number for event in given] == list(range(1, len(given) + 1))
            for event in given:
                assert registered.pop((id, event.number)) == event.asset_id
    assert not registered


@LAW
@given(history=HISTORIES)
def test_value_stays_between_nothing_and_the_cost_and_changes_only_where_a_fact_says_so(
    new_desk: "Callable[[], Desk]", history: list[Any]
) -> None:
    past = Past(new_desk()).tell(history)
    charged: dict[int, int] = {}
    for (name, id), events in past.desk.scenario.events.items():
        facts: list[Any] = [event for event in events if isinstance(event, words.ValueFacts)]
        years = [event.year for event in facts if isinstance(event, words.WearCharged)]
        assert years == sorted(set(years))
        for before, fact in zip([None, *facts], facts, strict=False):
            assert 0 <= fact.value.accumulated_vnd <= fact.value.cost_vnd
            if isinstance(fact, words.WearCharged):
                assert before is not None
                assert fact.value.accumulated_vnd == before.value.accumulated_vnd + fact.wear_vnd
                assert fact.value.cost_vnd == before.value.cost_vnd
                charged[fact.year] = charged.get(fact.year, 0) + fact.wear_vnd
        if name == "asset":
            assert past.desk.value(id) == facts[-1].value
    totals = {int(id): run.wear_vnd for (name, id), run in past.desk.scenario.states.items() if name == "wearrun"}
    assert totals == charged


@LAW
@given(history=HISTORIES)
def test_the_value_of_a_day_is_the_one_that_was_recorded_by_then(
    new_desk: "Callable[[], Desk]", history: list[Any]
) -> None:
    past = Past(new_desk()).tell(history)
    for (name, _), events in past.desk.scenario.events.items():
        facts: list[Any] = [event for event in events if isinstance(event, words.ValueFacts)]
        if name != "asset":
            continue
        assert value_at(facts, facts[0].effective_on - timedelta(1), CLASSES) is None
        worth = value_at(facts, date(2100, 12, 31), CLASSES)
        if isinstance(facts[-1], words.DisposalCarriedOut):
            assert worth is None
        else:
            assert worth is not None
            assert worth.residual_vnd == (0 if facts[-1].value.wear else facts[-1].value.residual_vnd)


@LAW
@given(history=HISTORIES)
def test_what_was_accepted_is_not_recorded_a_second_time_when_it_is_said_again(
    new_desk: "Callable[[], Desk]", history: list[Any]
) -> None:
    past = Past(new_desk())
    for step, days in history:
        command, outcome = past.say(step, days)
        if not isinstance(command, words.RegisterAsset) and outcome.events:
            assert past.desk.when(command, now=past.now).events == ()


@LAW
@given(history=HISTORIES)
def test_what_has_left_the_books_stays_as_it_is(new_desk: "Callable[[], Desk]", history: list[Any]) -> None:
    past, ended = Past(new_desk()), dict[tuple[str, str], Any]()
    for step, days in history:
        past.say(step, days)
        for place, state in past.desk.scenario.states.items():
            if getattr(state, "status", None) == "disposed":
                assert ended.setdefault(place, state) == state


@LAW
@given(history=HISTORIES)
def test_a_state_is_the_fold_of_its_events_and_comes_back_from_its_snapshot(
    new_desk: "Callable[[], Desk]", history: list[Any]
) -> None:
    scenario = Past(new_desk()).tell(history).desk.scenario
    for aggregate in ASSETS.aggregates:
        for (name, id), events in scenario.events.items():
            if name == aggregate.name:
                state = aggregate.initial
                for event in events:
                    state = aggregate.evolve(state, event)
                assert state == scenario.states[name, id] == STATES[aggregate.name].validate_json(to_json(state))


def upkeep(car: str) -> tuple[Command, ...]:
    return (
        words.RecordRepair(asset_id=car, repaired_on=date(2026, 11, 1), fault="Lốp", work="Thay lốp", cost_vnd=1),
        words.PlanMaintenance(asset_id=car, due_on=date(2026, 12, 1), work="Thay dầu", every_months=6),
        words.RecordMaintenance(asset_id=car, done_on=date(2026, 11, 23), work="Thay dầu", cost_vnd=1),
        words.RecordInsurance(
            asset_id=car,
            coverage="voluntary",
            insurer="Bảo Việt",
            policy_number="BV-1",
            valid_from=date(2026, 11, 23),
            valid_to=date(2027, 11, 22),
            premium_vnd=1,
        ),
        words.RecordInspection(
            asset_id=car,
            inspected_on=date(2026, 11, 23),
            valid_to=date(2027, 5, 22),
            inspected_by="Trung tâm đăng kiểm 12-01D",
            certificate_number="KC-9",
        ),
        words.MarkDueApproaching(asset_id=car, kind="inspection", due_on=date(2027, 5, 22)),
        words.MarkDuePassed(asset_id=car, kind="inspection", due_on=date(2027, 5, 22)),
    )


def life(car: str) -> tuple[Command, ...]:
    return (
        words.CorrectAsset(asset_id=car, maker="Toyota", reason="Bổ sung hãng."),
        words.AttachFiles(asset_id=car, files=(words.Attachment(name="a.pdf", sha256="a" * 64, size_bytes=1),)),
        words.MoveAsset(asset_id=car, place=words.Place(site_id="ts1")),
        words.AssignCustodian(asset_id=car, custodian_id="1" * 32),
        words.RecordCondition(asset_id=car, condition="usable"),
        words.LendAsset(asset_id=car, to_unit_id="btctu", due_on=date(2026, 12, 1)),
        words.ReturnAsset(asset_id=car, condition="good"),
        *upkeep(car),
        words.UpgradeAsset(asset_id=car, cost_vnd=990_000_000, work="Lắp mui"),
        words.RevalueAsset(asset_id=car, cost_vnd=980_000_000, reason="Quyết toán."),
        words.ProposeDisposal(asset_id=car, method="sale", reason="Dôi dư."),
        words.RejectDisposal(asset_id=car, reason="Còn dùng."),
        words.ProposeDisposal(asset_id=car, method="sale", reason="Dôi dư."),
        words.ApproveDisposal(asset_id=car, decision=DECISION),
    )


def everything_that_can_happen(desk: "Desk") -> list[Event]:
    """One fact at least of every kind, as the office of this module records it."""
    car = desk.when(desk.buying_car()).id
    desk.has(*life(car))
    desk.charge(2026, car).accepted()
    desk.when(words.CarryOutDisposal(asset_id=car), now=datetime.fromisoformat("2027-01-04T09+07:00")).accepted()
    happened = [event for events in desk.scenario.events.values() for event in events]
    (charged,) = (event for event in happened if isinstance(event, words.WearCharged))
    standing = {name: getattr(charged, name) for name in words.ValueFacts.model_fields}
    handed = words.AssetHandedOver(**standing, handover_id="a" * 32, from_unit_id="btctu", place=words.Place())
    return [*happened, handed]


@LAW
@given(draw=st.data())
def test_no_order_of_facts_however_impossible_stops_the_fold(
    new_desk: "Callable[[], Desk]", draw: st.DataObject
) -> None:
    kept = everything_that_can_happen(new_desk())
    elsewhere = {*words.HANDOVER_EVENTS, *words.STOCKTAKE_EVENTS, *words.TOOL_EVENTS}
    assert {type(event) for event in kept} == set(words.EVENTS) - elsewhere
    for aggregate in ASSETS.aggregates:
        state = aggregate.initial
        for event in draw.draw(st.lists(st.sampled_from(kept), max_size=12)):
            state = aggregate.evolve(state, event)
        assert type(state) is type(aggregate.initial)


def test_every_fact_is_read_back_from_its_json_as_it_was(desk: "Desk") -> None:
    for event in everything_that_can_happen(desk):
        assert type(event).model_validate_json(event.model_dump_json()) == event


@pytest.mark.parametrize("kind", words.COMMANDS, ids=lambda kind: kind.__name__)
def test_every_command_of_the_desk_is_decided_once_and_may_be_said_by_somebody(kind: type[Command]) -> None:
    assert [rule.command for rule in ASSETS.commands].count(kind) == 1
    assert kind.allowed


def test_every_refusal_of_the_desk_is_claimed_by_a_test() -> None:
    told = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    codes = [name for name, value in vars(words).items() if isinstance(value, Refusal)]
    assert [name for name in codes if f".refused(words.{name}" not in told] == []


def test_every_command_of_the_desk_is_said_in_a_test() -> None:
    told = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("*.py"))
    assert [kind.__name__ for kind in words.COMMANDS if f"words.{kind.__name__}(" not in told] == []
