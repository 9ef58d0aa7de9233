"""What was or will every asset, and any group of them, be worth at the end of a day?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.assets.queries import GetAssetTotals, ListAssetValues
from contracts.assets.rows import AssetTotalRow, AssetTotals, AssetValueRow
from contracts.base import Actor, Page
from contracts.titles import value_title
from services.assets.read_models.asset_values import ASSET_VALUES
from services.assets.read_models.classes import class_name
from services.assets.read_models.dated_assets import DatedAssets
from services.assets.read_models.names import NAMES, Names, named, with_unit
from services.runtime.completing import Completed, Look, day_meant
from services.runtime.gathering import Record
from services.runtime.keyed_pages import behind, keyed_page
from services.runtime.manifest import QueryRule
from services.runtime.read_model import Database


@dataclass(frozen=True)
class _Values:
    query: ListAssetValues

    async def read(self, database: Database) -> Page[AssetValueRow]:
        """Return the page of assets with their values."""
        query = self.query
        assets = DatedAssets(await day_meant(database, query)).filtered(query)
        found = await assets.values(database, behind=behind(query), descending=query.descending, limit=query.limit + 1)
        return keyed_page(query, [_valued(record) for record in found], lambda row: row.tag)


def _valued(record: Record) -> AssetValueRow:
    fields = ("tag", "name", "class_code", "booked_on", "cost_vnd", "accumulated_vnd", "asset_id")
    residual = record["cost_vnd"] - record["accumulated_vnd"]
    return AssetValueRow(
        **{name: record[name] for name in fields},
        unit_id=record["key"],
        residual_vnd=residual,
        booked=record["steps"] == 0,
    )


@dataclass(frozen=True)
class _Totals:
    query: GetAssetTotals

    async def read(self, database: Database) -> AssetTotals:
        """Return the totals by key, the largest cost first."""
        day = await day_meant(database, self.query)
        found = await DatedAssets(day, by=self.query.by).filtered(self.query).totals(database)
        rows = [_total(record["key"], [record]) for record in found]
        rows.sort(key=lambda row: (-row.cost_vnd, row.key or ""))
        total = _total(None, found)
        return AssetTotals(
            on=day, by=self.query.by, rows=tuple(rows if self.query.by != "nothing" else ()), total=total
        )


def _total(key: str | None, records: Sequence[Record]) -> AssetTotalRow:
    count, cost, worn = (sum(record[name] for record in records) for name in ("count", "cost_vnd", "accumulated_vnd"))
    return AssetTotalRow(key=key, count=count, cost_vnd=cost, accumulated_vnd=worn, residual_vnd=cost - worn)


def _labelled(totals: AssetTotals, day: date, *found: Any) -> AssetTotals:
    names = Names(day, *found)
    told: dict[str, Callable[[str | None], str | None]] = {
        "unit": names.unit,
        "division": names.unit,
        "site": names.site,
        "custodian": names.person,
        "condition": _condition,
    }
    tell = told.get(totals.by, _class)
    rows = tuple(row.model_copy(update={"label": tell(row.key)}) for row in totals.rows)
    return totals.model_copy(update={"rows": rows})


def _class(key: str | None) -> str | None:
    return None if key is None else class_name(key)


def _condition(key: str | None) -> str | None:
    title = value_title("condition", key)
    return title.vi if title else key


def _list(query: ListAssetValues, actor: Actor) -> Completed:
    return named(_Values(query), query, with_unit)


def _get(query: GetAssetTotals, actor: Actor) -> Completed:
    def keys(totals: AssetTotals) -> list[str | None]:
        return [row.key for row in totals.rows]

    return Completed(_Totals(query), query, [Look(model, keys) for model in NAMES], _labelled)


LIST_ASSET_VALUES = QueryRule(ListAssetValues, (ASSET_VALUES, *NAMES), _list)
GET_ASSET_TOTALS = QueryRule(GetAssetTotals, (ASSET_VALUES, *NAMES), _get)
