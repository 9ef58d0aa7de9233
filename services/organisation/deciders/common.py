"""What every decision about the organisation asks: the tables in force, days and stretches of them, who is meant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from contracts.base import Refused
from contracts.organisation import CODE_UNREADABLE, DECISION_IN_FUTURE, ENDS_BEFORE_BEGINNING, Change
from services.organisation.rules.tables import StaffingCap, TierOfParty, staffing_caps, tiers
from services.runtime.manifest import Aggregate, Given, Seen
from services.runtime.rules import Table
from services.runtime.text import EmptyToken, token

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True)
class Rules:
    """The dated tables that decisions about the organisation are taken by."""

    tiers: Table[TierOfParty]
    caps: Table[StaffingCap]


def rules(override_folder: Path | None = None) -> Rules:
    """Read the tables, with the office's own rows where it has some."""
    return Rules(tiers(override_folder), staffing_caps(override_folder))


def today(given: Given) -> date:
    """Return the day at the office."""
    return given.now.astimezone(HANOI).date()


def day_before(day: date) -> date:
    """Return the calendar day before."""
    return day - timedelta(days=1)


def overlap(since: date, until: date | None, other_since: date, other_until: date | None) -> bool:
    """Tell whether two stretches of days have one in common; both ends are included, None is open."""
    return since <= (other_until or date.max) and other_since <= (until or date.max)


def shown(until: date | None) -> date | str:
    """Return the last day as it is told to people."""
    return until or "…"


def decided(words: Change, given: Given) -> None:
    """Raise Refused for a decision dated after today: it cannot have been signed."""
    if words.decision.issued_on > today(given):
        raise Refused(DECISION_IN_FUTURE, "decision.issued_on", issued_on=words.decision.issued_on, today=today(given))


def in_order(since: date, until: date | None) -> None:
    """Raise Refused for a last day that is before the first."""
    if until is not None and until < since:
        raise Refused(ENDS_BEFORE_BEGINNING, "until", since=since, until=until)


def made_token(code: str) -> str:
    """Return a code as a token of a subject; raise Refused when nothing readable is in it."""
    try:
        return token(code)
    except EmptyToken:
        raise Refused(CODE_UNREADABLE, "code", code=code) from None


def seen_of(aggregate: Aggregate[Any], seen: Iterable[Seen]) -> dict[str, Seen]:
    """Return those of an aggregate's kind, by id."""
    return {one.ref.id: one for one in seen if one.ref.aggregate is aggregate}


def first_twice(ids: Sequence[str]) -> str | None:
    """Return the first id that is named twice."""
    return next((id for place, id in enumerate(ids) if id in ids[:place]), None)
