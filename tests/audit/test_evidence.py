"""Evidence files: what they prove to somebody who has only the office's public key, and all they are refused for."""

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from services.audit.archive.evidence import Evidence, Record, check, check_extension
from services.audit.archive.merkle import Frontier, consistency_ranges, inclusion_ranges, leaf_hash, range_hash
from services.audit.archive.notes import NotProven, Signer, Verifier, sign_checkpoint

ORIGIN = "motmoi/vptu"
SIGNER = Signer(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
STRANGER = Signer(Ed25519PrivateKey.from_private_bytes(bytes(32)))
TRUSTED = SIGNER.verifier
MESSAGES = 700


def envelope(sequence: int, place: int) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": f"1b4e28ba-2fa1-11d2-883f-0016d3cca427:{place}",
        "source": "/documents",
        "type": "documents.IncomingRegistered",
        "subject": f"incoming/{sequence:04d}",
        "time": "2026-03-02T01:15:00.123456Z",
        "datacontenttype": "application/json",
        "actor": "person:van.thu",
        "commandid": "1b4e28ba-2fa1-11d2-883f-0016d3cca427",
        "correlationid": "request-1",
        "data": {"excerpt": f"Về việc phân công trực Tết, số {sequence}", "place": place},
    }


def payload(sequence: int) -> str:
    """The message of a sequence: one event in the odd ones, two in the even ones."""
    events = [envelope(sequence, place) for place in range(2 - sequence % 2)]
    return json.dumps(events, ensure_ascii=False, separators=(",", ":"))


def subject(sequence: int) -> str:
    return f"event.documents.incoming.{sequence:04d}"


LEAVES = [leaf_hash(sequence, subject(sequence), payload(sequence).encode()) for sequence in range(1, MESSAGES + 1)]
STORED = {(0, index): made for index, made in enumerate(LEAVES)}
STORED |= {(level, place): made for level, place, made in Frontier().extend(LEAVES)[1]}


def note(size: int, signer: Signer = SIGNER, origin: str = ORIGIN) -> str:
    return sign_checkpoint(origin, size, Frontier.resume(size, STORED).root(), signer)


def path(index: int, size: int) -> list[bytes]:
    return [range_hash(leaves, STORED) for leaves in inclusion_ranges(index, size)]


def growth(first: int, second: int) -> list[str]:
    return [range_hash(leaves, STORED).hex() for leaves in consistency_ranges(first, second)]


def evidence(sequence: int, size: int = MESSAGES, place: int | None = None) -> Evidence:
    record = Record(sequence=sequence, subject=subject(sequence), payload=payload(sequence), place=place)
    return Evidence.of(record, path(sequence - 1, size), note(size), TRUSTED)


def changed(text: str, **fields: Any) -> str:
    """The file with fields of its record, or else of itself, replaced."""
    file = json.loads(text)
    for name, value in fields.items():
        (file["record"] if name in file["record"] else file)[name] = value
    return json.dumps(file, ensure_ascii=False)


def refusal(text: str | bytes, verifier: Verifier = TRUSTED) -> str:
    """The code a file is refused with, having said why in both languages."""
    with pytest.raises(NotProven) as caught:
        check(text, verifier)
    assert caught.value.vi != caught.value.en
    assert "{" not in caught.value.vi + caught.value.en
    return caught.value.code


EVEN, ODD = evidence(400).text(), evidence(401).text()


# --- what is proven -------------------------------------------------------------------------------------------------


@given(st.data())
def test_any_message_of_any_checkpoint_is_proven_by_its_evidence(draws: st.DataObject) -> None:
    size = draws.draw(st.integers(1, MESSAGES))
    sequence = draws.draw(st.integers(1, size))
    checked = check(evidence(sequence, size).text(), TRUSTED)
    assert (checked.origin, checked.tree_size, checked.index) == (ORIGIN, size, sequence - 1)
    assert (checked.sequence, checked.subject, checked.place) == (sequence, subject(sequence), None)
    assert len(checked.events) == 2 - sequence % 2


def test_the_check_tells_what_happened_when_and_by_whom() -> None:
    checked = check(evidence(400, place=1).text().encode(), TRUSTED)
    (event,) = checked.events
    assert (event.type, event.subject, event.actor) == (
        "documents.IncomingRegistered",
        "incoming/0400",
        "person:van.thu",
    )
    assert event.time.isoformat() == "2026-03-02T01:15:00.123456+00:00"
    assert event.data == {"excerpt": "Về việc phân công trực Tết, số 400", "place": 1}
    assert checked.root == Frontier.resume(MESSAGES, STORED).root()


