"""The rules on staffing of a day beside the numbers they are about, with a warning where a number is outside."""

from collections import Counter
from collections.abc import Iterator
from typing import Literal

from contracts.organisation import Cap, CapPassed, CapRow, Tier, cap_notice
from contracts.titles.organisation import VALUES
from services.organisation.read_models.office_on_a_day import Office
from services.organisation.read_models.staffing_rules import CAPS, rule_for
from services.organisation.read_models.units_on_a_day import Unit

ALL_BODIES = "Các cơ quan cấp tỉnh"
"""What a rule about all bodies of the province together is written beside."""


def cap_rows(office: Office) -> Iterator[CapRow]:
    """Yield every rule in force on the day that is about a standing unit, or about all bodies of the province."""
    counts = _Counts(office)
    for unit in office.units.standing.values():
        for cap, value, people in counts.of(unit):
            yield from _row(office, cap, unit.tier, value, people, unit)
    if counts.provincial:
        deputies = sum(counts.deputies[unit.id] for unit in counts.provincial)
        yield from _row(office, "deputies_of_bodies", "TINH", deputies, 0, None)


class _Counts:
    """What the rules count in each unit: the norm of its posts, the people and the deputies in their main post."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._norms: Counter[str] = Counter()
        for post in office.posts.values():
            self._norms[post.unit_id] += post.state["norm"]
        mains = office.mains()
        self._people = Counter(held.unit_id for held in mains)
        self.deputies = Counter(held.unit_id for held in mains if held.rank == "deputy")
        standing = office.units.standing.values()
        self.provincial = [unit for unit in standing if unit.tier == "TINH" and unit.kind in ("body", "office")]

    def of(self, unit: Unit) -> Iterator[tuple[Cap, int, int]]:
        """Yield what rules are about in a unit, with the number and the size of the unit that the rule goes by."""
        norm, below = self._norms[unit.id], self._office.units.directly_under(unit.id)
        if unit.kind == "office":
            yield "divisions_of_office", sum(one.kind == "division" for one in below), 0
            yield "people_of_office", norm, 0
        if unit.kind == "division":
            yield "people_of_division", norm, 0
            yield "present_in_division", self._people[unit.id], 0
            yield "deputies_of_division", self.deputies[unit.id], norm
        if unit.tier == "XA" and self._is_top_of_commune(unit):
            under = self._office.units.under(unit.id)
            yield "people_of_commune", sum(self._norms[one.id] for one in under if one.tier == "XA"), 0

    def _is_top_of_commune(self, unit: Unit) -> bool:
        parent = self._office.units.standing.get(unit.parent_id or "")
        return parent is None or parent.tier != "XA"


def _row(office: Office, cap: Cap, tier: Tier, value: int, people: int, unit: Unit | None) -> Iterator[CapRow]:
    rule = rule_for(CAPS, office.day, cap, tier, people)
    if rule is None:
        return
    fewest, most, basis = rule.row.fewest, rule.row.most, rule.validity.legal_basis
    below, above = fewest is not None and value < fewest, most is not None and value > most
    state: Literal["within", "below", "above"] = "below" if below else "above" if above else "within"
    notice = cap_notice(CapPassed(cap=cap, value=value, fewest=fewest, most=most, legal_basis=basis))
    yield CapRow(
        unit_name=unit.name if unit else ALL_BODIES,
        cap_name=VALUES["cap", cap].vi,
        fewest=fewest,
        most=most,
        value=value,
        warning=notice.vi if below or above else None,
        legal_basis=basis,
        unit_id=unit.id if unit else None,
        cap=cap,
        state=state,
        warning_en=notice.en if below or above else None,
    )
