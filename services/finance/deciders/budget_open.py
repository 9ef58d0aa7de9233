"""What is open of a budget and goes along when it moves: approved requests and advances that are not settled."""

from collections.abc import Sequence

from contracts import finance as words_of
from contracts.base import Event, Refused
from contracts.finance import Moving
from services.finance.deciders.advance import ADVANCE, Advance
from services.finance.deciders.budget import Budget
from services.finance.deciders.budget_closing import named
from services.finance.deciders.request import REQUEST
from services.runtime.manifest import Ref, Seen


def open_refs(command: Moving) -> tuple[Ref, ...]:
    """Return the requests and advances that a command names, each once."""
    return (
        *(Ref(REQUEST, id) for id in dict.fromkeys(command.requests)),
        *(Ref(ADVANCE, id) for id in dict.fromkeys(command.advances)),
    )


def expect_seen(command: Moving, budget: Budget, items: Sequence[Seen]) -> None:
    """Raise Refused where what is open is not exactly what the speaker saw and named.

    An advance that is accounted for, with a rest still to be returned or paid, keeps nothing of the budget any more; it
    may be named too, and has to be where the board's books are handed over.
    """
    rests = {item.ref.id for item in items if _has_rest(command, item)}
    advances = set(command.advances) - (rests - set(budget.advanced))
    differing = (set(command.requests) ^ set(budget.committed)) | (advances ^ set(budget.advanced))
    if differing:
        raise Refused(words_of.OPEN_UNSEEN, named=named(sorted(differing)))


def _has_rest(command: Moving, item: Seen) -> bool:
    if item.ref.aggregate is not ADVANCE:
        return False
    advance: Advance = item.state
    return advance.status == "accounted" and (advance.year, advance.board) == (command.year, command.board)


def moved(command: Moving, items: Sequence[Seen], year: int, board: str) -> list[tuple[Seen, Event]]:
    """Return that requests and advances belong to another budget from now on."""
    told: list[tuple[Seen, Event]] = []
    for item in items:
        kind = words_of.SpendingMoved if item.ref.aggregate.name == REQUEST.name else words_of.AdvanceMoved
        event = kind(
            from_year=command.year,
            from_board=command.board,
            year=year,
            board=board,
            revision=item.state.revision + 1,
        )
        told.append((item, event))
    return told
