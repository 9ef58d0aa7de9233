"""Keeping what can be booked: made, described, on which terms, blocked, until when its papers hold, and retired.

Whatever makes a thing harder to book is noted in the calendars it could be booked in: bookings append there, so no
process can go on booking by terms that it remembers from before.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from contracts import scheduling as words_of
from contracts.base import Refused
from contracts.scheduling import BookableDetails, BookableFacts, Terms
from services.runtime.manifest import Decision, Given, Ref, Seen
from services.scheduling.deciders.bookable import BOOKABLE, Bookable, expect_known
from services.scheduling.deciders.booking import each_once
from services.scheduling.deciders.calendar import CALENDAR, calendar_ids, minute
from services.scheduling.deciders.common import terms_of_kind
from services.scheduling.deciders.diary import Diary

_HORIZON = timedelta(760)
_LONGEST_BLOCKING = timedelta(1100)


def thing_alone(words: words_of.BookableCommand, given: Given) -> Sequence[Ref]:
    """Return just the thing: nothing becomes harder to book."""
    return (Ref(BOOKABLE, words.bookable_id),)


def thing_and_horizon(words: words_of.BookableCommand, given: Given) -> Sequence[Ref]:
    """Return the thing and the calendars it may be booked in from now on."""
    return (Ref(BOOKABLE, words.bookable_id), *(Ref(CALENDAR, id) for id in _horizon(words, given)))


def making_involves(words: words_of.MakeBookable, given: Given) -> Sequence[Ref]:
    """Return the thing, and its calendars where its terms may change."""
    changes_terms = words.terms is not None or words.preparation_minutes
    return thing_and_horizon(words, given) if changes_terms else thing_alone(words, given)


def blocking_involves(words: words_of.BlockThing, given: Given) -> Sequence[Ref]:
    """Return the thing and the calendars of the blocked time; raise Refused where that is none or years long."""
    if words.ends_at <= words.starts_at:
        raise Refused(words_of.ENDS_BEFORE_IT_BEGINS, "ends_at")
    if words.ends_at - words.starts_at > _LONGEST_BLOCKING:
        raise Refused(words_of.BLOCKING_TOO_LONG, "ends_at", days=_LONGEST_BLOCKING.days)
    ids = calendar_ids(words.bookable_id, minute(words.starts_at), minute(words.ends_at))
    return each_once((Ref(BOOKABLE, words.bookable_id), *(Ref(CALENDAR, id) for id in ids)))


def make_bookable(words: words_of.MakeBookable, given: Given, *seen: Seen) -> Decision:
    """A thing can be booked on the terms of its kind; said again, what is known of it is put right."""
    diary, id, thing = Diary(seen), words.bookable_id, seen[0].state
    described = {name: getattr(words, name) for name in BookableDetails.model_fields}
    described["type"] = words.type or _type(words)
    if thing.kind is None:
        terms = words.terms or terms_of_kind(given, words.kind, words.preparation_minutes)
        _expect_hours(terms)
        diary.say(BOOKABLE, id, words_of.BookableMade(**described, terms=terms))
        return diary.decision()
    _describe(diary, id, **described)
    if words.terms is not None or words.preparation_minutes:
        terms = words.terms or thing.terms.model_copy(update={"preparation_minutes": words.preparation_minutes})
        _set_terms(diary, id, terms, seen)
    return diary.decision()


def set_terms(words: words_of.SetTerms, given: Given, *seen: Seen) -> Decision:
    """New terms hold for what is booked from now on; what is booked already stays."""
    diary, id = Diary(seen), words.bookable_id
    expect_known(seen[0].state, id)
    _set_terms(diary, id, words.terms, seen)
    return diary.decision()


def block_thing(words: words_of.BlockThing, given: Given, *seen: Seen) -> Decision:
    """Nobody books a blocked thing but those excepted; what is booked already stays, for its holders to be asked."""
    diary, id, thing = Diary(seen), words.bookable_id, seen[0].state
    expect_known(thing, id)
    blocking = given.command_id.hex
    if any(each.blocking_id == blocking for each in thing.blockings):
        return ()
    said = {name: getattr(words, name) for name in ("starts_at", "ends_at", "reason", "except_boards")}
    event = words_of.ThingBlocked(blocking_id=blocking, **said, version=thing.version + 1)
    diary.say(BOOKABLE, id, event)
    _note(diary, seen, thing.version + 1)
    return diary.decision()


def unblock_thing(words: words_of.UnblockThing, given: Given, *seen: Seen) -> Decision:
    """A blocking that is lifted stands in nobody's way any more."""
    diary, id, thing = Diary(seen), words.bookable_id, seen[0].state
    expect_known(thing, id)
    if all(each.blocking_id != words.blocking_id for each in thing.blockings):
        raise Refused(words_of.BLOCKING_UNKNOWN, "blocking_id", blocking_id=words.blocking_id, name=thing.name)
    event = words_of.ThingUnblocked(blocking_id=words.blocking_id, reason=words.reason, version=thing.version + 1)
    diary.say(BOOKABLE, id, event)
    return diary.decision()


def record_validity(words: words_of.RecordValidity, given: Given, *seen: Seen) -> Decision:
    """A thing is not used after the last day of any of its papers; of what cannot be booked, nothing is recorded."""
    diary, id, thing = Diary(seen), words.bookable_id, seen[0].state
    if thing.kind is None and "service" in given.actor.roles:
        return ()
    expect_known(thing, id)
    if (words.validity, words.last_day) in thing.valid:
        return ()
    version = thing.version + 1
    event = words_of.ValidityRecorded(validity=words.validity, last_day=words.last_day, version=version)
    diary.say(BOOKABLE, id, event)
    _note(diary, seen, version)
    return diary.decision()


