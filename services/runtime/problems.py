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


def problem(kind: type[P], refusal: Refusal, **values: object) -> P:
    """Return a reply of the given kind with the refusal's sentences filled in."""
    values.setdefault("correlation_id", "")
    return kind(
        code=refusal.code,
        vi=refusal.vi.format(**values),
        en=refusal.en.format(**values),
        legal_basis=refusal.legal_basis,
    )


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
    return Invalid(fields=tuple(_field_problem(dict(detail), skip) for detail in error.errors(include_url=False)))


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
        vi, en = _SENTENCES.get(code, _OTHER)
    context = {key: str(value) for key, value in detail.get("ctx", {}).items()}
    return FieldProblem(field=".".join(path) or "body", code=code, vi=vi.format(**context), en=en.format(**context))
