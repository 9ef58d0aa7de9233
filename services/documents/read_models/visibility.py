"""What a speaker may see: a board sees what it leads or supports, everybody else the whole register."""

from contracts.base import Actor
from services.runtime.listing import Listing


def sees_everything(actor: Actor) -> bool:
    """Tell whether the speaker's roles go beyond one board."""
    return bool(set(actor.roles) - {"board"})


def only_own_board(listing: Listing, actor: Actor) -> Listing:
    """Narrow a listing with a `boards` column to the speaker's own board, where that is all they may see."""
    if sees_everything(actor):
        return listing
    return listing.among("boards @> ARRAY[{}::text]", actor.board or "-")
