"""What something is called, in both languages."""

from typing import NamedTuple


class Title(NamedTuple):
    """What something is called, in both languages."""

    vi: str
    en: str
