"""What each paper of money asks for, and how it becomes the paper."""

from contracts.finance import (
    AccountRow,
    AdvanceView,
    CashBookRow,
    ExecutionRow,
    GetAdvance,
    GetRequest,
    GetSettlement,
    GetVoucher,
    LedgerRow,
    ListAccounts,
    ListCashBook,
    ListExecution,
    ListLedger,
    ListTrialBalance,
    RequestView,
    SettlementView,
    TrialBalanceRow,
    VoucherView,
)
from services.console.papers import (
    account_books,
    advance_settlement,
    budget_reports,
    money_voucher,
    payment_request,
    travel_costs,
    trial_balance,
)
from services.console.papers.collecting import known
from services.console.papers.money_letterhead import MoneyLetterhead
from services.console.papers.paper import Paper
from services.console.papers.reading import Reader


async def _head(reader: Reader, head: MoneyLetterhead) -> MoneyLetterhead:
    named = await known(reader, head)
    assert isinstance(named, MoneyLetterhead)
    return named


async def voucher(reader: Reader, query: GetVoucher, head: MoneyLetterhead) -> Paper:
    """Return an entry as a voucher."""
    return money_voucher.compose(await reader.one(query, VoucherView), await _head(reader, head))


async def payment_asked(reader: Reader, query: GetRequest, head: MoneyLetterhead) -> Paper:
    """Return a request for a payment."""
    return payment_request.payment(await reader.one(query, RequestView), await _head(reader, head))


async def advance_asked(reader: Reader, query: GetRequest, head: MoneyLetterhead) -> Paper:
    """Return a request for an advance."""
    return payment_request.advance(await reader.one(query, RequestView), await _head(reader, head))


async def travelled(reader: Reader, query: GetRequest, head: MoneyLetterhead) -> Paper:
    """Return what a journey costs."""
    return travel_costs.compose(await reader.one(query, RequestView), await _head(reader, head))


async def accounted(reader: Reader, query: GetAdvance, head: MoneyLetterhead) -> Paper:
    """Return the account of an advance."""
    return advance_settlement.compose(await reader.one(query, AdvanceView), await _head(reader, head))


async def cash(reader: Reader, query: ListCashBook, head: MoneyLetterhead) -> Paper:
    """Return the cash book of a period, oldest first whatever was asked."""
    rows = await reader.every(query.model_copy(update={"descending": False}), CashBookRow)
    opening = await _opening(reader, query)
    return account_books.cash_book(rows, query, opening, await _head(reader, head))


async def ledger(reader: Reader, query: ListLedger, head: MoneyLetterhead) -> Paper:
    """Return the ledger of an account for a period, oldest first whatever was asked."""
    rows = await reader.every(query.model_copy(update={"descending": False}), LedgerRow)
    named = await reader.every(ListAccounts(on=query.on_to), AccountRow)
    name = next((row.name_vi for row in named if row.account == query.account), query.account)
    opening = await _opening(reader, query, query.item)
    return account_books.ledger(rows, query, opening, name, await _head(reader, head))


async def _opening(reader: Reader, query: ListCashBook | ListLedger, item: str | None = None) -> int:
    """Return what an account with its sub-accounts had before a period, of an item where one is asked for."""
    asked = ListTrialBalance(
        on_from=query.on_from,
        on_to=query.on_to,
        board=query.board,
        source=query.source,
        account=query.account,
        by="item" if item else "account",
    )
    rows = await reader.every(asked, TrialBalanceRow)
    return sum(row.opening_debit_vnd - row.opening_credit_vnd for row in rows if item in (None, row.item))


async def balance(reader: Reader, query: ListTrialBalance, head: MoneyLetterhead) -> Paper:
    """Return the trial balance of a period."""
    rows = await reader.every(query, TrialBalanceRow)
    return trial_balance.compose(rows, query, await _head(reader, head))


async def executed(reader: Reader, query: ListExecution, head: MoneyLetterhead) -> Paper:
    """Return how estimates are executed."""
    return budget_reports.execution(await reader.every(query, ExecutionRow), query, await _head(reader, head))


async def settled(reader: Reader, query: GetSettlement, head: MoneyLetterhead) -> Paper:
    """Return a board's settlement of a year."""
    return budget_reports.settlement(await reader.one(query, SettlementView), await _head(reader, head))
