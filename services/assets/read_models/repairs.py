"""What was done to keep assets in order, and what did it cost whom?"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from contracts import assets as words_of
from contracts.assets.queries import ListRepairCosts, ListRepairs
from contracts.assets.rows import RepairCostRow, RepairRow
from contracts.base import Actor, Page
from services.assets.read_models.asset_values import ASSET_VALUES
from services.assets.read_models.classes import class_name
from services.assets.read_models.loans import holder_on
from services.assets.read_models.names import NAMES, Names, named, with_unit
from services.runtime.completing import Completed
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Gathering, Record, Rows, page
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues

_INSURANCE = {"compulsory": "Bảo hiểm bắt buộc", "voluntary": "Bảo hiểm tự nguyện"}
_KINDS = ("repair", "maintenance", "insurance", "inspection")


def _done(event: Any) -> tuple[Any, ...]:
    match event:
        case words_of.AssetRepaired():
            return event.repaired_on, "repair", event.work, event.fault, event.repaired_by, None, event.cost_vnd
        case words_of.MaintenanceRecorded():
            return event.done_on, "maintenance", event.work, None, event.done_by, None, event.cost_vnd
        case words_of.InsuranceRecorded():
            work, paper = _INSURANCE[event.coverage], event.policy_number
            return event.valid_from, "insurance", work, None, event.insurer, paper, event.premium_vnd
    assert isinstance(event, words_of.InspectionRecorded)
    paper = event.certificate_number
    return event.inspected_on, "inspection", "Đăng kiểm, kiểm định", None, event.inspected_by, paper, event.cost_vnd


def _project(row: RowValues | None, fact: Fact) -> RowValues:
    names = ("done_on", "upkeep", "work", "fault", "done_by", "paper", "cost_vnd")
    return {"asset_id": fact.id, **dict(zip(names, _done(fact.event), strict=True))}


ASSET_REPAIRS = ReadModel(
    name="asset_repairs",
    version=1,
    key_column="repair",
    columns={
        "asset_id": "text NOT NULL",
        "done_on": "date NOT NULL",
        "upkeep": "text NOT NULL",
        "work": "text NOT NULL",
        "fault": "text",
        "done_by": "text",
        "paper": "text",
        "cost_vnd": "bigint NOT NULL",
    },
    indexes=("(asset_id)", "(done_on)"),
    events=event_types(
        "assets",
        (
            words_of.AssetRepaired,
            words_of.MaintenanceRecorded,
            words_of.InsuranceRecorded,
            words_of.InspectionRecorded,
        ),
    ),
    key=lambda fact: f"{fact.id}@{fact.position}",
    project=_project,
)
_FIELDS = ("asset_id", "done_on", "upkeep", "work", "fault", "done_by", "paper", "cost_vnd", "position")


def repair_rows(repairs: Iterable[Record], values: Iterable[Record]) -> list[RepairRow]:
    """Return what was done, each with the asset's words and the unit in whose books it was that day."""
    valued = {asset["asset_id"]: asset for asset in values}
    return [
        RepairRow(
            **{name: repair[name] for name in _FIELDS},
            tag=asset["tag"],
            name=asset["name"],
            unit_id=holder_on(asset, repair["done_on"]),
        )
        for repair in repairs
        if (asset := valued.get(repair["asset_id"]))
    ]


def _parts(condition: str, values: tuple[object, ...]) -> tuple[Rows, Rows]:
    of_those = f'asset_id IN (SELECT asset_id FROM "{ASSET_REPAIRS.table}" WHERE {condition})'
    return Rows(ASSET_REPAIRS, condition, values), Rows(ASSET_VALUES, of_those, values)


def _list(query: ListRepairs, actor: Actor) -> Completed:
    condition = (
        "($1::text IS NULL OR asset_id = $1) AND ($2::int IS NULL OR extract(year FROM done_on) = $2)"
        " AND ($3::date IS NULL OR done_on >= $3) AND ($4::date IS NULL OR done_on <= $4)"
        " AND ($5::text IS NULL OR upkeep = $5)"
    )
    values = (query.asset_id, query.year, query.from_day, query.to_day, query.upkeep)

    def build(repairs: list[Record], assets: list[Record]) -> Page[RepairRow]:
        rows = (row for row in repair_rows(repairs, assets) if query.unit_id in (None, row.unit_id))
        return page(query, rows, lambda row: (row.done_on.isoformat(), row.position))

    return named(Gathering(_parts(condition, values), build), query, with_unit)


def _costs(query: ListRepairCosts, actor: Actor) -> Completed:
    def build(repairs: list[Record], assets: list[Record]) -> Page[RepairCostRow]:
        valued = {asset["asset_id"]: asset for asset in assets}
        grouped: dict[tuple[int, str], list[RepairRow]] = defaultdict(list)
        for row in repair_rows(repairs, assets):
            if query.unit_id in (None, row.unit_id):
                of_class = valued[row.asset_id]["classes"][-1]
                id = {"asset": row.asset_id, "unit": row.unit_id, "class": of_class}[query.by]
                grouped[row.done_on.year, id].append(row)
        rows = (_cost(year, id, done, query.by) for (year, id), done in grouped.items())
        if query.sort == "year":
            return page(query, rows, lambda row: (row.year, row.total_vnd, row.id))
        return page(query, rows, lambda row: (row.total_vnd, row.year, row.id))

    def name(row: RepairCostRow, names: Names) -> RepairCostRow:
        return row.model_copy(update={"label": names.unit(row.id)}) if query.by == "unit" else row

    condition = "$1::int IS NULL OR extract(year FROM done_on) = $1"
    return named(Gathering(_parts(condition, (query.year,)), build), query, name, units=("id",))


def _cost(year: int, id: str, rows: list[RepairRow], by: str) -> RepairCostRow:
    spent = {kind: sum(row.cost_vnd for row in rows if row.upkeep == kind) for kind in _KINDS}
    label = {"asset": f"{rows[-1].tag} {rows[-1].name}", "class": class_name(id)}.get(by, id)
    return RepairCostRow(
        year=year,
        label=label,
        times=len(rows),
        **{f"{kind}_vnd": cost for kind, cost in spent.items()},
        total_vnd=sum(spent.values()),
        id=id,
    )


LIST_REPAIRS = QueryRule(ListRepairs, (ASSET_REPAIRS, ASSET_VALUES, *NAMES), _list)
LIST_REPAIR_COSTS = QueryRule(ListRepairCosts, (ASSET_REPAIRS, ASSET_VALUES, *NAMES), _costs)
