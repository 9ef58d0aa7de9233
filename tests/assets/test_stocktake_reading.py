"""Stocktakes and tools as PostgreSQL holds them: form C53-HD, live counters, the book of tools."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import asyncpg
import pytest
import pytest_asyncio

from contracts import assets, organisation
from contracts.assets import stocktakes as words
from contracts.assets import tools
from contracts.base import Actor, Event, ListQuery, Query, Refused
from contracts.organisation import Decision
from deploy.stack import Stack
from services.assets import stocktakes as counting
from services.assets import tools as keeping
from services.assets.read_models.names import NAMES
from services.runtime.envelope import Fact
from services.runtime.read_model import ReadModel, create_indexes_sql
from tests.reading import Connection, fill, rows_of
from tests.scenario import Log, Outcome

if TYPE_CHECKING:
    from tests.assets.decider import Desk

RULES = (*counting.QUERY_RULES, *keeping.QUERY_RULES)
MODELS = tuple({model.name: model for rule in RULES for model in rule.reads}.values())
OWN = tuple(model for model in MODELS if model not in NAMES)
CLERK = Actor(id="user:nguyen.thi.hoa", name="Nguyễn Thị Hoa", roles=("clerk",), board="VPTU")
DECISION = Decision(number="214-QĐ/TU", issued_on=date(2026, 11, 20), issuer="Ban Thường vụ Tỉnh ủy")
DAY, LAN = date(2027, 1, 1), "1" * 32
HERE, THERE = assets.Place(site_id="ts1", room="P.305"), assets.Place(site_id="ts2", room="P.1")
COMMITTEE = (
    words.CommitteeMember(role="head", name="Trần Văn Minh", title="Chánh Văn phòng"),
    words.CommitteeMember(role="chair", name="Nguyễn Thị Lan"),
)

OFFICE = tools.ToolHolder(division_id="vptu-hc")


class Told(NamedTuple):
    """The log, the stocktake that was closed, one that has begun, the ids and tags of its assets, and the tools."""

    facts: list[Fact]
    closed: str
    begun: str
    ids: list[str]
    tags: list[str]
    chairs: str


def unit(code: str, name: str) -> Event:
    said = {"unit_code": code, "name": name, "kind": "body", "tier": "TINH"}
    return organisation.UnitEstablished(**said, effective_on=date(2019, 1, 1), decision=DECISION)


def site(code: str, name: str) -> Event:
    opened = {"effective_on": date(2019, 1, 1), "decision": DECISION}
    return organisation.SiteOpened(code=code, name=name, address="Đường Hùng Vương", **opened)


def told_by_organisation() -> list[Fact]:
    """Units, sites and a person as organisation records them."""
    placed: list[tuple[str, str, Event]] = [
        ("unit", "vptu", unit("VPTU", "Văn phòng Tỉnh ủy")),
        ("unit", "vptu-hc", unit("VPTU-HC", "Phòng Hành chính")),
        ("unit", "btctu", unit("BTCTU", "Ban Tổ chức Tỉnh ủy")),
        ("site", "ts1", site("TS1", "Trụ sở Tỉnh ủy")),
        ("person", LAN, organisation.PersonRegistered(name="Trần Thị Lan", headcount="civil_servant")),
    ]
    moment = datetime.fromisoformat("2026-11-01T09:00+07:00")
    return [
        Fact(
            event,
            kind,
            id,
            n,
            n * 4096,
            f"o{n}:0",
            f"organisation.{type(event).__name__}",
            f"o{n}",
            moment,
            "u",
            "c",
            None,
        )
        for n, (kind, id, event) in enumerate(placed, 1)
    ]


class Year:
    """Tells the new year's stocktake of an office, and what became of its chairs."""

    def __init__(self, desk: "Desk", log: "Log", at: Callable[[str], Any]) -> None:
        self.desk, self.log, self.at = desk, log, at
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.scans = 0

    def say(self, command: Any, when: str) -> Any:
        return self.log.say(command, self.at(when))

    def own(self, **changes: Any) -> None:
        outcome = self.say(self.desk.registering(**changes), "2026-11-23 09:00")
        self.ids.append(outcome.id)
        self.tags.append(outcome.one(assets.AssetRegistered).tag)

    def opened(self, **changes: Any) -> str:
        usual = {"title": "Kiểm kê cuối năm 2026", "snapshot_on": DAY, "committee": COMMITTEE, "decision": DECISION}
        return str(self.say(words.OpenStocktake(**{**usual, **changes}), "2027-01-02 08:00").id)

    def expect(self, stocktake: str, places: Sequence[int]) -> None:
        named = tuple(words.ExpectedAsset(asset_id=self.ids[place], tag=self.tags[place]) for place in places)
        self.say(words.ExpectAssets(stocktake_id=stocktake, assets=named), "2027-01-02 08:30")
        self.say(words.StartCounting(stocktake_id=stocktake), "2027-01-02 08:40")

    def scan(self, tag: str | None, **said: Any) -> words.Scan:
        self.scans += 1
        what: dict[str, Any] = {"tag": tag} if tag else {"description": "Ghế xoay", "quantity": 2}
        return words.Scan(scan_id=f"{self.scans:032x}", counted_at=self.at("2027-01-02 09:00"), **{**what, **said})

    def count(self, stocktake: str, *scans: words.Scan) -> None:
        self.say(words.RecordCounts(stocktake_id=stocktake, scans=scans), "2027-01-02 09:30")

    def decide(self, stocktake: str, line: str, resolution: Any, revision: int, **said: Any) -> None:
        wish = words.DecideDifference(
            stocktake_id=stocktake,
            line=line,
            resolution=resolution,
            revision=revision,
            **{"reason": "Theo biên bản.", **said},
        )
        self.say(wish, "2027-01-03 09:00")

    def stocktakes(self) -> tuple[str, str]:
        for place in range(30):
            self.own(name=f"Máy tính số {place}", place=HERE, custodian_id=LAN if place == 0 else None)
        self.own(unit_id="btctu", name="Máy in", class_code="5.3")
        self.own(name="Tủ tài liệu", class_code="5.2", place=HERE)
        self.say(assets.ChargeWear(year=2026, asset_ids=tuple(self.ids)), "2026-12-31 09:00")
        closed = self.opened()
        self.expect(closed, range(30))
        self.count(closed, *(self.scan(self.tags[place], counted_by="Lê Văn Hùng") for place in range(20)))
        seen = {"device": "Máy quét 2", "photos": ("a" * 64,), "note": "Màn hình xước"}
        self.count(closed, *(self.scan(self.tags[place], place=THERE, **seen) for place in range(20, 25)))
        self.count(closed, self.scan(self.tags[0]), self.scan(self.tags[30], asset_id=self.ids[30]), self.scan(None))
        self.count(closed, self.scan("BNCTU-000007"))
        self.decide(closed, self.tags[20], "correct_register", 2, asset_id=self.ids[20])
        for place in range(21, 25):
            self.decide(closed, self.tags[place], "return_to_place", 2)
        self.decide(closed, self.tags[25], "confirmed", 1, reason="Đang cho mượn.")
        for place in range(26, 30):
            self.decide(closed, self.tags[place], "loss", 1, asset_id=self.ids[place])
        self.decide(closed, self.tags[30], "return_to_owner", 1)
        surplus = words.Surplus(unit_id="vptu", class_code="5.3", name="Ghế", cost_vnd=14_000_000, remaining_years=6)
        self.decide(closed, f"{28:032x}", "register_surplus", 1, surplus=surplus)
        self.decide(closed, "BNCTU-000007", "mistaken", 1)
        self.say(words.CloseStocktake(stocktake_id=closed, conclusion="Thiếu 4 máy tính."), "2027-01-04 09:00")
        begun = self.opened(title="Kiểm kê đột xuất", occasion="damage")
        self.expect(begun, [0, 31])
        self.count(begun, self.scan(self.tags[0]))
        self.say(words.CancelStocktake(stocktake_id=self.opened(title="Mở nhầm"), reason="Nhầm."), "2027-01-05 09:00")
        return closed, begun

    def chairs(self) -> str:
        card = {"unit_id": "vptu", "name": "Ghế họp", "measure": "cái", "place": HERE}
        worth = {"quantity": 10, "unit_price_vnd": 450_000, "paper": "PN-1", "entered_on": date(2026, 11, 20)}
        chairs = str(self.say(tools.RegisterTool(**card, **worth), "2026-11-23 09:00").id)
        about = {"tool_id": chairs}
        for holder, quantity in ((OFFICE, 4), (tools.ToolHolder(person_id=LAN), 1)):
            wish = tools.IssueTools(**about, quantity=quantity, holder=holder, paper="PX-1")
            self.say(wish, "2026-11-24 09:00")
        back = tools.ReturnTools(**about, quantity=1, holder=tools.ToolHolder(person_id=LAN), paper="PT-1")
        self.say(back, "2026-11-25 09:00")
        broken = tools.ReportBroken(**about, quantity=2, holder=OFFICE, paper="BH-1", reason="Gãy chân.")
        self.say(broken, "2026-11-26 09:00")
        self.say(tools.WriteOffTools(**about, quantity=1, decision=DECISION), "2026-11-27 09:00")
        handing = tools.TransferTools(**about, quantity=3, to_unit_id="btctu", paper="DC-1")
        self.say(handing, "2026-11-28 09:00")
        self.say(tools.CountTools(**about, counted=4, paper="KK-1", reason="Thừa."), "2026-11-29 09:00")
        self.say(tools.CorrectTool(**about, name="Ghế họp bọc nỉ", reason="Ghi rõ."), "2026-11-29 09:30")
        box = {"unit_id": "vptu", "name": "Ấm chén", "measure": "bộ", "quantity": 5, "unit_price_vnd": 120_000}
        self.say(tools.RegisterTool(**box), "2026-11-30 09:00")
        return chairs


