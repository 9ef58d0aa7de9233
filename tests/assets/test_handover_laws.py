"""What holds after any history of handovers: nothing is lost or made between books, no number is left out or twice."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from pydantic_core import to_json

from contracts import assets as words
from contracts.base import Command, Event
from contracts.organisation import Decision
from services.assets.handovers import AGGREGATES
from services.assets.service import ASSETS

if TYPE_CHECKING:
    from tests.assets.decider import Desk
    from tests.scenario import Outcome

DECISION = Decision(number="214-QĐ/TU", issued_on=date(2026, 11, 20), issuer="Ban Thường vụ Tỉnh ủy")
UNITS = ("vptu", "btctu", "ubkt")
STATES = {aggregate.name: TypeAdapter(type(aggregate.initial)) for aggregate in AGGREGATES}
LAW = settings(deadline=None, max_examples=50)
"""A busy machine is no fault of a law."""


class Worth(NamedTuple):
    """A number of assets with what they cost, have worn and are still worth; the four are counted apart."""

    assets: int = 0
    cost: int = 0
    worn: int = 0
    left: int = 0

    def plus(self, other: "Worth", times: int = 1) -> "Worth":
        return Worth(*(mine + times * theirs for mine, theirs in zip(self, other, strict=True)))


def worth(value: words.Value, count: int = 1) -> Worth:
    return Worth(count, value.cost_vnd, value.accumulated_vnd, value.residual_vnd)


def in_sums(sums: words.HandoverSums) -> Worth:
    return Worth(sums.asset_count, sums.cost_vnd, sums.accumulated_vnd, sums.residual_vnd)


class Books:
    """What every unit took in, gave out and changed in value, told by the facts alone."""

    def __init__(self) -> None:
        self.taken: dict[str, Worth] = defaultdict(Worth)
        self.given: dict[str, Worth] = defaultdict(Worth)
        self.changed: dict[str, Worth] = defaultdict(Worth)
        self.registered = Worth()
        self.disposed = Worth()
        self.handed: dict[tuple[str, str], Worth] = defaultdict(Worth)

    def tell(self, events: list[Event]) -> None:
        """Enter the life of one asset; what a unit gives is what the facts before said it was worth."""
        standing, holder = Worth(), ""
        for event in events:
            if not isinstance(event, words.ValueFacts):
                continue
            now = worth(event.value)
            if isinstance(event, words.AssetRegistered):
                self.registered, holder = self.registered.plus(now), event.unit_id
                self.taken[holder] = self.taken[holder].plus(now)
            elif isinstance(event, words.AssetHandedOver):
                assert event.from_unit_id == holder
                self.given[holder] = self.given[holder].plus(standing)
                self.handed[event.handover_id, holder] = self.handed[event.handover_id, holder].plus(standing)
                holder = event.unit_id
                self.taken[holder] = self.taken[holder].plus(now)
            elif isinstance(event, words.DisposalCarriedOut):
                assert event.unit_id == holder
                self.given[holder] = self.given[holder].plus(standing)
                self.disposed = self.disposed.plus(standing)
            else:
                assert event.unit_id == holder
                self.changed[holder] = self.changed[holder].plus(now.plus(standing, -1))
            standing = now

    def held(self, unit_id: str) -> Worth:
        """What must still be there: taken in and changed, less what was given out."""
        return self.taken[unit_id].plus(self.changed[unit_id]).plus(self.given[unit_id], -1)


REGISTERING = st.fixed_dictionaries(
    {
        "unit_id": st.sampled_from(UNITS),
        "class_code": st.sampled_from(["5.3", "5.5", "1.5", "VH.1"]),
        "cost_vnd": st.sampled_from([10_000_000, 21_000_000, 33_333_333, 950_000_001]),
    }
)
WORN = st.sampled_from([{}, {"booked_on": date(2024, 5, 6), "worn_to": 2025, "accumulated_vnd": 7_777_777}])
KNOWN = st.integers(0, 9)
FINDINGS = st.sampled_from(["matching", "matching", "wrong", "missing"])
HANDING = st.fixed_dictionaries(
    {
        "to_unit_id": st.sampled_from(UNITS),
        "assets": st.lists(st.tuples(KNOWN, FINDINGS), min_size=1, max_size=6, unique_by=lambda one: one[0]),
        "surplus": st.integers(0, 2),
        "missing_to": st.sampled_from(["receiver", "giver"]),
        "days": st.sampled_from([0, 0, 40]),
        "tidy": st.sampled_from([True, True, True, False]),
        "between": st.sampled_from(["", "", "", "", "upgrade", "lend", "charge", "dispose"]),
    }
)
STEPS: st.SearchStrategy[tuple[str, Any]] = st.one_of(
    st.tuples(st.just("register"), st.tuples(REGISTERING, WORN)),
    st.tuples(st.just("charge"), st.sampled_from([2026, 2027, 2028])),
    st.tuples(st.just("upgrade"), KNOWN),
    st.tuples(st.just("revalue"), KNOWN),
    st.tuples(st.just("lend"), KNOWN),
    st.tuples(st.just("return"), KNOWN),
    st.tuples(st.just("dispose"), KNOWN),
    *(st.tuples(st.just("hand"), HANDING) for _ in range(6)),
)
HISTORIES = st.lists(st.tuples(STEPS, st.sampled_from([0, 0, 0, 0, 30, 200])), min_size=2, max_size=14)
SURPLUS = words.HandoverSurplus(class_code="5.2", name="Điều hòa", cost_vnd=12_345_679, remaining_years=3)


class Past:
    """A history as it happened: every command that was said, accepted or not."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.now = desk.scenario.now
        self.said: list[tuple[Command, Outcome]] = []
        self.known = [desk.asset(unit_id=unit_id) for unit_id in UNITS for _ in range(2)]

    def tell(self, history: list[Any]) -> "Past":
        for (kind, what), days in history:
            self.now += timedelta(days=days)
            for command in self._commands(kind, what):
                self.say(command)
        return self

    def say(self, command: Command) -> "Outcome":
        outcome = self.desk.when(command, now=self.now)
        self.said.append((command, outcome))
        self.known += [seen.ref.id for seen, event in outcome.decision if isinstance(event, words.AssetRegistered)]
        return outcome

    def asset(self, place: int) -> str:
        return self.known[place % len(self.known)]

    def _commands(self, kind: str, what: Any) -> Iterator[Command]:
        match kind:
            case "register":
                fields, worn = what
                yield self.desk.registering(**fields, **({} if fields["class_code"] == "VH.1" else worn))
            case "charge":
                for id in self.known:
                    yield words.ChargeWear(year=what, asset_ids=(id,))
            case "upgrade":
                cost = self.desk.value(self.asset(what)).cost_vnd + 1_234_567
                yield words.UpgradeAsset(asset_id=self.asset(what), cost_vnd=cost, work="Nâng cấp")
            case "revalue":
                yield words.RevalueAsset(asset_id=self.asset(what), cost_vnd=40_000_001, reason="Quyết toán.")
            case "lend":
                due = self.now.date() + timedelta(days=30)
                yield words.LendAsset(asset_id=self.asset(what), to_unit_id="bnctu", due_on=due)
            case "return":
                yield words.ReturnAsset(asset_id=self.asset(what), condition="good")
            case "dispose":
                yield words.ProposeDisposal(asset_id=self.asset(what), method="sale", reason="Dôi dư.")
                yield words.ApproveDisposal(asset_id=self.asset(what), decision=DECISION)
                yield words.CarryOutDisposal(asset_id=self.asset(what))
            case "hand":
                yield from self._hand(**what)

    def _hand(
        self, to_unit_id: str, assets: Any, surplus: int, missing_to: Any, days: int, tidy: bool, between: str
    ) -> Iterator[Command]:
        found = {self.asset(place): finding for place, finding in assets}
        found = {id: said for id, said in found.items() if self._state(id).unit_id != to_unit_id}
        found = {id: said for id, said in found.items() if self._state(id).status != "disposed"}
        if not found:
            return
        if tidy:
            yield from self._tidy(found)
        prepared = self.say(
            words.PrepareHandover(
                title="Bàn giao",
                to_unit_id=to_unit_id,
                effective_on=self.now.date() + timedelta(days=days),
                decision=DECISION,
                asset_ids=tuple(found),
                missing_to=missing_to,
            )
        )
        if prepared.refusal:
            return
        self.now += timedelta(days=days)
        batch, giver = prepared.id, self._state(next(iter(found))).unit_id
        for _ in range(surplus):
            report = words.ReportSurplusLine(handover_id=batch, side="giver", from_unit_id=giver, found=SURPLUS)
            found |= {one.line.asset_id: "surplus" for one in self.say(report).all(words.HandoverSurplusReported)}
        wrong = (words.WrongFact(point="model", found="Latitude 5440"),)
        said = {
            id: words.HandoverWord(asset_id=id, finding=finding, wrong=wrong if finding == "wrong" else ())
            for id, finding in found.items()
        }
        yield words.AgreeLines(handover_id=batch, side="giver", lines=tuple(said.values()))
        yield words.AgreeLines(handover_id=batch, side="receiver", lines=tuple(said.values()))
        yield from self._signatures(batch)
        if between:
            yield from self._commands(between, 2026 if between == "charge" else self.known.index(next(iter(found))))
        yield words.CloseHandover(handover_id=batch, to_unit_id=to_unit_id, asset_ids=tuple(found))

    def _tidy(self, asset_ids: Iterable[str]) -> Iterator[Command]:
        """What an office does before it hands over: years are charged, loans come back, proposals are turned down."""
        for id in asset_ids:
            yield words.ReturnAsset(asset_id=id, condition="good")
            yield words.RejectDisposal(asset_id=id, reason="Chuyển giao.")
            for year in range(2026, self.now.year):
                yield words.ChargeWear(year=year, asset_ids=(id,))

    def _signatures(self, batch: str) -> Iterator[Command]:
        state = self.desk.scenario.states["handover", batch]
        for unit_id in (*state.from_unit_ids, state.to_unit_id):
            signs = Worth()
            for one in state.lines:
                line = one.line
                stays = one.finding == "missing" and state.missing_to == "giver"
                gives = line.from_unit_id == unit_id and line.surplus is None
                if (not stays) if unit_id == state.to_unit_id else gives:
                    signs = signs.plus(Worth(1, line.cost_vnd, line.accumulated_vnd, line.residual_vnd))
            yield words.SignHandover(
                handover_id=batch,
                unit_id=unit_id,
                asset_count=signs.assets,
                cost_vnd=signs.cost,
                accumulated_vnd=signs.worn,
                residual_vnd=signs.left,
            )

    def _state(self, asset_id: str) -> Any:
        return self.desk.scenario.states["asset", asset_id]


