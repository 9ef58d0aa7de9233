"""Replies to HTTP, mapped once: the status of each outcome, and problem documents (RFC 9457) in two languages."""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Literal

from pydantic_core import to_json
from starlette.requests import Request
from starlette.responses import Response

from contracts.base import (
    Accepted,
    Answered,
    Conflict,
    Failed,
    FieldProblem,
    Forbidden,
    Invalid,
    Message,
    Problem,
    Rejected,
)
from services.console.refusals import Fault, Gone, MethodNotAllowed, NotFound, Unauthenticated

Language = Literal["vi", "en"]
PROBLEM_TYPE = "application/problem+json"
RETRY_AFTER_S = 2


STATUSES: Mapping[type[Message], HTTPStatus] = {
    Accepted: HTTPStatus.OK,
    Answered: HTTPStatus.OK,
    Invalid: HTTPStatus.BAD_REQUEST,
    Unauthenticated: HTTPStatus.UNAUTHORIZED,
    Forbidden: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    Gone: HTTPStatus.GONE,
    MethodNotAllowed: HTTPStatus.METHOD_NOT_ALLOWED,
    Conflict: HTTPStatus.CONFLICT,
    Rejected: HTTPStatus.UNPROCESSABLE_ENTITY,
    Fault: HTTPStatus.INTERNAL_SERVER_ERROR,
    Failed: HTTPStatus.SERVICE_UNAVAILABLE,
}
TITLES: Mapping[type[Message], dict[Language, str]] = {
    Invalid: {"vi": "Yêu cầu chưa đúng khuôn dạng", "en": "The request is malformed"},
    Unauthenticated: {"vi": "Chưa xác thực", "en": "Not authenticated"},
    Forbidden: {"vi": "Không được phép", "en": "Not allowed"},
    NotFound: {"vi": "Không tìm thấy", "en": "Not found"},
    Gone: {"vi": "Không còn sử dụng", "en": "Gone"},
    MethodNotAllowed: {"vi": "Sai phương thức", "en": "Wrong method"},
    Conflict: {"vi": "Có thay đổi đồng thời", "en": "Changed by others"},
    Rejected: {"vi": "Không thực hiện được theo quy định", "en": "Refused by a rule"},
    Fault: {"vi": "Lỗi hệ thống", "en": "System fault"},
    Failed: {"vi": "Tạm thời chưa thực hiện được", "en": "Temporarily unavailable"},
}
MALFORMED: dict[Language, str] = {
    "vi": "Yêu cầu có trường chưa đúng; đề nghị sửa các trường được nêu rồi gửi lại.",
    "en": "Some fields of the request are not right; correct those named and send it again.",
}


class ProblemDocument(Message):
    """Why something was not done (RFC 9457): a stable code, and what to do next in both languages."""

    type: str
    title: str
    status: int
    detail: str
    vi: str
    en: str
    code: str
    legal_basis: str | None = None
    fields: tuple[FieldProblem, ...] = ()
    correlation_id: str


def language(header: str | None) -> Language:
    """Return the language an Accept-Language header prefers; Vietnamese when it names neither or both alike."""
    best: tuple[float, Language] = (0.0, "vi")
    for part in (header or "").split(","):
        tag, _, parameters = part.strip().partition(";")
        match = re.search(r"q\s*=\s*([01](?:\.\d*)?)", parameters)
        weight = float(match.group(1)) if match else 1.0
        spoken: Language | None = {"vi": "vi", "en": "en"}.get(tag.strip().lower().partition("-")[0])  # type: ignore[assignment]
        if spoken and (weight > best[0] or (weight == best[0] and spoken == "vi" and best[0] < 1.0)):
            best = (weight, spoken)
    return best[1]


def problem_document(reply: Message, spoken: Language, correlation_id: str) -> ProblemDocument:
    """Return the problem document of any reply that is not Accepted or Answered."""
    kind = type(reply)
    sentences: dict[Language, str] = MALFORMED
    code, legal_basis = "invalid", None
    fields: tuple[FieldProblem, ...] = ()
    if isinstance(reply, Problem):
        sentences = {"vi": reply.vi, "en": reply.en}
        code, legal_basis = reply.code, reply.legal_basis
    elif isinstance(reply, Invalid):
        code, fields = reply.code, reply.fields
    return ProblemDocument(
        type=f"/problems/{code}",
        title=TITLES[kind][spoken],
        status=STATUSES[kind],
        detail=sentences[spoken],
        vi=sentences["vi"],
        en=sentences["en"],
        code=code,
        legal_basis=legal_basis,
        fields=fields,
        correlation_id=correlation_id,
    )


def respond(request: Request, reply: Message, correlation_id: str, headers: Mapping[str, str] = {}) -> Response:
    """Return the HTTP response of any reply, in the language the request asks for."""
    sent = {**headers, "X-Correlation-Id": correlation_id}
    if isinstance(reply, Accepted):
        body: Any = {"position": reply.position, "recorded": reply.recorded, "notices": reply.notices}
        sent["Motmoi-Position"] = str(reply.position)
        return Response(to_json(body), 200, sent, "application/json")
    if isinstance(reply, Answered):
        result = reply.result if isinstance(reply.result, dict) else {"result": reply.result}
        body = {"position": reply.position, **{key: value for key, value in result.items() if key != "position"}}
        return Response(to_json(body), 200, sent, "application/json")
    spoken = language(request.headers.get("accept-language"))
    document = problem_document(reply, spoken, correlation_id)
    sent["Content-Language"] = spoken
    sent["Vary"] = "Accept-Language"
    if isinstance(reply, Failed):
        sent["Retry-After"] = str(RETRY_AFTER_S)
    if isinstance(reply, Unauthenticated):
        sent["WWW-Authenticate"] = 'Bearer realm="motmoi"'
    return Response(to_json(document), document.status, sent, PROBLEM_TYPE)
