"""Which entries with all their lines are there in a period, for other ledgers to take over?"""

from collections.abc import Callable, Mapping
from typing import Any

from contracts.base import Actor
from contracts.finance import Cause, JournalRow, ListJournal, Paper
from services.finance.deciders.posting import total_of
from services.finance.read_models.ledger_lines import lines_of, seen_board
from services.finance.read_models.vouchers import VOUCHERS
from services.runtime.listing import Listing
from services.runtime.manifest import QueryRule


def _made(board: str | None) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """Return how an entry is put together for whoever sees all lines, or one board's."""

    def make(record: Mapping[str, Any]) -> dict[str, Any]:
        lines = lines_of(record, board)
        return {
            "on": record["on_day"],
            "lines": lines,
            "total_vnd": total_of(lines),
            "papers": tuple(Paper.model_validate_json(paper) for paper in record["papers"]),
            "cause": Cause.model_validate_json(record["cause"]) if record["cause"] else None,
        }

    return make


def _list(query: ListJournal, actor: Actor) -> Listing:
    board = seen_board(actor, query.board)
    return (
        Listing(VOUCHERS, query, JournalRow, ("on_day", "place"), _made(board))
        .where("on_day >= {}", query.on_from)
        .where("on_day <= {}", query.on_to)
        .among("boards @> ARRAY[{}::text]", board)
    )


LIST_JOURNAL = QueryRule(ListJournal, (VOUCHERS,), _list)
