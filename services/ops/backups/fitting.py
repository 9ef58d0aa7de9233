"""Whether a data folder can take a backup: its log and its database must know nothing that the backup does not."""

from collections.abc import Mapping
from pathlib import Path

import asyncpg

from services.ops.backups.appending import stored
from services.ops.backups.checking import Backup, Report
from services.ops.backups.refusing import BackupRefused
from services.runtime.database import checkpoints, fingerprint, know_log
from services.runtime.settings import Settings

COMPARING = "compare"


async def expect_prefix(backup: Backup, settings: Settings, last: int, folder: Path, report: Report) -> None:
    """Raise BackupRefused unless the log's messages, up to `last`, are the first ones of the backup."""
    if last > backup.manifest.last:
        raise _other_log(folder, backup.manifest.last + 1)
    expected = (message for messages in backup.batches() for message in messages)
    async for messages in stored(settings, last):
        for message in messages:
            if message != next(expected):
                raise _other_log(folder, message.sequence)
        report(COMPARING, messages[-1].sequence, last, 0)


async def expect_known(backup: Backup, databases: Mapping[str, str], folder: Path) -> None:
    """Raise BackupRefused when a follower in the folder's database has read what the backup does not have."""
    for service, url in databases.items():
        connection = await asyncpg.connect(url)
        try:
            if not await connection.fetchval("SELECT to_regclass('checkpoints') IS NOT NULL"):
                continue
            known = {one.position: one for one in (await checkpoints(connection)).values() if one.position}
        finally:
            await connection.close()
        found = backup.messages_at(set(known))
        for position, checkpoint in known.items():
            message = found.get(position)
            if message is None or checkpoint.fingerprint not in (None, fingerprint(message.payload)):
                raise BackupRefused(
                    vi=f"Cơ sở dữ liệu trong {folder} đã đọc đến bản ghi {position} ({service}), khác với bản sao lưu "
                    "này. Khôi phục vào một thư mục trống; hoặc dựng lại nhật ký từ bản lưu thứ hai: motmoi repair log",
                    en=f"The database in {folder} has read up to message {position} ({service}), other than this "
                    "backup's. Restore into an empty folder; or rebuild the log from its archive: motmoi repair log",
                )


async def accept_log(databases: Mapping[str, str], created: str) -> None:
    """Let the services that knew the folder's former log take the restored one for the true one."""
    for url in databases.values():
        connection = await asyncpg.connect(url)
        try:
            if await connection.fetchval("SELECT to_regclass('known_log') IS NOT NULL"):
                await know_log(connection, created)
        finally:
            await connection.close()


def _other_log(folder: Path, sequence: int) -> BackupRefused:
    return BackupRefused(
        vi=f"Thư mục {folder} đã có một nhật ký khác với bản sao lưu từ bản ghi {sequence}; chưa có gì thay đổi. "
        "Chọn một thư mục trống cho --data.",
        en=f"The folder {folder} has a log of its own, other than the backup from message {sequence} on; nothing was "
        "changed. Choose an empty folder for --data.",
    )
