"""The office's words, Vietnamese and English, for every event, every field of one, every record and coded value."""

from collections.abc import Mapping
from typing import NamedTuple


class Title(NamedTuple):
    """What something is called, in both languages."""

    vi: str
    en: str


EVENTS: Mapping[str, Title] = {
    "documents.RegisterBookOpened": Title("Mở sổ đăng ký văn bản", "Register book opened"),
    "documents.NumberAssigned": Title("Cấp số trong sổ", "Number assigned"),
    "documents.RegisterBookClosed": Title("Khóa sổ đăng ký văn bản", "Register book closed"),
    "documents.IncomingRegistered": Title("Đăng ký văn bản đến", "Incoming document registered"),
    "documents.IncomingNumberCancelled": Title("Hủy số văn bản đến", "Incoming number cancelled"),
    "documents.DocumentDirected": Title("Lãnh đạo cho ý kiến chỉ đạo (bút phê)", "Leader's direction written"),
    "documents.ReceiptAcknowledged": Title("Ký nhận văn bản", "Receipt signed for"),
    "documents.DocumentHandedBack": Title("Trả lại văn bản", "Document handed back"),
    "documents.DocumentForwarded": Title("Chuyển tiếp văn bản", "Document forwarded"),
    "documents.DirectionRecalled": Title("Thu hồi ý kiến chỉ đạo", "Direction recalled"),
    "documents.DeadlineApproached": Title("Văn bản sắp đến hạn", "Deadline approached"),
    "documents.DeadlineMissed": Title("Văn bản quá hạn", "Deadline missed"),
    "documents.DocumentCompleted": Title("Giải quyết xong văn bản", "Document completed"),
    "documents.OutgoingRegistered": Title("Cấp số và đăng ký văn bản đi", "Outgoing document registered"),
    "documents.OutgoingNumberCancelled": Title("Hủy số văn bản đi", "Outgoing number cancelled"),
    "documents.DispatchRecorded": Title("Chuyển văn bản đi", "Outgoing document dispatched"),
    "documents.OutgoingRecalled": Title("Thu hồi văn bản đi", "Outgoing document recalled"),
    "documents.OriginalSeen": Title("Ghi dấu hiệu nhận biết bản gốc", "Original seen"),
    "documents.OriginalReleased": Title("Bỏ dấu hiệu nhận biết bản gốc", "Original released"),
    "audit.CheckpointSigned": Title("Ký điểm kiểm tra nhật ký", "Checkpoint of the log signed"),
    "audit.TrailRead": Title("Xem vết hoạt động hoặc bằng chứng", "Trail or proof read"),
    "audit.MessageSkipped": Title("Cho phép bỏ qua một bản ghi", "Message skipped"),
    "audit.PersonErased": Title("Xóa danh tính một người", "Person erased"),
    "audit.LogRepaired": Title("Khắc phục nhật ký", "Log repaired"),
}
"""Every event by its type in the log."""

RECORDS: Mapping[str, Title] = {
    "documents.incoming": Title("Văn bản đến", "Incoming document"),
    "documents.outgoing": Title("Văn bản đi", "Outgoing document"),
    "documents.book": Title("Sổ đăng ký", "Register book"),
    "documents.original": Title("Bản gốc", "Original"),
    "audit.checkpoint": Title("Điểm kiểm tra của tháng", "Checkpoints of a month"),
    "audit.reader": Title("Người tra cứu trong ngày", "A reader's day"),
    "audit.follower": Title("Bộ phận theo dõi nhật ký", "Follower of the log"),
    "audit.person": Title("Người", "Person"),
    "audit.repair": Title("Sổ khắc phục sự cố", "Repairs"),
}
"""Every kind of record by its service and its aggregate."""

