"""Amounts of money in Vietnamese words, as vouchers must say them beside the figures."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_THOUSANDS = ("", "nghìn", "triệu")
_GROUP = 1_000
_BILLION = 1_000_000_000


def in_words(amount_vnd: int) -> str:
    """Return whole đồng in words, such as `Một triệu hai trăm nghìn đồng chẵn`; less than nothing begins with `Âm`.

    `Chẵn` is said where no đồng is left below a thousand. One after tens from twenty on is `mốt`, five after tens is
    `lăm`, four after tens from twenty on is `tư`, an empty place of tens is `linh`, an empty place of hundreds is
    `không trăm`; beyond a thousand billions, `tỷ` is said once for all that stands before it.
    """
    told = f"{_number(abs(amount_vnd))} đồng{' chẵn' if amount_vnd and amount_vnd % _GROUP == 0 else ''}"
    if amount_vnd < 0:
        told = f"âm {told}"
    return f"{told[0].upper()}{told[1:]}"


def _number(value: int) -> str:
    if value == 0:
        return _DIGITS[0]
    billions, rest = divmod(value, _BILLION)
    parts = [f"{_number(billions)} tỷ"] if billions else []
    parts += _below_billion(rest, whole=not billions) if rest else []
    return " ".join(parts)


def _below_billion(value: int, *, whole: bool) -> list[str]:
    """Return the groups of millions, thousands and ones; only the first of a number leaves its empty hundreds out."""
    parts: list[str] = []
    for place in (2, 1, 0):
        group = value // _GROUP**place % _GROUP
        if group:
            leading = whole and not parts
            parts.append(f"{_group(group, leading=leading)} {_THOUSANDS[place]}".strip())
    return parts


def _group(value: int, *, leading: bool) -> str:
    hundreds, rest = divmod(value, 100)
    parts = [f"{_DIGITS[hundreds]} trăm"] if hundreds or not leading else []
    if rest:
        parts.append(_tens(rest, alone=not parts))
    return " ".join(parts)


def _tens(value: int, *, alone: bool) -> str:
    tens, ones = divmod(value, 10)
    if tens == 0:
        return _DIGITS[ones] if alone else f"linh {_DIGITS[ones]}"
    if tens == 1:
        return " ".join(("mười", *_ones(ones, after_one=True)))
    return " ".join((_DIGITS[tens], "mươi", *_ones(ones, after_one=False)))


def _ones(ones: int, *, after_one: bool) -> tuple[str, ...]:
    if ones == 0:
        return ()
    if ones == 5:
        return ("lăm",)
    if not after_one and ones in (1, 4):
        return ("mốt" if ones == 1 else "tư",)
    return (_DIGITS[ones],)
