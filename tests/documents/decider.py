"""Given these facts, when this is said, then those facts, or a refusal, or nothing."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid5

from contracts import documents as words
from contracts.base import Actor, Command, Event, Invalid, Refusal, Refused, Role
from services.documents.deciders.common import HANOI, rules
from services.documents.service import DOCUMENTS
from services.runtime.manifest import Decision, Given, Ref, Seen

E = TypeVar("E", bound=Event)

RULES = rules()
_OF_COMMAND = {rule.command: rule for rule in DOCUMENTS.commands}
_AGGREGATES = {aggregate.name: aggregate for aggregate in DOCUMENTS.aggregates}
_SPACE = UUID("6f1c2f0a-7f0e-4a39-9c53-0a2f5c7a1b11")


def speaker(*roles: Role, board: str | None = None) -> Actor:
    """Return somebody with these roles."""
    return Actor(id="user:nguyen.thi.hoa", name="Nguyễn Thị Hoa", roles=roles, board=board)


CLERK = speaker("clerk", board="VPTU")


def at(text: str) -> datetime:
    """Return a moment in UTC from the office's own clock, such as `2026-11-23 09:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=HANOI).astimezone(UTC)


NOW = at("2026-11-23 09:00")


def command_id(number: int) -> UUID:
    """Return the id of the command with this number; the same for ever."""
    return uuid5(_SPACE, str(number))


@dataclass(frozen=True)
class Outcome:
    """What a decision came to; exactly one of the three may be claimed of it."""

    decision: Decision
    refusal: Refused | None

    @property
    def events(self) -> tuple[Event, ...]:
        """The facts of the decision, in its order."""
        return tuple(event for _, event in self.decision)

    def then(self, *expected: Event) -> None:
        """Claim that exactly these facts came of it."""
        assert self.refusal is None, self.refusal
        assert self.events == expected

    def nothing(self) -> None:
        """Claim that it was accepted, and that there was nothing new to record."""
        self.then()

    def refused(self, refusal: Refusal, at_field: str | None = None) -> None:
        """Claim that it was refused with this code, for this field where one is at fault, and can be said to people."""
        assert self.refusal is not None, self.events
        assert (self.refusal.refusal.code, self.refusal.field) == (refusal.code, at_field)
        reply = self.refusal.reply()
        said = reply.fields[0] if isinstance(reply, Invalid) else reply
        assert "{" not in said.vi + said.en

    def one(self, kind: type[E]) -> E:
        """Return the one fact of this kind."""
        assert self.refusal is None, self.refusal
        (found,) = (event for event in self.events if isinstance(event, kind))
        return found


@dataclass
class Scenario:
    """An office in memory, decided by the rules of the documents desk."""

    states: dict[tuple[str, str], Any] = field(default_factory=dict)
    _own: list[Event] = field(default_factory=list)
    _said: int = 0

    def given(self, *events: Event, on: str | None = None) -> "Scenario":
        """Add facts of the aggregate `on` (as `book/vptu-den-2026`), or of the one the next command is about."""
        if on is None:
            self._own.extend(events)
        else:
            name, id = on.split("/")
            self._evolve(Ref(_AGGREGATES[name], id), events)
        return self

    def when(
        self, command: Command, *, actor: Actor = CLERK, now: datetime = NOW, number: int | None = None
    ) -> Outcome:
        """Decide, and keep what came of it; `number` names the command, the next one when left out."""
        self._said += 1
        given = Given(now, actor, command_id(self._said if number is None else number), RULES)
        rule = _OF_COMMAND[type(command)]
        try:
            refs = rule.involves(command, given)
            self._evolve(refs[0], self._own)
            self._own = []
            decision = rule.decide(command, given, *(Seen(ref, self.state(ref)) for ref in refs))
        except Refused as refused:
            return Outcome((), refused)
        for seen, event in decision:
            self._evolve(seen.ref, [event])
        return Outcome(decision, None)

    def state(self, ref: Ref) -> Any:
        """Return an aggregate's state after everything so far."""
        return self.states.get((ref.aggregate.name, ref.id), ref.aggregate.initial)

    def _evolve(self, ref: Ref, events: Any) -> None:
        for event in events:
            self.states[ref.aggregate.name, ref.id] = ref.aggregate.evolve(self.state(ref), event)

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
