"""`motmoi backup` and `motmoi restore`: the whole office in one signed file, and back on an empty machine."""

import dataclasses
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from services.ops.backups import key_file
from services.ops.backups.checking import Backup, open_backup
from services.ops.backups.making import Made, Making, Planned
from services.ops.backups.restoring import Restored, Restoring
from services.ops.commands.backup_reports import progress, show_checked, show_made, show_planned, show_restored
from services.ops.commands.shared import DataOption, JsonOption, finish, out
from services.ops.language import in_language
from services.ops.office import Office, data_folder

BACKUP_HELP = in_language(
    vi="Sao lưu toàn bộ nhật ký sự kiện và những gì văn phòng có ngoài nhật ký vào một tệp nén, có chữ ký. Văn phòng "
    "vẫn làm việc bình thường. Bị ngắt giữa chừng thì chạy lại đúng lệnh đó. Khóa bí mật nằm ở tệp FILE.keys: cất ở "
    "nơi khác, chỉ giữ tệp mới nhất. Kiểm tra tệp: motmoi backup --check FILE",
    en="Back up the whole event log, and what the office owns besides, into one compressed, signed file. The office "
    "goes on working. After an interruption run the same command again. Secret keys go to FILE.keys: keep it "
    "elsewhere, and the newest only. To check a file: motmoi backup --check FILE",
)
RESTORE_HELP = in_language(
    vi="Khôi phục một bản sao lưu vào thư mục dữ liệu trống, trên máy này: mọi bản ghi trở về đúng số thứ tự cũ. Bản "
    "sao lưu được kiểm tra toàn bộ trước khi thay đổi gì. Bị ngắt giữa chừng thì chạy lại đúng lệnh đó. "
    "Sau đó: motmoi run",
    en="Restore a backup into an empty data folder on this machine: every message comes back at its old sequence. The "
    "backup is checked, all of it, before anything changes. After an interruption run the same command again. Then: "
    "motmoi run",
)
_NICENESS = 10


def _text(vi: str, en: str) -> str:
    return in_language(vi=vi, en=en)


FileArgument = Annotated[
    Path,
    typer.Argument(help=_text("Tệp sao lưu, ví dụ office-2026-11-22.motmoi.", "The backup, such as office.motmoi.")),
]
KeysToWrite = Annotated[
    Path | None,
    typer.Option(
        "--keys",
        help=_text("Nơi ghi khóa bí mật; bỏ trống là FILE.keys.", "Where secret keys go; FILE.keys when left out."),
    ),
]
KeysToRead = Annotated[
    Path | None,
    typer.Option(
        "--keys",
        help=_text(
            "Tệp khóa bí mật mới nhất; không có thì văn phòng ký bằng khóa mới và không đọc được dữ liệu cá nhân.",
            "The newest file of secret keys; without it the office signs with a new key and reads no personal data.",
        ),
    ),
]
KeyOption = Annotated[
    Path | None,
    typer.Option(
        "--key",
        help=_text(
            "Khóa công khai audit.pub đáng tin, lấy từ nơi khác; không có thì chỉ biết tệp còn nguyên vẹn.",
            "The trusted public key audit.pub, from elsewhere; without it only integrity is proven.",
        ),
    ),
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help=_text("Chỉ xem sẽ làm gì; không ghi gì.", "Only say what would be done."))
]


def backup(
    file: FileArgument,
    check: Annotated[
        bool, typer.Option("--check", help=_text("Kiểm tra tệp đã có.", "Check a file there is."))
    ] = False,
    key: KeyOption = None,
    keys: KeysToWrite = None,
    force: Annotated[bool, typer.Option("--force", help=_text("Thay tệp đã có.", "Replace files there are."))] = False,
    dry_run: DryRunOption = False,
    data: DataOption = None,
    json_output: JsonOption = False,
) -> None:
    """Make a backup, or check one, and show what it holds; exit 1 when it is refused."""
    if check:
        _check(file, key, json_output=json_output)
        return
    os.nice(_NICENESS)

    async def work() -> Planned | Made:
        making = Making(Office.find(data), file, keys or key_file.beside(file), force=force)
        if dry_run:
            return await making.plan()
        with progress(quiet=json_output) as report:
            return await making.run(report)

    done = finish(work)
    if json_output:
        out.print(json.dumps({**dataclasses.asdict(done), "dry_run": dry_run}, ensure_ascii=False), markup=False)
    elif isinstance(done, Planned):
        show_planned(done)
    else:
        show_made(done)


def restore(
    file: FileArgument,
    keys: KeysToRead = None,
    key: KeyOption = None,
    dry_run: DryRunOption = False,
    data: DataOption = None,
    json_output: JsonOption = False,
) -> None:
    """Check a backup, restore it, and say what to do next; exit 1 when it is refused."""
    folder = data_folder(data)

    async def work() -> Restored | None:
        with _checked(file, key, quiet=json_output) as found:
            secrets = key_file.read(keys, found.verifier) if keys else None
            restoring = Restoring(found, secrets, folder)
            if dry_run:
                restoring.expect_room()
                show_checked(found, file, json_output=json_output)
                return None
            with progress(quiet=json_output) as report:
                return await restoring.run(report)

    done = finish(work)
    if done and json_output:
        out.print(json.dumps(dataclasses.asdict(done), ensure_ascii=False), markup=False)
    elif done:
        show_restored(done, trusted=key is not None)


def _check(file: Path, key: Path | None, *, json_output: bool) -> None:
    async def work() -> None:
        with _checked(file, key, quiet=json_output) as found:
            show_checked(found, file, json_output=json_output)

    finish(work)


@contextmanager
def _checked(file: Path, key: Path | None, *, quiet: bool) -> Iterator[Backup]:
    with open_backup(file, key) as found:
        with progress(quiet=quiet) as report:
            found.check(report)
        yield found
