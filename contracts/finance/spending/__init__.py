"""The words of spending: requests, commitments, payments, advances and their settlement, travel."""

from contracts.finance.spending.commands import *
from contracts.finance.spending.events import *
from contracts.finance.spending.queries import *
from contracts.finance.spending.refusals import *
from contracts.finance.spending.rows import *
from contracts.finance.spending.words import *
