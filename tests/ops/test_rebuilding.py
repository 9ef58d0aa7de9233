"""The work of a rebuild is shared out so that the processes end at about the same time."""

from collections.abc import Mapping

import pytest

from services.ops.rebuilding import Costs, shares


def _load(costs: Mapping[str, Costs], share: Mapping[str, list[str]]) -> float:
    return sum(
        costs[service].reading + sum(costs[service].models[name] for name in names) for service, names in share.items()
    )


@pytest.mark.parametrize("workers", [1, 2, 3, 8])
def test_each_read_model_is_given_to_one_process_and_none_to_an_idle_one(workers: int) -> None:
    costs = {"documents": Costs(14, {"a": 27, "b": 19, "c": 5, "d": 0}), "audit": Costs(10, {"trail": 30, "e": 0})}

    found = shares(costs, workers)

    given = sorted((service, name) for share in found for service, names in share.items() for name in names)
    assert given == sorted((service, name) for service, its in costs.items() for name in its.models)
    assert len(found) <= workers
    assert all(share for share in found)


def test_the_longest_share_is_hardly_longer_than_it_must_be() -> None:
    costs = {"documents": Costs(14, {"a": 27, "b": 19, "c": 5, "d": 0}), "audit": Costs(10, {"trail": 30, "e": 0})}

    loads = [_load(costs, share) for share in shares(costs, 2)]

    assert max(loads) - min(loads) <= 15


def test_small_ones_go_where_their_service_is_read_anyway() -> None:
    costs = {"documents": Costs(14, {"a": 30, "b": 0, "c": 0}), "audit": Costs(14, {"d": 30, "e": 0})}

    found = shares(costs, 2)

    assert sorted(len(share) for share in found) == [1, 1]
