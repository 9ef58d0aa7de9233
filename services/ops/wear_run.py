"""The December run: what is due for a year, asked for page by page, and charged in portions, several at a time."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar
from uuid import UUID, uuid4, uuid5

from nats.aio.client import Client
from pydantic import BaseModel, TypeAdapter
from pydantic_core import from_json, to_json

from contracts.assets import ChargeWear
from contracts.assets.queries import GetWearTotals, ListWearDue
from contracts.assets.rows import WearDueRow, WearTotals
from contracts.base import Accepted, Actor, Answered, Failed, Invalid, Meta, Page, Problem, Query, Reply, wire_name
from services.runtime.bus import UNREACHABLE

_PORTION = 500
_IN_FLIGHT = 4
_TRIES = 12
_TIMEOUT_S = 60.0
_REPLY: TypeAdapter[Reply] = TypeAdapter(Reply)
A = TypeVar("A", bound=BaseModel)


class WearRefused(Exception):
    """A question or a portion was not accepted; `vi` and `en` say why and what to do next."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi, self.en = vi, en


class Charged(NamedTuple):
    """What portions came to: assets charged, their wear in đồng, and the position to ask for totals from."""

    asset_count: int = 0
    wear_vnd: int = 0
    position: int = 0

    def and_also(self, other: "Charged") -> "Charged":
        """Return both together."""
        position = max(self.position, other.position)
        return Charged(self.asset_count + other.asset_count, self.wear_vnd + other.wear_vnd, position)


@dataclass(frozen=True)
class WearRun:
    """A year's run through a running office, of one unit or all; what was charged before is passed over.

    A portion's command id follows from the run and its assets, so that it can be sent again when no answer comes.
    Another run has other ids: it is told what it charged itself.
    """

    client: Client
    actor: Actor
    year: int
    unit_id: str | None = None
    rehearsal: bool = False
    portion: int = _PORTION
    id: UUID = field(default_factory=uuid4)

    async def totals(self, after: int = 0) -> WearTotals:
        """Return what was charged and what is due, as of a position; raise WearRefused."""
        return await self._ask(GetWearTotals(year=self.year, unit_id=self.unit_id, after=after), WearTotals)

    async def due(self) -> list[str]:
        """Return the ids of all assets still to be charged, in order of tags; raise WearRefused."""
        found: list[str] = []
        query = ListWearDue(year=self.year, unit_id=self.unit_id, limit=1000)
        while True:
            page = await self._ask(query, Page[WearDueRow])
            found += [row.asset_id for row in page.rows]
            if page.next_cursor is None:
                return found
            query = query.model_copy(update={"cursor": page.next_cursor})

    async def charge(self, asset_ids: Sequence[str], advance: Callable[[int], None]) -> Charged:
        """Charge assets, `advance` being told how many after each portion; raise WearRefused at the first refusal.

        Portions that were accepted by then stay so: the next run goes on behind them.
        """
        size = self.portion
        portions = [asset_ids[start : start + size] for start in range(0, len(asset_ids), size)]
        free = asyncio.Semaphore(_IN_FLIGHT)
        charged = Charged()
        refused: list[WearRefused] = []

        async def one(portion: Sequence[str]) -> None:
            nonlocal charged
            async with free:
                if refused:
                    return
                try:
                    done = await self._portion(portion)
                except WearRefused as refusal:
                    refused.append(refusal)
                else:
                    charged = charged.and_also(done)
                    advance(len(portion))

        await asyncio.gather(*(one(portion) for portion in portions))
        if refused:
            raise refused[0]
        return charged

    def command_id(self, asset_ids: Sequence[str]) -> UUID:
        """Return the id of a portion's command."""
        return uuid5(self.id, "".join(asset_ids))

    async def _portion(self, asset_ids: Sequence[str]) -> Charged:
        meta = Meta(
            command_id=self.command_id(asset_ids),
            actor=self.actor,
            correlation_id=f"wear:{self.year}:{self.id}",
            rehearsal=self.rehearsal,
        )
        command = ChargeWear(year=self.year, asset_ids=tuple(asset_ids))
        reply = await self._send(f"command.assets.{wire_name(ChargeWear)}", {"meta": meta, "data": command})
        if not isinstance(reply, Accepted):
            raise _refusal(reply)
        if not reply.recorded:
            return Charged(position=reply.position)
        facts = from_json(to_json(reply.recorded[0].data))
        return Charged(facts["asset_count"], facts["wear_vnd"], reply.position)

    async def _ask(self, query: Query, kind: type[A]) -> A:
        body = {"actor": self.actor, "correlation_id": f"wear:{self.year}", "data": query}
        reply = await self._send(f"query.assets.{wire_name(type(query))}", body)
        if not isinstance(reply, Answered):
            raise _refusal(reply)
        return kind.model_validate(reply.result, strict=False)

    async def _send(self, subject: str, body: dict[str, Any]) -> Any:
        """Ask until there is an answer: with the same command id that is safe."""
        raw, reason = to_json(body, exclude_none=True), ""
        for attempt in range(_TRIES):
            if attempt:
                await asyncio.sleep(min(0.5 * attempt, 5.0))
            try:
                reply = _REPLY.validate_json((await self.client.request(subject, raw, timeout=_TIMEOUT_S)).data)
            except UNREACHABLE as error:
                reason = str(error) or type(error).__name__
                continue
            if not isinstance(reply, Failed):
                return reply
            reason = reply.en
        return Failed(code="service-unavailable", vi=f"Dịch vụ chưa trả lời: {reason}", en=f"No answer: {reason}")


def _refusal(reply: Problem | Invalid) -> WearRefused:
    if isinstance(reply, Invalid):
        return WearRefused("; ".join(one.vi for one in reply.fields), "; ".join(one.en for one in reply.fields))
    return WearRefused(reply.vi, reply.en)
