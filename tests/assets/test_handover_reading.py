"""Handovers as PostgreSQL holds them: the office of 1 January, 600 assets of five boards, 3 missing, 2 surplus."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import asyncpg
import pytest
import pytest_asyncio

from contracts import assets as words
from contracts import organisation
from contracts.base import Actor, Event, ListQuery, Query, Refused
from contracts.organisation import Decision
from deploy.stack import Stack
from services.assets.handovers import QUERY_RULES
from services.assets.read_models.asset_register import ASSET_REGISTER
from services.assets.read_models.handover_lists import HANDOVER_LISTS
from services.assets.read_models.handover_posts import HANDOVER_POSTS
from services.assets.read_models.handover_register import HANDOVER_REGISTER
from services.runtime.envelope import Fact
from services.runtime.problems import BAD_CURSOR
from services.runtime.read_model import ReadModel, create_indexes_sql
from tests.reading import Connection, fill, rows_of, wanted
from tests.scenario import Log

if TYPE_CHECKING:
    from tests.assets.decider import Desk

MODELS = tuple({model.name: model for rule in QUERY_RULES for model in rule.reads}.values())
OWN = (HANDOVER_LISTS, HANDOVER_REGISTER, HANDOVER_POSTS)
DECISION = Decision(number="214-QĐ/TU", issued_on=date(2026, 11, 20), issuer="Ban Thường vụ Tỉnh ủy")
BOARDS = ("btctu", "ubkttu", "bnctu", "btgtu", "bdvtu")
NEW_YEAR = date(2027, 1, 1)
LAN, HUNG = "1" * 32, "2" * 32
CLERK = Actor(id="user:nguyen.thi.hoa", name="Nguyễn Thị Hoa", roles=("clerk",), board="VPTU")
FOUND = words.HandoverSurplus(class_code="5.2", name="Điều hòa", cost_vnd=12_345_679, remaining_years=3)


def member_of(board: str | None, *more: Any) -> Actor:
    return Actor(id="user:pham.quoc.bao", name="Phạm Quốc Bảo", roles=("board", *more), board=board)


# --- the office of 1 January ----------------------------------------------------------------------------------------


class Owned(NamedTuple):
    """An asset of a board, with the cost it was bought for and what 2026 has left of it, worked out by hand."""

    id: str
    unit_id: str
    cost: int
    worn: int


class Told(NamedTuple):
    """The office's log, what the boards owned on 31 December, and its batches: the closed one, a late and a dropped."""

    facts: list[Fact]
    owned: list[Owned]
    surplus: tuple[str, ...]
    missing: tuple[str, ...]
    wrong: str
    closed: str
    late: str
    dropped: str
    own_cost: int


def unit_fact(kind: type[Event], code: str, name: str, day: date, **more: Any) -> Event:
    said = {"unit_code": code, "name": name, "kind": "body", "tier": "TINH", "effective_on": day}
    return kind(**{**said, "decision": DECISION, **more})


def registered(name: str) -> Event:
    return organisation.PersonRegistered(name=name, headcount="civil_servant")


def held(unit_id: str, title: str) -> dict[str, Any]:
    said = {"name": "x", "post_id": f"{unit_id}--cv", "post_title": title, "kind": "main", "decision": DECISION}
    return {**said, "unit_id": unit_id, "unit_code": unit_id.upper(), "unit_name": unit_id}


def appointed(unit_id: str, title: str, since: date) -> Event:
    kinds = {"headcount": "civil_servant", "post_group": "professional", "post_rank": "staff"}
    more = {**kinds, "post_headcount": "civil_servant", "effective_on": since, "holders": 1, "norm": 1}
    return organisation.PersonAppointed(**held(unit_id, title), **more)


def ended(unit_id: str, title: str, since: date, effective_on: date) -> Event:
    days = {"since": since, "last_day": effective_on - timedelta(days=1), "effective_on": effective_on}
    return organisation.AppointmentEnded(**held(unit_id, title), **days, remaining=0, minimum=0)


