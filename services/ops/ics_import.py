"""Importing calendars: each time of an event becomes a booking, and a corrected file changes the bookings it made."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Literal, TypeAlias
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import ValidationError

from contracts.base import Accepted, Answered, Command, Invalid, Page, Problem
from contracts.scheduling import (
    BOOKING_UNKNOWN,
    NOT_FREE,
    BookingRow,
    BookingStatus,
    BookingView,
    BookThings,
    CancelBooking,
    DescribeBooking,
    GetBooking,
    ListBookings,
    MoveBooking,
    SeenBooking,
    Want,
)
from services.ops.feed_desk import SchedulingDesk
from services.ops.ics_event import HANOI
from services.ops.ics_times import WORDS, Horizon, TimedEvent
from services.runtime.problems import explain

Outcome: TypeAlias = Literal["booked", "changed", "cancelled", "already", "passed", "rejected", "invalid", "failed"]
TAKEN: frozenset[Outcome] = frozenset({"booked", "changed", "cancelled", "already", "passed"})
"""What became of an event that needs nobody's attention; `passed` are those of which nothing was to be taken."""
REASON = "Tệp lịch nhập báo hủy."
_ALIVE: frozenset[BookingStatus] = frozenset({"held", "pending", "booked", "waitlisted", "checked_in", "displaced"})
_GONE = ("cancelled", "transparent", "left-out")
_ASKED_AT_ONCE = 32
_MOST_GENERATIONS = 20


@dataclass(frozen=True)
class EventVerdict:
    """What became of one time of an event: its booking, and what was said to it in both languages."""

    event: TimedEvent
    outcome: Outcome
    booking_id: str | None = None
    said: tuple[dict[str, str], ...] = ()
    code: str = ""


@dataclass(frozen=True)
class _Known:
    """The booking of an event, if it was made, and the id of the command that makes it or the next one."""

    command_id: UUID
    view: BookingView | None


