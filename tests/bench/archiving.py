"""What the second copy costs: archiving a whole history, answering only when both copies have it, and proving."""

import asyncio
import json
import os
import time
from typing import Any

from load import ACTOR
from office import Office, generate

AUDITOR = {**ACTOR, "roles": ["auditor"]}
_CLIENTS = (1, 8, 64)


async def archived(office: Office, events: int) -> dict[str, Any]:
    """Let audit begin with the whole history; return how fast archive, tree and trail came up."""
    begun = time.perf_counter()
    await office.start("audit", "audit-follow")
    head, measured = await office.head(), {}
    waiting = {"archived, hashed into the tree": "archive", "trail, indexed": "trail_v1"}
    while waiting:
        positions = await office.positions("audit")
        for name, follower in list(waiting.items()):
            if positions.get(follower, 0) >= head:
                seconds = time.perf_counter() - begun
                measured[name] = {
                    "events": events,
                    "seconds": round(seconds, 2),
                    "events_per_s": round(events / seconds),
                }
                del waiting[name]
        await asyncio.sleep(0.1)
    return measured


async def two_copies(office: Office, tasks: dict[str, dict[str, Any]], seconds: float) -> dict[str, Any]:
    """Measure commands answered by one copy, and by two, while the archive runs."""
    measured = {}
    for copies in ("one copy", "two copies"):
        os.environ["MOTMOI_TWO_COPIES"] = "yes" if copies == "two copies" else "no"
        await office.stop("documents")
        await office.start("documents")
        for name, task in tasks.items():
            await generate("load.py", {**task, "seconds": 1.0, "clients": 8})
            for clients in _CLIENTS:
                found = await generate("load.py", {**task, "seconds": seconds, "clients": clients})
                measured[f"{name}, {copies}, {clients} at once"] = found
                await office.caught_up(policies=False)
    return measured


async def proofs(office: Office, count: int = 200) -> dict[str, Any]:
    """Measure evidence, each reading recorded before it is answered; and the size of one file."""
    head, times, size = await office.head(), [], 0
    while not await _signed(office, head):
        await asyncio.sleep(0.5)
    for turn in range(count):
        asked = {"sequence": 1 + turn * (head - 1) // count}
        request = json.dumps({"actor": AUDITOR, "correlation_id": "bench", "data": asked}).encode()
        begun = time.perf_counter()
        reply = json.loads((await office.operator.request("query.audit.evidence", request, timeout=30)).data)
        times.append(time.perf_counter() - begun)
        size = len(reply["result"]["content"].encode())
    ordered = sorted(times)
    return {
        "evidence": {
            "count": count,
            "p50_ms": round(ordered[count // 2] * 1000, 2),
            "p99_ms": round(ordered[int((count - 1) * 0.99)] * 1000, 2),
            "file_bytes": size,
        }
    }


async def _signed(office: Office, position: int) -> bool:
    request = json.dumps(
        {"actor": AUDITOR, "correlation_id": "bench", "data": {"tree_size": position, "limit": 1}}
    ).encode()
    reply = json.loads((await office.operator.request("query.audit.checkpoints", request, timeout=30)).data)
    return bool(reply.get("result", {}).get("rows"))
