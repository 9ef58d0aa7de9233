"""The parts every operation of the API's description shares: headers, fields of a query string, problems."""

import copy
from typing import Any

from services.console.replies import PROBLEM_TYPE, STATUSES, TITLES, ProblemDocument

Document = dict[str, Any]
REFERENCE = "#/components/schemas/{model}"
KEY: Document = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "Mã chống ghi trùng: UUID hoặc chuỗi bất kỳ đến 200 ký tự; "
    "gửi lại cùng mã thì lệnh chỉ có một tác dụng. / "
    "A UUID or any text of up to 200 characters; sent again with the same one, the command counts once.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}
CORRELATION: Document = {
    "name": "X-Correlation-Id",
    "in": "header",
    "description": "Mã theo dõi yêu cầu, được trả lại cùng kết quả. / Follows the request; returned with the answer.",
    "schema": {"type": "string", "pattern": r"^[A-Za-z0-9:._\-]{1,128}$"},
}
LANGUAGE: Document = {
    "name": "Accept-Language",
    "in": "header",
    "description": "vi (mặc định) hoặc en. / vi (default) or en.",
    "schema": {"type": "string", "default": "vi"},
}


def fields(schema: Document) -> list[Document]:
    """Return the query string's parameters for a query's schema."""
    required = schema.get("required", ())
    return [
        {
            "name": name,
            "in": "query",
            "required": name in required,
            **({"description": field["description"]} if "description" in field else {}),
            "schema": {
                key: value for key, value in copy.deepcopy(_without_null(field)).items() if key != "description"
            },
        }
        for name, field in schema["properties"].items()
    ]


def _without_null(field: Document) -> Document:
    """A field of a query string is there or not; it is never null."""
    options = [option for option in field.get("anyOf", ()) if option.get("type") != "null"]
    if len(options) != 1:
        return field
    kept = {key: value for key, value in field.items() if key not in ("anyOf", "default") or value not in (None,)}
    kept.pop("anyOf")
    return {**kept, **options[0]}


def header(description: str, kind: str) -> Document:
    """Return a header's description; `kind` is its JSON type."""
    return {"description": description, "schema": {"type": kind}}


def problems() -> Document:
    """Return the shared problem responses, by the reply's class."""
    content = {PROBLEM_TYPE: {"schema": {"$ref": REFERENCE.format(model=ProblemDocument.__name__)}}}
    responses: Document = {}
    for kind, title in TITLES.items():
        responses[kind.__name__] = {"description": f"{title['vi']}. / {title['en']}.", "content": content}
    responses["Unauthenticated"]["headers"] = {"WWW-Authenticate": header("Bearer", "string")}
    responses["Failed"]["headers"] = {"Retry-After": header("Giây. / Seconds.", "integer")}
    return responses


def refusals() -> Document:
    """Return the problem responses every operation may answer, by status."""
    absent = {"NotFound", "MethodNotAllowed"}
    return {
        str(int(STATUSES[kind])): {"$ref": f"#/components/responses/{kind.__name__}"}
        for kind in TITLES
        if kind.__name__ not in absent
    }
