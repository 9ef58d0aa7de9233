"""Which roles was everybody granted, from which day to which, and by which decision?"""

from contracts import organisation as words_of
from services.organisation.read_models.decisions import DECISION_COLUMNS, decided
from services.runtime.envelope import Fact, event_types
from services.runtime.read_model import ReadModel, RowValues


def _key(fact: Fact) -> str:
    event = fact.event
    if isinstance(event, words_of.RoleGranted):
        return f"{fact.id}@{event.role}@{event.effective_on}"
    assert isinstance(event, words_of.RoleRevoked)
    return f"{fact.id}@{event.role}@{event.since}"


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    match fact.event:
        case words_of.RoleGranted() as event:
            return {
                "person_id": fact.id,
                "name": event.name,
                "role": event.role,
                "unit_id": event.unit_id,
                "unit_code": event.unit_code,
                "unit_name": event.unit_name,
                "since": event.effective_on,
                "until": event.until,
                **decided(event.decision),
            }
        case words_of.RoleRevoked() as event:
            return {**row, "until": event.last_day} if row else None
    return None


GRANTS = ReadModel(
    name="grants",
    version=1,
    key_column="grant_id",
    columns={
        "person_id": "text NOT NULL",
        "name": "text NOT NULL",
        "role": "text NOT NULL",
        "unit_id": "text",
        "unit_code": "text",
        "unit_name": "text",
        "since": "date NOT NULL",
        "until": "date",
        **DECISION_COLUMNS,
    },
    indexes=("(person_id)",),
    events=event_types("organisation", (words_of.RoleGranted, words_of.RoleRevoked)),
    key=_key,
    project=_project,
)
"""A role revoked from its first day on ends before it begins, and so never held."""
