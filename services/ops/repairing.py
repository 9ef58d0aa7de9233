"""Repairing: the log made anew from the archive, or the archive mended from the log, with nothing lost that one has."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal, TypeAlias
from uuid import uuid4

import asyncpg
from nats.aio.client import Client
from pydantic_core import from_json, to_json

from contracts.audit import RecordRepair
from contracts.base import Meta, wire_name
from deploy.credentials import OPERATOR
from deploy.provision import provision
from services.ops.followers import ARCHIVE, standings
from services.ops.integrity import aftermath
from services.ops.integrity.archive_mending import Mending
from services.ops.integrity.examined import Examined
from services.ops.integrity.examining import Examination
from services.ops.integrity.log_making import close_log, make_log_anew, open_log
from services.ops.integrity.refusing import RepairRefused
from services.ops.integrity.salvage import Salvage
from services.ops.integrity.two_copies import ArchiveCopy, LogCopy
from services.ops.office import Office, operator_actor
from services.ops.registry import SERVICES
from services.runtime.bus import UNREACHABLE
from services.runtime.follow import Message
from services.runtime.read_model import Database

What: TypeAlias = Literal["log", "archive"]
Stage: TypeAlias = Literal["examining", "mending", "writing", "comparing"]
Report: TypeAlias = Callable[[Stage, int, int], None]
_STEP = 5_000
_CATCH_UP_S = 15.0
_OPEN_S = 60.0
_OF_LOG = frozenset({"log-lost", "log-made-anew", "missing-in-log", "log-differs", "copies-differ"})
_OF_ARCHIVE = frozenset(
    {"archive-lost", "missing-in-archive", "archive-differs", "hash-differs", "tree-differs", "copies-differ"}
)


@dataclass
class Repaired:
    """What was wrong, and what a repair did about it; of a dry run, what it would do."""

    what: What
    examined: Examined
    dry_run: bool
    first: int = 0
    last: int = 0
    lost: str = ""
    rows_rewritten: int = 0
    messages_written: int = 0
    created: str | None = None
    salvage: str | None = None
    salvaged: int = 0
    begun_again: list[str] = field(default_factory=list)
    released: list[str] = field(default_factory=list)
    still_closed: dict[str, str] = field(default_factory=dict)
    recorded: bool = False
    seconds: float = 0


def needed(found: Examined) -> tuple[What, ...]:
    """Return which of the two copies must be repaired, the archive first."""
    kinds = set(found.counts)
    return (
        *(("archive",) if kinds & (_OF_ARCHIVE - {"copies-differ"}) else ()),
        *(("log",) if kinds & (_OF_LOG | {"missing-in-both", "follower-ahead"}) else ()),
    )


class Repair:
    """One repair of a running office; commands are refused while the log is closed, and nothing else notices."""

    def __init__(self, office: Office, report: Report, *, dry_run: bool = False) -> None:
        """Only say what would be done when it is a dry run."""
        self._office = office
        self._report = report
        self._dry_run = dry_run
        self._salvage = Salvage(office.folder)
        self._settings = office.settings(OPERATOR)

    async def log(self, *, accept_loss: bool = False, set_timers: bool = False) -> Repaired:
        """Make the log anew from the archive, which is mended first where the log is right.

        What neither copy has any more is given up only with `accept_loss`. Raises RepairRefused, DeployError or what
        the servers raise; interrupted, the same repair is run again.
        """
        begun = time.monotonic()
        async with self._alone() as (client, database):
            if not self._dry_run:
                await close_log(client, self._office.copies_of_log)
            made_anew = False
            try:
                found = await self._examine(_CATCH_UP_S)
                done = self._planned("log", found)
                lost = _loss(found)
                if lost and not accept_loss and not self._dry_run:
                    raise _refused_loss(done)
                if self._dry_run:
                    return done
                known = await self._known()
                again = set_timers or await aftermath.timers_lost(client, database, known, found.log.created)
                await self._salvage_log(client, found, done.last)
                if _archive_wrong(found) or lost or found.archived < done.last:
                    await self._mend(client, database, found, done, resume=False)
                if _log_wrong(found, done.last):
                    made_anew = True
                    await self._write_log(client, database, done)
            finally:
                if not self._dry_run and not made_anew:
                    await self._open_where_there_is_one(client)
            await self._finish_log(client, done, found, policies=again)
            done.seconds = time.monotonic() - begun
            return done

    async def archive(self) -> Repaired:
        """Mend the archive from the log, in one transaction; raises RepairRefused when the log lacks what it needs."""
        begun = time.monotonic()
        async with self._alone() as (client, database):
            found = await self._examine(_CATCH_UP_S)
            done = self._planned("archive", found)
            if found.damage.both:
                raise _refused_loss(done)
            if self._dry_run or not (_archive_wrong(found) or found.damage.undecided):
                return done
            await self._mend(client, database, found, done, resume=True)
            await self._record(client, done)
            done.salvage, done.salvaged = str(self._salvage.path or "") or None, self._salvage.count
            done.seconds = time.monotonic() - begun
            return done

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[tuple[Client, Database]]:
        """Hold the one place there is for repairs of this office."""
        client = await self._office.connect()
        database = await asyncpg.connect(self._office.database_url("audit"), command_timeout=3600)
        try:
            if not await database.fetchval("SELECT pg_try_advisory_lock(hashtext('motmoi.repair'))"):
                raise RepairRefused(
                    vi="Một lệnh sửa khác đang chạy trên văn phòng này; chờ lệnh đó xong.",
                    en="Another repair of this office is under way; wait until it is done.",
                )
            yield client, database
        finally:
            await database.close()
            await client.close()

    async def _examine(self, patience_s: float, stage: Stage = "examining") -> Examined:
        return await Examination(self._office, lambda at, end: self._report(stage, at, end)).run(patience_s=patience_s)

    def _planned(self, what: What, found: Examined) -> Repaired:
        damage, lost = found.damage, _loss(found)
        done = Repaired(what, found, self._dry_run)
        done.last = damage.both.first - 1 if damage.both else found.messages
        wrong = [damage.log, damage.undecided] if what == "log" else [damage.archive, damage.hashes, damage.undecided]
        done.first = min((runs.first for runs in wrong if runs), default=1)
        done.lost = lost
        return done

    async def _known(self) -> set[str | None]:
        known = set()
        for service in SERVICES:
            connection = await asyncpg.connect(self._office.database_url(service))
            try:
                known.add(await connection.fetchval("SELECT created FROM known_log"))
            except asyncpg.UndefinedTableError:
                continue
            finally:
                await connection.close()
        return known

    async def _salvage_log(self, client: Client, found: Examined, last: int) -> None:
        """Keep what the log has otherwise than the archive, and what neither can keep."""
        wanted = [
            *found.damage.log,
            *found.damage.undecided,
            *([(last + 1, found.log.last)] if last < found.log.last else []),
        ]
        for first, end in wanted:
            log = LogCopy(self._settings, client, min(end, found.log.last), after=first - 1)
            try:
                for low in range(first, end + 1, _STEP):
                    self._salvage.keep("log", await log.up_to(min(end, low + _STEP - 1)))
            finally:
                log.close()

    async def _mend(self, client: Client, database: Database, found: Examined, done: Repaired, *, resume: bool) -> None:
        """Bring the archive to what both copies together have, in one transaction."""
        damage = found.damage
        if done.what == "archive":
            # Whoever mends the archive where nothing decides trusts the log.
            for first, end in damage.undecided:
                damage.archive.add(first, end)
            # What the log has not right it cannot give back.
            resume = resume and not (damage.log and damage.log.last >= found.archived)
        mending = Mending(self._settings, client, self._salvage, lambda at, end: self._report("mending", at, end))
        last = done.last if done.what == "log" else min(done.last, max(found.archived, 0) or done.last)
        async with database.transaction():
            await mending.run(database, damage, found.archived, last, resume=resume)
        done.rows_rewritten = mending.rewritten

    async def _write_log(self, client: Client, database: Database, done: Repaired) -> None:
        archive = ArchiveCopy(database)

        async def part(after: int) -> Sequence[Message]:
            return [row.message for row in await archive.between(after + 1, min(done.last, after + _STEP))]

        def report(at: int, last: int) -> None:
            self._report("writing", at, last)

        await make_log_anew(client, self._office.copies_of_log, done.last, part, report)
        compared = await self._examine(0, "comparing")
        if compared.log.last != done.last or _log_wrong(compared, done.last):
            raise RepairRefused(
                vi="Nhật ký vừa ghi lại không khớp với bản lưu thứ hai. Kiểm tra đĩa, rồi chạy lại đúng lệnh này.",
                en="The log just written is not what the archive has. Check the disk, then run the same command again.",
            )
        done.messages_written = done.last

    async def _ahead(self, found: Examined, last: int) -> list[str]:
        """Return the full names of followers that have read what is given up; the archive's own is not one of them."""
        ahead = {one.detail for one in found.findings if one.kind == "follower-ahead"}
        for service in SERVICES:
            ahead |= {one.full_name for one in await standings(self._office, service) if one.position > last}
        return sorted(ahead - {f"audit.{ARCHIVE}"})

    async def _open_where_there_is_one(self, client: Client) -> None:
        if await close_log(client, self._office.copies_of_log):
            await open_log(client, self._office.copies_of_log)

    async def _finish_log(self, client: Client, done: Repaired, found: Examined, *, policies: bool) -> None:
        """Open the log, then tell everybody, the log's new age last of all."""
        office = self._office
        ahead = await self._ahead(found, done.last) if done.lost else []
        await aftermath.forget_followers(office, ahead)
        done.begun_again = [*ahead, *(await aftermath.repeat_policies(office) if policies else ())]
        done.created = await open_log(client, office.copies_of_log)
        await provision(
            office.nats_url, OPERATOR, office.credentials.nats[OPERATOR], tuple(SERVICES), replicas=office.copies_of_log
        )
        done.released = await aftermath.accept_log(office, done.created)
        done.salvage, done.salvaged = str(self._salvage.path or "") or None, self._salvage.count
        done.still_closed = await aftermath.until_open(client, _OPEN_S)
        if done.messages_written or done.rows_rewritten or done.released:
            await self._record(client, done)

    async def _record(self, client: Client, done: Repaired) -> None:
        """Put the repair on record; when that fails, say so: the repair itself is done."""
        reason = ", ".join(f"{kind}: {count}" for kind, count in sorted(done.examined.counts.items())) or "retimed"
        command = RecordRepair(what=done.what, first=max(done.first, 1), last=max(done.last, 1), reason=reason[:500])
        meta = Meta(command_id=uuid4(), actor=operator_actor(), correlation_id=f"repair:{done.what}:{done.last}")
        body = to_json({"meta": meta, "data": command}, exclude_none=True)
        try:
            answer = await client.request(f"command.audit.{wire_name(RecordRepair)}", body, timeout=20)
        except UNREACHABLE:
            return
        done.recorded = from_json(answer.data)["outcome"] == "accepted"


def _loss(found: Examined) -> str:
    """Return what neither copy has any more, in a few words; nothing when nothing is lost."""
    ahead = [one.detail for one in found.findings if one.kind == "follower-ahead"]
    return "; ".join([*([found.damage.both.text()] if found.damage.both else []), *ahead])


def _archive_wrong(found: Examined) -> bool:
    damage = found.damage
    return bool(damage.archive or damage.hashes or damage.tree or "archive-lost" in found.counts)


def _log_wrong(found: Examined, last: int) -> bool:
    damage = found.damage
    return bool(damage.log or damage.undecided or damage.both) or found.log.created is None or found.log.last != last


def _refused_loss(done: Repaired) -> RepairRefused:
    return RepairRefused(
        vi=f"Không bản nào còn đủ: {done.lost}. Chưa có gì thay đổi. Nếu có bản sao lưu: motmoi restore vào thư mục "
        f"trống. Nếu chấp nhận mất những gì sau bản ghi {done.last:,}: motmoi repair log --accept-loss",
        en=f"Neither copy has all of it any more: {done.lost}. Nothing was changed. If there is a backup: motmoi "
        f"restore into an empty folder. To give up what came after {done.last:,}: motmoi repair log --accept-loss",
    )
