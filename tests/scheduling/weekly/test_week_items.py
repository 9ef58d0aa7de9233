"""The rules of proposing: who says what until when, what the standing committee is asked, what is not put in."""

from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from contracts import scheduling as core
from contracts.scheduling import weekly as words
from services.runtime.manifest import Given
from services.scheduling.deciders.week_hours import is_late
from services.scheduling.vehicles import office_rules

if TYPE_CHECKING:
    from tests.scheduling.weekly.office import Office


def of(office: "Office", id: str, **said: Any) -> dict[str, Any]:
    return {"week_id": office.WEEK, "item_id": id, **said}


def test_an_item_is_proposed_with_the_names_of_its_day_and_holds_nothing(weekly: "Office") -> None:
    event = weekly.when(weekly.proposing(vehicles=(weekly.CAR,)), actor=weekly.board).one(words.ItemProposed)
    assert event.chair == words.Named(name="Đồng chí Bí thư", thing=weekly.SECRETARY)
    assert (event.place, event.site_id, event.board, event.late) == ("Phòng họp 1", "ts1", "BTGTU", False)
    assert [car.name for car in event.vehicles] == ["Xe 12A-000.45"]
    assert weekly.taken(weekly.SECRETARY) == weekly.taken(weekly.CAR) == []


def test_the_same_proposal_is_recorded_once(weekly: "Office") -> None:
    weekly.when(weekly.proposing(), number=7).accepted()
    weekly.when(weekly.proposing(), number=7).nothing()


def test_after_the_cut_off_or_the_publication_it_is_an_addition(weekly: "Office") -> None:
    weekly.when(weekly.proposing(), now=weekly.moment("2026-11-26 17:00")).warns()
    weekly.when(weekly.proposing(), now=weekly.moment("2026-11-26 17:01")).warns("after-cut-off")
    weekly.standing()
    weekly.publish()
    weekly.when(weekly.proposing()).warns("after-cut-off")


def test_a_calendar_has_a_cut_off_of_its_own_from_its_day_on(weekly: "Office", tmp_path: Path) -> None:
    head = "calendar,weekday,clock,effective_from,effective_to,legal_basis,source_tag"
    own = "tinh-uy,5,11:00,2026-11-01,,Quy chế làm việc,D"
    (tmp_path / "weekly_cutoff.csv").write_text(f"{head}\n{own}\n", "utf-8")
    rules = office_rules(tmp_path)
    for week_id, moment, late in (
        ("tinh-uy-2026-w49", "2026-11-27 11:00", False),
        ("tinh-uy-2026-w49", "2026-11-27 11:01", True),
        ("tinh-uy-2026-w44", "2026-10-22 17:01", True),
        ("ubnd-2026-w49", "2026-11-26 17:01", True),
        ("tinh-uy-2027-w01", "2027-01-01 11:00", False),
    ):
        given = Given(weekly.moment(moment), weekly.board, UUID(int=1), rules)
        assert is_late(week_id, False, given) is late, week_id


@pytest.mark.parametrize(
    ("said", "session", "from_to", "timed"),
    [
        ({"starts": None}, "day", "07:30–17:00", False),
        ({"starts": None, "session": "morning"}, "morning", "07:30–11:30", False),
        ({"starts": None, "session": "afternoon", "ends": "16:00"}, "afternoon", "13:30–16:00", False),
        ({"starts": "06:45"}, "morning", "06:45–08:45", True),
        ({"starts": "13:30", "ends": "14:15"}, "afternoon", "13:30–14:15", True),
        ({"starts": "18:00"}, "evening", "18:00–20:00", True),
        ({"starts": "08:00", "session": "day"}, "day", "08:00–17:00", True),
        ({"starts": "17:30", "session": "day"}, "day", "17:30–19:30", True),
    ],
)
def test_when_it_is_follows_from_the_hour_or_the_session_that_is_said(
    weekly: "Office", said: dict[str, Any], session: str, from_to: str, timed: bool
) -> None:
    event = weekly.when(weekly.proposing(**said)).one(words.ItemProposed)
    zone = weekly.moment("2026-12-01 08:00").tzinfo
    hours = "–".join(f"{at.astimezone(zone):%H:%M}" for at in (event.starts_at, event.ends_at))
    assert (event.session, hours, event.timed) == (session, from_to, timed)


@pytest.mark.parametrize(
    ("said", "refusal", "field"),
    [
        ({"day": "2026-12-07"}, words.DAY_NOT_IN_WEEK, "day"),
        ({"week_id": "tinh-uy-2025-w53"}, words.WEEK_UNKNOWN, "week_id"),
        ({"week_id": "tinh-uy-2029-w01", "day": "2029-01-01"}, core.TOO_FAR_AHEAD, "day"),
        ({"session": "afternoon"}, words.SESSION_AND_HOUR, "starts"),
        ({"ends": "08:00"}, core.ENDS_BEFORE_IT_BEGINS, "ends"),
    ],
)
def test_a_time_that_cannot_be_is_refused_where_it_is_said(
    weekly: "Office", said: dict[str, Any], refusal: Any, field: str
) -> None:
    weekly.when(weekly.proposing(**said)).refused(refusal, field)


