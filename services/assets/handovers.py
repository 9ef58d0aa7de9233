"""The part of the assets desk that hands over: its decisions and its questions, for the desk's table of contents."""

from typing import Any

from contracts.assets import handovers as words
from services.assets.deciders import handover_close as close
from services.assets.deciders import handover_lines as lines
from services.assets.deciders import handover_list as list_
from services.assets.deciders import handover_sign as sign
from services.assets.deciders.handover import HANDOVER
from services.assets.deciders.handover_book import HANDOVER_BOOK
from services.assets.read_models.handover_lines import LIST_HANDOVER_LINES
from services.assets.read_models.handover_minutes import GET_HANDOVER_MINUTES
from services.assets.read_models.handover_register import LIST_HANDOVERS
from services.assets.read_models.handover_view import GET_HANDOVER
from services.runtime.manifest import Aggregate, CommandRule, Policy, QueryRule

AGGREGATES: tuple[Aggregate[Any], ...] = (HANDOVER, HANDOVER_BOOK)
COMMAND_RULES: tuple[CommandRule, ...] = (
    CommandRule(words.PrepareHandover, list_.preparing_involves, list_.prepare_handover),
    CommandRule(words.AmendHandover, list_.amending_involves, list_.amend_handover),
    CommandRule(words.ReportSurplusLine, lines.reporting_involves, lines.report_surplus_line),
    CommandRule(words.AgreeLines, lines.agreeing_involves, lines.agree_lines),
    CommandRule(words.SignHandover, sign.signing_involves, sign.sign_handover),
    CommandRule(words.CloseHandover, close.closing_involves, close.close_handover),
    CommandRule(words.CancelHandover, list_.cancelling_involves, list_.cancel_handover),
)
QUERY_RULES: tuple[QueryRule, ...] = (LIST_HANDOVERS, GET_HANDOVER, LIST_HANDOVER_LINES, GET_HANDOVER_MINUTES)
POLICIES: tuple[Policy, ...] = ()
