"""Folding read models from sequence 1 into tables of their own: one reading and decoding of the log for all of them."""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from asyncpg import Pool

from services.runtime.database import skipped
from services.runtime.envelope import Decoder, Fact
from services.runtime.follow import Message, Reader, ReaderLost
from services.runtime.read_model import BulkFold, Fold, ReadModel, create_indexes_sql
from services.runtime.settings import Settings

STATEMENT_S = 600
_STEP = 2_000
_END_OF_LOG_S = 5.0
_TRIES = 20
_PAUSE_S = 0.5


class _Chunk(NamedTuple):
    """The facts of some messages in a row, the last of them at sequence `last`."""

    last: int
    facts: Sequence[Fact]


class Growing:
    """A table under construction: its model, its fold, and how far it has come."""

    def __init__(self, model: ReadModel, table: str, pool: Pool) -> None:
        """Write through the pool into a table that exists and is empty."""
        self.model = model
        self.table = table
        self.fold = Fold(model, table)
        self.position = 0
        self.facts = 0
        self.bulk = BulkFold(self.fold, pool)
        self.types = model.types


class Replay:
    """Brings tables of one service forward together, each to a position of its own."""

    def __init__(
        self, settings: Settings, pool: Pool, tables: Sequence[Growing], name: str, pull: int = 20_000
    ) -> None:
        """Read the log as a consumer of this name, so many messages at a time; `open` begins, `close` ends."""
        self.tables = tuple(tables)
        self._pool = pool
        models = [table.model for table in tables]
        events = {name: kind for model in models for name, kind in model.events.items()}
        self._decoder = Decoder(events, whole=next((model.whole for model in models if model.whole), None))
        self._settings = settings
        self._name = name
        self._pull = pull
        self._reader = Reader(settings, name, pull)
        self._read = 0
        self._messages: deque[Message] = deque()
        self._chunks: deque[_Chunk] = deque()
        self._indexing = asyncio.Semaphore(2)
        self._skipped: dict[str, frozenset[int]] = {}
        self._passed_over: frozenset[int] = frozenset()

    async def open(self) -> None:
        """Connect to the log; raise ReaderLost. What an operator let a table's follower skip is skipped here too."""
        known = await skipped(self._pool, self._settings.nats_user)
        self._skipped = {table.model.table: known.get(table.model.table, frozenset()) for table in self.tables}
        self._passed_over = frozenset().union(*self._skipped.values())
        await self._reader.open(0)

    async def close(self) -> None:
        """Leave the log, and give up what is on its way to a table."""
        self._reader.close()
        for table in self.tables:
            await table.bulk.abandon()

    async def forward(self, goals: Mapping[str, int], report: Callable[[int], None] = lambda _: None) -> None:
        """Fold each table up to its goal, given by its name; all is written when this returns.

        `report` gets the position of the table that is furthest behind. Raises ReaderLost, also when the log ends
        before a goal, LogGap, database errors, and whatever an event that cannot be folded raises.
        """
        while behind := [table for table in self.tables if table.position < goals[table.table]]:
            for table in behind:
                await table.bulk.apply(await self.next(table, goals[table.table]))
                await asyncio.sleep(0)  # a turn for what is being written behind
            self._forget(min(table.position for table in self.tables))
            report(min(table.position for table in behind))
        for table in self.tables:
            await table.bulk.finish()

    async def next(self, table: Growing, goal: int) -> list[Fact]:
        """Move a table's position on by some messages, not beyond `goal`; return their facts that matter to it."""
        chunk = await self._after(table.position)
        start, table.position = table.position, min(chunk.last, goal)
        wanted = [fact for fact in chunk.facts if fact.type in table.types and start < fact.sequence <= goal]
        if passed_over := self._skipped[table.model.table]:
            wanted = [fact for fact in wanted if fact.sequence not in passed_over]
        table.facts += len(wanted)
        return wanted

    async def index(self) -> None:
        """Create the tables' secondary indexes, two at a time, and let PostgreSQL look at what is in the tables."""
        statements = [sql for table in self.tables for sql in create_indexes_sql(table.model, table.table)]
        await asyncio.gather(*(self._create(statement) for statement in statements))
        await self.analyze()

    async def analyze(self) -> None:
        """Let PostgreSQL look at what is in the tables, so that it plans well."""
        for table in self.tables:
            await self._pool.execute(f'ANALYZE "{table.table}"', timeout=STATEMENT_S)

    async def _create(self, index: str) -> None:
        async with self._indexing, self._pool.acquire() as connection, connection.transaction():
            await connection.execute("SET LOCAL maintenance_work_mem = '256MB'")
            await connection.execute(index, timeout=STATEMENT_S)

    async def _after(self, position: int) -> _Chunk:
        """Return the next chunk with anything behind a position; it is kept until everybody has taken it."""
        for chunk in self._chunks:
            if chunk.last > position:
                return chunk
        if not self._messages:
            await self._read_on(position)
        messages = [self._messages.popleft() for _ in range(min(_STEP, len(self._messages)))]
        self._chunks.append(_Chunk(messages[-1].sequence, self._facts(messages)))
        return self._chunks[-1]

    def _facts(self, messages: Sequence[Message]) -> list[Fact]:
        """Decode messages; one that a follower was let pass over need not be readable."""
        if not self._passed_over:
            return self._decoder.all_facts(messages)
        facts = []
        for message in messages:
            try:
                facts += self._decoder.all_facts([message])
            except Exception:
                if message.sequence not in self._passed_over:
                    raise
        return facts

    async def _read_on(self, position: int) -> None:
        """Read messages behind a position; a reader that is lost is replaced by one that begins where it ended."""
        lost, again = 0, False
        while not self._messages:
            try:
                if again:
                    await asyncio.sleep(_PAUSE_S)
                    self._reader.close()
                    self._reader = Reader(self._settings, self._name, self._pull)
                    await self._reader.open(self._read)
                    again = False
                batch = await self._reader.batch(_END_OF_LOG_S)
            except ReaderLost:
                lost, again = lost + 1, True
                if lost > _TRIES:
                    raise
                continue
            if not batch.messages and batch.pending == 0:
                raise ReaderLost(f"the log ends behind {position}, but should go on")
            self._messages.extend(batch.messages)
            self._read = batch.messages[-1].sequence if batch.messages else self._read

    def _forget(self, position: int) -> None:
        while self._chunks and self._chunks[0].last <= position:
            self._chunks.popleft()
