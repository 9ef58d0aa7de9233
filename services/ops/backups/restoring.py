"""Restoring a backup into a data folder: nothing changes before the backup is proven; an interrupted one goes on."""

import shutil
import time
from dataclasses import dataclass, replace
from pathlib import Path

import nats
from nats.aio.client import Client

from deploy import SERVICES
from deploy.credentials import CONSOLE, FILE_NAME, OPERATOR
from deploy.messages import Say
from deploy.postgres_place import STATE_FOLDER
from deploy.stack import Stack
from services.ops.backups import belongings, fitting, key_file, manifest, marks
from services.ops.backups.appending import append, stored
from services.ops.backups.checking import Backup, Report
from services.ops.backups.chunks import Tally
from services.ops.backups.container import file_errors
from services.ops.backups.erased import Erasures
from services.ops.backups.refusing import BackupRefused
from services.ops.language import say as say_aloud
from services.runtime.bus import BrokerError
from services.runtime.log import EventLog, Head
from services.runtime.settings import Settings

APPENDING, READING_BACK = "restore", "read back"
RULES = "rules"
_SPARE_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True)
class Restored:
    """What a folder was given back: the log, of which it had `continued` messages already, tokens, keys and rules."""

    folder: str
    origin: str
    last: int
    events: int
    root: str
    continued: int
    tokens: int
    people: int
    erased: int
    signing_key: bool
    rules: str | None
    seconds: float


