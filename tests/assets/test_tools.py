"""The rules of tools by quantity: none below nothing, no đồng lost, and a paper counts once."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

from contracts import assets
from contracts.assets import tools as words
from contracts.base import Command, Event
from contracts.organisation import Decision
from services.assets.tools import AGGREGATES

if TYPE_CHECKING:
    from tests.assets.decider import Desk
    from tests.scenario import Outcome

TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)
OFFICE = words.ToolHolder(division_id="vptu-hc")
LAN = words.ToolHolder(division_id="vptu-hc", person_id="1" * 32)
DECISION = Decision(number="31-QĐ/VPTU", issued_on=date(2026, 11, 20), issuer="Văn phòng Tỉnh ủy")


class Store:
    """Tools in an office, with the words of those who keep them."""

    def __init__(self, desk: "Desk", **changes: Any) -> None:
        self.desk = desk
        usual = {"unit_id": "vptu", "name": "Ghế họp", "measure": "cái", "quantity": 10, "unit_price_vnd": 450_000}
        self.opened = desk.when(words.RegisterTool(**{**usual, **changes}))
        self.id = self.opened.id
        self.papers = 0

    def say(self, kind: type[Command], **said: Any) -> "Outcome":
        self.papers += 1
        usual: dict[str, Any] = {"tool_id": self.id, "paper": f"PX-{self.papers}", "quantity": 1}
        return self.desk.when(kind(**{n: v for n, v in {**usual, **said}.items() if n in kind.model_fields}))

    def state(self, id: str | None = None) -> Any:
        return self.desk.scenario.states["tool", id or self.id]

    @property
    def stock(self) -> words.ToolStock:
        stock: words.ToolStock = self.state().stock
        return stock


@pytest.fixture
def store(desk: "Desk") -> Store:
    """Ten chairs in store."""
    return Store(desk)


def test_a_kind_of_tool_gets_its_units_next_number_and_what_there_is_of_it(desk: "Desk") -> None:
    codes = [Store(desk, unit_id=unit).opened.one(words.ToolRegistered).code for unit in ("vptu", "vptu", "btctu")]
    assert codes == ["CC-VPTU-0001", "CC-VPTU-0002", "CC-BTCTU-0001"]
    opened = Store(desk).opened.one(words.ToolsEntered)
    assert (opened.value_change_vnd, opened.stock) == (4_500_000, words.ToolStock(in_store=10, value_vnd=4_500_000))
    assert not Store(desk, quantity=0).opened.all(words.ToolsEntered)


def test_tools_as_dear_as_a_fixed_asset_are_entered_with_a_warning(store: Store) -> None:
    dear = words.EnterTools(tool_id=store.id, quantity=1, unit_price_vnd=10_000_000, paper="PN-1")
    told = store.desk.when(dear)
    told.warns("tool-as-dear-as-an-asset")
    assert told.one(words.ToolsEntered).asset_from_vnd == 10_000_000
    store.say(words.EnterTools, unit_price_vnd=9_999_999).warns()


def test_a_value_beyond_what_can_be_kept_is_refused(store: Store) -> None:
    store.say(words.EnterTools, quantity=1_000_000, unit_price_vnd=1_000_000_000).refused(
        words.TOOLS_TOO_DEAR, "unit_price_vnd"
    )
    store.say(words.EnterTools, quantity=2, unit_price_vnd=1_000_000_000).accepted()
    store.say(words.CountTools, counted=1_000_000, reason="Kiểm kê.").refused(words.TOOLS_TOO_DEAR, "counted")


def test_tools_are_issued_to_a_division_or_a_person_and_come_back(store: Store) -> None:
    issued = store.say(words.IssueTools, quantity=4, holder=OFFICE).one(words.ToolsIssued)
    assert (issued.held, issued.quantity_change, issued.value_change_vnd) == (4, 0, 0)
    store.say(words.IssueTools, quantity=2, holder=LAN).accepted()
    assert store.stock == words.ToolStock(in_store=4, in_use=6, value_vnd=4_500_000)
    store.say(words.ReturnTools, quantity=4, holder=OFFICE).accepted()
    assert dict(store.state().holdings) == {LAN: 2}


def test_no_more_is_issued_or_returned_than_there_is(store: Store) -> None:
    said = store.say(words.IssueTools, quantity=11, holder=OFFICE).refused(words.TOO_FEW_TOOLS, "quantity")
    assert "10 cái" in said
    store.say(words.ReturnTools, quantity=1, holder=LAN).refused(words.TOO_FEW_TOOLS, "quantity")


def test_a_holder_is_a_division_or_a_person() -> None:
    with pytest.raises(ValidationError):
        words.ToolHolder()


def test_what_is_broken_leaves_its_holder_and_the_books_only_by_a_decision(store: Store) -> None:
    store.say(words.IssueTools, quantity=4, holder=OFFICE).accepted()
    store.say(words.ReportBroken, quantity=3, holder=OFFICE, reason="Gãy chân ghế.").accepted()
    store.say(words.ReportBroken, quantity=1, cause="lost", reason="Mất khi chuyển trụ sở.").accepted()
    assert store.stock == words.ToolStock(in_store=5, in_use=1, broken=4, value_vnd=4_500_000)
    store.say(words.WriteOffTools, quantity=5, decision=DECISION).refused(words.NOT_ENOUGH_BROKEN, "quantity")
    gone = store.say(words.WriteOffTools, quantity=4, decision=DECISION).one(words.ToolsWrittenOff)
    assert (gone.paper, gone.quantity_change, gone.value_change_vnd) == ("31-QĐ/VPTU", -4, -1_800_000)
    store.say(words.WriteOffTools, quantity=4, decision=DECISION).nothing()


def test_the_last_tool_takes_what_remains_of_the_value(store: Store) -> None:
    store.say(words.EnterTools, quantity=1, unit_price_vnd=1).accepted()
    for number in range(11):
        store.say(words.ReportBroken, reason="Hỏng.").accepted()
        paper = DECISION.model_copy(update={"number": f"{number}-QĐ/VPTU"})
        store.say(words.WriteOffTools, decision=paper).accepted()
    assert store.stock == words.ToolStock()


def test_tools_handed_to_another_unit_are_in_its_books_from_the_same_decision_on(store: Store) -> None:
    handed = store.say(words.TransferTools, quantity=4, to_unit_id="btctu")
    kinds = [type(event) for event in handed.events]
    assert kinds == [
        words.ToolsTransferredOut,
        words.ToolRegistered,
        words.ToolNumbered,
        words.ToolsTransferredIn,
    ]
    there = handed.one(words.ToolsTransferredOut).to_tool_id
    assert (store.stock.value_vnd, store.state(there).stock.value_vnd) == (2_700_000, 1_800_000)
    store.say(words.TransferTools, quantity=2, to_unit_id="btctu", to_tool_id=there).accepted()
    assert store.state(there).stock.quantity == 6


def test_a_transfer_to_its_own_unit_to_itself_or_onto_another_measure_is_refused(store: Store) -> None:
    boxes = Store(store.desk, unit_id="btctu", measure="hộp")
    store.say(words.TransferTools, to_unit_id="vptu").refused(words.TRANSFER_UNFIT, "to_unit_id")
    store.say(words.TransferTools, to_unit_id="btctu", to_tool_id=boxes.id).refused(words.TRANSFER_UNFIT, "to_unit_id")
    store.say(words.TransferTools, to_unit_id="btctu", to_tool_id=store.id).refused(words.TRANSFER_UNFIT, "to_tool_id")
    store.say(words.TransferTools, to_unit_id="btctu", to_tool_id="f" * 32).refused(words.TOOL_UNKNOWN, "tool_id")
    store.say(words.TransferTools, to_unit_id="btctu", quantity=11).refused(words.TOO_FEW_TOOLS, "quantity")


def test_the_books_follow_what_was_counted(store: Store) -> None:
    short = store.say(words.CountTools, counted=8, reason="Kiểm kê cuối năm.").one(words.ToolsCounted)
    assert (short.expected, short.quantity_change, short.value_change_vnd) == (10, -2, -900_000)
    more = store.say(words.CountTools, counted=3, holder=LAN, reason="Kiểm kê cuối năm.").one(words.ToolsCounted)
    assert (more.expected, more.quantity_change, more.value_change_vnd) == (0, 3, 1_350_000)
    same = store.say(words.CountTools, counted=8, reason="Kiểm kê lại.").one(words.ToolsCounted)
    assert same.quantity_change == same.value_change_vnd == 0
    empty = Store(store.desk, quantity=0)
    found = empty.say(words.CountTools, counted=2, unit_price_vnd=300_000, reason="Thừa.").one(words.ToolsCounted)
    assert found.stock == words.ToolStock(in_store=2, value_vnd=600_000)


def test_a_paper_said_again_is_one_and_with_other_contents_is_refused(store: Store) -> None:
    issuing = words.IssueTools(tool_id=store.id, quantity=2, holder=OFFICE, paper="PX-9")
    store.desk.when(issuing).accepted()
    store.desk.when(issuing).nothing()
    store.desk.when(issuing.model_copy(update={"quantity": 3})).refused(words.PAPER_USED, "paper")
    store.desk.when(issuing.model_copy(update={"holder": LAN})).accepted()


def test_a_card_is_put_right_and_keeps_its_code(store: Store) -> None:
    correcting = words.CorrectTool(tool_id=store.id, name="Ghế họp bọc nỉ", reason="Ghi rõ tên.")
    corrected = store.desk.when(correcting).one(words.ToolCorrected)
    assert (corrected.name, corrected.code, corrected.measure) == ("Ghế họp bọc nỉ", "CC-VPTU-0001", "cái")
    store.desk.when(correcting).nothing()


def test_a_board_moves_its_own_tools_and_no_others(store: Store, speaker: Callable[..., Any]) -> None:
    issuing = words.IssueTools(tool_id=store.id, quantity=1, holder=OFFICE, paper="PX-9")
    store.desk.when(issuing, actor=speaker("board", board="BTCTU")).refused(words.NOT_YOUR_TOOLS)
    store.desk.when(issuing, actor=speaker("board", board="VPTU")).accepted()


def test_a_tool_without_a_card_and_a_day_to_come_are_refused(store: Store) -> None:
    store.say(words.IssueTools, tool_id="f" * 32, holder=OFFICE).refused(words.TOOL_UNKNOWN, "tool_id")
    store.say(words.EnterTools, unit_price_vnd=1, entered_on=TOMORROW).refused(assets.DATE_IN_FUTURE, "entered_on")


# --- laws -----------------------------------------------------------------------------------------------------------

FEW = st.integers(1, 6)
HOLDERS = st.sampled_from([OFFICE, LAN])
NUMBERS = st.sampled_from([DECISION.model_copy(update={"number": f"{n}-QĐ/VPTU"}) for n in range(6)])
STEPS: st.SearchStrategy[tuple[type[Command], dict[str, Any]]] = st.one_of(
    *(
        st.tuples(st.just(kind), st.fixed_dictionaries({"card": st.integers(0, 3), **fields}))
        for kind, fields in (
            (words.EnterTools, {"quantity": FEW, "unit_price_vnd": st.sampled_from([0, 1, 333_333, 450_000])}),
            (words.IssueTools, {"quantity": FEW, "holder": HOLDERS}),
            (words.ReturnTools, {"quantity": FEW, "holder": HOLDERS}),
            (words.ReportBroken, {"quantity": FEW, "holder": st.none() | HOLDERS, "reason": st.just("Hỏng.")}),
            (words.WriteOffTools, {"quantity": FEW, "decision": NUMBERS}),
            (words.TransferTools, {"quantity": FEW, "to": st.integers(0, 3) | st.none(), "to_unit_id": st.just("")}),
            (words.CountTools, {"counted": FEW, "holder": st.none() | HOLDERS, "reason": st.just("Kiểm kê.")}),
        )
    )
)
HISTORIES = st.lists(STEPS, max_size=30)
LAW = settings(deadline=None, max_examples=50)
STATES = {aggregate.name: TypeAdapter(type(aggregate.initial)) for aggregate in AGGREGATES}


def told(desk: "Desk", history: list[tuple[type[Command], dict[str, Any]]]) -> "tuple[Desk, list[tuple[Command, Any]]]":
    """Say a history to an office with two cards in two units; return it with what was said and what came of it."""
    cards = [Store(desk, unit_id=unit, quantity=5, unit_price_vnd=99_999) for unit in ("vptu", "btctu")]
    ids, said = [card.id for card in cards], list[tuple[Command, Any]]()
    for place, (kind, fields) in enumerate(history):
        fields = dict(fields)
        fields["tool_id"] = ids[fields.pop("card") % len(ids)]
        if kind is words.TransferTools:
            to = fields.pop("to")
            fields["to_tool_id"] = None if to is None else ids[to % len(ids)]
            owner = desk.scenario.states["tool", fields["to_tool_id"] or fields["tool_id"]].facts.unit_id
            other = "btctu" if owner == "vptu" else "vptu"
            fields["to_unit_id"] = other if to is None else owner
        if "paper" in kind.model_fields:
            fields["paper"] = f"CT-{place}"
        command = kind(**fields)
        outcome = desk.when(command)
        said.append((command, outcome))
        ids += [seen.ref.id for seen, event in outcome.decision if isinstance(event, words.ToolRegistered)]
    return desk, said


@LAW
@given(history=HISTORIES)
def test_quantities_and_value_in_are_what_is_held_and_what_went_out_and_none_is_below_nothing(
    new_desk: "Callable[[], Desk]", history: list[Any]
) -> None:
    desk, _ = told(new_desk(), history)
    between_units = [0, 0]
    for (name, id), events in desk.scenario.events.items():
        moves: list[Any] = [event for event in events if isinstance(event, words.ToolMovement)]
        if name != "tool":
            continue
        state = desk.scenario.states["tool", id]
        assert state.stock.quantity == sum(move.quantity_change for move in moves)
        assert state.stock.value_vnd == sum(move.value_change_vnd for move in moves)
        assert state.stock.in_use == sum(count for _, count in state.holdings)
        for move in moves:
            stock = move.stock
            assert min(stock.in_store, stock.in_use, stock.broken, stock.value_vnd, move.held or 0) >= 0
            assert stock.quantity or not stock.value_vnd
            if isinstance(move, words.ToolsTransferredOut | words.ToolsTransferredIn):
                between_units[0] += move.quantity_change
                between_units[1] += move.value_change_vnd
    assert between_units == [0, 0]


@LAW
@given(history=HISTORIES)
def test_a_movement_said_again_is_not_entered_again(new_desk: "Callable[[], Desk]", history: list[Any]) -> None:
    desk, said = told(new_desk(), history)
    for command, outcome in said:
        if outcome.events:
            assert desk.when(command).events == ()


@LAW
@given(history=HISTORIES)
def test_a_card_comes_back_from_its_events_and_from_its_snapshot(
    new_desk: "Callable[[], Desk]", history: list[Any]
) -> None:
    desk, _ = told(new_desk(), history)
    for aggregate in AGGREGATES:
        for (name, id), events in desk.scenario.events.items():
            if name == aggregate.name:
                state = aggregate.initial
                for event in events:
                    state = aggregate.evolve(state, event)
                kept = STATES[aggregate.name].validate_json(to_json(state))
                assert state == desk.scenario.states[name, id] == kept


def everything(desk: "Desk") -> list[Event]:
    """Return one fact at least of every kind that happens to tools."""
    chairs = Store(desk).id
    desk.has(
        words.IssueTools(tool_id=chairs, quantity=2, holder=OFFICE, paper="PX-1"),
        words.ReturnTools(tool_id=chairs, quantity=1, holder=OFFICE, paper="PT-1"),
        words.ReportBroken(tool_id=chairs, quantity=2, paper="BH-1", reason="Hỏng."),
        words.WriteOffTools(tool_id=chairs, quantity=1, decision=DECISION),
        words.TransferTools(tool_id=chairs, quantity=1, to_unit_id="btctu", paper="DC-1"),
        words.CountTools(tool_id=chairs, counted=3, paper="KK-1", reason="Kiểm kê."),
    )
    desk.has(words.CorrectTool(tool_id=chairs, name="Ghế", reason="Sửa tên."))
    return [event for events in desk.scenario.events.values() for event in events]


@LAW
@given(draw=st.data())
def test_no_order_of_facts_however_impossible_stops_the_fold(
    new_desk: "Callable[[], Desk]", draw: st.DataObject
) -> None:
    kept = everything(new_desk())
    assert {type(event) for event in kept} == set(words.TOOL_EVENTS)
    for aggregate in AGGREGATES:
        state = aggregate.initial
        for event in draw.draw(st.lists(st.sampled_from(kept), max_size=12)):
            state = aggregate.evolve(state, event)
        assert type(state) is type(aggregate.initial)


def test_every_fact_is_read_back_from_its_json_as_it_was(desk: "Desk") -> None:
    for event in everything(desk):
        assert type(event).model_validate_json(event.model_dump_json()) == event