def describe_bookable(words: words_of.DescribeBookable, given: Given, *seen: Seen) -> Decision:
    """What is known of a thing is put right; nothing that forbids a booking changes by it."""
    diary, id = Diary(seen), words.bookable_id
    if seen[0].state.kind is None and "service" in given.actor.roles:
        return ()
    expect_known(seen[0].state, id)
    _describe(diary, id, **words.model_dump(exclude={"bookable_id"}))
    return diary.decision()


def note_place(words: words_of.NotePlace, given: Given, *seen: Seen) -> Decision:
    """A thing that stands elsewhere is booked there from now on."""
    diary = Diary(seen)
    if seen[0].state.kind is not None:
        _describe(diary, words.bookable_id, exactly=True, site_id=words.site_id, place=words.place)
    return diary.decision()


def retire_bookable(words: words_of.RetireBookable, given: Given, *seen: Seen) -> Decision:
    """What is retired can be booked no longer; what is booked already stays, for its holders to be asked."""
    diary, id, thing = Diary(seen), words.bookable_id, seen[0].state
    if thing.retired is not None or (thing.kind is None and "service" in given.actor.roles):
        return ()
    expect_known(thing, id)
    diary.say(BOOKABLE, id, words_of.BookableRetired(reason=words.reason, version=thing.version + 1))
    _note(diary, seen, thing.version + 1)
    return diary.decision()


def restore_bookable(words: words_of.RestoreBookable, given: Given, *seen: Seen) -> Decision:
    """What was retired can be booked again."""
    diary, id, thing = Diary(seen), words.bookable_id, seen[0].state
    if thing.kind is not None and thing.retired is not None:
        diary.say(BOOKABLE, id, words_of.BookableRestored(version=thing.version + 1))
    return diary.decision()


def post_involves(words: words_of.TakeUpPost | words_of.GiveUpPost, given: Given) -> Sequence[Ref]:
    """Return the person as one who can be booked."""
    return (Ref(BOOKABLE, _person(words)),)


def take_up_post(words: words_of.TakeUpPost, given: Given, *seen: Seen) -> Decision:
    """Whoever holds a leading post is booked as a leader, a driver as a driver, everybody else as staff."""
    diary, id, thing = Diary(seen), _person(words), seen[0].state
    kind = "leader" if words.leading or thing.leading else "driver" if words.driving else thing.kind or "staff"
    if thing.kind is None:
        facts = BookableFacts(kind=kind, type=kind, name=words.name, board=words.board)
        terms = terms_of_kind(given, facts.kind)
        diary.say(BOOKABLE, id, words_of.BookableMade(**facts.model_dump(), terms=terms))
    if words.post_id not in thing.posts or (words.leading and words.post_id not in thing.leading):
        event = words_of.PostTakenUp(post_id=words.post_id, title=words.title, leading=words.leading)
        diary.say(BOOKABLE, id, event)
    if thing.kind is not None:
        _describe(diary, id, kind=kind, type=kind, name=words.name, board=words.board)
    return diary.decision()


def give_up_post(words: words_of.GiveUpPost, given: Given, *seen: Seen) -> Decision:
    """Whoever gives up their last leading post is booked as staff from then on."""
    diary, id, thing = Diary(seen), _person(words), seen[0].state
    if words.post_id in thing.posts:
        diary.say(BOOKABLE, id, words_of.PostGivenUp(post_id=words.post_id))
        if thing.kind == "leader" and not diary.thing(id).leading:
            _describe(diary, id, kind="staff", type="staff")
    return diary.decision()


def _person(words: words_of.TakeUpPost | words_of.GiveUpPost) -> str:
    return f"person-{words.person_id}"


def _type(words: BookableDetails) -> str:
    return f"car-{words.seats}" if words.kind == "vehicle" and words.seats else words.kind


def _describe(diary: Diary, id: str, *, exactly: bool = False, **changes: Any) -> None:
    thing: Bookable = diary.thing(id)
    known = {name: getattr(thing, name) for name in BookableFacts.model_fields}
    # What the change does not say, such as the contact in an asset's facts, stays as a person has said it.
    told = {**known, **{name: value for name, value in changes.items() if exactly or value is not None}}
    if told != known:
        diary.say(BOOKABLE, id, words_of.BookableDescribed(**told, version=thing.version + 1))


def _set_terms(diary: Diary, id: str, terms: Terms, seen: Sequence[Seen]) -> None:
    thing: Bookable = diary.thing(id)
    _expect_hours(terms)
    if terms != thing.terms:
        diary.say(BOOKABLE, id, words_of.TermsSet(terms=terms, version=thing.version + 1))
        _note(diary, seen, thing.version + 1)


def _note(diary: Diary, seen: Iterable[Seen], version: int) -> None:
    for each in seen:
        if each.ref.aggregate is CALENDAR:
            diary.say(CALENDAR, each.ref.id, words_of.TermsNoted(version=version))


def _horizon(words: words_of.BookableCommand, given: Given) -> Iterator[str]:
    yield from calendar_ids(words.bookable_id, minute(given.now), minute(given.now + _HORIZON))


def _expect_hours(terms: Terms) -> None:
    if any(hours.closes <= hours.opens for hours in terms.hours):
        raise Refused(words_of.HOURS_UNFIT, "terms.hours")
