"""The console's outer edge: safe headers on every answer, a count of every request, and no stack trace ever."""

import time
from collections.abc import MutableMapping
from typing import Any

import structlog
from prometheus_client import Counter, Histogram
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.console.api import fresh_correlation_id
from services.console.refusals import CONSOLE_FAULT, Fault, Stop
from services.console.replies import respond
from services.runtime.problems import problem

REQUESTS = Counter("motmoi_http_requests", "HTTP requests answered.", ["method", "route", "status"])
SECONDS = Histogram("motmoi_http_seconds", "From request to the last byte of the answer.", ["method"])
NOTHING_ALLOWED = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
PAGES_ALLOWED = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_KNOWN_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_logger = structlog.get_logger()


class Edge:
    """Wraps the application; everything that goes out passes here."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap this application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; an error after the first byte breaks the connection, so that no part looks whole."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request, started, status = Request(scope, receive), time.perf_counter(), 0
        request.state.correlation_id = fresh_correlation_id(request)

        async def guarded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _protect(message, scope)
            await send(message)

        try:
            await self._answer(request, receive, guarded, lambda: status)
        finally:
            _count(scope, status, time.perf_counter() - started)

    async def _answer(self, request: Request, receive: Receive, send: Send, status: Any) -> None:
        correlation = request.state.correlation_id
        try:
            await self._app(request.scope, receive, send)
            return
        except ClientDisconnect:
            return  # nobody is left to answer
        except Stop as stop:
            answer = respond(request, stop.reply, correlation)
        except Exception:
            _logger.exception("request failed", path=request.url.path, correlation_id=correlation)
            if status():
                raise
            answer = respond(request, problem(Fault, CONSOLE_FAULT, correlation_id=correlation), correlation)
        await answer(request.scope, receive, send)


def _protect(message: MutableMapping[str, Any], scope: Scope) -> None:
    headers = MutableHeaders(raw=message.setdefault("headers", []))
    for name, value in SAFE_HEADERS.items():
        headers.setdefault(name, value)
    html = headers.get("content-type", "").startswith("text/html")
    headers.setdefault("Content-Security-Policy", PAGES_ALLOWED if html else NOTHING_ALLOWED)


def _count(scope: Scope, status: int, seconds: float) -> None:
    route = scope.get("route")
    path = route.path if isinstance(route, Route) else "unknown"
    method = scope["method"] if scope["method"] in _KNOWN_METHODS else "other"
    REQUESTS.labels(method, path, str(status)).inc()
    SECONDS.labels(method).observe(seconds)