@pytest.fixture(scope="module")
def told(new_desk: "Callable[[], Desk]", at: Callable[[str], Any]) -> Told:
    """The year as the log holds it, behind what organisation said."""
    desk, before = new_desk(), told_by_organisation()
    log: Log = Log(desk.scenario)
    year, behind = Year(desk, log, at), len(before)
    (closed, begun), chairs = year.stocktakes(), year.chairs()
    facts = [
        fact._replace(sequence=fact.sequence + behind, position=fact.position + behind * 4096) for fact in log.facts
    ]
    return Told([*before, *facts], closed, begun, year.ids, year.tags, chairs)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def database(office: Stack, told: Told) -> AsyncIterator[Connection]:
    """The schema of assets with every table of stocktakes and tools filled."""
    connection: Connection = await asyncpg.connect(office.database_url("assets"))
    for model in MODELS:
        await fill(connection, model, model.table, [told.facts])
        for statement in create_indexes_sql(model, model.table):
            await connection.execute(statement)
    yield connection
    await connection.close()


async def ask(database: Connection, query: Query, actor: Actor = CLERK) -> Any:
    rule = next(rule for rule in RULES if rule.query is type(query))
    return await rule.answer(query, actor).read(database)


# --- folding --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", OWN, ids=lambda model: model.name)
@pytest.mark.parametrize("size", [1, 7, 1000], ids=["one by one", "seven by seven", "all at once"])
async def test_a_fact_delivered_twice_changes_nothing_in_batches_of_any_size(
    database: Connection, told: Told, model: ReadModel, size: int
) -> None:
    batches = [told.facts[start : start + size] for start in range(0, len(told.facts), size)]
    await fill(database, model, "again", [batch for batch in batches for _ in range(2)])
    rows = await rows_of(database, model, "again")
    assert rows == await rows_of(database, model, model.table)
    assert rows


