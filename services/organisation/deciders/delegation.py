"""Delegation (ủy quyền): what a person may do, another may do for them from a day to a day, and never further."""

from collections.abc import Sequence
from datetime import date, timedelta

from contracts import organisation as words_of
from contracts.base import Refused
from contracts.organisation import Grantable
from services.organisation.deciders.authority import AUTHORITY, Authority, Grant, delegations_ended
from services.organisation.deciders.common import day_before, decided, in_order, overlap
from services.organisation.deciders.person import PERSON, Person, expect_here, expect_known
from services.runtime.manifest import Decision, Given, Ref, Seen


def delegation_involves(words: words_of.DelegateAuthority | words_of.WithdrawDelegation, given: Given) -> Sequence[Ref]:
    """A delegation is part of the giver's authority; nobody delegates to themselves."""
    if words.from_person_id == words.to_person_id:
        raise Refused(words_of.TO_ONESELF, "to_person_id")
    people = Ref(PERSON, words.from_person_id), Ref(PERSON, words.to_person_id)
    return (Ref(AUTHORITY, words.from_person_id), *people)


def delegate_authority(
    words: words_of.DelegateAuthority, given: Given, authority: Seen, giver: Seen, receiver: Seen
) -> Decision:
    """Only what was granted to the giver for all those days is delegated; what was delegated to them is not."""
    decided(words, given)
    in_order(words.effective_on, words.until)
    _expect_own(given, giver.state)
    state: Authority = authority.state
    roles = tuple(dict.fromkeys(words.roles))
    known = {(one.role, one.since, one.until) for one in state.delegated if one.to_person_id == words.to_person_id}
    if all((role, words.effective_on, words.until) in known for role in roles):
        return []
    expect_here(giver.state, words.from_person_id, words.effective_on, words.until, "from_person_id")
    expect_here(receiver.state, words.to_person_id, words.effective_on, words.until, "to_person_id")
    grants = [_granted(state, giver.state, role, words) for role in roles]
    _expect_new(state, roles, words)
    board = next((grant for grant in grants if grant.role == "board"), None)
    delegated = words_of.AuthorityDelegated(
        delegation_id=given.command_id.hex,
        from_name=giver.state.name,
        to_person_id=words.to_person_id,
        to_name=receiver.state.name,
        to_account=receiver.state.account,
        roles=roles,
        unit_id=board.unit_id if board else None,
        unit_code=board.unit_code if board else None,
        effective_on=words.effective_on,
        until=words.until,
        matter=words.matter,
        decision=words.decision,
    )
    return [(authority, delegated)]


def withdraw_delegation(
    words: words_of.WithdrawDelegation, given: Given, authority: Seen, giver: Seen, receiver: Seen
) -> Decision:
    """Everything delegated to the other ends the day before; said again, it changes nothing."""
    expect_known(giver.state, words.from_person_id, "from_person_id")
    _expect_own(given, giver.state)
    state: Authority = authority.state
    among = [one for one in state.delegated if one.to_person_id == words.to_person_id]
    ended = list(delegations_ended(state, among, words.effective_on))
    if not ended and all(one.until != day_before(words.effective_on) for one in among):
        raise Refused(words_of.NOTHING_DELEGATED, "to_person_id", name=giver.state.name, day=words.effective_on)
    return [(authority, event) for event in ended]


def _expect_own(given: Given, giver: Person) -> None:
    """Raise Refused for a leader who delegates what is another's; administrators enter what anybody decided."""
    if "administrator" not in given.actor.roles and giver.account != given.actor.id:
        raise Refused(words_of.NOT_YOURS_TO_DELEGATE, "from_person_id", name=giver.name)


def _granted(authority: Authority, giver: Person, role: Grantable, words: words_of.DelegateAuthority) -> Grant:
    """Return the grant a delegated role rests on; raise Refused for a day on which the giver has no such grant."""
    first: Grant | None = None
    day: date | None = words.effective_on
    while day is not None and day <= words.until:
        grant = next(
            (one for one in authority.grants if one.role == role and overlap(one.since, one.until, day, day)), None
        )
        if grant is None or (first is not None and grant.unit_id != first.unit_id):
            raise Refused(words_of.ROLE_NOT_HELD, "roles", name=giver.name, role=role, day=day)
        first = first or grant
        day = grant.until + timedelta(days=1) if grant.until else None
    assert first is not None
    return first


def _expect_new(authority: Authority, roles: Sequence[Grantable], words: words_of.DelegateAuthority) -> None:
    for one in authority.delegated:
        same = one.to_person_id == words.to_person_id and one.role in roles
        if same and overlap(one.since, one.until, words.effective_on, words.until):
            names = {"name": one.to_name, "role": one.role, "since": one.since, "until": one.until}
            raise Refused(words_of.DELEGATED_ALREADY, "roles", **names)
