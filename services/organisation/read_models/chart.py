"""What does the chart of the organisation look like on a day?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from contracts.base import Actor, Refused
from contracts.organisation import UNIT_UNKNOWN, Chart, ChartNode, GetChart
from services.organisation.read_models.finding import name_order
from services.organisation.read_models.office_on_a_day import OFFICE_MODELS, Held, Office, office_on, office_rows
from services.organisation.read_models.people import EVERYBODY, PEOPLE
from services.organisation.read_models.units_on_a_day import Unit
from services.runtime.gathering import Gathering, OnADay, Record
from services.runtime.manifest import QueryRule
from services.runtime.text import fold


def _get(query: GetChart, actor: Actor) -> OnADay:
    def gather(day: date) -> Gathering:
        def build(*rows: Sequence[Record]) -> Chart:
            *of_office, people = rows
            office = office_on(day, *of_office)
            if query.unit_id is not None and not any(state["unit_id"] == query.unit_id for state in of_office[0]):
                raise Refused(UNIT_UNKNOWN, "unit_id", unit_id=query.unit_id)
            return chart_of(office, {person["person_id"]: person["name"] for person in people}, query.unit_id)

        return Gathering((*office_rows(day), EVERYBODY), build)

    return OnADay(query, query.on, gather)


def chart_of(office: Office, names: Mapping[str, str], top: str | None = None) -> Chart:
    """Return the chart of a day, of everything or of a unit with all under it; each unit's numbers are its own."""
    standing = office.units.standing
    children: dict[str | None, list[Unit]] = defaultdict(list)
    for unit in standing.values():
        children[unit.parent_id if unit.parent_id in standing else None].append(unit)
    roots = children[None] if top is None else [unit for unit in standing.values() if unit.id == top]
    drawing = _Drawing(office, names, children)
    shown = office.units.under(top) if roots else []
    return Chart(
        on=office.day,
        roots=drawing.nodes(roots),
        unit_count=len(shown),
        norm=sum(drawing.norm(unit.id) for unit in shown),
        actual=sum(drawing.actual(unit.id) for unit in shown),
    )


class _Drawing:
    """Draws units with their leaders and numbers."""

    def __init__(self, office: Office, names: Mapping[str, str], children: Mapping[str | None, list[Unit]]) -> None:
        self._office = office
        self._names = names
        self._children = children
        self._held: dict[str, list[Held]] = defaultdict(list)
        for held in office.held:
            self._held[held.unit_id].append(held)

    def nodes(self, units: Iterable[Unit]) -> tuple[ChartNode, ...]:
        ordered = sorted(units, key=lambda unit: (fold(unit.state["unit_code"]), unit.id))
        return tuple(self._node(unit) for unit in ordered)

    def norm(self, unit_id: str) -> int:
        return sum(post.state["norm"] for post in self._office.posts.values() if post.unit_id == unit_id)

    def actual(self, unit_id: str) -> int:
        return sum(held.kind == "main" for held in self._held[unit_id])

    def _node(self, unit: Unit) -> ChartNode:
        heads = self._called(unit, "head")
        return ChartNode(
            unit_id=unit.id,
            unit_code=unit.state["unit_code"],
            name=unit.name,
            kind=unit.kind,
            tier=unit.tier,
            head=heads[0] if heads else None,
            deputies=self._called(unit, "deputy"),
            norm=self.norm(unit.id),
            actual=self.actual(unit.id),
            children=self.nodes(self._children.get(unit.id, ())),
        )

    def _called(self, unit: Unit, rank: str) -> tuple[str, ...]:
        """Return who holds posts of a rank: those in their main post first, who acts in one last."""
        order = ("main", "concurrent", "secondment", "acting")
        held = [one for one in self._held[unit.id] if one.rank == rank]
        held.sort(key=lambda one: (order.index(one.kind), name_order(self._name(one)), one.person_id))
        return tuple({one.person_id: self._name(one) for one in held}.values())

    def _name(self, held: Held) -> str:
        return self._names.get(held.person_id) or str(held.appointment["name"])


GET_CHART = QueryRule(GetChart, (*OFFICE_MODELS, PEOPLE), _get)