@pytest.mark.parametrize("model", OWN, ids=lambda model: model.name)
async def test_a_fold_from_half_and_a_log_read_from_its_beginning_again_come_to_the_same(
    database: Connection, told: Told, model: ReadModel
) -> None:
    half = len(told.facts) // 2
    await fill(database, model, "again", [told.facts[:half], told.facts, told.facts[:half]])
    assert await rows_of(database, model, "again") == await rows_of(database, model, model.table)


# --- stocktakes -----------------------------------------------------------------------------------------------------


async def test_the_lines_stand_in_the_columns_of_the_statutory_form(database: Connection, told: Told) -> None:
    page = await ask(database, words.ListStocktakeLines(stocktake_id=told.closed, limit=1000))
    rows = {row.line: row for row in page.rows}
    assert [row.number for row in page.rows] == list(range(1, 34))
    found, moved, lent, lost = (rows[told.tags[place]] for place in (1, 20, 25, 29))
    book = (1, 21_000_000, 17_999_100)
    assert (found.book_quantity, found.book_cost_vnd, found.book_residual_vnd) == book
    assert (found.actual_quantity, found.difference_residual_vnd, found.remarks) == (1, 0, None)
    assert found.used_at == "P.305, Văn phòng Tỉnh ủy, Trụ sở Tỉnh ủy"
    assert moved.remarks == "Khác sổ (trụ sở, phòng đặt); Sửa sổ theo thực tế: Theo biên bản.; Màn hình xước"
    assert (moved.found_room, moved.device, moved.photos) == ("P.1", "Máy quét 2", ("a" * 64,))
    assert (lent.actual_quantity, lent.remarks) == (1, "Chưa thấy; Xác nhận có: Đang cho mượn.")
    assert (lost.actual_cost_vnd, lost.difference_cost_vnd, lost.difference_quantity) == (0, -21_000_000, -1)
    assert (rows[told.tags[0]].repeats, rows[told.tags[0]].counted_by) == (1, "Lê Văn Hùng")


