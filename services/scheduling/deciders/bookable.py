"""The thing that can be booked: what is known of it, on what terms, and what stands against a booking of it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from contracts import scheduling as words_of
from contracts.base import Actor, Event, Refused
from contracts.scheduling import Blocking, BookableFacts, PriorityClass, Terms, ThingKind, ValidityKind
from services.runtime.manifest import Aggregate, Given
from services.runtime.working_days import OutsideCalendar
from services.scheduling.deciders.calendar import rank
from services.scheduling.deciders.common import HANOI, PRIORITY_NAMES, told

_TERMS = Terms()
_PAPERS: dict[ValidityKind, tuple[str, str]] = {
    "licence": ("giấy phép lái xe", "driving licence"),
    "inspection": ("đăng kiểm", "inspection"),
    "insurance": ("bảo hiểm bắt buộc", "compulsory insurance"),
    "other": ("giấy tờ bắt buộc", "required paper"),
}
_DAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


@dataclass(frozen=True, slots=True)
class Bookable:
    """What later decisions need of a thing; `kind` is None before it can be booked, `version` counts its changes."""

    kind: ThingKind | None = None
    type: str = ""
    name: str = ""
    site_id: str | None = None
    place: str | None = None
    seats: int | None = None
    equipment: tuple[str, ...] = ()
    contact: str | None = None
    account: str | None = None
    board: str | None = None
    terms: Terms = _TERMS
    blockings: tuple[Blocking, ...] = ()
    valid: tuple[tuple[ValidityKind, date], ...] = ()
    leading: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    retired: str | None = None
    version: int = 0


def evolve(thing: Bookable, event: Event) -> Bookable:
    """Return the thing after an event."""
    thing = replace(thing, version=max(thing.version, getattr(event, "version", 0)))
    if isinstance(event, BookableFacts):
        thing = replace(thing, **{name: getattr(event, name) for name in BookableFacts.model_fields})
    match event:
        case words_of.BookableMade() | words_of.TermsSet():
            return replace(thing, terms=event.terms)
        case words_of.ThingBlocked():
            kept = tuple(blocking for blocking in thing.blockings if blocking.ends_at > event.starts_at)
            added = Blocking(**{name: getattr(event, name) for name in Blocking.model_fields})
            return replace(thing, blockings=(*kept, added))
        case words_of.ThingUnblocked():
            kept = tuple(blocking for blocking in thing.blockings if blocking.blocking_id != event.blocking_id)
            return replace(thing, blockings=kept)
        case words_of.ValidityRecorded():
            others = tuple(paper for paper in thing.valid if paper[0] != event.validity)
            return replace(thing, valid=(*others, (event.validity, event.last_day)))
        case words_of.PostTakenUp() | words_of.PostGivenUp():
            return _posted(thing, event)
        case words_of.BookableRetired():
            return replace(thing, retired=event.reason)
        case words_of.BookableRestored():
            return replace(thing, retired=None)
    return thing


def _posted(thing: Bookable, event: words_of.PostTakenUp | words_of.PostGivenUp) -> Bookable:
    posts = tuple(post for post in thing.posts if post != event.post_id)
    leading = tuple(post for post in thing.leading if post != event.post_id)
    if isinstance(event, words_of.PostTakenUp):
        posts = (*posts, event.post_id)
        leading = (*leading, event.post_id) if event.leading else leading
    return replace(thing, posts=posts, leading=leading)


BOOKABLE = Aggregate("bookable", Bookable(), evolve)


def expect_known(thing: Bookable, id: str, field: str | None = None) -> None:
    """Raise Refused for what never could be booked."""
    if thing.kind is None:
        raise Refused(words_of.BOOKABLE_UNKNOWN, field, bookable_id=id)


def against(
    thing: Bookable, id: str, given: Given, start: datetime, end: datetime, board: str | None, priority: PriorityClass
) -> Refused | None:
    """Return why a thing cannot be booked for a time whoever else has it; None where nothing stands against it."""
    if thing.kind is None:
        return Refused(words_of.BOOKABLE_UNKNOWN, "wants", bookable_id=id)
    if thing.retired is not None:
        return Refused(words_of.BOOKABLE_RETIRED, name=thing.name, reason=thing.retired)
    return (
        _against_who(thing, given.actor, board, priority)
        or _against_papers(thing, end)
        or _against_blockings(thing, start, end, board)
        or _against_hours(thing, given, start, end)
    )


def _against_who(thing: Bookable, actor: Actor, board: str | None, priority: PriorityClass) -> Refused | None:
    terms, contact = thing.terms, reached(thing)
    office = {"service", "clerk"} & set(actor.roles)
    if terms.roles and not office and not set(terms.roles) & set(actor.roles):
        return Refused(words_of.NOT_FOR_YOU, name=thing.name, contact=contact)
    if terms.boards and not office and "leader" not in actor.roles and board not in terms.boards:
        return Refused(words_of.NOT_FOR_YOU, name=thing.name, contact=contact)
    if rank(priority) > rank(terms.least_priority):
        vi, en = PRIORITY_NAMES[terms.least_priority]
        return Refused(words_of.PRIORITY_TOO_LOW, name=thing.name, vi=vi, en=en)
    return None


def _against_papers(thing: Bookable, end: datetime) -> Refused | None:
    last = (end - timedelta(minutes=1)).astimezone(HANOI).date()
    for kind, last_day in thing.valid:
        if last > last_day:
            vi, en = _PAPERS[kind]
            return Refused(words_of.VALIDITY_ENDED, name=thing.name, last_day=last_day, vi=vi, en=en)
    return None


def _against_blockings(thing: Bookable, start: datetime, end: datetime, board: str | None) -> Refused | None:
    for blocking in thing.blockings:
        if blocking.starts_at < end and start < blocking.ends_at and board not in blocking.except_boards:
            until = told(blocking.ends_at)
            return Refused(
                words_of.THING_BLOCKED, name=thing.name, until=until, reason=blocking.reason, contact=reached(thing)
            )
    return None


def _against_hours(thing: Bookable, given: Given, start: datetime, end: datetime) -> Refused | None:
    begins, ends = start.astimezone(HANOI), (end - timedelta(minutes=1)).astimezone(HANOI)
    days = [begins.date() + timedelta(n) for n in range((ends.date() - begins.date()).days + 1)]
    if thing.terms.closed_on_days_off:
        for day in days:
            try:
                special = given.rules.working_days.special_day(day)
            except OutsideCalendar:
                continue
            if special is not None and not special.is_working:
                return Refused(words_of.DAY_OFF, name=thing.name, day=day, holiday=special.name_vi)
    if not thing.terms.hours:
        return None
    from_, to = f"{begins:%H:%M}", f"{ends + timedelta(minutes=1):%H:%M}"
    to = "24:00" if to == "00:00" else to
    fits = len(days) == 1 and any(
        hours.weekday == begins.isoweekday() and hours.opens <= from_ and to <= hours.closes
        for hours in thing.terms.hours
    )
    return None if fits else Refused(words_of.OUTSIDE_HOURS, name=thing.name, hours=_told_hours(thing.terms))


def reached(thing: Bookable) -> str:
    """Return who is asked about a thing."""
    return thing.contact or "Văn phòng"


def _told_hours(terms: Terms) -> str:
    return ", ".join(f"{_DAYS[hours.weekday - 1]} {hours.opens}–{hours.closes}" for hours in terms.hours)
