"""Posting what an accountant says: an entry line by line, or one that a template makes."""

from collections.abc import Iterable, Sequence
from datetime import date

from contracts import finance as words_of
from contracts.base import Refused
from contracts.finance import EntryFacts, EntryLine, ItemAmount, PostByTemplate, PostEntry
from services.finance.deciders.posting import (
    named_accounts,
    post,
    posting_refs,
    source_in_force,
    template_rows,
    templated,
    total_of,
)
from services.runtime.manifest import CommandRule, Decision, Given, Ref, Seen

_OF_A_SOURCE = {"{expense}", "{income}", "{estimate}"}
"""What a template names without saying the account: the source has it."""


def _involved(command: PostEntry | PostByTemplate, given: Given) -> Sequence[Ref]:
    return posting_refs(given.command_id.hex, command.kind, command.on)


def _post(command: PostEntry, given: Given, entry: Seen, book: Seen) -> Decision:
    facts = EntryFacts(
        kind=command.kind,
        on=command.on,
        description=command.description,
        lines=command.lines,
        total_vnd=total_of(command.lines),
        party=command.party,
        papers=command.papers,
    )
    return post(entry, book, given, facts)


def _post_by_template(command: PostByTemplate, given: Given, entry: Seen, book: Seen) -> Decision:
    lines = _lines(command, given)
    facts = EntryFacts(
        kind=command.kind,
        on=command.on,
        description=command.description,
        lines=lines,
        total_vnd=total_of(lines),
        party=command.party,
        papers=command.papers,
        template=command.template,
    )
    return post(entry, book, given, facts)


def _lines(command: PostByTemplate, given: Given) -> tuple[EntryLine, ...]:
    """Return the lines of the template: with all that a budget line says, else with the source alone."""
    template, on = command.template, command.on
    accounts = {row.account for row in template_rows(template, on, given)}
    if "{money}" in accounts and command.money is None:
        raise Refused(words_of.MONEY_ACCOUNT_NEEDED, "money", template=template)
    if command.line is not None:
        item = command.item or command.line.rsplit(".", 1)[1]
        amount = ItemAmount(line=command.line, amount_vnd=command.amount_vnd, item=item)
        lines = templated(given, template, on, command.board, (amount,), money=command.money, party=command.party)
    else:
        lines = _of_source(command, given)
    if not lines or (command.line is None and command.source is None and accounts & _OF_A_SOURCE):
        raise Refused(words_of.TEMPLATE_SOURCE_NEEDED, "source", template=template)
    if command.line is None:
        _expect_none_by_item(lines, on, given)
    return lines


def _expect_none_by_item(lines: Iterable[EntryLine], on: date, given: Given) -> None:
    """Raise Refused where an account is kept by item, which a budget line says and a source alone does not."""
    by_item = {row.account for row in given.rules.accounts.all_in_force(on) if row.dimensions}
    for line in lines:
        if line.account in by_item:
            raise Refused(words_of.ITEM_NEEDED, "line", account=line.account)


def _of_source(command: PostByTemplate, given: Given) -> tuple[EntryLine, ...]:
    source = source_in_force(command.source, command.on, given) if command.source is not None else None
    named = named_accounts(source, command.money)
    rows = template_rows(command.template, command.on, given)
    return tuple(
        EntryLine(
            account=account,
            side=row.side,
            amount_vnd=command.amount_vnd,
            board=command.board,
            source=command.source,
            item=command.item,
            party=command.party,
        )
        for row in rows
        if (account := named.get(row.account, row.account)) is not None
    )


POST_ENTRY = CommandRule(PostEntry, _involved, _post)
POST_BY_TEMPLATE = CommandRule(PostByTemplate, _involved, _post_by_template)
