"""What finance says and records of spending, in one list each."""

from contracts.base import Command, Event, Query
from contracts.finance.spending import commands as said
from contracts.finance.spending import events as told
from contracts.finance.spending import queries as asked

SPENDING_COMMANDS: tuple[type[Command], ...] = (
    said.RequestSpending,
    said.DraftSpending,
    said.ReviseSpending,
    said.CheckSpending,
    said.ReturnSpending,
    said.RejectSpending,
    said.ApproveSpending,
    said.ApproveSpendingOver,
    said.PaySpending,
    said.CloseSpending,
    said.PayAdvance,
    said.ClaimAdvance,
    said.CheckClaim,
    said.ReturnClaim,
    said.ApproveClaim,
    said.ReceiveRest,
    said.PayRest,
    said.ClaimTravel,
    said.RemindAdvance,
    said.EscalateSpending,
)
REQUEST_EVENTS: tuple[type[Event], ...] = (
    told.SpendingRequested,
    told.SpendingDrafted,
    told.SpendingRevised,
    told.SpendingChecked,
    told.SpendingReturned,
    told.SpendingRejected,
    told.SpendingApproved,
    told.SpendingPaid,
    told.SpendingAdvanced,
    told.PaymentReversed,
    told.SpendingClosed,
    told.SpendingMoved,
    told.SpendingEscalated,
)
ADVANCE_EVENTS: tuple[type[Event], ...] = (
    told.AdvancePaid,
    told.AdvanceClaimed,
    told.ClaimChecked,
    told.ClaimReturned,
    told.ClaimApproved,
    told.RestReceived,
    told.RestPaid,
    told.AdvanceMoved,
    told.AdvanceReminded,
    told.HoldingNoted,
)
SPENDING_QUERIES: tuple[type[Query], ...] = (
    asked.ListRequests,
    asked.GetRequest,
    asked.ListAdvances,
    asked.GetAdvance,
    asked.ListPayments,
    asked.ListRates,
)
