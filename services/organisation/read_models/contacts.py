"""Who answers for which line of service in which board on a day: the address book of the shared office?"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from contracts.base import Actor, Page
from contracts.organisation import ContactRow, ListContacts, ServiceLine
from services.organisation.read_models.finding import told
from services.organisation.read_models.namings import ALL_NAMINGS, NAMINGS, one_after_another
from services.organisation.read_models.people import EVERYBODY, PEOPLE
from services.organisation.read_models.staff import departures_on
from services.organisation.read_models.turns import TURNS, turns_until
from services.organisation.read_models.unit_states import ALL_UNITS, UNIT_STATES
from services.organisation.read_models.units_on_a_day import Unit, Units
from services.runtime.gathering import Gathering, OnADay, Record, page
from services.runtime.manifest import QueryRule
from services.runtime.text import fold

LINES: tuple[ServiceLine, ...] = get_args(ServiceLine)


def _list(query: ListContacts, actor: Actor) -> OnADay:
    def gather(day: date) -> Gathering:
        def build(
            namings: Sequence[Record], states: Sequence[Record], people: Sequence[Record], turns: Sequence[Record]
        ) -> Page[ContactRow]:
            known = {person["person_id"]: person for person in people}
            book = Book(day, Units(states, day), known, departures_on(day, turns))
            wanted = (row for row in book.rows(namings) if _asked(query, row))
            return page(query, wanted, lambda row: (fold(row.unit_name), row.unit_id, LINES.index(row.line)))

        return Gathering((ALL_NAMINGS, ALL_UNITS, EVERYBODY, turns_until(day)), build)

    return OnADay(query, query.on, gather)


def _asked(query: ListContacts, row: ContactRow) -> bool:
    return (
        query.unit_id in (None, row.unit_id)
        and query.line in (None, row.line)
        and query.person_id in (None, row.person_id, row.substitute_id)
        and query.valid in (None, row.valid)
    )


@dataclass(frozen=True)
class Book:
    """The address book of a day: what is known of its units and people, and who has left."""

    day: date
    units: Units
    people: Mapping[str, Record]
    departed: Mapping[str, date]

    def rows(self, namings: Sequence[Record]) -> Iterator[ContactRow]:
        """Yield every line somebody was named for, and every line of a board the office serves that lacks somebody."""
        of_line: dict[tuple[str, ServiceLine], list[Record]] = defaultdict(list)
        for naming in namings:
            of_line[naming["unit_id"], naming["line"]].append(naming)
        named = {place: found for place, rows in of_line.items() if (found := self._naming(rows))}
        for naming, until in named.values():
            yield self._named(naming, until)
        for unit in self.units.standing.values():
            for line in LINES if unit.state["served"] else ():
                if (unit.id, line) not in named:
                    yield self._lacking(unit, line)

    def _naming(self, namings: Sequence[Record]) -> tuple[Record, date | None] | None:
        """Return what holds of a line on the day, with its last day; None where nobody is named."""
        kept = one_after_another(namings)
        place = max((place for place, one in enumerate(kept) if one["effective_on"] <= self.day), default=None)
        if place is None or kept[place]["person_id"] is None:
            return None
        later = kept[place + 1 : place + 2]
        ends = [one["effective_on"] - timedelta(days=1) for one in later]
        last = min((day for day in (kept[place]["until"], *ends) if day is not None), default=None)
        return (kept[place], last) if last is None or self.day <= last else None

    def _named(self, naming: Record, until: date | None) -> ContactRow:
        unit = self.units.get(naming["unit_id"])
        ended = unit is not None and not unit.stands
        person, substitute = (self.people.get(naming[name] or "", {}) for name in ("person_id", "substitute_id"))
        left = [naming[name] for name in ("person_id", "substitute_id") if naming[name] in self.departed]
        return ContactRow(
            unit_name=unit.name if unit else naming["unit_name"],
            line=naming["line"],
            person_name=person.get("name") or naming["person_name"],
            phone=person.get("phone"),
            email=person.get("email"),
            substitute_name=substitute.get("name") or naming["substitute_name"],
            substitute_phone=substitute.get("phone"),
            substitute_email=substitute.get("email"),
            since=naming["effective_on"],
            until=until,
            remarks=self._remarks(unit if ended else None, naming, left),
            unit_id=naming["unit_id"],
            unit_code=naming["unit_code"],
            person_id=naming["person_id"],
            substitute_id=naming["substitute_id"],
            valid=not ended and naming["person_id"] not in self.departed,
        )

    def _remarks(self, ended: Unit | None, naming: Record, left: Sequence[str]) -> str | None:
        names = {naming["person_id"]: "Đầu mối", naming["substitute_id"]: "Người thay thế"}
        told_of = [f"{names[id]} đã thôi công tác từ ngày {told(self.departed[id])}" for id in left]
        if ended is not None:
            told_of.insert(0, f"Đơn vị kết thúc hoạt động hết ngày {told(ended.last_day)}")
        return "; ".join(told_of) or None

    def _lacking(self, unit: Unit, line: ServiceLine) -> ContactRow:
        return ContactRow(
            unit_name=unit.name,
            line=line,
            person_name=None,
            phone=None,
            email=None,
            substitute_name=None,
            substitute_phone=None,
            substitute_email=None,
            since=None,
            until=None,
            remarks="Chưa cử đầu mối",
            unit_id=unit.id,
            unit_code=unit.state["unit_code"],
            person_id=None,
            substitute_id=None,
            valid=False,
        )


LIST_CONTACTS = QueryRule(ListContacts, (NAMINGS, UNIT_STATES, PEOPLE, TURNS), _list)
