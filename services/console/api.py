"""The endpoints of the API: one shape for every command, one for every query, one for every export."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from asyncpg import Pool
from nats.aio.client import Client
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from contracts.base import Answered, Meta
from services.console import exports
from services.console.calls import (
    ask,
    body,
    command_id,
    command_request,
    correlation_id,
    query_fields,
    query_request,
    speaker,
)
from services.console.doorkeeper import Doorkeeper
from services.console.refusals import Stop
from services.console.replies import respond
from services.console.surface import COMMANDS, EXPORTS, FORMATS, QUERIES, CommandOffer, QueryOffer

EXPORTS_AT_ONCE = 2
PAGING = frozenset({"limit", "cursor"})
Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Connections:
    """What a running console holds open."""

    client: Client
    pool: Pool
    doorkeeper: Doorkeeper
    exporting: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(EXPORTS_AT_ONCE))


def connections(request: Request) -> Connections:
    """Return what the console that serves this request holds open."""
    held: Connections = request.app.state.connections
    return held


def routes() -> list[Route]:
    """Return every route under /api."""
    return [
        *(Route(offer.path, _command(offer), methods=["POST"]) for offer in COMMANDS),
        *(Route(offer.path, _query(offer), methods=["GET"]) for offer in QUERIES),
        *(Route(f"{o.path}.{kind}", _export(o, kind), methods=["GET"]) for o in EXPORTS for kind in FORMATS),
    ]


def _command(offer: CommandOffer) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        held = connections(request)
        actor = await speaker(request, held.doorkeeper)
        identity = command_id(request, actor)
        correlation = request.state.correlation_id = correlation_id(request, identity)
        headers = {"Motmoi-Command-Id": str(identity)}
        try:
            meta = Meta(command_id=identity, actor=actor, correlation_id=correlation)
            message = command_request(meta, await body(request))
            reply = await ask(held.client, offer.service, offer.subject, message)
        except Stop as stop:
            reply = stop.reply
        return respond(request, reply, correlation, headers)

    return endpoint


def _query(offer: QueryOffer) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        held = connections(request)
        correlation = request.state.correlation_id
        actor = await speaker(request, held.doorkeeper)
        message = query_request(actor, correlation, query_fields(request, offer))
        return respond(request, await ask(held.client, offer.service, offer.subject, message), correlation)

    return endpoint


def _export(offer: QueryOffer, kind: str) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        held = connections(request)
        correlation = request.state.correlation_id
        actor = await speaker(request, held.doorkeeper)
        query = query_fields(request, offer, refused=PAGING)

        async def page(cursor: str | None) -> Any:
            nonlocal query
            asked = query.model_copy(update={"limit": exports.PAGE_ROWS, "cursor": cursor})
            reply = await ask(held.client, offer.service, offer.subject, query_request(actor, correlation, asked))
            if not isinstance(reply, Answered):
                raise Stop(reply)
            if query.as_of is not None:  # one file is of one position, whatever is recorded meanwhile
                query = query.model_copy(update={"as_of": None, "as_of_position": reply.position})
            return reply.result

        async with held.exporting:
            file = await exports.write(offer, kind, page)
        today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
        headers = {
            "Content-Disposition": f'attachment; filename="{offer.name}-{today}.{kind}"',
            "Content-Length": str(file.seek(0, 2)),
            "X-Correlation-Id": correlation,
        }
        file.seek(0)
        return StreamingResponse(exports.stream(file), 200, headers, exports.MEDIA_TYPES[kind])

    return endpoint


def fresh_correlation_id(request: Request) -> str:
    """Return the id this request is known by before its command has one."""
    return correlation_id(request, uuid4())
