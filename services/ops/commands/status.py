"""`motmoi status`: every process and follower, where it stands, what is wrong, and how full the disk is."""

import asyncio
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from services.ops.commands.shared import DataOption, JsonOption, finish, local_time, out
from services.ops.condition import condition
from services.ops.language import in_language
from services.ops.office import Office

HELP = in_language(
    vi="Cho biết từng dịch vụ, vị trí và độ trễ của từng dữ liệu tra cứu, lỗi gần nhất, nhật ký, bản sao, chữ ký và "
    "đĩa. Mã thoát 1 khi có gì không ổn.",
    en="Show every service, the position and lag of every follower, the last error, the log, its copy, its signature "
    "and the disk. Exit code 1 when anything is not well.",
)
REFRESH_S = 2.0
_WATCH = typer.Option(
    "--watch", help=in_language(vi="Cập nhật mỗi 2 giây, đến khi bấm Ctrl-C.", en="Refresh every 2 s until Ctrl-C.")
)


def status(data: DataOption = None, json_output: JsonOption = False, watch: Annotated[bool, _WATCH] = False) -> None:
    """Ask everything at once and show it; exit 1 when something is not well."""
    if watch and not json_output:
        finish(lambda: _watch(Office.find(data)))
    found = finish(lambda: condition(Office.find(data)))
    if json_output:
        out.print(json.dumps(found, ensure_ascii=False), markup=False)
    else:
        out.print(_shown(found))
    if not found["well"]:
        raise typer.Exit(1)


async def _watch(office: Office) -> None:
    with Live(console=out, auto_refresh=False, screen=out.is_terminal) as live:
        while True:
            live.update(_shown(await condition(office)), refresh=True)
            await asyncio.sleep(REFRESH_S)


def _shown(found: dict[str, Any]) -> RenderableType:
    return Group(*(Text(line) for line in _lines(found)), _parts(found), _followers(found), *_left_over(found))


def _lines(found: dict[str, Any]) -> Iterator[str]:
    well = in_language(vi="ổn", en="well") if found["well"] else in_language(vi="KHÔNG ỔN", en="NOT WELL")
    yield f"Một Mối: {well}   {found['http']}   {found['data']}"
    log, disk = found["log"], found["disk"]
    if "error" in log:
        yield in_language(vi=f"Nhật ký: {log['error']}", en=f"Log: {log['error']}")
    else:
        head, created = f"{log['last_sequence']:,}", _moment(log["created"])
        yield in_language(vi=f"Nhật ký: vị trí {head}, lập {created}", en=f"Log: position {head}, made {created}")
        if log["missing"]:
            missing = f"{log['missing']:,}"
            yield in_language(
                vi=f"THIẾU {missing} bản ghi. Đề nghị chạy: motmoi verify",
                en=f"{missing} MESSAGES ARE MISSING. Run: motmoi verify",
            )
    yield from _archive(found["archive"])
    sizes = [_size(disk[name]) for name in ("log_bytes", "database_bytes", "free_bytes")]
    yield in_language(
        vi="Đĩa: nhật ký {}, cơ sở dữ liệu {}, còn trống {}", en="Disk: log {}, database {}, free {}"
    ).format(*sizes)
    restarts = ", ".join(f"{name} {count}" for name, count in found["restarts"].items() if count)
    if restarts:
        yield in_language(vi=f"Đã khởi động lại: {restarts}", en=f"Started again: {restarts}")


def _archive(archive: dict[str, Any]) -> Iterator[str]:
    if "position" in archive:
        position, lag = _number(archive["position"]), _number(archive["lag"])
        yield in_language(
            vi=f"Bản sao: vị trí {position}, còn chậm {lag}", en=f"Archive: position {position}, lag {lag}"
        )
    signed = archive["checkpoint"]
    if signed is None:
        yield in_language(vi="Điểm kiểm tra: chưa ký lần nào", en="Checkpoint: none was signed yet")
    else:
        size, moment = f"{signed['tree_size']:,}", _moment(signed["signed_at"])
        yield in_language(vi=f"Điểm kiểm tra: {size} bản ghi, ký {moment}", en=f"Checkpoint: {size}, signed {moment}")
    verified = archive["verified"]
    if verified is not None:
        size, moment = f"{verified['position']:,}", _moment(verified["ended_at"])
        well = in_language(vi="khớp", en="well") if verified["well"] else in_language(vi="KHÔNG KHỚP", en="NOT WELL")
        yield in_language(
            vi=f"Kiểm tra: đến vị trí {size}, {moment}, {well}", en=f"Verified: up to {size}, {moment}, {well}"
        )


def _parts(found: dict[str, Any]) -> Table:
    table = Table(*in_language(vi="Dịch vụ|Phần|Tình trạng|Lý do", en="Service|Part|Status|Reason").split("|"))
    for part in found["parts"]:
        reason = part.get("reason") or "; ".join(part.get("stopped", {}))
        table.add_row(part["service"], part["part"], part["status"], Text(reason or ""))
    return table


def _followers(found: dict[str, Any]) -> Table:
    titles = in_language(vi="Theo dõi|Vị trí|Còn chậm|Lỗi|Từ lúc", en="Follower|Position|Lag|Error|Since")
    table = Table(*titles.split("|"))
    for one in found["followers"]:
        error, since = one["error"] or "", _moment(one["since"]) if one["since"] else ""
        numbers = (_number(one["position"]), _number(one["lag"]))
        table.add_row(f"{one['service']}.{one['name']}", *numbers, Text(error), since)
    return table


def _left_over(found: dict[str, Any]) -> Iterator[Text]:
    stopped = [f"{one['service']}.{one['name']}" for one in found["followers"] if one["state"] == "stopped"]
    if stopped:
        why = in_language(vi="Vì sao dừng", en="Why it stopped")
        yield Text(f"{why}: motmoi follower show {stopped[0]}")
    if found["left_over"]:
        names, title = ", ".join(found["left_over"]), in_language(vi="Bản cũ còn lại", en="Left over")
        remove = in_language(vi="xóa bằng", en="remove with")
        yield Text(f"{title}: {names} ({remove}: motmoi follower remove SERVICE.FOLLOWER)")


def _moment(text: str) -> str:
    return local_time(datetime.fromisoformat(text))


def _number(value: int | None) -> str:
    return "" if value is None else f"{value:,}"


def _size(value: int | None) -> str:
    if value is None:
        return "?"
    unit, bytes_of_it = next(((unit, size) for unit, size in (("GB", 1e9), ("MB", 1e6)) if value >= size), ("kB", 1e3))
    return f"{value / bytes_of_it:,.1f} {unit}"
