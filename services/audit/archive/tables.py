"""The archive's tables: every message of the log with its hash, and the stored nodes of the tree over them."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from services.audit.archive.merkle import Frontier, Node, Range, Stored, leaf_hash, peak_ranges, range_hash, spans
from services.runtime.follow import Message
from services.runtime.read_model import Database

FOLLOWER = "archive"
"""The name of the archive's checkpoint."""
PARTITION = 2_000_000
"""Sequences in one partition: some years of a busy office."""
_TABLES = """
CREATE TABLE IF NOT EXISTS archive (
    sequence    bigint NOT NULL PRIMARY KEY,
    subject     text NOT NULL,
    payload     bytea NOT NULL,
    leaf_hash   bytea NOT NULL,
    archived_at timestamptz NOT NULL
) PARTITION BY RANGE (sequence);
CREATE TABLE IF NOT EXISTS tree (
    level smallint NOT NULL,
    place bigint NOT NULL,
    hash  bytea NOT NULL,
    PRIMARY KEY (level, place)
);
CREATE TABLE IF NOT EXISTS signing_keys (
    public_pem text PRIMARY KEY,
    since      timestamptz NOT NULL DEFAULT now()
)"""
COLUMNS = ("sequence", "subject", "payload", "leaf_hash", "archived_at")


async def create_tables(database: Database) -> None:
    """Create what is missing of the archive's tables."""
    await database.execute("SELECT pg_advisory_xact_lock(hashtext('audit.archive'))")
    await database.execute(_TABLES)


async def create_partitions(database: Database, first: int, last: int) -> None:
    """Create the partitions that these sequences go to, where they are missing."""
    for number in range((first - 1) // PARTITION, (last - 1) // PARTITION + 1):
        low = number * PARTITION + 1
        await database.execute(
            f"CREATE TABLE IF NOT EXISTS archive_{number} PARTITION OF archive "
            f"FOR VALUES FROM ({low}) TO ({low + PARTITION})"
        )


async def remember_key(database: Database, public_pem: str) -> None:
    """Keep the public half of a key that checkpoints are signed with, so that evidence can state it."""
    await database.execute("INSERT INTO signing_keys (public_pem) VALUES ($1) ON CONFLICT DO NOTHING", public_pem)


def hashes_of(messages: Iterable[Message]) -> list[bytes]:
    """Return the messages' leaf hashes."""
    return [leaf_hash(*message) for message in messages]


async def insert(database: Database, messages: Sequence[Message], hashes: Sequence[bytes]) -> None:
    """Write messages that the archive does not have yet, with their leaf hashes."""
    now = datetime.now(UTC)
    rows = ((*message, made, now) for message, made in zip(messages, hashes, strict=True))
    await database.copy_records_to_table("archive", records=rows, columns=COLUMNS)


async def insert_nodes(database: Database, nodes: Sequence[Node]) -> None:
    """Write complete nodes of the tree."""
    if nodes:
        await database.copy_records_to_table("tree", records=nodes, columns=("level", "place", "hash"))


async def stored_hashes(database: Database, ranges: Iterable[Range]) -> Stored:
    """Return the stored hashes that the ranges of a proof are hashed from, in a query for each block of 256."""
    found: dict[tuple[int, int], bytes] = {}
    for level, first, end in spans(ranges):
        if level == 0:
            rows = await database.fetch(
                "SELECT sequence - 1, leaf_hash FROM archive WHERE sequence > $1 AND sequence <= $2", first, end
            )
        else:
            rows = await database.fetch(
                "SELECT place, hash FROM tree WHERE level = $1 AND place >= $2 AND place < $3", level, first, end
            )
        found.update({(level, place): made for place, made in rows})
    return found


async def frontier_at(database: Database, size: int) -> Frontier:
    """Return the tree's right edge when it had so many leaves; raise KeyError for a hash that is not there."""
    ranges = peak_ranges(size)
    stored = await stored_hashes(database, ranges)
    return Frontier(size, tuple(range_hash(leaves, stored) for leaves in ranges))
