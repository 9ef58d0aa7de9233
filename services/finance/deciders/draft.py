"""The draft of an entry that a fact of another desk leads to: an accountant posts it or discards it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from contracts import finance as words_of
from contracts.base import Event, Refused
from contracts.finance import (
    DiscardDraft,
    DraftEntry,
    DraftStatus,
    EntryDrafted,
    EntryFacts,
    EntryPosted,
    PostDraft,
)
from services.finance.deciders.posting import post, posting_refs, total_of
from services.runtime.manifest import Aggregate, CommandRule, Decision, Given, Ref, Seen, decides

_SETTLED = {"posted": ("đã ghi sổ", "posted"), "discarded": ("đã bỏ", "discarded")}


@dataclass(frozen=True)
class Draft:
    """What was drafted, and what became of it."""

    drafted: EntryDrafted | None = None
    status: DraftStatus = "drafted"


def _draft_id(command: PostDraft | DiscardDraft) -> str:
    return command.draft_id


def _involved_in_drafting(command: DraftEntry, given: Given) -> Sequence[Ref]:
    return (Ref(DRAFT, given.command_id.hex, new=True),)


def _draft(command: DraftEntry, given: Given, draft: Seen) -> Decision:
    """A draft need not be sound: whoever posts it may say other lines."""
    said = {name: getattr(command, name) for name in EntryFacts.model_fields if name != "total_vnd"}
    return [(draft, words_of.EntryDrafted(**said, total_vnd=total_of(command.lines)))]


def _involved_in_posting(command: PostDraft, given: Given) -> Sequence[Ref]:
    return (Ref(DRAFT, command.draft_id), *posting_refs(given.command_id.hex, command.kind, command.on))


def _post(command: PostDraft, given: Given, draft: Seen, entry: Seen, book: Seen) -> Decision:
    drafted = _expect_drafted(draft.state, command.draft_id)
    lines = command.lines or drafted.lines
    as_drafted = {name: getattr(drafted, name) for name in EntryFacts.model_fields}
    said = {
        "kind": command.kind,
        "on": command.on,
        "description": command.description or drafted.description,
        "lines": lines,
        "total_vnd": total_of(lines),
    }
    (_, posted), numbered = post(entry, book, given, EntryFacts(**{**as_drafted, **said}))
    assert isinstance(posted, EntryPosted)
    settled = words_of.DraftPosted(
        entry_id=entry.ref.id,
        voucher=posted.voucher,
        changed=any(as_drafted[name] != value for name, value in said.items()),
        by_name=given.actor.name,
    )
    return [(draft, settled), (entry, posted), numbered]


def _discard(command: DiscardDraft, given: Given, draft: Draft) -> Iterable[Event]:
    _expect_drafted(draft, command.draft_id)
    yield words_of.DraftDiscarded(by_name=given.actor.name, reason=command.reason)


def _expect_drafted(draft: Draft, draft_id: str) -> EntryDrafted:
    if draft.drafted is None:
        raise Refused(words_of.DRAFT_UNKNOWN, draft_id=draft_id)
    if draft.status != "drafted":
        vi, en = _SETTLED[draft.status]
        raise Refused(words_of.DRAFT_SETTLED, vi=vi, en=en)
    return draft.drafted


def evolve(draft: Draft, event: Event) -> Draft:
    """Return the draft after an event."""
    match event:
        case words_of.EntryDrafted():
            return replace(draft, drafted=event)
        case words_of.DraftPosted():
            return replace(draft, status="posted")
        case words_of.DraftDiscarded():
            return replace(draft, status="discarded")
    return draft


DRAFT = Aggregate("draft", Draft(), evolve, snapshots=False)
DRAFT_ENTRY = CommandRule(DraftEntry, _involved_in_drafting, _draft)
POST_DRAFT = CommandRule(PostDraft, _involved_in_posting, _post)
DISCARD_DRAFT = decides(DiscardDraft, DRAFT, _draft_id, _discard)
