"""Importing a statement of a bank or the treasury: rows under the titles banks give them into one statement."""

import calendar
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from contracts.base import FieldProblem
from contracts.finance import RecordStatement, StatementLine
from services.ops.cells import amount, iso_date
from services.ops.row_import import RowImport, RowRefused, Verdict
from services.ops.sheets import SheetRow
from services.runtime.text import fold, normalise

SUBJECT = "command.finance.record-statement"
_FIELDS: dict[str, tuple[str, ...]] = {
    "on": (
        "on", "Ngày", "Ngày giao dịch", "Ngày hạch toán", "Ngày ghi sổ", "Ngày GD", "Ngày, tháng", "Transaction date"
    ),
    "reference": (
        "reference", "Số chứng từ", "Số CT", "Số bút toán", "Số giao dịch", "Mã giao dịch", "Số tham chiếu", "Ref"
    ),
    "told": ("told", "Nội dung", "Diễn giải", "Nội dung giao dịch", "Mô tả", "Nội dung chi tiết", "Description"),
    "party": ("party", "Đối tác", "Đơn vị đối ứng", "Tên đơn vị đối ứng", "Người hưởng", "Đơn vị thụ hưởng"),
    "out": ("out", "Ghi nợ", "Nợ", "Phát sinh nợ", "Số tiền ghi nợ", "Tiền ra", "Rút ra", "Debit"),
    "into": ("into", "Ghi có", "Có", "Phát sinh có", "Số tiền ghi có", "Tiền vào", "Gửi vào", "Credit"),
    "balance": ("balance", "Số dư", "Số dư cuối", "Số dư sau giao dịch", "Số dư lũy kế", "Balance"),
    "_place": ("STT", "Số TT", "Số thứ tự", "TT"),
    "_time": ("Giờ giao dịch", "Giờ", "Ngày hiệu lực", "Ngày giá trị", "Loại tiền", "Tài khoản đối ứng", "Kênh GD"),
    "_verdict": ("Kết quả nhập", "Result"),
    "_code": ("Mã lỗi", "Code"),
    "_reason": ("Lý do và cách sửa", "Reason"),
}  # fmt: skip
TITLES = {fold(title): name for name, titles in _FIELDS.items() for title in titles}
"""Field names by folded column title; those that start with _ are read past."""
SHOWN = {name: titles[min(1, len(titles) - 1)] for name, titles in _FIELDS.items()}
"""The Vietnamese title of each field."""
REQUIRED = ("told",)
_OPENING = ("so du dau", "so du dau ki", "so du dau ngay", "du dau ki", "opening balance")
_CLOSING = ("so du cuoi", "so du cuoi ki", "so du cuoi ngay", "du cuoi ki", "closing balance")
_SUMS = ("cong", "tong cong", "cong phat sinh", "tong phat sinh", "tong so phat sinh", "total")
_PARTS_OF_DONG = re.compile(r"[.,]0{1,2}$")
_NEGATIVE = re.compile(r"^\((.+)\)$")
_LONGEST = 200


