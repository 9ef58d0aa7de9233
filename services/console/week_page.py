"""The page of a week, plain and printable, for whoever has a token: as it stands, or as a version was published."""

import re
from datetime import datetime, timedelta
from html import escape
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from contracts.base import Answered, Message, Page, Query
from contracts.scheduling.weekly import GetWeek, ListWeekChanges, ListWeeks, WeekChangeRow, WeekRow, WeekView
from services.console import week_html
from services.console.api import connections
from services.console.calls import ask, query_request, speaker
from services.console.papers.writing import day, hour_and_day
from services.console.refusals import Stop
from services.console.replies import language
from services.console.surface import QueryOffer
from services.console.week_wording import Wording
from services.runtime.problems import explain

_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_CALENDAR = re.compile(r"^(?!.*-20\d\d-w\d\d$)[a-z0-9]+(-[a-z0-9]+)*$")
_LAYOUTS = (("table", "table"), ("lines", "lines"), ("list", "list-layout"))
M = TypeVar("M", bound=Message)


def routes() -> list[Route]:
    """Return the routes of the list of weeks and of one week; a calendar's own address leads to its current week."""
    return [Route("/weeks", _weeks, methods=["GET"]), Route("/weeks/{name}", _week, methods=["GET"])]


async def _weeks(request: Request) -> Response:
    say = _wording(request)
    listed = await _ask(request, ListWeeks(limit=200), Page[WeekRow])
    content = week_html.weeks(listed.rows, say, _lang(say))
    return _page(say("list"), f"<h1>{escape(say('list'))}</h1>{content}", say)


async def _week(request: Request) -> Response:
    name, say = request.path_params["name"], _wording(request)
    if _CALENDAR.match(name):
        year, week, _ = datetime.now(_HANOI).date().isocalendar()
        return RedirectResponse(f"/weeks/{name}-{year}-w{week:02d}{_lang(say)}", 303)
    asked: dict[str, Any] = {"week_id": name, "version": request.query_params.get("version")}
    try:
        query = GetWeek.model_validate(asked)
    except ValidationError as error:
        raise Stop(explain(error)) from None
    view = await _ask(request, query, WeekView)
    changed = ListWeekChanges(week_id=name, limit=1000)
    rows = (await _ask(request, changed, Page[WeekChangeRow])).rows if view.version > 1 else ()
    told = week_html.changes([row for row in rows if row.version == view.version], say)
    title = say("title", week=f"{view.week:02d}", year=view.year)
    parts = (_head(view, query, title, say), _navigation(view, query, say), _links(view, query, say),
             week_html.legend(say), week_html.grid(view, say), told, _readers(view, say))  # fmt: skip
    return _page(title, "".join(parts), say)


async def _ask(request: Request, query: Query, answer: type[M]) -> M:
    """Return a query's answer as the one whose token came with the request; raise Stop with any other reply."""
    held = connections(request)
    actor = await speaker(request, held.doorkeeper)
    offer = QueryOffer("scheduling", type(query))
    message = query_request(actor, request.state.correlation_id, query)
    reply = await ask(held.client, offer.service, offer.subject, message)
    if not isinstance(reply, Answered):
        raise Stop(reply)
    return answer.model_validate(reply.result)


def _wording(request: Request) -> Wording:
    asked = request.query_params.get("lang") or request.headers.get("accept-language")
    return Wording(language(asked))


def _lang(say: Wording, mark: str = "?") -> str:
    return f"{mark}lang=en" if say.spoken == "en" else ""


def _head(view: WeekView, query: GetWeek, title: str, say: Wording) -> str:
    draft = query.version is None and view.status != "published"
    said = [say("days", first=day(view.from_day), last=day(view.to_day)), say.week_status(view.status)]
    if view.version:
        said.append(say("version", number=view.version))
    if view.published_at is not None and view.approved_by is not None:
        said.append(say("published", day=hour_and_day(view.published_at), by_name=view.approved_by))
    mark = f' <span class="draft">{escape(say("draft"))}</span>' if draft else ""
    returned = f"<p>{escape(say('reason', reason=view.returned))}</p>" if view.returned else ""
    return f"<h1>{escape(title)} – {escape(view.calendar)}{mark}</h1><p>{escape(' · '.join(said))}</p>{returned}"


def _navigation(view: WeekView, query: GetWeek, say: Wording) -> str:
    lang = _lang(say)
    near = [(say(key), _neighbour(view, days)) for key, days in (("before", -7), ("after", 7))]
    links = [f'<a href="/weeks/{week}{lang}">{escape(text)}</a>' for text, week in near]
    here = f"/weeks/{escape(view.week_id)}"
    versions: list[tuple[int | None, str]] = [
        *((each.version, say("version", number=each.version)) for each in view.versions),
        (None, say("now")),
    ]
    for number, text in versions:
        address = f"{here}?version={number}{_lang(say, '&amp;')}" if number else f"{here}{lang}"
        chosen = number == query.version
        links.append(f"<strong>{escape(text)}</strong>" if chosen else f'<a href="{address}">{escape(text)}</a>')
    links.append(f'<a href="/weeks{lang}">{escape(say("all"))}</a>')
    other = "vi" if say.spoken == "en" else "en"
    version = f"&amp;version={query.version}" if query.version else ""
    links.append(f'<a href="{here}?lang={other}{version}">{escape(say("language"))}</a>')
    return f"<nav>{''.join(links)}</nav>"


def _neighbour(view: WeekView, days: int) -> str:
    year, week, _ = (view.from_day + timedelta(days)).isocalendar()
    return f"{escape(view.calendar)}-{year}-w{week:02d}"


def _links(view: WeekView, query: GetWeek, say: Wording) -> str:
    asked = f"week_id={escape(view.week_id)}" + (f"&amp;version={query.version}" if query.version else "")
    links = [
        f'<a href="/papers/scheduling/week.{kind}?{asked}&amp;layout={layout}">{kind.upper()} ({escape(say(key))})</a>'
        for kind in ("docx", "pdf")
        for layout, key in _LAYOUTS
    ]
    return f'<p class="links">{" · ".join(links)}</p>'


def _readers(view: WeekView, say: Wording) -> str:
    names = [f"{each.by_name}{f' ({each.board})' if each.board else ''}" for each in view.acknowledged
             if each.version == view.version]  # fmt: skip
    return f'<p class="quiet">{escape(say("read", names=", ".join(names)))}</p>' if names else ""


def _page(title: str, content: str, say: Wording) -> HTMLResponse:
    return HTMLResponse(
        f'<!doctype html><html lang="{say.spoken}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width"><link rel="icon" href="/docs/assets/favicon-32x32.png">'
        f"<style>{week_html.STYLE}</style></head><body>{content}</body></html>",
        headers={"Content-Language": say.spoken, "Vary": "Accept-Language"},
    )
