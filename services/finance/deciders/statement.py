"""The statement of a bank or the treasury: entered whole, once, right behind the one before of its money account."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256

from contracts import finance as words_of
from contracts.base import Event, Refused
from contracts.finance import RecordStatement
from services.finance.deciders.common import today, told_vnd
from services.finance.deciders.money_account import MONEY_ACCOUNT, MoneyPlace, expect_opened
from services.runtime.manifest import Aggregate, CommandRule, Decision, Given, Ref, Seen

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Statement:
    """What matching needs of a statement: its lines' amounts in order, and the entries each is matched with."""

    account: str | None = None
    amounts: tuple[int, ...] = ()
    matched: dict[int, tuple[str, ...]] = field(default_factory=dict)
    confirmed: bool = False

    @property
    def open_lines(self) -> tuple[int, ...]:
        """The numbers of the lines that are not matched."""
        return tuple(number for number in range(1, len(self.amounts) + 1) if number not in self.matched)


def _involved(command: RecordStatement, given: Given) -> Sequence[Ref]:
    return Ref(STATEMENT, given.command_id.hex, new=True), Ref(MONEY_ACCOUNT, command.money_account)


def _record(command: RecordStatement, given: Given, statement: Seen, place: Seen) -> Decision:
    """A statement that says what one before said changes nothing, whoever enters it and from whatever file."""
    account = expect_opened(place.state, command.money_account)
    digest = digest_of(command)
    if digest in place.state.statements:
        return []
    _expect_whole(command, given)
    _expect_next(command, place.state)
    said = {name: getattr(command, name) for name in RecordStatement.model_fields}
    followed = words_of.StatementFollowed(
        statement_id=statement.ref.id,
        from_day=command.from_day,
        to_day=command.to_day,
        closing_vnd=command.closing_vnd,
        digest=digest,
    )
    return [(statement, words_of.StatementRecorded(**said, account=account)), (place, followed)]


def digest_of(command: RecordStatement) -> str:
    """Return the SHA-256 of what a statement says; what file it was read from is no part of it."""
    return sha256(command.model_copy(update={"file": None}).model_dump_json().encode()).hexdigest()


def _expect_whole(command: RecordStatement, given: Given) -> None:
    """Raise Refused for a statement whose days or sums do not agree with its lines."""
    if command.to_day < command.from_day:
        raise Refused(words_of.DAYS_TURNED_ROUND, "to_day", from_day=command.from_day, to_day=command.to_day)
    if command.to_day > today(given):
        raise Refused(words_of.STATEMENT_AHEAD, "to_day", to_day=command.to_day)
    for number, line in enumerate(command.lines, 1):
        if line.amount_vnd == 0:
            raise Refused(words_of.LINE_OF_NOTHING, "lines", line_number=number)
        if not command.from_day <= line.on <= command.to_day:
            days = {"on": line.on, "from_day": command.from_day, "to_day": command.to_day}
            raise Refused(words_of.LINE_OUTSIDE, "lines", line_number=number, **days)
    computed = command.opening_vnd + sum(line.amount_vnd for line in command.lines)
    if computed != command.closing_vnd:
        balances = {"computed": told_vnd(computed), "closing": told_vnd(command.closing_vnd)}
        raise Refused(words_of.STATEMENT_DOES_NOT_ADD_UP, "closing_vnd", **balances)


def _expect_next(command: RecordStatement, place: MoneyPlace) -> None:
    """Raise Refused for one that does not begin the day after the one before, with what that closed with."""
    reached: date | None = place.to_day
    if reached is None:
        return
    if command.from_day <= reached:
        raise Refused(words_of.STATEMENT_OVERLAPS, "from_day", reached=reached, next_day=reached + _DAY)
    if command.from_day > reached + _DAY:
        missing = {"missing_from": reached + _DAY, "missing_to": command.from_day - _DAY}
        raise Refused(words_of.STATEMENT_MISSING, "from_day", reached=reached, **missing)
    if command.opening_vnd != place.closing_vnd:
        balances = {"opening": told_vnd(command.opening_vnd), "closing": told_vnd(place.closing_vnd)}
        raise Refused(words_of.OPENING_DIFFERS, "opening_vnd", reached=reached, **balances)


def evolve(statement: Statement, event: Event) -> Statement:
    """Return the statement after an event."""
    match event:
        case words_of.StatementRecorded():
            amounts = tuple(line.amount_vnd for line in event.lines)
            return replace(statement, account=event.account, amounts=amounts)
        case words_of.LineMatched():
            return replace(statement, matched={**statement.matched, event.line_number: event.entries})
        case words_of.LineUnmatched():
            kept = {number: ids for number, ids in statement.matched.items() if number != event.line_number}
            return replace(statement, matched=kept)
        case words_of.ReconciliationConfirmed():
            return replace(statement, confirmed=True)
    return statement


STATEMENT = Aggregate("statement", Statement(), evolve)
RECORD_STATEMENT = CommandRule(RecordStatement, _involved, _record)
