"""The words of the documents desk: registers, directions, deadlines; what is said, recorded, asked and refused."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal, TypeAlias
from uuid import UUID

from pydantic import Field, StringConstraints

from contracts.base import (
    Command,
    Day,
    Event,
    Instant,
    Line,
    ListQuery,
    Message,
    Notice,
    OrganCode,
    Page,
    Paragraph,
    Query,
    Refusal,
    Role,
    Row,
    Sha256,
    Token,
    column,
)

# --- values ---------------------------------------------------------------------------------------------------------

System: TypeAlias = Literal["party", "state"]
"""Whose rules number a document: the Party's (per type and committee term) or the State's (per year)."""
Urgency: TypeAlias = Literal["normal", "urgent", "very_urgent", "express", "express_timed"]
"""Thường, Khẩn, Thượng khẩn, Hỏa tốc, Hỏa tốc hẹn giờ."""
Secrecy: TypeAlias = Literal["none", "confidential", "secret", "top_secret"]
"""Không mật, Mật, Tối mật, Tuyệt mật; anything but `none` is refused (Luật 117/2025/QH15)."""
Channel: TypeAlias = Literal["paper", "electronic", "email", "internal"]
IncomingStatus: TypeAlias = Literal["registered", "directed", "handed_back", "completed", "cancelled"]
OutgoingStatus: TypeAlias = Literal["registered", "dispatched", "recalled", "cancelled"]
DeadlineState: TypeAlias = Literal["none", "running", "approaching", "overdue", "met", "met_late"]
Term: TypeAlias = Annotated[str, StringConstraints(pattern=r"^(19|20)\d{2}-(19|20)\d{2}$")]
"""A committee term, such as 2025-2030."""
Year: TypeAlias = Annotated[int, Field(ge=1930, le=2100)]
Number: TypeAlias = Annotated[int, Field(ge=1, le=9_999_999)]
TypeCode: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-ZĐ][A-Za-zĐđ]{0,7}$")]
"""The letters of a document type, such as NQ, QĐ, CTr or CV."""
RegisterName: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
"""Which of an organ's books; short enough for the book's own id to be a token."""
ShortLine: TypeAlias = Annotated[Line, Field(max_length=100)]
Name: TypeAlias = Annotated[Line, Field(max_length=200)]
Summary: TypeAlias = Annotated[Line, Field(max_length=500)]
Note: TypeAlias = Annotated[Paragraph, Field(max_length=500)]
Reason: TypeAlias = Annotated[Paragraph, Field(min_length=3, max_length=500)]
Opinion: TypeAlias = Annotated[Paragraph, Field(max_length=2000)]
DocumentId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Boards: TypeAlias = Annotated[tuple[OrganCode, ...], Field(max_length=30)]

CLERK: frozenset[Role] = frozenset({"clerk"})
LEADER: frozenset[Role] = frozenset({"leader", "clerk"})
BOARD: frozenset[Role] = frozenset({"board", "clerk", "leader"})
ADMINISTRATOR: frozenset[Role] = frozenset({"administrator"})
SERVICE: frozenset[Role] = frozenset({"service"})


class FileReference(Message):
    """A file that came with a document, known by its digest; its bytes are kept elsewhere."""

    name: Name
    sha256: Sha256
    size_bytes: Annotated[int, Field(ge=0, le=10_000_000_000)]


class Signer(Message):
    """Who signed, with the position printed above the name."""

    name: Annotated[Line, Field(max_length=50)]
    position: ShortLine | None = None


class Evidence(Message):
    """What proves that a document was dealt with: the issued reply, or a short account of what was done."""

    reply_notation: Annotated[Line, Field(max_length=50)] | None = None
    reply_issued_on: Day | None = None
    account: Note | None = None


class DocumentCommand(Command):
    """A wish about one registered document."""

    document_id: DocumentId


# --- commands: register books ---------------------------------------------------------------------------------------


class OpenRegisterBook(Command):
    """Open a book at a number of its own, for an office that continues a register begun elsewhere."""

    allowed: ClassVar[frozenset[Role]] = ADMINISTRATOR

    organ: OrganCode
    direction: Literal["incoming", "outgoing"]
    system: System | None = None
    type_code: TypeCode | None = None
    term: Term | None = None
    year: Year | None = None
    register_name: RegisterName = "chung"
    first_number: Number = 1


class CloseRegisterBook(Command):
    """Close a book at the end of its year or term; no number is given after it."""

    allowed: ClassVar[frozenset[Role]] = ADMINISTRATOR

    book_id: Token


# --- commands: incoming ---------------------------------------------------------------------------------------------


class RegisterIncoming(Command):
    """Enter a document that arrived into the organ's book of the year, under the next number."""

    allowed: ClassVar[frozenset[Role]] = CLERK

    organ: Annotated[OrganCode, Field(description="The organ whose register it is.")]
    register_name: Annotated[RegisterName, Field(description="Which of the organ's books, where it keeps several.")] = (
        "chung"
    )
    arrived_on: Annotated[Day | None, Field(description="Today when left out.")] = None
    number_notation: Annotated[Line, Field(max_length=50)] | None = None
    document_type: ShortLine
    summary: Summary
    issuer: Name
    issued_on: Day
    urgency: Urgency = "normal"
    due_at: Annotated[Instant | None, Field(description="The hour of a timed express document.")] = None
    respond_by: Annotated[Day | None, Field(description="The deadline the document itself gives.")] = None
    secrecy: Secrecy = "none"
    received_via: Channel = "paper"
    recipient: Annotated[Name | None, Field(description="Unit or person it is addressed to.")] = None
    page_count: Annotated[int | None, Field(ge=1, le=99_999)] = None
    copy_count: Annotated[int | None, Field(ge=1, le=9_999)] = None
    files: Annotated[tuple[FileReference, ...], Field(max_length=50)] = ()
    note: Note | None = None
    on_duplicate: Annotated[
        Literal["warn", "refuse"], Field(description="What to do when the same document is already registered.")
    ] = "warn"


