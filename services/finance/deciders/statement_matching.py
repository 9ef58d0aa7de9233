"""Matching: a line of a statement is what one or more entries say of the money account, and no entry is shown twice."""

from collections.abc import Iterable, Sequence

from contracts import finance as words_of
from contracts.base import Event, Refused
from contracts.finance import ConfirmReconciliation, EntryLine, MatchCommand, MatchLine, UnmatchLine
from services.finance.deciders.common import told_vnd
from services.finance.deciders.entry import ENTRY, Entry, expect_posted
from services.finance.deciders.statement import STATEMENT, Statement
from services.runtime.manifest import CommandRule, Decision, Given, Ref, Seen, decides

_SHOWN = 10


def _involved(command: MatchCommand, given: Given) -> Sequence[Ref]:
    """A match is decided over the statement and all its entries; raise Refused for an entry named twice."""
    seen: set[str] = set()
    for entry_id in command.entries:
        if entry_id in seen:
            raise Refused(words_of.ENTRY_NAMED_TWICE, "entries", entry_id=entry_id)
        seen.add(entry_id)
    return (Ref(STATEMENT, command.statement_id), *(Ref(ENTRY, entry_id) for entry_id in command.entries))


def _match(command: MatchLine, given: Given, statement: Seen, *entries: Seen) -> Decision:
    account, amount = _expect_open(command, statement.state)
    standing = statement.state.matched.get(command.line_number)
    if standing is not None and set(standing) == set(command.entries):
        return []
    if standing is not None:
        raise Refused(words_of.LINE_MATCHED_ALREADY, "line_number", line_number=command.line_number)
    total = sum(_expect_free(seen, account) for seen in entries)
    if total != amount:
        sums = {"amount": told_vnd(amount), "total": told_vnd(total)}
        raise Refused(words_of.SUMS_DIFFER, "entries", line_number=command.line_number, **sums)
    matched = words_of.LineMatched(
        line_number=command.line_number, entries=command.entries, amount_vnd=amount, by_name=given.actor.name
    )
    shown = words_of.EntryReconciled(
        statement_id=command.statement_id, line_number=command.line_number, account=account
    )
    return [(statement, matched), *((seen, shown) for seen in entries)]


def _unmatch(command: UnmatchLine, given: Given, statement: Seen, *entries: Seen) -> Decision:
    account, _ = _expect_open(command, statement.state)
    standing = statement.state.matched.get(command.line_number, ())
    if set(standing) != set(command.entries):
        raise Refused(words_of.LINE_NOT_MATCHED_SO, "line_number", line_number=command.line_number)
    unmatched = words_of.LineUnmatched(
        line_number=command.line_number, entries=standing, by_name=given.actor.name, reason=command.reason
    )
    open_again = words_of.EntryUnreconciled(
        statement_id=command.statement_id, line_number=command.line_number, account=account
    )
    return [(statement, unmatched), *((seen, open_again) for seen in entries)]


def _confirm(command: ConfirmReconciliation, given: Given, statement: Statement) -> Iterable[Event]:
    """Confirmed once; a statement without lines may be, where the books say nothing either."""
    _expect_recorded(statement, command.statement_id)
    if statement.confirmed:
        return
    open_lines = statement.open_lines
    if open_lines:
        lines = ", ".join(map(str, open_lines[:_SHOWN])) + ("…" if len(open_lines) > _SHOWN else "")
        raise Refused(words_of.LINES_OPEN, count=len(open_lines), lines=lines)
    yield words_of.ReconciliationConfirmed(by_name=given.actor.name)


def net_on(lines: Iterable[EntryLine], account: str) -> int:
    """Return by how much lines change an account of money: debit less credit, money in more than nothing."""
    return sum(
        line.amount_vnd if line.side == "debit" else -line.amount_vnd for line in lines if line.account == account
    )


def _expect_recorded(statement: Statement, statement_id: str) -> str:
    if statement.account is None:
        raise Refused(words_of.STATEMENT_UNKNOWN, statement_id=statement_id)
    return statement.account


def _expect_open(command: MatchCommand, statement: Statement) -> tuple[str, int]:
    """Return the ledger account and the line's amount; raise Refused for a line that is none, or is settled."""
    account = _expect_recorded(statement, command.statement_id)
    lines = len(statement.amounts)
    if command.line_number > lines:
        raise Refused(words_of.NO_SUCH_LINE, "line_number", lines=lines, line_number=command.line_number)
    if statement.confirmed:
        raise Refused(words_of.STATEMENT_CONFIRMED)
    return account, statement.amounts[command.line_number - 1]


def _expect_free(seen: Seen, account: str) -> int:
    """Return what an entry says of the account; raise Refused for one that says nothing, is undone, or is shown."""
    entry: Entry = seen.state
    posted = expect_posted(entry, seen.ref.id)
    if entry.reversed_by is not None or posted.reverses is not None:
        raise Refused(words_of.ENTRY_TAKEN_BACK, "entries", voucher=posted.voucher)
    if not any(line.account == account for line in posted.lines):
        raise Refused(words_of.ENTRY_NOT_OF_ACCOUNT, "entries", voucher=posted.voucher, account=account)
    if account in entry.reconciled:
        raise Refused(words_of.ENTRY_MATCHED_ALREADY, "entries", voucher=posted.voucher, account=account)
    return net_on(posted.lines, account)


MATCH_LINE = CommandRule(MatchLine, _involved, _match)
UNMATCH_LINE = CommandRule(UnmatchLine, _involved, _unmatch)
CONFIRM_RECONCILIATION = decides(ConfirmReconciliation, STATEMENT, lambda command: command.statement_id, _confirm)
