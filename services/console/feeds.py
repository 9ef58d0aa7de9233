"""Feeds by their secret addresses: no other key is asked for, and the secret is written down nowhere."""

import asyncio
import hashlib
import re

from pydantic_core import to_json
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.base import Actor, Answered, Message, Rejected
from contracts.scheduling import FEED_UNKNOWN, FeedCalendar, GetFeedCalendar
from services.console import feed_writing
from services.console.api import connections
from services.console.calls import ask, query_request
from services.console.refusals import FEED_REVOKED, Gone, NotFound, Stop
from services.console.replies import respond
from services.console.surface import QueryOffer
from services.runtime.problems import problem

FORM = re.compile(r"([A-Za-z0-9_-]{43})\.ics")
_OFFER = QueryOffer("scheduling", GetFeedCalendar)
_CONSOLE = Actor(id="service:console", name="console", roles=("service",))
_UNSAID = "/feeds/*"


def routes() -> list[Route]:
    """Return the route of feeds; HEAD is answered as GET is."""

    async def endpoint(request: Request) -> Response:
        form = FORM.fullmatch(request.path_params["name"])
        # Whatever goes wrong from here on is told and logged without the secret.
        request.scope["path"], request.scope["raw_path"], request.scope["path_params"] = _UNSAID, b"", {}
        correlation = request.state.correlation_id
        try:
            if form is None:
                raise Stop(problem(NotFound, FEED_UNKNOWN))
            reply = await _asked(request, form[1])
        except Stop as stop:
            return respond(request, stop.reply, correlation)
        feed = FeedCalendar.model_validate(reply.result)
        return await _sent(request, feed)

    return [Route("/feeds/{name}", endpoint, methods=["GET"])]


async def _asked(request: Request, secret: str) -> Answered:
    """Return what scheduling shows for a secret, of which it is told the digest alone; raise Stop."""
    query = GetFeedCalendar(secret_sha256=hashlib.sha256(secret.encode()).hexdigest())
    message = query_request(_CONSOLE, request.state.correlation_id, query)
    reply: Message = await ask(connections(request).client, _OFFER.service, _OFFER.subject, message)
    if isinstance(reply, Rejected) and reply.code == FEED_UNKNOWN.code:
        raise Stop(problem(NotFound, FEED_UNKNOWN))
    if not isinstance(reply, Answered):
        raise Stop(reply)
    if reply.result["revoked"]:
        raise Stop(problem(Gone, FEED_REVOKED))
    return reply


async def _sent(request: Request, feed: FeedCalendar) -> Response:
    tag = f'"{hashlib.sha256(to_json(feed)).hexdigest()[:32]}-{feed_writing.FORMAT}"'
    headers = {
        "Cache-Control": "private, no-cache",
        "ETag": tag,
        "X-Correlation-Id": request.state.correlation_id,
        "X-Robots-Tag": "noindex",
    }
    if _has(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    text = await asyncio.to_thread(feed_writing.write, feed)
    headers["Content-Disposition"] = 'inline; filename="lich.ics"'
    return Response(text, 200, headers, feed_writing.MEDIA_TYPE)


def _has(known: str, tag: str) -> bool:
    return known.strip() == "*" or tag in (each.strip().removeprefix("W/") for each in known.split(","))
