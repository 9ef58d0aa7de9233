"""Verifying: log against archive against hashes against signatures, and every read model against the log."""

import asyncio
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

import asyncpg

from services.audit.archive.verifications import record_verification
from services.ops.integrity.examined import Examined
from services.ops.integrity.examining import Examination
from services.ops.integrity.findings import Finding, Kind, found
from services.ops.office import Office
from services.ops.rebuilding import Outcome, Reported, every_model, rebuild_everywhere
from services.runtime.follow import ReaderLost

Part: TypeAlias = Literal["log", "archive", "read-models"]


class Report(Protocol):
    """Hears how far a verification is."""

    def copies(self, at: int, end: int) -> None:
        """Log and archive have been compared up to a sequence."""

    def read_models(self, said: Reported) -> None:
        """One of the processes that compare read models has come so far."""


@dataclass(frozen=True)
class Verified:
    """What was compared and what is wrong, the first difference first; parts that were left out are None."""

    copies: Examined | None
    read_models: tuple[Outcome, ...] | None
    findings: tuple[Finding, ...]
    counts: Mapping[Kind, int]
    seconds: float

    @property
    def well(self) -> bool:
        """Whether nothing at all is wrong."""
        return not self.counts


async def verify(office: Office, only: Part | None, report: Report) -> Verified:
    """Verify everything, or one part; what arrives while it runs does not disturb it.

    A whole verification is remembered for `status` and the alerts. Raises ReaderLost or a database error when a server
    stays away.
    """
    begun = time.monotonic()
    copies, outcomes = await _together(office, only, report)
    findings = [*(copies.findings if copies else ()), *_of_read_models(outcomes or [])]
    counts = Counter(dict(copies.counts) if copies else {})
    counts.update(one.kind for one in _of_read_models(outcomes or []))
    if only in ("log", "archive"):
        findings = [one for one in findings if _concerns(one.kind, only)]
        counts = Counter({kind: count for kind, count in counts.items() if _concerns(kind, only)})
    verified = Verified(
        copies,
        tuple(outcomes) if outcomes is not None else None,
        tuple(findings),
        dict(counts),
        time.monotonic() - begun,
    )
    if only is None and copies is not None:
        await _remember(office, copies.messages, well=verified.well)
    return verified


async def _examined(office: Office, report: Report) -> Examined:
    return await Examination(office, report.copies).run()


async def _compared(office: Office, report: Report) -> list[Outcome]:
    outcomes = await rebuild_everywhere(office, every_model(), report.read_models, switch=False)
    lost = [one for one in outcomes if one.found is None and (one.error or "").startswith(ReaderLost.__name__)]
    if not lost:
        return outcomes
    # A broker that was busy for some seconds is no finding.
    chosen: dict[str, list[str]] = {}
    for one in lost:
        chosen.setdefault(one.service, []).append(one.model)
    again = await rebuild_everywhere(office, chosen, report.read_models, switch=False)
    by_name = {(one.service, one.model): one for one in again}
    return [by_name.get((one.service, one.model), one) for one in outcomes]


async def _together(office: Office, only: Part | None, report: Report) -> tuple[Examined | None, list[Outcome] | None]:
    """Do both at once; when one fails, the other is stopped before that is told."""
    copies = asyncio.create_task(_examined(office, report)) if only != "read-models" else None
    models = asyncio.create_task(_compared(office, report)) if only in (None, "read-models") else None
    tasks = [task for task in (copies, models) if task]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return copies.result() if copies else None, models.result() if models else None


def _of_read_models(outcomes: list[Outcome]) -> list[Finding]:
    findings = []
    for one in outcomes:
        name = f"{one.service}.{one.model}"
        if one.found is None:
            findings.append(found("read-model-unchecked", detail=f"{name} ({one.error})"))
        elif one.found.differences:
            keys = ", ".join(one.found.comparison.keys[:3])
            detail = f"{name} ({one.found.differences:,}: {keys})"
            findings.append(found("read-model-differs", detail=detail, command=f"{one.service} {one.model}"))
    return findings


def _concerns(kind: Kind, part: Part) -> bool:
    """Tell whether a finding is about this copy; what is wrong in both concerns each."""
    of_log = kind in ("log-lost", "log-made-anew", "missing-in-log", "log-differs", "follower-ahead")
    of_archive = kind in (
        "archive-lost",
        "archive-behind",
        "missing-in-archive",
        "archive-differs",
        "hash-differs",
        "tree-differs",
    )
    return not (of_archive if part == "log" else of_log)


async def _remember(office: Office, position: int, *, well: bool) -> None:
    connection = await asyncpg.connect(office.database_url("audit"))
    try:
        await record_verification(connection, position, well=well)
    finally:
        await connection.close()
