"""The fence: commands are refused when the log is shorter than, or other than, what was already seen of it."""

import asyncio

import structlog
from asyncpg import Pool

from services.runtime import metrics
from services.runtime.database import UNREACHABLE, Checkpoint, checkpoints, fingerprint
from services.runtime.log import EventLog, LogUnavailable

_logger = structlog.get_logger()


class Fence:
    """Compares the log with the service's checkpoints and with what this process itself was acknowledged."""

    def __init__(self, service: str, log: EventLog, pool: Pool) -> None:
        """Stand closed until the first check has passed."""
        self._service = service
        self._log = log
        self._pool = pool
        self.reason: str | None = "not checked yet"
        self.opened = asyncio.Event()
        self.highest_seen = 0

    async def check(self) -> bool:
        """Return whether commands may be taken; raise LogUnavailable or a database error when it cannot know."""
        head = await self._log.head()
        known = await checkpoints(self._pool)
        reason = None
        seen = max([self.highest_seen, *(checkpoint.position for checkpoint in known.values())])
        if head.last_sequence < seen:
            reason = f"log ends at {head.last_sequence}, {seen} was seen"
        else:
            reason = await self._differs(known)
        if reason and reason != self.reason:
            _logger.error("fenced: the log forgot", reason=reason)
        if reason is None and self.reason is not None:
            self.opened.set()
        self.reason = reason
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
