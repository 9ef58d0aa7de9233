"""The runtime's own refusals, and what is wrong with a malformed request in words a person can act on."""

from typing import Any, TypeVar

from pydantic import ValidationError

from contracts.base import FieldProblem, Invalid, Problem, Refusal

P = TypeVar("P", bound=Problem)

KEEPS_COLLIDING = Refusal(
    "keeps-colliding",
    "Nhiều người đang thay đổi cùng một hồ sơ; đề nghị gửi lại yêu cầu.",
    "Others keep changing the same record; send the request again.",
)
LOG_UNAVAILABLE = Refusal(
    "log-unavailable",
    "Nhật ký sự kiện chưa trả lời; chưa rõ yêu cầu đã được ghi hay chưa. Đề nghị gửi lại với cùng mã lệnh.",
    "The event log does not answer, so it is not known whether this was recorded. "
    "Send it again with the same command id.",
)
SERVICE_FAULT = Refusal(
    "service-fault",
    "Hệ thống gặp lỗi khi xử lý; không có gì thay đổi. Đề nghị báo quản trị viên kèm mã yêu cầu {correlation_id}.",
    "The service failed while handling this; nothing was changed. "
    "Tell the administrator the request's id {correlation_id}.",
)
FENCED = Refusal(
    "log-behind",
    "Nhật ký sự kiện ngắn hơn dữ liệu đã ghi nhận ({reason}); hệ thống tạm dừng nhận lệnh. "
    "Đề nghị quản trị viên phục hồi nhật ký.",
    "The event log is shorter than what was already seen of it ({reason}); "
    "commands are refused until an operator restores it.",
)
LOG_UNCHECKED = Refusal(
    "log-unchecked",
    "Hệ thống đang kiểm tra nhật ký sự kiện sau khi mất kết nối; không có gì thay đổi. Đề nghị thử lại sau ít giây.",
    "The event log is being checked after a lost connection; nothing was changed. Try again in a few seconds.",
)
NOT_ARCHIVED = Refusal(
    "not-archived",
    "Đã ghi vào nhật ký nhưng bản lưu thứ hai chưa xác nhận; đề nghị gửi lại với cùng mã lệnh.",
    "It is in the log, but the second copy has not confirmed it; send it again with the same command id.",
)
NOT_RECORDED = Refusal(
    "reading-not-recorded",
    "Chưa ghi nhận được việc tra cứu này nên chưa trả kết quả ({reason}); đề nghị thử lại sau ít giây.",
    "That this was asked could not be recorded, so it is not answered ({reason}); try again in a few seconds.",
)
NOT_ALLOWED = Refusal(
    "not-allowed",
    "Vai trò của {actor} không được phép thực hiện {message}; cần một trong các vai trò: {roles}.",
    "The roles of {actor} do not allow {message}; one of these is needed: {roles}.",
)
BEHIND = Refusal(
    "read-model-behind",
    "Dữ liệu tra cứu {model} mới đến vị trí {position}, chưa đến {after}; đề nghị thử lại sau ít giây.",
    "Read model {model} is at position {position}, not yet at {after}; try again in a few seconds.",
)
BUILDING = Refusal(
    "read-model-building",
    "Dữ liệu tra cứu {model} đang được dựng lại lần đầu (vị trí {position}); đề nghị thử lại sau.",
    "Read model {model} is being built for the first time (position {position}); try again later.",
)
DATABASE_UNAVAILABLE = Refusal(
    "database-unavailable",
    "Cơ sở dữ liệu chưa trả lời; đề nghị thử lại sau ít giây.",
    "The database does not answer; try again in a few seconds.",
)
BAD_CURSOR = Refusal(
    "bad-cursor",
    "Con trỏ trang không hợp lệ; đề nghị lấy lại trang đầu.",
    "The page cursor is not valid; start from the first page.",
)

