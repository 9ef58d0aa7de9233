"""`motmoi wear`: the wear of a year charged on everything it is due on, through the same commands as everybody's."""

import json
import re
import time
from typing import Annotated, NamedTuple

import typer
from rich.table import Table

from contracts.assets.rows import WearTotals
from services.ops.commands.shared import DataOption, JsonOption, fail, finish, out, progress
from services.ops.language import grouped, in_language
from services.ops.office import Office, operator_actor
from services.ops.wear_run import Charged, WearRefused, WearRun

HELP = in_language(
    vi="Tính hao mòn tài sản cố định của một năm, từ ngày 01/12, trước khi khóa sổ. Thử trước bằng --dry-run. "
    "Chạy lại không tính hai lần; nếu bị ngắt giữa chừng, chạy lại để tính tiếp.",
    en="Charge the wear of fixed assets for a year, from 1 December on, before the books are closed. Try it first with "
    "--dry-run. Running it again charges nothing twice; after an interruption it goes on.",
)
_YEAR = typer.Argument(min=1930, max=2100, help=in_language(vi="Năm tính hao mòn.", en="The year to charge."))
_UNIT = typer.Option(
    "--unit",
    help=in_language(
        vi="Chỉ tính cho đơn vị này, ví dụ vptu; nếu bỏ trống thì tính cho tất cả.",
        en="Only this unit's assets, such as vptu; all when left out.",
    ),
)
_DRY_RUN = typer.Option(
    "--dry-run",
    help=in_language(
        vi="Chỉ thử: quyết định như thật, cho biết kết quả, không ghi gì.",
        en="Only try: decide all of it and say what would come of it; record nothing.",
    ),
)
_UNIT_ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


class Run(NamedTuple):
    """What a run found before, did, and left."""

    before: WearTotals
    charged: Charged
    after: WearTotals
    seconds: float


def wear(
    year: Annotated[int, _YEAR],
    unit: Annotated[str | None, _UNIT] = None,
    dry_run: Annotated[bool, _DRY_RUN] = False,
    data: DataOption = None,
    json_output: JsonOption = False,
) -> None:
    """Charge a year's wear and show what came of it; exit 1 when it was refused or an earlier year is missing."""
    if unit is not None and not _UNIT_ID.match(unit):
        raise fail(
            in_language(
                vi="--unit là mã đơn vị viết thường như vptu, btctu.", en="--unit is a unit's id such as vptu or btctu."
            ),
            2,
        )

    async def work() -> Run:
        client = await Office.find(data).connect()
        run = WearRun(client, operator_actor(), year, unit, dry_run)
        try:
            return await _charge(run, json_output=json_output)
        finally:
            await client.close()

    try:
        done = finish(work)
    except WearRefused as refused:
        raise fail(in_language(vi=refused.vi, en=refused.en)) from None
    if json_output:
        out.print(json.dumps(_as_json(done, dry_run), ensure_ascii=False), markup=False)
    else:
        _show(done, dry_run)
    if done.before.behind_count:
        raise typer.Exit(1)


async def _charge(run: WearRun, *, json_output: bool) -> Run:
    before = await run.totals()
    if not json_output:
        out.print(_preview(before), markup=False)
    started = time.monotonic()
    due = await run.due()
    with progress(quiet=json_output) as bar:
        task = bar.add_task(in_language(vi="Tính hao mòn", en="Charging wear"), total=len(due))
        charged = await run.charge(due, lambda count: bar.advance(task, count))
    seconds = time.monotonic() - started
    after = await run.totals(0 if run.rehearsal else charged.position)
    return Run(before, charged, after, seconds)


def _preview(totals: WearTotals) -> str:
    done, due = totals.total, totals.due_count
    return in_language(
        vi=f"Năm {totals.year}: đã tính {grouped(done.count)} tài sản, {grouped(done.wear_vnd)} đồng; "
        f"còn phải tính {grouped(due)} tài sản, dự kiến {grouped(totals.due_wear_vnd)} đồng.",
        en=f"{totals.year}: {grouped(done.count)} assets charged, {grouped(done.wear_vnd)} VND; "
        f"{grouped(due)} still to charge, {grouped(totals.due_wear_vnd)} VND expected.",
    )


def _show(done: Run, dry_run: bool) -> None:
    charged, totals = done.charged, done.after
    seconds = f"{done.seconds:.1f}"
    count, wear_vnd = grouped(charged.asset_count), grouped(charged.wear_vnd)
    if dry_run:
        line = in_language(
            vi=f"Thử: sẽ tính {count} tài sản, {wear_vnd} đồng; chưa ghi gì.",
            en=f"Dry run: {count} assets would be charged {wear_vnd} VND; nothing recorded.",
        )
    else:
        _show_classes(totals)
        whole, whole_vnd = grouped(totals.total.count), grouped(totals.total.wear_vnd)
        line = in_language(
            vi=f"Đã tính {count} tài sản, {wear_vnd} đồng trong {seconds.replace('.', ',')} giây; "
            f"cả năm {whole} tài sản, {whole_vnd} đồng.",
            en=f"Charged {count} assets with {wear_vnd} VND in {seconds} s; "
            f"the whole year {whole} assets, {whole_vnd} VND.",
        )
    out.print(line, markup=False)
    behind = done.before.behind_count
    if behind:
        earlier = totals.year - 1
        out.print(
            in_language(
                vi=f"{grouped(behind)} tài sản chưa tính hao mòn năm trước. Đề nghị chạy: motmoi wear {earlier}",
                en=f"{grouped(behind)} assets lack an earlier year. Run: motmoi wear {earlier}",
            ),
            markup=False,
        )


def _show_classes(totals: WearTotals) -> None:
    heads = in_language(
        vi="Loại|Tên|Số tài sản|Nguyên giá|Hao mòn năm|Hao mòn lũy kế|Giá trị còn lại",
        en="Class|Name|Assets|Cost|Wear of the year|Accumulated|Residual",
    ).split("|")
    table = Table()
    for place, head in enumerate(heads):
        table.add_column(head, justify="right" if place > 1 else "left")
    for row in totals.by_class:
        numbers = (row.count, row.cost_vnd, row.wear_vnd, row.accumulated_vnd, row.residual_vnd)
        table.add_row(row.key, row.label, *map(grouped, numbers))
    if totals.by_class:
        out.print(table)


def _as_json(done: Run, dry_run: bool) -> dict[str, object]:
    return {
        "year": done.after.year,
        "dry_run": dry_run,
        "due_count": done.before.due_count,
        "due_wear_vnd": done.before.due_wear_vnd,
        "behind_count": done.before.behind_count,
        "charged_count": done.charged.asset_count,
        "charged_wear_vnd": done.charged.wear_vnd,
        "seconds": round(done.seconds, 3),
        "totals": done.after.model_dump(mode="json"),
    }
