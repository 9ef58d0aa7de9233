"""Evidence files: a message of the log with its proof and the signed checkpoint, checked without the office."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints, TypeAdapter, ValidationError

from contracts.base import Message, Refusal, Sha256
from services.audit.archive import merkle
from services.audit.archive.notes import Checkpoint, NotProven, Verifier, open_checkpoint

FORMAT: Literal["motmoi-evidence"] = "motmoi-evidence"
VERSION: Literal[1] = 1
_LONGEST_PATH = 64

NOT_JSON = Refusal(
    "not-json",
    "Tệp không phải JSON hợp lệ (UTF-8, mỗi trường một lần); đề nghị lấy lại tệp chứng cứ còn nguyên vẹn.",
    "The file is not valid JSON (UTF-8, each field once); get the evidence file again, unchanged.",
)
NOT_EVIDENCE = Refusal(
    "not-evidence",
    "Tệp không phải tệp chứng cứ của Một Mối, trường {field} không đúng; đề nghị lấy lại tệp còn nguyên vẹn.",
    "The file is not an evidence file of Một Mối, its field {field} is wrong; get the file again, unchanged.",
)
RECORD_CHANGED = Refusal(
    "record-changed",
    "Bản ghi {sequence} đã bị thay đổi: số thứ tự, chủ đề hoặc nội dung không khớp mã băm ghi trong tệp.",
    "Message {sequence} was changed: its sequence, subject or payload does not have the hash stated in the file.",
)
NOT_IN_TREE = Refusal(
    "not-in-tree",
    "Bản ghi {sequence} không thuộc nhật ký đã ký: điểm kiểm tra chỉ gồm {size} bản ghi.",
    "Message {sequence} is not in the signed log: the checkpoint is of {size} messages.",
)
PATH_LEADS_ELSEWHERE = Refusal(
    "path-leads-elsewhere",
    "Bản ghi {sequence} không được chứng minh: chuỗi mã băm không dẫn tới gốc đã ký của {size} bản ghi.",
    "Message {sequence} is not proven: the path of hashes does not lead to the signed root of {size} messages.",
)
OTHER_KEY_STATED = Refusal(
    "other-key-stated",
    "Khóa công khai ghi trong tệp không phải khóa đã ký điểm kiểm tra; đề nghị lấy lại tệp còn nguyên vẹn.",
    "The public key stated in the file is not the one that signed the checkpoint; get the file again, unchanged.",
)
NOT_EVENTS = Refusal(
    "not-events",
    "Bản ghi {sequence} đúng là của nhật ký nhưng không đọc được thành các sự kiện (CloudEvents 1.0).",
    "Message {sequence} is truly in the log, but cannot be read as events (CloudEvents 1.0).",
)
NO_SUCH_PLACE = Refusal(
    "no-such-event",
    "Bản ghi {sequence} chỉ có {count} sự kiện, đánh số từ 0; tệp lại nêu sự kiện {place}.",
    "Message {sequence} has {count} events, counted from 0; the file names event {place}.",
)
OLD_NOT_PROVEN = Refusal("old-{code}", "Điểm kiểm tra cũ: {vi}", "The old checkpoint: {en}")
NEW_NOT_PROVEN = Refusal("new-{code}", "Điểm kiểm tra mới: {vi}", "The new checkpoint: {en}")
OTHER_LOG = Refusal(
    "other-log",
    "Hai điểm kiểm tra thuộc hai nhật ký khác nhau: {old} và {new}.",
    "The two checkpoints are of two different logs: {old} and {new}.",
)
SHORTER = Refusal(
    "log-shorter",
    "Điểm kiểm tra mới chỉ gồm {new} bản ghi, ít hơn {old} của điểm cũ: nhật ký bị cắt ngắn hoặc hai tệp bị đổi chỗ.",
    "The new checkpoint is of {new} messages, fewer than the old one's {old}: the log was cut, or the files swapped.",
)
REWRITTEN = Refusal(
    "log-rewritten",
    "Không chứng minh được {old} bản ghi đầu còn nguyên trong {new} bản ghi: nhật ký bị viết lại hoặc chứng minh sai.",
    "It is not proven that the first {old} messages are unchanged among {new}: the log was rewritten, or the proof is "
    "of something else.",
)


class Record(Message):
    """A message of the log as it was hashed, and which of its events is meant; all of them when `place` is null."""

    sequence: Annotated[int, Field(ge=1, lt=2**63)]
    subject: Annotated[str, StringConstraints(pattern=r"^\S+$")]
    payload: str
    place: Annotated[int | None, Field(ge=0, le=4095)]


class Evidence(Message):
    """What an evidence file holds; hashes in hexadecimal, the path from the leaf's sibling up to below the root.

    The public key says who claims to have signed; whom to believe is the checker's own decision.
    """

    format: Literal["motmoi-evidence"] = FORMAT
    version: Literal[1] = VERSION
    record: Record
    leaf_hash: Sha256
    path: Annotated[tuple[Sha256, ...], Field(max_length=_LONGEST_PATH)]
    checkpoint: str
    public_key: str

    @classmethod
    def of(cls, record: Record, path: Sequence[bytes], note: str, verifier: Verifier) -> "Evidence":
        """Return the evidence of a message under a signed checkpoint; nothing is checked here."""
        return cls(
            record=record,
            leaf_hash=_leaf_hash(record).hex(),
            path=tuple(made.hex() for made in path),
            checkpoint=note,
            public_key=verifier.public_pem.decode(),
        )

    @property
    def file_name(self) -> str:
        """The name to save the file under, such as evidence-1234.json, or evidence-1234-2.json of one event."""
        place = "" if self.record.place is None else f"-{self.record.place}"
        return f"evidence-{self.record.sequence}{place}.json"

    def text(self) -> str:
        """Return the file's text: JSON with its fields in a fixed order, indented, letters as they are."""
        return json.dumps(self.model_dump(), ensure_ascii=False, indent=2) + "\n"


