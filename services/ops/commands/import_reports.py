"""What imports of rows share on the command line: reading a file, its options, and showing what became of its rows."""

import dataclasses
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeAlias, get_args

import typer
from nats.aio.client import Client
from rich.table import Table

from services.ops import failed_rows
from services.ops.commands.shared import fail, out
from services.ops.language import in_language
from services.ops.office_names import OfficeNames, office_names
from services.ops.row_import import Outcome, RowRefused, Verdict
from services.ops.sheets import BadFile, SheetRow, read_bytes, read_rows
from services.ops.trails import Refusing
from services.runtime.bus import api

_SHOWN = 20
Label: TypeAlias = Callable[[Mapping[str, Any]], str]
"""Returns what people know a recorded row by, from the facts recorded of it."""


def text_option(vi: str, en: str) -> Any:
    """Return an option that says what it is for."""
    return typer.Option(help=in_language(vi=vi, en=en))


FileArgument = Annotated[Path, typer.Argument(help=in_language(vi="Tệp CSV hoặc XLSX.", en="A CSV or XLSX file."))]
UnitOption = Annotated[
    str | None,
    text_option(
        "Đơn vị của các dòng không ghi đơn vị (mã hoặc tên).", "The unit of rows that name none: code or name."
    ),
]
DryRunOption = Annotated[
    bool,
    text_option(
        "Chỉ thử: cho biết từng dòng sẽ ra sao, không ghi gì.",
        "Only try: say what would become of every row; record nothing.",
    ),
]
FailedOption = Annotated[
    Path | None,
    text_option(
        "Nơi ghi các dòng chưa nhập được; mặc định bên cạnh tệp.", "Where rows not taken are written; beside the file."
    ),
]


def rows_of(
    file: Path, titles: Mapping[str, str], required: Sequence[str], shown: Mapping[str, str]
) -> tuple[list[SheetRow], bytes]:
    """Return a file's rows and its bytes; end the command with one sentence when it cannot be read."""
    try:
        content = read_bytes(file)
        rows = read_rows(file.name, content, titles)
    except BadFile as error:
        raise fail(str(error)) from None
    present = {name for row in rows for name in row.cells}
    missing = [shown[name] for name in required if name not in present]
    if not rows or missing:
        columns = ", ".join(missing or [shown[name] for name in required])
        vi = f"Tệp {file.name} không có dữ liệu ở cột {columns}."
        en = f"File {file.name} has nothing in column {columns}."
        raise fail(in_language(vi=vi, en=en))
    return rows, content


async def names_of(client: Client, unit: str | None) -> tuple[OfficeNames, str | None, int]:
    """Return the office's names, the id of the unit the command names, and the log's position they are of."""
    try:
        head = int((await api(client, "STREAM.INFO.EVENTS", timeout_s=5))["state"]["last_seq"])
        names = await office_names(client, head)
        return names, names.unit(unit, "--unit") if unit else None, head
    except RowRefused as refused:
        (problem,) = refused.problems
        raise fail(in_language(vi=problem.vi, en=problem.en)) from None
    except Refusing as refusing:
        raise fail(str(refusing)) from None


def report(
    file: Path,
    failed: Path | None,
    shown: dict[str, str],
    rows: Sequence[SheetRow],
    verdicts: Sequence[Verdict],
    label: Label,
    *,
    dry_run: bool,
    json_output: bool,
) -> None:
    """Write the rows that were not taken, show what became of all, and exit with 1 when any was not taken."""
    path = failed or failed_rows.beside(file)
    try:
        written = path if failed_rows.write(path, shown, rows, verdicts) else None
    except OSError as error:
        said = in_language(vi=f"Không ghi được tệp {path}", en=f"Cannot write {path}")
        raise fail(f"{said}: {error.strerror}.") from None
    if json_output:
        out.print(json.dumps(_summary(verdicts, written, label, dry_run), ensure_ascii=False), markup=False)
    else:
        _show(verdicts, shown, written, label, dry_run)
    if written:
        raise typer.Exit(1)


def _summary(verdicts: Sequence[Verdict], written: Path | None, label: Label, dry_run: bool) -> dict[str, Any]:
    counts = Counter(verdict.outcome for verdict in verdicts)
    rows = [{**dataclasses.asdict(one), "label": label(one.facts) if one.facts else None} for one in verdicts]
    for row in rows:
        del row["facts"]
    counted = {str(outcome): counts[outcome] for outcome in get_args(Outcome)}
    path = str(written) if written else None
    return {"rows": len(verdicts), **counted, "dry_run": dry_run, "failed_rows": path, "verdicts": rows}


def _show(
    verdicts: Sequence[Verdict], shown: Mapping[str, str], written: Path | None, label: Label, dry_run: bool
) -> None:
    noted = [verdict for verdict in verdicts if verdict.outcome not in failed_rows.TAKEN or verdict.notices]
    if noted:
        table = Table(*in_language(vi="Dòng|Kết quả|Lý do và cách sửa", en="Row|Verdict|What to do").split("|"))
        for verdict in noted[:_SHOWN]:
            table.add_row(str(verdict.row), failed_rows.outcome(verdict), failed_rows.what_to_do(verdict, shown))
        out.print(table)
        if len(noted) > _SHOWN:
            out.print(in_language(vi=f"… và {len(noted) - _SHOWN} dòng khác.", en=f"… and {len(noted) - _SHOWN} more."))
    counts = Counter(verdict.outcome for verdict in verdicts)
    new, known, whole = counts["accepted"], counts["already"], len(verdicts)
    if dry_run:
        vi = f"Thử: {new}/{whole} dòng sẽ được ghi, {known} dòng đã có; chưa ghi gì."
        en = f"Dry run: {new} of {whole} rows would be registered, {known} are there already; nothing was recorded."
    else:
        taken = [label(one.facts) for one in verdicts if one.outcome == "accepted" and one.facts]
        labels = [said for said in taken if said]
        span = f" ({labels[0]} … {labels[-1]})" if labels else ""
        vi = f"Đã ghi {new}/{whole} dòng{span}; {known} dòng đã có từ trước."
        en = f"Registered {new} of {whole} rows{span}; {known} were there already."
    out.print(in_language(vi=vi, en=en), markup=False)
    if written:
        out.print(in_language(vi=f"Các dòng chưa nhập: {written}", en=f"Rows not taken: {written}"), markup=False)
