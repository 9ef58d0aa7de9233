"""What became of every unit, change by change, each with its decision?"""

from contracts import organisation as words_of
from contracts.base import Actor
from contracts.organisation import ListUnitHistory, UnitHistoryRow
from services.organisation.read_models.decisions import DECISION_COLUMNS, decided
from services.organisation.read_models.unit_states import UNIT_EVENTS
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues


def _told(event: words_of.UnitFacts) -> RowValues:
    """Return in which way a unit changed, how it is told, what was before and is after, and whom else it is about."""
    match event:
        case words_of.UnitEstablished():
            return _change("established", "Thành lập", None, _placed(event.name, event.parent_name), event.parent_id)
        case words_of.UnitRenamed():
            return _change("renamed", "Đổi tên", event.former_name, event.name)
        case words_of.UnitMoved():
            return _moved(event)
        case words_of.UnitSucceeded():
            how = "do hợp nhất" if event.way == "merge" else "do chia tách"
            others = event.predecessors
            told = f"Tiếp nhận chức năng, nhiệm vụ {how}"
            return _change("succeeded", told, _names(others), event.name, *(other.unit_id for other in others))
        case words_of.UnitMerged():
            return _change("merged", "Hợp nhất", event.name, event.successor.name, event.successor.unit_id)
        case words_of.UnitSplit():
            others = event.successors
            return _change("split", "Chia tách", event.name, _names(others), *(other.unit_id for other in others))
    return _change("dissolved", "Giải thể", event.name, None)


def _change(way: str, change: str, before: str | None, after: str | None, *others: str | None) -> RowValues:
    other_ids = [other for other in others if other]
    return {"way": way, "change": change, "before": before, "after": after, "other_ids": other_ids}


def _moved(event: words_of.UnitMoved) -> RowValues:
    parents = event.former_parent_name, event.parent_name
    sites = event.former_site_name, event.site_name
    to_parent, to_site = event.parent_id != event.former_parent_id, event.site_id != event.former_site_id
    changes = (["Chuyển đơn vị trực thuộc"] if to_parent else []) + (["Chuyển trụ sở"] if to_site else [])
    before, after = (
        "; ".join(name for name, told in ((parent, to_parent), (site, to_site)) if told and name) or None
        for parent, site in zip(parents, sites, strict=True)
    )
    others = (event.former_parent_id, event.parent_id) if to_parent else ()
    return _change("moved", "; ".join(changes) or "Chuyển đơn vị", before, after, *others)


def _placed(name: str, parent: str | None) -> str:
    return f"{name}, trực thuộc {parent}" if parent else name


def _names(others: tuple[words_of.OtherUnit, ...]) -> str:
    return ", ".join(other.name for other in others)


def _project(row: RowValues | None, fact: Fact) -> RowValues:
    event = fact.event
    assert isinstance(event, words_of.UnitFacts)
    return {
        "unit_id": fact.id,
        "unit_code": event.unit_code,
        "name": event.name,
        "effective_on": event.effective_on,
        **_told(event),
        **decided(event.decision),
    }


UNIT_CHANGES = ReadModel(
    name="unit_changes",
    version=1,
    key_column="change_id",
    columns={
        "unit_id": "text NOT NULL",
        "unit_code": "text NOT NULL",
        "name": "text NOT NULL",
        "effective_on": "date NOT NULL",
        "way": "text NOT NULL",
        "change": "text NOT NULL",
        "before": "text",
        "after": "text",
        "other_ids": "text[] NOT NULL",
        **DECISION_COLUMNS,
    },
    indexes=("(effective_on, position)", "(unit_id, effective_on, position)"),
    events=event_types("organisation", UNIT_EVENTS),
    key=lambda fact: fact.event_id,
    project=_project,
)


def _list(query: ListUnitHistory, actor: Actor) -> Listing:
    return (
        Listing(UNIT_CHANGES, query, UnitHistoryRow, ("effective_on", "position"))
        .where("unit_id = {}", query.unit_id)
        .where("effective_on >= {}", query.from_day)
        .where("effective_on <= {}", query.to_day)
    )


LIST_UNIT_HISTORY = QueryRule(ListUnitHistory, (UNIT_CHANGES,), _list)
