"""`motmoi import`: registers from spreadsheets, row by row through the same commands as everybody's."""

import csv
import dataclasses
import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from pydantic import TypeAdapter, ValidationError
from rich.table import Table

from contracts.base import OrganCode, Token
from services.ops.commands import (
    importing_assets,
    importing_counts,
    importing_estimates,
    importing_ics,
    importing_people,
    importing_statements,
)
from services.ops.commands.shared import DataOption, JsonOption, fail, finish, out, progress
from services.ops.incoming_import import REQUIRED, TITLES, Import, Verdict
from services.ops.language import in_language
from services.ops.office import Office, operator_actor
from services.ops.row_import import digest
from services.ops.sheets import BadFile, SheetRow, read_bytes, read_rows

app = typer.Typer(
    no_args_is_help=True,
    help=in_language(vi="Nhập sổ đăng ký từ tệp CSV hoặc XLSX.", en="Import registers from CSV or XLSX files."),
)
_HELP = in_language(
    vi="Nhập văn bản đến từ tệp CSV (UTF-8) hoặc XLSX. Cột bắt buộc: document_type, summary, issuer, issued_on "
    "(hoặc Tên loại, Trích yếu, Tác giả, Ngày tháng văn bản). Thử trước bằng --dry-run. Chạy lại cùng một tệp không "
    "đăng ký hai lần: các dòng đã nhập giữ nguyên số, các dòng còn lại được nhập tiếp.",
    en="Import incoming documents from CSV (UTF-8) or XLSX. Needed columns: document_type, summary, issuer, issued_on "
    "(or their Vietnamese titles). Try it first with --dry-run. Running the same file again registers nothing twice: "
    "rows already imported keep their numbers, the others follow.",
)
_SHOWN = 20
app.command("assets", help=importing_assets.HELP)(importing_assets.assets)
app.command("people", help=importing_people.HELP)(importing_people.people)
app.command("counts", help=importing_counts.HELP)(importing_counts.counts)
app.command("ics", help=importing_ics.HELP)(importing_ics.ics)
app.command("estimates", help=importing_estimates.HELP)(importing_estimates.estimates)
app.command("statement", help=importing_statements.HELP)(importing_statements.statement)


def _text(vi: str, en: str) -> Any:
    return typer.Option(help=in_language(vi=vi, en=en))


_FILE = typer.Argument(help=in_language(vi="Tệp CSV hoặc XLSX.", en="A CSV or XLSX file."))
_ORGAN = _text("Ký hiệu cơ quan có sổ, ví dụ VPTU.", "The organ whose register it is, such as VPTU.")
_REGISTER = typer.Option(
    "--register", help=in_language(vi="Tên sổ, khi cơ quan có nhiều sổ.", en="Which register, where there are several.")
)
_ARRIVED_ON = typer.Option(
    formats=["%Y-%m-%d", "%d/%m/%Y"],
    help=in_language(
        vi="Ngày đến của các dòng không ghi; mặc định hôm nay.",
        en="Day of arrival of rows without one; today by default.",
    ),
)
_ALLOW_DUPLICATES = _text(
    "Vẫn đăng ký văn bản có vẻ đã đăng ký, kèm cảnh báo.", "Register what looks registered already, with a warning."
)
_DRY_RUN = _text(
    "Chỉ thử: cho biết từng dòng sẽ ra sao, không ghi gì.",
    "Only try: say what would become of every row; record nothing.",
)
_REPORT = _text("Ghi kết quả từng dòng ra tệp CSV.", "Write every row's verdict to a CSV file.")


