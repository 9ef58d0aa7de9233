"""Which rules on staffing hold on a day, and where is a number outside of them?"""

from collections.abc import Sequence
from datetime import date

from contracts.base import Actor, Page
from contracts.organisation import CapRow, ListCaps
from services.organisation.read_models.caps_on_a_day import cap_rows
from services.organisation.read_models.office_on_a_day import OFFICE_MODELS, office_on, office_rows
from services.runtime.gathering import Gathering, OnADay, Record, page
from services.runtime.manifest import QueryRule
from services.runtime.text import fold


def _list(query: ListCaps, actor: Actor) -> OnADay:
    def gather(day: date) -> Gathering:
        def build(*rows: Sequence[Record]) -> Page[CapRow]:
            wanted = (row for row in cap_rows(office_on(day, *rows)) if _asked(query, row))
            return page(query, wanted, lambda row: (fold(row.unit_name), row.unit_id or "", row.cap))

        return Gathering(office_rows(day), build)

    return OnADay(query, query.on, gather)


def _asked(query: ListCaps, row: CapRow) -> bool:
    return query.cap in (None, row.cap) and (row.warning is not None or not query.passed)


LIST_CAPS = QueryRule(ListCaps, OFFICE_MODELS, _list)
