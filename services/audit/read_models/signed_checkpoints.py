"""Which checkpoints of the log were signed?"""

from contracts.audit import CheckpointRow, CheckpointSigned, ListCheckpoints
from contracts.base import Actor
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    event = fact.event
    assert isinstance(event, CheckpointSigned)
    return {"tree_size": event.tree_size, "root": event.root, "note": event.note, "signed_at": fact.time}


def _key(fact: Fact) -> str:
    event = fact.event
    assert isinstance(event, CheckpointSigned)
    return f"{event.tree_size:019d}"


SIGNED_CHECKPOINTS = ReadModel(
    name="signed_checkpoints",
    version=1,
    key_column="size_key",
    columns={
        "tree_size": "bigint NOT NULL",
        "root": "text NOT NULL",
        "note": "text NOT NULL",
        "signed_at": "timestamptz NOT NULL",
    },
    indexes=("(tree_size)",),
    events=event_types("audit", (CheckpointSigned,)),
    key=_key,
    project=_project,
)


def _list(query: ListCheckpoints, actor: Actor) -> Listing:
    return Listing(SIGNED_CHECKPOINTS, query, CheckpointRow, ("size_key",)).where("tree_size >= {}", query.tree_size)


LIST_CHECKPOINTS = QueryRule(ListCheckpoints, (SIGNED_CHECKPOINTS,), _list)
