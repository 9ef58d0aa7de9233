"""Who is in which post on a day?"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from contracts.base import Actor, Page
from contracts.organisation import ListRoster, RosterRow
from services.organisation.read_models.finding import RANKS, matches, name_order
from services.organisation.read_models.office_on_a_day import OFFICE_MODELS, Held, Office, office_on, office_rows
from services.organisation.read_models.people import EVERYBODY, PEOPLE
from services.runtime.gathering import Gathering, OnADay, Place, Record, page
from services.runtime.manifest import QueryRule
from services.runtime.text import fold


def _list(query: ListRoster, actor: Actor) -> OnADay:
    def gather(day: date) -> Gathering:
        def build(*rows: Sequence[Record]) -> Page[RosterRow]:
            *of_office, people = rows
            office = office_on(day, *of_office)
            wanted = (row for row in roster_rows(office, people) if _asked(query, row, office))
            return page(query, wanted, lambda row: _place(query, row))

        return Gathering((*office_rows(day), EVERYBODY), build)

    return OnADay(query, query.on, gather)


def roster_rows(office: Office, people: Iterable[Record]) -> Iterator[RosterRow]:
    """Yield every post held on the day, with what is known of its holder."""
    known = {person["person_id"]: person for person in people}
    away = office.seconded_away()
    mains = {held.person_id: held for held in office.mains()}
    for held in office.held:
        yield _row(office, held, known.get(held.person_id, {}), _remarks(office, held, away, mains))


def _row(office: Office, held: Held, person: Record, remarks: str | None) -> RosterRow:
    unit = office.units.get(held.unit_id)
    record = held.appointment
    return RosterRow(
        name=person.get("name") or record["name"],
        born_on=person.get("born_on"),
        post_title=held.post_title,
        unit_name=unit.name if unit else record["unit_name"],
        headcount=held.headcount,
        kind=held.kind,
        since=record["since"],
        until=record["until"],
        decision_number=record["decision_number"],
        education=person.get("education"),
        remarks=remarks,
        person_id=held.person_id,
        post_id=held.post_id,
        unit_id=held.unit_id,
        unit_code=record["unit_code"],
        post_group=held.group,
        rank=held.rank,
        site_name=unit.state["site_name"] if unit else None,
        phone=person.get("phone"),
        email=person.get("email"),
        account=person.get("account"),
    )


def _remarks(office: Office, held: Held, away: dict[str, Held], mains: dict[str, Held]) -> str | None:
    """Return where somebody is seconded to, or where one who is seconded here comes from."""
    to, main = away.get(held.person_id), mains.get(held.person_id)
    if held.kind == "main" and to is not None:
        return f"Đang biệt phái tại {office.units.name(to.unit_id, to.appointment['unit_name'])}"
    if held.kind == "secondment" and main is not None:
        return f"Biệt phái từ {office.units.name(main.unit_id, main.appointment['unit_name'])}"
    return None


def _asked(query: ListRoster, row: RosterRow, office: Office) -> bool:
    unit = office.units.get(row.unit_id)
    asked = (
        (query.unit_id, row.unit_id),
        (query.post_id, row.post_id),
        (query.person_id, row.person_id),
        (query.group, row.post_group),
        (query.headcount, row.headcount),
        (query.kind, row.kind),
        (query.site_id, unit.state["site_id"] if unit else None),
    )
    return (
        all(value is None or value == shown for value, shown in asked)
        and office.units.is_under(row.unit_id, query.under)
        and matches(query.text, row.name, row.post_title, row.unit_name, row.unit_code)
    )


def _place(query: ListRoster, row: RosterRow) -> Place:
    """Return where a row stands: within a unit the head before the deputies, and these before the others."""
    person = (name_order(row.name), row.person_id, row.post_id)
    if query.sort == "unit_name":
        return fold(row.unit_name), row.unit_id, RANKS[row.rank], *person
    return (row.since.isoformat(), *person) if query.sort == "since" else person


LIST_ROSTER = QueryRule(ListRoster, (*OFFICE_MODELS, PEOPLE), _list)
