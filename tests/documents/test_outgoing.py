"""The rules of the outgoing register: two systems of numbers, dispatch, numbers voided, documents recalled."""

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from contracts import documents as words
from contracts.base import Command

if TYPE_CHECKING:
    from tests.documents.decider import Scenario

ID = "0" * 32
STATE = {"system": "state", "organ": "UBND", "term": None}
SENT = words.DispatchRecorded(dispatched_on=date(2026, 11, 21), received_by="Lê Văn Hùng")
VOIDED = words.OutgoingNumberCancelled(reason="Không ban hành.", cancelled_on=date(2026, 11, 21))
RECALLED = words.OutgoingRecalled(reason="Sai thẩm quyền.", recalled_on=date(2026, 11, 22))
CANCEL = words.CancelOutgoingNumber(document_id=ID, reason="Không ban hành.")
DISPATCH = words.RecordDispatch(document_id=ID)
RECALL = words.RecallOutgoing(document_id=ID, reason="Ban hành chưa đúng thẩm quyền.")
EVERY = pytest.mark.parametrize("command", [CANCEL, DISPATCH, RECALL], ids=lambda command: type(command).__name__)


def notation(scenario: "Scenario", **changes: Any) -> str:
    return scenario.when(scenario.issuing(**changes)).one(words.OutgoingRegistered).notation


# --- numbers --------------------------------------------------------------------------------------------------------


def test_the_first_document_of_its_type_opens_its_book_and_gets_number_one(scenario: "Scenario") -> None:
    outcome = scenario.when(scenario.issuing(copy_count=25, note="Phát hành ngay"))
    entry = outcome.one(words.OutgoingRegistered)
    assert (entry.number, entry.notation, entry.book_id) == (1, "01-CV/TU", "tu-di-cv-2025-2030")
    assert (entry.type_name, entry.issued_on, entry.copy_count) == ("Công văn", date(2026, 11, 23), 25)
    assert (entry.term, entry.year, entry.dispatch_by) == ("2025-2030", None, date(2026, 11, 25))
    book = outcome.one(words.RegisterBookOpened)
    assert (book.direction, book.system, book.type_code, book.term) == ("outgoing", "party", "CV", "2025-2030")
    assert outcome.one(words.NumberAssigned).number == 1


def test_a_party_number_runs_through_the_whole_term_and_begins_anew_with_the_next(scenario: "Scenario") -> None:
    assert notation(scenario, issued_on=date(2025, 12, 31)) == "01-CV/TU"
    assert notation(scenario, issued_on=date(2026, 1, 5)) == "02-CV/TU"
    assert notation(scenario, issued_on=date(2025, 9, 1), term="2020-2025") == "01-CV/TU"


def test_a_state_number_runs_through_the_year_and_begins_anew_on_the_first_of_january(scenario: "Scenario") -> None:
    state = {**STATE, "type_code": "QĐ"}
    assert notation(scenario, **state, issued_on=date(2025, 12, 30)) == "01/QĐ-UBND"
    assert notation(scenario, **state, issued_on=date(2025, 12, 31)) == "02/QĐ-UBND"
    assert notation(scenario, **state, issued_on=date(2026, 1, 1)) == "01/QĐ-UBND"
    assert set(scenario.states) >= {("book", "ubnd-di-qdd-2025"), ("book", "ubnd-di-qdd-2026")}


def test_every_type_and_every_organ_is_counted_apart(scenario: "Scenario") -> None:
    assert notation(scenario, type_code="CV") == "01-CV/TU"
    assert notation(scenario, type_code="NQ") == "01-NQ/TU"
    assert notation(scenario, type_code="CV", organ="VPTU") == "01-CV/VPTU"
    assert notation(scenario, type_code="CV") == "02-CV/TU"


def test_decisions_and_regulations_are_counted_apart_though_both_print_the_same_letters(scenario: "Scenario") -> None:
    assert notation(scenario, type_code="QĐ") == "01-QĐ/TU"
    assert notation(scenario, type_code="QĐi") == "01-QĐ/TU"
    assert notation(scenario, type_code="QĐ") == "02-QĐ/TU"
    old = {"type_code": "QĐi", "issued_on": date(2026, 5, 26)}
    assert notation(scenario, **old) == "02-QĐi/TU"


@pytest.mark.parametrize(("first", "printed"), [(9, "09-CV/TU"), (10, "10-CV/TU"), (1400, "1400-CV/TU")])
def test_a_number_below_ten_is_printed_with_a_zero(scenario: "Scenario", first: int, printed: str) -> None:
    scenario.given(scenario.opened(organ="TU", first_number=first), on="book/tu-di-cv-2025-2030")
    assert notation(scenario) == printed


