"""Which stocktakes are there, and how far has each come?"""

from collections.abc import Mapping
from typing import Any

from pydantic_core import to_json

from contracts.assets import stocktakes as words_of
from contracts.assets.stocktakes import ListStocktakes, StocktakeRow, Tally
from contracts.base import Actor
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues

_COUNTERS = tuple(name for name in Tally.model_fields if name != "lines")


def _text(value: object) -> str | None:
    return None if value is None else to_json(value, exclude_none=True).decode()


def _counters(tally: Tally) -> RowValues:
    return {name: getattr(tally, name) for name in _COUNTERS}


def _opened(event: words_of.StocktakeOpened) -> RowValues:
    return {
        "number": event.number,
        "year": event.year,
        "title": event.title,
        "occasion": event.occasion,
        "snapshot_on": event.snapshot_on,
        "opened_on": event.opened_on,
        "status": "open",
        "scope": _text(event.scope),
        "committee": _text(event.committee),
        "decision": _text(event.decision),
        "note": event.note,
        "conclusion": None,
        "closed_on": None,
        **_counters(Tally()),
    }


def _changes(event: object) -> RowValues:
    match event:
        case words_of.CommitteeNamed():
            return {"committee": _text(event.committee), "decision": _text(event.decision)}
        case words_of.AssetsListed() | words_of.StocktakeTallied():
            return _counters(event.tally)
        case words_of.CountingStarted():
            return {"status": "counting"}
        case words_of.StocktakeClosed():
            return {"status": "closed", "closed_on": event.closed_on, "conclusion": event.conclusion}
        case words_of.StocktakeCancelled():
            return {"status": "cancelled", "closed_on": event.cancelled_on, "conclusion": event.reason}
    return {}


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    if isinstance(fact.event, words_of.StocktakeOpened):
        return _opened(fact.event)
    return {**row, **_changes(fact.event)} if row else None


STOCKTAKES = ReadModel(
    name="stocktakes",
    version=1,
    key_column="stocktake_id",
    columns={
        "number": "integer NOT NULL",
        "year": "integer NOT NULL",
        "title": "text NOT NULL",
        "occasion": "text NOT NULL",
        "snapshot_on": "date NOT NULL",
        "opened_on": "date NOT NULL",
        "status": "text NOT NULL",
        "scope": "text NOT NULL",
        "committee": "text NOT NULL",
        "decision": "text",
        "note": "text",
        "conclusion": "text",
        "closed_on": "date",
        **dict.fromkeys(_COUNTERS, "integer NOT NULL"),
    },
    indexes=("(year, number)",),
    events=event_types(
        "assets",
        (
            words_of.StocktakeOpened,
            words_of.CommitteeNamed,
            words_of.AssetsListed,
            words_of.CountingStarted,
            words_of.StocktakeTallied,
            words_of.StocktakeClosed,
            words_of.StocktakeCancelled,
        ),
    ),
    key=lambda fact: fact.id,
    project=_project,
)


def make_row(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that are put together from others."""
    return {"notation": f"{record['number']}/{record['year']}"}


def _list(query: ListStocktakes, actor: Actor) -> Listing:
    return (
        Listing(STOCKTAKES, query, StocktakeRow, ("year", "number"), make_row)
        .where("year = {}", query.year)
        .where("status = {}", query.status)
    )


LIST_STOCKTAKES = QueryRule(ListStocktakes, (STOCKTAKES,), _list)
