"""What finance says and records of estimates, in one list each."""

from contracts.base import Command, Event, Query
from contracts.finance.budget import commands as said
from contracts.finance.budget import events as told
from contracts.finance.budget import queries as asked

BUDGET_COMMANDS: tuple[type[Command], ...] = (
    said.AssignEstimate,
    said.TransferEstimate,
    said.FreezeEstimate,
    said.ReleaseEstimate,
    said.CarryOver,
    said.CloseBudget,
    said.SettleBoard,
)
BUDGET_EVENTS: tuple[type[Event], ...] = (
    told.EstimateAssigned,
    told.EstimateTransferred,
    told.EstimateFrozen,
    told.EstimateReleased,
    told.FundsCommitted,
    told.CommitmentReleased,
    told.FundsSpent,
    told.FundsAdvanced,
    told.AdvanceAccounted,
    told.SpendingReversed,
    told.EstimateCarriedOver,
    told.BudgetTakenOver,
    told.BudgetClosed,
    told.BoardSettled,
)
BUDGET_QUERIES: tuple[type[Query], ...] = (
    asked.GetBudget,
    asked.ListExecution,
    asked.ListBurnDown,
    asked.ListEstimateMoves,
    asked.ListLinesLeft,
    asked.ListItemsSpent,
    asked.GetSettlement,
    asked.ListOverrides,
    asked.ListBudgetIndex,
    asked.ListSources,
)
