"""A leader orders a run in place of another: the other is called off visibly, and its requests wait again."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from contracts import scheduling as core
from contracts.scheduling import vehicles as words

if TYPE_CHECKING:
    from tests.scheduling.vehicles.garage import Garage

REASON = "Đoàn Thường trực Tỉnh ủy đi kiểm tra thiên tai"


def over(garage: "Garage", run: str, **changes: Any) -> words.OverRun:
    return words.OverRun(**{"run_id": run, "standing": garage.seen(run), "reason": REASON, **changes})


def test_a_leader_takes_car_and_driver_of_another_run_and_its_request_waits_again(garage: "Garage") -> None:
    ride = garage.ride(requester="Vi Thị Hoa")
    run = garage.send(ride).id
    urgent = garage.ride(requester="Hoàng Văn Hữu")
    garage.send(urgent).refused(core.NOT_FREE)

    sent = garage.send(urgent, over=over(garage, run))

    order, gone = sent.one(words.RunOrdered), sent.one(words.RunCancelled)
    assert (gone.reason, gone.gave_way_to) == (REASON, sent.id)
    assert (order.vehicle_id, order.number) == (garage.CARS[0], 2)
    assert sent.one(words.RideReturned).reason == REASON
    assert garage.scenario.states["ride", ride].status == "approved"
    assert garage.state(run).status == "cancelled"
    garage.send(ride, car=1, driver=1).accepted()


def test_the_same_request_can_go_otherwise_over_its_own_run(garage: "Garage") -> None:
    ride = garage.ride()
    run = garage.send(ride).id
    garage.send(ride, car=1, over=over(garage, run)).accepted()
    assert garage.scenario.states["ride", ride].status == "granted"


def test_only_a_leader_orders_over_another_and_only_over_one_that_stands_as_seen_and_has_not_left(
    garage: "Garage", speaker: Callable[..., Any]
) -> None:
    run, urgent = garage.run(), garage.ride()
    wish = garage.sending(urgent, over=over(garage, run))
    garage.when(wish, actor=speaker("clerk")).refused(words.RUN_OVER_BY_LEADER, "over")
    other = garage.seen(run).model_copy(update={"driver_id": garage.DRIVERS[3]})
    garage.send(urgent, over=over(garage, run, standing=other)).refused(words.RUN_CHANGED)
    garage.send(urgent, over=over(garage, run, run_id="f" * 32)).refused(words.RUN_UNKNOWN, "run_id")
    garage.say(words.StartTrip, run, now=garage.state(run).about.leaves_at, odometer_km=10).accepted()
    garage.send(urgent, over=over(garage, run)).refused(words.RUN_CLOSED)


def test_an_order_over_another_said_again_does_nothing_new(garage: "Garage") -> None:
    run, urgent = garage.run(), garage.ride()
    wish = garage.sending(urgent, over=over(garage, run))
    garage.when(wish, number=77).accepted()
    garage.when(wish, number=77).nothing()
