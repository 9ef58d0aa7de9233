"""How the office's processes are: health, metrics and message descriptions, asked of every one and put together."""

import asyncio
import contextlib
import json
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nats.aio.client import Client
from prometheus_client import Gauge
from starlette.requests import Request
from starlette.responses import Response

from contracts.base import Failed
from contracts.catalog import SERVICES
from services.console.api import Connections, connections
from services.console.asyncapi import merged
from services.console.refusals import SERVICE_UNAVAILABLE, Stop
from services.runtime import bus, database, metrics
from services.runtime.problems import problem

PARTS = ("answer", "follow")
ASK_TIMEOUT_S = 2.0
UP = Gauge("motmoi_process_up", "1 when the process answered this scrape.", ["service", "part"])
DISK_FREE = Gauge("motmoi_disk_free_bytes", "What may still be written to the disk of the office.")
DISK_SIZE = Gauge("motmoi_disk_size_bytes", "The disk of the office.")
DATABASE_SIZE = Gauge("motmoi_database_bytes", "What the office's database takes on its disk.")


class Watch:
    """Remembers since when each part has been as it is."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._seen: dict[str, tuple[str, datetime]] = {}

    def note(self, part: str, status: str, now: datetime) -> dict[str, str]:
        """Return the part's line for /healthz; `since` is when this status was first seen (UTC)."""
        if self._seen.get(part, ("", now))[0] != status:
            self._seen[part] = (status, now)
        return {"part": part, "status": status, "since": self._seen[part][1].isoformat(timespec="seconds")}


async def healthz(request: Request) -> Response:
    """Answer 200 when the console, NATS, PostgreSQL and every service's answering part are well, else 503."""
    held, watch = connections(request), request.app.state.watch
    names = [(service, part) for service in SERVICES for part in PARTS]
    database_status, *reported = await asyncio.gather(
        _database_status(held), *(_part_status(held.client, service, part) for service, part in names)
    )
    statuses = {
        "console": "ok",
        "nats": "ok" if held.client.is_connected else "unreachable",
        "database": database_status,
        **{f"{service}.{part}": status for (service, part), status in zip(names, reported, strict=True)},
    }
    now = datetime.now(UTC)
    lines = [watch.note(part, status, now) for part, status in statuses.items()]
    well = all(status == "ok" for part, status in statuses.items() if not part.endswith(".follow"))
    return _json({"status": "ok" if well else "unwell", "parts": lines}, 200 if well else 503)


async def metrics_page(request: Request) -> Response:
    """Answer the Prometheus text of the console and of every process that answers, each sample with its process."""
    held = connections(request)
    names = [(service, part) for service in SERVICES for part in PARTS]
    asked = (_ask(held.client, f"ops.{service}.metrics.{part}") for service, part in names)
    _, *found = await asyncio.gather(_measure(held, request.app.state.data_folder), *asked)
    for (service, part), text in zip(names, found, strict=True):
        UP.labels(service, part).set(text is not None)
    pages = [(f"{s}.{part}", text.decode()) for (s, part), text in zip(names, found, strict=True) if text is not None]
    merged_text = metrics.merge([("console", metrics.page()), *pages])
    return Response(merged_text, media_type="text/plain; version=0.0.4; charset=utf-8")


async def _measure(held: Connections, folder: Path) -> None:
    disk = shutil.disk_usage(folder)
    DISK_FREE.set(disk.free)
    DISK_SIZE.set(disk.total)
    with contextlib.suppress(*database.UNREACHABLE):
        size = await held.pool.fetchval("SELECT pg_database_size(current_database())", timeout=ASK_TIMEOUT_S)
        DATABASE_SIZE.set(size)


async def asyncapi_document(request: Request) -> dict[str, Any]:
    """Return the services' AsyncAPI documents as one; raise Stop with 503 when a service does not answer."""
    client = connections(request).client
    found = await asyncio.gather(*(_ask(client, f"ops.{service}.asyncapi.answer") for service in SERVICES))
    documents: dict[str, dict[str, Any]] = {}
    for service, text in zip(SERVICES, found, strict=True):
        if text is None:
            raise Stop(problem(Failed, SERVICE_UNAVAILABLE, service=service))
        documents[service] = json.loads(text)
    return merged(documents)


async def asyncapi_json(request: Request) -> Response:
    """Answer the merged AsyncAPI document."""
    return _json(await asyncapi_document(request), 200)


async def _part_status(client: Client, service: str, part: str) -> str:
    text = await _ask(client, f"ops.{service}.health.{part}")
    if text is None:
        return "unreachable"
    status = json.loads(text).get("status")
    return status if isinstance(status, str) else "unreadable"


async def _database_status(held: Connections) -> str:
    try:
        await held.pool.fetchval("SELECT 1", timeout=ASK_TIMEOUT_S)
    except database.UNREACHABLE:
        return "unreachable"
    return "ok"


async def _ask(client: Client, subject: str) -> bytes | None:
    if not client.is_connected:
        return None
    try:
        return (await client.request(subject, b"", timeout=ASK_TIMEOUT_S)).data
    except bus.UNREACHABLE:
        return None


def _json(content: Mapping[str, Any], status: int) -> Response:
    return Response(json.dumps(content, ensure_ascii=False), status, media_type="application/json")
