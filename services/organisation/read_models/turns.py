"""Who left for good, who came back, on which day, and by which decision?"""

from datetime import date

from contracts import organisation as words_of
from services.organisation.read_models.decisions import DECISION_COLUMNS, decided
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Rows
from services.runtime.read_model import ReadModel, RowValues


def _key(fact: Fact) -> str:
    assert isinstance(fact.event, words_of.PersonDeparted | words_of.PersonReturned)
    return f"{fact.id}@{fact.event.effective_on}@{_turn(fact)}"


def _turn(fact: Fact) -> str:
    return "departure" if isinstance(fact.event, words_of.PersonDeparted) else "return"


def _project(row: RowValues | None, fact: Fact) -> RowValues:
    event = fact.event
    assert isinstance(event, words_of.PersonDeparted | words_of.PersonReturned)
    return {
        "person_id": fact.id,
        "effective_on": event.effective_on,
        "turn": _turn(fact),
        "reason": event.reason if isinstance(event, words_of.PersonDeparted) else None,
        **decided(event.decision),
    }


TURNS = ReadModel(
    name="turns",
    version=1,
    key_column="turn_id",
    columns={
        "person_id": "text NOT NULL",
        "effective_on": "date NOT NULL",
        "turn": "text NOT NULL",
        "reason": "text",
        **DECISION_COLUMNS,
    },
    indexes=("(person_id)",),
    events=event_types("organisation", (words_of.PersonDeparted, words_of.PersonReturned)),
    key=_key,
    project=_project,
)


def turns_until(day: date) -> Rows:
    """Return who left and who came back, up to a day."""
    return Rows(TURNS, "effective_on <= $1", (day,))
