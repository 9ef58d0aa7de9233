"""What `motmoi backup` and `motmoi restore` show: progress while they work, then what was done and what is next."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

from services.ops.backups.checking import CHECKING, Backup, Report
from services.ops.backups.fitting import COMPARING
from services.ops.backups.making import READING, Made, Planned
from services.ops.backups.restoring import APPENDING, READING_BACK, Restored
from services.ops.commands.shared import err, local_time, out
from services.ops.language import in_language

_NAMES = {
    CHECKING: ("Kiểm tra tệp", "Checking the file"),
    READING: ("Sao lưu", "Backing up"),
    COMPARING: ("Đối chiếu phần đã có", "Comparing what is there"),
    APPENDING: ("Khôi phục nhật ký", "Restoring the log"),
    READING_BACK: ("Đối chiếu lại", "Reading it back"),
}


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        seconds = task.elapsed or 0.0
        rate = (task.fields["events"] - task.fields["before"]) / seconds if seconds else 0
        return Text(in_language(vi=f"{rate:,.0f} sự kiện/giây", en=f"{rate:,.0f} events/s"))


@contextmanager
def progress(*, quiet: bool) -> Iterator[Report]:
    """Give a report that shows percent, events a second and time left on the error stream, unless it is quiet."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=err, disable=quiet or not err.is_terminal, transient=True) as bar:
        tasks: dict[str, object] = {}

        def report(name: str, done: int, of: int, events: int) -> None:
            if name not in tasks:
                vi, en = _NAMES[name]
                # What an interrupted run did before is no speed of this one.
                tasks[name] = bar.add_task(in_language(vi=vi, en=en), total=of, events=events, before=events)
            bar.update(tasks[name], completed=done, total=of, events=events)  # type: ignore[arg-type]

        yield report


def show_planned(plan: Planned) -> None:
    """Show what a backup would take."""
    missing = in_language(vi="không trả lời", en="no answer")
    _lines(
        (("Văn phòng", "Office"), plan.origin),
        (("Sẽ sao lưu đến bản ghi", "Would back up to message"), f"{plan.last:,}"),
        (("Nhật ký đang ở", "The log is at"), missing if plan.head is None else f"{plan.head:,}"),
        (("Bản lưu chiếm", "The archive takes"), _megabytes(plan.archive_bytes)),
        (("Đĩa còn", "Disk free"), _megabytes(plan.free_bytes)),
        (("Quy định riêng (MOTMOI_RULES)", "Own rules (MOTMOI_RULES)"), plan.rules or "-"),
    )
    _say("Thử: chưa ghi gì.", "Dry run: nothing was written.")


def show_made(made: Made) -> None:
    """Show where the backup is, and what to do with its keys."""
    _lines(
        (("Tệp sao lưu", "Backup"), f"{made.file} ({_megabytes(made.bytes)})"),
        (("Bản ghi 1 đến", "Messages 1 to"), f"{made.last:,} ({made.events:,} {_events()}, {made.seconds:,.1f} s)"),
        (("Gốc Merkle", "Merkle root"), made.root),
        (("Chữ ký", "Signed by"), made.signed_by),
        (("Quy định riêng (MOTMOI_RULES)", "Own rules (MOTMOI_RULES)"), made.rules or "-"),
        (("Khóa bí mật", "Secret keys"), made.keys_file),
    )
    if made.behind is None:
        _say(
            "Nhật ký không trả lời: chỉ sao lưu được những gì đã có bản lưu thứ hai. Xem: motmoi status",
            "The log does not answer: what its second copy has was backed up. See: motmoi status",
        )
    elif made.behind:
        _say(
            f"Còn {made.behind:,} bản ghi mới chưa có bản lưu thứ hai nên chưa sao lưu. Xem: motmoi status",
            f"{made.behind:,} newer messages have no second copy yet and are not in it. See: motmoi status",
        )
    _say(
        f"Cất {Path(made.keys_file).name} ở nơi khác với bản sao lưu, chỉ giữ tệp mới nhất và hủy các tệp cũ: ai có cả "
        "hai tệp thì đọc được dữ liệu cá nhân, và tệp khóa cũ còn khóa của người đã được xóa.",
        f"Keep {Path(made.keys_file).name} apart from the backup, keep the newest only and destroy older ones: whoever "
        "has both files reads personal data, and an old keys file still has the keys of people who were erased.",
    )