@pytest.mark.parametrize(
    ("changes", "printed"),
    [
        ({"type_code": "CV", "drafting_unit": "VX"}, "01/UBND-VX"),
        ({"type_code": "CV"}, "01/UBND"),
        ({"type_code": "QyĐ"}, "01/QyĐ-UBND"),
        ({"type_code": "SY"}, "01/SY-UBND"),
    ],
)
def test_a_state_notation_is_printed_as_the_decree_says(
    scenario: "Scenario", changes: dict[str, Any], printed: str
) -> None:
    assert notation(scenario, **STATE, **changes) == printed


def test_an_urgent_document_is_to_be_dispatched_the_day_it_is_issued(scenario: "Scenario") -> None:
    entry = scenario.when(scenario.issuing(urgency="express")).one(words.OutgoingRegistered)
    assert entry.dispatch_by == date(2026, 11, 23)


def test_a_paper_of_2019_is_still_numbered_though_its_holidays_are_not_known(scenario: "Scenario") -> None:
    command = scenario.issuing(**STATE, type_code="QĐ", issued_on=date(2019, 5, 6))
    entry = scenario.when(command).one(words.OutgoingRegistered)
    assert (entry.book_id, entry.notation, entry.dispatch_by) == ("ubnd-di-qdd-2019", "01/QĐ-UBND", None)


def test_a_number_voided_is_never_given_again(scenario: "Scenario") -> None:
    document = scenario.when(scenario.issuing()).decision[0][0].ref.id
    scenario.when(words.CancelOutgoingNumber(document_id=document, reason="Không ban hành."))
    assert notation(scenario) == "02-CV/TU"


def test_a_closed_book_gives_no_number(scenario: "Scenario") -> None:
    closed = words.RegisterBookClosed(closed_on=date(2026, 11, 20), last_number=0)
    scenario.given(scenario.opened(), closed, on="book/tu-di-cv-2025-2030")
    scenario.when(scenario.issuing()).refused(words.BOOK_CLOSED)
    assert notation(scenario, type_code="NQ") == "01-NQ/TU"


def test_a_book_whose_numbers_are_used_up_gives_none(scenario: "Scenario") -> None:
    scenario.given(words.NumberAssigned(number=9_999_999, document_id="x"), on="book/tu-di-cv-2025-2030")
    scenario.when(scenario.issuing()).refused(words.BOOK_FULL)


# --- what is refused ------------------------------------------------------------------------------------------------


def test_a_party_document_needs_its_term(scenario: "Scenario") -> None:
    scenario.when(scenario.issuing(term=None)).refused(words.TERM_NEEDED, "term")


@pytest.mark.parametrize(
    ("term", "issued_on"),
    [("2025-2030", date(2024, 12, 31)), ("2025-2030", date(2019, 1, 1)), ("2020-2025", date(2026, 1, 1))],
)
def test_a_party_document_is_issued_within_its_term(scenario: "Scenario", term: str, issued_on: date) -> None:
    scenario.when(scenario.issuing(term=term, issued_on=issued_on)).refused(words.TERM_OUT_OF_RANGE, "term")


def test_a_term_that_ends_before_it_begins_holds_no_day(scenario: "Scenario") -> None:
    scenario.when(scenario.issuing(term="2030-2025")).refused(words.TERM_OUT_OF_RANGE, "term")


def test_a_day_of_issue_in_the_future_is_refused(scenario: "Scenario") -> None:
    scenario.when(scenario.issuing(issued_on=date(2026, 11, 24))).refused(words.DATE_IN_FUTURE, "issued_on")


@pytest.mark.parametrize(
    "changes",
    [
        {"type_code": "XX"},
        {"type_code": "QyĐ"},
        {**STATE, "type_code": "QĐi"},
        {**STATE, "type_code": "NĐ"},
        {**STATE, "type_code": "LUAT"},
        {"type_code": "CLCT"},
        {"type_code": "TCg"},
    ],
    ids=lambda changes: f"{changes.get('system', 'party')} {changes['type_code']}",
)
def test_a_type_the_system_does_not_have_or_an_office_does_not_issue_is_refused(
    scenario: "Scenario", changes: dict[str, Any]
) -> None:
    scenario.when(scenario.issuing(**changes)).refused(words.TYPE_UNKNOWN, "type_code")


@pytest.mark.parametrize("secrecy", ["confidential", "secret", "top_secret"])
def test_a_document_marked_secret_is_refused(scenario: "Scenario", secrecy: str) -> None:
    scenario.when(scenario.issuing(secrecy=secrecy)).refused(words.SECRET_CONTENT)


