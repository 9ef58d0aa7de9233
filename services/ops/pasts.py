"""Asking a service, as the operator, what its read models answered at a moment of the past."""

import asyncio
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from nats.aio.client import Client
from pydantic import TypeAdapter, ValidationError

from contracts.base import Answered, Query, Reply
from services.console.calls import query_request
from services.console.surface import QueryOffer
from services.ops import trails
from services.ops.office import operator_actor
from services.runtime.problems import PAST_BUILDING, explain

_TIMEOUT_S = 30
_ASK_AGAIN_S = 0.5
_POSITION = re.compile(r"\d+")
_REPLY: TypeAdapter[Any] = TypeAdapter(Reply)


class NotAsked(Exception):
    """The question is not one the service could be asked, or it was refused; the message says why."""


def past(text: str) -> dict[str, Any]:
    """Return the field that asks of a past: a position of the log, or a moment, by the office's clock without a zone.

    A day by itself means its end. Raises ValueError for anything else.
    """
    if _POSITION.fullmatch(text):
        return {"as_of_position": int(text)}
    try:
        moment = trails.moment(text, until=True)
        by_day = trails.moment(text) != moment
    except ValueError:
        moment, by_day = datetime.fromisoformat(text), False
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=trails.HANOI)
    # A day ends before the next begins.
    return {"as_of": (moment - timedelta(microseconds=1) if by_day else moment).astimezone(UTC)}


def question(offer: QueryOffer, given: Sequence[tuple[str, str]], of: dict[str, Any]) -> Query:
    """Return the query its fields describe, a repeated one being a list; raise NotAsked naming what is wrong."""
    words: dict[str, Any] = {}
    for name in dict.fromkeys(name for name, _ in given):
        values = [value for other, value in given if other == name]
        words[name] = values if len(values) > 1 or name in offer.lists else values[0]
    try:
        return offer.message.model_validate({**words, **of})
    except ValidationError as error:
        raise NotAsked(trails.refusal_text(explain(error))) from None


async def answer(client: Client, offer: QueryOffer, query: Query, waiting: Callable[[str], None]) -> Answered:
    """Return the service's answer, asking again for as long as the past is being put together; raise NotAsked.

    `waiting` gets what the service says meanwhile, with the percentage.
    """
    while True:
        request = query_request(operator_actor(), f"motmoi:{uuid4()}", query)
        reply = _REPLY.validate_json((await client.request(offer.subject, request, timeout=_TIMEOUT_S)).data)
        if isinstance(reply, Answered):
            return reply
        if getattr(reply, "code", None) != PAST_BUILDING.code:
            raise NotAsked(trails.refusal_text(reply))
        waiting(trails.refusal_text(reply))
        await asyncio.sleep(_ASK_AGAIN_S)
