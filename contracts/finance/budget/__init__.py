"""The words of estimates: what a board may spend in a year, line by line."""

from contracts.finance.budget.commands import *
from contracts.finance.budget.events import *
from contracts.finance.budget.queries import *
from contracts.finance.budget.refusals import *
from contracts.finance.budget.rows import *
from contracts.finance.budget.words import *
