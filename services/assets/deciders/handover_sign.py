"""The signatures of a handover: every unit that gives, and the one that receives, with what their own books show."""

from collections.abc import Iterable, Sequence

from contracts.assets import handovers as words_of
from contracts.assets.handovers import HandoverSums
from contracts.base import Refused
from services.assets.deciders.handover import HANDOVER, Handover, Listed, expect_prepared
from services.assets.deciders.handover_lines import expect_speaks
from services.assets.deciders.handover_totals import shown, totals
from services.runtime.manifest import Decision, Given, Ref, Seen


def signing_involves(words: words_of.SignHandover, given: Given) -> Sequence[Ref]:
    """A signature is put to the batch alone."""
    return (Ref(HANDOVER, words.handover_id),)


def sign_handover(words: words_of.SignHandover, given: Given, handover: Seen) -> Decision:
    """A unit signs when all its lines are agreed, with totals from its own books: they are the list's, or it is not."""
    state: Handover = handover.state
    expect_prepared(state, handover.ref.id)
    receives = words.unit_id == state.to_unit_id
    if not receives and words.unit_id not in state.from_unit_ids:
        raise Refused(words_of.HANDOVER_NOT_A_PARTY, "unit_id", unit_id=words.unit_id)
    expect_speaks(given, words.unit_id)
    lines = [listed for listed in state.lines if receives or listed.line.from_unit_id == words.unit_id]
    expect_agreed(lines)
    said = HandoverSums(**{name: getattr(words, name) for name in HandoverSums.model_fields})
    whole = totals(lines, state.missing_to)
    listed = whole.received if receives else whole.booked
    if said != listed:
        raise Refused(words_of.HANDOVER_SUMS_DIFFER, unit_id=words.unit_id, said=shown(said), listed=shown(listed))
    signed = words_of.HandoverSigned(
        number=state.number,
        year=state.year,
        unit_id=words.unit_id,
        side="receiver" if receives else "giver",
        sums=said,
        signed_by=given.actor.name,
        signed_at=given.now,
        person_id=words.person_id,
    )
    standing = next((one for one in state.signatures if one.unit_id == words.unit_id), None)
    # Whoever signs, a unit has signed; another person in its name is another signature.
    return [] if standing and standing.person_id == signed.person_id else [(handover, signed)]


def expect_agreed(lines: Iterable[Listed]) -> None:
    """Raise Refused while a line is pending, disputed, or waits for the word of a side."""
    left = [listed for listed in lines if listed.agreement != "agreed"]
    if left:
        raise Refused(words_of.HANDOVER_LINES_OPEN, count=len(left), tag=left[0].line.label)