class CancelIncomingNumber(DocumentCommand):
    """Strike an entry out of the incoming register; its number stays, with the reason, and is never used again."""

    allowed: ClassVar[frozenset[Role]] = CLERK

    reason: Reason


class DirectDocument(DocumentCommand):
    """Write the leader's direction (bút phê): which board leads, which support, what to do and by when."""

    allowed: ClassVar[frozenset[Role]] = LEADER

    lead_board: OrganCode
    supporting_boards: Boards = ()
    opinion: Opinion | None = None
    deadline: Annotated[Day | None, Field(description="By the urgency's rule when left out.")] = None
    directed_by: Annotated[
        Name | None, Field(description="The leader whose hand it is; the speaker when left out.")
    ] = None


class AcknowledgeReceipt(DocumentCommand):
    """Sign for a document that was handed over (ký nhận)."""

    allowed: ClassVar[frozenset[Role]] = BOARD

    received_by: Name


class HandBackDocument(DocumentCommand):
    """Give a document back to the office, saying why the board is not the right one."""

    allowed: ClassVar[frozenset[Role]] = BOARD

    reason: Reason


class ForwardDocument(DocumentCommand):
    """Pass a document on to another board; the deadline stays as it was."""

    allowed: ClassVar[frozenset[Role]] = BOARD

    to_board: OrganCode
    reason: Reason | None = None


class CompleteDocument(DocumentCommand):
    """Close a document with the evidence of what was done."""

    allowed: ClassVar[frozenset[Role]] = BOARD

    evidence: Evidence


class RecallDirection(DocumentCommand):
    """Take a direction back; the document waits for a new one."""

    allowed: ClassVar[frozenset[Role]] = LEADER

    reason: Reason


class MarkDeadlineApproaching(DocumentCommand):
    """Say that a deadline is near; sent by a timer."""

    allowed: ClassVar[frozenset[Role]] = SERVICE

    deadline: Day


class MarkDeadlineMissed(DocumentCommand):
    """Say that a deadline has passed; sent by a timer."""

    allowed: ClassVar[frozenset[Role]] = SERVICE

    deadline: Day