def told_by_organisation() -> list[Fact]:
    """Units and people as organisation records them; the office changes its name in the summer."""
    old, summer, established = date(2019, 1, 1), date(2027, 6, 1), organisation.UnitEstablished
    renamed = unit_fact(organisation.UnitRenamed, "VPTU", "Văn phòng mới", summer, former_name="Văn phòng")
    placed: list[tuple[str, str, Event]] = [
        ("unit", "vptu", unit_fact(established, "VPTU", "Văn phòng Tỉnh ủy", old)),
        ("unit", "btctu", unit_fact(established, "BTCTU", "Ban Tổ chức Tỉnh ủy", old)),
        ("unit", "vptu", renamed),
        ("person", LAN, registered("Trần Thị Lan")),
        ("person", HUNG, registered("Lê Văn Hùng")),
        ("person", LAN, appointed("btctu", "Trưởng phòng", old)),
        ("person", LAN, ended("btctu", "Trưởng phòng", old, NEW_YEAR)),
        ("person", LAN, appointed("vptu", "Chuyên viên", NEW_YEAR)),
        ("person", HUNG, appointed("vptu", "Chánh Văn phòng", old)),
    ]
    moment = datetime.fromisoformat("2026-11-01T09:00+07:00")
    facts = []
    for place, (kind, id, event) in enumerate(placed, 1):
        of_type, said = f"organisation.{type(event).__name__}", f"o{place}"
        facts.append(
            Fact(event, kind, id, place, place * 4096, f"{said}:0", of_type, said, moment, "user:lan", "c", None)
        )
    return facts


class Office:
    """Tells the office of 1 January to a desk, a command after another."""

    def __init__(self, desk: "Desk", log: "Log", at: Callable[[str], Any]) -> None:
        self.desk, self.log, self.at = desk, log, at

    def say(self, command: Any, when: str) -> Any:
        return self.log.say(command, self.at(when))

    def own(self, unit_id: str, number: int) -> Owned:
        """Buy an asset: every third one is of 2024 and worn for two years already."""
        cost = 10_000_001 + number * 1_000_003
        if number % 3:
            rate, years, more = 1429, 1, {"class_code": "5.3", "booked_on": date(2026, 3, 16)}
        else:
            rate, years, more = 1250, 3, {"class_code": "5.2", "booked_on": date(2024, 5, 6)}
        yearly = (cost * rate + 5_000) // 10_000
        if years == 3:
            more |= {"worn_to": 2025, "accumulated_vnd": 2 * yearly}
        wish = self.desk.registering(unit_id=unit_id, cost_vnd=cost, name=f"Tài sản số {number}", **more)
        return Owned(self.say(wish, "2026-11-23 09:00").id, unit_id, cost, years * yearly)

    def batch(self, *asset_ids: str, when: str, **changes: Any) -> str:
        usual = {"title": "Bàn giao tài sản về Văn phòng", "to_unit_id": "vptu", "effective_on": NEW_YEAR}
        wish = words.PrepareHandover(**{**usual, "decision": DECISION, "asset_ids": asset_ids, **changes})
        return str(self.say(wish, when).id)

    def both(self, batch: str, said: Sequence[words.HandoverWord], when: str) -> None:
        for side in ("giver", "receiver"):
            self.say(words.AgreeLines(handover_id=batch, side=side, lines=tuple(said)), when)

    def sign(self, batch: str, unit_id: str, worth: tuple[int, int, int], when: str, **more: Any) -> None:
        count, cost, worn = worth
        wish = {"asset_count": count, "cost_vnd": cost, "accumulated_vnd": worn, "residual_vnd": cost - worn}
        self.say(words.SignHandover(handover_id=batch, unit_id=unit_id, **wish, **more), when)


def worth_of(owned: Sequence[Owned]) -> tuple[int, int, int]:
    return len(owned), sum(one.cost for one in owned), sum(one.worn for one in owned)


