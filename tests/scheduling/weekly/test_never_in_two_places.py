"""Whatever is said of weeks and bookings, nobody is in two places; what is published is the fold of what changed.

The oracle knows nothing of calendars by month: it takes what items and bookings say and compares all with all.
"""

import random
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from contracts import scheduling as core
from contracts.base import Command
from contracts.scheduling import weekly as words

if TYPE_CHECKING:
    from tests.scenario import Outcome
    from tests.scheduling.weekly.office import Office

HISTORIES, STEPS = 240, 60
ALIVE = {"booked", "checked_in", "displaced"}
SAID = (
    words.ItemProposed, words.ItemArranged, words.ItemDelegated, words.ItemCancelled, words.ItemPostponed,
    words.WeekPublished, words.WeekReturned, core.BookingDisplaced, core.BookingMoved, core.BookingBooked,
)  # fmt: skip


class Town:
    """Somebody who says whatever comes to mind of two weeks at a month's end, and knows only what any speaker may."""

    def __init__(self, office: "Office", chance: random.Random) -> None:
        self.office, self.chance = office, chance
        self.said = 1000
        self.items: list[tuple[str, str]] = []
        self.booked: list[str] = []

    def say(self) -> "Outcome":
        kind = self.chance.choices(
            [self.propose, self.arrange, self.over, self.delegate, self.postpone, self.cancel, self.submit,
             self.approve, self.give_back, self.book, self.drop, self.move],
            weights=[8, 16, 4, 6, 2, 3, 4, 5, 1, 5, 2, 2],
        )[0]  # fmt: skip
        command, actor = kind(), self.office.speaker("leader", "clerk")
        self.said += 1
        outcome = self.office.when(command, actor=actor, number=self.said)
        assert self.office.when(command, actor=actor, number=self.said).events == ()
        for seen, event in outcome.decision:
            if isinstance(event, words.ItemProposed):
                self.items.append((event.item_id, seen.ref.id))
            elif isinstance(event, core.BookingBooked) and event.week_id is None:
                self.booked.append(seen.ref.id)
        return outcome

    def some(self) -> tuple[str, str]:
        return self.chance.choice(self.items or [("0" * 32, self.office.WEEK)])

    def person(self) -> words.Participant:
        office = self.office
        people = (office.SECRETARY, office.DEPUTY, office.CHAIRMAN, office.CHIEF, office.LAN)
        if self.chance.random() < 0.15:
            return office.guest(self.chance.choice(("Khách mời", "Đại biểu")))
        return office.who(self.chance.choice(people))

    def details(self, week_id: str) -> dict[str, Any]:
        office, chance = self.office, self.chance
        first = datetime(2026, 11, 30) if week_id == office.WEEK else datetime(2026, 12, 7)
        hour = chance.choice(("07:30", "08:00", "08:15", "09:30", "13:30", "15:00", "18:30", None))
        room = chance.choice((office.HALL, office.ROOM, office.ROOM_2, None, None))
        return {
            "day": (first + timedelta(chance.randint(0, 1))).date(),
            "starts": hour,
            "session": chance.choice((None, "day")) if hour else chance.choice(("morning", "afternoon")),
            "content": chance.choice(("Họp giao ban", "Làm việc với xã", "Tiếp công dân")),
            "kind": chance.choice(("standing", "meeting", "mission")),
            "chair": self.person() if chance.random() < 0.8 else None,
            "attendees": tuple(self.person() for _ in range(chance.randint(0, 3))),
            "room": room,
            "place": None if room else chance.choice(("Xã Bắc Sơn", None)),
            "vehicles": tuple(chance.sample((office.CAR, office.CAR_2), chance.choice((0, 0, 1, 2)))),
            "publicity": chance.choice(("public", "internal", "restricted")),
        }

    def propose(self) -> Command:
        week_id = self.chance.choice((self.office.WEEK, self.office.WEEK, self.office.NEXT))
        return words.ProposeItem(week_id=week_id, **self.details(week_id))

    def arrange(self) -> Command:
        id, week_id = self.some()
        if self.office.item(id, week_id) is None:
            return self.propose()
        fresh = self.details(week_id)
        some = {name: fresh[name] for name in fresh if self.chance.random() < 0.4}
        if "starts" in some or "session" in some:
            some |= {"starts": fresh["starts"], "session": fresh["session"], "ends": None}
        reason = self.chance.choice((None, "Theo chỉ đạo.", "Theo chỉ đạo."))
        return self.office.arranging(id, week_id, reason=reason, **some)

    def over(self) -> Command:
        id, week_id = self.some()
        if self.office.item(id, week_id) is None or not self.booked:
            return self.book()
        other = self.chance.choice(self.booked)
        stands = self.office.scenario.states["booking", other].stands
        thing = self.chance.choice(stands.things)
        starts = stands.starts_at.astimezone(self.office.moment("2026-12-01 08:00").tzinfo)
        changes: dict[str, Any] = {"day": starts.date(), "starts": f"{starts:%H:%M}", "ends": None, "session": None}
        if thing.startswith("person"):
            changes["chair"] = self.office.who(thing)
        elif thing in (self.office.CAR, self.office.CAR_2):
            changes["vehicles"] = (thing,)
        else:
            changes["room"] = thing
        return self.office.over(id, other, week_id=week_id, **changes)

    def delegate(self) -> Command:
        id, week_id = self.some()
        of = self.chance.choice((self.office.SECRETARY, self.office.DEPUTY, self.office.CHAIRMAN))
        return self.office.delegating(id, of, self.person(), week_id=week_id, reason="Đi công tác.")

    def postpone(self) -> Command:
        id, week_id = self.some()
        to = self.office.NEXT if week_id == self.office.WEEK else self.office.WEEK
        said = {"week_id": week_id, "item_id": id, "to_week_id": to, "seen": self.office.seen(id, week_id)}
        return words.PostponeItem(**said, reason="Lùi lịch.")

    def cancel(self) -> Command:
        id, week_id = self.some()
        seen = self.office.seen(id, week_id)
        return words.CancelItem(week_id=week_id, item_id=id, seen=seen, reason="Hoãn họp.")

    def submit(self) -> Command:
        return words.SubmitWeek(week_id=self.some()[1])

    def approve(self) -> Command:
        week_id = self.some()[1]
        return words.ApproveWeek(week_id=week_id, revision=max(1, self.office.week(week_id).revision))

    def give_back(self) -> Command:
        return words.ReturnWeek(week_id=self.some()[1], reason="Xếp lại.")

    def book(self) -> Command:
        start = datetime(2026, 11, 30, 1) + timedelta(minutes=30 * self.chance.randint(0, 60))
        things = self.chance.sample(list(self.office.THINGS), self.chance.randint(1, 3))
        return self.office.booking(*things, starts_at=start.replace(tzinfo=self.office.moment("2026-12-01").tzinfo))

    def drop(self) -> Command:
        return self.about(core.CancelBooking)

    def move(self) -> Command:
        start = datetime(2026, 11, 30, 7) + timedelta(minutes=30 * self.chance.randint(0, 60))
        return self.about(core.MoveBooking, starts_at=start.replace(tzinfo=self.office.moment("2026-12-01").tzinfo))

    def about(self, kind: type[core.BookingCommand], **said: Any) -> Command:
        known = [*self.booked, *(id for id, week_id in self.items if self.office.seen(id, week_id))]
        bookings = [id for id in known if ("booking", id) in self.office.scenario.states]
        if not bookings:
            return self.book()
        id = self.chance.choice(bookings)
        return kind(booking_id=id, seen=self.office.scenario.states["booking", id].stands, **said)