class ReleaseOriginal(Command):
    """Forget that a struck-out entry bore this fingerprint; sent by a policy."""

    allowed: ClassVar[frozenset[Role]] = SERVICE

    fingerprint: Token
    document_id: DocumentId


# --- commands: outgoing ---------------------------------------------------------------------------------------------


class RegisterOutgoing(Command):
    """Give a signed document its number in the series of its type, and enter it into the outgoing register."""

    allowed: ClassVar[frozenset[Role]] = CLERK

    organ: Annotated[OrganCode, Field(description="The issuing organ, as printed in the notation.")]
    system: System
    type_code: TypeCode
    drafting_unit: Annotated[OrganCode | None, Field(description="Printed in a state công văn: 05/UBND-VX.")] = None
    term: Annotated[Term | None, Field(description="Committee term; needed for Party documents.")] = None
    issued_on: Annotated[Day | None, Field(description="Today when left out.")] = None
    summary: Summary
    signer: Signer
    recipients: Annotated[tuple[Name, ...], Field(min_length=1, max_length=200)]
    copy_holder: Annotated[Name | None, Field(description="Unit or person who keeps the archive copy.")] = None
    copy_count: Annotated[int | None, Field(ge=1, le=99_999)] = None
    page_count: Annotated[int | None, Field(ge=1, le=99_999)] = None
    urgency: Urgency = "normal"
    secrecy: Secrecy = "none"
    answers: Annotated[DocumentId | None, Field(description="The incoming document it replies to.")] = None
    files: Annotated[tuple[FileReference, ...], Field(max_length=50)] = ()
    note: Note | None = None


class CancelOutgoingNumber(DocumentCommand):
    """Void an outgoing number that was not used; it stays in the register with the reason and is never given again."""

    allowed: ClassVar[frozenset[Role]] = CLERK

    reason: Reason


class RecordDispatch(DocumentCommand):
    """Enter the day an outgoing document left the office, and who signed for it."""

    allowed: ClassVar[frozenset[Role]] = CLERK

    dispatched_on: Day | None = None
    received_by: Name | None = None


class RecallOutgoing(DocumentCommand):
    """Recall an outgoing document; it is frozen from then on (Nghị định 30/2020/NĐ-CP, Phụ lục VI)."""

    allowed: ClassVar[frozenset[Role]] = frozenset({"leader"})

    reason: Reason


# --- events ---------------------------------------------------------------------------------------------------------


class RegisterBookOpened(Event):
    """A register book was opened."""

    organ: str
    direction: Literal["incoming", "outgoing"]
    system: System | None = None
    type_code: str | None = None
    term: str | None = None
    year: int | None = None
    register_name: str
    first_number: int


class NumberAssigned(Event):
    """The book's next number went to a document."""

    number: int
    document_id: str


class RegisterBookClosed(Event):
    """A register book was closed."""

    closed_on: date
    last_number: int


class Earlier(Message):
    """An earlier entry of what looks like the same document."""

    document_id: str
    book_id: str
    number: int


class IncomingRegistered(Event):
    """A document that arrived was entered into a register."""

    book_id: str
    organ: str
    register_name: str
    year: int
    number: int
    arrived_on: date
    number_notation: str | None = None
    notation_key: str | None = None
    document_type: str
    summary: str
    issuer: str
    issued_on: date
    urgency: Urgency
    due_at: datetime | None = None
    respond_by: date | None = None
    received_via: Channel
    recipient: str | None = None
    page_count: int | None = None
    copy_count: int | None = None
    files: tuple[FileReference, ...] = ()
    note: str | None = None
    forward_by: date | None = None
    fingerprints: tuple[str, ...] = ()
    possible_duplicates: tuple[Earlier, ...] = ()

    def notices(self) -> tuple[Notice, ...]:
        """Return a warning for every earlier entry of the same document."""
        return tuple(
            Notice(
                code="possible-duplicate",
                vi=f"Văn bản này có thể đã được đăng ký với số đến {earlier.number} trong sổ {earlier.book_id}; "
                "nếu trùng, đề nghị hủy một trong hai số và nêu rõ lý do.",
                en=f"This document may already be registered as number {earlier.number} in book {earlier.book_id}; "
                "if it is the same, cancel one of the two numbers and give the reason.",
            )
            for earlier in self.possible_duplicates
        )


