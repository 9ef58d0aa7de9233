"""The rules of transfers: a numbered list, agreed and then carried out for everybody at once, whose totals add up."""

from datetime import date
from typing import TYPE_CHECKING

from contracts import organisation as words

if TYPE_CHECKING:
    from tests.organisation.decider import Desk


def amending(transfer: str, *lines: tuple[str, str]) -> words.AmendTransfer:
    made = tuple(words.TransferLine(person_id=person, to_post_id=post) for person, post in lines)
    return words.AmendTransfer(transfer_id=transfer, lines=made)


def cancelling(transfer: str) -> words.CancelTransfer:
    return words.CancelTransfer(transfer_id=transfer, reason="Chưa thống nhất.")


def in_post(desk: "Desk", post: str) -> str:
    person = desk.person()
    desk.has(desk.appointing(person, post))
    return person


def test_a_list_gets_the_next_number_of_its_year_and_says_who_comes_from_where(boards: "Desk") -> None:
    first, second = in_post(boards, "btctu--cv"), in_post(boards, "vptu--cv")
    newcomer = boards.person()
    lines = ((first, "p-th--cv"), (second, "p-th--cv"), (newcomer, "vptu--cv"))
    prepared = boards.when(boards.preparing(*lines)).one(words.TransferPrepared)
    assert (prepared.number, prepared.year, prepared.people) == (1, 2026, 3)
    assert [(total.unit_code, total.people) for total in prepared.sources] == [("BTCTU", 1), ("VPTU", 1), (None, 1)]
    assert [(total.unit_code, total.people) for total in prepared.targets] == [("P-TH", 2), ("VPTU", 1)]
    assert prepared.lines[0].from_post_title == "Chuyên viên cv"
    assert boards.when(boards.preparing((newcomer, "vptu--cv"))).one(words.TransferPrepared).number == 2


def test_thirty_people_of_five_boards_change_posts_on_one_day(desk: "Desk") -> None:
    desk.has(desk.establishing("VPTU", kind="office"))
    targets = [f"p{number}--cv" for number in range(3)]
    for number in range(3):
        desk.has(
            desk.establishing(f"P{number}", kind="division", parent_id="vptu"),
            desk.creating(f"p{number}", "cv", norm=10, maximum=10),
        )
    for board in range(5):
        desk.has(desk.establishing(f"B{board}"), desk.creating(f"b{board}", "cv", maximum=6))
    people = [in_post(desk, f"b{number % 5}--cv") for number in range(30)]
    lines = [(person, targets[number % 3]) for number, person in enumerate(people)]
    transfer = desk.when(desk.preparing(*lines)).id
    outcome = desk.when(desk.carrying(transfer))
    done = outcome.one(words.TransferCarriedOut)
    assert [total.people for total in done.sources] == [6] * 5
    assert [total.people for total in done.targets] == [10] * 3
    assert sum(total.people for total in done.sources) == sum(total.people for total in done.targets) == done.people
    assert len(outcome.all(words.AppointmentEnded)) == len(outcome.all(words.PersonAppointed)) == 30
    assert {event.transfer_id for event in outcome.all(words.PersonAppointed)} == {transfer}
    desk.when(desk.carrying(transfer)).nothing()


def test_a_batch_of_two_hundred_is_one_decision(desk: "Desk") -> None:
    desk.has(desk.establishing("A"), desk.establishing("B"), desk.creating("b", "cv", maximum=200))
    people = []
    for number in range(200):
        desk.has(desk.creating("a", f"cv{number}"))
        people.append(in_post(desk, f"a--cv{number}"))
    transfer = desk.when(desk.preparing(*((person, "b--cv") for person in people))).id
    assert len(desk.when(desk.carrying(transfer)).all(words.PersonAppointed)) == 200


def test_two_people_exchange_posts_that_have_room_for_one(boards: "Desk") -> None:
    boards.has(boards.leading("btctu"), boards.leading("vptu"))
    first, second = in_post(boards, "btctu--truong"), in_post(boards, "vptu--truong")
    transfer = boards.when(boards.preparing((first, "vptu--truong"), (second, "btctu--truong"))).id
    assert len(boards.when(boards.carrying(transfer)).all(words.PersonAppointed)) == 2


