"""The words of scheduling: who and what can be booked, what is taken when and by whom, and how it is changed."""

from contracts.scheduling.commands import *
from contracts.scheduling.events import *
from contracts.scheduling.queries import *
from contracts.scheduling.refusals import *
from contracts.scheduling.rows import *
from contracts.scheduling.values import *
from contracts.scheduling.vehicles import *
from contracts.scheduling.words import *
