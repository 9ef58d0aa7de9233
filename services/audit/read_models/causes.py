"""Which command led to which events, and these to which commands?"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contracts.audit import REQUEST_TOO_LARGE, REQUEST_UNKNOWN, Cause, Causes, Effect, GetCauses, TrailRow
from contracts.base import Actor, Refused
from services.audit.archive import tables
from services.audit.archive.proving import as_reading
from services.audit.read_models.trail import ARCHIVED, LARGEST_ANSWER, TRAIL
from services.audit.read_models.trail_rows import Entry, trail_rows
from services.runtime.manifest import QueryRule
from services.runtime.read_model import Database

MOST_EVENTS = 1000
"""Events in one answer; a request with more, such as an import, is read page by page as a trail."""
_DEEPEST = 100


@dataclass(frozen=True)
class _CausesReading:
    query: GetCauses

    async def read(self, database: Database) -> Causes:
        """Return the tree; raise Refused when there is nothing of the request, or too much for one answer."""
        request = self.query.correlation_id
        names = ", ".join(f'"{name}"' for name in Entry.model_fields)
        records = await database.fetch(
            f'SELECT {names} FROM "{TRAIL.table}" WHERE correlation_id = $1 AND {ARCHIVED.format("$2")} '
            f"ORDER BY event_key LIMIT {MOST_EVENTS + 1}",
            request,
            1,
        )
        if not records:
            raise Refused(REQUEST_UNKNOWN, correlation_id=request)
        entries = [Entry.model_validate(dict(record)) for record in records[:MOST_EVENTS]]
        rows = await trail_rows(database, TRAIL.table, entries, most_bytes=LARGEST_ANSWER)
        if len(rows) < len(records):
            raise Refused(REQUEST_TOO_LARGE, correlation_id=request)
        return Causes(correlation_id=request, commands=tree(rows))


def tree(rows: Sequence[TrailRow]) -> tuple[Cause, ...]:
    """Return the commands whose cause is not among the rows, each with its events and what these led to.

    Rows come in the log's order, and so do commands and events in the tree. Where causes go deeper than a hundred
    commands, the rest stands at the top again.
    """
    commands: dict[str, list[TrailRow]] = defaultdict(list)
    for row in rows:
        commands[row.command_id].append(row)
    events = {row.event_id for row in rows}
    led_to: dict[str | None, list[str]] = defaultdict(list)
    depth: dict[str, int] = {}
    for command, own in commands.items():
        cause = own[0].causation_id
        depth[command] = depth.get(str(cause).rsplit(":", 1)[0], -1) + 1 if cause in events else 0
        led_to[cause if cause in events and depth[command] % _DEEPEST else None].append(command)
    return tuple(_cause(command, commands, led_to) for command in led_to[None])


def _cause(
    command: str, commands: Mapping[str, Sequence[TrailRow]], led_to: Mapping[str | None, Sequence[str]]
) -> Cause:
    own = commands[command]
    return Cause(
        command_id=command,
        actor=own[0].actor,
        time=own[0].time,
        events=tuple(
            Effect(event=row, led_to=tuple(_cause(effect, commands, led_to) for effect in led_to.get(row.event_id, ())))
            for row in own
        ),
    )


def _get(query: GetCauses, actor: Actor) -> _CausesReading:
    return _CausesReading(query)


GET_CAUSES = QueryRule(GetCauses, (TRAIL,), _get, follows=(tables.FOLLOWER,), records=as_reading)
