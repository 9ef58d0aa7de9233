"""A week as HTML: its grid by day and session, what each item says, what changed; every value is escaped here."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from html import escape

from contracts.scheduling.weekly import DaySession, WeekChangeRow, WeekItemRow, WeekRow, WeekView
from services.console.papers.week_words import clock, comrade, comrades, everybody, in_order, is_chaired
from services.console.papers.writing import day
from services.console.week_wording import STATUS, WEEKDAYS, Wording
from services.runtime.lunar import lunar_day

STYLE = (
    "body{font:15px/1.4 system-ui,'Noto Sans','DejaVu Sans',sans-serif;margin:1.2rem;color:#1b1b1b}"
    "h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:1.2rem 0 .3rem}p{margin:.3rem 0}a{color:#8a1414}"
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #bbb;padding:.3rem;vertical-align:top;"
    "text-align:left}thead th{background:#8a1414;color:#fff;text-align:center}tbody th{width:7rem;background:#f4efe6}"
    ".item{border-left:5px solid #777;background:#f7f7f7;margin:0 0 .35rem;padding:.2rem .45rem;break-inside:avoid}"
    ".item p{margin:0;font-size:.9em}.item .what{font-weight:600;font-size:1em}"
    ".arranged{border-color:#1d6b3a;background:#eef7f0}.agreed{border-color:#2456a6;background:#eef3fb}"
    ".proposed{border:1px dashed #777;border-left:5px solid #777}"
    ".awaiting_opinion{border-color:#c98a00;background:#fff8e6}"
    ".cancelled,.postponed{border-color:#a33;background:#fbeeee}.cancelled .what,.postponed .what"
    "{text-decoration:line-through}.changed{outline:2px solid #d0661b}.mark{background:#d0661b;color:#fff;"
    "padding:0 .3em;border-radius:.2em;font-size:.85em}.draft{color:#a33;font-weight:700}"
    "nav a,nav strong{margin-right:.8rem}"
    ".legend span{display:inline-block;padding:.1rem .5rem;margin-right:.5rem}.quiet{color:#555}"
    "@media print{@page{size:A4 landscape;margin:12mm}nav,.legend,.links{display:none}body{margin:0;font-size:11px}"
    "thead{display:table-header-group}tr{break-inside:avoid}"
    ".item,thead th,tbody th,.mark{print-color-adjust:exact;-webkit-print-color-adjust:exact}}"
)
SESSIONS: tuple[DaySession, ...] = ("morning", "afternoon", "evening")


def grid(view: WeekView, say: Wording) -> str:
    """Return the table of a week: a row a day, a column a session; what lasts all day stands across them."""
    shown = [item for item in view.items if item.status in STATUS and (_stands(item) or item.changed)]
    evening = any(item.session == "evening" for item in shown)
    sessions = SESSIONS if evening else SESSIONS[:2]
    heads = "".join(f"<th>{escape(say.coded('session', each))}</th>" for each in sessions)
    body = "".join(_day(view, number, shown, sessions, say) for number in range(7))
    return f"<table><thead><tr><th>{escape(say('day'))}</th>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _stands(item: WeekItemRow) -> bool:
    return item.status not in ("cancelled", "postponed")


def _day(
    view: WeekView, number: int, shown: Sequence[WeekItemRow], sessions: Sequence[DaySession], say: Wording
) -> str:
    on = view.from_day + timedelta(number)
    items = sorted((item for item in shown if item.day == on), key=in_order)
    holiday = next((each.split(" ", 1)[1] for each in view.holidays if each.startswith(f"{on}")), None)
    if not items and number > 4:
        return ""
    notes = "".join(f"<br><small>{escape(note)}</small>" for note in (_lunar(on, say), holiday) if note)
    whole = [item for item in items if item.session == "day"]
    others = [item for item in items if item.session != "day"]
    rows = []
    if whole or not items:
        said = "".join(_item(item, say) for item in whole)
        otherwise = say("off", name=holiday) if holiday else say("office")
        rows.append(f'<td colspan="{len(sessions)}">{said or escape(otherwise)}</td>')
    if others:
        rows.append("".join(f"<td>{''.join(_item(each, say) for each in others if each.session == one)}</td>"
                            for one in sessions))  # fmt: skip
    head = f'<th rowspan="{len(rows)}">{WEEKDAYS[say.spoken][number]}<br>{on:%d/%m}{notes}</th>'
    return f"<tr>{head}{'</tr><tr>'.join(rows)}</tr>"


def _lunar(on: date, say: Wording) -> str:
    found = lunar_day(on)
    return say("lunar", day=found.day, month=found.month, leap=say("leap") if found.leap else "")


def _item(item: WeekItemRow, say: Wording) -> str:
    classes = f"item {item.status}{' changed' if item.changed else ''}"
    lines = "".join(f"<p>{line}</p>" for line in _lines(item, say))
    return f'<div class="{classes}" id="item-{escape(item.item_id)}">{lines}</div>'


def _lines(item: WeekItemRow, say: Wording) -> Iterator[str]:
    mark = f'<span class="mark">{escape(say.coded("change", item.changed))}</span> ' if item.changed else ""
    hours = f"<b>{clock(item.starts_at)} – {clock(item.ends_at)}</b>" if item.timed else ""
    where = " · ".join(part for part in (hours, escape(item.place or "")) if part)
    if mark or where:
        yield f"{mark}{where}"
    yield f'<span class="what">{escape(item.content)}</span>'
    for key, text in (
        ("chair", comrade(item.chair_named) if item.chair_named and is_chaired(item) else ""),
        ("going", comrades(item.attendees if is_chaired(item) else everybody(item))),
        ("invited", ", ".join(item.invited)),
        ("with", comrades(item.accompanying)),
        ("prepared", item.preparing or ""),
        ("cars", ", ".join(car.name for car in item.vehicles)),
        ("documents", ", ".join(item.documents)),
        ("contact", item.contact or ""),
    ):
        if text:
            yield f"{escape(say(key))}: {escape(text)}"
    quiet = list(_quiet(item, say))
    if quiet:
        yield f'<span class="quiet">{escape("; ".join(quiet))}</span>'


def _quiet(item: WeekItemRow, say: Wording) -> Iterator[str]:
    if item.status != "arranged":
        yield f"{say.status(item.status)}"
        yield say("by", by=item.board or item.proposed_by)
    if item.invitation == "letter":
        yield say("letter")
    if item.publicity == "restricted":
        yield say("restricted")
    if item.reason:
        yield say("reason", reason=item.reason)


def legend(say: Wording) -> str:
    """Return what the colours mean."""
    marks = "".join(f'<span class="item {code}">{escape(say.status(code))}</span>' for code in STATUS)
    changed = f'<span class="mark">{escape(say.coded("change", "changed"))}</span>'
    return f'<p class="legend">{escape(say("legend"))}: {marks}{changed}</p>'


def changes(rows: Sequence[WeekChangeRow], say: Wording) -> str:
    """Return what a version changed, in words; nothing where it changed nothing."""
    if not rows:
        return ""
    lines = "".join(_change(row, say) for row in sorted(rows, key=lambda row: (row.day, row.content)))
    return f"<h2>{escape(say('changes'))}</h2><ul>{lines}</ul>"


def _change(row: WeekChangeRow, say: Wording) -> str:
    told = row.told if say.spoken == "vi" else row.told_en
    reason = f" ({escape(say('reason', reason=row.reason))})" if row.reason else ""
    what = f"<b>{escape(say.coded('change', row.change))}</b>: {escape(row.content)} ({day(row.day)})"
    return f"<li>{what}: {escape(told)}{reason}</li>"


def weeks(rows: Sequence[WeekRow], say: Wording, query: str) -> str:
    """Return the list of weeks, each with its address."""
    if not rows:
        return f"<p>{escape(say('none'))}</p>"
    heads = "".join(f"<th>{escape(say(key))}</th>" for key in ("calendar", "week", "day", "status", "items"))
    body = "".join(_week_row(row, say, query) for row in rows)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _week_row(row: WeekRow, say: Wording, query: str) -> str:
    version = f" ({row.version})" if row.version else ""
    cells = (
        escape(row.calendar),
        f'<a href="/weeks/{escape(row.week_id)}{query}">{row.week:02d}/{row.year}</a>',
        f"{day(row.from_day)} – {day(row.to_day)}",
        f"{escape(say.week_status(row.status))}{version}",
        str(row.arranged),
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
