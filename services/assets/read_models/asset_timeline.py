"""What happened to one asset, fact after fact, and by which decision?"""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from pydantic_core import from_json, to_json

from contracts import assets as words_of
from contracts.assets.queries import ListAssetHistory
from contracts.assets.rows import AssetHistoryRow
from contracts.base import Actor, Event, Page
from services.assets.read_models.asset_sentences import Told, day_of, tell, told_by
from services.assets.read_models.names import NAMES, Names
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Gathering, Record, Rows, page
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues

_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_EVENTS = event_types("assets", words_of.EVENTS)


def _project(row: RowValues | None, fact: Fact) -> RowValues:
    return {
        "asset_id": fact.id,
        "type": fact.type,
        "told": to_json(fact.event, exclude_none=True).decode(),
        "recorded_at": fact.time,
        "recorded_by": fact.actor,
    }


ASSET_TIMELINE = ReadModel(
    name="asset_timeline",
    version=1,
    key_column="fact",
    columns={
        "asset_id": "text NOT NULL",
        "type": "text NOT NULL",
        "told": "text NOT NULL",
        "recorded_at": "timestamptz NOT NULL",
        "recorded_by": "text NOT NULL",
    },
    indexes=("(asset_id)",),
    events=_EVENTS,
    key=lambda fact: f"{fact.id}@{fact.position}" if fact.aggregate == "asset" else None,
    project=_project,
)
"""Every fact of every asset as it was recorded; put into words when it is asked for."""


def events_of(records: list[Record]) -> Iterator[tuple[Record, Event]]:
    """Yield the records of one asset with their events, in the order of the log."""
    for record in sorted(records, key=lambda record: record["position"]):
        yield record, _EVENTS[record["type"]].model_validate(from_json(record["told"]))


def _row(record: Record, event: Event, told: Told, names: Names) -> AssetHistoryRow:
    content, before, after = tell(event, told, names)
    decision = getattr(event, "decision", None)
    return AssetHistoryRow(
        day=day_of(event) or record["recorded_at"].astimezone(_HANOI).date(),
        content=content,
        before=before,
        after=after,
        decision_number=decision.number if decision else None,
        decision_issued_on=decision.issued_on if decision else None,
        decision_issuer=decision.issuer if decision else None,
        recorded_at=record["recorded_at"],
        recorded_by=record["recorded_by"],
        asset_id=record["asset_id"],
        type=record["type"],
        position=record["position"],
    )


def _list(query: ListAssetHistory, actor: Actor) -> Gathering:
    def build(facts: list[Record], *known: list[Record]) -> Page[AssetHistoryRow]:
        units, sites, people = (
            {record[model.key_column]: record for record in records}
            for model, records in zip(NAMES, known, strict=True)
        )
        rows, told = [], Told()
        for record, event in events_of(facts):
            day = day_of(event) or record["recorded_at"].astimezone(_HANOI).date()
            rows.append(_row(record, event, told, Names(day, units, sites, people)))
            told = told_by(told, event)
        wanted = (
            row
            for row in rows
            if (query.from_day is None or row.day >= query.from_day)
            and (query.to_day is None or row.day <= query.to_day)
        )
        return page(query, wanted, lambda row: (row.position,))

    facts = Rows(ASSET_TIMELINE, "asset_id = $1", (query.asset_id,))
    return Gathering((facts, *(Rows(model) for model in NAMES)), build)


LIST_ASSET_HISTORY = QueryRule(ListAssetHistory, (ASSET_TIMELINE, *NAMES), _list)
