"""What finance says, records and answers, in one list each."""

from contracts.base import Command, Event, Query
from contracts.finance.budget import words as budget
from contracts.finance.causes import words as causes
from contracts.finance.ledger import words as ledger
from contracts.finance.spending import words as spending
from contracts.finance.statements import words as statements

COMMANDS: tuple[type[Command], ...] = (
    *budget.BUDGET_COMMANDS,
    *spending.SPENDING_COMMANDS,
    *ledger.LEDGER_COMMANDS,
    *statements.STATEMENT_COMMANDS,
    *causes.CAUSE_COMMANDS,
)
EVENTS: tuple[type[Event], ...] = (
    *budget.BUDGET_EVENTS,
    *spending.REQUEST_EVENTS,
    *spending.ADVANCE_EVENTS,
    *ledger.LEDGER_EVENTS,
    *statements.STATEMENT_EVENTS,
    *causes.CAUSE_EVENTS,
)
QUERIES: tuple[type[Query], ...] = (
    *budget.BUDGET_QUERIES,
    *spending.SPENDING_QUERIES,
    *ledger.LEDGER_QUERIES,
    *statements.STATEMENT_QUERIES,
)
