"""What are sources, chapters, clauses and items called in a year?"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from contracts.finance import ItemName, first_day
from services.finance.rules.tables import chapters, clauses, items, sources
from services.runtime.rules import NoRuleInForce, Table, office_rules

SOURCES, CHAPTERS = sources(office_rules()), chapters(office_rules())
CLAUSES, ITEMS = clauses(office_rules()), items(office_rules())
"""The tables with the office's own rows."""


class LineNames(NamedTuple):
    """The codes a line is made of, and what they are called in its year."""

    source: str
    source_name: str
    chapter: str
    chapter_name: str
    clause: str
    clause_name: str
    item: str
    item_name: str

    @property
    def told(self) -> str:
        """The line in words, from its item to its source."""
        return f"{self.item} {self.item_name} ({self.source_name}, {self.chapter}-{self.clause})"


@lru_cache(maxsize=20_000)
def line_names(line: str, year: int) -> LineNames:
    """Return what a line's codes are called; a code that is not in the tables is called by itself."""
    source, chapter, clause, item = line.split(".")
    return LineNames(
        source,
        source_name(source, year),
        chapter,
        _name(CHAPTERS, year, chapter=chapter),
        clause,
        _name(CLAUSES, year, clause=clause),
        item,
        item_name(item, year),
    )


def source_name(source: str, year: int) -> str:
    """Return what a source is called in a year."""
    return _name(SOURCES, year, source=source)


def item_name(item: str, year: int) -> str:
    """Return what an item is called in a year."""
    return _name(ITEMS, year, item=item)


def items_of(line: str, year: int) -> Iterator[ItemName]:
    """Yield the items a line's money may be spent under: the sub-items of its item, or that item where it has none."""
    of = line.rsplit(".", 1)[1]
    rows = [row for row in ITEMS.all_in_force(first_day(year)) if row.of == of]
    for row in [row for row in rows if row.item != of] or rows:
        yield ItemName(item=row.item, name=row.name_vi, special=row.special)


def is_special(line: str, year: int) -> bool:
    """Tell whether special and unplanned spending may go under a line."""
    found = _row(ITEMS, first_day(year), item=line.rsplit(".", 1)[1])
    return found is not None and bool(found.special)


def _name(table: Table[Any], year: int, **key: str) -> str:
    found = _row(table, first_day(year), **key)
    (code,) = key.values()
    return code if found is None else str(found.name_vi)


def _row(table: Table[Any], on: date, **key: str) -> Any:
    try:
        return table.in_force(on, **key)
    except NoRuleInForce:
        return None
