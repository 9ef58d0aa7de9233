"""Who and what can be booked, on what terms, and what stands against it?"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import from_json, to_json

from contracts import scheduling as words_of
from contracts.base import Actor, Page
from contracts.scheduling import (
    BOOKABLE_EVENTS,
    Blocking,
    BookableFacts,
    BookableRow,
    ListBookables,
    Terms,
    ThingFilter,
    Validity,
)
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Gathering, Record, Rows, page
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues
from services.runtime.text import fold
from services.scheduling.read_models.site_names import SITES, named

_BLOCKINGS: TypeAdapter[tuple[Blocking, ...]] = TypeAdapter(tuple[Blocking, ...])


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    event = fact.event
    if row is None and not isinstance(event, words_of.BookableMade):
        return None
    after: RowValues = {**row} if row else {"blockings": "[]", "valid": "{}", "retired": None}
    if isinstance(event, BookableFacts):
        after |= {name: getattr(event, name) for name in BookableFacts.model_fields}
        after |= {"equipment": list(event.equipment), "name_folded": fold(event.name)}
    match event:
        case words_of.BookableMade() | words_of.TermsSet():
            after["terms"] = event.terms.model_dump_json(exclude_defaults=True)
        case words_of.ThingBlocked():
            added = {name: getattr(event, name) for name in Blocking.model_fields}
            after["blockings"] = to_json([*from_json(after["blockings"]), added]).decode()
        case words_of.ThingUnblocked():
            kept = [each for each in from_json(after["blockings"]) if each["blocking_id"] != event.blocking_id]
            after["blockings"] = to_json(kept).decode()
        case words_of.ValidityRecorded():
            papers = {**from_json(after["valid"]), event.validity: event.last_day}
            after["valid"] = to_json(papers).decode()
        case words_of.BookableRetired():
            after["retired"] = event.reason
        case words_of.BookableRestored():
            after["retired"] = None
    return after


BOOKABLES = ReadModel(
    name="bookables",
    version=1,
    key_column="bookable_id",
    columns={
        "kind": "text NOT NULL",
        "type": "text NOT NULL",
        "name": "text NOT NULL",
        "name_folded": "text NOT NULL",
        "site_id": "text",
        "place": "text",
        "seats": "integer",
        "equipment": "text[] NOT NULL",
        "contact": "text",
        "account": "text",
        "board": "text",
        "terms": "text NOT NULL",
        "blockings": "text NOT NULL",
        "valid": "text NOT NULL",
        "retired": "text",
    },
    indexes=("(kind, type)",),
    events=event_types("scheduling", BOOKABLE_EVENTS),
    key=lambda fact: fact.id if fact.aggregate == "bookable" else None,
    project=_project,
)
"""Everybody and everything that can be booked, as it is known now; an office has hundreds of them."""


def chosen(query: ThingFilter, *, retired: bool = False) -> Rows:
    """Return the things that a filter chooses, but for their equipment."""
    conditions, values = [f"retired IS {'NOT ' if retired else ''}NULL"], []
    for condition, value in (
        ("kind = {}", query.kind),
        ("type = {}", query.type),
        ("site_id = {}", query.site_id),
        ("seats >= {}", query.seats),
        ("equipment @> {}::text[]", list(query.equipment) or None),
    ):
        if value is not None:
            values.append(value)
            conditions.append(condition.format(f"${len(values)}"))
    return Rows(BOOKABLES, " AND ".join(conditions), tuple(values))


def terms_of(record: Mapping[str, Any]) -> Terms:
    """Return the terms of a thing of BOOKABLES."""
    return Terms.model_validate_json(record["terms"])


def blockings_of(record: Mapping[str, Any]) -> tuple[Blocking, ...]:
    """Return the blockings of a thing of BOOKABLES, those that are over too."""
    return _BLOCKINGS.validate_json(record["blockings"])


def last_day_of(record: Mapping[str, Any]) -> date | None:
    """Return the last day on which a thing of BOOKABLES may be used."""
    return min((date.fromisoformat(day) for day in from_json(record["valid"]).values()), default=None)


def _row(record: Record, sites: Mapping[str, str]) -> BookableRow:
    same = {name: record[name] for name in BookableRow.model_fields if name in _SAME}
    valid = tuple(Validity(kind=kind, last_day=day) for kind, day in from_json(record["valid"]).items())
    same["site_name"] = sites.get(record["site_id"] or "")
    return BookableRow.model_validate(
        {**same, "terms": terms_of(record), "blockings": blockings_of(record), "valid": valid}
    )


_SAME = {"bookable_id", *BOOKABLES.columns} - {"terms", "blockings", "valid", "name_folded"}


def _list(query: ListBookables, actor: Actor) -> Gathering:
    def build(things: list[Record], sites: list[Record]) -> Page[BookableRow]:
        names = named(sites)
        wanted = fold(query.text or "").split()
        rows = [_row(thing, names) for thing in things if all(word in thing["name_folded"] for word in wanted)]
        return page(query, rows, lambda row: (fold(row.name), row.bookable_id))

    return Gathering((chosen(query, retired=query.retired), Rows(SITES)), build)


LIST_BOOKABLES = QueryRule(ListBookables, (BOOKABLES, SITES), _list)
