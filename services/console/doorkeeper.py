"""The door: recognises living tokens without a trip to the database for every request."""

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeAlias

from contracts.base import Actor
from services.console.tokens import FORM, Database, Token, digest, find

Authority: TypeAlias = Callable[[Actor], Awaitable[Actor]]
"""Gives a person the roles and the board they have today."""
REMEMBERED_S = 5.0
REMEMBERED_MOST = 10_000


class Doorkeeper:
    """Recognises living tokens, asking the database about each at most every five seconds.

    Whose token carries no roles has those that `authority` knows of, asked as often.
    """

    def __init__(self, database: Database, authority: Authority) -> None:
        """Ask this database, and this authority."""
        self._database = database
        self._authority = authority
        self._remembered: dict[bytes, tuple[float, Token | None, Actor | None]] = {}

    async def recognise(self, text: str) -> Actor | None:
        """Return whose living token this is, or None; raises the errors of the database and the authority."""
        if not FORM.match(text):
            return None
        key = digest(text)
        until, token, actor = self._remembered.get(key, (0.0, None, None))
        if until < time.monotonic():
            token = await find(self._database, text)
            actor = token.actor if token else None
            if actor and not actor.roles:
                actor = await self._authority(actor)
            if len(self._remembered) >= REMEMBERED_MOST:
                self._remembered.clear()
            self._remembered[key] = (time.monotonic() + REMEMBERED_S, token, actor)
        return actor if token and token.valid(datetime.now(UTC)) else None
