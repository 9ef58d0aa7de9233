"""Making a backup of a running office: into one file that appears when it is whole; an interrupted one is continued."""

import asyncio
import os
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg

from deploy.credentials import CONSOLE
from deploy.keys import audit_key
from services.audit.archive.notes import Checkpoint, Signer
from services.audit.archive.tables import hashes_of
from services.ops.backups import archive_reading, belongings, key_file, manifest
from services.ops.backups.checking import Report
from services.ops.backups.chunks import NotAChunk, Tally, follows, pack, unpack
from services.ops.backups.container import Unfinished, file_errors
from services.ops.backups.refusing import BackupRefused
from services.ops.office import Office
from services.ops.registry import SERVICES
from services.runtime.read_model import Database

READING = "backup"
_PATIENCE_S = 30.0


@dataclass(frozen=True)
class Planned:
    """What a backup would take: messages up to `last` of a log that ends at `head` (None: the log does not answer).

    `archive_bytes` is what they take in the database; the file will be a small part of it.
    """

    origin: str
    last: int
    head: int | None
    archive_bytes: int
    free_bytes: int
    rules: str | None


@dataclass(frozen=True)
class Made:
    """A backup as it was made; `continued` messages were there already, `behind` are not archived yet."""

    file: str
    keys_file: str
    origin: str
    last: int
    events: int
    root: str
    bytes: int
    payload_bytes: int
    seconds: float
    continued: int
    behind: int | None
    rules: str | None
    signed_by: str


