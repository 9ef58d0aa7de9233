"""The words of the ledger: entries, vouchers, periods, drafts and books."""

from contracts.finance.ledger.commands import *
from contracts.finance.ledger.events import *
from contracts.finance.ledger.queries import *
from contracts.finance.ledger.refusals import *
from contracts.finance.ledger.rows import *
from contracts.finance.ledger.words import *
