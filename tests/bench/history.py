"""A long, believable history, written straight into the log in the shape the service itself writes it."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from contracts import documents as words
from contracts.base import Actor, Event, Meta
from services.documents.deciders.original import notation_key, paper_fingerprint
from services.runtime.envelope import encode, to_bytes
from services.runtime.log import EventLog, Write

SERVICE = "documents"
BOOKS = 200
_GROUP = 250
_TYPES = ("Công văn", "Báo cáo", "Kế hoạch", "Thông báo", "Tờ trình", "Giấy mời", "Quyết định")
_SUBJECTS = (
    "về việc rà soát biên chế các phòng sau hợp nhất",
    "báo cáo kết quả thực hiện nhiệm vụ công tác tháng",
    "kế hoạch kiểm tra, giám sát các tổ chức cơ sở đảng",
    "đề nghị bố trí kinh phí sửa chữa trụ sở làm việc",
    "về việc cử cán bộ tham gia lớp bồi dưỡng lưu trữ hồ sơ",
    "họp trực tuyến về chuyển đổi số trong cơ quan Đảng",
)
_ISSUERS = tuple(
    f"{organ} {place}"
    for organ in ("Đảng ủy xã", "Đảng ủy phường", "Ủy ban nhân dân xã", "Chi cục Thuế", "Trường Trung học phổ thông")
    for place in ("Bình Minh", "Tân Lập", "Hòa Bình", "Phú Thọ", "Đông Hà", "Vĩnh Long", "Quang Trung", "Lê Lợi")
)
BOARDS = ("BTCTU", "BTGDVTU", "BNCTU", "UBKTTU", "VPTU", "ĐUCQĐ", "ĐUUBND", "BCSĐ")
_ACTOR = Actor(id="user:lan", name="Nguyễn Thị Lan", roles=("clerk",))


@dataclass
class Book:
    """A register book as the writer left it."""

    id: str
    next_number: int = 1


@dataclass
class History:
    """Writes batches of decided events, each aggregate under its own expectation, as group commit would."""

    log: EventLog
    last: dict[str, int] = field(default_factory=dict)
    documents: list[str] = field(default_factory=list)
    events: int = 0
    directions: int = 0
    books: list[Book] = field(default_factory=lambda: [Book(f"s{n}-den-2026") for n in range(BOOKS)])
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def register(self, count: int) -> None:
        """Register so many documents over all the books."""
        for start in range(0, count, _GROUP):
            group = _Group()
            for _ in range(min(_GROUP, count - start)):
                self._register_one(group)
            await self._append(group)

    def _register_one(self, group: "_Group") -> None:
        meta, number = _meta(), next(self._numbers)
        book = self.books[number % len(self.books)]
        document = words.document_id(meta.command_id)
        registered = _registered(number, book)
        fingerprint = registered.fingerprints[0]
        opening: list[Event] = [] if book.next_number > 1 else [_opened(number % len(self.books))]
        numbered = [*opening, words.NumberAssigned(number=book.next_number, document_id=document)]
        seen = words.OriginalSeen(document_id=document, book_id=book.id, number=book.next_number)
        group.add("incoming", document, meta, [registered], place=0)
        group.add("book", book.id, meta, numbered, place=1)
        group.add("original", fingerprint, meta, [seen], place=1 + len(numbered))
        book.next_number += 1
        self.documents.append(document)

    async def direct(self, documents: Sequence[str]) -> None:
        """Direct each document to a board, with a deadline weeks from now."""
        self.directions += len(documents)
        await self._each(documents, lambda number: _directed(number))

    async def complete(self, documents: Sequence[str]) -> None:
        """Complete each document with the notation of its reply."""
        evidence = words.Evidence(reply_notation="12-CV/BTCTU")
        today = date.today()
        await self._each(
            documents,
            lambda number: words.DocumentCompleted(
                board=BOARDS[number % len(BOARDS)], evidence=evidence, completed_on=today, late=False
            ),
        )

    async def forward(self, documents: Sequence[str], times: int) -> None:
        """Pass every document on so many times, all of them in turn, so that their events lie scattered."""
        for turn in range(times):
            moved = words.DocumentForwarded(
                from_board=f"BAN{turn % 2}", to_board=f"BAN{(turn + 1) % 2}", forwarded_on=date.today()
            )
            await self._each(documents, lambda _, moved=moved: moved)

    async def _each(self, documents: Sequence[str], event: Any) -> None:
        for start in range(0, len(documents), 3 * _GROUP):
            group = _Group()
            for number, document in enumerate(documents[start : start + 3 * _GROUP], start):
                group.add("incoming", document, _meta(), [event(number)], place=0)
            await self._append(group)

    async def _append(self, group: "_Group") -> None:
        order = sorted(group.envelopes, key=lambda subject: subject.startswith(f"event.{SERVICE}.incoming."))
        writes = [Write(subject, self.last.get(subject, 0), to_bytes(group.envelopes[subject])) for subject in order]
        sequences = await self.log.append(writes)
        self.last.update(zip(order, sequences, strict=True))
        self.events += sum(map(len, group.envelopes.values()))


@dataclass
class _Group:
    envelopes: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def add(self, aggregate: str, id: str, meta: Meta, events: Sequence[Event], place: int) -> None:
        encoded = encode(SERVICE, aggregate, id, enumerate(events, place), meta, self.now)
        self.envelopes.setdefault(f"event.{SERVICE}.{aggregate}.{id}", []).extend(encoded)


def _meta() -> Meta:
    return Meta(command_id=uuid4(), actor=_ACTOR, correlation_id="bench-history")


def _opened(number: int) -> words.RegisterBookOpened:
    return words.RegisterBookOpened(
        organ=f"S{number}", direction="incoming", year=2026, register_name="chung", first_number=1
    )


def _registered(number: int, book: Book) -> words.IncomingRegistered:
    notation, issuer = f"{number}-CV/ĐU", _ISSUERS[number % len(_ISSUERS)]
    issued_on = date(2026, 1, 5) + timedelta(days=number % 300)
    return words.IncomingRegistered(
        book_id=book.id,
        organ=book.id.split("-")[0].upper(),
        register_name="chung",
        year=2026,
        number=book.next_number,
        arrived_on=issued_on + timedelta(days=2),
        number_notation=notation,
        notation_key=notation_key(notation),
        document_type=_TYPES[number % len(_TYPES)],
        summary=f"{_SUBJECTS[number % len(_SUBJECTS)]}, đợt {number % 997}",
        issuer=issuer,
        issued_on=issued_on,
        urgency="normal",
        received_via="paper",
        page_count=number % 40 + 1,
        forward_by=issued_on + timedelta(days=3),
        fingerprints=(paper_fingerprint(book.id.split("-")[0].upper(), notation, issuer, issued_on),),
    )


def _directed(number: int) -> words.DocumentDirected:
    due = datetime.now(UTC) + timedelta(days=14 + number % 30)
    return words.DocumentDirected(
        lead_board=BOARDS[number % len(BOARDS)],
        supporting_boards=(BOARDS[(number + 1) % len(BOARDS)],),
        opinion="Giao chủ trì tham mưu, báo cáo Thường trực.",
        directed_by="Trần Văn Minh",
        directed_on=date.today(),
        deadline=due.date(),
        deadline_basis="direction",
        remind_at=due - timedelta(days=2),
        overdue_at=due,
    )
