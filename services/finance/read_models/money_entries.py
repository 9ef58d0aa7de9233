"""Which entries about money does no statement show yet?"""

from collections.abc import Mapping
from typing import Any

from contracts import finance as words_of
from contracts.base import Actor
from contracts.finance import ListUnmatchedEntries, UnmatchedEntryRow
from services.finance.deciders.statement_matching import net_on
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues

_MONEY = "11"
_SHOWN = ("shown_accounts", "shown_statements", "shown_lines")


def _posted(event: words_of.EntryPosted, fact: Fact) -> RowValues | None:
    accounts = sorted({line.account for line in event.lines if line.account.startswith(_MONEY)})
    if not accounts:
        return None
    return {
        "voucher": event.voucher,
        "on_day": event.on,
        "place": fact.position,
        "description": event.description,
        "party": event.party,
        "papers": [paper.number for paper in event.papers],
        "accounts": accounts,
        "nets": [net_on(event.lines, account) for account in accounts],
        "undone": event.reverses is not None,
        "open_accounts": [] if event.reverses else accounts,
        **{name: [] for name in _SHOWN},
    }


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    event = fact.event
    if isinstance(event, words_of.EntryPosted):
        return _posted(event, fact)
    if row is None:
        return None
    if isinstance(event, words_of.EntryReversed):
        return {**row, "undone": True, "open_accounts": []}
    assert isinstance(event, words_of.EntryReconciled | words_of.EntryUnreconciled)
    shown = {of: (statement, line) for of, statement, line in zip(*(row[name] for name in _SHOWN), strict=True)}
    account = event.account or ""
    shown.pop(account, None)
    if isinstance(event, words_of.EntryReconciled):
        shown[account] = (event.statement_id, event.line_number)
    return {
        **row,
        "open_accounts": [account for account in row["accounts"] if account not in shown and not row["undone"]],
        "shown_accounts": list(shown),
        "shown_statements": [statement for statement, _ in shown.values()],
        "shown_lines": [line for _, line in shown.values()],
    }


MONEY_ENTRIES = ReadModel(
    name="money_entries",
    version=1,
    key_column="entry_id",
    columns={
        "voucher": "text NOT NULL",
        "on_day": "date NOT NULL",
        "place": "bigint NOT NULL",
        "description": "text NOT NULL",
        "party": "text",
        "papers": "text[] NOT NULL",
        "accounts": "text[] NOT NULL",
        "nets": "bigint[] NOT NULL",
        "undone": "boolean NOT NULL",
        "open_accounts": "text[] NOT NULL",
        "shown_accounts": "text[] NOT NULL",
        "shown_statements": "text[] NOT NULL",
        "shown_lines": "integer[] NOT NULL",
    },
    indexes=(
        "(on_day, place) WHERE open_accounts <> '{}'",
        "USING gin (open_accounts)",
        "USING gin (shown_statements)",
        "USING gin (accounts)",
    ),
    events=event_types(
        "finance",
        (words_of.EntryPosted, words_of.EntryReversed, words_of.EntryReconciled, words_of.EntryUnreconciled),
    ),
    key=lambda fact: fact.id,
    project=_project,
)
"""One row an entry about money: what it says of each account (`nets`: debit less credit), and what shows it."""


def net_of(record: Mapping[str, Any], account: str) -> int:
    """Return by how much a record of MONEY_ENTRIES changes an account."""
    nets: dict[str, int] = dict(zip(record["accounts"], record["nets"], strict=True))
    return nets.get(account, 0)


def _list(query: ListUnmatchedEntries, actor: Actor) -> Listing:
    def make(record: Mapping[str, Any]) -> dict[str, Any]:
        return {"on": record["on_day"], "account": query.account, "amount_vnd": net_of(record, query.account)}

    return (
        Listing(MONEY_ENTRIES, query, UnmatchedEntryRow, ("on_day", "place"), make)
        .where("open_accounts <> '{{}}' AND open_accounts @> ARRAY[{}::text]", query.account)
        .where("on_day >= {}", query.on_from)
        .where("on_day <= {}", query.on_to)
    )


LIST_UNMATCHED_ENTRIES = QueryRule(ListUnmatchedEntries, (MONEY_ENTRIES,), _list)
