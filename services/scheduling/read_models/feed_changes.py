"""How often did what is taken of a thing change, and when last?"""

from contracts.scheduling import SlotReleased, SlotTaken
from services.runtime.envelope import Fact, event_types
from services.runtime.read_model import ReadModel, RowValues
from services.scheduling.read_models.slots import SLOTS


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    event = fact.event
    if isinstance(event, SlotTaken):
        where = {"thing": fact.id.rsplit("-", 2)[0], "starts_at": event.starts_at}
        made = (
            {"made_at": row["made_at"], "changes": row["changes"] + 1} if row else {"made_at": fact.time, "changes": 0}
        )
        return {**where, **made, "changed_at": fact.time}
    return {**row, "changes": row["changes"] + 1, "changed_at": fact.time} if row else None


FEED_CHANGES = ReadModel(
    name="feed_changes",
    version=1,
    key_column=SLOTS.key_column,
    columns={
        "thing": "text NOT NULL",
        "starts_at": "timestamptz NOT NULL",
        "made_at": "timestamptz NOT NULL",
        "changed_at": "timestamptz NOT NULL",
        "changes": "integer NOT NULL",
    },
    indexes=("(thing, starts_at)",),
    events=event_types("scheduling", (SlotTaken, SlotReleased)),
    key=SLOTS.key,
    project=_project,
)
"""One row beside each of SLOTS, held or not, in the order of a thing's time; what was said twice counts twice.

So a feed finds what was released too, which the boards need no index for, and an event's sequence never falls.
"""
