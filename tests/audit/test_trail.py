"""The trail as PostgreSQL holds it: every event of every service once, found by what it names, with what it changed."""

import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, TypeAlias
from uuid import UUID

import asyncpg
import pytest
import pytest_asyncio
from pydantic_core import to_json

from contracts import audit as words
from contracts import documents
from contracts.audit import Cause, Change, GetCauses, ListTrail, TrailRow
from contracts.base import Actor, Command, Event, ListQuery, Meta, Refused
from contracts.titles import EVENTS
from deploy.stack import Stack
from services.audit.archive import tables
from services.audit.read_models import trail as trail_module
from services.audit.read_models.causes import GET_CAUSES, tree
from services.audit.read_models.trail import LIST_TRAIL, TRAIL
from services.audit.read_models.trail_rows import TYPES
from services.audit.service import AUDIT
from services.documents.policies.release_cancelled_original import RELEASE_CANCELLED_ORIGINAL
from services.documents.policies.watch_deadlines import WATCH_DEADLINES
from services.runtime.aggregates import snapshot_model
from services.runtime.answering import derived_id, service_actor
from services.runtime.database import open_pool, prepare
from services.runtime.envelope import Decoder, Fact, encode, event_types, to_bytes
from services.runtime.follow import Message
from services.runtime.manifest import At, Policy
from services.runtime.problems import BAD_CURSOR
from services.runtime.read_model import Fold, create_indexes_sql, create_table_sql

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


