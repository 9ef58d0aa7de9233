"""What holds after every step of any history of spending."""

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts import finance as words
from services.finance.deciders import advance, advance_holder, request
from services.runtime.manifest import Ref

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.finance.office import Office

LINES = ("PETROL", "GUESTS")
PEOPLE = ("a", "b", "c", "d", "e", "f")
FORWARD = {"submitted": ("check",), "checked": ("approve", "approve", "over"), "approved": ("pay", "advance")}
ONWARD = {"open": ("claim",), "claimed": ("check_claim",), "claim_checked": ("approve_claim",)}
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            (
                *("ask", *("forward",) * 5, *("onward",) * 6) * 3,
                *("check", "approve", "pay", "advance", "claim", "check_claim", "approve_claim"),
                *("receive", "pay_rest", "reverse", "over", "close", "return", "revise", "return_claim", "reject"),
            )
        ),
        st.integers(0, 2),
        st.sampled_from(LINES),
        st.sampled_from(PEOPLE),
        st.integers(1, 60),
    ),
    min_size=20,
    max_size=80,
)


class Life:
    """An office in which people with every role say what they like; what may not be is refused."""

    def __init__(self, money: "Office") -> None:
        self.money = money
        self.requests: list[str] = []
        self.advances: list[str] = []
        self.payments: list[tuple[str, str]] = []

    def step(self, what: str, which: int, line: str, who: str, amount: int) -> None:
        """Say one thing."""
        money = self.money
        roles = ("accountant", "cashier", "leader")
        actor = money.ACCOUNTANT.model_copy(update={"id": f"user:{who}", "roles": roles})
        code = getattr(money, line)
        if what == "forward" and self.requests:
            state = money.request(self.requests[which % len(self.requests)])
            code, what = state.amounts[0].line, self._forward(state, amount)
        if what == "onward" and self.advances:
            state = money.advance(self.advances[which % len(self.advances)])
            code, what = state.amounts[0].line, self._onward(state, which)
            amount = request.total(state.returning or state.owed) // 250_000 or amount
        if what == "ask":
            self.requests.append(money.asking(amount * 1_000_000, code, actor, purpose=f"Việc {which}").accepted().id)
        elif self.requests and self._of_request(what, self.requests[which % len(self.requests)], code, actor, amount):
            pass
        elif self.advances:
            self._of_advance(what, self.advances[which % len(self.advances)], code, actor, amount)
        if what == "reverse" and self.payments:
            request_id, entry_id = self.payments[which % len(self.payments)]
            usual = {"on": money.DAY, "reason": "Chi nhầm.", "board": money.BOARD}
            money.when(words.ReverseEntry(entry_id=entry_id, request_id=request_id, **usual), actor=actor)

    @staticmethod
    def _forward(state: Any, amount: int) -> str:
        steps = FORWARD.get(state.status, ("revise",))
        return steps[amount % len(steps)]

    @staticmethod
    def _onward(state: Any, which: int) -> str:
        if state.status == "accounted":
            return "receive" if state.returning else "pay_rest"
        return ONWARD.get(state.status, ("claim",))[0]

    def _of_request(self, what: str, id: str, line: str, actor: Any, amount: int) -> bool:
        money, part = self.money, amount * 500_000
        plain = {"check": words.CheckSpending, "approve": words.ApproveSpending}
        reasoned = {
            "over": words.ApproveSpendingOver,
            "close": words.CloseSpending,
            "return": words.ReturnSpending,
            "reject": words.RejectSpending,
        }
        if what in plain:
            money.about(plain[what], id, actor)
        elif what in reasoned:
            money.about(reasoned[what], id, actor, reason="Theo chỉ đạo.")
        elif what == "revise":
            seen = {"request_id": id, "revision": money.request(id).revision}
            money.when(words.ReviseSpending(**seen, **money.details(part, line)), actor=actor)
        elif what == "pay":
            for event in money.paying(id, part, line, actor).events:
                if isinstance(event, words.SpendingPaid):
                    self.payments.append((id, event.entry_id))
        elif what == "advance":
            for event in money.advancing(id, part, line, actor).events:
                if isinstance(event, words.SpendingAdvanced):
                    self.advances.append(event.advance_id)
        else:
            return False
        return True

    def _of_advance(self, what: str, id: str, line: str, actor: Any, amount: int) -> None:
        money, part = self.money, amount * 250_000
        moving = {"method": "cash", "money_account": "quy-tien-mat", "on": money.DAY, "amount_vnd": part}
        match what:
            case "claim":
                money.claiming(id, part, line, actor)
            case "check_claim":
                money.of_advance(words.CheckClaim, id, actor)
            case "return_claim":
                money.of_advance(words.ReturnClaim, id, actor, reason="Thiếu hóa đơn.")
            case "approve_claim":
                money.approving_claim(id, actor, over_reason="Đột xuất." if amount > 30 else None)
            case "receive":
                money.of_advance(words.ReceiveRest, id, actor, **moving)
            case "pay_rest":
                money.of_advance(words.PayRest, id, actor, **moving)

    def facts(self, kind: Any) -> list[Any]:
        """Return every fact of a kind with the id of what it happened to."""
        return [(fact.id, fact.event) for fact in self.money.facts if isinstance(fact.event, kind)]


