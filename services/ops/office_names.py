"""The names of an office's units, sites and people as files say them, and the ids they stand for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from nats.aio.client import Client
from pydantic import TypeAdapter
from pydantic_core import to_json

from contracts.base import Answered, FieldProblem, ListQuery, Page, QueryRequest, Reply, Row, wire_name
from contracts.organisation import (
    ListPeople,
    ListPosts,
    ListSites,
    ListUnits,
    PersonRow,
    PostRow,
    SiteRow,
    UnitRow,
)
from services.ops.office import operator_actor
from services.ops.row_import import RowRefused
from services.ops.trails import Refusing, refusal_text
from services.runtime.text import fold

_PAGE_ROWS = 1000
_TIMEOUT_S = 30
_REPLY: TypeAdapter[Any] = TypeAdapter(Reply)
_SEVERAL = ""


@dataclass(frozen=True)
class OfficeNames:
    """What units, sites and people are called today; each map gives ids by folded name, code or id."""

    units: Mapping[str, str]
    sites: Mapping[str, str]
    people: Mapping[str, str]
    posts: Mapping[str, str] = field(default_factory=dict)

    def unit(self, text: str, field: str) -> str:
        """Return the id of the unit with this code, name or id; raise RowRefused where none or several have it."""
        return _found(self.units, text, field, "unit", "đơn vị", "unit")

    def site(self, text: str, field: str) -> str:
        """Return the id of a site; raise RowRefused."""
        return _found(self.sites, text, field, "site", "trụ sở", "site")

    def person(self, text: str, field: str) -> str:
        """Return the id of somebody who works here; raise RowRefused."""
        return _found(self.people, text, field, "person", "người", "person")

    def post(self, unit_id: str, text: str, field: str) -> str:
        """Return the id of a unit's post by its code or title; raise RowRefused."""
        return _found(self.posts, text, field, "post", "vị trí việc làm", "post", f"{unit_id} ")


async def office_names(client: Client, after: int) -> OfficeNames:
    """Return the names of today as recorded up to a position of the log; raises Refusing when nobody answers."""
    units: list[UnitRow] = await _every(client, ListUnits(after=after), UnitRow)
    sites: list[SiteRow] = await _every(client, ListSites(after=after), SiteRow)
    people: list[PersonRow] = await _every(client, ListPeople(after=after), PersonRow)
    posts: list[PostRow] = await _every(client, ListPosts(after=after), PostRow)
    return OfficeNames(
        names((row.unit_id, (row.unit_id, row.unit_code, row.name)) for row in units),
        names((row.site_id, (row.site_id, row.code, row.name)) for row in sites),
        names((row.person_id, (row.person_id, row.name)) for row in people),
        post_names(posts),
    )


def names(known: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """Return the ids by what each is called; what several are called alike leads to none of them."""
    found: dict[str, str] = {}
    for id, called in known:
        for name in {fold(one) for one in called}:
            found[name] = id if found.get(name, id) == id else _SEVERAL
    return found


def post_names(posts: Iterable[PostRow]) -> dict[str, str]:
    """Return the ids of posts by their unit's id and what they are called in it."""
    found: dict[str, str] = {}
    for row in posts:
        called = names([(row.post_id, (row.post_id, row.code, row.title))])
        for name in (f"{row.unit_id} {one}" for one in called):
            found[name] = row.post_id if found.get(name, row.post_id) == row.post_id else _SEVERAL
    return found


def _found(known: Mapping[str, str], text: str, field: str, kind: str, vi: str, en: str, within: str = "") -> str:
    id = known.get(within + fold(text))
    if id:
        return id
    if id == _SEVERAL:
        said = (
            f"Có nhiều {vi} tên «{text}»; đề nghị ghi mã.",
            f"More than one {en} is called «{text}»; give the id.",
        )
        raise RowRefused(FieldProblem(field=field, code=f"{kind}-ambiguous", vi=said[0], en=said[1]))
    said = (
        f"Không có {vi} «{text}»; đề nghị kiểm tra lại tên hoặc ghi mã, hoặc nhập {vi} này vào mục Tổ chức trước.",
        f"There is no {en} «{text}»; check the name or give the id, or enter it in the organisation first.",
    )
    raise RowRefused(FieldProblem(field=field, code=f"{kind}-unknown", vi=said[0], en=said[1]))


async def _every(client: Client, query: ListQuery, row: type[Row]) -> list[Any]:
    page = Page[row]  # type: ignore[valid-type]
    found: list[Any] = []
    cursor: str | None = None
    while True:
        asked = query.model_copy(update={"limit": _PAGE_ROWS, "cursor": cursor})
        request = QueryRequest[Any](actor=operator_actor(), correlation_id=f"motmoi:{uuid4()}", data=asked)
        subject = f"query.organisation.{wire_name(type(query))}"
        reply = _REPLY.validate_json((await client.request(subject, to_json(request), timeout=_TIMEOUT_S)).data)
        if not isinstance(reply, Answered):
            raise Refusing(refusal_text(reply))
        answered = page.model_validate(reply.result)
        found += answered.rows
        cursor = answered.next_cursor
        if cursor is None:
            return found
