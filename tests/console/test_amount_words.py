"""Amounts in words: a table made by hand, and every word read back as the number it was made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.console.papers.amount_words import in_words

BY_HAND = {
    0: "Không đồng",
    1: "Một đồng",
    5: "Năm đồng",
    10: "Mười đồng",
    11: "Mười một đồng",
    14: "Mười bốn đồng",
    15: "Mười lăm đồng",
    20: "Hai mươi đồng",
    21: "Hai mươi mốt đồng",
    24: "Hai mươi tư đồng",
    25: "Hai mươi lăm đồng",
    55: "Năm mươi lăm đồng",
    100: "Một trăm đồng",
    101: "Một trăm linh một đồng",
    104: "Một trăm linh bốn đồng",
    105: "Một trăm linh năm đồng",
    110: "Một trăm mười đồng",
    111: "Một trăm mười một đồng",
    115: "Một trăm mười lăm đồng",
    121: "Một trăm hai mươi mốt đồng",
    144: "Một trăm bốn mươi tư đồng",
    555: "Năm trăm năm mươi lăm đồng",
    1_000: "Một nghìn đồng chẵn",
    1_001: "Một nghìn không trăm linh một đồng",
    1_015: "Một nghìn không trăm mười lăm đồng",
    1_500: "Một nghìn năm trăm đồng",
    10_500: "Mười nghìn năm trăm đồng",
    21_000: "Hai mươi mốt nghìn đồng chẵn",
    105_000: "Một trăm linh năm nghìn đồng chẵn",
    1_000_000: "Một triệu đồng chẵn",
    1_000_005: "Một triệu không trăm linh năm đồng",
    1_005_000: "Một triệu không trăm linh năm nghìn đồng chẵn",
    1_200_000: "Một triệu hai trăm nghìn đồng chẵn",
    1_234_567: "Một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy đồng",
    6_000_000: "Sáu triệu đồng chẵn",
    15_021_004: "Mười lăm triệu không trăm hai mươi mốt nghìn không trăm linh bốn đồng",
    1_000_000_000: "Một tỷ đồng chẵn",
    1_000_000_001: "Một tỷ không trăm linh một đồng",
    2_050_000_000: "Hai tỷ không trăm năm mươi triệu đồng chẵn",
    31_415_926_535: "Ba mươi mốt tỷ bốn trăm mười lăm triệu chín trăm hai mươi sáu nghìn năm trăm ba mươi lăm đồng",
    1_000_000_000_000: "Một nghìn tỷ đồng chẵn",
    1_001_000_000_000: "Một nghìn không trăm linh một tỷ đồng chẵn",
    1_000_000_000_000_000: "Một triệu tỷ đồng chẵn",
    -1_200_000: "Âm một triệu hai trăm nghìn đồng chẵn",
}
VALUES = {
    **dict(zip(("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"), range(10), strict=True)),
    "mốt": 1,
    "tư": 4,
    "lăm": 5,
    "mười": 10,
}


@pytest.mark.parametrize(("amount", "words"), BY_HAND.items())
def test_an_amount_is_said_as_accountants_say_it(amount: int, words: str) -> None:
    assert in_words(amount) == words


def read_back(words: str) -> int:
    """The number words say, read from left to right."""
    total = millions = group = digit = 0
    for word in words.lower().removeprefix("âm ").removesuffix(" chẵn").removesuffix(" đồng").split():
        match word:
            case "trăm" | "mươi":
                group += digit * (100 if word == "trăm" else 10)
                digit = 0
            case "linh":
                digit = 0
            case "mười":
                group, digit = group + 10, 0
            case "nghìn" | "triệu":
                millions += (group + digit) * (1_000 if word == "nghìn" else 1_000_000)
                group = digit = 0
            case "tỷ":
                total = (total + millions + group + digit) * 1_000_000_000
                millions = group = digit = 0
            case _:
                digit = VALUES[word]
    return total + millions + group + digit


@given(st.integers(0, 10**15))
def test_words_read_back_are_the_amount(amount: int) -> None:
    assert read_back(in_words(amount)) == amount
    assert in_words(amount).endswith(" chẵn") == (amount > 0 and amount % 1000 == 0)