class Making:
    """One backup of an office into `file`, its secrets into `keys_file`; the office goes on working."""

    def __init__(self, office: Office, file: Path, keys_file: Path, *, force: bool = False) -> None:
        """Take `force` as leave to replace files that are there, and to drop an unfinished backup of another log."""
        self._office = office
        self._file, self._keys_file, self._force = file.absolute(), keys_file.absolute(), force
        self._partial = self._file.with_name(f"{self._file.name}.partial")
        key, rules = os.environ.get("MOTMOI_AUDIT_KEY"), os.environ.get("MOTMOI_RULES")
        with file_errors(office.folder):
            self._private_pem = (Path(key) if key else audit_key(office.folder)).read_bytes()
        self._signer = Signer.from_pem(self._private_pem)
        self._rules = Path(rules) if rules else None
        self._parts: list[manifest.Part] = []
        self._payload_bytes = 0
        self._tally = Tally()

    async def plan(self) -> Planned:
        """Return what would be backed up, changing nothing; raise BackupRefused where a backup would be refused."""
        self._expect_free_names()
        async with self._archive() as database:
            last, head = await archive_reading.end_of_archive(self._office, database, 0)
            signed = await archive_reading.signed_checkpoint(database, last, self._signer.verifier)
            taken = await archive_reading.archive_bytes(database)
        with file_errors(self._file.parent):
            free = shutil.disk_usage(self._file.parent).free
        return Planned(_origin(signed), last, head, taken, free, str(self._rules) if self._rules else None)

    async def run(self, report: Report) -> Made:
        """Make the backup, or continue an interrupted one; raise BackupRefused with nothing new under the file's name.

        The end is fixed when this begins: what the log had then, if the archive gets there within half a minute.
        """
        begun = time.monotonic()
        self._expect_free_names()
        async with self._archive() as database:
            with closing(Unfinished(self._partial)) as unfinished:
                last, head = await archive_reading.end_of_archive(self._office, database, _PATIENCE_S)
                signed = await archive_reading.signed_checkpoint(database, last, self._signer.verifier)
                self._tally = Tally(signed.size if signed else None)
                continued = await self._continue(database, unfinished, last, report)
                await self._copy(database, unfinished, last, report)
                self._expect_agreement(signed)
                await self._add_belongings(unfinished)
                size = await self._finish(unfinished, _origin(signed))
        return Made(
            file=str(self._file),
            keys_file=str(self._keys_file),
            origin=_origin(signed),
            last=self._tally.messages,
            events=self._tally.events,
            root=self._tally.frontier.root().hex(),
            bytes=size,
            payload_bytes=self._payload_bytes,
            seconds=round(time.monotonic() - begun, 3),
            continued=continued,
            behind=None if head is None else max(0, head - last),
            rules=str(self._rules) if self._rules else None,
            signed_by=self._signer.verifier.vkey(_origin(signed)),
        )

    @asynccontextmanager
    async def _archive(self) -> AsyncIterator[Database]:
        database = await asyncpg.connect(self._office.database_url("audit"))
        try:
            yield database
        finally:
            await database.close()

    def _expect_free_names(self) -> None:
        # The keys are written last: beside an unfinished backup they are its own.
        taken = [path for path in (self._file, self._keys_file) if path.exists()]
        if taken and not self._force and not (taken == [self._keys_file] and self._partial.exists()):
            raise BackupRefused(
                vi=f"Đã có tệp {taken[0]}. Chọn tên khác, hoặc thêm --force để thay tệp đó.",
                en=f"There is a file {taken[0]} already. Choose another name, or add --force to replace it.",
            )

    async def _continue(self, database: Database, unfinished: Unfinished, last: int, report: Report) -> int:
        """Keep what an interrupted backup has of this very log, and return how many messages that is."""
        end = 0
        for entry, content in unfinished.kept():
            if end == 0 and entry.name == manifest.README:
                self._parts.append(manifest.part_of(entry.name, content))
            else:
                messages = _chunk(entry.name, content, self._tally.messages)
                if not messages:
                    break
                hashes = hashes_of(messages)
                if hashes != await archive_reading.known_hashes(database, messages[0].sequence, messages[-1].sequence):
                    if self._force:
                        break
                    raise self._other_log()
                self._take(entry.name, content, messages, hashes)
                report(READING, self._tally.messages, max(last, self._tally.messages), self._tally.events)
            end = entry.end
        unfinished.cut(end)
        if end == 0:
            self._add(unfinished, manifest.README, manifest.README_TEXT.encode())
        return self._tally.messages

    def _other_log(self) -> BackupRefused:
        return BackupRefused(
            vi=f"Tệp dở dang {self._partial} không thuộc nhật ký này. Chọn tên khác, hoặc thêm --force để bỏ tệp đó.",
            en=f"The unfinished {self._partial} is not of this log. Choose another name, or add --force to drop it.",
        )

    async def _copy(self, database: Database, unfinished: Unfinished, last: int, report: Report) -> None:
        while self._tally.messages < last:
            messages, hashes = await archive_reading.next_step(database, self._tally.messages, last)
            name, content = manifest.chunk_name(messages[0].sequence), await asyncio.to_thread(pack, messages)
            unfinished.add(name, content)
            self._take(name, content, messages, hashes)
            report(READING, self._tally.messages, last, self._tally.events)

    def _take(self, name: str, content: bytes, messages: list[Any], hashes: list[bytes]) -> None:
        self._tally.add(messages, hashes)
        self._payload_bytes += sum(len(message.payload) for message in messages)
        self._parts.append(manifest.part_of(name, content, messages[0].sequence, messages[-1].sequence))

    def _expect_agreement(self, signed: Checkpoint | None) -> None:
        if signed and self._tally.watched_root != signed.root:
            raise BackupRefused(
                vi=f"Bản lưu thứ hai trái với điểm kiểm tra đã ký ở bản ghi {signed.size}. Chạy: motmoi verify",
                en=f"The archive contradicts the checkpoint signed at message {signed.size}. Run: motmoi verify",
            )

    async def _add_belongings(self, unfinished: Unfinished) -> None:
        own = {
            manifest.PUBLIC_KEY: self._signer.verifier.public_pem,
            manifest.TOKENS: await belongings.read_tokens(self._office.database_url(CONSOLE)),
            **({manifest.RULES: belongings.read_rules(self._rules)} if self._rules else {}),
        }
        for name, content in own.items():
            self._add(unfinished, name, content)

    def _add(self, unfinished: Unfinished, name: str, content: bytes) -> None:
        unfinished.add(name, content)
        self._parts.append(manifest.part_of(name, content))

    async def _finish(self, unfinished: Unfinished, origin: str) -> int:
        now, root = datetime.now(UTC), self._tally.frontier.root()
        written = manifest.Manifest(
            origin=origin,
            made_at=now,
            last=self._tally.messages,
            events=self._tally.events,
            payload_bytes=self._payload_bytes,
            root=root.hex(),
            parts=tuple(self._parts),
        ).to_bytes()
        unfinished.add(manifest.MANIFEST, written)
        note = manifest.sign(written, origin, self._tally.messages, root, self._signer)
        unfinished.add(manifest.NOTE, note.encode())
        keys = key_file.Keys(
            origin=origin,
            made_at=now,
            last=self._tally.messages,
            signing_key=self._private_pem.decode(),
            personal=await key_file.gather({service: self._office.database_url(service) for service in SERVICES}),
        )
        if self._file.exists():
            self._expect_free_names()
        key_file.write(self._keys_file, keys, self._signer)
        return unfinished.finish(self._file)


def _origin(signed: Checkpoint | None) -> str:
    return signed.origin if signed else f"motmoi/{os.environ.get('MOTMOI_OFFICE_NAME', 'office')}"


def _chunk(name: str, content: bytes, last: int) -> list[Any]:
    try:
        messages = unpack(content)
    except NotAChunk:
        return []
    return messages if name == manifest.chunk_name(last + 1) and follows(messages, last) else []
