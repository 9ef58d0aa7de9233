"""The checkpoint: how far the log was signed, so that no later signature contradicts an earlier one."""

from dataclasses import dataclass

from contracts.audit import LOG_CONTRADICTS, CheckpointSigned, SignCheckpoint
from contracts.base import Event, Refused
from services.runtime.manifest import Aggregate, Decision, Given, Ref, Seen


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The last signed size of the log and its root."""

    tree_size: int = 0
    root: str = ""


def evolve(checkpoint: Checkpoint, event: Event) -> Checkpoint:
    """Return the checkpoint after an event."""
    match event:
        case CheckpointSigned():
            return Checkpoint(event.tree_size, event.root)
    return checkpoint


CHECKPOINT = Aggregate("checkpoint", Checkpoint(), evolve)


def checkpoint_of_month(words: SignCheckpoint, given: Given) -> tuple[Ref, ...]:
    """Return the month's own checkpoint: signatures of years in one aggregate would weigh on each new one."""
    return (Ref(CHECKPOINT, f"{given.now:%Y%m}"),)


def sign_checkpoint(words: SignCheckpoint, given: Given, seen: Seen) -> Decision:
    """A signature continues the one before it; the same size is signed once."""
    checkpoint: Checkpoint = seen.state
    if (words.tree_size, words.root) == (checkpoint.tree_size, checkpoint.root):
        return []
    if words.tree_size <= checkpoint.tree_size:
        raise Refused(LOG_CONTRADICTS, tree_size=words.tree_size, signed_size=checkpoint.tree_size)
    return [(seen, CheckpointSigned(tree_size=words.tree_size, root=words.root, note=words.note))]