class IncomingNumberCancelled(Event):
    """An entry of the incoming register was struck out; its number stays."""

    reason: str
    cancelled_on: date
    fingerprints: tuple[str, ...] = ()


class DocumentDirected(Event):
    """A leader's direction was written: who leads, who supports, what and by when."""

    lead_board: str
    supporting_boards: tuple[str, ...] = ()
    opinion: str | None = None
    directed_by: str
    directed_on: date
    deadline: date
    deadline_basis: str
    remind_at: datetime
    overdue_at: datetime


class ReceiptAcknowledged(Event):
    """A board signed for the document."""

    board: str
    received_by: str
    received_on: date


class DocumentHandedBack(Event):
    """A board gave the document back to the office."""

    board: str
    reason: str


class DocumentForwarded(Event):
    """A board passed the document on to another; the deadline stayed."""

    from_board: str
    to_board: str
    reason: str | None = None
    forwarded_on: date


class DirectionRecalled(Event):
    """A direction was taken back."""

    reason: str


class DeadlineApproached(Event):
    """The deadline came near with the document still open."""

    deadline: date


class DeadlineMissed(Event):
    """The deadline passed with the document still open."""

    deadline: date


class DocumentCompleted(Event):
    """The document was dealt with, and there is evidence of it."""

    board: str
    evidence: Evidence
    completed_on: date
    late: bool


class OutgoingRegistered(Event):
    """A signed document got its number and was entered into the outgoing register."""

    book_id: str
    organ: str
    system: System
    type_code: str
    type_name: str
    term: str | None = None
    year: int | None = None
    number: int
    notation: str
    issued_on: date
    summary: str
    signer: Signer
    recipients: tuple[str, ...]
    copy_holder: str | None = None
    copy_count: int | None = None
    page_count: int | None = None
    urgency: Urgency
    answers: str | None = None
    files: tuple[FileReference, ...] = ()
    note: str | None = None
    dispatch_by: date | None = None


class OutgoingNumberCancelled(Event):
    """An outgoing number was voided; it stays in the register."""

    reason: str
    cancelled_on: date


class DispatchRecorded(Event):
    """An outgoing document left the office."""

    dispatched_on: date
    received_by: str | None = None


class OutgoingRecalled(Event):
    """An outgoing document was recalled and frozen."""

    reason: str
    recalled_on: date


class OriginalSeen(Event):
    """A document with this fingerprint was registered."""

    document_id: str
    book_id: str
    number: int


class OriginalReleased(Event):
    """The entry with this fingerprint was struck out, so it is no duplicate any more."""

    document_id: str


# --- rows -----------------------------------------------------------------------------------------------------------


class IncomingRegisterRow(Row):
    """An entry of the incoming register: the ten legal columns (Nghị định 30/2020/NĐ-CP, Phụ lục IV) and its state."""

    arrived_on: Annotated[date, column(1, "Ngày đến")]
    number: Annotated[int, column(2, "Số đến")]
    issuer: Annotated[str, column(3, "Tác giả")]
    number_notation: Annotated[str | None, column(4, "Số, ký hiệu")]
    issued_on: Annotated[date, column(5, "Ngày tháng văn bản")]
    document_type: Annotated[str, column(6, "Tên loại và trích yếu nội dung")]
    summary: Annotated[str, column(6, "Tên loại và trích yếu nội dung")]
    holder: Annotated[str | None, column(7, "Đơn vị hoặc người nhận")]
    handed_over_on: Annotated[date | None, column(8, "Ngày chuyển")]
    received_by: Annotated[str | None, column(9, "Ký nhận")]
    remarks: Annotated[str | None, column(10, "Ghi chú")]
    document_id: str
    book_id: str
    organ: str
    year: int
    urgency: Urgency
    status: IncomingStatus
    lead_board: str | None
    supporting_boards: tuple[str, ...]
    opinion: str | None
    deadline: date | None
    deadline_state: DeadlineState
    duplicate_count: int
    cancelled_reason: str | None


