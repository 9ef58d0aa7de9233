"""Rebuilding a read model beside the live one: folded from sequence 1, compared row by row, then switched."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from asyncpg import Pool

from services.runtime.database import checkpoints
from services.runtime.envelope import Decoder, Fact
from services.runtime.follow import Message, Reader
from services.runtime.read_model import BulkFold, Database, Fold, ReadModel, create_indexes_sql, create_table_sql
from services.runtime.settings import Settings

_PULL = 20_000
_STEP = 2_000
_NEAR = 2_000


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild found: facts folded, rows made, keys that differ from the live table; and whether it switched."""

    model: str
    position: int
    facts: int
    rows: int
    seconds: float
    differing_keys: tuple[str, ...]
    differences: int
    switched: bool


class Rebuild:
    """One rebuild of one read model; readers go on reading the live table, and its follower goes on writing it."""

    def __init__(self, settings: Settings, pool: Pool, model: ReadModel) -> None:
        """Work through a pool whose role owns the tables."""
        self._settings = settings
        self._pool = pool
        self._model = model
        self._live = model.table
        self._next = f"{model.table}_next"
        self._fold = Fold(model, self._next)
        self._bulk = BulkFold(self._fold, pool)
        self._indexing = asyncio.Semaphore(2)
        self._decoder = Decoder(model.events, whole=model.whole)
        self._reader = Reader(settings, f"rebuild-{model.name.replace('_', '-')}", _PULL)
        self._ahead: deque[Message] = deque()
        self._position = 0
        self._facts = 0

    async def run(self, report: Callable[[int, int], None], *, even_if_different: bool = False) -> Rebuilt:
        """Rebuild and switch; with differences, switch only when told to. `report` gets position and goal.

        Raises ReaderLost or a database error when a server goes away: the live table is then as it was.
        """
        started = time.monotonic()
        await self._pool.execute(f'DROP TABLE IF EXISTS "{self._next}"')
        await self._pool.execute(create_table_sql(self._model, self._next))
        await self._reader.open(0)
        try:
            await self._approach(report)
            await asyncio.gather(*(self._index(sql) for sql in create_indexes_sql(self._model, self._next)))
            await self._pool.execute(f'ANALYZE "{self._next}"')
            await self._approach(report)
            return await self._finish(started, even_if_different=even_if_different)
        finally:
            self._reader.close()
            await self._pool.execute(f'DROP TABLE IF EXISTS "{self._next}"')

    async def _index(self, statement: str) -> None:
        async with self._indexing, self._pool.acquire() as connection, connection.transaction():
            await connection.execute("SET LOCAL maintenance_work_mem = '256MB'")
            await connection.execute(statement)

    async def _approach(self, report: Callable[[int, int], None]) -> None:
        """Fold up to where the live table is, until it is hardly moving away any more."""
        while True:
            goal = (await checkpoints(self._pool))[self._live].position
            start = self._position
            while self._position < goal:
                await self._bulk.apply(await self._next_facts(goal))
                report(self._position, goal)
            await self._bulk.finish()
            if goal - start <= _NEAR:
                return

    async def _next_facts(self, goal: int) -> list[Fact]:
        """Return the facts of the next messages, none behind `goal`, and move the position past them."""
        if not self._ahead:
            self._ahead.extend((await self._reader.batch()).messages)
        messages: list[Message] = []
        while self._ahead and self._ahead[0].sequence <= goal and len(messages) < _STEP:
            messages.append(self._ahead.popleft())
        facts = self._decoder.all_facts(messages)
        self._facts += len(facts)
        if messages:
            self._position = messages[-1].sequence
        elif self._ahead:
            self._position = goal
        return facts

    async def _finish(self, started: float, *, even_if_different: bool) -> Rebuilt:
        """Hold the live follower where it is, come to the same position, compare, and switch in one transaction."""
        async with self._pool.acquire() as connection, connection.transaction():
            goal = await connection.fetchval(
                "SELECT position FROM checkpoints WHERE follower = $1 FOR UPDATE", self._live
            )
            while self._position < goal:
                await self._fold.apply(connection, await self._next_facts(goal))
            count, keys = await self._compare(connection)
            rows = await connection.fetchval(f'SELECT count(*) FROM "{self._next}"')
            switched = count == 0 or even_if_different
            if switched:
                await connection.execute(f'ALTER TABLE "{self._live}" RENAME TO "{self._live}_old"')
                await connection.execute(f'ALTER TABLE "{self._next}" RENAME TO "{self._live}"')
                await connection.execute(f'DROP TABLE "{self._live}_old"')
            seconds = time.monotonic() - started
            return Rebuilt(self._live, goal, self._facts, rows, seconds, keys, count, switched)

    async def _compare(self, database: Database) -> tuple[int, tuple[str, ...]]:
        key = self._model.key_column
        rows = await database.fetch(
            f'SELECT coalesce(l."{key}", n."{key}") AS key, count(*) OVER () AS differences '
            f'FROM "{self._live}" l FULL JOIN "{self._next}" n ON l."{key}" = n."{key}" '
            "WHERE l.* IS DISTINCT FROM n.* LIMIT 10"
        )
        return (rows[0]["differences"] if rows else 0), tuple(row["key"] for row in rows)
