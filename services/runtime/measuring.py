"""What Prometheus is told of a service's followers and of the log: read where it is kept, whenever it is asked."""

import asyncio
from collections.abc import Sequence

from asyncpg import Pool
from nats.aio.client import Client

from services.runtime import bus, metrics
from services.runtime.database import UNREACHABLE, checkpoints
from services.runtime.manifest import Service
from services.runtime.read_model import Database

_LIMIT_S = 0.8


class Measuring:
    """Sets the gauges of a service's followers, stopped ones too, of its own tables, and of the log they follow."""

    def __init__(self, service: Service, followers: Sequence[str], pool: Pool, client: Client) -> None:
        """Measure these followers; the checkpoint of a version that is no more is nobody's lag."""
        self._service = service
        self._followers = followers
        self._pool = pool
        self._client = client

    async def measure(self) -> None:
        """Ask log and database; what does not answer within 0.8 s keeps its last value."""
        head = await self._log()
        try:
            async with asyncio.timeout(_LIMIT_S):
                async with self._pool.acquire() as connection:
                    await self._followers_behind(connection, head)
                    if self._service.measure:
                        await self._service.measure(connection)
        except UNREACHABLE:
            return

    async def _followers_behind(self, database: Database, head: int | None) -> None:
        known = await checkpoints(database)
        for name in self._followers:
            if name not in known:
                continue
            position, stopped = known[name].position, known[name].error is not None
            metrics.POSITION.labels(self._service.name, name).set(position)
            metrics.STOPPED.labels(self._service.name, name).set(stopped)
            if head is not None:
                metrics.LAG.labels(self._service.name, name).set(max(0, head - position))

    async def _log(self) -> int | None:
        try:
            answer = await bus.api(self._client, f"STREAM.INFO.{bus.STREAM}", timeout_s=_LIMIT_S)
        except (*bus.UNREACHABLE, bus.BrokerError):
            return None
        state = answer["state"]
        head = int(state["last_seq"])
        metrics.LOG_HEAD.labels(self._service.name).set(head)
        metrics.LOG_BYTES.labels(self._service.name).set(state["bytes"])
        metrics.LOG_GAP.labels(self._service.name).set(head - int(state["messages"]))
        return head
