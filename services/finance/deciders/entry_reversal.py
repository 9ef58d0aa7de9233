"""Taking an entry back by one that says the opposite; what a payment had paid is unpaid again."""

from collections.abc import Sequence

from contracts import finance as words_of
from contracts.base import Refused
from contracts.finance import EntryFacts, EntryPosted, ReverseEntry
from services.finance.deciders.entry import ENTRY, Entry, expect_posted
from services.finance.deciders.payment_reversed import payment_refs, payment_reversed
from services.finance.deciders.posting import opposite, post, posting_refs, total_of
from services.runtime.manifest import CommandRule, Decision, Given, Ref, Seen


def _involved(command: ReverseEntry, given: Given) -> Sequence[Ref]:
    own = posting_refs(given.command_id.hex, command.kind, command.on)
    return (*own, Ref(ENTRY, command.entry_id), *payment_refs(command, given))


def _reverse(command: ReverseEntry, given: Given, entry: Seen, book: Seen, taken_back: Seen, *paid: Seen) -> Decision:
    posted = _expect_reversible(command, taken_back.state)
    lines = opposite(posted.lines)
    facts = EntryFacts(
        kind=command.kind,
        on=command.on,
        description=f"Ghi đảo {posted.voucher}: {command.reason}",
        lines=lines,
        total_vnd=total_of(lines),
        party=posted.party,
    )
    (_, new), numbered = post(entry, book, given, facts, reverses=command.entry_id, request_id=posted.request_id)
    assert isinstance(new, EntryPosted)
    reversed_ = words_of.EntryReversed(
        by_entry_id=entry.ref.id, voucher=new.voucher, on=command.on, reason=command.reason
    )
    return [(entry, new), numbered, (taken_back, reversed_), *payment_reversed(command, posted, entry, given, paid)]


def _expect_reversible(command: ReverseEntry, entry: Entry) -> EntryPosted:
    """Return what was posted; raise Refused for what was taken back, is matched, or belongs to something else."""
    posted = expect_posted(entry, command.entry_id)
    if entry.reversed_by is not None:
        raise Refused(words_of.ALREADY_REVERSED, voucher=entry.reversed_by)
    if posted.reverses is not None or posted.closing:
        raise Refused(words_of.REVERSES_ANOTHER)
    if entry.reconciled:
        raise Refused(words_of.RECONCILED)
    if command.on < posted.on:
        raise Refused(words_of.REVERSED_BEFORE, "on", voucher=posted.voucher, posted_on=posted.on)
    if posted.request_id is None and command.request_id is not None:
        raise Refused(words_of.PAYS_NO_REQUEST, "request_id")
    if posted.request_id != command.request_id:
        raise Refused(words_of.PAYS_A_REQUEST, "request_id", request_id=posted.request_id)
    return posted


REVERSE_ENTRY = CommandRule(ReverseEntry, _involved, _reverse)
