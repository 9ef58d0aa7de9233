"""People of the organisation can be booked: leaders while they hold a leading post, drivers, and all staff."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from contracts import organisation, scheduling
from contracts.base import Command, Event
from services.runtime.envelope import Fact, event_types
from services.runtime.manifest import At, Policy
from services.runtime.text import fold

_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_DRIVER = fold("lái xe")
_EVENTS: tuple[type[Event], ...] = (
    organisation.PersonRegistered,
    organisation.PersonCorrected,
    organisation.PersonAppointed,
    organisation.AppointmentEnded,
    organisation.AppointmentCancelled,
    organisation.PersonDeparted,
    organisation.PersonReturned,
)


def _react(fact: Fact) -> Iterable[Command | At]:
    event, id = fact.event, f"person-{fact.id}"
    match event:
        case organisation.PersonRegistered():
            yield scheduling.MakeBookable(
                bookable_id=id, kind="staff", name=event.name, contact=_contact(event), account=event.account
            )
        case organisation.PersonCorrected():
            yield scheduling.DescribeBookable(
                bookable_id=id, name=event.name, contact=_contact(event), account=event.account
            )
        case organisation.PersonAppointed():
            taken = scheduling.TakeUpPost(
                person_id=fact.id,
                post_id=event.post_id,
                name=event.name,
                title=event.post_title,
                board=event.unit_code,
                leading=event.post_group == "leadership",
                driving=_DRIVER in fold(event.post_title),
            )
            yield At(_morning(event.effective_on), taken)
            if event.until is not None:
                given_up = scheduling.GiveUpPost(person_id=fact.id, post_id=event.post_id)
                yield At(_morning(date.fromordinal(event.until.toordinal() + 1)), given_up)
        case organisation.AppointmentEnded() | organisation.AppointmentCancelled():
            day = event.effective_on if isinstance(event, organisation.AppointmentEnded) else event.since
            yield At(_morning(day), scheduling.GiveUpPost(person_id=fact.id, post_id=event.post_id))
        case organisation.PersonDeparted():
            retire = scheduling.RetireBookable(bookable_id=id, reason="Đã thôi công tác tại cơ quan.")
            yield At(_morning(event.effective_on), retire)
        case organisation.PersonReturned():
            yield At(_morning(event.effective_on), scheduling.RestoreBookable(bookable_id=id))


def _contact(event: organisation.PersonRegistered | organisation.PersonCorrected) -> str | None:
    return event.phone or event.email


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), _HANOI).astimezone(UTC)


FOLLOW_PEOPLE = Policy("follow_people", event_types("organisation", _EVENTS), _react)
