"""The console as one Starlette application."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import structlog
from asyncpg import Pool
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.console import api, feeds, operations, pages, printing, tokens, week_page
from services.console.authority import authority
from services.console.doorkeeper import Doorkeeper
from services.console.edge import Edge
from services.console.journals import serving as journals
from services.console.refusals import ADDRESS_UNKNOWN, METHOD_WRONG, MethodNotAllowed, NotFound
from services.console.replies import respond
from services.runtime import bus, database
from services.runtime.problems import problem
from services.runtime.settings import Settings

POOL_SIZE = 4
_logger = structlog.get_logger()


def application(settings: Settings) -> Starlette:
    """Return the application; its lifespan opens NATS and PostgreSQL, waiting for them, and closes them at the end."""

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        pool = await _database(settings)
        client = await bus.connect(settings, "console")
        app.state.connections = api.Connections(client, pool, Doorkeeper(pool, authority(client)))
        app.state.watch = operations.Watch()
        app.state.data_folder = settings.data_folder
        _logger.info("serving", host=settings.http_host, port=settings.http_port)
        try:
            yield
        finally:
            await client.close()
            await pool.close()

    app = Starlette(
        routes=[
            *api.routes(),
            *printing.routes(),
            *journals.routes(),
            *feeds.routes(),
            *week_page.routes(),
            *pages.routes(),
            Route("/asyncapi.json", operations.asyncapi_json),
            Route("/healthz", operations.healthz),
            Route("/metrics", operations.metrics_page),
        ],
        middleware=[Middleware(Edge)],
        exception_handlers={HTTPException: _not_here},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    return app


async def _database(settings: Settings) -> Pool:
    while True:
        try:
            pool = await database.open_pool(settings.database_url, size=POOL_SIZE)
            await tokens.prepare(pool)
            return pool
        except database.UNREACHABLE as error:
            _logger.warning("waiting for the database", reason=str(error))
            await asyncio.sleep(0.3)


async def _not_here(request: Request, error: Exception) -> Response:
    """Answer Starlette's own refusals, unknown addresses and wrong methods, as problems like all others."""
    path, correlation = request.url.path, request.state.correlation_id
    if isinstance(error, HTTPException) and error.status_code == 405:
        reply = problem(MethodNotAllowed, METHOD_WRONG, path=path, method=request.method)
        return respond(request, reply, correlation, dict(error.headers or {}))
    return respond(request, problem(NotFound, ADDRESS_UNKNOWN, path=path), correlation)
