"""The rules of the incoming register: numbers, days, duplicates, secrets, and numbers struck out."""

import unicodedata
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from contracts import documents as words

if TYPE_CHECKING:
    from tests.documents.decider import Scenario

SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
FILE = words.FileReference(name="12-CV.pdf", sha256=SHA, size_bytes=284_113)


def test_the_first_document_of_a_year_opens_its_book_and_gets_number_one(scenario: "Scenario") -> None:
    outcome = scenario.when(scenario.registering())
    assert [type(event).__name__ for event in outcome.events] == [
        "IncomingRegistered",
        "RegisterBookOpened",
        "NumberAssigned",
        "OriginalSeen",
    ]
    entry, number = outcome.one(words.IncomingRegistered), outcome.one(words.NumberAssigned)
    assert (entry.number, entry.book_id, entry.year) == (1, "vptu-den-2026", 2026)
    assert outcome.one(words.RegisterBookOpened) == scenario.opened()
    assert {seen.ref.id for seen, event in outcome.decision if event == entry} == {number.document_id}


def test_the_next_document_gets_the_next_number_of_the_same_book(scenario: "Scenario") -> None:
    scenario.given(scenario.opened(first_number=1201), on="book/vptu-den-2026")
    numbers = [
        scenario.when(scenario.registering(number_notation=f"{place}-CV/BTCTU")).one(words.NumberAssigned).number
        for place in (1, 2, 3)
    ]
    assert numbers == [1201, 1202, 1203]


@pytest.mark.parametrize(
    ("changes", "book"),
    [
        ({"arrived_on": date(2025, 12, 31), "issued_on": date(2025, 12, 30)}, "vptu-den-2025"),
        ({"register_name": "don-thu"}, "vptu-den-2026-don-thu"),
        ({"organ": "ĐU"}, "ddu-den-2026"),
        ({"organ": "DU"}, "du-den-2026"),
    ],
)
def test_every_organ_year_and_register_has_a_book_of_its_own(
    scenario: "Scenario", changes: dict[str, Any], book: str
) -> None:
    scenario.when(scenario.registering())
    entry = scenario.when(scenario.registering(**changes)).one(words.IncomingRegistered)
    assert (entry.book_id, entry.number) == (book, 1)


def test_the_day_of_arrival_is_today_at_the_office_when_left_out(scenario: "Scenario") -> None:
    just_after_midnight = datetime(2026, 11, 22, 17, 5, tzinfo=UTC)
    entry = scenario.when(scenario.registering(), now=just_after_midnight).one(words.IncomingRegistered)
    assert entry.arrived_on == date(2026, 11, 23)


def test_what_the_clerk_wrote_is_kept_as_written(scenario: "Scenario") -> None:
    command = scenario.registering(
        urgency="urgent",
        respond_by=date(2026, 12, 1),
        received_via="electronic",
        recipient="Thường trực Tỉnh ủy",
        page_count=3,
        copy_count=2,
        files=(FILE,),
        note="Kèm 01 phụ lục",
    )
    entry = scenario.when(command).one(words.IncomingRegistered)
    kept = entry.model_dump(include=set(words.RegisterIncoming.model_fields))
    said = command.model_dump(include=set(words.IncomingRegistered.model_fields))
    assert kept == said | {"arrived_on": date(2026, 11, 23)}


@pytest.mark.parametrize(
    ("urgency", "arrived", "forward_by"),
    [
        ("normal", "2026-11-20", "2026-11-23"),  # Friday, so Monday
        ("normal", "2026-11-23", "2026-11-25"),  # over the Culture Day of 24/11
        ("normal", "2026-08-28", "2026-09-03"),  # over 31/8 (swapped), 1/9 and 2/9
        ("normal", "2026-02-13", "2026-02-23"),  # over Tết
        ("urgent", "2026-11-22", "2026-11-22"),  # at once, on a Sunday too
        ("express", "2026-02-17", "2026-02-17"),
    ],
)
def test_a_document_is_to_be_forwarded_by_the_next_working_day_or_at_once_when_urgent(
    scenario: "Scenario", urgency: str, arrived: str, forward_by: str
) -> None:
    day = date.fromisoformat(arrived)
    command = scenario.registering(urgency=urgency, arrived_on=day, issued_on=day)
    assert scenario.when(command).one(words.IncomingRegistered).forward_by == date.fromisoformat(forward_by)


