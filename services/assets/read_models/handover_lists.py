"""How far has each handover come, line by line? Whole batches, as every question about one reads them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import to_json

from contracts.assets import handovers as words_of
from contracts.assets.handovers import HANDOVER_UNKNOWN, HandoverPart, HandoverSignature, HandoverUnit
from contracts.base import Actor, Event, Refused
from services.assets.deciders.handover import Handover, Listed, evolve
from services.assets.deciders.handover_totals import adds_up, origins
from services.assets.read_models.units import unit_name
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Record
from services.runtime.read_model import ReadModel, RowValues
from services.runtime.text import fold, token

_STATE = TypeAdapter(Handover)
EVENTS_OF_HANDOVER: tuple[type[Event], ...] = tuple(
    event for event in words_of.HANDOVER_EVENTS if event is not words_of.HandoverNumbered
)


def _project(row: RowValues | None, fact: Fact) -> RowValues:
    before = _STATE.validate_json(row["state"]) if row else Handover()
    return {"state": to_json(evolve(before, fact.event)).decode()}


HANDOVER_LISTS = ReadModel(
    name="handover_lists",
    version=1,
    key_column="handover_id",
    columns={"state": "text NOT NULL"},
    indexes=(),
    events=event_types("assets", EVENTS_OF_HANDOVER),
    key=lambda fact: fact.id,
    project=_project,
)
"""Batches as JSON of their state; its version grows with the aggregate's shape."""


class Units:
    """What units are called on the day of a handover; one that is not known yet is called by its id."""

    def __init__(self, records: Iterable[Record]) -> None:
        """Take rows of UNITS_KNOWN."""
        self._records: Mapping[str, Record] = {record["unit_id"]: record for record in records}

    def name(self, id: str, day: date) -> str:
        """Return a unit's name on a day."""
        return unit_name(self._records[id], day) if id in self._records else id.upper()

    def unit(self, id: str, day: date) -> HandoverUnit:
        """Return a unit as the minutes name it on a day."""
        code = str(self._records[id]["unit_code"]) if id in self._records else id.upper()
        return HandoverUnit(unit_id=id, unit_code=code, unit_name=self.name(id, day))


def batch(records: Sequence[Record], handover_id: str, actor: Actor) -> Handover:
    """Return the batch of a row of HANDOVER_LISTS; raise Refused where there is none, or none the speaker may see."""
    if records:
        handover = _STATE.validate_json(records[0]["state"])
        if sees(actor, (handover.to_unit_id, *handover.from_unit_ids)):
            return handover
    raise Refused(HANDOVER_UNKNOWN, "handover_id", handover_id=handover_id)


def sees(actor: Actor, unit_ids: Iterable[str]) -> bool:
    """Tell whether the speaker may see what these units give and receive: a board its own, everybody else all."""
    own = own_unit(actor)
    return own is None or own in unit_ids


def own_unit(actor: Actor) -> str | None:
    """Return the unit a speaker is bound to; None for who sees all of them."""
    if set(actor.roles) - {"board"}:
        return None
    return token(actor.board) if actor.board else "-"


def has_words(text: str, wanted: Iterable[str]) -> bool:
    """Tell whether every folded word begins one of a text's, whatever its accents and spelling."""
    folded = f" {fold(text)}"
    return all(f" {word}" in folded for word in wanted)


def lines_for(actor: Actor, handover: Handover) -> tuple[Listed, ...]:
    """Return the lines the speaker may see: a board that gives sees its own."""
    own = own_unit(actor)
    if own is None or own == handover.to_unit_id:
        return handover.lines
    return tuple(listed for listed in handover.lines if listed.line.from_unit_id == own)


def parts(lines: Sequence[Listed], handover: Handover, units: Units) -> tuple[HandoverPart, ...]:
    """Return the sums of what each unit gives, with its name."""
    return tuple(
        HandoverPart(
            **dict(one),
            unit_code=units.unit(one.unit_id, handover.effective_on).unit_code,
            unit_name=units.name(one.unit_id, handover.effective_on),
            adds_up=adds_up(one),
        )
        for one in origins(lines, handover.missing_to)
    )


def signatures(
    handover: Handover, units: Units, people: Iterable[Record], of: Iterable[str]
) -> tuple[HandoverSignature, ...]:
    """Return the signatures of some units; who signed on paper goes before who entered it."""
    names: Mapping[str, Any] = {record["person_id"]: record["name"] for record in people}
    wanted = set(of)
    return tuple(
        HandoverSignature(
            unit_id=one.unit_id,
            unit_name=units.name(one.unit_id, handover.effective_on),
            side=one.side,
            sums=one.sums,
            signed_by=names.get(one.person_id or "", one.signed_by),
            signed_at=one.signed_at,
        )
        for one in handover.signatures
        if one.unit_id in wanted
    )
