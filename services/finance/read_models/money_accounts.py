"""Which tills and accounts at banks and the treasury are there, and how far do their statements reach?"""

from contracts import finance as words_of
from contracts.base import Actor
from contracts.finance import ListMoneyAccounts, MoneyAccountRow
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    event = fact.event
    if isinstance(event, words_of.MoneyAccountOpened):
        reached = {name: row[name] if row else None for name in ("reaches_to", "balance_vnd")}
        return {**reached, "statements": row["statements"] if row else 0, **event.model_dump()}
    if row is None:
        return None
    assert isinstance(event, words_of.StatementFollowed)
    reached = {"reaches_to": event.to_day, "balance_vnd": event.closing_vnd}
    return {**row, **reached, "statements": row["statements"] + 1}


MONEY_ACCOUNTS = ReadModel(
    name="money_accounts",
    version=1,
    key_column="money_account",
    columns={
        "name": "text NOT NULL",
        "account": "text NOT NULL",
        "number": "text",
        "bank": "text",
        "statements": "integer NOT NULL",
        "reaches_to": "date",
        "balance_vnd": "bigint",
    },
    indexes=(),
    events=event_types("finance", (words_of.MoneyAccountOpened, words_of.StatementFollowed)),
    key=lambda fact: fact.id,
    project=_project,
)


def _list(query: ListMoneyAccounts, actor: Actor) -> Listing:
    return Listing(MONEY_ACCOUNTS, query, MoneyAccountRow, ("money_account",))


LIST_MONEY_ACCOUNTS = QueryRule(ListMoneyAccounts, (MONEY_ACCOUNTS,), _list)