class HandlingRegisterRow(Row):
    """An entry of the register of how incoming documents are dealt with: the seven legal columns and its state."""

    number: Annotated[int, column(1, "Số đến")]
    description: Annotated[str, column(2, "Tên loại, số, ký hiệu, ngày tháng và tác giả văn bản")]
    holder: Annotated[str | None, column(3, "Đơn vị hoặc người nhận")]
    deadline: Annotated[date | None, column(4, "Thời hạn giải quyết")]
    progress: Annotated[str, column(5, "Tiến độ giải quyết")]
    reply_notation: Annotated[str | None, column(6, "Số, ký hiệu văn bản trả lời")]
    remarks: Annotated[str | None, column(7, "Ghi chú")]
    document_id: str
    book_id: str
    lead_board: str | None
    status: IncomingStatus
    deadline_state: DeadlineState
    hand_back_count: int
    direction_count: int


class OutgoingRegisterRow(Row):
    """An entry of the outgoing register: the ten legal columns (Nghị định 30/2020/NĐ-CP, Phụ lục IV) and its state."""

    notation: Annotated[str, column(1, "Số, ký hiệu văn bản")]
    issued_on: Annotated[date, column(2, "Ngày tháng văn bản")]
    type_name: Annotated[str, column(3, "Tên loại và trích yếu nội dung văn bản")]
    summary: Annotated[str, column(3, "Tên loại và trích yếu nội dung văn bản")]
    signer_name: Annotated[str, column(4, "Người ký")]
    recipients: Annotated[str, column(5, "Nơi nhận văn bản")]
    copy_holder: Annotated[str | None, column(6, "Đơn vị, người nhận bản lưu")]
    copy_count: Annotated[int | None, column(7, "Số lượng bản")]
    dispatched_on: Annotated[date | None, column(8, "Ngày chuyển")]
    received_by: Annotated[str | None, column(9, "Ký nhận")]
    remarks: Annotated[str | None, column(10, "Ghi chú")]
    document_id: str
    book_id: str
    organ: str
    system: System
    type_code: str
    term: str | None
    year: int | None
    number: int
    urgency: Urgency
    status: OutgoingStatus
    cancelled_reason: str | None


class RegisterBookRow(Row):
    """A register book with the proof that its numbers have no hole: last - first + 1 equals entries."""

    book_id: Annotated[str, column(1, "Mã sổ")]
    organ: Annotated[str, column(2, "Cơ quan")]
    direction: Annotated[Literal["incoming", "outgoing"], column(3, "Loại sổ")]
    type_code: Annotated[str | None, column(4, "Tên loại")]
    period: Annotated[str, column(5, "Năm hoặc nhiệm kỳ")]
    first_number: Annotated[int, column(6, "Số đầu")]
    last_number: Annotated[int, column(7, "Số cuối")]
    entries: Annotated[int, column(8, "Số văn bản")]
    closed_on: Annotated[date | None, column(9, "Ngày khóa sổ")]
    gapless: bool


class DocumentView(Row):
    """One incoming or outgoing document with all that its registers know of it."""

    incoming: IncomingRegisterRow | None = None
    handling: HandlingRegisterRow | None = None
    outgoing: OutgoingRegisterRow | None = None


# --- queries --------------------------------------------------------------------------------------------------------

SearchText: TypeAlias = Annotated[
    str | None, Field(max_length=200, description="Words to find; accents and spelling variants do not matter.")
]


class ListIncomingRegister(ListQuery):
    """The incoming register in its legal columns: filtered, searched, sorted, page by page."""

    answer = Page[IncomingRegisterRow]

    book_id: Token | None = None
    organ: OrganCode | None = None
    year: Year | None = None
    number: Number | None = None
    text: SearchText = None
    issuer: Annotated[str | None, Field(max_length=200)] = None
    number_notation: Annotated[str | None, Field(max_length=50)] = None
    board: OrganCode | None = None
    status: IncomingStatus | None = None
    urgency: Urgency | None = None
    deadline_state: DeadlineState | None = None
    arrived_from: Day | None = None
    arrived_to: Day | None = None
    duplicates_only: bool = False
    sort: Literal["number", "arrived_on", "issued_on", "deadline", "issuer"] = "number"


