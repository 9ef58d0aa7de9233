"""The page of the services' messages: channels, messages and their fields, rendered here with nothing fetched."""

from collections.abc import Iterator
from html import escape
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from services.console.asyncapi import Document, resolve
from services.console.operations import asyncapi_document

DEPTH = 4
HEADINGS = ("Trường / Field", "Kiểu / Type", "Bắt buộc / Required", "Ý nghĩa / Meaning")


def page(title: str, content: str) -> HTMLResponse:
    """Return a page of ours around trusted HTML; the title is escaped."""
    return HTMLResponse(
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width"><link rel="icon" href="/docs/assets/favicon-32x32.png">'
        f'<link rel="stylesheet" href="/docs/assets/page.css"></head>'
        f"<body><h1>{escape(title)}</h1>{content}</body></html>"
    )


async def messages_page(request: Request) -> Response:
    """Answer the page of every channel; raise Stop with 503 when a service does not answer."""
    document = await asyncapi_document(request)
    channels = sorted(document.get("channels", {}).values(), key=lambda channel: str(channel.get("address")))
    return page(
        "Một Mối: thông điệp / messages",
        "<p>Mọi thông điệp đi qua NATS; kết quả về hộp thư của bên hỏi. / Every message travels over NATS; the answer "
        'goes to the asker\'s inbox. <a href="/asyncapi.json">asyncapi.json</a></p>'
        + "".join(_channel(document, channel) for channel in channels),
    )


def _channel(document: Document, channel: Document) -> str:
    lines = [f"<h2><code>{escape(str(channel.get('address')))}</code></h2>"]
    if channel.get("description"):
        lines.append(f"<p>{escape(str(channel['description']))}</p>")
    for message in channel.get("messages", {}).values():
        payload = resolve(document, message).get("payload", {})
        lines.append(_payload(document, resolve(document, payload)))
    return "".join(lines)


def _payload(document: Document, schema: Any) -> str:
    rows = "".join(
        f"<tr><td>{escape(path)}</td><td>{_kind(document, field)}</td><td>{'có / yes' if required else ''}</td>"
        f"<td>{escape(str(field.get('description', '')))}</td></tr>"
        for path, field, required in _fields(document, schema, "", DEPTH)
    )
    headings = "".join(f"<th>{heading}</th>" for heading in HEADINGS)
    return f"<table><tr>{headings}</tr>{rows}</table>"


def _fields(document: Document, schema: Any, prefix: str, depth: int) -> Iterator[tuple[str, Any, bool]]:
    """Yield every field with its path, such as `data.files[].name`, and whether it must be there."""
    for name, field in schema.get("properties", {}).items():
        path = prefix + name
        yield path, field, name in schema.get("required", ())
        for mark, inner in _objects(document, field) if depth else ():
            yield from _fields(document, inner, f"{path}{mark}.", depth - 1)


def _objects(document: Document, field: Any) -> Iterator[tuple[str, Any]]:
    """Yield the object schemas a field may hold: itself, or `[]` in a list."""
    schema = resolve(document, field)
    for mark, option in (("", schema), ("[]", schema.get("items", {})), *(("", o) for o in schema.get("anyOf", ()))):
        found = resolve(document, option)
        if "properties" in found:
            yield mark, found


def _kind(document: Document, field: Any) -> str:
    schema = resolve(document, field)
    if "anyOf" in schema:
        return " | ".join(_kind(document, option) for option in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(f"<code>{escape(str(value))}</code>" for value in schema["enum"])
    if schema.get("type") == "array":
        return f"[{_kind(document, schema.get('items', {}))}]"
    return escape(str(schema.get("format") or schema.get("title" if "properties" in schema else "type", "any")))
