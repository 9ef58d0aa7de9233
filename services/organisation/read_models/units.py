"""Which units are there on a day, and which were there once?"""

from collections.abc import Sequence
from datetime import date

from contracts.base import Actor, Page
from contracts.organisation import ListUnits, UnitRow
from services.organisation.read_models.finding import matches, told
from services.organisation.read_models.unit_states import ALL_UNITS, UNIT_STATES
from services.organisation.read_models.units_on_a_day import Unit, Units
from services.runtime.gathering import Gathering, OnADay, Place, Record, page
from services.runtime.listing import as_row
from services.runtime.manifest import QueryRule
from services.runtime.text import fold


def _list(query: ListUnits, actor: Actor) -> OnADay:
    def gather(day: date) -> Gathering:
        def build(states: Sequence[Record]) -> Page[UnitRow]:
            units = Units(states, day)
            among = units.gone if query.ended else units.standing
            wanted = (unit for unit in among.values() if _asked(query, unit) and units.is_under(unit.id, query.under))
            return page(query, (_row(unit, units) for unit in wanted), lambda row: _place(query, row))

        return Gathering((ALL_UNITS,), build)

    return OnADay(query, query.on, gather)


def _asked(query: ListUnits, unit: Unit) -> bool:
    asked = {
        "parent_id": query.parent_id,
        "kind": query.kind,
        "tier": query.tier,
        "site_id": query.site_id,
        "served": query.served,
    }
    state = unit.state
    return all(value is None or state[name] == value for name, value in asked.items()) and matches(
        query.text, state["unit_code"], state["name"], unit.id
    )


def _place(query: ListUnits, row: UnitRow) -> Place:
    first = {"unit_code": fold(row.unit_code), "name": fold(row.name), "since": row.since.isoformat()}[query.sort]
    return first, row.unit_id


def _row(unit: Unit, units: Units) -> UnitRow:
    parent = units.get(unit.parent_id)
    computed = {
        "since": unit.state["effective_on"],
        "established_on": unit.established_on,
        "last_day": unit.last_day,
        "parent_name": parent.name if parent else unit.state["parent_name"],
        "successor_ids": tuple(unit.state["successor_ids"]),
        "remarks": _remarks(unit),
    }
    row = as_row(UnitRow, unit.state, lambda _: computed)
    assert isinstance(row, UnitRow)
    return row


def _remarks(unit: Unit) -> str | None:
    if unit.last_day is None:
        return None
    if unit.stands:
        return f"Hoạt động đến hết ngày {told(unit.last_day)}"
    successors = ", ".join(unit.state["successor_names"])
    return f"Kết thúc hoạt động hết ngày {told(unit.last_day)}" + (f"; kế tiếp: {successors}" if successors else "")


LIST_UNITS = QueryRule(ListUnits, (UNIT_STATES,), _list)
