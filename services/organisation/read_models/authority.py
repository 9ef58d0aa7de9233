"""What may everybody do on a day, by grant or by delegation, and what may an account?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from contracts.base import Actor, Page
from contracts.organisation import AuthorityRow, AuthorityView, GetAccountAuthority, Grantable, ListAuthority
from services.organisation.read_models.delegations import DELEGATIONS
from services.organisation.read_models.finding import name_order
from services.organisation.read_models.grants import GRANTS
from services.organisation.read_models.people import EVERYBODY, PEOPLE, WHOSE_ACCOUNT
from services.organisation.read_models.staff import departures_on
from services.organisation.read_models.turns import TURNS, turns_until
from services.organisation.read_models.unit_states import ALL_UNITS, UNIT_STATES
from services.organisation.read_models.units_on_a_day import Units
from services.runtime.gathering import Gathering, OnADay, Place, Record, Rows, page
from services.runtime.manifest import QueryRule

ROLES: tuple[Grantable, ...] = get_args(Grantable)
_MODELS = (GRANTS, DELEGATIONS, PEOPLE, TURNS, UNIT_STATES)
_OWNER = f'SELECT person_id FROM "{PEOPLE.table}" WHERE {WHOSE_ACCOUNT}'
_TO_OWNER = f'FROM "{DELEGATIONS.table}" WHERE to_person_id IN ({_OWNER})'
_CONCERNED = f"person_id IN ({_OWNER} UNION SELECT from_person_id {_TO_OWNER})"
_FOR_UNITS = (
    f'unit_id IN (SELECT unit_id FROM "{GRANTS.table}" WHERE person_id IN ({_OWNER}) UNION SELECT unit_id {_TO_OWNER})'
)


def _rows(day: date) -> tuple[Rows, ...]:
    granted = Rows(GRANTS, "since <= $1 AND (until IS NULL OR until >= $1)", (day,))
    delegated = Rows(DELEGATIONS, "since <= $1 AND $1 <= ANY (last_days)", (day,))
    return granted, delegated, EVERYBODY, turns_until(day), ALL_UNITS


def _rows_of(account: str, day: date) -> tuple[Rows, ...]:
    """Return what belongs to an account: its owner and who delegates to them, and the units they speak for."""
    granted = f"person_id IN ({_OWNER}) AND since <= $2 AND (until IS NULL OR until >= $2)"
    delegated = f"to_person_id IN ({_OWNER}) AND since <= $2 AND $2 <= ANY (last_days)"
    return (
        Rows(GRANTS, granted, (account, day)),
        Rows(DELEGATIONS, delegated, (account, day)),
        Rows(PEOPLE, _CONCERNED, (account,)),
        Rows(TURNS, f"{_CONCERNED} AND effective_on <= $2", (account, day)),
        Rows(UNIT_STATES, _FOR_UNITS, (account,)),
    )


def _list(query: ListAuthority, actor: Actor) -> OnADay:
    def gather(day: date) -> Gathering:
        def build(*rows: Sequence[Record]) -> Page[AuthorityRow]:
            wanted = (row for row in authority_rows(day, *rows) if _asked(query, row))
            return page(query, wanted, _place)

        return Gathering(_rows(day), build)

    return OnADay(query, query.on, gather)


def _asked(query: ListAuthority, row: AuthorityRow) -> bool:
    return (
        query.person_id in (None, row.person_id)
        and query.role in (None, row.role)
        and query.unit_id in (None, row.unit_id)
        and query.by in (None, row.by)
    )


def _place(row: AuthorityRow) -> Place:
    since = row.since.isoformat()
    return name_order(row.name), row.person_id, ROLES.index(row.role), since, row.delegation_id or ""


def _get(query: GetAccountAuthority, actor: Actor) -> OnADay:
    def gather(day: date) -> Gathering:
        def build(*rows: Sequence[Record]) -> AuthorityView:
            asked = query.account.casefold()
            person = next((one for one in rows[2] if (one["account"] or "").casefold() == asked), None)
            held = authority_rows(day, *rows) if person else iter(())
            rests_on = sorted((row for row in held if person and row.person_id == person["person_id"]), key=_own_first)
            return AuthorityView(
                account=query.account,
                on=day,
                person_id=person["person_id"] if person else None,
                name=person["name"] if person else None,
                roles=tuple(role for role in ROLES if any(row.role == role for row in rests_on)),
                board=next((row.unit_code for row in rests_on if row.role == "board"), None),
                rests_on=tuple(rests_on),
            )

        return Gathering(_rows_of(query.account, day), build)

    return OnADay(query, query.on, gather)


def _own_first(row: AuthorityRow) -> tuple[bool, Place]:
    """What is granted comes before what is delegated: who speaks for a board does so for their own."""
    return row.by == "delegation", _place(row)


def authority_rows(
    day: date,
    grants: Sequence[Record],
    delegations: Sequence[Record],
    people: Sequence[Record],
    turns: Sequence[Record],
    unit_states: Sequence[Record],
) -> Iterator[AuthorityRow]:
    """Yield every role somebody has on the day: of people who work here, and for boards that stand."""
    holding = _Holding(
        day, {one["person_id"]: one for one in people}, departures_on(day, turns), Units(unit_states, day)
    )
    for grant in grants:
        if grant["since"] <= day and (grant["until"] is None or grant["until"] >= day):
            yield from holding.row(grant, grant["person_id"], grant["name"], grant["role"], grant["until"], {})
    for given in delegations:
        by = {
            "by": "delegation",
            "from_name": holding.name(given["from_person_id"], given["from_name"]),
            "from_person_id": given["from_person_id"],
            "matter": given["matter"],
            "delegation_id": given["delegation_id"],
        }
        for role, last_day in zip(given["roles"], given["last_days"], strict=True):
            if given["since"] <= day <= last_day and given["from_person_id"] not in holding.departed:
                yield from holding.row(given, given["to_person_id"], given["to_name"], role, last_day, by)


@dataclass(frozen=True)
class _Holding:
    """Who and what is there on the day."""

    day: date
    people: Mapping[str, Record]
    departed: Mapping[str, date]
    units: Units

    def name(self, person_id: str, otherwise: str) -> str:
        person = self.people.get(person_id)
        return str(person["name"]) if person else otherwise

    def row(
        self, record: Record, person_id: str, name: str, role: Grantable, until: date | None, by: dict[str, Any]
    ) -> Iterator[AuthorityRow]:
        """Yield a role as somebody has it; nothing for who has left, and for a board that does not stand."""
        unit_id = record["unit_id"] if role == "board" else None
        if person_id in self.departed or (unit_id is not None and unit_id in self.units.gone):
            return
        person = self.people.get(person_id)
        usual = {"by": "grant", "from_name": None, "from_person_id": None, "matter": None, "delegation_id": None}
        unit = self.units.get(unit_id)
        yield AuthorityRow.model_validate(
            {
                **usual,
                **by,
                "name": self.name(person_id, name),
                "account": person["account"] if person else None,
                "role": role,
                "unit_name": unit.name if unit else None,
                "since": record["since"],
                "until": until,
                "decision_number": record["decision_number"],
                "person_id": person_id,
                "unit_id": unit_id,
                "unit_code": record["unit_code"] if unit_id else None,
            }
        )


LIST_AUTHORITY = QueryRule(ListAuthority, _MODELS, _list)
GET_ACCOUNT_AUTHORITY = QueryRule(GetAccountAuthority, _MODELS, _get)
