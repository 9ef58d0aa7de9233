"""What are the sites called at which things stand and bookings are?"""

from collections.abc import Iterable, Mapping
from typing import Any

from services.runtime.read_model import Database
from services.scheduling.read_models.week_sites import WEEK_SITES as SITES

__all__ = ["SITES", "named", "read_site_names"]


def named(records: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return names by site, of the rows of SITES."""
    return {record["site_id"]: record["name"] for record in records}


async def read_site_names(database: Database) -> dict[str, str]:
    """Return the names of all sites; an office has a few."""
    return named(await database.fetch(f'SELECT site_id, name FROM "{SITES.table}"'))
