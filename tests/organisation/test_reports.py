"""The reports the offices asked for, of offices that are easy to count by hand, and the days on which things end."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from contracts import organisation as words
from contracts.base import ListQuery, Refused
from services.organisation.deciders.person import headcount_on
from services.organisation.deciders.post import numbers_on
from services.organisation.read_models import people as people_table
from services.organisation.read_models.appointments import APPOINTMENTS
from services.organisation.read_models.authority import authority_rows
from services.organisation.read_models.caps_on_a_day import cap_rows
from services.organisation.read_models.chart import chart_of
from services.organisation.read_models.contacts import Book
from services.organisation.read_models.delegations import DELEGATIONS
from services.organisation.read_models.finding import matches, name_order
from services.organisation.read_models.grants import GRANTS
from services.organisation.read_models.namings import NAMINGS
from services.organisation.read_models.office_on_a_day import OFFICE_MODELS, Office, office_on
from services.organisation.read_models.staff import departures_on, person_rows
from services.organisation.read_models.staffing_on_a_day import staffing_rows, staffing_totals
from services.organisation.read_models.turns import TURNS
from services.organisation.read_models.unit_states import UNIT_STATES
from services.organisation.read_models.units_on_a_day import Units
from services.runtime.envelope import PLACES, Fact
from services.runtime.gathering import page
from services.runtime.problems import BAD_CURSOR
from services.runtime.read_model import ReadModel
from tests.organisation import test_laws as laws

if TYPE_CHECKING:
    from tests.organisation.decider import Desk


PEOPLE = people_table.PEOPLE
SOME_DAYS = [date(2025, 12, 31) + timedelta(days=number) for number in range(0, 460, 15)]
DAY, FIRST, BEFORE = date(2026, 6, 1), date(2026, 1, 1), date(2025, 12, 31)


def records(desk: "Desk", model: ReadModel) -> list[dict[str, Any]]:
    """Return the rows of a read model, folded in memory of everything said to an office."""
    found: dict[str, dict[str, Any]] = {}
    events = [(name, id, event) for (name, id), told in desk.scenario.events.items() for event in told]
    for number, (aggregate, id, event) in enumerate(events, 1):
        kind = f"organisation.{type(event).__name__}"
        said = ("", desk.scenario.now, "user:hoa", "", None)
        fact = Fact(event, aggregate, id, number, number * PLACES, f"{number}:0", kind, *said)
        if kind in model.events and (key := model.key(fact)) is not None:
            projected = model.project(found.get(key), fact)
            if projected is not None:
                found[key] = {**projected, model.key_column: key, "position": fact.position}
    return list(found.values())


def office(desk: "Desk", day: date = DAY) -> Office:
    return office_on(day, *(records(desk, model) for model in OFFICE_MODELS))


def staffing(desk: "Desk", day: date = DAY) -> dict[str, words.StaffingRow]:
    found = office(desk, day)
    return {row.unit_id: row for row in staffing_rows(found, found.units.under(None))}


def totals(desk: "Desk", day: date = DAY, unit_id: str | None = None) -> words.StaffingTotals:
    found = office(desk, day)
    among = found.units.under(unit_id)
    return staffing_totals(found, list(staffing_rows(found, among)), unit_id, among)


def staffed(desk: "Desk", post_id: str, *kinds: str, **changes: Any) -> list[str]:
    """Put new people of these head-count kinds into a post."""
    people = [desk.person(headcount=kind) for kind in kinds]
    for id in people:
        desk.has(desk.appointing(id, post_id, **changes))
    return people


# --- norm against actual --------------------------------------------------------------------------------------------


def district(desk: "Desk") -> list[str]:
    then = {"effective_on": date(2016, 1, 1)}
    desk.has(
        desk.establishing("VPHU", kind="office", tier="HUYEN", **then),
        desk.creating("vphu", "cv", minimum=3, norm=4, maximum=5, **then),
    )
    return staffed(desk, "vphu--cv", *["civil_servant"] * 4, **then)


def test_the_district_with_4_posts_of_11_to_13_lacks_7_to_9(desk: "Desk") -> None:
    district(desk)
    row = staffing(desk, date(2016, 6, 1))["vphu"]
    assert (row.lowest, row.norm, row.highest, row.actual) == (11, 4, 13, 4)
    assert (row.missing_from, row.missing_to) == (7, 9)
    (cap,) = [row for row in cap_rows(office(desk, date(2016, 6, 1))) if row.cap == "people_of_office"]
    assert (cap.fewest, cap.most, cap.value, cap.state) == (11, 13, 4, "below")
    assert cap.warning is not None
    assert "dưới mức tối thiểu 11" in cap.warning


def test_where_the_law_sets_no_range_the_posts_do(boards: "Desk") -> None:
    staffed(boards, "btctu--cv", "civil_servant")
    row = staffing(boards)["btctu"]
    assert (row.lowest, row.norm, row.highest, row.actual) == (1, 2, 3, 1)
    assert (row.missing_from, row.missing_to) == (0, 2)


def test_a_district_is_gone_after_its_last_lawful_day_and_its_people_are_without_posts(desk: "Desk") -> None:
    people = district(desk)
    last = date(2025, 6, 30)
    assert "vphu" in staffing(desk, last)
    after = office(desk, last + timedelta(days=1))
    assert (dict(after.units.standing), dict(after.posts), list(after.held)) == ({}, {}, [])
    assert after.units.gone["vphu"].last_day == last
    rows = dict_of(after, desk)
    assert {rows[id].post_id for id in people} == {None}
    assert all(rows[id].held_post_ids == ("vphu--cv",) for id in people)


def dict_of(found: Office, desk: "Desk") -> dict[str, words.PersonRow]:
    of_people = (records(desk, APPOINTMENTS), records(desk, PEOPLE), records(desk, TURNS))
    return {row.person_id: row for row, here in person_rows(found, *of_people) if here}


def test_an_office_of_22_is_4_leaders_and_18_others(desk: "Desk") -> None:
    desk.has(
        desk.establishing("VPTX", kind="office"),
        desk.leading("vptx"),
        desk.leading("vptx", "pho", rank="deputy", minimum=1, norm=3, maximum=3),
        desk.creating("vptx", "cv", norm=14, maximum=14),
        desk.creating("vptx", "pv", group="support", headcount="contract", norm=4, maximum=4),
    )
    staffed(desk, "vptx--truong", "civil_servant")
    staffed(desk, "vptx--pho", *["civil_servant"] * 3)
    staffed(desk, "vptx--cv", *["civil_servant"] * 12, *["public_employee"] * 2)
    staffed(desk, "vptx--pv", *["contract"] * 4)
    row, all_of_it = staffing(desk)["vptx"], totals(desk)
    assert (row.actual, row.leaders, row.others) == (22, 4, 18)
    assert (row.civil_servants, row.public_employees, row.contracts) == (16, 2, 4)
    assert (row.norm, row.leaders_per_ten, row.adds_up, row.imbalance) == (22, 1.82, True, False)
    assert (all_of_it.actual, all_of_it.leaders, all_of_it.others, all_of_it.adds_up) == (22, 4, 18, True)
    assert all_of_it.contract_share == round(4 / 22, 4)
    chart = chart_of(office(desk), {})
    assert (chart.actual, chart.norm, len(chart.roots[0].deputies)) == (22, 22, 3)


def test_too_many_contracts_beside_too_few_specialists_are_seen_in_one_unit(boards: "Desk") -> None:
    support = {"group": "support", "headcount": "contract", "minimum": 0, "norm": 1, "maximum": 5}
    boards.has(boards.creating("btctu", "pv", **support), boards.creating("vptu", "pv", **support))
    staffed(boards, "btctu--pv", "contract", "contract", "contract")
    staffed(boards, "btctu--cv", "civil_servant")
    staffed(boards, "vptu--pv", "contract")
    staffed(boards, "vptu--cv", "contract", "contract")
    staffed(boards, "p-th--cv", *["civil_servant"] * 5)
    rows = staffing(boards)
    board, shared, division = rows["btctu"], rows["vptu"], rows["p-th"]
    assert (board.contract_surplus, board.specialist_shortage, board.imbalance) == (2, 1, True)
    assert (shared.contract_surplus, shared.specialist_shortage, shared.imbalance) == (2, 2, True)
    assert (division.contract_surplus, division.specialist_shortage, division.imbalance) == (0, 0, False)
    found = totals(boards)
    assert (found.contract_surplus, found.specialist_shortage) == (4, 3)
    under = totals(boards, unit_id="vptu")
    assert (under.unit_count, under.contract_surplus, under.adds_up) == (2, 2, True)


def test_only_the_main_post_counts_and_who_is_away_is_told(boards: "Desk") -> None:
    (first,) = staffed(boards, "btctu--cv", "civil_servant")
    (second,) = staffed(boards, "vptu--cv", "civil_servant")
    boards.has(
        boards.appointing(first, "p-th--cv", kind="secondment"),
        boards.appointing(second, "p-th--cv", kind="concurrent"),
        boards.appointing(second, "btctu--cv", kind="acting"),
    )
    rows = staffing(boards)
    assert (rows["btctu"].actual, rows["btctu"].seconded_out, rows["btctu"].seconded_in) == (1, 1, 0)
    assert (rows["p-th"].actual, rows["p-th"].seconded_in, rows["p-th"].concurrent) == (0, 1, 1)
    assert totals(boards).actual == 2


def test_a_person_is_counted_as_they_are_counted_on_the_day(boards: "Desk") -> None:
    (id,) = staffed(boards, "btctu--cv", "contract")
    changed = words.ChangeHeadcountKind(person_id=id, headcount="civil_servant", **boards.change(effective_on=DAY))
    boards.has(changed)
    before, after = (staffing(boards, day)["btctu"] for day in (DAY - timedelta(days=1), DAY))
    assert (before.contracts, before.civil_servants) == (1, 0)
    assert (after.contracts, after.civil_servants) == (0, 1)


def test_a_post_called_off_before_its_first_day_was_never_held(boards: "Desk") -> None:
    (id,) = staffed(boards, "btctu--cv", "civil_servant")
    boards.has(boards.ending(id, "btctu--cv", effective_on=FIRST))
    assert list(office(boards, FIRST).held) == []
    boards.has(boards.appointing(id, "btctu--cv"))
    assert [held.person_id for held in office(boards, FIRST).held] == [id]


def test_nobody_counts_before_the_day(boards: "Desk") -> None:
    staffed(boards, "btctu--cv", "civil_servant")
    found = office(boards, BEFORE)
    assert (found.units.standing, dict(found.posts), list(found.held)) == ({}, {}, [])
    assert (chart_of(found, {}).roots, list(cap_rows(found))) == ((), [])


def test_a_chart_names_heads_and_deputies_once_and_who_acts_where_nobody_holds_the_post(boards: "Desk") -> None:
    boards.has(
        boards.leading("btctu"),
        boards.leading("btctu", "pho", rank="deputy", minimum=0, norm=2, maximum=2),
        boards.leading("p-th"),
    )
    deputy, other = (boards.person(name=name) for name in ("Trần Thị Bình", "Lê Văn An"))
    boards.has(
        boards.appointing(deputy, "btctu--pho"),
        boards.appointing(other, "btctu--pho"),
        boards.appointing(deputy, "btctu--truong", kind="acting"),
        boards.appointing(other, "p-th--truong", kind="concurrent"),
    )
    (root,) = chart_of(office(boards), {deputy: "Trần Thị Bình", other: "Lê Văn An"}).roots
    board, shared = root.children
    assert (board.unit_id, shared.unit_id, shared.children[0].unit_id) == ("btctu", "vptu", "p-th")
    assert (board.head, board.deputies) == ("Trần Thị Bình", ("Lê Văn An", "Trần Thị Bình"))
    assert (shared.head, shared.children[0].head) == (None, "Lê Văn An")
    assert (board.actual, shared.children[0].actual) == (2, 0)


# --- caps -----------------------------------------------------------------------------------------------------------


def test_the_bodies_of_a_commune_are_held_to_15_to_17_together(desk: "Desk") -> None:
    of_commune = {"tier": "XA"}
    desk.has(desk.establishing("ĐUX", kind="committee", **of_commune))
    for code, norm in (("VP", 7), ("BXD", 6), ("UBKT", 5)):
        desk.has(
            desk.establishing(code, parent_id="ddux", kind="body", **of_commune),
            desk.creating(code.lower(), "cv", norm=norm, maximum=norm),
        )
    (row,) = [row for row in cap_rows(office(desk)) if row.cap == "people_of_commune"]
    assert (row.unit_id, row.fewest, row.most, row.value, row.state) == ("ddux", 15, 17, 18, "above")
    less = words.ChangePost(post_id="ubkt--cv", minimum=1, norm=4, maximum=5, **desk.change(effective_on=DAY))
    desk.has(less)
    (row,) = [row for row in cap_rows(office(desk)) if row.cap == "people_of_commune"]
    assert (row.value, row.state, row.warning) == (17, "within", None)


@pytest.mark.parametrize(
    ("deputies", "day", "state"), [(2, DAY, "within"), (3, DAY, "above"), (2, date(2020, 1, 1), "above")]
)
def test_a_division_below_10_people_has_two_deputies_since_2023_and_had_one(
    desk: "Desk", deputies: int, day: date, state: str
) -> None:
    then = {"effective_on": date(2019, 1, 1)}
    desk.has(
        desk.establishing("VPTU", kind="office", **then),
        desk.establishing("P-TH", kind="division", parent_id="vptu", **then),
        desk.leading("p-th", "pho", rank="deputy", minimum=0, norm=3, maximum=4, **then),
        desk.creating("p-th", "cv", norm=4, **{**then, "maximum": 9}),
    )
    staffed(desk, "p-th--pho", *["civil_servant"] * deputies, **then)
    caps = {row.cap: row for row in cap_rows(office(desk, day)) if row.unit_id == "p-th"}
    assert (caps["deputies_of_division"].value, caps["deputies_of_division"].state) == (deputies, state)
    if day == DAY:
        assert (caps["people_of_division"].value, caps["people_of_division"].state) == (7, "within")
        assert (caps["present_in_division"].value, caps["present_in_division"].state) == (deputies, "below")


# --- contacts -------------------------------------------------------------------------------------------------------


def contact(desk: "Desk", day: date, line: str = "clerical", unit_id: str = "btctu") -> words.ContactRow | None:
    departed = departures_on(day, records(desk, TURNS))
    people = {person["person_id"]: person for person in records(desk, PEOPLE)}
    book = Book(day, Units(records(desk, UNIT_STATES), day), people, departed)
    found = [row for row in book.rows(records(desk, NAMINGS)) if (row.unit_id, row.line) == (unit_id, line)]
    return found[0] if found else None


def test_a_contact_who_leaves_answers_no_longer_and_is_told_to_have_left(boards: "Desk") -> None:
    first, second = boards.person(phone="0912 000 001"), boards.person()
    boards.has(boards.naming(first, substitute_id=second, effective_on=FIRST), boards.leaving(first, effective_on=DAY))
    before, after = contact(boards, DAY - timedelta(days=1)), contact(boards, DAY)
    assert before is not None
    assert after is not None
    assert (before.valid, before.remarks, before.phone) == (True, None, "0912 000 001")
    assert (after.valid, after.remarks) == (False, "Đầu mối đã thôi công tác từ ngày 01/06/2026")
    lacking = contact(boards, DAY, "it")
    assert lacking is not None
    assert (lacking.valid, lacking.person_name, lacking.remarks) == (False, None, "Chưa cử đầu mối")


def test_a_contact_named_anew_replaces_also_what_was_to_end_later(boards: "Desk") -> None:
    """Named from January, withdrawn from September, and then another named from March: who was named last answers."""
    first, second = boards.person(), boards.person()
    boards.has(
        boards.naming(first, effective_on=FIRST),
        words.WithdrawContact(unit_id="btctu", line="clerical", effective_on=date(2026, 9, 1)),
        boards.naming(second, effective_on=date(2026, 3, 1)),
    )
    january, autumn = contact(boards, FIRST), contact(boards, date(2026, 10, 1))
    assert january is not None
    assert autumn is not None
    assert (january.person_id, january.until) == (first, date(2026, 2, 28))
    assert (autumn.person_id, autumn.until) == (second, None)


def test_a_contact_of_a_board_that_ended_is_not_valid(boards: "Desk") -> None:
    person = boards.person()
    boards.has(
        boards.establishing("BDVTU", parent_id="tu", served=True),
        boards.naming(person, unit_id="bdvtu", effective_on=FIRST, until=date(2026, 12, 31)),
        words.MergeUnits(into_id="btctu", unit_ids=("bdvtu",), **boards.change(effective_on=DAY)),
    )
    row = contact(boards, DAY, unit_id="bdvtu")
    assert row is not None
    assert (row.valid, row.remarks) == (False, "Đơn vị kết thúc hoạt động hết ngày 31/05/2026")
    assert contact(boards, date(2027, 1, 1), unit_id="bdvtu") is None
    assert contact(boards, BEFORE) is None


# --- authority ------------------------------------------------------------------------------------------------------


def authority(desk: "Desk", day: date) -> dict[tuple[str, str], words.AuthorityRow]:
    tables = (records(desk, model) for model in (GRANTS, DELEGATIONS, PEOPLE, TURNS, UNIT_STATES))
    return {(row.person_id, row.role): row for row in authority_rows(day, *tables)}


def test_what_is_delegated_ends_with_the_grant_it_rests_on_role_by_role(boards: "Desk") -> None:
    giver, receiver = boards.person(name="Lê Văn Hùng"), boards.person(account="user:nhan")
    year = {"effective_on": FIRST, "until": date(2026, 12, 31)}
    boards.has(
        boards.granting(giver, role="leader"),
        boards.granting(giver, role="clerk"),
        boards.delegating(giver, receiver, roles=("leader", "clerk"), matter="Đi công tác", **year),
        boards.revoking(giver, role="clerk", effective_on=DAY),
    )
    before, after = authority(boards, DAY - timedelta(days=1)), authority(boards, DAY)
    assert {role for id, role in before if id == receiver} == {"leader", "clerk"}
    assert {role for id, role in after if id == receiver} == {"leader"}
    assert {role for id, role in after if id == giver} == {"leader"}
    row = after[receiver, "leader"]
    assert (row.by, row.from_name, row.account, row.matter) == ("delegation", "Lê Văn Hùng", "user:nhan", "Đi công tác")
    assert before[receiver, "clerk"].until == DAY - timedelta(days=1)
    assert authority(boards, date(2027, 1, 1)).keys() == {(giver, "leader")}


def test_a_role_revoked_from_its_first_day_was_never_held_and_may_be_granted_again(boards: "Desk") -> None:
    person = boards.person()
    boards.has(boards.granting(person), boards.revoking(person, effective_on=FIRST))
    assert authority(boards, DAY) == {}
    boards.has(boards.granting(person))
    assert authority(boards, DAY).keys() == {(person, "clerk")}


def test_a_receiver_who_leaves_may_do_nothing_any_more(boards: "Desk") -> None:
    giver, receiver = boards.person(), boards.person()
    year = {"effective_on": FIRST, "until": date(2026, 12, 31)}
    boards.has(
        boards.granting(giver, role="leader"),
        boards.delegating(giver, receiver, **year),
        boards.leaving(receiver, effective_on=DAY),
    )
    assert (receiver, "leader") in authority(boards, DAY - timedelta(days=1))
    assert authority(boards, DAY).keys() == {(giver, "leader")}


def test_nobody_speaks_for_a_board_that_ended(boards: "Desk") -> None:
    giver, receiver = boards.person(), boards.person()
    year = {"effective_on": FIRST, "until": date(2026, 12, 31)}
    boards.has(
        boards.establishing("BDVTU", parent_id="tu"),
        boards.granting(giver, role="board", unit_id="bdvtu"),
        boards.granting(giver, role="reader"),
        boards.delegating(giver, receiver, roles=("board", "reader"), **year),
        words.MergeUnits(into_id="btctu", unit_ids=("bdvtu",), **boards.change(effective_on=DAY)),
    )
    before = authority(boards, DAY - timedelta(days=1))
    assert before[receiver, "board"].unit_code == "BDVTU"
    assert before[receiver, "reader"].unit_code is None
    assert authority(boards, DAY).keys() == {(giver, "reader"), (receiver, "reader")}


# --- any history whatever -------------------------------------------------------------------------------------------


def of_kind(desk: "Desk", aggregate: str) -> dict[str, Any]:
    """Return the deciders' states of an aggregate's kind, by id, those without a fact left out."""
    return {id: state for (name, id), state in desk.scenario.states.items() if name == aggregate}


def within(stretch: Any, day: date) -> bool:
    return bool(stretch.since <= day <= (stretch.until or date.max))


@laws.LAW
@given(history=laws.HISTORIES)
def test_units_posts_and_holders_of_a_day_are_what_the_deciders_came_to(
    new_desk: "Callable[[], Desk]", history: list[Any]
) -> None:
    desk = laws.happened(new_desk, history).desk
    rows = [records(desk, model) for model in OFFICE_MODELS]
    for day in SOME_DAYS:
        found = office_on(day, *rows)
        chart = desk.scenario.states["chart", "office"]
        places = {branch.unit_id: _place_on(branch, day) for branch in chart.branches}
        assert {id: unit.parent_id for id, unit in found.units.standing.items()} == {
            id: place.parent_id for id, place in places.items() if place
        }
        posts = {
            id: numbers_on(post, day)
            for id, post in of_kind(desk, "post").items()
            if post.numbers and post.numbers[0].since <= day < (post.closed_from or date.max)
        }
        assert {id: (post.state["minimum"], post.state["norm"]) for id, post in found.posts.items()} == {
            id: (numbers.minimum, numbers.norm) for id, numbers in posts.items()
        }
        people = of_kind(desk, "person")
        held = {
            (id, one.post_id, one.kind)
            for id, state in people.items()
            for one in state.appointments
            if within(one, day)
        }
        assert {(one.person_id, one.post_id, one.kind) for one in found.held} == held
        assert len(found.held) == len(held)
        assert found.counted == {id: headcount_on(state, day) for id, state in people.items() if state.name}
        among = found.units.under(None)
        assert staffing_totals(found, list(staffing_rows(found, among)), None, among).adds_up


def _place_on(branch: Any, day: date) -> Any:
    places = [place for place in branch.places if place.since <= day]
    return places[-1] if places and day < (branch.ended_from or date.max) else None


@laws.LAW
@given(history=laws.HISTORIES)
def test_who_is_here_who_answers_and_who_may_is_what_the_deciders_came_to(
    new_desk: "Callable[[], Desk]", history: list[Any]
) -> None:
    desk = laws.happened(new_desk, history).desk
    for day in SOME_DAYS:
        units = office(desk, day).units
        people = of_kind(desk, "person")
        away = {id for id, state in people.items() if any(within(one, day) for one in state.away)}
        assert departures_on(day, records(desk, TURNS)).keys() == away
        told = {
            (id, grant.role)
            for id, state in of_kind(desk, "authority").items()
            for grant in state.grants
            if within(grant, day) and id not in away and (grant.unit_id is None or grant.unit_id in units.standing)
        } | {
            (given.to_person_id, given.role)
            for state in of_kind(desk, "authority").values()
            for given in state.delegated
            if within(given, day) and given.to_person_id not in away
        }
        gone = {key for key, row in authority(desk, day).items() if key not in told}
        lost = {key for key in told if key not in authority(desk, day)}
        assert (gone, lost) == (set(), {key for key in lost if key[1] == "board" and "btctu" not in units.standing})
        for id, state in of_kind(desk, "contact").items():
            row = contact(desk, day, unit_id=id.split("--")[0])
            named = [one.person_id for one in state.namings if within(one, day)]
            assert ([row.person_id] if row and row.person_id else []) == named


# --- finding and paging ---------------------------------------------------------------------------------------------


def test_words_are_found_without_accents_and_the_last_may_be_begun() -> None:
    assert matches("ke toan v", "Kế toán viên", None)
    assert not matches("ke toan v", "Kế toán", "Trưởng phòng")
    assert matches("vien ke", "Kế toán viên")
    assert matches(None, "x")
    assert matches("...", "x")


def test_people_stand_in_the_order_of_their_given_names() -> None:
    names = ["Nguyễn Văn Ánh", "Đặng Thị Bình", "Lê An", "Trần Văn An"]
    assert sorted(names, key=name_order) == ["Lê An", "Trần Văn An", "Nguyễn Văn Ánh", "Đặng Thị Bình"]


@pytest.mark.parametrize("descending", [True, False])
def test_a_cursor_leads_on_from_where_its_page_ended_even_when_that_row_is_gone(descending: bool) -> None:
    def row(number: int) -> words.TransferLineRow:
        fields: dict[str, Any] = dict.fromkeys(words.TransferLineRow.model_fields)
        told = dict.fromkeys(("name", "to_post_title", "to_unit_name", "transfer_id", "person_id", "to_post_id"), "x")
        return words.TransferLineRow(**{**fields, **told, "to_unit_id": "x", "headcount": "contract", "place": number})

    query = words.ListTransferLines(transfer_id="0" * 32, limit=2, descending=descending)
    everything = [row(number) for number in (3, 1, 2, 5, 4)]
    first = paged(query, everything)
    left = [one for one in everything if one != first.rows[-1]]
    second = paged(query.model_copy(update={"cursor": first.next_cursor}), left)
    found = [one.place for one in (*first.rows, *second.rows)]
    assert found == ([5, 4, 3, 2] if descending else [1, 2, 3, 4])
    with pytest.raises(Refused) as refused:
        paged(query.model_copy(update={"cursor": first.next_cursor, "descending": not descending}), [])
    assert refused.value.refusal == BAD_CURSOR


def paged(query: ListQuery, rows: Sequence[words.TransferLineRow]) -> Any:
    return page(query, rows, lambda row: (row.place,))
