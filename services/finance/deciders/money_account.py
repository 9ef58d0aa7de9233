"""The money account: a till or an account at a bank or the treasury, and how far its statements reach."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from contracts import finance as words_of
from contracts.base import Event, Refused
from contracts.finance import OpenMoneyAccount
from services.finance.deciders.common import today
from services.runtime.manifest import Aggregate, Given, decides
from services.runtime.rules import NoRuleInForce

_MONEY = "11"


@dataclass(frozen=True)
class MoneyPlace:
    """What is known of a money account; `statements` names those entered by the digest of what they say."""

    account: str | None = None
    name: str = ""
    number: str | None = None
    bank: str | None = None
    to_day: date | None = None
    closing_vnd: int = 0
    statements: dict[str, str] = field(default_factory=dict)


def open_money_account(command: OpenMoneyAccount, given: Given, place: MoneyPlace) -> Iterable[Event]:
    """Decide that a money account is what it is said to be; one that has statements stays on its ledger account."""
    if not _is_of_money(given, command.account):
        raise Refused(words_of.NOT_AN_ACCOUNT_OF_MONEY, "account", account=command.account)
    if place.statements and place.account != command.account:
        raise Refused(
            words_of.MONEY_ACCOUNT_IN_USE, "account", money_account=command.money_account, account=place.account
        )
    opened = words_of.MoneyAccountOpened(
        name=command.name, account=command.account, number=command.number, bank=command.bank
    )
    if (place.account, place.name, place.number, place.bank) != (
        command.account,
        command.name,
        command.number,
        command.bank,
    ):
        yield opened


def expect_opened(place: MoneyPlace, money_account: str) -> str:
    """Return the ledger account that a money account is kept on; raise Refused for one that nobody opened."""
    if place.account is None:
        raise Refused(words_of.MONEY_ACCOUNT_UNKNOWN, "money_account", money_account=money_account)
    return place.account


def _is_of_money(given: Given, account: str) -> bool:
    try:
        found = given.rules.accounts.in_force(today(given), account=account)
    except NoRuleInForce:
        return False
    paid_from = {method.account for method in given.rules.money_methods.all_in_force(today(given))}
    return bool(found.postable and (account.startswith(_MONEY) or account in paid_from))


def evolve(place: MoneyPlace, event: Event) -> MoneyPlace:
    """Return the money account after an event."""
    match event:
        case words_of.MoneyAccountOpened():
            return replace(place, account=event.account, name=event.name, number=event.number, bank=event.bank)
        case words_of.StatementFollowed():
            known = {**place.statements, event.digest: event.statement_id}
            return replace(place, to_day=event.to_day, closing_vnd=event.closing_vnd, statements=known)
    return place


MONEY_ACCOUNT = Aggregate("money_account", MoneyPlace(), evolve)
OPEN_MONEY_ACCOUNT = decides(OpenMoneyAccount, MONEY_ACCOUNT, lambda command: command.money_account, open_money_account)