async def test_what_is_outside_the_list_has_nothing_in_the_books_and_stands_where_it_was_found(
    database: Connection, told: Told
) -> None:
    stray, chairs, wrong = [
        (await ask(database, words.ListStocktakeLines(stocktake_id=told.closed, line=line))).rows[0]
        for line in (told.tags[30], f"{28:032x}", "BNCTU-000007")
    ]
    assert (stray.name, stray.book_quantity, stray.actual_cost_vnd) == ("Máy in", 0, 21_000_000)
    assert stray.used_at == "Ban Tổ chức Tỉnh ủy"
    assert (chairs.tag, chairs.actual_quantity, chairs.actual_cost_vnd, chairs.difference_cost_vnd) == (
        None,
        2,
        14_000_000,
        14_000_000,
    )
    assert chairs.actual_residual_vnd == 14_000_000 - 2_000_600
    assert chairs.surplus_asset_tag in chairs.remarks
    assert (wrong.state, wrong.actual_quantity, wrong.counted_by) == ("void", 0, None)


async def test_the_minutes_have_their_lines_totals_and_those_who_sign(database: Connection, told: Told) -> None:
    report = await ask(database, words.GetStocktakeReport(stocktake_id=told.closed))
    assert [row.number for row in report.rows] == list(range(1, 33))
    assert report.book == words.Worth(quantity=30, cost_vnd=630_000_000, residual_vnd=30 * 17_999_100)
    assert report.actual.quantity == 26 + 1 + 2
    assert report.difference.quantity == report.actual.quantity - report.book.quantity
    assert report.difference.cost_vnd == -4 * 21_000_000 + 21_000_000 + 14_000_000
    assert (report.committee, report.decision, report.conclusion) == (COMMITTEE, DECISION, "Thiếu 4 máy tính.")
    assert (report.stocktake.notation, report.stocktake.status, report.undecided) == ("1/2027", "closed", 0)
    part = await ask(database, words.GetStocktakeReport(stocktake_id=told.closed, unit_id="btctu"))
    assert (part.of_unit, len(part.rows), part.rows[0].number) == ("Ban Tổ chức Tỉnh ủy", 1, 1)
    part = await ask(database, words.GetStocktakeReport(stocktake_id=told.closed, site_id="ts1"))
    assert (part.of_site, len(part.rows)) == ("Trụ sở Tỉnh ủy", 30)


