"""The rules on staffing as reports apply them: read once, asked for a day, a tier and a size."""

from datetime import date

from contracts.organisation import Cap, Tier
from services.organisation.rules.tables import StaffingCap, staffing_caps
from services.runtime.rules import Entry, Table, office_rules

CAPS = staffing_caps(office_rules())
"""The tables with the office's own rows."""


def rule_for(table: Table[StaffingCap], on: date, cap: Cap, tier: Tier, people: int = 0) -> Entry[StaffingCap] | None:
    """Return the rule in force on a day for units of a tier with so many people; None where there is none."""
    for entry in table.all_entries(on):
        row = entry.row
        of_size = (row.people_from or 0) <= people and (row.people_to is None or people <= row.people_to)
        if (row.cap, row.tier) == (cap, tier) and of_size:
            return entry
    return None