PERSON_ERASED = Refusal(
    "person-erased",
    "Dữ liệu cá nhân của {person} đã được xóa theo quy định của pháp luật, hệ thống không ghi nhận lại; "
    "đề nghị bỏ trường này, hoặc dùng mã khác nếu là người khác.",
    "The personal data of {person} was erased under law and is not taken again; "
    "leave this field out, or use another id if it is another person.",
)
PERSONAL_NOT_PLAIN = Refusal(
    "personal-not-plain",
    "Thông tin nhận dạng phải gửi nguyên văn, chỉ gồm person và text; đề nghị nhập lại, không gửi sealed hoặc hidden.",
    "What identifies a person is taken as plain words only: person and text; write the text, not sealed or hidden.",
)
PERSONAL_NOT_OURS = Refusal(
    "personal-not-ours",
    "Thông tin đã niêm phong của {person} không mở được bằng khóa của dịch vụ này; "
    "chỉ chuyển giữa các dịch vụ mã của người đó, hoặc phục hồi khóa từ tệp khóa.",
    "The sealed words about {person} do not open with this service's key; "
    "pass only the person's id between services, or restore the keys from their file.",
)

NOT_YET_RECORDED = Refusal(
    "not-yet-recorded",
    "Chưa có gì được ghi sau vị trí {head} lúc {now}; đề nghị hỏi về một thời điểm hoặc vị trí đã qua.",
    "Nothing is recorded yet beyond position {head} at {now}; ask of a moment or a position that has been.",
)
PAST_NOT_KEPT = Refusal(
    "past-not-kept",
    "{query} không trả lời theo thời điểm đã qua, vì đọc cả dữ liệu ngoài các bảng tra cứu; đề nghị bỏ as_of.",
    "{query} does not answer as of the past, since it reads more than read models; leave as_of out.",
)
PAST_BUILDING = Refusal(
    "past-building",
    "Đang dựng lại dữ liệu đến vị trí {position}: {percent}%; đề nghị hỏi lại sau ít giây.",
    "What was recorded up to position {position} is being put together: {percent}%; ask again in a few seconds.",
)
PAST_BUSY = Refusal(
    "past-busy",
    "Đang dựng lại dữ liệu của nhiều thời điểm khác; đề nghị hỏi lại sau ít phút.",
    "Other moments of the past are being put together; ask again in a few minutes.",
)
CONSIDERING = Refusal(
    "considering-another",
    "Hệ thống đang tính một phương án khác; đề nghị hỏi lại sau vài giây.",
    "Another answer of this kind is being worked out; ask again in a few seconds.",
)
PAST_UNAVAILABLE = Refusal(
    "past-unavailable",
    "Chưa dựng lại được dữ liệu đến vị trí {position} ({reason}); đề nghị thử lại sau ít giây.",
    "What was recorded up to position {position} could not be put together ({reason}); try again in a few seconds.",
)


def problem(kind: type[P], refusal: Refusal, **values: object) -> P:
    """Return a reply of the given kind with the refusal's sentences filled in."""
    values.setdefault("correlation_id", "")
    return kind(
        code=refusal.code,
        vi=refusal.vi.format(**_amounts(values, ".")),
        en=refusal.en.format(**_amounts(values, ",")),
        legal_basis=refusal.legal_basis,
    )


def _amounts(values: dict[str, object], point: str) -> dict[str, object]:
    """Write đồng in groups of three, as people do."""
    return {
        name: f"{value:,}".replace(",", point) if name.endswith("_vnd") and isinstance(value, int) else value
        for name, value in values.items()
    }


