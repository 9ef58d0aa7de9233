"""The words of statements of banks and the treasury, and how they agree with the books."""

from contracts.finance.statements.commands import *
from contracts.finance.statements.events import *
from contracts.finance.statements.queries import *
from contracts.finance.statements.refusals import *
from contracts.finance.statements.rows import *
from contracts.finance.statements.words import *
