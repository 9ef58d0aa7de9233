"""The rules of leaving: who goes instead, what is called off, what is postponed; and what was held is free at once."""

from typing import TYPE_CHECKING, Any

from contracts import scheduling as core
from contracts.scheduling import weekly as words

if TYPE_CHECKING:
    from tests.scheduling.weekly.office import Office

TUESDAY = ("12-01 08:00", "12-01 10:00")


def test_the_leader_is_free_and_the_delegate_is_booked_in_one_decision(weekly: "Office") -> None:
    id = weekly.standing()
    event = weekly.delegate(id, weekly.SECRETARY, weekly.who(weekly.CHIEF)).one(words.ItemDelegated)
    assert event.chair == words.Named(
        name="Đồng chí Bí thư", thing=weekly.SECRETARY, delegate="Chánh Văn phòng", delegate_thing=weekly.CHIEF
    )
    assert (event.of_name, event.to_name) == ("Đồng chí Bí thư", "Chánh Văn phòng")
    assert weekly.taken(weekly.SECRETARY) == []
    assert weekly.taken(weekly.CHIEF) == weekly.taken(weekly.ROOM) == [(*TUESDAY, id)]
    weekly.when(weekly.booking(weekly.SECRETARY)).accepted()


def test_where_the_delegate_is_taken_the_leader_still_goes(weekly: "Office") -> None:
    id = weekly.standing()
    weekly.when(weekly.booking(weekly.CHIEF)).accepted()
    weekly.delegate(id, weekly.SECRETARY, weekly.who(weekly.CHIEF)).refused(core.NOT_FREE)
    assert weekly.taken(weekly.SECRETARY) == [(*TUESDAY, id)]


def test_who_delegates_again_names_somebody_else_or_goes_after_all(weekly: "Office") -> None:
    id = weekly.standing()
    weekly.delegate(id, weekly.DEPUTY, weekly.who(weekly.CHIEF)).accepted()
    weekly.delegate(id, weekly.DEPUTY, weekly.who(weekly.CHIEF)).nothing()
    weekly.delegate(id, weekly.DEPUTY, weekly.who(weekly.LAN)).accepted()
    assert weekly.taken(weekly.CHIEF) == []
    weekly.delegate(id, weekly.DEPUTY, weekly.guest("Đồng chí Trưởng ban")).accepted()
    assert weekly.taken(weekly.LAN) == weekly.taken(weekly.DEPUTY) == []
    back = weekly.delegate(id, weekly.DEPUTY, weekly.who(weekly.DEPUTY)).one(words.ItemDelegated)
    assert back.attendees == (words.Named(name="Đồng chí Phó Bí thư", thing=weekly.DEPUTY),)
    assert weekly.taken(weekly.DEPUTY) == [(*TUESDAY, id)]


def test_who_goes_instead_stays_so_when_the_item_moves(weekly: "Office") -> None:
    id = weekly.standing()
    weekly.delegate(id, weekly.DEPUTY, weekly.who(weekly.CHIEF)).accepted()
    weekly.arrange(id, starts="14:00", ends="15:00").accepted()
    assert weekly.taken(weekly.DEPUTY) == []
    assert weekly.taken(weekly.CHIEF) == [("12-01 14:00", "12-01 15:00", id)]
    both = (weekly.who(weekly.DEPUTY), weekly.who(weekly.CHIEF))
    weekly.arrange(id, attendees=both).accepted()
    assert weekly.taken(weekly.DEPUTY) == weekly.taken(weekly.CHIEF) == [("12-01 14:00", "12-01 15:00", id)]


def test_only_who_takes_part_is_replaced_and_only_by_somebody_else(weekly: "Office") -> None:
    id = weekly.standing()
    weekly.delegate(id, weekly.CHAIRMAN, weekly.who(weekly.LAN)).refused(words.NOT_TAKING_PART, "of")
    weekly.delegate(id, weekly.SECRETARY, weekly.who(weekly.DEPUTY)).refused(words.DELEGATE_TAKES_PART, "to")
    weekly.delegate(id, weekly.SECRETARY, weekly.who(weekly.HALL)).refused(words.NOT_FOR_THIS_PART, "to")
    weekly.delegate(id, weekly.SECRETARY, weekly.who("person-none")).refused(core.BOOKABLE_UNKNOWN, "to")
    proposed = weekly.propose()
    weekly.delegate(proposed, weekly.SECRETARY, weekly.who(weekly.LAN)).refused(words.ITEM_NOT_ARRANGED)


