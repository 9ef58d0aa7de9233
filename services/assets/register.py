"""What the register of assets is asked: its queries, for the table of contents of the service."""

from services.assets.read_models.asset_card import GET_ASSET
from services.assets.read_models.asset_register import LIST_ASSETS
from services.assets.read_models.asset_timeline import LIST_ASSET_HISTORY
from services.assets.read_models.due_days import LIST_DUE_DAYS
from services.assets.read_models.labels import FIND_ASSET_BY_TAG, LIST_LABELS
from services.assets.read_models.loans import LIST_LOANS
from services.assets.read_models.repairs import LIST_REPAIR_COSTS, LIST_REPAIRS
from services.assets.read_models.values_on_a_day import GET_ASSET_TOTALS, LIST_ASSET_VALUES
from services.assets.read_models.wear_table import GET_WEAR_TOTALS, LIST_WEAR, LIST_WEAR_DUE
from services.runtime.manifest import QueryRule

QUERY_RULES: tuple[QueryRule, ...] = (
    LIST_ASSETS,
    GET_ASSET,
    FIND_ASSET_BY_TAG,
    LIST_ASSET_HISTORY,
    LIST_ASSET_VALUES,
    GET_ASSET_TOTALS,
    LIST_WEAR,
    GET_WEAR_TOTALS,
    LIST_WEAR_DUE,
    LIST_DUE_DAYS,
    LIST_LOANS,
    LIST_REPAIRS,
    LIST_REPAIR_COSTS,
    LIST_LABELS,
)
