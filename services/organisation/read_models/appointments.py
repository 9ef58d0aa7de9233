"""Who holds which post, from which day to which, and by which decision?"""

from datetime import date

from contracts import organisation as words_of
from services.organisation.read_models.decisions import DECISION_COLUMNS, decided
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Rows
from services.runtime.read_model import ReadModel, RowValues


def _key(fact: Fact) -> str:
    event = fact.event
    if isinstance(event, words_of.PersonAppointed):
        return f"{fact.id}@{event.post_id}@{event.effective_on}"
    assert isinstance(event, words_of.AppointmentEnded | words_of.AppointmentCancelled)
    return f"{fact.id}@{event.post_id}@{event.since}"


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    match fact.event:
        case words_of.PersonAppointed() as event:
            return _appointed(fact.id, event)
        case words_of.AppointmentEnded() as event:
            return {**row, "until": event.last_day, "ended_by": event.decision.number} if row else None
        case words_of.AppointmentCancelled():
            return {**row, "cancelled": True} if row else None
    return None


def _appointed(person_id: str, event: words_of.PersonAppointed) -> RowValues:
    return {
        "person_id": person_id,
        "name": event.name,
        "headcount": event.headcount,
        "post_id": event.post_id,
        "post_title": event.post_title,
        "post_group": event.post_group,
        "post_rank": event.post_rank,
        "post_headcount": event.post_headcount,
        "unit_id": event.unit_id,
        "unit_code": event.unit_code,
        "unit_name": event.unit_name,
        "kind": event.kind,
        "since": event.effective_on,
        "until": event.until,
        "transfer_id": event.transfer_id,
        "cancelled": False,
        "ended_by": None,
        **decided(event.decision),
    }


APPOINTMENTS = ReadModel(
    name="appointments",
    version=1,
    key_column="appointment_id",
    columns={
        "person_id": "text NOT NULL",
        "name": "text NOT NULL",
        "headcount": "text NOT NULL",
        "post_id": "text NOT NULL",
        "post_title": "text NOT NULL",
        "post_group": "text NOT NULL",
        "post_rank": "text NOT NULL",
        "post_headcount": "text NOT NULL",
        "unit_id": "text NOT NULL",
        "unit_code": "text NOT NULL",
        "unit_name": "text NOT NULL",
        "kind": "text NOT NULL",
        "since": "date NOT NULL",
        "until": "date",
        "transfer_id": "text",
        "cancelled": "boolean NOT NULL",
        "ended_by": "text",
        **DECISION_COLUMNS,
    },
    indexes=("(person_id)", "(since) WHERE NOT cancelled"),
    events=event_types(
        "organisation",
        (words_of.PersonAppointed, words_of.AppointmentEnded, words_of.AppointmentCancelled),
    ),
    key=_key,
    project=_project,
)


def held_on(day: date) -> Rows:
    """Return the appointments in force on a day."""
    return Rows(APPOINTMENTS, "NOT cancelled AND since <= $1 AND (until IS NULL OR until >= $1)", (day,))


def ever_held(person_id: str | None = None) -> Rows:
    """Return the appointments of all days, of a person or of everybody, those called off left out."""
    if person_id is None:
        return Rows(APPOINTMENTS, "NOT cancelled")
    return Rows(APPOINTMENTS, "NOT cancelled AND person_id = $1", (person_id,))
