"""`motmoi rebuild`: read models folded anew beside the live ones, compared, and switched."""

import dataclasses
import json
import time
from typing import Annotated, Any

import typer
from rich.progress import Progress as Bars
from rich.table import Table

from services.ops.commands.shared import DataOption, JsonOption, fail, finish, out, progress
from services.ops.language import in_language
from services.ops.office import Office
from services.ops.rebuilding import WORKERS, Outcome, Reported, every_model, rebuild_everywhere
from services.ops.registry import SERVICES
from services.runtime.comparing import Difference
from services.runtime.rebuilding import Rebuilt

HELP = in_language(
    vi="Dựng lại dữ liệu tra cứu từ nhật ký sự kiện, bên cạnh bảng đang dùng; "
    "so sánh từng dòng rồi mới thay. Người dùng vẫn tra cứu bình thường. "
    "Không nêu dịch vụ: mọi dữ liệu tra cứu của mọi dịch vụ.",
    en="Rebuild read models from the event log beside the tables in use; "
    "compare row by row, then switch. Readers go on reading. "
    "Without a service: every read model of every service.",
)
_SERVICE = typer.Argument(help=", ".join(SERVICES))
_MODELS = typer.Argument(
    help=in_language(vi="Tên dữ liệu tra cứu; bỏ trống là tất cả.", en="Names of read models; all when left out.")
)
_EVEN_IF_DIFFERENT = typer.Option(
    help=in_language(
        vi="Thay cả khi có dòng khác nhau, ví dụ sau khi bảng đang dùng bị sửa.",
        en="Switch even when rows differ, as after somebody changed the live table.",
    )
)
_DRY_RUN = typer.Option(
    "--dry-run",
    help=in_language(
        vi="Chỉ so sánh và cho biết dòng nào sẽ đổi; không thay gì.",
        en="Compare alone and say which rows would change; switch nothing.",
    ),
)
_WORKERS = typer.Option(
    min=1,
    max=16,
    help=in_language(vi="Số tiến trình làm cùng lúc.", en="Processes that work at the same time."),
)
_STAGES = {
    "reading": in_language(vi="đọc", en="reading"),
    "indexing": in_language(vi="lập chỉ mục", en="indexing"),
    "comparing": in_language(vi="so sánh", en="comparing"),
}
_WIDEST = 60


def rebuild(
    service: Annotated[str | None, _SERVICE] = None,
    models: Annotated[list[str] | None, _MODELS] = None,
    even_if_different: Annotated[bool, _EVEN_IF_DIFFERENT] = False,
    dry_run: Annotated[bool, _DRY_RUN] = False,
    workers: Annotated[int, _WORKERS] = WORKERS,
    data: DataOption = None,
    json_output: JsonOption = False,
) -> None:
    """Rebuild; exit 1 when rows differ and were not switched, or something could not be rebuilt."""
    chosen = _chosen(service, models or [])
    started = time.monotonic()

    async def work() -> list[Outcome]:
        with progress(quiet=json_output) as bars:
            return await rebuild_everywhere(
                Office.find(data),
                chosen,
                _Showing(bars).report,
                switch=not dry_run,
                even_if_different=even_if_different,
                workers=workers,
            )

    outcomes = finish(work)
    if json_output:
        typer.echo(json.dumps([_as_json(one) for one in outcomes], ensure_ascii=False))
    else:
        _show(outcomes, time.monotonic() - started)
    if not all(one.found and (one.found.switched or (dry_run and not one.found.differences)) for one in outcomes):
        raise typer.Exit(1)


def _chosen(service: str | None, names: list[str]) -> dict[str, tuple[str, ...]]:
    everything = every_model()
    if service is None:
        return everything
    if service not in everything:
        there = ", ".join(everything)
        raise fail(
            in_language(vi=f"Không có dịch vụ {service}; có: {there}.", en=f"There is no service {service}: {there}."),
            2,
        )
    known = everything[service]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise fail(
            in_language(
                vi=f"Không có dữ liệu tra cứu {', '.join(unknown)}; có: {', '.join(known)}.",
                en=f"There is no read model {', '.join(unknown)}; there are {', '.join(known)}.",
            ),
            2,
        )
    return {service: tuple(dict.fromkeys(names)) or known}


