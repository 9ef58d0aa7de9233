"""The database of an office: roles that own one schema each and see no other."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING

import asyncpg

from deploy.credentials import CONSOLE, DATABASE, OPERATOR, Credentials

BUILTIN_LOCALE_SINCE = 17
SCRAM_ITERATIONS = 4096
ROLE_SETTINGS = {
    "timezone": "UTC",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "5min",
    "default_transaction_isolation": "read committed",
}
# A page waits seconds; a service may rebuild a read model of years in one statement.
STATEMENT_TIMEOUT = {CONSOLE: "15s", OPERATOR: "15min"}
SERVICE_STATEMENT_TIMEOUT = "10min"

if TYPE_CHECKING:
    Connection = asyncpg.Connection[asyncpg.Record]


async def create_database(connection: Connection) -> list[str]:
    """Create `motmoi` (UTF-8, code point order) where it is missing, and close every database to strangers."""
    changed = []
    if not await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", DATABASE):
        await connection.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template0 ENCODING 'UTF8' {_locale(connection)}")
        changed.append(DATABASE)
    for database in (DATABASE, "postgres", "template1"):
        await connection.execute(f"REVOKE ALL ON DATABASE {database} FROM PUBLIC")
    return changed


async def provision_roles(connection: Connection, credentials: Credentials, services: Sequence[str]) -> list[str]:
    """Create or correct one login role per service, `console` and `operator`, with its password and settings."""
    changed = []
    for role in (*services, CONSOLE, OPERATOR):
        if not await connection.fetchval("SELECT true FROM pg_roles WHERE rolname = $1", role):
            await connection.execute(f"CREATE ROLE {_quoted(role)}")
            changed.append(role)
        await connection.execute(
            f"ALTER ROLE {_quoted(role)} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS INHERIT"
        )
        kept = await connection.fetchval("SELECT rolpassword FROM pg_authid WHERE rolname = $1", role)
        if not _matches(kept, credentials.postgres[role]):
            verifier = scram_verifier(credentials.postgres[role], secrets.token_bytes(16), SCRAM_ITERATIONS)
            await connection.execute(f"ALTER ROLE {_quoted(role)} PASSWORD '{verifier}'")
            if role not in changed:
                changed.append(role)
        await connection.execute(f"GRANT CONNECT, TEMPORARY ON DATABASE {DATABASE} TO {_quoted(role)}")
        if role in services:  # for the passing schemas in which a past is put together
            await connection.execute(f"GRANT CREATE ON DATABASE {DATABASE} TO {_quoted(role)}")
        await _settle(connection, role)
    await connection.execute(f"GRANT pg_read_all_data TO {_quoted(OPERATOR)}")
    return changed


async def provision_schemas(connection: Connection, services: Sequence[str]) -> list[str]:
    """Create, in the database `motmoi`, the schema each service and `console` owns; schema public serves nobody."""
    changed = []
    await connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    for role in (*services, CONSOLE):
        if not await connection.fetchval("SELECT true FROM pg_namespace WHERE nspname = $1", role):
            await connection.execute(f"CREATE SCHEMA {_quoted(role)}")
            changed.append(f"schema {role}")
        await connection.execute(f"ALTER SCHEMA {_quoted(role)} OWNER TO {_quoted(role)}")
        await connection.execute(f"REVOKE ALL ON SCHEMA {_quoted(role)} FROM PUBLIC")
    return changed


def scram_verifier(password: str, salt: bytes, iterations: int) -> str:
    """The SCRAM-SHA-256 verifier PostgreSQL stores (RFC 5803), so that no statement ever carries a password."""
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, iterations)
    stored_key = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server_key = hmac.digest(salted, b"Server Key", "sha256")
    salt_text, stored, server = (base64.b64encode(part).decode() for part in (salt, stored_key, server_key))
    return f"SCRAM-SHA-256${iterations}:{salt_text}${stored}:{server}"


def _matches(verifier: str | None, password: str) -> bool:
    if not verifier or not verifier.startswith("SCRAM-SHA-256$"):
        return False
    iterations, salt = verifier.split("$")[1].split(":")
    return hmac.compare_digest(verifier, scram_verifier(password, base64.b64decode(salt), int(iterations)))


async def _settle(connection: Connection, role: str) -> None:
    settings = {
        **ROLE_SETTINGS,
        "statement_timeout": STATEMENT_TIMEOUT.get(role, SERVICE_STATEMENT_TIMEOUT),
        "search_path": role,
    }
    for setting, value in settings.items():
        await connection.execute(f"ALTER ROLE {_quoted(role)} IN DATABASE {DATABASE} SET {setting} = {_literal(value)}")


def _locale(connection: Connection) -> str:
    if connection.get_server_version().major >= BUILTIN_LOCALE_SINCE:
        return "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C'"
    return "LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
