"""What does every account have at the beginning and the end of a period, and what moved in it?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from contracts.base import Actor, Page
from contracts.finance import BalanceBy, ListTrialBalance, TrialBalanceRow
from services.finance.read_models.chart import account_name
from services.finance.read_models.ledger_lines import seen_board
from services.finance.read_models.ledger_sums import Sum, Wanted, moved
from services.finance.read_models.ledger_tables import ITEM_SUMS, SUMS
from services.runtime.gathering import page
from services.runtime.manifest import QueryRule
from services.runtime.read_model import Database


class _Group(NamedTuple):
    """What one row is of; empty for what is not told apart."""

    account: str
    board: str = ""
    source: str = ""
    item: str = ""


@dataclass(slots=True)
class _Figures:
    opening_vnd: int = 0
    debit_vnd: int = 0
    credit_vnd: int = 0


@dataclass(frozen=True)
class _Balance:
    query: ListTrialBalance
    board: str | None

    async def read(self, database: Database) -> Page[TrialBalanceRow]:
        """Return the page of accounts, those off the balance last."""
        query = self.query
        wanted = Wanted(query.account, self.board, query.source)
        tables = ITEM_SUMS if query.by == "item" else SUMS
        parts = await moved(database, query.on_from, query.on_to, wanted, tables)
        figures = _figures(parts, query)
        rows = (_row(group, of_group, query) for group, of_group in figures.items())
        return page(query, (row for row in rows if row is not None), _place)


def _figures(parts: Iterable[Sum], query: ListTrialBalance) -> dict[_Group, _Figures]:
    figures: dict[_Group, _Figures] = {}
    for part in parts:
        of_group = figures.setdefault(_group(part, query.by), _Figures())
        of_group.opening_vnd += part.opening_vnd
        if not (part.closing and query.before_closing):
            of_group.debit_vnd += part.debit_vnd
            of_group.credit_vnd += part.credit_vnd
    return figures


def _group(part: Sum, by: BalanceBy) -> _Group:
    match by:
        case "board":
            return _Group(part.account, board=part.board)
        case "source":
            return _Group(part.account, source=part.source or "")
        case "item":
            return _Group(part.account, item=part.item or "")
    return _Group(part.account)


def _row(group: _Group, figures: _Figures, query: ListTrialBalance) -> TrialBalanceRow | None:
    """Return the row of a group; None for one that had and has nothing, and in which nothing moved."""
    opening, debit, credit = figures.opening_vnd, figures.debit_vnd, figures.credit_vnd
    if not (opening or debit or credit):
        return None
    closing = opening + debit - credit
    return TrialBalanceRow(
        account=group.account,
        name=account_name(group.account, query.on_to),
        board=group.board or None,
        source=group.source or None,
        item=group.item or None,
        opening_debit_vnd=max(opening, 0),
        opening_credit_vnd=max(-opening, 0),
        debit_vnd=debit,
        credit_vnd=credit,
        closing_debit_vnd=max(closing, 0),
        closing_credit_vnd=max(-closing, 0),
    )


def _place(row: TrialBalanceRow) -> tuple[str | int, ...]:
    return int(row.account.startswith("0")), row.account, row.board or "", row.source or "", row.item or ""


def _list(query: ListTrialBalance, actor: Actor) -> _Balance:
    return _Balance(query, seen_board(actor, query.board))


LIST_TRIAL_BALANCE = QueryRule(ListTrialBalance, (*SUMS, *ITEM_SUMS), _list)
