"""Repair, maintenance, insurance and inspection of assets cost money: a request is drafted for whose they are."""

from collections.abc import Iterable

from contracts import assets
from contracts.base import Command
from contracts.finance import CostKind, Paper, RecordCost
from services.finance.policies.hearing import cause_of, fit, said_of, thing_of, told_once
from services.runtime.envelope import Fact

ASSETS = (assets.AssetRepaired, assets.MaintenanceRecorded, assets.InsuranceRecorded, assets.InspectionRecorded)


def react(fact: Fact) -> Iterable[Command]:
    """Yield what was paid for an asset; what cost nothing, costs nothing."""
    event = fact.event
    match event:
        case assets.AssetRepaired():
            cost = _cost(fact, "repair", event.cost_vnd, f"Sửa chữa ({event.work})")
            more = {"on": event.repaired_on, "supplier": said_of(event.repaired_by)}
        case assets.MaintenanceRecorded():
            cost = _cost(fact, "maintenance", event.cost_vnd, f"Bảo dưỡng ({event.work})")
            more = {"on": event.done_on, "supplier": said_of(event.done_by)}
        case assets.InsuranceRecorded():
            paper = _paper(event.policy_number, "Giấy chứng nhận bảo hiểm")
            cost = _cost(fact, "insurance", event.premium_vnd, "Phí bảo hiểm", paper)
            more = {"on": event.valid_from, "supplier": said_of(event.insurer)}
        case assets.InspectionRecorded():
            paper = _paper(event.certificate_number, "Giấy chứng nhận kiểm định")
            cost = _cost(fact, "inspection", event.cost_vnd, "Phí đăng kiểm, kiểm định", paper)
            more = {"on": event.inspected_on, "supplier": said_of(event.inspected_by)}
        case _:
            return
    if cost["amount_vnd"]:
        yield RecordCost.model_validate({**cost, **more})


def _cost(fact: Fact, kind: CostKind, amount_vnd: int, told: str, paper: Paper | None = None) -> dict[str, object]:
    return {
        "cost_id": told_once(fact),
        "kind": kind,
        "amount_vnd": amount_vnd,
        "told": fit(told, 120),
        "thing_id": thing_of(fact),
        "paper": paper,
        "cause": cause_of(fact, fit(told, 120)),
    }


def _paper(number: str, title: str) -> Paper:
    return Paper(number=fit(number, 60), title=title)
