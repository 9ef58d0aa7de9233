"""What the assets desk decides and answers of stocktakes, for its table of contents."""

from typing import Any

from contracts.assets import stocktakes as words
from services.assets.deciders import stocktake
from services.assets.deciders.stocktake import STOCKTAKE, STOCKTAKE_BOOK
from services.assets.deciders.stocktake_counting import SHEET, counting_involves, record_counts
from services.assets.deciders.stocktake_deciding import decide_difference, deciding_involves
from services.assets.deciders.stocktake_line import LINE
from services.assets.deciders.stocktake_listing import expect_assets, listing_involves
from services.assets.read_models.stocktake_last_counts import LIST_LAST_COUNTS
from services.assets.read_models.stocktake_lines import LIST_STOCKTAKE_LINES
from services.assets.read_models.stocktake_progress import GET_STOCKTAKE
from services.assets.read_models.stocktake_report import GET_STOCKTAKE_REPORT
from services.assets.read_models.stocktakes import LIST_STOCKTAKES
from services.runtime.manifest import Aggregate, CommandRule, Policy, QueryRule, decides


def _stocktake(command: words.StocktakeCommand) -> str:
    return command.stocktake_id


AGGREGATES: tuple[Aggregate[Any], ...] = (STOCKTAKE, STOCKTAKE_BOOK, LINE, SHEET)
COMMAND_RULES: tuple[CommandRule, ...] = (
    CommandRule(words.OpenStocktake, stocktake.opening_involves, stocktake.open_stocktake),
    decides(words.NameCommittee, STOCKTAKE, _stocktake, stocktake.name_committee),
    CommandRule(words.ExpectAssets, listing_involves, expect_assets),
    decides(words.StartCounting, STOCKTAKE, _stocktake, stocktake.start_counting),
    CommandRule(words.RecordCounts, counting_involves, record_counts),
    CommandRule(words.DecideDifference, deciding_involves, decide_difference),
    decides(words.CloseStocktake, STOCKTAKE, _stocktake, stocktake.close_stocktake),
    decides(words.CancelStocktake, STOCKTAKE, _stocktake, stocktake.cancel_stocktake),
)
QUERY_RULES: tuple[QueryRule, ...] = (
    LIST_STOCKTAKES,
    GET_STOCKTAKE,
    LIST_STOCKTAKE_LINES,
    GET_STOCKTAKE_REPORT,
    LIST_LAST_COUNTS,
)
POLICIES: tuple[Policy, ...] = ()
