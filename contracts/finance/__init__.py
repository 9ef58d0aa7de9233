"""The words of finance: estimates, spending, advances, the ledger and its books, and what other desks' facts cost."""

from contracts.finance.budget import *
from contracts.finance.causes import *
from contracts.finance.ledger import *
from contracts.finance.spending import *
from contracts.finance.statements import *
from contracts.finance.values import *
from contracts.finance.words import *
