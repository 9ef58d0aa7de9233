"""`motmoi verify`: the whole office against its log, archive, hashes and signatures; or a file somebody kept."""

import dataclasses
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress

from contracts.audit import Consistency, GetConsistency
from deploy.keys import FOLDER_NAME, PUBLIC_NAME
from services.audit.archive.evidence import Checked, check, check_extension
from services.audit.archive.notes import Checkpoint, NotProven, Verifier, open_checkpoint
from services.ops.commands.shared import DataOption, JsonOption, fail, finish, out, progress
from services.ops.integrity.examined import Examined
from services.ops.integrity.findings import Finding
from services.ops.language import in_language
from services.ops.office import Office, data_folder
from services.ops.rebuilding import Reported
from services.ops.trails import Refusing, ask
from services.ops.verifying import Part, Verified, verify

_SHOWN = 5


def _text(vi: str, en: str) -> str:
    return in_language(vi=vi, en=en)


app = typer.Typer(
    invoke_without_command=True,
    help=_text(
        "Kiểm tra toàn bộ văn phòng: nhật ký với bản lưu thứ hai, mã băm, chữ ký và mọi dữ liệu tra cứu; nêu đích danh "
        "chỗ sai đầu tiên và lệnh để sửa. Mã thoát 1 khi có gì sai. Hoặc kiểm tra một tệp chứng cứ, một điểm kiểm tra.",
        "Verify the whole office: the log against the archive, hashes, signatures and every read model; name the first "
        "difference and the command that repairs it. Exit code 1 when anything differs. Or check an evidence file, or "
        "a checkpoint somebody kept.",
    ),
)
_ONLY = typer.Option(
    help=_text("Chỉ một phần: log, archive, read-models.", "One part only: log, archive, read-models.")
)
_KEY = typer.Option(
    "--key",
    help=_text(
        "Khóa công khai audit.pub của văn phòng; mặc định lấy trong thư mục dữ liệu.",
        "The office's public key audit.pub; that of the data folder when left out.",
    ),
)
KeyOption = Annotated[Path | None, _KEY]


@app.callback()
def verify_office(
    context: typer.Context,
    only: Annotated[str | None, _ONLY] = None,
    data: DataOption = None,
    json_output: JsonOption = False,
) -> None:
    """Verify, and show what was found; exit 1 when anything differs."""
    if context.invoked_subcommand is not None:
        return
    if only not in (None, "log", "archive", "read-models"):
        raise fail(_text("--only là log, archive hoặc read-models.", "--only is log, archive or read-models."), 2)
    part: Part | None = only  # type: ignore[assignment]

    async def work() -> Verified:
        with progress(quiet=json_output) as bars:
            return await verify(Office.find(data), part, _Showing(bars))

    verified = finish(work)
    if json_output:
        out.print(json.dumps(as_json(verified), ensure_ascii=False), markup=False)
    else:
        _show(verified)
    if not verified.well:
        raise typer.Exit(1)


