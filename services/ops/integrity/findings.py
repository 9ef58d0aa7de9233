"""What verify finds: each thing that is not as it must be, named so that one knows the record and what to do."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from services.ops.integrity.strands import Judged
from services.runtime.follow import Message

Kind: TypeAlias = Literal[
    "log-lost",
    "log-made-anew",
    "missing-in-log",
    "log-differs",
    "archive-lost",
    "archive-behind",
    "missing-in-archive",
    "archive-differs",
    "hash-differs",
    "missing-in-both",
    "copies-differ",
    "tree-differs",
    "bad-signature",
    "other-root",
    "follower-ahead",
    "read-model-differs",
    "read-model-unchecked",
]
REPAIR_LOG = "motmoi repair log"
REPAIR_ARCHIVE = "motmoi repair archive"
ASK = "motmoi status"

_SAID: Mapping[Kind, tuple[str, str, str]] = {
    "log-lost": (
        "Máy chủ không còn nhật ký nào.",
        "The broker has no log any more.",
        REPAIR_LOG,
    ),
    "log-made-anew": (
        "Nhật ký đã được tạo lại lúc {detail}; các dịch vụ chỉ biết nhật ký cũ nên không nhận lệnh.",
        "The log was made anew at {detail}; the services know the former one and take no commands.",
        REPAIR_LOG,
    ),
    "missing-in-log": (
        "Nhật ký thiếu bản ghi {where}; bản lưu thứ hai còn nguyên.",
        "The log lacks message {where}; the archive has it.",
        REPAIR_LOG,
    ),
    "log-differs": (
        "Bản ghi {where} trong nhật ký không phải bản đã ghi; bản lưu thứ hai đúng ({witness}).",
        "Message {where} in the log is not the one that was recorded; the archive's is right ({witness}).",
        REPAIR_LOG,
    ),
    "archive-lost": (
        "Cơ sở dữ liệu không còn bảng của bản lưu thứ hai.",
        "The database has no archive tables any more.",
        REPAIR_ARCHIVE,
    ),
    "archive-behind": (
        "Bản lưu thứ hai mới đến {detail}, nhật ký đã đến {where}.",
        "The archive has come to {detail} only, the log to {where}.",
        "motmoi follower show audit.archive",
    ),
    "missing-in-archive": (
        "Bản lưu thứ hai thiếu bản ghi {where}; nhật ký còn nguyên.",
        "The archive lacks message {where}; the log has it.",
        REPAIR_ARCHIVE,
    ),
    "archive-differs": (
        "Bản ghi {where} trong bản lưu thứ hai đã bị sửa; nhật ký đúng ({witness}).",
        "Message {where} in the archive was changed; the log's is right ({witness}).",
        REPAIR_ARCHIVE,
    ),
    "hash-differs": (
        "Mã băm lưu cạnh bản ghi {where} đã bị sửa; nội dung bản ghi đúng ở cả hai bản ({witness}).",
        "The hash kept beside message {where} was changed; the message itself is right in both copies ({witness}).",
        REPAIR_ARCHIVE,
    ),
    "missing-in-both": (
        "Không bản nào còn bản ghi {where}: khôi phục từ bản sao lưu.",
        "Neither copy has message {where} any more: restore a backup.",
        "motmoi restore",
    ),
    "copies-differ": (
        "Hai bản khác nhau ở bản ghi {where}, và chưa có điểm kiểm tra nào cho biết bản nào đúng. "
        "Xem cả hai rồi quyết định: repair log tin bản lưu thứ hai, repair archive tin nhật ký.",
        "The copies differ at message {where}, and nothing says which is right. "
        "Look at both, then decide: repair log trusts the archive, repair archive trusts the log.",
        f"{REPAIR_LOG} | {REPAIR_ARCHIVE}",
    ),
    "tree-differs": (
        "Mã băm lưu ở tầng {detail} của cây không khớp với các bản ghi {where}.",
        "The stored hash of the tree at level {detail} is not that of messages {where}.",
        REPAIR_ARCHIVE,
    ),
    "bad-signature": (
        "Điểm kiểm tra {detail} không có chữ ký hợp lệ của khóa văn phòng ({where}).",
        "Checkpoint {detail} has no valid signature of the office's key ({where}).",
        ASK,
    ),
    "other-root": (
        "{where} bản ghi đầu không có mã băm gốc đã ký: lịch sử đã bị viết lại. Khôi phục từ bản sao lưu đã ký.",
        "The first {where} messages do not have the root that was signed: history was rewritten. "
        "Restore a signed backup.",
        "motmoi restore",
    ),
    "follower-ahead": (
        "{detail} đã đọc đến {where}, nơi không bản nào còn như đã đọc.",
        "{detail} has read up to {where}, which no copy has any more as it was read.",
        f"{REPAIR_LOG} --accept-loss",
    ),
    "read-model-differs": (
        "Dữ liệu tra cứu {detail} khác với nhật ký.",
        "The read model {detail} is not what the log says.",
        "motmoi rebuild {command} --even-if-different",
    ),
    "read-model-unchecked": (
        "Chưa so sánh được dữ liệu tra cứu {detail}.",
        "The read model {detail} could not be compared.",
        ASK,
    ),
}
_WITNESSES = {
    "checkpoint": ("theo điểm kiểm tra đã ký {size:,}", "by the signed checkpoint of {size:,}"),
    "hash": ("theo mã băm đã lưu", "by the hash kept with it"),
    "none": ("chưa có gì phân định", "nothing decides"),
}


class Named(NamedTuple):
    """An event as people look for it: its type, when it was recorded (RFC 3339, UTC), and its id."""

    type: str
    time: str
    id: str


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it must be; sequences from `first` to `last`, the events of the first, what to run."""

    kind: Kind
    vi: str
    en: str
    repair: str
    first: int | None = None
    last: int | None = None
    subject: str | None = None
    events: tuple[Named, ...] = ()
    detail: str = ""

    @property
    def record(self) -> str | None:
        """The record meant, as aggregate/id."""
        parts = (self.subject or "").split(".", 3)
        return f"{parts[2]}/{parts[3]}" if len(parts) == 4 else None


def found(
    kind: Kind,
    first: int | None = None,
    last: int | None = None,
    *,
    message: Message | None = None,
    judged: Judged | None = None,
    detail: str = "",
    where: str = "",
    command: str = "",
) -> Finding:
    """Return a finding in words; `message` is the right one where there is one."""
    vi, en, repair = _SAID[kind]
    last = first if last is None else last
    if first is not None:
        where = f"{first:,}" if first == last else f"{first:,}-{last:,}"
    witness_vi, witness_en = (
        text.format(size=judged.size) if judged else "" for text in _WITNESSES[judged.witness if judged else "none"]
    )
    return Finding(
        kind,
        vi.format(where=where, detail=detail, witness=witness_vi),
        en.format(where=where, detail=detail, witness=witness_en),
        repair.format(command=command),
        first,
        last,
        message.subject if message else None,
        tuple(named(message)) if message else (),
        detail,
    )


def named(message: Message) -> Iterable[Named]:
    """Return the events of a message; none when it cannot be read as events."""
    try:
        envelopes = json.loads(message.payload)
    except ValueError:
        return
    for envelope in envelopes if isinstance(envelopes, list) else ():
        if isinstance(envelope, dict):
            yield Named(*(str(envelope.get(name, "?")) for name in ("type", "time", "id")))