def test_a_paper_of_2019_is_still_registered_though_its_holidays_are_not_known(scenario: "Scenario") -> None:
    command = scenario.registering(arrived_on=date(2019, 8, 5), issued_on=date(2017, 2, 6))
    entry = scenario.when(command).one(words.IncomingRegistered)
    assert (entry.book_id, entry.number, entry.forward_by) == ("vptu-den-2019", 1, None)


def test_a_document_without_a_number_and_notation_is_registered_and_makes_nothing_a_duplicate(
    scenario: "Scenario",
) -> None:
    for _ in range(2):
        entry = scenario.when(scenario.registering(number_notation=None)).one(words.IncomingRegistered)
        assert (entry.fingerprints, entry.notation_key, entry.possible_duplicates) == ((), None, ())


def test_a_day_of_arrival_in_the_future_is_refused(scenario: "Scenario") -> None:
    command = scenario.registering(arrived_on=date(2026, 11, 24))
    scenario.when(command).refused(words.DATE_IN_FUTURE, "arrived_on")
    scenario.when(command, now=datetime(2026, 11, 23, 17, 0, tzinfo=UTC)).one(words.IncomingRegistered)


def test_a_day_of_issue_after_the_day_of_arrival_is_refused(scenario: "Scenario") -> None:
    command = scenario.registering(arrived_on=date(2026, 11, 19), issued_on=date(2026, 11, 20))
    scenario.when(command).refused(words.ISSUED_AFTER_ARRIVAL, "issued_on")
    on_the_day = scenario.registering(arrived_on=date(2026, 11, 20), issued_on=date(2026, 11, 20))
    scenario.when(on_the_day).one(words.IncomingRegistered)


def test_a_closed_book_gives_no_number(scenario: "Scenario") -> None:
    closed = words.RegisterBookClosed(closed_on=date(2026, 11, 20), last_number=0)
    scenario.given(scenario.opened(), closed, on="book/vptu-den-2026")
    scenario.when(scenario.registering()).refused(words.BOOK_CLOSED)


def test_a_book_whose_numbers_are_used_up_gives_none(scenario: "Scenario") -> None:
    scenario.given(scenario.opened(first_number=9_999_999), on="book/vptu-den-2026")
    assert scenario.when(scenario.registering()).one(words.NumberAssigned).number == 9_999_999
    scenario.when(scenario.registering()).refused(words.BOOK_FULL)


def test_a_book_id_that_two_organs_would_share_belongs_to_the_first(scenario: "Scenario") -> None:
    scenario.given(scenario.opened(organ="P.TCHC"), on="book/p-tchc-den-2026")
    scenario.when(scenario.registering(organ="P-TCHC")).refused(words.BOOK_OF_ANOTHER)
    scenario.when(scenario.registering(organ="P.TCHC")).one(words.NumberAssigned)


# --- timed express --------------------------------------------------------------------------------------------------


def test_a_timed_express_document_keeps_its_hour_in_utc(scenario: "Scenario") -> None:
    command = scenario.registering(urgency="express_timed", due_at=scenario.at("2026-11-23 14:00"))
    assert scenario.when(command).one(words.IncomingRegistered).due_at == datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def test_a_timed_express_document_without_its_hour_is_refused(scenario: "Scenario") -> None:
    scenario.when(scenario.registering(urgency="express_timed")).refused(words.DUE_HOUR_NEEDED, "due_at")


@pytest.mark.parametrize("urgency", ["normal", "urgent", "very_urgent", "express"])
def test_an_hour_on_any_other_urgency_is_refused(scenario: "Scenario", urgency: str) -> None:
    command = scenario.registering(urgency=urgency, due_at=scenario.at("2026-11-23 14:00"))
    scenario.when(command).refused(words.DUE_HOUR_NEEDED, "due_at")


# --- secrets --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("secrecy", ["confidential", "secret", "top_secret"])
def test_a_document_marked_secret_is_refused_whatever_the_rest(scenario: "Scenario", secrecy: str) -> None:
    scenario.when(scenario.registering(secrecy=secrecy)).refused(words.SECRET_CONTENT)


def test_the_refusal_of_a_secret_names_the_stamp_and_the_law(scenario: "Scenario") -> None:
    refusal = scenario.when(scenario.registering(secrecy="top_secret")).refusal
    assert refusal is not None
    reply = refusal.reply().model_dump()
    assert "TUYỆT MẬT" in reply["vi"]
    assert "117/2025/QH15" in reply["legal_basis"]


