"""When an entry is struck out, it no longer makes a later entry of the same document look like a duplicate."""

from collections.abc import Iterable

from contracts.documents import IncomingNumberCancelled, ReleaseOriginal
from services.runtime.envelope import Fact, event_types
from services.runtime.manifest import Policy


def _react(fact: Fact) -> Iterable[ReleaseOriginal]:
    event = fact.event
    assert isinstance(event, IncomingNumberCancelled)
    for fingerprint in event.fingerprints:
        yield ReleaseOriginal(fingerprint=fingerprint, document_id=fact.id)


RELEASE_CANCELLED_ORIGINAL = Policy(
    "release_cancelled_original", event_types("documents", [IncomingNumberCancelled]), _react
)
