"""The services' AsyncAPI documents put together as one."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote

Document = dict[str, Any]
SECTIONS = (("servers",), ("channels",), ("operations",), ("components", "messages"), ("components", "schemas"))


def merged(documents: Mapping[str, Document]) -> Document:
    """Return one document; a name that two services use for different things gets the later service's in front."""
    whole: Document = {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Một Mối",
            "version": "1",
            "description": "Thông điệp của các dịch vụ. / The messages of the services.",
        },
        "defaultContentType": "application/json",
    }
    for service, document in documents.items():
        moved = {
            _pointer(section, name): _pointer(section, f"{service}.{name}")
            for section in SECTIONS
            for name, part in _at(document, section).items()
            if _at(whole, section).get(name, part) != part
        }
        settled = _repointed(document, moved)
        for section in SECTIONS:
            for name, part in _at(settled, section).items():
                taken = _pointer(section, name) in moved
                _at(whole, section)[f"{service}.{name}" if taken else name] = part
    return whole


def resolve(document: Document, part: Any) -> Any:
    """Return what a part of the document stands for, following references within the document."""
    while isinstance(part, dict) and "$ref" in part:
        found: Any = document
        for step in part["$ref"].removeprefix("#/").split("/"):
            found = found[unquote(step).replace("~1", "/").replace("~0", "~")]
        part = found
    return part


def _at(document: Document, section: tuple[str, ...]) -> Document:
    for step in section:
        document = document.setdefault(step, {})
    return document


def _pointer(section: tuple[str, ...], name: str) -> str:
    return "#/" + "/".join((*section, quote(name.replace("~", "~0").replace("/", "~1"), safe="~:.")))


def _repointed(part: Any, moved: Mapping[str, str]) -> Any:
    if isinstance(part, list):
        return [_repointed(item, moved) for item in part]
    if not isinstance(part, dict):
        return part
    changed = {key: _repointed(value, moved) for key, value in part.items()}
    reference = changed.get("$ref")
    if isinstance(reference, str):
        changed["$ref"] = _repoint(reference, moved)
    return changed


def _repoint(reference: str, moved: Mapping[str, str]) -> str:
    steps = [quote(unquote(step), safe="~:.#") for step in reference.split("/")]
    for length in range(len(steps), 0, -1):
        head = "/".join(steps[:length])
        if head in moved:
            return "/".join([moved[head], *steps[length:]])
    return reference
