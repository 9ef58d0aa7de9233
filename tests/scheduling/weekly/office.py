"""An office with leaders, rooms and cars and a weekly calendar, and the words its people use to propose and arrange it.

The shape, for tests of rules, of read models and of papers (fixtures `weekly`, `new_weekly` of conftest.py beside it):

- `Office(scenario, speaker)` is an office in memory; `.furnished()` makes its people, rooms and cars bookable. It has
  `.when`, `.scenario` and `.furnished`, as `Desk` does: `tests.scheduling.shown.Recorded(Office(...))` keeps its log.
- Its week is `WEEK` (tinh-uy-2026-w49: Monday 30 November to Sunday 6 December 2026), the next `NEXT`; now is Monday
  23 November 2026, 09:00. People: SECRETARY, DEPUTY, CHAIRMAN (leaders), CHIEF, LAN (staff); HALL, ROOM (site ts1),
  ROOM_2 (ts2); CAR, CAR_2.
- `.details(**changes)` is what an item says; `.propose(**changes)` proposes it and returns its id; `.arrange(id,
  **changes)`, `.delegate(id, of, to)`, `.cancel(id)`, `.postpone(id)`, `.submit()`, `.approve()`, `.publish()` return
  what came of it. `.week()` and `.item(id)` are states, `.seen(id)` is what a command names.
- `a_week(office)` tells a whole story in both weeks in which every command is accepted once, and every event of the
  weekly calendar happens; it returns the ids of its items by name: standing, whole_day, delegated, moved, cancelled,
  postponed and there (its new id in NEXT), declined, withdrawn, not_agreed, over, and displaced_booking (a booking).
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from contracts import scheduling as core
from contracts.base import Actor, Command
from contracts.scheduling import weekly as words

if TYPE_CHECKING:
    from tests.scenario import Outcome, Scenario

WEEK, NEXT = "tinh-uy-2026-w49", "tinh-uy-2026-w50"
HALL, ROOM, ROOM_2 = "asset-" + "a" * 32, "asset-" + "b" * 32, "asset-" + "c" * 32
CAR, CAR_2 = "asset-" + "d" * 32, "asset-" + "e" * 32
SECRETARY, DEPUTY, CHAIRMAN = "person-" + "3" * 32, "person-" + "4" * 32, "person-" + "5" * 32
CHIEF, LAN = "person-" + "6" * 32, "person-" + "7" * 32
THINGS: dict[str, dict[str, Any]] = {
    HALL: {"kind": "hall", "name": "Hội trường A", "site_id": "ts1", "seats": 300},
    ROOM: {"kind": "room", "name": "Phòng họp 1", "site_id": "ts1", "seats": 20},
    ROOM_2: {"kind": "room", "name": "Phòng họp 2", "site_id": "ts2", "seats": 40},
    CAR: {"kind": "vehicle", "name": "Xe 12A-000.45", "seats": 7},
    CAR_2: {"kind": "vehicle", "name": "Xe 12A-000.46", "seats": 7},
    SECRETARY: {"kind": "leader", "name": "Đồng chí Bí thư", "account": "user:bi.thu"},
    DEPUTY: {"kind": "leader", "name": "Đồng chí Phó Bí thư", "account": "user:pho.bi.thu"},
    CHAIRMAN: {"kind": "leader", "name": "Đồng chí Chủ tịch", "account": "user:chu.tich", "board": "UBND"},
    CHIEF: {"kind": "staff", "name": "Chánh Văn phòng", "board": "VPTU"},
    LAN: {"kind": "staff", "name": "Nguyễn Thị Lan", "board": "VPTU"},
}
_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def moment(text: str) -> datetime:
    """Return a moment from the office's own clock, such as `2026-12-01 09:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=_HANOI)


def who(thing: str) -> words.Participant:
    """Return somebody who can be booked, as one who takes part."""
    return words.Participant(thing=thing)


def guest(name: str) -> words.Participant:
    """Return anybody else, by name."""
    return words.Participant(name=name)