class _Showing:
    """A bar for each process and service it is at work on."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._tasks: dict[tuple[int, str], Any] = {}

    def report(self, said: Reported) -> None:
        """Show how far a process is."""
        stage, position, goal = said.progress
        models = ", ".join(said.models)
        models = models if len(models) <= _WIDEST else f"{models[: _WIDEST - 1]}…"
        task = self._tasks.get((said.worker, said.service))
        if task is None:
            task = self._tasks[said.worker, said.service] = self._bars.add_task("", total=None)
        description = f"{said.service}: {models} · {_STAGES[stage]}"
        self._bars.update(task, description=description, completed=position, total=goal)


def _as_json(one: Outcome) -> dict[str, Any]:
    named = {"service": one.service, "model": one.model, "error": one.error}
    if one.found is None:
        return {**named, "switched": False}
    found = dataclasses.asdict(one.found)
    comparison = found.pop("comparison")
    return {
        **named,
        **{name: value for name, value in found.items() if name != "model"},
        "table": one.found.model,
        "rows": comparison["rows"],
        "differences": comparison["differences"],
        "differing_keys": comparison["keys"],
        "first_difference": comparison["first"],
    }


def _show(outcomes: list[Outcome], seconds: float) -> None:
    headings = in_language(
        vi="Dịch vụ|Dữ liệu tra cứu|Vị trí|Sự kiện|Dòng|Giây|Dòng khác|Kết quả",
        en="Service|Read model|Position|Events|Rows|Seconds|Differences|Outcome",
    )
    table = Table(*headings.split("|"))
    for one in outcomes:
        if one.found is None:
            table.add_row(one.service, one.model, *[""] * 5, one.error)
            continue
        numbers = (one.found.position, one.found.facts, one.found.rows)
        table.add_row(
            one.service,
            one.model,
            *(f"{number:,}" for number in numbers),
            f"{one.found.seconds:.2f}",
            f"{one.found.differences:,}",
            _outcome(one.found),
        )
    out.print(table)
    for one in outcomes:
        if one.found and one.found.comparison.first:
            _show_difference(one, one.found.comparison.first)
    events = sum(one.found.facts for one in outcomes if one.found)
    rate = f"{events / max(seconds, 0.001):,.0f}"
    out.print(
        in_language(
            vi=f"{events:,} sự kiện đã đưa vào các bảng trong {seconds:.1f} giây ({rate}/giây).",
            en=f"{events:,} events folded into tables in {seconds:.1f} s ({rate}/s).",
        )
    )


def _outcome(found: Rebuilt) -> str:
    if found.switched:
        return in_language(vi="đã thay", en="switched")
    if not found.differences:
        return in_language(vi="giống hệt", en="identical")
    return in_language(vi="giữ bảng cũ", en="kept the old")


def _show_difference(one: Outcome, first: Difference) -> None:
    assert one.found is not None
    keys = ", ".join(one.found.comparison.keys)
    out.print(
        in_language(vi=f"{one.service}.{one.model}: khác ở {keys}", en=f"{one.service}.{one.model} differs at {keys}"),
        markup=False,
    )
    if first.live is None or first.rebuilt is None:
        where = (
            in_language(vi="chỉ có trong nhật ký", en="in the log only")
            if first.live is None
            else in_language(vi="chỉ có trong bảng đang dùng", en="in the live table only")
        )
        out.print(f"  {first.key}: {where}", markup=False)
        return
    for name, live in first.live.items():
        said = in_language(vi="đang dùng {} · theo nhật ký {}", en="live {} · by the log {}")
        out.print(f"  {first.key} {name}: {said.format(repr(live), repr(first.rebuilt[name]))}", markup=False)