def new_year(office: Office) -> Told:
    """The whole story: December's wear, the list, both sides' words, six signatures, the close; then a late list."""
    own = office.say(office.desk.registering(cost_vnd=21_000_000), "2026-11-23 08:00").id
    owned = [office.own(BOARDS[number % 5], number) for number in range(600)]
    ids = [one.id for one in owned]
    for portion in (ids[:300], ids[300:]):
        office.say(words.ChargeWear(year=2026, asset_ids=tuple(portion)), "2026-12-31 09:00")
    lan = words.HandoverParty(side="giver", unit_id="btctu", person_id=LAN)
    hung = words.HandoverParty(side="receiver", unit_id="vptu", person_id=HUNG)
    guest = words.HandoverParty(side="witness", unit_id="tctu", person_id="3" * 32, post="Kế toán trưởng")
    batch = office.batch(*ids, when="2026-12-31 10:00", parties=(lan, hung, guest), venue="Trụ sở Tỉnh ủy")
    missing, wrong = (ids[7], ids[133], ids[599]), ids[42]
    points = (words.WrongFact(point="serial_number", found="SN-42"),)
    said = {id: words.HandoverWord(asset_id=id, finding="matching") for id in ids}
    said |= {id: words.HandoverWord(asset_id=id, finding="missing", note="Không tìm thấy.") for id in missing}
    said[wrong] = words.HandoverWord(asset_id=wrong, finding="wrong", wrong=points)
    office.both(batch, list(said.values()), "2026-12-31 11:00")
    surplus = []
    for number in range(2):
        found = FOUND.model_copy(update={"cost_vnd": FOUND.cost_vnd + number})
        wish = words.ReportSurplusLine(handover_id=batch, side="receiver", from_unit_id=BOARDS[number], found=found)
        surplus.append(office.say(wish, "2026-12-31 13:00").one(words.HandoverSurplusReported).line.asset_id)
    more = tuple(words.HandoverWord(asset_id=id, finding="surplus") for id in surplus)
    office.say(words.AgreeLines(handover_id=batch, side="giver", lines=more), "2026-12-31 14:00")
    for unit_id in BOARDS:
        whose = [one for one in owned if one.unit_id == unit_id]
        office.sign(batch, unit_id, worth_of(whose), "2026-12-31 15:00", person_id=LAN if unit_id == "btctu" else None)
    count, cost, worn = worth_of(owned)
    office.sign(batch, "vptu", (count + 2, cost + 2 * FOUND.cost_vnd + 1, worn), "2026-12-31 16:00")
    close = words.CloseHandover(handover_id=batch, to_unit_id="vptu", asset_ids=(*ids, *surplus))
    office.say(close, "2027-01-01 08:00")
    late, dropped = later(office)
    return Told([], owned, tuple(surplus), missing, wrong, batch, late, dropped, office.desk.value(own).cost_vnd)


def later(office: Office) -> tuple[str, str]:
    """A list of a sixth board that cannot be closed yet, for every reason there is, and one that was dropped."""
    bought = {"unit_id": "tctu", "booked_on": date(2027, 1, 4)}
    fit, odd, lent, upgraded, rest, going = (
        office.say(office.desk.registering(**bought), "2027-01-04 09:00").id for _ in range(6)
    )
    behind = office.say(office.desk.registering(unit_id="tctu", booked_on=date(2026, 5, 4)), "2027-01-04 09:00").id
    listed = (fit, odd, lent, upgraded, going, behind)
    batch = office.batch(*listed, when="2027-01-05 09:00", effective_on=date(2027, 2, 1), title="Đợt bổ sung")
    word = words.HandoverWord(asset_id=fit, finding="matching")
    office.both(batch, (word,), "2027-01-05 10:00")
    for side, finding in (("giver", "matching"), ("receiver", "missing")):
        other = words.HandoverWord(asset_id=odd, finding=finding)
        office.say(words.AgreeLines(handover_id=batch, side=side, lines=(other,)), "2027-01-05 10:00")
    waits = words.HandoverWord(asset_id=lent, finding="pending", note="Đang cho mượn.")
    office.say(words.AgreeLines(handover_id=batch, side="giver", lines=(waits,)), "2027-01-05 11:00")
    lend = words.LendAsset(asset_id=lent, to_unit_id="bnctu", due_on=date(2027, 3, 1))
    office.say(lend, "2027-01-05 12:00")
    office.say(words.UpgradeAsset(asset_id=upgraded, cost_vnd=30_000_000, work="Nâng cấp"), "2027-02-05 12:00")
    office.say(words.ProposeDisposal(asset_id=going, method="sale", reason="Dôi dư."), "2027-02-05 12:00")
    dropped = office.batch(rest, when="2027-02-06 09:00", effective_on=date(2027, 2, 6), title="Đợt lập nhầm")
    office.say(words.CancelHandover(handover_id=dropped, reason="Lập nhầm."), "2027-02-06 10:00")
    return batch, dropped


