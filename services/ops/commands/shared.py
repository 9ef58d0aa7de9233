"""What every command of the line shares: its options, how it fails, and how it shows progress."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from deploy.messages import DeployError
from services.ops.language import in_language
from services.ops.office import OfficeNotFound
from services.runtime.bus import UNREACHABLE as BROKER_UNREACHABLE
from services.runtime.database import UNREACHABLE
from services.runtime.follow import LogGap, ReaderLost
from services.runtime.log import LogUnavailable

T = TypeVar("T")

DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        help=in_language(
            vi="Thư mục dữ liệu; nếu bỏ trống thì lấy MOTMOI_DATA, rồi ~/.local/share/motmoi.",
            en="The data folder; MOTMOI_DATA when left out, then ~/.local/share/motmoi.",
        ),
    ),
]
JsonOption = Annotated[
    bool,
    typer.Option(
        "--json",
        help=in_language(vi="In kết quả dạng JSON cho chương trình đọc.", en="Print JSON for a program to read."),
    ),
]

_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_WIDE = 200
out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else _WIDE)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def fail(message: str, code: int = 1) -> typer.Exit:
    """Show why a command cannot go on and return the exit to raise."""
    err.print(message, style="red", markup=False)
    return typer.Exit(code)


def local_time(moment: datetime) -> str:
    """Return a moment as people here write it: day and time in Asia/Ho_Chi_Minh."""
    return f"{moment.astimezone(_HANOI):%d/%m/%Y %H:%M:%S}"


def finish(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run a command's work; turn what an operator can mend into one sentence and exit code 1."""
    try:
        return asyncio.run(work())
    except (OfficeNotFound, DeployError) as error:
        raise fail(str(error)) from None
    except LogGap as gap:
        raise fail(
            in_language(
                vi=f"Nhật ký thiếu bản ghi {gap.first:,}. Đề nghị chạy: motmoi verify",
                en=f"The log lacks message {gap.first:,}. Run: motmoi verify",
            )
        ) from None
    except (LogUnavailable, ReaderLost, *BROKER_UNREACHABLE, *UNREACHABLE) as error:
        raise fail(
            in_language(
                vi=f"Máy chủ chưa trả lời ({error or type(error).__name__}). Đề nghị xem: motmoi status",
                en=f"A server does not answer ({error or type(error).__name__}). See: motmoi status",
            )
        ) from None


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f}/s" if speed else "…/s")


def progress(*, quiet: bool) -> Progress:
    """Return a progress bar with percent, rate and time left on the error stream; a quiet one shows nothing."""
    what = TextColumn("{task.description}", markup=False)
    columns = (what, BarColumn(), TaskProgressColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    return Progress(*columns, console=err, disable=quiet or not err.is_terminal, transient=True)
