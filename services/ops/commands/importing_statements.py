"""`motmoi import statement`: a statement of a bank or the treasury from a spreadsheet, as one command."""

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from services.ops.commands.import_reports import (
    DryRunOption,
    FailedOption,
    FileArgument,
    names_of,
    report,
    rows_of,
    text_option,
)
from services.ops.commands.shared import DataOption, JsonOption, finish, progress
from services.ops.language import in_language
from services.ops.office import Office, operator_actor
from services.ops.row_import import RowImport, Verdict, digest
from services.ops.statement_import import REQUIRED, SHOWN, SUBJECT, TITLES, Reading, import_statement, label

HELP = in_language(
    vi="Nhập sao kê ngân hàng, kho bạc từ tệp CSV (UTF-8) hoặc XLSX. Cột: Ngày, Số chứng từ, Nội dung, Ghi nợ, Ghi có, "
    "Số dư. Cả tệp là một sao kê: số dư đầu cộng phát sinh phải bằng số dư cuối, và nối tiếp sao kê trước. Thử trước "
    "bằng --dry-run. Chạy lại cùng một tệp không nhập hai lần.",
    en="Import a statement from CSV (UTF-8) or XLSX. Columns: Ngày, Số chứng từ, Nội dung, Ghi nợ, Ghi có, Số dư. The "
    "whole file is one statement: opening and lines make the closing balance, and it follows the one before. Try it "
    "first with --dry-run. Running the same file again enters nothing twice.",
)
_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_DAYS = ["%Y-%m-%d", "%d/%m/%Y"]
_ACCOUNT = text_option("Mã tài khoản tiền, ví dụ kbnn-3713.", "The money account, such as kbnn-3713.")
_FROM = typer.Option(
    "--from", formats=_DAYS, help=in_language(vi="Ngày đầu của sao kê; mặc định đầu tháng.", en="The first day.")
)
_TO = typer.Option(
    "--to", formats=_DAYS, help=in_language(vi="Ngày cuối của sao kê; mặc định cuối tháng.", en="The last day.")
)
_OPENING = text_option("Số dư đầu, nếu tệp không ghi (đồng).", "The opening balance where the file has none (VND).")
_CLOSING = text_option("Số dư cuối, nếu tệp không ghi (đồng).", "The closing balance where the file has none (VND).")


def statement(
    file: FileArgument,
    account: Annotated[str, _ACCOUNT],
    from_day: Annotated[datetime | None, _FROM] = None,
    to_day: Annotated[datetime | None, _TO] = None,
    opening: Annotated[int | None, _OPENING] = None,
    closing: Annotated[int | None, _CLOSING] = None,
    dry_run: DryRunOption = False,
    failed: FailedOption = None,
    data: DataOption = None,
    json_output: JsonOption = False,
) -> None:
    """Import a file and show what became of it; exit 1 when it was not taken."""
    rows, content = rows_of(file, TITLES, REQUIRED, SHOWN)
    reading = Reading(
        money_account=account,
        file=file.name,
        today=datetime.now(_HANOI).date(),
        from_day=from_day.date() if from_day else None,
        to_day=to_day.date() if to_day else None,
        opening_vnd=opening,
        closing_vnd=closing,
    )

    async def work() -> list[Verdict]:
        client = await Office.find(data).connect()
        try:
            _, _, head = await names_of(client, None)
            importing = RowImport(
                client, SUBJECT, operator_actor(), digest(content), f"statement:{account}", dry_run, head
            )
            with progress(quiet=json_output) as bar:
                task = bar.add_task(file.name, total=None)
                return await import_statement(importing, rows, reading, lambda: bar.advance(task))
        finally:
            await client.close()

    report(file, failed, SHOWN, rows, finish(work), label, dry_run=dry_run, json_output=json_output)
