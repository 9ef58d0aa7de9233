"""Who is on the list of a transfer, and from where to where do they go?"""

from collections.abc import Sequence

from pydantic import TypeAdapter

from contracts import organisation as words_of
from contracts.base import Actor, Page, Refused
from contracts.organisation import TRANSFER_UNKNOWN, ListTransferLines, PlannedLine, TransferLineRow
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Gathering, Record, Rows, page
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues

_LINES = TypeAdapter(tuple[PlannedLine, ...])


def _project(row: RowValues | None, fact: Fact) -> RowValues:
    assert isinstance(fact.event, words_of.TransferFacts)
    return {"lines": _LINES.dump_json(fact.event.lines).decode()}


TRANSFER_LINES = ReadModel(
    name="transfer_lines",
    version=1,
    key_column="transfer_id",
    columns={"lines": "text NOT NULL"},
    indexes=(),
    events=event_types(
        "organisation",
        (words_of.TransferPrepared, words_of.TransferAmended, words_of.TransferCarriedOut),
    ),
    key=lambda fact: fact.id,
    project=_project,
)


def _list(query: ListTransferLines, actor: Actor) -> Gathering:
    def build(transfers: Sequence[Record]) -> Page[TransferLineRow]:
        if not transfers:
            raise Refused(TRANSFER_UNKNOWN, "transfer_id", transfer_id=query.transfer_id)
        lines = enumerate(_LINES.validate_json(transfers[0]["lines"]), 1)
        rows = (_row(query.transfer_id, place, line) for place, line in lines)
        return page(query, (row for row in rows if _asked(query, row)), lambda row: (row.place,))

    return Gathering((Rows(TRANSFER_LINES, "transfer_id = $1", (query.transfer_id,)),), build)


def _asked(query: ListTransferLines, row: TransferLineRow) -> bool:
    return query.from_unit_id in (None, row.from_unit_id) and query.to_unit_id in (None, row.to_unit_id)


def _row(transfer_id: str, place: int, line: PlannedLine) -> TransferLineRow:
    return TransferLineRow(
        place=place,
        name=line.name,
        headcount=line.headcount,
        from_post_title=line.from_post_title,
        from_unit_name=line.from_unit_name,
        to_post_title=line.to_post_title,
        to_unit_name=line.to_unit_name,
        transfer_id=transfer_id,
        person_id=line.person_id,
        from_post_id=line.from_post_id,
        from_unit_id=line.from_unit_id,
        to_post_id=line.to_post_id,
        to_unit_id=line.to_unit_id,
    )


LIST_TRANSFER_LINES = QueryRule(ListTransferLines, (TRANSFER_LINES,), _list)
