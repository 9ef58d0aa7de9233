"""What scheduling is asked of weeks and their items."""

from typing import Annotated, Literal

from pydantic import Field

from contracts.base import Day, ListQuery, OrganCode, Page, Query
from contracts.organisation import SearchText
from contracts.scheduling.values import BookableId
from contracts.scheduling.weekly.rows import WeekChangeRow, WeekItemRow, WeekRow, WeekView
from contracts.scheduling.weekly.values import CalendarCode, ItemKind, ItemStatus, WeekId


class GetWeek(Query):
    """One week: as it stands now with proposals, or as a version of it was published."""

    answer = WeekView

    week_id: WeekId
    version: Annotated[int | None, Field(ge=1, description="As published then; as it stands now when left out.")] = None


class ListWeeks(ListQuery):
    """The weeks of the calendars, the last first."""

    answer = Page[WeekRow]

    calendar: CalendarCode | None = None
    year: Annotated[int | None, Field(ge=2000, le=2099)] = None
    sort: Literal["from_day"] = "from_day"


class ListWeekItems(ListQuery):
    """Items by day: of a week, of a board, of a person, room or car, or those that wait to be decided."""

    answer = Page[WeekItemRow]

    week_id: WeekId | None = None
    calendar: CalendarCode | None = None
    status: ItemStatus | None = None
    kind: ItemKind | None = None
    board: Annotated[OrganCode | None, Field(description="That proposed it.")] = None
    thing: Annotated[BookableId | None, Field(description="Who or what takes part.")] = None
    from_day: Day | None = None
    to_day: Day | None = None
    text: SearchText = None
    descending: bool = False
    sort: Literal["starts_at"] = "starts_at"


class ListWeekChanges(ListQuery):
    """What published versions changed: for oneself, for a board, or for a person, room or car."""

    answer = Page[WeekChangeRow]

    week_id: WeekId | None = None
    thing: BookableId | None = None
    board: OrganCode | None = None
    mine: Annotated[bool, Field(description="Only what affects the speaker or the speaker's board.")] = False
    unread: Annotated[bool, Field(description="Only of versions the speaker has not said to have read.")] = False
    sort: Literal["published_at"] = "published_at"
