"""A plan in the words of its answer: runs to be sent as they are, what has none, and the sums side by side."""

from collections import Counter
from collections.abc import Sequence

from contracts.scheduling.planning import BoardShare, PlanTotals, ProposedRun, RunPlan, UnplacedRide
from contracts.scheduling.vehicles import DispatchRun, RideSeats
from services.scheduling.deciders.calendar import moment, rank
from services.scheduling.planning.companies import saved
from services.scheduling.planning.explaining import Why
from services.scheduling.planning.facts import PlannedRun, Wish
from services.scheduling.planning.propose import Plan
from services.scheduling.planning.score import driven, score, shares

_LONGEST_ROUTE = 1000


def told(plan: Plan) -> RunPlan:
    """Return a plan as it is answered."""
    facts = plan.fitness.facts
    return RunPlan(
        day=facts.day,
        planned_at=facts.given.now,
        runs=tuple(_run(plan, run) for run in plan.runs),
        unplaced=tuple(_unplaced(plan, wish, why) for wish, why in plan.unplaced),
        totals=_totals(plan, plan.runs),
        first_come=_totals(plan, plan.first_come),
        made_by="solver" if plan.by_solver else "first_come",
        proven=plan.proven,
        cut_short=plan.cut_short,
    )


def dispatch(run: PlannedRun) -> DispatchRun:
    """Return the command that orders a run: its requests with the seats they have, the first of them in charge."""
    wishes = sorted(run.wishes, key=lambda wish: (rank(wish.priority), wish.start, wish.asked_at, wish.ride_id))
    return DispatchRun(
        vehicle_id=run.car_id,
        driver_id=run.driver_id,
        rides=tuple(RideSeats(ride_id=wish.ride_id, passengers=wish.passengers) for wish in wishes),
        leaves_at=moment(run.start),
        returns_at=moment(run.end),
        route=_route(sorted(run.wishes, key=lambda wish: (wish.start, wish.ride_id))),
    )


def _route(wishes: Sequence[Wish]) -> str:
    starts = dict.fromkeys(wish.from_place for wish in wishes)
    goals = dict.fromkeys(wish.to_place for wish in wishes)
    places = [*starts, *(place for place in goals if place not in starts), next(iter(starts))]
    return " - ".join(places)[:_LONGEST_ROUTE].strip()


def _run(plan: Plan, run: PlannedRun) -> ProposedRun:
    fitness = plan.fitness
    car, names = fitness.cars[run.car_id], fitness.facts.board_names
    return ProposedRun(
        dispatch=dispatch(run),
        plate=car.plate,
        seats=car.seats,
        driver_name=fitness.drivers[run.driver_id].driver.name,
        board_names=tuple(dict.fromkeys(names.get(wish.board_id, wish.board_id) for wish in run.wishes)),
        requesters=tuple(wish.requester for wish in run.wishes),
        passengers=run.passengers,
        free_seats=car.seats - 1 - run.passengers,
        driving_minutes=fitness.driving(run.start, run.end),
        saved_runs=len(run.wishes) - 1,
        saved_minutes=saved(run.wishes),
    )


def _unplaced(plan: Plan, wish: Wish, why: Why) -> UnplacedRide:
    names = ("ride_id", "requester", "board_id", "priority", "passengers")
    return UnplacedRide(
        **{name: getattr(wish, name) for name in names},
        board_name=plan.fitness.facts.board_names.get(wish.board_id, wish.board_id),
        leaves_at=moment(wish.start),
        returns_at=moment(wish.end),
        code=why.code,
        vi=why.vi,
        en=why.en,
        gave_way_to=why.instead,
    )


def _totals(plan: Plan, runs: Sequence[PlannedRun]) -> PlanTotals:
    fitness, worth = plan.fitness, score(plan.fitness, plan.wishes, runs)
    placed = [wish for run in runs for wish in run.wishes]
    asks, gets = Counter(wish.board_id for wish in plan.wishes), Counter(wish.board_id for wish in placed)
    names = fitness.facts.board_names
    return PlanTotals(
        requests=len(plan.wishes),
        placed=len(placed),
        placed_by_class=worth.placed,
        passengers=worth.passengers,
        cars=-worth.fewer_cars,
        lowest_share_per_thousand=worth.lowest_share,
        most_driving_minutes=-worth.less_driving,
        runs=len(runs),
        drivers=len(driven(fitness, runs)),
        shared_rides=sum(len(run.wishes) for run in runs if len(run.wishes) > 1),
        run_minutes=sum(run.end - run.start for run in runs),
        free_seats=sum(fitness.cars[run.car_id].seats - 1 - run.passengers for run in runs),
        boards=tuple(
            BoardShare(
                board_id=id,
                board_name=names.get(id, id),
                requests=asks[id],
                placed=gets[id],
                share_per_thousand=share,
            )
            for id, share in shares(fitness.facts, plan.wishes, placed).items()
        ),
    )