class Office:
    """An office in memory; each word with only what a test wants to be different."""

    WEEK, NEXT, THINGS = WEEK, NEXT, THINGS
    HALL, ROOM, ROOM_2, CAR, CAR_2 = HALL, ROOM, ROOM_2, CAR, CAR_2
    SECRETARY, DEPUTY, CHAIRMAN, CHIEF, LAN = SECRETARY, DEPUTY, CHAIRMAN, CHIEF, LAN
    who, guest, moment = staticmethod(who), staticmethod(guest), staticmethod(moment)

    def __init__(self, scenario: "Scenario", speaker: Callable[..., Actor]) -> None:
        self.scenario = scenario
        self.speaker = speaker
        self.leader = speaker("leader", id="user:pho.bi.thu.thuong.truc")
        self.board = speaker("board", board="BTGTU", id="user:ban.tuyen.giao")

    def furnished(self) -> "Office":
        """Let everybody and everything be booked."""
        for id, facts in THINGS.items():
            self.when(core.MakeBookable(bookable_id=id, **facts)).accepted()
        return self

    def when(
        self, command: Command, *, actor: Actor | None = None, now: datetime | None = None, number: int | None = None
    ) -> "Outcome":
        """Say a command; return what came of it."""
        return self.scenario.when(command, actor=actor, now=now, number=number)

    @staticmethod
    def details(**changes: Any) -> dict[str, Any]:
        """Return what an item says: the secretary with the deputy, Tuesday from 8 to 10 in room 1."""
        usual: dict[str, Any] = {
            "day": "2026-12-01",
            "starts": "08:00",
            "content": "Họp giao ban Thường trực Tỉnh ủy",
            "kind": "briefing",
            "chair": who(SECRETARY),
            "attendees": (who(DEPUTY),),
            "room": ROOM,
        }
        return {**usual, **changes}

    def proposing(self, week_id: str = WEEK, needs_opinion: bool = False, **changes: Any) -> words.ProposeItem:
        """Return the wish to propose that item."""
        return words.ProposeItem(week_id=week_id, needs_opinion=needs_opinion, **self.details(**changes))

    def propose(
        self, week_id: str = WEEK, *, actor: Actor | None = None, now: datetime | None = None, **changes: Any
    ) -> str:
        """Propose it; return its id."""
        outcome = self.when(self.proposing(week_id, **changes), actor=actor, now=now)
        return str(outcome.one(words.ItemProposed).item_id)

    def arranging(self, id: str, week_id: str = WEEK, **changes: Any) -> words.ArrangeItem:
        """Return the wish to arrange an item as it stands, with changes."""
        said = {"week_id": week_id, "item_id": id, "seen": self.seen(id, week_id)}
        return words.ArrangeItem(**{**said, **self.said(id, week_id), **changes})

    def arrange(self, id: str, week_id: str = WEEK, *, actor: Actor | None = None, **changes: Any) -> "Outcome":
        """Say that wish."""
        return self.when(self.arranging(id, week_id, **changes), actor=actor)

    def standing(self, week_id: str = WEEK, **changes: Any) -> str:
        """Propose and arrange an item; return its id."""
        id, reason = self.propose(week_id, **changes), "Bổ sung lịch." if self.week(week_id).version else None
        self.arrange(id, week_id, reason=reason).accepted()
        return id

    def over(self, id: str, *displaced: str, week_id: str = WEEK, **changes: Any) -> words.ArrangeItemOver:
        """Return the wish to arrange an item over bookings as they stand."""
        give_way = tuple(
            core.Displacing(booking_id=other, seen=self.scenario.states["booking", other].stands) for other in displaced
        )
        asked = self.arranging(id, week_id).model_dump()
        usual = {**asked, "displaces": give_way, "reason": "Họp đột xuất Thường trực."}
        return words.ArrangeItemOver(**{**usual, **changes})

    def delegating(self, id: str, of: str, to: words.Participant, **changes: Any) -> words.DelegateItem:
        """Return the wish that somebody goes in a leader's place."""
        week_id = changes.get("week_id", WEEK)
        usual = {"week_id": week_id, "item_id": id, "seen": self.seen(id, week_id), "of": of, "to": to}
        return words.DelegateItem(**{**usual, **changes})

    def delegate(self, id: str, of: str, to: words.Participant, **changes: Any) -> "Outcome":
        """Say that wish."""
        return self.when(self.delegating(id, of, to, **changes))

    def cancel(self, id: str, week_id: str = WEEK, **changes: Any) -> "Outcome":
        """Call an item off."""
        usual = {"week_id": week_id, "item_id": id, "seen": self.seen(id, week_id), "reason": "Hoãn theo chỉ đạo."}
        return self.when(words.CancelItem(**{**usual, **changes}))

    def postpone(self, id: str, to: str = NEXT, week_id: str = WEEK, **changes: Any) -> "Outcome":
        """Postpone an item to another week."""
        said = {"week_id": week_id, "item_id": id, "to_week_id": to, "reason": "Lùi sang tuần sau."}
        return self.when(words.PostponeItem(**{**said, "seen": self.seen(id, week_id), **changes}))

    def submit(self, week_id: str = WEEK) -> "Outcome":
        """Submit the week."""
        return self.when(words.SubmitWeek(week_id=week_id))

    def approve(self, week_id: str = WEEK, **changes: Any) -> "Outcome":
        """Approve the week as it stands."""
        said = {"week_id": week_id, "revision": max(self.week(week_id).revision, 1)}
        return self.when(words.ApproveWeek(**{**said, **changes}), actor=self.leader)

    def publish(self, week_id: str = WEEK) -> words.WeekPublished:
        """Submit and approve the week; return what is published."""
        self.submit(week_id).accepted()
        event: words.WeekPublished = self.approve(week_id).one(words.WeekPublished)
        return event

    def week(self, week_id: str = WEEK) -> Any:
        """Return the state of a week."""
        week = next(each for each in self.scenario.service.aggregates if each.name == "week")
        return self.scenario.states.get(("week", week_id), week.initial)

    def item(self, id: str, week_id: str = WEEK) -> Any:
        """Return an item as it stands."""
        return self.week(week_id).item(id)

    def seen(self, id: str, week_id: str = WEEK) -> core.SeenBooking | None:
        """Return what a command about an item names as seen."""
        item = self.item(id, week_id)
        return item.seen if item is not None and item.status == "arranged" else None

    def said(self, id: str, week_id: str = WEEK) -> dict[str, Any]:
        """Return what an item says, as a command says it."""
        facts = self.item(id, week_id).facts
        same = ("day", "content", "kind", "invited", "boards", "room", "site_id", "preparing", "documents",
                "invitation", "publicity", "contact", "note")  # fmt: skip
        clock = {"starts": f"{facts.starts_at.astimezone(_HANOI):%H:%M}"} if facts.timed else {}
        people = {
            name: tuple(_as_said(each) for each in getattr(facts, name)) for name in ("attendees", "accompanying")
        }
        return {
            **{name: getattr(facts, name) for name in same},
            "session": None if facts.timed and facts.session != "day" else facts.session,
            **clock,
            **people,
            "ends": f"{facts.ends_at.astimezone(_HANOI):%H:%M}",
            "chair": _as_said(facts.chair) if facts.chair else None,
            "place": None if facts.room else facts.place,
            "vehicles": tuple(car.thing for car in facts.vehicles),
        }

    def taken(self, thing: str) -> list[tuple[str, str, str]]:
        """Return what is taken of a thing: from when to when by the office's clock, and for which booking."""
        found = {
            (slot.start, slot.end, slot.booking_id)
            for (aggregate, id), calendar in self.scenario.states.items()
            if aggregate == "calendar" and id.startswith(f"{thing}-")
            for slot in calendar.taken
        }
        return [(_clock(start), _clock(end), booking) for start, end, booking in sorted(found)]

    def booking(self, *things: str, **changes: Any) -> core.BookThings:
        """Return the wish of somebody to book things on Tuesday from 8 to 10, outside the weekly calendar."""
        usual = {"title": "Họp chi bộ", "contact": "0912 345 678", "starts_at": moment("2026-12-01 08:00")}
        wants = tuple(core.Want(of=(thing,)) for thing in things)
        return core.BookThings(**{**usual, "wants": wants, **changes})


