"""The authority of one person: roles granted from day to day, and what of them others may use meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from contracts import organisation as words_of
from contracts.base import Event
from contracts.organisation import Grantable
from services.organisation.deciders.common import day_before
from services.runtime.manifest import Aggregate


@dataclass(frozen=True, slots=True)
class Grant:
    """A role from a day to a day; a board's role is for one unit."""

    role: Grantable
    since: date
    until: date | None = None
    unit_id: str | None = None
    unit_code: str | None = None


@dataclass(frozen=True, slots=True)
class Delegated:
    """A role that another may use from a day to a day."""

    delegation_id: str
    to_person_id: str
    to_name: str
    role: Grantable
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Authority:
    """What a person may do, and lets others do; ended stretches stay."""

    name: str = ""
    grants: tuple[Grant, ...] = ()
    delegated: tuple[Delegated, ...] = ()


def evolve(authority: Authority, event: Event) -> Authority:
    """Return the authority after an event."""
    match event:
        case words_of.RoleGranted():
            grant = Grant(event.role, event.effective_on, event.until, event.unit_id, event.unit_code)
            return replace(authority, name=event.name, grants=(*authority.grants, grant))
        case words_of.RoleRevoked():
            ended = (
                replace(grant, until=event.last_day)
                if (grant.role, grant.since) == (event.role, event.since)
                else grant
                for grant in authority.grants
            )
            return replace(authority, grants=tuple(grant for grant in ended if _ever(grant)))
        case words_of.AuthorityDelegated():
            added = (
                Delegated(event.delegation_id, event.to_person_id, event.to_name, role, event.effective_on, event.until)
                for role in event.roles
            )
            return replace(authority, delegated=(*authority.delegated, *added))
        case words_of.DelegationEnded():
            cut = (
                replace(one, until=event.last_day)
                if one.delegation_id == event.delegation_id and one.role in event.roles
                else one
                for one in authority.delegated
            )
            return replace(authority, delegated=tuple(one for one in cut if _ever(one)))
    return authority


def _ever(stretch: Grant | Delegated) -> bool:
    return stretch.until is None or stretch.until >= stretch.since


AUTHORITY = Aggregate("authority", Authority(), evolve)


def all_ended(authority: Authority, words: words_of.Change) -> Iterator[Event]:
    """Return the end of every role and every delegation that lasts until a day or longer."""
    for role in dict.fromkeys(grant.role for grant in authority.grants):
        yield from role_ended(authority, role, words)


def role_ended(authority: Authority, role: Grantable, words: words_of.Change) -> Iterator[Event]:
    """Return the end of a role from a day on, and of what was delegated of it."""
    for grant in authority.grants:
        if grant.role == role and (grant.until or date.max) >= words.effective_on:
            yield words_of.RoleRevoked(
                name=authority.name,
                role=role,
                unit_id=grant.unit_id,
                since=grant.since,
                last_day=day_before(words.effective_on),
                effective_on=words.effective_on,
                decision=words.decision,
            )
    lasting = [one for one in authority.delegated if one.role == role]
    yield from delegations_ended(authority, lasting, words.effective_on)


def delegations_ended(authority: Authority, among: list[Delegated], effective_on: date) -> Iterator[Event]:
    """Return the end, from a day on, of those delegated roles that last until it or longer."""
    lasting = [one for one in among if one.until >= effective_on]
    for id in dict.fromkeys(one.delegation_id for one in lasting):
        of_one = [one for one in lasting if one.delegation_id == id]
        yield words_of.DelegationEnded(
            delegation_id=id,
            from_name=authority.name,
            to_person_id=of_one[0].to_person_id,
            to_name=of_one[0].to_name,
            roles=tuple(one.role for one in of_one),
            last_day=day_before(effective_on),
            effective_on=effective_on,
        )