def lives(past: Past) -> list[list[Event]]:
    return [events for (name, _), events in past.desk.scenario.events.items() if name == "asset"]


@LAW
@given(history=HISTORIES)
def test_what_came_in_is_held_or_went_out_in_every_unit_and_in_all(
    new_desk: "Callable[[], Desk]", history: list[Any]
) -> None:
    past, books = Past(new_desk()).tell(history), Books()
    for events in lives(past):
        books.tell(events)
    held: dict[str, Worth] = defaultdict(Worth)
    for (name, _), asset in past.desk.scenario.states.items():
        if name == "asset" and asset.status != "disposed":
            held[asset.unit_id] = held[asset.unit_id].plus(worth(asset.value))
    changed = Worth()
    for unit_id in UNITS:
        assert books.held(unit_id) == held[unit_id]
        changed = changed.plus(books.changed[unit_id])
    total = Worth()
    for one in held.values():
        total = total.plus(one)
    assert books.registered.plus(changed) == total.plus(books.disposed)
    assert changed.assets == 0


@LAW
@given(history=HISTORIES)
def test_the_totals_of_a_closed_batch_are_those_of_the_facts_it_made(
    new_desk: "Callable[[], Desk]", history: list[Any]
) -> None:
    past, books = Past(new_desk()).tell(history), Books()
    for events in lives(past):
        books.tell(events)
    closes = [(id, events[-1]) for (name, id), events in past.desk.scenario.events.items() if name == "handover"]
    closed = {id: event for id, event in closes if isinstance(event, words.HandoverClosed)}
    assert {id for id, _ in books.handed} <= closed.keys()
    for id, event in closed.items():
        moved = entered = Worth()
        for origin in event.origins:
            assert in_sums(origin.moving) == books.handed[id, origin.unit_id]
            assert in_sums(origin.moving).plus(in_sums(origin.staying)) == in_sums(origin.booked)
            moved = moved.plus(in_sums(origin.moving))
        for one in event.entered:
            first = past.desk.scenario.events["asset", one.asset_id][0]
            assert isinstance(first, words.AssetRegistered)
            assert (first.tag, first.unit_id, first.origin) == (one.tag, event.to_unit_id, "surplus")
            entered = entered.plus(worth(first.value))
        assert in_sums(event.whole.moving) == moved
        assert in_sums(event.whole.surplus) == entered
        assert in_sums(event.whole.received) == moved.plus(entered)


