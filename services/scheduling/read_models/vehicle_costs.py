"""What does each car cost, in all and for each km?"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from contracts import assets
from contracts.base import Actor, Page
from contracts.scheduling import vehicles as words_of
from contracts.scheduling.vehicles import ListVehicleCosts, VehicleCostRow
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Gathering, Place, Record, Rows, page
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues
from services.scheduling.deciders.common import HANOI
from services.scheduling.read_models.rides_names import CARS_KNOWN

_KINDS = ("fuel", "tolls", "repair", "maintenance", "insurance", "inspection")


def _key(fact: Fact) -> str:
    return getattr(fact.event, "receipt_id", None) or fact.event_id


def _cost(fact: Fact) -> RowValues:
    event = fact.event
    match event:
        case words_of.FuelRecorded() | words_of.FuelCorrected():
            return {"day": event.received_on, "kind": "fuel", "amount_vnd": event.amount_vnd}
        case words_of.TripLogged():
            day = event.finished_at.astimezone(HANOI).date()
            paid = {"amount_vnd": event.tolls_vnd, "hire_vnd": event.hire_vnd}
            return {"day": day, "kind": "tolls", **paid, "km": event.km, "trips": 1}
        case assets.AssetRepaired():
            return {"day": event.repaired_on, "kind": "repair", "amount_vnd": event.cost_vnd}
        case assets.MaintenanceRecorded():
            return {"day": event.done_on, "kind": "maintenance", "amount_vnd": event.cost_vnd}
        case assets.InsuranceRecorded():
            return {"day": event.valid_from, "kind": "insurance", "amount_vnd": event.premium_vnd}
        case assets.InspectionRecorded():
            return {"day": event.inspected_on, "kind": "inspection", "amount_vnd": event.cost_vnd}
    raise AssertionError(fact.type)


def _project(row: RowValues | None, fact: Fact) -> RowValues:
    vehicle_id = f"asset-{fact.id}" if fact.type.startswith("assets.") else fact.id
    return {"vehicle_id": vehicle_id, "hire_vnd": 0, "km": 0, "trips": 0, **_cost(fact)}


VEHICLE_COSTS = ReadModel(
    name="vehicle_costs",
    version=2,
    key_column="cost_id",
    columns={
        "vehicle_id": "text NOT NULL",
        "day": "date NOT NULL",
        "kind": "text NOT NULL",
        "amount_vnd": "bigint NOT NULL",
        "hire_vnd": "bigint NOT NULL",
        "km": "integer NOT NULL",
        "trips": "integer NOT NULL",
    },
    indexes=("(day)", "(vehicle_id, day)"),
    events={
        **event_types("scheduling", (words_of.FuelRecorded, words_of.FuelCorrected, words_of.TripLogged)),
        **event_types(
            "assets",
            (
                assets.AssetRepaired,
                assets.MaintenanceRecorded,
                assets.InsuranceRecorded,
                assets.InspectionRecorded,
            ),
        ),
    },
    key=_key,
    project=_project,
)
"""What was paid for assets of any kind, and what cars drove; which of them are cars is known when it is asked."""


def _list(query: ListVehicleCosts, actor: Actor) -> Gathering:
    condition = (
        "day BETWEEN $1 AND $2 AND ($3::text IS NULL OR vehicle_id = $3) "
        f'AND vehicle_id IN (SELECT vehicle_id FROM "{CARS_KNOWN.table}")'
    )
    values = (query.from_day, query.to_day, query.vehicle_id)

    def build(costs: list[Record], cars: list[Record]) -> Page[VehicleCostRow]:
        of_car: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for cost in costs:
            of_car[cost["vehicle_id"]].append(cost)
        wanted = [car for car in cars if query.vehicle_id in (None, car["vehicle_id"])]
        rows = [_row(car, of_car[car["vehicle_id"]]) for car in wanted]
        return page(query, rows, lambda row: _place(row, query.sort))

    return Gathering((Rows(VEHICLE_COSTS, condition, values), Rows(CARS_KNOWN)), build)


def _row(car: Mapping[str, Any], costs: list[Mapping[str, Any]]) -> VehicleCostRow:
    paid = {kind: sum(cost["amount_vnd"] for cost in costs if cost["kind"] == kind) for kind in _KINDS}
    paid["hire"] = sum(cost["hire_vnd"] for cost in costs)
    km, total = sum(cost["km"] for cost in costs), sum(paid.values())
    return VehicleCostRow(
        vehicle_id=car["vehicle_id"],
        plate=car["plate"],
        km=km,
        trips=sum(cost["trips"] for cost in costs),
        **{f"{kind}_vnd": amount for kind, amount in paid.items()},
        total_vnd=total,
        vnd_per_km=(2 * total + km) // (2 * km) if km else None,
    )


def _place(row: VehicleCostRow, sort: str) -> Place:
    last = (row.plate, row.vehicle_id)
    return last if sort == "plate" else (getattr(row, sort) or 0, *last)


LIST_VEHICLE_COSTS = QueryRule(ListVehicleCosts, (VEHICLE_COSTS, CARS_KNOWN), _list)
