"""The lines of entries as read models keep them: one list for each of their fields, all of one length."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from contracts.base import Actor
from contracts.finance import EntryLine
from services.runtime.read_model import RowValues

_FIELDS = tuple(EntryLine.model_fields)
_SEES_ALL = frozenset({"accountant", "cashier", "leader", "auditor"})
LINE_COLUMNS: Mapping[str, str] = {
    f"line_{field}s": "bigint[] NOT NULL" if field == "amount_vnd" else "text[] NOT NULL" for field in _FIELDS
}


def line_lists(lines: Iterable[EntryLine]) -> RowValues:
    """Return lines as the columns of a row."""
    told = [line.__dict__ for line in lines]
    return {f"line_{field}s": [line[field] for line in told] for field in _FIELDS}


def lines_of(record: Mapping[str, Any], board: str | None = None) -> tuple[EntryLine, ...]:
    """Return the lines of a row, those of one board where one is given."""
    lists = [record[f"line_{field}s"] for field in _FIELDS]
    lines = (
        EntryLine.model_construct(**dict(zip(_FIELDS, values, strict=True))) for values in zip(*lists, strict=True)
    )
    return tuple(line for line in lines if board is None or line.board == board)


def boards_of(lines: Iterable[EntryLine]) -> list[str]:
    """Return whose lines they are, each board once."""
    return sorted({line.board for line in lines})


def codes_of(lines: Iterable[EntryLine]) -> list[str]:
    """Return the accounts of lines with all that they are sub-accounts of, each once."""
    return sorted({line.account[:length] for line in lines for length in range(3, len(line.account) + 1)})


def against(lines: Sequence[EntryLine], one: EntryLine) -> str:
    """Return the accounts on the other side of a line, of its own board; off the balance there is no other side."""
    if one.account.startswith("0"):
        return ""
    others = (
        line.account
        for line in lines
        if line.side != one.side and line.board == one.board and not line.account.startswith("0")
    )
    return ", ".join(dict.fromkeys(others))


def seen_board(actor: Actor, asked: str | None = None) -> str | None:
    """Return the board whose lines alone are shown: the one asked for, and to a board never another than its own.

    None shows all. A speaker who is of no board and may not see all is shown what is of no board: nothing.
    """
    if not _SEES_ALL.isdisjoint(actor.roles):
        return asked
    own = actor.board or ""
    return own if asked in (None, own) else ""
