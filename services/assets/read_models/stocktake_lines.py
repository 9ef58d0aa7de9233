"""What does each line of a stocktake say, in the columns of form C53-HD?"""

from collections.abc import Mapping
from typing import Any

from contracts.assets import Place
from contracts.assets import stocktakes as words_of
from contracts.assets.stocktakes import RESOLUTIONS, ListStocktakeLines, StocktakeLineRow, Worth
from contracts.base import Actor
from services.assets.deciders.stocktake_line import LEFT_OPEN
from services.assets.read_models.names import NAMES, Names, named
from services.runtime.completing import Completed
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues
from services.runtime.text import fold

_AMOUNTS = ("quantity", "cost_vnd", "residual_vnd")
_STATES = {
    "missing": "Chưa thấy",
    "differing": "Khác sổ",
    "unexpected": "Ngoài danh mục",
    "untagged": "Không có mã",
    "void": "Quét nhầm",
}
_DIFFERS = {
    "site": "trụ sở",
    "division": "phòng, ban",
    "room": "phòng đặt",
    "custodian": "người quản lý",
    "condition": "tình trạng",
}


def _worth(prefix: str, worth: Worth) -> RowValues:
    return {f"{prefix}_{name}": getattr(worth, name) for name in _AMOUNTS}


def _place(place: Place) -> RowValues:
    return {"site_id": place.site_id, "division_id": place.division_id, "room": place.room}


_NEW: RowValues = {
    "name": "",
    "tag": None,
    "asset_id": None,
    "class_code": None,
    "unit_id": None,
    "custodian_id": None,
    "condition": None,
    "changed_on": None,
    "expected": False,
    "differs": [],
    "revision": 0,
    "repeats": 0,
    **_place(Place()),
    **_worth("book", Worth()),
    **_worth("actual", Worth()),
}
_UNSEEN: RowValues = {
    "found_site_id": None,
    "found_division_id": None,
    "found_room": None,
    "found_custodian_id": None,
    "found_condition": None,
    "counted_by": None,
    "counted_at": None,
    "device": None,
    "photos": [],
    "note": None,
}
_OPEN: RowValues = {
    "resolution": None,
    "reason": None,
    "decided_by": None,
    "decided_at": None,
    "surplus_asset_id": None,
    "surplus_asset_tag": None,
}


def _seen(seen: words_of.Seen) -> RowValues:
    return {
        "found_site_id": seen.place.site_id,
        "found_division_id": seen.place.division_id,
        "found_room": seen.place.room,
        "found_custodian_id": seen.custodian_id,
        "found_condition": seen.condition,
        "counted_by": seen.counted_by,
        "counted_at": seen.counted_at,
        "device": seen.device,
        "photos": list(seen.photos),
        "note": seen.note,
    }


def _expected(row: RowValues, event: words_of.AssetExpected) -> RowValues:
    said = {name: getattr(event, name) for name in ("number", "tag", "name", "asset_id", "class_code", "unit_id")}
    more = {name: getattr(event, name) for name in ("custodian_id", "condition", "changed_on")}
    there = event.book if event.state != "missing" else Worth()
    return {
        **said,
        **more,
        **_place(event.place),
        **_worth("book", event.book),
        **_worth("actual", there),
        **_OPEN,
        "expected": True,
        "differs": list(event.differs),
        "search_text": fold(f"{event.tag} {event.name} {event.place.room or ''}"),
    }


def _counted(row: RowValues, event: words_of.AssetCounted) -> RowValues:
    seen = {**_seen(event.seen), **_OPEN, "differs": list(event.differs)}
    if row["expected"]:
        return {**seen, **{f"actual_{name}": row[f"book_{name}"] for name in _AMOUNTS}}
    return {
        **seen,
        **_place(event.registered_place or Place()),
        **_worth("actual", event.book or Worth(quantity=1)),
        "number": event.number or row["number"],
        "tag": event.tag,
        "name": event.name or "",
        "asset_id": event.asset_id,
        "class_code": event.class_code,
        "unit_id": event.unit_id,
        "search_text": fold(f"{event.tag} {event.name or ''}"),
    }


def _decided(event: words_of.DifferenceDecided) -> RowValues:
    surplus = {"surplus_asset_id": event.asset_id, "surplus_asset_tag": event.asset_tag} if event.asset_tag else {}
    return {
        **_OPEN,
        **surplus,
        **_worth("actual", event.actual),
        **(_UNSEEN if event.resolution == "mistaken" else {}),
        "resolution": event.resolution,
        "reason": event.reason,
        "decided_by": event.decided_by,
        "decided_at": event.decided_at,
    }


def _said(line: str) -> str:
    """Return a line as people say it: a tag in capitals, the id of a scan as it is."""
    return line.upper() if "-" in line else line


def _changes(row: RowValues, event: object) -> RowValues:
    match event:
        case words_of.AssetExpected():
            return _expected(row, event)
        case words_of.AssetCounted():
            return _counted(row, event)
        case words_of.ThingFound():
            things = {"number": event.number, "name": event.description, "search_text": fold(event.description)}
            return {**things, **_seen(event.seen), **_worth("actual", Worth(quantity=event.quantity))}
        case words_of.DifferenceDecided():
            return _decided(event)
    return {}


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    event = fact.event
    if isinstance(event, words_of.CountRepeated):
        return {**row, "repeats": row["repeats"] + 1} if row else None
    stocktake_id, _, line = fact.id.partition("-")
    before = row or {**_NEW, **_UNSEEN, **_OPEN, "stocktake_id": stocktake_id, "line": _said(line)}
    after = {**before, **_changes(before, event)}
    state = "untagged" if isinstance(event, words_of.ThingFound) else event.state  # type: ignore[attr-defined]
    settled = after["resolution"] is not None and after["resolution"] not in LEFT_OPEN
    undecided = state not in ("found", "void") and not settled
    return {**after, "state": state, "undecided": undecided, "revision": before["revision"] + 1}


