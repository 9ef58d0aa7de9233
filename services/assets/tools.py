"""What the assets desk decides and answers of tools, for its table of contents."""

from typing import Any

from contracts.assets import tools as words
from services.assets.deciders import tool_cards as cards
from services.assets.deciders import tool_movements as movements
from services.assets.deciders.tool import TOOL, TOOL_BOOK
from services.assets.read_models.tool_holdings import GET_TOOL, LIST_TOOL_HOLDINGS
from services.assets.read_models.tool_movements import LIST_TOOL_MOVEMENTS
from services.assets.read_models.tools import LIST_TOOLS
from services.runtime.manifest import Aggregate, CommandRule, Policy, QueryRule, decides


def _tool(command: words.ToolCommand) -> str:
    return command.tool_id


AGGREGATES: tuple[Aggregate[Any], ...] = (TOOL, TOOL_BOOK)
COMMAND_RULES: tuple[CommandRule, ...] = (
    CommandRule(words.RegisterTool, cards.registering_involves, cards.register_tool),
    decides(words.CorrectTool, TOOL, _tool, cards.correct_tool),
    decides(words.EnterTools, TOOL, _tool, movements.enter_tools),
    decides(words.IssueTools, TOOL, _tool, movements.issue_tools),
    decides(words.ReturnTools, TOOL, _tool, movements.return_tools),
    decides(words.ReportBroken, TOOL, _tool, movements.report_broken),
    decides(words.WriteOffTools, TOOL, _tool, movements.write_off_tools),
    CommandRule(words.TransferTools, cards.transferring_involves, cards.transfer_tools),
    decides(words.CountTools, TOOL, _tool, movements.count_tools),
)
QUERY_RULES: tuple[QueryRule, ...] = (LIST_TOOLS, LIST_TOOL_HOLDINGS, LIST_TOOL_MOVEMENTS, GET_TOOL)
POLICIES: tuple[Policy, ...] = ()
