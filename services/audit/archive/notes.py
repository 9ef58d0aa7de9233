"""Signed notes and checkpoints (C2SP signed-note and tlog-checkpoint) with Ed25519 keys."""

import base64
import re
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from contracts.base import Refusal

_ED25519 = b"\x01"
_KEY_ID_BYTES = 4
_MOST_SIGNATURES = 100
_DASH = "\N{EM DASH} "
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")
_KEY_NAME = re.compile(r"[^\s+]+")
_VERIFIER_KEY = re.compile(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)")
_CHECKPOINT = re.compile(r"([^\n]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/]{43}=)\n(?:[^\n]+\n)*")

NOT_A_KEY = Refusal(
    "not-a-key",
    "Không đọc được khóa Ed25519; đề nghị dùng tệp khóa PEM của văn phòng, còn nguyên vẹn.",
    "This is not an Ed25519 key that can be read; use the office's key file in PEM form, unchanged.",
)
NOT_A_NOTE = Refusal(
    "not-a-note",
    "Điểm kiểm tra không đúng dạng ghi chú có chữ ký (C2SP); đề nghị lấy lại nguyên văn, kể cả dấu xuống dòng cuối.",
    "The checkpoint is not a signed note (C2SP); get its exact text again, with the line feed at its end.",
)
NOT_SIGNED = Refusal(
    "not-signed-by-this-key",
    "Điểm kiểm tra không do khóa này ký; đề nghị kiểm tra lại khóa công khai của văn phòng.",
    "The checkpoint is not signed by this key; check the office's public key.",
)
WRONG_SIGNATURE = Refusal(
    "wrong-signature",
    "Chữ ký của điểm kiểm tra không đúng: nội dung đã bị thay đổi sau khi ký.",
    "The checkpoint's signature does not hold: its text was changed after it was signed.",
)
NOT_A_CHECKPOINT = Refusal(
    "not-a-checkpoint",
    "Ghi chú có chữ ký đúng nhưng không phải điểm kiểm tra của nhật ký (C2SP).",
    "The note's signature holds, but it is not a checkpoint of a log (C2SP).",
)
OTHER_ORIGIN = Refusal(
    "other-origin",
    "Điểm kiểm tra thuộc nhật ký {origin}, không phải {name}; đề nghị kiểm tra lại khóa của đúng văn phòng.",
    "The checkpoint is of the log {origin}, not of {name}; check that the key is of the right office.",
)


class NotProven(Exception):
    """Something does not hold: a stable code, and in Vietnamese and English what exactly and what to do next."""

    def __init__(self, refusal: Refusal, **values: object) -> None:
        """Take the refusal and the values of its sentences."""
        self.code = refusal.code
        self.vi = refusal.vi.format(**values)
        self.en = refusal.en.format(**values)
        super().__init__(self.en)


class NotAKey(NotProven):
    """A text is not an Ed25519 key in the form asked for; its bytes are not repeated anywhere."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(NOT_A_KEY)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A log's own name, how many leaves it has and their Merkle root of 32 bytes, as somebody trusted signed them."""

    origin: str
    size: int
    root: bytes


def new_key() -> tuple[bytes, bytes]:
    """Return a fresh Ed25519 key: the private one as PKCS #8 PEM without a password, the public one as SPKI PEM."""
    key = Ed25519PrivateKey.generate()
    private_pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private_pem, Verifier(key.public_key()).public_pem


def key_id(name: str, public_key: bytes) -> bytes:
    """Return the four bytes that stand for a raw Ed25519 key of 32 bytes under this name (C2SP signed-note)."""
    return sha256(name.encode() + b"\n" + _ED25519 + public_key).digest()[:_KEY_ID_BYTES]


