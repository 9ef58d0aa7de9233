"""Who may do what is decided in organisation, and holds at the door of every service."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg
import httpx
import pytest_asyncio

from deploy.credentials import CONSOLE
from services.console import tokens
from services.ops.supervisor import Supervisor

TODAY = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
DECISION = {"number": "5-QĐ/VPTU", "issued_on": f"{TODAY - timedelta(1)}", "issuer": "Văn phòng Tỉnh ủy"}
FROM_TODAY = {"effective_on": f"{TODAY}", "decision": DECISION}
_PATIENCE_S = 30
_PAUSE_S = 0.2


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def database(running: Supervisor) -> AsyncIterator["asyncpg.Connection[Any]"]:
    connection = await asyncpg.connect(running.stack.database_url(CONSOLE))
    yield connection
    await connection.close()


def speaking(running: Supervisor, token: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{running.http_port}/api",
        headers={"Authorization": f"Bearer {token}"},
        timeout=30,
    )


async def said(client: httpx.AsyncClient, path: str, **words: Any) -> dict[str, Any]:
    answer = await client.post(path, json=words)
    assert answer.status_code == 200, answer.text
    result: dict[str, Any] = answer.json()
    return result


async def becomes(client: httpx.AsyncClient, status: int) -> httpx.Response:
    """Ask for the table of authority until the door answers so: it remembers for five seconds."""
    loop = asyncio.get_running_loop()
    until = loop.time() + _PATIENCE_S
    while True:
        answer = await client.get("/organisation/account-authority", params={"account": "user:quyen"})
        if answer.status_code == status:
            return answer
        assert loop.time() < until, answer.text
        await asyncio.sleep(_PAUSE_S)  # a client's own pause before it asks again


async def registered(client: httpx.AsyncClient, name: str, account: str) -> str:
    answer = await said(client, "/organisation/register-person", name=name, headcount="civil_servant", account=account)
    return str(answer["recorded"][0]["subject"].split("/")[1])


async def test_a_role_granted_delegated_and_revoked_opens_and_shuts_the_door(
    running: Supervisor, database: "asyncpg.Connection[Any]"
) -> None:
    chief = await tokens.create(database, "user:chief", "Trần Văn Minh", ["administrator"], None, 1, "person:test")
    quyen = await tokens.create(database, "user:quyen", "Lê Thị Quyên", [], None, 1, "person:test")
    nam = await tokens.create(database, "user:nam", "Vũ Văn Nam", [], None, 1, "person:test")
    async with speaking(running, chief) as admin, speaking(running, quyen) as hers, speaking(running, nam) as his:
        her_id = await registered(admin, "Lê Thị Quyên", "user:quyen")
        his_id = await registered(admin, "Vũ Văn Nam", "user:nam")
        refused = await becomes(hers, 403)
        assert refused.json()["code"] == "not-allowed"

        await said(admin, "/organisation/grant-role", person_id=her_id, role="leader", **FROM_TODAY)
        view = (await becomes(hers, 200)).json()
        assert (view["roles"], view["person_id"]) == (["leader"], her_id)
        await becomes(his, 403)

        week = {"until": f"{TODAY + timedelta(7)}", **FROM_TODAY}
        both = {"from_person_id": her_id, "to_person_id": his_id}
        await said(admin, "/organisation/delegate-authority", roles=["leader"], **both, **week)
        await becomes(his, 200)

        await said(admin, "/organisation/revoke-role", person_id=her_id, role="leader", **FROM_TODAY)
        await becomes(hers, 403)
        await becomes(his, 403)
