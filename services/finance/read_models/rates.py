"""Which rates of travel are in force on a day?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.base import Actor, Page
from contracts.finance import ListRates, RateRow
from services.finance.read_models.advances import ADVANCES
from services.finance.rules.tables import allowance_rates
from services.runtime.completing import day_meant
from services.runtime.gathering import page
from services.runtime.manifest import QueryRule
from services.runtime.read_model import Database
from services.runtime.rules import office_rules

_RATES = allowance_rates(office_rules())


@dataclass(frozen=True)
class _InForce:
    """Rates of the day asked for, that of `as_of`, or today."""

    query: ListRates

    async def read(self, database: Database) -> Page[RateRow]:
        """Find the day, and return the page."""
        rows = self._rows(await day_meant(database, self.query))
        return page(self.query, rows, lambda row: (row.kind, row.group, row.region))

    def _rows(self, on: date) -> Iterator[RateRow]:
        for entry in _RATES.all_entries(on):
            row, validity = entry.row, entry.validity
            if self.query.kind in (None, row.kind):
                yield RateRow(
                    kind=row.kind,
                    group=row.group,
                    region=row.region,
                    amount=row.amount,
                    effective_from=validity.effective_from,
                    effective_to=validity.effective_to,
                    legal_basis=validity.legal_basis,
                    source_tag=validity.source_tag,
                )


def _list(query: ListRates, actor: Actor) -> _InForce:
    return _InForce(query)


LIST_RATES = QueryRule(ListRates, (ADVANCES,), _list)
