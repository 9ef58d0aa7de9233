"""Who somebody is stays sealed in everything that is kept, opens for those who may know, and for nobody once erased."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio
from asyncpg import Pool
from nats.aio.client import Client

from contracts.base import Actor, Personal
from deploy.stack import Stack
from services.runtime.aggregates import snapshot_model
from services.runtime.database import open_pool
from services.runtime.follow import Reader
from services.runtime.process import answer, follow
from services.runtime.rebuilding import Rebuild
from services.runtime.vault import KeysDiffer, Vault


def _toy() -> Any:
    spec = spec_from_file_location("tests_runtime_petitions", Path(__file__).with_name("petitions.py"))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_TOY = _toy()


@dataclass(frozen=True)
class Desk:
    """The toy's processes, as the console and the database's owner see them."""

    client: Client
    pool: Pool
    vault: Vault
    office: Stack
    settings: Any

    async def says(self, command: str, words: Any, *roles: str, **meta: Any) -> dict[str, Any]:
        """Give a command and return its answer."""
        actor = {"id": "user:lan", "name": "Lan", "roles": roles or ("clerk",)}
        meta = {"command_id": str(uuid4()), "actor": actor, "correlation_id": "test", **meta}
        return await self._asked(f"command.documents.{command}", {"meta": meta, "data": words})

    async def asks(self, query: str, words: Any, *roles: str) -> dict[str, Any]:
        """Ask and return the answer's result."""
        actor = {"id": "user:mai", "name": "Mai", "roles": roles}
        reply = await self._asked(f"query.documents.{query}", {"actor": actor, "correlation_id": "t", "data": words})
        assert reply["outcome"] == "answered", reply
        result: dict[str, Any] = reply["result"]
        return result

    async def _asked(self, subject: str, body: Any) -> dict[str, Any]:
        reply: dict[str, Any] = json.loads((await self.client.request(subject, json.dumps(body).encode(), 10)).data)
        return reply

    async def lodged(self, person: str, text: str) -> str:
        """Lodge a petition, wait until it was reminded of too, and return its id."""
        petition = f"p{uuid4().hex}"
        words = {"petition": petition, "who": {"person": person, "text": text}}
        assert (await self.says("lodge", words))["outcome"] == "accepted"
        async with asyncio.timeout(20):
            while not await self.pool.fetchval("SELECT reminded FROM petitions_v1 WHERE petition = $1", petition):
                await asyncio.sleep(0.02)
        return petition

    async def shown(self, petition: str, *roles: str) -> Any:
        """Return who lodged a petition, as it is shown to these roles."""
        rows = (await self.asks("petitions", {"limit": 1000}, *roles))["rows"]
        return next(row["who"] for row in rows if row["petition"] == petition)

    async def messages(self) -> list[bytes]:
        """Return the payload of every message of the log."""
        reader = await Reader(self.settings, "test", 500).open(0)
        found: list[bytes] = []
        try:
            while True:
                batch = await reader.batch()
                found += [message.payload for message in batch.messages]
                if batch.pending == 0:
                    return found
        finally:
            reader.close()

    async def tables(self) -> dict[str, list[str]]:
        """Return every row of every table of the service as text."""
        names = await self.pool.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'documents'")
        read = 'SELECT t::text FROM "{}" t ORDER BY 1'
        return {name: [row[0] for row in await self.pool.fetch(read.format(name))] for (name,) in names}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def processes(office: Stack, toy: SimpleNamespace) -> AsyncIterator[Pool]:
    """The toy's two processes, on an empty office, and its role's pool."""
    settings = toy.settings_of(office)
    tasks = [asyncio.create_task(part(_TOY.PETITIONS, settings)) for part in (answer, follow)]
    pool = await open_pool(settings.database_url)
    async with asyncio.timeout(20):
        ready = "SELECT count(*) FROM checkpoints WHERE ready"
        while not await pool.fetchval("SELECT to_regclass('checkpoints')") or await pool.fetchval(ready) < 3:
            await asyncio.sleep(0.02)
    yield pool
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await pool.close()


