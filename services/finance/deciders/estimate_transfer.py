"""Transfers of estimates: from a line to another, within a board's budget or to another board's."""

from collections.abc import Sequence

from contracts import finance as words_of
from contracts.base import Refused
from contracts.finance import LineAmount, TransferEstimate
from services.finance.deciders.budget import BUDGET, BudgetLine, changed, expect_left, opened, told
from services.finance.deciders.budget_index import expect_line_in_force
from services.finance.deciders.common import budget_id
from services.finance.deciders.estimates import on_decision, with_estimate
from services.runtime.manifest import CommandRule, Decision, Given, Ref, Seen


def _to_board(command: TransferEstimate) -> str:
    return command.to_board or command.board


def _involved(command: TransferEstimate, given: Given) -> Sequence[Ref]:
    boards = dict.fromkeys((command.board, _to_board(command)))
    return tuple(Ref(BUDGET, budget_id(command.year, board)) for board in boards)


def _transfer(command: TransferEstimate, given: Given, *seen: Seen) -> Decision:
    to_board, giving, taking = _to_board(command), seen[0], seen[-1]
    if to_board == command.board and command.from_line == command.to_line:
        raise Refused(words_of.SAME_LINE, "to_line")
    source = opened(giving.state, command.year, command.board)
    target = opened(taking.state, command.year, to_board)
    expect_line_in_force(given, command.year, command.to_line, "to_line")
    out = changed(source, (LineAmount(line=command.from_line, amount_vnd=command.amount_vnd),), estimate=-1)
    expect_left(out, source)
    line = target.lines.get(command.to_line) or BudgetLine()
    into = {command.to_line: with_estimate(line, command.amount_vnd)}
    said = {
        **on_decision(command, given),
        "from_board": command.board,
        "from_line": command.from_line,
        "to_board": to_board,
        "to_line": command.to_line,
        "amount_vnd": command.amount_vnd,
        "reason": command.reason,
    }
    if giving is taking:
        return [(giving, words_of.EstimateTransferred(**told(source, {**out, **into}), **said))]
    return [
        (giving, words_of.EstimateTransferred(**told(source, out), **said)),
        (taking, words_of.EstimateTransferred(**told(target, into), **said)),
    ]


TRANSFER_ESTIMATE = CommandRule(TransferEstimate, _involved, _transfer)
