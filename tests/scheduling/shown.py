"""What scheduling shows of a history, as PostgreSQL holds it and its queries answer."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

import asyncpg

from contracts.base import Actor, Command, Event, ListQuery, Meta, Query
from services.runtime.envelope import Decoder, Fact, encode, event_types, to_bytes
from services.runtime.read_model import Fold, ReadModel, create_indexes_sql, create_table_sql
from services.scheduling.bookings import QUERY_RULES
from services.scheduling.service import SCHEDULING

if TYPE_CHECKING:
    from tests.scenario import Outcome
    from tests.scheduling.decider import Desk

MODELS = tuple({model.name: model for rule in QUERY_RULES for model in rule.reads}.values())
CLERK = Actor(id="user:nguyen.thi.hoa", name="Nguyễn Thị Hoa", roles=("clerk",))


class Recorded:
    """An office whose every fact is kept in the order of the log."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.facts: list[Fact] = []
        self._decoder = Decoder(event_types("scheduling", SCHEDULING.events), whole="scheduling")
        self._said, self._when = 0, desk.when
        desk.when = self._heard  # type: ignore[method-assign]
        desk.furnished()

    def _heard(self, command: Command, **said: Any) -> "Outcome":
        outcome = self._when(command, **said)
        self._said += 1
        actor, time = said.get("actor") or self.desk.scenario.actor, said.get("now") or self.desk.scenario.now
        meta = Meta(command_id=UUID(int=self._said), actor=actor, correlation_id=str(self._said))
        placed: dict[tuple[str, str], list[tuple[int, Event]]] = defaultdict(list)
        for place, (seen, event) in enumerate(outcome.decision):
            placed[seen.ref.aggregate.name, seen.ref.id].append((place, event))
        for (name, id), events in sorted(placed.items(), key=lambda item: item[1][0][0] == 0):
            payload = to_bytes(encode("scheduling", name, id, events, meta, time))
            sequence = self.facts[-1].sequence + 1 if self.facts else 1
            self.facts += self._decoder.facts(f"event.scheduling.{name}.{id}", sequence, payload)
        return outcome


class Shown:
    """The read models of scheduling in one schema, filled from facts, and asked as people ask."""

    MODELS = MODELS

    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        self.connection = connection

    async def build(self, facts: Sequence[Fact]) -> None:
        """Fill every table anew from facts, with its indexes."""
        for model in MODELS:
            await self.fill(model, model.table, [facts])
            for statement in create_indexes_sql(model, model.table):
                await self.connection.execute(statement)

    async def fill(self, model: ReadModel, table: str, batches: Sequence[Sequence[Fact]]) -> None:
        """Fill one table anew, batch after batch."""
        await self.connection.execute(f'DROP TABLE IF EXISTS "{table}"')
        await self.connection.execute(create_table_sql(model, table))
        folding = Fold(model, table)
        for batch in batches:
            async with self.connection.transaction():
                await folding.apply(self.connection, [fact for fact in batch if fact.type in model.events])

    async def rows(self, model: ReadModel, table: str) -> list[tuple[Any, ...]]:
        """Return every row of a table in the order of its key."""
        found = await self.connection.fetch(f'SELECT * FROM "{table}" ORDER BY "{model.key_column}"')
        return [tuple(row) for row in found]

    async def ask(self, query: Query, actor: Actor = CLERK) -> Any:
        """Return a query's answer, which is of the shape its query promises."""
        rule = next(rule for rule in QUERY_RULES if rule.query is type(query))
        answer = await rule.answer(query, actor).read(self.connection)
        return query.answer.model_validate_json(answer.model_dump_json())

    async def pages(self, query: ListQuery) -> list[Any]:
        """Return every row of a list, page after page by cursor."""
        found: list[Any] = []
        while True:
            page = await self.ask(query)
            found += page.rows
            if page.next_cursor is None:
                return found
            assert len(page.rows) == query.limit
            query = query.model_copy(update={"cursor": page.next_cursor})
