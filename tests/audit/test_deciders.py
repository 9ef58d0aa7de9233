"""What audit decides: signatures that never contradict each other, and facts about readings, skips and repairs."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from contracts.audit import (
    LOG_CONTRADICTS,
    CheckpointSigned,
    ErasePerson,
    LogRepaired,
    MessageSkipped,
    PersonErased,
    RecordReading,
    RecordRepair,
    SignCheckpoint,
    SkipMessage,
    TrailRead,
)
from contracts.base import Actor, Command, Event, Refused
from services.audit.service import AUDIT
from services.runtime.manifest import Given, Seen

RULES = {rule.command: rule for rule in AUDIT.commands}
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
AUDITOR = Actor(id="user:Ông.Kiểm@toán".encode("ascii", "ignore").decode(), name="Lê Văn Kiểm", roles=("auditor",))


def when(command: Command, *before: Event, now: datetime = NOW) -> tuple[str, Sequence[Event]]:
    """Decide after these facts of the command's own aggregate; return its id and the new facts."""
    rule = RULES[type(command)]
    told = Given(now, AUDITOR, uuid5(UUID(int=0), command.model_dump_json()), None)
    (ref,) = rule.involves(command, told)
    state: Any = ref.aggregate.initial
    for event in before:
        state = ref.aggregate.evolve(state, event)
    return ref.id, [event for _, event in rule.decide(command, told, Seen(ref, state))]


def signing(size: int, root: str = "a" * 64) -> SignCheckpoint:
    """The wish to record a signature over so many messages."""
    return SignCheckpoint(tree_size=size, root=root, note=f"motmoi/vptu\n{size}\nAA==\n\n— motmoi/vptu AA==\n")


def signed(size: int, root: str = "a" * 64) -> CheckpointSigned:
    """The fact that so many messages were signed."""
    words = signing(size, root)
    return CheckpointSigned(tree_size=size, root=root, note=words.note)


def test_a_larger_log_is_signed_to_the_byte() -> None:
    assert when(signing(200), signed(100))[1] == [signed(200)]


def test_the_same_head_is_signed_once() -> None:
    assert when(signing(100), signed(100))[1] == []


@pytest.mark.parametrize("command", [signing(100, "b" * 64), signing(99)])
def test_no_signature_contradicts_an_earlier_one(command: SignCheckpoint) -> None:
    with pytest.raises(Refused) as refused:
        when(command, signed(100))
    assert refused.value.refusal is LOG_CONTRADICTS


@for_all(st.lists(st.tuples(st.integers(1, 20), st.sampled_from(["a" * 64, "b" * 64])), max_size=30))
def test_signed_sizes_only_grow(wishes: list[tuple[int, str]]) -> None:
    history: list[Any] = []
    for size, root in wishes:
        try:
            history += when(signing(size, root), *history)[1]
        except Refused:
            continue
    sizes = [event.tree_size for event in history]
    assert sizes == sorted(set(sizes))


def test_every_reading_is_recorded_on_the_reader_s_own_day_in_hanoi() -> None:
    command = RecordReading(query="trail", asked={"about": "d1"})
    late = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
    assert when(command)[1] == [TrailRead(query="trail", asked={"about": "d1"})]
    assert when(command, TrailRead(query="trail", asked={"about": "d1"}))[1] != []
    assert when(command)[0].endswith("-20261122")
    assert when(command, now=late)[0].endswith("-20261123")


def test_a_message_is_skipped_once_by_a_follower_s_own_record() -> None:
    command = SkipMessage(service="documents", follower="policy.watch_deadlines", sequence=7, reason="Lỗi dữ liệu.")
    fact = MessageSkipped(service="documents", follower="policy.watch_deadlines", sequence=7, reason="Lỗi dữ liệu.")
    assert when(command) == ("documents-policy-watch-deadlines", [fact])
    assert when(command, fact)[1] == []
    assert when(command.model_copy(update={"sequence": 8}), fact)[1] != []


def test_a_person_is_erased_once() -> None:
    fact = PersonErased(person="p-1", reason="Theo yêu cầu.")
    command = ErasePerson(person="p-1", reason="Theo yêu cầu.")
    assert when(command) == ("p-1", [fact])
    assert when(command, fact)[1] == []


def test_every_repair_is_recorded() -> None:
    command = RecordRepair(what="log", first=1, last=9, reason="Đĩa hỏng.")
    fact = LogRepaired(what="log", first=1, last=9, reason="Đĩa hỏng.")
    assert when(command, fact)[1] == [fact]
