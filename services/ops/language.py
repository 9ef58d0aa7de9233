"""The language of the person at the terminal: MOTMOI_LANG, Vietnamese unless it says `en`."""

import os
from collections.abc import Mapping

from rich.console import Console

LANGUAGE_SETTING = "MOTMOI_LANG"
ENGLISH = "en"


def in_language(*, vi: str, en: str, environment: Mapping[str, str] = os.environ) -> str:
    """The text in the reader's language: English when MOTMOI_LANG starts with `en`, else Vietnamese."""
    return en if environment.get(LANGUAGE_SETTING, "").lower().startswith(ENGLISH) else vi


def grouped(number: int) -> str:
    """Return a whole number in groups of three as the reader writes it: 1.234.567, in English 1,234,567."""
    english = f"{number:,}"
    return in_language(vi=english.replace(",", "."), en=english)


def say(*, vi: str, en: str) -> None:
    """Show one progress line on the error stream, so that the output of a command stays its result alone."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(in_language(vi=vi, en=en), markup=False)
