"""The registers as PostgreSQL holds them: the same rows however often and in whatever batches facts come."""

import base64
import json
from collections.abc import AsyncIterator, Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest
import pytest_asyncio
from pydantic import TypeAdapter

from contracts import documents as words
from contracts.base import Actor, ListQuery, Query, Refused, Row
from deploy.stack import Stack
from services.documents.service import DOCUMENTS
from services.runtime.aggregates import snapshot_model
from services.runtime.problems import BAD_CURSOR
from services.runtime.read_model import ReadModel, create_indexes_sql
from services.runtime.text import fold
from tests.reading import Connection, fill, rows_of

if TYPE_CHECKING:
    from tests.documents.history import History

MODELS = (*DOCUMENTS.read_models, snapshot_model(DOCUMENTS))
CLERK = Actor(id="user:nguyen.thi.hoa", name="Nguyễn Thị Hoa", roles=("clerk",), board="VPTU")
NEVER = date(9999, 12, 31)


def member_of(board: str | None, *more: Any) -> Actor:
    return Actor(id="user:pham.quoc.bao", name="Phạm Quốc Bảo", roles=("board", *more), board=board)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def database(office: Stack, history: "History") -> AsyncIterator[Connection]:
    """The schema of the documents desk with every register filled from the history."""
    connection: Connection = await asyncpg.connect(office.database_url("documents"))
    for model in MODELS:
        await fill(connection, model, model.table, [history.facts])
        for statement in create_indexes_sql(model, model.table):
            await connection.execute(statement)
    yield connection
    await connection.close()


# --- folding --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
@pytest.mark.parametrize("size", [1, 3, 1000], ids=["one by one", "three by three", "all at once"])
async def test_a_fact_delivered_twice_changes_nothing_in_batches_of_any_size(
    database: Connection, history: "History", model: ReadModel, size: int
) -> None:
    facts = history.facts
    batches = [facts[start : start + size] for start in range(0, len(facts), size)]
    await fill(database, model, "again", [batch for batch in batches for _ in range(2)])
    rows = await rows_of(database, model, "again")
    assert rows == await rows_of(database, model, model.table)
    assert rows


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
async def test_a_fact_twice_in_one_batch_and_a_log_read_from_its_beginning_again_change_nothing(
    database: Connection, history: "History", model: ReadModel
) -> None:
    stuttered = [fact for fact in history.facts for _ in range(2)]
    await fill(database, model, "again", [stuttered, history.facts, history.facts[:50]])
    assert await rows_of(database, model, "again") == await rows_of(database, model, model.table)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
