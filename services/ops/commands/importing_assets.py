"""`motmoi import assets`: the register of assets from a spreadsheet, row by row through everybody's own command."""

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from services.ops.asset_columns import REQUIRED, SHOWN, TITLES
from services.ops.asset_import import SUBJECT, Registering
from services.ops.commands.import_reports import (
    DryRunOption,
    FailedOption,
    FileArgument,
    UnitOption,
    names_of,
    report,
    rows_of,
    text_option,
)
from services.ops.commands.shared import DataOption, JsonOption, finish, progress
from services.ops.language import in_language
from services.ops.office import Office, operator_actor
from services.ops.row_import import RowImport, Verdict, digest

HELP = in_language(
    vi="Nhập sổ tài sản từ tệp CSV (UTF-8) hoặc XLSX, với tiêu đề cột như sổ tài sản kết xuất: Loại tài sản, "
    "Tên tài sản, Nguyên giá, Đơn vị quản lý, Ngày đưa vào sử dụng, Hao mòn lũy kế... Thử trước bằng --dry-run. "
    "Chạy lại cùng một tệp không ghi hai lần; các dòng chưa nhập được ghi ra tệp bên cạnh để sửa và nhập tiếp.",
    en="Import the register of assets from CSV (UTF-8) or XLSX, under the titles of the exported register: "
    "Loại tài sản, Tên tài sản, Nguyên giá, Đơn vị quản lý, Ngày đưa vào sử dụng, Hao mòn lũy kế... Try it first with "
    "--dry-run. Running the same file again registers nothing twice; rows not taken are written to a file beside it, "
    "to be corrected and imported.",
)
_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_WORN_TO = text_option(
    "Năm cuối đã tính hao mòn của các dòng có hao mòn lũy kế; mặc định năm trước.",
    "The last year whose wear was booked, for rows with accumulated wear; last year by default.",
)
_ISSUER = text_option("Cơ quan ban hành chứng từ ghi tăng.", "Who issued the papers that rows name without an issuer.")


def assets(
    file: FileArgument,
    unit: UnitOption = None,
    worn_to: Annotated[int | None, _WORN_TO] = None,
    issuer: Annotated[str | None, _ISSUER] = None,
    dry_run: DryRunOption = False,
    failed: FailedOption = None,
    data: DataOption = None,
    json_output: JsonOption = False,
) -> None:
    """Import a file and show what became of its rows; exit 1 when any was not taken."""
    rows, content = rows_of(file, TITLES, REQUIRED, SHOWN)
    year = worn_to or datetime.now(_HANOI).year - 1

    async def work() -> list[Verdict]:
        client = await Office.find(data).connect()
        try:
            names, unit_id, head = await names_of(client, unit)
            registering = Registering(names, year, unit_id, issuer)
            scope = f"assets:{unit_id or ''}"
            importing = RowImport(client, SUBJECT, operator_actor(), digest(content), scope, dry_run, head)
            with progress(quiet=json_output) as bar:
                task = bar.add_task(file.name, total=len(rows))
                return await importing.run(rows, registering.command, lambda: bar.advance(task))
        finally:
            await client.close()

    verdicts = finish(work)
    report(
        file, failed, SHOWN, rows, verdicts, lambda facts: str(facts["tag"]), dry_run=dry_run, json_output=json_output
    )
