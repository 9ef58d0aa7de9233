"""A year of an office in facts, as the log would hold them: every status of every register occurs."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from contracts import documents as words
from contracts.base import Actor, Command, Event, Meta
from services.documents.service import DOCUMENTS
from services.runtime.envelope import Decoder, Fact, encode, event_types, to_bytes

if TYPE_CHECKING:
    from tests.documents.decider import Scenario
    from tests.scenario import Outcome

ISSUERS = ("Ban Tổ chức Tỉnh ủy", "Ban Nội chính Tỉnh uỷ", "Văn phòng Trung ương Đảng", "Đảng ủy Công an tỉnh", "Bà Lý")
BOARDS = ("BTCTU", "UBKTTU", "BNCTU")
URGENCIES = ("normal", "normal", "urgent", "express")
SUMMARIES = ("V/v Lưu trữ hồ sơ năm {}", "Báo cáo kết quả đợt {}", "Kế hoạch hòa giải ở cơ sở số {}")


class History:
    """Says commands to an office one after another and keeps their facts in the order of the log."""

    def __init__(self, office: "Scenario", clerk: Actor) -> None:
        self.facts: list[Fact] = []
        self.incoming: list[str] = []
        self.outgoing: list[str] = []
        self._office = office
        self._clerk = clerk
        self._said = 0
        self._decoder = Decoder(event_types("documents", DOCUMENTS.events), whole="documents")

    def say(self, command: Command, day: int = 0) -> "Outcome":
        """Say a command on a day of the history; refusals are no part of it."""
        self._said += 1
        now = self._office.at("2026-11-23 09:00") + timedelta(days=day, minutes=self._said)
        outcome = self._office.when(command, now=now)
        assert outcome.refusal is None, (command, outcome.refusal)
        meta = Meta(command_id=UUID(int=self._said), actor=self._clerk, correlation_id=str(self._said))
        placed: dict[tuple[str, str], list[tuple[int, Event]]] = defaultdict(list)
        for place, (seen, event) in enumerate(outcome.decision):
            placed[seen.ref.aggregate.name, seen.ref.id].append((place, event))
        # What is nobody's own goes first, as the committer writes it.
        for (name, id), events in sorted(placed.items(), key=lambda item: item[1][0][0] == 0):
            payload = to_bytes(encode("documents", name, id, events, meta, now))
            sequence = self.facts[-1].sequence + 1 if self.facts else 1
            self.facts += self._decoder.facts(f"event.documents.{name}.{id}", sequence, payload)
        return outcome


def year(office: "Scenario", clerk: Actor) -> History:
    """Return the history of an office with 60 incoming and 30 outgoing documents."""
    history = History(office, clerk)
    history.say(words.OpenRegisterBook(organ="TU", direction="incoming", year=2026, first_number=101))
    for number in range(60):
        history.incoming.append(_arrive(history, office, number))
        _handle(history, office, number)
    for number in range(30):
        outcome = history.say(office.issuing(**_issued(number)))
        history.outgoing.append(outcome.decision[0][0].ref.id)
        _send(history, history.outgoing[-1], number)
    history.say(words.CloseRegisterBook(book_id="vptu-den-2025"))
    return history


def _arrive(history: History, office: "Scenario", number: int) -> str:
    if number == 7:
        said: Mapping[str, Any] = {"number_notation": "47/2024/QH15", "issuer": "Quốc hội", "document_type": "Luật"}
    elif number % 10 == 9:
        said = {"number_notation": "0-CV/BTCTU", "issuer": "Ban tổ chức Tỉnh uỷ", "issued_on": date(2025, 10, 1)}
    else:
        said = {"number_notation": f"{number}-CV/BTCTU" if number % 6 else None, "issuer": ISSUERS[number % 5]}
    earlier = number % 7 == 3
    command = office.registering(
        **{
            "organ": "TU" if number % 3 == 1 else "VPTU",
            "arrived_on": date(2025, 12, 20) if earlier else date(2026, 11, 1 + number % 20),
            "issued_on": date(2025, 10, 1 + number % 25),
            "summary": SUMMARIES[number % 3].format(number),
            "urgency": URGENCIES[number % 4],
            "recipient": "Thường trực Tỉnh ủy" if number % 2 else None,
            "note": "Kèm phụ lục" if number % 4 == 0 else None,
            **said,
        }
    )
    return history.say(command).decision[0][0].ref.id


def _handle(history: History, office: "Scenario", number: int) -> None:
    id, lead, other = history.incoming[number], BOARDS[number % 3], BOARDS[(number + 1) % 3]
    way = number % 12
    if way == 1:
        history.say(words.CancelIncomingNumber(document_id=id, reason="Đăng ký nhầm sổ."))
    if way < 2:
        return
    due = date(2026, 12, 1 + number % 28)
    supporting = () if way % 2 else (other,)
    opinion = "Giao chủ trì tham mưu." if way % 3 else None
    history.say(
        office.directing(document_id=id, lead_board=lead, supporting_boards=supporting, deadline=due, opinion=opinion)
    )
    done = words.CompleteDocument(document_id=id, evidence=words.Evidence(reply_notation=f"{number}-CV/{lead}"))
    account = words.CompleteDocument(document_id=id, evidence=words.Evidence(account="Đã báo cáo."))
    ways: dict[int, list[tuple[Command, int]]] = {
        3: [(words.AcknowledgeReceipt(document_id=id, received_by="Phạm Quốc Bảo"), 0)],
        4: [(words.ForwardDocument(document_id=id, to_board=other, reason="Đúng thẩm quyền hơn."), 1)],
        5: [(words.HandBackDocument(document_id=id, reason="Không thuộc chức năng."), 1)],
        6: [(words.RecallDirection(document_id=id, reason="Điều chỉnh."), 1)],
        7: [(words.MarkDeadlineApproaching(document_id=id, deadline=due), 2)],
        8: [(words.MarkDeadlineMissed(document_id=id, deadline=due), 60)],
        9: [(done, 1)],
        10: [(words.AcknowledgeReceipt(document_id=id, received_by="Lê Văn Hùng"), 0), (account, 90)],
        11: [
            (words.HandBackDocument(document_id=id, reason="Không thuộc chức năng."), 1),
            (office.directing(document_id=id, lead_board=other, deadline=due), 2),
            (words.MarkDeadlineApproaching(document_id=id, deadline=due), 3),
            (words.CancelIncomingNumber(document_id=id, reason="Đăng ký trùng."), 4),
        ],
    }
    for command, day in ways.get(way, []):
        history.say(command, day)


def _issued(number: int) -> dict[str, Any]:
    type_code = ("CV", "QĐ", "NQ")[number % 3]
    common = {
        "type_code": type_code,
        "summary": SUMMARIES[number % 3].format(number),
        "issued_on": date(2026, 1 + number % 10, 15),
        "urgency": URGENCIES[number % 4],
        "recipients": ("Các huyện ủy", "Lưu Văn phòng")[: 1 + number % 2],
        "note": "Phát hành ngay" if number % 5 == 0 else None,
    }
    if number % 2:
        return {**common, "organ": "UBND", "system": "state", "term": None}
    return {**common, "organ": "TU" if number % 4 else "VPTU"}


def _send(history: History, id: str, number: int) -> None:
    if number % 5 == 1:
        history.say(words.CancelOutgoingNumber(document_id=id, reason="Không ban hành."))
    if number % 5 in (2, 3):
        signed = "Lê Văn Hùng" if number % 2 else None
        history.say(words.RecordDispatch(document_id=id, dispatched_on=date(2026, 11, 20), received_by=signed))
    if number % 5 in (3, 4):
        history.say(words.RecallOutgoing(document_id=id, reason="Sai thẩm quyền."), 1)
