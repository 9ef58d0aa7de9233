"""The three layouts of a weekly calendar: a table with sessions and hours, free lines by day, and a list by day.

They are those of three published calendars: of Ủy ban nhân dân tỉnh Thanh Hóa (2025), of Thành ủy Vị Thanh (2025) and
of Hội đồng nhân dân tỉnh Bến Tre (2018).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from contracts.scheduling.weekly import WeekItemRow
from services.console.papers.paper import Block, Column, Line, Paragraph, Table
from services.console.papers.week_words import (
    DayOfWeek,
    capital,
    clock,
    comrade,
    comrades,
    everybody,
    is_chaired,
    mark_of,
    plain,
    sentence,
    session_of,
)
from services.console.papers.writing import said

_WHEN = "Thời gian"
_TABLE = (
    Column("Ngày", 1.25, "center"),
    Column("Buổi", 0.85, "center", _WHEN),
    Column("Giờ", 0.8, "center", _WHEN),
    Column("Nội dung", 4.9),
    Column("Địa điểm", 2.3),
    Column("Thành phần", 4.6),
)
_LIST = (Column("Ngày", 1.5, "center"), Column("Nội dung", 8))


def as_table(days: Sequence[DayOfWeek]) -> Iterator[Block]:
    """Yield a table: each day and each session once, then hour, content, place and who takes part."""
    lines = []
    for each in days:
        label = _label(each)
        lines += [_row(label, item) for item in each.items]
        if not each.items:
            lines.append(Line((label, said("session", "day"), "", each.otherwise, "", "")))
    yield Table(_TABLE, lines, 11, merged=2)


def _label(each: DayOfWeek) -> str:
    return "\n".join((each.name, f"{each.day:%d/%m}", *((f"({each.holiday})",) if each.holiday and each.items else ())))


def _row(label: str, item: WeekItemRow) -> Line:
    hour = clock(item.starts_at) if item.timed else ""
    return Line((label, session_of(item), hour, "\n".join(_content(item)), item.place or "", "\n".join(_who(item))))


def _content(item: WeekItemRow) -> Iterator[str]:
    mark = mark_of(item)
    yield f"{item.content.rstrip(' .;')}{f' [{mark}]' if mark else ''}"
    if item.preparing:
        yield f"Chuẩn bị: {item.preparing}"
    if item.documents:
        yield f"Tài liệu: {', '.join(item.documents)}"
    if item.invitation == "letter":
        yield "(giấy mời riêng)"
    if item.note:
        yield f"Ghi chú: {item.note}"


def _who(item: WeekItemRow) -> Iterator[str]:
    yield from _leaders(item)
    if item.invited:
        yield f"Mời: {', '.join(item.invited)}"
    if item.accompanying:
        yield f"LĐVP: {comrades(item.accompanying)}"


def _leaders(item: WeekItemRow) -> Iterator[str]:
    going = everybody(item)
    if is_chaired(item):
        yield f"Chủ trì: {comrade(going[0])}"
        going = going[1:]
    if going:
        yield f"Dự: {comrades(going)}"


def as_lines(days: Sequence[DayOfWeek]) -> Iterator[Block]:
    """Yield each day as a line of its own and its items in whole sentences below it."""
    for each in days:
        holiday = f" ({each.holiday})" if each.holiday and each.items else ""
        yield Paragraph(f"{each.name}, ngày {each.day:%d/%m/%Y}{holiday}", bold=True)
        for item in each.items:
            yield Paragraph(f"- {_hour(item)}: {' '.join(_sentences(item))}")
        if not each.items:
            yield Paragraph(f"- {sentence(each.otherwise)}")


def _hour(item: WeekItemRow) -> str:
    if item.timed:
        return clock(item.starts_at)
    session = session_of(item)
    return session if item.session == "day" else f"Buổi {session.lower()}"


def _sentences(item: WeekItemRow) -> Iterator[str]:
    leaders = _who_leads(item)
    mark = mark_of(item)
    yield f"{f'[{mark}] ' if mark else ''}{sentence(f'{leaders}: {item.content}' if leaders else item.content)}"
    if item.place:
        yield sentence(f"Điểm tại: {item.place}")
    if item.invited:
        yield sentence(f"Mời dự: {', '.join(item.invited)}")
    if item.preparing:
        yield sentence(f"Giao {item.preparing} chuẩn bị")
    if item.documents:
        yield sentence(f"Tài liệu: {', '.join(item.documents)}")
    if item.accompanying:
        yield sentence(f"LĐVP: {capital(comrades(item.accompanying))}")
    for each in everybody(item):
        if each.delegate is not None:
            yield sentence(f"Ủy quyền đồng chí {_bare(each.delegate)} dự thay {comrade(plain(each))}")
    if item.note:
        yield sentence(item.note)
    yield from _invitation(item)


def _who_leads(item: WeekItemRow) -> str:
    names = [comrade(plain(each)) for each in everybody(item)]
    if not is_chaired(item):
        return capital(", ".join(names))
    attending = ", ".join(names[1:])
    return f"{capital(names[0])} chủ trì{f', {attending} dự' if attending else ''}"


def _bare(name: str) -> str:
    return name[len("đồng chí ") :] if name.casefold().startswith("đồng chí ") else name


def _invitation(item: WeekItemRow) -> Iterator[str]:
    if item.invitation == "letter":
        yield "(giấy mời riêng)"
    elif item.invitation == "calendar" and (item.invited or item.boards):
        yield "(thay thư mời)"


def as_list(days: Sequence[DayOfWeek]) -> Iterator[Block]:
    """Yield a table of two columns: each day once, then what is done, with session and who goes in brackets."""
    lines = []
    for each in days:
        label = _label(each)
        lines += [Line((label, _entry(item))) for item in each.items]
        if not each.items:
            lines.append(Line((label, sentence(each.otherwise))))
    yield Table(_LIST, lines, 13, merged=1)


def _entry(item: WeekItemRow) -> str:
    mark = mark_of(item)
    where = f", tại {item.place}" if item.place else ""
    return f"{f'[{mark}] ' if mark else ''}{item.content.rstrip(' .;')}{where} ({'; '.join(_brackets(item))})."


def _brackets(item: WeekItemRow) -> Iterator[str]:
    session = "ngày" if item.session == "day" else session_of(item).lower()
    yield f"{session}, {clock(item.starts_at)}" if item.timed else session
    for each in _leaders(item):
        yield each[:1].lower() + each[1:]
    if item.invited:
        yield f"mời: {', '.join(item.invited)}"
    if item.accompanying:
        yield f"cùng đi: {comrades(item.accompanying)}"
    if item.preparing:
        yield f"chuẩn bị: {item.preparing}"
    if item.invitation == "letter":
        yield "giấy mời riêng"


LAYOUTS: Mapping[str, Callable[[Sequence[DayOfWeek]], Iterator[Block]]] = {
    "table": as_table,
    "lines": as_lines,
    "list": as_list,
}
"""Each layout by its name: what it makes of the days of a week."""
