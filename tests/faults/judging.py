"""The judgement after quiet: attempted, acknowledged, logged and shown, compared as sets."""

import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import asyncpg
import nats
from workload import ACTOR, Ledger, Workload

from deploy.credentials import OPERATOR
from deploy.stack import Stack
from services.documents.service import DOCUMENTS
from services.runtime.aggregates import snapshot_model
from services.runtime.database import CHANNEL, checkpoints
from services.runtime.follow import Reader
from services.runtime.log import EventLog
from services.runtime.rebuilding import Rebuild
from services.runtime.settings import Settings

ROLE = "documents"
MODELS = (*DOCUMENTS.read_models, snapshot_model(DOCUMENTS))
_PATIENCE_S = 90
_ASKED_AGAIN = 400
_FACTS = {
    "register-incoming": {"IncomingRegistered", "NumberAssigned", "OriginalSeen"},
    "direct-document": {"DocumentDirected"},
    "forward-document": {"DocumentForwarded"},
}


@dataclass
class Logged:
    """The log of one run: its events by command, and the books and documents they make."""

    head: int = 0
    commands: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    positions: dict[str, int] = field(default_factory=dict)
    identities: Counter[str] = field(default_factory=Counter)
    numbers: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    assigned: dict[str, tuple[str, int]] = field(default_factory=dict)
    registered: dict[str, tuple[str, int]] = field(default_factory=dict)
    leads: dict[str, str | None] = field(default_factory=dict)

    def take(self, sequence: int, event: dict[str, Any]) -> None:
        """Take one event of the run."""
        kind, words, subject = event["type"].split(".")[1], event["data"], event["subject"].split("/", 1)[1]
        self.commands[event["commandid"]].append(event)
        self.positions[event["id"]] = sequence
        self.identities[event["id"]] += 1
        if kind == "NumberAssigned":
            self.numbers[subject].append(words["number"])
            self.assigned[words["document_id"]] = (subject, words["number"])
        elif kind == "IncomingRegistered":
            self.registered[subject] = (words["book_id"], words["number"])
            self.leads[subject] = None
        elif kind in ("DocumentDirected", "DocumentForwarded"):
            self.leads[subject] = words.get("lead_board") or words["to_board"]


@dataclass(frozen=True)
class Verdict:
    """Every set that must be empty."""

    lost: frozenset[str]
    unexpected: frozenset[str]
    unanswered: frozenset[str]
    refused: tuple[str, ...]
    doubled: frozenset[str]
    torn: frozenset[str]
    gap: frozenset[str]
    misreported: frozenset[str]
    not_shown: frozenset[str]
    shown_otherwise: frozenset[str]
    answered_otherwise: frozenset[str]

    def faults(self) -> dict[str, list[str]]:
        """The sets that are not empty, a few of each."""
        return {name: sorted(found)[:5] for name, found in vars(self).items() if found}


