"""How far each read model has come, heard from the database as it happens; queries wait here for their own writes."""

import asyncio
from typing import Any

import asyncpg
import structlog

from services.runtime.database import CHANNEL, UNREACHABLE, checkpoints

_logger = structlog.get_logger()


class Positions:
    """The followers' positions of one service, kept current by LISTEN."""

    def __init__(self, url: str, schema: str) -> None:
        """Listen on a connection of its own to the given database, for one schema's followers."""
        self._url = url
        self._schema = schema
        self._positions: dict[str, int] = {}
        self._ready: set[str] = set()
        self._changed = asyncio.Condition()
        self._wakes: set[asyncio.Task[None]] = set()

    def position(self, follower: str) -> int:
        """Return the last position heard of a follower, 0 before any."""
        return self._positions.get(follower, 0)

    def ready(self, follower: str) -> bool:
        """Tell whether the follower has reached the log's head once, so that its table is whole."""
        return follower in self._ready

    async def wait(self, followers: tuple[str, ...], after: int, timeout_s: float) -> bool:
        """Wait until all the followers are ready and have come to `after`; return False when they have not in time."""

        def there() -> bool:
            return all(self.ready(follower) and self.position(follower) >= after for follower in followers)

        if there():
            return True
        try:
            async with asyncio.timeout(timeout_s), self._changed:
                await self._changed.wait_for(there)
        except TimeoutError:
            return False
        return True

    async def run(self) -> None:
        """Listen until cancelled; after a lost connection, read all positions again."""
        while True:
            try:
                connection = await asyncpg.connect(self._url, timeout=5)
                try:
                    lost = asyncio.Event()
                    connection.add_termination_listener(lambda _, lost=lost: lost.set())
                    await connection.add_listener(CHANNEL, self._heard)
                    while not lost.is_set():
                        for checkpoint in (await checkpoints(connection)).values():
                            self._note(checkpoint.follower, checkpoint.position, ready=checkpoint.ready)
                        await self._wake()
                        try:
                            async with asyncio.timeout(10):
                                await lost.wait()
                        except TimeoutError:
                            continue
                finally:
                    connection.terminate()
            except (*UNREACHABLE, asyncpg.UndefinedTableError) as error:
                _logger.warning("positions wait for the database", reason=str(error))
                await asyncio.sleep(0.3)

    def _heard(self, _connection: Any, _pid: int, _channel: str, payload: object) -> None:
        schema, position, *followers = str(payload).split(" ")
        if schema != self._schema:
            return
        for follower, ready in zip(followers[::2], followers[1::2], strict=True):
            self._note(follower, int(position), ready=ready == "true")
        wake = asyncio.get_running_loop().create_task(self._wake())
        self._wakes.add(wake)
        wake.add_done_callback(self._wakes.discard)

    def _note(self, follower: str, position: int, *, ready: bool) -> None:
        self._positions[follower] = position
        # One that an operator lets begin again is not ready any more.
        (self._ready.add if ready else self._ready.discard)(follower)

    async def _wake(self) -> None:
        async with self._changed:
            self._changed.notify_all()
