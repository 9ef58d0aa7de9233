"""Asking audit for trails and causes as the operator, and saying in the office's words what they show."""

import re
from collections.abc import AsyncIterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from nats.aio.client import Client
from pydantic import BaseModel, TypeAdapter
from pydantic_core import to_json

from contracts.audit import Causes, Change, GetCauses, ListTrail, TrailRow
from contracts.base import Answered, FieldProblem, Invalid, Page, Problem, Query, QueryRequest, Reply, wire_name
from contracts.titles import Title, field_title, record_title, value_title
from services.ops.language import in_language
from services.ops.office import operator_actor
from services.runtime.bus import api

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOTHING = "–"
_TIMEOUT_S = 30
_REPLY: TypeAdapter[Any] = TypeAdapter(Reply)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)")
_FORMS = ("%d/%m/%Y", "%Y-%m-%d", "%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M")


class Refusing(Exception):
    """Audit did not answer the question; the message says why and what to do next."""


async def trail(client: Client, query: ListTrail) -> AsyncIterator[Page[TrailRow]]:
    """Yield every page of a trail, the first with all that is in the log by now; raise Refusing.

    Each page asked for is recorded as read by the operator.
    """
    query = query.model_copy(update={"after": await _head(client)})
    while True:
        page = Page[TrailRow].model_validate(await ask(client, query))
        yield page
        if page.next_cursor is None:
            return
        query = query.model_copy(update={"cursor": page.next_cursor, "after": 0})


async def causes(client: Client, correlation_id: str) -> Causes:
    """Return the tree of causes of a request; raise Refusing."""
    query = GetCauses(correlation_id=correlation_id, after=await _head(client))
    return Causes.model_validate(await ask(client, query))


async def _head(client: Client) -> int:
    return int((await api(client, "STREAM.INFO.EVENTS", timeout_s=5))["state"]["last_seq"])


async def ask(client: Client, query: Query) -> Any:
    """Ask audit as the operator and return its answer, as decoded JSON; raise Refusing."""
    request = QueryRequest[Any](actor=operator_actor(), correlation_id=f"motmoi:{uuid4()}", data=query)
    answer = await client.request(f"query.audit.{wire_name(type(query))}", to_json(request), timeout=_TIMEOUT_S)
    reply = _REPLY.validate_json(answer.data)
    if isinstance(reply, Answered):
        return reply.result
    raise Refusing(refusal_text(reply))


def refusal_text(reply: BaseModel) -> str:
    """Return why something was not done, in the reader's language, with the fields at fault."""
    if isinstance(reply, Invalid):
        return "; ".join(f"{one.field}: {_said(one)}" for one in reply.fields)
    assert isinstance(reply, Problem)
    return _said(reply)


def _said(text: FieldProblem | Problem | Title | TrailRow | Change) -> str:
    return in_language(vi=text.vi, en=text.en)


# --- in words -------------------------------------------------------------------------------------------------------


def moment(text: str, *, until: bool = False) -> datetime:
    """Return the moment somebody means by `23/11/2026` or `2026-11-23 09:00`, on the office's own clock.

    A day by itself is its beginning, or its end where it is said to be the last; raises ValueError.
    """
    for form in _FORMS:
        try:
            found = datetime.strptime(text, form).replace(tzinfo=HANOI)
        except ValueError:
            continue
        return found + timedelta(days=1) if until and "%H" not in form else found
    raise ValueError(text)


def title(row: TrailRow) -> str:
    """Return what happened."""
    return _said(row)


def record_kind(row: TrailRow) -> str:
    """Return what kind of record it happened to."""
    return _said(record_title(row.service, row.aggregate))


def record(row: TrailRow) -> str:
    """Return which record it happened to: its kind and its id."""
    return f"{record_kind(row)} {row.id}"


def local(time: datetime) -> str:
    """Return a moment on the office's own clock."""
    return f"{time.astimezone(HANOI):%d/%m/%Y %H:%M:%S}"


def change(row: TrailRow, one: Change) -> tuple[str, str, str]:
    """Return a change's field, what was before and what is after."""
    return _said(one), in_words(row.type, one.field, one.before), in_words(row.type, one.field, one.after)


def changes(row: TrailRow) -> list[str]:
    """Return each change of an event as one line of text; before is left out where nothing was."""
    return [
        f"{name}: {after}" if one.before is None else f"{name}: {before} → {after}"
        for one in row.changes
        for name, before, after in [change(row, one)]
    ]


def in_words(kind: str, path: str, value: object) -> str:
    """Return a value of an event's field as people write it: codes by their names, days and times as in the office."""
    code = value_title(path.rsplit(".", 1)[-1], value)
    if code:
        return _said(code)
    if value is None or value in ("", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return in_language(vi="có", en="yes") if value else in_language(vi="không", en="no")
    if isinstance(value, list):
        return ("; " if any(isinstance(part, dict) for part in value) else ", ").join(
            in_words(kind, path, part) for part in value
        )
    if isinstance(value, Mapping):
        return _parts_in_words(kind, path, value)
    text = str(value)
    if _DAY.fullmatch(text):
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    return local(datetime.fromisoformat(text)) if _MOMENT.fullmatch(text) else text


def _parts_in_words(kind: str, path: str, parts: Mapping[str, object]) -> str:
    if "sealed" in parts:
        sealed = in_language(vi="danh tính được niêm phong", en="identity sealed")
        return f"{parts.get('person')} ({sealed})"
    return ", ".join(
        f"{_said(field_title(kind, f'{path}.{name}'))}: {in_words(kind, f'{path}.{name}', part)}"
        for name, part in parts.items()
    )