@LAW
@given(history=HISTORIES)
def test_the_numbers_of_a_year_have_no_hole_and_what_was_accepted_is_not_said_twice(
    new_desk: "Callable[[], Desk]", history: list[Any]
) -> None:
    past = Past(new_desk()).tell(history)
    for (name, id), events in past.desk.scenario.events.items():
        if name == "handoverbook":
            numbers = [event.number for event in events if isinstance(event, words.HandoverNumbered)]
            assert numbers == list(range(1, len(numbers) + 1))
        if name == "handover":
            assert sum(isinstance(event, words.HandoverPrepared) for event in events) == 1, id
            assert sum(isinstance(event, words.HandoverClosed) for event in events) <= 1, id
    beginnings = (words.PrepareHandover, words.ReportSurplusLine)
    for command, outcome in past.said[-6:]:
        last = command is past.said[-1][0] or isinstance(command, words.CloseHandover)
        if type(command) in words.HANDOVER_COMMANDS and outcome.events and last and type(command) not in beginnings:
            assert past.desk.when(command, now=past.now).events == ()


@LAW
@given(history=HISTORIES)
def test_a_batch_is_the_fold_of_its_events_and_comes_back_from_its_snapshot(
    new_desk: "Callable[[], Desk]", history: list[Any]
) -> None:
    scenario = Past(new_desk()).tell(history).desk.scenario
    for aggregate in AGGREGATES:
        for (name, id), events in scenario.events.items():
            if name == aggregate.name:
                state = aggregate.initial
                for event in events:
                    assert type(event).model_validate_json(event.model_dump_json()) == event
                    state = aggregate.evolve(state, event)
                assert state == scenario.states[name, id] == STATES[name].validate_json(to_json(state))


