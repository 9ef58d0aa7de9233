"""What finance says and records of statements, in one list each."""

from contracts.base import Command, Event, Query
from contracts.finance.statements import commands as said
from contracts.finance.statements import events as told
from contracts.finance.statements import queries as asked

STATEMENT_COMMANDS: tuple[type[Command], ...] = (
    said.OpenMoneyAccount,
    said.RecordStatement,
    said.MatchLine,
    said.UnmatchLine,
    said.ConfirmReconciliation,
)
STATEMENT_EVENTS: tuple[type[Event], ...] = (
    told.MoneyAccountOpened,
    told.StatementFollowed,
    told.StatementRecorded,
    told.LineMatched,
    told.LineUnmatched,
    told.ReconciliationConfirmed,
)
STATEMENT_QUERIES: tuple[type[Query], ...] = (
    asked.ListMoneyAccounts,
    asked.ListStatements,
    asked.GetStatement,
    asked.ListMatchSuggestions,
    asked.ListUnmatchedEntries,
    asked.GetReconciliation,
)
