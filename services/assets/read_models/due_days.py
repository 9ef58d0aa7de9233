"""On which days do assets need something, and is any of those days near or past?"""

from collections.abc import Iterator, Mapping
from typing import Any

from contracts import assets as words_of
from contracts.assets.queries import ListDueDays
from contracts.assets.rows import DueDayRow
from contracts.base import Actor, Event, Page
from services.assets.read_models.asset_register import ASSET_REGISTER
from services.assets.read_models.names import NAMES, named, with_unit
from services.runtime.completing import Completed
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Gathering, Record, Rows, page
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues

_LISTS = ("kinds", "due_on", "states", "subjects")
_INSURANCE = {"compulsory": "Bảo hiểm bắt buộc", "voluntary": "Bảo hiểm tự nguyện"}


def _subject(event: words_of.Watched) -> str:
    match event:
        case words_of.MaintenancePlanned():
            return event.work
        case words_of.InsuranceRecorded():
            return f"{_INSURANCE[event.coverage]} số {event.policy_number} ({event.insurer})"
        case words_of.InspectionRecorded():
            return f"Giấy chứng nhận số {event.certificate_number} ({event.inspected_by})"
        case words_of.AssetLent():
            return f"Cho {event.to_unit_id.upper()} mượn"
    return event.kind


def _after(watches: dict[str, tuple[Any, ...]], event: Event) -> dict[str, tuple[Any, ...]]:
    match event:
        case words_of.Watched():
            return {**watches, event.kind: (event.due_on, "waiting", _subject(event))}
        case words_of.MaintenanceRecorded():
            return {kind: watch for kind, watch in watches.items() if kind != "maintenance"}
        case words_of.AssetReturned():
            return {kind: watch for kind, watch in watches.items() if kind != "loan"}
        case words_of.DisposalCarriedOut():
            return {}
        case words_of.DueApproached() | words_of.DuePassed():
            state = "approaching" if isinstance(event, words_of.DueApproached) else "overdue"
            watch = watches.get(event.kind)
            if watch and watch[0] == event.due_on:
                return {**watches, event.kind: (watch[0], state, watch[2])}
    return watches


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    before = {kind: tuple(watch) for kind, *watch in _watches(row)} if row else {}
    after = [(kind, *watch) for kind, watch in _after(before, fact.event).items()]
    if row is None and not after:
        return None
    lists = {name: [watch[place] for watch in after] for place, name in enumerate(_LISTS)}
    return {**lists, "first_due_on": min(lists["due_on"], default=None)}


def _watches(row: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    return zip(*(row[name] for name in _LISTS), strict=True)


ASSET_DUES = ReadModel(
    name="asset_dues",
    version=1,
    key_column="asset_id",
    columns={
        "kinds": "text[] NOT NULL",
        "due_on": "date[] NOT NULL",
        "states": "text[] NOT NULL",
        "subjects": "text[] NOT NULL",
        "first_due_on": "date",
    },
    indexes=("(first_due_on)",),
    events=event_types(
        "assets",
        (
            words_of.MaintenancePlanned,
            words_of.MaintenanceRecorded,
            words_of.InsuranceRecorded,
            words_of.InspectionRecorded,
            words_of.AssetLent,
            words_of.AssetReturned,
            words_of.DueApproached,
            words_of.DuePassed,
            words_of.DisposalCarriedOut,
        ),
    ),
    key=lambda fact: fact.id,
    project=_project,
)


def due_rows(dues: Record, asset: Record) -> list[DueDayRow]:
    """Return the days one asset is waited for, given its row of the register."""
    return [
        DueDayRow(
            tag=asset["tag"],
            name=asset["name"],
            kind=kind,
            subject=subject,
            due_on=due_on,
            state=state,
            asset_id=asset["asset_id"],
            unit_id=asset["unit_id"],
        )
        for kind, due_on, state, subject in _watches(dues)
    ]


def _list(query: ListDueDays, actor: Actor) -> Completed:
    def wanted(row: DueDayRow) -> bool:
        return (
            (query.due_to is None or row.due_on <= query.due_to)
            and query.kind in (None, row.kind)
            and query.state in (None, row.state)
            and query.unit_id in (None, row.unit_id)
        )

    def build(dues: list[Record], assets: list[Record]) -> Page[DueDayRow]:
        registered = {asset["asset_id"]: asset for asset in assets}
        rows = (
            row
            for due in dues
            if due["asset_id"] in registered
            for row in due_rows(due, registered[due["asset_id"]])
            if wanted(row)
        )
        return page(query, rows, lambda row: (row.due_on.isoformat(), row.tag, row.kind))

    until = "first_due_on <= coalesce($1::date, 'infinity')"
    of_those = f'asset_id IN (SELECT asset_id FROM "{ASSET_DUES.table}" WHERE {until})'
    parts = (Rows(ASSET_DUES, until, (query.due_to,)), Rows(ASSET_REGISTER, of_those, (query.due_to,)))
    return named(Gathering(parts, build), query, with_unit)


LIST_DUE_DAYS = QueryRule(ListDueDays, (ASSET_DUES, ASSET_REGISTER, *NAMES), _list)
