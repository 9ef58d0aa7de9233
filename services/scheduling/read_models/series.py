"""What became of every time of a series, and who held what it did not get?"""

from pydantic import TypeAdapter
from pydantic_core import to_json

from contracts import scheduling as words_of
from contracts.base import Actor, Refused
from contracts.scheduling import SERIES_EVENTS, BookingRow, GetSeries, Occurrence, SeriesView, Want
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Gathering, Record, Rows
from services.runtime.listing import as_row
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues
from services.scheduling.read_models.bookings import BOOKINGS, made_for
from services.scheduling.read_models.site_names import SITES, named
from services.scheduling.read_models.slots import may_see

_OCCURRENCES: TypeAdapter[tuple[Occurrence, ...]] = TypeAdapter(tuple[Occurrence, ...])
_WANTS: TypeAdapter[tuple[Want, ...]] = TypeAdapter(tuple[Want, ...])
_FACTS = ("title", "private", "board", "booked_by", "every", "interval", "reconfirm")


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    event = fact.event
    if isinstance(event, words_of.SeriesBooked):
        told = {name: getattr(event, name) for name in _FACTS}
        return {**told, "wants": _json(event.wants), "occurrences": _json(event.occurrences)}
    assert isinstance(event, words_of.OccurrencesChanged)
    if row is None:
        return None
    times = {each.number: each for each in _OCCURRENCES.validate_json(row["occurrences"])}
    times |= {each.number: each for each in event.occurrences}
    return {**row, "occurrences": _json(tuple(times[number] for number in sorted(times)))}


def _json(messages: tuple[Occurrence, ...] | tuple[Want, ...]) -> str:
    return to_json(messages, exclude_none=True).decode()


SERIES_KNOWN = ReadModel(
    name="series_known",
    version=1,
    key_column="series_id",
    columns={
        "title": "text NOT NULL",
        "private": "boolean NOT NULL",
        "board": "text",
        "booked_by": "text NOT NULL",
        "every": "text NOT NULL",
        "interval": "integer NOT NULL",
        "reconfirm": "boolean NOT NULL",
        "wants": "text NOT NULL",
        "occurrences": "text NOT NULL",
    },
    indexes=(),
    events=event_types("scheduling", SERIES_EVENTS),
    key=lambda fact: fact.id,
    project=_project,
)
"""Every series with its times as they stand."""


def _get(query: GetSeries, actor: Actor) -> Gathering:
    def build(found: list[Record], bookings: list[Record], sites: list[Record]) -> SeriesView:
        if not found:
            raise Refused(words_of.SERIES_UNKNOWN, series_id=query.series_id)
        series = found[0]
        make = made_for(actor, named(sites))
        rows = [as_row(BookingRow, booking, make) for booking in bookings]
        own = sorted((row for row in rows if isinstance(row, BookingRow)), key=lambda row: row.starts_at)
        return SeriesView(
            series_id=query.series_id,
            title=series["title"] if may_see(series, actor) else None,
            every=series["every"],
            interval=series["interval"],
            reconfirm=series["reconfirm"],
            wants=_WANTS.validate_json(series["wants"]),
            occurrences=_OCCURRENCES.validate_json(series["occurrences"]),
            bookings=tuple(own),
        )

    of_it = ("series_id = $1", (query.series_id,))
    return Gathering((Rows(SERIES_KNOWN, *of_it), Rows(BOOKINGS, *of_it), Rows(SITES)), build)


GET_SERIES = QueryRule(GetSeries, (SERIES_KNOWN, BOOKINGS, SITES), _get)
