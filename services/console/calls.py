"""One request to one service: who speaks, under which ids, and the reply, whatever happens on the way."""

import re
from typing import Any
from uuid import UUID, uuid4, uuid5

from nats.aio.client import Client
from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json, to_json
from starlette.requests import Request

from contracts.base import Actor, Failed, FieldProblem, Invalid, Message, Meta, Query, Reply
from services.console.doorkeeper import Doorkeeper
from services.console.refusals import SERVICE_UNAVAILABLE, TOKEN_MISSING, TOKEN_REFUSED, Stop, Unauthenticated, invalid
from services.console.surface import QueryOffer
from services.runtime import bus, database
from services.runtime.problems import DATABASE_UNAVAILABLE, explain, problem

BODY_LIMIT_BYTES = 1_000_000
KEY_LIMIT = 200
REQUEST_TIMEOUT_S = 15.0
_COMMAND_IDS = UUID("6f0d5c1e-7a55-5d0e-9a53-6d6f746d6f69")
_UUID = re.compile(r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")
_UNESCAPED_ZONE = re.compile(r"^(\d{4}-\d\d-\d\dT[\d:.]+) (\d\d:?\d\d)$")
_CORRELATION = re.compile(r"^[A-Za-z0-9:._\-]{1,128}$")
_REPLY: TypeAdapter[Any] = TypeAdapter(Reply)


async def speaker(request: Request, doorkeeper: Doorkeeper) -> Actor:
    """Return whose token came with the request; raise Stop with 401, or 503 when tokens cannot be looked up."""
    scheme, _, text = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise Stop(problem(Unauthenticated, TOKEN_MISSING))
    try:
        actor = await doorkeeper.recognise(text.strip())
    except database.UNREACHABLE:
        raise Stop(problem(Failed, DATABASE_UNAVAILABLE)) from None
    if actor is None:
        raise Stop(problem(Unauthenticated, TOKEN_REFUSED))
    return actor


def command_id(request: Request, actor: Actor) -> UUID:
    """Return the command's identity: the Idempotency-Key as a UUID, derived from it and the speaker, or a new one."""
    key = request.headers.get("idempotency-key")
    if key is None:
        return uuid4()
    if _UUID.match(key):
        return UUID(key)
    if not key.strip() or len(key) > KEY_LIMIT:
        raise Stop(
            invalid(
                "Idempotency-Key",
                "bad-key",
                f"Mã chống ghi trùng phải có từ 1 đến {KEY_LIMIT} ký tự.",
                f"The idempotency key must have 1 to {KEY_LIMIT} characters.",
            )
        )
    return uuid5(_COMMAND_IDS, f"{actor.id}\n{key}")


def correlation_id(request: Request, otherwise: object) -> str:
    """Return the request's X-Correlation-Id when it is well-formed, else the given id."""
    given = request.headers.get("x-correlation-id", "")
    return given if _CORRELATION.match(given) else str(otherwise)


async def body(request: Request) -> bytes:
    """Return the request's body: one JSON object in UTF-8 of at most 1 MB; raise Stop with Invalid naming `body`."""
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        if len(received) > BODY_LIMIT_BYTES:
            raise Stop(
                invalid("body", "body-too-large", "Nội dung không được quá 1 MB.", "The body must not exceed 1 MB.")
            )
    raw = bytes(received)
    try:
        parsed = from_json(raw, allow_inf_nan=False)
    except ValueError as error:
        raise Stop(
            invalid(
                "body",
                "json_invalid",
                f"Nội dung không phải JSON hợp lệ (UTF-8): {error}.",
                f"The body is not valid JSON (UTF-8): {error}.",
            )
        ) from None
    if not isinstance(parsed, dict):
        raise Stop(invalid("body", "model_type", "Phải là một đối tượng JSON.", "It must be a JSON object."))
    return raw


def query_fields(
    request: Request, offer: QueryOffer, refused: frozenset[str] = frozenset(), others: frozenset[str] = frozenset()
) -> Query:
    """Return the query its string describes; raise Stop with Invalid naming each unknown or malformed field.

    Fields named in `others` belong to somebody else and are passed over.
    """
    given: dict[str, Any] = {}
    for name in dict.fromkeys(name for name, _ in request.query_params.multi_items() if name not in others):
        values = request.query_params.getlist(name)
        # A plus sign in an address means a space; people write the zone of a time with it as it is.
        values = [_UNESCAPED_ZONE.sub(r"\1+\2", value) for value in values]
        given[name] = values if len(values) > 1 or name in offer.lists else values[0]
    unknown = tuple(
        FieldProblem(
            field=name,
            code="extra_forbidden",
            vi="Trường này không dùng khi kết xuất; đề nghị bỏ.",
            en="This field is not used in an export; remove it.",
        )
        for name in given
        if name in refused
    )
    if unknown:
        raise Stop(Invalid(fields=unknown))
    try:
        return offer.message.model_validate(given)
    except ValidationError as error:
        raise Stop(explain(error)) from None


def command_request(meta: Meta, raw: bytes) -> bytes:
    """Return the message of a command; `raw` is JSON that was parsed once, and goes on untouched."""
    return b'{"meta":' + to_json(meta) + b',"data":' + raw + b"}"


def query_request(actor: Actor, correlation: str, query: Query) -> bytes:
    """Return the message of a query."""
    return to_json({"actor": actor, "correlation_id": correlation, "data": query})


async def ask(client: Client, service: str, subject: str, message: bytes) -> Message:
    """Return the service's reply; `Failed` naming the service when it does not answer in 15 s."""
    unavailable = problem(Failed, SERVICE_UNAVAILABLE, service=service)
    if not client.is_connected:
        return unavailable
    try:
        answer = await client.request(subject, message, timeout=REQUEST_TIMEOUT_S)
    except bus.UNREACHABLE:
        return unavailable
    reply: Message = _REPLY.validate_json(answer.data)
    return reply
