"""The console's few HTML pages, self-contained: start, API, messages, and what a problem code means."""

import json
from functools import cache
from html import escape

import swagger_ui_bundle
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from contracts.base import Refusal
from contracts.catalog import SERVICES
from services.console import exports, openapi, openapi_older, refusals, replies
from services.console.asyncapi import Document
from services.console.journals import books as journals
from services.console.messages_page import messages_page, page
from services.console.papers import refusals as papers
from services.console.refusals import ADDRESS_UNKNOWN, NotFound, Stop
from services.runtime import problems
from services.runtime.problems import problem

SWAGGER_FILES = frozenset({"swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"})
STYLE = (
    "body{font:16px/1.5 system-ui,'Noto Sans','DejaVu Sans',sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
    "color:#1b1b1b}h1{font-size:1.6rem}"
    "h2{font-size:1.1rem;margin:2rem 0 .2rem;border-top:1px solid #ccc;padding-top:1rem}"
    "code{background:#f2f2f2;padding:0 .25em}table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.5rem 0}"
    "td,th{border:1px solid #ccc;padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
    "th{background:#f2f2f2;white-space:nowrap}a{color:#8a1414}"
)
SWAGGER_START = (
    'SwaggerUIBundle({url: "/docs/openapi.json", dom_id: "#swagger", deepLinking: true, validatorUrl: null, '
    "presets: [SwaggerUIBundle.presets.apis]});"
)
LINKS = (
    ("/docs", "Tài liệu API", "The API, to read and to try"),
    ("/openapi.json", "Mô tả API (OpenAPI 3.1)", "The API's description (OpenAPI 3.1)"),
    ("/asyncapi", "Thông điệp của các dịch vụ", "The services' messages"),
    ("/healthz", "Tình trạng hoạt động", "Health"),
    ("/metrics", "Số đo (Prometheus)", "Metrics (Prometheus)"),
)


def routes() -> list[Route]:
    """Return the routes of every page."""
    return [
        Route("/", _start),
        Route("/docs", _swagger),
        Route("/docs/openapi.json", _older_description),
        Route("/docs/assets/{name}", _asset),
        Route("/openapi.json", _description),
        Route("/asyncapi", messages_page),
        Route("/problems/{code}", _problem),
    ]


async def _start(request: Request) -> Response:
    links = "".join(f'<li><a href="{path}">{vi}</a> / {en}</li>' for path, vi, en in LINKS)
    return page(
        "Một Mối",
        "<p>Một đầu mối cho văn bản, lịch, tài sản và kinh phí của văn phòng phục vụ nhiều ban.<br>"
        f"One hub for the paper, calendars, assets and money of an office that serves many boards.</p><ul>{links}</ul>",
    )


async def _swagger(request: Request) -> Response:
    return HTMLResponse(
        '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Một Mối: API</title>'
        '<link rel="icon" href="/docs/assets/favicon-32x32.png">'
        '<link rel="stylesheet" href="/docs/assets/swagger-ui.css"></head><body><div id="swagger"></div>'
        '<script src="/docs/assets/swagger-ui-bundle.js"></script><script src="/docs/assets/start.js"></script>'
        "</body></html>"
    )


async def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    if name == "start.js":
        return Response(SWAGGER_START, media_type="text/javascript")
    if name == "page.css":
        return Response(STYLE, media_type="text/css")
    if name not in SWAGGER_FILES:
        raise Stop(problem(NotFound, ADDRESS_UNKNOWN, path=request.url.path))
    folder = swagger_ui_bundle.swagger_ui_path
    return FileResponse(f"{folder}/{name}", headers={"Cache-Control": "public, max-age=86400"})


async def _description(request: Request) -> Response:
    return _json(openapi.document())


async def _older_description(request: Request) -> Response:
    return _json(openapi_older.document())


def _json(content: Document) -> Response:
    return Response(json.dumps(content, ensure_ascii=False), media_type="application/json")


@cache
def _refusals() -> dict[str, Refusal]:
    modules = [*SERVICES.values(), problems, refusals, exports, papers, journals]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, Refusal)]
    return {refusal.code: refusal for refusal in found}


async def _problem(request: Request) -> Response:
    code = request.path_params["code"]
    refusal = _refusals().get(code)
    if code == "invalid":
        refusal = Refusal(code, replies.MALFORMED["vi"], replies.MALFORMED["en"])
    if refusal is None:
        raise Stop(problem(NotFound, ADDRESS_UNKNOWN, path=request.url.path))
    basis = f"<p>{escape(refusal.legal_basis)}</p>" if refusal.legal_basis else ""
    return page(code, f"<p>{escape(refusal.vi)}</p><p>{escape(refusal.en)}</p>{basis}")