@pytest.mark.parametrize(
    "stamped",
    [
        {"summary": "MẬT: báo cáo tình hình"},
        {"summary": "Báo cáo (TỐI MẬT)"},
        {"note": "Kèm theo:\nTUYỆT MẬT"},
        {"recipient": "Thường trực (MẬT)"},
        {"issuer": "Ban Nội chính (TỐI MẬT)"},
        {"number_notation": "12-BC/TU (MẬT)"},
        {"document_type": "Báo cáo TUYỆT MẬT"},
        {"files": (FILE.model_copy(update={"name": "TOI_MAT_bao_cao.pdf"}),)},
    ],
    ids=lambda stamped: next(iter(stamped)),
)
def test_a_text_that_bears_a_secret_stamp_is_refused_wherever_it_is_written(
    scenario: "Scenario", stamped: dict[str, Any]
) -> None:
    scenario.when(scenario.registering(**stamped)).refused(words.SECRET_CONTENT)


def test_the_law_on_secrets_may_be_spoken_of(scenario: "Scenario") -> None:
    command = scenario.registering(summary="V/v triển khai Luật Bảo vệ bí mật nhà nước; bảo mật thông tin")
    scenario.when(command).one(words.IncomingRegistered)


# --- duplicates -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "again",
    [
        {},
        {"number_notation": "Số: 12 - CV/BTCTU", "issuer": "Ban tổ chức tỉnh uỷ"},
        {"number_notation": "99-CV/BTCTU", "files": (FILE,)},
        {"register_name": "khac"},
    ],
    ids=["word for word", "spelt otherwise", "the same file", "in another book"],
)
def test_a_document_registered_before_is_registered_with_a_warning(scenario: "Scenario", again: dict[str, Any]) -> None:
    first = scenario.when(scenario.registering(files=(FILE,)), number=1).decision[0][0].ref.id
    entry = scenario.when(scenario.registering(**again), number=2).one(words.IncomingRegistered)
    assert entry.possible_duplicates == (words.Earlier(document_id=first, book_id="vptu-den-2026", number=1),)
    (notice,) = entry.notices()
    assert notice.code == "possible-duplicate"
    assert "số đến 1 " in notice.vi
    assert "number 1 " in notice.en


def test_one_earlier_entry_found_by_its_file_and_by_its_number_is_warned_of_once(scenario: "Scenario") -> None:
    scenario.when(scenario.registering(files=(FILE,)))
    entry = scenario.when(scenario.registering(files=(FILE,))).one(words.IncomingRegistered)
    assert len(entry.fingerprints) == 2
    assert len(entry.possible_duplicates) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"number_notation": "13-CV/BTCTU"},
        {"issuer": "Ban Nội chính Tỉnh ủy"},
        {"issued_on": date(2026, 11, 19)},
        {"number_notation": "12-QĐ/BTCTU"},
        {"organ": "TU"},
    ],
)
def test_another_number_issuer_or_day_or_another_organs_copy_is_another_document(
    scenario: "Scenario", other: dict[str, Any]
) -> None:
    scenario.when(scenario.registering())
    assert scenario.when(scenario.registering(**other)).one(words.IncomingRegistered).possible_duplicates == ()


def test_a_clerk_may_ask_that_a_duplicate_be_refused(scenario: "Scenario") -> None:
    command = scenario.registering(on_duplicate="refuse")
    scenario.when(command).one(words.IncomingRegistered)
    scenario.when(command).refused(words.ALREADY_REGISTERED)
    assert scenario.when(scenario.registering(number_notation="13-CV/BTCTU")).one(words.NumberAssigned).number == 2


def test_a_struck_out_entry_once_released_makes_nothing_a_duplicate(scenario: "Scenario") -> None:
    outcome = scenario.when(scenario.registering())
    document, original = outcome.decision[0][0].ref.id, outcome.decision[-1][0].ref.id
    scenario.when(words.CancelIncomingNumber(document_id=document, reason="Đăng ký nhầm sổ."))
    release = words.ReleaseOriginal(fingerprint=original, document_id=document)
    service = scenario.speaker("service")
    scenario.when(release, actor=service).then(words.OriginalReleased(document_id=document))
    scenario.when(release, actor=service).nothing()
    entry = scenario.when(scenario.registering(on_duplicate="refuse")).one(words.IncomingRegistered)
    assert (entry.number, entry.possible_duplicates) == (2, ())


