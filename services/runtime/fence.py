"""The fence: commands are refused when the log is shorter than, or other than, what was already seen of it."""

import asyncio
import contextlib

import structlog
from asyncpg import Pool

from services.runtime import metrics
from services.runtime.database import UNREACHABLE, Checkpoint, checkpoints, fingerprint, know_log, known_log
from services.runtime.log import EventLog, LogUnavailable
from services.runtime.second_copy import SecondCopy

_logger = structlog.get_logger()
UNCHECKED = "not checked yet"


class Fence:
    """Compares the log with the service's checkpoints and with what this process itself was acknowledged."""

    def __init__(self, service: str, log: EventLog, pool: Pool, second_copy: SecondCopy | None = None) -> None:
        """Stand closed until the first check has passed; `second_copy` is what the archive says of itself."""
        self._service = service
        self._log = log
        self._pool = pool
        self._second_copy = second_copy or SecondCopy()
        self.reason: str | None = UNCHECKED
        self.opened = asyncio.Event()
        self.checked = asyncio.Event()
        self.highest_seen = 0
        self._closings = 0

    def close(self) -> None:
        """Close until the next check: the connection was lost, and what comes back may be another log."""
        if self.reason is None:
            self.reason = UNCHECKED
        self._closings += 1
        self.checked.clear()

    async def settled(self, timeout_s: float) -> None:
        """Wait for the check that follows a lost connection, for so long at most."""
        if self.reason == UNCHECKED:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(timeout_s):
                    await self.checked.wait()

    async def check(self) -> bool:
        """Return whether commands may be taken; raise LogUnavailable or a database error when it cannot know."""
        closings = self._closings
        # What was seen first, the log after it: the other way round a log that grows meanwhile would look short.
        known = await checkpoints(self._pool)
        created = await known_log(self._pool)
        seen = max(
            [self.highest_seen, self._second_copy.position, *(checkpoint.position for checkpoint in known.values())]
        )
        head = await self._log.head()
        if head.last_sequence < seen:
            reason: str | None = f"log ends at {head.last_sequence}, {seen} was seen"
        else:
            reason = await self._differs(known)
        if reason is None and created not in (None, head.created):
            reason = f"log was made anew at {head.created}, the one of {created} was known"
        reason = reason or self._second_copy.reason
        if reason is None and created is None:
            await know_log(self._pool, head.created)
        if closings != self._closings:
            return False
        if reason and reason != self.reason:
            _logger.error("fenced: the log forgot", reason=reason)
        if reason is None and self.reason is not None:
            self.opened.set()
        self.reason = reason
        self.checked.set()
        metrics.FENCED.labels(self._service).set(1 if reason else 0)
        return reason is None

    async def _differs(self, known: dict[str, Checkpoint]) -> str | None:
        """Look up the message under every checkpoint; each must be the one that was read."""
        wanted = {(c.position, c.fingerprint) for c in known.values() if c.position and c.fingerprint}
        for position, expected in wanted:
            found = await self._log.message(position)
            if found is None:
                return f"message {position} is gone"
            if fingerprint(found[1]) != expected:
                return f"message {position} is not the one that was read"
        return None

    async def keep_checking(self, disturbed: asyncio.Event) -> None:
        """Check at the start, after every reconnection and every 30 s, until cancelled."""
        while True:
            disturbed.clear()
            try:
                await self.check()
                pause = 30.0
            except (LogUnavailable, *UNREACHABLE) as error:
                _logger.warning("fence cannot check", reason=str(error))
                pause = 0.3
            try:
                async with asyncio.timeout(pause):
                    await disturbed.wait()
            except TimeoutError:
                continue