def everything_of_handovers(desk: "Desk") -> list[Event]:
    """One fact at least of every kind that is a handover's."""
    past = Past(desk)
    laptop, printer, *_ = past.known
    assets = [(0, "matching"), (1, "wrong"), (2, "missing")]
    fields = {"to_unit_id": "ubkt", "surplus": 1, "missing_to": "receiver", "days": 0, "tidy": True, "between": ""}
    past.tell([(("hand", {**fields, "assets": assets}), 0)])
    kept = past.say(
        words.PrepareHandover(
            title="Bàn giao", to_unit_id="btctu", effective_on=date(2026, 12, 1), decision=DECISION, asset_ids=(laptop,)
        )
    ).id
    past.say(words.AmendHandover(handover_id=kept, asset_ids=(printer,), dropped_ids=(laptop,))).accepted()
    past.say(words.CancelHandover(handover_id=kept, reason="Chưa thống nhất.")).accepted()
    return [event for events in desk.scenario.events.values() for event in events]


@LAW
@given(draw=st.data())
def test_no_order_of_facts_however_impossible_stops_the_fold_of_a_batch(
    new_desk: "Callable[[], Desk]", draw: st.DataObject
) -> None:
    kept = everything_of_handovers(new_desk())
    assert {type(event) for event in kept} >= set(words.HANDOVER_EVENTS)
    for aggregate in (*AGGREGATES, *ASSETS.aggregates):
        state = aggregate.initial
        for event in draw.draw(st.lists(st.sampled_from(kept), max_size=12)):
            state = aggregate.evolve(state, event)
        assert type(state) is type(aggregate.initial)


def test_a_history_does_hand_over(new_desk: "Callable[[], Desk]") -> None:
    closed = [event for event in everything_of_handovers(new_desk()) if isinstance(event, words.HandoverClosed)]
    assert [event.whole.booked.asset_count for event in closed] == [3]
