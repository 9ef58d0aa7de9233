"""Health and metrics: what the office's processes say of themselves, and the process itself."""

import asyncio
import json
import os
import re
import signal
import sys
from typing import Any

import httpx
from prometheus_client.parser import text_string_to_metric_families

from deploy import SERVICES
from deploy.credentials import CONSOLE
from deploy.messages import silent
from deploy.ports import choose_port
from deploy.stack import Stack


def says(**body: str) -> Any:
    return lambda _: json.dumps(body).encode()


async def test_health_follows_the_answering_parts(http: httpx.AsyncClient, desk: Any, other_desks: Any) -> None:
    for name, other in other_desks.items():
        await other.answer(f"ops.{name}.health.answer", says(status="ok"))
    unwell = await http.get("/healthz", headers={"Authorization": ""})
    assert unwell.status_code == 503
    parts = {part["part"]: part for part in unwell.json()["parts"]}
    assert parts["documents.answer"]["status"] == "unreachable"
    assert parts["nats"]["status"] == parts["database"]["status"] == "ok"

    await desk.answer("ops.documents.health.answer", says(status="ok"))
    well = await http.get("/healthz")
    assert (well.status_code, well.json()["status"]) == (200, "ok")

    await desk.answer("ops.documents.health.answer", says(status="fenced"))
    fenced = await http.get("/healthz")
    again = await http.get("/healthz")
    assert fenced.status_code == 503
    assert fenced.json()["parts"] == again.json()["parts"]


async def test_metrics_of_every_process_are_one_page(http: httpx.AsyncClient, desk: Any) -> None:
    text = b'# HELP motmoi_lag Behind.\n# TYPE motmoi_lag gauge\nmotmoi_lag{service="documents"} 3.0\n'
    await desk.answer("ops.documents.metrics.answer", lambda _: text)
    await http.get("/nowhere")
    page = await http.get("/metrics", headers={"Authorization": ""})
    samples = [
        sample
        for family in text_string_to_metric_families(page.text)
        for sample in family.samples
        if sample.name in ("motmoi_lag", "motmoi_http_requests_total", "motmoi_process_up")
    ]
    assert ("motmoi_lag", 3.0) in {(sample.name, sample.value) for sample in samples}
    up = {(s.labels["service"], s.labels["part"]): s.value for s in samples if s.name == "motmoi_process_up"}
    processes = {(service, part) for service in SERVICES for part in ("answer", "follow")}
    assert up == {process: process == ("documents", "answer") for process in processes}
    routes = {s.labels["route"] for s in samples if s.name == "motmoi_http_requests_total"}
    sizes = re.findall(r'^(motmoi_(?:disk_free|disk_size|database)_bytes)\{process="console"\} (\S+)$', page.text, re.M)
    assert {name for name, size in sizes if float(size) > 0} == {
        "motmoi_disk_free_bytes",
        "motmoi_disk_size_bytes",
        "motmoi_database_bytes",
    }
    assert "unknown" in routes
    assert not any("nowhere" in route for route in routes)


async def test_the_process_serves_and_ends_cleanly_on_sigterm(office: Stack) -> None:
    port = choose_port("console", 0, silent)
    environment = {
        "PATH": os.environ["PATH"],
        "MOTMOI_NATS_URL": office.nats_url,
        "MOTMOI_NATS_USER": CONSOLE,
        "MOTMOI_NATS_PASSWORD": office.credentials.nats[CONSOLE],
        "MOTMOI_DATABASE_URL": office.database_url(CONSOLE),
        "MOTMOI_HTTP_PORT": str(port),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "services.console", env=environment, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    async with asyncio.timeout(30):
        while b'"serving"' not in await process.stdout.readline():
            pass
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            answer = await client.get("/healthz")
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    assert answer.json()["parts"][1]["status"] == "ok"
    assert "server" not in answer.headers
