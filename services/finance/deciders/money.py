"""Where money moves: the account of the ledger behind a way of paying, its voucher, and the day it may have."""

from collections.abc import Mapping, Sequence
from datetime import date

from contracts import finance as words_of
from contracts.base import Refused
from contracts.finance import EntryFacts, EntryLine, ItemAmount, Method, PaymentDetails, VoucherKind
from services.finance.deciders.money_account import MONEY_ACCOUNT
from services.finance.deciders.posting import templated, total_of
from services.runtime.manifest import Given, Ref, Seen
from services.runtime.rules import NoRuleInForce

PAID_ON: Mapping[Method, VoucherKind] = {"cash": "payment", "bank": "bank_debit", "treasury": "bank_debit"}
"""The voucher of money that goes out."""
RECEIVED_ON: Mapping[Method, VoucherKind] = {"cash": "receipt", "bank": "bank_credit", "treasury": "bank_credit"}
"""The voucher of money that comes in."""


def money_refs(command: PaymentDetails) -> tuple[Ref, ...]:
    """Return what says which account of the ledger a till or a bank account is kept on."""
    return (Ref(MONEY_ACCOUNT, command.money_account),)


def money_account(command: PaymentDetails, given: Given, seen: Seen) -> str:
    """Return the account of the ledger that the money moves on; raise Refused for one that is not of this method.

    That of the method by the office's table, where nobody said what the till or account is kept on.
    """
    try:
        usual: str = given.rules.money_methods.in_force(command.on, method=command.method).account
    except NoRuleInForce:
        raise Refused(words_of.TEMPLATE_UNKNOWN, "on", template=command.method, on=command.on) from None
    account: str | None = seen.state.account
    if account is not None and not account.startswith(usual):
        told = {"money_account": command.money_account, "account": account}
        raise Refused(words_of.ACCOUNT_OF_ANOTHER_KIND, "money_account", **told)
    return account or usual


def expect_in_year(year: int, on: date) -> None:
    """Raise Refused for a day on which a year's estimate is not spent: outside it and its adjustment period.

    That ends on 31 January of the year after (Law 89/2025/QH15).
    """
    if not date(year, 1, 1) <= on <= date(year + 1, 1, 31):
        raise Refused(words_of.OUTSIDE_YEAR, "on", year=year, on=on)


def movement(
    command: PaymentDetails,
    given: Given,
    *,
    template: str,
    kind: VoucherKind,
    account: str,
    board: str,
    amounts: Sequence[ItemAmount],
    party: str | None,
    description: str,
) -> EntryFacts:
    """Return the entry of money that moves for amounts of budget lines."""
    lines: tuple[EntryLine, ...] = templated(given, template, command.on, board, amounts, money=account, party=party)
    return EntryFacts(
        kind=kind,
        on=command.on,
        description=description[:200],
        lines=lines,
        total_vnd=total_of(lines),
        party=party,
        papers=command.papers,
        template=template,
    )
