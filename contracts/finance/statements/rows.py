"""The rows and answers finance shows of statements."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from contracts.base import Message, Row, column


class MoneyAccountRow(Row):
    """A till or an account at a bank or the treasury, and how far its statements reach."""

    money_account: Annotated[str, column(1, "Mã tài khoản tiền")]
    name: Annotated[str, column(2, "Tên")]
    account: Annotated[str, column(3, "Tài khoản kế toán")]
    number: Annotated[str | None, column(4, "Số tài khoản")] = None
    bank: Annotated[str | None, column(5, "Ngân hàng, kho bạc")] = None
    statements: Annotated[int, column(6, "Số sao kê")] = 0
    reaches_to: Annotated[date | None, column(7, "Sao kê đến ngày")] = None
    balance_vnd: Annotated[int | None, column(8, "Số dư theo sao kê (đồng)")] = None


class StatementRow(Row):
    """A statement: its days, its balances, and how many of its lines are not matched yet."""

    money_account: Annotated[str, column(1, "Tài khoản tiền")]
    from_day: Annotated[date, column(2, "Từ ngày")]
    to_day: Annotated[date, column(3, "Đến ngày")]
    opening_vnd: Annotated[int, column(4, "Số dư đầu (đồng)")]
    in_vnd: Annotated[int, column(5, "Phát sinh Có (đồng)")]
    out_vnd: Annotated[int, column(6, "Phát sinh Nợ (đồng)")]
    closing_vnd: Annotated[int, column(7, "Số dư cuối (đồng)")]
    line_count: Annotated[int, column(8, "Số dòng")]
    open_count: Annotated[int, column(9, "Chưa đối chiếu")]
    confirmed_by: Annotated[str | None, column(10, "Người xác nhận")] = None
    confirmed_at: Annotated[datetime | None, column(11, "Xác nhận lúc")] = None
    file: Annotated[str | None, column(12, "Tệp")] = None
    account: str
    statement_id: str
    recorded_at: datetime


class MatchedEntry(Message):
    """An entry that a line of a statement is matched with."""

    entry_id: str
    voucher: str | None = None
    on: date | None = None
    amount_vnd: Annotated[int | None, Field(description="Of the money account: in more, out less than nothing.")] = None


class StatementLineView(Message):
    """A line of a statement, and what it is matched with."""

    line_number: int
    on: date
    amount_vnd: int
    told: str
    reference: str | None = None
    party: str | None = None
    entries: tuple[MatchedEntry, ...] = ()
    matched_by: str | None = None
    matched_at: datetime | None = None


class StatementView(Message):
    """A statement with all its lines."""

    statement: StatementRow
    lines: tuple[StatementLineView, ...]


class MatchSuggestionRow(Row):
    """An entry that a line of a statement may be: of the same amount, near in time; best first."""

    line_number: Annotated[int, column(1, "Dòng sao kê")]
    line_on: Annotated[date, column(2, "Ngày giao dịch")]
    amount_vnd: Annotated[int, column(3, "Số tiền (đồng)")]
    told: Annotated[str, column(4, "Nội dung")]
    rank: Annotated[int, column(5, "Thứ tự gợi ý")]
    voucher: Annotated[str, column(6, "Số chứng từ")]
    on: Annotated[date, column(7, "Ngày ghi sổ")]
    description: Annotated[str, column(8, "Diễn giải")]
    party: Annotated[str | None, column(9, "Người nộp, người nhận")] = None
    closeness: Annotated[int, column(10, "Độ khớp (phần trăm)")]
    days_apart: int
    entry_id: str


class UnmatchedEntryRow(Row):
    """An entry about money that no statement shows yet."""

    on: Annotated[date, column(1, "Ngày ghi sổ")]
    voucher: Annotated[str, column(2, "Số chứng từ")]
    description: Annotated[str, column(3, "Diễn giải")]
    party: Annotated[str | None, column(4, "Người nộp, người nhận")] = None
    account: Annotated[str, column(5, "Tài khoản")]
    amount_vnd: Annotated[int, column(6, "Số tiền (đồng)")]
    entry_id: str


class Part(Message):
    """How many lines or entries there are of a kind, and what they come to."""

    count: int = 0
    amount_vnd: int = 0


class ReconciliationView(Message):
    """The balance of a money account by statement and by the books on a statement's last day, and what lies between.

    books - statement = not_on_statement + taken_back + on_later_statement + on_other_accounts - not_in_books -
    in_books_later - before_first + unexplained.
    """

    statement: StatementRow
    statement_vnd: int
    books_vnd: Annotated[int, Field(description="Of the ledger account, all boards together.")]
    difference_vnd: Annotated[int, Field(description="Books less statement.")]
    not_on_statement: Annotated[Part, Field(description="Entries of these days or earlier that no statement shows.")]
    taken_back: Annotated[Part, Field(description="Entries that were reversed, and reversals; 0 but across the day.")]
    on_later_statement: Annotated[Part, Field(description="Entries that a later statement shows.")]
    on_other_accounts: Annotated[
        Part, Field(description="Entries that statements of other money accounts kept on the same account show.")
    ]
    not_in_books: Annotated[Part, Field(description="Lines, to this statement's last, that are not matched.")]
    in_books_later: Annotated[Part, Field(description="Lines matched with entries of a later day.")]
    before_first_vnd: Annotated[int, Field(description="What the first statement opened with.")]
    unexplained_vnd: int
