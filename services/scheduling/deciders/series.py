"""The series: a booking made again and again, and what became of each of its times."""

from dataclasses import dataclass, replace
from datetime import datetime

from contracts import scheduling as words_of
from contracts.base import Event
from contracts.scheduling import BookingFacts, Occurrence, OccurrenceState
from services.runtime.manifest import Aggregate
from services.scheduling.deciders.diary import Diary


@dataclass(frozen=True, slots=True)
class Series:
    """What later decisions need of a series; `facts` are those of its first time, None before it was booked."""

    facts: BookingFacts | None = None
    reconfirm: bool = False
    occurrences: tuple[Occurrence, ...] = ()

    def occurrence(self, number: int) -> Occurrence | None:
        """Return one of its times."""
        return next((each for each in self.occurrences if each.number == number), None)


def evolve(series: Series, event: Event) -> Series:
    """Return the series after an event."""
    match event:
        case words_of.SeriesBooked():
            facts = BookingFacts.model_construct(**{name: getattr(event, name) for name in BookingFacts.model_fields})
            return replace(series, facts=facts, reconfirm=event.reconfirm, occurrences=event.occurrences)
        case words_of.OccurrencesChanged():
            changed = {occurrence.number: occurrence for occurrence in event.occurrences}
            kept = {occurrence.number: occurrence for occurrence in series.occurrences}
            ordered = sorted({**kept, **changed}.items())
            return replace(series, occurrences=tuple(occurrence for _, occurrence in ordered))
    return series


SERIES = Aggregate("series", Series(), evolve)


def occurrence_id(series_id: str, number: int) -> str:
    """Return the id of the booking of one of its times."""
    return f"{series_id}-{number}"


def note_in_series(
    diary: Diary, booking_id: str, state: OccurrenceState, start: datetime, end: datetime, reason: str | None = None
) -> None:
    """Say to the series what became of one of its times; nothing for a booking by itself."""
    series_id, hyphen, number = booking_id.partition("-")
    if not hyphen:
        return
    occurrence = Occurrence(
        number=int(number), starts_at=start, ends_at=end, state=state, moved=state == "booked", conflict=None
    )
    change = words_of.OccurrencesChanged(
        change="moved" if state == "booked" else "dropped", occurrences=(occurrence,), reason=reason
    )
    diary.say(SERIES, series_id, change)
