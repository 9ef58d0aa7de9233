"""The words of audit: signed checkpoints, trails and who read them, proofs, and what operators did to the log."""

from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import AwareDatetime, Field

from contracts.base import (
    Command,
    Event,
    Line,
    ListQuery,
    Message,
    OrganCode,
    Page,
    Paragraph,
    Query,
    Refusal,
    Role,
    Row,
    Sha256,
    Token,
)

# --- values ---------------------------------------------------------------------------------------------------------

Size: TypeAlias = Annotated[int, Field(ge=1)]
"""Messages of the log, from the first; the tree over them has as many leaves."""
Sequence: TypeAlias = Annotated[int, Field(ge=1, description="A message's place in the log, from 1.")]
Position: TypeAlias = Annotated[int, Field(ge=4096, description="An event's place: its sequence times 4096 and more.")]
Reason: TypeAlias = Annotated[Paragraph, Field(min_length=3, max_length=500)]
Term: TypeAlias = Annotated[Line, Field(max_length=200)]
Repaired: TypeAlias = Literal["log", "archive", "read-model", "restore"]
"""What an operator put right: the log from the archive, the archive from the log, a read model, or all of a backup."""

SERVICE: frozenset[Role] = frozenset({"service"})
ADMINISTRATOR: frozenset[Role] = frozenset({"administrator"})
AUDITOR: frozenset[Role] = frozenset({"auditor", "leader"})

# --- commands -------------------------------------------------------------------------------------------------------


class SignCheckpoint(Command):
    """Record that the log's first messages have this Merkle root, signed."""

    allowed: ClassVar[frozenset[Role]] = SERVICE
    tree_size: Size
    root: Sha256
    note: Annotated[str, Field(max_length=2000, description="The checkpoint as a signed note (C2SP), to the byte.")]


class RecordReading(Command):
    """Record that somebody is about to read a trail or a proof."""

    allowed: ClassVar[frozenset[Role]] = SERVICE
    query: Term
    asked: dict[str, Any]


class SkipMessage(Command):
    """Record the decision that a follower passes over a message it cannot apply."""

    allowed: ClassVar[frozenset[Role]] = ADMINISTRATOR
    service: Token
    follower: Term
    sequence: Sequence
    reason: Reason


class ErasePerson(Command):
    """Record that a person's key was destroyed, so that nobody can read who it was any more."""

    allowed: ClassVar[frozenset[Role]] = ADMINISTRATOR
    person: Token
    reason: Reason


class RecordRepair(Command):
    """Record what an operator put right, and between which sequences."""

    allowed: ClassVar[frozenset[Role]] = ADMINISTRATOR
    what: Repaired
    first: Sequence
    last: Sequence
    reason: Reason


# --- events ---------------------------------------------------------------------------------------------------------


class CheckpointSigned(Event):
    """The Merkle root of the log's first messages was signed."""

    tree_size: int
    root: str
    note: str


class TrailRead(Event):
    """Somebody read a trail or a proof; the event's actor is the reader."""

    query: str
    asked: dict[str, Any]


class MessageSkipped(Event):
    """An operator decided that a follower passes over a message it could not apply."""

    service: str
    follower: str
    sequence: int
    reason: str


class PersonErased(Event):
    """A person's key was destroyed; what was sealed with it can never be read again."""

    person: str
    reason: str


class LogRepaired(Event):
    """An operator put the log, the archive or a read model right."""

    what: Repaired
    first: int
    last: int
    reason: str


# --- questions ------------------------------------------------------------------------------------------------------


class Change(Message):
    """A field of a record before and after an event, with its name for people.

    `before` is what was recorded of the field last; null where nothing was, and where it says something of the event
    itself, such as its reason.
    """

    field: str
    vi: str
    en: str
    before: Any = None
    after: Any = None


class TrailRow(Row):
    """One thing that happened: what, to which record, when, by whom, because of which command, and what it changed.

    `facts` are the event's fields as they stand in the log, `changes` those of them that became another value.
    """

    position: int
    sequence: Annotated[int, Field(description="The message's place in the log.")]
    place: Annotated[int, Field(description="The event's place in the message.")]
    time: Annotated[AwareDatetime, Field(description="When it was recorded.")]
    service: str
    aggregate: str
    id: str
    type: str
    vi: str
    en: str
    actor: str
    boards: Annotated[tuple[str, ...], Field(description="Every board and organ the event names.")] = ()
    event_id: str
    command_id: str
    correlation_id: str
    causation_id: str | None = None
    facts: dict[str, Any]
    changes: tuple[Change, ...] = ()


class ListTrail(ListQuery):
    """Everything that happened: to a record or a person, by an actor, of a board, in a period, from one request.

    Reading it is itself recorded.
    """

    allowed: ClassVar[frozenset[Role]] = AUDITOR
    answer = Page[TrailRow]

    limit: Annotated[int, Field(ge=1, le=500, description="Rows on a page; large ones make a page end earlier.")] = 50
    about: Annotated[Term | None, Field(description="The id of a record or a person, wherever it is named.")] = None
    service: Token | None = None
    aggregate: Term | None = None
    type: Annotated[Term | None, Field(description="Such as documents.IncomingRegistered.")] = None
    actor: Term | None = None
    board: OrganCode | None = None
    since: Annotated[AwareDatetime | None, Field(description="Recorded at this moment or later.")] = None
    until: Annotated[AwareDatetime | None, Field(description="Recorded before this moment.")] = None
    correlation_id: Term | None = None
    command_id: Term | None = None