@settings(max_examples=100, deadline=None)
@given(STEPS)
def test_what_requests_and_advances_keep_is_what_the_budget_keeps_for_them(
    new_money: "Callable[[], Office]", steps: list[Any]
) -> None:
    life = Life(new_money())
    for step in steps:
        life.step(*step)
        budget = life.money.budget()
        for id in life.requests:
            by_line: dict[str, int] = defaultdict(int)
            for key, amount in life.money.request(id).kept.items():
                by_line[key.split("|")[0]] += amount
            assert budget.committed.get(id, {}) == by_line
        for id in life.advances:
            state = life.money.advance(id)
            held = {amount.line: amount.amount_vnd for amount in state.amounts}
            assert budget.advanced.get(id, {}) == ({} if state.status in ("accounted", "settled") else held)
        held = {
            id
            for states in life.money.scenario.states.items()
            if states[0][0] == "advance_holder"
            for id in states[1].held
        }
        assert held == {id for id in life.advances if life.money.advance(id).status != "settled"}


@settings(max_examples=100, deadline=None)
@given(STEPS)
def test_what_was_approved_is_what_was_paid_advanced_released_or_is_still_open(
    new_money: "Callable[[], Office]", steps: list[Any]
) -> None:
    life = Life(new_money())
    for step in steps:
        life.step(*step)
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for id, _ in life.facts(words.SpendingApproved):
        sums[id]["approved"] = sum(amount.amount_vnd for amount in life.money.request(id).amounts)
    for id, event in life.facts(words.SpendingPaid):
        sums[id]["paid"] += event.paid_vnd
    for id, event in life.facts(words.PaymentReversed):
        sums[id]["paid"] -= sum(amount.amount_vnd for amount in event.amounts)
    for id, event in life.facts(words.SpendingAdvanced):
        sums[id]["advanced"] += event.advanced_vnd
    for id, event in life.facts(words.SpendingClosed):
        sums[id]["released"] += event.released_vnd
    for id, of in sums.items():
        open_vnd = life.money.request(id).open_vnd
        assert of["approved"] == of["paid"] + of["advanced"] + of["released"] + open_vnd
        assert min(*of.values(), open_vnd) >= 0


@settings(max_examples=100, deadline=None)
@given(STEPS)
def test_vouchers_balance_have_no_hole_and_a_settled_advance_leaves_nothing(
    new_money: "Callable[[], Office]", steps: list[Any]
) -> None:
    life = Life(new_money())
    for step in steps:
        life.step(*step)
    numbers: dict[str, list[int]] = defaultdict(list)
    for entry in life.money.entries():
        numbers[entry.kind].append(entry.number)
        sides = {"debit": 0, "credit": 0}
        for line in entry.lines:
            sides[line.side] += line.amount_vnd
        assert sides["debit"] == sides["credit"]
    assert all(given == list(range(1, len(given) + 1)) for given in numbers.values())
    unsettled = 0
    for id in life.advances:
        state = life.money.advance(id)
        if state.status in ("open", "claimed", "claim_checked"):
            unsettled += request.total(state.amounts)
        else:
            unsettled += request.total(state.returning) - request.total(state.owed)
    assert life.money.balance("141") == unsettled


@settings(max_examples=100, deadline=None)
@given(STEPS)
def test_nobody_took_two_steps_of_one_request_or_account(new_money: "Callable[[], Office]", steps: list[Any]) -> None:
    life = Life(new_money())
    for step in steps:
        life.step(*step)
    asked: dict[str, set[str]] = defaultdict(set)
    later: dict[str, dict[str, str]] = defaultdict(dict)
    for fact in life.money.facts:
        match fact.event:
            case words.SpendingRequested() | words.SpendingRevised():
                asked[fact.id].add(fact.actor)
                later[fact.id] = {}
            case words.SpendingChecked() | words.SpendingApproved() | words.SpendingPaid() | words.SpendingAdvanced():
                name = "paid" if not isinstance(fact.event, words.SpendingChecked | words.SpendingApproved) else None
                step_name = name or type(fact.event).__name__
                assert fact.actor not in asked[fact.id]
                assert fact.actor not in {who for what, who in later[fact.id].items() if what != step_name}
                later[fact.id][step_name] = fact.actor
            case words.AdvancePaid():
                later[fact.id] = {"paid": fact.actor}
            case words.AdvanceClaimed():
                later[fact.id] = {"paid": later[fact.id]["paid"], "claimed": fact.actor}
            case words.ClaimChecked() | words.ClaimApproved():
                assert fact.actor not in later[fact.id].values()
                later[fact.id][type(fact.event).__name__] = fact.actor
            case words.RestReceived() | words.RestPaid():
                assert fact.actor not in {who for what, who in later[fact.id].items() if what != "paid"}


@pytest.mark.parametrize("aggregate", [request.REQUEST, advance.ADVANCE, advance_holder.ADVANCE_HOLDER])
def test_no_order_of_facts_is_too_strange_to_fold(new_money: "Callable[[], Office]", aggregate: Any) -> None:
    money = new_money()
    money.claimed(money.advanced(6_000_000), 5_000_000)
    money.paid()
    state = money.scenario.state(Ref(aggregate, "f" * 32))
    for fact in (*reversed(money.facts), *money.facts):
        state = aggregate.evolve(state, fact.event)