_SENTENCES: dict[str, tuple[str, str]] = {
    "missing": ("Thiếu trường này; đề nghị bổ sung.", "This field is missing; add it."),
    "extra_forbidden": (
        "Không có trường này; đề nghị bỏ hoặc kiểm tra lại tên trường.",
        "There is no such field; remove it or check its name.",
    ),
    "json_invalid": ("Nội dung không phải JSON hợp lệ: {error}.", "The body is not valid JSON: {error}."),
    "control_characters": (
        "Có ký tự điều khiển hoặc ký tự không đọc được; đề nghị nhập lại nội dung.",
        "It has control or unreadable characters; type the text again.",
    ),
    "line_break": ("Chỉ được ghi trên một dòng.", "It must be on a single line."),
    "string_type": ("Phải là chuỗi ký tự.", "It must be text."),
    "int_type": ("Phải là số nguyên.", "It must be a whole number."),
    "int_parsing": ("Phải là số nguyên.", "It must be a whole number."),
    "bool_type": ("Phải là true hoặc false.", "It must be true or false."),
    "bool_parsing": ("Phải là true hoặc false.", "It must be true or false."),
    "list_type": ("Phải là danh sách.", "It must be a list."),
    "tuple_type": ("Phải là danh sách.", "It must be a list."),
    "model_type": ("Phải là một đối tượng JSON.", "It must be a JSON object."),
    "model_attributes_type": ("Phải là một đối tượng JSON.", "It must be a JSON object."),
    "string_too_short": ("Phải có ít nhất {min_length} ký tự.", "It must have at least {min_length} characters."),
    "string_too_long": ("Không được quá {max_length} ký tự.", "It must have at most {max_length} characters."),
    "too_short": ("Phải có ít nhất {min_length} mục.", "It must have at least {min_length} items."),
    "too_long": ("Không được quá {max_length} mục.", "It must have at most {max_length} items."),
    "literal_error": ("Chỉ nhận một trong các giá trị: {expected}.", "It must be one of: {expected}."),
    "string_pattern_mismatch": (
        "Không đúng dạng quy định ({pattern}).",
        "It does not have the required form ({pattern}).",
    ),
    "greater_than_equal": ("Không được nhỏ hơn (trước) {ge}.", "It must not be less (earlier) than {ge}."),
    "less_than_equal": ("Không được lớn hơn (sau) {le}.", "It must not be greater (later) than {le}."),
    "uuid_parsing": ("Phải là một mã UUID.", "It must be a UUID."),
    "uuid_type": ("Phải là một mã UUID.", "It must be a UUID."),
    "as_of_twice": (
        "Chỉ dùng một trong hai: as_of (thời điểm) hoặc as_of_position (vị trí); đề nghị bỏ một trường.",
        "Use only one of as_of (a moment) and as_of_position (a position); leave one out.",
    ),
    "personal_shape": (
        "Phải có đúng hai trường: person (mã người) và text (nội dung nhận dạng).",
        "It must have exactly two fields: person (the person's id) and text (what identifies them).",
    ),
}
_DATE = (
    "Phải là ngày có thật, dạng năm-tháng-ngày, ví dụ 2026-11-22.",
    "It must be a real date as year-month-day, such as 2026-11-22.",
)
_TIME = (
    "Phải là thời điểm có múi giờ, ví dụ 2026-11-22T14:30:00+07:00.",
    "It must be a time with its zone, such as 2026-11-22T14:30:00+07:00.",
)
_OTHER = ("Giá trị không hợp lệ.", "The value is not valid.")


def explain(error: ValidationError, skip: int = 1) -> Invalid:
    """Return what is wrong with each field; `skip` leaves out the first steps of the path, such as `data`."""
    found = error.errors(include_url=False)
    # A list whose parts are wrong is counted without them: that it is too short then says nothing.
    spoilt = {detail["loc"][:place] for detail in found for place in range(len(detail["loc"]))}
    told = [detail for detail in found if detail["type"] != "too_short" or detail["loc"] not in spoilt]
    return Invalid(fields=tuple(_field_problem(dict(detail), skip) for detail in told))


def _field_problem(detail: dict[str, Any], skip: int) -> FieldProblem:
    code = detail["type"]
    path = [str(step) for step in detail["loc"]]
    if path[:1] == ["data"]:
        path = path[skip:]
    if code.startswith("datetime_") or code == "timezone_aware":
        vi, en = _TIME
    elif code.startswith("date_"):
        vi, en = _DATE
    else:
        counts_letters = code in ("too_short", "too_long") and isinstance(detail.get("input"), str)
        vi, en = _SENTENCES.get(f"string_{code}" if counts_letters else code, _OTHER)
    context = {key: str(value) for key, value in detail.get("ctx", {}).items()}
    if "vi" in context and "en" in context:  # a contract's own rule brings its own sentences
        return FieldProblem(field=".".join(path) or "body", code=code, vi=context["vi"], en=context["en"])
    return FieldProblem(field=".".join(path) or "body", code=code, vi=vi.format(**context), en=en.format(**context))
