"""The weekly calendar as it is shown: whole weeks of any version, changes in words, and what is restricted to whom."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import asyncpg
import pytest
import pytest_asyncio

from contracts import organisation
from contracts.base import Actor, ListQuery, Query, Refused
from contracts.organisation import Decision
from contracts.scheduling import weekly as words
from contracts.scheduling.weekly.events import ItemFacts, Named, WeekChange
from deploy.stack import Stack
from services.runtime.envelope import Fact
from services.runtime.read_model import Fold, ReadModel, create_indexes_sql, create_table_sql
from services.scheduling.deciders.week import facts_of
from services.scheduling.read_models.week_told import tell
from services.scheduling.service import SCHEDULING
from services.scheduling.weekly import QUERY_RULES

if TYPE_CHECKING:
    from tests.scheduling.shown import Recorded

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
MODELS = tuple({model.name: model for rule in QUERY_RULES for model in rule.reads}.values())
_HERE = Path(__file__)
_RULES = SCHEDULING.rules()


def _module(path: Path) -> Any:
    spec = spec_from_file_location(f"tests_week_reading_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_SCENARIO = _module(_HERE.parents[2] / "scenario.py")
_OFFICE = _module(_HERE.with_name("office.py"))
_SHOWN = _module(_HERE.parents[1] / "shown.py")
WEEK, NEXT = _OFFICE.WEEK, _OFFICE.NEXT
speaker: Callable[..., Actor] = _SCENARIO.speaker
CLERK = speaker("clerk")
READER = speaker("reader", id="user:nguoi.doc")
OTHER_BOARD = speaker("board", id="user:ban.khac", board="BNCTU")
CONCERNED = speaker("board", id="user:ban.to.chuc", board="BTCTU")
"""Of a board which the restricted item concerns."""
DEPUTY = speaker("reader", id="user:pho.bi.thu")
"""Takes part in it under their own account."""
PROPOSER = speaker("board", id="user:ban.tuyen.giao", board="BTGTU")


class Told:
    """The story of a week as the log holds it, and its items by name."""

    def __init__(self) -> None:
        office = _OFFICE.Office(_SCENARIO.Scenario(replace(SCHEDULING, rules=lambda: _RULES), CLERK), speaker)
        recorded: Recorded = _SHOWN.Recorded(office)
        self.items: dict[str, str] = _OFFICE.a_week(office)
        self.office = office
        decision = Decision(number="1-QĐ/TU", issued_on=date(2025, 12, 1), issuer="Tỉnh ủy")
        opened = organisation.SiteOpened(
            code="TS1", name="Trụ sở Tỉnh ủy", address="Số 1", effective_on=date(2026, 1, 1), decision=decision
        )
        self.facts = [site_fact(recorded.facts[0], opened), *recorded.facts[1:]]


def site_fact(like: Fact, event: organisation.SiteOpened) -> Fact:
    """A fact of organisation in the place of one of scheduling's that no week needs."""
    return like._replace(type="organisation.SiteOpened", aggregate="site", id="ts1", event=event)


@pytest.fixture(scope="module")
def told() -> Told:
    return Told()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def database(office: Stack, told: Told) -> AsyncIterator[Connection]:
    connection: Connection = await asyncpg.connect(office.database_url("scheduling"))
    for model in MODELS:
        await fill(connection, model, model.table, [told.facts])
        for statement in create_indexes_sql(model, model.table):
            await connection.execute(statement)
    yield connection
    await connection.close()


async def fill(database: Connection, model: ReadModel, table: str, batches: Sequence[Sequence[Fact]]) -> None:
    await database.execute(f'DROP TABLE IF EXISTS "{table}"')
    await database.execute(create_table_sql(model, table))
    folding = Fold(model, table)
    for batch in batches:
        async with database.transaction():
            await folding.apply(database, [fact for fact in batch if fact.type in model.events])


async def rows_of(database: Connection, model: ReadModel, table: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await database.fetch(f'SELECT * FROM "{table}" ORDER BY "{model.key_column}"')]


