"""Proofs from the archive: evidence of one message, and that nothing was rewritten since a checkpoint."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from contracts.audit import (
    NO_SUCH_EVENT,
    NO_SUCH_MESSAGE,
    NOT_PROVABLE,
    NOT_SIGNED_AT,
    NOT_YET_SIGNED,
    Consistency,
    EvidenceFile,
    GetConsistency,
    GetEvidence,
    RecordReading,
)
from contracts.base import Actor, Query, Refused, wire_name
from services.audit.archive import tables
from services.audit.archive.evidence import NO_SUCH_PLACE, Evidence, Record, check
from services.audit.archive.merkle import Range, consistency_ranges, inclusion_ranges, range_hash
from services.audit.archive.notes import NotProven, Verifier
from services.audit.read_models.signed_checkpoints import SIGNED_CHECKPOINTS
from services.runtime.manifest import QueryRule
from services.runtime.read_model import Database


def as_reading(query: Query, actor: Actor) -> RecordReading:
    """Return the fact that somebody asks this: the query's name, and what of it is not left at its default."""
    asked = query.model_dump(mode="json", exclude_defaults=True, exclude={"after", "limit", "descending"})
    return RecordReading(query=wire_name(type(query)), asked=asked)


@dataclass(frozen=True)
class _EvidenceReading:
    query: GetEvidence

    async def read(self, database: Database) -> EvidenceFile:
        """Return the evidence; it is checked as its reader will check it before it is handed out."""
        sequence = self.query.sequence
        signed_size, note = await _signed(database)
        row = await database.fetchrow("SELECT sequence, subject, payload FROM archive WHERE sequence = $1", sequence)
        if row is None:
            raise Refused(NO_SUCH_MESSAGE, sequence=sequence)
        if signed_size < sequence:
            raise Refused(NOT_YET_SIGNED, sequence=sequence, signed_size=signed_size)
        path = await _path(database, inclusion_ranges(sequence - 1, signed_size))
        record = Record(sequence=sequence, subject=row[1], payload=row[2].decode(), place=self.query.place)
        for verifier in await _verifiers(database):
            evidence = Evidence.of(record, path, note, verifier)
            try:
                check(evidence.text(), verifier)
            except NotProven as fault:
                if fault.code == NO_SUCH_PLACE.code:
                    raise Refused(NO_SUCH_EVENT, sequence=sequence, place=self.query.place) from None
                continue
            return EvidenceFile(name=evidence.file_name, content=evidence.text())
        raise Refused(NOT_PROVABLE, sequence=sequence)


@dataclass(frozen=True)
class _ConsistencyReading:
    query: GetConsistency

    async def read(self, database: Database) -> Consistency:
        """Return the proof from the kept size to the latest signed one."""
        first = self.query.first
        signed_size, note = await _signed(database)
        if first > signed_size:
            raise Refused(NOT_SIGNED_AT, first=first, signed_size=signed_size)
        path = await _path(database, consistency_ranges(first, signed_size))
        return Consistency(first=first, second=signed_size, path=tuple(made.hex() for made in path), note=note)


async def _signed(database: Database) -> tuple[int, str]:
    """Return the size and the note of the latest signed checkpoint; size 0 before the first."""
    row = await database.fetchrow(
        f'SELECT tree_size, note FROM "{SIGNED_CHECKPOINTS.table}" ORDER BY tree_size DESC LIMIT 1'
    )
    return (row[0], row[1]) if row else (0, "")


async def _path(database: Database, ranges: Sequence[Range]) -> list[bytes]:
    stored = await tables.stored_hashes(database, ranges)
    try:
        return [range_hash(leaves, stored) for leaves in ranges]
    except KeyError:
        raise Refused(NOT_PROVABLE, sequence=max(end for _, end in ranges)) from None


async def _verifiers(database: Database) -> list[Verifier]:
    rows: list[Any] = await database.fetch("SELECT public_pem FROM signing_keys ORDER BY since DESC")
    return [Verifier.from_pem(row[0].encode()) for row in rows]


GET_EVIDENCE = QueryRule(
    GetEvidence,
    (SIGNED_CHECKPOINTS,),
    lambda query, actor: _EvidenceReading(query),
    follows=(tables.FOLLOWER,),
    records=as_reading,
)
GET_CONSISTENCY = QueryRule(
    GetConsistency,
    (SIGNED_CHECKPOINTS,),
    lambda query, actor: _ConsistencyReading(query),
    follows=(tables.FOLLOWER,),
)
