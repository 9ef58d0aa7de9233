"""What finance decides and answers of statements, for the table of contents of the service."""

from typing import Any

from services.finance.deciders.money_account import MONEY_ACCOUNT, OPEN_MONEY_ACCOUNT
from services.finance.deciders.statement import RECORD_STATEMENT, STATEMENT
from services.finance.deciders.statement_matching import CONFIRM_RECONCILIATION, MATCH_LINE, UNMATCH_LINE
from services.finance.read_models.match_suggestions import LIST_MATCH_SUGGESTIONS
from services.finance.read_models.money_accounts import LIST_MONEY_ACCOUNTS
from services.finance.read_models.money_entries import LIST_UNMATCHED_ENTRIES
from services.finance.read_models.reconciliation import GET_RECONCILIATION
from services.finance.read_models.statements import GET_STATEMENT, LIST_STATEMENTS
from services.runtime.manifest import Aggregate, CommandRule, Policy, QueryRule

AGGREGATES: tuple[Aggregate[Any], ...] = (MONEY_ACCOUNT, STATEMENT)
COMMAND_RULES: tuple[CommandRule, ...] = (
    OPEN_MONEY_ACCOUNT,
    RECORD_STATEMENT,
    MATCH_LINE,
    UNMATCH_LINE,
    CONFIRM_RECONCILIATION,
)
QUERY_RULES: tuple[QueryRule, ...] = (
    LIST_MONEY_ACCOUNTS,
    LIST_STATEMENTS,
    GET_STATEMENT,
    LIST_MATCH_SUGGESTIONS,
    LIST_UNMATCHED_ENTRIES,
    GET_RECONCILIATION,
)
POLICIES: tuple[Policy, ...] = ()