def test_a_file_can_be_read_by_people_and_is_always_written_the_same() -> None:
    assert list(json.loads(EVEN)) == ["format", "version", "record", "leaf_hash", "path", "checkpoint", "public_key"]
    assert list(json.loads(EVEN)["record"]) == ["sequence", "subject", "payload", "place"]
    assert "Về việc phân công trực Tết" in EVEN
    assert evidence(400).text() == EVEN
    assert EVEN.endswith("}\n")
    assert json.loads(EVEN)["record"]["payload"] == payload(400)


def test_a_file_is_named_after_its_message() -> None:
    assert evidence(400).file_name == "evidence-400.json"
    assert evidence(400, place=1).file_name == "evidence-400-1.json"


def test_other_spacing_changes_nothing() -> None:
    assert check(json.dumps(json.loads(EVEN)), TRUSTED) == check(EVEN, TRUSTED)


# --- what is refused ------------------------------------------------------------------------------------------------


def test_every_bit_of_a_file_counts() -> None:
    whole = ODD.encode()
    for bit in range(len(whole) * 8):
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        refusal(bytes(flipped))


NO_JSON: dict[str, str | bytes] = {
    "nothing": "",
    "two values": "null x",
    "not closed": EVEN[:-3],
    "not UTF-8": b"\xff",
    "UTF-16": EVEN.encode("utf-16"),
    "too deep": "[" * 100_000,
    "too long a number": "9" * 5_000,
    "a field twice": EVEN.replace('"version": 1', '"version": 1, "version": 1'),
}


@pytest.mark.parametrize("text", NO_JSON.values(), ids=NO_JSON)
def test_what_is_not_json_is_refused(text: str | bytes) -> None:
    assert refusal(text) == "not-json"


@pytest.mark.parametrize(
    "fields",
    [
        {"format": "other"},
        {"version": 2},
        {"version": "1"},
        {"sequence": 0},
        {"sequence": "400"},
        {"sequence": 400.0},
        {"sequence": True},
        {"sequence": 2**63},
        {"subject": "event.documents.incoming\n.0400"},
        {"subject": ""},
        {"payload": None},
        {"place": -1},
        {"place": 4096},
        {"leaf_hash": LEAVES[399].hex().upper()},
        {"leaf_hash": ""},
        {"path": ["00"]},
        {"path": ["0" * 64] * 65},
        {"path": "0" * 64},
        {"path": None},
        {"checkpoint": None},
        {"more": 1},
    ],
)
def test_what_is_not_an_evidence_file_is_refused(fields: dict[str, Any]) -> None:
    assert refusal(changed(EVEN, **fields)) == "not-evidence"


def test_a_strange_field_is_refused_without_repeating_its_name() -> None:
    with pytest.raises(NotProven) as caught:
        check(changed(EVEN, **{"\x1b[2Jall is well": 1}), TRUSTED)
    assert "all is well" not in caught.value.vi + caught.value.en


@pytest.mark.parametrize("text", ["null", "[]", "{}", "1", '"text"'])
def test_json_that_is_something_else_is_refused(text: str) -> None:
    assert refusal(text) == "not-evidence"


def test_half_a_character_is_refused() -> None:
    assert refusal(EVEN.replace("Về", "\\ud800")) == "not-evidence"


@pytest.mark.parametrize(
    "fields",
    [
        {"sequence": 399},
        {"subject": subject(399)},
        {"payload": payload(399)},
        {"payload": payload(400) + " "},
        {"payload": payload(400).replace("phân", "phan")},
        {"leaf_hash": LEAVES[0].hex()},
    ],
)
def test_a_record_that_was_changed_is_refused(fields: dict[str, Any]) -> None:
    assert refusal(changed(EVEN, **fields)) == "record-changed"


def test_a_record_changed_together_with_its_hash_is_not_in_the_log() -> None:
    forged = payload(400).replace("phân công", "huỷ")
    leaf = leaf_hash(400, subject(400), forged.encode())
    assert refusal(changed(EVEN, payload=forged, leaf_hash=leaf.hex())) == "path-leads-elsewhere"


