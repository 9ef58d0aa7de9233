"""Norm against people on a day: every unit's numbers, and what they add up to, each sum told twice."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contracts.organisation import Cap, HeadcountKind, PostGroup, StaffingRow, StaffingTotals, UnitKind
from services.organisation.read_models.office_on_a_day import Held, Office, Post
from services.organisation.read_models.staffing_rules import CAPS, rule_for
from services.organisation.read_models.units_on_a_day import Unit

_SPECIALISTS: tuple[PostGroup, ...] = ("professional", "shared_professional")
_NORM_CAPS: dict[UnitKind, Cap] = {"office": "people_of_office", "division": "people_of_division"}


def staffing_rows(office: Office, units: Sequence[Unit]) -> Iterator[StaffingRow]:
    """Yield the numbers of some of the day's units, each for itself without those under it."""
    posts: dict[str, list[Post]] = defaultdict(list)
    for post in office.posts.values():
        posts[post.unit_id].append(post)
    held: dict[str, list[Held]] = defaultdict(list)
    for one in office.held:
        held[one.unit_id].append(one)
    away = office.seconded_away()
    for unit in units:
        seconded = sum(one.kind == "main" and one.person_id in away for one in held[unit.id])
        yield _row(unit, _norms(office, unit, posts[unit.id]), held[unit.id], seconded)


@dataclass(frozen=True)
class _Norms:
    """What a unit is to have: from and to, what is assigned, of it by kind, and how many specialists are missing."""

    lowest: int
    norm: int
    highest: int
    kinds: Counter[HeadcountKind]
    specialists: int


def _norms(office: Office, unit: Unit, posts: Sequence[Post]) -> _Norms:
    """Return a unit's norms: from and to are the law's where it sets both for such a unit, else those of its posts.

    An office of a district had 11 to 13 posts by rule, and 4 assigned (domain: sections 2.2 and 11.1).
    """
    lowest = sum(post.state["minimum"] for post in posts)
    highest = sum(post.state["maximum"] for post in posts)
    if unit.kind in _NORM_CAPS:
        rule = rule_for(CAPS, office.day, _NORM_CAPS[unit.kind], unit.tier)
        if rule is not None and rule.row.fewest is not None and rule.row.most is not None:
            lowest, highest = rule.row.fewest, rule.row.most
    kinds: Counter[HeadcountKind] = Counter()
    for post in posts:
        kinds[post.state["headcount"]] += post.state["norm"]
    specialists = sum(
        post.state["norm"]
        for post in posts
        if post.state["headcount"] == "civil_servant" and post.state["post_group"] in _SPECIALISTS
    )
    return _Norms(lowest, sum(post.state["norm"] for post in posts), highest, kinds, specialists)


def _row(unit: Unit, norms: _Norms, held: Sequence[Held], seconded_out: int) -> StaffingRow:
    mains = [one for one in held if one.kind == "main"]
    kinds, others = Counter(one.headcount for one in mains), Counter(one.kind for one in held)
    groups = Counter("leaders" if one.group == "leadership" else "others" for one in mains)
    specialists = sum(
        one.headcount == one.post_headcount == "civil_servant" and one.group in _SPECIALISTS for one in mains
    )
    surplus = max(0, kinds["contract"] - norms.kinds["contract"])
    shortage = max(0, norms.specialists - specialists)
    return StaffingRow(
        unit_name=unit.name,
        lowest=norms.lowest,
        norm=norms.norm,
        highest=norms.highest,
        actual=len(mains),
        missing_from=max(0, norms.lowest - len(mains)),
        missing_to=max(0, norms.highest - len(mains)),
        civil_servants=kinds["civil_servant"],
        public_employees=kinds["public_employee"],
        contracts=kinds["contract"],
        leaders=groups["leaders"],
        others=groups["others"],
        contract_surplus=surplus,
        specialist_shortage=shortage,
        leaders_per_ten=per_ten(groups["leaders"], len(mains)),
        unit_id=unit.id,
        unit_code=unit.state["unit_code"],
        kind=unit.kind,
        tier=unit.tier,
        civil_servant_norm=norms.kinds["civil_servant"],
        public_employee_norm=norms.kinds["public_employee"],
        contract_norm=norms.kinds["contract"],
        seconded_in=others["secondment"],
        seconded_out=seconded_out,
        concurrent=others["concurrent"],
        adds_up=groups.total() == kinds.total() == len(mains) and norms.kinds.total() == norms.norm,
        imbalance=surplus > 0 and shortage > 0,
    )


def per_ten(leaders: int, people: int) -> float | None:
    """Return how many leaders there are for ten people, to two places; None where there is nobody."""
    return round(10 * leaders / people, 2) if people else None


def staffing_totals(
    office: Office, rows: Sequence[StaffingRow], unit_id: str | None, among: Sequence[Unit]
) -> StaffingTotals:
    """Return what units' rows add up to, counted a second time over all their people at once."""
    totals = {name: sum(getattr(row, name) for row in rows) for name in _ADDED}
    ids = {unit.id for unit in among}
    mains = [held for held in office.mains() if held.unit_id in ids]
    again = Counter(held.headcount for held in mains)
    norm = sum(post.state["norm"] for post in office.posts.values() if post.unit_id in ids)
    people = len({held.person_id for held in mains})
    counted = (again["civil_servant"], again["public_employee"], again["contract"])
    return StaffingTotals(
        on=office.day,
        unit_id=unit_id,
        unit_count=len(rows),
        **totals,
        leaders_per_ten=per_ten(totals["leaders"], totals["actual"]),
        contract_share=round(totals["contracts"] / totals["actual"], 4) if totals["actual"] else None,
        adds_up=all(row.adds_up for row in rows)
        and totals["actual"] == people == totals["leaders"] + totals["others"]
        and (totals["civil_servants"], totals["public_employees"], totals["contracts"]) == counted
        and totals["norm"] == norm,
    )


_ADDED = (
    "lowest",
    "norm",
    "highest",
    "actual",
    "civil_servants",
    "public_employees",
    "contracts",
    "leaders",
    "others",
    "contract_surplus",
    "specialist_shortage",
)
