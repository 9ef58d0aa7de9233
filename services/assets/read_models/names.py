"""Names for the units, sites and people that rows of assets mention."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from contracts.base import Query, Row
from services.assets.read_models.people import PEOPLE_KNOWN
from services.assets.read_models.units import SITES_KNOWN, UNITS_KNOWN, unit_name
from services.runtime.completing import Completed, Found, Look, Reading

NAMES = (UNITS_KNOWN, SITES_KNOWN, PEOPLE_KNOWN)
"""The read models that names come from; a query whose rows are named reads them too."""


class Names(NamedTuple):
    """What units, sites and people are called on a day; who is not known there is called by the id."""

    day: date
    units: Found
    sites: Found
    people: Found

    def unit(self, id: str | None, day: date | None = None) -> str | None:
        """Return a unit's name on a day, the one meant where none is given."""
        if id is None:
            return None
        return unit_name(self.units[id], day or self.day) if id in self.units else id.upper()

    def site(self, id: str | None) -> str | None:
        """Return a site's name."""
        return None if id is None else str(self.sites[id]["name"]) if id in self.sites else id.upper()

    def person(self, id: str | None) -> str | None:
        """Return a person's name."""
        return None if id is None else str(self.people[id]["name"]) if id in self.people else id

    def place(self, site_id: str | None, division_id: str | None, room: str | None) -> str | None:
        """Return where something stands, from the room to the site."""
        return ", ".join(part for part in (room, self.unit(division_id), self.site(site_id)) if part) or None


def named(
    reading: Reading,
    query: Query,
    name: Callable[[Any, Names], Row],
    *,
    units: Sequence[str] = ("unit_id",),
    sites: Sequence[str] = (),
    people: Sequence[str] = (),
) -> Completed:
    """Return a reading whose rows are completed by `name`; the fields that hold ids of each kind are named."""

    def keys(fields: Sequence[str]) -> Callable[[Row], Iterable[str | None]]:
        return lambda row: (getattr(row, field) for field in fields)

    looks = [Look(model, keys(fields)) for model, fields in zip(NAMES, (units, sites, people), strict=True)]
    return Completed(reading, query, looks, lambda row, day, *found: name(row, Names(day, *found)))


def with_unit(row: Any, names: Names) -> Any:
    """Return a row with the name of its unit."""
    return row.model_copy(update={"unit_name": names.unit(row.unit_id)})
