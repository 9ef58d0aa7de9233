"""What the events, records, fields and coded values of audit are called."""

from collections.abc import Mapping

from contracts.titles.title import Title

EVENTS: Mapping[str, Title] = {
    "audit.CheckpointSigned": Title("Ký điểm kiểm tra nhật ký", "Checkpoint of the log signed"),
    "audit.TrailRead": Title("Xem vết hoạt động hoặc bằng chứng", "Trail or proof read"),
    "audit.MessageSkipped": Title("Cho phép bỏ qua một bản ghi", "Message skipped"),
    "audit.PersonErased": Title("Xóa danh tính một người", "Person erased"),
    "audit.LogRepaired": Title("Khắc phục nhật ký", "Log repaired"),
}
RECORDS: Mapping[str, Title] = {
    "audit.checkpoint": Title("Điểm kiểm tra của tháng", "Checkpoints of a month"),
    "audit.reader": Title("Người tra cứu trong ngày", "A reader's day"),
    "audit.follower": Title("Bộ phận theo dõi nhật ký", "Follower of the log"),
    "audit.person": Title("Người", "Person"),
    "audit.repair": Title("Sổ khắc phục sự cố", "Repairs"),
}
FIELDS: Mapping[str, Title] = {
    "about": Title("Về hồ sơ hoặc người", "About a record or a person"),
    "actor": Title("Người thực hiện", "Actor"),
    "aggregate": Title("Loại hồ sơ", "Kind of record"),
    "as_of": Title("Tại thời điểm", "As of"),
    "as_of_position": Title("Tại vị trí của nhật ký", "As of position"),
    "asked": Title("Nội dung tra cứu", "What was asked for"),
    "command_id": Title("Mã lệnh", "Command"),
    "correlation_id": Title("Mã yêu cầu", "Request"),
    "cursor": Title("Từ trang", "From page"),
    "first": Title("Từ bản ghi", "From message"),
    "follower": Title("Bộ phận theo dõi", "Follower"),
    "last": Title("Đến bản ghi", "To message"),
    "audit.CheckpointSigned.note": Title("Điểm kiểm tra đã ký", "Signed note"),
    "person": Title("Người", "Person"),
    "place": Title("Sự kiện thứ", "Event of the message"),
    "query": Title("Loại tra cứu", "Question"),
    "root": Title("Giá trị băm gốc", "Root hash"),
    "sequence": Title("Bản ghi", "Message"),
    "service": Title("Dịch vụ", "Service"),
    "since": Title("Từ lúc", "Since"),
    "tree_size": Title("Số bản ghi được ký", "Messages signed"),
    "type": Title("Loại việc", "Type of event"),
    "until": Title("Đến trước", "Until"),
    "what": Title("Đối tượng khắc phục", "What was repaired"),
}
VALUES: Mapping[tuple[str, str], Title] = {
    ("what", "log"): Title("Nhật ký", "The log"),
    ("what", "archive"): Title("Bản lưu", "The archive"),
    ("what", "read-model"): Title("Dữ liệu tra cứu", "A read model"),
    ("what", "restore"): Title("Khôi phục từ bản sao lưu", "Restored from a backup"),
    ("query", "trail"): Title("Vết hoạt động", "Trail"),
    ("query", "causes"): Title("Chuỗi nguyên nhân", "Tree of causes"),
    ("query", "evidence"): Title("Bằng chứng của một bản ghi", "Evidence of a message"),
}
