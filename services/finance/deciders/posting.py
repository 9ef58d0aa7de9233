"""Posting: an entry balances board by board, on accounts in force, in an open month, under its book's next number."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from contracts import finance as words_of
from contracts.base import Event, Refused
from contracts.finance import EntryFacts, EntryLine, ItemAmount, VoucherKind
from services.finance.deciders.common import today, told_vnd
from services.finance.deciders.entry import ENTRY
from services.finance.deciders.voucher_book import (
    VOUCHER_BOOK,
    book_id,
    expect_not_settled,
    expect_open,
    nets_of,
    voucher,
)
from services.finance.rules.tables import Account, Source, TemplateLine
from services.runtime.manifest import Given, Ref, Seen
from services.runtime.rules import NoRuleInForce, Table


def posting_refs(entry_id: str, kind: VoucherKind, on: date) -> tuple[Ref, Ref]:
    """Return what posting is decided over: the new entry and the book that numbers it."""
    return Ref(ENTRY, entry_id, new=True), Ref(VOUCHER_BOOK, book_id(on.year, kind))


def post(
    entry: Seen,
    book: Seen,
    given: Given,
    facts: EntryFacts,
    *,
    reverses: str | None = None,
    request_id: str | None = None,
    closing: bool = False,
) -> list[tuple[Seen, Event]]:
    """Return the entry posted and its number given; raise Refused for what does not balance or may not be posted.

    One that takes another back is as sound as the other was. One that closes a year is made of totals, which have no
    items, and goes into months that may be closed.
    """
    if not closing:
        if reverses is None:
            expect_sound(facts.lines, facts.on, given)
        expect_open(book.state, facts.on)
        expect_not_settled(book.state, facts.lines)
    if facts.on > today(given):
        raise Refused(words_of.TOO_FAR_AHEAD, "on", on=facts.on)
    number, year = book.state.next_number, facts.on.year
    posted = words_of.EntryPosted(
        **{name: getattr(facts, name) for name in EntryFacts.model_fields},
        year=year,
        number=number,
        voucher=voucher(facts.kind, number, year),
        reverses=reverses,
        request_id=request_id,
        closing=closing,
        by_name=given.actor.name,
    )
    numbered = words_of.VoucherNumbered(
        year=year, kind=facts.kind, number=number, entry_id=entry.ref.id, on=facts.on, nets=nets_of(facts.lines)
    )
    return [(entry, posted), (book, numbered)]


def expect_sound(lines: Sequence[EntryLine], on: date, given: Given) -> None:
    """Raise Refused for lines that do not balance board by board, or whose accounts or sources do not hold that day."""
    sums: dict[str, list[int]] = {}
    for line in lines:
        account = _account(given.rules.accounts, on, line.account)
        if account is None or not account.postable:
            raise Refused(words_of.ACCOUNT_NOT_IN_FORCE, "lines", account=line.account, on=on)
        if account.dimensions and None in (line.source, line.chapter, line.clause, line.item):
            raise Refused(words_of.ITEM_NEEDED, "lines", account=line.account)
        if line.source is not None:
            source_in_force(line.source, on, given)
        if not off_balance(line.account):
            sums.setdefault(line.board, [0, 0])[line.side == "credit"] += line.amount_vnd
    for board, (debit, credit) in sums.items():
        if debit != credit:
            raise Refused(words_of.NOT_BALANCED, "lines", board=board, debit=told_vnd(debit), credit=told_vnd(credit))


def off_balance(account: str) -> bool:
    """Tell whether an account is kept off the balance: it has no other side."""
    return account.startswith("0")


def total_of(lines: Iterable[EntryLine]) -> int:
    """Return the sum of the debits, accounts off the balance aside; of an entry about those alone, all of it."""
    lines = tuple(lines)
    on_balance = [line for line in lines if not off_balance(line.account)]
    counted = [line for line in on_balance if line.side == "debit"] if on_balance else lines
    return sum(line.amount_vnd for line in counted)


def templated(
    given: Given,
    template: str,
    on: date,
    board: str,
    amounts: Iterable[ItemAmount],
    *,
    money: str | None = None,
    party: str | None = None,
) -> tuple[EntryLine, ...]:
    """Return the lines a template makes of amounts of budget lines: for each amount every line of the template.

    `{expense}`, `{income}`, `{estimate}` are the accounts of the amount's source, `{money}` that of the money account;
    a line whose source keeps no such account is left out. Raises Refused for a template not in force.
    """
    rows = template_rows(template, on, given)
    lines = []
    for amount in amounts:
        source, chapter, clause, _ = amount.line.split(".")
        named = named_accounts(source_in_force(source, on, given), money)
        for row in rows:
            account = named.get(row.account, row.account)
            if account is not None:
                lines.append(
                    EntryLine(
                        account=account,
                        side=row.side,
                        amount_vnd=amount.amount_vnd,
                        board=board,
                        source=source,
                        chapter=chapter,
                        clause=clause,
                        item=amount.item,
                        line=amount.line,
                        party=party,
                    )
                )
    return tuple(lines)


def opposite(lines: Iterable[EntryLine]) -> tuple[EntryLine, ...]:
    """Return the lines that take others back."""
    return tuple(line.model_copy(update={"side": "credit" if line.side == "debit" else "debit"}) for line in lines)


def template_rows(template: str, on: date, given: Given) -> tuple[TemplateLine, ...]:
    """Return the lines of a template in order; raise Refused for one that is not in force on the day."""
    rows = _rows(given.rules.templates, template, on)
    if not rows:
        raise Refused(words_of.TEMPLATE_UNKNOWN, template=template, on=on)
    return rows


def named_accounts(source: Source | None, money: str | None) -> Mapping[str, str | None]:
    """Return the accounts that stand for the names in braces of a template; None for what there is no account for."""
    return {
        "{expense}": source.expense_account if source else None,
        "{income}": source.income_account if source else None,
        "{estimate}": source.estimate_account if source else None,
        "{money}": money,
    }


def source_in_force(source: str, on: date, given: Given) -> Source:
    """Return a source as it holds on a day; raise Refused for one that is not in force."""
    found = _source(given.rules.sources, on, source)
    if found is None:
        raise Refused(words_of.SOURCE_NOT_IN_FORCE, "lines", source=source)
    return found


# Thousands of lines of a day are of the same few accounts.
@lru_cache(maxsize=10_000)
def _account(accounts: Table[Account], on: date, account: str) -> Account | None:
    try:
        return accounts.in_force(on, account=account)
    except NoRuleInForce:
        return None


@lru_cache(maxsize=10_000)
def _source(sources: Table[Source], on: date, source: str) -> Source | None:
    try:
        return sources.in_force(on, source=source)
    except NoRuleInForce:
        return None


@lru_cache(maxsize=1_000)
def _rows(templates: Table[TemplateLine], template: str, on: date) -> tuple[TemplateLine, ...]:
    rows = (row for row in templates.all_in_force(on) if row.template == template)
    return tuple(sorted(rows, key=lambda row: row.row))
