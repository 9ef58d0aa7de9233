"""The register of assets as PostgreSQL holds it: the same rows however facts come, and every question of an asset."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from contracts import assets as events
from contracts.assets import queries as words
from contracts.assets import rows as rows_of
from contracts.base import Refused
from services.assets.register import QUERY_RULES
from services.runtime.problems import BAD_CURSOR
from services.runtime.text import fold

if TYPE_CHECKING:
    from tests.assets.history import History
    from tests.assets.shown import Shown

MODELS = tuple({model.name: model for rule in QUERY_RULES for model in rule.reads}.values())
EVERY_MODEL = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
LAN, HUNG, ANH = (str(number) * 32 for number in (1, 2, 3))


def test_in_a_year_everything_happens_that_can(history: "History") -> None:
    of_register = {event for event in events.EVENTS if event.__module__ == "contracts.assets.events"}
    assert of_register <= {type(fact.event) for fact in history.facts}


def test_every_question_has_its_rule() -> None:
    assert tuple(rule.query for rule in QUERY_RULES) == words.REGISTER_QUERIES


# --- folding --------------------------------------------------------------------------------------------------------


@EVERY_MODEL
@pytest.mark.parametrize("size", [1, 3, 1000], ids=["one by one", "three by three", "all at once"])
async def test_a_fact_delivered_twice_changes_nothing_in_batches_of_any_size(
    shown: "Shown", history: "History", model: Any, size: int
) -> None:
    facts = history.facts
    batches = [facts[start : start + size] for start in range(0, len(facts), size)]
    await shown.fill(model, "again", [batch for batch in batches for _ in range(2)])
    rows = await shown.rows(model, "again")
    assert rows == await shown.rows(model, model.table)
    assert rows


@EVERY_MODEL
async def test_a_fact_twice_in_one_batch_and_a_log_read_from_its_beginning_again_change_nothing(
    shown: "Shown", history: "History", model: Any
) -> None:
    stuttered = [fact for fact in history.facts for _ in range(2)]
    await shown.fill(model, "again", [stuttered, history.facts, history.facts[:50]])
    assert await shown.rows(model, "again") == await shown.rows(model, model.table)


@EVERY_MODEL
async def test_an_old_day_is_the_same_fold_stopped_there(shown: "Shown", history: "History", model: Any) -> None:
    half = history.facts[: len(history.facts) // 2]
    await shown.fill(model, "again", [half])
    stopped = await shown.rows(model, "again")
    await shown.fill(model, "again", [half[:77], half[77:]])
    assert await shown.rows(model, "again") == stopped
    assert {row[0] for row in stopped} <= {row[0] for row in await shown.rows(model, model.table)}


# --- the register -----------------------------------------------------------------------------------------------------


def everything(**asked: Any) -> words.ListAssets:
    return words.ListAssets(limit=1000, **asked)


async def register(shown: "Shown") -> list[rows_of.AssetRow]:
    held, gone = (await shown.ask(everything())).rows, (await shown.ask(everything(gone=True))).rows
    return [*held, *gone]


async def test_the_register_holds_what_the_deciders_came_to(shown: "Shown", history: "History") -> None:
    states = history.desk.scenario.states
    found = await register(shown)
    assert {row.asset_id for row in found} == set(history.assets)
    for row in found:
        asset = states["asset", row.asset_id]
        value, wear, loan = asset.value, asset.value.wear, asset.loan
        assert (row.tag, row.name, row.unit_id, row.class_code) == (
            asset.tag, asset.description.name, asset.unit_id, asset.class_code
        )  # fmt: skip
        assert (row.cost_vnd, row.accumulated_vnd, row.residual_vnd, row.valued_on) == (
            value.cost_vnd, value.accumulated_vnd, value.residual_vnd, asset.valued_on
        )  # fmt: skip
        assert (row.rate_percent, row.last_year) == ((wear.rate / 100, wear.last_year) if wear else (None, None))
        assert (row.site_id, row.division_id, row.room) == (
            asset.place.site_id, asset.place.division_id, asset.place.room
        )  # fmt: skip
        assert (row.custodian_id, row.condition, row.status) == (asset.custodian_id, asset.condition, asset.status)
        assert (row.lent_to_id, row.lent_until) == ((loan.to_unit_id, loan.due_on) if loan else (None, None))
        assert row.details == asset.description.details
        assert (row.gone_on is not None) == (row.gone_by is not None) == (row.status == "disposed")


FILTERS: list[tuple[dict[str, Any], Callable[[rows_of.AssetRow], bool]]] = [
    ({"unit_id": "btgtu"}, lambda row: row.unit_id == "btgtu"),
    ({"class_code": "5.3"}, lambda row: row.class_code == "5.3"),
    ({"class_code": "5"}, lambda row: row.class_code.startswith("5.")),
    ({"class_code": "3"}, lambda row: row.class_code == "3"),
    ({"class_code": "VH"}, lambda row: row.class_code.startswith("VH.")),
    ({"site_id": "ts2"}, lambda row: row.site_id == "ts2"),
    ({"division_id": "p-qt"}, lambda row: row.division_id == "p-qt"),
    ({"room": "Kho"}, lambda row: row.room == "Kho"),
    ({"custodian_id": HUNG}, lambda row: row.custodian_id == HUNG),
    ({"condition": "usable"}, lambda row: row.condition == "usable"),
    ({"status": "disposal_proposed"}, lambda row: row.status == "disposal_proposed"),
    ({"lent": True}, lambda row: row.lent_to_id is not None),
    ({"lent": False}, lambda row: row.lent_to_id is None),
    ({"lent_to_id": "btctu"}, lambda row: row.lent_to_id == "btctu"),
    ({"booked_from": date(2026, 2, 3)}, lambda row: row.booked_on >= date(2026, 2, 3)),
    ({"booked_to": date(2026, 1, 5)}, lambda row: row.booked_on <= date(2026, 1, 5)),
    ({"cost_from": 950_000_000}, lambda row: row.cost_vnd >= 950_000_000),
    ({"cost_to": 15_000_000}, lambda row: row.cost_vnd <= 15_000_000),
    ({"text": "ban ghe hop"}, lambda row: row.name == "Bộ bàn ghế họp"),
    ({"text": "MÁY TÍNH để"}, lambda row: row.name.startswith("Máy tính để bàn")),
    ({"text": "12a 000 45"}, lambda row: row.class_code == "3"),
    ({"text": "rl4xw43"}, lambda row: row.class_code == "3"),
    ({"text": "bg3"}, lambda row: row.old_code == "BG3"),
    ({"text": "optiplex"}, lambda row: row.model == "OptiPlex 3000"),
    ({"text": "vptu-000004"}, lambda row: row.tag == "VPTU-000004"),
    ({"text": "sn moi"}, lambda row: row.serial_number == "SN-MỚI"),
    ({"text": "kho"}, lambda row: row.room == "Kho"),
    (
        {"unit_id": "vptu", "class_code": "5", "text": "may tinh"},
        lambda row: row.unit_id == "vptu" and row.name.startswith("Máy tính"),
    ),
]


@pytest.mark.parametrize(("asked", "is_it"), FILTERS, ids=[" ".join(map(str, asked.values())) for asked, _ in FILTERS])
async def test_a_filter_of_the_register_leaves_what_it_says(
    shown: "Shown", asked: dict[str, Any], is_it: Callable[[rows_of.AssetRow], bool]
) -> None:
    held = (await shown.ask(everything())).rows
    wanted = [row for row in held if is_it(row)]
    assert 0 < len(wanted) < len(held)
    assert list((await shown.ask(everything(**asked))).rows) == wanted
    assert await shown.pages(words.ListAssets(limit=2, **asked)) == wanted


async def test_what_has_left_the_books_is_shown_when_it_is_asked_for(shown: "Shown") -> None:
    gone = (await shown.ask(everything(gone=True))).rows
    assert [(row.status, row.gone_by, row.gone_on) for row in gone] == [("disposed", "sale", date(2026, 9, 15))]
    assert (await shown.ask(everything(status="disposed"))).rows == gone
    assert not {row.asset_id for row in gone} & {row.asset_id for row in (await shown.ask(everything())).rows}


ORDERS: list[tuple[str, Callable[[rows_of.AssetRow], Any]]] = [
    ("tag", lambda row: (row.tag,)),
    ("name", lambda row: (fold(row.name), row.tag)),
    ("booked_on", lambda row: (row.booked_on, row.tag)),
    ("cost", lambda row: (row.cost_vnd, row.tag)),
]


@pytest.mark.parametrize("limit", [1, 7, 1000])
@pytest.mark.parametrize("descending", [True, False], ids=["down", "up"])
@pytest.mark.parametrize(("sort", "place"), ORDERS, ids=[sort for sort, _ in ORDERS])
async def test_pages_visit_every_asset_once_in_the_order_asked_for(
    shown: "Shown", sort: str, place: Callable[[rows_of.AssetRow], Any], descending: bool, limit: int
) -> None:
    rows = (await shown.ask(everything())).rows
    found = await shown.pages(words.ListAssets(sort=sort, descending=descending, limit=limit))
    assert found == sorted(rows, key=place, reverse=descending)


def test_every_order_one_may_ask_for_is_asked_in_a_test() -> None:
    assert {sort for sort, _ in ORDERS} == set(words.ListAssets.model_json_schema()["properties"]["sort"]["enum"])


async def test_names_are_those_of_units_sites_and_people_as_they_are_called_today(shown: "Shown") -> None:
    rows = {row.tag: row for row in (await shown.ask(everything())).rows}
    by_name = {(row.name, row.unit_id): row for row in rows.values()}
    car = by_name["Xe ô tô 7 chỗ", "vptu"]
    assert (car.unit_name, car.custodian_name) == ("Đơn vị VPTU", "Lê Văn Hưng")
    assert car.used_at == "P. 301, Đơn vị P-QT, Trụ sở Hùng Vương"
    assert (car.site_name, car.division_name) == ("Trụ sở Hùng Vương", "Đơn vị P-QT")
    assert (car.class_name, car.yearly_wear_vnd) == ("Xe ô tô", 63_365_000)
    assert {row.unit_name for row in rows.values() if row.unit_id == "btgtu"} == {"Ban Tuyên giáo và Dân vận Tỉnh ủy"}
    lent = {row.lent_to_name for row in rows.values() if row.lent_to_id}
    assert lent == {"Đơn vị BTCTU"}


# --- one asset --------------------------------------------------------------------------------------------------------


async def test_a_scanned_label_finds_its_asset_by_tag_id_or_earlier_code(shown: "Shown") -> None:
    for row in await register(shown):
        for said in (row.tag, row.tag.lower(), f" {row.tag} ", row.asset_id, row.asset_id.upper()):
            assert await shown.ask(words.FindAssetByTag(tag=said)) == row
        if row.old_code:
            assert await shown.ask(words.FindAssetByTag(tag=row.old_code)) == row
    with pytest.raises(Refused) as refused:
        await shown.ask(words.FindAssetByTag(tag="VPTU-999999"))
    assert (refused.value.refusal, refused.value.field) == (events.ASSET_UNKNOWN, "tag")


async def test_labels_say_what_a_scanner_finds_again(shown: "Shown") -> None:
    held = (await shown.ask(everything())).rows
    labels = await shown.pages(words.ListLabels(limit=9))
    assert [(label.tag, label.name, label.unit_name) for label in labels] == [
        (row.tag, row.name, row.unit_name) for row in held
    ]
    for label in labels:
        assert (await shown.ask(words.FindAssetByTag(tag=label.qr_text))).asset_id == label.asset_id
    chosen = tuple(row.asset_id for row in held[3:9])
    assert [one.asset_id for one in await shown.pages(words.ListLabels(asset_ids=chosen))] == list(chosen)
    assert await shown.pages(words.ListLabels(asset_ids=())) == []
    of_unit = await shown.pages(words.ListLabels(unit_id="btctu"))
    assert [one.tag for one in of_unit] == [row.tag for row in held if row.unit_id == "btctu"]


async def test_the_card_of_an_asset_tells_every_change_of_its_value(shown: "Shown", history: "History") -> None:
    for id in history.assets:
        card = await shown.ask(words.GetAsset(asset_id=id))
        facts = [event for event in history.of(id) if isinstance(event, events.ValueFacts)]
        assert [(line.effective_on, line.cost_vnd, line.accumulated_vnd, line.unit_id) for line in card.values] == [
            (fact.effective_on, fact.value.cost_vnd, fact.value.accumulated_vnd, fact.unit_id) for fact in facts
        ]
        charged = {fact.year: fact.wear_vnd for fact in facts if isinstance(fact, events.WearCharged)}
        assert {line.year: line.wear_vnd for line in card.values if line.year} == charged
        held = [fact for fact in facts if isinstance(fact, events.AssetRegistered | events.AssetHandedOver)]
        assert [(one.since, one.unit_id) for one in card.holdings] == [(one.effective_on, one.unit_id) for one in held]
        assert card.asset == await shown.ask(words.FindAssetByTag(tag=id))
    with pytest.raises(Refused) as refused:
        await shown.ask(words.GetAsset(asset_id="f" * 32))
    assert refused.value.refusal == events.ASSET_UNKNOWN


async def test_the_card_has_files_loans_days_and_repairs_beside(shown: "Shown") -> None:
    async def card(name: str, unit_id: str) -> rows_of.AssetView:
        rows = (await shown.ask(everything(unit_id=unit_id))).rows
        chosen = next(row for row in rows if row.name == name)
        view: rows_of.AssetView = await shown.ask(words.GetAsset(asset_id=chosen.asset_id))
        return view

    chairs, car = await card("Bộ bàn ghế họp", "vptu"), await card("Xe ô tô 7 chỗ", "vptu")
    assert [file.name for file in chairs.files] == ["mat-truoc.jpg"]
    assert [(row.kind, row.state) for row in car.due_days] == [
        ("compulsory_insurance", "approaching"), ("voluntary_insurance", "waiting"), ("inspection", "approaching"),
        ("maintenance", "waiting"),
    ]  # fmt: skip
    assert [(row.upkeep, row.cost_vnd) for row in car.repairs] == [
        ("insurance", 480_700), ("insurance", 480_700), ("inspection", 340_000), ("maintenance", 1_200_000),
    ]  # fmt: skip
    computer = await card("Máy tính để bàn 0", "vptu")
    assert [(loan.number, loan.to_unit_name, loan.returned_on, loan.late) for loan in computer.loans] == [
        (1, "Đơn vị BNCTU", date(2026, 5, 25), True),
        (2, "Đơn vị BTCTU", None, False),
    ]
    assert (await card("Phần mềm kế toán", "vptu")).life_basis == "Quyết định 77-QĐ/TU"
    assert (await card("Nhà làm việc vptu", "vptu")).decision_issuer == "Ban Thường vụ Tỉnh ủy"


async def history_of(shown: "Shown", history: "History", tag: str, **asked: Any) -> list[rows_of.AssetHistoryRow]:
    found = await shown.ask(words.FindAssetByTag(tag=tag))
    rows: list[rows_of.AssetHistoryRow] = await shown.pages(words.ListAssetHistory(asset_id=found.asset_id, **asked))
    return rows


async def test_every_fact_of_every_asset_is_one_sentence_of_its_history(shown: "Shown", history: "History") -> None:
    for id in history.assets:
        rows = await shown.pages(words.ListAssetHistory(asset_id=id, limit=3))
        facts = [fact for fact in history.facts if (fact.aggregate, fact.id) == ("asset", id)]
        assert [(row.type, row.position, row.recorded_at) for row in rows] == [
            (fact.type, fact.position, fact.time) for fact in facts
        ]
        for row in rows:
            assert row.content
            assert "None" not in f"{row.content} {row.before or ''} {row.after or ''}"
            assert not row.content.startswith("assets.")
        assert await shown.pages(words.ListAssetHistory(asset_id=id, limit=2, descending=True)) == rows[::-1]
    assert (await shown.ask(words.ListAssetHistory(asset_id="f" * 32))).rows == ()


async def test_a_history_tells_before_after_and_the_decision(shown: "Shown", history: "History") -> None:
    rows = (await shown.ask(everything(text="ban ghe hop", unit_id="vptu"))).rows
    told = {row.type.split(".")[1]: row for row in await history_of(shown, history, rows[0].tag)}
    moved, given = told["AssetMoved"], told["CustodianAssigned"]
    assert (moved.before, moved.after) == ("P. 909, Đơn vị P-QT, Trụ sở Lê Lợi", "Trụ sở Hùng Vương")
    assert (given.before, given.after, given.day) == (None, "Vũ Ngọc Ánh", date(2026, 4, 2))
    house = (await shown.ask(everything(text="nha lam viec vptu"))).rows[0]
    told = {row.type.split(".")[1]: row for row in await history_of(shown, history, house.tag)}
    raised = told["AssetUpgraded"]
    assert (raised.content, raised.before, raised.after) == (
        "Nâng cấp, mở rộng: Thêm tầng", "3.333.333.333 đồng", "4.000.000.001 đồng"
    )  # fmt: skip
    assert (raised.decision_number, raised.decision_issuer) == ("31-QĐ/TU", "Ban Thường vụ Tỉnh ủy")
    worn = told["WearCharged"]
    assert worn.content.startswith("Tính hao mòn năm 2026: ")
    corrected = await history_of(shown, history, "VPTU-000004", from_day=date(2026, 6, 1), to_day=date(2026, 6, 1))
    assert [(row.before, row.after) for row in corrected] == [
        ("tên: Máy tính để bàn 1; số máy: SN01", "tên: Máy tính trạm; số máy: SN-MỚI")
    ]
    given = next(row for row in await history_of(shown, history, "BDVTU-000003") if row.type.endswith("HandedOver"))
    assert (given.before, given.after) == ("Đơn vị BDVTU", "Ban Tuyên giáo và Dân vận Tỉnh ủy")


# --- days, loans, repairs ---------------------------------------------------------------------------------------------


def watched(history: "History") -> set[tuple[str, str, date, str]]:
    found = set()
    for id in history.assets:
        for watch in history.desk.scenario.states["asset", id].watches:
            state = "overdue" if watch.passed else "approaching" if watch.approached else "waiting"
            found.add((id, watch.kind, watch.due_on, state))
    return found


async def test_due_days_are_those_the_deciders_wait_for(shown: "Shown", history: "History") -> None:
    rows = await shown.pages(words.ListDueDays(limit=2))
    assert {(row.asset_id, row.kind, row.due_on, row.state) for row in rows} == watched(history)
    assert [row.due_on for row in rows] == sorted(row.due_on for row in rows)
    assert {row.kind for row in rows} > {"loan", "maintenance", "inspection"}
    assert all(row.unit_name and row.subject for row in rows)
    for asked, is_it in (
        ({"due_to": date(2026, 12, 5)}, lambda row: row.due_on <= date(2026, 12, 5)),
        ({"state": "overdue"}, lambda row: row.state == "overdue"),
        ({"kind": "loan"}, lambda row: row.kind == "loan"),
        ({"unit_id": "btctu"}, lambda row: row.unit_id == "btctu"),
    ):
        wanted = [row for row in rows if is_it(row)]
        assert 0 < len(wanted) < len(rows)
        assert await shown.pages(words.ListDueDays(**asked)) == wanted


async def test_loans_are_shown_open_or_ended(shown: "Shown", history: "History") -> None:
    every = await shown.pages(words.ListLoans(returned=None, limit=1))
    assert len(every) == sum(isinstance(fact.event, events.AssetLent) for fact in history.facts) == 3
    open_ones = await shown.pages(words.ListLoans())
    assert open_ones == [row for row in every if row.returned_on is None]
    (ended,) = await shown.pages(words.ListLoans(returned=True))
    assert (ended.to_person_name, ended.condition, ended.late) == ("Vũ Ngọc Ánh", "usable", True)
    assert (ended.unit_name, ended.to_unit_name) == ("Đơn vị VPTU", "Đơn vị BNCTU")
    assert await shown.pages(words.ListLoans(returned=None, to_person_id=ANH)) == [ended]
    assert await shown.pages(words.ListLoans(returned=None, to_unit_id="bnctu")) == [ended]
    of_asset = await shown.pages(words.ListLoans(returned=None, asset_id=ended.asset_id))
    assert [row.number for row in of_asset] == [1, 2]
    assert await shown.pages(words.ListLoans(returned=None, unit_id="btctu")) == []
    assert await shown.pages(words.ListLoans(due_to=date(2026, 12, 31))) == [open_ones[0]]


async def test_upkeep_is_shown_with_its_costs_and_adds_up(shown: "Shown") -> None:
    rows = await shown.pages(words.ListRepairs(limit=1, descending=False))
    assert [(row.done_on, row.upkeep, row.cost_vnd) for row in rows] == [
        (date(2026, 2, 1), "insurance", 480_700),
        (date(2026, 2, 1), "insurance", 480_700),
        (date(2026, 2, 11), "inspection", 340_000),
        (date(2026, 4, 10), "repair", 900_000),
        (date(2026, 5, 5), "maintenance", 1_200_000),
        (date(2026, 8, 20), "repair", 450_000),
    ]
    assert (await shown.ask(words.ListRepairs(descending=False))).rows == tuple(rows)
    for asked, is_it in (
        ({"unit_id": "btctu"}, lambda row: row.unit_id == "btctu"),
        ({"upkeep": "repair"}, lambda row: row.upkeep == "repair"),
        ({"from_day": date(2026, 4, 1), "to_day": date(2026, 5, 5)}, lambda row: row.done_on.month in (4, 5)),
        ({"asset_id": rows[0].asset_id}, lambda row: row.asset_id == rows[0].asset_id),
    ):
        assert await shown.pages(words.ListRepairs(descending=False, **asked)) == [row for row in rows if is_it(row)]
    assert await shown.pages(words.ListRepairs(year=2025)) == []
    for by, ids in (("unit", {"vptu", "btctu"}), ("class", {"3", "5.2"}), ("asset", {row.asset_id for row in rows})):
        for sort in ("year", "total_vnd"):
            costs = await shown.pages(words.ListRepairCosts(by=by, sort=sort, limit=1))
            assert {cost.id for cost in costs} == ids
            assert sum(cost.total_vnd for cost in costs) == sum(row.cost_vnd for row in rows)
            assert sum(cost.times for cost in costs) == len(rows)
            assert [cost.total_vnd for cost in costs] == [2_501_400, 1_350_000]
    (of_unit,) = await shown.pages(words.ListRepairCosts(unit_id="btctu", year=2026))
    assert (of_unit.label, of_unit.repair_vnd, of_unit.total_vnd) == ("Đơn vị BTCTU", 1_350_000, 1_350_000)


@pytest.mark.parametrize("cursor", ["x", "!", "bm8=", "W10=", "WyIxIl0=", "WzEsIDJd", "e30=", "bnVsbA==", "Ă"])
@pytest.mark.parametrize("kind", [words.ListAssets, words.ListDueDays, words.ListLoans, words.ListRepairs])
async def test_a_cursor_that_is_none_is_refused(shown: "Shown", kind: Any, cursor: str) -> None:
    with pytest.raises(Refused) as refused:
        await shown.ask(kind(cursor=cursor))
    assert (refused.value.refusal, refused.value.field) == (BAD_CURSOR, "cursor")