class ProvenEvent(BaseModel):
    """An event of a proven message: what happened to which record (`aggregate/id`), when, and by whom."""

    type: str
    subject: str
    time: AwareDatetime
    actor: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Checked:
    """What an evidence file proves: these events stand at this place of this log, signed at this size.

    `index` is the leaf's, counted from 0: the sequence less one. `place` is the one event meant, and `events` then
    holds only it; otherwise all events of the message.
    """

    origin: str
    tree_size: int
    root: bytes
    index: int
    sequence: int
    subject: str
    place: int | None
    events: tuple[ProvenEvent, ...]


def check(evidence: str | bytes, verifier: Verifier) -> Checked:
    """Return what the text of an evidence file proves to somebody who trusts this key.

    Everything in the file is accounted for. Raises NotProven, which says exactly what does not hold.
    """
    read = _read(evidence)
    record, leaf = read.record, bytes.fromhex(read.leaf_hash)
    if _leaf_hash(record) != leaf:
        raise NotProven(RECORD_CHANGED, sequence=record.sequence)
    checkpoint = open_checkpoint(read.checkpoint, verifier)
    index, size = record.sequence - 1, checkpoint.size
    if index >= size:
        raise NotProven(NOT_IN_TREE, sequence=record.sequence, size=size)
    if not merkle.verify_inclusion(leaf, index, size, [bytes.fromhex(made) for made in read.path], checkpoint.root):
        raise NotProven(PATH_LEADS_ELSEWHERE, sequence=record.sequence, size=size)
    if read.public_key != verifier.public_pem.decode():
        raise NotProven(OTHER_KEY_STATED)
    return Checked(
        checkpoint.origin, size, checkpoint.root, index, record.sequence, record.subject, record.place, _events(record)
    )


def check_extension(
    old_note: str, new_note: str, path: Sequence[str], verifier: Verifier
) -> tuple[Checkpoint, Checkpoint]:
    """Return an old and a new checkpoint when the path, in hexadecimal, proves that the log only grew between them.

    Raises NotProven: one is not a checkpoint of this key, they are of two logs, the log became shorter, or what the
    old one signed is not what the new log begins with (RFC 9162 section 2.1.4).
    """
    old = _opened(old_note, verifier, OLD_NOT_PROVEN)
    new = _opened(new_note, verifier, NEW_NOT_PROVEN)
    if old.origin != new.origin:
        raise NotProven(OTHER_LOG, old=old.origin, new=new.origin)
    if new.size < old.size:
        raise NotProven(SHORTER, old=old.size, new=new.size)
    hashes = [bytes.fromhex(made) for made in path if _HASH.fullmatch(made)]
    if len(hashes) != len(path) or not merkle.verify_consistency(old.size, new.size, old.root, new.root, hashes):
        raise NotProven(REWRITTEN, old=old.size, new=new.size)
    return old, new


_HASH = re.compile("[0-9a-f]{64}")
_EVENTS = TypeAdapter(tuple[ProvenEvent, ...])
_FIELDS = {*Evidence.model_fields, *Record.model_fields}


def _opened(note: str, verifier: Verifier, which: Refusal) -> Checkpoint:
    try:
        return open_checkpoint(note, verifier)
    except NotProven as fault:
        named = which._replace(code=which.code.format(code=fault.code))
        raise NotProven(named, vi=fault.vi, en=fault.en) from None


def _leaf_hash(record: Record) -> bytes:
    return merkle.leaf_hash(record.sequence, record.subject, record.payload.encode())


def _read(text: str | bytes) -> Evidence:
    try:
        text = text.decode() if isinstance(text, bytes) else text
        json.loads(text, object_pairs_hook=_each_field_once)
    except (ValueError, RecursionError):
        raise NotProven(NOT_JSON) from None
    try:
        return Evidence.model_validate_json(text, strict=True)
    except ValidationError as fault:
        # A name that is not ours may be anything, and would be shown on a screen.
        where = [str(part) for part in fault.errors()[0]["loc"] if part in _FIELDS or isinstance(part, int)]
        raise NotProven(NOT_EVIDENCE, field=".".join(where) or "?") from None


def _each_field_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a field stands there twice")
    return fields


def _events(record: Record) -> tuple[ProvenEvent, ...]:
    try:
        events = _EVENTS.validate_json(record.payload)
    except ValidationError:
        raise NotProven(NOT_EVENTS, sequence=record.sequence) from None
    if record.place is None:
        return events
    if record.place >= len(events):
        raise NotProven(NO_SUCH_PLACE, sequence=record.sequence, count=len(events), place=record.place)
    return (events[record.place],)
