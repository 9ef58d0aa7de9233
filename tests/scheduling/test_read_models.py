"""What scheduling shows: the same rows however facts come, and boards that agree with the calendars."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts import scheduling as words
from contracts.base import Refused
from services.runtime.aggregates import snapshot_model
from services.scheduling.bookings import QUERY_RULES
from services.scheduling.deciders.calendar import Slot, clash, minute, moment
from services.scheduling.read_models.free_things import Free
from services.scheduling.read_models.site_names import SITES
from services.scheduling.service import SCHEDULING

if TYPE_CHECKING:
    from tests.scheduling.shown import Recorded, Shown

At = Callable[[str], Any]
MODELS = tuple({model.name: model for rule in QUERY_RULES for model in rule.reads}.values())
OWN = [model for model in MODELS if any(kind.startswith("scheduling.") for kind in model.events)]
EVERY_MODEL = pytest.mark.parametrize("model", OWN, ids=lambda model: model.name)


def test_every_question_has_its_rule() -> None:
    assert tuple(rule.query for rule in QUERY_RULES) == words.BOOKING_QUERIES


@EVERY_MODEL
@pytest.mark.parametrize("size", [1, 3, 1000], ids=["one by one", "three by three", "all at once"])
async def test_a_fact_delivered_twice_changes_nothing_in_batches_of_any_size(
    shown: "Shown", recorded: "Recorded", model: Any, size: int
) -> None:
    facts = recorded.facts
    batches = [facts[start : start + size] for start in range(0, len(facts), size)]
    await shown.fill(model, "again", [batch for batch in batches for _ in range(2)])
    rows = await shown.rows(model, "again")
    assert rows == await shown.rows(model, model.table)
    assert rows


@EVERY_MODEL
async def test_an_old_day_is_the_same_fold_stopped_there(shown: "Shown", recorded: "Recorded", model: Any) -> None:
    half = recorded.facts[: len(recorded.facts) // 2]
    await shown.fill(model, "again", [half])
    stopped = await shown.rows(model, "again")
    await shown.fill(model, "again", [half[:77], half[77:], half[:40]])
    assert await shown.rows(model, "again") == stopped


async def test_the_board_shows_just_what_the_calendars_hold(shown: "Shown", recorded: "Recorded") -> None:
    states = recorded.desk.scenario.states
    due = {
        (id[: -len("-2026-11")], slot.booking_id, moment(slot.start), moment(slot.end))
        for (kind, id), state in states.items()
        if kind == "calendar"
        for slot in state.taken
    }
    board = await shown.ask(words.GetBoard(from_day=date(2026, 11, 23), days=35))
    assert {(slot.bookable_id, slot.booking_id, slot.starts_at, slot.ends_at) for slot in board.slots} == due
    assert len(board.things) == len(recorded.desk.THINGS) + 1
    assert await shown.ask(words.GetBoard(kind="hall", from_day=date(2026, 11, 30))) == board.model_copy(
        update={
            "from_day": date(2026, 11, 30),
            "to_day": date(2026, 12, 6),
            "things": tuple(thing for thing in board.things if thing.kind == "hall"),
            "slots": (),
        }
    )


async def test_every_booking_is_shown_as_it_stands(shown: "Shown", recorded: "Recorded") -> None:
    states = recorded.desk.scenario.states
    rows = await shown.pages(words.ListBookings(limit=3))
    assert [row.starts_at for row in rows] == sorted(row.starts_at for row in rows)
    assert {row.booking_id for row in rows} == {id for kind, id in states if kind == "booking"}
    for row in rows:
        booking = states["booking", row.booking_id]
        facts = booking.about
        assert (row.status, row.title, row.things, row.wants) == (
            booking.status, facts.title, facts.things, facts.wants
        )  # fmt: skip
        assert (row.approvals, row.confirmed, row.until) == (booking.approvals, booking.confirmed, booking.until)
        assert set(row.seen.things) == set(booking.stands.things)
        view = await shown.ask(words.GetBooking(booking_id=row.booking_id))
        assert view.booking == row
        assert len(view.history) == len(recorded.desk.scenario.events["booking", row.booking_id])
    with pytest.raises(Refused):
        await shown.ask(words.GetBooking(booking_id="0" * 32))


async def test_bookings_are_found_by_who_thing_status_and_day(shown: "Shown", recorded: "Recorded") -> None:
    desk = recorded.desk
    everything = (await shown.ask(words.ListBookings(limit=1000))).rows
    asked: list[tuple[dict[str, Any], Callable[[words.BookingRow], bool]]] = [
        ({"mine": True}, lambda row: row.booked_by == "user:nguyen.thi.hoa"),
        ({"status": "cancelled"}, lambda row: row.status == "cancelled"),
        ({"bookable_id": desk.ROOM}, lambda row: desk.ROOM in row.things),
        ({"from_day": date(2026, 12, 1)}, lambda row: row.starts_at >= datetime(2026, 11, 30, 17, tzinfo=UTC)),
        ({"to_day": date(2026, 11, 24)}, lambda row: row.starts_at < datetime(2026, 11, 24, 17, tzinfo=UTC)),
    ]
    for filters, is_it in asked:
        rows = (await shown.ask(words.ListBookings(limit=1000, **filters))).rows
        assert rows == tuple(row for row in everything if is_it(row)), filters
        assert rows


async def test_a_series_shows_every_time(shown: "Shown", recorded: "Recorded") -> None:
    ((id, state),) = [(id, state) for (kind, id), state in recorded.desk.scenario.states.items() if kind == "series"]
    view = await shown.ask(words.GetSeries(series_id=id))
    assert view.occurrences == state.occurrences
    assert len(view.bookings) == 4
    with pytest.raises(Refused):
        await shown.ask(words.GetSeries(series_id="0" * 32))


async def test_what_can_be_booked_is_listed_with_its_terms(shown: "Shown", recorded: "Recorded") -> None:
    desk = recorded.desk
    for row in (await shown.ask(words.ListBookables(limit=100))).rows:
        thing = desk.scenario.states["bookable", row.bookable_id]
        assert (row.kind, row.name, row.terms, row.contact) == (thing.kind, thing.name, thing.terms, thing.contact)
        assert {(paper.kind, paper.last_day) for paper in row.valid} == set(thing.valid)
    found = (await shown.ask(words.ListBookables(text="phong hop", seats=30))).rows
    assert [row.bookable_id for row in found] == [desk.ROOM_2]


class Afternoon:
    """A hall taken from 14 to 15 and privately from 16 to 17 of 24 November, and two rooms, one of them taken."""

    def __init__(self, shown: "Shown", recorded: "Recorded") -> None:
        self.shown = shown
        self.desk = recorded.desk


@pytest.fixture
async def afternoon(shown: "Shown", recorded: "Recorded", at: At) -> Afternoon:
    """Such an afternoon, far from all else: a year later."""
    desk = recorded.desk
    if not desk.taken(desk.DEPUTY):
        for hours, private in (("14:00", False), ("16:00", True)):
            start = at(f"2027-11-24 {hours}")
            desk.book(
                desk.HALL, starts_at=start, ends_at=start + timedelta(hours=1), private=private, title="Khám"
            ).accepted()
        start = at("2027-11-24 14:00")
        desk.book(desk.ROOM, desk.DEPUTY, starts_at=start, ends_at=start + timedelta(hours=2)).accepted()
        await shown.build(recorded.facts)
    return Afternoon(shown, recorded)


async def test_a_private_title_is_seen_by_those_who_may(afternoon: Afternoon, speaker: Any, at: At) -> None:
    hall = words.ListBusyTimes(
        things=(afternoon.desk.HALL,), starts_at=at("2027-11-24 00:00"), ends_at=at("2027-11-25 00:00")
    )
    for actor, titles in (
        (speaker("reader", id="user:khach"), ["Khám", None]),
        (speaker("leader", id="user:bi.thu"), ["Khám", "Khám"]),
    ):
        rows = (await afternoon.shown.ask(hall, actor)).rows
        assert [row.title for row in rows] == titles
    bookings = words.ListBookings(bookable_id=afternoon.desk.HALL, from_day=date(2027, 1, 1))
    seen = (await afternoon.shown.ask(bookings, speaker("reader", id="user:khach"))).rows
    assert [(row.title, row.contact is None) for row in seen] == [("Khám", False), (None, True)]


async def test_who_and_what_is_free_is_told_in_part_too(afternoon: Afternoon, at: At) -> None:
    desk = afternoon.desk
    asked = {"starts_at": at("2027-11-24 13:00"), "ends_at": at("2027-11-24 16:00")}
    rows = (await afternoon.shown.ask(words.ListFreeThings(limit=100, **asked))).rows
    by_thing = {row.bookable_id: row for row in rows}
    assert by_thing[desk.ROOM_2].free
    hall = [(f"{each.starts_at:%H:%M}", f"{each.ends_at:%H:%M}") for each in by_thing[desk.HALL].periods]
    assert hall == [("06:00", "06:45"), ("08:15", "08:45")]
    assert [row.free for row in rows] == sorted((row.free for row in rows), reverse=True)
    rooms = (await afternoon.shown.ask(words.ListFreeThings(type="room-meeting", **asked))).rows
    assert [row.bookable_id for row in rooms] == [desk.ROOM_2, desk.ROOM]


async def test_three_alternatives_are_told_and_can_all_be_booked(afternoon: Afternoon, at: At) -> None:
    desk = afternoon.desk
    asked = {"starts_at": at("2027-11-24 14:00"), "ends_at": at("2027-11-24 17:00")}
    found = await afternoon.shown.ask(words.ListAlternatives(bookable_id=desk.ROOM, **asked))
    assert [row.bookable_id for row in found.things] == [desk.ROOM_2]
    assert [row.starts_at for row in found.held_by] == [asked["starts_at"]]
    assert len(found.times) == 3
    for period in (*found.times, *found.shorter):
        again = desk.scenario.again()
        again.when(desk.booking(desk.ROOM, starts_at=period.starts_at, ends_at=period.ends_at)).accepted()
    assert found.shorter[0].starts_at == at("2027-11-24 16:00")


async def test_usage_counts_hours_and_who_did_not_come(afternoon: Afternoon, at: At) -> None:
    usage = words.ListUsage(from_day=date(2027, 11, 24), to_day=date(2027, 11, 24))
    rows = {row.bookable_id: row for row in (await afternoon.shown.ask(usage)).rows}
    hall = rows[afternoon.desk.HALL]
    assert (hall.bookings, hall.minutes, hall.share_percent) == (2, 120, 27)
    assert [(hour, minutes) for hour, minutes in enumerate(hall.by_hour) if minutes] == [(14, 60), (16, 60)]


async def test_minutes_fall_into_their_hours_and_what_is_outside_the_days_does_not_count(
    shown: "Shown", recorded: "Recorded", at: At
) -> None:
    desk = recorded.desk
    if not any(day.startswith("12-06") for day, _, _ in desk.taken(desk.CAR_16)):
        for start, end in (("2027-12-06 07:30", "2027-12-06 09:10"), ("2027-12-07 23:50", "2027-12-08 00:05")):
            desk.book(desk.CAR_16, starts_at=at(start), ends_at=at(end)).accepted()
        await shown.build(recorded.facts)
    two_days = words.ListUsage(type="car-16", from_day=date(2027, 12, 6), to_day=date(2027, 12, 7))
    (car,) = (await shown.ask(two_days)).rows
    assert {hour: minutes for hour, minutes in enumerate(car.by_hour) if minutes} == {7: 30, 8: 60, 9: 10, 23: 10}
    assert (car.bookings, car.minutes, car.share_percent) == (2, 110, 11)
    week = two_days.model_copy(update={"to_day": date(2027, 12, 12)})
    (car,) = (await shown.ask(week)).rows
    assert (car.by_hour[0], car.share_percent) == (5, 4)
    for days in ({"to_day": date(2027, 12, 5)}, {"to_day": date(2029, 1, 15)}):
        with pytest.raises(Refused) as refused:
            await shown.ask(two_days.model_copy(update=days))
        assert (refused.value.refusal, refused.value.field) == (words.USAGE_DAYS_UNFIT, "to_day")


@pytest.mark.parametrize("descending", [False, True])
async def test_busy_times_come_page_after_page_and_none_twice(
    shown: "Shown", recorded: "Recorded", at: At, descending: bool
) -> None:
    things = tuple(recorded.desk.THINGS)
    asked = {"things": (*things, things[0]), "starts_at": at("2026-11-01 00:00"), "ends_at": at("2028-01-01 00:00")}
    rows = await shown.pages(words.ListBusyTimes(limit=3, descending=descending, **asked))
    states = recorded.desk.scenario.states
    due = {
        (id[: -len("-2026-11")], slot.booking_id, moment(slot.start))
        for (kind, id), state in states.items()
        if kind == "calendar"
        for slot in state.taken
        if id[: -len("-2026-11")] in things
    }
    told = [(row.bookable_id, row.booking_id, row.starts_at) for row in rows]
    assert (len(told), set(told)) == (len(due), due)
    assert [row.starts_at for row in rows] == sorted((row.starts_at for row in rows), reverse=descending)


async def test_a_cursor_of_another_list_of_busy_times_is_refused(shown: "Shown", recorded: "Recorded", at: At) -> None:
    hall = words.ListBusyTimes(
        things=(recorded.desk.HALL,), starts_at=at("2026-11-01 00:00"), ends_at=at("2028-01-01 00:00"), limit=1
    )
    cursor = (await shown.ask(hall)).next_cursor
    for other in ({"cursor": cursor, "descending": True}, {"cursor": "WyIrIiwgIngiXQ=="}, {"cursor": "x"}):
        with pytest.raises(Refused) as refused:
            await shown.ask(hall.model_copy(update=other))
        assert refused.value.field == "cursor"


async def test_people_read_what_a_site_is_called(shown: "Shown", recorded: "Recorded") -> None:
    insert = f"""INSERT INTO "{SITES.table}" VALUES ('ts1', 'Trụ sở 1', 1) ON CONFLICT DO NOTHING"""
    await shown.connection.execute(insert)
    hall = recorded.desk.HALL
    things = {row.bookable_id: row.site_name for row in (await shown.ask(words.ListBookables(limit=100))).rows}
    assert (things[hall], things[recorded.desk.CAR]) == ("Trụ sở 1", None)
    board = await shown.ask(words.GetBoard(things=(hall,), from_day=date(2026, 11, 23)))
    assert [thing.site_name for thing in board.things] == ["Trụ sở 1"]
    rows = await shown.pages(words.ListBookings(limit=100))
    assert {row.site_name for row in rows if row.site_id == "ts1"} == {"Trụ sở 1"}
    row = next(row for row in rows if row.site_id == "ts1")
    assert (await shown.ask(words.GetBooking(booking_id=row.booking_id))).booking.site_name == "Trụ sở 1"


async def test_those_to_confirm_are_listed_before_they_are_released(shown: "Shown", recorded: "Recorded") -> None:
    states = recorded.desk.scenario.states
    due = {
        id
        for (kind, id), state in states.items()
        if kind == "booking" and state.status in ("booked", "displaced")
        if state.about.confirm_by is not None and not state.confirmed
    }
    rows = await shown.pages(words.ListBookings(to_confirm=True, limit=2))
    assert {row.booking_id for row in rows} == due
    assert due


def test_free_times_are_those_a_search_minute_by_minute_finds() -> None:
    chance = random.Random(10)
    for _ in range(150):
        thing, slots = _some_thing(chance)
        free = Free(thing, slots)
        start = minute(_FREE_DAY) + chance.randrange(0, 2000)
        end = start + chance.choice((15, 40, 120, 600, 3000))
        found, begins = [], start
        while begins < end:
            ends = begins
            while ends < end and free.at(begins, min(ends + 15, end)):
                ends = min(ends + 15, end)
            found += [(begins, ends)] if ends > begins else []
            begins = max(ends, begins + 15)
        assert free.periods(start, end) == found
        assert free.at(start, end) == (found == [(start, end)])
        for number in range(10):
            begins = start + 15 * number
            asked = Slot("", begins, begins + 60, free.terms.preparation_minutes, free.terms.cleaning_minutes)
            clashing = any(clash(_as_slot(slot), asked, 5, 30) for slot in slots)
            assert free.at(begins, begins + 60) <= (not clashing)
            assert (
                thing["terms"].find("hours") > 0 or thing["valid"] != "{}" or free.at(begins, begins + 60) != clashing
            )


_FREE_DAY = datetime(2026, 12, 7, tzinfo=UTC)


def _some_thing(chance: random.Random) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    hours = tuple(
        words.Hours(weekday=day, opens=opens, closes=closes)
        for day in range(1, 6)
        for opens, closes in (("07:30", "11:30"), ("13:10", "24:00"))
    )
    terms = words.Terms(
        hours=chance.choice(((), hours)),
        preparation_minutes=chance.choice((0, 10)),
        cleaning_minutes=chance.choice((0, 15)),
        travel_inside_minutes=5,
        travel_between_minutes=30,
    )
    valid = chance.choice(("{}", '{"inspection": "2026-12-08"}'))
    thing = {"terms": terms.model_dump_json(), "blockings": "[]", "valid": valid}
    slots = []
    for number in range(chance.randrange(12)):
        starts_at = _FREE_DAY + timedelta(minutes=chance.randrange(5000))
        slots.append(
            {
                "booking_id": f"{number}",
                "starts_at": starts_at,
                "ends_at": starts_at + timedelta(minutes=chance.choice((15, 90))),
                "before_minutes": chance.choice((0, 10)),
                "after_minutes": 15,
                "site_id": "ts1",
                "place": None,
            }
        )
    return thing, slots


def _as_slot(record: dict[str, Any]) -> Slot:
    start, end = minute(record["starts_at"]), minute(record["ends_at"])
    return Slot("other", start, end, record["before_minutes"], record["after_minutes"], "ts1")


def test_a_snapshot_is_the_same_whether_its_state_is_remembered_or_read_back(recorded: "Recorded") -> None:
    remembering = snapshot_model(SCHEDULING)
    rows: dict[str, Any] = {}
    for fact in recorded.facts:
        key = remembering.key(fact)
        assert key is not None
        before = rows.get(key)
        rows[key] = remembering.project(before, fact)
        assert rows[key] == snapshot_model(SCHEDULING).project(before, fact)
