"""Where the log was at a moment: the position up to which everything had been recorded by then."""

from datetime import datetime

from pydantic_core import from_json

from services.runtime.log import EventLog

_SKEW = 500


async def position_at(log: EventLog, moment: datetime, head: int) -> int:
    """Return the last sequence before the first message recorded later than `moment`, `head` at most; raise
    LogUnavailable.

    Several processes write, so neighbours may stand in another order than their times; those are looked through, so
    that one moment always means one position.
    """
    low, high = 0, head
    while low < high:
        middle = (low + high + 1) // 2
        recorded = await _recorded_at(log, middle, low)
        if recorded is None or recorded <= moment:
            low = middle
        else:
            high = middle - 1
    neighbours = await log.messages(max(0, low - _SKEW), min(low, _SKEW)) if low else []
    for stored in neighbours:
        if stored.sequence <= low and _time(stored.payload) > moment:
            return stored.sequence - 1
    return low


async def _recorded_at(log: EventLog, sequence: int, low: int) -> datetime | None:
    """Return when a message was recorded, or the nearest before it and behind `low` where it is gone."""
    while sequence > low:
        found = await log.message(sequence)
        if found is not None:
            return _time(found[1])
        sequence -= 1
    return None


def _time(payload: bytes) -> datetime:
    return datetime.fromisoformat(from_json(payload)[0]["time"])
