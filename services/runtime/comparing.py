"""Comparing a read model's live table with another one folded from the log: which rows differ, and in what."""

from dataclasses import dataclass

from services.runtime.read_model import Database, ReadModel

NAMED = 10
_COMPARING_S = 600


@dataclass(frozen=True)
class Difference:
    """One row that differs: the columns that do, as text; None on the side that has no such row."""

    key: str
    live: dict[str, str | None] | None
    rebuilt: dict[str, str | None] | None


@dataclass(frozen=True)
class Comparison:
    """How many rows the other table has and how many differ, the keys of the first ten, and the first in full."""

    rows: int
    differences: int
    keys: tuple[str, ...] = ()
    first: Difference | None = None


async def compare(database: Database, model: ReadModel, other: str) -> Comparison:
    """Compare the live table row by row with `other`; columns that PostgreSQL generates follow from the rest.

    Both must stand still for as long as the caller's transaction looks at them.
    """
    key = f'"{model.key_column}"'
    live, rebuilt = (", ".join(f'{side}."{name}"' for name in model.column_names) for side in "lr")
    await database.execute("SET LOCAL work_mem = '256MB'")
    rows = await database.fetchval(f'SELECT count(*) FROM "{other}"', timeout=_COMPARING_S)
    differing = await database.fetch(
        f"SELECT coalesce(l.{key}, r.{key}) AS key, count(*) OVER () AS differences "
        f'FROM "{model.table}" l FULL JOIN "{other}" r ON l.{key} = r.{key} '
        f"WHERE ({live}) IS DISTINCT FROM ({rebuilt}) ORDER BY 1 LIMIT {NAMED}",
        timeout=_COMPARING_S,
    )
    if not differing:
        return Comparison(rows, 0)
    keys = tuple(row["key"] for row in differing)
    return Comparison(rows, differing[0]["differences"], keys, await _difference(database, model, other, keys[0]))


async def _difference(database: Database, model: ReadModel, other: str, key: str) -> Difference:
    names = ", ".join(f'"{name}"::text' for name in model.column_names)
    live, rebuilt = [
        await database.fetchrow(f'SELECT {names} FROM "{table}" WHERE "{model.key_column}" = $1', key)
        for table in (model.table, other)
    ]
    if live is None or rebuilt is None:
        return Difference(key, dict(live) if live else None, dict(rebuilt) if rebuilt else None)
    differing = [name for name in model.column_names if live[name] != rebuilt[name]]
    return Difference(key, {name: live[name] for name in differing}, {name: rebuilt[name] for name in differing})
