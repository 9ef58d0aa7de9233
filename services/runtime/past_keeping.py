"""The schemas of pasts that a process keeps: made, filled, dropped when idle, swept when their process is dead."""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import asyncpg
import structlog
from asyncpg import Pool

from services.runtime.database import UNREACHABLE, open_pool
from services.runtime.past_building import BUILT, Build
from services.runtime.read_model import Database, ReadModel

_logger = structlog.get_logger()
_CONNECTIONS = 2
_LOOK_AGAIN_S = 15.0
_FAREWELL_S = 10.0


class Place(NamedTuple):
    """A position of one log, known by when it was created: after a restore, the same number may mean something else."""

    log: str
    position: int


@dataclass
class Kept:
    """One past: its schema, connections that see nothing else, and the work that fills it, by table."""

    place: Place
    schema: str
    pool: Pool | None = None
    making: asyncio.Lock = field(default_factory=asyncio.Lock)
    work: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    reached: dict[str, int] = field(default_factory=dict)
    users: int = 0
    used_at: float = 0.0

    @property
    def idle(self) -> bool:
        """Tell whether nobody reads or fills it."""
        return self.users == 0 and all(task.done() for task in self.work.values())

    def touch(self) -> None:
        """Note that it is used now."""
        self.used_at = asyncio.get_running_loop().time()


class PastSchemas:
    """The pasts one process keeps, the one used longest ago dropped first; `run` must run beside it.

    A schema is named `<service>_past_<position>_<process>_<number>`. As long as the process lives it holds an advisory
    lock on its own name, by which another process of the service knows whose schemas are nobody's any more.
    """

    def __init__(
        self, service: str, url: str, build: Build, *, keep: int = 4, at_once: int = 2, idle_s: float = 600.0
    ) -> None:
        """Keep so many, fill so many at once, drop those idle for so long; the role may create schemas."""
        self._service = service
        self._url = url
        self._build = build
        self._keep = keep
        self._filling = asyncio.Semaphore(at_once)
        self._idle_s = idle_s
        self._token = secrets.token_hex(4)
        self._count = 0
        self._kept: OrderedDict[Place, Kept] = OrderedDict()
        self._owned = asyncio.Event()
        self._dropping: set[asyncio.Task[None]] = set()

    def at(self, place: Place) -> Kept | None:
        """Return the past at this place, a new one where it is not kept; None when all that are kept are in use."""
        kept = self._kept.get(place)
        if kept is None:
            if len(self._kept) >= self._keep:
                oldest = next((other for other in self._kept.values() if other.idle), None)
                if oldest is None:
                    return None
                self.drop(oldest)
            self._count += 1
            schema = f"{self._service}_past_{place.position}_{self._token}_{self._count}"
            kept = self._kept[place] = Kept(place, schema)
        self._kept.move_to_end(place)
        kept.touch()
        return kept

    def fill(self, kept: Kept, models: Sequence[ReadModel]) -> dict[str, asyncio.Task[None]]:
        """Return the work that folds these models into a past, by table; what is not under way begins."""
        missing = [model for model in models if model.table not in kept.work]
        if missing:
            task = asyncio.create_task(self._fill(kept, missing))
            task.add_done_callback(lambda done: done.cancelled() or done.exception())
            kept.work |= {model.table: task for model in missing}
        return {model.table: kept.work[model.table] for model in models}

    def drop(self, kept: Kept) -> None:
        """Take a past away, soon."""
        if self._kept.get(kept.place) is kept:
            del self._kept[kept.place]
        task = asyncio.create_task(self._gone(kept))
        self._dropping.add(task)
        task.add_done_callback(self._dropping.discard)

    async def run(self) -> None:
        """Sweep what dead processes left, own what this one makes, drop what is idle, until cancelled."""
        try:
            while True:
                try:
                    await self._own()
                except UNREACHABLE as error:
                    _logger.warning("pasts wait for the database", reason=str(error))
                    await asyncio.sleep(1)
        finally:
            for kept in list(self._kept.values()):
                self.drop(kept)
            if self._dropping:
                await asyncio.wait(self._dropping, timeout=_FAREWELL_S)

    async def _fill(self, kept: Kept, models: Sequence[ReadModel]) -> None:
        def report(position: int) -> None:
            kept.reached |= {model.table: position for model in models}

        async with self._filling:
            try:
                async with kept.making:
                    if kept.pool is None:
                        await self._make(kept)
                await self._build(models, kept.schema, kept.place.position, report)
            except Exception as error:
                _logger.warning("past not put together", position=kept.place.position, reason=str(error))
                raise

    async def _make(self, kept: Kept) -> None:
        await self._owned.wait()
        pool = await open_pool(self._url, size=_CONNECTIONS, schema=kept.schema)
        try:
            await pool.execute(f'CREATE SCHEMA "{kept.schema}"')
            await pool.execute(f"CREATE UNLOGGED TABLE {BUILT} (model text PRIMARY KEY)")
        except BaseException:
            pool.terminate()
            raise
        kept.pool = pool

    async def _gone(self, kept: Kept) -> None:
        """Take a past away; what cannot be taken away now is swept when a process of the service starts."""
        for task in kept.work.values():
            task.cancel()
        await asyncio.gather(*kept.work.values(), return_exceptions=True)
        if kept.pool is None:
            return
        try:
            await kept.pool.execute(f'DROP SCHEMA IF EXISTS "{kept.schema}" CASCADE')
            await kept.pool.close()
        except UNREACHABLE as error:
            _logger.warning("past not dropped", schema=kept.schema, reason=str(error))
            kept.pool.terminate()

    async def _own(self) -> None:
        """Hold the lock on this process's name for as long as the connection lives."""
        connection = await asyncpg.connect(self._url, timeout=5)
        lost = asyncio.Event()
        connection.add_termination_listener(lambda _: lost.set())
        try:
            await connection.execute("SELECT pg_advisory_lock(hashtext($1))", self._name(self._token))
            await self._sweep(connection)
            self._owned.set()
            while not lost.is_set():
                self._drop_idle()
                try:
                    async with asyncio.timeout(min(_LOOK_AGAIN_S, self._idle_s)):
                        await lost.wait()
                except TimeoutError:
                    continue
        finally:
            self._owned.clear()
            connection.terminate()

    async def _sweep(self, connection: Database) -> None:
        """Drop the schemas of this service's processes that are no more."""
        pattern = f"^{self._service}_past_[0-9]+_[0-9a-f]+_[0-9]+$"
        for (schema,) in await connection.fetch("SELECT nspname FROM pg_namespace WHERE nspname ~ $1", pattern):
            token = schema.split("_")[-2]
            free = "SELECT pg_try_advisory_lock(hashtext($1))"
            if token != self._token and await connection.fetchval(free, self._name(token)):
                await connection.execute(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')
                await connection.execute("SELECT pg_advisory_unlock(hashtext($1))", self._name(token))
                _logger.info("swept a past", schema=schema)

    def _drop_idle(self) -> None:
        now = asyncio.get_running_loop().time()
        for kept in list(self._kept.values()):
            if kept.idle and now - kept.used_at >= self._idle_s:
                self.drop(kept)

    def _name(self, token: str) -> str:
        return f"{self._service}_past_{token}"