@dataclass(frozen=True, slots=True)
class Verifier:
    """The one public key that is trusted, and the name it must sign under; any name when None."""

    key: Ed25519PublicKey
    name: str | None = None

    @classmethod
    def from_pem(cls, public_pem: bytes, name: str | None = None) -> "Verifier":
        """Return the verifier of a SubjectPublicKeyInfo PEM; raise NotAKey for anything else."""
        try:
            key = load_pem_public_key(public_pem)
        except (ValueError, UnsupportedAlgorithm):
            raise NotAKey from None
        if not isinstance(key, Ed25519PublicKey):
            raise NotAKey
        return cls(key, name)

    @classmethod
    def from_vkey(cls, text: str) -> "Verifier":
        """Return the verifier of the text form `<name>+<key id>+<base64>`; raise NotAKey for anything else."""
        found = _VERIFIER_KEY.fullmatch(text)
        encoded = _decoded(found[3]) if found else None
        if not found or encoded is None or len(encoded) != 33 or encoded[:1] != _ED25519:
            raise NotAKey
        name, raw = found[1], encoded[1:]
        if key_id(name, raw).hex() != found[2]:
            raise NotAKey
        return cls(Ed25519PublicKey.from_public_bytes(raw), name)

    @property
    def public_pem(self) -> bytes:
        """The public key as SubjectPublicKeyInfo PEM."""
        return self.key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def vkey(self, name: str) -> str:
        """Return the key's text form under a name, for the tools of other transparency logs."""
        raw = self.key.public_bytes_raw()
        return f"{name}+{key_id(name, raw).hex()}+{base64.b64encode(_ED25519 + raw).decode()}"

    def open(self, note: str) -> str:
        """Return the text of a note this key signed, with its last line feed; signatures of others are passed over.

        Raises NotProven when the text is no signed note, when no signature is of this key (and under its name), or
        when one that says it is does not hold.
        """
        text, signatures = _parted(note)
        raw, opened = self.key.public_bytes_raw(), False
        for name, signature in signatures:
            if name != (self.name or name) or signature[:_KEY_ID_BYTES] != key_id(name, raw):
                continue
            try:
                self.key.verify(signature[_KEY_ID_BYTES:], text.encode())
            except InvalidSignature:
                raise NotProven(WRONG_SIGNATURE) from None
            opened = True
        if not opened:
            raise NotProven(NOT_SIGNED)
        return text


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key that signs notes."""

    key: Ed25519PrivateKey

    @classmethod
    def from_pem(cls, private_pem: bytes) -> "Signer":
        """Return the signer of a PKCS #8 PEM without a password; raise NotAKey for anything else."""
        try:
            key = load_pem_private_key(private_pem, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            raise NotAKey from None
        if not isinstance(key, Ed25519PrivateKey):
            raise NotAKey
        return cls(key)

    @property
    def verifier(self) -> Verifier:
        """The verifier of the same key, under any name."""
        return Verifier(self.key.public_key())

    def sign(self, text: str, name: str) -> str:
        """Return the note of a text that ends with a line feed, signed under a name.

        Raises ValueError when the text or the name cannot stand in a note.
        """
        if not text.endswith("\n") or _CONTROL.search(text) or not _KEY_NAME.fullmatch(name):
            raise ValueError("a note is lines of text without control characters, a key name one word without a plus")
        identity = key_id(name, self.key.public_key().public_bytes_raw())
        return f"{text}\n{_DASH}{name} {base64.b64encode(identity + self.key.sign(text.encode())).decode()}\n"


def sign_checkpoint(origin: str, size: int, root: bytes, signer: Signer) -> str:
    """Return the checkpoint of a tree as a signed note; the origin, such as motmoi/vptu, is the key's name as well.

    Raises ValueError for what is not a checkpoint.
    """
    text = f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"
    if not _CHECKPOINT.fullmatch(text):
        raise ValueError(f"not a checkpoint: {text!r}")
    return signer.sign(text, origin)


def open_checkpoint(note: str, verifier: Verifier) -> Checkpoint:
    """Return the checkpoint a trusted key signed; further lines of its text are passed over, as C2SP has it.

    Raises NotProven as `Verifier.open` does, when the text is no checkpoint, or when the verifier is of another log.
    """
    text = verifier.open(note)
    found = _CHECKPOINT.fullmatch(text)
    root = _decoded(found[3]) if found else None
    if not found or root is None:
        raise NotProven(NOT_A_CHECKPOINT)
    origin = found[1]
    if verifier.name not in (None, origin):
        raise NotProven(OTHER_ORIGIN, origin=origin, name=verifier.name)
    return Checkpoint(origin, int(found[2]), root)


def _parted(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    text, blank, tail = note.rpartition("\n\n")
    lines = tail.split("\n")
    if not blank or lines.pop() or not 0 < len(lines) <= _MOST_SIGNATURES or _CONTROL.search(note):
        raise NotProven(NOT_A_NOTE)
    try:
        note.encode()
    except UnicodeEncodeError:
        raise NotProven(NOT_A_NOTE) from None
    return f"{text}\n", [_signature(line) for line in lines]


def _signature(line: str) -> tuple[str, bytes]:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    signature = _decoded(encoded)
    if not line.startswith(_DASH) or not _KEY_NAME.fullmatch(name) or not space or signature is None:
        raise NotProven(NOT_A_NOTE)
    if len(signature) <= _KEY_ID_BYTES:
        raise NotProven(NOT_A_NOTE)
    return name, signature


def _decoded(encoded: str) -> bytes | None:
    try:
        decoded = base64.b64decode(encoded, validate=True)
    except ValueError:
        return None
    return decoded if base64.b64encode(decoded).decode() == encoded else None
