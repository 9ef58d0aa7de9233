"""How is every person counted, from which day on, and by which decision?"""

from datetime import date

from contracts import organisation as words_of
from services.organisation.read_models.decisions import DECISION_COLUMNS, decided
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Rows
from services.runtime.read_model import ReadModel, RowValues

ALWAYS = date(1930, 1, 1)
"""How a person was entered holds on all days before a change; this is the first day the office knows."""


def _key(fact: Fact) -> str:
    event = fact.event
    return f"{fact.id}@{event.effective_on if isinstance(event, words_of.HeadcountKindChanged) else ALWAYS}"


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    match fact.event:
        case words_of.PersonRegistered() as event:
            undecided = dict.fromkeys(DECISION_COLUMNS)
            return _counted(fact.id, ALWAYS, event.headcount, None) | undecided
        case words_of.HeadcountKindChanged() as event:
            counted = _counted(fact.id, event.effective_on, event.headcount, event.former_headcount)
            return counted | decided(event.decision)
    return None


def _counted(person_id: str, since: date, headcount: str, former: str | None) -> RowValues:
    return {"person_id": person_id, "since": since, "headcount": headcount, "former_headcount": former}


HEADCOUNTS = ReadModel(
    name="headcounts",
    version=1,
    key_column="counted_id",
    columns={
        "person_id": "text NOT NULL",
        "since": "date NOT NULL",
        "headcount": "text NOT NULL",
        "former_headcount": "text",
        **DECISION_COLUMNS,
    },
    indexes=("(person_id)",),
    events=event_types("organisation", (words_of.PersonRegistered, words_of.HeadcountKindChanged)),
    key=_key,
    project=_project,
)


def counted_until(day: date) -> Rows:
    """Return how people are counted, up to a day."""
    return Rows(HEADCOUNTS, "since <= $1", (day,))
