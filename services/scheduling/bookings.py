"""What scheduling decides of things, bookings and series, for the table of contents of the service."""

from typing import Any

from contracts import scheduling as words
from services.runtime.manifest import Aggregate, CommandRule, Policy, QueryRule
from services.scheduling.deciders import bookable_terms as terms
from services.scheduling.deciders import booking_approval as approval
from services.scheduling.deciders import booking_life as life
from services.scheduling.deciders import booking_move as moving
from services.scheduling.deciders import booking_override as override
from services.scheduling.deciders import booking_request as request
from services.scheduling.deciders import booking_waiting as waiting
from services.scheduling.deciders import series_change, series_request
from services.scheduling.deciders.bookable import BOOKABLE
from services.scheduling.deciders.booking import BOOKING, involved
from services.scheduling.deciders.calendar import CALENDAR
from services.scheduling.deciders.series import SERIES
from services.scheduling.policies.follow_assets import FOLLOW_ASSETS
from services.scheduling.policies.follow_people import FOLLOW_PEOPLE
from services.scheduling.policies.promote_waiting import PROMOTE_WAITING
from services.scheduling.policies.watch_bookings import WATCH_BOOKINGS
from services.scheduling.read_models.board import GET_BOARD
from services.scheduling.read_models.bookables import LIST_BOOKABLES
from services.scheduling.read_models.booking_card import GET_BOOKING
from services.scheduling.read_models.bookings import LIST_BOOKINGS
from services.scheduling.read_models.busy_times import LIST_BUSY_TIMES
from services.scheduling.read_models.free_things import LIST_ALTERNATIVES, LIST_FREE_THINGS
from services.scheduling.read_models.series import GET_SERIES
from services.scheduling.read_models.usage import LIST_USAGE

AGGREGATES: tuple[Aggregate[Any], ...] = (BOOKABLE, CALENDAR, BOOKING, SERIES)
COMMAND_RULES: tuple[CommandRule, ...] = (
    CommandRule(words.MakeBookable, terms.making_involves, terms.make_bookable),
    CommandRule(words.DescribeBookable, terms.thing_alone, terms.describe_bookable),
    CommandRule(words.SetTerms, terms.thing_and_horizon, terms.set_terms),
    CommandRule(words.BlockThing, terms.blocking_involves, terms.block_thing),
    CommandRule(words.UnblockThing, terms.thing_alone, terms.unblock_thing),
    CommandRule(words.RecordValidity, terms.thing_and_horizon, terms.record_validity),
    CommandRule(words.NotePlace, terms.thing_alone, terms.note_place),
    CommandRule(words.TakeUpPost, terms.post_involves, terms.take_up_post),
    CommandRule(words.GiveUpPost, terms.post_involves, terms.give_up_post),
    CommandRule(words.RetireBookable, terms.thing_and_horizon, terms.retire_bookable),
    CommandRule(words.RestoreBookable, terms.thing_alone, terms.restore_bookable),
    CommandRule(words.BookThings, request.request_involves, request.book_things),
    CommandRule(words.BookOver, override.override_involves, override.book_over),
    CommandRule(words.ConfirmHold, involved, request.confirm_hold),
    CommandRule(words.ApproveBooking, involved, approval.approve_booking),
    CommandRule(words.RejectBooking, involved, approval.reject_booking),
    CommandRule(words.MoveBooking, moving.move_involves, moving.move_booking),
    CommandRule(words.EndBooking, involved, moving.end_booking),
    CommandRule(words.DescribeBooking, involved, life.describe_booking),
    CommandRule(words.ConfirmBooking, life.booking_alone, life.confirm_booking),
    CommandRule(words.CheckIn, life.booking_alone, life.check_in),
    CommandRule(words.CancelBooking, involved, life.cancel_booking),
    CommandRule(words.ReleaseUnused, involved, life.release_unused),
    CommandRule(words.PromoteWaiting, involved, waiting.promote_waiting),
    CommandRule(words.BookSeries, series_request.series_involves, series_request.book_series),
    CommandRule(words.SkipOccurrences, series_change.skipping_involves, series_change.skip_occurrences),
    CommandRule(words.MoveOccurrences, series_change.moving_involves, series_change.move_occurrences),
    CommandRule(words.AddOccurrence, series_change.adding_involves, series_change.add_occurrence),
)
QUERY_RULES: tuple[QueryRule, ...] = (
    LIST_BOOKABLES,
    GET_BOARD,
    LIST_BUSY_TIMES,
    LIST_FREE_THINGS,
    LIST_ALTERNATIVES,
    LIST_BOOKINGS,
    GET_BOOKING,
    GET_SERIES,
    LIST_USAGE,
)
POLICIES: tuple[Policy, ...] = (FOLLOW_ASSETS, FOLLOW_PEOPLE, PROMOTE_WAITING, WATCH_BOOKINGS)
