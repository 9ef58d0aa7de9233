"""What is shown of requests and advances: folded once, twice, in any batch size, from half, and asked as people ask."""

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import TypeAdapter
from pydantic_core import to_json

from contracts import finance as words
from contracts.base import Refused
from services.finance.spending import AGGREGATES, QUERY_RULES
from services.runtime.read_model import ReadModel

if TYPE_CHECKING:
    from tests.finance.office import Office
    from tests.finance.shown import Shown

MODELS = tuple({model.name: model for rule in QUERY_RULES for model in rule.reads}.values())
TO = date(2026, 12, 31)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
async def test_rows_are_the_same_however_facts_are_delivered(shown: "Shown", told: "Office", model: ReadModel) -> None:
    facts = told.facts
    whole = await shown.rows(model, model.table)
    assert whole
    for batches in (
        [facts, facts],
        [[fact] for fact in facts],
        [facts[start : start + 7] for start in range(0, len(facts), 7)],
        [facts[: len(facts) // 2], facts],
    ):
        await shown.fill(model, f"{model.table}_again", batches)
        assert await shown.rows(model, f"{model.table}_again") == whole


@pytest.mark.parametrize("aggregate", AGGREGATES, ids=lambda aggregate: aggregate.name)
def test_a_state_comes_back_from_its_snapshot_as_it_was(told: "Office", aggregate: Any) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(type(aggregate.initial))
    states = [state for (name, _), state in told.scenario.states.items() if name == aggregate.name]
    assert states
    for state in states:
        assert adapter.validate_json(to_json(state)) == state


async def listed(shown: "Shown", actor: Any = None, **asked: Any) -> list[str]:
    rows = await shown.pages(words.ListRequests(limit=3, **asked), actor or shown.ACCOUNTANT)
    return [row.request_id for row in rows]


async def test_every_request_is_listed_once_and_stands_as_it_was_decided(shown: "Shown", told: "Office") -> None:
    rows = await shown.pages(words.ListRequests(limit=3))
    states = {id: state for (name, id), state in told.scenario.states.items() if name == "request"}
    assert {row.request_id for row in rows} == set(states)
    assert len(rows) == len(states)
    for row in rows:
        state = states[row.request_id]
        assert (row.request_status, row.revision, row.open_vnd) == (state.status, state.revision, state.open_vnd)
        assert (row.year, row.board) == (state.year, state.board)


async def test_requests_are_found_by_state_board_kind_words_and_lateness(shown: "Shown", told: "Office") -> None:
    ids: Any = told.ids
    assert await listed(shown, status="returned") == [ids["returned"]]
    assert await listed(shown, board=told.OTHER) == [ids["other"]]
    assert await listed(shown, kind="special") == [ids["checked"]]
    assert await listed(shown, text="van phong pham") == [ids["submitted"]]
    assert await listed(shown, text="xang dau cao b", status="drafted") == [ids["drafted"]]
    late = await listed(shown, late=True, as_of="2026-11-26T10:00:00+07:00")
    assert late == [ids["checked"]]
    assert await listed(shown, late=True, as_of="2026-11-26T08:00:00+07:00") == []
    assert ids["checked"] not in await listed(shown, late=False, as_of="2026-11-26T10:00:00+07:00")
    assert await listed(shown, open=True) == [ids["over"]]


async def test_everybody_sees_what_waits_for_them(shown: "Shown", told: "Office") -> None:
    ids: Any = told.ids
    waits = {"waits_for_me": True, "descending": False}
    assert await listed(shown, told.CONTACT, **waits) == [ids["drafted"], ids["returned"]]
    assert await listed(shown, told.OTHER_CONTACT, **waits) == []
    held: Any = told.held
    submitted = [ids["submitted"], ids["other"], ids["revised"], held["travel"]]
    assert await listed(shown, told.SECOND, **waits) == [*submitted[:3], ids["over"], submitted[3]]
    # Whoever checked a request neither approves nor pays it, and may check it again when it was put right.
    assert await listed(shown, told.ACCOUNTANT, **waits) == submitted
    assert await listed(shown, told.HEAD, **waits) == [ids["checked"]]
    assert await listed(shown, told.CASHIER, **waits) == [ids["over"]]
    assert await listed(shown, told.AUDITOR, **waits) == []


async def test_a_request_is_shown_with_its_history_its_payments_and_its_lines(shown: "Shown", told: "Office") -> None:
    ids: Any = told.ids
    view = await shown.ask(words.GetRequest(request_id=ids["paid"]))
    steps = ["requested", "checked", "approved", "paid", "paid", "payment_reversed", "paid", "closed"]
    assert [step.step for step in view.history] == steps
    assert (view.history[3].voucher, view.history[3].amount_vnd) == ("PC 1/2026", 4_000_000)
    assert [step.by_name for step in view.history[:3]] == ["Hoàng Văn Đầu", "Lê Thị Kế", "Phạm Thị Chánh"]
    assert (view.approved_vnd, view.paid_vnd, view.released_vnd, view.open_vnd) == (6_000_000, 3_000_000, 3_000_000, 0)
    assert [(row.voucher, row.reversed) for row in view.payments] == [
        ("PC 1/2026", True),
        ("PC 2/2026", False),
        ("BN 1/2026", False),
    ]
    assert {row.purpose for row in view.payments} == {"Xăng xe tháng 10"}
    (line,) = view.lines
    assert line.left_vnd == told.budget().lines[told.PETROL].left
    over = await shown.ask(words.GetRequest(request_id=ids["over"]))
    assert [step.step for step in over.history] == ["requested", "checked", "approved_over", "moved"]
    assert (over.over_reason, over.year, over.lines[0].committed_vnd) == ("Đoàn Trung ương.", 2027, 99_000_000)
    drafted = await shown.ask(words.GetRequest(request_id=ids["drafted"]))
    assert drafted.cause.told == "Đổ xăng xe 12A-000.45 ngày 19/11/2026"
    escalated = await shown.ask(words.GetRequest(request_id=ids["checked"]))
    assert (escalated.escalated, escalated.history[-1].step) == (True, "escalated")
    held: Any = told.held
    travel = await shown.ask(words.GetRequest(request_id=held["travel"]))
    assert [part.amount_vnd for part in travel.travel] == [300_000, 300_000]


async def test_an_advance_is_shown_with_its_account_and_what_is_to_be_settled(shown: "Shown", told: "Office") -> None:
    held: Any = told.held
    view = await shown.ask(words.GetAdvance(advance_id=held["returned"]))
    assert [step.step for step in view.history] == [
        "paid",
        "claimed",
        "claim_checked",
        "claim_approved",
        "rest_received",
        "moved",
    ]
    assert (view.status, view.amount_vnd, view.spent_vnd) == ("accounted", 2_000_000, 1_500_000)
    assert (view.to_return_vnd, view.to_pay_vnd, view.waits_for) == (300_000, 0, "cashier")
    assert [(row.movement, row.amount_vnd) for row in view.payments] == [
        ("advance", 2_000_000),
        ("rest_received", 200_000),
    ]
    again = await shown.ask(words.GetAdvance(advance_id=held["again"]))
    assert (again.status, again.claim, again.spent_vnd) == ("open", (), None)
    reminded = await shown.ask(words.GetAdvance(advance_id=held["open"]))
    assert [step.step for step in reminded.history] == ["paid", "reminded", "reminded_overdue", "moved"]
    (row,) = (await shown.ask(words.GetRequest(request_id=view.request_id))).advances
    assert row.advance_id == held["returned"]


async def test_advances_are_found_open_overdue_by_holder_and_for_whom_they_wait(shown: "Shown", told: "Office") -> None:
    held: Any = told.held

    async def found(actor: Any = shown.ACCOUNTANT, **asked: Any) -> list[str]:
        rows = await shown.pages(words.ListAdvances(limit=2, descending=False, **asked), actor)
        return [row.advance_id for row in rows]

    assert await found() == [held["open"], held["returned"], held["settled"], held["again"]]
    assert await found(open=False) == [held["settled"]]
    assert await found(status="accounted") == [held["returned"]]
    assert await found(overdue=True, as_of="2026-12-12T00:00:00+07:00") == [held["open"], held["again"]]
    assert await found(overdue=True, as_of="2026-12-11T23:59:00+07:00") == []
    assert await found(holder_id=f"p-{'a' * 32}", open=False) == [held["settled"]]
    assert await found(told.CONTACT, waits_for_me=True) == [held["open"], held["again"]]
    assert await found(told.CASHIER, waits_for_me=True) == [held["returned"]]
    assert await found(told.ACCOUNTANT, waits_for_me=True) == []
    rows = await shown.pages(words.ListAdvances(limit=2, as_of="2026-12-12T00:00:00+07:00"))
    assert {row.advance_id for row in rows if row.overdue} == {held["open"], held["again"]}


async def test_payments_are_listed_with_their_vouchers(shown: "Shown", told: "Office") -> None:
    rows = await shown.pages(words.ListPayments(limit=2, descending=False))
    paying = (words.SpendingPaid, words.AdvancePaid, words.RestReceived, words.RestPaid)
    assert [row.entry_id for row in rows] == [
        fact.event.entry_id  # type: ignore[attr-defined]
        for fact in told.facts
        if isinstance(fact.event, paying)
    ]
    assert sum(row.amount_vnd for row in rows if row.movement == "payment" and not row.reversed) == 3_000_000
    assert [row.amount_vnd for row in await shown.pages(words.ListPayments(method="bank"))] == [1_000_000]
    assert [row.payee for row in await shown.pages(words.ListPayments(movement="rest_paid"))] == ["Nguyễn Văn Ứng"]
    assert await shown.pages(words.ListPayments(on_from=date(2026, 11, 24))) == []
    assert len(await shown.pages(words.ListPayments(on_to=TO))) == len(rows)


async def test_a_board_sees_its_own_only(shown: "Shown", told: "Office") -> None:
    ids, held, other = told.ids, told.held, told.OTHER_CONTACT  # type: ignore[attr-defined]
    assert await listed(shown, other) == [ids["other"]]
    for query in (words.ListRequests, words.ListAdvances, words.ListPayments):
        rows = await shown.pages(query(), other)
        assert {row.board for row in rows} <= {told.OTHER}
        with pytest.raises(Refused):
            await shown.ask(query(board=told.BOARD), other)
        nobody = other.model_copy(update={"board": None})
        assert await shown.pages(query(), nobody) == []
    for one in (words.GetRequest(request_id=ids["paid"]), words.GetAdvance(advance_id=held["open"])):
        with pytest.raises(Refused):
            await shown.ask(one, other)
        await shown.ask(one, told.CONTACT)
    with pytest.raises(Refused):
        await shown.ask(words.GetAdvance(advance_id="f" * 32))


async def test_the_rates_of_a_day_are_listed(shown: "Shown") -> None:
    async def rates(on: str) -> dict[str, int]:
        rows = await shown.pages(words.ListRates(on=date.fromisoformat(on), kind="subsistence", limit=3))
        return {f"{row.group} {row.region}": row.amount for row in rows}

    assert (await rates("2025-05-03"))["official other"] == 200_000
    assert (await rates("2025-05-04"))["official other"] == 300_000
    assert await rates("2016-01-01") == {}
    everything = await shown.pages(words.ListRates(on=TO))
    assert {row.kind for row in everything} == set(words.RateKind.__args__)  # type: ignore[attr-defined]
