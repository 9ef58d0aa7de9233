"""The words of scheduling: who and what can be booked, what is taken when and by whom, and how it is changed."""

from contracts.scheduling.commands import *
from contracts.scheduling.events import *
from contracts.scheduling.feeds import *
from contracts.scheduling.planning import *
from contracts.scheduling.queries import *
from contracts.scheduling.refusals import *
from contracts.scheduling.rows import *
from contracts.scheduling.values import *
from contracts.scheduling.vehicles.commands import *
from contracts.scheduling.vehicles.events import *
from contracts.scheduling.vehicles.log_events import *
from contracts.scheduling.vehicles.queries import *
from contracts.scheduling.vehicles.refusals import *
from contracts.scheduling.vehicles.rows import *
from contracts.scheduling.vehicles.values import *
from contracts.scheduling.vehicles.words import *
from contracts.scheduling.weekly.commands import *
from contracts.scheduling.weekly.events import *
from contracts.scheduling.weekly.queries import *
from contracts.scheduling.weekly.refusals import *
from contracts.scheduling.weekly.rows import *
from contracts.scheduling.weekly.values import *
from contracts.scheduling.weekly.words import *
from contracts.scheduling.words import *
