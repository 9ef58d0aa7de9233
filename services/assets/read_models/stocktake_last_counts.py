"""When was each asset last seen in a stocktake, and which were not seen for long?"""

from zoneinfo import ZoneInfo

from contracts import assets as register
from contracts.assets import stocktakes as words_of
from contracts.assets.stocktakes import LastCountRow, ListLastCounts
from contracts.base import Actor
from services.assets.read_models.names import NAMES, named, with_unit
from services.runtime.completing import Completed
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues

_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def _key(fact: Fact) -> str | None:
    return fact.event.asset_id if isinstance(fact.event, words_of.AssetCounted) else fact.id


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    event = fact.event
    if isinstance(event, register.AssetRegistered):
        said = {name: getattr(event, name) for name in ("tag", "name", "class_code", "unit_id")}
        unseen = {"counted": False, "counted_by": None, "stocktake_id": None}
        return {**said, **unseen, "seen_on": event.booked_on, "held": True}
    if row is None:
        return None
    match event:
        case register.AssetCorrected():
            return {**row, "name": event.name, "class_code": event.class_code}
        case register.AssetHandedOver():
            return {**row, "unit_id": event.unit_id}
        case register.DisposalCarriedOut():
            return {**row, "held": False}
        case words_of.AssetCounted():
            seen_on = event.seen.counted_at.astimezone(_HANOI).date()
            if row["counted"] and seen_on < row["seen_on"]:
                return None
            seen = {"seen_on": seen_on, "counted": True, "counted_by": event.seen.counted_by}
            return {**row, **seen, "stocktake_id": fact.id.partition("-")[0]}
    return None


LAST_COUNTS = ReadModel(
    name="last_counts",
    version=1,
    key_column="asset_id",
    columns={
        "tag": "text NOT NULL",
        "name": "text NOT NULL",
        "class_code": "text NOT NULL",
        "unit_id": "text NOT NULL",
        "seen_on": "date NOT NULL",
        "counted": "boolean NOT NULL",
        "counted_by": "text",
        "stocktake_id": "text",
        "held": "boolean NOT NULL",
    },
    indexes=("(seen_on, asset_id) WHERE held", "(unit_id, seen_on, asset_id) WHERE held"),
    events=event_types(
        "assets",
        (
            register.AssetRegistered,
            register.AssetCorrected,
            register.AssetHandedOver,
            register.DisposalCarriedOut,
            words_of.AssetCounted,
        ),
    ),
    key=_key,
    project=_project,
)


def _list(query: ListLastCounts, actor: Actor) -> Completed:
    listing = (
        Listing(LAST_COUNTS, query, LastCountRow, ("seen_on", "asset_id"), lambda _: {"unit_name": ""})
        .where("held = {}", True)
        .where("seen_on < {}", query.seen_before)
        .where("unit_id = {}", query.unit_id)
        .where("(class_code = {0} OR class_code LIKE {0} || '.%')", query.class_code)
        .where("counted = {}", query.counted)
    )
    return named(listing, query, with_unit)


LIST_LAST_COUNTS = QueryRule(ListLastCounts, (LAST_COUNTS, *NAMES), _list)