Story = dict[str, str]
"""The items of the story by what became of them."""
_PROPOSED: dict[str, dict[str, Any]] = {
    "standing": {"kind": "standing", "content": "Họp Thường trực Tỉnh ủy", "invited": ("Các ban Đảng",)},
    "whole_day": {
        "day": "2026-12-02",
        "starts": None,
        "room": None,
        "place": "Xã Bắc Sơn",
        "content": "Đi cơ sở",
        "kind": "grassroots",
        "attendees": (),
        "vehicles": (CAR,),
        "accompanying": (who(CHIEF),),
    },
    "delegated": {
        "day": "2026-12-03",
        "content": "Dự lễ kỷ niệm",
        "kind": "ceremony",
        "room": HALL,
        "chair": who(CHAIRMAN),
        "publicity": "public",
        "invitation": "letter",
        "documents": ("312-KH/BTGTU",),
    },
    "moved": {
        "day": "2026-12-03",
        "starts": "14:00",
        "content": "Làm việc với Ban Tuyên giáo",
        "boards": ("BTGTU", "BTCTU"),
        "preparing": "Ban Tuyên giáo",
        "publicity": "restricted",
    },
    "cancelled": {"day": "2026-12-04", "content": "Tiếp công dân", "kind": "reception", "attendees": ()},
    "postponed": {"day": "2026-12-04", "starts": "14:00", "content": "Họp Ban Chỉ đạo", "needs_opinion": True},
    "declined": {"content": "Họp nội bộ", "room": None, "chair": guest("Trưởng phòng"), "attendees": ()},
    "withdrawn": {"content": "Gặp mặt", "room": None},
    "not_agreed": {"content": "Hội thảo", "room": None},
}


