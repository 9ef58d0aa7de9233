"""The scheduling desk: everything it decides, shows and does by itself."""

from contracts import scheduling as words
from services.runtime.manifest import Service
from services.scheduling import bookings, vehicles

SCHEDULING = Service(
    name="scheduling",
    aggregates=(*bookings.AGGREGATES, *vehicles.AGGREGATES),
    events=words.EVENTS,
    commands=(*bookings.COMMAND_RULES, *vehicles.COMMAND_RULES),
    queries=(*bookings.QUERY_RULES, *vehicles.QUERY_RULES),
    policies=(*bookings.POLICIES, *vehicles.POLICIES),
    rules=vehicles.office_rules,
)
