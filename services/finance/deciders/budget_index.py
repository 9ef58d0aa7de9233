"""The budget index: which codes a line may be made of in a year, and under which items its money is spent."""

from contracts import finance as words_of
from contracts.base import Refused
from contracts.finance import first_day
from services.runtime.manifest import Given
from services.runtime.rules import NoRuleInForce, Table


def expect_line_in_force(given: Given, year: int, line: str, field: str = "lines") -> None:
    """Raise Refused for a line whose source, chapter, clause or item is not in the tables of its year.

    Thông tư 130/2025/TT-BTC from 2026 on, Thông tư 324/2016/TT-BTC before; a year goes by those of its first day.
    """
    source, chapter, clause, item = line.split(".")
    rules = given.rules
    _expect(rules.sources, year, field, "Nguồn", "source", source)
    _expect(rules.chapters, year, field, "Chương", "chapter", chapter)
    _expect(rules.clauses, year, field, "Khoản", "clause", clause)
    _expect(rules.items, year, field, "Mục, tiểu mục", "item", item)


def expect_item_of_line(given: Given, year: int, line: str, item: str, field: str = "amounts") -> None:
    """Raise Refused for an item that is not in force in the year, or not of the line's item."""
    _expect(given.rules.items, year, field, "Tiểu mục", "item", item)
    of_line = line.rsplit(".", 1)[1]
    if item != of_line and given.rules.items.in_force(first_day(year), item=item).of != of_line:
        raise Refused(words_of.ITEM_NOT_OF_LINE, field, item=item, line=line)


def _expect(table: Table[object], year: int, field: str, vi: str, en: str, code: str) -> None:
    try:
        table.in_force(first_day(year), **{en: code})
    except NoRuleInForce:
        raise Refused(words_of.CODE_NOT_IN_FORCE, field, vi=vi, en=en, code=code, year=year) from None
