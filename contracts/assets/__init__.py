"""The words of assets: what the office owns, where it is, what it is worth, and how it comes and goes."""

from contracts.assets.commands import *
from contracts.assets.events import *
from contracts.assets.handovers import *
from contracts.assets.queries import *
from contracts.assets.refusals import *
from contracts.assets.rows import *
from contracts.assets.stocktakes import *
from contracts.assets.tools import *
from contracts.assets.values import *
from contracts.assets.words import *
