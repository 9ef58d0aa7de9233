"""The endpoints of papers: asked for like the query behind them, answered with a file to sign or to print."""

import asyncio
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.base import Actor, Message, Query, Rejected
from services.console.api import PAGING, Connections, Endpoint, connections
from services.console.calls import ask, query_fields, query_request, speaker
from services.console.papers.offers import PAPERS, SUBJECTS, PaperOffer
from services.console.papers.paper import Labels, Made
from services.console.papers.reading import Reader
from services.console.papers.refusals import TOO_LONG
from services.console.papers.typesetting import MEDIA_TYPES, MOST_ROWS, typeset
from services.console.refusals import Stop
from services.runtime.problems import explain, problem


def routes() -> list[Route]:
    """Return every route under /papers."""
    return [
        Route(f"{offer.path}.{kind}", _paper(offer, kind), methods=["GET"])
        for offer in PAPERS
        for kind in offer.kind.files
    ]


def _paper(offer: PaperOffer, kind: str) -> Endpoint:
    others = frozenset(offer.kind.options.model_fields)

    async def endpoint(request: Request) -> Response:
        held = connections(request)
        correlation = request.state.correlation_id
        actor = await speaker(request, held.doorkeeper)
        query = query_fields(request, offer.query, refused=PAGING, others=others)
        options = _options(request, offer)
        reader = Reader(_sending(held, actor, correlation), query, kind, MOST_ROWS[kind])
        async with held.exporting:
            made = await offer.kind.make(reader, query, options)
            file = await asyncio.to_thread(_render, made, kind)
        today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
        headers = {
            "Content-Disposition": f'attachment; filename="{offer.kind.name}-{today}.{kind}"',
            "X-Correlation-Id": correlation,
        }
        return Response(file, 200, headers, MEDIA_TYPES[kind])

    return endpoint


def _options(request: Request, offer: PaperOffer) -> Message:
    given = {name: value for name, value in request.query_params.items() if name in offer.kind.options.model_fields}
    try:
        return offer.kind.options.model_validate(given)
    except ValidationError as error:
        raise Stop(explain(error)) from None


def _sending(held: Connections, actor: Actor, correlation: str) -> Any:
    async def send(query: Query) -> Message:
        offer = SUBJECTS[type(query)]
        return await ask(held.client, offer.service, offer.subject, query_request(actor, correlation, query))

    return send


def _render(made: Made, kind: str) -> bytes:
    rows, most = len(made.labels) if isinstance(made, Labels) else made.rows, MOST_ROWS[kind]
    if rows > most:
        raise Stop(problem(Rejected, TOO_LONG, rows=f"{rows:,}", limit=f"{most:,}", file=kind.upper()))
    return typeset(made, kind)