class ListHandlingRegister(ListQuery):
    """The register of how incoming documents are dealt with: who holds what, until when, and what came of it."""

    answer = Page[HandlingRegisterRow]

    book_id: Token | None = None
    board: OrganCode | None = None
    status: IncomingStatus | None = None
    deadline_state: DeadlineState | None = None
    deadline_from: Day | None = None
    deadline_to: Day | None = None
    sort: Literal["number", "deadline"] = "number"


class ListOutgoingRegister(ListQuery):
    """The outgoing register in its legal columns: filtered, searched, sorted, page by page."""

    answer = Page[OutgoingRegisterRow]

    book_id: Token | None = None
    organ: OrganCode | None = None
    system: System | None = None
    type_code: TypeCode | None = None
    term: Term | None = None
    year: Year | None = None
    number: Number | None = None
    text: SearchText = None
    status: OutgoingStatus | None = None
    issued_from: Day | None = None
    issued_to: Day | None = None
    sort: Literal["number", "issued_on", "notation"] = "number"


class ListRegisterBooks(ListQuery):
    """The register books with their first and last numbers, and whether any number is missing."""

    answer = Page[RegisterBookRow]

    organ: OrganCode | None = None
    direction: Literal["incoming", "outgoing"] | None = None
    sort: Literal["book_id"] = "book_id"


class FindPossibleDuplicates(ListQuery):
    """An organ's earlier entries with the same number, issuer and date, or the same file; asked before registering."""

    answer = Page[IncomingRegisterRow]

    organ: OrganCode
    number_notation: Annotated[str | None, Field(max_length=50)] = None
    issuer: Annotated[str | None, Field(max_length=200)] = None
    issued_on: Day | None = None
    sha256: Sha256 | None = None
    sort: Literal["number"] = "number"


class GetDocument(Query):
    """One document with all that the registers know of it."""

    answer = DocumentView

    document_id: DocumentId


# --- refusals -------------------------------------------------------------------------------------------------------

_SECRETS_LAW = "Luật Bảo vệ bí mật nhà nước số 117/2025/QH15 (hiệu lực từ 01/3/2026)"