def bookings_of(office: "Office") -> dict[str, Any]:
    return {
        id: state for (kind, id), state in office.scenario.states.items() if kind == "booking" and state.status in ALIVE
    }


def goes(named: words.Named) -> str | None:
    return named.delegate_thing if named.delegate is not None else named.thing


def there(item: words.ItemFacts) -> set[str]:
    """Who and what is at an item, by what it says alone."""
    people = [*([item.chair] if item.chair else []), *item.attendees, *item.accompanying]
    found = {goes(each) for each in people} | {item.room} | {car.thing for car in item.vehicles}
    return {thing for thing in found if thing is not None}


def expect_nobody_twice(taken: dict[str, list[tuple[datetime, datetime, str]]]) -> None:
    for thing, times in taken.items():
        in_order = sorted(times)
        for one, other in pairwise(in_order):
            assert one[1] <= other[0], f"{thing} is in two places: {one}, {other}"


def check_calendars(office: "Office") -> None:
    """Nothing is taken twice, by bookings and items together; and calendars say just what bookings say."""
    taken: dict[str, list[tuple[datetime, datetime, str]]] = defaultdict(list)
    for id, booking in bookings_of(office).items():
        for thing in booking.facts.things:
            taken[thing].append((booking.facts.starts_at, booking.facts.ends_at, id))
    expect_nobody_twice(taken)
    for thing in office.THINGS:
        assert len(office.taken(thing)) == len(taken[thing]), f"{thing}: half a booking"
        assert {id for _, _, id in office.taken(thing)} == {id for _, _, id in taken[thing]}