@pytest.fixture(scope="module")
def told(new_desk: "Callable[[], Desk]", at: Callable[[str], Any]) -> Told:
    """The office of 1 January as the log holds it, behind what organisation said."""
    desk, before = new_desk(), told_by_organisation()
    log = Log(desk.scenario)
    story, behind = new_year(Office(desk, log, at)), len(before)
    facts = [
        fact._replace(sequence=fact.sequence + behind, position=fact.position + behind * 4096) for fact in log.facts
    ]
    return story._replace(facts=[*before, *facts])


# --- the tables -----------------------------------------------------------------------------------------------------


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def database(office: Stack, told: Told) -> AsyncIterator[Connection]:
    """The schema of the assets desk with every table that handovers are read from."""
    connection: Connection = await asyncpg.connect(office.database_url("assets"))
    for model in MODELS:
        await fill(connection, model, model.table, [wanted(model, told.facts)])
        for statement in create_indexes_sql(model, model.table):
            await connection.execute(statement)
    yield connection
    await connection.close()


@pytest.mark.parametrize("model", OWN, ids=lambda model: model.name)
@pytest.mark.parametrize("size", [1, 3, 1000], ids=["one by one", "three by three", "all at once"])
async def test_a_fact_delivered_twice_changes_nothing_in_batches_of_any_size(
    database: Connection, told: Told, model: ReadModel, size: int
) -> None:
    facts = wanted(model, told.facts)
    batches = [facts[start : start + size] for start in range(0, len(facts), size)]
    await fill(database, model, "again", [batch for batch in batches for _ in range(2)])
    rows = await rows_of(database, model, "again")
    assert rows == await rows_of(database, model, model.table)
    assert rows