def _decider() -> Any:
    path = Path(__file__).parent.parent / "documents" / "decider.py"
    spec = spec_from_file_location("tests_documents_decider_of_trails", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def person(name: str, *roles: Any, board: str | None = None) -> Actor:
    return Actor(id=f"user:{name}", name=name.title(), roles=roles, board=board)


OFFICE = _decider()
HOA = person("hoa", "clerk", board="VPTU")
MINH = person("minh", "leader")
BAO = person("bao", "board", board="BTCTU")
AUDITOR = person("thanh-tra", "auditor")
AT_NINE: datetime = OFFICE.at("2026-11-23 09:00")
FUTURE_ID = "car-68a-12345"


class Log:
    """An office's log as it grows: documents decided by the desk's own rules, and what others say as it is."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self._office = OFFICE.Scenario()
        self._said = 0

    def say(
        self, command: Command, by: Actor, minutes: int, request: str, cause: str | None = None, id: UUID | None = None
    ) -> list[str]:
        """Decide a command of the documents desk; return the ids of its events, its own aggregate's first."""
        self._said += 1
        now = AT_NINE + timedelta(minutes=minutes)
        outcome = self._office.when(command, actor=by, now=now, number=self._said)
        assert outcome.refusal is None, outcome.refusal
        meta = Meta(
            command_id=id or OFFICE.command_id(self._said), actor=by, correlation_id=request, causation_id=cause
        )
        placed: dict[tuple[str, str], list[tuple[int, Event]]] = defaultdict(list)
        for place, (seen, event) in enumerate(outcome.decision):
            placed[seen.ref.aggregate.name, seen.ref.id].append((place, event))
        for (name, of), events in sorted(placed.items(), key=lambda item: item[1][0][0] == 0):
            self.write("documents", name, of, encode("documents", name, of, events, meta, now))
        return [f"{meta.command_id}:{place}" for place in range(len(outcome.decision))]

    def tell(self, service: str, aggregate: str, of: str, events: Iterable[Event], by: Actor, minutes: int) -> None:
        """Record events of another service."""
        self._said += 1
        meta = Meta(command_id=OFFICE.command_id(self._said), actor=by, correlation_id=f"request-{self._said}")
        now = AT_NINE + timedelta(minutes=minutes)
        self.write(service, aggregate, of, encode(service, aggregate, of, enumerate(events), meta, now))

    def write(self, service: str, aggregate: str, of: str, envelopes: list[dict[str, Any]]) -> None:
        """Append one message."""
        subject = f"event.{service}.{aggregate}.{of}"
        self.messages.append(Message(len(self.messages) + 1, subject, to_bytes(envelopes)))

    def react(self, policy: Policy, event_id: str, minutes: int) -> list[str]:
        """Let a policy react to an event now, as its reactor would, its timers ringing; return the events' ids."""
        facts = Decoder(policy.events).all_facts(self.messages)
        fact = next(fact for fact in facts if fact.event_id == event_id)
        said = []
        for place, wish in enumerate(policy.react(fact)):
            command = wish.command if isinstance(wish, At) else wish
            id = derived_id(f"documents:{policy.name}:{event_id}:{place}")
            actor = service_actor("documents", policy.name)
            said += self.say(command, actor, minutes, fact.correlation_id, event_id, id)
        return said


def told() -> tuple[Log, str, list[str]]:
    """A log, the id of the document whose story it mainly is, and the events of its request in their order."""
    log = Log()
    registering = OFFICE.Scenario.registering
    registered = log.say(registering(urgency="urgent", recipient="Thường trực"), HOA, 0, "request-a")
    story = UUID(registered[0].split(":")[0]).hex
    deadline = date(2026, 12, 15)
    directing = documents.DirectDocument(
        document_id=story, lead_board="BTCTU", supporting_boards=("UBKTTU",), opinion="Tham mưu.", deadline=deadline
    )
    directed = log.say(directing, MINH, 5, "request-a")
    missed = log.react(WATCH_DEADLINES, directed[0], 60 * 24 * 30)
    about = {"document_id": story}
    log.say(documents.AcknowledgeReceipt(**about, received_by="Quốc Bảo"), BAO, 20, "request-b")
    log.say(documents.ForwardDocument(**about, to_board="BNCTU", reason="Đúng thẩm quyền hơn."), BAO, 30, "request-c")
    back = documents.HandBackDocument(**about, reason="Không thuộc chức năng.")
    log.say(back, person("lan", "board", board="BNCTU"), 40, "request-d")
    again = documents.DirectDocument(**about, lead_board="BTCTU", deadline=deadline)
    log.say(again, MINH, 50, "request-e")
    evidence = documents.Evidence(reply_notation="9-CV/BTCTU")
    log.say(documents.CompleteDocument(**about, evidence=evidence), BAO, 55, "request-f")
    for number in range(12):
        log.say(
            registering(number_notation=f"{number}-CV/BNCTU", organ="TU" if number % 3 else "VPTU"),
            HOA,
            100 + number,
            "import-1",
        )
    cancelled = log.say(
        documents.CancelIncomingNumber(document_id=story_of(log, 3), reason="Đăng ký nhầm sổ."), HOA, 130, "request-g"
    )
    log.react(RELEASE_CANCELLED_ORIGINAL, cancelled[0], 131)
    reading = words.TrailRead(query="trail", asked={"about": story})
    log.tell("audit", "reader", "user-thanh-tra-20261123", [reading], AUDITOR, 140)
    signed = [words.CheckpointSigned(tree_size=size, root="a" * 64, note="motmoi") for size in (20, 30)]
    log.tell("audit", "checkpoint", "202611", signed, service_actor("audit", "signer"), 150)
    log.write("assets", "car", FUTURE_ID, future())
    return log, story, [*registered, *directed, *missed]


def future() -> list[dict[str, Any]]:
    """Two events of a service that this version has never heard of."""
    now = (AT_NINE + timedelta(minutes=160)).isoformat().replace("+00:00", "Z")
    said = [
        {"driver": {"person": "p-17"}, "kilometres": 100, "keeper_board": "VPTU", "trips": [{"trip_id": "trip-1"}]},
        {"driver": {"person": "p-17"}, "kilometres": 250, "keeper_board": "VPTU"},
    ]
    return [
        {
            "specversion": "1.0",
            "id": f"{UUID(int=7)}:{place}",
            "source": "/assets",
            "type": "assets.CarHandedOver",
            "subject": f"car/{FUTURE_ID}",
            "time": now,
            "datacontenttype": "application/json",
            "actor": "user:tai",
            "commandid": str(UUID(int=7)),
            "correlationid": "request-h",
            "data": event,
        }
        for place, event in enumerate(said)
    ]


def story_of(log: Log, number: int) -> str:
    """The id of the document that came into the log as this one, counted from 0."""
    ids = [message.subject.split(".")[3] for message in log.messages if ".incoming." in message.subject]
    return list(dict.fromkeys(ids))[number]


@pytest.fixture(scope="module")
def log() -> tuple[Log, str, list[str]]:
    """The log of the story, and whose it is."""
    return told()


@pytest.fixture(scope="module")
def facts(log: tuple[Log, str, list[str]]) -> list[Fact]:
    """Every event, as the trail alone reads them."""
    return Decoder(TRAIL.events).all_facts(log[0].messages)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def database(office: Stack, log: tuple[Log, str, list[str]], facts: list[Fact]) -> AsyncIterator[Connection]:
    """The schema of audit with the archive and the trail of the story."""
    pool = await open_pool(office.database_url("audit"))
    await prepare(pool, (TRAIL,), (tables.FOLLOWER,))
    await pool.close()
    connection: Connection = await asyncpg.connect(office.database_url("audit"))
    messages = log[0].messages
    await tables.create_tables(connection)
    await tables.create_partitions(connection, 1, len(messages))
    await tables.insert(connection, messages, tables.hashes_of(messages))
    await connection.execute("UPDATE checkpoints SET position = $1", len(messages))
    await fill(connection, TRAIL.table, [facts])
    for statement in create_indexes_sql(TRAIL, TRAIL.table):
        await connection.execute(statement)
    yield connection
    await connection.close()


async def fill(database: Connection, table: str, batches: Sequence[Sequence[Fact]]) -> None:
    await database.execute(f'DROP TABLE IF EXISTS "{table}"')
    await database.execute(create_table_sql(TRAIL, table))
    folding = Fold(TRAIL, table)
    for batch in batches:
        async with database.transaction():
            await folding.apply(database, [fact for fact in batch if fact.type in TRAIL.types])


async def rows_of(database: Connection, table: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await database.fetch(f'SELECT * FROM "{table}" ORDER BY event_key')]


# --- folding --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 3, 1000], ids=["one by one", "three by three", "all at once"])
async def test_an_event_delivered_twice_stands_in_the_trail_once(
    database: Connection, facts: list[Fact], size: int
) -> None:
    batches = [facts[start : start + size] for start in range(0, len(facts), size)]
    await fill(database, "again", [*(batch for batch in batches for _ in range(2)), facts[:9], facts])
    rows = await rows_of(database, "again")
    assert rows == await rows_of(database, TRAIL.table)
    assert [row[0] for row in rows] == [f"{fact.position:019d}" for fact in facts]


async def test_the_trail_is_the_same_whichever_events_have_a_class_where_it_is_read(
    database: Connection, log: tuple[Log, str, list[str]]
) -> None:
    own = {**snapshot_model(AUDIT).events, **TRAIL.events}
    for events in (own, {**event_types("documents", documents.EVENTS), **own}):
        typed = Decoder(events, whole="audit").all_facts(log[0].messages)
        await fill(database, "again", [typed])
        assert await rows_of(database, "again") == await rows_of(database, TRAIL.table)


async def test_no_event_of_the_log_is_missing_from_the_trail(
    database: Connection, log: tuple[Log, str, list[str]]
) -> None:
    written = [envelope["id"] for message in log[0].messages for envelope in json.loads(message.payload)]
    page = await ask(database, ListTrail(limit=500, descending=False))
    assert [row.event_id for row in page.rows] == written


# --- asking ---------------------------------------------------------------------------------------------------------


async def ask(database: Connection, query: Any) -> Any:
    rule = LIST_TRAIL if isinstance(query, ListTrail) else GET_CAUSES
    return await rule.answer(query, AUDITOR).read(database)


async def everything(database: Connection) -> list[TrailRow]:
    return list((await ask(database, ListTrail(limit=500))).rows)


async def pages(database: Connection, query: ListTrail) -> list[TrailRow]:
    found: list[TrailRow] = []
    while True:
        page = await ask(database, query)
        assert 0 < len(page.rows) <= query.limit
        found += page.rows
        if page.next_cursor is None:
            return found
        query = query.model_copy(update={"cursor": page.next_cursor})


def names(row: TrailRow, id: str) -> bool:
    return row.id == id or row.actor == id or f'"{id}"' in to_json(row.facts).decode()


FILTERS: list[tuple[dict[str, Any], Callable[[TrailRow], bool]]] = [
    ({"about": "vptu-den-2026"}, lambda row: names(row, "vptu-den-2026")),
    ({"about": "user:bao"}, lambda row: row.actor == "user:bao"),
    ({"about": "p-17"}, lambda row: row.service == "assets"),
    ({"about": "trip-1"}, lambda row: "trips" in row.facts),
    ({"about": FUTURE_ID}, lambda row: row.id == FUTURE_ID),
    ({"service": "audit"}, lambda row: row.type.startswith("audit.")),
    ({"aggregate": "book"}, lambda row: row.aggregate == "book"),
    ({"type": "documents.DocumentDirected"}, lambda row: row.type == "documents.DocumentDirected"),
    ({"actor": "user:minh"}, lambda row: row.actor == "user:minh"),
    ({"board": "UBKTTU"}, lambda row: "UBKTTU" in row.facts.get("supporting_boards", ())),
    ({"board": "BNCTU"}, lambda row: "BNCTU" in (row.facts.get("to_board"), row.facts.get("board"))),
    ({"board": "TU"}, lambda row: row.facts.get("organ") == "TU"),
    ({"board": "VPTU"}, lambda row: "VPTU" in (row.facts.get("organ"), row.facts.get("keeper_board"))),
    ({"since": AT_NINE + timedelta(minutes=55)}, lambda row: row.time >= AT_NINE + timedelta(minutes=55)),
    ({"until": AT_NINE + timedelta(minutes=55)}, lambda row: row.time < AT_NINE + timedelta(minutes=55)),
    ({"correlation_id": "request-a"}, lambda row: row.correlation_id == "request-a"),
    ({"command_id": str(UUID(int=7))}, lambda row: row.command_id == str(UUID(int=7))),
    (
        {"service": "documents", "aggregate": "incoming", "actor": "user:hoa", "board": "TU", "about": "tu-den-2026"},
        lambda row: (row.aggregate, row.facts.get("organ")) == ("incoming", "TU"),
    ),
]


@pytest.mark.parametrize(("asked", "is_wanted"), FILTERS, ids=[str(asked) for asked, _ in FILTERS])
async def test_a_filter_finds_exactly_the_events_it_names(
    database: Connection, asked: dict[str, Any], is_wanted: Callable[[TrailRow], bool]
) -> None:
    rows = await everything(database)
    expected = [row for row in rows if is_wanted(row)]
    assert 0 < len(expected) < len(rows)
    assert list((await ask(database, ListTrail(limit=500, **asked))).rows) == expected
    assert await pages(database, ListTrail(limit=2, **asked)) == expected
    assert await pages(database, ListTrail(limit=3, descending=False, **asked)) == expected[::-1]


def test_every_field_one_may_filter_by_is_asked_in_a_test() -> None:
    assert {name for asked, _ in FILTERS for name in asked} == ListTrail.model_fields.keys() - set(
        ListQuery.model_fields
    )


async def test_a_documents_trail_shows_who_numbered_answered_and_looked_at_it(
    database: Connection, log: tuple[Log, str, list[str]]
) -> None:
    rows = await pages(database, ListTrail(about=log[1], descending=False))
    assert [row.type.split(".")[1] for row in rows] == [
        "NumberAssigned",
        "OriginalSeen",
        "IncomingRegistered",
        "DocumentDirected",
        "DeadlineApproached",
        "DeadlineMissed",
        "ReceiptAcknowledged",
        "DocumentForwarded",
        "DocumentHandedBack",
        "DocumentDirected",
        "DocumentCompleted",
        "TrailRead",
    ]
    assert rows[-1].actor == AUDITOR.id
    assert all(row.vi == EVENTS[row.type].vi for row in rows)


async def test_nobody_named_nowhere_is_found(database: Connection) -> None:
    for asked in ({"about": "f" * 32}, {"actor": "user:nobody"}, {"board": "X"}, {"correlation_id": "none"}):
        assert (await ask(database, ListTrail(**asked))).rows == ()
    later = ListTrail(since=datetime.now(UTC) + timedelta(days=9999))
    assert (await ask(database, later)).rows == ()


@pytest.mark.parametrize("limit", [1, 7, 500])
@pytest.mark.parametrize("descending", [True, False], ids=["down", "up"])
async def test_pages_visit_every_event_once_in_the_order_of_the_log(
    database: Connection, limit: int, descending: bool
) -> None:
    found = await pages(database, ListTrail(limit=limit, descending=descending))
    positions = [row.position for row in found]
    assert positions == sorted(set(positions), reverse=descending)
    assert len(positions) == await database.fetchval(f"SELECT count(*) FROM {TRAIL.table}")
    assert all((row.sequence, row.place) == divmod(row.position, 4096) for row in found)


async def test_a_page_of_large_events_ends_earlier_and_the_next_goes_on(
    database: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = await everything(database)
    monkeypatch.setattr(trail_module, "LARGEST_ANSWER", 1500)
    first = await ask(database, ListTrail(limit=500))
    assert 1 < len(first.rows) < len(rows)
    assert await pages(database, ListTrail(limit=500)) == rows
    monkeypatch.setattr(trail_module, "LARGEST_ANSWER", 1)
    assert await pages(database, ListTrail(limit=500)) == rows


async def test_a_cursor_of_another_order_is_refused(database: Connection) -> None:
    page = await ask(database, ListTrail(limit=1))
    for cursor in ("x", page.next_cursor):
        with pytest.raises(Refused) as refused:
            await ask(database, ListTrail(limit=1, descending=False, cursor=cursor))
        assert (refused.value.refusal, refused.value.field) == (BAD_CURSOR, "cursor")


# --- what changed ---------------------------------------------------------------------------------------------------

NO_CHANGE: dict[str, Any] = {}
STORY: list[tuple[str, dict[str, tuple[Any, Any]]]] = [
    (
        "IncomingRegistered",
        {
            "book_id": (None, "vptu-den-2026"),
            "organ": (None, "VPTU"),
            "register_name": (None, "chung"),
            "year": (None, 2026),
            "number": (None, 1),
            "arrived_on": (None, "2026-11-23"),
            "number_notation": (None, "12-CV/BTCTU"),
            "notation_key": (None, "party:12/cv-btctu"),
            "document_type": (None, "Công văn"),
            "summary": (None, "V/v đăng ký lịch làm việc tháng 12 năm 2026"),
            "issuer": (None, "Ban Tổ chức Tỉnh ủy"),
            "issued_on": (None, "2026-11-20"),
            "urgency": (None, "urgent"),
            "received_via": (None, "paper"),
            "recipient": (None, "Thường trực"),
        },
    ),
    (
        "DocumentDirected",
        {
            "lead_board": (None, "BTCTU"),
            "supporting_boards": (None, ["UBKTTU"]),
            "opinion": (None, "Tham mưu."),
            "directed_by": (None, "Minh"),
            "directed_on": (None, "2026-11-23"),
            "deadline": (None, "2026-12-15"),
            "deadline_basis": (None, "direction"),
        },
    ),
    ("DeadlineApproached", NO_CHANGE),
    ("DeadlineMissed", NO_CHANGE),
    (
        "ReceiptAcknowledged",
        {"board": (None, "BTCTU"), "received_by": (None, "Quốc Bảo"), "received_on": (None, "2026-11-23")},
    ),
    (
        "DocumentForwarded",
        {
            "from_board": (None, "BTCTU"),
            "to_board": (None, "BNCTU"),
            "reason": (None, "Đúng thẩm quyền hơn."),
            "forwarded_on": (None, "2026-11-23"),
        },
    ),
    ("DocumentHandedBack", {"board": ("BTCTU", "BNCTU"), "reason": (None, "Không thuộc chức năng.")}),
    ("DocumentDirected", {"supporting_boards": (["UBKTTU"], []), "opinion": ("Tham mưu.", None)}),
    (
        "DocumentCompleted",
        {
            "board": ("BNCTU", "BTCTU"),
            "evidence": (None, {"reply_notation": "9-CV/BTCTU"}),
            "completed_on": (None, "2026-11-23"),
            "late": (None, False),
        },
    ),
]
BEYOND = {"fingerprints", "forward_by", "remind_at", "overdue_at"}


async def test_an_event_shows_what_became_another_value_by_it_and_what_it_was(
    database: Connection, log: tuple[Log, str, list[str]]
) -> None:
    rows = await pages(database, ListTrail(about=log[1], aggregate="incoming", descending=False))
    told = [
        (
            row.type.split(".")[1],
            {one.field: (one.before, one.after) for one in row.changes if one.field not in BEYOND},
        )
        for row in rows
    ]
    assert told == STORY


async def test_what_changed_is_the_same_on_a_page_of_its_own(database: Connection) -> None:
    rows = await everything(database)
    for row in rows:
        alone = await ask(database, ListTrail(command_id=row.command_id, type=row.type, limit=500))
        assert row in alone.rows


async def test_a_book_goes_from_number_to_number(database: Connection) -> None:
    rows = await pages(database, ListTrail(about="tu-den-2026", type="documents.NumberAssigned", descending=False))
    numbers = [next(change for change in row.changes if change.field == "number") for row in rows]
    assert [(change.before, change.after) for change in numbers] == [
        (number or None, number + 1) for number in range(len(rows))
    ]
    assert numbers[0] == Change(field="number", vi="Số thứ tự", en="Number", before=None, after=1)


async def test_events_of_the_same_message_change_one_after_another_also_where_their_type_is_not_known(
    database: Connection,
) -> None:
    signed = await pages(database, ListTrail(type="audit.CheckpointSigned", descending=False))
    assert [(one.field, one.before, one.after) for one in signed[1].changes] == [("tree_size", 20, 30)]
    first, second = await pages(database, ListTrail(about=FUTURE_ID, descending=False))
    assert (first.vi, first.en, first.boards) == ("assets.CarHandedOver", "assets.CarHandedOver", ("VPTU",))
    assert [(one.field, one.vi, one.before, one.after) for one in second.changes] == [
        ("kilometres", "kilometres", 100, 250)
    ]


def test_every_event_of_the_office_has_its_class_in_the_trail() -> None:
    assert TYPES.keys() == EVENTS.keys()


# --- causes ---------------------------------------------------------------------------------------------------------


def outline(cause: Cause) -> Any:
    return [(effect.event.type.split(".")[1], [outline(one) for one in effect.led_to]) for effect in cause.events]


async def test_the_tree_of_causes_goes_from_what_was_said_to_what_timers_said_because_of_it(
    database: Connection, log: tuple[Log, str, list[str]]
) -> None:
    causes = await ask(database, GetCauses(correlation_id="request-a"))
    assert [outline(command) for command in causes.commands] == [
        [("RegisterBookOpened", []), ("NumberAssigned", []), ("OriginalSeen", []), ("IncomingRegistered", [])],
        [("DocumentDirected", [[("DeadlineApproached", [])], [("DeadlineMissed", [])]])],
    ]
    registering, directing = causes.commands
    assert {effect.event.event_id for command in causes.commands for effect in command.events} < set(log[2])
    assert (registering.actor, directing.actor, directing.time) == (HOA.id, MINH.id, AT_NINE + timedelta(minutes=5))
    reminder = directing.events[0].led_to[0]
    assert reminder.actor == "service:documents.watch_deadlines"
    assert reminder.events[0].event.causation_id == directing.events[0].event.event_id
    assert directing.events[0].event == (await ask(database, ListTrail(command_id=directing.command_id))).rows[0]


async def test_a_policys_command_stands_under_the_event_it_reacted_to(database: Connection) -> None:
    causes = await ask(database, GetCauses(correlation_id="request-g"))
    (cancelling,) = causes.commands
    assert [len(effect.led_to) for effect in cancelling.events] == [1]
    assert outline(cancelling) == [("IncomingNumberCancelled", [[("OriginalReleased", [])]])]


async def test_a_request_nobody_made_and_one_too_large_are_refused(
    database: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Refused) as refused:
        await ask(database, GetCauses(correlation_id="none"))
    assert refused.value.refusal == words.REQUEST_UNKNOWN
    for name, value in (("MOST_EVENTS", 5), ("LARGEST_ANSWER", 1500)):
        with monkeypatch.context() as patched:
            patched.setattr(f"services.audit.read_models.causes.{name}", value)
            with pytest.raises(Refused) as refused:
                await ask(database, GetCauses(correlation_id="import-1"))
        assert refused.value.refusal == words.REQUEST_TOO_LARGE
    assert len((await ask(database, GetCauses(correlation_id="import-1"))).commands) == 12


async def test_a_chain_that_never_ends_is_shown_in_pieces(database: Connection) -> None:
    (row,) = (await ask(database, ListTrail(type="documents.DocumentCompleted"))).rows
    chain = [
        row.model_copy(update={"command_id": str(number), "event_id": f"{number}:0", "causation_id": f"{number - 1}:0"})
        for number in range(250)
    ]
    pieces = tree(chain)
    assert [piece.command_id for piece in pieces] == ["0", "100", "200"]
    assert to_json(words.Causes(correlation_id="r", commands=pieces)).count(b'"command_id":"') == 2 * len(chain)


# --- the archive behind it ------------------------------------------------------------------------------------------


async def test_what_the_archive_does_not_have_yet_is_not_shown_yet(database: Connection) -> None:
    rows = await everything(database)
    last = max(row.sequence for row in rows)
    moved = database.transaction()
    await moved.start()
    await database.execute("UPDATE checkpoints SET position = $1 WHERE follower = 'archive'", last - 1)
    await database.execute("DELETE FROM archive WHERE sequence = $1", last)
    assert await everything(database) == [row for row in rows if row.sequence < last]
    with pytest.raises(Refused):
        await ask(database, GetCauses(correlation_id="request-h"))
    await moved.rollback()


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM archive WHERE sequence = 5",
        "UPDATE archive SET payload = '[]' WHERE sequence = 5",
        "UPDATE archive SET payload = convert_to(replace(convert_from(payload, 'UTF8'), 'documents.', 'x.'), 'UTF8') "
        "WHERE sequence = 5",
    ],
    ids=["missing", "empty", "another type"],
)
async def test_an_archive_that_is_not_what_the_trail_was_made_of_is_said_to_be_so(
    database: Connection, damage: str
) -> None:
    damaged = database.transaction()
    await damaged.start()
    await database.execute(damage)
    with pytest.raises(Refused) as refused:
        await everything(database)
    assert refused.value.refusal == words.ARCHIVE_DIFFERS
    assert refused.value.values == {"sequence": 5}
    await damaged.rollback()


# --- who asked ------------------------------------------------------------------------------------------------------


def test_reading_is_recorded_with_what_was_asked_for() -> None:
    for rule, query, name, asked in (
        (LIST_TRAIL, ListTrail(about="x", board="VPTU", limit=3), "trail", {"about": "x", "board": "VPTU"}),
        (LIST_TRAIL, ListTrail(since=AT_NINE), "trail", {"since": "2026-11-23T02:00:00Z"}),
        (GET_CAUSES, GetCauses(correlation_id="r", after=7), "causes", {"correlation_id": "r"}),
    ):
        assert rule.records is not None
        assert rule.records(query, AUDITOR) == words.RecordReading(query=name, asked=asked)
        assert rule.followers == (TRAIL.table, "archive")


def test_trails_are_for_auditors_and_leaders() -> None:
    assert ListTrail.allowed == GetCauses.allowed == {"auditor", "leader"}
