"""Where everything stands before the copies are read: the log, the archive, and whoever has read the log."""

import asyncio
import time
from typing import NamedTuple

import asyncpg
from nats.aio.client import Client

from services.audit.archive.tables import FOLLOWER
from services.ops.followers import live_followers
from services.ops.integrity.two_copies import LogState, log_state
from services.ops.office import Office
from services.ops.registry import SERVICES
from services.runtime.database import Checkpoint, checkpoints, fingerprint, known_log
from services.runtime.follow import Message
from services.runtime.read_model import Database

_PAUSE_S = 0.1


class Standing(NamedTuple):
    """The log's state, the archive's position, which logs the services know, and where their followers stand.

    Each follower comes with its full name, its position and the fingerprint of the message there.
    """

    log: LogState
    archived: int
    known: frozenset[str | None]
    followers: tuple[tuple[str, int, str | None], ...]

    @property
    def end(self) -> int:
        """The last sequence that either copy claims to have."""
        return max(self.log.last, self.archived)

    @staticmethod
    def fits(message: Message, expected: str | None) -> bool:
        """Tell whether a message is the one that was read."""
        return expected is None or fingerprint(message.payload) == expected


async def standing(office: Office, client: Client, database: Database, patience_s: float) -> Standing:
    """Look once; the archive has `patience_s` to come to where the log is, unless it stands still."""
    known: set[str | None] = set()
    followers = []
    # Who reads first, the log after: the other way round a log that grows meanwhile would look short.
    for service in SERVICES:
        for name, checkpoint in (await _checkpoints(office, service, known)).items():
            if name in live_followers(service) and checkpoint.position:
                followers.append((f"{service}.{name}", checkpoint.position, checkpoint.fingerprint))
    before = await _archive(database)
    log = await log_state(client)
    until = time.monotonic() + patience_s
    while True:
        archive = await _archive(database)
        position = archive.position if archive else 0
        stuck = archive is None or archive.error is not None
        if stuck or position >= log.last or time.monotonic() >= until:
            # What was archived while this looked is not looked at; what was archived before it is.
            archived = max(before.position if before else 0, min(position, log.last))
            return Standing(log, archived, frozenset(known), tuple(followers))
        await asyncio.sleep(_PAUSE_S)


async def _checkpoints(office: Office, service: str, known: set[str | None]) -> dict[str, Checkpoint]:
    connection = await asyncpg.connect(office.database_url(service), timeout=10)
    try:
        known.add(await known_log(connection))
        return await checkpoints(connection)
    except asyncpg.UndefinedTableError:
        return {}
    finally:
        await connection.close()


async def _archive(database: Database) -> Checkpoint | None:
    try:
        return (await checkpoints(database)).get(FOLLOWER)
    except asyncpg.UndefinedTableError:
        return None