@dataclass
class EventImport:
    """Events on their way into the calendar of one thing; the same event gives the same booking, in whatever file.

    What the file calls off is cancelled first and what it moves is moved next, so that the rest finds its place.
    """

    desk: SchedulingDesk
    bookable_id: str
    contact: str
    holder: str | None = None
    head: int = 0
    horizon: Horizon | None = None
    _known: dict[tuple[str, str], _Known] = field(default_factory=dict)

    async def run(self, events: Sequence[TimedEvent], advance: Callable[[], None]) -> list[EventVerdict]:
        """Send what every event comes to; return the verdicts in the events' order, then those of times left out."""
        gate = asyncio.Semaphore(_ASKED_AT_ONCE)
        events = [*events, *await self._left_out(events)]
        asked = [event for event in events if event.wrong is None and (event.gone is None or event.gone in _GONE)]
        for event, known in zip(asked, await asyncio.gather(*(self._find(each, gate) for each in asked)), strict=True):
            self._known[event.uid, event.key] = known
        verdicts: dict[int, EventVerdict] = {}
        for place, event in sorted(enumerate(events), key=lambda each: (self._turn(each[1]), each[0])):
            verdicts[place] = await self._one(event)
            advance()
        # One may have moved to where another was until it moved.
        for place, verdict in sorted(verdicts.items()):
            if verdict.code == NOT_FREE.code and verdict.booking_id is not None:
                verdicts[place] = await self._one(verdict.event)
        return [verdict for _, verdict in sorted(verdicts.items())]

    def command_id(self, event: TimedEvent, generation: int = 0) -> UUID:
        """Return the id of the command that books an event: thing, UID and which of its times decide it."""
        again = f":{generation}" if generation else ""
        return uuid5(NAMESPACE_URL, f"motmoi:ics:{self.bookable_id}:{event.key}{again}:{event.uid}")

    async def _left_out(self, events: Sequence[TimedEvent]) -> list[TimedEvent]:
        """Return the times of the file's events that an earlier file had and this one has no more, from tomorrow on.

        No booking says which event it is for; its id is that of a day of an event, or it is none of theirs.
        """
        standing = await self._standing()
        if not standing or self.horizon is None:
            return []
        titles = {event.uid: event for event in events}
        titles = {uid: titles[uid] for uid in titles.keys() - {event.uid for event in events if event.wrong}}
        held = {(event.uid, event.key) for event in events}
        tomorrow = self.horizon.now.astimezone(HANOI).date() + timedelta(1)
        keys = [f"{tomorrow + timedelta(n)}" for n in range((self.horizon.last - tomorrow).days + 1)]
        gone = [
            replace(titles[uid], key=key, starts_at=None, ends_at=None, gone="left-out")
            for uid in titles
            for key in ("", *keys)
            if (uid, key) not in held
        ]
        return [event for event in gone if any(self.command_id(event, n).hex in standing for n in (0, 1))]

    async def _standing(self) -> set[str]:
        """Return the ids of the thing's bookings from tomorrow on that were not called off."""
        if self.horizon is None:
            return set()
        first, cursor, found = self.horizon.now.astimezone(HANOI).date() + timedelta(1), None, set()
        while True:
            query = ListBookings(
                bookable_id=self.bookable_id, from_day=first, limit=1000, cursor=cursor, after=self.head
            )
            reply = await self.desk.asked(query)
            if not isinstance(reply, Answered):
                raise _unanswered(reply)
            page = Page[BookingRow].model_validate(reply.result)
            found |= {row.booking_id for row in page.rows if row.status in _ALIVE}
            cursor = page.next_cursor
            if cursor is None:
                return found

    def _turn(self, event: TimedEvent) -> int:
        known = self._known.get((event.uid, event.key))
        return 0 if event.gone else 1 if known is not None and known.view is not None else 2

    async def _find(self, event: TimedEvent, gate: asyncio.Semaphore) -> _Known:
        """Return the event's booking; one that a file called off and a later file holds again is made anew."""
        for generation in range(_MOST_GENERATIONS):
            command_id = self.command_id(event, generation)
            async with gate:
                reply = await self.desk.asked(GetBooking(booking_id=command_id.hex, after=self.head))
            if not isinstance(reply, Answered):
                if isinstance(reply, Problem) and reply.code == BOOKING_UNKNOWN.code:
                    return _Known(command_id, None)
                raise _unanswered(reply)
            view = BookingView.model_validate(reply.result)
            if view.booking.status != "cancelled" or view.booking.reason != REASON:
                break
        return _Known(command_id, view)

    async def _one(self, event: TimedEvent) -> EventVerdict:
        if event.wrong is not None:
            return _verdict(event, "invalid", event.wrong.vi, event.wrong.en, event.wrong.code)
        known = self._known.get((event.uid, event.key))
        try:
            if event.gone is not None:
                return await self._call_off(event, known)
            assert known is not None
            if known.view is None:
                return await self._say(event, "booked", self._booking(event), known.command_id)
            return await self._change(event, known.view)
        except ValidationError as error:
            return _refused(event, None, explain(error, skip=0))

    async def _call_off(self, event: TimedEvent, known: _Known | None) -> EventVerdict:
        assert event.gone is not None
        vi, en = WORDS[event.gone]
        view = known.view if known is not None else None
        if view is None or view.booking.status not in _ALIVE:
            return _verdict(event, "passed", f"Bỏ qua: {vi}.", f"Passed over: {en}.", event.gone)
        row = view.booking
        event = replace(event, starts_at=row.starts_at, ends_at=row.ends_at)
        command = CancelBooking(booking_id=row.booking_id, seen=row.seen, reason=REASON)
        return await self._say(event, "cancelled", command, _id_of("cancel", view))

    def _booking(self, event: TimedEvent) -> BookThings:
        return BookThings.model_validate(
            {
                "wants": (Want(of=(self.bookable_id,)),),
                "starts_at": event.starts_at,
                "ends_at": event.ends_at,
                "title": event.title,
                "private": event.private,
                "place": event.place,
                "holder": self.holder,
                "contact": event.contact or self.contact,
                "note": event.note,
            }
        )

    async def _change(self, event: TimedEvent, view: BookingView) -> EventVerdict:
        """Move and describe the booking of an event as the file has it now; nothing where it is so already."""
        row, done = view.booking, _verdict(event, "already", "", "", booking_id=view.booking.booking_id)
        if row.status not in _ALIVE:
            vi, en = "Lịch đã kết thúc hoặc đã hủy tại văn phòng; không đặt lại.", "Its booking is over; it stays so."
            return _verdict(event, "passed", vi, en, "booking-over", row.booking_id)
        assert event.starts_at is not None
        ends_at = event.ends_at or event.starts_at + (row.ends_at - row.starts_at)
        times: dict[str, Any] = {"starts_at": event.starts_at, "ends_at": ends_at}
        moved = {name: value for name, value in times.items() if value != getattr(row, name)}
        if event.place not in (None, row.place):
            moved["place"] = event.place
        seen = row.seen
        if moved:
            command = MoveBooking.model_validate({"booking_id": row.booking_id, "seen": seen, **times, **moved})
            done = await self._say(event, "changed", command, _id_of("move", view, *map(str, moved.values())))
            seen = SeenBooking.model_validate({"things": seen.things, **times})
        told = {name: getattr(event, name) for name in ("title", "private", "note")}
        differs = {name: value for name, value in told.items() if value is not None and value != getattr(row, name)}
        if not differs or done.outcome not in ("already", "changed") or (moved and self.desk.rehearsal):
            return done
        describing = DescribeBooking.model_validate({"booking_id": row.booking_id, "seen": seen, **differs})
        return await self._say(event, "changed", describing, _id_of("describe", view, *map(str, differs.values())))

    async def _say(self, event: TimedEvent, outcome: Outcome, command: Command, command_id: UUID) -> EventVerdict:
        reply = await self.desk.says(command, command_id)
        booking_id = str(getattr(command, "booking_id", command_id.hex))
        if isinstance(reply, Accepted):
            notices = tuple({"vi": notice.vi, "en": notice.en} for notice in reply.notices)
            return EventVerdict(event, outcome, booking_id, notices)
        return _refused(event, booking_id if outcome != "booked" else None, reply)