def test_everybody_changes_posts_or_nobody_does(boards: "Desk") -> None:
    people = [in_post(boards, "p-th--cv") for _ in range(4)]
    transfer = boards.when(boards.preparing(*((person, "btctu--cv") for person in people))).id
    before = dict(boards.scenario.states)
    boards.when(boards.carrying(transfer)).refused(words.POST_FULL, "lines")
    assert boards.scenario.states == before
    boards.has(amending(transfer, *((person, "btctu--cv") for person in people[:3])))
    boards.has(boards.carrying(transfer))


def test_what_is_carried_out_is_what_was_agreed(boards: "Desk") -> None:
    first, second = in_post(boards, "btctu--cv"), in_post(boards, "btctu--cv")
    transfer = boards.when(boards.preparing((first, "vptu--cv"), (second, "vptu--cv"))).id
    old_list = boards.carrying(transfer)
    boards.has(amending(transfer, (first, "vptu--cv")))
    boards.when(old_list).refused(words.TRANSFER_LIST_DIFFERS, "lines")
    boards.when(amending(transfer, (first, "vptu--cv"))).nothing()


def test_a_list_overtaken_by_another_change_is_amended_first(boards: "Desk") -> None:
    person = in_post(boards, "btctu--cv")
    transfer = boards.when(boards.preparing((person, "vptu--cv"))).id
    boards.has(boards.ending(person, "btctu--cv", effective_on=date(2026, 12, 1)))
    boards.has(boards.appointing(person, "p-th--cv", effective_on=date(2026, 12, 1)))
    boards.when(boards.carrying(transfer)).refused(words.TRANSFER_OVERTAKEN, "lines")
    amended = boards.when(amending(transfer, (person, "vptu--cv"))).one(words.TransferAmended)
    assert (amended.number, amended.sources[0].unit_code) == (1, "P-TH")
    boards.has(boards.carrying(transfer))


def test_what_is_beside_the_main_post_stays_through_a_transfer(boards: "Desk") -> None:
    person = in_post(boards, "btctu--cv")
    boards.has(boards.appointing(person, "p-th--cv", kind="concurrent"))
    transfer = boards.when(boards.preparing((person, "vptu--cv"))).id
    assert [event.post_id for event in boards.when(boards.carrying(transfer)).all(words.AppointmentEnded)] == [
        "btctu--cv"
    ]


def test_a_post_already_promised_stands_in_the_way(boards: "Desk") -> None:
    person = in_post(boards, "btctu--cv")
    boards.has(boards.ending(person, "btctu--cv"))
    boards.has(boards.appointing(person, "p-th--cv", effective_on=date(2027, 3, 1)))
    transfer = boards.when(boards.preparing((person, "vptu--cv"))).id
    boards.when(boards.carrying(transfer)).refused(words.MAIN_POST_HELD, "lines")


def test_a_person_is_on_a_list_once_and_goes_somewhere(boards: "Desk") -> None:
    person = in_post(boards, "btctu--cv")
    boards.when(boards.preparing((person, "vptu--cv"), (person, "p-th--cv"))).refused(words.PERSON_NAMED_TWICE, "lines")
    boards.when(boards.preparing((person, "btctu--cv"))).refused(words.TRANSFER_GOES_NOWHERE, "lines")
    boards.when(boards.preparing((person, "btctu--xx"))).refused(words.POST_UNKNOWN, "lines")
    boards.when(boards.preparing(("f" * 32, "vptu--cv"))).refused(words.PERSON_UNKNOWN, "lines")


def test_a_batch_that_was_carried_out_or_dropped_stays_as_it_is(boards: "Desk") -> None:
    person = in_post(boards, "btctu--cv")
    done = boards.when(boards.preparing((person, "vptu--cv"))).id
    dropped = boards.when(boards.preparing((person, "p-th--cv"))).id
    boards.has(boards.carrying(done))
    assert boards.when(cancelling(dropped)).one(words.TransferCancelled).number == 2
    boards.when(amending(done, (person, "p-th--cv"))).refused(words.TRANSFER_DONE)
    boards.when(cancelling(done)).refused(words.TRANSFER_DONE)
    boards.when(cancelling(dropped)).refused(words.TRANSFER_CANCELLED)
    boards.when(boards.carrying(dropped)).refused(words.TRANSFER_CANCELLED)
    boards.when(cancelling("e" * 32)).refused(words.TRANSFER_UNKNOWN, "transfer_id")


def test_a_day_in_the_year_to_come_is_numbered_in_the_year_the_list_is_drawn_up(boards: "Desk") -> None:
    prepared = boards.when(boards.preparing((boards.person(), "vptu--cv"))).one(words.TransferPrepared)
    assert (prepared.year, prepared.effective_on.year) == (2026, 2027)