@pytest.mark.parametrize("model", OWN, ids=lambda model: model.name)
async def test_a_log_read_again_from_its_beginning_or_stopped_half_way_gives_the_same_rows(
    database: Connection, told: Told, model: ReadModel
) -> None:
    facts = wanted(model, told.facts)
    stuttered, half = [fact for fact in facts for _ in range(2)], facts[: len(facts) // 2]
    await fill(database, model, "again", [stuttered, facts, half])
    assert await rows_of(database, model, "again") == await rows_of(database, model, model.table)
    await fill(database, model, "again", [half])
    stopped = await rows_of(database, model, "again")
    await fill(database, model, "again", [half[:2], half[2:]])
    assert await rows_of(database, model, "again") == stopped
    assert stopped != await rows_of(database, model, model.table)


# --- asking ---------------------------------------------------------------------------------------------------------


async def ask(database: Connection, query: Query, actor: Actor = CLERK) -> Any:
    rule = next(rule for rule in QUERY_RULES if rule.query is type(query))
    return await rule.answer(query, actor).read(database)


async def pages(database: Connection, query: ListQuery) -> list[Any]:
    found: list[Any] = []
    while True:
        page = await ask(database, query)
        found += page.rows
        if page.next_cursor is None:
            return found
        assert len(page.rows) == query.limit
        query = query.model_copy(update={"cursor": page.next_cursor})


async def refused(database: Connection, query: Query, actor: Actor = CLERK) -> tuple[Any, str | None]:
    with pytest.raises(Refused) as raised:
        await ask(database, query, actor)
    return raised.value.refusal, raised.value.field


async def test_the_minutes_of_1_january_add_up_to_the_last_dong(database: Connection, told: Told) -> None:
    minutes = await ask(database, words.GetHandoverMinutes(handover_id=told.closed))
    count, cost, worn = worth_of(told.owned)
    booked = minutes.totals.booked
    assert (booked.asset_count, booked.cost_vnd, booked.accumulated_vnd) == (count, cost, worn) == (600, cost, worn)
    assert booked.residual_vnd == cost - worn == sum(line.residual_vnd for line in minutes.lines if not line.surplus)
    by_finding = {one.finding: one for one in minutes.by_finding}
    assert {key: one.asset_count for key, one in by_finding.items()} == {
        "matching": 596, "wrong": 1, "missing": 3, "surplus": 2, "pending": 0,
    }  # fmt: skip
    gone = worth_of([one for one in told.owned if one.id in told.missing])
    assert (by_finding["missing"].cost_vnd, by_finding["missing"].accumulated_vnd) == gone[1:]
    assert by_finding["surplus"].cost_vnd == 2 * FOUND.cost_vnd + 1
    for part, unit_id in zip(minutes.by_origin, BOARDS, strict=True):
        one = worth_of([owned for owned in told.owned if owned.unit_id == unit_id])
        assert (part.booked.asset_count, part.booked.cost_vnd, part.booked.accumulated_vnd) == one
        assert part.adds_up
        assert part.unit_id == unit_id
    assert minutes.totals.received.cost_vnd == cost + 2 * FOUND.cost_vnd + 1
    assert (minutes.adds_up, minutes.draft, len(minutes.lines), len(minutes.signatures)) == (True, False, 602, 6)


async def test_the_books_of_the_old_boards_are_empty_and_the_receivers_has_it_all(
    database: Connection, told: Told
) -> None:
    sums = "count(*), coalesce(sum(cost_vnd), 0), coalesce(sum(accumulated_vnd), 0)"
    asked = f'SELECT {sums} FROM "{ASSET_REGISTER.table}" WHERE held AND unit_id = ANY($1) AND booked_on < $2'
    old = await database.fetchrow(asked, list(BOARDS), NEW_YEAR + timedelta(days=1))
    assert tuple(old or ()) == (0, 0, 0)
    now = await database.fetchrow(asked, ["vptu"], NEW_YEAR + timedelta(days=1))
    count, cost, worn = worth_of(told.owned)
    assert tuple(now or ()) == (count + 3, cost + 2 * FOUND.cost_vnd + 1 + told.own_cost, worn)


async def test_minutes_name_units_people_and_posts_as_they_were_on_the_day(database: Connection, told: Told) -> None:
    minutes = await ask(database, words.GetHandoverMinutes(handover_id=told.closed))
    assert (minutes.number, minutes.year, minutes.venue, minutes.decision) == (1, 2026, "Trụ sở Tỉnh ủy", DECISION)
    assert (minutes.receiver.unit_code, minutes.receiver.unit_name) == ("VPTU", "Văn phòng Tỉnh ủy")
    assert [unit.unit_name for unit in minutes.givers][:2] == ["Ban Tổ chức Tỉnh ủy", "UBKTTU"]
    assert [(one.side, one.name, one.post) for one in minutes.people] == [
        ("giver", "Trần Thị Lan", "Trưởng phòng"),
        ("receiver", "Lê Văn Hùng", "Chánh Văn phòng"),
        ("witness", "3" * 32, "Kế toán trưởng"),
    ]
    assert [one.signed_by for one in minutes.signatures][:2] == ["Trần Thị Lan", "Nguyễn Thị Hoa"]


async def test_minutes_are_also_written_for_one_unit_that_gives(database: Connection, told: Told) -> None:
    minutes = await ask(database, words.GetHandoverMinutes(handover_id=told.closed, from_unit_id="btctu"))
    assert [line.place for line in minutes.lines] == list(range(1, 122))
    assert {line.from_unit_id for line in minutes.lines} == {"btctu"}
    assert [unit.unit_id for unit in minutes.givers] == [one.unit_id for one in minutes.by_origin] == ["btctu"]
    assert {one.unit_id for one in minutes.signatures} == {"btctu", "vptu"}
    query = words.GetHandoverMinutes(handover_id=told.closed, from_unit_id="tctu")
    assert await refused(database, query) == (words.HANDOVER_NOT_A_PARTY, "from_unit_id")


async def test_a_line_shows_what_the_book_has_and_what_both_sides_found(database: Connection, told: Told) -> None:
    rows = {row.asset_id: row for row in await pages(database, words.ListHandoverLines(handover_id=told.closed))}
    wrong, missing, surplus = rows[told.wrong], rows[told.missing[0]], rows[told.surplus[0]]
    assert (wrong.finding, wrong.agreement, wrong.remarks) == ("wrong", "agreed", "số máy: SN-42")
    assert (missing.finding, missing.remarks, missing.giver.by) == ("missing", "Không tìm thấy.", "Nguyễn Thị Hoa")
    assert (surplus.finding, surplus.surplus, surplus.tag) == ("surplus", True, "VPTU-000002")
    first = told.owned[0]
    row = rows[first.id]
    assert (row.place, row.name, row.tag, row.used_from) == (1, "Tài sản số 0", "BTCTU-000001", 2024)
    assert (row.cost_vnd, row.accumulated_vnd, row.residual_vnd) == (first.cost, first.worn, first.cost - first.worn)


@pytest.mark.parametrize(
    ("asked", "is_wanted"),
    [
        ({"finding": "missing"}, lambda row: row.finding == "missing"),
        ({"finding": "surplus"}, lambda row: row.surplus),
        ({"from_unit_id": "bnctu"}, lambda row: row.from_unit_id == "bnctu"),
        ({"agreement": "agreed", "text": "tai san so 59"}, lambda row: "số 59" in row.name),
        ({"text": "SN-42"}, lambda row: row.finding == "wrong"),
    ],
)
async def test_a_filter_finds_exactly_the_lines_it_names(
    database: Connection, told: Told, asked: dict[str, Any], is_wanted: Callable[[Any], bool]
) -> None:
    everything = await pages(database, words.ListHandoverLines(handover_id=told.closed))
    found = await pages(database, words.ListHandoverLines(handover_id=told.closed, limit=7, **asked))
    assert found == [row for row in everything if is_wanted(row)]
    assert 0 < len(found) < len(everything)


@pytest.mark.parametrize("agreement", ["open", "pending", "disputed", "agreed"])
async def test_lines_are_found_by_how_far_the_sides_are_of_one_mind(
    database: Connection, told: Told, agreement: Any
) -> None:
    rows = await pages(database, words.ListHandoverLines(handover_id=told.late, agreement=agreement))
    assert len(rows) == (3 if agreement == "open" else 1)
    assert all(row.finding == ("matching" if agreement == "agreed" else "pending") for row in rows)


@pytest.mark.parametrize("descending", [True, False], ids=["down", "up"])
@pytest.mark.parametrize("sort", ["place", "tag"])
async def test_pages_visit_every_line_once_in_the_order_asked_for(
    database: Connection, told: Told, sort: Any, descending: bool
) -> None:
    query = words.ListHandoverLines(handover_id=told.closed, sort=sort, descending=descending, limit=97)
    rows = await pages(database, query)
    assert len({row.asset_id for row in rows}) == len(rows) == 602
    places = [getattr(row, sort) for row in rows]
    assert places == sorted(places, reverse=descending)
    assert await refused(database, query.model_copy(update={"cursor": "x"})) == (BAD_CURSOR, "cursor")


# --- the batches ----------------------------------------------------------------------------------------------------


async def test_batches_are_listed_with_what_they_are_worth_and_how_far_they_came(
    database: Connection, told: Told
) -> None:
    dropped, late, closed = (await ask(database, words.ListHandovers())).rows
    assert [row.handover_id for row in (dropped, late, closed)] == [told.dropped, told.late, told.closed]
    count, cost, worn = worth_of(told.owned)
    assert (closed.asset_count, closed.cost_vnd, closed.residual_vnd) == (count, cost, cost - worn)
    assert (closed.line_count, closed.agreed_count, closed.closed_on) == (602, 602, NEW_YEAR)
    assert closed.from_unit_names == "Ban Tổ chức Tỉnh ủy; UBKTTU; BNCTU; BTGTU; BDVTU"
    assert (late.to_unit_name, late.agreed_count, late.disputed_count, late.pending_count) == (
        "Văn phòng Tỉnh ủy", 1, 1, 1,
    )  # fmt: skip
    assert (dropped.status, dropped.remarks) == ("cancelled", "Đã hủy: Lập nhầm.")
    for row in (dropped, late, closed):
        assert (await ask(database, words.GetHandover(handover_id=row.handover_id))).handover == row


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({"year": 2026}, ["Bàn giao tài sản về Văn phòng"]),
        ({"status": "cancelled"}, ["Đợt lập nhầm"]),
        ({"unit_id": "tctu"}, ["Đợt lập nhầm", "Đợt bổ sung"]),
        ({"unit_id": "vptu", "to_day": NEW_YEAR}, ["Bàn giao tài sản về Văn phòng"]),
        ({"from_day": date(2027, 2, 6)}, ["Đợt lập nhầm"]),
        ({"text": "ban to chuc"}, ["Bàn giao tài sản về Văn phòng"]),
        ({"sort": "effective_on"}, ["Đợt lập nhầm", "Đợt bổ sung", "Bàn giao tài sản về Văn phòng"]),
    ],
)  # fmt: skip
async def test_a_filter_finds_exactly_the_batches_it_names(
    database: Connection, asked: dict[str, Any], titles: list[str]
) -> None:
    assert [row.title for row in await pages(database, words.ListHandovers(limit=1, **asked))] == titles


