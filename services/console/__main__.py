"""Run the console until SIGTERM or SIGINT: `python -m services.console`."""

import signal
import sys

import uvicorn

from services.console.app import application
from services.runtime import logs
from services.runtime.settings import Settings

STOP_LIMIT_S = 8
CONNECTIONS_AT_ONCE = 2000
THREAD_TURN_S = 0.0005


def main() -> None:
    """Serve with uvloop and httptools; requests under way are finished before the process ends."""
    # An export fills its sheet in a thread; at Python's 5 ms a turn every request beside it would wait 100 ms and more.
    sys.setswitchinterval(THREAD_TURN_S)
    settings = Settings.from_environment()
    logs.configure(settings, "console")
    # uvicorn raises the stopping signal once more when it is done; by then it means a clean end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    uvicorn.run(
        application(settings),
        host=settings.http_host,
        port=settings.http_port,
        loop="uvloop",
        http="httptools",
        ws="none",
        lifespan="on",
        access_log=False,
        log_level="warning",
        server_header=False,
        limit_concurrency=CONNECTIONS_AT_ONCE,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=STOP_LIMIT_S,
    )


if __name__ == "__main__":
    main()
