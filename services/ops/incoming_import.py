"""Importing incoming documents: rows into commands, commands sent many at a time, a verdict for every row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from nats.aio.client import Client

from contracts.base import Actor
from contracts.documents import RegisterIncoming
from services.ops.cells import iso_date
from services.ops.row_import import RowImport
from services.ops.row_import import Verdict as Found
from services.ops.sheets import SheetRow
from services.runtime.text import fold

SUBJECT = "command.documents.register-incoming"
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

    async def run(self, rows: Sequence[SheetRow], advance: Callable[[], None]) -> list[Verdict]:
        """Send every row in order, many at a time, and return the verdicts in the rows' order."""
        scope = f"{self.organ}:{self.register_name}"
        importing = RowImport(self.client, SUBJECT, self.actor, self.digest, scope, self.rehearsal)
        return [_verdict(one) for one in await importing.run(rows, self._command, advance)]

    def _command(self, row: SheetRow) -> RegisterIncoming:
        cells: dict[str, Any] = dict(row.cells)
        for name, words in _WORDS.items():
            if name in cells:
                cells[name] = words.get(fold(cells[name]), cells[name])
        for name in _DATES:
            if name in cells:
                cells[name] = iso_date(cells[name])
        if self.arrived_on and "arrived_on" not in cells:
            cells["arrived_on"] = self.arrived_on.isoformat()
        own = {"organ": self.organ, "register_name": self.register_name, "on_duplicate": self.on_duplicate}
        return RegisterIncoming.model_validate_strings({**cells, **own})


def _verdict(found: Found) -> Verdict:
    """Return the verdict in the register's words: a row that was there keeps its number and counts as registered."""
    facts = found.facts or {}
    return Verdict(
        found.row,
        "accepted" if found.outcome == "already" else found.outcome,
        facts.get("number"),
        found.record_id,
        found.problems,
        found.notices,
        found.position,
    )
