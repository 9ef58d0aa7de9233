"""Reading log and archive side by side, once, in order: same messages, true hashes, true tree, signed roots."""

import asyncio
import time
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeAlias

import asyncpg
from nats.aio.client import Client

from deploy.credentials import OPERATOR
from services.audit.archive import tables
from services.audit.archive.merkle import leaf_hash
from services.ops.integrity import signed
from services.ops.integrity.examined import Damage, Examined
from services.ops.integrity.findings import Finding, Kind, found
from services.ops.integrity.runs import Runs
from services.ops.integrity.standing import Standing, standing
from services.ops.integrity.strands import Doubt, Judged, Strands
from services.ops.integrity.two_copies import ArchiveCopy, LogCopy, Row
from services.ops.office import Office
from services.runtime.follow import Message
from services.runtime.read_model import Database

Report: TypeAlias = Callable[[int, int], None]
STEP = 10_000
NAMED = 50
_EVENT = b'"specversion":'
_FAN = 256
_HELD_BACK = 100


class Examination:
    """One reading of both copies up to where they were when it began; what arrives meanwhile does not disturb it."""

    def __init__(self, office: Office, report: Report = lambda at, end: None) -> None:
        """Report the sequence that was reached, and the last one."""
        self._office = office
        self._report = report
        self._strands = Strands()
        self._damage = Damage()
        self._found: list[tuple[Kind, int, int, Judged | None]] = []
        self._named: list[Finding] = []
        self._counts: Counter[Kind] = Counter()
        self._roots: dict[int, bytes] = {}
        self._doubtful: list[int] = []
        self._events = 0
        self._signed_size = 0

    async def run(self, *, patience_s: float = 10.0) -> Examined:
        """Read everything once; the archive has `patience_s` to come to where the log is.

        Raises ReaderLost when the broker stays away, a database error when the database does.
        """
        begun = time.monotonic()
        client = await self._office.connect()
        database = await asyncpg.connect(self._office.database_url("audit"), command_timeout=600)
        log: LogCopy | None = None
        try:
            now = await standing(self._office, client, database, patience_s)
            log = await self._open(client, database, now)
            await self._first_look(now)
            for low in range(1, now.end + 1, STEP):
                await self._step(low, min(low + STEP - 1, now.end))
                self._report(min(low + STEP - 1, now.end), now.end)
            self._judge(self._strands.close())
            await self._name(now)
            return Examined(
                now.end,
                self._events,
                self._signed.claims,
                self._signed_size,
                self._strands.frontier.root().hex(),
                now.log,
                now.archived,
                tuple(sorted(self._named, key=lambda one: (one.first or 0, one.kind))),
                dict(self._counts),
                self._damage,
                time.monotonic() - begun,
            )
        finally:
            if log:
                log.close()
            await database.close()
            await client.close()

    async def _open(self, client: Client, database: Database, now: Standing) -> LogCopy:
        self._log = LogCopy(self._office.settings(OPERATOR), client, now.log.last)
        self._database, self._archive, self._archived = database, ArchiveCopy(database), now.archived
        self._there = await self._archive.there()
        self._signed = signed.Signed(await signed.trusted(database, self._office.folder))
        return self._log

    async def _first_look(self, now: Standing) -> None:
        if now.log.created is None and now.end:
            self._note("log-lost")
        for created in now.known - {now.log.created}:
            if now.log.created is not None and created is not None:
                self._note("log-made-anew", detail=now.log.created)
                break
        if not self._there and now.end:
            self._note("archive-lost")
        elif now.archived < now.log.last:
            self._note("archive-behind", now.log.last, detail=f"{now.archived:,}")
        for claim in await signed.claims_shown(self._database, now.end):
            self._take(claim)

    def _take(self, claim: signed.Claim) -> None:
        if not self._signed.take(claim):
            self._note("bad-signature", detail=f"{claim.size:,}", where=claim.where)

    async def _step(self, low: int, high: int) -> None:
        messages, rows = await asyncio.gather(self._log.up_to(high), self._archive.between(low, high))
        entries = self._agreed(low, high, messages, rows)
        if entries is None:
            entries = self._compared(low, high, messages, rows)
        readable = messages if len(messages) >= len(rows) else [row.message for row in rows]
        self._events += sum(message.payload.count(_EVENT) for message in readable)
        late = []
        for claim in signed.claims_in([*messages, *(row.message for row in rows)]):
            self._take(claim)
            if claim.size < low and claim.size not in self._roots:
                late.append(claim.size)
        nodes = self._hash(low, high, entries)
        await self._compare_nodes(nodes)
        for size in late:
            await self._compare_late(size)

    def _agreed(self, low: int, high: int, messages: list[Message], rows: list[Row]) -> list[bytes | Doubt] | None:
        """Return the leaf hashes where both copies agree, or where one of them has nothing at all; else None."""
        count = high - low + 1
        if len(messages) == count and len(rows) == count:
            hashes = tables.hashes_of(messages)
            same = [row.message for row in rows] == messages and [row.leaf_hash for row in rows] == hashes
            return list(hashes) if same else None
        if len(messages) == count and not rows:
            self._lacks("missing-in-archive", self._damage.archive, low, min(high, self._archived))
            return list(tables.hashes_of(messages))
        if len(rows) == count and not messages:
            hashes = tables.hashes_of([row.message for row in rows])
            if [row.leaf_hash for row in rows] == hashes:
                self._lacks("missing-in-log", self._damage.log, low, high)
                return list(hashes)
        return None

    def _compared(self, low: int, high: int, messages: list[Message], rows: list[Row]) -> list[bytes | Doubt]:
        """Return for each message the hash on which all that have it agree, or a doubt."""
        logged = {message.sequence: message for message in messages}
        archived = {row.message.sequence: row for row in rows}
        entries: list[bytes | Doubt] = []
        for sequence in range(low, high + 1):
            message, row = logged.get(sequence), archived.get(sequence)
            doubt = Doubt(
                sequence,
                leaf_hash(*message) if message else None,
                leaf_hash(*row.message) if row else None,
                row.leaf_hash if row else None,
            )
            said = {leaf for leaf in (doubt.log, doubt.archive, doubt.kept) if leaf is not None}
            if len(said) != 1:
                entries.append(doubt)
                continue
            entries.append(said.pop())
            if message is None:
                self._lacks("missing-in-log", self._damage.log, sequence, sequence)
            elif row is None:
                self._lacks("missing-in-archive", self._damage.archive, sequence, min(sequence, self._archived))
        return entries

    def _lacks(self, kind: Kind, runs: Runs, first: int, last: int) -> None:
        if first <= last:
            runs.add(first, last)
            self._mark(kind, first, last)

    def _hash(self, low: int, high: int, entries: Sequence[bytes | Doubt]) -> list[tuple[int, int, bytes]]:
        """Hash a step into the tree, and compare with what was signed wherever its size is met; return the nodes."""
        sizes = sorted(size for size in self._signed.roots if low <= size <= high)
        nodes, start = [], low
        for size in [*sizes, high] if not sizes or sizes[-1] != high else sizes:
            nodes += self._extend(entries[start - low : size - low + 1])
            start = size + 1
            if size in self._signed.roots:
                self._meet(size)
        return nodes

    def _extend(self, entries: Sequence[bytes | Doubt]) -> list[tuple[int, int, bytes]]:
        nodes: list[tuple[int, int, bytes]] = []
        leaves: list[bytes] = []
        for entry in entries:
            if isinstance(entry, bytes):
                leaves.append(entry)
                continue
            nodes += self._strands.extend(leaves)
            nodes += self._strands.differ(entry)
            self._doubtful.append(entry.sequence)
            leaves = []
        return nodes + self._strands.extend(leaves)

    def _meet(self, size: int) -> None:
        holds, judged = self._strands.meet(size, self._signed.roots[size])
        self._judge(judged)
        self._roots[size] = self._strands.frontier.root()
        if holds:
            self._signed_size = size
        elif not self._damage.both and all(doubt.most for doubt in self._strands.doubts):
            self._mark("other-root", size, size)

    async def _compare_late(self, size: int) -> None:
        """Compare a root that was passed before its signature was met, from the nodes that were found to be right."""
        if self._strands.doubts or self._damage.tree or not self._there or size > self._archived:
            return
        self._roots[size] = (await tables.frontier_at(self._database, size)).root()
        if self._roots[size] != self._signed.roots.get(size, self._roots[size]):
            self._mark("other-root", size, size)

    async def _compare_nodes(self, nodes: Sequence[tuple[int, int, bytes]]) -> None:
        if not self._there:
            return
        for level in {node[0] for node in nodes}:
            made = {place: made for at, place, made in nodes if at == level}
            kept = await self._archive.nodes(level, min(made), max(made))
            width = _FAN**level
            for place in made:
                first, last = place * width + 1, (place + 1) * width
                # Over a message in doubt, the node is as doubtful as the message.
                sure = bisect_left(self._doubtful, first) == bisect_right(self._doubtful, last)
                if last <= self._archived and kept.get(place) != made[place] and sure:
                    self._damage.tree = True
                    self._note("tree-differs", first, last, detail=str(level))

    def _judge(self, judged: Sequence[Judged]) -> None:
        for one in judged:
            doubt, right, sequence = one.doubt, one.right, one.doubt.sequence
            if right is None and doubt.most is not None:
                self._damage.undecided.add(sequence)
                self._mark("copies-differ", sequence, sequence, one)
                continue
            if right not in (doubt.log, doubt.archive) or right is None:
                self._damage.both.add(sequence)
                self._mark("missing-in-both", sequence, sequence)
                continue
            if doubt.log != right:
                self._damage.log.add(sequence)
                self._mark("missing-in-log" if doubt.log is None else "log-differs", sequence, sequence, one)
            if doubt.archive != right:
                self._damage.archive.add(sequence)
                kind: Kind = "missing-in-archive" if doubt.archive is None else "archive-differs"
                self._mark(kind, sequence, sequence, one)
            elif doubt.kept != right:
                self._damage.hashes.add(sequence)
                self._mark("hash-differs", sequence, sequence, one)

    def _mark(self, kind: Kind, first: int, last: int, judged: Judged | None = None) -> None:
        """Count a finding about messages; those side by side become one."""
        self._counts[kind] += last - first + 1
        for place in range(len(self._found) - 1, max(-1, len(self._found) - 1 - _HELD_BACK), -1):
            known, start, end, why = self._found[place]
            if known == kind and end == first - 1 and (why is None) == (judged is None):
                self._found[place] = (kind, start, last, why)
                return
        if len(self._found) < NAMED:
            self._found.append((kind, first, last, judged))

    def _note(
        self, kind: Kind, first: int | None = None, last: int | None = None, *, detail: str = "", where: str = ""
    ) -> None:
        self._counts[kind] += 1
        if len(self._named) < NAMED:
            self._named.append(found(kind, first, last, detail=detail, where=where))

    async def _name(self, now: Standing) -> None:
        """Put what was found about messages into words, and look whether followers have read what nobody has."""
        for kind, first, last, judged in self._found:
            message = await self._message(first, judged.right if judged else None)
            self._named.append(found(kind, first, last, message=message, judged=judged))
        read: dict[int, list[Message]] = {}
        for follower, position, fingerprint in now.followers:
            if position not in read:
                read[position] = await self._copies(position) if position <= now.end else []
            if not any(now.fits(message, fingerprint) for message in read[position]):
                self._note("follower-ahead", position, detail=follower)

    async def _message(self, sequence: int, wanted: bytes | None) -> Message | None:
        """Return a message as it was recorded: the one of this hash, any when it is not known."""
        fitting = [one for one in await self._copies(sequence) if wanted is None or leaf_hash(*one) == wanted]
        return fitting[0] if fitting else None

    async def _copies(self, sequence: int) -> list[Message]:
        logged = await self._log.message(sequence)
        return [
            *([logged] if logged else []),
            *(row.message for row in await self._archive.between(sequence, sequence)),
        ]
