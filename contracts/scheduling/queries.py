"""What scheduling is asked of things, bookings and series."""

from typing import Annotated, Literal

from pydantic import Field

from contracts.base import Day, ListQuery, OrganCode, Page, Query
from contracts.organisation import SearchText, SiteId
from contracts.scheduling.rows import (
    Alternatives,
    Board,
    BookableRow,
    BookingRow,
    BookingView,
    BusyRow,
    FreeThingRow,
    SeriesView,
    UsageRow,
)
from contracts.scheduling.values import (
    BookableId,
    BookingId,
    BookingStatus,
    Moment,
    SeriesId,
    ShortLine,
    ThingKind,
    TypeCode,
)


class ThingFilter(Query):
    """What chooses things that can be booked."""

    kind: ThingKind | None = None
    type: TypeCode | None = None
    site_id: SiteId | None = None
    seats: Annotated[int | None, Field(ge=1, le=10_000, description="At least so many.")] = None
    equipment: Annotated[tuple[ShortLine, ...], Field(max_length=20, description="All of these.")] = ()


class ListBookables(ThingFilter, ListQuery):
    """People and things that can be booked, with their terms."""

    answer = Page[BookableRow]

    retired: bool = False
    text: SearchText = None
    descending: bool = False
    sort: Literal["name"] = "name"


class GetBoard(ThingFilter):
    """Things side by side over a week or some days, with all that is taken of them: 200 things at most."""

    answer = Board

    things: Annotated[tuple[BookableId, ...], Field(max_length=200, description="All that are meant if empty.")] = ()
    from_day: Annotated[Day | None, Field(description="The Monday of this week when left out.")] = None
    days: Annotated[int, Field(ge=1, le=35)] = 7


class ListBusyTimes(ListQuery):
    """When things are taken: for calendars of people, rooms and cars."""

    answer = Page[BusyRow]

    things: Annotated[tuple[BookableId, ...], Field(min_length=1, max_length=60)]
    starts_at: Moment
    ends_at: Moment
    descending: bool = False
    sort: Literal["starts_at"] = "starts_at"


class ListFreeThings(ThingFilter, ListQuery):
    """Who and what is free for a time or for part of it, buffers counted; those free all the time first."""

    answer = Page[FreeThingRow]

    starts_at: Moment
    ends_at: Moment
    descending: bool = False
    sort: Literal["free"] = "free"


class ListAlternatives(Query):
    """What could be booked instead of a thing that is taken for a time."""

    answer = Alternatives

    bookable_id: BookableId
    starts_at: Moment
    ends_at: Moment
    seats: Annotated[int | None, Field(ge=1, le=10_000)] = None


class ListBookings(ListQuery):
    """Bookings by time: one's own, those of a board, those that wait for approval or for a place."""

    answer = Page[BookingRow]

    mine: Annotated[bool, Field(description="Booked by the speaker.")] = False
    board: OrganCode | None = None
    status: BookingStatus | None = None
    to_confirm: Annotated[bool, Field(description="Released in time unless somebody confirms them.")] = False
    bookable_id: BookableId | None = None
    series_id: SeriesId | None = None
    from_day: Day | None = None
    to_day: Day | None = None
    descending: bool = False
    sort: Literal["starts_at"] = "starts_at"


class GetBooking(Query):
    """One booking with its history."""

    answer = BookingView

    booking_id: BookingId


class GetSeries(Query):
    """One series with every one of its times, and who held what it did not get."""

    answer = SeriesView

    series_id: SeriesId


class ListUsage(ThingFilter, ListQuery):
    """How much things were used in some days: by hour, against working hours, and how often nobody came."""

    answer = Page[UsageRow]

    from_day: Day
    to_day: Day
    descending: bool = False
    sort: Literal["name"] = "name"


BOOKING_QUERIES: tuple[type[Query], ...] = (
    ListBookables,
    GetBoard,
    ListBusyTimes,
    ListFreeThings,
    ListAlternatives,
    ListBookings,
    GetBooking,
    GetSeries,
    ListUsage,
)
