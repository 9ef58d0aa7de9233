"""The scheduling desk: everything it decides, shows and does by itself."""

from contracts import scheduling as words
from services.runtime.manifest import Service
from services.scheduling import bookings, feeds, vehicles, weekly
from services.scheduling.read_models import run_plan

SCHEDULING = Service(
    name="scheduling",
    aggregates=(*bookings.AGGREGATES, *vehicles.AGGREGATES, *feeds.AGGREGATES, *weekly.AGGREGATES),
    events=words.EVENTS,
    commands=(*bookings.COMMAND_RULES, *vehicles.COMMAND_RULES, *feeds.COMMAND_RULES, *weekly.COMMAND_RULES),
    queries=(
        *bookings.QUERY_RULES,
        *vehicles.QUERY_RULES,
        *feeds.QUERY_RULES,
        *weekly.QUERY_RULES,
        *run_plan.QUERY_RULES,
    ),
    policies=(*bookings.POLICIES, *vehicles.POLICIES, *weekly.POLICIES),
    rules=vehicles.office_rules,
)