async def test_an_old_day_is_the_same_fold_stopped_there(
    database: Connection, history: "History", model: ReadModel
) -> None:
    half = history.facts[: len(history.facts) // 2]
    await fill(database, model, "again", [half])
    stopped = await rows_of(database, model, "again")
    await fill(database, model, "again", [half[:77], half[77:]])
    assert await rows_of(database, model, "again") == stopped
    assert {row[0] for row in stopped} < {row[0] for row in await rows_of(database, model, model.table)}


async def test_the_snapshots_hold_the_states_the_deciders_came_to(database: Connection, history: "History") -> None:
    aggregates = {aggregate.name: aggregate for aggregate in DOCUMENTS.aggregates}
    states: dict[str, Any] = {}
    for fact in history.facts:
        subject, aggregate = f"event.documents.{fact.aggregate}.{fact.id}", aggregates[fact.aggregate]
        states[subject] = aggregate.evolve(states.get(subject, aggregate.initial), fact.event)
    model = MODELS[-1]
    kept = await database.fetch(f'SELECT subject, state FROM "{model.table}"')
    without = tuple(f"event.documents.{name}." for name in aggregates if not aggregates[name].snapshots)
    assert {row["subject"] for row in kept} == {subject for subject in states if not subject.startswith(without)}
    for subject, state in kept:
        kind = type(aggregates[subject.split(".")[2]].initial)
        assert TypeAdapter(kind).validate_json(state) == states[subject]


# --- asking ---------------------------------------------------------------------------------------------------------


async def ask(database: Connection, query: Query, actor: Actor = CLERK) -> Any:
    rule = next(rule for rule in DOCUMENTS.queries if rule.query is type(query))
    return await rule.answer(query, actor).read(database)


async def pages(database: Connection, query: ListQuery, actor: Actor = CLERK) -> list[Any]:
    """Every row, page after page by cursor."""
    found: list[Any] = []
    while True:
        page = await ask(database, query, actor)
        assert len(page.rows) <= query.limit
        assert not page.rows or page.rows[-1] not in found
        found += page.rows
        if page.next_cursor is None:
            return found
        assert len(page.rows) == query.limit
        query = query.model_copy(update={"cursor": page.next_cursor})


def everything(kind: type[ListQuery]) -> ListQuery:
    return kind(limit=1000)


IncomingIs = Callable[[words.IncomingRegisterRow], bool]
INCOMING: list[tuple[dict[str, Any], IncomingIs]] = [
    ({"book_id": "tu-den-2026"}, lambda row: row.book_id == "tu-den-2026"),
    ({"organ": "TU"}, lambda row: row.organ == "TU"),
    ({"year": 2025}, lambda row: row.year == 2025),
    ({"number": 3}, lambda row: row.number == 3),
    ({"issuer": "noi chinh tinh uy"}, lambda row: row.issuer == "Ban Nội chính Tỉnh uỷ"),
    ({"issuer": "BAN TỔ CHỨC TỈNH UỶ"}, lambda row: fold(row.issuer) == "ban to chuc tinh uy"),
    ({"number_notation": "Số: 11 - CV/BTCTU"}, lambda row: row.number_notation == "11-CV/BTCTU"),
    ({"board": "BNCTU"}, lambda row: "BNCTU" in (row.lead_board, *row.supporting_boards)),
    ({"status": "handed_back"}, lambda row: row.status == "handed_back"),
    ({"status": "cancelled"}, lambda row: row.cancelled_reason is not None),
    ({"urgency": "express"}, lambda row: row.urgency == "express"),
    ({"deadline_state": "overdue"}, lambda row: row.deadline_state == "overdue"),
    ({"deadline_state": "met_late"}, lambda row: row.deadline_state == "met_late"),
    ({"arrived_from": date(2026, 11, 10)}, lambda row: row.arrived_on >= date(2026, 11, 10)),
    ({"arrived_to": date(2026, 11, 10)}, lambda row: row.arrived_on <= date(2026, 11, 10)),
    ({"duplicates_only": True}, lambda row: row.duplicate_count > 0),
    ({"text": "luu tru"}, lambda row: "Lưu trữ" in row.summary),
    ({"text": "LƯU TRỮ HỒ SƠ"}, lambda row: "Lưu trữ" in row.summary),
    ({"text": "hoà giải"}, lambda row: "hòa giải" in row.summary),
    ({"text": "tỉnh uỷ nội chính"}, lambda row: row.issuer == "Ban Nội chính Tỉnh uỷ"),
    ({"text": "bà lí"}, lambda row: row.issuer == "Bà Lý"),
    ({"text": "47/2024/QH15"}, lambda row: row.number_notation == "47/2024/QH15"),
    ({"text": "47 2024 qh"}, lambda row: row.number_notation == "47/2024/QH15"),
    ({"text": "ban noi ch"}, lambda row: row.issuer == "Ban Nội chính Tỉnh uỷ"),
    (
        {"organ": "VPTU", "status": "directed", "text": "ke hoach"},
        lambda row: (row.organ, row.status) == ("VPTU", "directed") and "Kế hoạch" in row.summary,
    ),
]  # fmt: skip
HANDLING: list[tuple[dict[str, Any], Callable[[words.HandlingRegisterRow], bool]]] = [
    ({"book_id": "vptu-den-2025"}, lambda row: row.book_id == "vptu-den-2025"),
    ({"status": "registered"}, lambda row: row.status == "registered"),
    ({"deadline_state": "running"}, lambda row: row.deadline_state == "running"),
    ({"deadline_state": "approaching"}, lambda row: row.progress.endswith("(sắp đến hạn)")),
    ({"deadline_from": date(2026, 12, 15)}, lambda row: row.deadline is not None and row.deadline.day >= 15),
    ({"deadline_to": date(2026, 12, 15)}, lambda row: row.deadline is not None and row.deadline.day <= 15),
]
OUTGOING: list[tuple[dict[str, Any], Callable[[words.OutgoingRegisterRow], bool]]] = [
    ({"book_id": "ubnd-di-qdd-2026"}, lambda row: row.book_id == "ubnd-di-qdd-2026"),
    ({"organ": "VPTU"}, lambda row: row.organ == "VPTU"),
    ({"system": "state"}, lambda row: row.system == "state"),
    ({"type_code": "QĐ"}, lambda row: row.type_name == "Quyết định"),
    ({"term": "2025-2030"}, lambda row: row.term == "2025-2030"),
    ({"year": 2026}, lambda row: row.system == "state"),
    ({"number": 2}, lambda row: row.number == 2),
    ({"status": "recalled"}, lambda row: (row.remarks or "").startswith("Đã thu hồi: ")),
    ({"status": "dispatched"}, lambda row: row.status == "dispatched"),
    ({"issued_from": date(2026, 6, 1)}, lambda row: row.issued_on >= date(2026, 6, 1)),
    ({"issued_to": date(2026, 6, 1)}, lambda row: row.issued_on <= date(2026, 6, 1)),
    ({"text": "tran van minh luu tru"}, lambda row: "Lưu trữ" in row.summary),
    ({"text": "luu van phong"}, lambda row: "Lưu Văn phòng" in row.recipients),
]
BOOKS: list[tuple[dict[str, Any], Callable[[words.RegisterBookRow], bool]]] = [
    ({"organ": "TU"}, lambda row: row.organ == "TU"),
    ({"direction": "incoming"}, lambda row: row.direction == "incoming"),
]
FILTERS: list[tuple[type[ListQuery], dict[str, Any], Any]] = [
    (kind, asked, test)
    for kind, cases in (
        (words.ListIncomingRegister, INCOMING),
        (words.ListHandlingRegister, HANDLING),
        (words.ListOutgoingRegister, OUTGOING),
        (words.ListRegisterBooks, BOOKS),
    )
    for asked, test in cases
]


@pytest.mark.parametrize(
    ("kind", "asked", "is_wanted"), FILTERS, ids=[f"{kind.__name__} {asked}" for kind, asked, _ in FILTERS]
)
async def test_a_filter_finds_exactly_the_rows_it_names(
    database: Connection, kind: type[ListQuery], asked: dict[str, Any], is_wanted: Callable[[Row], bool]
) -> None:
    rows = (await ask(database, everything(kind))).rows
    expected = [row for row in rows if is_wanted(row)]
    assert 0 < len(expected) < len(rows)
    assert list((await ask(database, kind(limit=1000, **asked))).rows) == expected


def test_every_field_one_may_filter_by_is_asked_in_a_test() -> None:
    paging = set(ListQuery.model_fields) | {"sort"}
    for kind in {kind for kind, _, _ in FILTERS}:
        asked = {name for of, fields, _ in FILTERS if of is kind for name in fields}
        asked |= {"board"} if kind is words.ListHandlingRegister else set()
        assert asked == kind.model_fields.keys() - paging


@pytest.mark.parametrize("text", ["khong co tu nay", "luu tru khong co", "' | 'x", "\\", "!!! ???", "<->"])
async def test_words_that_do_not_occur_find_nothing_and_signs_are_no_words(database: Connection, text: str) -> None:
    found = (await ask(database, words.ListIncomingRegister(text=text, limit=1000))).rows
    assert len(found) == (0 if fold(text) else 60)


ORDERS: list[tuple[type[ListQuery], str, Callable[[Any], Any]]] = [
    (words.ListIncomingRegister, "number", lambda row: (row.number, row.document_id)),
    (words.ListIncomingRegister, "arrived_on", lambda row: (row.arrived_on, row.number, row.document_id)),
    (words.ListIncomingRegister, "issued_on", lambda row: (row.issued_on, row.number, row.document_id)),
    (words.ListIncomingRegister, "deadline", lambda row: (row.deadline or NEVER, row.number, row.document_id)),
    (words.ListIncomingRegister, "issuer", lambda row: (fold(row.issuer), row.number, row.document_id)),
    (words.ListHandlingRegister, "number", lambda row: (row.number, row.document_id)),
    (words.ListHandlingRegister, "deadline", lambda row: (row.deadline or NEVER, row.number, row.document_id)),
    (words.ListOutgoingRegister, "number", lambda row: (row.number, row.document_id)),
    (words.ListOutgoingRegister, "issued_on", lambda row: (row.issued_on, row.number, row.document_id)),
    (words.ListOutgoingRegister, "notation", lambda row: (row.notation, row.document_id)),
    (words.ListRegisterBooks, "book_id", lambda row: (row.book_id,)),
]


@pytest.mark.parametrize("limit", [1, 7, 60, 1000])
@pytest.mark.parametrize("descending", [True, False], ids=["down", "up"])
@pytest.mark.parametrize(("kind", "sort", "place"), ORDERS, ids=lambda value: getattr(value, "__name__", value))
async def test_pages_visit_every_row_once_in_the_order_asked_for(
    database: Connection, kind: Any, sort: str, place: Callable[[Any], Any], descending: bool, limit: int
) -> None:
    rows = (await ask(database, everything(kind))).rows
    found = await pages(database, kind(sort=sort, descending=descending, limit=limit))
    assert found == sorted(rows, key=place, reverse=descending)
    assert len({place(row) for row in found}) == len(rows)


def test_every_order_one_may_ask_for_is_asked_in_a_test() -> None:
    for kind in {kind for kind, _, _ in ORDERS}:
        schema = kind.model_json_schema()["properties"]["sort"]
        assert {sort for of, sort, _ in ORDERS if of is kind} == set(schema.get("enum", [schema.get("const")]))


async def test_pages_keep_to_their_filter(database: Connection) -> None:
    found = await pages(database, words.ListIncomingRegister(text="luu tru", sort="deadline", limit=3))
    assert len(found) == len({row.document_id for row in found}) == 20
    assert all("Lưu trữ" in row.summary for row in found)


@pytest.mark.parametrize("cursor", ["x", "!", "bm8=", "W10=", "WyIxIl0=", "WzEsIDJd", "e30=", "bnVsbA==", "Ă"])
@pytest.mark.parametrize("kind", [kind for kind, _, _ in ORDERS[::5]], ids=lambda kind: kind.__name__)
async def test_a_cursor_that_is_none_is_refused(database: Connection, kind: type[ListQuery], cursor: str) -> None:
    with pytest.raises(Refused) as refused:
        await ask(database, kind(cursor=cursor))
    assert (refused.value.refusal, refused.value.field) == (BAD_CURSOR, "cursor")


async def test_a_cursor_of_another_order_or_with_values_of_no_such_kind_is_refused(database: Connection) -> None:
    page = await ask(database, words.ListIncomingRegister(sort="arrived_on", limit=1))
    made = base64.urlsafe_b64encode(json.dumps(["-number,document_id", "abc", "x"]).encode()).decode()
    for query in (
        words.ListIncomingRegister(sort="issued_on", cursor=page.next_cursor),
        words.ListIncomingRegister(sort="arrived_on", descending=False, cursor=page.next_cursor),
        words.ListIncomingRegister(cursor=made),
    ):
        with pytest.raises(Refused) as refused:
            await ask(database, query)
        assert (refused.value.refusal, refused.value.field) == (BAD_CURSOR, "cursor")


# --- who sees what --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("board", ["BTCTU", "UBKTTU", "BNCTU"])
async def test_a_board_sees_what_it_leads_or_supports_and_nothing_else(database: Connection, board: str) -> None:
    rows = (await ask(database, everything(words.ListIncomingRegister))).rows
    own = [row for row in rows if board in (row.lead_board, *row.supporting_boards)]
    assert 0 < len(own) < len(rows)
    seen = (await ask(database, everything(words.ListIncomingRegister), member_of(board))).rows
    assert list(seen) == own
    handled = (await ask(database, everything(words.ListHandlingRegister), member_of(board))).rows
    assert {row.document_id for row in handled} == {row.document_id for row in own}
    asked = words.ListHandlingRegister(limit=1000, board=board)
    assert list((await ask(database, asked)).rows) == list(handled)
    other = "BTCTU" if board == "BNCTU" else "BNCTU"
    both = await ask(database, words.ListHandlingRegister(limit=1000, board=other), member_of(board))
    assert {row.document_id for row in both.rows} < {row.document_id for row in own}


async def test_a_document_of_another_board_is_not_there_for_a_board(database: Connection, history: "History") -> None:
    rows = (await ask(database, everything(words.ListIncomingRegister))).rows
    for row in rows:
        query = words.GetDocument(document_id=row.document_id)
        assert (await ask(database, query)).incoming == row
        if "BTCTU" in (row.lead_board, *row.supporting_boards):
            assert (await ask(database, query, member_of("BTCTU"))).incoming == row
        else:
            with pytest.raises(Refused) as refused:
                await ask(database, query, member_of("BTCTU"))
            assert refused.value.refusal == words.DOCUMENT_UNKNOWN


async def test_a_member_of_no_board_sees_nothing_and_a_reader_of_a_board_sees_all(database: Connection) -> None:
    assert (await ask(database, everything(words.ListIncomingRegister), member_of(None))).rows == ()
    assert len((await ask(database, everything(words.ListIncomingRegister), member_of("BTCTU", "reader"))).rows) == 60


# --- single questions -----------------------------------------------------------------------------------------------


async def test_a_document_is_shown_with_all_its_registers_know(database: Connection, history: "History") -> None:
    view = await ask(database, words.GetDocument(document_id=history.incoming[10]))
    assert (view.incoming.status, view.handling.status, view.outgoing) == ("completed", "completed", None)
    assert view.incoming.deadline_state == view.handling.deadline_state == "met_late"
    assert view.handling.progress == "Đã giải quyết (trễ hạn)"
    assert view.handling.remarks == "Đã báo cáo."
    sent = await ask(database, words.GetDocument(document_id=history.outgoing[3]))
    assert (sent.incoming, sent.handling, sent.outgoing.status) == (None, None, "recalled")
    with pytest.raises(Refused) as refused:
        await ask(database, words.GetDocument(document_id="f" * 32))
    assert refused.value.refusal == words.DOCUMENT_UNKNOWN


async def test_every_book_shows_that_no_number_is_missing(database: Connection) -> None:
    rows = {row.book_id: row for row in (await ask(database, everything(words.ListRegisterBooks))).rows}
    assert all(row.gapless and row.entries == row.last_number - row.first_number + 1 for row in rows.values())
    assert sum(row.entries for row in rows.values() if row.direction == "incoming") == 60
    assert sum(row.entries for row in rows.values() if row.direction == "outgoing") == 30
    assert rows["tu-den-2026"].first_number == 101
    assert rows["vptu-den-2025"].closed_on is not None
    assert rows["tu-di-nq-2025-2030"].period == "2025-2030"


async def test_a_missing_number_is_seen(database: Connection, history: "History") -> None:
    model = next(model for model in MODELS if model.name == "register_books")
    lost = next(fact for fact in history.facts if isinstance(fact.event, words.IncomingRegistered))
    async with database.transaction():
        await fill(database, model, model.table, [[fact for fact in history.facts if fact is not lost]])
        rows = (await ask(database, everything(words.ListRegisterBooks))).rows
        assert [row.book_id for row in rows if not row.gapless] == [lost.event.book_id]  # type: ignore[attr-defined]
        await fill(database, model, model.table, [history.facts])


async def test_earlier_entries_of_a_paper_are_found_by_number_issuer_and_day_but_not_struck_out_ones(
    database: Connection,
) -> None:
    asked = {
        "organ": "VPTU",
        "number_notation": "Số: 00 - CV/BTCTU",
        "issuer": "ban tổ chức tỉnh ủy",
        "issued_on": date(2025, 10, 1),
    }
    found = (await ask(database, words.FindPossibleDuplicates(**asked))).rows
    rows = (await ask(database, words.ListIncomingRegister(number_notation="0-CV/BTCTU", limit=1000))).rows
    own = [row for row in rows if row.organ == "VPTU"]
    assert {row.document_id for row in found} == {row.document_id for row in own if row.status != "cancelled"}
    assert 1 < len(found) < len(rows)


async def test_nothing_asked_finds_no_duplicate(database: Connection) -> None:
    for asked in ({}, {"number_notation": "0-CV/BTCTU"}, {"sha256": "a" * 64}):
        assert (await ask(database, words.FindPossibleDuplicates(organ="VPTU", **asked))).rows == ()


async def test_an_entry_shows_the_legal_columns_as_the_history_left_them(
    database: Connection, history: "History"
) -> None:
    rows = {row.document_id: row for row in (await ask(database, everything(words.ListIncomingRegister))).rows}
    forwarded, back, recalled, struck = (rows[history.incoming[number]] for number in (4, 5, 6, 11))
    assert (forwarded.lead_board, forwarded.supporting_boards, forwarded.holder) == ("BNCTU", (), "BNCTU")
    assert forwarded.handed_over_on == date(2026, 11, 24)
    assert (back.status, back.deadline_state, back.received_by) == ("handed_back", "running", None)
    assert (recalled.status, recalled.deadline, recalled.lead_board, recalled.holder) == (
        "registered",
        None,
        None,
        None,
    )
    assert (struck.status, struck.deadline_state) == ("cancelled", "none")
    assert struck.remarks == "Đã hủy: Đăng ký trùng."
    handled = {row.document_id: row for row in (await ask(database, everything(words.ListHandlingRegister))).rows}
    assert (handled[struck.document_id].hand_back_count, handled[struck.document_id].direction_count) == (1, 2)
    assert handled[history.incoming[9]].reply_notation == "9-CV/BTCTU"
    assert handled[history.incoming[7]].description == "Luật số 47/2024/QH15 ngày 08/10/2025 của Quốc hội"
