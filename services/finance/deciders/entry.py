"""The entry: what was posted, never changed, and by what it was taken back."""

from dataclasses import dataclass, field, replace

from contracts import finance as words_of
from contracts.base import Event, Refused
from contracts.finance import EntryLine, EntryPosted
from services.runtime.manifest import Aggregate


@dataclass(frozen=True)
class Entry:
    """What later decisions need of an entry; `reconciled` names the line of a statement that shows it, by account."""

    posted: EntryPosted | None = None
    reversed_by: str | None = None
    reconciled: dict[str, int] = field(default_factory=dict)

    @property
    def lines(self) -> tuple[EntryLine, ...]:
        """Its lines; none before it is posted."""
        return self.posted.lines if self.posted else ()


def evolve(entry: Entry, event: Event) -> Entry:
    """Return the entry after an event."""
    match event:
        case words_of.EntryPosted():
            return replace(entry, posted=event)
        case words_of.EntryReversed():
            return replace(entry, reversed_by=event.voucher)
        case words_of.EntryReconciled():
            account = event.account or event.statement_id
            return replace(entry, reconciled={**entry.reconciled, account: event.line_number})
        case words_of.EntryUnreconciled():
            account = event.account or event.statement_id
            left = {kept: line for kept, line in entry.reconciled.items() if kept != account}
            return replace(entry, reconciled=left)
    return entry


ENTRY = Aggregate("entry", Entry(), evolve, snapshots=False)


def expect_posted(entry: Entry, entry_id: str) -> EntryPosted:
    """Return what was posted; raise Refused for an entry that never was."""
    if entry.posted is None:
        raise Refused(words_of.ENTRY_UNKNOWN, entry_id=entry_id)
    return entry.posted