def test_what_is_named_must_be_there_and_of_its_kind(weekly: "Office") -> None:
    weekly.when(weekly.proposing(room="asset-none")).refused(core.BOOKABLE_UNKNOWN, "room")
    weekly.when(weekly.proposing(room=weekly.CAR)).refused(words.NOT_FOR_THIS_PART, "room")
    weekly.when(weekly.proposing(vehicles=(weekly.SECRETARY,))).refused(words.NOT_FOR_THIS_PART, "vehicles")
    weekly.when(weekly.proposing(chair=weekly.who(weekly.HALL))).refused(words.NOT_FOR_THIS_PART, "chair")
    weekly.when(weekly.proposing(attendees=(weekly.who("person-none"),))).refused(core.BOOKABLE_UNKNOWN, "attendees")


def test_whoever_takes_part_twice_is_named_once(weekly: "Office") -> None:
    twice = (weekly.who(weekly.SECRETARY), weekly.who(weekly.DEPUTY), weekly.guest("Khách"), weekly.guest("Khách"))
    event = weekly.when(weekly.proposing(attendees=twice)).one(words.ItemProposed)
    assert [each.name for each in event.attendees] == ["Đồng chí Phó Bí thư", "Khách"]


def test_a_board_puts_right_its_own_proposal_and_the_office_any(weekly: "Office") -> None:
    id = weekly.propose(actor=weekly.board)
    revised = words.ReviseProposal(**of(weekly, id), **weekly.details(content="Họp chuyên đề"))
    weekly.when(revised, actor=weekly.speaker("board", board="BTCTU", id="user:khac")).refused(words.ITEM_NOT_YOURS)
    weekly.when(revised, actor=weekly.speaker("board", board="BTGTU", id="user:cung.ban")).accepted()
    assert weekly.item(id).facts.content == "Họp chuyên đề"
    weekly.when(revised).nothing()
    weekly.when(words.ReviseProposal(**of(weekly, "0" * 32), **weekly.details())).refused(words.ITEM_UNKNOWN)


def test_what_is_arranged_or_agreed_to_is_no_proposal_to_be_put_right(weekly: "Office") -> None:
    id = weekly.standing()
    weekly.when(words.ReviseProposal(**of(weekly, id), **weekly.details())).refused(words.ITEM_SETTLED)


def test_a_proposal_is_withdrawn_by_its_board_until_it_is_arranged(weekly: "Office") -> None:
    id = weekly.propose(actor=weekly.board)
    wish = words.WithdrawProposal(**of(weekly, id))
    weekly.when(wish, actor=weekly.speaker("board", board="BTCTU", id="user:khac")).refused(words.ITEM_NOT_YOURS)
    weekly.when(wish, actor=weekly.board).then(words.ProposalWithdrawn(item_id=id))
    weekly.when(wish, actor=weekly.board).nothing()
    standing = weekly.standing()
    weekly.when(words.WithdrawProposal(**of(weekly, standing))).refused(words.ITEM_SETTLED)


def test_what_needs_an_opinion_is_not_arranged_before_it_is_given(weekly: "Office") -> None:
    id = weekly.propose(needs_opinion=True)
    weekly.arrange(id).refused(words.OPINION_AWAITED)
    agreeing = words.GiveOpinion(**of(weekly, id), agrees=True, note="Đồng ý.")
    weekly.when(agreeing, actor=weekly.leader).then(
        words.OpinionGiven(item_id=id, agrees=True, by_name="Nguyễn Thị Hoa", note="Đồng ý.")
    )
    weekly.when(agreeing, actor=weekly.leader).nothing()
    weekly.arrange(id).accepted()


def test_the_office_asks_for_an_opinion_and_what_is_not_agreed_to_is_declined(weekly: "Office") -> None:
    id = weekly.propose()
    against = words.GiveOpinion(**of(weekly, id), agrees=False)
    weekly.when(against, actor=weekly.leader).refused(words.OPINION_NOT_ASKED)
    weekly.when(words.AskOpinion(**of(weekly, id))).then(words.OpinionAsked(item_id=id))
    weekly.when(words.AskOpinion(**of(weekly, id))).nothing()
    weekly.when(against, actor=weekly.leader).accepted()
    weekly.when(against, actor=weekly.leader).nothing()
    assert weekly.item(id).status == "declined"
    weekly.when(words.AskOpinion(**of(weekly, id))).refused(words.ITEM_SETTLED)
    weekly.arrange(id).refused(words.ITEM_SETTLED)


def test_the_office_declines_a_proposal_and_says_why(weekly: "Office") -> None:
    id = weekly.propose()
    wish = words.DeclineItem(**of(weekly, id), reason="Không thuộc lịch Thường trực.")
    weekly.when(wish).then(words.ItemDeclined(item_id=id, reason="Không thuộc lịch Thường trực."))
    weekly.when(wish).nothing()
    standing = weekly.standing()
    weekly.when(words.DeclineItem(**of(weekly, standing), reason="Không.")).refused(words.ITEM_SETTLED)
