"""What do the minutes of a stocktake say (form C53-HD)?"""

from collections.abc import Iterable, Mapping
from typing import Any

from contracts.assets import stocktakes as words_of
from contracts.assets.stocktakes import GetStocktakeReport, StocktakeLineRow, StocktakeReport, Worth
from contracts.base import Actor, Refused
from services.assets.read_models.names import NAMES, Names
from services.assets.read_models.stocktake_lines import SITES, STOCKTAKE_LINES, UNITS, make_row, name_row
from services.assets.read_models.stocktake_progress import heading
from services.assets.read_models.stocktakes import STOCKTAKES
from services.runtime.completing import Completed, Look
from services.runtime.gathering import Gathering, Rows
from services.runtime.listing import as_row
from services.runtime.manifest import QueryRule

_MOST = 4000
"""Lines on one paper; at a kilobyte a line, and two at most, an answer stays within a message of the broker."""


def _get(query: GetStocktakeReport, actor: Actor) -> Completed:
    def build(stocktakes: list[Mapping[str, Any]], lines: list[Mapping[str, Any]]) -> StocktakeReport:
        if not stocktakes:
            raise Refused(words_of.STOCKTAKE_UNKNOWN, "stocktake_id", stocktake_id=query.stocktake_id)
        if len(lines) > _MOST:
            raise Refused(words_of.REPORT_TOO_LONG, lines=f"{len(lines)}+", most=_MOST)
        rows = [as_row(StocktakeLineRow, record, make_row) for record in lines]
        return _report(query, stocktakes[0], rows)

    chosen = [query.stocktake_id, query.unit_id, query.site_id]
    condition = (
        "stocktake_id = $1 AND state <> 'void' AND ($2::text IS NULL OR unit_id = $2) "
        "AND ($3::text IS NULL OR coalesce(site_id, found_site_id) = $3) "
        f"ORDER BY number LIMIT {_MOST + 1}"
    )
    parts = (
        Rows(STOCKTAKES, "stocktake_id = $1", (query.stocktake_id,)),
        Rows(STOCKTAKE_LINES, condition, tuple(chosen)),
    )
    units, sites, people = NAMES
    looks = (
        Look(units, lambda report: _ids(report, UNITS, query.unit_id)),
        Look(sites, lambda report: _ids(report, SITES, query.site_id)),
        Look(people, lambda report: ()),
    )
    return Completed(
        Gathering(parts, build), query, looks, lambda report, day, *found: _named(report, query, Names(day, *found))
    )


def _report(query: GetStocktakeReport, stocktake: Mapping[str, Any], rows: list[Any]) -> StocktakeReport:
    totals = {
        part: Worth(**{name: sum(getattr(row, f"{part}_{name}") for row in rows) for name in Worth.model_fields})
        for part in ("book", "actual", "difference")
    }
    undecided = sum(row.undecided for row in rows)
    return StocktakeReport(**heading(stocktake), **totals, rows=tuple(rows), undecided=undecided)


def _ids(report: StocktakeReport, fields: tuple[str, ...], chosen: str | None) -> Iterable[str | None]:
    yield chosen
    for row in report.rows:
        yield from (getattr(row, field) for field in fields)


def _named(report: StocktakeReport, query: GetStocktakeReport, names: Names) -> StocktakeReport:
    rows = tuple(
        name_row(row, names).model_copy(update={"number": number}) for number, row in enumerate(report.rows, 1)
    )
    return report.model_copy(
        update={"rows": rows, "of_unit": names.unit(query.unit_id), "of_site": names.site(query.site_id)}
    )


GET_STOCKTAKE_REPORT = QueryRule(GetStocktakeReport, (STOCKTAKES, STOCKTAKE_LINES, *NAMES), _get)
