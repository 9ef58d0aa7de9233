"""What finance says and records of the ledger, in one list each."""

from contracts.base import Command, Event, Query
from contracts.finance.ledger import commands as said
from contracts.finance.ledger import events as told
from contracts.finance.ledger import queries as asked

LEDGER_COMMANDS: tuple[type[Command], ...] = (
    said.PostEntry,
    said.PostByTemplate,
    said.ReverseEntry,
    said.DraftEntry,
    said.PostDraft,
    said.DiscardDraft,
    said.ClosePeriod,
    said.ReopenPeriod,
    said.CloseYear,
    said.ReopenYear,
)
LEDGER_EVENTS: tuple[type[Event], ...] = (
    told.EntryPosted,
    told.EntryReversed,
    told.EntryReconciled,
    told.EntryUnreconciled,
    told.VoucherNumbered,
    told.PeriodClosed,
    told.PeriodReopened,
    told.YearClosed,
    told.YearReopened,
    told.EntryDrafted,
    told.DraftPosted,
    told.DraftDiscarded,
)
LEDGER_QUERIES: tuple[type[Query], ...] = (
    asked.ListVouchers,
    asked.ListJournal,
    asked.GetVoucher,
    asked.ListTrialBalance,
    asked.ListLedger,
    asked.ListCashBook,
    asked.ListDrafts,
    asked.ListPeriods,
    asked.ListAccounts,
    asked.ListTemplates,
)
