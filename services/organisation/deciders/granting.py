"""Roles in the software: granted to a person from a day on, and taken from them."""

from collections.abc import Sequence

from contracts import organisation as words_of
from contracts.base import Refused
from services.organisation.deciders.authority import AUTHORITY, Authority, Grant, role_ended
from services.organisation.deciders.common import day_before, decided, in_order, overlap, seen_of, shown
from services.organisation.deciders.person import PERSON, expect_here, expect_known
from services.organisation.deciders.unit import UNIT, expect_standing
from services.runtime.manifest import Decision, Given, Ref, Seen


def granting_involves(words: words_of.GrantRole, given: Given) -> Sequence[Ref]:
    """A role is the person's; a board's role is for a unit."""
    if (words.role == "board") != (words.unit_id is not None):
        raise Refused(words_of.ROLE_AND_UNIT, "unit_id", role=words.role)
    unit = (Ref(UNIT, words.unit_id),) if words.unit_id else ()
    return (Ref(AUTHORITY, words.person_id), Ref(PERSON, words.person_id), *unit)


def grant_role(words: words_of.GrantRole, given: Given, authority: Seen, person: Seen, *units: Seen) -> Decision:
    """A person who is here gets a role they do not have on those days; one speaks for one board at a time."""
    decided(words, given)
    in_order(words.effective_on, words.until)
    state: Authority = authority.state
    if any(_same(grant, words) for grant in state.grants):
        return []
    expect_here(person.state, words.person_id, words.effective_on, words.until)
    held = [grant for grant in state.grants if overlap(grant.since, grant.until, words.effective_on, words.until)]
    again = next((grant for grant in held if grant.role == words.role), None)
    if again:
        names = {"name": person.state.name, "role": words.role, "unit": again.unit_code or "–"}
        raise Refused(words_of.ROLE_HELD, "role", **names, since=again.since, until=shown(again.until))
    unit = seen_of(UNIT, units).get(words.unit_id or "")
    if unit:
        expect_standing(unit.state, unit.ref.id, words.effective_on)
    on_first_day = (grant.role for grant in held if grant.since <= words.effective_on)
    granted = words_of.RoleGranted(
        name=person.state.name,
        account=person.state.account,
        role=words.role,
        unit_id=words.unit_id,
        unit_code=unit.state.code if unit else None,
        unit_name=unit.state.name if unit else None,
        effective_on=words.effective_on,
        until=words.until,
        decision=words.decision,
        beside=tuple(on_first_day),
    )
    return [(authority, granted)]


def _same(grant: Grant, words: words_of.GrantRole) -> bool:
    known = (grant.role, grant.since, grant.until, grant.unit_id)
    return known == (words.role, words.effective_on, words.until, words.unit_id)


def revoking_involves(words: words_of.RevokeRole, given: Given) -> Sequence[Ref]:
    """A role is the person's own, with what they delegated of it."""
    return Ref(AUTHORITY, words.person_id), Ref(PERSON, words.person_id)


def revoke_role(words: words_of.RevokeRole, given: Given, authority: Seen, person: Seen) -> Decision:
    """A role is taken from a day on, with every later stretch of it and all that was delegated of it."""
    decided(words, given)
    expect_known(person.state, words.person_id)
    state: Authority = authority.state
    ended = list(role_ended(state, words.role, words))
    was_last = [grant for grant in state.grants if (grant.role, grant.until) == _ended_then(words)]
    if not ended and not was_last:
        raise Refused(words_of.ROLE_NOT_HELD, "role", name=person.state.name, role=words.role, day=words.effective_on)
    return [(authority, event) for event in ended]


def _ended_then(words: words_of.RevokeRole) -> tuple[object, object]:
    return words.role, day_before(words.effective_on)
