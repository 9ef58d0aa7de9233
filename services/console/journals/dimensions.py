"""What an entry and a line of it are told apart by, as names and values beside them."""

from collections.abc import Iterator

from contracts.finance import EntryLine, JournalRow

Told = Iterator[tuple[str, str]]


def of_entry(row: JournalRow) -> Told:
    """Yield what an entry says beside its description: its voucher, its ids, its papers, its cause, its reversal."""
    yield "voucher", row.voucher
    yield "entry", row.entry_id
    yield "by", row.by_name
    if row.template:
        yield "template", row.template
    if row.request_id:
        yield "request", row.request_id
    if row.cause:
        yield "cause", row.cause.told
        yield "cause-event", row.cause.event_id
        yield "cause-type", row.cause.type
        yield "cause-subject", row.cause.subject
    if row.reverses:
        yield "reverses", row.reverses
    if row.reversed_by:
        yield "reversed-by", row.reversed_by
    if row.closing:
        yield "closing", "year"
    for number, paper in enumerate(row.papers, start=1):
        told = (paper.number, f"{paper.dated_on:%d/%m/%Y}" if paper.dated_on else None, paper.title)
        yield f"paper-{number}", " - ".join(part for part in told if part)


def of_line(line: EntryLine) -> Told:
    """Yield what a line says beside account, board and amount: its source, index, budget line, party and note."""
    if line.source:
        yield "source", line.source
    if line.chapter:
        yield "chapter", line.chapter
    if line.clause:
        yield "clause", line.clause
    if line.item:
        yield "item", line.item
    if line.line:
        yield "budget-line", line.line
    if line.party:
        yield "party", line.party
    if line.note:
        yield "note", line.note
