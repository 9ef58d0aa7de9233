"""What scheduling says, records and answers of things, bookings and series, in one list each."""

from uuid import UUID

from contracts.base import Command, Event, Query
from contracts.scheduling import commands as said
from contracts.scheduling import events as told
from contracts.scheduling.feeds import FEED_COMMANDS, FEED_EVENTS, FEED_QUERIES
from contracts.scheduling.planning import PLANNING_QUERIES
from contracts.scheduling.queries import BOOKING_QUERIES
from contracts.scheduling.vehicles import VEHICLE_COMMANDS, VEHICLE_EVENTS, VEHICLE_QUERIES
from contracts.scheduling.weekly import WEEKLY_COMMANDS, WEEKLY_EVENTS, WEEKLY_QUERIES

BOOKABLE_COMMANDS: tuple[type[Command], ...] = (
    said.MakeBookable,
    said.DescribeBookable,
    said.SetTerms,
    said.BlockThing,
    said.UnblockThing,
    said.RecordValidity,
    said.NotePlace,
    said.TakeUpPost,
    said.GiveUpPost,
    said.RetireBookable,
    said.RestoreBookable,
)
BOOKING_COMMANDS: tuple[type[Command], ...] = (
    said.BookThings,
    said.BookOver,
    said.ConfirmHold,
    said.ApproveBooking,
    said.RejectBooking,
    said.MoveBooking,
    said.EndBooking,
    said.DescribeBooking,
    said.ConfirmBooking,
    said.CheckIn,
    said.CancelBooking,
    said.ReleaseUnused,
    said.PromoteWaiting,
    said.BookSeries,
    said.SkipOccurrences,
    said.MoveOccurrences,
    said.AddOccurrence,
)
BOOKABLE_EVENTS: tuple[type[Event], ...] = (
    told.BookableMade,
    told.BookableDescribed,
    told.TermsSet,
    told.ThingBlocked,
    told.ThingUnblocked,
    told.ValidityRecorded,
    told.PostTakenUp,
    told.PostGivenUp,
    told.BookableRetired,
    told.BookableRestored,
)
CALENDAR_EVENTS: tuple[type[Event], ...] = (
    told.SlotTaken,
    told.SlotReleased,
    told.SlotAwaited,
    told.SlotAwaitedNoMore,
    told.TermsNoted,
)
BOOKING_EVENTS: tuple[type[Event], ...] = (
    told.BookingHeld,
    told.BookingRequested,
    told.BookingBooked,
    told.BookingWaitlisted,
    told.ApprovalGiven,
    told.BookingRejected,
    told.BookingConfirmed,
    told.CheckedIn,
    told.BookingMoved,
    told.BookingDescribed,
    told.BookingCancelled,
    told.BookingReleased,
    told.BookingDisplaced,
)
SERIES_EVENTS: tuple[type[Event], ...] = (told.SeriesBooked, told.OccurrencesChanged)

COMMANDS: tuple[type[Command], ...] = (
    *BOOKABLE_COMMANDS,
    *BOOKING_COMMANDS,
    *VEHICLE_COMMANDS,
    *FEED_COMMANDS,
    *WEEKLY_COMMANDS,
)
EVENTS: tuple[type[Event], ...] = (
    *BOOKABLE_EVENTS,
    *CALENDAR_EVENTS,
    *BOOKING_EVENTS,
    *SERIES_EVENTS,
    *VEHICLE_EVENTS,
    *FEED_EVENTS,
    *WEEKLY_EVENTS,
)
QUERIES: tuple[type[Query], ...] = (
    *BOOKING_QUERIES,
    *VEHICLE_QUERIES,
    *FEED_QUERIES,
    *WEEKLY_QUERIES,
    *PLANNING_QUERIES,
)


def booking_id(command_id: UUID) -> str:
    """Return the id of the booking, or series, that a command with this id makes."""
    return command_id.hex