def test_a_report_longer_than_a_paper_is_refused() -> None:
    query = words.GetStocktakeReport(stocktake_id="f" * 32)
    completed = next(rule for rule in RULES if rule.query is type(query)).answer(query, CLERK)
    with pytest.raises(Refused) as refused:
        completed.reading.build([{}], [{}] * 4001)
    Outcome((), refused.value).refused(words.REPORT_TOO_LONG)


async def test_the_counters_are_live_by_unit_site_and_counter(database: Connection, told: Told) -> None:
    view = await ask(database, words.GetStocktake(stocktake_id=told.begun))
    assert view.counted_percent == 50
    assert (view.stocktake.expected, view.stocktake.found, view.stocktake.missing) == (2, 1, 1)
    assert [(row.id, row.name, row.found, row.missing) for row in view.by_unit] == [("vptu", "Văn phòng Tỉnh ủy", 1, 1)]
    assert [(row.name, row.undecided) for row in view.by_site] == [("Trụ sở Tỉnh ủy", 1)]
    closed = await ask(database, words.GetStocktake(stocktake_id=told.closed))
    counters = {row.name: (row.found, row.differing, row.unexpected, row.untagged) for row in closed.by_counter}
    assert counters == {"Lê Văn Hùng": (20, 0, 0, 0), "Nguyễn Thị Hoa": (0, 5, 1, 1)}
    assert {row.name: row.expected for row in closed.by_unit} == {
        "": 0,
        "Ban Tổ chức Tỉnh ủy": 0,
        "Văn phòng Tỉnh ủy": 30,
    }
    assert (closed.conclusion, closed.stocktake.undecided) == ("Thiếu 4 máy tính.", 0)


async def test_the_counters_of_a_stocktake_are_what_its_lines_come_to(database: Connection, told: Told) -> None:
    for stocktake in (told.closed, told.begun):
        view = await ask(database, words.GetStocktake(stocktake_id=stocktake))
        lines = (await ask(database, words.ListStocktakeLines(stocktake_id=stocktake, limit=1000))).rows
        for state in ("found", "differing", "missing", "unexpected", "untagged"):
            assert getattr(view.stocktake, state) == sum(row.state == state for row in lines)
        assert view.stocktake.undecided == sum(row.undecided for row in lines)


async def test_a_stocktake_that_is_not_there_is_refused(database: Connection) -> None:
    for kind in (words.GetStocktake, words.GetStocktakeReport):
        with pytest.raises(Refused) as refused:
            await ask(database, kind(stocktake_id="f" * 32))
        assert refused.value.refusal == words.STOCKTAKE_UNKNOWN


async def test_stocktakes_are_listed_by_year_and_state(database: Connection, told: Told) -> None:
    rows = (await ask(database, words.ListStocktakes())).rows
    assert [row.notation for row in rows] == ["3/2027", "2/2027", "1/2027"]
    assert [row.stocktake_id for row in (await ask(database, words.ListStocktakes(status="closed"))).rows] == [
        told.closed
    ]
    assert (await ask(database, words.ListStocktakes(year=2026))).rows == ()


async def test_assets_longest_unseen_come_first(database: Connection, told: Told) -> None:
    rows = (await ask(database, words.ListLastCounts(limit=1000))).rows
    assert [row.seen_on for row in rows] == sorted(row.seen_on for row in rows)
    assert {row.tag for row in rows if row.counted} == set(told.tags[:25]) | {told.tags[30]}
    assert all(row.seen_on == date(2027, 1, 2) for row in rows if row.counted)
    cabinets = (await ask(database, words.ListLastCounts(class_code="5.2"))).rows
    assert [(row.name, row.unit_name, row.counted) for row in cabinets] == [("Tủ tài liệu", "Văn phòng Tỉnh ủy", False)]


