"""Who works here on a day, who left, and what each holds?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from contracts.base import Actor, Page, Refused
from contracts.organisation import PERSON_UNKNOWN, GetPerson, ListPeople, PersonRow
from services.organisation.read_models.appointments import ever_held
from services.organisation.read_models.finding import matches, name_order
from services.organisation.read_models.office_on_a_day import OFFICE_MODELS, Held, Office, office_on, office_rows
from services.organisation.read_models.people import EVERYBODY, PEOPLE, person
from services.organisation.read_models.turns import TURNS, turns_until
from services.runtime.gathering import Gathering, OnADay, Record, Rows, page
from services.runtime.manifest import QueryRule

_MODELS = (*OFFICE_MODELS, PEOPLE, TURNS)


def _rows(day: date, people: Rows, person_id: str | None = None) -> tuple[Rows, ...]:
    units, posts, _, counted = office_rows(day)
    return units, posts, ever_held(person_id), counted, people, turns_until(day)


def _list(query: ListPeople, actor: Actor) -> OnADay:
    def gather(day: date) -> Gathering:
        def build(*rows: Sequence[Record]) -> Page[PersonRow]:
            *of_office, people, turns = rows
            known = person_rows(office_on(day, *of_office), of_office[2], people, turns)
            wanted = (row for row, here in known if here != query.departed and _asked(query, row))
            return page(query, wanted, lambda row: (name_order(row.name), row.person_id))

        return Gathering(_rows(day, EVERYBODY), build)

    return OnADay(query, query.on, gather)


def _asked(query: ListPeople, row: PersonRow) -> bool:
    return (
        query.headcount in (None, row.headcount)
        and query.without_post in (None, row.post_id is None)
        and matches(query.text, row.name, row.post_title, row.unit_name, row.email, row.account)
    )


def _get(query: GetPerson, actor: Actor) -> OnADay:
    def gather(day: date) -> Gathering:
        def build(*rows: Sequence[Record]) -> PersonRow:
            *of_office, people, turns = rows
            if not people:
                raise Refused(PERSON_UNKNOWN, "person_id", person_id=query.person_id)
            office = office_on(day, *of_office)
            departed = departures_on(office.day, turns)
            held = [one for one in office.held if one.person_id == query.person_id]
            return _row(office, people[0], held, of_office[2], departed.get(query.person_id))

        return Gathering(_rows(day, person(query.person_id), query.person_id), build)

    return OnADay(query, query.on, gather)


def person_rows(
    office: Office, appointments: Iterable[Record], people: Iterable[Record], turns: Iterable[Record]
) -> Iterator[tuple[PersonRow, bool]]:
    """Yield everybody known by the day, and whether they work here then or have left.

    Somebody works here from the day they were entered, or from the first day they held a post where that is earlier.
    """
    held: dict[str, list[Held]] = defaultdict(list)
    for one in office.held:
        held[one.person_id].append(one)
    ever: dict[str, list[Record]] = defaultdict(list)
    for appointment in appointments:
        ever[appointment["person_id"]].append(appointment)
    departed = departures_on(office.day, turns)
    for record in people:
        id = record["person_id"]
        if min((record["registered_on"], *(one["since"] for one in ever[id]))) <= office.day:
            yield _row(office, record, held[id], ever[id], departed.get(id)), id not in departed


def departures_on(day: date, turns: Iterable[Record]) -> dict[str, date]:
    """Return who is away for good on a day, with the first day they were."""
    latest: dict[str, Record] = {}
    by_then = (turn for turn in turns if turn["effective_on"] <= day)
    for turn in sorted(by_then, key=lambda turn: (turn["effective_on"], turn["position"])):
        latest[turn["person_id"]] = turn
    return {id: turn["effective_on"] for id, turn in latest.items() if turn["turn"] == "departure"}


def _row(
    office: Office, record: Record, held: Sequence[Held], ever: Iterable[Record], departed_on: date | None
) -> PersonRow:
    first = min(held, key=lambda one: (_KINDS.index(one.kind), one.post_id), default=None)
    later = (one["post_id"] for one in ever if one["until"] is None or one["until"] >= office.day)
    return PersonRow(
        name=record["name"],
        born_on=record["born_on"],
        headcount=office.counted.get(record["person_id"], "civil_servant"),
        post_title=first.post_title if first else None,
        unit_name=office.units.name(first.unit_id, first.appointment["unit_name"]) if first else None,
        education=record["education"],
        phone=record["phone"],
        email=record["email"],
        departed_on=departed_on,
        person_id=record["person_id"],
        account=record["account"],
        post_id=first.post_id if first else None,
        unit_id=first.unit_id if first else None,
        held_post_ids=tuple(sorted(set(later))),
    )


_KINDS = ("main", "concurrent", "acting", "secondment")

LIST_PEOPLE = QueryRule(ListPeople, _MODELS, _list)
GET_PERSON = QueryRule(GetPerson, _MODELS, _get)