def a_week(office: Office) -> Story:
    """Tell the story: proposed, asked about, arranged, published, changed and published again, read; one postponed."""
    by_board = ("delegated", "moved", "withdrawn")
    story = {
        name: office.propose(**said, actor=office.board if name in by_board else None)
        for name, said in _PROPOSED.items()
    }
    _decide(office, story)
    _first_version(office, story)
    _second_version(office, story)
    return story


def _decide(office: Office, story: Story) -> None:
    leader, board = office.leader, office.board
    withdrawn, asked = ({"week_id": WEEK, "item_id": story[name]} for name in ("withdrawn", "not_agreed"))
    revised = office.details(content="Gặp mặt báo chí", room=None)
    office.when(words.ReviseProposal(**withdrawn, **revised), actor=board).accepted()
    office.when(words.WithdrawProposal(**withdrawn, reason="Trùng nội dung."), actor=board).accepted()
    office.when(words.AskOpinion(**asked)).accepted()
    office.when(words.GiveOpinion(**asked, agrees=False, note="Chưa cần."), actor=leader).accepted()
    agreed = {"week_id": WEEK, "item_id": story["postponed"], "agrees": True}
    office.when(words.GiveOpinion(**agreed), actor=leader).accepted()
    declined = {"week_id": WEEK, "item_id": story["declined"], "reason": "Không thuộc lịch của Thường trực."}
    office.when(words.DeclineItem(**declined)).accepted()


def _first_version(office: Office, story: Story) -> None:
    for name in ("standing", "whole_day", "delegated", "moved", "cancelled", "postponed"):
        office.arrange(story[name]).accepted()
    office.submit().accepted()
    office.when(words.ReturnWeek(week_id=WEEK, reason="Bổ sung thành phần."), actor=office.leader).accepted()
    more = (who(DEPUTY), guest("Đồng chí Chủ tịch UBND xã"))
    office.arrange(story["standing"], attendees=more).accepted()
    office.publish()


def _second_version(office: Office, story: Story) -> None:
    office.when(words.AcknowledgeWeek(week_id=WEEK, version=1), actor=office.board).accepted()
    office.delegate(story["delegated"], CHAIRMAN, who(LAN), reason="Đi công tác.").accepted()
    office.arrange(story["moved"], starts="15:00", ends="16:30", reason="Trùng lịch tiếp khách.").accepted()
    office.cancel(story["cancelled"]).accepted()
    story["there"] = office.postpone(story["postponed"]).one(words.ItemProposed).item_id
    story["displaced_booking"] = office.when(office.booking(HALL, starts_at=moment("2026-12-05 08:00"))).id
    late: dict[str, Any] = {
        "day": "2026-12-05",
        "content": "Họp Ban Thường vụ đột xuất",
        "kind": "executive",
        "room": HALL,
    }
    story["over"] = office.propose(**late)
    office.when(office.over(story["over"], story["displaced_booking"]), actor=office.leader).accepted()
    office.publish()
    office.when(words.AcknowledgeWeek(week_id=WEEK, version=2), actor=office.leader).accepted()
    office.arrange(story["there"], NEXT).accepted()


def _as_said(named: words.Named) -> words.Participant:
    return words.Participant(thing=named.thing) if named.thing else words.Participant(name=named.name)


def _clock(minute: int) -> str:
    return f"{datetime.fromtimestamp(minute * 60, _HANOI):%m-%d %H:%M}"