FIELDS: Mapping[str, Title] = {
    "about": Title("Về hồ sơ hoặc người", "About a record or a person"),
    "account": Title("Nội dung đã thực hiện", "Account of what was done"),
    "actor": Title("Người thực hiện", "Actor"),
    "aggregate": Title("Loại hồ sơ", "Kind of record"),
    "answers": Title("Trả lời văn bản đến", "Answers the incoming document"),
    "arrived_on": Title("Ngày đến", "Arrived on"),
    "as_of": Title("Tại thời điểm", "As of"),
    "as_of_position": Title("Tại vị trí của nhật ký", "As of position"),
    "asked": Title("Nội dung tra cứu", "What was asked for"),
    "board": Title("Đơn vị", "Board"),
    "book_id": Title("Mã sổ", "Book"),
    "cancelled_on": Title("Ngày hủy số", "Cancelled on"),
    "closed_on": Title("Ngày khóa sổ", "Closed on"),
    "command_id": Title("Mã lệnh", "Command"),
    "completed_on": Title("Ngày giải quyết xong", "Completed on"),
    "copy_count": Title("Số bản", "Copies"),
    "copy_holder": Title("Nơi giữ bản lưu", "Holder of the archive copy"),
    "correlation_id": Title("Mã yêu cầu", "Request"),
    "cursor": Title("Từ trang", "From page"),
    "deadline": Title("Thời hạn giải quyết", "Deadline"),
    "deadline_basis": Title("Căn cứ của thời hạn", "Basis of the deadline"),
    "directed_by": Title("Người chỉ đạo", "Directed by"),
    "directed_on": Title("Ngày chỉ đạo", "Directed on"),
    "direction": Title("Loại sổ", "Kind of book"),
    "dispatch_by": Title("Phải chuyển đi trước hết ngày", "To be dispatched by"),
    "dispatched_on": Title("Ngày chuyển đi", "Dispatched on"),
    "document_id": Title("Mã văn bản", "Document"),
    "document_type": Title("Tên loại văn bản", "Document type"),
    "due_at": Title("Giờ hẹn", "Due at"),
    "evidence": Title("Minh chứng", "Evidence"),
    "files": Title("Tệp kèm theo", "Files"),
    "files.name": Title("Tên tệp", "File name"),
    "fingerprints": Title("Dấu hiệu nhận biết", "Fingerprints"),
    "first": Title("Từ bản ghi", "From message"),
    "first_number": Title("Số đầu", "First number"),
    "follower": Title("Bộ phận theo dõi", "Follower"),
    "forward_by": Title("Phải chuyển giao trước hết ngày", "To be passed on by"),
    "forwarded_on": Title("Ngày chuyển tiếp", "Forwarded on"),
    "from_board": Title("Đơn vị chuyển", "From board"),
    "issued_on": Title("Ngày ban hành", "Issued on"),
    "issuer": Title("Tác giả", "Issuer"),
    "last": Title("Đến bản ghi", "To message"),
    "last_number": Title("Số cuối", "Last number"),
    "late": Title("Trễ hạn", "Late"),
    "lead_board": Title("Đơn vị chủ trì", "Lead board"),
    "notation": Title("Số, ký hiệu", "Number and notation"),
    "notation_key": Title("Số, ký hiệu đã chuẩn hóa", "Normalised notation"),
    "note": Title("Ghi chú", "Note"),
    "audit.CheckpointSigned.note": Title("Điểm kiểm tra đã ký", "Signed note"),
    "number": Title("Số thứ tự", "Number"),
    "number_notation": Title("Số, ký hiệu của văn bản", "Notation on the document"),
    "opinion": Title("Ý kiến chỉ đạo", "Direction"),
    "organ": Title("Cơ quan", "Organ"),
    "overdue_at": Title("Tính là quá hạn từ", "Overdue from"),
    "page_count": Title("Số trang", "Pages"),
    "person": Title("Người", "Person"),
    "place": Title("Sự kiện thứ", "Event of the message"),
    "possible_duplicates": Title("Có thể trùng với", "Possible duplicates"),
    "query": Title("Loại tra cứu", "Question"),
    "reason": Title("Lý do", "Reason"),
    "recalled_on": Title("Ngày thu hồi", "Recalled on"),
    "received_by": Title("Người ký nhận", "Signed for by"),
    "received_on": Title("Ngày ký nhận", "Signed for on"),
    "received_via": Title("Hình thức nhận", "Received via"),
    "recipient": Title("Nơi nhận ghi trên văn bản", "Addressed to"),
    "recipients": Title("Nơi nhận", "Recipients"),
    "register_name": Title("Tên sổ", "Register"),
    "remind_at": Title("Nhắc việc lúc", "Reminder at"),
    "reply_issued_on": Title("Ngày văn bản trả lời", "Date of the reply"),
    "reply_notation": Title("Số, ký hiệu văn bản trả lời", "Notation of the reply"),
    "respond_by": Title("Thời hạn ghi trên văn bản", "Deadline on the document"),
    "root": Title("Giá trị băm gốc", "Root hash"),
    "sequence": Title("Bản ghi", "Message"),
    "service": Title("Dịch vụ", "Service"),
    "sha256": Title("Giá trị băm SHA-256", "SHA-256"),
    "signer": Title("Người ký", "Signer"),
    "signer.name": Title("Họ và tên", "Name"),
    "signer.position": Title("Chức vụ", "Position"),
    "since": Title("Từ lúc", "Since"),
    "size_bytes": Title("Dung lượng (byte)", "Size in bytes"),
    "summary": Title("Trích yếu", "Summary"),
    "supporting_boards": Title("Đơn vị phối hợp", "Supporting boards"),
    "system": Title("Hệ thống văn bản", "System"),
    "term": Title("Nhiệm kỳ", "Term"),
    "to_board": Title("Đơn vị nhận", "To board"),
    "tree_size": Title("Số bản ghi được ký", "Messages signed"),
    "type": Title("Loại việc", "Type of event"),
    "type_code": Title("Ký hiệu loại văn bản", "Type code"),
    "type_name": Title("Tên loại", "Type"),
    "until": Title("Đến trước", "Until"),
    "urgency": Title("Mức độ khẩn", "Urgency"),
    "what": Title("Đối tượng khắc phục", "What was repaired"),
    "year": Title("Năm", "Year"),
}
"""Every field by its name; by the path inside an event, or by event and path, where one name means several things.

The fields of questions whose asking is recorded are among them.
"""

