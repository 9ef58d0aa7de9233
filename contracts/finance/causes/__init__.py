"""The words of what facts of other desks cost: what finance keeps of them, and what it then drafts."""

from contracts.finance.causes.commands import *
from contracts.finance.causes.events import *
from contracts.finance.causes.words import *
