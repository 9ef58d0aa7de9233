"""Whose estimates may somebody see?"""

from contracts import finance as words_of
from contracts.base import Actor, Refused

SEES_ALL = frozenset({"accountant", "cashier", "leader", "auditor", "clerk"})
"""The roles to which every board's money is shown; all others see their own board's."""


def seen(actor: Actor, board: str | None) -> str | None:
    """Return the board whose estimates are shown; None for all of them; raise Refused for another one's."""
    if SEES_ALL & set(actor.roles):
        return board
    own = actor.board or "-"
    if board not in (None, own):
        raise Refused(words_of.BOARD_NOT_YOURS, "board", board=board)
    return own
