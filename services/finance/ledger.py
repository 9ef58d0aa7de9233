"""What finance decides and answers of the ledger, for the table of contents of the service."""

from typing import Any

from services.finance.deciders.draft import DISCARD_DRAFT, DRAFT, DRAFT_ENTRY, POST_DRAFT
from services.finance.deciders.entry import ENTRY
from services.finance.deciders.entry_posting import POST_BY_TEMPLATE, POST_ENTRY
from services.finance.deciders.entry_reversal import REVERSE_ENTRY
from services.finance.deciders.period import CLOSE_PERIOD, REOPEN_PERIOD
from services.finance.deciders.period_year import CLOSE_YEAR, REOPEN_YEAR
from services.finance.deciders.voucher_book import VOUCHER_BOOK
from services.finance.read_models.cash_book import LIST_CASH_BOOK
from services.finance.read_models.chart import LIST_ACCOUNTS, LIST_TEMPLATES
from services.finance.read_models.drafts import LIST_DRAFTS
from services.finance.read_models.journal import LIST_JOURNAL
from services.finance.read_models.ledger import LIST_LEDGER
from services.finance.read_models.periods import LIST_PERIODS
from services.finance.read_models.trial_balance import LIST_TRIAL_BALANCE
from services.finance.read_models.vouchers import GET_VOUCHER, LIST_VOUCHERS
from services.runtime.manifest import Aggregate, CommandRule, Policy, QueryRule

AGGREGATES: tuple[Aggregate[Any], ...] = (ENTRY, VOUCHER_BOOK, DRAFT)
COMMAND_RULES: tuple[CommandRule, ...] = (
    POST_ENTRY,
    POST_BY_TEMPLATE,
    REVERSE_ENTRY,
    DRAFT_ENTRY,
    POST_DRAFT,
    DISCARD_DRAFT,
    CLOSE_PERIOD,
    REOPEN_PERIOD,
    CLOSE_YEAR,
    REOPEN_YEAR,
)
QUERY_RULES: tuple[QueryRule, ...] = (
    LIST_VOUCHERS,
    LIST_JOURNAL,
    GET_VOUCHER,
    LIST_TRIAL_BALANCE,
    LIST_LEDGER,
    LIST_CASH_BOOK,
    LIST_DRAFTS,
    LIST_PERIODS,
    LIST_ACCOUNTS,
    LIST_TEMPLATES,
)
POLICIES: tuple[Policy, ...] = ()
