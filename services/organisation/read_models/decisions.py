"""The paper a change rests on, in the columns of every dated table."""

from contracts.organisation import Decision
from services.runtime.read_model import RowValues

DECISION_COLUMNS = {"decision_number": "text", "decision_issued_on": "date", "decision_issuer": "text"}


def decided(decision: Decision) -> RowValues:
    """Return the columns of a decision: its number, its day, who issued it."""
    return {
        "decision_number": decision.number,
        "decision_issued_on": decision.issued_on,
        "decision_issuer": decision.issuer,
    }
