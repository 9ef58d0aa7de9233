"""The signed checkpoints that a log must agree with: from the read model and from the log's own events."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import asyncpg

from deploy.keys import FOLDER_NAME, PUBLIC_NAME
from services.audit.archive.notes import NotProven, Verifier, open_checkpoint
from services.audit.read_models.signed_checkpoints import SIGNED_CHECKPOINTS
from services.runtime.follow import Message
from services.runtime.read_model import Database

_SUBJECT = "event.audit.checkpoint."
_TYPE = "audit.CheckpointSigned"


class Claim(NamedTuple):
    """What a checkpoint says: so many messages have this root, by this note; and where that is written."""

    size: int
    root: str
    note: str
    where: str


class Signed:
    """The roots that are proven by a signature of the office, by size; `claims` counts the notes that were checked."""

    def __init__(self, verifiers: list[Verifier]) -> None:
        """Trust these keys, the present one first."""
        self.roots: dict[int, bytes] = {}
        self.claims = 0
        self.former_key = 0
        self._verifiers = verifiers
        self._known: dict[str, bool] = {}

    def take(self, claim: Claim) -> bool:
        """Take a claim over; return False when its note does not prove it."""
        if claim.note not in self._known:
            self._known[claim.note] = self._proven(claim)
        return self._known[claim.note]

    def _proven(self, claim: Claim) -> bool:
        for place, verifier in enumerate(self._verifiers):
            try:
                checkpoint = open_checkpoint(claim.note, verifier)
            except NotProven:
                continue
            if (checkpoint.size, checkpoint.root.hex()) != (claim.size, claim.root):
                return False
            self.roots[checkpoint.size] = checkpoint.root
            self.claims += 1
            self.former_key += place > 0
            return True
        return False


async def trusted(database: Database, folder: Path) -> list[Verifier]:
    """Return the office's present key, from its file, then the former ones that its database names."""
    public = (folder / FOLDER_NAME / PUBLIC_NAME).read_bytes()
    try:
        rows = await database.fetch("SELECT public_pem FROM signing_keys ORDER BY since DESC")
    except asyncpg.UndefinedTableError:
        rows = []
    former = [Verifier.from_pem(row[0].encode()) for row in rows if row[0].encode() != public]
    return [Verifier.from_pem(public), *former]


async def claims_shown(database: Database, end: int) -> list[Claim]:
    """Return the checkpoints the read model shows, up to a size; none where it is not there."""
    try:
        rows = await database.fetch(
            f'SELECT tree_size, root, note FROM "{SIGNED_CHECKPOINTS.table}" WHERE tree_size <= $1', end
        )
    except asyncpg.UndefinedTableError:
        return []
    return [Claim(row[0], row[1], row[2], SIGNED_CHECKPOINTS.table) for row in rows]


def claims_in(messages: Iterable[Message]) -> Iterator[Claim]:
    """Return the checkpoints that messages record; what cannot be read as one is passed over."""
    for message in messages:
        if not message.subject.startswith(_SUBJECT):
            continue
        try:
            for event in json.loads(message.payload):
                if event["type"] == _TYPE:
                    said = event["data"]
                    yield Claim(int(said["tree_size"]), said["root"], said["note"], str(message.sequence))
        except (ValueError, KeyError, TypeError):
            continue
