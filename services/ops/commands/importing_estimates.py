"""`motmoi import estimates`: a year's estimates from a spreadsheet, one assignment for each board and decision."""

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

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
from services.ops.estimate_import import REQUIRED, SHOWN, SUBJECT, TITLES, Assigning, import_estimates
from services.ops.language import in_language
from services.ops.office import Office, operator_actor
from services.ops.row_import import RowImport, Verdict, digest

HELP = in_language(
    vi="Nhập dự toán từ tệp CSV (UTF-8) hoặc XLSX. Cột: Năm ngân sách, Đơn vị, Dòng dự toán (hoặc Nguồn, Chương, "
    "Khoản, Mục), Số tiền, Loại giao, Số quyết định, Ngày quyết định. Mỗi đơn vị và quyết định là một lần giao. Thử "
    "trước bằng --dry-run. Chạy lại cùng một tệp không giao hai lần.",
    en="Import estimates from CSV (UTF-8) or XLSX. Columns: Năm ngân sách, Đơn vị, Dòng dự toán (or Nguồn, Chương, "
    "Khoản, Mục), Số tiền, Loại giao, Số quyết định, Ngày quyết định. Every board and decision is one assignment. Try "
    "it first with --dry-run. Running the same file again assigns nothing twice.",
)
_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_YEAR = text_option("Năm của các dòng không ghi năm; mặc định năm nay.", "The year of rows that name none; this year.")


def estimates(
    file: FileArgument,
    year: Annotated[int | None, _YEAR] = None,
    dry_run: DryRunOption = False,
    failed: FailedOption = None,
    data: DataOption = None,
    json_output: JsonOption = False,
) -> None:
    """Import a file and show what became of its rows; exit 1 when any was not taken."""
    rows, content = rows_of(file, TITLES, REQUIRED, SHOWN)
    assigning = Assigning(year or datetime.now(_HANOI).year)

    async def work() -> list[Verdict]:
        client = await Office.find(data).connect()
        try:
            _, _, head = await names_of(client, None)
            scope = f"estimates:{assigning.year}"
            importing = RowImport(client, SUBJECT, operator_actor(), digest(content), scope, dry_run, head)
            with progress(quiet=json_output) as bar:
                task = bar.add_task(file.name, total=None)
                return await import_estimates(importing, rows, assigning, lambda: bar.advance(task))
        finally:
            await client.close()

    verdicts = finish(work)
    report(
        file, failed, SHOWN, rows, verdicts, lambda facts: str(facts["board"]), dry_run=dry_run, json_output=json_output
    )
