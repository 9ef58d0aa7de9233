"""The rules of register books: opened once, at a number of their own if wished, and closed once."""

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from contracts import documents as words

if TYPE_CHECKING:
    from tests.documents.decider import Scenario

INCOMING = {"organ": "VPTU", "direction": "incoming", "year": 2026}
PARTY = {"organ": "TU", "direction": "outgoing", "system": "party", "type_code": "NQ", "term": "2025-2030"}
STATE = {"organ": "UBND", "direction": "outgoing", "system": "state", "type_code": "QĐ", "year": 2026}


def opening(parts: dict[str, Any], **changes: Any) -> words.OpenRegisterBook:
    return words.OpenRegisterBook(**{**parts, **changes})


@pytest.mark.parametrize(
    ("parts", "book"),
    [
        (INCOMING, "vptu-den-2026"),
        ({**INCOMING, "register_name": "don-thu"}, "vptu-den-2026-don-thu"),
        (PARTY, "tu-di-nq-2025-2030"),
        (STATE, "ubnd-di-qdd-2026"),
    ],
)
def test_a_book_is_opened_under_the_name_its_parts_make(scenario: "Scenario", parts: dict[str, Any], book: str) -> None:
    outcome = scenario.when(opening(parts))
    assert outcome.decision[0][0].ref.id == book
    outcome.then(words.RegisterBookOpened(**{"register_name": "chung", "first_number": 1, **parts}))


def test_a_book_opened_at_a_number_continues_a_register_begun_elsewhere(scenario: "Scenario") -> None:
    scenario.when(opening(INCOMING, first_number=1201))
    scenario.when(opening(PARTY, first_number=34))
    assert scenario.when(scenario.registering()).one(words.NumberAssigned).number == 1201
    assert scenario.when(scenario.issuing(type_code="NQ")).one(words.OutgoingRegistered).notation == "34-NQ/TU"


def test_a_book_is_opened_once_by_hand_or_by_its_first_document(scenario: "Scenario") -> None:
    scenario.when(opening(INCOMING))
    scenario.when(opening(INCOMING, first_number=9)).refused(words.BOOK_ALREADY_OPEN)
    scenario.when(scenario.issuing(type_code="NQ"))
    scenario.when(opening(PARTY)).refused(words.BOOK_ALREADY_OPEN)


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({**INCOMING, "year": None}, "year"),
        ({**INCOMING, "term": "2025-2030"}, "year"),
        ({**INCOMING, "type_code": "CV"}, "year"),
        ({**STATE, "year": None, "term": "2025-2030"}, "year"),
        ({**STATE, "type_code": None}, "year"),
        ({**STATE, "system": None}, "year"),
        ({**PARTY, "term": None, "year": 2026}, "term"),
        ({**PARTY, "year": 2026}, "term"),
        ({**PARTY, "direction": "incoming"}, "term"),
    ],
)
def test_a_book_is_of_a_year_or_of_a_term_as_its_kind_demands(
    scenario: "Scenario", parts: dict[str, Any], field: str
) -> None:
    scenario.when(opening(parts)).refused(words.BOOK_PERIOD, field)


@pytest.mark.parametrize("parts", [{**PARTY, "type_code": "QyĐ"}, {**STATE, "type_code": "XX"}])
def test_a_book_is_of_a_type_the_system_has(scenario: "Scenario", parts: dict[str, Any]) -> None:
    scenario.when(opening(parts)).refused(words.TYPE_UNKNOWN, "type_code")


def test_a_closed_book_says_its_last_number_and_gives_no_more(scenario: "Scenario") -> None:
    for place in (1, 2):
        scenario.when(scenario.registering(number_notation=f"{place}-CV/TU"))
    close = words.CloseRegisterBook(book_id="vptu-den-2026")
    scenario.when(close).then(words.RegisterBookClosed(closed_on=date(2026, 11, 23), last_number=2))
    scenario.when(scenario.registering()).refused(words.BOOK_CLOSED)
    scenario.when(close).refused(words.BOOK_CLOSED)


def test_a_closed_book_is_not_opened_again(scenario: "Scenario") -> None:
    scenario.when(opening(INCOMING))
    scenario.when(words.CloseRegisterBook(book_id="vptu-den-2026"))
    scenario.when(opening(INCOMING)).refused(words.BOOK_ALREADY_OPEN)


def test_a_book_closed_before_its_first_number_ends_before_it(scenario: "Scenario") -> None:
    scenario.when(opening(INCOMING, first_number=1201))
    scenario.when(words.CloseRegisterBook(book_id="vptu-den-2026")).then(
        words.RegisterBookClosed(closed_on=date(2026, 11, 23), last_number=1200)
    )


def test_only_a_book_that_is_there_is_closed(scenario: "Scenario") -> None:
    scenario.when(words.CloseRegisterBook(book_id="vptu-den-2031")).refused(words.BOOK_UNKNOWN)


def test_the_longest_names_still_make_a_book_that_can_be_closed(scenario: "Scenario") -> None:
    outcome = scenario.when(opening(INCOMING, organ="Đ" * 20, register_name="a" * 40))
    book = outcome.decision[0][0].ref.id
    scenario.when(words.CloseRegisterBook(book_id=book)).one(words.RegisterBookClosed)
