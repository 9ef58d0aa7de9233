"""The handover: a numbered batch of assets that pass between units; its state, and how events change it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from contracts.assets import handovers as words_of
from contracts.assets.handovers import (
    HandoverAgreement,
    HandoverDecision,
    HandoverFinding,
    HandoverLine,
    HandoverParty,
    HandoverSide,
    HandoverStatus,
)
from contracts.base import Event, Refused
from contracts.organisation import Decision as Paper
from services.runtime.manifest import Aggregate


@dataclass(frozen=True, slots=True)
class Word:
    """What a side says of a line, who said it and when."""

    said: HandoverDecision
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the batch with the word of either side."""

    line: HandoverLine
    giver: Word | None = None
    receiver: Word | None = None

    def word(self, side: HandoverSide) -> Word | None:
        """Return what a side says of it, None where it has said nothing."""
        return self.giver if side == "giver" else self.receiver

    @property
    def agreement(self) -> HandoverAgreement:
        """How far the sides are of one mind: whoever leaves a line pending keeps it so."""
        said = [word.said for word in (self.giver, self.receiver) if word]
        if any(one.finding == "pending" for one in said):
            return "pending"
        if len(said) < 2:
            return "open"
        giver, receiver = said
        same = giver.finding == receiver.finding and set(giver.wrong) == set(receiver.wrong)
        return "agreed" if same else "disputed"

    @property
    def finding(self) -> HandoverFinding:
        """What both sides found it to be; pending until they agree."""
        return self.giver.said.finding if self.giver and self.agreement == "agreed" else "pending"


@dataclass(frozen=True, slots=True)
class Handover:
    """A batch; `status` is None before it was drawn up."""

    status: HandoverStatus | None = None
    number: int = 0
    year: int = 0
    title: str = ""
    to_unit_id: str = ""
    effective_on: date = date.min
    decision: Paper | None = None
    venue: str | None = None
    parties: tuple[HandoverParty, ...] = ()
    missing_to: HandoverSide = "receiver"
    closes_books: bool = True
    lines: tuple[Listed, ...] = ()
    signatures: tuple[words_of.HandoverSigned, ...] = ()
    closed: words_of.HandoverClosed | None = None
    cancelled_reason: str | None = None

    @property
    def from_unit_ids(self) -> tuple[str, ...]:
        """The units that give, in the order of the list."""
        return tuple(dict.fromkeys(listed.line.from_unit_id for listed in self.lines))


def evolve(handover: Handover, event: Event) -> Handover:
    """Return the batch after an event."""
    if isinstance(event, words_of.HandoverCounted):
        kept = tuple(one for one in handover.signatures if one.unit_id not in event.unsigned_unit_ids)
        handover = replace(handover, signatures=kept)
    match event:
        case words_of.HandoverPrepared():
            return _prepared(handover, event)
        case words_of.HandoverAmended():
            parties = handover.parties if event.parties is None else event.parties
            return replace(handover, parties=parties, lines=amended(handover.lines, event.lines, event.dropped_ids))
        case words_of.HandoverSurplusReported():
            listed = said_of(Listed(event.line), event.side, Word(event.said, event.decided_by, event.decided_at))
            return replace(handover, lines=(*handover.lines, listed))
        case words_of.HandoverLinesDecided():
            words = [Word(one, event.decided_by, event.decided_at) for one in event.said]
            return replace(handover, lines=decided(handover.lines, event.side, words))
        case words_of.HandoverSigned():
            others = (one for one in handover.signatures if one.unit_id != event.unit_id)
            return replace(handover, signatures=(*others, event))
        case words_of.HandoverClosed():
            tags = {one.asset_id: one.tag for one in event.entered}
            return replace(handover, status="closed", closed=event, lines=_tagged(handover.lines, tags))
        case words_of.HandoverCancelled():
            return replace(handover, status="cancelled", cancelled_reason=event.reason)
    return handover


def _prepared(handover: Handover, event: words_of.HandoverPrepared) -> Handover:
    return replace(
        handover,
        status="prepared",
        number=event.number,
        year=event.year,
        title=event.title,
        to_unit_id=event.to_unit_id,
        effective_on=event.effective_on,
        decision=event.decision,
        venue=event.venue,
        parties=event.parties,
        missing_to=event.missing_to,
        closes_books=event.closes_books,
        lines=tuple(Listed(line) for line in event.lines),
    )


def said_of(listed: Listed, side: HandoverSide, word: Word) -> Listed:
    """Return a line with what a side now says of it."""
    return replace(listed, giver=word) if side == "giver" else replace(listed, receiver=word)


def decided(lines: Sequence[Listed], side: HandoverSide, words: Iterable[Word]) -> tuple[Listed, ...]:
    """Return the lines after a side's words on some of them."""
    by_id = {word.said.asset_id: word for word in words}
    return tuple(
        said_of(listed, side, by_id[listed.line.asset_id]) if listed.line.asset_id in by_id else listed
        for listed in lines
    )


def amended(lines: Sequence[Listed], read: Sequence[HandoverLine], dropped: Sequence[str]) -> tuple[Listed, ...]:
    """Return the list without the dropped lines, with those read anew, and new ones at its end.

    A line read anew keeps what was said of it unless another unit gives it now.
    """
    anew, gone = {line.asset_id: line for line in read}, set(dropped)
    kept = [_anew(listed, anew.pop(listed.line.asset_id, None)) for listed in lines if listed.line.asset_id not in gone]
    return (*kept, *(Listed(line) for line in anew.values()))


def _anew(listed: Listed, line: HandoverLine | None) -> Listed:
    if line is None:
        return listed
    return replace(listed, line=line) if line.from_unit_id == listed.line.from_unit_id else Listed(line)


def _tagged(lines: Sequence[Listed], tags: dict[str, str]) -> tuple[Listed, ...]:
    return tuple(
        replace(listed, line=listed.line.model_copy(update={"tag": tags[listed.line.asset_id]}))
        if listed.line.asset_id in tags
        else listed
        for listed in lines
    )


HANDOVER = Aggregate("handover", Handover(), evolve)


def expect_prepared(handover: Handover, handover_id: str) -> None:
    """Raise Refused for a batch that is unknown, cancelled, or was closed."""
    if handover.status is None:
        raise Refused(words_of.HANDOVER_UNKNOWN, "handover_id", handover_id=handover_id)
    if handover.status == "cancelled":
        raise Refused(words_of.HANDOVER_CANCELLED, number=handover.number, year=handover.year)
    if handover.status == "closed":
        day = handover.effective_on
        raise Refused(words_of.HANDOVER_DONE, number=handover.number, year=handover.year, day=day)
