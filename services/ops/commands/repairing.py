"""`motmoi repair`: the log made anew from the archive, or the archive mended from the log."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from services.ops.commands.shared import DataOption, JsonOption, finish, out, progress
from services.ops.commands.verifying import finding_as_json, show_findings
from services.ops.integrity.examined import Examined
from services.ops.integrity.examining import Examination
from services.ops.language import in_language
from services.ops.office import Office
from services.ops.repairing import Repair, Repaired, Report, Stage, needed


def _text(vi: str, en: str) -> str:
    return in_language(vi=vi, en=en)


app = typer.Typer(
    invoke_without_command=True,
    help=_text(
        "Cho biết bản nào cần sửa: nhật ký hay bản lưu thứ hai. Không sửa gì; mã thoát 1 khi cần sửa.",
        "Say which copy needs a repair, the log or the archive. Nothing is changed; exit code 1 when one does.",
    ),
)
_DRY_RUN = typer.Option(
    "--dry-run",
    help=_text("Chỉ cho biết sẽ làm gì; không thay đổi gì.", "Only say what would be done; change nothing."),
)
_ACCEPT_LOSS = typer.Option(
    "--accept-loss",
    help=_text(
        "Chấp nhận mất những gì không bản nào còn: nhật ký dừng ở bản ghi cuối cùng còn nguyên.",
        "Give up what neither copy has any more: the log then ends with the last message that is whole.",
    ),
)
_TIMERS = typer.Option(
    "--timers",
    help=_text(
        "Hẹn giờ lại tất cả, cả khi máy chủ vẫn còn các hẹn giờ.", "Set all timers again, even if none seems lost."
    ),
)
_STAGES: dict[Stage, tuple[str, str]] = {
    "examining": ("kiểm tra hai bản", "examining both copies"),
    "mending": ("sửa bản lưu thứ hai", "mending the archive"),
    "writing": ("ghi lại nhật ký", "writing the log"),
    "comparing": ("so sánh lại", "comparing again"),
}


@app.callback()
def repair(context: typer.Context, data: DataOption = None, json_output: JsonOption = False) -> None:
    """Examine both copies and say what is needed."""
    if context.invoked_subcommand is not None:
        return

    async def work() -> Examined:
        with _reporting(quiet=json_output) as report:
            return await Examination(Office.find(data), lambda at, end: report("examining", at, end)).run()

    found = finish(work)
    which = needed(found)
    if json_output:
        said = {"needed": which, "findings": [finding_as_json(one) for one in found.findings]}
        out.print(json.dumps({**said, "counts": dict(found.counts)}, ensure_ascii=False), markup=False)
    elif not found.counts:
        out.print(_text("Hai bản khớp nhau, không cần sửa gì.", "Both copies agree; nothing needs a repair."))
    else:
        show_findings(found.findings)
    if found.counts:
        raise typer.Exit(1)


@app.command(
    "log",
    help=_text(
        "Ghi lại nhật ký từ bản lưu thứ hai, mọi bản ghi ở đúng số thứ tự cũ. Những gì chỉ nhật ký còn được đưa vào "
        "bản lưu trước; những gì mâu thuẫn được giữ trong thư mục salvage. Văn phòng không nhận lệnh trong lúc sửa. Bị "
        "ngắt giữa chừng thì chạy lại.",
        "Make the log anew from the archive, every message at its old sequence. What only the log has is taken into "
        "the archive first; what contradicts is kept in the folder salvage. The office takes no commands meanwhile. "
        "After an interruption run it again.",
    ),
)
def repair_log(
    dry_run: Annotated[bool, _DRY_RUN] = False,
    accept_loss: Annotated[bool, _ACCEPT_LOSS] = False,
    timers: Annotated[bool, _TIMERS] = False,
    data: DataOption = None,
    json_output: JsonOption = False,
) -> None:
    """Repair, and show what was done; exit 1 when it is refused or services still take no commands."""

    async def work() -> Repaired:
        with _reporting(quiet=json_output) as report:
            repairing = Repair(Office.find(data), report, dry_run=dry_run)
            return await repairing.log(accept_loss=accept_loss, set_timers=timers)

    _finish(finish(work), json_output=json_output)


@app.command(
    "archive",
    help=_text(
        "Sửa bản lưu thứ hai từ nhật ký, trong một giao dịch: bản ghi, mã băm và cây. Những gì bị thay được giữ trong "
        "thư mục salvage.",
        "Mend the archive from the log, in one transaction: rows, hashes and tree. What is replaced is kept in the "
        "folder salvage.",
    ),
)
def repair_archive(
    dry_run: Annotated[bool, _DRY_RUN] = False, data: DataOption = None, json_output: JsonOption = False
) -> None:
    """Repair, and show what was done; exit 1 when it is refused."""

    async def work() -> Repaired:
        with _reporting(quiet=json_output) as report:
            return await Repair(Office.find(data), report, dry_run=dry_run).archive()

    _finish(finish(work), json_output=json_output)


@contextmanager
def _reporting(*, quiet: bool) -> Iterator[Report]:
    tasks: dict[Stage, Any] = {}
    with progress(quiet=quiet) as bars:

        def report(stage: Stage, at: int, end: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(_text(*_STAGES[stage]), total=None)
            bars.update(tasks[stage], completed=at, total=end)

        yield report


def _finish(done: Repaired, *, json_output: bool) -> None:
    if json_output:
        out.print(json.dumps(_as_json(done), ensure_ascii=False), markup=False)
    else:
        _show(done)
    if done.still_closed:
        raise typer.Exit(1)


def _as_json(done: Repaired) -> dict[str, Any]:
    said = {name: value for name, value in vars(done).items() if name != "examined"}
    findings = [finding_as_json(one) for one in done.examined.findings]
    return {**said, "seconds": round(done.seconds, 3), "findings": findings, "counts": dict(done.examined.counts)}


def _show(done: Repaired) -> None:
    show_findings(done.examined.findings)
    if done.dry_run:
        out.print(_text(*_planned(done)), markup=False)
        return
    out.print(
        _text(
            f"Bản lưu thứ hai: sửa {done.rows_rewritten:,} bản ghi. Nhật ký: ghi lại {done.messages_written:,} bản "
            f"ghi. {done.seconds:.1f} giây.",
            f"Archive: {done.rows_rewritten:,} rows mended. Log: {done.messages_written:,} messages written anew. "
            f"{done.seconds:.1f} s.",
        ),
        markup=False,
    )
    if done.salvage:
        kept = f"{done.salvaged:,}: {Path(done.salvage)}"
        out.print(_text(f"Đã giữ lại {kept}", f"Kept aside {kept}"), markup=False)
    if done.begun_again:
        names = ", ".join(done.begun_again)
        out.print(
            _text(f"Đi lại từ đầu nhật ký: {names}", f"Begin again from the first message: {names}"), markup=False
        )
    if done.lost:
        out.print(
            _text(
                f"Đã mất: {done.lost}. Dừng văn phòng rồi chạy lại: motmoi run",
                f"Lost: {done.lost}. Stop the office and start it again: motmoi run",
            ),
            style="red",
            markup=False,
        )
    for service, reason in done.still_closed.items():
        vi, en = f"{service} vẫn chưa nhận lệnh: {reason}", f"{service} still takes no commands: {reason}"
        out.print(_text(vi, en), style="red", markup=False)
    if not done.still_closed:
        out.print(_text("Xong. Kiểm tra lại: motmoi verify", "Done. Check again: motmoi verify"), style="green")


def _planned(done: Repaired) -> tuple[str, str]:
    if not done.examined.counts:
        return "Không cần sửa gì.", "Nothing needs a repair."
    if done.lost:
        return (
            f"Sẽ dừng nhật ký ở bản ghi {done.last:,}; chỉ làm khi có --accept-loss.",
            f"The log would end with message {done.last:,}; only done with --accept-loss.",
        )
    if done.what == "log":
        return (f"Sẽ ghi lại nhật ký: bản ghi 1-{done.last:,}.", f"Messages 1-{done.last:,} would be written anew.")
    damage = done.examined.damage
    count = damage.archive.count + damage.hashes.count
    return f"Sẽ sửa {count:,} bản ghi trong bản lưu thứ hai.", f"{count:,} rows of the archive would be mended."
