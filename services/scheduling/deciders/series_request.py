"""Booking a series: the same things again and again, every time booked, skipped or moved in one decision."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from contracts import scheduling as words_of
from contracts.base import Invalid, Refused
from contracts.scheduling import BookingFacts, Occurrence
from services.runtime.manifest import Decision, Given, Ref, Seen
from services.scheduling.deciders.booking import BOOKING, candidates, each_once, involving
from services.scheduling.deciders.booking_request import asked, book, expect_to_come, period, said
from services.scheduling.deciders.common import HANOI, limit, told_period
from services.scheduling.deciders.diary import Diary
from services.scheduling.deciders.placing import Busy, Placed, place
from services.scheduling.deciders.series import SERIES, occurrence_id
from services.scheduling.rules.recurrence import days_of_series

_TOLD = 6


def series_involves(words: words_of.BookSeries, given: Given) -> Sequence[Ref]:
    """Return the new series, a new booking for each of its times, and all that is wanted with its calendars."""
    id, things = given.command_id.hex, candidates(words.wants)
    refs = [Ref(SERIES, id, new=True)]
    for number, (start, end) in enumerate(times(words, given), 1):
        refs.append(Ref(BOOKING, occurrence_id(id, number), new=True))
        refs += involving(things, start, end)
    return each_once(refs)


def book_series(words: words_of.BookSeries, given: Given, *seen: Seen) -> Decision:
    """Every time of a series is booked at once; of those that are not free, each is said with who holds it."""
    diary, id = Diary(seen), seen[0].ref.id
    if seen[0].state.facts is not None:
        return ()
    first = asked(words, given, *period(words, given))
    expect_to_come(first, given)
    occurrences = []
    for number, (start, end) in enumerate(times(words, given), 1):
        facts = first.model_copy(update={"starts_at": start, "ends_at": end, "series_id": id})
        if words.reconfirm:
            by = start - timedelta(minutes=limit(given, "confirm_before_minutes"))
            facts = facts.model_copy(update={"confirm_by": by if by > given.now else None})
        occurrences.append(_occurrence(diary, given, id, number, facts, words))
    _expect_some(words, occurrences)
    event = words_of.SeriesBooked(
        **said(first.model_copy(update={"series_id": id})),
        every=words.every,
        interval=words.interval,
        reconfirm=words.reconfirm,
        occurrences=tuple(occurrences),
    )
    diary.say(SERIES, id, event)
    return diary.decision()


def times(words: words_of.BookSeries, given: Given) -> Iterator[tuple[datetime, datetime]]:
    """Yield from when to when each time is: at the same hour by the office's clock."""
    start, end = period(words, given)
    longest = limit(given, "longest_series_minutes")
    if end - start > timedelta(minutes=longest):
        raise Refused(words_of.TOO_LONG, "ends_at", limit=longest)
    local = start.astimezone(HANOI)
    days = days_of_series(
        local.date(),
        words.every,
        words.interval,
        weekdays=words.weekdays,
        month_by=words.month_by,
        most=words.count,
        until=words.until,
    )
    for day in days:
        begins = start + (day - local.date())
        yield begins, begins + (end - start)


def _occurrence(
    diary: Diary, given: Given, id: str, number: int, facts: BookingFacts, words: words_of.BookSeries
) -> Occurrence:
    booking_id, conflict, moved = occurrence_id(id, number), None, False
    got: tuple[BookingFacts, Placed] | None = None
    try:
        got = facts, place(diary, given, booking_id, facts)
    except Busy as busy:
        conflict = busy.held
    except Refused as refused:
        reply = refused.reply()
        conflict = reply.fields[0].vi if isinstance(reply, Invalid) else reply.vi
    if got is None and words.on_conflict == "next_free":
        got = _next_free(diary, given, booking_id, facts)
        moved = got is not None
    if got is not None:
        facts, placed = got
        book(diary, given, booking_id, facts, placed)
    state = "booked" if got else "skipped"
    return Occurrence(
        number=number, starts_at=facts.starts_at, ends_at=facts.ends_at, state=state, moved=moved, conflict=conflict
    )  # fmt: skip


def _next_free(diary: Diary, given: Given, booking_id: str, facts: BookingFacts) -> tuple[BookingFacts, Placed] | None:
    """Return the next free time later on the same day by the office's clock."""
    step, length = timedelta(minutes=limit(given, "step_minutes")), facts.ends_at - facts.starts_at
    day, start = facts.starts_at.astimezone(HANOI).date(), facts.starts_at + step
    while (start + length - timedelta(minutes=1)).astimezone(HANOI).date() == day:
        later = facts.model_copy(update={"starts_at": start, "ends_at": start + length})
        try:
            return later, place(diary, given, booking_id, later)
        except (Busy, Refused):
            start += step
    return None


def _expect_some(words: words_of.BookSeries, occurrences: Sequence[Occurrence]) -> None:
    skipped = [occurrence for occurrence in occurrences if occurrence.state == "skipped"]
    if words.on_conflict == "fail" and skipped:
        told = "; ".join(f"{told_period(each.starts_at, each.ends_at)}: {each.conflict}" for each in skipped[:_TOLD])
        more = " …" if len(skipped) > _TOLD else ""
        raise Refused(words_of.SERIES_CONFLICTS, count=len(skipped), conflicts=told + more)
    if len(skipped) == len(occurrences):
        raise Refused(words_of.SERIES_EMPTY)
