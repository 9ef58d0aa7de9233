"""Tables of read models as tests fill them and look at them: folded in batches, and row by row."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import asyncpg

from services.runtime.envelope import Fact
from services.runtime.read_model import Fold, ReadModel, create_table_sql

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


def wanted(model: ReadModel, facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts that a read model takes."""
    return [fact for fact in facts if fact.type in model.events]


async def fill(database: Connection, model: ReadModel, table: str, batches: Sequence[Sequence[Fact]]) -> None:
    """Make a table of a read model anew and fold batches into it, each in a transaction of its own."""
    await database.execute(f'DROP TABLE IF EXISTS "{table}"')
    await database.execute(create_table_sql(model, table))
    folding = Fold(model, table)
    for batch in batches:
        async with database.transaction():
            await folding.apply(database, wanted(model, batch))


async def rows_of(database: Connection, model: ReadModel, table: str) -> list[tuple[Any, ...]]:
    """Return every row of a table of a read model, in the order of its keys."""
    return [tuple(row) for row in await database.fetch(f'SELECT * FROM "{table}" ORDER BY "{model.key_column}"')]
