"""Numbers and notations of documents: 05-NQ/TU of the Party, 05/QĐ-UBND of the State, 13/2023/NĐ-CP of the centre."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from services.documents.rules.tables import DOCUMENT_TYPES
from services.runtime.text import fold, normalise

_WORD = r"[^\W\d_]"
_ORGAN = rf"{_WORD}(?:[^\W_]|[.&])*"
_PREFIX = rf"(?:{_WORD}[^\d/\-]{{0,60}}[\s:.])?"
_NUMBER = r"(?P<number>\d{1,7})(?P<suffix>bis|[a-zđ])?"
_EXTRA = r"(?:/(?P<extra>\w{1,20}))?"
_PARTY = re.compile(
    rf"{_PREFIX}{_NUMBER}[- ](?P<type>{_WORD}{{1,8}})/(?P<issuer>{_ORGAN}(?:-{_ORGAN}){{0,3}}){_EXTRA}", re.IGNORECASE
)
_STATE = re.compile(
    rf"{_PREFIX}{_NUMBER}/(?:(?P<year>(?:19|20)\d\d)/)?(?P<body>{_ORGAN}(?:-{_ORGAN}){{0,5}}){_EXTRA}", re.IGNORECASE
)
# Committees and their bodies end their letters so: VPTW, BTCTU, VPĐU, ThU; CB is a cell.
_PARTY_ORGAN = re.compile(r"(?:.*(?:TW|TƯ|TU|ĐU|ĐUK|HU|UBKT)|CB)", re.IGNORECASE)
_DASHES = re.compile(r"\s*[-‐‑‒–—―−]\s*")
_SLASHES = re.compile(r"\s*[/∕⁄]\s*")
_MISTYPED = str.maketrans("ÐðƉɖ", "ĐđĐđ")
_NO_LETTERS = frozenset({"CV", "TCg"})


@dataclass(frozen=True)
class Notation:
    """A number and notation taken apart; `series` is None, and only `raw` is filled, when the text is no notation.

    `suffix` is the letter after a number (12a), `extra` what follows the issuer: nb in 5053-CV/VPTW/nb, the drafting
    unit VX in 05/UBND-VX. `type_code` is as printed; a law (47/2024/QH15) and a state công văn have none.
    """

    raw: str
    number: int | None = None
    suffix: str | None = None
    series: Literal["party", "state"] | None = None
    type_code: str | None = None
    issuer_code: str | None = None
    year: int | None = None
    extra: str | None = None


def parse(text: str) -> Notation:
    """Take a notation apart; never raises. Old forms (04 - Qđi/TW, Số: 66-QĐ/TW, 12/BC-VPTU) are understood.

    Sources: Quy định 399-QĐ/TW and Hướng dẫn 05-HD/VPTW (Party); Nghị định 30/2020/NĐ-CP, Phụ lục I (State).
    """
    tidy = _SLASHES.sub("/", _DASHES.sub("-", normalise(text).translate(_MISTYPED)))
    if found := _PARTY.fullmatch(tidy):
        return Notation(
            raw=text,
            number=int(found["number"]),
            suffix=_lower(found["suffix"]),
            series="party",
            type_code=_known_type("party", found["type"]) or found["type"],
            issuer_code=_organ(found["issuer"]),
            extra=found["extra"],
        )
    if found := _STATE.fullmatch(tidy):
        return _state(text, found)
    return Notation(raw=text)


def print_party(number: int, type_code: str, issuer_code: str, *, suffix: str | None = None) -> str:
    """Return a Party notation such as 05-NQ/TU, without the word "Số"; below 10 the number has a leading zero."""
    return f"{_padded(number)}{suffix or ''}-{type_code}/{issuer_code}"


def print_state(
    number: int,
    type_code: str | None,
    issuer_code: str,
    *,
    unit: str | None = None,
    year: int | None = None,
    suffix: str | None = None,
) -> str:
    """Return a State notation: 05/QĐ-UBND, with a year 13/2023/NĐ-CP, a công văn (CV or None) of a unit 05/UBND-VX.

    Without the words "Số:"; below 10 the number has a leading zero (Nghị định 30/2020/NĐ-CP, Phụ lục I).
    """
    head = f"{_padded(number)}{suffix or ''}/" + (f"{year}/" if year else "")
    if type_code is None or type_code in _NO_LETTERS:
        return head + issuer_code + (f"-{unit}" if unit else "")
    return f"{head}{type_code}-{issuer_code}"


def key(notation: Notation) -> str:
    """Return the form under which two spellings of one notation are the same, for finding duplicates.

    Spaces, dashes, case, leading zeros, NFC or NFD, the old reversed Party form and TƯ for TW make no difference;
    QĐi (a Quy định before 05-HD/VPTW) and QĐ stay apart. A text that is no notation gives its folded words.
    """
    if notation.series is None:
        return fold(notation.raw)
    middle = "-".join(part for part in (notation.type_code, _without_accented_centre(notation.issuer_code)) if part)
    parts = (f"{notation.number}{notation.suffix or ''}", notation.year, middle, notation.extra)
    return f"{notation.series}:" + "/".join(str(part) for part in parts if part).casefold()


def _state(text: str, found: re.Match[str]) -> Notation:
    head, _, rest = found["body"].partition("-")
    type_code = _known_type("state", head) or _known_type("party", head) if rest else None
    issuer, extra = (rest, found["extra"]) if type_code else (head, rest or found["extra"])
    party = type_code is not None and not found["year"] and _PARTY_ORGAN.fullmatch(issuer) is not None
    return Notation(
        raw=text,
        number=int(found["number"]),
        suffix=_lower(found["suffix"]),
        series="party" if party else "state",
        type_code=_known_type("party", head) or type_code if party else type_code,
        issuer_code=_organ(issuer),
        year=int(found["year"]) if found["year"] else None,
        extra=extra or None,
    )


def _spellings() -> dict[tuple[str, str], str]:
    known: dict[tuple[str, str], str] = {}
    for entry in DOCUMENT_TYPES:
        for code in (entry.row.printed, *entry.row.old_codes):
            if code:
                known[entry.row.system, code.casefold()] = code
    return known


_KNOWN_TYPES = _spellings()


def _known_type(system: str, letters: str) -> str | None:
    return _KNOWN_TYPES.get((system, letters.casefold()))


def _organ(letters: str) -> str:
    return letters.upper() if letters.islower() else letters


def _lower(text: str | None) -> str | None:
    return text.lower() if text else None


def _padded(number: int) -> str:
    if number < 1:
        raise ValueError(f"a document's number begins at 1, not {number}")
    return f"{number:02d}"


def _without_accented_centre(issuer: str | None) -> str:
    return unicodedata.normalize("NFC", issuer or "").upper().replace("TƯ", "TW")