class _Showing:
    """A bar for the two copies, and one for each process and service at work on read models."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[tuple[int, str], Any] = {}

    def copies(self, at: int, end: int) -> None:
        """Show how far log and archive are compared."""
        self._update((-1, ""), _text("nhật ký và bản lưu", "log and archive"), at, end)

    def read_models(self, said: Reported) -> None:
        """Show how far a process is."""
        self._update((said.worker, said.service), said.service, said.progress.position, said.progress.goal)

    def _update(self, key: tuple[int, str], description: str, at: int, end: int) -> None:
        if key not in self._tasks:
            self._tasks[key] = self._bars.add_task(description, total=None)
        self._bars.update(self._tasks[key], completed=at, total=end)


def as_json(verified: Verified) -> dict[str, Any]:
    """Return what was found, for programs."""
    copies = verified.copies
    return {
        "well": verified.well,
        "seconds": round(verified.seconds, 3),
        "log": copies and {"created": copies.log.created, "last_sequence": copies.log.last},
        "archived": copies and copies.archived,
        "messages": copies and copies.messages,
        "events": copies and copies.events,
        "checkpoints": copies and copies.checkpoints,
        "signed_size": copies and copies.signed_size,
        "root": copies and copies.root,
        "findings": [finding_as_json(one) for one in verified.findings],
        "counts": dict(verified.counts),
        "read_models": verified.read_models
        and [
            {
                "service": one.service,
                "model": one.model,
                "rows": one.found and one.found.rows,
                "differences": one.found and one.found.differences,
                "error": one.error,
            }
            for one in verified.read_models
        ],
    }


def finding_as_json(one: Finding) -> dict[str, Any]:
    """Return a finding for programs."""
    return {**dataclasses.asdict(one), "record": one.record, "events": [event._asdict() for event in one.events]}


def _show(verified: Verified) -> None:
    if verified.copies:
        _show_copies(verified.copies)
    if verified.read_models is not None:
        rows = sum(one.found.rows for one in verified.read_models if one.found)
        count = len(verified.read_models)
        said = _text(f"Dữ liệu tra cứu: {count} bảng, {rows:,} dòng.", f"Read models: {count} compared, {rows:,} rows.")
        out.print(said, markup=False)
    seconds = f"{verified.seconds:.1f}"
    if verified.well:
        out.print(_text(f"Tất cả đều khớp. {seconds} giây.", f"Everything agrees. {seconds} s."), style="green")
        return
    show_findings(verified.findings)
    counted = ", ".join(f"{kind}: {count:,}" for kind, count in verified.counts.items())
    out.print(_text(f"Tổng cộng: {counted}. {seconds} giây.", f"In all: {counted}. {seconds} s."), markup=False)


def _show_copies(found: Examined) -> None:
    signed = f"{found.checkpoints:,} ({found.signed_size:,})"
    out.print(
        _text(
            f"Nhật ký và bản lưu thứ hai: {found.messages:,} bản ghi, {found.events:,} sự kiện; điểm kiểm tra đã ký: "
            f"{signed}. Mã băm gốc {found.root}",
            f"Log and archive: {found.messages:,} messages, {found.events:,} events; signed checkpoints: {signed}. "
            f"Root {found.root}",
        ),
        markup=False,
    )


def show_findings(findings: tuple[Finding, ...]) -> None:
    """Show what is wrong: the first in full, the next ones in a line each."""
    for place, one in enumerate(findings[:_SHOWN]):
        out.print(_text(one.vi, one.en), style="red", markup=False)
        if one.record:
            out.print(_text(f"  Hồ sơ: {one.record} ({one.subject})", f"  Record: {one.record} ({one.subject})"))
        for event in one.events if place == 0 else ():
            out.print(f"  {event.type} · {event.time} · {event.id}", markup=False)
        out.print(_text(f"  Cách sửa: {one.repair}", f"  Repair: {one.repair}"), markup=False)
    if len(findings) > _SHOWN:
        more = len(findings) - _SHOWN
        out.print(_text(f"… và {more} chỗ khác (xem --json).", f"… and {more} more (see --json)."))


# --- files somebody kept --------------------------------------------------------------------------------------------


@app.command(
    "evidence",
    help=_text(
        "Kiểm tra một tệp chứng cứ, không cần văn phòng: bản ghi có đúng là của nhật ký đã ký hay không.",
        "Check an evidence file, without the office: whether the message stands in the signed log.",
    ),
)
def verify_evidence(
    file: Annotated[Path, typer.Argument(help=_text("Tệp chứng cứ.", "The evidence file."))],
    key: KeyOption = None,
    data: DataOption = None,
    json_output: JsonOption = False,
) -> None:
    """Show what the file proves; exit 1 when it proves nothing."""
    with _proving():
        checked = check(_read(file), _verifier(key, data))
    if json_output:
        events = [event.model_dump(mode="json") for event in checked.events]
        found = {**dataclasses.asdict(checked), "root": checked.root.hex(), "events": events, "proven": True}
        out.print(json.dumps(found, ensure_ascii=False), markup=False)
        return
    _show_checked(checked)


def _show_checked(checked: Checked) -> None:
    out.print(
        _text(
            f"Đúng: bản ghi {checked.sequence:,} ({checked.subject}) nằm trong nhật ký {checked.origin}, đã ký ở "
            f"{checked.tree_size:,} bản ghi.",
            f"Proven: message {checked.sequence:,} ({checked.subject}) stands in the log {checked.origin}, signed at "
            f"{checked.tree_size:,} messages.",
        ),
        style="green",
        markup=False,
    )
    for event in checked.events:
        out.print(f"{event.type} · {event.subject} · {event.time.isoformat()} · {event.actor}", markup=False)
        out.print(json.dumps(event.data, ensure_ascii=False, indent=2), markup=False)


@app.command(
    "checkpoint",
    help=_text(
        "Kiểm tra một điểm kiểm tra đã giữ từ trước với văn phòng đang chạy: nhật ký từ đó đến nay chỉ có thêm, "
        "không bị viết lại.",
        "Check a checkpoint kept from before against the running office: since then the log only grew, and nothing was "
        "rewritten.",
    ),
)
def verify_checkpoint(
    file: Annotated[Path, typer.Argument(help=_text("Tệp điểm kiểm tra đã giữ.", "The checkpoint that was kept."))],
    key: KeyOption = None,
    data: DataOption = None,
    json_output: JsonOption = False,
) -> None:
    """Ask the office for the proof and check it; exit 1 when it does not hold."""
    note, verifier = _read(file).decode(errors="replace"), _verifier(key, data)
    with _proving():
        kept = open_checkpoint(note, verifier)
        proof = finish(lambda: _consistency(data, kept))
        old, new = check_extension(note, proof.note, proof.path, verifier)
    if json_output:
        found = {"proven": True, "origin": new.origin, "first": old.size, "second": new.size, "root": new.root.hex()}
        out.print(json.dumps(found), markup=False)
        return
    out.print(
        _text(
            f"Đúng: {old.size:,} bản ghi đầu của {new.origin} còn nguyên trong {new.size:,} bản ghi hiện nay.",
            f"Proven: the first {old.size:,} messages of {new.origin} are unchanged among the {new.size:,} of today.",
        ),
        style="green",
        markup=False,
    )


async def _consistency(data: Path | None, kept: Checkpoint) -> Consistency:
    client = await Office.find(data).connect()
    try:
        return Consistency.model_validate(await ask(client, GetConsistency(first=kept.size)))
    except Refusing as refused:
        raise fail(str(refused)) from None
    finally:
        await client.close()


@contextmanager
def _proving() -> Iterator[None]:
    try:
        yield
    except NotProven as fault:
        raise fail(_text(fault.vi, fault.en)) from None


def _verifier(key: Path | None, data: Path | None) -> Verifier:
    with _proving():
        return Verifier.from_pem(_read(key or data_folder(data) / FOLDER_NAME / PUBLIC_NAME))


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise fail(_text(f"Không đọc được {file}: {error}.", f"Cannot read {file}: {error}.")) from None