def test_releasing_one_entry_leaves_the_others_of_the_same_document(scenario: "Scenario") -> None:
    seen = [words.OriginalSeen(document_id=id, book_id="vptu-den-2026", number=n) for n, id in enumerate("ab", 1)]
    release = words.ReleaseOriginal(fingerprint="n-1", document_id="a" * 32)
    scenario.given(*seen, on="original/n-1").when(release).nothing()
    scenario.given(words.OriginalSeen(document_id="a" * 32, book_id="vptu-den-2026", number=3), on="original/n-1")
    scenario.when(release).then(words.OriginalReleased(document_id="a" * 32))
    assert [entry.document_id for entry in scenario.states["original", "n-1"].entries] == ["a", "b"]


# --- numbers struck out ---------------------------------------------------------------------------------------------


def test_a_number_struck_out_stays_with_its_reason(scenario: "Scenario") -> None:
    cancel = words.CancelIncomingNumber(document_id=scenario.DOCUMENT, reason="Đăng ký nhầm sổ.")
    scenario.given(scenario.registered(fingerprints=("n-1",))).when(cancel).then(
        words.IncomingNumberCancelled(reason="Đăng ký nhầm sổ.", cancelled_on=date(2026, 11, 23), fingerprints=("n-1",))
    )


def test_a_number_struck_out_is_never_given_again(scenario: "Scenario") -> None:
    document = scenario.when(scenario.registering()).decision[0][0].ref.id
    scenario.when(words.CancelIncomingNumber(document_id=document, reason="Đăng ký nhầm sổ."))
    assert scenario.when(scenario.registering()).one(words.NumberAssigned).number == 2


@pytest.mark.parametrize("standing", ["registered", "directed", "handed_back"])
def test_a_number_may_be_struck_out_as_long_as_the_document_is_open(scenario: "Scenario", standing: str) -> None:
    past = [scenario.registered(), scenario.directed(), words.DocumentHandedBack(board="BTCTU", reason="Không đúng.")]
    scenario.given(*past[: ["registered", "directed", "handed_back"].index(standing) + 1])
    cancel = words.CancelIncomingNumber(document_id=scenario.DOCUMENT, reason="Đăng ký nhầm sổ.")
    scenario.when(cancel).one(words.IncomingNumberCancelled)


def test_what_cannot_be_struck_out(scenario: "Scenario") -> None:
    cancel = words.CancelIncomingNumber(document_id=scenario.DOCUMENT, reason="Đăng ký nhầm sổ.")
    scenario.when(cancel).refused(words.DOCUMENT_UNKNOWN)
    scenario.given(scenario.registered()).when(cancel).one(words.IncomingNumberCancelled)
    scenario.when(cancel).refused(words.DOCUMENT_CANCELLED)


def test_a_completed_document_is_not_struck_out(scenario: "Scenario") -> None:
    evidence = words.Evidence(account="Đã thực hiện.")
    done = words.DocumentCompleted(board="BTCTU", evidence=evidence, completed_on=date(2026, 11, 21), late=False)
    cancel = words.CancelIncomingNumber(document_id=scenario.DOCUMENT, reason="Đăng ký nhầm sổ.")
    scenario.given(scenario.registered(), scenario.directed(), done).when(cancel).refused(words.DOCUMENT_COMPLETED)


def test_a_reason_that_bears_a_secret_stamp_is_refused(scenario: "Scenario") -> None:
    cancel = words.CancelIncomingNumber(document_id=scenario.DOCUMENT, reason="Văn bản TỐI MẬT")
    scenario.given(scenario.registered()).when(cancel).refused(words.SECRET_CONTENT)


# --- what cannot even be said ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"summary": "  "},
        {"summary": "x" * 501},
        {"summary": "hai\ndòng"},
        {"summary": "ẩn\u200bchữ"},
        {"organ": "vptu"},
        {"organ": "VP TU"},
        {"register_name": "Sổ chung"},
        {"register_name": "a" * 41},
        {"issued_on": date(1899, 1, 1)},
        {"page_count": 0},
        {"due_at": datetime(2026, 11, 23, 14, 0)},
        {"urgency": "hỏa tốc"},
        {"files": (FILE,) * 51},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_words_that_are_not_of_the_contract_are_refused_before_any_decision(
    scenario: "Scenario", wrong: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        scenario.registering(**wrong)


def test_text_is_kept_composed_and_trimmed(scenario: "Scenario") -> None:
    command = scenario.registering(summary="  Đăng ký lịch  ", issuer=unicodedata.normalize("NFD", "Tỉnh ủy"))
    assert (command.summary, command.issuer) == ("Đăng ký lịch", "Tỉnh ủy")
