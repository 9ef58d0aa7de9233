"""Who may act for whom, with which roles, from which day to which, and by which decision?"""

from contracts import organisation as words_of
from services.organisation.read_models.decisions import DECISION_COLUMNS, decided
from services.runtime.envelope import Fact, event_types
from services.runtime.read_model import ReadModel, RowValues


def _key(fact: Fact) -> str:
    assert isinstance(fact.event, words_of.AuthorityDelegated | words_of.DelegationEnded)
    return fact.event.delegation_id


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    match fact.event:
        case words_of.AuthorityDelegated() as event:
            return {
                "from_person_id": fact.id,
                "from_name": event.from_name,
                "to_person_id": event.to_person_id,
                "to_name": event.to_name,
                "unit_id": event.unit_id,
                "unit_code": event.unit_code,
                "roles": list(event.roles),
                "last_days": [event.until for _ in event.roles],
                "since": event.effective_on,
                "matter": event.matter,
                **decided(event.decision),
            }
        case words_of.DelegationEnded() as event if row:
            known = zip(row["roles"], row["last_days"], strict=True)
            return {**row, "last_days": [event.last_day if role in event.roles else day for role, day in known]}
    return None


DELEGATIONS = ReadModel(
    name="delegations",
    version=1,
    key_column="delegation_id",
    columns={
        "from_person_id": "text NOT NULL",
        "from_name": "text NOT NULL",
        "to_person_id": "text NOT NULL",
        "to_name": "text NOT NULL",
        "unit_id": "text",
        "unit_code": "text",
        "roles": "text[] NOT NULL",
        "last_days": "date[] NOT NULL",
        "since": "date NOT NULL",
        "matter": "text",
        **DECISION_COLUMNS,
    },
    indexes=("(to_person_id)",),
    events=event_types("organisation", (words_of.AuthorityDelegated, words_of.DelegationEnded)),
    key=_key,
    project=_project,
)
"""Each role of a delegation has a last day of its own: one may end before the others."""
