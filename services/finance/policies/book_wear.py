"""The December run's wear belongs into the ledger: counted asset by asset, and drafted as one entry after the run."""

from collections.abc import Iterable
from datetime import timedelta

from contracts import assets
from contracts.base import Command
from contracts.finance import CountWear, DraftWear
from services.finance.policies.hearing import cause_of, thing_of
from services.runtime.envelope import Fact
from services.runtime.manifest import At

ASSETS = (assets.WearCharged, assets.WearRunRecorded)
AFTER_THE_RUN = timedelta(hours=1)
"""A run of 50,000 assets takes minutes; each of its portions asks for the draft, the first to come drafts it all."""


def react(fact: Fact) -> Iterable[Command | At]:
    """Yield what an asset's wear adds, and, when a portion is over, the draft an hour later."""
    event = fact.event
    match event:
        case assets.WearCharged() if event.wear_vnd > 0:
            yield CountWear(year=event.year, unit_id=event.unit_id, thing_id=thing_of(fact), wear_vnd=event.wear_vnd)
        case assets.WearRunRecorded():
            cause = cause_of(fact, f"Tính hao mòn tài sản cố định năm {fact.id}")
            yield At(fact.time + AFTER_THE_RUN, DraftWear(year=int(fact.id), cause=cause))
