"""The API's description as OpenAPI 3.0, which is the version the bundled Swagger UI can show."""

from functools import cache
from typing import Any

from services.console import openapi
from services.console.openapi_parts import Document


@cache
def document() -> Document:
    """Return the document of openapi.py, said in OpenAPI 3.0; built once, not to be changed by the caller."""
    older: Document = _older(openapi.document())
    older["openapi"] = "3.0.3"
    return older


def _newer(key: str, value: Any) -> bool:
    """Whether OpenAPI 3.0 does not know this keyword; a field of the same name holds a schema, not a plain value."""
    return (key == "column" and isinstance(value, int)) or (key == "contentMediaType" and isinstance(value, str))


def _older(part: Any) -> Any:
    if isinstance(part, list):
        return [_older(item) for item in part]
    if not isinstance(part, dict):
        return part
    changed = {key: _older(value) for key, value in part.items() if not _newer(key, value)}
    options = changed.get("anyOf")
    if isinstance(options, list) and {"type": "null"} in options:
        rest = [option for option in options if option != {"type": "null"}]
        changed.pop("anyOf")
        changed.update({"nullable": True, **(rest[0] if len(rest) == 1 and "$ref" not in rest[0] else {"allOf": rest})})
    if "const" in changed and isinstance(part.get("const"), str):
        changed["enum"] = [changed.pop("const")]
    return changed
