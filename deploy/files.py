"""Files of a data folder: durable atomic writes, and the lock that lets one supervisor in."""

import fcntl
import json
import os
from pathlib import Path
from typing import Any

from deploy.messages import DeployError


def write_durably(path: Path, text: str, *, mode: int = 0o600) -> None:
    """Replace `path` by `text` so that a crash leaves either the old file or the new one, whole and on disk."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Put the names inside `folder` on disk: a rename is durable only after this."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_json(path: Path) -> dict[str, Any]:
    """The object kept in `path`, empty when there is none; raises DeployError when the file is damaged."""
    if not path.exists():
        return {}
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise DeployError(
            vi=f"Tệp {path} bị hỏng ({error}). Khôi phục tệp từ bản sao lưu rồi khởi động lại.",
            en=f"The file {path} is damaged ({error}). Restore it from the backup, then start again.",
        ) from error
    return kept if isinstance(kept, dict) else {}


class FolderLock:
    """Held by the one supervisor of a data folder; the system frees it when that process ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Take the lock, or raise DeployError naming the process that holds it."""
        if self._descriptor is not None:
            return
        descriptor = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(descriptor, 32).decode("ascii", "replace").strip() or "?"
            os.close(descriptor)
            raise DeployError(
                vi=f"Thư mục dữ liệu {self._folder} đang được một tiến trình Một Mối khác sử dụng (số {holder}). "
                "Dừng tiến trình đó hoặc chọn thư mục dữ liệu khác.",
                en=f"The data folder {self._folder} is in use by another Một Mối process (number {holder}). "
                "Stop that process or choose another data folder.",
            ) from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
        self._descriptor = descriptor

    def release(self) -> None:
        """Let the next supervisor in; calling it twice is harmless."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
