"""What are the boards, cars and drivers called that rides and runs name?"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from contracts import organisation
from contracts.base import Actor
from contracts.scheduling import vehicles as words_of
from services.runtime.completing import Found
from services.runtime.envelope import Fact, event_types
from services.runtime.read_model import ReadModel, RowValues
from services.runtime.text import token

_OF_UNITS = (
    organisation.UnitEstablished,
    organisation.UnitRenamed,
    organisation.UnitSucceeded,
    organisation.UnitMoved,
    organisation.UnitMerged,
    organisation.UnitSplit,
    organisation.UnitDissolved,
)


def _board(row: RowValues | None, fact: Fact) -> RowValues:
    event = fact.event
    assert isinstance(event, organisation.UnitFacts)
    return {
        "since": [*(row["since"] if row else ()), event.effective_on],
        "names": [*(row["names"] if row else ()), event.name],
    }


BOARDS_WITH_RIDES = ReadModel(
    name="boards_with_rides",
    version=1,
    key_column="board_id",
    columns={"since": "date[] NOT NULL", "names": "text[] NOT NULL"},
    indexes=(),
    events=event_types("organisation", _OF_UNITS),
    key=lambda fact: fact.id,
    project=_board,
)
"""Names by unit; `since` and `names` go together, in the order in which they were decided."""


def _car(row: RowValues | None, fact: Fact) -> RowValues:
    event = fact.event
    assert isinstance(event, words_of.CarRecorded)
    return {"plate": event.plate, "seats": event.seats}


CARS_KNOWN = ReadModel(
    name="cars_known",
    version=1,
    key_column="vehicle_id",
    columns={"plate": "text NOT NULL", "seats": "integer NOT NULL"},
    indexes=(),
    events=event_types("scheduling", (words_of.CarRecorded,)),
    key=lambda fact: fact.id,
    project=_car,
)
"""Plates and seats by car."""


def _driver(row: RowValues | None, fact: Fact) -> RowValues:
    event = fact.event
    assert isinstance(event, words_of.DriverRecorded)
    return {"name": event.name, "phone": event.phone}


DRIVERS_KNOWN = ReadModel(
    name="drivers_known",
    version=1,
    key_column="driver_id",
    columns={"name": "text NOT NULL", "phone": "text"},
    indexes=(),
    events=event_types("scheduling", (words_of.DriverRecorded,)),
    key=lambda fact: fact.id,
    project=_driver,
)
"""Names and telephones by driver."""


def board_name(boards: Found, id: str, day: date) -> str:
    """Return what a board was called on a day; one that is not known is called by its id."""
    if id not in boards:
        return id.upper()
    record = boards[id]
    dated = zip(record["since"], record["names"], strict=True)
    return str(([name for since, name in dated if since <= day] or record["names"][:1])[-1])


def plate_of(cars: Found, id: str) -> str:
    """Return a car's plate; one that is not known is called by its id."""
    return str(cars[id]["plate"]) if id in cars else id


def by_key(records: Iterable[Mapping[str, Any]], key: str) -> Found:
    """Return records by one of their columns."""
    return {record[key]: record for record in records}


def own_board(actor: Actor) -> str | None:
    """Return the board a speaker is bound to; None for who sees all of them."""
    if set(actor.roles) - {"board"}:
        return None
    return token(actor.board) if actor.board else "-"
