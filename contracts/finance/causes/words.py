"""What finance says and records of what other desks' facts cost, in one list each."""

from contracts.base import Command, Event
from contracts.finance.causes import commands as said
from contracts.finance.causes import events as told

CAUSE_COMMANDS: tuple[type[Command], ...] = (
    said.KnowUnit,
    said.KnowThing,
    said.RecordCost,
    said.RecordBooking,
    said.CountWear,
    said.DraftWear,
    said.RecordEstimate,
)
CAUSE_EVENTS: tuple[type[Event], ...] = (
    told.UnitKnown,
    told.ThingKnown,
    told.CostCaused,
    told.EntryCaused,
    told.WearCounted,
)