@pytest_asyncio.fixture(loop_scope="session")
async def desk(processes: Pool, office: Stack, toy: SimpleNamespace, connect: Callable[..., Awaitable[Client]]) -> Desk:
    """The toy's desk."""
    client = await connect(office, "console")
    return Desk(client, processes, Vault(processes, "documents"), office, toy.settings_of(office))


def _person() -> str:
    return f"party-{uuid4().hex}"


def _sealed_in(message: bytes) -> Any:
    return json.loads(message)[0]["data"]["who"]


# --- what is kept ---------------------------------------------------------------------------------------------------


async def test_who_it_is_stands_nowhere_in_what_is_kept(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    secret, address = f"Nguyễn Văn {uuid4().hex}", f"12 phố {uuid4().hex}"
    person = _person()
    await desk.lodged(person, secret)
    who, party = {"person": _person(), "text": secret}, {"person": _person(), "text": address}
    words = {"petition": "nested", "who": who, "others": [{"who": party, "address": party}, {"who": who}]}
    await desk.says("lodge", words)
    await desk.says("lodge", {**words, "petition": "faulty", "note": "break"})
    await desk.says("lodge", {**words, "petition": "Không đúng dạng"})
    await desk.says("lodge", {**words, "petition": "rehearsed"}, rehearsal=True)
    await desk.asks("petitions", {}, "leader")
    superuser = await asyncpg.connect(desk.office.superuser_dsn)
    await superuser.execute("CHECKPOINT")
    await superuser.close()

    messages, tables = await desk.messages(), _encoded(await desk.tables())
    files = await asyncio.to_thread(_contents, desk.office.folder, desk.office.postgres_folder)
    printed = capfd.readouterr()
    lines = [printed.out.encode(), printed.err.encode()]

    for kept in (messages, tables, files):
        assert [one for one in kept if person.encode() in one], "this is where it would be found"
    assert "decision failed" in printed.out
    for kept in (messages, tables, files, lines):
        assert not [one[:80] for one in kept for text in (secret, address) if text[-32:].encode() in one]


def _encoded(tables: dict[str, list[str]]) -> list[bytes]:
    return [row.encode() for rows in tables.values() for row in rows]


def _contents(*folders: Path) -> list[bytes]:
    return [path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()]


async def test_a_reply_names_the_person_and_shows_neither_words_nor_seal(desk: Desk) -> None:
    person, id = _person(), str(uuid4())
    words = {"petition": f"p{uuid4().hex}", "who": {"person": person, "text": "Trần Thị B"}}

    reply = await desk.says("lodge", words, command_id=id)

    expected = {"person": person, "text": None, "sealed": None, "hidden": "withheld"}
    assert reply["recorded"][0]["data"]["who"] == expected
    assert await desk.says("lodge", words, command_id=id) == reply


async def test_the_same_command_id_again_has_one_effect_and_one_answer(desk: Desk) -> None:
    petition, id = f"p{uuid4().hex}", str(uuid4())
    words = {"petition": petition, "who": {"person": _person(), "text": "Lê Văn C"}}

    answers = await asyncio.gather(*(desk.says("lodge", words, command_id=id) for _ in range(20)))

    assert {answer["outcome"] for answer in answers} == {"accepted"}
    assert len({answer["position"] for answer in answers}) == 1
    lodged = [message for message in await desk.messages() if f"petition/{petition}".encode() in message]
    assert sum(b"documents.Lodged" in message for message in lodged) == 1


async def test_a_rehearsal_leaves_no_key_behind(desk: Desk) -> None:
    person = _person()
    words = {"petition": f"p{uuid4().hex}", "who": {"person": person, "text": "Phạm D"}}

    reply = await desk.says("lodge", words, rehearsal=True)

    assert reply["outcome"] == "accepted"
    assert await desk.vault.standing(person) is None


async def test_a_policy_and_a_timer_pass_the_seal_on_as_it_is(desk: Desk) -> None:
    petition = await desk.lodged(_person(), "Đỗ E")

    found = [_sealed_in(message) for message in await desk.messages() if f"petition/{petition}".encode() in message]

    assert len(found) == 3
    assert len({who["sealed"] for who in found}) == 1


# --- who may know ---------------------------------------------------------------------------------------------------


async def test_only_the_roles_a_query_names_see_who_it_is(desk: Desk) -> None:
    person = _person()
    petition = await desk.lodged(person, "Vũ Thị Hạnh\nsố 5 ngõ 3")

    leader, clerk = await desk.shown(petition, "clerk", "leader"), await desk.shown(petition, "clerk", "administrator")
    nobody = (await desk.asks("petition", {"petition": petition}, "leader"))["who"]

    assert leader == {"person": person, "text": "Vũ Thị Hạnh\nsố 5 ngõ 3", "sealed": None, "hidden": None}
    assert clerk == nobody == {"person": person, "text": None, "sealed": None, "hidden": "withheld"}


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ({"person": "party-1"}, "personal_shape"),
        ({"person": "party-1", "text": "A", "hidden": "erased"}, "personal_shape"),
        ({"person": "party-1", "text": " "}, "too_short"),
        ({"person": "Nguyễn Văn A", "text": "A"}, "string_pattern_mismatch"),
        ({"person": "party-1", "sealed": "A" * 124}, "personal-not-plain"),
        ({"person": "party-1", "hidden": "withheld"}, "personal-not-plain"),
    ],
)
async def test_people_send_plain_words_and_nothing_else(desk: Desk, who: dict[str, str], code: str) -> None:
    reply = await desk.says("lodge", {"petition": "p1", "who": who})

    assert reply["outcome"] == "invalid"
    assert [(field["field"].split(".")[0], field["code"]) for field in reply["fields"]] == [("who", code)]


