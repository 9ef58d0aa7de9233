"""Finds the stamps of secret documents in a text, so that what bears one is refused."""

import re
import unicodedata

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_BETWEEN_LETTERS = r"[ \t.·_-]{0,3}"
_BETWEEN_WORDS = r"[\s.·_-]{1,5}"
_NOT_IN_WORD, _WORD_ENDS = r"(?<![^\W_])", r"(?![^\W_])"


def _spelt(words: str) -> str:
    return _BETWEEN_WORDS.join(_BETWEEN_LETTERS.join(re.findall(r"\[\w+\]|\w", word)) for word in words.split())


# Accents lost or half lost (MAT, MÂT, MẠT) are read where the words around leave no doubt; MẶT, MẤT, MẮT never are.
_CERTAIN = {
    "TUYỆT MẬT": _spelt("TUY[ỆÊẸE]T M[ẬÂẠA]T"),
    "TỐI MẬT": _spelt("T[ỐÔÓO]I M[ẬÂẠA]T"),
}
_RECALL = _spelt("T[ÀA]I LI[ỆÊẸE]U THU H[ỒÔÒO]I")
_SECRET = rf"(?:(?:V[ĂA]N B[ẢA]N|T[ÀA]I LI[ỆÊE]U|C[ÔO]NG V[ĂA]N|H[ỒO] S[ƠO])[ \t]+)?{_spelt('MẬT')}"
_STAMPS = {marking: re.compile(_NOT_IN_WORD + spelt + _WORD_ENDS) for marking, spelt in _CERTAIN.items()}
_STANDING_APART = {
    "MẬT": re.compile(_NOT_IN_WORD + _SECRET + _WORD_ENDS),
    "TÀI LIỆU THU HỒI": re.compile(_NOT_IN_WORD + _RECALL + _WORD_ENDS),
}
_ALONE = {
    "TUYỆT MẬT": re.compile(r"tuy[ệêẹe]t\s+m[ậâạa]t"),
    "TỐI MẬT": re.compile(r"t[ốôóo]i\s+m[ậâạa]t"),
    "MẬT": re.compile(r"(?:(?:văn bản|tài liệu|công văn)\s+)?mật|mat|mạt|mât"),
    "TÀI LIỆU THU HỒI": re.compile(r"t[àa]i\s+li[ệêẹe]u\s+thu\s+h[ồôòo]i"),
}
_ORDINARY = re.compile(
    r"(?<!\w)(?:"
    r"ĐỘ\s+(?:(?:TUYỆT|TỐI)\s+)?MẬT(?:(?:\s*,\s*|\s+(?:VÀ|HOẶC)\s+)(?:ĐỘ\s+)?(?:(?:TUYỆT|TỐI)\s+)?MẬT)*(?!\s*[:=])"
    r"|(?:BÍ|BẢO|CƠ|THÂN|NIÊM|CHẶT|CẨN|HỘI|TRÙ)\s+MẬT"
    r"|MẬT\s+(?:ĐỘ|KHẨU|MÃ|ONG|VỤ|THƯ|PHÍ|ĐÀM|NGHỊ|HIỆU|THIẾT|THÁM|KHU|CHỈ|LỆNH|DANH|NGỮ|TÔNG|GẤU|MÍA|HOA|NHÀ\s+NƯỚC)"
    r"|T[ÀA]I\s+LI[ỆE]U\s+THU\s+H[ỒO]I\s+(?:ĐẤT|NỢ|CÔNG\s+NỢ|VỐN|TIỀN|TÀI\s+SẢN|GIẤY|DAT)"
    r")(?!\w)"
)
_LABELLED = re.compile(r"(?:độ|mức độ|dấu)\s+mật\s*[:=]\s*(tuyệt\s+mật|tối\s+mật|mật)(?!\w)", re.IGNORECASE)
_BRACKETED = re.compile(r"[(\[{<«\"“]\s*([^\W\d_][^()\[\]{}<>«»\"“”\n]{1,40}?)\s*[)\]}>»\"”]")
_WORD_BEFORE = re.compile(r"(?:^|[\s])([^\W\d_]+)[ \t]\Z")
_WORD_AFTER = re.compile(r"[ \t]([^\W\d_]+)")
_URGENCY_WORDS = frozenset({"KHẨN", "TỐC", "GIỜ"})
_GRAVEST_FIRST = ("TUYỆT MẬT", "TỐI MẬT", "MẬT", "TÀI LIỆU THU HỒI")

# What every stamp has, however spelt: nearly all texts have neither and are through at once.
_PERHAPS = re.compile(r"[mM][\W_]{0,8}[aAâÂậẬạẠ][\W_]{0,8}[tT]|[tT][\W_]{0,8}[hH][\W_]{0,8}[uU][\W_]+[hH]")


def secret_marking(text: str) -> str | None:
    """Return the gravest stamp the text bears (TUYỆT MẬT, TỐI MẬT, MẬT, TÀI LIỆU THU HỒI), or None.

    A stamp is in capitals and stands apart: at the start of a line, in brackets, beside punctuation, or among words
    that are not capitals; or it is a line of its own, or follows "Độ mật:". NFD, spaced letters and lost accents
    are read through. Ordinary words (bảo mật, mật độ, BẢO VỆ BÍ MẬT NHÀ NƯỚC) are no stamp.
    Legal source: Luật Bảo vệ bí mật nhà nước 117/2025/QH15.
    """
    seen = unicodedata.normalize("NFKC", text)
    if not _PERHAPS.search(seen):
        return None
    seen = unicodedata.normalize("NFKC", seen.translate(_INVISIBLE))
    capitals = _ORDINARY.sub(lambda found: found[0].lower(), seen)
    markings: set[str | None] = {marking for marking, stamp in _STAMPS.items() if stamp.search(capitals)}
    for marking, stamp in _STANDING_APART.items():
        if any(_stands_apart(capitals, found) for found in stamp.finditer(capitals)):
            markings.add(marking)
    markings.update(_marking_alone(line) for line in seen.splitlines())
    markings.update(_marking_alone(found[1]) for found in _BRACKETED.finditer(seen))
    markings.update(_marking_alone(found[1]) for found in _LABELLED.finditer(seen))
    return next((marking for marking in _GRAVEST_FIRST if marking in markings), None)


def _stands_apart(text: str, found: re.Match[str]) -> bool:
    before = _WORD_BEFORE.search(text, max(0, found.start() - 40), found.start())
    if before is None or before[1] in _URGENCY_WORDS:
        return True
    after = _WORD_AFTER.match(text, found.end())
    return not before[1].isupper() and not (after is not None and after[1].isupper())


def _marking_alone(words: str) -> str | None:
    bare = words.strip(" \t.,;:!*-–—_=|")
    if bare[:1].islower():
        return None
    joined = re.sub(r"(?<!\w)(\w) (?=\w(?!\w))", r"\1", bare).lower()
    return next((marking for marking, alone in _ALONE.items() if alone.fullmatch(joined)), None)
