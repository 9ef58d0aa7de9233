"""Importing rows: each becomes a command, commands are sent many at a time, and every row gets a verdict."""

import asyncio
import hashlib
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias
from uuid import NAMESPACE_URL, UUID, uuid5

from nats.aio.client import Client
from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json, to_json

from contracts.base import Accepted, Actor, Command, Failed, FieldProblem, Invalid, Meta, Reply
from services.ops.cells import in_a_cell
from services.ops.sheets import SheetRow
from services.runtime.bus import UNREACHABLE
from services.runtime.problems import explain

Outcome: TypeAlias = Literal["accepted", "already", "rejected", "invalid", "failed"]
Make: TypeAlias = Callable[[SheetRow], Command]
"""Returns a row's command; raises ValidationError or RowRefused."""
_IN_FLIGHT = 256
_TRIES = 6
_REPLY: TypeAdapter[Reply] = TypeAdapter(Reply)


class RowRefused(Exception):
    """A row cannot become a command: which of its fields say something nobody knows, and what to write instead."""

    def __init__(self, *problems: FieldProblem) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Verdict:
    """What became of one row: what was recorded of it, or what is wrong with it.

    `already` is a row that an earlier run of the same file recorded; `facts` are those of the first event.
    """

    row: int
    outcome: Outcome
    record_id: str | None = None
    facts: dict[str, Any] | None = None
    problems: tuple[dict[str, str], ...] = ()
    notices: tuple[dict[str, str], ...] = ()
    position: int = 0


@dataclass
class RowImport:
    """One file on its way into a service; the same file and scope give the same command ids, so it can be sent again.

    What was recorded up to the log's position `head` was there before.
    """

    client: Client
    subject: str
    actor: Actor
    digest: str
    scope: str
    rehearsal: bool = False
    head: int = 0

    def command_id(self, row: int) -> UUID:
        """Return the id of a row's command: file, scope and row decide it."""
        return uuid5(NAMESPACE_URL, f"motmoi:import:{self.digest}:{self.scope}:{row}")

    async def run(self, rows: Sequence[SheetRow], make: Make, advance: Callable[[], None]) -> list[Verdict]:
        """Send every row in order, many at a time, and return the verdicts in the rows' order."""
        verdicts: list[Verdict] = []
        waiting: deque[asyncio.Task[Verdict]] = deque()
        for place, row in enumerate(rows):
            waiting.append(asyncio.create_task(self._row(row, make)))
            # The first opens the book; the others then keep the file's order.
            while waiting and (place == 0 or len(waiting) >= _IN_FLIGHT):
                verdicts.append(await waiting.popleft())
                advance()
        while waiting:
            verdicts.append(await waiting.popleft())
            advance()
        return verdicts

    async def _row(self, row: SheetRow, make: Make) -> Verdict:
        try:
            command = make(row)
        except ValidationError as error:
            problems = explain(error, skip=0).fields
            return self._verdict(row.number, Invalid(fields=tuple(in_a_cell(one) for one in problems)))
        except RowRefused as refused:
            return self._verdict(row.number, Invalid(fields=refused.problems))
        meta = Meta(
            command_id=self.command_id(row.number),
            actor=self.actor,
            correlation_id=f"import:{self.digest[:16]}",
            rehearsal=self.rehearsal,
        )
        return self._verdict(row.number, await self._send(to_json({"meta": meta, "data": command}, exclude_none=True)))

    async def _send(self, body: bytes) -> Any:
        """Ask until there is an answer: with the same command id that is safe."""
        reason = ""
        for attempt in range(_TRIES):
            if attempt:
                await asyncio.sleep(0.5 * attempt)
            try:
                reply = _REPLY.validate_json((await self.client.request(self.subject, body, timeout=20)).data)
            except UNREACHABLE as error:
                reason = str(error) or type(error).__name__
                continue
            if not isinstance(reply, Failed):
                return reply
            reason = reply.en
        return Failed(code="service-unavailable", vi=f"Dịch vụ chưa trả lời: {reason}", en=f"No answer: {reason}")

    def _verdict(self, row: int, reply: Any) -> Verdict:
        if isinstance(reply, Accepted):
            first = reply.recorded[0] if reply.recorded else None
            facts = from_json(to_json(first.data)) if first else {}
            notices = tuple(notice.model_dump() for notice in reply.notices)
            known = (self.rehearsal and first is None) or (not self.rehearsal and reply.position <= self.head)
            outcome: Outcome = "already" if known else "accepted"
            subject = first.subject.split("/")[-1] if first else None
            return Verdict(row, outcome, subject, facts, notices=notices, position=reply.position)
        if isinstance(reply, Invalid):
            return Verdict(row, "invalid", problems=tuple(problem.model_dump() for problem in reply.fields))
        problem = {"code": reply.code, "vi": reply.vi, "en": reply.en, "field": ""}
        refused = reply.outcome in ("rejected", "forbidden")
        return Verdict(row, "rejected" if refused else "failed", problems=(problem,))


def digest(content: bytes) -> str:
    """Return the digest that names a file's rows for ever."""
    return hashlib.sha256(content).hexdigest()