class DeskSilent(Exception):
    """The desk of scheduling did not answer what it was asked; the words say why, in Vietnamese and English."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi, self.en = vi, en


def _unanswered(reply: Any) -> DeskSilent:
    said = _said(reply)
    return DeskSilent("; ".join(one["vi"] for one in said), "; ".join(one["en"] for one in said))


def _said(reply: Any) -> tuple[dict[str, str], ...]:
    if isinstance(reply, Invalid):
        return tuple({"vi": f"{one.field}: {one.vi}", "en": f"{one.field}: {one.en}"} for one in reply.fields)
    return ({"vi": reply.vi, "en": reply.en},)


def _refused(event: TimedEvent, booking_id: str | None, reply: Any) -> EventVerdict:
    outcome: Outcome = "invalid" if isinstance(reply, Invalid) else "rejected"
    if reply.outcome in ("failed", "conflict"):
        outcome = "failed"
    code = reply.fields[0].code if isinstance(reply, Invalid) else reply.code
    return EventVerdict(event, outcome, booking_id, _said(reply), code)


def _verdict(
    event: TimedEvent, outcome: Outcome, vi: str, en: str, code: str = "", booking_id: str | None = None
) -> EventVerdict:
    return EventVerdict(event, outcome, booking_id, ({"vi": vi, "en": en},) if vi else (), code)


def _id_of(change: str, view: BookingView, *values: str) -> UUID:
    """Return the id of a change to a booking as it stands: the same change of a booking changed since is another."""
    row: BookingRow = view.booking
    stands = max((fact.position for fact in view.history), default=0)
    said = "\n".join(values)
    return uuid5(NAMESPACE_URL, f"motmoi:ics:{change}:{row.booking_id}:{stands}:{said}")
