"""The condition of an office: its processes, its log and the copies of it, its followers, its disk."""

import asyncio
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import asyncpg
from nats.aio.client import Client

from deploy import SERVICES
from services.audit.archive.verifications import last_verification
from services.audit.read_models.signed_checkpoints import SIGNED_CHECKPOINTS
from services.ops.followers import ARCHIVE, Standing, standings
from services.ops.office import Office
from services.runtime.bus import UNREACHABLE as BROKER_UNREACHABLE
from services.runtime.bus import BrokerError, api
from services.runtime.database import UNREACHABLE

PARTS = ("answer", "follow")
_ASK_LIMIT_S = 2.0


async def condition(office: Office) -> dict[str, Any]:
    """Return the office's condition as JSON has it: positions in sequences, sizes in bytes, moments in UTC.

    `well` says whether log, parts and followers are all as they should be. What does not answer has its `error`.
    """
    log, parts = await _asked(office)
    head = log.get("last_sequence")
    found, silent = await _standings(office)
    followers = [_follower(one, head) for one in found if one.state != "left-over"] + silent
    archive = next((one for one in followers if (one["service"], one["name"]) == ("audit", ARCHIVE)), None)
    well = (
        log.get("missing") == 0
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
        "archive": {**(archive or {}), **await _proofs(office)},
        "parts": parts,
        "restarts": _restarts(office.state),
        "followers": followers,
        "left_over": [one.full_name for one in found if one.state == "left-over"],
        "disk": await _disk(office),
    }


async def _asked(office: Office) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    names = [(service, part) for service in SERVICES for part in PARTS]
    try:
        async with asyncio.timeout(3):
            client = await office.connect()
    except (*BROKER_UNREACHABLE, TimeoutError) as error:
        reason = _reason(error)
        silent = [{"service": s, "part": p, "status": "unreachable", "reason": reason} for s, p in names]
        return {"error": reason}, silent
    try:
        log, *parts = await asyncio.gather(_log(client), *(_health(client, *name) for name in names))
        return log, list(parts)
    finally:
        await client.close()


async def _log(client: Client) -> dict[str, Any]:
    try:
        answer = await api(client, "STREAM.INFO.EVENTS", timeout_s=_ASK_LIMIT_S)
    except (*BROKER_UNREACHABLE, BrokerError) as error:
        return {"error": _reason(error)}
    state = answer["state"]
    return {
        "last_sequence": state["last_seq"],
        "messages": state["messages"],
        "missing": state["last_seq"] - state["messages"],
        "bytes": state["bytes"],
        "created": answer["created"],
    }


async def _health(client: Client, service: str, part: str) -> dict[str, Any]:
    try:
        message = await client.request(f"ops.{service}.health.{part}", b"", timeout=_ASK_LIMIT_S)
        return dict(json.loads(message.data))
    except BROKER_UNREACHABLE as error:
        return {"service": service, "part": part, "status": "unreachable", "reason": _reason(error)}


async def _standings(office: Office) -> tuple[list[Standing], list[dict[str, Any]]]:
    """Return the followers of all services, and a line in place of those whose database does not answer."""
    found: list[Standing] = []
    silent: list[dict[str, Any]] = []
    for service in SERVICES:
        try:
            found += await standings(office, service)
        except UNREACHABLE as error:
            nothing = {"position": None, "lag": None, "state": "unknown", "since": None}
            silent.append({"service": service, "name": "*", "error": _reason(error), **nothing})
    return found, silent


def _follower(standing: Standing, head: int | None) -> dict[str, Any]:
    return {
        "service": standing.service,
        "name": standing.name,
        "state": standing.state,
        "position": standing.position,
        "lag": standing.lag(head),
        "error": standing.error,
        "since": standing.since.isoformat(),
    }


async def _proofs(office: Office) -> dict[str, Any]:
    """Return the latest signed checkpoint and the latest verification; None before any, or when nobody answers."""
    found: dict[str, Any] = {"checkpoint": None, "verified": None}
    try:
        connection = await asyncpg.connect(office.database_url("audit"), timeout=3)
    except UNREACHABLE:
        return found
    try:
        signed = await connection.fetchrow(
            f'SELECT tree_size, signed_at FROM "{SIGNED_CHECKPOINTS.table}" ORDER BY tree_size DESC LIMIT 1'
        )
        if signed is not None:
            found["checkpoint"] = {"tree_size": signed["tree_size"], "signed_at": signed["signed_at"].isoformat()}
        verified = await last_verification(connection)
        if verified is not None:
            found["verified"] = {**verified._asdict(), "ended_at": verified.ended_at.isoformat()}
    except asyncpg.UndefinedTableError:
        return found
    finally:
        await connection.close()
    return found


def _restarts(state: Mapping[str, Any]) -> dict[str, int]:
    return {name: one["restarts"] for kind in ("servers", "processes") for name, one in state[kind].items()}


async def _disk(office: Office) -> dict[str, Any]:
    usage = shutil.disk_usage(office.folder)
    stores = [office.folder / name for name in office.state["servers"] if name.startswith("nats")]
    return {
        "free_bytes": usage.free,
        "total_bytes": usage.total,
        "log_bytes": await asyncio.to_thread(_bytes_under, stores),
        "database_bytes": await _database_bytes(office),
    }


def _bytes_under(folders: Sequence[Path]) -> int:
    total = 0
    for folder in folders:
        for path in folder.rglob("*"):
            try:
                total += path.stat().st_size if path.is_file() else 0
            except FileNotFoundError:  # the broker renames its files while they are counted
                continue
    return total


async def _database_bytes(office: Office) -> int | None:
    try:
        connection = await asyncpg.connect(office.database_url("audit"), timeout=3)
    except UNREACHABLE:
        return None
    try:
        size: int = await connection.fetchval("SELECT pg_database_size(current_database())")
        return size
    finally:
        await connection.close()


def _reason(error: BaseException) -> str:
    return str(error) or type(error).__name__
