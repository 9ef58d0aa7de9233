"""What wear was charged for a year on which assets, by class and unit, and what is still to be charged?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.assets.queries import GetWearTotals, ListWear, ListWearDue
from contracts.assets.rows import WearDueRow, WearRow, WearTotalRow, WearTotals
from contracts.base import Actor, Page
from services.assets.read_models.asset_changes import ASSET_CHANGES
from services.assets.read_models.asset_values import ASSET_VALUES
from services.assets.read_models.classes import class_name
from services.assets.read_models.dated_assets import GROUPS, DatedAssets
from services.assets.read_models.names import NAMES, Names, named, with_unit
from services.assets.rules.wear import december
from services.runtime.completing import Completed, Look
from services.runtime.gathering import Record
from services.runtime.keyed_pages import behind, keyed_page
from services.runtime.manifest import QueryRule
from services.runtime.read_model import Database

_CHARGED = f"""
SELECT v.asset_id, v.tag, v.name, v.booked_on, v.units[s.at] AS unit_id, v.classes[s.at] AS class_code,
       v.costs[s.at] AS cost_vnd, v.rates[s.at] AS rate, v.wears[s.at] AS wear_vnd, v.worn[s.at] AS accumulated_vnd,
       v.bases[s.at] AS legal_basis
FROM "{ASSET_CHANGES.table}" v CROSS JOIN LATERAL (SELECT array_position(v.years, $1::int) AS at) s
WHERE s.at IS NOT NULL AND ($2::text IS NULL OR v.units[s.at] = $2)
"""
_OF_CLASS = "AND ($3::text IS NULL OR $3 IN (v.classes[s.at], split_part(v.classes[s.at], '.', 1)))"
_SUMS = ", ".join(f"sum({name})::bigint AS {name}" for name in ("cost_vnd", "wear_vnd", "accumulated_vnd"))


@dataclass(frozen=True)
class _Charged:
    query: ListWear

    async def read(self, database: Database) -> Page[WearRow]:
        """Return the page of charges in order of tags."""
        query = self.query
        side, order = ("<", "DESC") if query.descending else (">", "ASC")
        found = await database.fetch(
            f"{_CHARGED} {_OF_CLASS} AND ($4::text IS NULL OR v.tag {side} $4) ORDER BY v.tag {order} LIMIT $5",
            query.year,
            query.unit_id,
            query.class_code,
            behind(query),
            query.limit + 1,
        )
        rows = [
            WearRow(
                **{name: value for name, value in record.items() if name != "rate"},
                rate_percent=record["rate"] / 100,
                residual_vnd=record["cost_vnd"] - record["accumulated_vnd"],
                year=query.year,
            )
            for record in found
        ]
        return keyed_page(query, rows, lambda row: row.tag)


@dataclass(frozen=True)
class _Due:
    query: ListWearDue

    async def read(self, database: Database) -> Page[WearDueRow]:
        """Return the page of assets with the charge that comes next, in order of tags."""
        query = self.query
        assets = _still_due(query.year, query.unit_id, behind_in_years=query.behind)
        found = await assets.due(database, behind=behind(query), descending=query.descending, limit=query.limit + 1)
        return keyed_page(query, [_due(record) for record in found], lambda row: row.tag)


def _still_due(year: int, unit_id: str | None, *, behind_in_years: bool) -> DatedAssets:
    return (
        DatedAssets(december(year))
        .where(f"v.due_year {'<' if behind_in_years else '='} {{}}", year)
        .where("(h.at > 0) = {}", True)
        .where(f"{GROUPS['unit']} = {{}}", unit_id)
    )


def _due(record: Record) -> WearDueRow:
    """Return the row of an asset before the charge that the record has made already."""
    before = record["accumulated_vnd"] - record["wear_vnd"]
    fields = ("tag", "name", "class_code", "cost_vnd", "wear_vnd", "asset_id")
    return WearDueRow(
        **{name: record[name] for name in fields},
        unit_id=record["key"],
        accumulated_vnd=before,
        residual_vnd=record["cost_vnd"] - before,
        year=record["next_year"] - 1,
    )


@dataclass(frozen=True)
class _Totals:
    query: GetWearTotals

    async def read(self, database: Database) -> WearTotals:
        """Return the sums of what was charged, and of what is due."""
        year, unit_id = self.query.year, self.query.unit_id
        summed = f"SELECT class_code, unit_id, count(*) AS count, {_SUMS} FROM ({_CHARGED}) charged GROUP BY 1, 2"
        found = [dict(record) for record in await database.fetch(summed, year, unit_id)]
        due = await _still_due(year, unit_id, behind_in_years=False).due_totals(database)
        late = await _still_due(year, unit_id, behind_in_years=True).due_totals(database)
        return WearTotals(
            year=year,
            by_class=_summed(found, "class_code", class_name),
            by_unit=_summed(found, "unit_id", str),
            total=_sum("", "", found),
            due_count=due["count"],
            due_wear_vnd=due["wear_vnd"],
            behind_count=late["count"],
        )


def _summed(records: Sequence[Record], by: str, label: Callable[[str], str]) -> tuple[WearTotalRow, ...]:
    keys = sorted({record[by] for record in records})
    return tuple(_sum(key, label(key), [record for record in records if record[by] == key]) for key in keys)


def _sum(key: str, label: str, records: Sequence[Record]) -> WearTotalRow:
    names = ("count", "cost_vnd", "wear_vnd", "accumulated_vnd")
    count, cost, wear, accumulated = (sum(record[name] for record in records) for name in names)
    return WearTotalRow(
        key=key,
        label=label,
        count=count,
        cost_vnd=cost,
        wear_vnd=wear,
        accumulated_vnd=accumulated,
        residual_vnd=cost - accumulated,
    )


def _named(totals: WearTotals, day: date, *found: Any) -> WearTotals:
    names = Names(day, *found)
    december_of = december(totals.year)
    by_unit = (row.model_copy(update={"label": names.unit(row.key, december_of)}) for row in totals.by_unit)
    return totals.model_copy(update={"by_unit": tuple(by_unit)})


def _list(query: ListWear, actor: Actor) -> Completed:
    return named(_Charged(query), query, with_unit)


def _list_due(query: ListWearDue, actor: Actor) -> Completed:
    return named(_Due(query), query, with_unit)


def _get(query: GetWearTotals, actor: Actor) -> Completed:
    def units(totals: WearTotals) -> list[str]:
        return [row.key for row in totals.by_unit]

    looks = [Look(NAMES[0], units), *(Look(model, lambda _: ()) for model in NAMES[1:])]
    return Completed(_Totals(query), query, looks, _named)


LIST_WEAR = QueryRule(ListWear, (ASSET_CHANGES, *NAMES), _list)
LIST_WEAR_DUE = QueryRule(ListWearDue, (ASSET_VALUES, *NAMES), _list_due)
GET_WEAR_TOTALS = QueryRule(GetWearTotals, (ASSET_VALUES, ASSET_CHANGES, *NAMES), _get)