class Judge:
    """Reads the log and the read models of a stack that has come to rest."""

    def __init__(self, stack: Stack) -> None:
        """Judge this stack."""
        self._stack = stack

    def settings(self, user: str) -> Settings:
        """Settings as this user, for the runtime's own readers."""
        return Settings.from_environment(
            {
                "MOTMOI_NATS_URL": self._stack.nats_url,
                "MOTMOI_NATS_USER": user,
                "MOTMOI_NATS_PASSWORD": self._stack.credentials.nats[user],
                "MOTMOI_DATABASE_URL": self._stack.database_url(user),
            }
        )

    async def verdict(self, workload: Workload) -> Verdict:
        """Wait until all followers have come to the head by themselves, then compare; raises TimeoutError if not."""
        ledger = workload.ledger
        head = await self.caught_up()
        logged = await self._logged(ledger, head)
        shown = await self._shown(ledger)
        again = await self._answered_otherwise(workload)
        attempted, acknowledged, kept = set(ledger.attempted), ledger.acknowledged, set(logged.commands)
        return Verdict(
            lost=frozenset(acknowledged - kept),
            unexpected=frozenset(kept - attempted) | (kept & set(ledger.refused)),
            unanswered=frozenset(attempted - set(ledger.answers)),
            refused=tuple(json.dumps(answer, ensure_ascii=False) for answer in ledger.refused.values()),
            doubled=frozenset(identity for identity, count in logged.identities.items() if count > 1),
            torn=frozenset(_torn(ledger, logged)),
            gap=frozenset(_gaps(logged)),
            misreported=frozenset(_misreported(ledger, logged)),
            not_shown=frozenset(set(logged.registered) - set(shown)),
            shown_otherwise=frozenset(_shown_otherwise(logged, shown)) | await self._books_otherwise(workload, logged),
            answered_otherwise=frozenset(again) | frozenset(ledger.differing),
        )

    async def rebuilt(self) -> dict[str, tuple[int, bool]]:
        """Fold every read model anew; return how many rows differ from the live ones, and whether it was switched."""
        pool = await asyncpg.create_pool(self._stack.database_url(ROLE), min_size=1, max_size=8)
        try:
            rebuilt = {one.model: one for one in await Rebuild(self.settings(ROLE), pool, MODELS).run()}
        finally:
            await pool.close()
        return {model.name: (rebuilt[model.table].differences, rebuilt[model.table].switched) for model in MODELS}

    async def caught_up(self) -> int:
        """Wait for every follower to reach the log's head with no error and return the head."""
        changed = asyncio.Event()
        connection = await asyncpg.connect(self._stack.database_url(ROLE))
        state: object = None
        try:
            await connection.add_listener(CHANNEL, lambda *_: changed.set())
            async with asyncio.timeout(_PATIENCE_S):
                while True:
                    changed.clear()
                    head = await self._head()
                    state = [(c.follower, c.position, c.error) for c in (await checkpoints(connection)).values()]
                    known = (await checkpoints(connection)).values()
                    if known and all(c.position >= head and not c.error for c in known) and head == await self._head():
                        return head
                    await _heard(changed)
        except TimeoutError:
            raise AssertionError(f"the log ends at {head}, the followers stand at {state}") from None
        finally:
            connection.terminate()

    async def _head(self) -> int:

        client = await nats.connect(
            self._stack.nats_url.split(","),
            user=OPERATOR,
            password=self._stack.credentials.nats[OPERATOR],
            inbox_prefix=f"_INBOX.{OPERATOR}",
        )
        try:
            return (await EventLog(client).head()).last_sequence
        finally:
            await client.close()

    async def _logged(self, ledger: Ledger, head: int) -> Logged:
        logged, position = Logged(head), 0
        reader = await Reader(self.settings(OPERATOR), "judge").open(0)
        try:
            while position < head:
                for message in (await reader.batch()).messages:
                    assert message.sequence == position + 1, f"the log has a hole before {message.sequence}"
                    position = message.sequence
                    for event in json.loads(message.payload):
                        if event["correlationid"] == ledger.run and not event["actor"].startswith("service:"):
                            logged.take(position, event)
        finally:
            reader.close()
        return logged

    async def _shown(self, ledger: Ledger) -> dict[str, tuple[str, int, str | None]]:
        (model,) = (model for model in DOCUMENTS.read_models if model.name == "incoming_register")
        connection = await asyncpg.connect(self._stack.database_url(ROLE))
        try:
            rows = await connection.fetch(
                f'SELECT document_id, book_id, number, lead_board FROM "{model.table}" WHERE book_id LIKE $1',
                f"%-{ledger.run}-%",
            )
        finally:
            await connection.close()
        return {row[0]: (row[1], row[2], row[3]) for row in rows}

    async def _books_otherwise(self, workload: Workload, logged: Logged) -> frozenset[str]:
        """Books that the desk's own answer, at the head, does not show as whole."""
        asked = {"after": logged.head, "limit": 1000}
        request = {"actor": ACTOR, "correlation_id": workload.ledger.run, "data": asked}
        answer = await workload.send("query.documents.register-books", json.dumps(request).encode())
        shown = {
            row["book_id"]: (row["last_number"], row["entries"], row["gapless"]) for row in answer["result"]["rows"]
        }
        return frozenset(
            book for book, numbers in logged.numbers.items() if shown.get(book) != (len(numbers), len(numbers), True)
        )

    async def _answered_otherwise(self, workload: Workload) -> list[str]:
        """Acknowledged commands that, asked again with the same id, are answered differently or take effect again."""
        ledger = workload.ledger
        before = await self._head()
        asked = sorted(ledger.acknowledged)[:_ASKED_AGAIN]
        answers = await asyncio.gather(*(workload.ask_again(command_id) for command_id in asked))
        differing = [
            f"{command_id}: {answer} instead of {ledger.answers[command_id]}"
            for command_id, answer in zip(asked, answers, strict=True)
            if answer != ledger.answers[command_id]
        ]
        grown = await self._said_behind(before)
        return [*differing, *(f"asked again, the log got {subject}" for subject in grown)]

    async def _said_behind(self, position: int) -> list[str]:
        """The subjects of documents' messages behind a position; audit signs the log in its own time."""
        found: list[str] = []
        head = await self._head()
        reader = await Reader(self.settings(OPERATOR), "judge").open(position)
        try:
            while position < head:
                for message in (await reader.batch()).messages:
                    position = message.sequence
                    if message.subject.startswith("event.documents."):
                        found.append(message.subject)
        finally:
            reader.close()
        return found


def _torn(ledger: Ledger, logged: Logged) -> Iterable[str]:
    """Decisions of which not exactly the expected facts are in the log."""
    for command_id, events in logged.commands.items():
        kinds = {event["type"].split(".")[1] for event in events} - {"RegisterBookOpened"}
        if kinds != _FACTS.get(ledger.attempted.get(command_id, ""), kinds):
            yield command_id


def _gaps(logged: Logged) -> Iterable[str]:
    """Books whose numbers are not 1 to n in order, and documents whose number is not the one their book gave."""
    for book, numbers in logged.numbers.items():
        if numbers != list(range(1, len(numbers) + 1)):
            yield book
    for document in logged.registered.keys() | logged.assigned.keys():
        if logged.registered.get(document) != logged.assigned.get(document):
            yield document


def _misreported(ledger: Ledger, logged: Logged) -> Iterable[str]:
    """Acknowledgements that name a position or facts other than the log's."""
    for command_id in ledger.acknowledged & set(logged.commands):
        answer = ledger.answers[command_id]
        for recorded in answer["recorded"]:
            if logged.positions.get(recorded["id"]) != answer["position"]:
                yield command_id


def _shown_otherwise(logged: Logged, shown: dict[str, tuple[str, int, str | None]]) -> Iterable[str]:
    """Rows that are not what the log says of their documents."""
    for document, row in shown.items():
        registered = logged.registered.get(UUID(document).hex)
        if registered is None or row != (*registered, logged.leads[document]):
            yield f"{document}: {row} instead of {registered}, {logged.leads.get(document)}"


async def _heard(changed: asyncio.Event) -> None:
    """Wait for a checkpoint to move, a second at most: a moved head tells nobody."""
    try:
        async with asyncio.timeout(1):
            await changed.wait()
    except TimeoutError:
        return
