"""What the console itself refuses, and how a request ends early."""

from contracts.base import FieldProblem, Invalid, Message, Problem, Refusal


class Unauthenticated(Problem):
    """No valid token came with the request."""


class NotFound(Problem):
    """There is nothing at this address."""


class Gone(Problem):
    """There was something at this address, and never will be again."""


class MethodNotAllowed(Problem):
    """The address is right, the method is not."""


class Fault(Problem):
    """The console itself failed."""


TOKEN_MISSING = Refusal(
    "token-missing",
    "Yêu cầu chưa có mã truy cập; đề nghị gửi kèm tiêu đề Authorization: Bearer mm_….",
    "The request carries no token; send it with the header Authorization: Bearer mm_….",
)
TOKEN_REFUSED = Refusal(
    "token-refused",
    "Mã truy cập không đúng, đã hết hạn hoặc đã bị thu hồi; đề nghị xin quản trị viên cấp mã mới.",
    "The token is unknown, expired or revoked; ask an administrator for a new one.",
)
FEED_REVOKED = Refusal(
    "feed-revoked",
    "Địa chỉ lịch này đã bị thu hồi; đề nghị xóa khỏi thiết bị và xin văn phòng cấp địa chỉ mới nếu còn cần.",
    "This feed was revoked; remove it from the device, and ask the office for a new address if it is still needed.",
)
SERVICE_UNAVAILABLE = Refusal(
    "service-unavailable",
    "Dịch vụ {service} chưa trả lời; đề nghị gửi lại sau ít giây. "
    "Với lệnh, dùng lại cùng mã lệnh (Idempotency-Key) để không bị ghi hai lần.",
    "Service {service} does not answer; try again in a few seconds. "
    "Repeat a command with the same command id (Idempotency-Key) so that it counts once.",
)
ADDRESS_UNKNOWN = Refusal(
    "address-unknown",
    "Không có địa chỉ {path}; đề nghị xem danh mục tại /docs.",
    "There is nothing at {path}; see the list at /docs.",
)
METHOD_WRONG = Refusal(
    "method-not-allowed",
    "Địa chỉ {path} không nhận phương thức {method}; đề nghị xem danh mục tại /docs.",
    "{path} does not take {method}; see the list at /docs.",
)
CONSOLE_FAULT = Refusal(
    "console-fault",
    "Cổng giao tiếp gặp lỗi khi xử lý; đề nghị báo quản trị viên kèm mã yêu cầu {correlation_id}.",
    "The console failed while handling this; tell the administrator the request's id {correlation_id}.",
)


class Stop(Exception):
    """Raised where a request cannot go on; carries the answer."""

    def __init__(self, reply: Message) -> None:
        super().__init__(type(reply).__name__)
        self.reply = reply


def invalid(field: str, code: str, vi: str, en: str) -> Invalid:
    """Return the answer for one malformed part of a request."""
    return Invalid(fields=(FieldProblem(field=field, code=code, vi=vi, en=en),))
