"""Free text in journals: on one line, and never taken for syntax."""

from functools import lru_cache

_APART = str.maketrans({";": "；", "|": "｜", ",": "，", "[": "［", "]": "］", ":": "："})
_CLOSED = str.maketrans({";": "；", "|": "｜"})
_QUOTED = str.maketrans({"\\": "\\\\", '"': '\\"'})


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """Return a text on one line without control characters; runs of blanks, which end an account's name, are one."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


@lru_cache(maxsize=100_000)
def described(text: str) -> str:
    """Return a text for the description of an hledger entry, where `;` begins a comment and `|` ends the payee."""
    return plain(text).translate(_CLOSED)


@lru_cache(maxsize=100_000)
def tagged(text: str) -> str:
    """Return a text for the value of an hledger tag, which a comma ends and in which brackets may be a date.

    What would be taken for syntax is written with its full-width form, so that the text can be had back.
    """
    return plain(text).translate(_APART)


@lru_cache(maxsize=100_000)
def quoted(text: str) -> str:
    """Return a text as a string of beancount, with its quotes."""
    return f'"{plain(text).translate(_QUOTED)}"'