def test_a_path_of_something_else_is_refused() -> None:
    for other in (path(398, MESSAGES), path(399, 600), path(399, MESSAGES)[:-1], []):
        assert refusal(changed(EVEN, path=[made.hex() for made in other])) == "path-leads-elsewhere"
    assert refusal(changed(EVEN, checkpoint=note(600))) == "path-leads-elsewhere"


def test_a_checkpoint_from_before_the_message_proves_nothing() -> None:
    assert refusal(changed(EVEN, checkpoint=note(399))) == "not-in-tree"


def test_only_the_key_of_the_checker_decides() -> None:
    forged = changed(EVEN, checkpoint=note(MESSAGES, STRANGER), public_key=STRANGER.verifier.public_pem.decode())
    assert refusal(forged) == "not-signed-by-this-key"
    assert refusal(EVEN, STRANGER.verifier) == "not-signed-by-this-key"
    assert check(forged, STRANGER.verifier).index == 399


def test_a_file_that_states_another_key_than_the_one_that_signed_is_refused() -> None:
    assert refusal(changed(EVEN, public_key=STRANGER.verifier.public_pem.decode())) == "other-key-stated"
    assert refusal(changed(EVEN, public_key="")) == "other-key-stated"


def test_a_checkpoint_that_was_changed_is_refused() -> None:
    assert refusal(changed(EVEN, checkpoint=note(MESSAGES).replace("700", "701"))) == "wrong-signature"
    assert refusal(changed(EVEN, checkpoint="")) == "not-a-note"


def test_an_event_that_the_message_does_not_have_is_refused() -> None:
    assert refusal(changed(EVEN, place=2)) == "no-such-event"


@pytest.mark.parametrize("content", ["", "text", "{}", "[1]", "[{}]", "[" * 1_000])
def test_a_message_that_holds_no_events_is_said_to_be_in_the_log_yet_unreadable(content: str) -> None:
    leaf = leaf_hash(1, "event.a.b.c", content.encode())
    record = Record(sequence=1, subject="event.a.b.c", payload=content, place=None)
    assert refusal(Evidence.of(record, [], sign_checkpoint(ORIGIN, 1, leaf, SIGNER), TRUSTED).text()) == "not-events"


# --- what an auditor kept -------------------------------------------------------------------------------------------


def extension_refusal(old: str, new: str, proof: list[str]) -> str:
    with pytest.raises(NotProven) as caught:
        check_extension(old, new, proof, TRUSTED)
    assert caught.value.vi != caught.value.en
    assert "{" not in caught.value.vi + caught.value.en
    return caught.value.code


@given(st.data())
def test_a_checkpoint_somebody_kept_is_continued_by_every_later_one(draws: st.DataObject) -> None:
    second = draws.draw(st.integers(1, MESSAGES))
    first = draws.draw(st.integers(1, second))
    old, new = check_extension(note(first), note(second), growth(first, second), TRUSTED)
    assert (old.size, new.size) == (first, second)


def test_a_log_that_was_rewritten_does_not_continue_what_somebody_kept() -> None:
    frontier, _ = Frontier().extend([*LEAVES[:9], leaf_hash(10, "event.a.b.c", b"[]"), *LEAVES[10:]])
    rewritten = sign_checkpoint(ORIGIN, MESSAGES, frontier.root(), SIGNER)
    assert extension_refusal(note(300), rewritten, growth(300, MESSAGES)) == "log-rewritten"
    assert extension_refusal(note(MESSAGES), rewritten, []) == "log-rewritten"


@pytest.mark.parametrize(
    "proof", [[], growth(299, 700), growth(300, 699), ["zz"], ["0" * 64], [*growth(300, 700), "0"]]
)
def test_a_proof_of_something_else_does_not_hold(proof: list[str]) -> None:
    assert extension_refusal(note(300), note(700), proof) == "log-rewritten"


def test_a_log_that_became_shorter_is_said_to_be() -> None:
    assert extension_refusal(note(301), note(300), growth(300, 301)) == "log-shorter"


def test_checkpoints_of_two_logs_are_not_compared() -> None:
    assert extension_refusal(note(300), note(700, origin="motmoi/other"), growth(300, 700)) == "other-log"


def test_the_checkpoint_at_fault_is_named() -> None:
    assert extension_refusal(note(300, STRANGER), note(700), growth(300, 700)) == "old-not-signed-by-this-key"
    assert extension_refusal(note(300), note(700, STRANGER), growth(300, 700)) == "new-not-signed-by-this-key"
    assert extension_refusal("", note(700), growth(300, 700)) == "old-not-a-note"
