"""Which sites are in use on a day, and how many units work at each?"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from contracts import organisation as words_of
from contracts.base import Actor, Page
from contracts.organisation import ListSites, SiteRow
from services.organisation.read_models.unit_states import ALL_UNITS, UNIT_STATES
from services.organisation.read_models.units_on_a_day import Units
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Gathering, OnADay, Record, Rows, page
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues
from services.runtime.text import fold


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    match fact.event:
        case words_of.SiteOpened() as event:
            return {
                "code": event.code,
                "name": event.name,
                "address": event.address,
                "opened_on": event.effective_on,
                "closed_from": None,
            }
        case words_of.SiteClosed() as event:
            return {**row, "closed_from": event.effective_on} if row else None
    return None


SITES = ReadModel(
    name="sites",
    version=1,
    key_column="site_id",
    columns={
        "code": "text NOT NULL",
        "name": "text NOT NULL",
        "address": "text NOT NULL",
        "opened_on": "date NOT NULL",
        "closed_from": "date",
    },
    indexes=(),
    events=event_types("organisation", (words_of.SiteOpened, words_of.SiteClosed)),
    key=lambda fact: fact.id,
    project=_project,
)


def _list(query: ListSites, actor: Actor) -> OnADay:
    def gather(day: date) -> Gathering:
        def build(sites: Sequence[Record], states: Sequence[Record]) -> Page[SiteRow]:
            working = Counter(unit.state["site_id"] for unit in Units(states, day).standing.values())
            rows = [_row(site, working[site["site_id"]]) for site in sites]
            return page(query, rows, lambda row: (fold(row.code), row.site_id))

        in_use = Rows(SITES, "opened_on <= $1 AND (closed_from IS NULL OR closed_from > $1)", (day,))
        return Gathering((in_use, ALL_UNITS), build)

    return OnADay(query, query.on, gather)


def _row(site: Record, unit_count: int) -> SiteRow:
    closed_from = site["closed_from"]
    return SiteRow(
        code=site["code"],
        name=site["name"],
        address=site["address"],
        opened_on=site["opened_on"],
        last_day=closed_from - timedelta(days=1) if closed_from else None,
        unit_count=unit_count,
        site_id=site["site_id"],
    )


LIST_SITES = QueryRule(ListSites, (SITES, UNIT_STATES), _list)