FILTERS: list[tuple[type[ListQuery], dict[str, Any], Callable[[Any], bool]]] = [
    (words.ListStocktakeLines, {"state": "differing"}, lambda row: row.state == "differing"),
    (words.ListStocktakeLines, {"undecided": False}, lambda row: not row.undecided),
    (words.ListStocktakeLines, {"line": "VPTU-000003"}, lambda row: row.line == "VPTU-000003"),
    (words.ListStocktakeLines, {"unit_id": "btctu"}, lambda row: row.unit_id == "btctu"),
    (words.ListStocktakeLines, {"site_id": "ts1"}, lambda row: row.site_id == "ts1"),
    (words.ListStocktakeLines, {"division_id": "vptu-hc"}, lambda row: row.division_id == "vptu-hc"),
    (words.ListStocktakeLines, {"class_code": "5"}, lambda row: (row.class_code or "").startswith("5.")),
    (words.ListStocktakeLines, {"counted_by": "Lê Văn Hùng"}, lambda row: row.counted_by == "Lê Văn Hùng"),
    (words.ListStocktakeLines, {"resolution": "loss"}, lambda row: row.resolution == "loss"),
    (words.ListStocktakeLines, {"text": "may tinh so 2"}, lambda row: row.name.startswith("Máy tính số 2")),
    (words.ListLastCounts, {"seen_before": date(2027, 1, 1)}, lambda row: row.seen_on < date(2027, 1, 1)),
    (words.ListLastCounts, {"unit_id": "btctu"}, lambda row: row.unit_id == "btctu"),
    (words.ListLastCounts, {"class_code": "5.2"}, lambda row: row.class_code == "5.2"),
    (words.ListLastCounts, {"counted": True}, lambda row: row.counted),
    (tools.ListTools, {"unit_id": "btctu"}, lambda row: row.unit_id == "btctu"),
    (tools.ListTools, {"site_id": "ts1"}, lambda row: row.site_id == "ts1"),
    (tools.ListTools, {"broken": True}, lambda row: row.broken > 0),
    (tools.ListTools, {"text": "boc ni"}, lambda row: "bọc nỉ" in row.name),
    (tools.ListToolMovements, {"unit_id": "btctu"}, lambda row: row.unit_id == "btctu"),
    (tools.ListToolMovements, {"division_id": "vptu-hc"}, lambda row: row.division_id == "vptu-hc"),
    (tools.ListToolMovements, {"kind": "broken"}, lambda row: row.kind == "broken"),
    (tools.ListToolMovements, {"paper": "PX-1"}, lambda row: row.paper == "PX-1"),
    (tools.ListToolMovements, {"moved_from": date(2026, 11, 27)}, lambda row: row.moved_on >= date(2026, 11, 27)),
    (tools.ListToolMovements, {"moved_to": date(2026, 11, 27)}, lambda row: row.moved_on <= date(2026, 11, 27)),
]


@pytest.mark.parametrize(("kind", "asked", "is_wanted"), FILTERS, ids=[f"{k.__name__} {a}" for k, a, _ in FILTERS])
async def test_a_filter_finds_exactly_the_rows_it_names(
    database: Connection, told: Told, kind: Any, asked: dict[str, Any], is_wanted: Callable[[Any], bool]
) -> None:
    about = {"stocktake_id": told.closed} if kind is words.ListStocktakeLines else {}
    rows = (await ask(database, kind(limit=1000, **about))).rows
    expected = [row for row in rows if is_wanted(row)]
    assert len(expected) < len(rows) or asked == {"undecided": False}
    assert expected or "division_id" in asked
    assert list((await ask(database, kind(limit=1000, **about, **asked))).rows) == expected