async def test_what_still_hinders_closing_is_told_in_words(database: Connection, told: Told) -> None:
    view = await ask(database, words.GetHandover(handover_id=told.late))
    said = {notice.code: notice.vi for notice in view.hindrances}
    assert said == {
        "handover-giver-silent": "TCTU (bên giao) chưa ghi: 3 dòng (TCTU-000004, TCTU-000006, TCTU-000007).",
        "handover-receiver-silent": "Văn phòng Tỉnh ủy (bên nhận) chưa ghi: 4 dòng "
        "(TCTU-000003, TCTU-000004, TCTU-000006, TCTU-000007).",
        "handover-disputed": "Hai bên ghi khác nhau: 1 dòng (TCTU-000002).",
        "handover-pending": "Chờ xử lý: 1 dòng (TCTU-000003).",
        "handover-unsigned": "Chưa ký: TCTU, Văn phòng Tỉnh ủy; đề nghị ký sau khi thống nhất.",
        "handover-overtaken": "Sổ đã thay đổi, cần đọc lại: 1 dòng (TCTU-000004).",
        "asset-lent-out": "Đang cho mượn: 1 dòng (TCTU-000003).",
        "disposal-under-way": "Đang đề nghị hoặc đã phê duyệt xử lý: 1 dòng (TCTU-000006).",
        "wear-behind": "Chưa tính hao mòn đến hết năm 2026: 1 dòng (TCTU-000007).",
        "wear-year-closed": "Đã ghi sổ sau ngày bàn giao: 1 dòng (TCTU-000004).",
        "handover-books-not-empty": "Sổ của TCTU còn 1 tài sản ngoài danh mục, giá trị còn lại 21000000 đồng "
        "(TCTU-000005); đề nghị bổ sung để sổ về 0.",
    }
    assert all(notice.en and notice.en != notice.vi for notice in view.hindrances)
    closed = await ask(database, words.GetHandover(handover_id=told.closed))
    assert (closed.hindrances, closed.adds_up, len(closed.asset_ids)) == ((), True, 602)


