"""What finance decides and answers of requests and advances, for the table of contents of the service."""

from typing import Any

from services.finance.deciders.advance import ADVANCE
from services.finance.deciders.advance_claim import ADVANCE_CLAIM_RULES
from services.finance.deciders.advance_holder import ADVANCE_HOLDER
from services.finance.deciders.advance_payment import PAY_ADVANCE, REMIND_ADVANCE
from services.finance.deciders.advance_rest import PAY_REST, RECEIVE_REST
from services.finance.deciders.request import REQUEST
from services.finance.deciders.spending_approval import SPENDING_APPROVAL_RULES
from services.finance.deciders.spending_payment import PAY_SPENDING
from services.finance.deciders.spending_request import SPENDING_REQUEST_RULES
from services.finance.deciders.travel import CLAIM_TRAVEL
from services.finance.policies.escalate_special import ESCALATE_SPECIAL
from services.finance.policies.remind_advances import REMIND_ADVANCES
from services.finance.read_models.advances import LIST_ADVANCES
from services.finance.read_models.rates import LIST_RATES
from services.finance.read_models.spending_payments import LIST_PAYMENTS
from services.finance.read_models.spending_requests import LIST_REQUESTS
from services.finance.read_models.spending_view import GET_ADVANCE, GET_REQUEST
from services.runtime.manifest import Aggregate, CommandRule, Policy, QueryRule

AGGREGATES: tuple[Aggregate[Any], ...] = (REQUEST, ADVANCE, ADVANCE_HOLDER)
COMMAND_RULES: tuple[CommandRule, ...] = (
    *SPENDING_REQUEST_RULES,
    *SPENDING_APPROVAL_RULES,
    PAY_SPENDING,
    PAY_ADVANCE,
    *ADVANCE_CLAIM_RULES,
    RECEIVE_REST,
    PAY_REST,
    CLAIM_TRAVEL,
    REMIND_ADVANCE,
)
QUERY_RULES: tuple[QueryRule, ...] = (
    LIST_REQUESTS,
    GET_REQUEST,
    LIST_ADVANCES,
    GET_ADVANCE,
    LIST_PAYMENTS,
    LIST_RATES,
)
POLICIES: tuple[Policy, ...] = (REMIND_ADVANCES, ESCALATE_SPECIAL)
