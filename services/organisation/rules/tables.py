"""The tables of law of organisation, typed: tiers of the Party's organisation and the caps on staffing."""

from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

from contracts.organisation import Cap, CapPassed, Tier
from services.runtime.rules import Table, load

_RULES = files("services.organisation.rules")


@dataclass(frozen=True)
class TierOfParty:
    """A tier of the Party's organisation."""

    tier: Tier
    name_vi: str
    name_en: str


@dataclass(frozen=True)
class StaffingCap:
    """The fewest or the most of something in units of a tier; `people_from` and `people_to` say of what size."""

    cap: Cap
    tier: Tier
    people_from: int | None = None
    people_to: int | None = None
    fewest: int | None = None
    most: int | None = None


def tiers(override_folder: Path | None = None) -> Table[TierOfParty]:
    """Read the tiers, asked by tier; the district's row ends with 30 June 2025."""
    return load(_RULES / "tiers.csv", TierOfParty, key=("tier",), override_folder=override_folder)


def staffing_caps(override_folder: Path | None = None) -> Table[StaffingCap]:
    """Read the caps on staffing, asked by cap, tier and size; `override_folder` holds those of a larger province."""
    key = ("cap", "tier", "people_from")
    return load(_RULES / "staffing_caps.csv", StaffingCap, key=key, override_folder=override_folder)


def cap_passed(
    table: Table[StaffingCap], on: date, cap: Cap, tier: Tier, value: int, people: int = 0
) -> CapPassed | None:
    """Return what rule a number breaks on a day in a unit of so many people; None where it breaks none."""
    for entry in table.all_entries(on):
        row = entry.row
        of_size = (row.people_from or 0) <= people and (row.people_to is None or people <= row.people_to)
        if (row.cap, row.tier) != (cap, tier) or not of_size:
            continue
        few = row.fewest is not None and value < row.fewest
        many = row.most is not None and value > row.most
        if few or many:
            basis = entry.validity.legal_basis
            return CapPassed(cap=cap, value=value, fewest=row.fewest, most=row.most, legal_basis=basis)
    return None
