"""What a restore leaves in a data folder: a mark while it is unfinished, then what its first run shall record."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from pydantic_core import from_json, to_json

from contracts.audit import RecordRepair
from contracts.base import Meta, wire_name
from deploy.files import read_json, sync_folder, write_durably
from services.ops.backups.refusing import BackupRefused
from services.ops.office import Office, operator_actor

_UNFINISHED = "restoring.json"
_TO_RECORD = "restored.json"


@dataclass(frozen=True)
class Mark:
    """Which backup a folder is restored from."""

    file: str
    origin: str
    made_at: str
    last: int
    root: str


def begin(folder: Path, mark: Mark) -> None:
    """Mark a folder as not to be run yet."""
    write_durably(folder / _UNFINISHED, json.dumps(asdict(mark), ensure_ascii=False, indent=2) + "\n")


def end(folder: Path, mark: Mark) -> None:
    """Let the folder run, and keep what its first run shall record."""
    if mark.last:
        write_durably(folder / _TO_RECORD, json.dumps(asdict(mark), ensure_ascii=False, indent=2) + "\n")
    (folder / _UNFINISHED).unlink(missing_ok=True)
    sync_folder(folder)


def is_begun(folder: Path) -> bool:
    """Whether a restore into this folder was begun and not finished."""
    return (folder / _UNFINISHED).exists()


def expect_restored(folder: Path) -> None:
    """Raise BackupRefused when a restore into this folder was begun and not finished."""
    left = read_json(folder / _UNFINISHED)
    if left:
        raise BackupRefused(
            vi=f"Việc khôi phục {left['file']} vào {folder} chưa xong. Chạy lại: motmoi restore {left['file']} "
            f"--data {folder}",
            en=f"The restore of {left['file']} into {folder} is not finished. Run it again: motmoi restore "
            f"{left['file']} --data {folder}",
        )


async def record(office: Office) -> bool:
    """Put on record that the office was restored, once; return whether there was something to record.

    Raises what a request to the broker raises, and RuntimeError for a refusal; the next run then tries again.
    """
    path = office.folder / _TO_RECORD
    left = read_json(path)
    if not left:
        return False
    mark = Mark(**left)
    command = RecordRepair(
        what="restore",
        first=1,
        last=mark.last,
        reason=f"{mark.origin}, {mark.made_at}, SHA-256 {mark.root}",
    )
    command_id = uuid5(NAMESPACE_URL, f"motmoi:restore:{office.folder}:{path.stat().st_mtime_ns}:{mark.root}")
    meta = Meta(command_id=command_id, actor=operator_actor(), correlation_id=f"restore:{mark.root[:16]}")
    client = await office.connect()
    try:
        body = to_json({"meta": meta, "data": command}, exclude_none=True)
        answer = await client.request(f"command.audit.{wire_name(RecordRepair)}", body, timeout=20)
    finally:
        await client.close()
    reply = from_json(answer.data)
    if reply["outcome"] != "accepted":
        raise RuntimeError(reply["en"])
    path.unlink()
    return True
