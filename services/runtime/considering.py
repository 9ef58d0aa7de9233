"""Answers that take seconds to work out: considered beside the event loop, and one at a time."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from contracts.base import Failed
from services.runtime.problems import CONSIDERING, problem


@dataclass(frozen=True)
class Considered:
    """What a query's reading returns instead of an answer: how the answer follows from what was read.

    `work` is pure, gets the service's tables of rules, and is done in a thread after the connection was given back. It
    may raise Refused. Its answer holds no personal values: none are opened in it.
    """

    work: Callable[[Any], BaseModel]


class ConsideringUnavailable(Exception):
    """Another answer is being worked out; `reply` says so, and when to ask again."""

    def __init__(self, reply: Failed) -> None:
        super().__init__(reply.en)
        self.reply = reply


class OneAtATime:
    """Works answers out, never two at once, so that the rest of the service keeps a processor and its memory."""

    def __init__(self) -> None:
        """Begin with nothing to do."""
        self.busy = False

    async def answer(self, found: Any, rules: Any) -> Any:
        """Return what was found, worked out where that is still to be done; raise ConsideringUnavailable when busy."""
        if not isinstance(found, Considered):
            return found
        if self.busy:
            raise ConsideringUnavailable(problem(Failed, CONSIDERING))
        self.busy = True
        working = asyncio.get_running_loop().run_in_executor(None, found.work, rules)
        working.add_done_callback(self._done)
        # Whoever asked may be gone; the thread goes on to its end, and only then may the next begin.
        return await asyncio.shield(working)

    def _done(self, _: object) -> None:
        self.busy = False