class Effect(Message):
    """An event, and the commands it led to."""

    event: TrailRow
    led_to: tuple["Cause", ...] = ()


class Cause(Message):
    """A command that took effect, and its events."""

    command_id: str
    actor: str
    time: AwareDatetime
    events: tuple[Effect, ...]


class Causes(Message):
    """The tree of causes of one request: commands in the order they took effect."""

    correlation_id: str
    commands: tuple[Cause, ...]


class GetCauses(Query):
    """What led to what: all commands and events of one request, as a tree. Reading it is itself recorded."""

    allowed: ClassVar[frozenset[Role]] = AUDITOR
    answer = Causes

    correlation_id: Term


class EvidenceFile(Message):
    """An evidence file: the message, its proof and the signed checkpoint, to be checked without the office."""

    name: str
    content: Annotated[str, Field(description="The file's text, JSON in UTF-8; save it as it is.")]


class GetEvidence(Query):
    """The evidence that a message of the log is as it was recorded. Reading it is itself recorded."""

    allowed: ClassVar[frozenset[Role]] = AUDITOR
    answer = EvidenceFile

    sequence: Sequence
    place: Annotated[int | None, Field(ge=0, le=4095, description="Which event of the message; all if left out.")] = (
        None
    )


class Consistency(Message):
    """The proof that the log's first messages are the same in two checkpoints; hashes in hexadecimal."""

    first: int
    second: int
    path: tuple[str, ...]
    note: Annotated[str, Field(description="The signed checkpoint of `second`.")]


class GetConsistency(Query):
    """The proof that nothing was rewritten between a checkpoint somebody kept and the latest one."""

    allowed: ClassVar[frozenset[Role]] = AUDITOR
    answer = Consistency

    first: Annotated[Size, Field(description="The tree size of the checkpoint that was kept.")]


class CheckpointRow(Row):
    """A signed checkpoint of the log."""

    tree_size: int
    root: str
    note: str
    signed_at: AwareDatetime


class ListCheckpoints(ListQuery):
    """The signed checkpoints of the log, to be kept by somebody else."""

    answer = Page[CheckpointRow]
    allowed: ClassVar[frozenset[Role]] = frozenset({"auditor", "leader", "administrator"})

    tree_size: Annotated[int | None, Field(ge=1, description="Only the checkpoints of at least this size.")] = None


# --- refusals -------------------------------------------------------------------------------------------------------

LOG_CONTRADICTS = Refusal(
    "log-contradicts-checkpoint",
    "Điểm kiểm tra {tree_size} không nối tiếp điểm đã ký {signed_size}; đề nghị chạy motmoi verify.",
    "Checkpoint {tree_size} does not continue the one signed at {signed_size}; run motmoi verify.",
)
NOT_YET_SIGNED = Refusal(
    "not-yet-signed",
    "Bản ghi {sequence} chưa thuộc điểm kiểm tra nào đã ký (mới ký đến {signed_size}); đề nghị thử lại sau ít phút.",
    "Message {sequence} is in no signed checkpoint yet (signed up to {signed_size}); try again in a minute.",
)
NO_SUCH_MESSAGE = Refusal(
    "no-such-message",
    "Nhật ký không có bản ghi {sequence}; đề nghị kiểm tra lại số thứ tự.",
    "The log has no message {sequence}; check the sequence.",
)
NO_SUCH_EVENT = Refusal(
    "no-such-event",
    "Bản ghi {sequence} không có sự kiện thứ {place}; các sự kiện đánh số từ 0.",
    "Message {sequence} has no event {place}; they are counted from 0.",
)
NOT_PROVABLE = Refusal(
    "archive-not-provable",
    "Bản lưu của bản ghi {sequence} không khớp điểm kiểm tra đã ký; đề nghị quản trị viên chạy motmoi verify.",
    "The archived message {sequence} does not match the signed checkpoint; have an operator run motmoi verify.",
)
NOT_SIGNED_AT = Refusal(
    "no-such-checkpoint",
    "Nhật ký mới ký đến {signed_size}, chưa đến {first}; đề nghị kiểm tra lại điểm kiểm tra đang giữ.",
    "The log is signed up to {signed_size}, not up to {first}; check the checkpoint you kept.",
)
ARCHIVE_DIFFERS = Refusal(
    "archive-differs",
    "Bản lưu của bản ghi {sequence} bị thiếu hoặc khác với vết đã lập; đề nghị quản trị viên chạy motmoi verify.",
    "The archive lacks message {sequence} or holds another than the trail has; have an operator run motmoi verify.",
)
REQUEST_UNKNOWN = Refusal(
    "request-unknown",
    "Nhật ký không có sự kiện nào của yêu cầu {correlation_id}; đề nghị kiểm tra lại mã yêu cầu.",
    "The log has no event of request {correlation_id}; check the correlation id.",
)
REQUEST_TOO_LARGE = Refusal(
    "request-too-large",
    "Yêu cầu {correlation_id} gây ra quá nhiều sự kiện cho một lần trả lời; "
    "đề nghị xem từng trang bằng vết hoạt động theo mã yêu cầu.",
    "Request {correlation_id} led to more events than one answer holds; "
    "read them page by page as the trail of the request.",
)

COMMANDS: tuple[type[Command], ...] = (SignCheckpoint, RecordReading, SkipMessage, ErasePerson, RecordRepair)
EVENTS: tuple[type[Event], ...] = (CheckpointSigned, TrailRead, MessageSkipped, PersonErased, LogRepaired)
QUERIES: tuple[type[Query], ...] = (ListTrail, GetCauses, GetEvidence, GetConsistency, ListCheckpoints)
