"""The door: recognises living tokens without a trip to the database for every request."""

import time
from datetime import UTC, datetime

from contracts.base import Actor
from services.console.tokens import FORM, Database, Token, digest, find

REMEMBERED_S = 5.0
REMEMBERED_MOST = 10_000


class Doorkeeper:
    """Recognises living tokens, asking the database about each at most every five seconds."""

    def __init__(self, database: Database) -> None:
        """Ask this database."""
        self._database = database
        self._remembered: dict[bytes, tuple[float, Token | None]] = {}

    async def recognise(self, text: str) -> Actor | None:
        """Return whose living token this is, or None; raises the database's errors when it does not answer."""
        if not FORM.match(text):
            return None
        key = digest(text)
        until, token = self._remembered.get(key, (0.0, None))
        if until < time.monotonic():
            token = await find(self._database, text)
            if len(self._remembered) >= REMEMBERED_MOST:
                self._remembered.clear()
            self._remembered[key] = (time.monotonic() + REMEMBERED_S, token)
        return token.actor if token and token.valid(datetime.now(UTC)) else None