def check_items(office: "Office") -> None:
    """What arranged items need is what live bookings of their weeks hold: no more, no less, at the same time."""
    held = {
        (id, booking.facts.week_id): (set(booking.facts.things), booking.facts.starts_at, booking.facts.ends_at)
        for id, booking in bookings_of(office).items()
        if booking.facts.week_id is not None
    }
    needed = {
        (item.item_id, week_id): (there(item.facts), item.facts.starts_at, item.facts.ends_at)
        for week_id in (office.WEEK, office.NEXT)
        for item in office.week(week_id).arranged
        if there(item.facts)
    }
    assert held == needed
    for week_id in (office.WEEK, office.NEXT):
        assert all(set(item.holds) == there(item.facts) for item in office.week(week_id).arranged)


def check_version(event: words.WeekPublished, before: dict[str, words.ItemFacts], office: "Office", week: str) -> Any:
    """The version's items are what is arranged, and the version before with its changes; nobody is in it twice."""
    items = {item.item_id: words.ItemFacts(**item.model_dump(exclude={"item_id"})) for item in event.items}
    assert items == {item.item_id: item.facts for item in office.week(week).arranged}
    if event.version > 1:
        after = dict(before)
        for change in event.changes:
            assert after.get(change.item_id) == change.before != change.after
            assert (change.before is None, change.after is None) == (
                change.change == "added", change.change == "cancelled"
            )  # fmt: skip
            if change.after is None:
                after.pop(change.item_id)
            else:
                after[change.item_id] = change.after
            assert all(there(facts) <= set(change.things) for facts in (change.before, change.after) if facts)
        assert after == items
    taken: dict[str, list[tuple[datetime, datetime, str]]] = defaultdict(list)
    for id, facts in items.items():
        for thing in there(facts):
            taken[thing].append((facts.starts_at, facts.ends_at, id))
    expect_nobody_twice(taken)
    return items


@pytest.mark.parametrize("part", range(3))
def test_nobody_is_ever_in_two_places_and_every_version_follows_from_the_one_before(
    new_weekly: "Callable[[], Office]", part: int
) -> None:
    happened: dict[type, int] = defaultdict(int)
    for seed in range(part, HISTORIES, 3):
        office = new_weekly()
        town = Town(office, random.Random(seed))
        published: dict[str, dict[str, words.ItemFacts]] = defaultdict(dict)
        for _ in range(STEPS):
            outcome = town.say()
            if outcome.refusal is not None:
                assert "{" not in outcome.refusal.reply().model_dump_json().replace('{"', "")
                continue
            for seen, event in outcome.decision:
                happened[type(event)] += 1
                if isinstance(event, words.WeekPublished):
                    published[seen.ref.id] = check_version(event, published[seen.ref.id], office, seen.ref.id)
            check_calendars(office)
            check_items(office)
    for kind in SAID:
        assert happened[kind] > 3, (kind, dict(happened))
