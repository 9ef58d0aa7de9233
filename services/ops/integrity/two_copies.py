"""The two copies of the log, each read in order up to a sequence, holes and damage and all."""

import asyncio
from collections import deque
from typing import NamedTuple

import asyncpg
from nats.aio.client import Client

from services.runtime.bus import STREAM, BrokerError, api
from services.runtime.follow import LogGap, Message, Reader, ReaderLost
from services.runtime.log import EventLog
from services.runtime.read_model import Database
from services.runtime.settings import Settings

_PULL = 20_000
_PART = 5_000
_PATIENCE_S = 2.0
_TRIES = 20
_NO_STREAM = 10059


class LogState(NamedTuple):
    """What the broker says of the log; `created` is None when it has none at all."""

    created: str | None
    last: int


async def log_state(client: Client) -> LogState:
    """Return what the broker says of the log; raises what a request to it raises."""
    try:
        found = await api(client, f"STREAM.INFO.{STREAM}", timeout_s=20)
    except BrokerError as error:
        if error.code != _NO_STREAM:
            raise
        return LogState(None, 0)
    return LogState(found["created"], int(found["state"]["last_seq"]))


class LogCopy:
    """The log up to `last`, read in order; what it lacks is left out."""

    def __init__(self, settings: Settings, client: Client, last: int, after: int = 0) -> None:
        """Read as these settings' user from behind `after`; ask for single messages through the client."""
        self.last = last
        self._settings = settings
        self._log = EventLog(client, timeout_s=30)
        self._reader: Reader | None = None
        self._at = after
        self._waiting: deque[Message] = deque()
        self._tries = 0

    async def up_to(self, high: int) -> list[Message]:
        """Return what the log has behind what was returned before, up to `high`; raise ReaderLost when it is away."""
        high = min(high, self.last)
        while self._at < high:
            try:
                await self._read()
            except LogGap as gap:
                self._drop()
                self._at = await self._next_readable(gap) - 1
            except ReaderLost:
                self._drop()
                self._tries += 1
                if self._tries >= _TRIES:
                    raise
                await asyncio.sleep(0.5)
        messages = []
        while self._waiting and self._waiting[0].sequence <= high:
            messages.append(self._waiting.popleft())
        return messages

    async def message(self, sequence: int) -> Message | None:
        """Return one message, wherever the reading is; None when the log has none there."""
        found = await self._log.message(sequence) if sequence <= self.last else None
        return Message(sequence, *found) if found else None

    async def _read(self) -> None:
        if self._reader is None:
            self._reader = await Reader(self._settings, "verify", _PULL).open(self._at, was_read=False)
        messages = (await self._reader.batch(_PATIENCE_S)).messages
        if not messages:
            raise ReaderLost(f"nothing comes behind {self._at}")
        self._waiting.extend(messages)
        self._at = messages[-1].sequence
        self._tries = 0

    async def _next_readable(self, gap: LogGap) -> int:
        """Return the first sequence behind a gap that the log has, or one more than its last.

        What a damaged block held lies side by side: look ever further, then back.
        """
        missing, step = gap.last or gap.first, 1
        if gap.last is not None and await self._log.message(gap.last + 1):
            return gap.last + 1
        while missing + step <= self.last and not await self._log.message(missing + step):
            missing, step = missing + step, step * 2
        if missing + step > self.last and not await self._log.message(self.last):
            return self.last + 1
        there = min(missing + step, self.last)
        while there - missing > 1:
            middle = (missing + there) // 2
            if await self._log.message(middle):
                there = middle
            else:
                missing = middle
        return there

    def _drop(self) -> None:
        if self._reader:
            self._reader.close()
            self._reader = None

    def close(self) -> None:
        """Leave."""
        self._drop()


class Row(NamedTuple):
    """A row of the archive: the message and the leaf hash it was archived with."""

    message: Message
    leaf_hash: bytes


class ArchiveCopy:
    """The archive's rows; none when the table is gone."""

    def __init__(self, database: Database) -> None:
        """Read through a connection to audit's schema."""
        self._database = database

    async def there(self) -> bool:
        """Tell whether both tables are there."""
        found: bool = await self._database.fetchval(
            "SELECT to_regclass('archive') IS NOT NULL AND to_regclass('tree') IS NOT NULL"
        )
        return found

    async def between(self, low: int, high: int) -> list[Row]:
        """Return the rows of these sequences in order, in parts so that no answer grows beyond all bounds."""
        rows: list[Row] = []
        for first in range(low, high + 1, _PART):
            try:
                found = await self._database.fetch(
                    "SELECT sequence, subject, payload, leaf_hash FROM archive "
                    "WHERE sequence BETWEEN $1 AND $2 ORDER BY sequence",
                    first,
                    min(high, first + _PART - 1),
                )
            except asyncpg.UndefinedTableError:
                return []
            rows += [Row(Message(row[0], row[1], row[2]), row[3]) for row in found]
        return rows

    async def nodes(self, level: int, first: int, last: int) -> dict[int, bytes]:
        """Return the stored nodes of a level between two places, by place."""
        try:
            rows = await self._database.fetch(
                "SELECT place, hash FROM tree WHERE level = $1 AND place BETWEEN $2 AND $3", level, first, last
            )
        except asyncpg.UndefinedTableError:
            return {}
        return {row[0]: row[1] for row in rows}
