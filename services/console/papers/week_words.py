"""How papers and pages say the items of a week: its days, sessions and hours, who takes part, and what goes with it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from contracts.scheduling.weekly import DaySession, Named, Publicity, WeekItemRow, WeekView
from services.console.papers.writing import said

Audience: TypeAlias = Literal["restricted", "internal", "public"]
AT_OFFICE = "Làm việc tại cơ quan"
_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_SESSIONS: tuple[DaySession, ...] = ("day", "morning", "afternoon", "evening")
_COMRADE = ("đồng chí ", "đ/c ")
SHOWN: Mapping[Audience, frozenset[Publicity]] = {
    "restricted": frozenset({"public", "internal", "restricted"}),
    "internal": frozenset({"public", "internal"}),
    "public": frozenset({"public"}),
}
"""What an audience gets to see of what whoever asks for the paper may see."""


class DayOfWeek(NamedTuple):
    """A day of the calendar: what it is called, why it is off where it is, and its items by session and hour."""

    day: date
    name: str
    holiday: str | None
    items: tuple[WeekItemRow, ...]

    @property
    def otherwise(self) -> str:
        """What stands for a day on which nothing is arranged."""
        return f"Nghỉ: {self.holiday}" if self.holiday else AT_OFFICE


def days(view: WeekView, audience: Audience = "restricted") -> Iterator[DayOfWeek]:
    """Yield the days of a week with what is arranged for an audience; weekends only where something is."""
    holidays = dict(each.split(" ", 1) for each in view.holidays)
    shown = [item for item in view.items if item.status == "arranged" and item.publicity in SHOWN[audience]]
    for number in range(7):
        day = view.from_day + timedelta(number)
        items = tuple(sorted((item for item in shown if item.day == day), key=in_order))
        if items or number < 5:
            yield DayOfWeek(day, _WEEKDAYS[number], holidays.get(f"{day}"), items)


def in_order(item: WeekItemRow) -> tuple[object, ...]:
    """Return the place of an item in its day: what lasts all day, then session by session; without an hour first."""
    return _SESSIONS.index(item.session), item.timed, item.starts_at, item.ends_at, item.item_id


def clock(moment: datetime) -> str:
    """Return an hour as calendars write it: 7h30, 8h."""
    here = moment.astimezone(_HANOI)
    return f"{here.hour}h{here.minute:02d}" if here.minute else f"{here.hour}h"


def session_of(item: WeekItemRow) -> str:
    """Return the session of an item: Sáng, Chiều, Tối, Cả ngày."""
    return said("session", item.session)


def comrade(named: Named) -> str:
    """Return somebody by name, as đ/c where the office knows them; others as they were written."""
    name = _known(named.name, named.thing)
    if named.delegate is None:
        return name
    return f"{name} (ủy quyền {_known(named.delegate, named.delegate_thing)} dự)"


def plain(named: Named) -> Named:
    """Return somebody without whoever goes in their place."""
    return named.model_copy(update={"delegate": None, "delegate_thing": None})


def comrades(those: Iterable[Named]) -> str:
    """Return people by name, one after the other."""
    return ", ".join(map(comrade, those))


def everybody(item: WeekItemRow) -> tuple[Named, ...]:
    """Return the leaders of an item: its chair, then who attends."""
    return (*((item.chair_named,) if item.chair_named else ()), *item.attendees)


def is_chaired(item: WeekItemRow) -> bool:
    """Tell whether the first of an item's leaders leads it, and is not among those who go there or work."""
    goes = item.kind in ("mission", "ceremony", "at_office") or item.content.casefold().startswith("dự ")
    return item.chair_named is not None and not goes


def mark_of(item: WeekItemRow) -> str | None:
    """Return how an item differs from the version before, where it does: Bổ sung, Thay đổi, Ủy quyền."""
    return said("change", item.changed) if item.changed else None


def sentence(text: str) -> str:
    """Return a text that ends with a full stop, once."""
    return f"{text.rstrip(' .;,')}."


def capital(text: str) -> str:
    """Return a text that begins with a capital letter."""
    return text[:1].upper() + text[1:]


def _known(name: str, thing: str | None) -> str:
    return _short(name) if thing or name.casefold().startswith(_COMRADE) else name


def _short(name: str) -> str:
    for prefix in _COMRADE:
        if name.casefold().startswith(prefix):
            return f"đ/c {name[len(prefix) :]}"
    return f"đ/c {name}"