@pytest.mark.parametrize("descending", [True, False], ids=["down", "up"])
@pytest.mark.parametrize(
    ("kind", "sort", "place"),
    [
        (words.ListStocktakeLines, "number", lambda row: row.number),
        (words.ListStocktakeLines, "tag", lambda row: row.line),
        (words.ListStocktakes, "number", lambda row: (row.year, row.number)),
        (words.ListLastCounts, "seen_on", lambda row: (row.seen_on, row.asset_id)),
        (tools.ListTools, "code", lambda row: row.code),
        (tools.ListTools, "value", lambda row: (row.value_vnd, row.code)),
        (tools.ListToolHoldings, "code", lambda row: (row.code, row.division_id or "")),
        (tools.ListToolMovements, "moved_on", lambda row: row.moved_on),
    ],
)
async def test_pages_visit_every_row_once_in_the_order_asked_for(
    database: Connection, told: Told, kind: Any, sort: str, place: Callable[[Any], Any], descending: bool
) -> None:
    about: dict[str, Any] = {"stocktake_id": told.closed} if kind is words.ListStocktakeLines else {}
    query, found = kind(sort=sort, descending=descending, limit=2, **about), list[Any]()
    rows = (await ask(database, query.model_copy(update={"limit": 1000}))).rows
    while True:
        page = await ask(database, query)
        found += page.rows
        if page.next_cursor is None:
            break
        query = query.model_copy(update={"cursor": page.next_cursor})
    assert found == list(rows)
    assert [place(row) for row in found] == sorted((place(row) for row in found), reverse=descending)


# --- tools ----------------------------------------------------------------------------------------------------------


async def test_a_tool_shows_how_many_are_where_and_who_has_them(database: Connection, told: Told) -> None:
    view = await ask(database, tools.GetTool(tool_id=told.chairs))
    tool = view.tool
    assert (tool.in_store, tool.in_use, tool.broken, tool.quantity) == (4, 2, 1, 7)
    assert (tool.value_vnd, tool.unit_value_vnd, tool.name) == (7 * 450_000, 450_000, "Ghế họp bọc nỉ")
    assert (tool.unit_name, tool.kept_at) == ("Văn phòng Tỉnh ủy", "P.305, Trụ sở Tỉnh ủy")
    assert [(row.division_name, row.quantity, row.name) for row in view.holdings] == [
        ("Phòng Hành chính", 2, "Ghế họp bọc nỉ")
    ]
    with pytest.raises(Refused) as refused:
        await ask(database, tools.GetTool(tool_id="f" * 32))
    assert refused.value.refusal == tools.TOOL_UNKNOWN


async def test_holdings_are_listed_for_a_division_a_person_a_unit_or_a_tool(database: Connection, told: Told) -> None:
    for asked, count in (
        ({"division_id": "vptu-hc"}, 1),
        ({"person_id": LAN}, 0),
        ({"unit_id": "vptu"}, 1),
        ({"tool_id": told.chairs}, 1),
        ({"unit_id": "btctu"}, 0),
    ):
        rows = (await ask(database, tools.ListToolHoldings(**asked))).rows
        assert [row.measure for row in rows] == ["cái"] * count


async def test_the_book_of_tools_says_what_came_in_went_out_and_was_left(database: Connection, told: Told) -> None:
    rows = (await ask(database, tools.ListToolMovements(tool_id=told.chairs, limit=1000))).rows
    assert [(row.kind, row.stock_quantity) for row in rows] == [
        ("entered", 10),
        ("issued", 10),
        ("issued", 10),
        ("returned", 10),
        ("broken", 10),
        ("written_off", 9),
        ("transferred_out", 6),
        ("counted", 7),
    ]
    assert sum(row.in_value_vnd - row.out_value_vnd for row in rows) == rows[-1].stock_value_vnd == 7 * 450_000
    assert [row.party for row in rows[1:3]] == ["Phòng Hành chính", "Trần Thị Lan"]
    assert (rows[6].party, rows[4].reason, rows[5].paper) == ("Ban Tổ chức Tỉnh ủy", "Gãy chân.", "214-QĐ/TU")
