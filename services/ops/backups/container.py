"""The backup's container: a plain tar of one form only, so that no byte of it can change unseen."""

import errno
import fcntl
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from deploy.files import sync_folder
from services.ops.backups.refusing import BackupRefused

_BLOCK = 512
_END = bytes(2 * _BLOCK)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)
# Of locks and of folders put on disk, on network shares and sticks.
_UNSUPPORTED = (errno.EINVAL, errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP)


class Entry(NamedTuple):
    """A part as it lies in the file: its name, where its content begins, and how many bytes that has."""

    name: str
    start: int
    size: int

    @property
    def end(self) -> int:
        """Where the next part begins."""
        return self.start + self.size + _padding(self.size)


class Scan(NamedTuple):
    """The parts that are there in full length, and whether the file ends as a finished one does."""

    entries: tuple[Entry, ...]
    finished: bool

    @property
    def end(self) -> int:
        """Where the last part ends."""
        return self.entries[-1].end if self.entries else 0


def scan(stream: BinaryIO) -> Scan:
    """Find the parts of a container, up to its end or to the first place that is not as this program writes it."""
    size, offset, entries = stream.seek(0, os.SEEK_END), 0, list[Entry]()
    while True:
        stream.seek(offset)
        entry = _entry(stream.read(_BLOCK), offset)
        if entry is None or entry.end > size:
            stream.seek(offset)
            return Scan(tuple(entries), stream.read(len(_END) + 1) == _END)
        entries.append(entry)
        offset = entry.end


def read(stream: BinaryIO, entry: Entry) -> bytes:
    """Return a part's content; raise BackupRefused when it is cut short or something is written behind it."""
    stream.seek(entry.start)
    content, rest = stream.read(entry.size), stream.read(_padding(entry.size))
    if len(content) != entry.size or rest != bytes(_padding(entry.size)):
        raise BackupRefused.damaged(entry.name)
    return content


class Unfinished:
    """A container that is being written, under the name of its own that only a whole one loses."""

    def __init__(self, path: Path) -> None:
        """Open or create it for this process alone; raise BackupRefused when another one writes it, or it cannot be."""
        self.path = path
        with file_errors(path):
            self._stream = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
            try:
                fcntl.flock(self._stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self._stream.close()
                raise BackupRefused(
                    vi=f"Một tiến trình khác đang ghi {path}. Chờ tiến trình đó xong, hoặc chọn tên tệp khác.",
                    en=f"Another process is writing {path}. Wait for it, or choose another file name.",
                ) from None
            except OSError as error:
                if error.errno not in _UNSUPPORTED:
                    self._stream.close()
                    raise

    def kept(self) -> Iterator[tuple[Entry, bytes]]:
        """Return the parts written before, each with its content, up to the first that is not whole."""
        for entry in scan(self._stream).entries:
            try:
                content = read(self._stream, entry)
            except BackupRefused:
                return
            yield entry, content

    def cut(self, end: int) -> None:
        """Drop everything from this place on and go on writing here."""
        with file_errors(self.path):
            self._stream.truncate(end)
            self._stream.seek(end)

    def add(self, name: str, content: bytes) -> None:
        """Write a part; it is on disk when this returns. Raises BackupRefused when it cannot be written."""
        with file_errors(self.path):
            self._stream.write(_header(name, len(content)) + content + bytes(_padding(len(content))))
            self._stream.flush()
            os.fsync(self._stream.fileno())

    def finish(self, path: Path) -> int:
        """End the container, give it its final name, in the place of whatever has it, and return its size in bytes."""
        with file_errors(self.path):
            self._stream.write(_END)
            self._stream.flush()
            os.fsync(self._stream.fileno())
            size = self._stream.tell()
            self.path.replace(path)
            try:
                sync_folder(path.parent)
            except OSError as error:
                if error.errno not in _UNSUPPORTED:
                    raise
        return size

    def close(self) -> None:
        """Leave it as it is, for a later run to continue."""
        self._stream.close()


@contextmanager
def file_errors(path: Path) -> Iterator[None]:
    """Turn what the system says of a file into a refusal that says what to do."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise BackupRefused(
                vi=f"Đĩa chứa {path} đã đầy. Giải phóng chỗ trống rồi chạy lại lệnh này; việc dở dang được làm tiếp.",
                en=f"The disk of {path} is full. Free some space, then run the same command again: it continues.",
            ) from error
        if error.errno in _CLOSED:
            raise BackupRefused(
                vi=f"Không được phép ghi hoặc đọc {path}. Kiểm tra quyền của thư mục rồi chạy lại.",
                en=f"{path} may not be written or read. Check the folder's permissions, then run again.",
            ) from error
        raise BackupRefused(
            vi=f"Không mở được {path}: {error.strerror}. Kiểm tra đường dẫn rồi chạy lại.",
            en=f"{path} cannot be opened: {error.strerror}. Check the path, then run again.",
        ) from error


def _entry(block: bytes, offset: int) -> Entry | None:
    try:
        found = tarfile.TarInfo.frombuf(block, "ascii", "strict")
        if _header(found.name, found.size) != block:
            return None
    except (tarfile.HeaderError, ValueError):
        return None
    return Entry(found.name, offset + _BLOCK, found.size)


def _header(name: str, size: int) -> bytes:
    member = tarfile.TarInfo(name)
    member.size = size
    return member.tobuf(tarfile.USTAR_FORMAT, "ascii", "strict")


def _padding(size: int) -> int:
    return -size % _BLOCK
