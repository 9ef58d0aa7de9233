"""Signed notes and checkpoints: what a trusted key signed is opened, and nothing else is."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given
from hypothesis import strategies as st

from services.audit.archive.notes import (
    Checkpoint,
    NotAKey,
    NotProven,
    Signer,
    Verifier,
    key_id,
    new_key,
    open_checkpoint,
    sign_checkpoint,
)

# The example in the documentation of golang.org/x/mod/sumdb/note.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETERS_SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
PETERS_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETERS_NOTE = (
    f"{PETERS_TEXT}\n— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)

ORIGIN = "motmoi/vptu"
ROOT = bytes(range(32))
SIGNER = Signer(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
STRANGER = Signer(Ed25519PrivateKey.from_private_bytes(bytes(32)))
PRIVATE_PEM = SIGNER.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
PUBLIC_PEM = SIGNER.verifier.public_pem
TRUSTED = Verifier.from_pem(PUBLIC_PEM)
NOTE = sign_checkpoint(ORIGIN, 1_000_000, ROOT, SIGNER)
TEXT, SIGNATURE = NOTE.split("\n\n")


def refusal(note: str, verifier: Verifier = TRUSTED) -> str:
    """The code a checkpoint is refused with, having said why in both languages."""
    with pytest.raises(NotProven) as caught:
        open_checkpoint(note, verifier)
    assert caught.value.vi
    assert caught.value.en
    assert "{" not in caught.value.vi + caught.value.en
    return caught.value.code


# --- the published example ------------------------------------------------------------------------------------------


def test_the_example_of_go_opens_with_its_key_and_is_signed_to_the_same_letter() -> None:
    assert Verifier.from_vkey(PETER).open(PETERS_NOTE) == PETERS_TEXT
    signer = Signer(Ed25519PrivateKey.from_private_bytes(PETERS_SEED))
    assert signer.sign(PETERS_TEXT, "PeterNeumann") == PETERS_NOTE
    assert signer.verifier.vkey("PeterNeumann") == PETER
    assert signer.verifier.open(PETERS_NOTE) == PETERS_TEXT


def test_no_part_of_a_text_key_and_no_text_key_with_a_letter_changed_is_a_key() -> None:
    parts = {PETER[start:end] for start in range(len(PETER)) for end in range(start + 1, len(PETER) + 1)} - {PETER}
    changed = {PETER[:at] + chr(ord(PETER[at]) + 1) + PETER[at + 1 :] for at in range(len(PETER))}
    for text in parts | changed:
        with pytest.raises(NotAKey):
            Verifier.from_vkey(text)


@pytest.mark.parametrize(
    "text",
    [
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",  # too long, its id right
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",  # an unknown algorithm, its id right
        PETER + "\n",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ],
)
def test_a_text_key_of_another_kind_is_no_key(text: str) -> None:
    with pytest.raises(NotAKey):
        Verifier.from_vkey(text)


# --- keys -----------------------------------------------------------------------------------------------------------


def test_a_new_key_signs_what_its_public_half_opens() -> None:
    private_pem, public_pem = new_key()
    assert private_pem.startswith(b"-----BEGIN PRIVATE KEY-----")
    assert public_pem.startswith(b"-----BEGIN PUBLIC KEY-----")
    note = sign_checkpoint(ORIGIN, 5, ROOT, Signer.from_pem(private_pem))
    assert open_checkpoint(note, Verifier.from_pem(public_pem)) == Checkpoint(ORIGIN, 5, ROOT)
    assert Signer.from_pem(private_pem).verifier.public_pem == public_pem
    assert new_key()[0] != private_pem


def test_what_is_not_an_ed25519_key_is_refused_without_repeating_it() -> None:
    curve = generate_private_key(SECP256R1())
    curve_private = curve.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    curve_public = curve.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    locked = SIGNER.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret"))
    for pem in (b"", b"abc", PUBLIC_PEM, PRIVATE_PEM[:-30], curve_private, locked):
        with pytest.raises(NotAKey, match="PEM") as caught:
            Signer.from_pem(pem)
        assert "BEGIN" not in caught.value.vi + caught.value.en
    for pem in (b"", b"abc", PRIVATE_PEM, PUBLIC_PEM[:-30], curve_public):
        with pytest.raises(NotAKey):
            Verifier.from_pem(pem)


# --- checkpoints ----------------------------------------------------------------------------------------------------


def test_a_checkpoint_is_three_lines_and_a_signature() -> None:
    identity = key_id(ORIGIN, TRUSTED.key.public_bytes_raw())
    lines = NOTE.split("\n")
    assert lines[:4] == [ORIGIN, "1000000", base64.b64encode(ROOT).decode(), ""]
    assert lines[4].startswith(f"— {ORIGIN} ")
    assert base64.b64decode(lines[4].split(" ")[2])[:4] == identity
    assert lines[5:] == [""]


@given(st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_a_signed_checkpoint_opens_as_what_was_signed(size: int, root: bytes) -> None:
    note = sign_checkpoint(ORIGIN, size, root, SIGNER)
    assert open_checkpoint(note, TRUSTED) == Checkpoint(ORIGIN, size, root)
    assert open_checkpoint(note, Verifier.from_pem(PUBLIC_PEM, ORIGIN)) == Checkpoint(ORIGIN, size, root)
    assert open_checkpoint(note, Verifier.from_vkey(TRUSTED.vkey(ORIGIN))) == Checkpoint(ORIGIN, size, root)


@pytest.mark.parametrize(
    ("origin", "size", "root"),
    [
        ("", 1, ROOT),
        ("mot moi", 1, ROOT),
        ("mot+moi", 1, ROOT),
        ("motmoi\nvptu", 1, ROOT),
        (ORIGIN, -1, ROOT),
        (ORIGIN, 1, ROOT[:-1]),
        (ORIGIN, 1, b""),
    ],
)
def test_what_is_no_checkpoint_is_not_signed(origin: str, size: int, root: bytes) -> None:
    with pytest.raises(ValueError, match=r"not a checkpoint|a note is"):
        sign_checkpoint(origin, size, root, SIGNER)


@pytest.mark.parametrize("text", ["no line feed", "", "tab\t\n", "return\r\n", "bell\x07\n"])
def test_a_text_that_cannot_stand_in_a_note_is_not_signed(text: str) -> None:
    with pytest.raises(ValueError, match="a note is"):
        SIGNER.sign(text, ORIGIN)


def test_every_bit_of_a_checkpoint_counts() -> None:
    whole = NOTE.encode()
    for bit in range(len(whole) * 8):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        try:
            text = changed.decode()
        except UnicodeDecodeError:
            continue
        refusal(text)


def test_a_checkpoint_of_another_key_or_under_another_name_is_refused() -> None:
    assert refusal(sign_checkpoint(ORIGIN, 5, ROOT, STRANGER)) == "not-signed-by-this-key"
    assert refusal(NOTE, Verifier.from_pem(PUBLIC_PEM, "motmoi/other")) == "not-signed-by-this-key"
    assert refusal(NOTE, STRANGER.verifier) == "not-signed-by-this-key"


def test_a_checkpoint_of_another_log_signed_under_the_name_of_this_one_is_refused() -> None:
    note = SIGNER.sign(TEXT.replace("vptu", "other") + "\n", ORIGIN)
    assert refusal(note, Verifier.from_pem(PUBLIC_PEM, ORIGIN)) == "other-origin"


def test_a_text_changed_after_signing_is_refused() -> None:
    assert refusal(NOTE.replace("1000000", "1000001")) == "wrong-signature"
    assert refusal(NOTE.replace(f"{TEXT}\n", f"{TEXT}\nmore\n")) == "wrong-signature"


# --- several signatures ---------------------------------------------------------------------------------------------


def line_of(signer: Signer, text: str, name: str) -> str:
    return signer.sign(text, name).split("\n\n")[-1]


def test_signatures_of_strangers_are_passed_over_wherever_they_stand() -> None:
    strangers = "".join(line_of(STRANGER, f"{TEXT}\n", f"witness{number}.example") for number in range(50))
    for signatures in (strangers + SIGNATURE, SIGNATURE + strangers):
        assert open_checkpoint(f"{TEXT}\n\n{signatures}", TRUSTED) == Checkpoint(ORIGIN, 1_000_000, ROOT)


def test_a_stranger_who_uses_our_name_or_our_key_id_is_only_a_stranger() -> None:
    ours = base64.b64decode(SIGNATURE.split(" ")[2])
    same_name = line_of(STRANGER, f"{TEXT}\n", ORIGIN)
    same_id = f"— other {base64.b64encode(ours[:4] + bytes(64)).decode()}\n"
    note = f"{TEXT}\n\n{same_name}{same_id}"
    assert refusal(note) == "not-signed-by-this-key"
    assert open_checkpoint(note + SIGNATURE, TRUSTED).size == 1_000_000


def test_one_wrong_signature_in_our_name_spoils_the_note() -> None:
    ours = base64.b64decode(SIGNATURE.split(" ")[2])
    wrong = f"— {ORIGIN} {base64.b64encode(ours[:4] + bytes(64)).decode()}\n"
    for signatures in (SIGNATURE + wrong, wrong + SIGNATURE, wrong):
        assert refusal(f"{TEXT}\n\n{signatures}") == "wrong-signature"
    short = f"— {ORIGIN} {base64.b64encode(ours[:-1]).decode()}\n"
    assert refusal(f"{TEXT}\n\n{short}") == "wrong-signature"


def test_a_flood_of_signatures_is_refused() -> None:
    assert refusal(f"{TEXT}\n\n{SIGNATURE * 101}") == "not-a-note"


# --- malformed ------------------------------------------------------------------------------------------------------


NO_NOTES = [
    "",
    "\n\n",
    TEXT,
    f"{TEXT}\n\n",
    f"{TEXT}\n\n\n",
    NOTE.rstrip("\n"),
    NOTE + "\n",
    NOTE + "more\n",
    NOTE.replace("\n", "\r\n"),
    NOTE.replace("\n\n", "\n"),
    f"{TEXT}\n\n{SIGNATURE.removeprefix('— ')}",
    f"{TEXT}\n\n{SIGNATURE.replace('—', '-')}",
    f"{TEXT}\n\n{SIGNATURE.replace(' ', '  ')}",
    f"{TEXT}\n\n{SIGNATURE.replace('=', '')}",
    f"{TEXT}\n\n{SIGNATURE.replace('=', '==')}",
    f"{TEXT}\n\n{SIGNATURE.replace('=', '*')}",
    f"{TEXT}\n\n— {ORIGIN} \n",
    f"{TEXT}\n\n— {ORIGIN}\n",
    f"{TEXT}\n\n— {ORIGIN} AAAA\n",
    f"{TEXT}\n\n— {ORIGIN} AAAAAA==\n",
    f"{TEXT}\n\n— mot+moi AAAAAAAA\n{SIGNATURE}",
    f"{TEXT}\n\n— mot\N{NO-BREAK SPACE}moi AAAAAAAA\n{SIGNATURE}",
    f"{TEXT}\n\n— witness AAAAAAB=\n{SIGNATURE}",
    NOTE.replace("vptu\n", "vptu\t\n"),
    NOTE.replace("vptu\n", "vptu\ud800\n"),
]


@pytest.mark.parametrize("note", NO_NOTES, ids=range(len(NO_NOTES)))
def test_what_is_no_signed_note_is_refused(note: str) -> None:
    assert refusal(note) == "not-a-note"


NO_CHECKPOINTS = [
    "\n",
    f"{ORIGIN}\n",
    f"{ORIGIN}\n5\n",
    f"\n5\n{base64.b64encode(ROOT).decode()}\n",
    f"{ORIGIN}\n05\n{base64.b64encode(ROOT).decode()}\n",
    f"{ORIGIN}\n-5\n{base64.b64encode(ROOT).decode()}\n",
    f"{ORIGIN}\n٥\n{base64.b64encode(ROOT).decode()}\n",
    f"{ORIGIN}\n{'9' * 5000}\n{base64.b64encode(ROOT).decode()}\n",
    f"{ORIGIN}\n5\n{base64.b64encode(ROOT[:-1]).decode()}\n",
    f"{ORIGIN}\n5\n{ROOT.hex()}\n",
    f"{ORIGIN}\n5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n",
    f"{ORIGIN}\n5\n{base64.b64encode(ROOT).decode()}\n\nmore\n",
    f"{ORIGIN}\n5\n{base64.b64encode(ROOT).decode()}\n\n",
]


@pytest.mark.parametrize("text", NO_CHECKPOINTS, ids=range(len(NO_CHECKPOINTS)))
def test_a_note_that_is_signed_but_is_no_checkpoint_is_refused(text: str) -> None:
    assert refusal(SIGNER.sign(text, ORIGIN)) == "not-a-checkpoint"


def test_further_lines_of_a_checkpoint_are_signed_and_passed_over() -> None:
    note = SIGNER.sign(f"{TEXT}\nTimestamp: 1\nmore\n", ORIGIN)
    assert open_checkpoint(note, TRUSTED) == Checkpoint(ORIGIN, 1_000_000, ROOT)


@given(st.text())
def test_no_text_at_all_does_anything_but_be_refused(text: str) -> None:
    refusal(text)
    refusal(f"{TEXT}\n\n{text}\n")
