"""The endpoints of journals: a year's books as a file for hledger, ledger or beancount."""

from typing import Any, get_args

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from contracts.base import Actor, Message, Query
from contracts.finance import ListJournal, ListTrialBalance
from services.console import exports
from services.console.api import Connections, Endpoint, connections
from services.console.calls import ask, query_fields, query_request, speaker
from services.console.journals import collecting
from services.console.journals.collecting import AskJournal
from services.console.journals.writing import Format
from services.console.papers.reading import Send
from services.console.surface import QueryOffer

MEDIA_TYPE = "text/plain; charset=utf-8"
FORMATS: tuple[Format, ...] = get_args(Format)
SUBJECTS: dict[type[Query], QueryOffer] = {
    query: QueryOffer("finance", query) for query in (ListJournal, ListTrialBalance)
}
_ASKED = QueryOffer("finance", AskJournal)


def routes() -> list[Route]:
    """Return the route of every format."""
    return [Route(f"/exports/journal.{format}", _journal(format), methods=["GET"]) for format in FORMATS]


def sending(client: Any, actor: Actor, correlation: str) -> Send:
    """Return what asks finance on behalf of somebody."""

    async def send(query: Query) -> Message:
        offer = SUBJECTS[type(query)]
        return await ask(client, offer.service, offer.subject, query_request(actor, correlation, query))

    return send


def _journal(format: Format) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        held: Connections = connections(request)
        correlation = request.state.correlation_id
        actor = await speaker(request, held.doorkeeper)
        asked = query_fields(request, _ASKED)
        assert isinstance(asked, AskJournal)
        async with held.exporting:
            file = await collecting.write(sending(held.client, actor, correlation), asked, format)
        board = f"-{asked.board.lower()}" if asked.board and asked.board.isascii() else ""
        headers = {
            "Content-Disposition": f'attachment; filename="journal-{asked.year}{board}.{format}"',
            "Content-Length": str(file.seek(0, 2)),
            "X-Correlation-Id": correlation,
        }
        file.seek(0)
        return StreamingResponse(exports.stream(file), 200, headers, MEDIA_TYPE)

    return endpoint
