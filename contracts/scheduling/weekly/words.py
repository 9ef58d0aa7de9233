"""What scheduling says, records and answers of weeks, in one list each."""

from contracts.base import Command, Event, Query
from contracts.scheduling.weekly import commands as said
from contracts.scheduling.weekly import events as told
from contracts.scheduling.weekly import queries as asked

WEEKLY_COMMANDS: tuple[type[Command], ...] = (
    said.ProposeItem,
    said.ReviseProposal,
    said.WithdrawProposal,
    said.AskOpinion,
    said.GiveOpinion,
    said.DeclineItem,
    said.ArrangeItem,
    said.ArrangeItemOver,
    said.DelegateItem,
    said.PostponeItem,
    said.CancelItem,
    said.SubmitWeek,
    said.ReturnWeek,
    said.ApproveWeek,
    said.AcknowledgeWeek,
)
WEEKLY_EVENTS: tuple[type[Event], ...] = (
    told.ItemProposed,
    told.ProposalRevised,
    told.ProposalWithdrawn,
    told.OpinionAsked,
    told.OpinionGiven,
    told.ItemDeclined,
    told.ItemArranged,
    told.ItemDelegated,
    told.ItemPostponed,
    told.ItemCancelled,
    told.WeekSubmitted,
    told.WeekReturned,
    told.WeekPublished,
    told.WeekAcknowledged,
)
WEEKLY_QUERIES: tuple[type[Query], ...] = (
    asked.GetWeek,
    asked.ListWeeks,
    asked.ListWeekItems,
    asked.ListWeekChanges,
)
