"""The documents desk in memory, with believable words and facts, each with only what a test wants to be different."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from contracts import documents as words
from contracts.base import Actor, Role
from services.documents.deciders.common import rules
from services.documents.service import DOCUMENTS
from tests import scenario as scenarios
from tests.scenario import at, command_id, speaker

RULES = rules()
# The tables are read once, not for every office of every example.
_OFFICE = replace(DOCUMENTS, rules=lambda: RULES)
CLERK = speaker("clerk", board="VPTU")


class Scenario(scenarios.Scenario):
    """An office in memory, decided by the rules of the documents desk; a clerk speaks where nobody else is named."""

    def __init__(self) -> None:
        """Begin an office without a past."""
        super().__init__(_OFFICE, CLERK)

    # --- believable words and facts, each with only what a test wants to be different --------------------------------

    DOCUMENT = command_id(0).hex

    @staticmethod
    def at(text: str) -> datetime:
        """Return a moment in UTC from the office's own clock."""
        return at(text)

    @staticmethod
    def speaker(*roles: Role, board: str | None = None) -> Actor:
        """Return somebody with these roles."""
        return speaker(*roles, board=board)

    @staticmethod
    def registering(**changes: Any) -> words.RegisterIncoming:
        """Return the wish to register an ordinary document."""
        usual = {
            "organ": "VPTU",
            "number_notation": "12-CV/BTCTU",
            "document_type": "Công văn",
            "summary": "V/v đăng ký lịch làm việc tháng 12 năm 2026",
            "issuer": "Ban Tổ chức Tỉnh ủy",
            "issued_on": date(2026, 11, 20),
        }
        return words.RegisterIncoming(**{**usual, **changes})

    @staticmethod
    def registered(**changes: Any) -> words.IncomingRegistered:
        """Return the fact that an ordinary document was registered."""
        usual = {
            "book_id": "vptu-den-2026",
            "organ": "VPTU",
            "register_name": "chung",
            "year": 2026,
            "number": 5,
            "arrived_on": date(2026, 11, 20),
            "number_notation": "12-CV/BTCTU",
            "document_type": "Công văn",
            "summary": "V/v đăng ký lịch làm việc tháng 12 năm 2026",
            "issuer": "Ban Tổ chức Tỉnh ủy",
            "issued_on": date(2026, 11, 19),
            "urgency": "normal",
            "received_via": "paper",
        }
        return words.IncomingRegistered(**{**usual, **changes})

    @classmethod
    def directing(cls, **changes: Any) -> words.DirectDocument:
        """Return the wish to give a document to a board."""
        return words.DirectDocument(**{"document_id": cls.DOCUMENT, "lead_board": "BTCTU", **changes})

    @staticmethod
    def directed(**changes: Any) -> words.DocumentDirected:
        """Return the fact that a document was given to a board, which another supports."""
        usual = {
            "lead_board": "BTCTU",
            "supporting_boards": ("UBKTTU",),
            "opinion": "Giao Ban Tổ chức Tỉnh ủy chủ trì tham mưu.",
            "directed_by": "Trần Văn Minh",
            "directed_on": date(2026, 11, 20),
            "deadline": date(2026, 12, 15),
            "deadline_basis": "direction",
            "remind_at": at("2026-12-11 07:30"),
            "overdue_at": at("2026-12-16 00:00"),
        }
        return words.DocumentDirected(**{**usual, **changes})

    @staticmethod
    def issuing(**changes: Any) -> words.RegisterOutgoing:
        """Return the wish to number an official letter of the Party."""
        usual = {
            "organ": "TU",
            "system": "party",
            "type_code": "CV",
            "term": "2025-2030",
            "summary": "V/v chuẩn bị hội nghị Ban Chấp hành",
            "signer": words.Signer(name="Trần Văn Minh", position="Chánh Văn phòng"),
            "recipients": ("Các đảng ủy trực thuộc",),
        }
        return words.RegisterOutgoing(**{**usual, **changes})

    @staticmethod
    def issued(**changes: Any) -> words.OutgoingRegistered:
        """Return the fact that an official letter of the Party got its number."""
        usual = {
            "book_id": "tu-di-cv-2025-2030",
            "organ": "TU",
            "system": "party",
            "type_code": "CV",
            "type_name": "Công văn",
            "term": "2025-2030",
            "number": 7,
            "notation": "07-CV/TU",
            "issued_on": date(2026, 11, 20),
            "summary": "V/v chuẩn bị hội nghị Ban Chấp hành",
            "signer": words.Signer(name="Trần Văn Minh"),
            "recipients": ("Các đảng ủy trực thuộc",),
            "urgency": "normal",
        }
        return words.OutgoingRegistered(**{**usual, **changes})

    @staticmethod
    def opened(**changes: Any) -> words.RegisterBookOpened:
        """Return the fact that an incoming book was opened."""
        usual = {"organ": "VPTU", "direction": "incoming", "year": 2026, "register_name": "chung", "first_number": 1}
        return words.RegisterBookOpened(**{**usual, **changes})
