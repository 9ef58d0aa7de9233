"""What is every unit from which day on, and by which decision?"""

from contracts import organisation as words_of
from services.organisation.read_models.decisions import DECISION_COLUMNS, decided
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Rows
from services.runtime.read_model import ReadModel, RowValues

UNIT_EVENTS = (
    words_of.UnitEstablished,
    words_of.UnitRenamed,
    words_of.UnitMoved,
    words_of.UnitSucceeded,
    words_of.UnitMerged,
    words_of.UnitSplit,
    words_of.UnitDissolved,
)
"""Every change of a unit; each says all that holds of it from its day on."""


def _key(fact: Fact) -> str:
    assert isinstance(fact.event, words_of.UnitFacts)
    return f"{fact.id}@{fact.event.effective_on}"


def _successors(event: object) -> tuple[words_of.OtherUnit, ...]:
    match event:
        case words_of.UnitMerged():
            return (event.successor,)
        case words_of.UnitSplit():
            return event.successors
    return ()


def _project(row: RowValues | None, fact: Fact) -> RowValues:
    event = fact.event
    assert isinstance(event, words_of.UnitFacts)
    successors = _successors(event)
    return {
        "unit_id": fact.id,
        "effective_on": event.effective_on,
        "unit_code": event.unit_code,
        "name": event.name,
        "kind": event.kind,
        "tier": event.tier,
        "parent_id": event.parent_id,
        "parent_name": event.parent_name,
        "site_id": event.site_id,
        "site_name": event.site_name,
        "served": event.served,
        "budget_chapter": event.budget_chapter,
        "stands_until": event.stands_until,
        "ended": isinstance(event, words_of.UnitMerged | words_of.UnitSplit | words_of.UnitDissolved),
        "successor_ids": [successor.unit_id for successor in successors],
        "successor_names": [successor.name for successor in successors],
        **decided(event.decision),
    }


UNIT_STATES = ReadModel(
    name="unit_states",
    version=1,
    key_column="state_id",
    columns={
        "unit_id": "text NOT NULL",
        "effective_on": "date NOT NULL",
        "unit_code": "text NOT NULL",
        "name": "text NOT NULL",
        "kind": "text NOT NULL",
        "tier": "text NOT NULL",
        "parent_id": "text",
        "parent_name": "text",
        "site_id": "text",
        "site_name": "text",
        "served": "boolean NOT NULL",
        "budget_chapter": "text",
        "stands_until": "date",
        "ended": "boolean NOT NULL",
        "successor_ids": "text[] NOT NULL",
        "successor_names": "text[] NOT NULL",
        **DECISION_COLUMNS,
    },
    indexes=(),
    events=event_types("organisation", UNIT_EVENTS),
    key=_key,
    project=_project,
)

ALL_UNITS = Rows(UNIT_STATES)
"""Every state of every unit: a unit's beginning and its end tell as much of a day as what holds on it."""
