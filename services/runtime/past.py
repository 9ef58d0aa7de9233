"""Answering as of the past: read models as they were at a position of the log, and nothing else in sight."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import asyncpg

from contracts.base import Failed, Query, Refused, wire_name
from services.runtime.log import EventLog, Head, LogUnavailable
from services.runtime.manifest import QueryRule
from services.runtime.moments import position_at
from services.runtime.past_building import BUILT
from services.runtime.past_keeping import Kept, PastSchemas, Place
from services.runtime.problems import (
    NOT_YET_RECORDED,
    PAST_BUILDING,
    PAST_BUSY,
    PAST_NOT_KEPT,
    PAST_UNAVAILABLE,
    problem,
)
from services.runtime.read_model import Database, ReadModel

_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


class PastUnavailable(Exception):
    """The past asked for cannot be shown now; `reply` says why and when to ask again."""

    def __init__(self, reply: Failed) -> None:
        super().__init__(reply.en)
        self.reply = reply


class Past:
    """Finds the past a query asks of, and gives connections to it."""

    def __init__(self, schemas: PastSchemas, log: EventLog, patience_s: float = 3.0) -> None:
        """Let a query wait for so long while its past is put together."""
        self._schemas = schemas
        self._log = log
        self._patience_s = patience_s

    async def reach(self, rule: QueryRule, query: Query) -> Kept:
        """Return the past a query asks of, with the read models it reads; raise Refused, or PastUnavailable."""
        if rule.follows:
            raise Refused(PAST_NOT_KEPT, field=_asked_by(query), query=wire_name(rule.query))
        try:
            place = await self._place(query)
        except LogUnavailable as error:
            raise _unavailable(query.as_of_position, str(error)) from None
        kept = self._schemas.at(place)
        if kept is None:
            raise PastUnavailable(problem(Failed, PAST_BUSY))
        work = self._schemas.fill(kept, rule.reads)
        done, pending = await asyncio.wait(set(work.values()), timeout=self._patience_s)
        failed = next((task for task in done if task.cancelled() or task.exception()), None)
        if failed is not None:
            # Whoever asks again has it tried again.
            kept.work = {table: task for table, task in kept.work.items() if task is not failed}
            raise _unavailable(place.position, "cancelled" if failed.cancelled() else str(failed.exception()))
        if pending:
            behind = min(kept.reached.get(table, 0) for table, task in work.items() if task in pending)
            percent = min(99, 100 * behind // max(place.position, 1))
            raise PastUnavailable(problem(Failed, PAST_BUILDING, position=place.position, percent=percent))
        return kept

    @asynccontextmanager
    async def reading(self, kept: Kept, models: Sequence[ReadModel]) -> AsyncIterator[Database]:
        """Give a connection that sees this past and nothing else; raise PastUnavailable when it is gone meanwhile."""
        assert kept.pool is not None
        kept.users += 1
        try:
            async with (
                kept.pool.acquire(timeout=5) as connection,
                connection.transaction(isolation="repeatable_read", readonly=True),
            ):
                if not await _is_whole(connection, models):
                    self._schemas.drop(kept)
                    raise _unavailable(kept.place.position, "it was dropped meanwhile")
                yield connection
        finally:
            kept.users -= 1
            kept.touch()

    async def _place(self, query: Query) -> Place:
        head, now = await self._log.head(), datetime.now(UTC)
        if query.as_of_position is not None:
            if query.as_of_position > head.last_sequence:
                raise _not_yet(query, head, now)
            return Place(head.created, query.as_of_position)
        assert query.as_of is not None
        if query.as_of > now:
            raise _not_yet(query, head, now)
        return Place(head.created, await position_at(self._log, query.as_of, head.last_sequence))


async def _is_whole(connection: Database, models: Sequence[ReadModel]) -> bool:
    """Tell whether models are there still: a crash of the server empties their tables, and another may sweep them."""
    try:
        built = {row[0] for row in await connection.fetch(f"SELECT model FROM {BUILT}")}
    except asyncpg.UndefinedTableError:
        return False
    return built.issuperset(model.table for model in models)


def _asked_by(query: Query) -> str:
    return "as_of" if query.as_of is not None else "as_of_position"


def _not_yet(query: Query, head: Head, now: datetime) -> Refused:
    at = f"{now.astimezone(_HANOI):%d/%m/%Y %H:%M:%S}"
    return Refused(NOT_YET_RECORDED, field=_asked_by(query), head=head.last_sequence, now=at)


def _unavailable(position: int | None, reason: str) -> PastUnavailable:
    return PastUnavailable(
        problem(Failed, PAST_UNAVAILABLE, position="?" if position is None else position, reason=reason)
    )