def test_the_leaders_own_account_their_board_the_proposing_board_and_the_office_delegate(weekly: "Office") -> None:
    id = weekly.standing(attendees=(weekly.who(weekly.CHAIRMAN),))

    def asked(actor: Any) -> Any:
        return weekly.when(weekly.delegating(id, weekly.CHAIRMAN, weekly.who(weekly.LAN)), actor=actor)

    asked(weekly.board).refused(words.ITEM_NOT_YOURS)
    asked(weekly.speaker("board", board="UBND", id="user:van.phong.ubnd")).accepted()
    asked(weekly.speaker("board", id="user:chu.tich")).nothing()
    own = weekly.propose(day="2026-12-02", actor=weekly.board)
    weekly.arrange(own).accepted()
    weekly.when(weekly.delegating(own, weekly.DEPUTY, weekly.who(weekly.LAN)), actor=weekly.board).accepted()


def test_one_delegate_without_a_calendar_leaves_the_leader_free(weekly: "Office") -> None:
    id = weekly.standing(attendees=(), room=None, place="Nhà văn hóa")
    weekly.delegate(id, weekly.SECRETARY, weekly.guest("Đồng chí Trưởng ban")).one(core.BookingCancelled)
    assert weekly.taken(weekly.SECRETARY) == []
    weekly.delegate(id, weekly.SECRETARY, weekly.who(weekly.LAN)).one(core.BookingBooked)
    assert weekly.taken(weekly.LAN) == [(*TUESDAY, id)]


def test_what_a_cancelled_item_held_is_free_at_once(weekly: "Office") -> None:
    id = weekly.standing()
    outcome = weekly.cancel(id)
    assert outcome.one(words.ItemCancelled).reason == "Hoãn theo chỉ đạo."
    assert weekly.taken(weekly.SECRETARY) == weekly.taken(weekly.ROOM) == []
    weekly.cancel(id).nothing()
    weekly.arrange(id).refused(words.ITEM_SETTLED)
    weekly.standing()


def test_only_what_is_arranged_is_called_off(weekly: "Office") -> None:
    id = weekly.propose()
    weekly.cancel(id).refused(words.ITEM_NOT_ARRANGED)
    weekly.cancel("0" * 32).refused(words.ITEM_UNKNOWN)


def test_a_postponed_item_is_free_here_and_proposed_there_for_the_same_day_of_the_week(weekly: "Office") -> None:
    id = weekly.standing(vehicles=(weekly.CAR,))
    weekly.delegate(id, weekly.DEPUTY, weekly.who(weekly.CHIEF)).accepted()
    outcome = weekly.postpone(id)
    left, there = outcome.one(words.ItemPostponed), outcome.one(words.ItemProposed)
    assert left.to_item_id == there.item_id != id
    assert (there.from_week_id, there.from_item_id, str(there.day)) == (weekly.WEEK, id, "2026-12-08")
    assert there.attendees == (words.Named(name="Đồng chí Phó Bí thư", thing=weekly.DEPUTY),)
    assert weekly.taken(weekly.CAR) == weekly.taken(weekly.SECRETARY) == []
    weekly.postpone(id).nothing()
    weekly.arrange(there.item_id, weekly.NEXT).accepted()
    assert weekly.taken(weekly.CAR) == [("12-08 08:00", "12-08 10:00", there.item_id)]


def test_an_item_is_postponed_as_it_is_to_stand_to_a_week_that_is_another(weekly: "Office") -> None:
    id = weekly.propose(needs_opinion=True)
    details = words.ItemDetails(**weekly.details(day="2026-12-10", room=weekly.HALL))
    weekly.postpone(id, weekly.WEEK).refused(words.SAME_WEEK, "to_week_id")
    weekly.postpone(id, "tinh-uy-2026-w54").refused(words.WEEK_UNKNOWN, "to_week_id")
    weekly.postpone(id, details=words.ItemDetails(**weekly.details())).refused(words.DAY_NOT_IN_WEEK, "day")
    there = weekly.postpone(id, details=details).one(words.ItemProposed)
    assert (str(there.day), there.room, there.needs_opinion) == ("2026-12-10", weekly.HALL, True)
    weekly.when(words.DeclineItem(week_id=weekly.NEXT, item_id=there.item_id, reason="Không.")).accepted()
    weekly.postpone(there.item_id, "tinh-uy-2026-w51", weekly.NEXT).refused(words.ITEM_SETTLED)
