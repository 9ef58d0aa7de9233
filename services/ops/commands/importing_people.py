"""`motmoi import people`: everybody from a spreadsheet, with the posts they hold."""

from services.ops.commands.import_reports import (
    DryRunOption,
    FailedOption,
    FileArgument,
    UnitOption,
    names_of,
    report,
    rows_of,
)
from services.ops.commands.shared import DataOption, JsonOption, finish, progress
from services.ops.language import in_language
from services.ops.office import Office, operator_actor
from services.ops.people_import import REGISTER, REQUIRED, SHOWN, TITLES, Staffing, import_people
from services.ops.row_import import RowImport, Verdict, digest

HELP = in_language(
    vi="Nhập cán bộ, nhân viên từ tệp CSV (UTF-8) hoặc XLSX, với tiêu đề cột như danh sách kết xuất: Họ và tên, "
    "Loại biên chế, Đơn vị, Chức vụ, vị trí việc làm, Từ ngày, Số quyết định, Ngày quyết định, Cơ quan ban hành. "
    "Vị trí việc làm phải có trước. Thử trước bằng --dry-run. Chạy lại cùng một tệp không ghi hai lần.",
    en="Import people from CSV (UTF-8) or XLSX, under the titles of the exported roster: Họ và tên, Loại biên chế, "
    "Đơn vị, Chức vụ, vị trí việc làm, Từ ngày, Số quyết định, Ngày quyết định, Cơ quan ban hành. Posts must be there. "
    "Try it first with --dry-run. Running the same file again registers nobody twice.",
)


def people(
    file: FileArgument,
    unit: UnitOption = None,
    dry_run: DryRunOption = False,
    failed: FailedOption = None,
    data: DataOption = None,
    json_output: JsonOption = False,
) -> None:
    """Import a file and show what became of its rows; exit 1 when any was not taken."""
    rows, content = rows_of(file, TITLES, REQUIRED, SHOWN)

    async def work() -> list[Verdict]:
        client = await Office.find(data).connect()
        try:
            names, unit_id, head = await names_of(client, unit)
            importing = RowImport(client, REGISTER, operator_actor(), digest(content), "people:", dry_run, head)
            with progress(quiet=json_output) as bar:
                task = bar.add_task(file.name, total=len(rows))
                return await import_people(importing, rows, Staffing(names, unit_id), lambda: bar.advance(task))
        finally:
            await client.close()

    verdicts = finish(work)
    report(
        file, failed, SHOWN, rows, verdicts, lambda facts: str(facts["name"]), dry_run=dry_run, json_output=json_output
    )
