"""`motmoi status`: every process and follower, where it stands, what is wrong, and how full the disk is."""

import asyncio
import json
import shutil
from typing import Any

import asyncpg
import typer
from nats.aio.client import Client
from rich.table import Table

from deploy import SERVICES
from services.ops.commands.shared import DataOption, JsonOption, finish, out
from services.ops.language import in_language
from services.ops.office import Office
from services.runtime.bus import UNREACHABLE as BROKER_UNREACHABLE
from services.runtime.bus import BrokerError, api
from services.runtime.database import UNREACHABLE

HELP = in_language(
    vi="Cho biết từng dịch vụ, vị trí và độ trễ của từng dữ liệu tra cứu, lỗi gần nhất, nhật ký và đĩa. "
    "Mã thoát 1 khi có gì không ổn.",
    en="Show every service, the position and lag of every follower, the last error, the log and the disk. "
    "Exit code 1 when anything is not well.",
)


def status(data: DataOption = None, json_output: JsonOption = False) -> None:
    """Ask everything at once and show it; exit 1 when something is not well."""
    found = finish(lambda: gather(Office.find(data)))
    if json_output:
        out.print(json.dumps(found, ensure_ascii=False, default=str), markup=False)
    else:
        _show(found)
    if not found["well"]:
        raise typer.Exit(1)


async def gather(office: Office) -> dict[str, Any]:
    """Return the office's state: log head, parts of services, followers, disk, and whether all is well."""
    log, parts = await _asked(office)
    followers: list[dict[str, Any]] = []
    for service in SERVICES:
        followers += await _followers(office, service, log.get("last_sequence"))
    disk = shutil.disk_usage(office.folder)
    well = (
        "error" not in log
        and all(part["status"] == "ok" for part in parts)
        and bool(followers)
        and all(follower["error"] is None for follower in followers)
    )
    return {
        "well": well,
        "data": str(office.folder),
        "http": office.http_url,
        "started_at": office.state["started_at"],
        "log": log,
        "parts": parts,
        "restarts": {name: process["restarts"] for name, process in office.state["processes"].items()},
        "followers": followers,
        "disk": {"free_bytes": disk.free, "total_bytes": disk.total},
    }


async def _asked(office: Office) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    names = [(service, part) for service in SERVICES for part in ("answer", "follow")]
    try:
        async with asyncio.timeout(3):
            client = await office.connect()
    except (*BROKER_UNREACHABLE, TimeoutError) as error:
        reason = str(error) or type(error).__name__
        silent = [{"service": s, "part": p, "status": "unreachable", "reason": reason} for s, p in names]
        return {"error": reason}, silent
    try:
        log, *parts = await asyncio.gather(_log(client), *(_health(client, *name) for name in names))
        return log, list(parts)
    finally:
        await client.close()


async def _log(client: Client) -> dict[str, Any]:
    try:
        state = (await api(client, "STREAM.INFO.EVENTS", timeout_s=2))["state"]
    except (*BROKER_UNREACHABLE, BrokerError) as error:
        return {"error": str(error) or type(error).__name__}
    return {"last_sequence": state["last_seq"], "messages": state["messages"], "bytes": state["bytes"]}


async def _health(client: Client, service: str, part: str) -> dict[str, Any]:
    try:
        message = await client.request(f"ops.{service}.health.{part}", b"", timeout=2)
        return dict(json.loads(message.data))
    except BROKER_UNREACHABLE as error:
        return {"service": service, "part": part, "status": "unreachable", "reason": str(error) or type(error).__name__}


async def _followers(office: Office, service: str, head: int | None) -> list[dict[str, Any]]:
    try:
        connection = await asyncpg.connect(office.database_url(service), timeout=3)
    except UNREACHABLE as error:
        return [{"service": service, "name": "*", "position": None, "lag": None, "error": str(error), "since": None}]
    try:
        rows = await connection.fetch("SELECT follower, position, error, changed_at FROM checkpoints ORDER BY follower")
    finally:
        await connection.close()
    return [
        {
            "service": service,
            "name": row["follower"],
            "position": row["position"],
            "lag": None if head is None else max(0, head - row["position"]),
            "error": row["error"],
            "since": row["changed_at"].isoformat(),
        }
        for row in rows
    ]


def _show(found: dict[str, Any]) -> None:
    well = in_language(vi="ổn", en="well") if found["well"] else in_language(vi="KHÔNG ỔN", en="NOT WELL")
    out.print(f"Một Mối: {well}   {found['http']}   {found['data']}", markup=False)
    log = found["log"]
    if "error" in log:
        out.print(in_language(vi=f"Nhật ký: {log['error']}", en=f"Log: {log['error']}"), markup=False)
    else:
        sizes = f"{log['last_sequence']:,} / {log['bytes'] / 1e6:,.1f} MB"
        free = f"{found['disk']['free_bytes'] / 1e9:,.1f} GB"
        out.print(
            in_language(vi=f"Nhật ký: vị trí {sizes}; đĩa còn {free}", en=f"Log: position {sizes}; disk free {free}")
        )
    parts = Table(*in_language(vi="Dịch vụ|Phần|Tình trạng|Lý do", en="Service|Part|Status|Reason").split("|"))
    for part in found["parts"]:
        reason = part.get("reason") or "; ".join(part.get("stopped", {}))
        parts.add_row(part["service"], part["part"], part["status"], reason or "")
    out.print(parts)
    table = Table(
        *in_language(vi="Theo dõi nhật ký|Vị trí|Còn chậm|Lỗi|Từ lúc", en="Follower|Position|Lag|Error|Since").split(
            "|"
        )
    )
    for follower in found["followers"]:
        name = f"{follower['service']}.{follower['name']}"
        numbers = ["" if follower[key] is None else f"{follower[key]:,}" for key in ("position", "lag")]
        table.add_row(name, *numbers, follower["error"] or "", (follower["since"] or "")[:19])
    out.print(table)
