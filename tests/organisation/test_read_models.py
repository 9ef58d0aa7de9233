"""The tables of organisation as PostgreSQL holds them, and every question about them against a second computation."""

import base64
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest
import pytest_asyncio
from pydantic import BaseModel, TypeAdapter

from contracts import organisation as words
from contracts.base import Actor, ListQuery, Query, Refusal, Refused, Row, wire_name
from deploy.stack import Stack
from services.organisation.read_models.finding import name_order
from services.organisation.service import ORGANISATION
from services.runtime.aggregates import snapshot_model
from services.runtime.problems import BAD_CURSOR
from services.runtime.read_model import ReadModel, create_indexes_sql
from services.runtime.text import fold
from tests.reading import Connection, fill, rows_of

if TYPE_CHECKING:
    from tests.organisation.history import History

MODELS = (*ORGANISATION.read_models, snapshot_model(ORGANISATION))
ADMINISTRATOR = Actor(id="user:nguyen.thi.hoa", name="Nguyễn Thị Hoa", roles=("administrator",), board="VPTU")
DAYS = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 12, 31))
"""Those of the history: five days on which the office is not what it was on the others."""
LONG_AGO, LAST = date(1990, 1, 1), DAYS[-1]
SUMMER = date(2026, 8, 1)
STRANGER = "f" * 32


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def database(office: Stack, history: "History") -> AsyncIterator[Connection]:
    """The schema of organisation with every table filled from the history."""
    connection: Connection = await asyncpg.connect(office.database_url("organisation"))
    for model in MODELS:
        await fill(connection, model, model.table, [history.facts])
        for statement in create_indexes_sql(model, model.table):
            await connection.execute(statement)
    yield connection
    await connection.close()


# --- folding --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
@pytest.mark.parametrize("size", [3, 1000], ids=["three by three", "all at once"])
async def test_a_fact_delivered_twice_changes_nothing_in_batches_of_any_size(
    database: Connection, history: "History", model: ReadModel, size: int
) -> None:
    facts = history.facts
    batches = [facts[start : start + size] for start in range(0, len(facts), size)]
    await fill(database, model, "again", [batch for batch in batches for _ in range(2)])
    rows = await rows_of(database, model, "again")
    assert rows == await rows_of(database, model, model.table)
    assert rows


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
async def test_a_fact_twice_in_one_batch_and_a_log_read_from_its_beginning_again_change_nothing(
    database: Connection, history: "History", model: ReadModel
) -> None:
    stuttered = [fact for fact in history.facts for _ in range(2)]
    await fill(database, model, "again", [stuttered, history.facts, history.facts[:50]])
    assert await rows_of(database, model, "again") == await rows_of(database, model, model.table)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
