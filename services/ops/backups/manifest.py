"""What a backup says of itself: every part with its SHA-256, the log's Merkle root, and the office's signature."""

import base64
import hashlib
from typing import Annotated, Literal, NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from contracts.base import Sha256
from services.audit.archive.notes import Signer

README = "README.txt"
PUBLIC_KEY = "office/audit.pub"
TOKENS = "office/api_tokens.json"
RULES = "office/rules.tar"
MANIFEST = "manifest.json"
NOTE = "manifest.note"
CHUNKS = "log/"
_BINDS = "manifest.json sha256:"

README_TEXT = """\
Bản sao lưu của một văn phòng Một Mối / A backup of a Một Mối office

Kiểm tra / Check:    motmoi backup --check FILE --key audit.pub
Khôi phục / Restore: motmoi restore FILE --keys FILE.keys --key audit.pub --data FOLDER

Tệp này là một tệp tar thông thường. log/*.zst là nhật ký sự kiện, nén Zstandard, mỗi bản ghi gồm một dòng
"<số thứ tự> <chủ đề> <số byte>", nội dung đúng số byte đó, rồi một dấu xuống dòng. manifest.json ghi SHA-256 của từng
phần; manifest.note là điểm kiểm tra có chữ ký (C2SP tlog-checkpoint) gắn gốc Merkle của nhật ký với manifest.json.
Tệp không chứa khóa bí mật nào.

This file is a plain tar. log/*.zst is the event log, compressed with Zstandard; each record is a line
"<sequence> <subject> <bytes>", the payload of so many bytes, and a line feed. manifest.json has the SHA-256 of every
part; manifest.note is a signed checkpoint (C2SP tlog-checkpoint) that binds the log's Merkle root to manifest.json.
There is no secret key in it.
"""


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Part(_Written):
    """A part of the file; of a chunk of the log also its first and last sequence."""

    name: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._/-]{1,99}$")]
    bytes: Annotated[int, Field(ge=0)]
    sha256: Sha256
    first: int | None = None
    last: int | None = None


class Manifest(_Written):
    """The whole backup: messages of the log from 1 to `last`, their events, the root over them, and every part."""

    format: Literal["motmoi-backup/1"] = "motmoi-backup/1"
    origin: Annotated[str, StringConstraints(pattern=r"^[^\s+]{1,200}$")]
    made_at: AwareDatetime
    last: Annotated[int, Field(ge=0)]
    events: Annotated[int, Field(ge=0)]
    payload_bytes: Annotated[int, Field(ge=0)]
    root: Sha256
    parts: tuple[Part, ...]

    def to_bytes(self) -> bytes:
        """The manifest as it is written: JSON for people too."""
        return self.model_dump_json(indent=1, exclude_none=True).encode() + b"\n"

    @property
    def chunks(self) -> tuple[Part, ...]:
        """The parts that are the log, in its order."""
        return tuple(part for part in self.parts if part.name.startswith(CHUNKS))


class Bound(NamedTuple):
    """What the signature of a backup covers: a checkpoint of the log, and the manifest by its SHA-256."""

    origin: str
    size: int
    root: bytes
    manifest_sha256: str


def part_of(name: str, content: bytes, first: int | None = None, last: int | None = None) -> Part:
    """Return the manifest's line for a part."""
    return Part(name=name, bytes=len(content), sha256=hashlib.sha256(content).hexdigest(), first=first, last=last)


def chunk_name(first: int) -> str:
    """Return the name of the chunk that begins with a sequence; names sort as the log does."""
    return f"{CHUNKS}{first:015d}.zst"


def sign(manifest: bytes, origin: str, size: int, root: bytes, signer: Signer) -> str:
    """Return the note that binds a manifest to its log: a checkpoint with one line more (C2SP tlog-checkpoint)."""
    digest = hashlib.sha256(manifest).hexdigest()
    return signer.sign(f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n{_BINDS}{digest}\n", origin)


def bound(text: str) -> Bound:
    """Return what the text of a backup's note says; raise ValueError for any other text."""
    origin, size, root, binding, end = text.split("\n")
    if end or not binding.startswith(_BINDS):
        raise ValueError("not the note of a backup")
    return Bound(origin, int(size), base64.b64decode(root, validate=True), binding.removeprefix(_BINDS))
