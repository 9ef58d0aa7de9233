"""`motmoi import ics`: a calendar from another program, event by event through everybody's own commands."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, get_args

import typer
from rich.table import Table

from services.ops.commands.import_reports import DryRunOption, text_option
from services.ops.commands.shared import DataOption, JsonOption, fail, finish, out, progress
from services.ops.feed_desk import SchedulingDesk, ThingUnclear, correlation
from services.ops.ics_event import HANOI
from services.ops.ics_import import TAKEN, DeskSilent, EventImport, EventVerdict, Outcome
from services.ops.ics_reading import read_calendar
from services.ops.ics_recurrence import RuleRefused
from services.ops.ics_times import Horizon, TimedEvent, timed_events
from services.ops.language import in_language
from services.ops.office import Office, operator_actor
from services.ops.sheets import BadFile
from services.ops.trails import Refusing

HELP = in_language(
    vi="Nhập lịch từ tệp iCalendar (.ics) vào lịch của một người, phòng hoặc xe; sự kiện lặp lại được nhập từng buổi "
    "trong số ngày --days. Thử trước bằng --dry-run. Nhập lại cùng một tệp không thay đổi gì; nhập tệp đã sửa thì dời, "
    "sửa hoặc hủy các lịch đã nhập. Sự kiện bị xóa hẳn khỏi tệp (không ghi CANCELLED) thì lịch đã nhập vẫn giữ.",
    en="Import an iCalendar file (.ics) into the calendar of a person, a room or a vehicle; what comes again is booked "
    "each time within --days. Try it first with --dry-run. The same file again changes nothing; a corrected one moves, "
    "describes or cancels the bookings it made. An event that is missing from a later file stays booked.",
)
_SHOWN = 20
_FILE = typer.Argument(help=in_language(vi="Tệp iCalendar (.ics).", en="An iCalendar file (.ics)."))
_BOOKABLE = text_option("Mã hoặc tên người, phòng, xe.", "The id or the name of a person, a room or a vehicle.")
_CONTACT = text_option(
    "Liên hệ của sự kiện không ghi liên hệ.", "How the holder is reached where an event does not say."
)
_HOLDER = text_option("Người đặt; mặc định là người chạy lệnh.", "For whom it is; who runs this by default.")
_DAYS = typer.Option(
    min=1, max=730, help=in_language(vi="Nhập đến bao nhiêu ngày nữa.", en="How many days ahead are taken.")
)
_OUTCOMES: dict[Outcome, tuple[str, str]] = {
    "booked": ("đã đặt", "booked"),
    "changed": ("đã sửa", "changed"),
    "cancelled": ("đã hủy", "cancelled"),
    "already": ("đã có", "there already"),
    "passed": ("bỏ qua", "passed over"),
    "rejected": ("từ chối", "refused"),
    "invalid": ("chưa đúng", "wrong"),
    "failed": ("chưa ghi", "not recorded"),
}


def ics(
    file: Annotated[Path, _FILE],
    bookable: Annotated[str, _BOOKABLE],
    contact: Annotated[str, _CONTACT] = "Văn phòng",
    holder: Annotated[str | None, _HOLDER] = None,
    days: Annotated[int, _DAYS] = 365,
    dry_run: DryRunOption = False,
    data: DataOption = None,
    json_output: JsonOption = False,
) -> None:
    """Import a file and show what became of its events; exit 1 when any was not taken."""
    events, horizon = _events(file, days)

    async def work() -> list[EventVerdict]:
        client = await Office.find(data).connect()
        try:
            desk = SchedulingDesk(client, operator_actor(), correlation("import-ics"), dry_run)
            importing = EventImport(desk, await desk.thing(bookable), contact, holder, await desk.head(), horizon)
            with progress(quiet=json_output) as bar:
                task = bar.add_task(file.name, total=len(events))
                return await importing.run(events, lambda: bar.advance(task))
        finally:
            await client.close()

    try:
        verdicts = finish(work)
    except (ThingUnclear, DeskSilent) as unclear:
        raise fail(in_language(vi=unclear.vi, en=unclear.en)) from None
    except Refusing as refusing:
        raise fail(str(refusing)) from None
    _report(verdicts, dry_run=dry_run, json_output=json_output)


def _events(file: Path, days: int) -> tuple[list[TimedEvent], Horizon]:
    now = datetime.now(UTC)
    horizon = Horizon(now, now.astimezone(HANOI).date() + timedelta(days))
    try:
        return timed_events(read_calendar(file), horizon), horizon
    except BadFile as error:
        raise fail(str(error)) from None
    except RuleRefused as refused:
        raise fail(in_language(vi=f"{file.name}: {refused.vi}", en=f"{file.name}: {refused.en}")) from None


def _report(verdicts: Sequence[EventVerdict], *, dry_run: bool, json_output: bool) -> None:
    counts = Counter(verdict.outcome for verdict in verdicts)
    if json_output:
        counted = {str(outcome): counts[outcome] for outcome in get_args(Outcome)}
        rows = [_as_json(verdict) for verdict in verdicts]
        summary = {"events": len(verdicts), **counted, "dry_run": dry_run, "verdicts": rows}
        out.print(json.dumps(summary, ensure_ascii=False), markup=False)
    else:
        _show(verdicts, counts, dry_run=dry_run)
    if any(verdict.outcome not in TAKEN for verdict in verdicts):
        raise typer.Exit(1)


def _as_json(verdict: EventVerdict) -> dict[str, Any]:
    event = verdict.event
    return {
        "line": event.line,
        "uid": event.uid,
        "key": event.key,
        "title": event.title,
        "starts_at": event.starts_at.isoformat() if event.starts_at else None,
        "ends_at": event.ends_at.isoformat() if event.ends_at else None,
        "outcome": verdict.outcome,
        "code": verdict.code,
        "booking_id": verdict.booking_id,
        "said": list(verdict.said),
    }


def _show(verdicts: Sequence[EventVerdict], counts: Counter[Outcome], *, dry_run: bool) -> None:
    noted = [verdict for verdict in verdicts if verdict.said]
    noted.sort(key=lambda verdict: verdict.outcome in TAKEN)
    if noted:
        heads = in_language(vi="Dòng|Sự kiện|Bắt đầu|Kết quả|Chi tiết", en="Line|Event|Begins|Verdict|Details")
        table = Table(*heads.split("|"))
        for verdict in noted[:_SHOWN]:
            event, (vi, en) = verdict.event, _OUTCOMES[verdict.outcome]
            begins = f"{event.starts_at.astimezone(HANOI):%d/%m/%Y %H:%M}" if event.starts_at else ""
            said = " ".join(in_language(vi=one["vi"], en=one["en"]) for one in verdict.said)
            table.add_row(str(event.line), event.title, begins, in_language(vi=vi, en=en), said)
        out.print(table)
        if len(noted) > _SHOWN:
            more = len(noted) - _SHOWN
            out.print(in_language(vi=f"… và {more} buổi khác (xem --json).", en=f"… and {more} more (see --json)."))
    said = ", ".join(
        f"{counts[outcome]} {in_language(vi=vi, en=en)}" for outcome, (vi, en) in _OUTCOMES.items() if counts[outcome]
    )
    tried = in_language(vi="Thử, chưa ghi gì: ", en="Dry run, nothing was recorded: ") if dry_run else ""
    out.print(f"{tried}{said or 0}.", markup=False)
