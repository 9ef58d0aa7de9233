"""Importing incoming documents: rows into commands, commands sent many at a time, a verdict for every row."""

import asyncio
import hashlib
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal
from uuid import NAMESPACE_URL, UUID, uuid5

from nats.aio.client import Client
from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json, to_json

from contracts.base import Accepted, Actor, Failed, Invalid, Meta, Reply
from contracts.documents import RegisterIncoming
from services.ops.sheets import SheetRow
from services.runtime.bus import UNREACHABLE
from services.runtime.problems import explain
from services.runtime.text import fold

SUBJECT = "command.documents.register-incoming"
_IN_FLIGHT = 256
_TRIES = 6
_REPLY: TypeAdapter[Reply] = TypeAdapter(Reply)
_FIELDS: dict[str, tuple[str, ...]] = {
    "number_notation": ("number_notation", "Số, ký hiệu", "Số ký hiệu", "Số, ký hiệu văn bản"),
    "document_type": ("document_type", "Tên loại", "Loại văn bản", "Thể loại"),
    "summary": ("summary", "Trích yếu", "Trích yếu nội dung", "Nội dung"),
    "issuer": ("issuer", "Tác giả", "Cơ quan ban hành", "Nơi ban hành"),
    "issued_on": ("issued_on", "Ngày tháng văn bản", "Ngày văn bản", "Ngày ban hành"),
    "arrived_on": ("arrived_on", "Ngày đến"),
    "urgency": ("urgency", "Độ khẩn", "Mức độ khẩn"),
    "secrecy": ("secrecy", "Độ mật"),
    "recipient": ("recipient", "Đơn vị hoặc người nhận", "Người nhận"),
    "respond_by": ("respond_by", "Hạn trả lời", "Thời hạn giải quyết"),
    "page_count": ("page_count", "Số trang"),
    "copy_count": ("copy_count", "Số bản"),
    "note": ("note", "Ghi chú"),
}
TITLES = {fold(title): name for name, titles in _FIELDS.items() for title in titles}
REQUIRED = ("document_type", "summary", "issuer", "issued_on")
_WORDS = {
    "urgency": {
        "thuong": "normal",
        "khan": "urgent",
        "thuong khan": "very_urgent",
        "hoa toc": "express",
        "hoa toc hen gio": "express_timed",
    },
    "secrecy": {
        "khong mat": "none",
        "khong": "none",
        "mat": "confidential",
        "toi mat": "secret",
        "tuyet mat": "top_secret",
    },
}
_DATES = ("issued_on", "arrived_on", "respond_by")


@dataclass(frozen=True)
class Verdict:
    """What became of one row: its number in the register, or what is wrong with it."""

    row: int
    outcome: Literal["accepted", "rejected", "invalid", "failed"]
    number: int | None = None
    document_id: str | None = None
    problems: tuple[dict[str, str], ...] = ()
    notices: tuple[dict[str, str], ...] = ()
    position: int = 0


@dataclass
class Import:
    """One file on its way into the register; the same file gives the same command ids, so it can be sent again."""

    client: Client
    actor: Actor
    organ: str
    register_name: str
    arrived_on: date | None
    on_duplicate: Literal["warn", "refuse"]
    rehearsal: bool
    digest: str
    verdicts: list[Verdict] = field(default_factory=list)

    def command_id(self, row: int) -> UUID:
        """Return the id of a row's command: file, register and row decide it."""
        return uuid5(NAMESPACE_URL, f"motmoi:import:{self.digest}:{self.organ}:{self.register_name}:{row}")

    async def run(self, rows: Sequence[SheetRow], advance: Callable[[], None]) -> list[Verdict]:
        """Send every row in order, many at a time, and return the verdicts in the rows' order."""
        waiting: deque[asyncio.Task[Verdict]] = deque()
        for place, row in enumerate(rows):
            waiting.append(asyncio.create_task(self._row(row)))
            # The first opens the book; the others then keep the file's order.
            while waiting and (place == 0 or len(waiting) >= _IN_FLIGHT):
                self.verdicts.append(await waiting.popleft())
                advance()
        while waiting:
            self.verdicts.append(await waiting.popleft())
            advance()
        return self.verdicts

    async def _row(self, row: SheetRow) -> Verdict:
        try:
            command = self._command(row)
        except ValidationError as error:
            return _verdict(row.number, explain(error, skip=0))
        meta = Meta(
            command_id=self.command_id(row.number),
            actor=self.actor,
            correlation_id=f"import:{self.digest[:16]}",
            rehearsal=self.rehearsal,
        )
        return _verdict(row.number, await self._send(to_json({"meta": meta, "data": command}, exclude_none=True)))

    async def _send(self, body: bytes) -> Any:
        """Ask until there is an answer: with the same command id that is safe."""
        reason = ""
        for attempt in range(_TRIES):
            if attempt:
                await asyncio.sleep(0.5 * attempt)
            try:
                reply = _REPLY.validate_json((await self.client.request(SUBJECT, body, timeout=20)).data)
            except UNREACHABLE as error:
                reason = str(error) or type(error).__name__
                continue
            if not isinstance(reply, Failed):
                return reply
            reason = reply.en
        return Failed(code="service-unavailable", vi=f"Dịch vụ chưa trả lời: {reason}", en=f"No answer: {reason}")

    def _command(self, row: SheetRow) -> RegisterIncoming:
        cells: dict[str, Any] = dict(row.cells)
        for name, words in _WORDS.items():
            if name in cells:
                cells[name] = words.get(fold(cells[name]), cells[name])
        for name in _DATES:
            if name in cells:
                cells[name] = _iso_date(cells[name])
        if self.arrived_on and "arrived_on" not in cells:
            cells["arrived_on"] = self.arrived_on.isoformat()
        own = {"organ": self.organ, "register_name": self.register_name, "on_duplicate": self.on_duplicate}
        return RegisterIncoming.model_validate_strings({**cells, **own})


def digest(content: bytes) -> str:
    """Return the digest that names a file's rows for ever."""
    return hashlib.sha256(content).hexdigest()


def _iso_date(text: str) -> str:
    for form in ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    return text


def _verdict(row: int, reply: Any) -> Verdict:
    if isinstance(reply, Accepted):
        facts = from_json(to_json(reply.recorded[0].data)) if reply.recorded else {}
        notices = tuple(notice.model_dump() for notice in reply.notices)
        subject = reply.recorded[0].subject.split("/")[-1] if reply.recorded else None
        return Verdict(row, "accepted", facts.get("number"), subject, notices=notices, position=reply.position)
    if isinstance(reply, Invalid):
        return Verdict(row, "invalid", problems=tuple(problem.model_dump() for problem in reply.fields))
    problem = {"code": reply.code, "vi": reply.vi, "en": reply.en, "field": ""}
    outcome: Literal["rejected", "failed"] = "rejected" if reply.outcome in ("rejected", "forbidden") else "failed"
    return Verdict(row, outcome, problems=(problem,))
