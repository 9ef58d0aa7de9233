"""API tokens: only a living token of a known person opens the door."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

import asyncpg
import httpx
import pytest
from pydantic import ValidationError

from contracts.base import Actor, Answered, Role
from services.console import tokens
from services.console.doorkeeper import Doorkeeper

QUERY = "/api/documents/incoming-register"
Connection: TypeAlias = "asyncpg.Connection[Any]"


async def make(database: Connection, name: str = "Trần Văn Minh", days: int = 30) -> str:
    return await tokens.create(database, "person:minh", name, ["leader"], None, days, "person:admin")


async def test_only_the_digest_of_a_token_is_kept(database: Connection) -> None:
    text = await make(database)
    assert text.startswith("mm_")
    assert len(text) == 46
    row = await database.fetchrow(
        "SELECT * FROM console.api_tokens WHERE token_sha256 = $1", hashlib.sha256(text.encode()).digest()
    )
    assert row is not None
    assert text not in str(dict(row))


async def test_a_request_without_a_token_is_told_how_to_send_one(http: httpx.AsyncClient) -> None:
    answer = await http.get(QUERY, headers={"Authorization": ""})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["code"] == "token-missing"


@pytest.mark.parametrize("text", ["mm_" + "x" * 43, "mm_short", "", "x" * 5000, "mm_" + "é" * 43])
async def test_a_token_nobody_made_is_refused(http: httpx.AsyncClient, text: str) -> None:
    answer = await http.get(QUERY, headers={b"Authorization": f"Bearer {text}".encode()})
    assert (answer.status_code, answer.json()["code"]) == (401, "token-refused")


async def unasked(actor: Actor) -> Actor:
    raise AssertionError(actor)


async def test_an_expired_token_is_refused(database: Connection) -> None:
    text = await make(database)
    door = Doorkeeper(database, unasked)
    assert await door.recognise(text)
    found = await tokens.find(database, text)
    assert found is not None
    ended = "UPDATE console.api_tokens SET expires_at = now() - interval '1 second' WHERE token_id = $1"
    await database.execute(ended, found.token_id)
    assert await Doorkeeper(database, unasked).recognise(text) is None
    found = await tokens.find(database, text)
    assert found is not None
    assert not found.valid(datetime.now(UTC))
    assert found.valid(found.expires_at - timedelta(seconds=1))


async def test_a_revoked_token_is_refused_and_stays_listed(database: Connection) -> None:
    text = await make(database, "Lê Văn Hùng")
    found = await tokens.find(database, text)
    assert found is not None
    assert await tokens.revoke(database, found.token_id)
    assert not await tokens.revoke(database, found.token_id)
    assert await Doorkeeper(database, unasked).recognise(text) is None
    assert found.token_id in {token.token_id for token in await tokens.list_all(database)}


async def test_a_remembered_token_costs_no_trip_to_the_database(database: Connection) -> None:
    text = await make(database)
    door = Doorkeeper(database, unasked)
    assert await door.recognise(text)
    async with database.transaction():
        await database.execute("LOCK TABLE console.api_tokens")
        assert all([await door.recognise(text) for _ in range(100)])


async def test_no_token_may_speak_as_a_service(database: Connection) -> None:
    with pytest.raises(tokens.TokenRefused):
        await tokens.create(database, "person:a", "A", ["clerk", "service"], None, 1, "person:admin")
    with pytest.raises(tokens.TokenRefused):
        await tokens.create(database, "person:a", "A", [], None, 1, "person:admin")
    with pytest.raises(tokens.TokenRefused):
        await tokens.create(database, "user:a", "A", [], "BTCTU", 1, "person:admin")
    with pytest.raises(tokens.TokenRefused):
        await make(database, days=0)
    with pytest.raises(ValidationError):
        await tokens.create(database, "nobody", "A", ["clerk"], None, 1, "person:admin")


async def test_the_table_may_be_prepared_twice(database: Connection) -> None:
    await tokens.prepare(database)
    await tokens.prepare(database)


async def test_the_token_says_who_speaks_never_the_request(
    http: httpx.AsyncClient, desk: Any, database: Connection
) -> None:
    await desk.answer("query.documents.incoming-register", Answered(position=1, result={}))
    text = await make(database)
    await http.get(QUERY, headers={"Authorization": f"bearer {text}"})
    assert desk.heard[-1][1]["actor"]["id"] == "person:minh"


async def test_a_token_without_roles_carries_those_of_the_day(database: Connection) -> None:
    granted: list[Role] = ["clerk"]

    async def authority(actor: Actor) -> Actor:
        return actor.model_copy(update={"roles": tuple(granted), "board": "VPTU"})

    text = await tokens.create(database, "user:lan", "Nguyễn Thị Lan", [], None, 1, "person:admin")
    lan = await Doorkeeper(database, authority).recognise(text)
    assert lan == Actor(id="user:lan", name="Nguyễn Thị Lan", roles=("clerk",), board="VPTU")
    granted.clear()
    gone = await Doorkeeper(database, authority).recognise(text)
    assert gone is not None
    assert gone.roles == ()
