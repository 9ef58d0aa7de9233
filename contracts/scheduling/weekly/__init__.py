"""The words of the weekly calendar (lịch công tác): what is proposed, arranged, approved, published and changed."""

from contracts.scheduling.weekly.commands import *
from contracts.scheduling.weekly.events import *
from contracts.scheduling.weekly.queries import *
from contracts.scheduling.weekly.refusals import *
from contracts.scheduling.weekly.rows import *
from contracts.scheduling.weekly.values import *
from contracts.scheduling.weekly.words import *
