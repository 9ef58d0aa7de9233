"""Which advances are accounted for, with a rest still to be returned or paid?"""

from contracts import finance as words_of
from services.runtime.envelope import Fact, event_types
from services.runtime.read_model import ReadModel, RowValues


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    event = fact.event
    if isinstance(event, words_of.AdvancePaid):
        return {"year": event.year, "board": event.board, "to_return_vnd": 0, "to_pay_vnd": 0}
    if row is None:
        return None
    match event:
        case words_of.AdvanceMoved():
            return {**row, "year": event.year, "board": event.board}
        case words_of.ClaimApproved():
            return {**row, "to_return_vnd": event.to_return_vnd, "to_pay_vnd": event.to_pay_vnd}
        case words_of.RestReceived():
            return {**row, "to_return_vnd": event.to_return_vnd}
        case words_of.RestPaid():
            return {**row, "to_pay_vnd": event.to_pay_vnd}
    raise AssertionError(fact.type)


ADVANCE_RESTS = ReadModel(
    name="budget_advance_rests",
    version=1,
    key_column="advance_id",
    columns={
        "year": "integer NOT NULL",
        "board": "text NOT NULL",
        "to_return_vnd": "bigint NOT NULL",
        "to_pay_vnd": "bigint NOT NULL",
    },
    indexes=("(year, board) WHERE to_return_vnd > 0 OR to_pay_vnd > 0",),
    events=event_types(
        "finance",
        (
            words_of.AdvancePaid,
            words_of.AdvanceMoved,
            words_of.ClaimApproved,
            words_of.RestReceived,
            words_of.RestPaid,
        ),
    ),
    key=lambda fact: fact.id,
    project=_project,
)
"""Budgets know what is open of advances, not what is still to be settled in money; a settlement names both."""
WITH_REST = "year = $1 AND board = $2 AND (to_return_vnd > 0 OR to_pay_vnd > 0) ORDER BY advance_id"
