"""API tokens: who may speak through the console; only their SHA-256 is kept."""

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from asyncpg import Connection, Pool

from contracts.base import Actor, Role

Database: TypeAlias = "Pool | Connection[Any]"
PREFIX = "mm_"
LONGEST_DAYS = 3650
FORM = re.compile(r"^mm_[A-Za-z0-9_-]{43}$")
_COLUMNS = "token_id, actor_id, name, roles, board, created_at, created_by, expires_at, revoked_at"
_TABLE = """
CREATE TABLE IF NOT EXISTS console.api_tokens (
    token_sha256 bytea PRIMARY KEY,
    token_id     text NOT NULL UNIQUE,
    actor_id     text NOT NULL,
    name         text NOT NULL,
    roles        text[] NOT NULL,
    board        text,
    created_at   timestamptz NOT NULL DEFAULT now(),
    created_by   text NOT NULL,
    expires_at   timestamptz NOT NULL,
    revoked_at   timestamptz
)"""


class TokenRefused(ValueError):
    """A token may not be made like this; `vi` and `en` say why and what to do."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(f"{vi} / {en}")
        self.vi = vi
        self.en = en


@dataclass(frozen=True)
class Token:
    """A token as it is kept: whose it is and until when; never the token itself."""

    token_id: str
    actor: Actor
    created_at: datetime
    created_by: str
    expires_at: datetime
    revoked_at: datetime | None

    def valid(self, now: datetime) -> bool:
        """Return whether it opens the door at this moment."""
        return self.revoked_at is None and now < self.expires_at


async def prepare(database: Database) -> None:
    """Create the table where it is missing; the role must own the schema `console`."""
    await database.execute(f"SELECT pg_advisory_xact_lock(hashtext('console.prepare')); {_TABLE}")


async def create(
    database: Database,
    actor_id: str,
    name: str,
    roles: Sequence[Role],
    board: str | None,
    days: int,
    created_by: str,
) -> str:
    """Make a token for a person and return it; it can never be shown again.

    Without roles it carries those that organisation grants the person, on each day anew. Raises TokenRefused for the
    role `service`, a board without roles, no roles for anything but a person's account, or days outside 1 to 3650;
    pydantic's ValidationError for an actor the office's words do not allow.
    """
    actor = Actor(id=actor_id, name=name, roles=tuple(roles), board=board)
    _expect_fit(actor, days)
    text = PREFIX + secrets.token_urlsafe(32)
    await database.execute(
        "INSERT INTO console.api_tokens (token_sha256, token_id, actor_id, name, roles, board, created_by, expires_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(days => $8))",
        digest(text),
        secrets.token_hex(6),
        actor.id,
        actor.name,
        list(actor.roles),
        actor.board,
        created_by,
        days,
    )
    return text


def _expect_fit(actor: Actor, days: int) -> None:
    if "service" in actor.roles:
        raise TokenRefused(
            "Mã truy cập không được mang vai trò service.",
            "A token never carries the role service.",
        )
    if not actor.roles and (actor.board or not actor.id.startswith("user:")):
        raise TokenRefused(
            "Mã truy cập không ghi vai trò thì lấy vai trò và ban theo phân quyền của tổ chức: chỉ dùng cho tài khoản "
            "cá nhân (user:ten) và không ghi ban.",
            "A token without roles takes roles and board from the organisation's grants: it is for a person's account "
            "(user:name) only, and names no board.",
        )
    if not 1 <= days <= LONGEST_DAYS:
        raise TokenRefused(
            f"Thời hạn của mã truy cập phải từ 1 đến {LONGEST_DAYS} ngày.",
            f"A token lives from 1 to {LONGEST_DAYS} days.",
        )


async def revoke(database: Database, token_id: str) -> bool:
    """End a token now; return whether there was a living one of this id. The console knows within five seconds."""
    ended = await database.fetchval(
        "UPDATE console.api_tokens SET revoked_at = now() WHERE token_id = $1 AND revoked_at IS NULL RETURNING true",
        token_id,
    )
    return bool(ended)


async def list_all(database: Database) -> tuple[Token, ...]:
    """Return every token ever made, the newest first."""
    rows = await database.fetch(f"SELECT {_COLUMNS} FROM console.api_tokens ORDER BY created_at DESC, token_id")
    return tuple(_token(row) for row in rows)


async def find(database: Database, text: str) -> Token | None:
    """Return what is kept of this token, living or not; None for a token nobody made."""
    if not FORM.match(text):
        return None
    row = await database.fetchrow(f"SELECT {_COLUMNS} FROM console.api_tokens WHERE token_sha256 = $1", digest(text))
    return _token(row) if row else None


def digest(text: str) -> bytes:
    """Return what is kept of a token: its SHA-256."""
    return hashlib.sha256(text.encode()).digest()


def _token(row: Any) -> Token:
    actor = Actor(id=row["actor_id"], name=row["name"], roles=tuple(row["roles"]), board=row["board"])
    return Token(row["token_id"], actor, row["created_at"], row["created_by"], row["expires_at"], row["revoked_at"])