async def ask(database: Connection, query: Query, actor: Actor = CLERK) -> Any:
    """Return a query's answer, which is of the shape its query promises."""
    rule = next(rule for rule in QUERY_RULES if rule.query is type(query))
    answer = await rule.answer(query, actor).read(database)
    return query.answer.model_validate_json(answer.model_dump_json())


async def rows(database: Connection, kind: type[ListQuery], actor: Actor = CLERK, /, **asked: Any) -> list[Any]:
    """Return every row of a list, page after page of two."""
    found: list[Any] = []
    query = kind(limit=2, **asked)
    while True:
        page = await ask(database, query, actor)
        found += page.rows
        if page.next_cursor is None:
            return found
        query = query.model_copy(update={"cursor": page.next_cursor})


def test_every_question_has_its_rule() -> None:
    assert tuple(rule.query for rule in QUERY_RULES) == words.WEEKLY_QUERIES


# --- folding --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
@pytest.mark.parametrize("size", [1, 7, 10_000], ids=["one by one", "seven by seven", "all at once"])
async def test_a_fact_delivered_twice_changes_nothing_in_batches_of_any_size(
    database: Connection, told: Told, model: ReadModel, size: int
) -> None:
    facts = told.facts
    batches = [facts[start : start + size] for start in range(0, len(facts), size)]
    await fill(database, model, "again", [batch for batch in batches for _ in range(2)])
    again = await rows_of(database, model, "again")
    assert again == await rows_of(database, model, model.table)
    assert again


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
async def test_an_old_day_is_the_same_fold_stopped_there(database: Connection, told: Told, model: ReadModel) -> None:
    half = told.facts[: len(told.facts) // 2]
    await fill(database, model, "again", [half])
    stopped = await rows_of(database, model, "again")
    await fill(database, model, "again", [half[:23], half[23:], half[:9]])
    assert await rows_of(database, model, "again") == stopped


# --- the week -------------------------------------------------------------------------------------------------------


async def test_the_week_shows_every_item_as_its_decider_knows_it(database: Connection, told: Told) -> None:
    week, view = told.office.week(), await ask(database, words.GetWeek(week_id=WEEK))
    shown = {item.item_id: item for item in view.items}
    assert set(shown) == {item.item_id for item in week.items}
    for item in week.items:
        row = shown[item.item_id]
        assert (row.status, row.reason, row.board, row.proposed_by) == (
            item.status, item.reason, item.board, item.by_name
        )  # fmt: skip
        assert (row.holds.things if row.holds else ()) == item.holds
        same = {name: getattr(row, name) for name in ItemFacts.model_fields if name != "chair"}
        assert ItemFacts(**same, chair=row.chair_named) == item.facts
    starts = [item.starts_at for item in view.items]
    assert starts == sorted(starts)
    assert (view.status, view.version, view.revision, view.calendar) == (
        week.status, week.version, week.revision, "tinh-uy"
    )  # fmt: skip
    assert (view.from_day, view.to_day, view.week) == (date(2026, 11, 30), date(2026, 12, 6), 49)
    standing = shown[told.items["standing"]]
    assert (standing.site_name, standing.chair) == ("Trụ sở Tỉnh ủy", "Đồng chí Bí thư")
    assert standing.taking_part == "Đồng chí Phó Bí thư; Đồng chí Chủ tịch UBND xã; Các ban Đảng"
    assert shown[told.items["delegated"]].chair == "Đồng chí Chủ tịch (ủy quyền Nguyễn Thị Lan dự)"


async def test_a_version_says_what_was_published_then(database: Connection, told: Told) -> None:
    first = await ask(database, words.GetWeek(week_id=WEEK, version=1))
    second = await ask(database, words.GetWeek(week_id=WEEK, version=2))
    names = {id: name for name, id in told.items.items()}
    assert [names[item.item_id] for item in first.items] == [
        "standing", "whole_day", "delegated", "moved", "cancelled", "postponed"
    ]  # fmt: skip
    assert [names[item.item_id] for item in second.items] == ["standing", "whole_day", "delegated", "moved", "over"]
    assert (first.changes, first.version, {item.status for item in first.items}) == ((), 1, {"arranged"})
    changes = {names[change.item_id]: change.change for change in second.changes}
    assert changes == {
        "delegated": "delegated", "moved": "changed", "cancelled": "cancelled", "postponed": "cancelled",
        "over": "added",
    }  # fmt: skip
    marked = {names[item.item_id]: item.changed for item in second.items if item.changed}
    assert marked == {"delegated": "delegated", "moved": "changed", "over": "added"}
    assert [(each.version, each.item_count, each.change_count) for each in second.versions] == [(1, 6, 0), (2, 5, 5)]
    moved = {view.version: view.items[3].starts_at for view in (first, second)}
    assert moved == {1: datetime(2026, 12, 3, 7, tzinfo=UTC), 2: datetime(2026, 12, 3, 8, tzinfo=UTC)}
    with pytest.raises(Refused, match="version-unknown"):
        await ask(database, words.GetWeek(week_id=WEEK, version=3))


async def test_a_week_in_which_nothing_was_proposed_is_open_and_empty(database: Connection) -> None:
    view = await ask(database, words.GetWeek(week_id="hdnd-2026-w53"))
    assert (view.status, view.items, view.version, view.revision) == ("open", (), 0, 0)
    assert view.holidays == ("2027-01-01 Tết Dương lịch",)
    with pytest.raises(Refused):
        await ask(database, words.GetWeek(week_id="hdnd-2027-w53"))


async def test_who_has_read_which_version_is_shown(database: Connection) -> None:
    view = await ask(database, words.GetWeek(week_id=WEEK))
    assert [(each.version, each.by, each.board) for each in view.acknowledged] == [
        (1, "user:ban.tuyen.giao", "BTGTU"),
        (2, "user:pho.bi.thu.thuong.truc", None),
    ]


async def test_weeks_are_listed_the_last_first(database: Connection) -> None:
    listed = await rows(database, words.ListWeeks)
    assert [(row.week_id, row.status, row.version, row.arranged, row.undecided) for row in listed] == [
        (NEXT, "open", 0, 1, 0),
        (WEEK, "published", 2, 5, 0),
    ]
    assert [row.arranged for row in await rows(database, words.ListWeeks, READER)] == [1, 4]
    assert await rows(database, words.ListWeeks, calendar="hdnd") == []


async def test_items_are_found_by_what_is_said_of_them(database: Connection, told: Told) -> None:
    office, every = told.office, await rows(database, words.ListWeekItems)
    assert len(every) == 11
    asked: list[tuple[dict[str, Any], Callable[[Any], bool]]] = [
        ({"week_id": NEXT}, lambda row: row.week_id == NEXT),
        ({"status": "declined"}, lambda row: row.status == "declined"),
        ({"kind": "ceremony"}, lambda row: row.kind == "ceremony"),
        ({"board": "BTGTU"}, lambda row: row.board == "BTGTU"),
        ({"thing": office.CAR}, lambda row: any(car.thing == office.CAR for car in row.vehicles)),
        ({"thing": office.LAN}, lambda row: row.item_id == told.items["delegated"]),
        ({"from_day": date(2026, 12, 4)}, lambda row: row.day >= date(2026, 12, 4)),
        ({"to_day": date(2026, 12, 2)}, lambda row: row.day <= date(2026, 12, 2)),
        ({"text": "ky niem"}, lambda row: "kỷ niệm" in row.content),
        ({"text": "Nguyễn Thị Lan"}, lambda row: row.item_id == told.items["delegated"]),
    ]
    for filters, is_it in asked:
        found = await rows(database, words.ListWeekItems, **filters)
        assert found == [row for row in every if is_it(row)], filters
        assert found
    backwards = await rows(database, words.ListWeekItems, descending=True)
    assert [row.item_id for row in backwards] == [row.item_id for row in reversed(every)]


async def test_items_say_how_they_differ_from_what_was_published_last(told: Told, office: Stack) -> None:
    """Version 1, and then changes that nobody has approved yet."""
    published = [place for place, fact in enumerate(told.facts) if isinstance(fact.event, words.WeekPublished)]
    connection = await asyncpg.connect(office.database_url("scheduling"))
    try:
        for model in MODELS:
            await fill(connection, model, model.table, [told.facts[: published[1]]])
        view = await ask(connection, words.GetWeek(week_id=WEEK))
        listed = await rows(connection, words.ListWeekItems, week_id=WEEK)
        for model in MODELS:
            await fill(connection, model, model.table, [told.facts])
    finally:
        await connection.close()
    names = {id: name for name, id in told.items.items()}
    changed = {names[item.item_id]: item.changed for item in view.items if item.changed}
    assert changed == {
        "delegated": "delegated", "moved": "changed", "cancelled": "cancelled", "postponed": "cancelled",
        "over": "added",
    }  # fmt: skip
    assert {names[item.item_id]: item.changed for item in listed if item.changed} == changed
    assert (view.status, view.version) == ("submitted", 1)


# --- changes --------------------------------------------------------------------------------------------------------


async def test_changes_are_told_in_words_to_those_they_affect(database: Connection, told: Told) -> None:
    names = {id: name for name, id in told.items.items()}
    every = {names[row.item_id]: row for row in await rows(database, words.ListWeekChanges)}
    assert {name: row.told for name, row in every.items()} == {
        "delegated": "ủy quyền đồng chí Nguyễn Thị Lan dự thay đồng chí Chủ tịch",
        "moved": "giờ 14:00 → 15:00",
        "cancelled": "hủy, hoãn: giờ 08:00, ngày 04/12/2026; địa điểm Phòng họp 1",
        "postponed": "hủy, hoãn: giờ 14:00, ngày 04/12/2026; địa điểm Phòng họp 1",
        "over": "bổ sung: giờ 08:00, ngày 05/12/2026; địa điểm Hội trường A",
    }
    assert every["moved"].told_en == "hour 14:00 → 15:00"
    assert every["moved"].reason == "Trùng lịch tiếp khách."
    of_lan = await rows(database, words.ListWeekChanges, thing=told.office.LAN)
    assert [names[row.item_id] for row in of_lan] == ["delegated"]
    mine = await rows(database, words.ListWeekChanges, CONCERNED, mine=True)
    assert [names[row.item_id] for row in mine] == ["moved"]
    own = await rows(database, words.ListWeekChanges, speaker("reader", id="user:chu.tich", board="UBND"), mine=True)
    assert [names[row.item_id] for row in own] == ["delegated"]
    assert {names[row.item_id] for row in await rows(database, words.ListWeekChanges, PROPOSER, mine=True)} == {
        "delegated", "moved"
    }  # fmt: skip
    assert await rows(database, words.ListWeekChanges, week_id=NEXT) == []


async def test_what_was_read_is_unread_no_more(database: Connection, told: Told) -> None:
    assert len(await rows(database, words.ListWeekChanges, PROPOSER, unread=True)) == 5
    assert await rows(database, words.ListWeekChanges, told.office.leader, unread=True) == []
    assert {row.acknowledged for row in await rows(database, words.ListWeekChanges, told.office.leader)} == {True}


AT = datetime(2026, 12, 1, 1, tzinfo=UTC)
SENT = Named(name="Nguyễn Văn A", thing="a", delegate="Đỗ D")
SAID = ItemFacts(
    day=date(2026, 12, 1),
    session="morning",
    starts_at=AT,
    ends_at=AT.replace(hour=3),
    content="Họp giao ban",
    chair=Named(name="Nguyễn Văn A", thing="a"),
    attendees=(Named(name="Trần Thị B", thing="b"),),
    place="Phòng họp 1",
)


@pytest.mark.parametrize(
    ("after", "vi"),
    [
        ({"starts_at": AT.replace(hour=7)}, "giờ 08:00 → 14:00"),
        ({"place": "Hội trường", "timed": False}, "giờ 08:00 → buổi sáng; địa điểm Phòng họp 1 → Hội trường"),
        ({"day": date(2026, 12, 2)}, "ngày 01/12/2026 → 02/12/2026"),
        ({"ends_at": AT.replace(hour=4)}, "kết thúc 10:00 → 11:00"),
        ({"timed": False}, "giờ 08:00 → buổi sáng"),
        ({"place": None}, "địa điểm Phòng họp 1 → không"),
        ({"content": "Họp kín"}, "nội dung Họp giao ban → Họp kín"),
        ({"attendees": (Named(name="Lê Văn C", thing="c"),)}, "thành phần: thêm Lê Văn C; thành phần: bớt Trần Thị B"),
        ({"invited": ("Công an tỉnh",)}, "thành phần mời: thêm Công an tỉnh"),
        ({"vehicles": (Named(name="Xe 12A", thing="x"),)}, "xe: thêm Xe 12A"),
        ({"preparing": "Sở Nội vụ"}, "cơ quan chuẩn bị không → Sở Nội vụ"),
        ({"invitation": "letter"}, "hình thức mời: lịch này thay giấy mời → có giấy mời riêng"),
        ({"chair": SENT}, "ủy quyền đồng chí Đỗ D dự thay đồng chí Nguyễn Văn A"),
    ],
)  # fmt: skip
def test_every_change_has_its_words(after: dict[str, Any], vi: str) -> None:
    changed = SAID.model_copy(update=after)
    assert tell(WeekChange(item_id="1", change="changed", before=SAID, after=changed)).vi == vi


def test_whatever_an_item_says_its_change_is_told() -> None:
    """But for the session, which the hour says, and the kind."""
    other = {
        "documents": ("1-KH/TU",), "boards": ("BTCTU",), "accompanying": (Named(name="E"),), "publicity": "restricted",
        "contact": "0912", "note": "Mang tài liệu", "chair": None,
    }  # fmt: skip
    for name, value in other.items():
        change = WeekChange(item_id="1", change="changed", before=SAID, after=SAID.model_copy(update={name: value}))
        assert all(tell(change)), name
    assert facts_of(SAID) == SAID


# --- what is restricted ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actor", "sees"),
    [
        (CLERK, True),
        (speaker("leader"), True),
        (speaker("auditor", id="user:thanh.tra"), True),
        (speaker("administrator", id="user:quan.tri"), True),
        (PROPOSER, True),
        (CONCERNED, True),
        (DEPUTY, True),
        (READER, False),
        (OTHER_BOARD, False),
        (speaker("accountant", id="user:ke.toan", board="VPTU"), False),
    ],
    ids=lambda value: value.id if isinstance(value, Actor) else str(value),
)
async def test_a_restricted_item_is_left_out_for_those_it_does_not_concern(
    database: Connection, told: Told, actor: Actor, sees: bool
) -> None:
    """Its content must not be said anywhere, and no count tells of it."""
    id = told.items["moved"]
    answers = [
        await ask(database, words.GetWeek(week_id=WEEK), actor),
        await ask(database, words.GetWeek(week_id=WEEK, version=1), actor),
        await ask(database, words.GetWeek(week_id=WEEK, version=2), actor),
        await ask(database, words.ListWeekItems(), actor),
        await ask(database, words.ListWeekItems(thing=told.office.DEPUTY), actor),
        await ask(database, words.ListWeekChanges(), actor),
    ]
    assert [id in answer.model_dump_json() for answer in answers] == [sees] * len(answers)
    assert ["Làm việc với Ban Tuyên giáo" in answer.model_dump_json() for answer in answers] == [sees] * len(answers)
    counts = [(each.item_count, each.change_count) for each in answers[0].versions]
    assert counts == ([(6, 0), (5, 5)] if sees else [(5, 0), (4, 4)])