async def test_a_sealed_value_moved_to_another_person_does_not_open(desk: Desk) -> None:
    first, second = _person(), _person()
    petition, other = await desk.lodged(first, "Bùi F"), await desk.lodged(second, "Hồ G")
    kept = await desk.pool.fetchval("SELECT who FROM petitions_v1 WHERE petition = $1", petition)
    moved = json.dumps({**json.loads(kept), "person": second})

    refused = await desk.says("pass-on", {"petition": other, "who": json.loads(moved)}, "service")
    await desk.pool.execute("UPDATE petitions_v1 SET who = $2 WHERE petition = $1", petition, moved)
    shown = await desk.shown(petition, "leader")
    await desk.pool.execute("UPDATE petitions_v1 SET who = $2 WHERE petition = $1", petition, kept)

    assert shown == {"person": second, "text": None, "sealed": None, "hidden": "unreadable"}
    assert refused["fields"][0]["code"] == "personal-not-ours"
    assert (await desk.shown(petition, "leader"))["text"] == "Bùi F"


# --- erasing --------------------------------------------------------------------------------------------------------


async def test_an_erased_person_is_unknown_to_everybody_and_nothing_else_changes(desk: Desk) -> None:
    person, other = _person(), _person()
    petition, beside = await desk.lodged(person, "Ngô H"), await desk.lodged(other, "Đinh I")
    assert (await desk.shown(petition, "leader"))["text"] == "Ngô H"
    digests = [hashlib.sha256(message).hexdigest() for message in await desk.messages()]
    tables = {name: rows for name, rows in (await desk.tables()).items() if name != "personal_keys"}
    assert await _rebuilt(desk) == [0, 0]

    erased = await desk.vault.erase(person, "Theo đơn yêu cầu", "operator:an")

    assert erased.rewritten
    hidden = {"person": person, "text": None, "sealed": None, "hidden": "erased"}
    assert await desk.shown(petition, "leader") == hidden
    assert (await desk.shown(beside, "leader"))["text"] == "Đinh I"
    assert (await desk.shown(petition, "clerk"))["hidden"] == "withheld"
    assert [hashlib.sha256(message).hexdigest() for message in await desk.messages()] == digests
    assert {name: rows for name, rows in (await desk.tables()).items() if name != "personal_keys"} == tables
    assert await _rebuilt(desk) == [0, 0]
    assert await desk.shown(petition, "leader") == hidden


