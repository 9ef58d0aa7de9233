"""What everything was and will be worth: every asset and every group, on any day, as an independent count has it."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from contracts import assets as events
from contracts.assets import queries as words
from contracts.assets import rows as shown_rows
from contracts.base import Refused
from services.assets.rules.tables import asset_classes
from services.assets.rules.wear import value_at
from services.runtime.problems import BAD_CURSOR

if TYPE_CHECKING:
    from tests.assets.history import History, Owned
    from tests.assets.shown import Shown

PAST = ("2024-12-31", "2025-12-31", "2026-06-30", "2026-07-01", "2026-12-31")
OTHER = ("2019-01-01", "2024-12-30", "2026-12-30", "2027-01-09", "2027-01-11", "2027-01-20", "2029-06-30")
FAR = ("2030-12-31", "2031-12-31", "2045-05-05", "2100-12-31")
DAYS = pytest.mark.parametrize("on", [date.fromisoformat(day) for day in (*PAST, *OTHER, *FAR)], ids=str)
KEYS: dict[str, "Callable[[Owned], str | None]"] = {
    "unit": lambda owned: owned.unit_id,
    "class": lambda owned: owned.class_code,
    "class_group": lambda owned: owned.class_code.split(".")[0],
    "site": lambda owned: owned.place.site_id,
    "division": lambda owned: owned.place.division_id,
    "custodian": lambda owned: owned.custodian_id,
    "condition": lambda owned: owned.condition,
}
FILTERS: list[tuple[dict[str, Any], "Callable[[Owned], bool]"]] = [
    ({"unit_id": "btgtu"}, lambda owned: owned.unit_id == "btgtu"),
    ({"unit_id": "bdvtu"}, lambda owned: owned.unit_id == "bdvtu"),
    ({"class_code": "5.3"}, lambda owned: owned.class_code == "5.3"),
    ({"class_code": "5"}, lambda owned: owned.class_code.startswith("5.")),
    ({"class_code": "VH"}, lambda owned: owned.class_code.startswith("VH.")),
    ({"site_id": "ts2"}, lambda owned: owned.place.site_id == "ts2"),
    ({"division_id": "p-qt"}, lambda owned: owned.place.division_id == "p-qt"),
    ({"room": "Kho"}, lambda owned: owned.place.room == "Kho"),
    ({"custodian_id": "1" * 32}, lambda owned: owned.custodian_id == "1" * 32),
    ({"condition": "usable"}, lambda owned: owned.condition == "usable"),
    ({"cost_from": 950_000_000}, lambda owned: owned.cost_vnd >= 950_000_000),
    ({"cost_to": 20_000_000}, lambda owned: owned.cost_vnd <= 20_000_000),
    (
        {"unit_id": "vptu", "class_code": "5", "cost_from": 20_000_000},
        lambda owned: (owned.unit_id, owned.class_code[0]) == ("vptu", "5") and owned.cost_vnd >= 20_000_000,
    ),
]
CLASSES = asset_classes()
Told = tuple[str | None, int, int, int, int]


def told(key: str | None, group: "list[Owned]") -> Told:
    cost, worn = (sum(owned.cost_vnd for owned in group), sum(owned.accumulated_vnd for owned in group))
    return key, len(group), cost, worn, cost - worn


def said(row: shown_rows.AssetTotalRow) -> Told:
    return row.key, row.count, row.cost_vnd, row.accumulated_vnd, row.residual_vnd


@DAYS
async def test_every_asset_is_worth_on_a_day_what_an_independent_count_says(
    shown: "Shown", history: "History", on: date
) -> None:
    rows = {row.asset_id: row for row in await shown.pages(words.ListAssetValues(on=on, limit=1000))}
    owned = history.owned_on(on)
    assert {
        id: (row.unit_id, row.class_code, row.cost_vnd, row.accumulated_vnd, row.residual_vnd)
        for id, row in rows.items()
    } == {
        id: (one.unit_id, one.class_code, one.cost_vnd, one.accumulated_vnd, one.cost_vnd - one.accumulated_vnd)
        for id, one in owned.items()
    }
    assert {id for id, row in rows.items() if not row.booked} == {id for id, one in owned.items() if not one.booked}


def test_the_five_past_days_are_different_days(history: "History") -> None:
    worth = [sorted(map(repr, history.owned_on(date.fromisoformat(day)).values())) for day in PAST]
    assert all(worth)
    assert len({tuple(one) for one in worth}) == len(PAST)


@DAYS
@pytest.mark.parametrize("by", KEYS)
async def test_every_group_is_worth_on_a_day_what_its_assets_are(
    shown: "Shown", history: "History", on: date, by: str
) -> None:
    groups: dict[str | None, list[Owned]] = defaultdict(list)
    for owned in history.owned_on(on).values():
        groups[KEYS[by](owned)].append(owned)
    totals = await shown.ask(words.GetAssetTotals(on=on, by=by))
    assert sorted(map(said, totals.rows), key=repr) == sorted((told(*item) for item in groups.items()), key=repr)
    everything = [owned for group in groups.values() for owned in group]
    assert said(totals.total) == told(None, everything)
    assert (totals.on, totals.by) == (on, by)
    assert all((row.label is None) == (row.key is None) for row in totals.rows)


@DAYS
@pytest.mark.parametrize(("asked", "is_it"), FILTERS, ids=[" ".join(map(str, asked.values())) for asked, _ in FILTERS])
async def test_filters_mean_the_day_that_is_asked_about(
    shown: "Shown", history: "History", on: date, asked: dict[str, Any], is_it: "Callable[[Owned], bool]"
) -> None:
    wanted = {id: owned for id, owned in history.owned_on(on).items() if is_it(owned)}
    rows = await shown.pages(words.ListAssetValues(on=on, **asked))
    assert {row.asset_id: row.accumulated_vnd for row in rows} == {
        id: one.accumulated_vnd for id, one in wanted.items()
    }
    totals = await shown.ask(words.GetAssetTotals(on=on, **asked))
    assert said(totals.total) == told(None, list(wanted.values()))
    assert totals.rows == ()


def test_every_filter_chooses_some_and_leaves_some_out_on_one_of_the_past_days(history: "History") -> None:
    for asked, is_it in FILTERS:
        chosen = [{is_it(owned) for owned in history.owned_on(date.fromisoformat(day)).values()} for day in PAST]
        assert {True, False} in chosen, asked


async def test_days_of_booking_choose_too(shown: "Shown", history: "History") -> None:
    booked = {fact.id: fact.event.booked_on for fact in history.facts if isinstance(fact.event, events.AssetRegistered)}
    on, first, last = date(2026, 6, 30), date(2026, 2, 2), date(2026, 2, 4)
    rows = await shown.pages(words.ListAssetValues(on=on, booked_from=first, booked_to=last))
    assert {row.asset_id for row in rows} == {id for id, day in booked.items() if first <= day <= last}


@pytest.mark.parametrize("limit", [1, 7, 1000])
@pytest.mark.parametrize("descending", [True, False], ids=["down", "up"])
async def test_pages_visit_every_asset_once_in_the_order_of_tags(
    shown: "Shown", history: "History", descending: bool, limit: int
) -> None:
    on = date(2027, 1, 20)
    rows = await shown.pages(words.ListAssetValues(on=on, descending=descending, limit=limit))
    assert {row.asset_id for row in rows} == history.owned_on(on).keys()
    assert [row.tag for row in rows] == sorted({row.tag for row in rows}, reverse=descending)


@pytest.mark.parametrize("cursor", ["x", "!", "bm8=", "W10=", "WyIxIl0=", "WzEsIDJd", "e30=", "bnVsbA==", "Ă"])
async def test_a_cursor_that_is_none_is_refused(shown: "Shown", cursor: str) -> None:
    for query in (words.ListAssetValues(cursor=cursor), words.ListWear(year=2026, cursor=cursor)):
        with pytest.raises(Refused) as refused:
            await shown.ask(query)
        assert (refused.value.refusal, refused.value.field) == (BAD_CURSOR, "cursor")


async def test_a_cursor_of_the_other_direction_is_refused(shown: "Shown") -> None:
    page = await shown.ask(words.ListAssetValues(on=date(2027, 1, 20), limit=1))
    with pytest.raises(Refused) as refused:
        await shown.ask(words.ListAssetValues(cursor=page.next_cursor, descending=True))
    assert refused.value.refusal == BAD_CURSOR


async def test_a_unit_is_called_what_it_was_called_on_the_day(shown: "Shown") -> None:
    for on, name in ((date(2026, 6, 30), "Đơn vị BTGTU"), (date(2026, 7, 1), "Ban Tuyên giáo và Dân vận Tỉnh ủy")):
        totals = await shown.ask(words.GetAssetTotals(on=on, by="unit"))
        assert {row.label for row in totals.rows if row.key == "btgtu"} == {name}
        rows = (await shown.ask(words.ListAssetValues(on=on, unit_id="btgtu"))).rows
        assert {row.unit_name for row in rows} == {name}


async def test_without_a_day_today_is_meant(shown: "Shown", history: "History") -> None:
    today = await shown.connection.fetchval("SELECT (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date")
    assert (await shown.ask(words.GetAssetTotals())).on == today


async def test_what_a_board_gave_another_got_at_the_same_value(shown: "Shown") -> None:
    async def of(unit_id: str, on: date) -> tuple[int, int, int]:
        total = (await shown.ask(words.GetAssetTotals(on=on, unit_id=unit_id))).total
        return total.count, total.cost_vnd, total.accumulated_vnd

    before, after = date(2026, 6, 30), date(2026, 7, 1)
    given, had = await of("bdvtu", before), await of("btgtu", before)
    assert given[0] > 0
    assert await of("bdvtu", after) == (0, 0, 0)
    assert await of("btgtu", after) == tuple(sum(pair) for pair in zip(given, had, strict=True))


# --- wear -----------------------------------------------------------------------------------------------------------


def charges(history: "History", year: int) -> dict[str, events.WearCharged]:
    return {
        fact.id: fact.event
        for fact in history.facts
        if isinstance(fact.event, events.WearCharged) and fact.event.year == year
    }


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026, 2027])
async def test_the_table_of_wear_has_every_charge_of_the_year_and_its_totals_are_the_sums_of_its_rows(
    shown: "Shown", history: "History", year: int
) -> None:
    rows = await shown.pages(words.ListWear(year=year, limit=7))
    assert {row.asset_id: (row.wear_vnd, row.accumulated_vnd, row.unit_id, row.legal_basis) for row in rows} == {
        id: (charge.wear_vnd, charge.value.accumulated_vnd, charge.unit_id, charge.legal_basis)
        for id, charge in charges(history, year).items()
    }
    totals = await shown.ask(words.GetWearTotals(year=year))
    for summed in (totals.by_class, totals.by_unit, (totals.total,)):
        for name in ("cost_vnd", "wear_vnd", "accumulated_vnd", "residual_vnd"):
            assert sum(getattr(row, name) for row in summed) == sum(getattr(row, name) for row in rows)
        assert sum(row.count for row in summed) == len(rows)
    for row in totals.by_class:
        assert row.wear_vnd == sum(one.wear_vnd for one in rows if one.class_code == row.key)
    for row in totals.by_unit:
        assert row.wear_vnd == sum(one.wear_vnd for one in rows if one.unit_id == row.key)


async def test_the_table_of_wear_can_be_asked_by_unit_and_class(shown: "Shown", history: "History") -> None:
    everything = await shown.pages(words.ListWear(year=2026, limit=1000))
    of_unit = await shown.pages(words.ListWear(year=2026, unit_id="btgtu"))
    assert of_unit == [row for row in everything if row.unit_id == "btgtu"] != []
    for code in ("5", "5.3"):
        of_class = await shown.pages(words.ListWear(year=2026, class_code=code))
        assert of_class == [row for row in everything if row.class_code.startswith(code)] != []
    down = await shown.pages(words.ListWear(year=2026, descending=True, limit=3))
    assert down == everything[::-1]


async def test_a_year_is_charged_by_the_rate_of_its_own_table(shown: "Shown") -> None:
    rates = {
        (row.class_code, year): row.rate_percent
        for year in (2025, 2026)
        for row in (await shown.ask(words.ListWear(year=year, limit=1000))).rows
    }
    assert (rates["5.3", 2025], rates["5.3", 2026], rates["3", 2026]) == (20.0, 14.29, 6.67)


async def test_what_is_still_due_is_what_was_never_charged_and_has_anything_left(
    shown: "Shown", history: "History"
) -> None:
    states, charged = history.desk.scenario.states, charges(history, 2026)
    worn = {id: value.wear for id in history.assets if (value := history.desk.value(id)).residual_vnd}
    due = {
        id for id, wear in worn.items() if wear and wear.next_year == 2026 and states["asset", id].status != "disposed"
    }
    rows = await shown.pages(words.ListWearDue(year=2026, limit=1))
    assert {row.asset_id for row in rows} == due
    assert 1 <= len(due) < len(charged)
    on = history.owned_on(date(2026, 12, 31))
    for row in rows:
        assert row.accumulated_vnd == history.desk.value(row.asset_id).accumulated_vnd
        assert row.wear_vnd == on[row.asset_id].accumulated_vnd - row.accumulated_vnd
        assert row.year == 2026
    totals = await shown.ask(words.GetWearTotals(year=2026))
    assert (totals.due_count, totals.due_wear_vnd) == (len(due), sum(row.wear_vnd for row in rows))
    assert totals.behind_count == 0


async def test_who_is_behind_is_told_apart_and_other_units_have_their_own(shown: "Shown", history: "History") -> None:
    (last,) = await shown.pages(words.ListWearDue(year=2026))
    behind = await shown.pages(words.ListWearDue(year=2027, behind=True))
    assert [(row.asset_id, row.year, row.wear_vnd) for row in behind] == [(last.asset_id, 2026, last.wear_vnd)]
    totals = await shown.ask(words.GetWearTotals(year=2027))
    everybody = await shown.pages(words.ListWearDue(year=2027))
    assert (totals.behind_count, totals.due_count) == (1, len(everybody))
    own = await shown.pages(words.ListWearDue(year=2027, unit_id="bnctu"))
    assert own == [row for row in everybody if row.unit_id == "bnctu"] != []
    assert (await shown.ask(words.GetWearTotals(year=2027, unit_id="bnctu"))).due_count == len(own)


async def test_what_will_be_charged_next_year_is_what_its_december_will_show(
    shown: "Shown", history: "History"
) -> None:
    before, after = (history.owned_on(date(year, 12, 31)) for year in (2026, 2027))
    for row in await shown.pages(words.ListWearDue(year=2027, limit=1000)):
        assert row.wear_vnd == after[row.asset_id].accumulated_vnd - before[row.asset_id].accumulated_vnd


async def test_what_is_computed_in_the_database_is_what_the_rule_says_for_values_of_every_shape(
    shown: "Shown", history: "History"
) -> None:
    pattern = next(fact for fact in history.facts if isinstance(fact.event, events.AssetRegistered))
    shapes = product(
        ("5.3", "5.1", "3", "VH.2"), (0, 9_999, 15_000_000, 33_333_333, 10**14), (0, 3, 999), ((5, 2000), (7, 1429)),
        (False, True), ((2024, 2028), (2026, 2026), (2026, 2040)), (0, 2, 40),
    )  # fmt: skip
    facts = []
    for place, (code, cost, left, (years, rate), own, (next_year, last), catch_up) in enumerate(shapes):
        wear = events.Wear(
            years=years, rate=rate, own=own, next_year=next_year, last_year=last, catch_up_years=catch_up
        )
        value = events.Value(cost_vnd=cost, accumulated_vnd=max(cost - left * cost // 1000, 0), wear=wear)
        said = {"class_code": code, "value": value, "effective_on": date(2024, 1, 1), "tag": f"T-{place:06}"}
        registered = pattern.event.model_copy(update=said)
        facts.append(pattern._replace(event=registered, id=f"{place:032x}"))
    model = next(model for model in shown.MODELS if model.name == "asset_values")
    transaction = shown.connection.transaction()
    await transaction.start()
    try:
        await shown.fill(model, model.table, [facts])
        for on in map(date.fromisoformat, ("2024-06-30", "2025-12-31", "2026-12-31", "2033-01-01", "2100-12-31")):
            rows = {row.asset_id: row for row in await shown.pages(words.ListAssetValues(on=on, limit=1000))}
            for fact in facts:
                value = value_at([fact.event], on, CLASSES)
                assert value is not None
                assert rows[fact.id].accumulated_vnd == value.accumulated_vnd, (fact.event.value, on)
    finally:
        await transaction.rollback()