VALUES: Mapping[tuple[str, str], Title] = {
    ("direction", "incoming"): Title("Văn bản đến", "Incoming"),
    ("direction", "outgoing"): Title("Văn bản đi", "Outgoing"),
    ("system", "party"): Title("Đảng", "Party"),
    ("system", "state"): Title("Nhà nước", "State"),
    ("urgency", "normal"): Title("Thường", "Normal"),
    ("urgency", "urgent"): Title("Khẩn", "Urgent"),
    ("urgency", "very_urgent"): Title("Thượng khẩn", "Very urgent"),
    ("urgency", "express"): Title("Hỏa tốc", "Express"),
    ("urgency", "express_timed"): Title("Hỏa tốc hẹn giờ", "Timed express"),
    ("received_via", "paper"): Title("Bản giấy", "On paper"),
    ("received_via", "electronic"): Title("Trục liên thông văn bản", "Electronic exchange"),
    ("received_via", "email"): Title("Thư điện tử", "E-mail"),
    ("received_via", "internal"): Title("Nội bộ", "Internal"),
    ("deadline_basis", "direction"): Title("Theo ý kiến chỉ đạo", "The direction"),
    ("deadline_basis", "document"): Title("Theo văn bản", "The document itself"),
    ("what", "log"): Title("Nhật ký", "The log"),
    ("what", "archive"): Title("Bản lưu", "The archive"),
    ("what", "read-model"): Title("Dữ liệu tra cứu", "A read model"),
    ("what", "restore"): Title("Khôi phục từ bản sao lưu", "Restored from a backup"),
    ("query", "trail"): Title("Vết hoạt động", "Trail"),
    ("query", "causes"): Title("Chuỗi nguyên nhân", "Tree of causes"),
    ("query", "evidence"): Title("Bằng chứng của một bản ghi", "Evidence of a message"),
}
"""Coded values by field and code, where the office has words for them."""


def event_title(kind: str) -> Title:
    """Return what an event type is called; the type itself while it has no name."""
    return EVENTS.get(kind, Title(kind, kind))


def record_title(service: str, aggregate: str) -> Title:
    """Return what a kind of record is called; the aggregate's own name while it has none."""
    return RECORDS.get(f"{service}.{aggregate}", Title(aggregate, aggregate))


def field_key(kind: str, path: str) -> str | None:
    """Return under which key `FIELDS` names a field of an event type; `path` is such as `signer.name`."""
    return next((key for key in (f"{kind}.{path}", path, path.rsplit(".", 1)[-1]) if key in FIELDS), None)


def field_title(kind: str, path: str) -> Title:
    """Return what a field of an event type is called; its path while it has no name."""
    key = field_key(kind, path)
    return FIELDS[key] if key else Title(path, path)


def value_title(field: str, value: object) -> Title | None:
    """Return what a coded value of a field is called; None for what is no code."""
    return VALUES.get((field, value)) if isinstance(value, str) else None
