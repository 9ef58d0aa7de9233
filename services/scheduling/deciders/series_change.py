"""Changing a series: times left out, added again, or moved; this one, this and those after it, or all of them."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from contracts import scheduling as words_of
from contracts.base import Refused
from contracts.scheduling import BookingFacts, Occurrence, SeenOccurrence, SeriesCommand
from services.runtime.manifest import Decision, Given, Ref, Seen
from services.scheduling.deciders.booking import (
    ALIVE,
    BOOKING,
    Booking,
    candidates,
    each_once,
    expect_seen,
    expect_yours,
    involving,
)
from services.scheduling.deciders.booking_move import move
from services.scheduling.deciders.booking_request import book, drop_all, expect_fit, expect_to_come, fixed, period
from services.scheduling.deciders.common import HANOI, at_office, told_period
from services.scheduling.deciders.diary import Diary
from services.scheduling.deciders.placing import Busy, place
from services.scheduling.deciders.series import SERIES, Series, occurrence_id


def skipping_involves(words: words_of.SkipOccurrences, given: Given) -> Sequence[Ref]:
    """Return the series, the bookings of its times, and what they hold."""
    return each_once((Ref(SERIES, words.series_id), *_standing(words)))


def skip_occurrences(words: words_of.SkipOccurrences, given: Given, *seen: Seen) -> Decision:
    """Times that are left out hold nothing any more; the others stay as they are."""
    diary = Diary(seen)
    changed = []
    for each, booking in _alive(diary, words, given):
        id = occurrence_id(words.series_id, each.number)
        diary.say(BOOKING, id, words_of.BookingCancelled(reason=words.reason))
        drop_all(diary, id, booking)
        changed.append(_now(each.number, each.starts_at, each.ends_at, "skipped", reason=words.reason))
    _say(diary, words, "skipped", changed, words.reason)
    return diary.decision()


def moving_involves(words: words_of.MoveOccurrences, given: Given) -> Sequence[Ref]:
    """Return the series, the bookings of its times, what they hold, and what they are to have."""
    refs = [Ref(SERIES, words.series_id), *_standing(words)]
    for each in words.seen:
        start, end = _moved(words, each)
        expect_fit(given, start, end)
        refs += involving(candidates(words.wants) if words.wants else each.things, start, end)
    return each_once(refs)


def move_occurrences(words: words_of.MoveOccurrences, given: Given, *seen: Seen) -> Decision:
    """All the times move or none; with `skip`, those whose new time is taken stay where they were, and are told."""
    diary = Diary(seen)
    changed, conflicts = [], []
    # Those that move later go last first, so that none runs into the old time of the next.
    forward = any(_moved(words, each)[0] > each.starts_at for each in words.seen)
    ordered = sorted(_alive(diary, words, given), key=lambda each: each[0].starts_at, reverse=forward)
    for each, booking in ordered:
        start, end = _moved(words, each)
        after = booking.about.model_copy(update={"starts_at": start, "ends_at": end})
        if words.wants:
            after = after.model_copy(update={"site_id": None, "place": None})
        expect_to_come(after, given)
        if words.wants is None and after == booking.about:
            continue
        id = occurrence_id(words.series_id, each.number)
        try:
            move(diary, given, id, after, words.wants or fixed(booking), words.reason)
        except Refused as refused:
            held = str(refused.values.get("held", refused.refusal.vi.format(**refused.values)))
            conflicts.append(f"{told_period(start, end)}: {held}")
            changed.append(_now(each.number, each.starts_at, each.ends_at, "booked", conflict=held))
            continue
        changed.append(_now(each.number, start, end, "booked", moved=True))
    if not changed:
        return ()
    if conflicts and (words.on_conflict == "fail" or len(conflicts) == len(changed)):
        raise Refused(words_of.SERIES_CONFLICTS, count=len(conflicts), conflicts="; ".join(sorted(conflicts)[:6]))
    _say(diary, words, "moved", changed, words.reason)
    return diary.decision()


def adding_involves(words: words_of.AddOccurrence, given: Given) -> Sequence[Ref]:
    """Return the series, the booking of the time, and all that is wanted with its calendars."""
    start, end = period(words, given)
    own = Ref(BOOKING, occurrence_id(words.series_id, words.number))
    return each_once((Ref(SERIES, words.series_id), own, *involving(candidates(words.wants), start, end)))


def add_occurrence(words: words_of.AddOccurrence, given: Given, *seen: Seen) -> Decision:
    """A time that was skipped or dropped is booked after all."""
    diary, series = Diary(seen), seen[0].state
    facts = _expect_series(series, words.series_id)
    occurrence = series.occurrence(words.number)
    if occurrence is None:
        raise Refused(words_of.OCCURRENCE_UNKNOWN, "number", number=words.number)
    if occurrence.state == "booked":
        raise Refused(words_of.OCCURRENCE_BOOKED, "number", number=words.number)
    expect_yours(Booking(status="booked", facts=facts), given)
    start, end = period(words, given)
    asked = facts.model_copy(update={"wants": words.wants, "starts_at": start, "ends_at": end})
    expect_to_come(asked, given)
    id = occurrence_id(words.series_id, words.number)
    try:
        placed = place(diary, given, id, asked)
    except Busy as busy:
        raise busy.refused() from None
    moved = (start, end) != (occurrence.starts_at, occurrence.ends_at)
    now = _now(words.number, start, end, "booked", moved=moved)
    diary.say(SERIES, words.series_id, words_of.OccurrencesChanged(change="added", occurrences=(now,)))
    book(diary, given, id, asked, placed)
    return diary.decision()


def _expect_series(series: Series, id: str) -> BookingFacts:
    if series.facts is None:
        raise Refused(words_of.SERIES_UNKNOWN, series_id=id)
    return series.facts


def _standing(words: SeriesCommand) -> Iterator[Ref]:
    for each in words.seen:
        yield Ref(BOOKING, occurrence_id(words.series_id, each.number))
        yield from involving(each.things, each.starts_at, each.ends_at)


def _alive(diary: Diary, words: SeriesCommand, given: Given) -> list[tuple[SeenOccurrence, Booking]]:
    """Return what the scope means, with the bookings; raise Refused unless the speaker has seen exactly that."""
    series: Series = diary.state(SERIES, words.series_id)
    _expect_series(series, words.series_id)
    meant = {
        occurrence.number
        for occurrence in series.occurrences
        if occurrence.state == "booked"
        and occurrence.ends_at > given.now
        and (
            words.scope == "all"
            or occurrence.number == words.number
            or (words.scope == "following" and occurrence.number > words.number)
        )
    }
    if meant != {each.number for each in words.seen} or not meant:
        raise Refused(words_of.SERIES_CHANGED, numbers=", ".join(map(str, sorted(meant))) or "0")
    found = []
    for each in words.seen:
        id = occurrence_id(words.series_id, each.number)
        booking: Booking = diary.state(BOOKING, id)
        expect_seen(booking, words_of.Displacing(booking_id=id, seen=each))
        expect_yours(booking, given)
        assert booking.status in ALIVE
        found.append((each, booking))
    return found


def _moved(words: words_of.MoveOccurrences, each: SeenOccurrence) -> tuple[datetime, datetime]:
    day = each.starts_at.astimezone(HANOI).date() + timedelta(words.days)
    start = at_office(day, words.starts) if words.starts else each.starts_at + timedelta(words.days)
    length = timedelta(minutes=words.minutes) if words.minutes else each.ends_at - each.starts_at
    return start, start + length


def _now(
    number: int,
    start: datetime,
    end: datetime,
    state: words_of.OccurrenceState,
    *,
    moved: bool = False,
    conflict: str | None = None,
    reason: str | None = None,
) -> Occurrence:
    return Occurrence(
        number=number, starts_at=start, ends_at=end, state=state, moved=moved, conflict=conflict or reason
    )


def _say(diary: Diary, words: SeriesCommand, change: str, changed: Sequence[Occurrence], reason: str | None) -> None:
    ordered = tuple(sorted(changed, key=lambda occurrence: occurrence.number))
    event = words_of.OccurrencesChanged.model_validate(
        {"change": change, "scope": words.scope, "occurrences": ordered, "reason": reason}
    )
    diary.say(SERIES, words.series_id, event)
