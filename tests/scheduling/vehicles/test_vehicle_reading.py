"""The tables of cars as PostgreSQL holds them, and every question about them against a second computation."""

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import asyncpg
import pytest
import pytest_asyncio

from contracts.base import Actor, ListQuery, Query, Refused, wire_name
from contracts.scheduling import vehicles as words
from deploy import SERVICES
from deploy.stack import Stack
from services.runtime.considering import Considered
from services.runtime.read_model import ReadModel, create_indexes_sql
from services.scheduling.vehicles import QUERY_RULES, office_rules
from tests.reading import Connection, fill, rows_of

if TYPE_CHECKING:
    from tests.scheduling.vehicles.history import History

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
RULES = office_rules()
MODELS = tuple({model.name: model for rule in QUERY_RULES for model in rule.reads}.values())
CLERK = Actor(id="user:nguyen.thi.hoa", name="Nguyễn Thị Hoa", roles=("clerk",), board="VPTU")
BOARD = Actor(id="user:lan", name="Nguyễn Thị Lan", roles=("board",), board="BTCTU")
ALL = (date(2026, 11, 1), date(2026, 12, 31))
DECEMBER = (date(2026, 12, 1), date(2026, 12, 15))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def database(office: Stack, month: "History") -> AsyncIterator[Connection]:
    """The schema of scheduling with every table of cars filled from a month."""
    connection: Connection = await asyncpg.connect(office.database_url(next(s for s in SERVICES if s != "audit")))
    for model in MODELS:
        await fill(connection, model, model.table, [month.facts])
        for statement in create_indexes_sql(model, model.table):
            await connection.execute(statement)
    yield connection
    await connection.close()


async def ask(database: Connection, query: Query, actor: Actor = CLERK) -> Any:
    rule = next(rule for rule in QUERY_RULES if rule.query is type(query))
    found = await rule.answer(query, actor).read(database)
    return found.work(RULES) if isinstance(found, Considered) else found


async def rows(database: Connection, kind: type[ListQuery], actor: Actor = CLERK, /, **asked: Any) -> list[Any]:
    page = await ask(database, kind(limit=1000, **asked), actor)
    assert page.next_cursor is None
    return list(page.rows)


def state(month: "History", aggregate: str) -> Iterator[tuple[str, Any]]:
    return ((id, state) for (name, id), state in month.garage.scenario.states.items() if name == aggregate)


