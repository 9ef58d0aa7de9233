"""The rules of focal contacts, roles and delegation: who answers for what, and who may do what, on which day."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from contracts import organisation as words

if TYPE_CHECKING:
    from tests.organisation.decider import Desk

DECEMBER, CHRISTMAS = date(2026, 12, 1), date(2026, 12, 25)


def withdrawing(on: date, unit_id: str = "btctu") -> words.WithdrawContact:
    return words.WithdrawContact(unit_id=unit_id, line="clerical", effective_on=on)


# --- contacts -------------------------------------------------------------------------------------------------------


def test_a_board_has_one_contact_and_one_substitute_for_a_line(boards: "Desk") -> None:
    lan, minh = boards.person(name="Lê Thị Lan"), boards.person(name="Trần Văn Minh")
    boards.when(boards.naming(lan, substitute_id=minh)).then(
        words.ContactNamed(
            unit_id="btctu",
            unit_code="BTCTU",
            unit_name="Đơn vị BTCTU",
            line="clerical",
            person_id=lan,
            person_name="Lê Thị Lan",
            substitute_id=minh,
            substitute_name="Trần Văn Minh",
            effective_on=DECEMBER,
        )
    )
    boards.when(boards.naming(lan, substitute_id=minh)).nothing()
    boards.when(boards.naming(lan, substitute_id=lan)).refused(words.SUBSTITUTE_IS_ANOTHER, "substitute_id")


def test_who_is_named_later_takes_the_place_from_that_day_on(boards: "Desk") -> None:
    lan, minh = boards.person(), boards.person()
    boards.has(boards.naming(lan), boards.naming(minh, effective_on=CHRISTMAS))
    namings = boards.scenario.states["contact", "btctu--clerical"].namings
    assert [(one.person_id, one.since, one.until) for one in namings] == [
        (lan, DECEMBER, date(2026, 12, 24)),
        (minh, CHRISTMAS, None),
    ]
    boards.when(boards.naming(lan, effective_on=DECEMBER)).refused(words.CONTACT_NAMED_LATER, "effective_on")


def test_a_contact_works_here_and_the_board_is_there(boards: "Desk") -> None:
    lan = boards.person()
    boards.has(boards.leaving(lan))
    boards.when(boards.naming(lan)).refused(words.PERSON_AWAY, "person_id")
    boards.has(boards.naming(lan, until=date(2026, 12, 31)))
    boards.when(boards.naming(boards.person(), substitute_id="f" * 32)).refused(words.PERSON_UNKNOWN, "substitute_id")
    boards.when(boards.naming(boards.person(), unit_id="xx")).refused(words.UNIT_UNKNOWN, "unit_id")


def test_a_contact_ends_from_a_day_on(boards: "Desk") -> None:
    boards.when(withdrawing(CHRISTMAS)).refused(words.NO_CONTACT, "line")
    boards.has(boards.naming(boards.person(name="Lê Thị Lan")))
    assert boards.when(withdrawing(CHRISTMAS)).one(words.ContactWithdrawn).person_name == "Lê Thị Lan"
    boards.when(withdrawing(CHRISTMAS)).nothing()
    boards.when(withdrawing(date(2027, 2, 1))).refused(words.NO_CONTACT, "line")


def test_a_board_names_its_own_contacts_and_the_office_names_everybodys(
    boards: "Desk", speaker: Callable[..., Any]
) -> None:
    lan, own, other = boards.person(), speaker("board", board="BTCTU"), speaker("board", board="BNCTU")
    boards.when(boards.naming(lan), actor=other).refused(words.CONTACT_OF_ANOTHER_BOARD, "unit_id")
    boards.when(boards.naming(lan), actor=own).accepted()
    boards.when(withdrawing(CHRISTMAS), actor=other).refused(words.CONTACT_OF_ANOTHER_BOARD, "unit_id")
    boards.when(withdrawing(CHRISTMAS), actor=speaker("leader")).accepted()


# --- roles ----------------------------------------------------------------------------------------------------------


def test_a_role_is_granted_from_a_day_on(boards: "Desk") -> None:
    lan = boards.person(name="Lê Thị Lan", account="user:lan")
    granted = boards.when(boards.granting(lan, until=date(2026, 12, 31)))
    fact = granted.one(words.RoleGranted)
    assert (fact.name, fact.account, fact.role, fact.until) == ("Lê Thị Lan", "user:lan", "clerk", date(2026, 12, 31))
    granted.warns()
    boards.when(boards.granting(lan, until=date(2026, 12, 31))).nothing()
    boards.when(boards.granting(lan)).refused(words.ROLE_HELD, "role")
    boards.has(boards.granting(lan, effective_on=date(2027, 1, 1)))


@pytest.mark.parametrize(("role", "unit_id"), [("board", None), ("clerk", "btctu")])
def test_a_boards_role_is_for_a_unit_and_no_other_role_is(boards: "Desk", role: str, unit_id: str | None) -> None:
    granting = boards.granting(boards.person(), role=role, unit_id=unit_id)
    boards.when(granting).refused(words.ROLE_AND_UNIT, "unit_id")


def test_a_person_speaks_for_one_board_at_a_time(boards: "Desk") -> None:
    lan = boards.person(account="user:lan")
    assert boards.when(boards.granting(lan, role="board", unit_id="btctu")).one(words.RoleGranted).unit_code == "BTCTU"
    boards.when(boards.granting(lan, role="board", unit_id="vptu")).refused(words.ROLE_HELD, "role")
    boards.when(boards.granting(boards.person(), role="board", unit_id="xx")).refused(words.UNIT_UNKNOWN, "unit_id")


def test_who_administers_and_also_leads_is_warned_of_and_so_is_who_has_no_account(boards: "Desk") -> None:
    lan = boards.person(account="user:lan")
    boards.when(boards.granting(lan, role="administrator")).warns()
    boards.when(boards.granting(lan, role="leader")).warns("duties-not-separated")
    boards.when(boards.granting(boards.person())).warns("no-account-yet")


def test_a_role_is_revoked_from_a_day_on_with_all_that_comes_later(boards: "Desk") -> None:
    lan = boards.person()
    boards.has(boards.granting(lan, until=date(2027, 1, 31)), boards.granting(lan, effective_on=date(2027, 3, 1)))
    revoked = boards.when(boards.revoking(lan)).all(words.RoleRevoked)
    assert [(event.since, event.last_day) for event in revoked] == [
        (date(2026, 1, 1), date(2026, 12, 31)),
        (date(2027, 3, 1), date(2026, 12, 31)),
    ]
    boards.when(boards.revoking(lan)).nothing()
    boards.when(boards.revoking(lan, role="leader")).refused(words.ROLE_NOT_HELD, "role")
    boards.when(boards.revoking("f" * 32)).refused(words.PERSON_UNKNOWN, "person_id")


# --- delegation -----------------------------------------------------------------------------------------------------


def leaders(desk: "Desk") -> tuple[str, str]:
    chief, deputy = desk.person(name="Trần Văn Minh", account="user:minh"), desk.person(name="Lê Thị Lan")
    desk.has(desk.granting(chief, role="leader"))
    return chief, deputy


def withdrawn(chief: str, deputy: str, on: date) -> words.WithdrawDelegation:
    return words.WithdrawDelegation(from_person_id=chief, to_person_id=deputy, effective_on=on)


def test_a_leader_lets_another_act_for_a_while(boards: "Desk") -> None:
    chief, deputy = leaders(boards)
    delegating = boards.delegating(chief, deputy, matter="Ký văn bản thường kỳ")
    fact = boards.when(delegating).one(words.AuthorityDelegated)
    assert (fact.from_name, fact.to_name, fact.roles, fact.until) == (
        "Trần Văn Minh",
        "Lê Thị Lan",
        ("leader",),
        date(2026, 12, 31),
    )
    boards.when(delegating).nothing()
    longer = boards.delegating(chief, deputy, until=date(2027, 1, 5))
    boards.when(longer).refused(words.DELEGATED_ALREADY, "roles")


def test_only_a_role_held_on_all_those_days_is_delegated(boards: "Desk") -> None:
    chief, deputy = leaders(boards)
    boards.when(boards.delegating(chief, deputy, roles=("leader", "clerk"))).refused(words.ROLE_NOT_HELD, "roles")
    boards.has(boards.granting(chief, until=date(2026, 12, 28)))
    said = boards.when(boards.delegating(chief, deputy, roles=("clerk",))).refused(words.ROLE_NOT_HELD, "roles")
    assert "29/12/2026" in said
    boards.has(boards.granting(chief, effective_on=date(2026, 12, 29)))
    boards.has(boards.delegating(chief, deputy, roles=("clerk",)))


def test_the_unit_of_a_boards_role_goes_with_it(boards: "Desk") -> None:
    chief, deputy = leaders(boards)
    boards.has(boards.granting(chief, role="board", unit_id="btctu", until=date(2026, 12, 27)))
    boards.has(boards.granting(chief, role="board", unit_id="vptu", effective_on=date(2026, 12, 28)))
    both = boards.delegating(chief, deputy, roles=("board",))
    boards.when(both).refused(words.ROLE_NOT_HELD, "roles")
    first = boards.delegating(chief, deputy, roles=("board",), until=date(2026, 12, 27))
    assert boards.when(first).one(words.AuthorityDelegated).unit_code == "BTCTU"


def test_nobody_delegates_to_themselves_or_passes_on_what_was_delegated_to_them(boards: "Desk") -> None:
    chief, deputy = leaders(boards)
    boards.when(boards.delegating(chief, chief)).refused(words.TO_ONESELF, "to_person_id")
    boards.has(boards.delegating(chief, deputy))
    boards.when(boards.delegating(deputy, boards.person())).refused(words.ROLE_NOT_HELD, "roles")


def test_a_leader_delegates_only_what_is_theirs_and_an_administrator_enters_anybodys(
    boards: "Desk", speaker: Callable[..., Any]
) -> None:
    chief, deputy = leaders(boards)
    own, other = speaker("leader", id="user:minh"), speaker("leader", id="user:hung")
    boards.when(boards.delegating(chief, deputy), actor=other).refused(words.NOT_YOURS_TO_DELEGATE, "from_person_id")
    boards.when(boards.delegating(chief, deputy), actor=own).accepted()
    ending = withdrawn(chief, deputy, date(2026, 12, 28))
    boards.when(ending, actor=other).refused(words.NOT_YOURS_TO_DELEGATE, "from_person_id")
    boards.when(ending, actor=own).accepted()


def test_a_delegation_ends_before_its_last_day(boards: "Desk") -> None:
    chief, deputy = leaders(boards)
    boards.when(withdrawn(chief, deputy, CHRISTMAS)).refused(words.NOTHING_DELEGATED, "to_person_id")
    boards.has(boards.delegating(chief, deputy))
    ended = boards.when(withdrawn(chief, deputy, date(2026, 12, 28))).one(words.DelegationEnded)
    assert (ended.to_person_id, ended.roles, ended.last_day) == (deputy, ("leader",), date(2026, 12, 27))
    boards.when(withdrawn(chief, deputy, date(2026, 12, 28))).nothing()
    boards.has(boards.delegating(chief, deputy, effective_on=date(2026, 12, 28)))


def test_what_was_delegated_ends_with_the_role_it_rests_on(boards: "Desk") -> None:
    chief, deputy = leaders(boards)
    boards.has(boards.granting(chief), boards.delegating(chief, deputy, roles=("leader", "clerk")))
    cut = boards.when(boards.revoking(chief, role="leader", effective_on=date(2026, 12, 28)))
    assert (cut.one(words.DelegationEnded).roles, cut.one(words.DelegationEnded).last_day) == (
        ("leader",),
        date(2026, 12, 27),
    )
    left = boards.when(boards.leaving(chief, effective_on=date(2026, 12, 30)))
    assert left.one(words.DelegationEnded).roles == ("clerk",)


def test_both_must_work_here_for_as_long_as_the_delegation_lasts(boards: "Desk") -> None:
    chief, deputy = leaders(boards)
    boards.has(boards.leaving(deputy, effective_on=date(2026, 12, 30)))
    boards.when(boards.delegating(chief, deputy)).refused(words.PERSON_AWAY, "to_person_id")


# --- the last day and the first -------------------------------------------------------------------------------------


def test_a_contact_whose_last_day_is_the_first_of_the_next_gives_way_the_day_before(boards: "Desk") -> None:
    boards.has(boards.naming(boards.person(), until=CHRISTMAS), boards.naming(boards.person(), effective_on=CHRISTMAS))
    assert boards.scenario.states["contact", "btctu--clerical"].namings[0].until == date(2026, 12, 24)
