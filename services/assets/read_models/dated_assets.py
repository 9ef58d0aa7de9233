"""Assets as they were or will be on a day, in SQL: fifty thousand are valued where they lie.

The wear of years that were not charged is that of `services.assets.rules.wear.charged`, year after year, by the
tables in force; the tests compare the two over histories of every kind.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, TypeAlias

from contracts.assets.queries import AssetFilter
from services.assets.read_models.asset_values import ASSET_VALUES
from services.assets.read_models.classes import CLASSES
from services.assets.rules.wear import Life, december, table_life
from services.runtime.gathering import Record
from services.runtime.read_model import Database

_FIRST_YEAR, _LAST_YEAR = 1930, 2100
_SINCE = {"s": "valued_from", "h": "held_from", "p": "placed_from", "k": "kept_from", "c": "found_on"}
GROUPS = {
    "unit": "v.holders[h.at]",
    "class": "v.classes[s.at]",
    "class_group": "split_part(v.classes[s.at], '.', 1)",
    "site": "v.sites[p.at]",
    "division": "v.divisions[p.at]",
    "custodian": "v.custodians[k.at]",
    "condition": "v.conditions[c.at]",
}
"""By what assets can be told apart on a day, as expressions over the entries that hold then."""
_WHO = ("asset_id", "tag", "name", "booked_on")
_STANDING = f"""
SELECT {{who}} v.costs[s.at] AS cost_vnd, v.worn[s.at] AS accumulated_vnd, v.lives[s.at] AS life, v.rates[s.at] AS rate,
       v.own[s.at] AS own, v.next_years[s.at] AS next_year, v.last_years[s.at] AS last_year,
       v.catch_ups[s.at] AS catch_up, v.classes[s.at] AS class_code, 0::bigint AS wear_vnd, 0 AS steps,
       {{key}} AS key
FROM "{ASSET_VALUES.table}" v {{entries}}
WHERE s.at > 0 AND v.in_books[s.at] {{conditions}} {{tail}}
"""
# OFFSET 0 has each place looked up once, not for every list that is read there.
_ENTRY = "CROSS JOIN LATERAL (SELECT width_bucket($1::date, v.{}) AS at OFFSET 0) {}"
_LAST_ENTRY = "CROSS JOIN LATERAL (SELECT cardinality(v.valued_from) AS at) s"
_YEARS_ON = """
SELECT {who} w.cost_vnd, w.accumulated_vnd + a.amount, n.life, n.rate, w.own, n.through + 1, p.last_year, 0,
       w.class_code, a.amount, w.steps + 1, w.key
FROM worn w
LEFT JOIN law ON law.class_code = w.class_code AND law.year = w.next_year AND NOT w.own
CROSS JOIN LATERAL (SELECT coalesce(law.life, w.life) AS life, coalesce(law.rate, w.rate) AS rate,
                           (law.life, law.rate) <> (w.life, w.rate) AS renewed, {through} AS through,
                           w.cost_vnd - w.accumulated_vnd AS residual OFFSET 0) n
CROSS JOIN LATERAL (SELECT (w.cost_vnd * n.rate + 5000) / 10000 AS amount) yearly
CROSS JOIN LATERAL (SELECT (n.residual - 1) / greatest(yearly.amount, 1) + 1 AS years) remaining
CROSS JOIN LATERAL (SELECT CASE WHEN n.renewed IS NOT TRUE THEN w.last_year
                                WHEN w.catch_up > 0 THEN w.next_year + greatest(remaining.years - w.catch_up, 0)::int
                                ELSE w.next_year + remaining.years::int - 1 END AS last_year OFFSET 0) p
CROSS JOIN LATERAL (SELECT CASE WHEN n.through < p.last_year
                                THEN least(n.residual,
                                           yearly.amount * (greatest(w.catch_up, 1) + n.through - w.next_year))
                                ELSE n.residual END AS amount OFFSET 0) a
