"""When log and archive were last verified, how far, and whether all was well: for `status` and for Prometheus."""

from datetime import datetime
from typing import NamedTuple

from services.runtime.read_model import Database

_TABLE = """
CREATE TABLE IF NOT EXISTS verifications (
    ended_at timestamptz NOT NULL DEFAULT now(),
    position bigint NOT NULL,
    well     boolean NOT NULL
)"""


class Verification(NamedTuple):
    """One verification: when it ended (UTC), the last sequence it looked at, and whether it found nothing wrong."""

    ended_at: datetime
    position: int
    well: bool


async def record_verification(database: Database, position: int, *, well: bool) -> None:
    """Write down that everything up to `position` was verified, and whether all was well."""
    await database.execute(_TABLE)
    await database.execute("INSERT INTO verifications (position, well) VALUES ($1, $2)", position, well)


async def last_verification(database: Database) -> Verification | None:
    """Return the latest verification, None before there is any."""
    if not await database.fetchval("SELECT to_regclass('verifications') IS NOT NULL"):
        return None
    row = await database.fetchrow("SELECT ended_at, position, well FROM verifications ORDER BY ended_at DESC LIMIT 1")
    return Verification(*row) if row else None
