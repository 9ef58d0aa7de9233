"""What every reaction to another desk's fact shares: the cause as finance keeps it, and texts that fit its fields."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from contracts.finance import Cause
from services.runtime.envelope import Fact
from services.runtime.text import normalise, token

_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_LONGEST = 200


def cause_of(fact: Fact, told: str) -> Cause:
    """Return the cause that a fact is, told in Vietnamese."""
    return Cause(event_id=fact.event_id, type=fact.type, subject=f"{fact.aggregate}/{fact.id}", told=fit(told))


def fit(text: str, longest: int = _LONGEST) -> str:
    """Return a text as one line that fits a field."""
    return normalise(text)[:longest].strip() or "-"


def said_of(text: str | None, longest: int = _LONGEST) -> str | None:
    """Return a text that may be missing, as one line that fits a field."""
    return fit(text, longest) if text and text.strip() else None


def told_once(fact: Fact) -> str:
    """Return the id of what a fact costs where nothing else names it."""
    return token(fact.event_id)


def day(moment: datetime) -> date:
    """Return the office's day of a moment."""
    return moment.astimezone(_HANOI).date()


def thing_of(fact: Fact) -> str:
    """Return the id under which finance knows an asset, which is that of its car."""
    return f"asset-{fact.id}"