SECRET_CONTENT = Refusal(
    "secret-content",
    "Không được nhập văn bản mật hoặc trích yếu của văn bản mật vào hệ thống có kết nối mạng ({marking}); "
    "đề nghị đăng ký tại sổ văn bản mật riêng theo quy định.",
    "State secrets and their summaries must not be entered into a networked system ({marking}); "
    "register the document in the separate register for secret documents.",
    _SECRETS_LAW,
)
DATE_IN_FUTURE = Refusal(
    "date-in-future",
    "Ngày {day} ở tương lai (hôm nay là {today}); đề nghị kiểm tra lại.",
    "{day} is in the future (today is {today}); check the date.",
)
ISSUED_AFTER_ARRIVAL = Refusal(
    "issued-after-arrival",
    "Ngày ban hành {issued_on} sau ngày đến {arrived_on}; đề nghị kiểm tra lại hai ngày này.",
    "The date of issue {issued_on} is after the date of arrival {arrived_on}; check both dates.",
)
ALREADY_REGISTERED = Refusal(
    "already-registered",
    "Văn bản đã được đăng ký với số đến {number} trong sổ {book_id}; "
    "không đăng ký lại, hoặc gửi lại với on_duplicate = warn nếu đúng là văn bản khác.",
    "The document is already registered as number {number} in book {book_id}; "
    "do not register it again, or send on_duplicate = warn if it really is another document.",
)
BOOK_CLOSED = Refusal(
    "book-closed",
    "Sổ {book_id} đã khóa ngày {closed_on}; đề nghị đăng ký vào sổ của năm hoặc nhiệm kỳ hiện hành.",
    "Book {book_id} was closed on {closed_on}; register in the book of the current year or term.",
)
BOOK_ALREADY_OPEN = Refusal(
    "book-already-open",
    "Sổ {book_id} đã được mở; không thể mở lại.",
    "Book {book_id} is already open; it cannot be opened again.",
)
BOOK_UNKNOWN = Refusal(
    "book-unknown",
    "Không có sổ {book_id}; đề nghị xem danh sách sổ đăng ký.",
    "There is no book {book_id}; see the list of register books.",
)
BOOK_FULL = Refusal(
    "book-full",
    "Sổ {book_id} đã dùng hết số; đề nghị mở sổ mới.",
    "Book {book_id} has used all its numbers; open another book.",
)
BOOK_OF_ANOTHER = Refusal(
    "book-of-another",
    "Mã sổ {book_id} đã thuộc sổ của {organ}; đề nghị dùng ký hiệu cơ quan hoặc tên sổ khác hẳn.",
    "The book id {book_id} already belongs to a book of {organ}; use a clearly different organ code or register name.",
)
BOOK_PERIOD = Refusal(
    "book-period",
    "Cần đúng một trong hai: năm (văn bản nhà nước, sổ đến) hoặc nhiệm kỳ (văn bản của Đảng).",
    "Exactly one is needed: the year (state documents, incoming books) or the committee term (Party documents).",
)
TERM_NEEDED = Refusal(
    "term-needed",
    "Văn bản của Đảng đánh số theo nhiệm kỳ; đề nghị ghi nhiệm kỳ, ví dụ 2025-2030.",
    "Party documents are numbered per committee term; give the term, such as 2025-2030.",
)
TERM_OUT_OF_RANGE = Refusal(
    "term-out-of-range",
    "Ngày ban hành {issued_on} không thuộc nhiệm kỳ {term}; đề nghị kiểm tra lại.",
    "The date of issue {issued_on} is not within the term {term}; check both.",
)
TYPE_UNKNOWN = Refusal(
    "document-type-unknown",
    "Không có thể loại văn bản {type_code} trong hệ thống {system} vào ngày {day}; đề nghị xem bảng thể loại.",
    "There is no document type {type_code} in the {system} system on {day}; see the table of types.",
)
DUE_HOUR_NEEDED = Refusal(
    "due-hour-needed",
    "Văn bản hỏa tốc hẹn giờ phải có giờ hẹn (due_at); các mức khẩn khác không ghi giờ hẹn.",
    "A timed express document needs its hour (due_at); other levels of urgency have none.",
)
DOCUMENT_UNKNOWN = Refusal(
    "document-unknown",
    "Không có văn bản với mã {document_id}; đề nghị kiểm tra lại mã trong sổ đăng ký.",
    "There is no document {document_id}; check the identifier in the register.",
)
DOCUMENT_CANCELLED = Refusal(
    "document-cancelled",
    "Số {number} đã bị hủy (lý do: {reason}); không thể xử lý tiếp.",
    "Number {number} was cancelled (reason: {reason}); nothing more can be done with it.",
)
DOCUMENT_COMPLETED = Refusal(
    "document-completed",
    "Văn bản số {number} đã giải quyết xong ngày {day}; không thể thay đổi.",
    "Document number {number} was completed on {day}; it cannot be changed.",
)
DOCUMENT_NOT_DIRECTED = Refusal(
    "document-not-directed",
    "Văn bản số {number} chưa có ý kiến chỉ đạo; đề nghị trình lãnh đạo trước.",
    "Document number {number} has no direction yet; submit it to the leader first.",
)
NOT_YOUR_BOARD = Refusal(
    "not-your-board",
    "Văn bản số {number} đang do {board} chủ trì; chỉ ban này hoặc văn thư được thực hiện.",
    "Document number {number} is led by {board}; only that board or a clerk may do this.",
)
ALREADY_LEADS = Refusal(
    "board-already-leads",
    "{board} đang chủ trì văn bản này; đề nghị chọn ban khác.",
    "{board} already leads this document; choose another board.",
)
LEAD_ALSO_SUPPORTS = Refusal(
    "lead-also-supports",
    "{board} vừa chủ trì vừa phối hợp, hoặc được ghi hai lần; đề nghị ghi mỗi ban một lần.",
    "{board} both leads and supports, or is named twice; name each board once.",
)
DEADLINE_PASSED = Refusal(
    "deadline-before-direction",
    "Thời hạn {deadline} trước ngày chỉ đạo {today}; đề nghị ghi thời hạn từ hôm nay trở đi.",
    "The deadline {deadline} is before the direction's day {today}; give a deadline from today on.",
)
CALENDAR_UNKNOWN = Refusal(
    "calendar-unknown",
    "Chưa có lịch nghỉ hoặc quy định thời hạn cho ngày {day}; đề nghị quản trị viên bổ sung bảng quy định.",
    "No holidays or time limits are known for {day}; the administrator must add them to the tables of rules.",
)
EVIDENCE_NEEDED = Refusal(
    "evidence-needed",
    "Cần minh chứng: số, ký hiệu văn bản trả lời hoặc nội dung đã thực hiện.",
    "Evidence is needed: the notation of the reply, or an account of what was done.",
)
RECEIPT_ALREADY_SIGNED = Refusal(
    "receipt-already-signed",
    "Văn bản số {number} đã được {received_by} ký nhận.",
    "Document number {number} was already signed for by {received_by}.",
)
OUTGOING_FROZEN = Refusal(
    "outgoing-frozen",
    "Văn bản {notation} đã thu hồi ngày {day} và bị khóa; không thể thay đổi.",
    "Document {notation} was recalled on {day} and is frozen; it cannot be changed.",
    "Nghị định 30/2020/NĐ-CP, Điều 18 và Phụ lục VI",
)
OUTGOING_DISPATCHED = Refusal(
    "outgoing-dispatched",
    "Văn bản {notation} đã chuyển đi ngày {day}; không thể hủy số, chỉ có thể thu hồi.",
    "Document {notation} left on {day}; its number cannot be cancelled, only the document recalled.",
)
DISPATCHED_BEFORE_ISSUE = Refusal(
    "dispatched-before-issue",
    "Ngày chuyển {dispatched_on} trước ngày ban hành {issued_on}; đề nghị kiểm tra lại.",
    "The day of dispatch {dispatched_on} is before the day of issue {issued_on}; check it.",
)

