"""The transfer: a numbered batch of people who change posts on one day; its state, lines and totals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from contracts import organisation as words_of
from contracts.base import Event, Refused
from contracts.organisation import Decision as Paper
from contracts.organisation import PlannedLine, TransferStatus, TransferTotal
from services.runtime.manifest import Aggregate


@dataclass(frozen=True, slots=True)
class Agreed:
    """One person of the batch, the post they leave and the one they take."""

    person_id: str
    from_post_id: str | None
    to_post_id: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """A batch; `status` is None before it was drawn up."""

    status: TransferStatus | None = None
    number: int = 0
    year: int = 0
    title: str = ""
    effective_on: date = date.min
    decision: Paper | None = None
    lines: tuple[Agreed, ...] = ()


def evolve(transfer: Transfer, event: Event) -> Transfer:
    """Return the batch after an event."""
    match event:
        case words_of.TransferPrepared() | words_of.TransferAmended():
            return replace(_as_agreed(transfer, event), status="prepared")
        case words_of.TransferCarriedOut():
            return replace(_as_agreed(transfer, event), status="carried_out")
        case words_of.TransferCancelled():
            return replace(transfer, status="cancelled")
    return transfer


def _as_agreed(transfer: Transfer, event: words_of.TransferFacts) -> Transfer:
    return replace(
        transfer,
        number=event.number,
        year=event.year,
        title=event.title,
        effective_on=event.effective_on,
        decision=event.decision,
        lines=tuple(Agreed(line.person_id, line.from_post_id, line.to_post_id) for line in event.lines),
    )


TRANSFER = Aggregate("transfer", Transfer(), evolve)


def expect_prepared(transfer: Transfer, transfer_id: str) -> None:
    """Raise Refused for a batch that is unknown, cancelled, or was carried out."""
    if transfer.status is None:
        raise Refused(words_of.TRANSFER_UNKNOWN, "transfer_id", transfer_id=transfer_id)
    if transfer.status == "cancelled":
        raise Refused(words_of.TRANSFER_CANCELLED, number=transfer.number, year=transfer.year)
    if transfer.status == "carried_out":
        day = transfer.effective_on
        raise Refused(words_of.TRANSFER_DONE, number=transfer.number, year=transfer.year, day=day)


def sources_of(lines: Sequence[PlannedLine]) -> tuple[TransferTotal, ...]:
    """Return how many people come from each unit, in the order of the list."""
    return _totals((line.from_unit_id, line.from_unit_code, line.from_unit_name) for line in lines)


def targets_of(lines: Sequence[PlannedLine]) -> tuple[TransferTotal, ...]:
    """Return how many people go to each unit, in the order of the list."""
    return _totals((line.to_unit_id, line.to_unit_code, line.to_unit_name) for line in lines)


def _totals(units: Iterable[tuple[str | None, str | None, str | None]]) -> tuple[TransferTotal, ...]:
    found: dict[str | None, TransferTotal] = {}
    for id, code, name in units:
        people = found[id].people + 1 if id in found else 1
        found[id] = TransferTotal(unit_id=id, unit_code=code, unit_name=name, people=people)
    return tuple(found.values())
