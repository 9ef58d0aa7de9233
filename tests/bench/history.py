"""A long, believable history, written straight into the log in the shape the service itself writes it."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from writing import GROUP, Group, Writer, meta

from contracts import documents as words
from contracts.base import Event
from services.documents.deciders.original import notation_key, paper_fingerprint
from services.runtime.log import EventLog

SERVICE = "documents"
BOOKS = 200
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


@dataclass
class Book:
    """A register book as the writer left it."""

    id: str
    next_number: int = 1


@dataclass
class History:
    """Writes batches of what clerks and leaders decided."""

    log: EventLog
    documents: list[str] = field(default_factory=list)
    directions: int = 0
    books: list[Book] = field(default_factory=lambda: [Book(f"s{n}-den-2026") for n in range(BOOKS)])
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self._writer = Writer(self.log, SERVICE, home="incoming")

    @property
    def events(self) -> int:
        """How many events were written."""
        return self._writer.events

    async def register(self, count: int) -> None:
        """Register so many documents over all the books."""
        for start in range(0, count, GROUP):
            group = self._writer.group()
            for _ in range(min(GROUP, count - start)):
                self._register_one(group)
            await self._writer.append(group)

    def _register_one(self, group: Group) -> None:
        decision, number = meta(), next(self._numbers)
        book = self.books[number % len(self.books)]
        document = words.document_id(decision.command_id)
        registered = _registered(number, book)
        fingerprint = registered.fingerprints[0]
        opening: list[Event] = [] if book.next_number > 1 else [_opened(number % len(self.books))]
        numbered = [*opening, words.NumberAssigned(number=book.next_number, document_id=document)]
        seen = words.OriginalSeen(document_id=document, book_id=book.id, number=book.next_number)
        group.add("incoming", document, decision, [registered], place=0)
        group.add("book", book.id, decision, numbered, place=1)
        group.add("original", fingerprint, decision, [seen], place=1 + len(numbered))
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
        for start in range(0, len(documents), 3 * GROUP):
            group = self._writer.group()
            for number, document in enumerate(documents[start : start + 3 * GROUP], start):
                group.add("incoming", document, meta(), [event(number)], place=0)
            await self._writer.append(group)


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
