"""Speaking to the desk of scheduling as the operator: its commands, its questions, and its things by their names."""

import asyncio
import re
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID, uuid4

from nats.aio.client import Client
from pydantic import BaseModel, TypeAdapter
from pydantic_core import to_json

from contracts.base import Actor, Answered, Command, Failed, Message, Meta, Page, Query, QueryRequest, Reply, wire_name
from contracts.scheduling import BookableRow, ListBookables
from services.ops.trails import Refusing, refusal_text
from services.runtime.bus import UNREACHABLE, api

A = TypeVar("A", bound=BaseModel)
_TRIES = 6
_TIMEOUT_S = 20
_SHOWN = 5
_BOOKABLE_ID = re.compile(r"^(person|asset|own)-[a-z0-9-]{1,60}$")
_REPLY: TypeAdapter[Any] = TypeAdapter(Reply)


class ThingUnclear(Exception):
    """No thing, or several, have this name; the words say what to write instead, in Vietnamese and English."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi, self.en = vi, en


@dataclass(frozen=True)
class SchedulingDesk:
    """The desk of scheduling, spoken to by one person under one correlation id."""

    client: Client
    actor: Actor
    correlation_id: str
    rehearsal: bool = False

    async def says(self, command: Command, command_id: UUID) -> Any:
        """Return the reply to a command, asking again while there is none: with the same id that is safe."""
        meta = Meta(
            command_id=command_id, actor=self.actor, correlation_id=self.correlation_id, rehearsal=self.rehearsal
        )
        body = to_json({"meta": meta, "data": command}, exclude_none=True)
        return await self._sent(f"command.scheduling.{wire_name(type(command))}", body)

    async def asks(self, query: Query, answer: type[A]) -> A:
        """Return the answer to a question; raise Refusing."""
        reply = await self.asked(query)
        if isinstance(reply, Answered):
            return answer.model_validate(reply.result)
        raise Refusing(refusal_text(reply))

    async def asked(self, query: Query) -> Message:
        """Return the reply to a question, whatever it is."""
        request = QueryRequest[Any](actor=self.actor, correlation_id=self.correlation_id, data=query)
        reply: Message = await self._sent(f"query.scheduling.{wire_name(type(query))}", to_json(request))
        return reply

    async def head(self) -> int:
        """Return the log's last position, to ask from."""
        return int((await api(self.client, "STREAM.INFO.EVENTS", timeout_s=5))["state"]["last_seq"])

    async def thing(self, said: str) -> str:
        """Return the id that is said, or that of the one thing with such a name; raise ThingUnclear."""
        if _BOOKABLE_ID.match(said):
            return said
        query = ListBookables(text=said[:100], limit=_SHOWN + 1)
        found = (await self.asks(query, Page[BookableRow])).rows if said.strip() else ()
        same = [row for row in found if row.name.casefold() == said.strip().casefold()] or list(found)
        if len(same) == 1:
            return same[0].bookable_id
        if not same:
            vi, en = f"Không có người, phòng, xe nào tên {said}.", f"Nobody and nothing is called {said}."
            raise ThingUnclear(f"{vi} Đề nghị xem danh mục đặt lịch.", f"{en} See the list of what can be booked.")
        names = "; ".join(f"{row.name} ({row.bookable_id})" for row in same[:_SHOWN])
        raise ThingUnclear(
            f"Có nhiều lựa chọn cho {said}: {names}. Đề nghị ghi mã.", f"{said} may mean {names}. Give its id."
        )

    async def _sent(self, subject: str, body: bytes) -> Any:
        reason = ""
        for attempt in range(_TRIES):
            if attempt:
                await asyncio.sleep(0.5 * attempt)
            try:
                reply = _REPLY.validate_json((await self.client.request(subject, body, timeout=_TIMEOUT_S)).data)
            except UNREACHABLE as error:
                reason = str(error) or type(error).__name__
                continue
            if not isinstance(reply, Failed):
                return reply
            reason = reply.en
        return Failed(code="service-unavailable", vi=f"Dịch vụ chưa trả lời: {reason}", en=f"No answer: {reason}")


def correlation(about: str) -> str:
    """Return a correlation id for what one run of the command line is about."""
    return f"{about}:{uuid4()}"