# --- what this service says, records and answers ---------------------------------------------------------------------

COMMANDS: tuple[type[Command], ...] = (
    RegisterIncoming,
    CancelIncomingNumber,
    DirectDocument,
    AcknowledgeReceipt,
    HandBackDocument,
    ForwardDocument,
    CompleteDocument,
    RecallDirection,
    MarkDeadlineApproaching,
    MarkDeadlineMissed,
    ReleaseOriginal,
    RegisterOutgoing,
    CancelOutgoingNumber,
    RecordDispatch,
    RecallOutgoing,
    OpenRegisterBook,
    CloseRegisterBook,
)
EVENTS: tuple[type[Event], ...] = (
    RegisterBookOpened,
    NumberAssigned,
    RegisterBookClosed,
    IncomingRegistered,
    IncomingNumberCancelled,
    DocumentDirected,
    ReceiptAcknowledged,
    DocumentHandedBack,
    DocumentForwarded,
    DirectionRecalled,
    DeadlineApproached,
    DeadlineMissed,
    DocumentCompleted,
    OutgoingRegistered,
    OutgoingNumberCancelled,
    DispatchRecorded,
    OutgoingRecalled,
    OriginalSeen,
    OriginalReleased,
)
QUERIES: tuple[type[Query], ...] = (
    ListIncomingRegister,
    ListHandlingRegister,
    ListOutgoingRegister,
    ListRegisterBooks,
    FindPossibleDuplicates,
    GetDocument,
)


def document_id(command_id: UUID) -> str:
    """Return the id of the document that a registration with this command id creates."""
    return command_id.hex
