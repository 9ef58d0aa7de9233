"""What the documents desk does by itself: it watches deadlines and forgets the fingerprints of struck-out entries."""

from datetime import date
from typing import TYPE_CHECKING

from contracts import documents as words
from contracts.base import Event
from services.documents.policies.release_cancelled_original import RELEASE_CANCELLED_ORIGINAL
from services.documents.policies.watch_deadlines import WATCH_DEADLINES
from services.documents.service import DOCUMENTS
from services.runtime.envelope import Fact
from services.runtime.manifest import At

if TYPE_CHECKING:
    from tests.documents.decider import Scenario

ID = "0" * 32


def fact(scenario: "Scenario", event: Event) -> Fact:
    kind = f"documents.{type(event).__name__}"
    now = scenario.at("2026-11-23 09:00")
    return Fact(event, "incoming", ID, 7, 7 * 4096, "c:0", kind, "c", now, "user:nguyen.thi.hoa", "r", None)


def test_a_directed_document_is_reminded_of_and_marked_when_its_time_has_passed(scenario: "Scenario") -> None:
    directed = scenario.directed()
    assert list(WATCH_DEADLINES.react(fact(scenario, directed))) == [
        At(directed.remind_at, words.MarkDeadlineApproaching(document_id=ID, deadline=directed.deadline)),
        At(directed.overdue_at, words.MarkDeadlineMissed(document_id=ID, deadline=directed.deadline)),
    ]


def test_a_struck_out_entry_is_released_from_each_of_its_fingerprints(scenario: "Scenario") -> None:
    cancelled = words.IncomingNumberCancelled(
        reason="Đăng ký trùng.", cancelled_on=date(2026, 11, 23), fingerprints=("n-1", "f-2")
    )
    assert list(RELEASE_CANCELLED_ORIGINAL.react(fact(scenario, cancelled))) == [
        words.ReleaseOriginal(fingerprint="n-1", document_id=ID),
        words.ReleaseOriginal(fingerprint="f-2", document_id=ID),
    ]


def test_every_policy_has_a_name_of_its_own_and_sends_only_commands_of_its_service() -> None:
    names = [policy.name for policy in DOCUMENTS.policies]
    assert sorted(names) == ["release_cancelled_original", "watch_deadlines"]
    events = {f"documents.{kind.__name__}": kind for kind in DOCUMENTS.events}
    assert all(policy.events.items() <= events.items() for policy in DOCUMENTS.policies)
