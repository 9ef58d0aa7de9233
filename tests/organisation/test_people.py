"""The rules of people and what they hold: one main post a day, others beside it, and nothing after they left."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from contracts import organisation as words

if TYPE_CHECKING:
    from tests.organisation.decider import Desk

SPRING, SUMMER, AUTUMN = date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1)
NOBODY = "0" * 32


def counting(desk: "Desk", person: str, headcount: str, on: date = SUMMER) -> words.ChangeHeadcountKind:
    return words.ChangeHeadcountKind(person_id=person, headcount=headcount, **desk.change(effective_on=on))


def returning(desk: "Desk", person: str, on: date) -> words.RecordReturn:
    return words.RecordReturn(person_id=person, **desk.change(effective_on=on))


# --- what is known of them ------------------------------------------------------------------------------------------


def test_a_person_is_entered_with_what_is_known(desk: "Desk") -> None:
    command = words.RegisterPerson(name="Lê Thị Lan", headcount="civil_servant", account="user:lan", phone="0912 345")
    outcome = desk.when(command)
    outcome.then(
        words.PersonRegistered(name="Lê Thị Lan", headcount="civil_servant", account="user:lan", phone="0912 345"),
        words.AccountTaken(account="user:lan", person_id=outcome.id),
    )


def test_an_account_is_one_persons_for_ever_however_it_is_written(desk: "Desk") -> None:
    lan, other = desk.person(account="user:lan"), desk.person()
    desk.when(desk.registering(account="user:LAN")).refused(words.ACCOUNT_TAKEN, "account")
    desk.when(words.CorrectPerson(person_id=other, account="user:lan")).refused(words.ACCOUNT_TAKEN, "account")
    desk.has(words.CorrectPerson(person_id=lan, account="user:lan.le"))
    desk.when(words.CorrectPerson(person_id=other, account="user:lan")).refused(words.ACCOUNT_TAKEN, "account")
    desk.has(words.CorrectPerson(person_id=lan, account="user:lan"))


def test_what_is_left_out_of_a_correction_stays_as_it_was(desk: "Desk") -> None:
    lan = desk.person(name="Lê Thị Lan", education="Đại học")
    correcting = words.CorrectPerson(person_id=lan, name="Lê Thị Lân")
    corrected = desk.when(correcting).one(words.PersonCorrected)
    assert (corrected.former_name, corrected.name, corrected.education) == ("Lê Thị Lan", "Lê Thị Lân", "Đại học")
    desk.when(correcting).nothing()
    desk.when(words.CorrectPerson(person_id=NOBODY)).refused(words.PERSON_UNKNOWN, "person_id")


def test_a_contract_worker_becomes_a_civil_servant_from_a_day_on(boards: "Desk") -> None:
    person = boards.person(headcount="contract")
    changed = boards.when(counting(boards, person, "civil_servant")).one(words.HeadcountKindChanged)
    assert (changed.former_headcount, changed.headcount) == ("contract", "civil_servant")
    boards.when(counting(boards, person, "civil_servant")).nothing()
    earlier = counting(boards, person, "public_employee", SPRING)
    boards.when(earlier).refused(words.COUNTED_LATER, "effective_on")
    boards.when(boards.appointing(person, "btctu--cv", until=date(2026, 6, 30))).warns("headcount-mismatch")
    boards.when(boards.appointing(person, "btctu--cv", effective_on=SUMMER)).warns()


# --- appointed ------------------------------------------------------------------------------------------------------


def test_an_appointment_is_of_the_person_and_of_the_post_at_once(boards: "Desk") -> None:
    person = boards.person()
    outcome = boards.when(boards.appointing(person, "btctu--cv"))
    fact = outcome.one(words.PersonAppointed)
    assert (fact.post_title, fact.unit_code, fact.unit_name, fact.holders, fact.norm) == (
        "Chuyên viên cv",
        "BTCTU",
        "Đơn vị BTCTU",
        1,
        2,
    )
    assert outcome.one(words.PostTaken).person_id == person
    boards.when(boards.appointing(person, "btctu--cv")).nothing()


def test_a_person_has_one_main_post_a_day_and_is_told_what_is_in_the_way(boards: "Desk") -> None:
    person = boards.person()
    boards.has(boards.appointing(person, "btctu--cv", effective_on=SPRING))
    said = boards.when(boards.appointing(person, "vptu--cv", effective_on=SUMMER)).refused(
        words.MAIN_POST_HELD, "effective_on"
    )
    assert "Chuyên viên cv (Đơn vị BTCTU) từ 01/04/2026 đến …" in said
    earlier = boards.appointing(person, "vptu--cv", effective_on=date(2026, 1, 1))
    boards.when(earlier).refused(words.MAIN_POST_HELD, "effective_on")
    boards.has(boards.appointing(person, "vptu--cv", until=date(2026, 3, 31)))


def test_a_person_does_not_hold_a_post_twice_at_once(boards: "Desk") -> None:
    person = boards.person()
    boards.has(boards.appointing(person, "btctu--cv"))
    again = boards.appointing(person, "btctu--cv", kind="acting")
    boards.when(again).refused(words.POST_HELD_ALREADY, "effective_on")


def test_concurrent_duty_is_beside_a_main_post(boards: "Desk") -> None:
    person = boards.person()
    beside = boards.appointing(person, "vptu--cv", kind="concurrent", effective_on=SPRING)
    boards.when(beside).refused(words.MAIN_POST_NEEDED, "kind")
    boards.has(boards.appointing(person, "btctu--cv"), beside)
    boards.has(boards.appointing(person, "p-th--cv", kind="secondment", until=date(2026, 12, 31)))


def test_no_more_people_than_the_most_hold_a_post_on_any_day(boards: "Desk") -> None:
    for since in (SPRING, SUMMER, AUTUMN):
        boards.has(boards.appointing(boards.person(), "btctu--cv", effective_on=since))
    late = boards.person()
    said = boards.when(boards.appointing(late, "btctu--cv")).refused(words.POST_FULL, "post_id")
    assert "01/10/2026" in said
    boards.has(boards.appointing(late, "btctu--cv", until=date(2026, 9, 30)))


def test_who_acts_stands_in_for_a_holder_and_needs_no_room_beside(boards: "Desk") -> None:
    boards.has(boards.leading("btctu"), boards.appointing(boards.person(), "btctu--truong"))
    boards.has(boards.appointing(boards.person(), "btctu--truong", kind="acting"))
    boards.when(boards.appointing(boards.person(), "btctu--truong")).refused(words.POST_FULL, "post_id")
    second = boards.appointing(boards.person(), "btctu--truong", kind="acting")
    boards.when(second).refused(words.POST_FULL, "post_id")


def test_a_post_above_its_norm_is_warned_of(boards: "Desk") -> None:
    for _ in range(2):
        boards.when(boards.appointing(boards.person(), "btctu--cv")).warns()
    boards.when(boards.appointing(boards.person(), "btctu--cv")).warns("post-above-norm")


def test_days_that_contradict_each_other_are_refused(boards: "Desk") -> None:
    backwards = boards.appointing(boards.person(), "btctu--cv", until=date(2025, 12, 31))
    boards.when(backwards).refused(words.ENDS_BEFORE_BEGINNING, "until")


# --- released -------------------------------------------------------------------------------------------------------


def test_the_effective_day_of_a_release_is_the_first_without_the_post(boards: "Desk") -> None:
    person = boards.person()
    boards.has(boards.appointing(person, "btctu--cv"))
    ended = boards.when(boards.ending(person, "btctu--cv"))
    assert ended.one(words.AppointmentEnded).last_day == date(2026, 12, 31)
    ended.warns("post-below-minimum")
    boards.when(boards.ending(person, "btctu--cv")).nothing()
    boards.when(boards.ending(person, "btctu--cv", effective_on=date(2027, 2, 1))).refused(
        words.POST_NOT_HELD, "post_id"
    )
    boards.when(boards.ending(NOBODY, "btctu--cv")).refused(words.PERSON_UNKNOWN, "person_id")


def test_an_appointment_called_off_on_its_first_day_was_never_held(boards: "Desk") -> None:
    person = boards.person()
    boards.has(boards.appointing(person, "btctu--cv", effective_on=desk_day(boards)))
    outcome = boards.when(boards.ending(person, "btctu--cv"))
    assert outcome.one(words.AppointmentCancelled).since == desk_day(boards)
    assert boards.scenario.states["post", "btctu--cv"].holders == ()


def desk_day(desk: "Desk") -> date:
    return desk.NEW_YEAR


def test_a_known_last_day_can_be_brought_forward(boards: "Desk") -> None:
    person = boards.person()
    boards.has(boards.appointing(person, "btctu--cv", until=date(2027, 6, 30)))
    assert boards.when(boards.ending(person, "btctu--cv")).one(words.AppointmentEnded).last_day == date(2026, 12, 31)


# --- leaving and returning ------------------------------------------------------------------------------------------


def test_who_leaves_holds_nothing_from_the_day_on(boards: "Desk") -> None:
    person = boards.person(account="user:lan")
    boards.has(
        boards.appointing(person, "btctu--cv"),
        boards.appointing(person, "vptu--cv", kind="concurrent"),
        boards.appointing(person, "p-th--cv", kind="secondment", effective_on=date(2027, 3, 1)),
        boards.granting(person),
    )
    leaving = boards.leaving(person, "btctu--cv", "vptu--cv", "p-th--cv")
    outcome = boards.when(leaving)
    assert outcome.one(words.PersonDeparted).last_day == date(2026, 12, 31)
    assert len(outcome.all(words.AppointmentEnded)) == 2
    assert len(outcome.all(words.AppointmentCancelled)) == 1
    assert outcome.one(words.RoleRevoked).role == "clerk"
    boards.when(leaving).nothing()


@pytest.mark.parametrize("named", [(), ("btctu--cv", "vptu--cv")])
def test_a_departure_names_exactly_the_posts_that_are_held(boards: "Desk", named: tuple[str, ...]) -> None:
    person = boards.person()
    boards.has(boards.appointing(person, "btctu--cv"))
    said = boards.when(boards.leaving(person, *named)).refused(words.POSTS_TO_NAME, "post_ids")
    assert "btctu--cv" in said
    boards.when(boards.leaving(person, "btctu--cv", "btctu--cv")).refused(words.POST_NAMED_TWICE, "post_ids")


def test_who_left_is_not_appointed_until_they_return(boards: "Desk") -> None:
    person = boards.person()
    boards.has(boards.leaving(person, effective_on=SPRING))
    boards.when(boards.appointing(person, "btctu--cv", effective_on=SUMMER)).refused(words.PERSON_AWAY, "person_id")
    boards.when(boards.leaving(person, effective_on=SUMMER)).refused(words.PERSON_AWAY, "person_id")
    boards.has(boards.appointing(person, "btctu--cv", until=date(2026, 3, 31)))
    assert boards.when(returning(boards, person, AUTUMN)).one(words.PersonReturned).effective_on == AUTUMN
    boards.when(returning(boards, person, AUTUMN)).nothing()
    boards.when(boards.appointing(person, "btctu--cv", effective_on=SUMMER)).refused(words.PERSON_AWAY, "person_id")
    boards.has(boards.appointing(person, "btctu--cv", effective_on=AUTUMN))


def test_only_who_left_returns_and_after_they_left(boards: "Desk") -> None:
    person = boards.person()
    boards.when(returning(boards, person, SUMMER)).refused(words.NOT_AWAY, "person_id")
    boards.has(boards.leaving(person, effective_on=SUMMER))
    boards.when(returning(boards, person, SPRING)).refused(words.NOT_AWAY, "person_id")
    boards.when(returning(boards, person, SUMMER)).refused(words.NOT_AWAY, "person_id")
