"""The rules of series: every time is booked, skipped or moved in one decision, and each can be changed by itself."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from contracts import scheduling as words
from services.scheduling.rules.recurrence import days_of_series

if TYPE_CHECKING:
    from tests.scenario import Outcome
    from tests.scheduling.decider import Desk

At = Callable[[str], Any]


def states(told: "Outcome") -> list[str]:
    return [each.state for each in told.one(words.SeriesBooked).occurrences]


def starts(desk: "Desk", thing: str) -> list[str]:
    return [start for start, _, _ in desk.taken(thing)]


def test_a_series_is_booked_every_week_at_the_same_hour(desk: "Desk") -> None:
    told = desk.when(desk.series(desk.ROOM, desk.SECRETARY, count=52))
    assert states(told) == ["booked"] * 52
    assert len(told.all(words.BookingBooked)) == 52
    assert starts(desk, desk.ROOM)[:3] == ["11-24 09:00", "12-01 09:00", "12-08 09:00"]
    assert len(starts(desk, desk.SECRETARY)) == 52


def test_with_fail_none_is_booked_and_every_conflict_is_told(desk: "Desk", at: At) -> None:
    desk.book(desk.ROOM, starts_at=at("2026-12-01 10:00"), ends_at=None, holder="Ban Nội chính")
    desk.book(desk.ROOM, starts_at=at("2026-12-15 08:00"), ends_at=None, holder="Ban Dân vận")
    said = desk.when(desk.series(desk.ROOM)).refused(words.SERIES_CONFLICTS)
    assert "2 buổi" in said
    assert "Ban Nội chính" in said
    assert "Ban Dân vận" in said
    assert len(desk.taken(desk.ROOM)) == 2


def test_with_skip_the_rest_is_booked_and_a_skipped_time_is_added_later(desk: "Desk", at: At) -> None:
    other = desk.book(desk.ROOM, starts_at=at("2026-12-01 10:00"), ends_at=None, holder="Ban Nội chính")
    told = desk.when(desk.series(desk.ROOM, on_conflict="skip"))
    told.warns("series-with-conflicts")
    assert states(told) == ["booked", "skipped", "booked", "booked"]
    assert "Ban Nội chính" in (told.one(words.SeriesBooked).occurrences[1].conflict or "")
    add = words.AddOccurrence(
        series_id=told.id, number=2, wants=desk.wants(desk.ROOM), starts_at=at("2026-12-01 09:00"), ends_at=None
    )
    desk.when(add).refused(words.NOT_FREE)
    desk.when(desk.about(words.CancelBooking, other.id)).accepted()
    desk.when(add).one(words.BookingBooked)
    desk.when(add).refused(words.OCCURRENCE_BOOKED, "number")
    desk.when(add.model_copy(update={"number": 9})).refused(words.OCCURRENCE_UNKNOWN, "number")
    assert len(desk.taken(desk.ROOM)) == 4


def test_with_next_free_it_moves_within_its_day(desk: "Desk", at: At) -> None:
    desk.book(desk.ROOM, starts_at=at("2026-12-01 10:00"), ends_at=at("2026-12-01 11:20"))
    told = desk.when(desk.series(desk.ROOM, on_conflict="next_free")).one(words.SeriesBooked)
    assert [each.moved for each in told.occurrences] == [False, True, False, False]
    assert desk.clock(int(told.occurrences[1].starts_at.timestamp()) // 60) == "12-01 11:30"


def test_a_series_of_nothing_is_refused(desk: "Desk", at: At) -> None:
    desk.when(words.RetireBookable(bookable_id=desk.ROOM, reason="Phá dỡ.")).accepted()
    desk.when(desk.series(desk.ROOM, on_conflict="skip")).refused(words.SERIES_EMPTY)
    desk.when(desk.series(desk.HALL, until=date(2026, 11, 1))).refused(words.SERIES_EMPTY)
    long = {"ends_at": at("2026-11-26 09:00")}
    desk.when(desk.series(desk.HALL, **long)).refused(words.TOO_LONG, "ends_at")


@pytest.mark.parametrize(("scope", "left"), [("this", 3), ("following", 1), ("all", 0)])
def test_this_the_following_or_all_times_are_left_out(desk: "Desk", scope: str, left: int) -> None:
    told = desk.when(desk.series(desk.ROOM))
    skip = desk.of_series(words.SkipOccurrences, told.id, 2, scope, reason="Nghỉ Tết.")
    desk.when(skip).one(words.OccurrencesChanged)
    assert len(desk.taken(desk.ROOM)) == left
    desk.when(skip).refused(words.SERIES_CHANGED)


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("this", ["11-24 09:00", "12-02 14:00", "12-08 09:00", "12-15 09:00"]),
        ("following", ["11-24 09:00", "12-02 14:00", "12-09 14:00", "12-16 14:00"]),
        ("all", ["11-25 14:00", "12-02 14:00", "12-09 14:00", "12-16 14:00"]),
    ],
)
def test_this_the_following_or_all_times_are_moved(desk: "Desk", scope: str, expected: list[str]) -> None:
    told = desk.when(desk.series(desk.ROOM))
    move = desk.of_series(words.MoveOccurrences, told.id, 2, scope, days=1, starts="14:00", minutes=60)
    desk.when(move).accepted()
    assert starts(desk, desk.ROOM) == expected


def test_there_is_no_such_series(desk: "Desk", at: At) -> None:
    booked = desk.book(desk.ROOM)
    seen = words.SeenOccurrence(number=1, **desk.seen(booked.id).model_dump())
    skip = words.SkipOccurrences(series_id="0" * 32, number=1, seen=(seen,))
    desk.when(skip).refused(words.SERIES_UNKNOWN)


def test_all_move_or_none_unless_those_in_the_way_may_stay(desk: "Desk", at: At) -> None:
    told = desk.when(desk.series(desk.ROOM))
    desk.book(desk.ROOM, starts_at=at("2026-12-02 09:00"), ends_at=None, holder="Ban Nội chính")
    move = desk.of_series(words.MoveOccurrences, told.id, 1, "all", days=1)
    assert "Ban Nội chính" in desk.when(move).refused(words.SERIES_CONFLICTS)
    desk.when(move.model_copy(update={"on_conflict": "skip"})).accepted()
    assert starts(desk, desk.ROOM) == ["11-25 09:00", "12-01 09:00", "12-02 09:00", "12-09 09:00", "12-16 09:00"]


def test_a_daily_series_moves_by_a_day_without_running_into_itself(desk: "Desk") -> None:
    told = desk.when(desk.series(desk.ROOM, every="day", count=5))
    for days in (1, -1):
        desk.when(desk.of_series(words.MoveOccurrences, told.id, 1, "all", days=days)).accepted()
    assert starts(desk, desk.ROOM)[0] == "11-24 09:00"


def test_a_time_cancelled_by_itself_is_dropped_from_the_series(desk: "Desk") -> None:
    told = desk.when(desk.series(desk.ROOM))
    desk.when(desk.about(words.CancelBooking, f"{told.id}-3")).accepted()
    series = desk.scenario.states["series", told.id]
    assert [each.state for each in series.occurrences] == ["booked", "booked", "dropped", "booked"]
    desk.when(desk.of_series(words.SkipOccurrences, told.id, 1, "all")).accepted()


def test_a_time_that_must_be_confirmed_is_released_when_it_is_not(desk: "Desk", at: At, speaker: Any) -> None:
    told = desk.when(desk.series(desk.ROOM, reconfirm=True))
    third, fourth = f"{told.id}-3", f"{told.id}-4"
    desk.when(desk.about(words.ConfirmBooking, third)).then(words.BookingConfirmed())
    desk.when(desk.about(words.ConfirmBooking, third)).nothing()
    for id, kept in ((third, True), (fourth, False)):
        release = desk.about(words.ReleaseUnused, id, cause="not_confirmed")
        due = desk.state(id).about.confirm_by
        came = desk.when(release, actor=speaker("service"), now=due)
        assert (came.events == ()) == kept
    assert len(desk.taken(desk.ROOM)) == 3


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ({"every": "day", "interval": 2, "most": 3}, ["11-24", "11-26", "11-28"]),
        ({"every": "week", "interval": 1, "weekdays": (2, 5), "most": 4}, ["11-24", "11-27", "12-01", "12-04"]),
        ({"every": "week", "interval": 2, "weekdays": (1,), "most": 2}, ["12-07", "12-21"]),
        ({"every": "month", "interval": 1, "most": 3}, ["11-24", "12-24", "01-24"]),
        ({"every": "month", "interval": 1, "month_by": "weekday", "most": 3}, ["11-24", "12-22", "01-26"]),
        ({"every": "week", "interval": 1, "most": 9, "until": date(2026, 12, 7)}, ["11-24", "12-01"]),
    ],
)
def test_the_days_of_a_series(asked: dict[str, Any], days: list[str]) -> None:
    assert [f"{day:%m-%d}" for day in days_of_series(date(2026, 11, 24), **asked)] == days


def test_a_month_without_such_a_day_has_none() -> None:
    days = days_of_series(date(2026, 1, 31), "month", 1, most=4)
    assert [f"{day:%m-%d}" for day in days] == ["01-31", "03-31", "05-31", "07-31"]
