"""What scheduling decides of weeks and their items, for the table of contents of the service."""

from typing import Any

from contracts.scheduling.weekly import commands as words
from contracts.scheduling.weekly.values import WeekCommand
from services.runtime.manifest import Aggregate, CommandRule, Policy, QueryRule, decides
from services.scheduling.deciders import week_arranging as arranging
from services.scheduling.deciders import week_items as items
from services.scheduling.deciders import week_leaving as leaving
from services.scheduling.deciders import week_publishing as publishing
from services.scheduling.deciders.week import WEEK
from services.scheduling.read_models.week import GET_WEEK
from services.scheduling.read_models.week_changes import LIST_WEEK_CHANGES
from services.scheduling.read_models.week_items import LIST_WEEK_ITEMS
from services.scheduling.read_models.weeks import LIST_WEEKS


def _week(command: WeekCommand) -> str:
    return command.week_id


AGGREGATES: tuple[Aggregate[Any], ...] = (WEEK,)
COMMAND_RULES: tuple[CommandRule, ...] = (
    CommandRule(words.ProposeItem, items.proposing_involves, items.propose_item),
    CommandRule(words.ReviseProposal, items.proposing_involves, items.revise_proposal),
    decides(words.WithdrawProposal, WEEK, _week, items.withdraw_proposal),
    decides(words.AskOpinion, WEEK, _week, items.ask_opinion),
    decides(words.GiveOpinion, WEEK, _week, items.give_opinion),
    decides(words.DeclineItem, WEEK, _week, items.decline_item),
    CommandRule(words.ArrangeItem, arranging.arranging_involves, arranging.arrange_item),
    CommandRule(words.ArrangeItemOver, arranging.arranging_involves, arranging.arrange_item),
    CommandRule(words.DelegateItem, arranging.delegating_involves, arranging.delegate_item),
    CommandRule(words.PostponeItem, leaving.postponing_involves, leaving.postpone_item),
    CommandRule(words.CancelItem, leaving.cancelling_involves, leaving.cancel_item),
    decides(words.SubmitWeek, WEEK, _week, publishing.submit_week),
    decides(words.ReturnWeek, WEEK, _week, publishing.return_week),
    decides(words.ApproveWeek, WEEK, _week, publishing.approve_week),
    decides(words.AcknowledgeWeek, WEEK, _week, publishing.acknowledge_week),
)
QUERY_RULES: tuple[QueryRule, ...] = (GET_WEEK, LIST_WEEKS, LIST_WEEK_ITEMS, LIST_WEEK_CHANGES)
POLICIES: tuple[Policy, ...] = ()