async def _rebuilt(desk: Desk) -> list[int]:
    """Fold the register and the snapshots anew and return how many rows differ from the live ones."""
    models = (_TOY.REGISTER, snapshot_model(_TOY.PETITIONS))
    found = await Rebuild(desk.settings, desk.pool, models).run()
    assert all(one.facts for one in found)
    return [one.differences for one in found]


async def test_a_command_naming_an_erased_person_is_refused_with_its_field(desk: Desk) -> None:
    person, petition = _person(), f"p{uuid4().hex}"
    await desk.vault.erase(person, "Theo đơn yêu cầu", "operator:an")
    other = {"person": _person(), "text": "Lý K"}
    words = {"petition": petition, "who": other, "others": [{"who": other, "address": {"person": person, "text": "5"}}]}

    for rehearsal in (False, True):
        reply = await desk.says("lodge", words, rehearsal=rehearsal)

        assert [(field["field"], field["code"]) for field in reply["fields"]] == [
            ("others.0.address.person", "person-erased")
        ]
        assert person in reply["fields"][0]["vi"]
    assert not any(petition.encode() in message for message in await desk.messages())


async def test_a_command_accepted_before_the_erasure_is_answered_as_it_was_then(desk: Desk) -> None:
    person, id = _person(), str(uuid4())
    words = {"petition": f"p{uuid4().hex}", "who": {"person": person, "text": "Mạc L"}}
    first = await desk.says("lodge", words, command_id=id)
    await desk.vault.erase(person, "Theo đơn yêu cầu", "operator:an")

    assert await desk.says("lodge", words, command_id=id) == first


async def test_a_policy_goes_on_with_what_was_sealed_for_an_erased_person(desk: Desk) -> None:
    person = _person()
    petition = await desk.lodged(person, "Tạ M")
    sealed = json.loads(await desk.pool.fetchval("SELECT who FROM petitions_v1 WHERE petition = $1", petition))
    await desk.vault.erase(person, "Theo đơn yêu cầu", "operator:an")

    reply = await desk.says("pass-on", {"petition": petition, "who": sealed}, "service")

    assert reply["outcome"] == "accepted"


async def test_the_first_erasure_is_what_stands_and_no_key_is_made_again(desk: Desk) -> None:
    known, unknown = _person(), _person()
    await desk.lodged(known, "Cao N")
    for person in (known, unknown):
        first = await desk.vault.erase(person, "lần đầu", "operator:an")
        again = await desk.vault.erase(person, "lần sau", "operator:binh")
        assert again == first
        assert again.standing.reason == "lần đầu"
        assert await desk.pool.fetchval("SELECT key IS NULL FROM personal_keys WHERE person = $1", person)
    assert (await desk.vault.standing(known)).created_at is not None  # type: ignore[union-attr]
    assert (await desk.vault.standing(unknown)).created_at is None  # type: ignore[union-attr]


async def test_the_table_s_file_is_free_of_the_key_even_while_an_old_transaction_lasts(desk: Desk) -> None:
    person = _person()
    await desk.lodged(person, "Kiều O")
    key = await desk.pool.fetchval("SELECT key FROM personal_keys WHERE person = $1", person)
    superuser = await asyncpg.connect(desk.office.superuser_dsn, database="motmoi")
    old = await asyncpg.connect(desk.settings.database_url)

    async def file() -> bytes:
        await superuser.execute("CHECKPOINT")
        read = "SELECT pg_read_binary_file(pg_relation_filepath('documents.personal_keys'))"
        return bytes(await superuser.fetchval(read))

    async with old.transaction(isolation="repeatable_read"):
        await old.fetchval("SELECT count(*) FROM petitions_v1")
        before = await file()
        await desk.vault.erase(person, "Theo đơn yêu cầu", "operator:an")
        after = await file()
    await old.close()
    await superuser.close()

    assert key in before
    assert key not in after
    assert await desk.lodged(_person(), "Quách P")


