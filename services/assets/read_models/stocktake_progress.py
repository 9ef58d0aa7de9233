"""How far has one stocktake come, by unit, by site and by counter?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from contracts.assets import stocktakes as words_of
from contracts.assets.stocktakes import (
    CommitteeMember,
    GetStocktake,
    ProgressRow,
    Scope,
    StocktakeRow,
    StocktakeView,
)
from contracts.base import Actor, Refused
from contracts.organisation import Decision
from services.assets.read_models.names import NAMES, Names
from services.assets.read_models.stocktake_lines import STOCKTAKE_LINES
from services.assets.read_models.stocktakes import STOCKTAKES, make_row
from services.runtime.completing import Completed, Look
from services.runtime.listing import as_row
from services.runtime.manifest import QueryRule
from services.runtime.read_model import Database

_COMMITTEE = TypeAdapter(tuple[CommitteeMember, ...])
_GROUPS = {
    "by_unit": "coalesce(unit_id, '')",
    "by_site": "coalesce(found_site_id, site_id, '')",
    "by_counter": "counted_by",
}
_STATES = ("found", "differing", "missing", "unexpected", "untagged")


@dataclass(frozen=True)
class Progress:
    """One stocktake with its lines counted by group, in the database: it may have tens of thousands."""

    stocktake_id: str

    async def read(self, database: Database) -> StocktakeView:
        """Read and build; raise Refused for a stocktake that is not there."""
        names = ", ".join(f'"{name}"' for name in STOCKTAKES.column_names)
        where = f'FROM "{STOCKTAKES.table}" WHERE "{STOCKTAKES.key_column}" = $1'
        record = await database.fetchrow(f"SELECT {names} {where}", self.stocktake_id)
        if record is None:
            raise Refused(words_of.STOCKTAKE_UNKNOWN, "stocktake_id", stocktake_id=self.stocktake_id)
        groups = {name: await self._group(database, group) for name, group in _GROUPS.items()}
        expected, missing = record["expected"], record["missing"]
        return StocktakeView(
            **heading(record),
            scope=Scope.model_validate_json(record["scope"]),
            note=record["note"],
            counted_percent=100 * (expected - missing) // expected if expected else 0,
            **groups,
        )

    async def _group(self, database: Database, group: str) -> tuple[ProgressRow, ...]:
        states = ", ".join(f"count(*) FILTER (WHERE state = '{state}')" for state in _STATES)
        found = await database.fetch(
            f"SELECT {group}, count(*) FILTER (WHERE expected), {states}, count(*) FILTER (WHERE undecided) "
            f'FROM "{STOCKTAKE_LINES.table}" WHERE stocktake_id = $1 AND {group} IS NOT NULL GROUP BY 1 ORDER BY 1',
            self.stocktake_id,
        )
        fields = ("id", "expected", *_STATES, "undecided")
        return tuple(ProgressRow(name="", **dict(zip(fields, record, strict=True))) for record in found)


def heading(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands above every answer about one stocktake."""
    decision = record["decision"]
    return {
        "stocktake": as_row(StocktakeRow, record, make_row),
        "committee": _COMMITTEE.validate_json(record["committee"]),
        "decision": Decision.model_validate_json(decision) if decision else None,
        "conclusion": record["conclusion"],
    }


def _named(view: StocktakeView, names: Names) -> StocktakeView:
    def called(rows: Sequence[ProgressRow], name: Any) -> tuple[ProgressRow, ...]:
        return tuple(row.model_copy(update={"name": name(row.id or None) or ""}) for row in rows)

    return view.model_copy(
        update={
            "by_unit": called(view.by_unit, names.unit),
            "by_site": called(view.by_site, names.site),
            "by_counter": called(view.by_counter, lambda counter: counter),
        }
    )


def _get(query: GetStocktake, actor: Actor) -> Completed:
    units, sites, people = NAMES
    looks = (
        Look(units, lambda view: (row.id for row in view.by_unit)),
        Look(sites, lambda view: (row.id for row in view.by_site)),
        Look(people, lambda view: ()),
    )
    return Completed(
        Progress(query.stocktake_id), query, looks, lambda view, day, *found: _named(view, Names(day, *found))
    )


GET_STOCKTAKE = QueryRule(GetStocktake, (STOCKTAKES, STOCKTAKE_LINES, *NAMES), _get)
