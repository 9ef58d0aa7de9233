"""What did an event say, and what became another value by it?"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias

from pydantic import AwareDatetime
from pydantic_core import from_json

from contracts.audit import ARCHIVE_DIFFERS, Change, TrailRow
from contracts.base import Event, Refused, Row
from contracts.catalog import SERVICES
from contracts.titles import event_title, field_title
from services.runtime.envelope import PLACES, event_types
from services.runtime.read_model import Database

TYPES: Mapping[str, type[Event]] = {
    kind: event for name, words in SERVICES.items() for kind, event in event_types(name, words.EVENTS).items()
}
"""Every event type of the office that has a class; of the others only what is written in them is known."""
_OF_THE_EVENT = frozenset({"asked", "query", "reason"})
_NOTHING: tuple[object, ...] = (None, "", [], {})
Envelope: TypeAlias = dict[str, Any]


class Entry(Row):
    """A row of the trail's table."""

    event_key: str
    position: int
    time: AwareDatetime
    service: str
    aggregate: str
    id: str
    type: str
    actor: str
    boards: tuple[str, ...] | None
    command_id: str
    correlation_id: str
    causation_id: str | None

    @property
    def sequence(self) -> int:
        """The message's place in the log."""
        return self.position // PLACES


async def trail_rows(
    database: Database, table: str, entries: Sequence[Entry], *, most_bytes: int | None = None
) -> tuple[TrailRow, ...]:
    """Return entries with what their events say, from the archive, and what changed by them.

    What was before is exact: for every type that shares a field with an event, the last event of the same record before
    it is looked up, so at most one for each type of the event's service however long the record's history is. With
    `most_bytes` the rows end where their facts would become longer than that, but not before the first.
    Raises Refused when the archive has not what the trail was made of.
    """
    envelopes = await _envelopes(database, {entry.position: entry.type for entry in entries})
    shown = list(entries)
    if most_bytes is not None:
        sizes = [len(repr(envelopes[entry.position]["data"])) for entry in entries]
        shown = [entry for place, entry in enumerate(entries) if place == 0 or sum(sizes[: place + 1]) <= most_bytes]
    earlier = await _earlier(database, table, shown)
    found = await _envelopes(database, {position: kind for before in earlier.values() for position, kind in before})
    return tuple(
        _row(entry, envelopes[entry.position], [found[position] for position, _ in earlier[entry.event_key]])
        for entry in shown
    )


async def _envelopes(database: Database, wanted: Mapping[int, str]) -> dict[int, Envelope]:
    """Return the events at positions, each of the type expected there."""
    sequences = {position // PLACES for position in wanted}
    rows = await database.fetch(
        "SELECT sequence, payload FROM archive WHERE sequence = ANY($1::bigint[])", list(sequences)
    )
    messages = {row[0]: from_json(row[1]) for row in rows}
    found = {}
    for position, kind in wanted.items():
        sequence, place = divmod(position, PLACES)
        message = messages.get(sequence, ())
        if place >= len(message) or message[place]["type"] != kind:
            raise Refused(ARCHIVE_DIFFERS, sequence=sequence)
        found[position] = message[place]
    return found


async def _earlier(database: Database, table: str, entries: Sequence[Entry]) -> dict[str, list[tuple[int, str]]]:
    """Return by entry the last events of its record before it, one for each type that shares a field, newest first."""
    asked = [(entry, kind) for entry in entries for kind in _sharing(entry.type)]
    rows = await database.fetch(
        "SELECT asked.event_key, before.position, asked.type "
        "FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS asked (event_key, aggregate, id, type) "
        f'CROSS JOIN LATERAL (SELECT position FROM "{table}" one WHERE one.id = asked.id AND one.type = asked.type '
        "AND one.aggregate = asked.aggregate AND one.event_key < asked.event_key "
        "ORDER BY one.event_key DESC LIMIT 1) before ORDER BY before.position DESC",
        [entry.event_key for entry, _ in asked],
        [entry.aggregate for entry, _ in asked],
        [entry.id for entry, _ in asked],
        [kind for _, kind in asked],
    )
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for key, position, kind in rows:
        found[key].append((position, kind))
    return found


@cache
def _sharing(kind: str) -> tuple[str, ...]:
    """Return the types whose events may say what a field of such an event was before, itself among them."""
    known, service = TYPES.get(kind), kind.split(".", 1)[0]
    if known is None:
        return (kind,)
    fields = known.model_fields.keys() - _OF_THE_EVENT
    return tuple(
        other
        for other, event in TYPES.items()
        if other.split(".", 1)[0] == service and fields & event.model_fields.keys()
    )


def _row(entry: Entry, envelope: Envelope, earlier: Sequence[Envelope]) -> TrailRow:
    vi, en = event_title(entry.type)
    return TrailRow(
        **entry.model_dump(exclude={"event_key", "boards"}),
        boards=entry.boards or (),
        sequence=entry.sequence,
        place=entry.position % PLACES,
        vi=vi,
        en=en,
        event_id=envelope["id"],
        facts=envelope["data"],
        changes=tuple(_changes(envelope, earlier)),
    )


def _changes(envelope: Envelope, earlier: Sequence[Envelope]) -> list[Change]:
    changes = []
    for field in _fields(envelope):
        of_record = field not in _OF_THE_EVENT
        last = next((one for one in earlier if field in _fields(one)), None) if of_record else None
        before, after = last["data"].get(field) if last else None, envelope["data"].get(field)
        if before != after and not (before in _NOTHING and after in _NOTHING):
            vi, en = field_title(envelope["type"], field)
            changes.append(Change(field=field, vi=vi, en=en, before=before, after=after))
    return changes


def _fields(envelope: Envelope) -> Sequence[str]:
    """Return the fields an event has, those left empty among them where its class is known."""
    known = TYPES.get(envelope["type"])
    return tuple(known.model_fields) if known else tuple(envelope["data"])