@pytest.mark.parametrize(
    "stamped",
    [
        {"summary": "TỐI MẬT: phương án nhân sự"},
        {"note": "Độ mật: Tối mật"},
        {"recipients": ("Lưu hồ sơ (MẬT)",)},
        {"files": (words.FileReference(name="TUYET_MAT.docx", sha256="a" * 64, size_bytes=1),)},
    ],
    ids=lambda stamped: next(iter(stamped)),
)
def test_a_text_that_bears_a_secret_stamp_is_refused(scenario: "Scenario", stamped: dict[str, Any]) -> None:
    scenario.when(scenario.issuing(**stamped)).refused(words.SECRET_CONTENT)


# --- dispatch -------------------------------------------------------------------------------------------------------


def test_a_dispatch_is_entered_with_its_day_and_who_signed(scenario: "Scenario") -> None:
    command = words.RecordDispatch(document_id=ID, dispatched_on=date(2026, 11, 21), received_by="Lê Văn Hùng")
    scenario.given(scenario.issued()).when(command).then(SENT)


def test_the_day_of_dispatch_is_today_when_left_out(scenario: "Scenario") -> None:
    scenario.given(scenario.issued()).when(DISPATCH).then(words.DispatchRecorded(dispatched_on=date(2026, 11, 23)))


@pytest.mark.parametrize(
    "command", [DISPATCH, words.RecordDispatch(document_id=ID, received_by="Lê Văn Hùng")], ids=["day", "signature"]
)
def test_a_dispatch_said_again_changes_nothing_not_even_on_another_day(scenario: "Scenario", command: Command) -> None:
    scenario.given(scenario.issued()).when(command).one(words.DispatchRecorded)
    scenario.when(command).nothing()
    scenario.when(command, now=scenario.at("2026-11-30 09:00")).nothing()


def test_a_signature_that_comes_later_leaves_the_day_and_a_corrected_day_leaves_the_signature(
    scenario: "Scenario",
) -> None:
    scenario.given(scenario.issued(), words.DispatchRecorded(dispatched_on=date(2026, 11, 20)))
    signed = scenario.when(words.RecordDispatch(document_id=ID, received_by="Lê Văn Hùng"))
    signed.then(words.DispatchRecorded(dispatched_on=date(2026, 11, 20), received_by="Lê Văn Hùng"))
    corrected = scenario.when(words.RecordDispatch(document_id=ID, dispatched_on=date(2026, 11, 21)))
    corrected.then(SENT)


def test_a_dispatch_is_neither_before_the_issue_nor_in_the_future(scenario: "Scenario") -> None:
    scenario.given(scenario.issued(issued_on=date(2026, 11, 20)))
    early = words.RecordDispatch(document_id=ID, dispatched_on=date(2026, 11, 19))
    scenario.when(early).refused(words.DISPATCHED_BEFORE_ISSUE, "dispatched_on")
    future = words.RecordDispatch(document_id=ID, dispatched_on=date(2026, 11, 24))
    scenario.when(future).refused(words.DATE_IN_FUTURE, "dispatched_on")


# --- voided and recalled --------------------------------------------------------------------------------------------


def test_a_number_that_was_not_used_is_voided_with_its_reason(scenario: "Scenario") -> None:
    scenario.given(scenario.issued()).when(CANCEL).then(
        words.OutgoingNumberCancelled(reason="Không ban hành.", cancelled_on=date(2026, 11, 23))
    )


def test_a_document_that_left_is_not_voided_only_recalled(scenario: "Scenario") -> None:
    scenario.given(scenario.issued(), SENT).when(CANCEL).refused(words.OUTGOING_DISPATCHED)
    scenario.when(RECALL).then(
        words.OutgoingRecalled(reason="Ban hành chưa đúng thẩm quyền.", recalled_on=date(2026, 11, 23))
    )


def test_a_document_may_be_recalled_before_its_dispatch_is_entered(scenario: "Scenario") -> None:
    scenario.given(scenario.issued()).when(RECALL).one(words.OutgoingRecalled)


@EVERY
def test_an_unknown_document_is_named(scenario: "Scenario", command: Command) -> None:
    scenario.when(command).refused(words.DOCUMENT_UNKNOWN)


@EVERY
def test_nothing_more_is_done_with_a_voided_number(scenario: "Scenario", command: Command) -> None:
    scenario.given(scenario.issued(), VOIDED).when(command).refused(words.DOCUMENT_CANCELLED)


@EVERY
def test_a_recalled_document_is_frozen(scenario: "Scenario", command: Command) -> None:
    scenario.given(scenario.issued(), SENT, RECALLED).when(command).refused(words.OUTGOING_FROZEN)


@pytest.mark.parametrize("kind", [words.CancelOutgoingNumber, words.RecallOutgoing])
def test_a_reason_that_bears_a_secret_stamp_is_refused(scenario: "Scenario", kind: Any) -> None:
    command = kind(document_id=ID, reason="Văn bản TỐI MẬT")
    scenario.given(scenario.issued()).when(command).refused(words.SECRET_CONTENT)
