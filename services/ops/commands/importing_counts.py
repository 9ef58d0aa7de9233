"""`motmoi import counts`: what was counted on paper or by an offline device, into a stocktake."""

from typing import Annotated

import typer

from services.ops.commands.import_reports import DryRunOption, FailedOption, FileArgument, names_of, report, rows_of
from services.ops.commands.shared import DataOption, JsonOption, finish, progress
from services.ops.count_import import REQUIRED, SHOWN, SUBJECT, TITLES, Counting
from services.ops.language import in_language
from services.ops.office import Office, operator_actor
from services.ops.row_import import RowImport, Verdict, digest

HELP = in_language(
    vi="Nhập kết quả kiểm đếm vào một đợt kiểm kê từ tệp CSV (UTF-8) hoặc XLSX: Mã tài sản (hoặc Mô tả và Số lượng của "
    "vật không có tem), Thời điểm kiểm đếm, Người kiểm đếm, Thiết bị, Tình trạng, Phòng đặt, Ghi chú. Cùng một dòng "
    "nhập lại, kể cả trong tệp khác, không ghi hai lần.",
    en="Import counts into a stocktake from CSV (UTF-8) or XLSX: Mã tài sản (or Mô tả and Số lượng of what has no "
    "label), Thời điểm kiểm đếm, Người kiểm đếm, Thiết bị, Tình trạng, Phòng đặt, Ghi chú. The same row again, even in "
    "another file, is not recorded twice.",
)
_STOCKTAKE = typer.Option(help=in_language(vi="Mã đợt kiểm kê.", en="The id of the stocktake."))


def counts(
    file: FileArgument,
    stocktake: Annotated[str, _STOCKTAKE],
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
            names, _, head = await names_of(client, None)
            counting = Counting(stocktake, names)
            scope = f"counts:{stocktake}"
            importing = RowImport(client, SUBJECT, operator_actor(), digest(content), scope, dry_run, head)
            with progress(quiet=json_output) as bar:
                task = bar.add_task(file.name, total=len(rows))
                return await importing.run(rows, counting.command, lambda: bar.advance(task))
        finally:
            await client.close()

    verdicts = finish(work)
    report(file, failed, SHOWN, rows, verdicts, lambda _: "", dry_run=dry_run, json_output=json_output)
