"""How rows of a day are found by words and put in the order people expect."""

from datetime import date

from contracts.organisation import PostRank
from services.runtime.text import fold

RANKS: dict[PostRank, int] = {"head": 0, "deputy": 1, "staff": 2}
"""Heads stand before deputies, and these before everybody else."""


def matches(text: str | None, *shown: str | None) -> bool:
    """Tell whether every word of a search occurs in what is shown; the last may be the beginning of one."""
    words = fold(text).split() if text else []
    if not words:
        return True
    known = fold(" ".join(part for part in shown if part)).split()
    return set(words[:-1]) <= set(known) and any(word.startswith(words[-1]) for word in known)


def name_order(name: str) -> str:
    """Return what people's names are sorted by: the given name, which stands last, before family and middle names."""
    words = fold(name).split()
    return " ".join((*words[-1:], *words[:-1]))


def told(day: date | None) -> str:
    """Return a day as papers tell it; three dots for one that is open."""
    return f"{day:%d/%m/%Y}" if day else "…"
