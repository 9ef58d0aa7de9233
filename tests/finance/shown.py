"""What finance shows, as PostgreSQL holds it and its queries answer."""

from collections.abc import Sequence
from typing import Any

import asyncpg

from contracts.base import Actor, ListQuery, Query
from services.runtime.envelope import Fact
from services.runtime.manifest import QueryRule
from services.runtime.read_model import Fold, ReadModel, create_indexes_sql, create_table_sql

ACCOUNTANT = Actor(id="user:le.thi.ke", name="Lê Thị Kế", roles=("accountant",))


class Shown:
    """The read models of some questions in one schema, filled from facts, and asked as people ask."""

    ACCOUNTANT = ACCOUNTANT

    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]", rules: Sequence[QueryRule]) -> None:
        self.connection = connection
        self.rules = rules
        self.MODELS = tuple({model.name: model for rule in rules for model in rule.reads}.values())

    async def build(self, facts: Sequence[Fact]) -> None:
        """Fill every table anew from facts, with its indexes."""
        for model in self.MODELS:
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

    async def ask(self, query: Query, actor: Actor = ACCOUNTANT) -> Any:
        """Return a query's answer, which is of the shape its query promises."""
        rule = next(rule for rule in self.rules if rule.query is type(query))
        assert rule.query.allowed.intersection(actor.roles)
        answer = await rule.answer(query, actor).read(self.connection)
        return query.answer.model_validate_json(answer.model_dump_json())

    async def pages(self, query: ListQuery, actor: Actor = ACCOUNTANT) -> list[Any]:
        """Return every row of a list, page after page by cursor."""
        found: list[Any] = []
        while True:
            page = await self.ask(query, actor)
            found += page.rows
            if page.next_cursor is None:
                return found
            assert len(page.rows) == query.limit
            query = query.model_copy(update={"cursor": page.next_cursor})