async def test_an_erasure_stands_while_somebody_holds_the_table(desk: Desk) -> None:
    person = _person()
    petition = await desk.lodged(person, "Thái Q")
    impatient = await asyncpg.create_pool(
        desk.settings.database_url, min_size=0, max_size=2, server_settings={"lock_timeout": "50ms"}
    )
    reader = await asyncpg.connect(desk.settings.database_url)
    async with reader.transaction():
        await reader.fetchval("SELECT count(*) FROM personal_keys")
        erased = await Vault(impatient, "documents").erase(person, "Theo đơn yêu cầu", "operator:an")
    await reader.close()
    await impatient.close()

    assert not erased.rewritten
    assert (await desk.shown(petition, "leader"))["hidden"] == "erased"
    assert (await desk.vault.erase(person, "", "")).rewritten


# --- keys files -----------------------------------------------------------------------------------------------------


async def test_keys_come_back_from_their_file_but_no_erased_person_does(desk: Desk) -> None:
    lost, erased_here, erased_there = _person(), _person(), _person()
    petitions = {person: await desk.lodged(person, "Tôn R") for person in (lost, erased_here, erased_there)}
    early = json.loads(json.dumps(await desk.vault.export_keys()))
    await desk.pool.execute("DELETE FROM personal_keys WHERE person = $1", lost)
    await desk.vault.erase(erased_here, "Theo đơn yêu cầu", "operator:an")
    living = next(row for row in early if row["person"] == erased_there)
    gone = {**living, "key": None, "erased_at": living["created_at"], "erased_by": "operator:an", "erasure_reason": "x"}

    assert (await desk.shown(petitions[lost], "leader"))["hidden"] == "unreadable"
    assert await desk.vault.import_keys(early) == 1
    assert await desk.vault.import_keys([gone]) == 1
    assert await desk.vault.import_keys([]) == 0

    assert (await desk.shown(petitions[lost], "leader"))["text"] == "Tôn R"
    assert (await desk.shown(petitions[erased_here], "leader"))["hidden"] == "erased"
    assert (await desk.shown(petitions[erased_there], "leader"))["hidden"] == "erased"


async def test_another_living_key_for_a_person_is_not_taken_over(desk: Desk) -> None:
    person = _person()
    await desk.lodged(person, "Vương S")
    row = next(row for row in await desk.vault.export_keys() if row["person"] == person)
    stranger = {**row, "key": "A" * 43 + "="}

    with pytest.raises(KeysDiffer, match=person):
        await desk.vault.import_keys([{**row, "person": "new"}, stranger])

    assert await desk.vault.standing("new") is None


async def test_another_service_has_other_keys(desk: Desk) -> None:
    person = _person()
    petition = await desk.lodged(person, "Lương T")
    who = Personal.model_validate_json(
        await desk.pool.fetchval("SELECT who FROM petitions_v1 WHERE petition = $1", petition)
    )
    audit = await open_pool(desk.office.database_url("audit"))
    theirs = Vault(audit, "audit")
    await theirs.import_keys(await desk.vault.export_keys())
    async with audit.acquire() as connection:
        row = _TOY.PetitionRow(petition=petition, who=who, others=(), passed_on=None, reminded=True)
        leader = Actor(id="user:mai", name="Mai", roles=("leader",))
        shown = await theirs.reveal(connection, row, _TOY.ListPetitions, leader)
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.fetchval("SELECT count(*) FROM documents.personal_keys")
    await audit.close()

    assert shown.who.hidden == "unreadable"
