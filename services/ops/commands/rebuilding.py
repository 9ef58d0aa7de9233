"""`motmoi rebuild`: read models folded anew beside the live ones, compared, and switched."""

import dataclasses
import json
from typing import Annotated

import typer
from rich.table import Table

from services.documents.service import DOCUMENTS
from services.ops.commands.shared import DataOption, JsonOption, fail, finish, out, progress
from services.ops.language import in_language
from services.ops.office import Office
from services.runtime.aggregates import snapshot_model
from services.runtime.database import open_pool
from services.runtime.read_model import ReadModel
from services.runtime.rebuilding import Rebuild, Rebuilt

HELP = in_language(
    vi="Dựng lại dữ liệu tra cứu từ nhật ký sự kiện, bên cạnh bảng đang dùng; "
    "so sánh từng dòng rồi mới thay. Người dùng vẫn tra cứu bình thường.",
    en="Rebuild read models from the event log beside the tables in use; "
    "compare row by row, then switch. Readers go on reading.",
)
_SERVICES = {DOCUMENTS.name: DOCUMENTS}


_SERVICE = typer.Argument(help=", ".join(_SERVICES))
_MODELS = typer.Argument(
    help=in_language(vi="Tên dữ liệu tra cứu; bỏ trống là tất cả.", en="Names of read models; all when left out.")
)
_EVEN_IF_DIFFERENT = typer.Option(
    help=in_language(
        vi="Thay cả khi có dòng khác nhau, ví dụ sau khi bảng đang dùng bị sửa.",
        en="Switch even when rows differ, as after somebody changed the live table.",
    )
)


def rebuild(
    service: Annotated[str, _SERVICE],
    models: Annotated[list[str] | None, _MODELS] = None,
    even_if_different: Annotated[bool, _EVEN_IF_DIFFERENT] = False,
    data: DataOption = None,
    json_output: JsonOption = False,
) -> None:
    """Rebuild one after another; exit 1 when rows differ and were not switched."""
    if service not in _SERVICES:
        raise fail(in_language(vi=f"Không có dịch vụ {service}.", en=f"There is no service {service}."), 2)
    chosen = _chosen(service, models or [])

    async def work() -> list[Rebuilt]:
        settings = Office.find(data).settings(service)
        pool = await open_pool(settings.database_url, rebuildable=True, size=4)
        found = []
        try:
            with progress(quiet=json_output) as bar:
                for model in chosen:
                    task = bar.add_task(model.name, total=None)

                    def report(position: int, goal: int, task: int = task) -> None:
                        bar.update(task, completed=position, total=goal)  # type: ignore[arg-type]

                    rebuilding = Rebuild(settings, pool, model)
                    found.append(await rebuilding.run(report, even_if_different=even_if_different))
        finally:
            await pool.close()
        return found

    found = finish(work)
    _show(found, json_output=json_output)
    if not all(one.switched for one in found):
        raise typer.Exit(1)


def _chosen(service: str, names: list[str]) -> list[ReadModel]:
    known = {model.name: model for model in (*_SERVICES[service].read_models, snapshot_model(_SERVICES[service]))}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise fail(
            in_language(
                vi=f"Không có dữ liệu tra cứu {', '.join(unknown)}; có: {', '.join(known)}.",
                en=f"There is no read model {', '.join(unknown)}; there are {', '.join(known)}.",
            ),
            2,
        )
    return [known[name] for name in names] or list(known.values())


def _show(found: list[Rebuilt], *, json_output: bool) -> None:
    if json_output:
        out.print(json.dumps([dataclasses.asdict(one) for one in found]), markup=False)
        return
    table = Table(
        in_language(vi="Dữ liệu tra cứu", en="Read model"),
        in_language(vi="Vị trí", en="Position"),
        in_language(vi="Sự kiện", en="Events"),
        in_language(vi="Dòng", en="Rows"),
        in_language(vi="Giây", en="Seconds"),
        in_language(vi="Sự kiện/giây", en="Events/s"),
        in_language(vi="Dòng khác", en="Differences"),
        in_language(vi="Kết quả", en="Outcome"),
    )
    for one in found:
        outcome = (
            in_language(vi="đã thay", en="switched")
            if one.switched
            else in_language(vi="giữ bảng cũ", en="kept the old")
        )
        numbers = (one.position, one.facts, one.rows)
        rate = f"{one.facts / max(one.seconds, 0.001):,.0f}"
        keys = f"{one.differences} ({', '.join(one.differing_keys[:3])})" if one.differences else "0"
        table.add_row(one.model, *(f"{number:,}" for number in numbers), f"{one.seconds:.2f}", rate, keys, outcome)
    out.print(table)
