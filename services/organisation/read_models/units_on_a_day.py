"""The units of a day: which stand, which are no more, and who is under whom."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from contracts.organisation import Tier, UnitKind
from services.runtime.gathering import Record


@dataclass(frozen=True)
class Unit:
    """A unit with its state of the day, which for one that is no more is the state it ended in."""

    state: Record
    established_on: date
    last_day: date | None
    stands: bool

    @property
    def id(self) -> str:
        """The unit's id."""
        return str(self.state["unit_id"])

    @property
    def name(self) -> str:
        """What it is called on the day."""
        return str(self.state["name"])

    @property
    def kind(self) -> UnitKind:
        """What kind of unit it is."""
        kind: UnitKind = self.state["kind"]
        return kind

    @property
    def tier(self) -> Tier:
        """Its tier of the Party's organisation."""
        tier: Tier = self.state["tier"]
        return tier

    @property
    def parent_id(self) -> str | None:
        """The unit it is under."""
        parent_id: str | None = self.state["parent_id"]
        return parent_id


class Units:
    """All units there were by a day."""

    def __init__(self, states: Iterable[Record], day: date) -> None:
        """Make them of the states of all days: of each unit the latest that is not after the day holds."""
        of_unit: dict[str, list[Record]] = defaultdict(list)
        for state in states:
            of_unit[state["unit_id"]].append(state)
        found = (_on(of_one, day) for of_one in of_unit.values())
        self._all = {unit.id: unit for unit in found if unit is not None}
        self.standing: Mapping[str, Unit] = {id: unit for id, unit in self._all.items() if unit.stands}
        self.gone: Mapping[str, Unit] = {id: unit for id, unit in self._all.items() if not unit.stands}

    def get(self, unit_id: str | None) -> Unit | None:
        """Return a unit, whether it stands on the day or is no more."""
        return self._all.get(unit_id) if unit_id else None

    def name(self, unit_id: str, otherwise: str) -> str:
        """Return what a unit is called on the day; the other name for one that is not known yet."""
        unit = self._all.get(unit_id)
        return unit.name if unit else otherwise

    def is_under(self, unit_id: str, top: str | None) -> bool:
        """Tell whether a unit is another one or under it; everything is under None."""
        seen: set[str] = set()
        here: str | None = unit_id
        while top is not None and here != top:
            if here is None or here in seen:
                return False
            seen.add(here)
            unit = self._all.get(here)
            here = unit.parent_id if unit else None
        return True

    def under(self, top: str | None) -> list[Unit]:
        """Return the standing units that are one or under it; all of them for None."""
        return [unit for id, unit in self.standing.items() if self.is_under(id, top)]

    def directly_under(self, parent_id: str) -> list[Unit]:
        """Return the standing units whose parent one is."""
        return [unit for unit in self.standing.values() if unit.parent_id == parent_id]


def _on(states: list[Record], day: date) -> Unit | None:
    """Return a unit as it is on a day; None where it was not established by then.

    It is no more from the day it was merged, split or dissolved, and after the last day on which its tier is lawful.
    """
    ordered = sorted(states, key=lambda state: state["effective_on"])
    by_day = [state for state in ordered if state["effective_on"] <= day]
    if not by_day:
        return None
    current = by_day[-1]
    ends = [state["effective_on"] - timedelta(days=1) for state in ordered if state["ended"]]
    lawful = [] if current["stands_until"] is None else [current["stands_until"]]
    last_day = min((*ends, *lawful), default=None)
    return Unit(current, ordered[0]["effective_on"], last_day, last_day is None or day <= last_day)
