"""What scheduling is told of things, bookings and series."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from contracts.base import Command, Day, Message, OrganCode, Role
from contracts.organisation import Account, PersonId, PostId, SiteId
from contracts.scheduling.values import (
    APPROVER,
    BOOKER,
    KEEPER,
    OVERRIDER,
    SERVICE,
    BookableCommand,
    BookingCommand,
    BookingId,
    Moment,
    Name,
    Note,
    OnConflict,
    PriorityClass,
    Reason,
    ReleaseCause,
    Scope,
    SeenBooking,
    SeriesId,
    ShortLine,
    Terms,
    ThingKind,
    TypeCode,
    ValidityKind,
    Want,
)

# --- commands: things that can be booked ----------------------------------------------------------------------------


class BookableDetails(Message):
    """What is known of a thing that can be booked."""

    kind: ThingKind
    type: Annotated[TypeCode | None, Field(description="Made of the kind, and the seats of a car, when left out.")] = (
        None
    )
    name: Name
    site_id: SiteId | None = None
    place: ShortLine | None = None
    seats: Annotated[int | None, Field(ge=1, le=10_000)] = None
    equipment: Annotated[tuple[ShortLine, ...], Field(max_length=50)] = ()
    contact: Annotated[ShortLine | None, Field(description="Who is asked about it, and how they are reached.")] = None
    account: Account | None = None
    board: OrganCode | None = None


class MakeBookable(BookableDetails, BookableCommand):
    """Let a person or a thing be booked; said again, it puts right what is known of it. Terms stay when left out."""

    allowed: ClassVar[frozenset[Role]] = KEEPER | SERVICE

    preparation_minutes: Annotated[int, Field(ge=0, le=1440)] = 0
    terms: Annotated[Terms | None, Field(description="By the rules of its kind when left out.")] = None


class SetTerms(BookableCommand):
    """Say on what terms a thing can be booked: all of them, as they are to stand."""

    terms: Terms


class BlockThing(BookableCommand):
    """Let nobody book a thing for a time, but those excepted; what is booked already stays."""

    starts_at: Moment
    ends_at: Moment
    reason: Reason
    except_boards: Annotated[tuple[OrganCode, ...], Field(max_length=20)] = ()


class UnblockThing(BookableCommand):
    """End a blocking before its time."""

    blocking_id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    reason: Reason


class RecordValidity(BookableCommand):
    """Say until when a paper of a thing holds; after that day it cannot be booked."""

    allowed: ClassVar[frozenset[Role]] = KEEPER | SERVICE

    validity: ValidityKind
    last_day: Day


class DescribeBookable(BookableCommand):
    """Put right what is known of a thing or a person; what is left out stays. Nothing where it cannot be booked."""

    allowed: ClassVar[frozenset[Role]] = KEEPER | SERVICE

    name: Name | None = None
    contact: ShortLine | None = None
    account: Account | None = None
    board: OrganCode | None = None
    seats: Annotated[int | None, Field(ge=1, le=10_000)] = None
    equipment: Annotated[tuple[ShortLine, ...] | None, Field(max_length=50)] = None


class NotePlace(BookableCommand):
    """Say that a thing stands at another site; nothing where it cannot be booked."""

    allowed: ClassVar[frozenset[Role]] = SERVICE

    site_id: SiteId | None = None
    place: ShortLine | None = None


class TakeUpPost(Command):
    """A person took up a post; with a leading one, they are booked as a leader."""

    allowed: ClassVar[frozenset[Role]] = SERVICE

    person_id: PersonId
    post_id: PostId
    name: Name
    title: Name
    board: OrganCode
    leading: bool = False
    driving: bool = False


class GiveUpPost(Command):
    """A person no longer holds a post."""

    allowed: ClassVar[frozenset[Role]] = SERVICE

    person_id: PersonId
    post_id: PostId


class RetireBookable(BookableCommand):
    """Let a thing be booked no longer; what is booked already stays."""

    allowed: ClassVar[frozenset[Role]] = KEEPER | SERVICE

    reason: Reason


class RestoreBookable(BookableCommand):
    """Let a thing be booked again."""

    allowed: ClassVar[frozenset[Role]] = KEEPER | SERVICE


# --- commands: bookings ---------------------------------------------------------------------------------------------


class BookingDetails(Message):
    """What a booking is about."""

    title: Name
    private: Annotated[bool, Field(description="Others see only that it is taken.")] = False
    site_id: SiteId | None = None
    place: Annotated[ShortLine | None, Field(description="Left out: that of the room among its things.")] = None
    priority: Annotated[PriorityClass | None, Field(description="The speaker's own when left out.")] = None
    holder: Annotated[ShortLine | None, Field(description="For whom it is; the speaker when left out.")] = None
    contact: Annotated[ShortLine, Field(description="How the holder is reached, such as a telephone number.")]
    board: Annotated[OrganCode | None, Field(description="Whose it is; the speaker's own when left out.")] = None
    document_number: Annotated[ShortLine | None, Field(description="The document it rests on.")] = None
    attendees: Annotated[int | None, Field(ge=1, le=100_000)] = None
    services: Annotated[tuple[ShortLine, ...], Field(max_length=30, description="Nước uống, kỹ thuật, maket...")] = ()
    note: Note | None = None


class Timed(Message):
    """When, and what is wanted."""

    wants: Annotated[tuple[Want, ...], Field(min_length=1, max_length=12)]
    starts_at: Moment
    ends_at: Annotated[Moment | None, Field(description="After the usual length when left out.")] = None


class BookThings(Timed, BookingDetails, Command):
    """Book people and things together for a time: all of them or none."""

    allowed: ClassVar[frozenset[Role]] = BOOKER

    if_busy: Annotated[Literal["refuse", "wait"], Field(description="wait: join the waiting list.")] = "refuse"
    hold: Annotated[bool, Field(description="Only keep them while the form is filled in.")] = False


class Displacing(Message):
    """A booking that is to give way, as the speaker saw it."""

    booking_id: BookingId
    seen: SeenBooking


class BookOver(Timed, BookingDetails, Command):
    """Book people and things although others have them: by authority, for a reason, and they are told."""

    allowed: ClassVar[frozenset[Role]] = OVERRIDER

    displaces: Annotated[tuple[Displacing, ...], Field(min_length=1, max_length=30)]
    reason: Reason


class ConfirmHold(BookingDetails, BookingCommand):
    """Book what was held; approval is asked for where its things need it."""


class ApproveBooking(BookingCommand):
    """Give the next approval a booking needs; with the last one it is booked."""

    allowed: ClassVar[frozenset[Role]] = APPROVER | {"board"}

    note: Note | None = None


class RejectBooking(BookingCommand):
    """Do not approve a booking; what it held is free at once."""

    allowed: ClassVar[frozenset[Role]] = APPROVER | {"board"}

    reason: Reason


class MoveBooking(BookingCommand):
    """Give a booking another time, other things, or both; what is left out stays. It keeps its place until it has one.

    Whoever needs it longer or shorter moves its end; approval is asked for again where a new thing needs it.
    """

    wants: Annotated[tuple[Want, ...] | None, Field(min_length=1, max_length=12)] = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    site_id: SiteId | None = None
    place: ShortLine | None = None
    reason: Reason | None = None


class DescribeBooking(BookingCommand):
    """Put right what a booking says of itself; what is left out stays, and so do its time and its things."""

    title: Name | None = None
    private: bool | None = None
    holder: ShortLine | None = None
    contact: ShortLine | None = None
    document_number: ShortLine | None = None
    attendees: Annotated[int | None, Field(ge=1, le=100_000)] = None
    services: Annotated[tuple[ShortLine, ...] | None, Field(max_length=30)] = None
    note: Note | None = None


class EndBooking(BookingCommand):
    """End a booking now; the rest of its time is free at once."""


class ConfirmBooking(BookingCommand):
    """Say that a booking is still needed."""


class CheckIn(BookingCommand):
    """Say that whoever booked has come."""


class CancelBooking(BookingCommand):
    """Call a booking off, or leave the waiting list; what it held is free at once."""

    reason: Reason | None = None


class ReleaseUnused(BookingCommand):
    """Release a booking whose time to be approved, confirmed, used or promoted has passed."""

    allowed: ClassVar[frozenset[Role]] = SERVICE

    cause: ReleaseCause


class PromoteWaiting(BookingCommand):
    """Book what a booking waits for, if all of it is free now."""

    allowed: ClassVar[frozenset[Role]] = SERVICE


# --- commands: series -----------------------------------------------------------------------------------------------


class BookSeries(Timed, BookingDetails, Command):
    """Book the same things again and again; the first time is `starts_at`."""

    allowed: ClassVar[frozenset[Role]] = BOOKER

    every: Literal["day", "week", "month"]
    interval: Annotated[int, Field(ge=1, le=12)] = 1
    weekdays: Annotated[
        tuple[Annotated[int, Field(ge=1, le=7)], ...],
        Field(max_length=7, description="Of every week; 1 is Monday; that of the first time when left out."),
    ] = ()
    month_by: Annotated[
        Literal["day", "weekday"], Field(description="day: on the same day; weekday: such as on its second Tuesday.")
    ] = "day"
    count: Annotated[int, Field(ge=2, le=106, description="How many times at most.")]
    until: Annotated[Day | None, Field(description="The last day on which it may be.")] = None
    on_conflict: Annotated[
        OnConflict,
        Field(description="skip: leave such a time out; fail: book none; next_free: the next free time of that day."),
    ] = "fail"
    reconfirm: Annotated[bool, Field(description="Release each that is not confirmed in time.")] = False


class SeenOccurrence(SeenBooking):
    """One time of a series as the speaker saw it."""

    number: Annotated[int, Field(ge=1, le=106)]


class SeriesCommand(Command):
    """A wish about a series: about one of its times, that and those after it, or all.

    `seen` names all those still booked that `scope` means, as the speaker saw them.
    """

    allowed: ClassVar[frozenset[Role]] = BOOKER

    series_id: SeriesId
    scope: Scope = "this"
    number: Annotated[int, Field(ge=1, le=106)]
    seen: Annotated[tuple[SeenOccurrence, ...], Field(min_length=1, max_length=106)]


class SkipOccurrences(SeriesCommand):
    """Leave times of a series out; what they held is free at once, and they can be added again."""

    reason: Reason | None = None


class MoveOccurrences(SeriesCommand):
    """Move times of a series: by days, to another hour, to another length, to other things."""

    days: Annotated[int, Field(ge=-31, le=31)] = 0
    starts: Annotated[str | None, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")] = None
    minutes: Annotated[int | None, Field(ge=1, le=1440, description="How long; as before when left out.")] = None
    wants: Annotated[tuple[Want, ...] | None, Field(min_length=1, max_length=12)] = None
    on_conflict: Annotated[Literal["skip", "fail"], Field(description="skip: such a time stays as it was.")] = "fail"
    reason: Reason | None = None


class AddOccurrence(Timed, Command):
    """Book a time of a series that was skipped or dropped: at its old time or another, with its things or others."""

    allowed: ClassVar[frozenset[Role]] = BOOKER

    series_id: SeriesId
    number: Annotated[int, Field(ge=1, le=106)]