WHERE w.next_year <= $2 AND w.accumulated_vnd < w.cost_vnd {once}
"""
_WORN = """
WITH RECURSIVE law AS MATERIALIZED (
    SELECT * FROM unnest($3::text[], $4::int[], $5::int[], $6::int[], $7::int[])
                  AS law(class_code, year, life, rate, until)
), standing AS ({standing}), worn AS (SELECT * FROM standing UNION ALL {years_on})
"""
_AS_LONG_AS_THE_TABLE_STAYS = "least($2, coalesce(law.until, $2))"
_DONE = "(next_year IS NULL OR next_year > $2 OR accumulated_vnd >= cost_vnd)"


class DatedAssets:
    """A statement over assets of a day; conditions and entries are added before `values` or `totals` reads."""

    def __init__(self, day: date, *, by: str = "nothing") -> None:
        """Mean the end of a day; rows are told apart by a key of GROUPS."""
        self.day = day
        self._values: list[object] = [day, charged_through(day), *_law()]
        self._conditions: list[str] = []
        self._key = GROUPS.get(by, "NULL::text")

    def where(self, condition: str, value: object) -> "DatedAssets":
        """Add a condition over `v` and its entries with `{}` for its value; a value of None adds nothing."""
        if value is not None:
            self._values.append(value)
            self._conditions.append(f"AND {condition.format(f'${len(self._values)}')}")
        return self

    def filtered(self, query: AssetFilter) -> "DatedAssets":
        """Narrow to what the filter says of assets on the day."""
        group = query.class_code if query.class_code and "." not in query.class_code else None
        return (
            self.where(f"{GROUPS['unit']} = {{}}", query.unit_id)
            .where(f"{GROUPS['class_group']} = {{}}", group)
            .where(f"{GROUPS['class']} = {{}}", None if group else query.class_code)
            .where(f"{GROUPS['site']} = {{}}", query.site_id)
            .where(f"{GROUPS['division']} = {{}}", query.division_id)
            .where("v.rooms[p.at] = {}", query.room)
            .where(f"{GROUPS['custodian']} = {{}}", query.custodian_id)
            .where(f"{GROUPS['condition']} = {{}}", query.condition)
            .where("v.booked_on >= {}", query.booked_from)
            .where("v.booked_on <= {}", query.booked_to)
            .where("v.costs[s.at] >= {}", query.cost_from)
            .where("v.costs[s.at] <= {}", query.cost_to)
        )

    async def values(self, database: Database, *, behind: str | None, descending: bool, limit: int) -> Sequence[Record]:
        """Return assets behind a tag, in order of tags, with their value at the end of the day; `key` is the unit."""
        worn, order = self._page(behind, descending, limit, once=False)
        return await self._fetch(database, f"{worn} SELECT * FROM worn WHERE {_DONE} {order}")

    async def due(self, database: Database, *, behind: str | None, descending: bool, limit: int) -> Sequence[Record]:
        """Return assets as they stand now, like `values`, each after its next year's charge, which is `wear_vnd`."""
        worn, order = self._page(behind, descending, limit, once=True)
        return await self._fetch(database, f"{worn} SELECT * FROM worn WHERE steps = 1 {order}")

    async def totals(self, database: Database) -> Sequence[Record]:
        """Return count, cost and accumulated wear at the end of the day, by key."""
        sums = "count(*) AS count, sum(cost_vnd)::bigint AS cost_vnd, sum(accumulated_vnd)::bigint AS accumulated_vnd"
        return await self._fetch(database, f"{self._worn()} SELECT key, {sums} FROM worn WHERE {_DONE} GROUP BY key")

    async def due_totals(self, database: Database) -> Record:
        """Return how many assets as they stand now have a charge to come, and what their next ones take."""
        sums = "count(*) AS count, coalesce(sum(wear_vnd), 0)::bigint AS wear_vnd"
        worn = self._worn(once=True)
        (found,) = await self._fetch(database, f"{worn} SELECT {sums} FROM worn WHERE steps = 1")
        return found

    async def _fetch(self, database: Database, statement: str) -> Sequence[Record]:
        return [dict(record) for record in await database.fetch(statement, *self._values)]

    def _page(self, behind: str | None, descending: bool, limit: int, *, once: bool) -> tuple[str, str]:
        self.where(f"v.tag {'<' if descending else '>'} {{}}", behind)
        order = f"ORDER BY tag {'DESC' if descending else 'ASC'}"
        self._key = GROUPS["unit"]
        return self._worn(_WHO, tail=f"{order} LIMIT {limit}", once=once), order

    def _worn(self, who: Sequence[str] = (), *, tail: str = "", once: bool = False) -> str:
        conditions = " ".join(self._conditions)
        said = f"s.at h.at {self._key} {conditions}" if once else f"s.at {self._key} {conditions}"
        entries = [_ENTRY.format(since, name) for name, since in _SINCE.items() if f"{name}.at" in said]
        standing = _STANDING.format(
            who="".join(f"v.{name}, " for name in who),
            key=self._key,
            entries=" ".join([_LAST_ENTRY, *entries[1:]] if once else entries),
            conditions=conditions,
            tail=tail,
        )
        years_on = _YEARS_ON.format(
            who="".join(f"w.{name}, " for name in who),
            through="w.next_year" if once else _AS_LONG_AS_THE_TABLE_STAYS,
            once="AND w.steps = 0" if once else "",
        )
        return _WORN.format(standing=standing, years_on=years_on)


def charged_through(day: date) -> int:
    """Return the last year whose December has passed at the end of a day."""
    return day.year if day == december(day.year) else day.year - 1


_Column: TypeAlias = list[Any]


@cache
def _law() -> tuple[_Column, ...]:
    """Return every class's life in every December and the last year it stays so, as lists that go together."""
    rows: list[tuple[Any, ...]] = []
    until: dict[str, tuple[Life | None, int]] = {}
    for year in range(_LAST_YEAR, _FIRST_YEAR - 1, -1):
        for row in CLASSES.all_in_force(december(year)):
            life = table_life(row)
            if row.code not in until or until[row.code][0] != life:
                until[row.code] = (life, year)
            rows.append((row.code, year, *(life or (None, None)), until[row.code][1]))
    return tuple(list(column) for column in zip(*rows, strict=True))
