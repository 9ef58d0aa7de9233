"""Finance hears every fact it follows, whatever it says, and its own wishes are never turned down: it never stops."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from services.finance.causes import COMMAND_RULES
from services.finance.policies.draft_costs import DRAFT_COSTS
from services.finance.policies.hear_costs import HEAR_COSTS

if TYPE_CHECKING:
    from tests.finance.causes.desks import Desks

EXAMPLES = Path(__file__).parents[3] / "contracts" / "examples"
PLACES = {"assets.WearRunRecorded": ("wearrun", "2026"), "organisation": ("unit", "btctu"), "scheduling": ("car", "x")}


def payloads() -> Iterator[Any]:
    for kind in sorted(HEAR_COSTS.events):
        for path in sorted((EXAMPLES / kind).glob("*.json")):
            yield pytest.param(kind, path, id=f"{kind}-{path.stem}")


@pytest.mark.parametrize(("kind", "path"), list(payloads()))
def test_every_fact_as_other_desks_record_it_is_heard(kind: str, path: Path, desks: "Desks") -> None:
    event = HEAR_COSTS.events[kind].model_validate_json(path.read_bytes())
    service = kind.split(".")[0]
    aggregate, id = PLACES.get(kind) or PLACES.get(service) or ("asset", "a" * 32)
    desks.hear(service, aggregate, id, event, again=True)
    desks.due()


def test_what_policies_say_only_they_may_say() -> None:
    assert {rule.command.allowed for rule in COMMAND_RULES} == {frozenset({"service"})}


def test_both_policies_keep_their_names_for_ever() -> None:
    assert (HEAR_COSTS.name, DRAFT_COSTS.name) == ("hear_costs", "draft_costs")


def test_long_and_broken_texts_are_made_to_fit(desks: "Desks") -> None:
    long = "Sửa chữa\nrất nhiều việc " * 40
    event = desks.registered(name=long[:190].replace("\n", " "))
    desks.hear("assets", "asset", "a" * 32, event)
    desks.hear("scheduling", "fuel", "asset-" + "a" * 32, desks.fuel(invoice="0" * 55))
    (request,) = desks.requests()
    assert len(request.purpose) <= 200