STOCKTAKE_LINES = ReadModel(
    name="stocktake_lines",
    version=1,
    key_column="line_id",
    columns={
        "stocktake_id": "text NOT NULL",
        "line": "text NOT NULL",
        "number": "integer NOT NULL",
        "name": "text NOT NULL",
        "tag": "text",
        "asset_id": "text",
        "class_code": "text",
        "unit_id": "text",
        "site_id": "text",
        "division_id": "text",
        "room": "text",
        "custodian_id": "text",
        "condition": "text",
        "changed_on": "date",
        "expected": "boolean NOT NULL",
        **{f"{prefix}_{name}": "bigint NOT NULL" for prefix in ("book", "actual") for name in _AMOUNTS},
        "state": "text NOT NULL",
        "differs": "text[] NOT NULL",
        "undecided": "boolean NOT NULL",
        "revision": "integer NOT NULL",
        "repeats": "integer NOT NULL",
        "found_site_id": "text",
        "found_division_id": "text",
        "found_room": "text",
        "found_custodian_id": "text",
        "found_condition": "text",
        "counted_by": "text",
        "counted_at": "timestamptz",
        "device": "text",
        "photos": "text[] NOT NULL",
        "note": "text",
        "resolution": "text",
        "reason": "text",
        "decided_by": "text",
        "decided_at": "timestamptz",
        "surplus_asset_id": "text",
        "surplus_asset_tag": "text",
        "search_text": "text NOT NULL",
        "search": "tsvector GENERATED ALWAYS AS (to_tsvector('simple', search_text)) STORED",
    },
    indexes=(
        "(stocktake_id, number, line_id)",
        "(stocktake_id, line, line_id)",
        "(stocktake_id, state, number, line_id)",
        "(stocktake_id, number, line_id) WHERE undecided",
        "(stocktake_id, unit_id, number, line_id)",
        "USING gin (search)",
    ),
    events=event_types(
        "assets",
        (
            words_of.AssetExpected,
            words_of.AssetCounted,
            words_of.CountRepeated,
            words_of.ThingFound,
            words_of.DifferenceDecided,
        ),
    ),
    key=lambda fact: fact.id,
    project=_project,
)
"""The lines of all stocktakes by stocktake and line; an unexpected asset is worth what its owner's books say."""

_ORDERS = {"number": ("number", "line_id"), "tag": ("line", "line_id")}


def make_row(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that are put together from others; where it is used is named later."""
    differences = {f"difference_{name}": record[f"actual_{name}"] - record[f"book_{name}"] for name in _AMOUNTS}
    return {**differences, "used_at": "", "remarks": _remarks(record)}


def _remarks(record: Mapping[str, Any]) -> str | None:
    differs = ", ".join(_DIFFERS[part] for part in record["differs"])
    state = _STATES.get(record["state"])
    decided = RESOLUTIONS[record["resolution"]][0] if record["resolution"] else None
    said = (
        f"{state} ({differs})" if differs else state,
        f"{decided[:1].upper()}{decided[1:]}: {record['reason']}" if decided else None,
        f"Ghi tăng {record['surplus_asset_tag']}" if record["surplus_asset_tag"] else None,
        f"Giá trị sổ sách ngày {record['changed_on']:%d/%m/%Y}" if record["changed_on"] else None,
        record["note"],
    )
    return "; ".join(text for text in said if text) or None


def name_row(row: StocktakeLineRow, names: Names) -> StocktakeLineRow:
    """Return a line with where it is used by name: as registered, or where it was found when no book knows it."""
    registered = row.room, row.division_id or row.unit_id, row.site_id
    found = row.found_room, row.found_division_id, row.found_site_id
    room, division_id, site_id = registered if any(registered) else found
    return row.model_copy(update={"used_at": names.place(site_id, division_id, room) or ""})


UNITS, SITES = ("unit_id", "division_id", "found_division_id"), ("site_id", "found_site_id")
"""Which fields of a line hold ids of units and of sites."""


def _list(query: ListStocktakeLines, actor: Actor) -> Completed:
    listing = (
        Listing(STOCKTAKE_LINES, query, StocktakeLineRow, _ORDERS[query.sort], make_row)
        .where("stocktake_id = {}", query.stocktake_id)
        .where("state = {}", query.state)
        .where("undecided = {}", query.undecided)
        .where("line = {}", query.line)
        .where("unit_id = {}", query.unit_id)
        .where("coalesce(site_id, found_site_id) = {}", query.site_id)
        .where("division_id = {}", query.division_id)
        .where("(class_code = {0} OR class_code LIKE {0} || '.%')", query.class_code)
        .where("counted_by = {}", query.counted_by)
        .where("resolution = {}", query.resolution)
        .matching("search", query.text)
    )
    return named(listing, query, name_row, units=UNITS, sites=SITES)


LIST_STOCKTAKE_LINES = QueryRule(ListStocktakeLines, (STOCKTAKE_LINES, *NAMES), _list)
