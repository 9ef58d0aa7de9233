"""What an estimate is, is drafted off the balance: as much as its budget says it is, line by line, in its own year."""

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

from contracts import finance

if TYPE_CHECKING:
    from tests.finance.causes.desks import Desks


def estimated(desks: "Desks", *lines: tuple[str, int], **changes: Any) -> list[tuple[str, str, int, str | None]]:
    usual: dict[str, Any] = {"year": 2027, "board": "BTCTU", "decision_number": "99-QĐ/TU", "kind": "adjustment"}
    changed = tuple(finance.ChangedLine(line=line, amount_vnd=amount) for line, amount in lines)
    event = finance.EstimateAssigned(
        **{**usual, "decided_on": date(2026, 12, 10), "lines": (), "by_name": "A", **changes}, changes=changed
    )
    before = len(desks.drafts())
    desks.hear("finance", "budget", "2027-btctu", event, again=True)
    drafts = desks.drafts()[before:]
    assert all(draft.on == date(2027, 1, 1) for draft in drafts)
    return [(line.account, line.side, line.amount_vnd, line.item) for draft in drafts for line in draft.lines]


def test_an_estimate_is_drafted_off_the_balance_of_its_own_year_and_less_of_it_on_the_other_side(
    desks: "Desks",
) -> None:
    assert estimated(desks, ("tu-chu.509.351.6500", 100), ("khong-tu-chu.509.351.7750", -40)) == [
        ("008", "debit", 100, "6500"),
        ("008", "credit", 40, "7750"),
    ]


def test_a_source_that_is_not_kept_off_the_balance_has_no_entry(desks: "Desks") -> None:
    assert estimated(desks, ("dang-phi.509.351.6500", 100)) == []


def test_a_draft_of_an_estimate_can_be_posted_as_it_is(desks: "Desks") -> None:
    office = desks.office
    estimate = next(fact for fact in office.facts if isinstance(fact.event, finance.EstimateAssigned))
    desks.react(estimate)
    drafted = next(fact for fact in office.facts if isinstance(fact.event, finance.EntryDrafted))
    assert isinstance(drafted.event, finance.EntryDrafted)
    posting = finance.PostDraft(draft_id=drafted.id, on=drafted.event.on)
    posted = office.when(posting, actor=office.ACCOUNTANT).accepted().one(finance.EntryPosted)
    assert posted.cause == drafted.event.cause
    assert posted.cause is not None
    assert posted.cause.event_id == estimate.event_id


def off_balance(desks: "Desks") -> dict[tuple[str, int, str], int]:
    """What the drafts come to by board, year and line."""
    sums: dict[tuple[str, int, str], int] = defaultdict(int)
    for draft in desks.drafts():
        for line in draft.lines:
            amount = line.amount_vnd if line.side == "debit" else -line.amount_vnd
            sums[line.board, draft.on.year, str(line.line)] += amount
    return {key: amount for key, amount in sums.items() if amount}


def test_off_the_balance_stands_what_every_budget_says_whatever_happened_to_it(desks: "Desks") -> None:
    office = desks.office
    decided: dict[str, Any] = {"decision_number": "77-QĐ/TU", "decided_on": date(2026, 6, 1)}
    petrol, paper = office.PETROL, office.PAPER
    for to_board, amount in ((None, 7_000_000), ("BTGTU", 3_000_000)):
        transfer = finance.TransferEstimate(
            year=2026,
            board="BTCTU",
            from_line=petrol,
            to_board=to_board,
            to_line=paper,
            amount_vnd=amount,
            reason="Điều hòa giữa các đơn vị.",
            **decided,
        )
        office.when(transfer, actor=office.HEAD).accepted()
    lowered = (finance.LineChange(line=petrol, amount_vnd=-10_000_000),)
    adjusting = finance.AssignEstimate(year=2026, board="BTGTU", kind="adjustment", lines=lowered, **decided)
    office.when(adjusting, actor=office.HEAD).accepted()
    for fact in list(office.facts):
        desks.react(fact)
    expected = {
        (board, 2026, code): line.estimate
        for board in ("BTCTU", "BTGTU")
        for code, line in office.budget(board).lines.items()
    }
    assert off_balance(desks) == expected


def test_what_a_settled_board_hands_over_goes_with_its_balances_and_is_not_drafted_again(desks: "Desks") -> None:
    office = desks.office
    decided: dict[str, Any] = {"decision_number": "77-QĐ/TU", "decided_on": date(2026, 6, 1)}
    place: dict[str, Any] = {"year": 2026, "board": "BTCTU", "to_board": "BTGTU", "on": office.DAY}
    before = len(office.facts)
    office.when(finance.SettleBoard(**place, books_since=2026, **decided), actor=office.HEAD).accepted()
    for fact in office.facts[before:]:
        desks.react(fact)
    assert {type(fact.event) for fact in office.facts[before:]} >= {finance.BudgetClosed, finance.BudgetTakenOver}
    assert desks.drafts() == []