async def test_an_old_log_is_the_same_fold_stopped_there(
    database: Connection, history: "History", model: ReadModel
) -> None:
    half = history.facts[: len(history.facts) // 2]
    await fill(database, model, "again", [half])
    stopped = await rows_of(database, model, "again")
    await fill(database, model, "again", [half[:77], half[77:]])
    assert await rows_of(database, model, "again") == stopped
    assert {row[0] for row in stopped} <= {row[0] for row in await rows_of(database, model, model.table)}
    await fill(database, model, "again", [half, history.facts[len(half) :]])
    assert await rows_of(database, model, "again") == await rows_of(database, model, model.table)


async def test_the_snapshots_hold_the_states_the_deciders_came_to(database: Connection, history: "History") -> None:
    aggregates = {aggregate.name: aggregate for aggregate in ORGANISATION.aggregates}
    kept = await database.fetch(f'SELECT subject, state FROM "{MODELS[-1].table}"')
    assert kept
    for subject, state in kept:
        _, _, name, id = subject.split(".", 3)
        kind = type(aggregates[name].initial)
        assert TypeAdapter(kind).validate_json(state) == history.desk.scenario.states[name, id]


# --- asking ---------------------------------------------------------------------------------------------------------


async def ask(database: Connection, query: Query) -> Any:
    rule = next(rule for rule in ORGANISATION.queries if rule.query is type(query))
    return await rule.answer(query, ADMINISTRATOR).read(database)


async def rows(database: Connection, kind: type[ListQuery], /, **asked: Any) -> list[Any]:
    """Every row of a list, on one page."""
    page = await ask(database, kind(limit=1000, **asked))
    assert page.next_cursor is None
    return list(page.rows)


async def pages(database: Connection, query: ListQuery) -> list[Any]:
    """Every row, page after page by cursor."""
    found: list[Any] = []
    while True:
        page = await ask(database, query)
        assert len(page.rows) <= query.limit
        found += page.rows
        if page.next_cursor is None:
            return found
        assert len(page.rows) == query.limit
        query = query.model_copy(update={"cursor": page.next_cursor})


def test_every_question_has_an_answer_and_an_address_of_its_own() -> None:
    assert {rule.query for rule in ORGANISATION.queries} == set(words.QUERIES)
    names = Counter(wire_name(query) for query in words.QUERIES)
    assert [name for name, count in names.items() if count > 1] == []


def test_an_answer_reads_what_its_rule_names(history: "History") -> None:
    """What a rule does not name is not there when it is asked as of the past."""
    needed = {"person_id": STRANGER, "transfer_id": STRANGER, "account": "user:ai"}
    for rule in ORGANISATION.queries:
        fields = {name: value for name, value in needed.items() if rule.query.model_fields.get(name)}
        required = {name for name, field in rule.query.model_fields.items() if field.is_required()}
        reading = rule.answer(rule.query(**{name: fields[name] for name in required}), ADMINISTRATOR)
        gathering = reading.gather(LAST) if hasattr(reading, "gather") else reading
        if hasattr(gathering, "parts"):
            assert {part.model.name for part in gathering.parts} == {model.name for model in rule.reads}


# --- units and sites ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", DAYS)
async def test_the_units_of_a_day_are_those_the_facts_tell(database: Connection, history: "History", day: date) -> None:
    shown = await rows(database, words.ListUnits, on=day)
    assert {row.unit_id: row.name for row in shown} == history.units_on(day)
    ended = {
        fact.id
        for fact in history.facts
        if isinstance(fact.event, words.UnitMerged | words.UnitSplit | words.UnitDissolved)
        and fact.event.effective_on <= day
    }
    assert {row.unit_id for row in await rows(database, words.ListUnits, on=day, ended=True)} == ended
    chart = await ask(database, words.GetChart(on=day))
    assert {node.unit_id: node.name for node in nodes(chart.roots)} == history.units_on(day)
    assert chart.unit_count == len(shown)


def nodes(roots: Sequence[words.ChartNode]) -> list[words.ChartNode]:
    return [node for root in roots for node in (root, *nodes(root.children))]


async def test_a_unit_that_ended_tells_when_by_which_paper_and_who_came_after_it(database: Connection) -> None:
    gone = {row.unit_id: row for row in await rows(database, words.ListUnits, on=LAST, ended=True)}
    merged = gone["bdvtu"]
    assert (merged.since, merged.last_day, merged.decision_number) == (
        date(2026, 7, 1),
        date(2026, 6, 30),
        "130-QĐ/TU",
    )
    assert merged.successor_ids == ("btgtu",)
    assert merged.remarks == "Kết thúc hoạt động hết ngày 30/06/2026; kế tiếp: Đơn vị BTGTU"
    assert gone["t-xe"].successor_ids == ("t-lx", "t-sc")
    assert gone["t-tam"].remarks == "Kết thúc hoạt động hết ngày 30/09/2026"
    before = {row.unit_id: row for row in await rows(database, words.ListUnits, on=date(2026, 6, 30))}
    assert before["bdvtu"].remarks == "Hoạt động đến hết ngày 30/06/2026"
    assert (before["bdvtu"].since, before["bdvtu"].established_on) == (date(2019, 1, 1), date(2019, 1, 1))
    assert before["bdvtu"].parent_name == "Đơn vị TU"


async def test_a_unit_counts_only_what_is_its_own_in_the_chart(database: Connection, history: "History") -> None:
    chart = await ask(database, words.GetChart(on=LAST))
    (root,) = chart.roots
    assert (root.unit_id, root.norm, root.actual, root.head) == ("tu", 0, 0, None)
    known = {node.unit_id: node for node in nodes(chart.roots)}
    mains = Counter(post.split("--")[0] for _, post, kind in history.roster_on(LAST) if kind == "main")
    assert {id: node.actual for id, node in known.items() if node.actual} == dict(mains)
    assert chart.actual == mains.total()
    part = await ask(database, words.GetChart(on=LAST, unit_id="vptu"))
    assert [node.unit_id for node in part.roots] == ["vptu"]
    assert part.unit_count == 1 + 5 + 2
    acting = history.desk.scenario.states["person", history.people[14]]
    assert known["btctu"].head == acting.name
    summer = {node.unit_id: node for node in nodes((await ask(database, words.GetChart(on=SUMMER))).roots)}
    retired = history.desk.scenario.states["person", history.people[13]]
    assert (summer["vptu"].deputies, known["vptu"].deputies) == ((retired.name,), ())


async def test_a_chart_of_a_unit_is_empty_when_it_does_not_stand_and_refused_when_there_never_was_one(
    database: Connection,
) -> None:
    chart = await ask(database, words.GetChart(on=LAST, unit_id="bdvtu"))
    assert (chart.roots, chart.unit_count, chart.norm) == ((), 0, 0)
    await is_refused(database, words.GetChart(unit_id="khong-co"), words.UNIT_UNKNOWN, "unit_id")


async def test_the_history_of_units_tells_every_change_once_with_its_paper(
    database: Connection, history: "History"
) -> None:
    told = await rows(database, words.ListUnitHistory)
    facts: list[tuple[str, Any]] = [
        (fact.id, fact.event) for fact in history.facts if isinstance(fact.event, words.UnitFacts)
    ]
    assert Counter(row.unit_id for row in told) == Counter(id for id, _ in facts)
    assert [row.effective_on for row in told] == sorted(event.effective_on for _, event in facts)
    assert all(row.decision_number and row.decision_issuer for row in told)
    board = [row for row in told if row.unit_id == "btgtu"]
    assert [(row.way, row.change, row.before, row.after) for row in board] == [
        ("established", "Thành lập", None, "Đơn vị BTGTU, trực thuộc Đơn vị TU"),
        ("succeeded", "Tiếp nhận chức năng, nhiệm vụ do hợp nhất", "Đơn vị BDVTU", "Đơn vị BTGTU"),
        ("renamed", "Đổi tên", "Đơn vị BTGTU", "Ban Tuyên giáo và Dân vận Tỉnh ủy"),
    ]
    by_way = {row.way: row for row in told}
    assert (by_way["moved"].change, by_way["moved"].before, by_way["moved"].after) == (
        "Chuyển trụ sở",
        "Trụ sở TS2",
        "Trụ sở TS1",
    )
    assert (by_way["split"].after, by_way["split"].other_ids) == ("Đơn vị T-LX, Đơn vị T-SC", ("t-lx", "t-sc"))
    assert (by_way["dissolved"].before, by_way["dissolved"].after) == ("Đơn vị T-TAM", None)
    assert by_way["merged"].other_ids == ("btgtu",)


async def test_sites_show_how_many_units_work_there(database: Connection) -> None:
    counts = {row.site_id: row.unit_count for row in await rows(database, words.ListSites, on=date(2026, 6, 30))}
    assert counts == {"ts1": 1, "ts2": 5, "ts3": 0}
    after = {row.site_id: row for row in await rows(database, words.ListSites, on=SUMMER)}
    assert {id: row.unit_count for id, row in after.items()} == {"ts1": 2, "ts2": 3, "ts3": 0}
    assert after["ts3"].last_day == date(2026, 9, 30)
    assert {row.site_id for row in await rows(database, words.ListSites, on=LAST)} == {"ts1", "ts2"}


# --- posts and people -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", DAYS)
async def test_the_roster_of_a_day_is_what_the_facts_tell(database: Connection, history: "History", day: date) -> None:
    shown = await rows(database, words.ListRoster, on=day)
    assert {(row.person_id, row.post_id, row.kind) for row in shown} == history.roster_on(day)
    assert len(shown) == len(history.roster_on(day))
    units = history.units_on(day)
    assert all(row.unit_name == units[row.unit_id] for row in shown)


def posts_told(history: "History", day: date) -> dict[str, Any]:
    """The posts of a day with their numbers, told from the facts alone, one after another."""
    found: dict[str, Any] = {}
    for fact in history.facts:
        if isinstance(fact.event, words.PostFacts) and fact.event.effective_on <= day:
            found[fact.id] = fact.event
    return {id: event for id, event in found.items() if not isinstance(event, words.PostClosed)}


def kinds_told(history: "History", day: date) -> dict[str, str]:
    """How everybody is counted on a day, told from the facts alone."""
    found: dict[str, str] = {}
    for fact in history.facts:
        changed = isinstance(fact.event, words.HeadcountKindChanged) and fact.event.effective_on <= day
        if isinstance(fact.event, words.PersonRegistered) or changed:
            found[fact.id] = fact.event.headcount  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize("day", DAYS)
async def test_posts_show_norm_against_actual_as_the_facts_tell(
    database: Connection, history: "History", day: date
) -> None:
    told, kinds = posts_told(history, day), kinds_told(history, day)
    shown = {row.post_id: row for row in await rows(database, words.ListPosts, on=day)}
    assert {id: (row.title, row.minimum, row.norm, row.maximum) for id, row in shown.items()} == {
        id: (event.title, event.minimum, event.norm, event.maximum) for id, event in told.items()
    }
    roster = history.roster_on(day)
    for id, row in shown.items():
        mains = [person for person, post, kind in roster if (post, kind) == (id, "main")]
        assert row.actual == len(mains)
        assert row.difference == row.actual - row.norm
        counted = Counter(kinds[person] for person in mains)
        assert (row.civil_servants, row.public_employees, row.contracts) == (
            counted["civil_servant"],
            counted["public_employee"],
            counted["contract"],
        )
        beside = Counter(kind for _, post, kind in roster if post == id)
        assert (row.concurrent, row.acting, row.seconded_in) == (
            beside["concurrent"],
            beside["acting"],
            beside["secondment"],
        )


async def test_a_post_to_be_closed_tells_its_last_day_and_a_seconded_holder_is_away(database: Connection) -> None:
    posts = {row.post_id: row for row in await rows(database, words.ListPosts, on=date(2026, 3, 31))}
    assert posts["p-lt--cv"].last_day == date(2026, 3, 31)
    assert posts["p-hc--cv"].last_day is None
    assert (posts["p-th--cv"].seconded_in, sum(row.seconded_out for row in posts.values())) == (1, 1)
    assert posts["p-qt--pv"].title == "Nhân viên phục vụ"
    later = {row.post_id: row for row in await rows(database, words.ListPosts, on=SUMMER, unit_id="p-qt")}
    assert (later["p-qt--pv"].title, later["p-qt--pv"].duties) == ("Nhân viên lái xe", ("Lái xe phục vụ lãnh đạo",))


async def test_the_roster_says_where_somebody_is_seconded_to_and_from(database: Connection, history: "History") -> None:
    held = await rows(database, words.ListRoster, on=date(2026, 3, 31), person_id=history.people[40])
    remarks = {row.kind: row.remarks for row in held}
    assert remarks == {"main": "Đang biệt phái tại Đơn vị P-TH", "secondment": "Biệt phái từ Đơn vị BTCTU"}


def present_told(history: "History", day: date) -> tuple[set[str], set[str]]:
    """Who works here on a day and who has left, told from the facts alone."""
    known, away = set(), set()
    for fact in history.facts:
        match fact.event:
            case words.PersonRegistered() if fact.time.date() <= day:
                known.add(fact.id)
            case words.PersonAppointed(effective_on=first) if first <= day:
                known.add(fact.id)
            case words.PersonDeparted(effective_on=first) if first <= day:
                away.add(fact.id)
            case words.PersonReturned(effective_on=first) if first <= day:
                away.discard(fact.id)
    return known - away, away


@pytest.mark.parametrize("day", [*DAYS, date(2026, 10, 15)])
async def test_who_works_here_and_who_has_left_is_what_the_facts_tell(
    database: Connection, history: "History", day: date
) -> None:
    here, away = present_told(history, day)
    kinds, roster = kinds_told(history, day), history.roster_on(day)
    shown = await rows(database, words.ListPeople, on=day)
    assert {row.person_id for row in shown} == here
    assert {row.person_id for row in await rows(database, words.ListPeople, on=day, departed=True)} == away
    assert all(row.headcount == kinds[row.person_id] for row in shown)
    holders = {person for person, _, _ in roster}
    without = await rows(database, words.ListPeople, on=day, without_post=True)
    assert {row.person_id for row in without} == here - holders
    mains = {person: post for person, post, kind in roster if kind == "main"}
    assert all(row.post_id == mains[row.person_id] for row in shown if row.person_id in mains)


async def test_a_person_names_all_posts_that_a_departure_must_name(database: Connection, history: "History") -> None:
    for day in (date(2025, 12, 31), date(2026, 3, 31), LAST):
        for id in history.people:
            state = history.desk.scenario.states["person", id]
            held = {one.post_id for one in state.appointments if (one.until or date.max) >= day}
            row = await ask(database, words.GetPerson(person_id=id, on=day))
            assert row.held_post_ids == tuple(sorted(held))
    row = await ask(database, words.GetPerson(person_id=history.people[65], on=LAST))
    assert (row.departed_on, row.post_id, row.held_post_ids) == (date(2026, 10, 1), None, ())
    corrected = await ask(database, words.GetPerson(person_id=history.people[5], on=LAST))
    assert corrected.phone == "0987 654 321"


async def test_a_life_tells_posts_kinds_departure_and_return_in_order(database: Connection, history: "History") -> None:
    life = await rows(database, words.ListPersonLife, person_id=history.people[66])
    assert [(row.turn, row.since, row.until) for row in life] == [
        ("appointment", date(2022, 7, 1), date(2026, 9, 30)),
        ("departure", date(2026, 10, 1), date(2026, 11, 1)),
        ("return", date(2026, 11, 2), None),
        ("appointment", date(2026, 11, 2), None),
    ]
    assert life[1].content == "Thôi công tác tại cơ quan: chuyển công tác"
    assert all(row.decision_number for row in life)
    counted = await rows(database, words.ListPersonLife, person_id=history.people[52])
    (change,) = [row for row in counted if row.turn == "headcount"]
    assert change.since == date(2026, 7, 1)
    assert change.content.endswith("sang cán bộ, công chức")
    promised = await rows(database, words.ListPersonLife, person_id=history.people[77])
    assert promised == []
    for id in history.people:
        held = history.desk.scenario.states["person", id].appointments
        shown = await rows(database, words.ListPersonLife, person_id=id)
        assert Counter((row.post_id, row.since, row.until) for row in shown if row.turn == "appointment") == Counter(
            (one.post_id, one.since, one.until) for one in held
        )


# --- staffing and caps ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", DAYS)
async def test_staffing_adds_up_to_what_the_facts_tell(database: Connection, history: "History", day: date) -> None:
    told, kinds, roster = posts_told(history, day), kinds_told(history, day), history.roster_on(day)
    mains = [(person, post) for person, post, kind in roster if kind == "main"]
    shown = {row.unit_id: row for row in await rows(database, words.ListStaffing, on=day)}
    assert shown.keys() == history.units_on(day).keys()
    for id, row in shown.items():
        own = [event for event in told.values() if event.unit_id == id]
        here = [(person, post) for person, post in mains if post.startswith(f"{id}--")]
        assert (row.norm, row.actual) == (sum(event.norm for event in own), len(here))
        assert row.leaders == sum(told[post].group == "leadership" for _, post in here)
        assert row.contracts == sum(kinds[person] == "contract" for person, _ in here)
        assert row.contract_norm == sum(event.norm for event in own if event.headcount == "contract")
        assert (row.missing_from, row.missing_to) == (
            max(0, row.lowest - row.actual),
            max(0, row.highest - row.actual),
        )
        assert row.adds_up
    totals = await ask(database, words.GetStaffingTotals(on=day))
    assert totals.adds_up
    assert totals.actual == len({person for person, _ in mains}) == totals.leaders + totals.others
    assert totals.actual == totals.civil_servants + totals.public_employees + totals.contracts
    assert totals.norm == sum(event.norm for event in told.values())
    assert totals.leaders_per_ten == round(10 * totals.leaders / totals.actual, 2)
    assert totals.contract_share == round(totals.contracts / totals.actual, 4)


async def test_the_staffing_of_a_unit_with_all_under_it_is_the_sum_of_theirs(database: Connection) -> None:
    under = await rows(database, words.ListStaffing, on=LAST, under="vptu")
    totals = await ask(database, words.GetStaffingTotals(on=LAST, under="vptu"))
    assert totals.unit_count == len(under) == 8
    for name in ("norm", "actual", "leaders", "contract_surplus", "specialist_shortage", "lowest", "highest"):
        assert getattr(totals, name) == sum(getattr(row, name) for row in under)


async def test_seven_divisions_pass_the_rule_and_five_keep_to_it(database: Connection) -> None:
    for day, value, state in ((date(2026, 3, 31), 7, "above"), (date(2026, 4, 1), 5, "within")):
        (row,) = await rows(database, words.ListCaps, on=day, cap="divisions_of_office")
        assert (row.value, row.most, row.state, row.unit_id) == (value, 5, state, "vptu")
        assert (row.warning is None) == (row.warning_en is None) == (state == "within")
    assert "137-QĐ/TW" in row.legal_basis
    earlier = await rows(database, words.ListCaps, on=date(2019, 6, 1))
    assert {row.cap for row in earlier} == {"deputies_of_division", "deputies_of_bodies"}
    (together,) = [row for row in earlier if row.cap == "deputies_of_bodies"]
    assert (together.unit_id, together.most, together.unit_name) == (None, 15, "Các cơ quan cấp tỉnh")


async def test_caps_count_people_and_deputies_of_the_day(database: Connection, history: "History") -> None:
    shown = await rows(database, words.ListCaps, on=LAST)
    roster = history.roster_on(LAST)
    people = Counter(post.split("--")[0] for _, post, kind in roster if kind == "main")
    deputies = [post for _, post, kind in roster if kind == "main" and post.endswith("--pho")]
    present = {row.unit_id: row.value for row in shown if row.cap == "present_in_division"}
    assert present == {id: people[id] for id in present}
    assert len(present) == 5
    (together,) = [row for row in shown if row.cap == "deputies_of_bodies"]
    assert together.value == sum(not post.startswith("p-") for post in deputies)
    passed = await rows(database, words.ListCaps, on=LAST, passed=True)
    assert passed == [row for row in shown if row.warning]


# --- transfers ------------------------------------------------------------------------------------------------------


async def test_a_transfer_shows_its_people_line_by_line_and_adds_up_on_both_sides(
    database: Connection, history: "History"
) -> None:
    shown = {row.transfer_id: row for row in await rows(database, words.ListTransfers)}
    assert set(shown) == set(history.transfers)
    for id, row in shown.items():
        state = history.desk.scenario.states["transfer", id]
        assert (row.status, row.number, row.year, row.people) == (
            state.status,
            state.number,
            state.year,
            len(state.lines),
        )
        view = await ask(database, words.GetTransfer(transfer_id=id))
        assert (view.transfer, view.adds_up) == (row, True)
        lines = await rows(database, words.ListTransferLines, transfer_id=id)
        assert [(line.person_id, line.from_post_id, line.to_post_id) for line in lines] == [
            (line.person_id, line.from_post_id, line.to_post_id) for line in state.lines
        ]
        assert [line.place for line in lines] == list(range(1, row.people + 1))
        assert {total.unit_id: total.people for total in view.targets} == Counter(line.to_unit_id for line in lines)
        assert {total.unit_id: total.people for total in view.sources} == Counter(line.from_unit_id for line in lines)
    (dropped,) = [row for row in shown.values() if row.status == "cancelled"]
    assert dropped.remarks == "Đã hủy: Chưa thống nhất danh sách."


# --- contacts and authority -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [*DAYS, date(2026, 1, 7), date(2026, 7, 1), date(2026, 10, 1)])
async def test_who_answers_for_a_line_is_what_the_deciders_came_to(
    database: Connection, history: "History", day: date
) -> None:
    shown = await rows(database, words.ListContacts, on=day)
    named = {(row.unit_id, row.line): (row.person_id, row.until) for row in shown if row.person_id}
    told = {}
    for (aggregate, id), state in history.desk.scenario.states.items():
        if aggregate == "contact":
            unit, line = id.split("--")
            for one in state.namings:
                if one.since <= day <= (one.until or date.max):
                    told[unit, line.replace("-", "_")] = (one.person_id, one.until)
    assert named == told
    here, _ = present_told(history, day)
    units = history.units_on(day)
    for row in shown:
        assert row.valid == (row.person_id in here and row.unit_id in units)
    served = {code.lower() for code in ("BTCTU", "BTGTU", "BDVTU", "UBKTTU", "BNCTU")} & units.keys()
    lacking = {(row.unit_id, row.line) for row in shown if row.person_id is None}
    assert lacking == {(unit, line) for unit in served for line in LINES} - told.keys()


LINES = ("clerical", "accounts", "vehicles_rooms", "it", "petitions")


@pytest.mark.parametrize(
    "day",
    [*DAYS, date(2026, 2, 16), date(2026, 2, 22), date(2026, 2, 23), date(2026, 7, 1), date(2026, 9, 30)],
)
async def test_who_may_do_what_is_what_the_deciders_came_to(
    database: Connection, history: "History", day: date
) -> None:
    here, _ = present_told(history, day)
    units = history.units_on(day)
    told: set[tuple[str, str, str, str | None]] = set()
    for (aggregate, id), state in history.desk.scenario.states.items():
        if aggregate == "authority":
            for one in state.grants:
                stands = one.unit_id is None or one.unit_id in units
                if one.since <= day <= (one.until or date.max) and id in here and stands:
                    told.add((id, one.role, "grant", None))
            for given in state.delegated:
                if given.since <= day <= given.until and given.to_person_id in here:
                    told.add((given.to_person_id, given.role, "delegation", id))
    shown = await rows(database, words.ListAuthority, on=day)
    assert {(row.person_id, row.role, row.by, row.from_person_id) for row in shown} == told
    for number in range(78):
        view = await ask(database, words.GetAccountAuthority(account=f"user:nguoi{number}", on=day))
        own = [row for row in shown if row.person_id == history.people[number]]
        known = history.desk.scenario.states["person", history.people[number]].account is not None
        assert set(view.roles) == ({row.role for row in own} if known else set())
        assert sorted(view.rests_on, key=str) == (sorted(own, key=str) if known else [])


async def test_a_delegation_is_used_in_its_days_and_ends_when_it_is_withdrawn_or_the_receiver_leaves(
    database: Connection, history: "History"
) -> None:
    async def roles(day: date) -> tuple[str, ...]:
        view: words.AuthorityView = await ask(database, words.GetAccountAuthority(account="user:nguoi13", on=day))
        return view.roles

    assert await roles(date(2026, 2, 15)) == ("clerk",)
    assert await roles(date(2026, 2, 16)) == ("clerk", "leader")
    assert await roles(date(2026, 2, 22)) == ("clerk", "leader")
    assert await roles(date(2026, 2, 23)) == ("clerk",)
    assert await roles(date(2026, 7, 1)) == ("clerk", "leader")
    assert await roles(date(2026, 10, 1)) == ()
    given = await rows(database, words.ListAuthority, on=date(2026, 7, 1), by="delegation")
    assert [(row.from_person_id, row.until, row.person_id) for row in given] == [
        (history.people[0], date(2026, 10, 31), history.people[13])
    ]


async def test_a_board_is_spoken_for_only_as_long_as_it_stands(database: Connection, history: "History") -> None:
    before = await ask(database, words.GetAccountAuthority(account="user:nguoi3", on=date(2026, 6, 30)))
    assert (before.board, before.roles) == ("BDVTU", ("board",))
    assert before.name == history.desk.scenario.states["person", history.people[3]].name
    after = await ask(database, words.GetAccountAuthority(account="USER:nguoi3".replace("USER", "user"), on=SUMMER))
    assert (after.board, after.roles, after.person_id) == (None, (), history.people[3])
    other = await ask(database, words.GetAccountAuthority(account="user:NGUOI2", on=SUMMER))
    assert (other.board, other.account) == ("BTGTU", "user:NGUOI2")
    nobody = await ask(database, words.GetAccountAuthority(account="user:ai", on=SUMMER))
    assert (nobody.person_id, nobody.name, nobody.roles, nobody.rests_on) == (None, None, (), ())


# --- on which day ---------------------------------------------------------------------------------------------------


async def test_before_everything_there_is_nothing(database: Connection, history: "History") -> None:
    dated = [query for query in words.QUERIES if "on" in query.model_fields and issubclass(query, ListQuery)]
    for kind in dated:
        assert await rows(database, kind, on=LONG_AGO) == []
    chart = await ask(database, words.GetChart(on=LONG_AGO))
    assert (chart.roots, chart.unit_count) == ((), 0)
    totals = await ask(database, words.GetStaffingTotals(on=LONG_AGO))
    assert (totals.actual, totals.norm, totals.leaders_per_ten, totals.contract_share) == (0, 0, None, None)
    assert totals.adds_up
    assert (await ask(database, words.GetAccountAuthority(account="user:nguoi0", on=LONG_AGO))).roles == ()
    person = await ask(database, words.GetPerson(person_id=history.people[0], on=LONG_AGO))
    assert (person.post_id, person.departed_on) == (None, None)


async def test_a_day_left_out_is_today_at_the_office_or_that_of_the_moment_asked_of(database: Connection) -> None:
    today = await database.fetchval("SELECT (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date")
    assert await rows(database, words.ListUnits) == await rows(database, words.ListUnits, on=today)
    assert (await ask(database, words.GetChart())).on == today
    evening = datetime(2026, 3, 31, 16, 59, tzinfo=UTC)
    for moment, count in ((evening, 7), (evening + timedelta(minutes=1), 5)):
        divisions = await rows(database, words.ListUnits, as_of=moment, kind="division")
        assert len(divisions) == count
    assert (await ask(database, words.GetChart(as_of=evening, on=LAST))).on == LAST


# --- finding and paging ---------------------------------------------------------------------------------------------

FILTERS: list[tuple[type[ListQuery], dict[str, Any], Callable[[Any], bool]]] = [
    (words.ListUnits, {"under": "vptu"}, lambda row: row.unit_id == "vptu" or row.unit_id[:2] in ("p-", "t-")),
    (words.ListUnits, {"parent_id": "vptu"}, lambda row: row.parent_id == "vptu"),
    (words.ListUnits, {"kind": "division"}, lambda row: row.kind == "division"),
    (words.ListUnits, {"site_id": "ts2"}, lambda row: row.site_name == "Trụ sở TS2"),
    (words.ListUnits, {"served": True}, lambda row: row.served),
    (words.ListUnits, {"text": "tuyen giao dan v"}, lambda row: row.unit_id == "btgtu"),
    (words.ListUnitHistory, {"unit_id": "p-hc"}, lambda row: row.unit_id == "p-hc"),
    (words.ListUnitHistory, {"from_day": SUMMER}, lambda row: row.effective_on >= SUMMER),
    (words.ListUnitHistory, {"to_day": DAYS[3]}, lambda row: row.effective_on <= DAYS[3]),
    (words.ListPosts, {"unit_id": "p-hc"}, lambda row: row.unit_id == "p-hc"),
    (words.ListPosts, {"under": "vptu"}, lambda row: row.unit_id == "vptu" or row.unit_id[:2] == "p-"),
    (words.ListPosts, {"group": "leadership"}, lambda row: row.group == "leadership"),
    (words.ListPosts, {"headcount": "contract"}, lambda row: row.headcount == "contract"),
    (words.ListPosts, {"rank": "deputy"}, lambda row: row.rank == "deputy"),
    (words.ListPosts, {"state": "vacant"}, lambda row: row.difference < 0),
    (words.ListPosts, {"state": "filled"}, lambda row: row.difference >= 0),
    (words.ListPosts, {"state": "above_norm"}, lambda row: row.difference > 0),
    (words.ListPosts, {"state": "below_minimum"}, lambda row: row.actual < row.minimum),
    (words.ListPosts, {"text": "lai xe"}, lambda row: row.title == "Nhân viên lái xe"),
    (words.ListRoster, {"unit_id": "btgtu"}, lambda row: row.unit_id == "btgtu"),
    (words.ListRoster, {"under": "vptu"}, lambda row: row.unit_id == "vptu" or row.unit_id[:2] == "p-"),
    (words.ListRoster, {"post_id": "vptu--pv"}, lambda row: row.post_id == "vptu--pv"),
    (words.ListRoster, {"group": "support"}, lambda row: row.post_group == "support"),
    (words.ListRoster, {"headcount": "public_employee"}, lambda row: row.headcount == "public_employee"),
    (words.ListRoster, {"kind": "acting"}, lambda row: row.kind == "acting"),
    (words.ListRoster, {"site_id": "ts1"}, lambda row: row.site_name == "Trụ sở TS1"),
    (words.ListRoster, {"text": "thi lan"}, lambda row: {"Thị", "Lan"} <= set(row.name.split())),
    (words.ListPeople, {"headcount": "contract"}, lambda row: row.headcount == "contract"),
    (words.ListPeople, {"without_post": True}, lambda row: row.post_id is None),
    (words.ListPeople, {"without_post": False}, lambda row: row.post_id is not None),
    (words.ListPeople, {"text": "nguoi26"}, lambda row: row.account == "user:nguoi26"),
    (words.ListPeople, {"text": "hoàng thị dũ"}, lambda row: row.name == "Hoàng Thị Dũng"),
    (words.ListStaffing, {"under": "vptu"}, lambda row: row.unit_id == "vptu" or row.unit_id[:2] in ("p-", "t-")),
    (words.ListStaffing, {"kind": "body"}, lambda row: row.kind == "body"),
    (words.ListStaffing, {"only": "short"}, lambda row: row.actual < max(row.norm, row.lowest)),
    (words.ListStaffing, {"only": "surplus"}, lambda row: row.actual > row.norm),
    (words.ListStaffing, {"only": "imbalance"}, lambda row: row.contract_surplus > 0 < row.specialist_shortage),
    (words.ListCaps, {"cap": "people_of_division"}, lambda row: row.cap == "people_of_division"),
    (words.ListCaps, {"passed": True}, lambda row: row.state != "within"),
    (words.ListTransfers, {"status": "prepared"}, lambda row: row.status == "prepared"),
    (words.ListTransfers, {"from_day": SUMMER}, lambda row: row.effective_on >= SUMMER),
    (words.ListTransfers, {"to_day": SUMMER}, lambda row: row.effective_on <= SUMMER),
    (words.ListTransfers, {"text": "132"}, lambda row: row.decision_number == "132-QĐ/TU"),
    (words.ListContacts, {"unit_id": "btctu"}, lambda row: row.unit_id == "btctu"),
    (words.ListContacts, {"line": "it"}, lambda row: row.line == "it"),
    (words.ListContacts, {"valid": True}, lambda row: row.valid),
    (words.ListContacts, {"valid": False}, lambda row: not row.valid),
    (words.ListAuthority, {"role": "board"}, lambda row: row.role == "board"),
    (words.ListAuthority, {"unit_id": "ubkttu"}, lambda row: row.unit_code == "UBKTTU"),
]
BY_PERSON = {(words.ListRoster, "person_id"), (words.ListContacts, "person_id"), (words.ListAuthority, "person_id")}
ELSEWHERE = {
    *BY_PERSON,
    (words.ListUnits, "ended"),
    (words.ListUnits, "tier"),
    (words.ListStaffing, "tier"),
    (words.ListPeople, "departed"),
    (words.ListTransfers, "year"),
    (words.ListAuthority, "by"),
}


def of_day(kind: type[ListQuery]) -> dict[str, Any]:
    """Return the day to ask of: the last one, but one with seven divisions for the rule that allows five."""
    return {"on": DAYS[2] if kind is words.ListCaps else LAST} if "on" in kind.model_fields else {}


@pytest.mark.parametrize(
    ("kind", "asked", "is_wanted"), FILTERS, ids=lambda value: getattr(value, "__name__", str(value))
)
async def test_a_filter_finds_exactly_the_rows_it_names(
    database: Connection, kind: type[ListQuery], asked: dict[str, Any], is_wanted: Callable[[Row], bool]
) -> None:
    everything = await rows(database, kind, **of_day(kind))
    expected = [row for row in everything if is_wanted(row)]
    assert 0 < len(expected) < len(everything)
    assert await rows(database, kind, **of_day(kind), **asked) == expected


async def test_a_list_of_one_person_finds_exactly_theirs(database: Connection, history: "History") -> None:
    for kind, id in (
        (words.ListRoster, history.people[14]),
        (words.ListContacts, history.people[40]),
        (words.ListAuthority, history.people[26]),
    ):
        everything = await rows(database, kind, on=LAST)
        expected = [row for row in everything if id in (row.person_id, getattr(row, "substitute_id", None))]
        assert 0 < len(expected) < len(everything)
        assert await rows(database, kind, on=LAST, person_id=id) == expected


async def test_lists_by_tier_and_year_find_all_or_nothing(database: Connection) -> None:
    for kind in (words.ListUnits, words.ListStaffing):
        assert await rows(database, kind, on=LAST, tier="TINH") == await rows(database, kind, on=LAST)
        assert await rows(database, kind, on=LAST, tier="XA") == []
    everything = await rows(database, words.ListTransfers)
    assert await rows(database, words.ListTransfers, year=2026) == everything != []
    assert await rows(database, words.ListTransfers, year=2025) == []


def test_every_field_one_may_filter_by_is_asked_in_a_test() -> None:
    paging = set(ListQuery.model_fields) | {"sort", "on"}
    for kind in {kind for kind, _, _ in FILTERS}:
        asked = {name for of, fields, _ in FILTERS if of is kind for name in fields}
        asked |= {name for of, name in ELSEWHERE if of is kind}
        assert asked == kind.model_fields.keys() - paging


async def test_a_list_of_a_transfer_is_narrowed_by_where_people_come_from_and_go_to(
    database: Connection, history: "History"
) -> None:
    id = history.transfers[0]
    everything = await rows(database, words.ListTransferLines, transfer_id=id)
    (source,) = {line.from_unit_id for line in everything}
    (target,) = {line.to_unit_id for line in everything}
    for asked, found in (
        ({"from_unit_id": source}, everything),
        ({"from_unit_id": target}, []),
        ({"to_unit_id": target}, everything),
        ({"to_unit_id": source}, []),
    ):
        assert await rows(database, words.ListTransferLines, transfer_id=id, **asked) == found


ORDERS: list[tuple[type[ListQuery], str, Callable[[Any], Any]]] = [
    (words.ListSites, "code", lambda row: fold(row.code)),
    (words.ListUnits, "unit_code", lambda row: fold(row.unit_code)),
    (words.ListUnits, "name", lambda row: fold(row.name)),
    (words.ListUnits, "since", lambda row: row.since),
    (words.ListUnitHistory, "effective_on", lambda row: row.effective_on),
    (words.ListPosts, "post_id", lambda row: row.post_id),
    (words.ListPosts, "unit_name", lambda row: fold(row.unit_name)),
    (words.ListPosts, "title", lambda row: fold(row.title)),
    (words.ListRoster, "unit_name", lambda row: (fold(row.unit_name), ("head", "deputy", "staff").index(row.rank))),
    (words.ListRoster, "name", lambda row: name_order(row.name)),
    (words.ListRoster, "since", lambda row: row.since),
    (words.ListPeople, "name", lambda row: name_order(row.name)),
    (words.ListStaffing, "unit_name", lambda row: fold(row.unit_name)),
    (words.ListStaffing, "actual", lambda row: row.actual),
    (words.ListStaffing, "missing_to", lambda row: row.missing_to),
    (words.ListCaps, "unit_name", lambda row: fold(row.unit_name)),
    (words.ListTransfers, "number", lambda row: (row.year, row.number)),
    (words.ListTransfers, "effective_on", lambda row: (row.effective_on, row.number)),
    (words.ListContacts, "unit_name", lambda row: (fold(row.unit_name), LINES.index(row.line))),
    (words.ListAuthority, "name", lambda row: name_order(row.name)),
]


@pytest.mark.parametrize("limit", [1, 7, 1000])
@pytest.mark.parametrize("descending", [True, False], ids=["down", "up"])
@pytest.mark.parametrize(("kind", "sort", "place"), ORDERS, ids=lambda value: getattr(value, "__name__", value))
async def test_pages_visit_every_row_once_in_the_order_asked_for(
    database: Connection, kind: Any, sort: str, place: Callable[[Any], Any], descending: bool, limit: int
) -> None:
    everything = await rows(database, kind, **of_day(kind))
    found = await pages(database, kind(sort=sort, descending=descending, limit=limit, **of_day(kind)))
    assert sorted(map(str, found)) == sorted(map(str, everything))
    assert len({str(row) for row in found}) == len(everything) > 1
    places = [place(row) for row in found]
    assert places == sorted(places, reverse=descending)


async def test_the_list_of_a_transfer_and_a_life_come_in_pages_too(database: Connection, history: "History") -> None:
    for kind, asked in (
        (words.ListTransferLines, {"transfer_id": max(history.transfers, key=lambda id: people(history, id))}),
        (words.ListPersonLife, {"person_id": history.people[66]}),
    ):
        everything = await rows(database, kind, **asked)
        assert len(everything) > 1
        assert await pages(database, kind(limit=1, **asked)) == everything
        assert await pages(database, kind(limit=1, descending=True, **asked)) == everything[::-1]


def people(history: "History", transfer_id: str) -> int:
    return len(history.desk.scenario.states["transfer", transfer_id].lines)


def test_every_order_one_may_ask_for_is_asked_in_a_test() -> None:
    alone = {words.ListTransferLines, words.ListPersonLife}
    for kind in {query for query in words.QUERIES if issubclass(query, ListQuery)} - alone:
        schema = kind.model_json_schema()["properties"]["sort"]
        assert {sort for of, sort, _ in ORDERS if of is kind} == set(schema.get("enum", [schema.get("const")]))


LISTS = [kind for kind in words.QUERIES if issubclass(kind, ListQuery)]


@pytest.mark.parametrize("cursor", ["x", "!", "bm8=", "W10=", "WyIxIl0=", "WzEsIDJd", "e30=", "bnVsbA==", "Ă"])
async def test_a_cursor_that_is_none_is_refused(database: Connection, history: "History", cursor: str) -> None:
    for kind in LISTS:
        query = kind(cursor=cursor, **of_day(kind), **needed(kind, history))
        await is_refused(database, query, BAD_CURSOR, "cursor")


async def test_a_cursor_of_another_order_is_refused(database: Connection) -> None:
    page = await ask(database, words.ListRoster(on=LAST, sort="name", limit=1))
    made = base64.urlsafe_b64encode(json.dumps(["+name", 1, 2, 3]).encode()).decode()
    for query in (
        words.ListRoster(on=LAST, sort="since", cursor=page.next_cursor),
        words.ListRoster(on=LAST, sort="name", descending=True, cursor=page.next_cursor),
        words.ListRoster(on=LONG_AGO, sort="since", cursor=page.next_cursor),
        words.ListRoster(on=LAST, sort="name", cursor=made),
    ):
        await is_refused(database, query, BAD_CURSOR, "cursor")


def needed(kind: type[Query], history: "History") -> dict[str, Any]:
    known = {"person_id": history.people[66], "transfer_id": history.transfers[0]}
    return {
        name: id for name, id in known.items() if name in kind.model_fields and kind.model_fields[name].is_required()
    }


async def test_who_and_what_is_not_known_is_said_not_to_be(database: Connection) -> None:
    for query, refusal, field in (
        (words.GetPerson(person_id=STRANGER), words.PERSON_UNKNOWN, "person_id"),
        (words.ListPersonLife(person_id=STRANGER), words.PERSON_UNKNOWN, "person_id"),
        (words.GetTransfer(transfer_id=STRANGER), words.TRANSFER_UNKNOWN, "transfer_id"),
        (words.ListTransferLines(transfer_id=STRANGER), words.TRANSFER_UNKNOWN, "transfer_id"),
    ):
        await is_refused(database, query, refusal, field)


async def is_refused(database: Connection, query: Query, refusal: Refusal, field: str) -> None:
    with pytest.raises(Refused) as refused:
        await ask(database, query)
    assert (refused.value.refusal, refused.value.field) == (refusal, field)
    refused.value.reply()


async def test_every_answer_is_what_its_question_promises_and_says_only_words_of_people(
    database: Connection, history: "History"
) -> None:
    for kind in words.QUERIES:
        on: dict[str, Any] = {"on": LAST} if "on" in kind.model_fields else {}
        asked = {**on, **needed(kind, history)} | (
            {"account": "user:nguoi0"} if kind is words.GetAccountAuthority else {}
        )
        answer: BaseModel = await ask(database, kind(**asked))
        validated = kind.answer.model_validate(answer.model_dump())
        assert validated == answer
        assert "None" not in str([text for text in texts(answer.model_dump()) if text])


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return list(chain.from_iterable(texts(part) for part in value.values()))
    if isinstance(value, list | tuple):
        return list(chain.from_iterable(texts(part) for part in value))
    return [value] if isinstance(value, str) else []