def show_checked(found: Backup, file: Path, *, json_output: bool) -> None:
    """Show what a backup holds whose every byte was checked."""
    said = found.manifest
    signed_by = found.verifier.vkey(said.origin)
    if json_output:
        facts = said.model_dump(mode="json", exclude={"parts"})
        more = {"file": str(file), "bytes": found.size, "parts": len(said.parts), "signed_by": signed_by}
        out.print(json.dumps({**facts, **more, "trusted": found.trusted}, ensure_ascii=False), markup=False)
        return
    _lines(
        (("Văn phòng", "Office"), said.origin),
        (("Sao lưu lúc", "Made at"), local_time(said.made_at)),
        (("Bản ghi 1 đến", "Messages 1 to"), f"{said.last:,} ({said.events:,} {_events()}, {_megabytes(found.size)})"),
        (("Gốc Merkle", "Merkle root"), said.root),
        (("Chữ ký", "Signed by"), signed_by),
    )
    _say("Tệp nguyên vẹn; chưa ghi gì.", "The file is whole; nothing was written.")
    _say_trust(trusted=found.trusted)


def show_restored(done: Restored, *, trusted: bool) -> None:
    """Show what came back, what did not, and how to start the office."""
    _lines(
        (("Văn phòng", "Office"), f"{done.origin} → {done.folder}"),
        (("Bản ghi 1 đến", "Messages 1 to"), f"{done.last:,} ({done.events:,} {_events()}, {done.seconds:,.1f} s)"),
        (("Gốc Merkle", "Merkle root"), done.root),
        (("Mã truy cập", "Access tokens"), f"{done.tokens:,}"),
        (("Khóa cá nhân / đã xóa", "Personal keys / erased"), f"{done.people:,} / {done.erased:,}"),
    )
    _say_trust(trusted=trusted)
    if not done.signing_key:
        _say(
            "Không có tệp khóa: văn phòng sẽ ký bằng khóa mới và không đọc được dữ liệu cá nhân đã niêm phong. Có tệp "
            "khóa thì chạy lại lệnh này với --keys trước khi chạy văn phòng.",
            "Without a keys file the office will sign with a new key and cannot read sealed personal data. If there is "
            "one, run this again with --keys before the office runs.",
        )
    if done.tokens:
        _say(
            "Mã truy cập trở về như lúc sao lưu; mã thu hồi sau đó cần thu hồi lại: motmoi token list",
            "Access tokens are as they were then; revoke again what was revoked since: motmoi token list",
        )
    rules = f"MOTMOI_RULES={done.rules} " if done.rules else ""
    _say(f"Chạy văn phòng: {rules}motmoi run --data {done.folder}", f"Run it: {rules}motmoi run --data {done.folder}")


def _say_trust(*, trusted: bool) -> None:
    if not trusted:
        _say(
            "Chữ ký được kiểm tra bằng khóa nằm trong chính tệp: chỉ chứng minh tệp nguyên vẹn, chưa chứng minh của "
            "ai. Thêm --key audit.pub lấy từ nơi tin cậy.",
            "The signature was checked with the key inside the file: that proves it whole, not whose it is. "
            "Add --key with an audit.pub from a place you trust.",
        )


def _lines(*lines: tuple[tuple[str, str], str]) -> None:
    titles = [in_language(vi=vi, en=en) for (vi, en), _ in lines]
    width = max(map(len, titles)) + 2
    for title, (_, text) in zip(titles, lines, strict=True):
        out.print(f"{title:<{width}}{text}", markup=False)


def _say(vi: str, en: str) -> None:
    out.print(in_language(vi=vi, en=en), markup=False)


def _events() -> str:
    return in_language(vi="sự kiện", en="events")


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.1f} MB"
