"""Asking the services for what a paper says, as the one who asks for the paper, and of one moment."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from contracts.base import Answered, ListQuery, Message, Page, Query, Rejected, Row
from services.console.papers.refusals import TOO_LONG
from services.console.refusals import Stop
from services.runtime.problems import problem

PAGE_ROWS = 1000
Send = Callable[[Query], Awaitable[Message]]
R = TypeVar("R", bound=Message)


class Reader:
    """Asks queries for one paper; each raises Stop with the service's reply when that is no answer.

    A paper asked as of a moment is of one position of the log throughout.
    """

    def __init__(self, send: Send, asked: Query, kind: str, most_rows: int) -> None:
        """Ask through `send`, as of what `asked` says; more than `most_rows` rows are refused for files of `kind`."""
        self._send = send
        self._past: dict[str, Any] = {"as_of": asked.as_of, "as_of_position": asked.as_of_position}
        self._after = asked.after
        self._kind = kind
        self._most_rows = most_rows

    async def one(self, query: Query, answer: type[R]) -> R:
        """Return a query's answer."""
        return answer.model_validate(await self._result(query))

    async def every(self, query: ListQuery, row: type[R]) -> list[R]:
        """Return all rows of a list in its order, page by page; raises Stop when there are too many for one paper."""
        assert issubclass(row, Row)
        page = Page[row]  # type: ignore[valid-type]
        found: list[Any] = []
        cursor: str | None = None
        while True:
            asked = query.model_copy(update={"limit": PAGE_ROWS, "cursor": cursor})
            answered = page.model_validate(await self._result(asked))
            found += answered.rows
            if len(found) > self._most_rows:
                limit, rows = f"{self._most_rows:,}", f"> {self._most_rows:,}"
                raise Stop(problem(Rejected, TOO_LONG, rows=rows, limit=limit, file=self._kind.upper()))
            cursor = answered.next_cursor
            if cursor is None:
                return found

    async def _result(self, query: Query) -> Any:
        reply = await self._send(query.model_copy(update={**self._past, "after": self._after}))
        if not isinstance(reply, Answered):
            raise Stop(reply)
        if self._past["as_of"] is not None:
            self._past = {"as_of": None, "as_of_position": reply.position}
        return reply.result
