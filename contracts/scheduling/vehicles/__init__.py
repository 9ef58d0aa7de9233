"""The words of cars: rides asked for, run orders (lệnh điều xe), trip logs, fuel, and what it all comes to."""

from contracts.scheduling.vehicles.commands import *
from contracts.scheduling.vehicles.events import *
from contracts.scheduling.vehicles.log_events import *
from contracts.scheduling.vehicles.queries import *
from contracts.scheduling.vehicles.refusals import *
from contracts.scheduling.vehicles.rows import *
from contracts.scheduling.vehicles.values import *
from contracts.scheduling.vehicles.words import *
