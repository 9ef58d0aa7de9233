"""The account: one person's for ever, so that nobody ever acts with what was granted to another."""

import hashlib
from dataclasses import dataclass, replace

from contracts import organisation as words_of
from contracts.base import Event, Refused
from services.runtime.manifest import Aggregate, Ref


@dataclass(frozen=True, slots=True)
class AccountOwner:
    """Whose account it is; nobody's before it was first named."""

    person_id: str | None = None


def evolve(owner: AccountOwner, event: Event) -> AccountOwner:
    """Return the owner after an event."""
    match event:
        case words_of.AccountTaken():
            return replace(owner, person_id=event.person_id)
    return owner


ACCOUNT = Aggregate("account", AccountOwner(), evolve)


def account_ref(account: str) -> Ref:
    """Return the aggregate of an account; letters that differ only in case are the same account."""
    return Ref(ACCOUNT, hashlib.sha256(account.casefold().encode()).hexdigest()[:32])


def expect_free(owner: AccountOwner, account: str, person_id: str) -> bool:
    """Return whether the account still has to be taken; raise Refused when it is somebody else's."""
    if owner.person_id not in (None, person_id):
        raise Refused(words_of.ACCOUNT_TAKEN, "account", account=account)
    return owner.person_id is None
