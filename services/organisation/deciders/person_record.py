"""What is known of a person: entered, put right, counted in another way, back after having left."""

from collections.abc import Sequence

from contracts import organisation as words_of
from contracts.base import Refused
from services.organisation.deciders.account import account_ref, expect_free
from services.organisation.deciders.common import day_before, decided
from services.organisation.deciders.person import PERSON, Person, expect_here, expect_known, headcount_on
from services.runtime.manifest import Decision, Given, Ref, Seen


def registration_involves(words: words_of.RegisterPerson, given: Given) -> Sequence[Ref]:
    """A person is new; an account they are given is nobody else's."""
    account = (account_ref(words.account),) if words.account else ()
    return (Ref(PERSON, words_of.person_id(given.command_id), new=True), *account)


def register_person(words: words_of.RegisterPerson, given: Given, person: Seen, *accounts: Seen) -> Decision:
    """A person is entered, and an account that nobody has becomes theirs."""
    return [(person, words_of.PersonRegistered(**words.model_dump())), *_take(words.account, person, accounts)]


def correction_involves(words: words_of.CorrectPerson, given: Given) -> Sequence[Ref]:
    """A correction may name another account."""
    account = (account_ref(words.account),) if words.account else ()
    return (Ref(PERSON, words.person_id), *account)


def correct_person(words: words_of.CorrectPerson, given: Given, person: Seen, *accounts: Seen) -> Decision:
    """What is said replaces what was known; what is left out stays."""
    state: Person = person.state
    expect_known(state, words.person_id)
    taken = _take(words.account, person, accounts)
    said = {name: value for name, value in words.model_dump(exclude={"person_id"}).items() if value is not None}
    known = {name: getattr(state, name) for name in _KNOWN}
    if known | said == known:
        return []
    return [(person, words_of.PersonCorrected(**(known | said), former_name=state.name)), *taken]


_KNOWN = ("name", "born_on", "education", "phone", "email", "account")


def _take(account: str | None, person: Seen, accounts: Sequence[Seen]) -> Decision:
    if account is None or not expect_free(accounts[0].state, account, person.ref.id):
        return []
    return [(accounts[0], words_of.AccountTaken(account=account, person_id=person.ref.id))]


def person_involved(words: words_of.ChangeHeadcountKind | words_of.RecordReturn, given: Given) -> Sequence[Ref]:
    """A change of the person alone."""
    return (Ref(PERSON, words.person_id),)


def change_headcount_kind(words: words_of.ChangeHeadcountKind, given: Given, person: Seen) -> Decision:
    """A person is counted in another way from a day on, in the order of the days."""
    decided(words, given)
    state: Person = person.state
    expect_here(state, words.person_id, words.effective_on, words.effective_on)
    latest = state.counted[-1]
    if words.effective_on < latest.since:
        raise Refused(words_of.COUNTED_LATER, "effective_on", name=state.name, changed_on=latest.since)
    former = headcount_on(state, words.effective_on)
    if former == words.headcount:
        return []
    changed = words_of.HeadcountKindChanged(
        name=state.name,
        headcount=words.headcount,
        former_headcount=former,
        effective_on=words.effective_on,
        decision=words.decision,
    )
    return [(person, changed)]


def record_return(words: words_of.RecordReturn, given: Given, person: Seen) -> Decision:
    """Who left works here again from a day after the last one; their past stays theirs."""
    decided(words, given)
    state: Person = person.state
    expect_known(state, words.person_id)
    away = state.away[-1] if state.away else None
    if away is not None and away.until == day_before(words.effective_on):
        return []
    if away is None or away.until is not None or words.effective_on <= away.since:
        raise Refused(words_of.NOT_AWAY, "person_id", name=state.name, day=words.effective_on)
    returned = words_of.PersonReturned(name=state.name, effective_on=words.effective_on, decision=words.decision)
    return [(person, returned)]
