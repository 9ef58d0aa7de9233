"""What is printed on the labels of assets, and whose label was scanned?"""

from collections.abc import Mapping
from typing import Any

from contracts.assets import ASSET_UNKNOWN
from contracts.assets.queries import FindAssetByTag, ListLabels
from contracts.assets.rows import AssetRow, LabelRow
from contracts.base import Actor, Refused
from services.assets.read_models.asset_register import ASSET_REGISTER, NAMED, ORDERS, filtered, make_row, name_row
from services.assets.read_models.names import NAMES, named, with_unit
from services.runtime.completing import Completed
from services.runtime.gathering import Gathering, Rows
from services.runtime.listing import Listing, as_row
from services.runtime.manifest import QueryRule


def _find(query: FindAssetByTag, actor: Actor) -> Completed:
    said = query.tag.strip()
    upper, lower = said.upper(), said.lower()

    def build(found: list[Mapping[str, Any]]) -> AssetRow:
        chosen = sorted(found, key=lambda record: (record["tag"] != upper, record["asset_id"] != lower, record["tag"]))
        if not chosen:
            raise Refused(ASSET_UNKNOWN, "tag", asset_id=said)
        row = as_row(AssetRow, chosen[0], make_row)
        assert isinstance(row, AssetRow)
        return row

    condition = "tag = $1 OR asset_id = $2 OR old_code = $3"
    return named(Gathering((Rows(ASSET_REGISTER, condition, (upper, lower, said)),), build), query, name_row, **NAMED)


def _labels(query: ListLabels, actor: Actor) -> Completed:
    listing = Listing(ASSET_REGISTER, query, LabelRow, ORDERS["tag"], lambda record: {"qr_text": record["tag"]})
    chosen = filtered(listing, query).where("held = {}", True)
    chosen.where("asset_id = ANY({}::text[])", list(query.asset_ids) if query.asset_ids is not None else None)
    return named(chosen, query, with_unit)


FIND_ASSET_BY_TAG = QueryRule(FindAssetByTag, (ASSET_REGISTER, *NAMES), _find)
LIST_LABELS = QueryRule(ListLabels, (ASSET_REGISTER, *NAMES), _labels)