async def test_a_board_sees_the_batches_and_lines_that_are_its_own(database: Connection, told: Told) -> None:
    giver, receiver, other = member_of("BTCTU"), member_of("VPTU"), member_of("TCTU")
    assert [row.handover_id for row in (await ask(database, words.ListHandovers(), giver)).rows] == [told.closed]
    assert len((await ask(database, words.ListHandovers(), receiver)).rows) == 3
    assert (await ask(database, words.ListHandovers(), member_of(None))).rows == ()
    lines = words.ListHandoverLines(handover_id=told.closed, limit=1000)
    assert len((await ask(database, lines, giver)).rows) == 121
    assert len((await ask(database, lines, receiver)).rows) == 602
    assert len((await ask(database, lines, member_of("BTCTU", "reader"))).rows) == 602
    assert len((await ask(database, words.GetHandoverMinutes(handover_id=told.closed), giver)).lines) == 121
    for query in (lines, words.GetHandover(handover_id=told.closed), words.GetHandoverMinutes(handover_id=told.closed)):
        assert await refused(database, query, other) == (words.HANDOVER_UNKNOWN, "handover_id")
    unknown = words.GetHandover(handover_id="e" * 32)
    assert await refused(database, unknown) == (words.HANDOVER_UNKNOWN, "handover_id")
