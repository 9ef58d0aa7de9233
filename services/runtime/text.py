"""Vietnamese text as it is stored, compared and put into subjects."""

import re
import unicodedata

_LETTERS_BEYOND_UNICODE_DECOMPOSITION = {"đ": "d", "ð": "d", "ɖ": "d"}
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
# One literal first, so that the scan jumps from "y" to "y": quy/qui, ky/ki, ly/li, my/mi, ty/ti, sy/si, hy/hi, vy/vi.
_FINAL_Y = re.compile(r"y\b(?:(?<=\b[hklmstv]y)|(?<=\bquy))")
_TOKEN_BREAKS = re.compile(r"[^a-z0-9]+")
_D_WITH_STROKE = re.compile("[đĐðÐɖƉ]")


class EmptyToken(ValueError):
    """A text holds no letter and no digit, so no subject token can be made of it."""


class _Folding(dict[int, str]):
    """Each character's folded form, worked out the first time it is met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = "".join(map(_fold_character, unicodedata.normalize("NFKD", chr(code).casefold())))
        return folded


def _fold_character(character: str) -> str:
    character = _LETTERS_BEYOND_UNICODE_DECOMPOSITION.get(character, character)
    category = unicodedata.category(character)
    if category[0] == "M" or category == "Cf":
        return ""
    return character if category[0] in "LN" else " "


_FOLDING = _Folding()


def fold(text: str) -> str:
    """The form two spellings of the same words share, for search and for finding duplicates; never shown, never stored.

    Accents and case are dropped, đ becomes d (so does ð, a frequent mistyping), punctuation and every dash become
    spaces, spaces are squeezed, and a final y is read as i where both are written (kỹ/kĩ, quý/quí, lý/lí). The place
    of the tone mark (ủy/uỷ, hòa/hoà) and the composition of the text (NFC, NFD) make no difference.
    """
    folded = " ".join(text.translate(_FOLDING).split())
    return _FINAL_Y.sub("i", folded) if "y" in folded else folded


def normalise(text: str) -> str:
    """The form a line of text is stored in: NFC, accents and case kept, every run of white space one space, trimmed.

    Line breaks count as white space; characters without width (soft hyphen, zero-width space, byte order mark) go.
    """
    return " ".join(unicodedata.normalize("NFC", text.translate(_INVISIBLE)).split())


def control_characters(text: str) -> bool:
    """Whether the text holds a character no person types: C0 and C1 controls other than tab, line feed and carriage
    return, direction overrides, Unicode line separators and lone surrogates.
    """
    return _CONTROL.search(text) is not None


def token(text: str) -> str:
    """An ASCII token of `[a-z0-9-]+` for the id part of a subject; đ becomes dd, so that ĐU and DU stay apart.

    Accents and case are dropped, everything else becomes single hyphens. Raises EmptyToken when nothing is left.
    """
    plain = _D_WITH_STROKE.sub("dd", unicodedata.normalize("NFC", text)).translate(_FOLDING)
    made = _TOKEN_BREAKS.sub("-", plain).strip("-")
    if not made:
        raise EmptyToken(f"no letter and no digit to make a token of: {text!r}")
    return made