class Restoring:
    """One restore of a checked backup into `folder`, by servers of its own that stop at the end.

    `brokers`, `say`, `fast` and `state_folder` are those of `Stack`.
    """

    def __init__(
        self,
        backup: Backup,
        keys: key_file.Keys | None,
        folder: Path,
        *,
        brokers: int = 1,
        say: Say = say_aloud,
        fast: bool = False,
        state_folder: Path = STATE_FOLDER,
    ) -> None:
        """Take the keys where there are some; without them the office signs with a new key and knows nobody's name."""
        self._backup, self._keys, self._folder = backup, keys, folder.absolute()
        self._stack_options = {"say": say, "fast": fast, "state_folder": state_folder, "brokers": brokers}

    def expect_room(self) -> None:
        """Raise BackupRefused when the folder is something else than an office's, or its disk has no room."""
        folder = self._folder
        with file_errors(folder):
            there = {path.name for path in folder.iterdir()} if folder.exists() else set()
            existing = next(path for path in (folder, *folder.parents) if path.exists())
            free = shutil.disk_usage(existing).free
        if there - {"lock", "log"} and FILE_NAME not in there:
            raise BackupRefused(
                vi=f"Thư mục {folder} chứa dữ liệu khác. Chọn một thư mục trống cho --data.",
                en=f"The folder {folder} has something else in it. Choose an empty folder for --data.",
            )
        begun = marks.is_begun(folder)
        needed = _SPARE_BYTES + (0 if begun else self._backup.manifest.payload_bytes)
        if free < needed:
            raise BackupRefused(
                vi=f"Đĩa chứa {folder} còn {free / 1e9:.1f} GB, cần {needed / 1e9:.1f} GB. Hãy dọn đĩa trước.",
                en=f"The disk of {folder} has {free / 1e9:.1f} GB left, {needed / 1e9:.1f} GB are needed. Free some.",
            )

    async def run(self, report: Report) -> Restored:
        """Restore, or go on with an interrupted restore; raise BackupRefused where the folder's log is another one."""
        begun = time.monotonic()
        self.expect_room()
        with file_errors(self._folder):
            stack = Stack(self._folder, SERVICES, **self._stack_options)  # type: ignore[arg-type]
            await stack.start()
        try:
            await stack.provision()
            client = await _connect(stack)
            try:
                restored = await self._restore(stack, client, report)
            except BrokerError as error:
                raise BackupRefused(
                    vi=f"Máy chủ nhật ký từ chối: {error}. Kiểm tra chỗ trống trên đĩa rồi chạy lại đúng lệnh này.",
                    en=f"The log's server refuses: {error}. Check the free space, then run the same command again.",
                ) from error
            finally:
                await client.close()
        finally:
            await stack.stop()
        marks.end(self._folder, self._mark())
        return replace(restored, seconds=round(time.monotonic() - begun, 3))

    async def _restore(self, stack: Stack, client: Client, report: Report) -> Restored:
        backup, folder = self._backup, self._folder
        log, settings = EventLog(client), _settings(stack)
        head = await log.head()
        await fitting.expect_prefix(backup, settings, head.last_sequence, folder, report)
        await fitting.expect_known(backup, {name: stack.database_url(name) for name in SERVICES}, folder)
        marks.begin(folder, self._mark())
        await self._append(client, head, report)
        erasures = await self._read_back(settings, report)
        databases = {name: stack.database_url(name) for name in SERVICES}
        await fitting.accept_log(databases, head.created)
        tokens = backup.content(manifest.TOKENS)
        rules = backup.content(manifest.RULES)
        if rules:
            belongings.write_rules(rules, folder / RULES)
        key_file.install(folder, backup.verifier, self._keys)
        return Restored(
            folder=str(folder),
            origin=backup.manifest.origin,
            last=backup.manifest.last,
            events=backup.manifest.events,
            root=backup.manifest.root,
            continued=head.last_sequence,
            tokens=await belongings.write_tokens(stack.database_url(CONSOLE), tokens) if tokens else 0,
            people=await key_file.put_back(databases, self._keys, erasures.rows),
            erased=len(erasures.rows),
            signing_key=self._keys is not None,
            rules=str(folder / RULES) if rules else None,
            seconds=0,
        )

    async def _append(self, client: Client, head: Head, report: Report) -> None:
        said, last = self._backup.manifest, self._backup.manifest.last
        report(APPENDING, head.last_sequence, last, 0)
        for messages in self._backup.batches(head.last_sequence):
            await append(client, messages)
            at = messages[-1].sequence
            report(APPENDING, at, last, said.events * at // last)

    async def _read_back(self, settings: Settings, report: Report) -> Erasures:
        """Hash the whole log as it now stands and compare its root with the signed one."""
        said, tally, erasures = self._backup.manifest, Tally(), Erasures()
        async for messages in stored(settings, said.last):
            tally.add(messages)
            erasures.add(messages)
            report(READING_BACK, tally.messages, said.last, tally.events)
        if tally.frontier.root().hex() != said.root:
            raise BackupRefused(
                vi=f"Nhật ký vừa khôi phục vào {self._folder} không khớp với gốc Merkle đã ký; không được chạy thư mục "
                "này. Khôi phục lại vào một thư mục trống, trên đĩa khác.",
                en=f"The log restored into {self._folder} does not have the signed Merkle root; this folder must not "
                "run. Restore again into an empty folder, on another disk.",
            )
        return erasures

    def _mark(self) -> marks.Mark:
        said = self._backup.manifest
        return marks.Mark(self._backup.stream.name, said.origin, said.made_at.isoformat(), said.last, said.root)


async def _connect(stack: Stack) -> Client:
    return await nats.connect(
        stack.nats_url.split(","),
        user=OPERATOR,
        password=stack.credentials.nats[OPERATOR],
        inbox_prefix=f"_INBOX.{OPERATOR}".encode(),
        name="restore",
        allow_reconnect=False,
        pending_size=64 * 1024 * 1024,
        error_cb=_quiet,
    )


async def _quiet(error: Exception) -> None:
    """What the connection suffers shows in the requests it fails."""


def _settings(stack: Stack) -> Settings:
    return Settings.from_environment(
        {
            "MOTMOI_NATS_URL": stack.nats_url,
            "MOTMOI_NATS_USER": OPERATOR,
            "MOTMOI_NATS_PASSWORD": stack.credentials.nats[OPERATOR],
            "MOTMOI_DATABASE_URL": stack.database_url(OPERATOR),
        }
    )
