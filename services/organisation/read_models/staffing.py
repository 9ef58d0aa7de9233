"""How many people has every unit against its norm on a day, where are too many contracts, and what is it in all?"""

from collections.abc import Sequence
from datetime import date

from contracts.base import Actor, Page
from contracts.organisation import GetStaffingTotals, ListStaffing, StaffingRow, StaffingTotals
from services.organisation.read_models.office_on_a_day import OFFICE_MODELS, Office, office_on, office_rows
from services.organisation.read_models.staffing_on_a_day import staffing_rows, staffing_totals
from services.runtime.gathering import Gathering, OnADay, Place, Record, page
from services.runtime.manifest import QueryRule
from services.runtime.text import fold


def _list(query: ListStaffing, actor: Actor) -> OnADay:
    def gather(day: date) -> Gathering:
        def build(*rows: Sequence[Record]) -> Page[StaffingRow]:
            office = office_on(day, *rows)
            among = [
                unit
                for unit in office.units.under(query.under)
                if query.kind in (None, unit.kind) and query.tier in (None, unit.tier)
            ]
            wanted = (row for row in staffing_rows(office, among) if _asked(query, row))
            return page(query, wanted, lambda row: _place(query, row))

        return Gathering(office_rows(day), build)

    return OnADay(query, query.on, gather)


def _asked(query: ListStaffing, row: StaffingRow) -> bool:
    """Tell whether a row is asked for: short of what is assigned or of the lowest norm, above it, or out of balance."""
    match query.only:
        case "short":
            return row.actual < max(row.norm, row.lowest)
        case "surplus":
            return row.actual > row.norm
        case "imbalance":
            return row.imbalance
    return True


def _place(query: ListStaffing, row: StaffingRow) -> Place:
    name = (fold(row.unit_name), row.unit_id)
    return name if query.sort == "unit_name" else (getattr(row, query.sort), *name)


def _get(query: GetStaffingTotals, actor: Actor) -> OnADay:
    def gather(day: date) -> Gathering:
        def build(*rows: Sequence[Record]) -> StaffingTotals:
            office: Office = office_on(day, *rows)
            among = office.units.under(query.under)
            return staffing_totals(office, list(staffing_rows(office, among)), query.under, among)

        return Gathering(office_rows(day), build)

    return OnADay(query, query.on, gather)


LIST_STAFFING = QueryRule(ListStaffing, OFFICE_MODELS, _list)
GET_STAFFING_TOTALS = QueryRule(GetStaffingTotals, OFFICE_MODELS, _get)
