"""Checking a backup without an office: signature, every part, every message, and the Merkle root over them all."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from services.audit.archive.notes import NotAKey, NotProven, Verifier
from services.ops.backups.chunks import NotAChunk, Tally, follows, unpack
from services.ops.backups.container import Entry, Scan, file_errors, read, scan
from services.ops.backups.manifest import MANIFEST, NOTE, PUBLIC_KEY, Bound, Manifest, Part, bound
from services.ops.backups.refusing import BackupRefused
from services.runtime.follow import Message

Report = Callable[[str, int, int, int], None]
"""Hears how far a piece of work is: its name, messages done, messages in all, events done."""
CHECKING = "check"


@dataclass(frozen=True)
class Backup:
    """An open backup whose signature holds and whose parts are the ones that were signed, in name, size and order.

    A context manager that closes the file.
    """

    stream: BinaryIO
    manifest: Manifest
    verifier: Verifier
    trusted: bool
    entries: dict[str, Entry]

    @property
    def size(self) -> int:
        """The file's size in bytes."""
        return self.stream.seek(0, 2)

    def __enter__(self) -> "Backup":
        return self

    def __exit__(self, *error: object) -> None:
        self.stream.close()

    def content(self, name: str) -> bytes | None:
        """Return a part's content, as signed; None when the backup has no such part. Raises BackupRefused."""
        found = next((part for part in self.manifest.parts if part.name == name), None)
        return self._content(found) if found else None

    def batches(self, after: int = 0) -> Iterator[list[Message]]:
        """Return the messages behind a sequence in order, a chunk at a time; raise BackupRefused at a damaged one."""
        for part in self.manifest.chunks:
            if part.last is not None and part.last > after:
                messages = self._messages(part)
                yield messages[max(0, after + 1 - messages[0].sequence) :]

    def messages_at(self, sequences: set[int]) -> dict[int, Message]:
        """Return the messages at these sequences, as far as the backup has them; raise BackupRefused."""
        wanted = [
            part
            for part in self.manifest.chunks
            if any((part.first or 0) <= sequence <= (part.last or 0) for sequence in sequences)
        ]
        found = (message for part in wanted for message in self._messages(part))
        return {message.sequence: message for message in found if message.sequence in sequences}

    def check(self, report: Report) -> None:
        """Read every byte and hash every message; raise BackupRefused, naming the part, for the first that is wrong."""
        tally, manifest = Tally(), self.manifest
        for part in manifest.parts:
            content = self._content(part)
            if part in manifest.chunks:
                tally.add(self._unpacked(part, content, tally.messages))
                report(CHECKING, tally.messages, manifest.last, tally.events)
        found = (tally.messages, tally.events, tally.frontier.root().hex())
        if found != (manifest.last, manifest.events, manifest.root):
            raise BackupRefused.damaged(MANIFEST)

    def _content(self, part: Part) -> bytes:
        content = read(self.stream, self.entries[part.name])
        if hashlib.sha256(content).hexdigest() != part.sha256:
            raise BackupRefused.damaged(part.name)
        return content

    def _messages(self, part: Part) -> list[Message]:
        return self._unpacked(part, self._content(part), (part.first or 0) - 1)

    def _unpacked(self, part: Part, content: bytes, last: int) -> list[Message]:
        try:
            messages = unpack(content)
        except NotAChunk:
            raise BackupRefused.damaged(part.name) from None
        whole = bool(messages) and (part.first, part.last) == (messages[0].sequence, messages[-1].sequence)
        if not whole or not follows(messages, last):
            raise BackupRefused.damaged(part.name)
        return messages


def open_backup(path: Path, public_key: Path | None) -> Backup:
    """Open a backup and believe its signature: by the trusted key, else by the key inside, which proves integrity only.

    Raises BackupRefused: the file is damaged, cut short or no backup, or somebody else signed it.
    """
    with file_errors(path):
        stream = path.open("rb")
        try:
            found = scan(stream)
            return _opened(stream, found, path, public_key)
        except BaseException:
            stream.close()
            raise


def _opened(stream: BinaryIO, found: Scan, path: Path, public_key: Path | None) -> Backup:
    if [entry.name for entry in found.entries[-2:]] != [MANIFEST, NOTE] or not found.finished:
        raise _not_whole(path, found)
    entries = {entry.name: entry for entry in found.entries}
    verifier = _trusted(public_key) if public_key else _inside(stream, entries)
    said = _signed(read(stream, entries[NOTE]), verifier)
    written = read(stream, entries[MANIFEST])
    if hashlib.sha256(written).hexdigest() != said.manifest_sha256:
        raise BackupRefused.damaged(MANIFEST)
    try:
        manifest = Manifest.model_validate_json(written)
    except ValidationError:
        raise BackupRefused(
            vi=f"Tệp {path} do phiên bản khác của Một Mối tạo ra. Dùng đúng phiên bản đó để khôi phục.",
            en=f"The file {path} was made by another version of Một Mối. Restore it with that version.",
            part=MANIFEST,
        ) from None
    if (manifest.origin, manifest.last, manifest.root) != (said.origin, said.size, said.root.hex()):
        raise BackupRefused.damaged(MANIFEST)
    present = [(entry.name, entry.size) for entry in found.entries[:-2]]
    for part, there in zip(manifest.parts, [*present, *[None] * len(manifest.parts)], strict=False):
        if (part.name, part.bytes) != there:
            raise BackupRefused.damaged(part.name)
    if len(present) != len(manifest.parts):
        raise BackupRefused.damaged(present[len(manifest.parts)][0])
    return Backup(stream, manifest, verifier, public_key is not None, entries)


def _not_whole(path: Path, found: Scan) -> BackupRefused:
    if not found.entries:
        return BackupRefused(
            vi=f"Tệp {path} không phải bản sao lưu của Một Mối.", en=f"The file {path} is no backup of Một Mối."
        )
    part = found.entries[-1].name
    return BackupRefused(
        vi=f"Tệp sao lưu {path} bị cắt ngắn hoặc bị hỏng ngay sau phần {part}; chưa có gì thay đổi. "
        "Dùng một bản sao khác của tệp này, hoặc chạy lại lệnh sao lưu.",
        en=f"The backup {path} is cut short or damaged right behind its part {part}; nothing was changed. "
        "Use another copy of this file, or make the backup again.",
        part=part,
    )


def _trusted(path: Path) -> Verifier:
    try:
        with file_errors(path):
            return Verifier.from_pem(path.read_bytes())
    except NotAKey as error:
        raise BackupRefused(vi=f"{path}: {error.vi}", en=f"{path}: {error.en}") from None


def _inside(stream: BinaryIO, entries: dict[str, Entry]) -> Verifier:
    try:
        return Verifier.from_pem(read(stream, entries[PUBLIC_KEY]))
    except (NotAKey, KeyError):
        raise BackupRefused.damaged(PUBLIC_KEY) from None


def _signed(note: bytes, verifier: Verifier) -> Bound:
    try:
        return bound(verifier.open(note.decode()))
    except NotProven as error:
        raise BackupRefused(
            vi=f"Chữ ký của bản sao lưu ({NOTE}) không được chấp nhận; chưa có gì thay đổi. {error.vi}",
            en=f"The backup's signature ({NOTE}) is refused; nothing was changed. {error.en}",
            part=NOTE,
        ) from None
    except ValueError:
        raise BackupRefused.damaged(NOTE) from None