@app.command("incoming", help=_HELP)
def incoming(
    file: Annotated[Path, _FILE],
    organ: Annotated[str, _ORGAN],
    register_name: Annotated[str, _REGISTER] = "chung",
    arrived_on: Annotated[datetime | None, _ARRIVED_ON] = None,
    allow_duplicates: Annotated[bool, _ALLOW_DUPLICATES] = False,
    dry_run: Annotated[bool, _DRY_RUN] = False,
    report: Annotated[Path | None, _REPORT] = None,
    data: DataOption = None,
    json_output: JsonOption = False,
) -> None:
    """Import a file and show what became of its rows; exit 1 when any was not accepted."""
    rows, content = _rows(file, organ, register_name)

    async def work() -> list[Verdict]:
        client = await Office.find(data).connect()
        duplicates: Literal["warn", "refuse"] = "warn" if allow_duplicates else "refuse"
        day = arrived_on.date() if arrived_on else None
        try:
            with progress(quiet=json_output) as bar:
                task = bar.add_task(file.name, total=len(rows))
                importing = Import(
                    client, operator_actor(), organ, register_name, day, duplicates, dry_run, digest(content)
                )
                return await importing.run(rows, lambda: bar.advance(task))
        finally:
            await client.close()

    verdicts = finish(work)
    if report:
        _write_report(report, verdicts)
    _show(verdicts, dry_run=dry_run, json_output=json_output)
    if any(verdict.outcome != "accepted" for verdict in verdicts):
        raise typer.Exit(1)


def _rows(file: Path, organ: str, register_name: str) -> tuple[list[SheetRow], bytes]:
    try:
        TypeAdapter(OrganCode).validate_python(organ)
        TypeAdapter(Token).validate_python(register_name)
        content = read_bytes(file)
        rows = read_rows(file.name, content, TITLES)
    except ValidationError:
        raise fail(
            in_language(
                vi="--organ là ký hiệu viết hoa như VPTU; --register gồm chữ thường không dấu, số và dấu gạch nối.",
                en="--organ is letters such as VPTU; --register has lower-case letters, digits and hyphens.",
            ),
            2,
        ) from None
    except BadFile as error:
        raise fail(str(error)) from None
    present = {name for row in rows for name in row.cells}
    missing = [name for name in REQUIRED if name not in present]
    if not rows or missing:
        raise fail(
            in_language(
                vi=f"Tệp {file.name} không có dữ liệu ở cột {', '.join(missing or REQUIRED)}.",
                en=f"File {file.name} has nothing in column {', '.join(missing or REQUIRED)}.",
            )
        )
    return rows, content


def _write_report(path: Path, verdicts: list[Verdict]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["row", "outcome", "number", "document_id", "problems"])
        for one in verdicts:
            writer.writerow([one.row, one.outcome, one.number or "", one.document_id or "", _problems(one)])


def _problems(verdict: Verdict) -> str:
    said = [*verdict.problems, *verdict.notices]
    return "; ".join(
        (f"{one['field']}: " if one.get("field") else "") + in_language(vi=one["vi"], en=one["en"]) for one in said
    )


def _show(verdicts: list[Verdict], *, dry_run: bool, json_output: bool) -> None:
    accepted = [verdict for verdict in verdicts if verdict.outcome == "accepted"]
    numbers = [verdict.number for verdict in accepted if verdict.number is not None]
    if json_output:
        rows = [dataclasses.asdict(verdict) for verdict in verdicts]
        summary = {"rows": len(verdicts), "accepted": len(accepted), "dry_run": dry_run, "verdicts": rows}
        out.print(json.dumps(summary, ensure_ascii=False), markup=False)
        return
    noted = [verdict for verdict in verdicts if verdict.outcome != "accepted" or verdict.notices]
    if noted:
        table = Table(*in_language(vi="Dòng|Kết quả|Chi tiết", en="Row|Verdict|Details").split("|"))
        for verdict in noted[:_SHOWN]:
            table.add_row(str(verdict.row), verdict.outcome, _problems(verdict))
        out.print(table)
        if len(noted) > _SHOWN:
            more = len(noted) - _SHOWN
            out.print(in_language(vi=f"… và {more} dòng khác (xem --report).", en=f"… and {more} more (see --report)."))
    if dry_run:
        line = in_language(
            vi=f"Thử: {len(accepted)}/{len(verdicts)} dòng sẽ được đăng ký; chưa ghi gì.",
            en=f"Dry run: {len(accepted)} of {len(verdicts)} rows would be registered; nothing was recorded.",
        )
    else:
        span = f" ({min(numbers)}-{max(numbers)})" if numbers else ""
        line = in_language(
            vi=f"Đã đăng ký {len(accepted)}/{len(verdicts)} dòng, số đến{span}.",
            en=f"Registered {len(accepted)} of {len(verdicts)} rows, numbers{span}.",
        )
    out.print(line, markup=False)
