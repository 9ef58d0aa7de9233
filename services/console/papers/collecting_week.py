"""What the papers of the weekly calendar ask for, and how it becomes the paper."""

from zoneinfo import ZoneInfo

from contracts.scheduling.weekly import GetWeek, ListWeekChanges, WeekChangeRow, WeekView
from services.console.papers import week as calendar
from services.console.papers import week_changes
from services.console.papers.collecting import known
from services.console.papers.paper import Paper
from services.console.papers.reading import Reader
from services.console.papers.week import WeekLetterhead

_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


async def week(reader: Reader, query: GetWeek, head: WeekLetterhead) -> Paper:
    """Return a version of a week, the last one where none is named; a draft where it does not stand as published."""
    view = await reader.one(query, WeekView)
    draft = query.version is None and view.status != "published"
    if query.version is None and not draft:
        view = await reader.one(query.model_copy(update={"version": view.version}), WeekView)
    dated = head.dated or (view.published_at.astimezone(_HANOI).date() if view.published_at and not draft else None)
    return calendar.compose(view, await _headed(reader, head.model_copy(update={"dated": dated})), draft=draft)


async def changes(reader: Reader, query: ListWeekChanges, head: WeekLetterhead) -> Paper:
    """Return the notice of what the last of the versions changed whose changes a query lists."""
    rows = await reader.every(query, WeekChangeRow)
    return week_changes.compose(rows, query, await _headed(reader, head))


async def _headed(reader: Reader, head: WeekLetterhead) -> WeekLetterhead:
    found = await known(reader, head)
    assert isinstance(found, WeekLetterhead)
    return found
