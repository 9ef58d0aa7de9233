"""What the archive says of itself: how far it has a second copy of the log, and whether the two agree."""

import asyncio
from typing import Any

from nats.aio.client import Client
from nats.aio.msg import Msg
from pydantic_core import from_json, to_json

SUBJECT = "archive.position"
"""Where the archiver says after every commit, and every second, how far it is."""


async def announce(client: Client, position: int, reason: str | None) -> None:
    """Say how far the archive is, and what is wrong between it and the log, if anything."""
    await client.publish(SUBJECT, to_json({"position": position, "reason": reason}))


class SecondCopy:
    """Hears how far the archive is; those who need two durable copies wait here."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self.position = 0
        self.reason: str | None = None
        self._waiting: list[tuple[int, asyncio.Future[None]]] = []

    async def listen(self, client: Client) -> None:
        """Hear the archive from now on."""
        await client.subscribe(SUBJECT, cb=self._heard)

    async def _heard(self, message: Msg) -> None:
        said: dict[str, Any] = from_json(message.data)
        self.position, self.reason = int(said["position"]), said["reason"]
        for position, future in self._waiting:
            if position <= self.position and not future.done():
                future.set_result(None)
        self._waiting = [(position, future) for position, future in self._waiting if not future.done()]

    async def wait(self, position: int, timeout_s: float) -> bool:
        """Wait until the archive has the message at `position`; return False when it has not in time."""
        if position <= self.position:
            return True
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((position, future))
        try:
            async with asyncio.timeout(timeout_s):
                await future
        except TimeoutError:
            return False
        return True
