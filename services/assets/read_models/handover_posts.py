"""Which posts does each person hold, and from when until when? The minutes of a handover name them."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from contracts import organisation as words_of
from contracts.assets.handovers import HandoverParty, HandoverPerson
from services.assets.deciders.handover import Handover
from services.assets.read_models.handover_lists import Units
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Record
from services.runtime.read_model import ReadModel, RowValues

_EVENTS = (words_of.PersonAppointed, words_of.AppointmentEnded, words_of.AppointmentCancelled)


def _project(row: RowValues | None, fact: Fact) -> RowValues:
    event, held = fact.event, json.loads(row["posts"]) if row else []
    match event:
        case words_of.PersonAppointed():
            post = {"post_id": event.post_id, "unit_id": event.unit_id, "title": event.post_title, "kind": event.kind}
            until = event.until.isoformat() if event.until else None
            held = [*held, {**post, "since": event.effective_on.isoformat(), "until": until}]
        case words_of.AppointmentEnded():
            last = event.last_day.isoformat()
            held = [{**one, "until": last} if _is(one, event.post_id, event.since) else one for one in held]
        case words_of.AppointmentCancelled():
            held = [one for one in held if not _is(one, event.post_id, event.since)]
    return {"posts": json.dumps(held, ensure_ascii=False)}


def _is(post: Mapping[str, Any], post_id: str, since: date) -> bool:
    return (post["post_id"], post["since"]) == (post_id, since.isoformat())


HANDOVER_POSTS = ReadModel(
    name="handover_posts",
    version=1,
    key_column="person_id",
    columns={"posts": "text NOT NULL"},
    indexes=(),
    events=event_types("organisation", _EVENTS),
    key=lambda fact: fact.id,
    project=_project,
)


def people_named(
    handover: Handover, units: Units, names: Iterable[Record], posts: Iterable[Record], of: Iterable[str]
) -> tuple[HandoverPerson, ...]:
    """Return who the minutes name for some units; a post that is not given is the one held on the day.

    For who gives it is the day before: on the day itself their board may be no more.
    """
    called = {record["person_id"]: str(record["name"]) for record in names}
    held = {record["person_id"]: json.loads(record["posts"]) for record in posts}
    wanted, day = set(of), handover.effective_on
    return tuple(
        HandoverPerson(
            side=party.side,
            unit_name=units.name(party.unit_id, day),
            name=called.get(party.person_id, party.person_id),
            post=party.post or _post(party, held.get(party.person_id, ()), day),
        )
        for party in handover.parties
        if party.side == "witness" or party.unit_id in wanted
    )


def _post(party: HandoverParty, held: Iterable[Mapping[str, Any]], day: date) -> str | None:
    on = (day - timedelta(days=1) if party.side == "giver" else day).isoformat()
    now = [one for one in held if one["since"] <= on and (one["until"] is None or on <= one["until"])]
    ordered = sorted(now, key=lambda one: (one["unit_id"] != party.unit_id, one["kind"] != "main"))
    return str(ordered[0]["title"]) if ordered else None