@dataclass(frozen=True)
class Reading:
    """What a file does not say by itself: whose statement it is, its days and its balances where they are given."""

    money_account: str
    file: str
    today: date
    from_day: date | None = None
    to_day: date | None = None
    opening_vnd: int | None = None
    closing_vnd: int | None = None

    def command(self, rows: Sequence[SheetRow]) -> RecordStatement:
        """Return the statement that all rows make; raise RowRefused or ValidationError.

        Days left out are whole months. Balances left out are those of the file: rows that say so, or the balance
        beside the first and the last line. Newest first is turned round.
        """
        said = [row for row in rows if not _is(row, (*_OPENING, *_CLOSING, *_SUMS))]
        lines = [self._line(row) for row in said]
        balances = [self._vnd(row, "balance") for row in said]
        if lines and lines[0].on > lines[-1].on:
            lines, balances, said = lines[::-1], balances[::-1], said[::-1]
        opening, closing = self._opening(rows, lines, balances), self._closing(rows, balances)
        if opening is None and closing is not None:
            opening = closing - sum(line.amount_vnd for line in lines)
        if opening is None:
            raise _unknown("balance", "số dư đầu (dùng --opening)", "opening balance (give --opening)")
        self._expect_running(said, lines, balances, opening)
        first, last = self._days(lines)
        return RecordStatement(
            money_account=self.money_account,
            from_day=first,
            to_day=last,
            opening_vnd=opening,
            closing_vnd=opening + sum(line.amount_vnd for line in lines) if closing is None else closing,
            lines=tuple(lines),
            file=self.file[-_LONGEST:],
        )

    def _line(self, row: SheetRow) -> StatementLine:
        out, into = self._vnd(row, "out") or 0, self._vnd(row, "into") or 0
        if bool(out) == bool(into):
            vi = f"Dòng {row.number} phải có số tiền ở đúng một trong hai cột Ghi nợ, Ghi có."
            en = f"Row {row.number} must have an amount in one of the columns Ghi nợ and Ghi có."
            raise RowRefused(FieldProblem(field="out", code="one-amount", vi=vi, en=en))
        cells = {
            name: normalise(row.cells[name])[:_LONGEST] for name in ("told", "reference", "party") if name in row.cells
        }
        day = iso_date(row.cells.get("on", "").split(" ")[0].split("T")[0])
        # Banks write what goes out as a number without a sign, or with one.
        return StatementLine.model_validate_strings(
            {"told": "-", **cells, "on": day, "amount_vnd": str(into - abs(out))}
        )

    def _vnd(self, row: SheetRow, field: str) -> int | None:
        text = row.cells.get(field)
        if text is None or text == "-":
            return None
        bare = _NEGATIVE.sub(r"-\1", _PARTS_OF_DONG.sub("", text)).lstrip("+")
        digits = amount(bare.lstrip("-"))
        if not digits.isdigit():
            vi = f"Dòng {row.number}: «{text}» không phải số tiền nguyên đồng; đề nghị sửa, ví dụ 1.500.000."
            en = f"Row {row.number}: {text!r} is no amount of whole đồng; correct it, such as 1.500.000."
            raise RowRefused(FieldProblem(field=field, code="not-an-amount", vi=vi, en=en))
        return -int(digits) if bare.startswith("-") else int(digits)

    def _opening(
        self, rows: Sequence[SheetRow], lines: Sequence[StatementLine], balances: Sequence[int | None]
    ) -> int | None:
        told = self.opening_vnd if self.opening_vnd is not None else self._told(rows, _OPENING)
        if told is None and lines and balances[0] is not None:
            return balances[0] - lines[0].amount_vnd
        return told

    def _closing(self, rows: Sequence[SheetRow], balances: Sequence[int | None]) -> int | None:
        told = self.closing_vnd if self.closing_vnd is not None else self._told(rows, _CLOSING)
        return balances[-1] if told is None and balances else told

    def _told(self, rows: Sequence[SheetRow], words: Sequence[str]) -> int | None:
        """Return the balance that a row of its own says, in whatever column of amounts."""
        for row in rows:
            if _is(row, words):
                found = (self._vnd(row, field) for field in ("balance", "into", "out"))
                return next((one for one in found if one is not None), None)
        return None

    def _expect_running(
        self, rows: Sequence[SheetRow], lines: Sequence[StatementLine], balances: Sequence[int | None], opening: int
    ) -> None:
        """Raise RowRefused for the first row whose balance is not the one before it and its amount."""
        running = opening
        for row, line, balance in zip(rows, lines, balances, strict=True):
            running += line.amount_vnd
            if balance is not None and balance != running:
                vi = (
                    f"Dòng {row.number}: số dư {balance:,} khác số tính được {running:,}; thiếu hoặc sai dòng trước đó."
                )
                en = f"Row {row.number}: its balance {balance:,} is not {running:,}; one before is missing or wrong."
                raise RowRefused(FieldProblem(field="balance", code="balance-does-not-run", vi=vi, en=en))

    def _days(self, lines: Sequence[StatementLine]) -> tuple[date, date]:
        if not lines and (self.from_day is None or self.to_day is None):
            raise _unknown("on", "ngày (dùng --from và --to)", "days (give --from and --to)")
        first = self.from_day or lines[0].on.replace(day=1)
        if self.to_day is not None:
            return first, self.to_day
        last = lines[-1].on
        ends = last.replace(day=calendar.monthrange(last.year, last.month)[1])
        return first, max(last, min(ends, self.today))


def _is(row: SheetRow, words: Sequence[str]) -> bool:
    return any(fold(row.cells.get(field, "")).rstrip(" :") in words for field in ("told", "on", "reference"))


def _unknown(field: str, vi: str, en: str) -> RowRefused:
    told = (f"Sao kê không cho biết {vi}.", f"The statement does not say its {en}.")
    return RowRefused(FieldProblem(field=field, code="statement-does-not-say", vi=told[0], en=told[1]))


async def import_statement(
    importing: RowImport, rows: Sequence[SheetRow], reading: Reading, advance: Callable[[], None]
) -> list[Verdict]:
    """Say the statement as one command; return the same verdict for every row: a part of a statement is none."""
    (verdict,) = await importing.run(rows[:1], lambda _: reading.command(rows), advance)
    return [replace(verdict, row=row.number) for row in rows]


def label(facts: Mapping[str, object]) -> str:
    """Return what people know a statement by: whose, and of which days."""
    return f"{facts['money_account']} {facts['from_day']} - {facts['to_day']}"