# --- folding --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
@pytest.mark.parametrize("size", [7, 10_000], ids=["seven by seven", "all at once"])
async def test_a_fact_delivered_twice_changes_nothing_in_batches_of_any_size(
    database: Connection, month: "History", model: ReadModel, size: int
) -> None:
    facts = month.facts
    batches = [facts[start : start + size] for start in range(0, len(facts), size)]
    await fill(database, model, "again", [batch for batch in batches for _ in range(2)])
    found = await rows_of(database, model, "again")
    assert found == await rows_of(database, model, model.table)
    assert found


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
async def test_an_old_log_is_the_same_fold_stopped_there_and_goes_on_from_there(
    database: Connection, month: "History", model: ReadModel
) -> None:
    half = month.facts[: len(month.facts) // 2]
    await fill(database, model, "again", [half])
    stopped = await rows_of(database, model, "again")
    await fill(database, model, "again", [half[:77], half[77:]])
    assert await rows_of(database, model, "again") == stopped
    await fill(database, model, "again", [half, month.facts[len(half) :]])
    assert await rows_of(database, model, "again") == await rows_of(database, model, model.table)


# --- asking ---------------------------------------------------------------------------------------------------------


def test_every_question_has_an_answer_and_an_address_of_its_own() -> None:
    assert {rule.query for rule in QUERY_RULES} == set(words.VEHICLE_QUERIES)
    assert max(Counter(wire_name(query) for query in words.VEHICLE_QUERIES).values()) == 1


@pytest.mark.parametrize(
    "query",
    [
        words.ListRides(limit=7),
        words.ListRides(limit=7, sort="requested_at", descending=False),
        words.ListRunOrders(limit=5),
        words.ListRunOrders(limit=5, sort="leaves_at"),
        words.ListTrips(limit=6),
        words.ListOdometerGaps(limit=3),
        words.ListExpiringPapers(limit=3, on=date(2027, 5, 1)),
        words.ListFuelReceipts(limit=4),
        words.ListFuelMonths(limit=3),
        words.ListVehicleCosts(limit=2, from_day=ALL[0], to_day=ALL[1]),
        words.ListVehicleCosts(limit=2, from_day=ALL[0], to_day=ALL[1], sort="vnd_per_km"),
        words.ListBoardFairness(limit=2, from_day=ALL[0], to_day=ALL[1], sort="km"),
        words.ListCarsNow(limit=2, moment=datetime(2026, 12, 1, 9, tzinfo=HANOI)),
    ],
    ids=lambda query: f"{type(query).__name__} {getattr(query, 'sort', '')}",
)
async def test_pages_are_the_list_cut_in_pieces(database: Connection, query: ListQuery) -> None:
    whole = await ask(database, query.model_copy(update={"limit": 1000}))
    found: list[Any] = []
    cursor: str | None = None
    while True:
        page = await ask(database, query.model_copy(update={"cursor": cursor}))
        found += page.rows
        cursor = page.next_cursor
        if cursor is None:
            break
    assert found == list(whole.rows)
    assert len(found) > query.limit


async def test_the_requests_are_as_they_were_decided(database: Connection, month: "History") -> None:
    shown = {row.ride_id: row for row in await rows(database, words.ListRides)}
    assert shown.keys() == set(month.rides)
    for id, ride in state(month, "ride"):
        row = shown[id]
        assert (row.status, row.km, row.seated) == (ride.status, ride.km, ride.seated)
        assert row.run_numbers == tuple(run.run_number for run in ride.runs)
        for run, plate in zip(ride.runs, row.plates, strict=True):
            assert month.garage.state(run.run_id).plate == plate
    assert {row.status for row in shown.values()} == {
        "requested",
        "approved",
        "granted",
        "carried",
        "declined",
        "cancelled",
    }
    names = {(row.board_id, row.board_name) for row in shown.values()}
    assert {("btgtu", "Ban Tuyên giáo"), ("btgtu", "Ban Tuyên giáo và Dân vận")} <= names


async def test_requests_are_found_by_what_they_say(database: Connection, month: "History") -> None:
    shown = await rows(database, words.ListRides)
    for asked, fits in (
        ({"board_id": "btctu"}, lambda row: row.board_id == "btctu"),
        ({"status": "declined"}, lambda row: row.status == "declined"),
        ({"text": "do van nam hoa binh"}, lambda row: row.requester == "Đỗ Văn Nam" and row.to_place == "Xã Hòa Bình"),
        (
            {"leaving_from": DECEMBER[0], "leaving_to": DECEMBER[1]},
            lambda row: DECEMBER[0] <= row.leaves_at.astimezone(HANOI).date() <= DECEMBER[1],
        ),
    ):
        assert await rows(database, words.ListRides, **asked) == [row for row in shown if fits(row)]


async def test_a_board_sees_its_own_requests_and_the_orders_that_carry_it(
    database: Connection, month: "History"
) -> None:
    assert {row.board_id for row in await rows(database, words.ListRides, BOARD)} == {"btctu"}
    for id, ride in state(month, "ride"):
        if ride.about.board_id == "btctu":
            assert (await ask(database, words.GetRide(ride_id=id), BOARD)).ride_id == id
        else:
            with pytest.raises(Refused, match="ride-unknown"):
                await ask(database, words.GetRide(ride_id=id), BOARD)
    for id, run in state(month, "run"):
        if any(ride.board_id == "btctu" for ride in run.rides):
            assert await ask(database, words.GetRunOrder(run_id=id), BOARD)
        else:
            with pytest.raises(Refused, match="run-unknown"):
                await ask(database, words.GetRunOrder(run_id=id), BOARD)


async def test_the_book_of_orders_has_every_number_once(database: Connection, month: "History") -> None:
    shown = await rows(database, words.ListRunOrders, descending=False)
    assert [row.number for row in shown] == list(range(1, len(month.runs) + 1))
    for row in shown:
        run = month.garage.state(row.run_id)
        assert (row.status, row.plate, row.driver_id, row.passengers) == (
            run.status,
            run.plate,
            run.driver_id,
            run.passengers,
        )
    assert {row.status for row in shown} == {"ordered", "finished", "cancelled"}
    of_car = await rows(database, words.ListRunOrders, vehicle_id=month.garage.CARS[0], descending=False)
    assert of_car == [row for row in shown if row.vehicle_id == month.garage.CARS[0]]
    of_board = await rows(database, words.ListRunOrders, board_id="btctu", descending=False)
    assert of_board == [row for row in shown if "btctu" in row.board_ids]


async def test_an_order_says_all_that_its_paper_needs_and_what_a_command_must_name(
    database: Connection, month: "History"
) -> None:
    substituted = 0
    for id, run in state(month, "run"):
        view = await ask(database, words.GetRunOrder(run_id=id))
        assert (view.standing, view.rides, view.seats) == (month.garage.seen(id), run.rides, run.seats)
        assert [car.vehicle_id for car in view.cars] == list(run.cars)
        assert view.qr_text.startswith(f"Lệnh điều xe {run.number}; {run.plate}; {run.driver_name}; ")
        assert view.qr_text.endswith(id)
        substituted += len(view.cars) > 1
    assert substituted
    with pytest.raises(Refused, match="run-unknown"):
        await ask(database, words.GetRunOrder(run_id="f" * 32))


async def test_the_log_of_trips_has_km_fuel_and_who_confirmed(database: Connection, month: "History") -> None:
    logged = {(f.event.run_id, f.id): f.event for f in month.facts if isinstance(f.event, words.TripLogged)}
    shown = {(row.run_id, row.vehicle_id): row for row in await rows(database, words.ListTrips)}
    assert shown.keys() == logged.keys()
    receipts = await rows(database, words.ListFuelReceipts)
    for key, row in shown.items():
        assert (row.km, row.odometer_end_km, row.month) == (
            logged[key].km,
            logged[key].odometer_end_km,
            logged[key].month,
        )
        fuel = [receipt for receipt in receipts if receipt.run_id == row.run_id]
        assert (row.fuel_cl, row.fuel_vnd) == (sum(r.quantity_cl for r in fuel), sum(r.amount_vnd for r in fuel))
        confirmed = dict.fromkeys(one.by for one in month.garage.state(row.run_id).confirmed)
        assert set(row.confirmed_by) == set(confirmed)
    assert any(row.fuel_cl for row in shown.values())
    assert any(row.confirmed_by for row in shown.values())


async def test_gaps_receipts_and_settlements_are_those_of_the_log(database: Connection, month: "History") -> None:
    gaps = await rows(database, words.ListOdometerGaps)
    found = [fact.event for fact in month.facts if isinstance(fact.event, words.UnloggedKmFound)]
    assert sorted(gap.from_km for gap in gaps) == sorted(event.from_km for event in found)
    open_ = await rows(database, words.ListOdometerGaps, explained=False)
    assert 0 < len(open_) < len(gaps)
    receipts = {row.receipt_id: row for row in await rows(database, words.ListFuelReceipts)}
    for fact in month.facts:
        if isinstance(fact.event, words.FuelCorrected):
            assert receipts[fact.event.receipt_id].quantity_cl == fact.event.quantity_cl
    months = await rows(database, words.ListFuelMonths)
    assert len(months) == 2 * len(month.garage.CARS)
    for row in months:
        assert row.opening_cl + row.received_cl == row.used_cl + row.closing_cl
        taken = [one for one in receipts.values() if (one.vehicle_id, one.month) == (row.vehicle_id, row.month)]
        assert row.received_cl == sum(one.quantity_cl for one in taken)
    over = await rows(database, words.ListFuelMonths, over_norm=True)
    assert over == [row for row in months if row.difference_cl > 0]


async def test_what_a_car_costs_is_all_that_was_paid_for_it(database: Connection, month: "History") -> None:
    shown = {
        row.vehicle_id: row for row in await rows(database, words.ListVehicleCosts, from_day=ALL[0], to_day=ALL[1])
    }
    assert shown.keys() == set(month.garage.CARS)
    receipts = await rows(database, words.ListFuelReceipts)
    for car, row in shown.items():
        trips = [f.event for f in month.facts if isinstance(f.event, words.TripLogged) and f.id == car]
        fuel = sum(receipt.amount_vnd for receipt in receipts if receipt.vehicle_id == car)
        upkeep = 2_480_700 if car == month.garage.CARS[0] else 0
        total = fuel + sum(trip.tolls_vnd for trip in trips) + upkeep
        assert (row.km, row.trips, row.total_vnd) == (sum(trip.km for trip in trips), len(trips), total)
        assert row.vnd_per_km is None or abs(row.vnd_per_km * row.km - total) <= row.km / 2
    only = await rows(database, words.ListVehicleCosts, from_day=date(2026, 12, 2), to_day=date(2026, 12, 2))
    assert {row.insurance_vnd for row in only} == {0, 480_700}
    assert {row.repair_vnd for row in only} == {0}


async def test_papers_that_end_soon_are_told_of_cars_and_drivers(database: Connection, month: "History") -> None:
    asked = {"on": date(2027, 5, 1), "within_days": 10}
    found = await rows(database, words.ListExpiringPapers, **asked)
    assert {row.paper for row in found} == {"licence"}
    assert {(row.last_day, row.days_left) for row in found} == {(date(2027, 5, 4), 3)}
    assert {row.thing_id for row in found} == set(month.garage.DRIVERS)
    assert await rows(database, words.ListExpiringPapers, on=date(2027, 4, 1), within_days=10) == []


async def test_requests_that_could_share_a_car_are_found(database: Connection, month: "History") -> None:
    found = await rows(database, words.ListSharedRides, from_day=ALL[0], to_day=ALL[1])
    rides, runs = dict(state(month, "ride")), dict(state(month, "run"))
    waiting = {id: ride for id, ride in rides.items() if ride.status == "approved"}
    pairs = {
        frozenset((one, other))
        for one in waiting
        for other in waiting
        if one != other and _together(waiting[one], waiting[other])
    }
    assert {frozenset((row.ride_id, row.with_ride_id)) for row in found if row.with_ride_id} == pairs
    joining = {
        (id, run_id)
        for id, ride in waiting.items()
        for run_id, run in runs.items()
        if run.status == "ordered" and _joins(ride, run, [rides[one.ride_id] for one in run.rides])
    }
    assert {(row.ride_id, row.run_id) for row in found if row.run_id} == joining
    assert pairs
    assert joining


def _together(one: Any, other: Any) -> bool:
    times = one.about.leaves_at < other.about.returns_at and other.about.leaves_at < one.about.returns_at
    return times and one.area == other.area and one.about.passengers + other.about.passengers <= 15


def _joins(ride: Any, run: Any, riding: list[Any]) -> bool:
    within = run.about.leaves_at <= ride.about.leaves_at and ride.about.returns_at <= run.about.returns_at
    free = run.seats - 1 - run.passengers
    return within and any(one.area == ride.area for one in riding) and ride.about.passengers <= free


async def test_how_boards_fare_is_counted_from_what_was_decided(database: Connection, month: "History") -> None:
    shown = {row.board_id: row for row in await rows(database, words.ListBoardFairness, from_day=ALL[0], to_day=ALL[1])}
    of_board: dict[str, list[Any]] = defaultdict(list)
    for _, ride in state(month, "ride"):
        of_board[ride.about.board_id].append(ride)
    assert shown.keys() == of_board.keys()
    whole = sum(ride.km for rides in of_board.values() for ride in rides)
    finished = [fact.event for fact in month.facts if isinstance(fact.event, words.TripFinished)]
    assert whole == sum(event.km for event in finished) == sum(row.km for row in shown.values())
    for board, rides in of_board.items():
        counted = Counter(ride.status for ride in rides)
        row = shown[board]
        assert (row.requests, row.granted) == (len(rides), counted["granted"] + counted["carried"])
        assert (row.declined, row.cancelled) == (counted["declined"], counted["cancelled"])
        assert row.waiting == counted["requested"] + counted["approved"]
        assert row.granted_per_hundred == round(100 * row.granted / (row.requests - row.cancelled) + 1e-9)
        assert (row.median_wait_minutes or 0) <= (row.longest_wait_minutes or 0)
    assert sum(row.shared for row in shown.values())
    none = await rows(database, words.ListBoardFairness, from_day=date(2030, 1, 1), to_day=date(2030, 1, 2))
    assert none == []


async def test_who_has_which_car_is_told_for_any_moment(database: Connection, month: "History") -> None:
    seen = Counter[str]()
    moment = month.garage.at("2026-11-25 05:00")
    while moment < month.garage.at("2026-12-01 22:00"):
        shown = await rows(database, words.ListCarsNow, moment=moment)
        assert [row.plate for row in shown] == sorted(row.plate for row in shown)
        for row in shown:
            seen[row.state] += 1
            out = [
                id
                for id, run in state(month, "run")
                if run.vehicle_id == row.vehicle_id and _out(month, id, run, moment)
            ]
            assert (row.state in ("on_the_way", "late")) == bool(out)
            if out:
                assert [row.run_id] == out
        moment += timedelta(minutes=37)
    assert {"free", "on_the_way"} <= seen.keys()


def _out(month: "History", id: str, run: Any, moment: datetime) -> bool:
    back = [
        event.finished_at for event in month.garage.scenario.events["run", id] if isinstance(event, words.TripFinished)
    ]
    return run.started_at is not None and run.started_at <= moment < (back[0] if back else moment + timedelta(1))


async def test_a_drivers_week_is_what_they_drove_in_it(database: Connection, month: "History") -> None:
    for driver in month.garage.DRIVERS:
        view = await ask(database, words.GetDriverWeek(driver_id=driver, on=date(2026, 12, 3)))
        assert (view.monday, len(view.days)) == (date(2026, 11, 30), 7)
        week = month.garage.at("2026-11-30 00:00"), month.garage.at("2026-12-07 00:00")
        duties = {
            duty.run_id: duty
            for id, held in state(month, "dutymonth")
            if id.startswith(driver)
            for duty in held.duties
            if duty.start * 60 < week[1].timestamp() and duty.end * 60 > week[0].timestamp()
        }
        assert {row.run_id for row in view.runs} == duties.keys()
        assert view.driving_minutes == sum(duty.driving for duty in duties.values())
        if duties:
            assert (view.most_minutes, view.left_minutes) == (2880, 2880 - view.driving_minutes)
    with pytest.raises(Refused, match="not-a-driver"):
        await ask(database, words.GetDriverWeek(driver_id="own-khong-co"))


# --- choices for one request ----------------------------------------------------------------------------------------


def waits(month: "History") -> list[str]:
    """The requests of the last day, for which one run of eight hours was ordered."""
    day = date(2026, 12, 28)
    found = [
        (ride.about.leaves_at, id)
        for id, ride in state(month, "ride")
        if ride.status == "approved" and ride.about.leaves_at.astimezone(HANOI).date() == day
    ]
    return [id for _, id in sorted(found)]


async def choices(database: Connection, ride: str, actor: Actor = CLERK) -> words.RunChoicesView:
    now = datetime(2026, 12, 27, 1, tzinfo=UTC)
    found = await ask(database, words.GetRunChoices(ride_id=ride, as_of=now), actor)
    assert isinstance(found, words.RunChoicesView)
    return found


def sent(month: "History", asked: words.RunChoicesView, car: str, driver: str) -> Any:
    """What comes of ordering a run for a request, in an office with the same past."""
    times = {"leaves_at": asked.leaves_at, "returns_at": asked.returns_at}
    rides = (words.RideSeats(ride_id=asked.ride_id),)
    wish = words.DispatchRun(vehicle_id=car, driver_id=driver, rides=rides, route="Đi xã", **times)
    return month.garage.scenario.again().when(wish)


async def test_what_has_nothing_missing_is_accepted_and_the_rest_is_refused_for_what_is_missing(
    database: Connection, month: "History"
) -> None:
    refused = 0
    for ride in waits(month):
        asked = await choices(database, ride)
        free = [car for car in asked.cars if not car.missing], [one for one in asked.drivers if not one.missing]
        assert asked.possible == bool(free[0] and free[1])
        for car in free[0]:
            for driver in free[1]:
                sent(month, asked, car.vehicle_id, driver.driver_id).accepted()
        for car in asked.cars[len(free[0]) :]:
            code = sent(month, asked, car.vehicle_id, free[1][0].driver_id).refusal.refusal.code
            assert code in {one.code for one in car.missing}
            refused += 1
        for driver in asked.drivers[len(free[1]) :]:
            code = sent(month, asked, free[0][0].vehicle_id, driver.driver_id).refusal.refusal.code
            assert code in {one.code for one in driver.missing}
            refused += 1
    assert refused > 5


async def test_a_run_to_join_takes_the_request_in(database: Connection, month: "History") -> None:
    joined = 0
    for ride in waits(month):
        for run in (await choices(database, ride)).runs:
            wish = words.JoinRun(run_id=run.run_id, standing=run.standing, ride=words.RideSeats(ride_id=ride))
            month.garage.scenario.again().when(wish).accepted()
            joined += 1
    assert joined


async def test_other_times_are_of_the_day_to_come_and_near(database: Connection, month: "History") -> None:
    asked = await choices(database, waits(month)[0])
    length = asked.returns_at - asked.leaves_at
    assert asked.times
    for one in asked.times:
        assert one.returns_at - one.leaves_at == length
        assert one.leaves_at.astimezone(HANOI).date() == asked.leaves_at.astimezone(HANOI).date()
        assert one.plates
    away = [abs(one.leaves_at - asked.leaves_at) for one in asked.times]
    assert away == sorted(away)


async def test_choices_are_for_who_may_see_a_request_that_waits(database: Connection, month: "History") -> None:
    for ride, refusal in (
        ("f" * 32, words.RIDE_UNKNOWN),
        (next(id for id, one in state(month, "ride") if one.status == "carried"), words.RIDE_CLOSED),
    ):
        with pytest.raises(Refused) as refused:
            await choices(database, ride)
        assert refused.value.refusal is refusal
    other = next(id for id in waits(month) if month.garage.scenario.states["ride", id].about.board_id == "btctu")
    assert (await choices(database, other, BOARD)).ride_id == other
    with pytest.raises(Refused) as refused:
        await choices(database, other, BOARD.model_copy(update={"board": "UBKTTU"}))
    assert refused.value.refusal is words.RIDE_UNKNOWN


# --- a driver's day -------------------------------------------------------------------------------------------------


async def test_a_driver_reads_the_orders_of_the_day_with_addresses_and_telephones(
    database: Connection, month: "History"
) -> None:
    driver = Actor(id="user:laixe1", name="Lái xe 1", roles=("reader",))
    found = await ask(database, words.GetDriverDay(on=date(2026, 12, 28)), driver)
    (run,) = found.runs
    assert (found.driver_id, run.order.driver_id) == (month.garage.DRIVERS[0], month.garage.DRIVERS[0])
    (ride,) = run.rides
    assert (ride.to_place, ride.phone) == ("Xã Hòa Bình", "0987 654 321")
    assert run.board_names == ("Ban Tổ chức Tỉnh ủy",)
    assert not (await ask(database, words.GetDriverDay(on=date(2026, 12, 29)), driver)).runs


async def test_a_day_has_just_the_runs_that_touch_it(database: Connection, month: "History") -> None:
    for place in range(28):
        day = date(2026, 11, 25) + timedelta(place)
        for driver in month.garage.DRIVERS:
            view = await ask(database, words.GetDriverDay(driver_id=driver, on=day))
            wanted = {
                id
                for id, run in state(month, "run")
                if run.driver_id == driver
                and run.status != "cancelled"
                and run.about.leaves_at.astimezone(HANOI).date() <= day
                and (run.status == "on_the_way" or run.about.returns_at.astimezone(HANOI).date() >= day)
            }
            assert {run.order.run_id for run in view.runs} == wanted


async def test_a_driver_does_not_read_the_day_of_another(database: Connection, month: "History") -> None:
    for actor in (Actor(id="user:laixe1", name="Lái xe 1", roles=("board",)), BOARD):
        with pytest.raises(Refused) as refused:
            await ask(database, words.GetDriverDay(driver_id=month.garage.DRIVERS[1], on=ALL[1]), actor)
        assert refused.value.refusal is words.NOT_A_DRIVER
    with pytest.raises(Refused):
        await ask(database, words.GetDriverDay(), BOARD)
