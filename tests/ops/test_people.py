"""Erasing a person from the command line: everywhere, once and for ever, and recorded in the log."""

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from nats.aio.client import Client
from nats.errors import NoRespondersError

from deploy import SERVICES
from deploy.credentials import OPERATOR
from deploy.stack import Stack
from services.audit.service import AUDIT
from services.ops.supervisor import RUN_FILE
from services.runtime.database import open_pool
from services.runtime.follow import Reader
from services.runtime.process import answer
from services.runtime.settings import Settings
from services.runtime.vault import Vault

_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Line:
    """The command line beside an office whose servers run."""

    office: Stack
    vault: Vault

    async def motmoi(self, *arguments: str, expect: int = 0, typed: str = "") -> str:
        """Run one command and return what it prints on both streams; `typed` is what is typed at the terminal."""
        environment = {**os.environ, "MOTMOI_DATA": str(self.office.folder), "MOTMOI_LANG": "en"}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "services.ops",
            "person",
            *arguments,
            env={**environment, "PYTHONPATH": str(_ROOT)},
            cwd=_ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        printed, complained = await process.communicate(typed.encode())
        assert process.returncode == expect, printed.decode() + complained.decode()
        return printed.decode() if "--json" in arguments else printed.decode() + complained.decode()

    def settings(self, user: str) -> Settings:
        """Return the settings of one user of the office."""
        return Settings.from_environment(
            {
                "MOTMOI_NATS_URL": self.office.nats_url,
                "MOTMOI_NATS_USER": user,
                "MOTMOI_NATS_PASSWORD": self.office.credentials.nats[user],
                "MOTMOI_DATABASE_URL": self.office.database_url(user),
            }
        )

    async def erasures(self) -> list[dict[str, Any]]:
        """Return the events of the log that say that somebody was erased."""
        reader = await Reader(self.settings(OPERATOR), "test", 500).open(0)
        try:
            messages = (await reader.batch()).messages
        finally:
            reader.close()
        events = [event for message in messages for event in json.loads(message.payload)]
        return [event for event in events if event["type"] == "audit.PersonErased"]

    async def knows(self, person: str) -> Vault:
        """Make a key for a person in the service documents."""
        made = await self.vault.import_keys(
            [
                {
                    "person": person,
                    "key": "A" * 43 + "=",
                    "created_at": "2026-11-22T02:30:00+00:00",
                    "erased_at": None,
                    "erased_by": None,
                    "erasure_reason": None,
                }
            ]
        )
        assert made == 1
        return self.vault


@pytest_asyncio.fixture(loop_scope="session")
async def line(office: Stack) -> AsyncIterator[Line]:
    """A command line that finds the office."""
    ports = {"servers": {"nats": {"port": office.nats.port}, "postgres": {"port": office.postgres.port}}}
    found = office.folder / RUN_FILE
    found.write_text(json.dumps(ports))
    pool = await open_pool(office.database_url("documents"))
    yield Line(office, Vault(pool, "documents"))
    await pool.close()
    found.unlink()


@pytest_asyncio.fixture(loop_scope="session")
async def audit(line: Line, connect: Callable[..., Awaitable[Client]]) -> AsyncIterator[None]:
    """The audit service, deciding."""
    operator = await connect(line.office, OPERATOR)
    working = asyncio.create_task(answer(AUDIT, line.settings("audit")))
    async with asyncio.timeout(20):
        while True:
            with contextlib.suppress(NoRespondersError):
                health = json.loads((await operator.request("ops.audit.health.answer", b"", timeout=5)).data)
                if health["status"] == "ok":
                    break
            await asyncio.sleep(0.05)
    yield
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)


async def test_nobody_is_shown_or_erased_whom_no_service_knows(line: Line) -> None:
    assert "No service has a key of party-0" in await line.motmoi("show", "party-0", expect=1)
    assert "No service" in await line.motmoi("erase", "party-0", "--reason", "asked to", "--yes", expect=1)


async def test_a_name_is_not_taken_for_a_person_s_id_nor_nothing_for_a_reason(line: Line) -> None:
    assert "not a person's id" in await line.motmoi("show", "Nguyễn Văn A", expect=2)
    assert "not a person's id" in await line.motmoi("erase", "Nguyễn Văn A", "--reason", "asked to", expect=2)
    assert "3 to 500" in await line.motmoi("erase", "party-0", "--reason", " x ", expect=2)


async def test_a_dry_run_and_a_no_erase_nothing(line: Line) -> None:
    vault = await line.knows("party-1")

    tried = await line.motmoi("erase", "party-1", "--reason", "asked to", "--dry-run", "--json")
    said = await line.motmoi("erase", "party-1", "--reason", "asked to", typed="n\n", expect=1)

    assert json.loads(tried)["dry_run"] is True
    assert "22/11/2026 09:30:00" in said
    assert "Nothing was erased" in said
    standing = await vault.standing("party-1")
    assert standing is not None
    assert standing.erased_at is None


async def test_without_audit_the_erasure_stands_and_says_that_it_is_not_recorded(line: Line) -> None:
    vault = await line.knows("party-2")

    said = await line.motmoi("erase", "party-2", "--reason", "asked to", "--yes", expect=1)

    assert "does not say so yet" in said
    assert "run again" in said
    standing = await vault.standing("party-2")
    assert standing is not None
    assert standing.erased_at is not None


@pytest.mark.usefixtures("audit")
async def test_run_again_it_records_what_was_done_the_first_time(line: Line) -> None:
    first = json.loads(await line.motmoi("erase", "party-2", "--reason", "another reason", "--yes", "--json"))
    again = json.loads(await line.motmoi("erase", "party-2", "--reason", "a third", "--yes", "--json"))

    events = [event for event in await line.erasures() if event["data"]["person"] == "party-2"]
    assert [event["data"]["reason"] for event in events] == ["asked to"]
    assert events[0]["actor"].startswith("operator:")
    assert first == again
    assert first["recorded"] is not None
    assert first["problem"] is None


@pytest.mark.usefixtures("audit")
async def test_an_erased_person_is_erased_in_every_service_and_shown_as_such(line: Line) -> None:
    vault = await line.knows("party-3")

    said = await line.motmoi("erase", "party-3", "--reason", "asked to [by letter]", typed="y\n")
    shown = json.loads(await line.motmoi("show", "party-3", "--json"))
    table = await line.motmoi("show", "party-3")

    assert "Recorded as message" in said
    assert "Keys files of earlier backups still have this key" in said
    assert [row["service"] for row in shown["services"]] == list(SERVICES)
    assert all(row["erased_at"] and row["reason"] == "asked to [by letter]" for row in shown["services"])
    assert shown["services"][SERVICES.index("documents")]["created_at"] == "2026-11-22T02:30:00+00:00"
    assert "asked to [by letter]" in table
    assert [row["key"] for row in await vault.export_keys() if row["person"] == "party-3"] == [None]
    assert "party-3" in [event["data"]["person"] for event in await line.erasures()]
