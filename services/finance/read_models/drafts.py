"""Which entries did facts of other desks lead to, and what became of each draft?"""

from collections.abc import Callable, Mapping
from typing import Any

from contracts import finance as words_of
from contracts.base import Actor
from contracts.finance import Cause, DraftRow, ListDrafts
from services.finance.deciders.posting import total_of
from services.finance.read_models.ledger_lines import LINE_COLUMNS, boards_of, line_lists, lines_of, seen_board
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    event = fact.event
    if isinstance(event, words_of.EntryDrafted):
        return {
            "kind": event.kind,
            "on_day": event.on,
            "place": fact.position,
            "description": event.description,
            "told": event.cause.told if event.cause else "",
            "cause": event.cause.model_dump_json() if event.cause else None,
            "template": event.template,
            "boards": boards_of(event.lines),
            **line_lists(event.lines),
            "status": "drafted",
            "entry_id": None,
            "voucher": None,
            "changed": False,
            "settled_by": None,
            "reason": None,
        }
    if row is None:
        return None
    if isinstance(event, words_of.DraftPosted):
        posted = {"entry_id": event.entry_id, "voucher": event.voucher, "changed": event.changed}
        return {**row, "status": "posted", "settled_by": event.by_name, **posted}
    assert isinstance(event, words_of.DraftDiscarded)
    return {**row, "status": "discarded", "settled_by": event.by_name, "reason": event.reason}


DRAFTS = ReadModel(
    name="ledger_drafts",
    version=1,
    key_column="draft_id",
    columns={
        "kind": "text NOT NULL",
        "on_day": "date NOT NULL",
        "place": "bigint NOT NULL",
        "description": "text NOT NULL",
        "told": "text NOT NULL",
        "cause": "text",
        "template": "text",
        "boards": "text[] NOT NULL",
        **LINE_COLUMNS,
        "status": "text NOT NULL",
        "entry_id": "text",
        "voucher": "text",
        "changed": "boolean NOT NULL",
        "settled_by": "text",
        "reason": "text",
    },
    indexes=("(on_day, place)", "(status, on_day, place)"),
    events=event_types("finance", (words_of.EntryDrafted, words_of.DraftPosted, words_of.DraftDiscarded)),
    key=lambda fact: fact.id,
    project=_project,
)


def _made(board: str | None) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    def make(record: Mapping[str, Any]) -> dict[str, Any]:
        lines = lines_of(record, board)
        return {
            "on": record["on_day"],
            "cause": Cause.model_validate_json(record["cause"]),
            "lines": lines,
            "total_vnd": total_of(lines),
            "boards": ", ".join(boards_of(lines)),
        }

    return make


def _list(query: ListDrafts, actor: Actor) -> Listing:
    board = seen_board(actor, query.board)
    return (
        Listing(DRAFTS, query, DraftRow, ("on_day", "place"), _made(board))
        .where("status = {}", query.status)
        .where("boards @> ARRAY[{}::text]", board)
    )


LIST_DRAFTS = QueryRule(ListDrafts, (DRAFTS,), _list)
