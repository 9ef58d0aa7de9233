"""Which licences, inspections and insurances of cars and drivers end soon?"""

from datetime import date, timedelta

from contracts import scheduling as words_of_scheduling
from contracts.base import Actor, Page
from contracts.scheduling import vehicles as words_of
from contracts.scheduling.vehicles import ListExpiringPapers, PaperRow
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Gathering, OnADay, Record, Rows, page
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues
from services.scheduling.read_models.rides_names import CARS_KNOWN, DRIVERS_KNOWN


def _key(fact: Fact) -> str:
    event = fact.event
    kind = event.validity if isinstance(event, words_of_scheduling.ValidityRecorded) else "licence"
    return f"{fact.id}|{kind}"


def _project(row: RowValues | None, fact: Fact) -> RowValues:
    event = fact.event
    if isinstance(event, words_of_scheduling.ValidityRecorded):
        return {"thing_id": fact.id, "paper": event.validity, "last_day": event.last_day}
    assert isinstance(event, words_of.DriverRecorded)
    return {"thing_id": fact.id, "paper": "licence", "last_day": event.expires_on}


PAPERS_OF_CARS = ReadModel(
    name="papers_of_cars",
    version=1,
    key_column="paper_id",
    columns={"thing_id": "text NOT NULL", "paper": "text NOT NULL", "last_day": "date"},
    indexes=("(last_day)",),
    events={
        **event_types("scheduling", (words_of_scheduling.ValidityRecorded, words_of.DriverRecorded)),
    },
    key=_key,
    project=_project,
)
"""The last day of every paper, none for one that holds for ever; of a licence, the last word said."""


def _list(query: ListExpiringPapers, actor: Actor) -> OnADay:
    def gather(day: date) -> Gathering:
        def build(papers: list[Record], cars: list[Record], drivers: list[Record]) -> Page[PaperRow]:
            names = {car["vehicle_id"]: car["plate"] for car in cars} | {
                one["driver_id"]: one["name"] for one in drivers
            }
            rows = [
                PaperRow(
                    paper_id=paper["paper_id"],
                    thing_id=paper["thing_id"],
                    name=names[paper["thing_id"]],
                    paper=paper["paper"],
                    last_day=paper["last_day"],
                    days_left=(paper["last_day"] - day).days,
                )
                for paper in papers
                if paper["thing_id"] in names
            ]
            return page(query, rows, lambda row: (row.last_day.isoformat(), row.paper_id))

        soon = Rows(PAPERS_OF_CARS, "last_day <= $1", (day + timedelta(query.within_days),))
        return Gathering((soon, Rows(CARS_KNOWN), Rows(DRIVERS_KNOWN)), build)

    return OnADay(query, query.on, gather)


LIST_EXPIRING_PAPERS = QueryRule(ListExpiringPapers, (PAPERS_OF_CARS, CARS_KNOWN, DRIVERS_KNOWN), _list)
