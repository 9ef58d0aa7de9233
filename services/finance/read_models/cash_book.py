"""What came into the till and went out of it, what was in it then, and on which days was it less than nothing?"""

from contracts.base import Actor
from contracts.finance import CashBookRow, ListCashBook
from services.finance.read_models.ledger import AccountLines, Movement
from services.finance.read_models.ledger_lines import seen_board
from services.finance.read_models.ledger_sums import Wanted
from services.finance.read_models.ledger_tables import SUMS
from services.finance.read_models.vouchers import VOUCHERS
from services.runtime.manifest import QueryRule


def _row(movement: Movement) -> CashBookRow:
    record, line = movement.record, movement.lines[movement.line_number - 1]
    into = line.side == "debit"
    return CashBookRow(
        on=record["on_day"],
        receipt=record["voucher"] if into else None,
        payment=None if into else record["voucher"],
        description=record["description"],
        party=line.party or record["party"],
        in_vnd=line.amount_vnd if into else 0,
        out_vnd=0 if into else line.amount_vnd,
        balance_vnd=movement.balance_vnd,
        negative_day=movement.day_ends_vnd < 0,
        board=line.board,
        entry_id=record["entry_id"],
        line_number=movement.line_number,
    )


def _list(query: ListCashBook, actor: Actor) -> AccountLines[CashBookRow]:
    wanted = Wanted(query.account, seen_board(actor, query.board), query.source)
    return AccountLines(query, wanted, _row)


LIST_CASH_BOOK = QueryRule(ListCashBook, (VOUCHERS, *SUMS), _list)
