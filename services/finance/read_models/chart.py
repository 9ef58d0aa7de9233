"""The chart of accounts and the posting templates, as they are in force on a day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Generic

from contracts.base import Actor, ListQuery, Page
from contracts.finance import AccountRow, ListAccounts, ListTemplates, TemplateRow
from services.finance.read_models.periods import PERIODS
from services.finance.rules.tables import accounts, templates
from services.runtime.completing import day_meant
from services.runtime.gathering import Place, R, page
from services.runtime.manifest import QueryRule
from services.runtime.read_model import Database
from services.runtime.rules import office_rules

_ACCOUNTS = accounts(office_rules())
_TEMPLATES = templates(office_rules())


@lru_cache(maxsize=10_000)
def account_name(account: str, on: date) -> str:
    """Return what an account is called on a day; what it was called last, or the code, where it has no name then."""
    entries = [entry for entry in _ACCOUNTS if entry.row.account == account]
    held = [entry.row.name_vi for entry in entries if entry.validity.covers(on)]
    return next(iter((*held, *(entry.row.name_vi for entry in reversed(entries)))), account)


@dataclass(frozen=True)
class _InForce(Generic[R]):
    """Rows of a dated table; the day is the one asked for, that of `as_of`, or today."""

    query: ListQuery
    rows: Callable[[date], Iterable[R]]
    place: Callable[[R], Place]

    async def read(self, database: Database) -> Page[R]:
        """Find the day, and return the page."""
        return page(self.query, self.rows(await day_meant(database, self.query)), self.place)


def _accounts(on: date) -> Iterable[AccountRow]:
    for entry in _ACCOUNTS.all_entries(on):
        row, validity = entry.row, entry.validity
        yield AccountRow(
            account=row.account,
            name_vi=row.name_vi,
            normal=row.normal,
            closes_into=row.closes_into,
            dimensions=row.dimensions,
            postable=row.postable,
            legal_basis=validity.legal_basis,
            source_tag=validity.source_tag,
            effective_from=validity.effective_from,
            effective_to=validity.effective_to,
        )


def _templates(on: date) -> Iterable[TemplateRow]:
    for entry in _TEMPLATES.all_entries(on):
        row = entry.row
        yield TemplateRow(
            template=row.template,
            name_vi=row.name_vi,
            row=row.row,
            side=row.side,
            account=row.account,
            legal_basis=entry.validity.legal_basis,
        )


def _list_accounts(query: ListAccounts, actor: Actor) -> _InForce[AccountRow]:
    return _InForce(query, _accounts, lambda row: (int(row.account.startswith("0")), row.account))


def _list_templates(query: ListTemplates, actor: Actor) -> _InForce[TemplateRow]:
    return _InForce(query, _templates, lambda row: (row.template, row.row))


LIST_ACCOUNTS = QueryRule(ListAccounts, (PERIODS,), _list_accounts)
LIST_TEMPLATES = QueryRule(ListTemplates, (PERIODS,), _list_templates)
