"""The laws of every aggregate of scheduling: a state comes through its snapshot, evolve never raises, nothing twice."""

import random
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from pydantic_core import to_json

from contracts import scheduling as words
from services.scheduling import bookings

if TYPE_CHECKING:
    from tests.scheduling.decider import Desk


def told(desk: "Desk", at: Callable[[str], Any], speaker: Any) -> "Desk":
    """An office in which everything happened that can."""
    leader, service = speaker("leader"), speaker("service")
    desk.when(words.DescribeBookable(bookable_id=desk.ROOM, contact="0205 999")).accepted()
    desk.when(words.RestoreBookable(bookable_id=desk.CAR)).nothing()
    post = {"person_id": "5" * 32, "post_id": "vptu--cvp"}
    desk.when(words.TakeUpPost(**post, name="Hà", title="Chánh VP", board="VPTU", leading=True), actor=service)
    desk.when(words.GiveUpPost(**post), actor=service)
    blocked = {"starts_at": at("2026-12-24 00:00"), "ends_at": at("2026-12-26 00:00"), "reason": "Sửa mái."}
    block = desk.when(words.BlockThing(bookable_id=desk.HALL, **blocked)).one(words.ThingBlocked)
    desk.when(words.UnblockThing(bookable_id=desk.HALL, blocking_id=block.blocking_id, reason="Xong."))
    desk.when(words.RecordValidity(bookable_id=desk.CAR, validity="other", last_day=at("2027-12-24 00:00").date()))
    desk.when(words.RetireBookable(bookable_id=desk.CAR_16, reason="Hỏng máy."))
    desk.when(words.RestoreBookable(bookable_id=desk.CAR_16))
    approval = words.Terms(approval=(words.ApprovalStep(role="leader"),))
    desk.when(words.SetTerms(bookable_id=desk.ROOM_2, terms=approval)).accepted()
    asked, turned_down = desk.book(desk.ROOM_2), desk.book(desk.ROOM_2, starts_at=at("2026-11-25 09:00"), ends_at=None)
    desk.when(desk.about(words.ApproveBooking, asked.id), actor=leader).accepted()
    desk.when(desk.about(words.RejectBooking, turned_down.id, reason="Không cần."), actor=leader).accepted()
    held, first = desk.book(desk.ROOM, hold=True), desk.book(desk.HALL)
    desk.when(desk.about(words.ReleaseUnused, held.id, cause="hold_expired"), now=at("2026-11-23 09:05"))
    waiting = desk.book(desk.HALL, if_busy="wait")
    over = desk.when(desk.over(first.id, things=(desk.HALL,)), actor=leader)
    desk.when(desk.about(words.CancelBooking, over.id)).accepted()
    desk.when(desk.about(words.PromoteWaiting, waiting.id), actor=service).accepted()
    desk.when(desk.about(words.DescribeBooking, waiting.id, note="Nước uống")).accepted()
    series = desk.when(desk.series(desk.ROOM, reconfirm=True))
    desk.when(desk.about(words.ConfirmBooking, f"{series.id}-1")).accepted()
    desk.when(desk.about(words.CheckIn, f"{series.id}-1"), now=at("2026-11-24 08:45")).accepted()
    desk.when(desk.about(words.MoveBooking, f"{series.id}-2", starts_at=at("2026-12-01 15:00"))).accepted()
    desk.when(desk.of_series(words.SkipOccurrences, series.id, 4, "this")).accepted()
    return desk


def test_everything_that_can_happen_happens_in_one_history(desk: "Desk", at: Any, speaker: Any) -> None:
    kinds = {type(event) for events in told(desk, at, speaker).scenario.events.values() for event in events}
    assert kinds == {
        *words.BOOKABLE_EVENTS, *words.CALENDAR_EVENTS, *words.BOOKING_EVENTS, *words.SERIES_EVENTS
    }  # fmt: skip


def test_a_state_is_the_same_when_it_comes_back_from_its_snapshot(desk: "Desk", at: Any, speaker: Any) -> None:
    for (name, _), state in told(desk, at, speaker).scenario.states.items():
        aggregate = next(each for each in bookings.AGGREGATES if each.name == name)
        assert TypeAdapter(type(aggregate.initial)).validate_json(to_json(state)) == state


def test_evolve_never_raises_whatever_comes_in_whatever_order(desk: "Desk", at: Any, speaker: Any) -> None:
    events = [event for events in told(desk, at, speaker).scenario.events.values() for event in events]
    chance = random.Random(1)
    for aggregate in bookings.AGGREGATES:
        for _ in range(20):
            state = aggregate.initial
            for event in chance.sample(events, len(events)):
                state = aggregate.evolve(state, event)


def test_a_calendar_keeps_only_what_comes_near_its_month(desk: "Desk", at: Any, speaker: Any) -> None:
    desk.when(desk.series(desk.ROOM, every="day", count=100)).accepted()
    sizes = [len(state.taken) for (name, _), state in desk.scenario.states.items() if name == "calendar"]
    assert max(sizes) <= 33


def test_every_command_of_the_words_has_its_rule() -> None:
    assert [rule.command for rule in bookings.COMMAND_RULES] == [*words.BOOKABLE_COMMANDS, *words.BOOKING_COMMANDS]
