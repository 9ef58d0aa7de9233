"""The words every service shares: commands, events, queries, who speaks, and the closed union of replies."""

import re
import unicodedata
from datetime import UTC, date, datetime
from typing import Annotated, Any, ClassVar, Generic, Literal, NamedTuple, Self, TypeAlias, TypeVar
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError


class Message(BaseModel):
    """Anything that goes over the wire: immutable, and nothing in it that is not in its schema."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, defer_build=True)


# --- values ---------------------------------------------------------------------------------------------------------

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffd]")
_LINE_BREAK = re.compile("[\t\n\u2028\u2029]")


def _clean(text: str) -> str:
    if _CONTROL.search(text):
        raise PydanticCustomError("control_characters", "contains control or unreadable characters")
    return unicodedata.normalize("NFC", text).strip()


def _one_line(text: str) -> str:
    if _LINE_BREAK.search(text.strip()):
        raise PydanticCustomError("line_break", "must be a single line")
    return _clean(text)


def _in_utc(moment: datetime) -> datetime:
    if not 1930 <= moment.year <= 2100:
        sentences = {"vi": "Thời điểm phải từ năm 1930 đến năm 2100.", "en": "It must lie between 1930 and 2100."}
        raise PydanticCustomError("far_moment", "must lie between the years 1930 and 2100", sentences)
    return moment.astimezone(UTC)


Line: TypeAlias = Annotated[str, AfterValidator(_one_line), Field(min_length=1)]
"""One line of text: NFC, trimmed, no control characters, not empty."""
Paragraph: TypeAlias = Annotated[str, AfterValidator(_clean), Field(min_length=1)]
"""Text of several lines: NFC, trimmed, no control characters but the line feed and the tab, not empty."""
Day: TypeAlias = Annotated[date, Field(ge=date(1930, 1, 1), le=date(2100, 12, 31))]
"""A calendar day in Asia/Ho_Chi_Minh, from 1930 to 2100."""
Instant: TypeAlias = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""A moment from 1930 to 2100, whatever its offset was, in UTC: PostgreSQL takes no offset of 16 hours or more."""
OrganCode: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-ZĐ0-9][A-ZĐa-zđ0-9.\-]{0,19}$")]
"""The letters an organ signs its documents with, such as VPTU, TU, BTCTU or ĐU."""
Token: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,127}$")]
"""An identifier that fits one token of a subject."""
Sha256: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 digest in lower-case hexadecimal."""


class Personal(Message):
    """What identifies a person: plain on its way in and to those who may know, sealed under the person's key between.

    Exactly one of three stands beside the pseudonym: `text` as it is said and shown; `sealed` as deciders, the log,
    snapshots and read models have it, opaque to all of them; `hidden` where an answer does not show it. `person` must
    say nothing about who it is by itself: it is not sealed, and stays when the person is erased (Law 91/2025/QH15 on
    the protection of personal data; Law on Denunciations 25/2018/QH14, articles 47 and 56).
    """

    person: Annotated[Token, Field(description="The person's pseudonym, such as the id of a party to a petition.")]
    text: Annotated[Paragraph | None, Field(max_length=4000, description="What identifies the person.")] = None
    sealed: Annotated[
        str | None,
        Field(
            pattern=r"^[A-Za-z0-9+/]+={0,2}$",
            max_length=24_000,
            description="Base64 of nonce and AES-256-GCM ciphertext; made by the service, not accepted from people.",
        ),
    ] = None
    hidden: Annotated[
        Literal["withheld", "erased", "unreadable"] | None,
        Field(
            description="In answers only. withheld: not for the speaker's roles; erased: the person's key is destroyed;"
            " unreadable: it does not open with the person's key."
        ),
    ] = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if sum(said is not None for said in (self.text, self.sealed, self.hidden)) != 1:
            raise PydanticCustomError("personal_shape", "must have person and text, and nothing else")
        return self


# --- who speaks -----------------------------------------------------------------------------------------------------

Role: TypeAlias = Literal[
    "clerk", "leader", "board", "reader", "administrator", "auditor", "accountant", "cashier", "service"
]
"""clerk: văn thư; leader: directs; board: handles what is assigned to its board; reader: sees the registers;
administrator: opens and closes books; auditor: reads trails and proofs, and is recorded doing so; accountant: kế toán,
checks and posts; cashier: thủ quỹ, pays and receives; service: a policy or a timer of the service itself."""


class Actor(Message):
    """The person or the service that speaks, as the office knows them."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z]+:[A-Za-z0-9@._\-]{1,100}$")]
    name: Annotated[Line, Field(max_length=100)]
    roles: tuple[Role, ...]
    board: OrganCode | None = None


class Meta(Message):
    """What travels with every command: its identity for ever, its speaker, and what led to it."""

    command_id: UUID
    actor: Actor
    correlation_id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9:._\-]{1,128}$")]
    causation_id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9:._\-]{1,128}$")] | None = None
    rehearsal: Annotated[bool, Field(description="Decide and answer, but record nothing.")] = False


# --- what is said ---------------------------------------------------------------------------------------------------


class Command(Message):
    """A wish, in the imperative; decided by one service."""

    allowed: ClassVar[frozenset[Role]] = frozenset()


class Notice(Message):
    """Something the speaker should know although the command was accepted."""

    code: str
    vi: str
    en: str


class Event(Message):
    """A fact, in the past tense; kept for ever, so its shape only grows."""

    def notices(self) -> tuple[Notice, ...]:
        """Return what the speaker should know of this fact, derived from the fact alone."""
        return ()


class Row(Message):
    """One line of a register or list; a field with `column` in its schema is a column of the legal layout."""


def column(number: int, title: str) -> Any:
    """Return what makes a row's field the legal layout's column of this number, with its Vietnamese title."""
    return Field(title=title, json_schema_extra={"column": number})


class Query(Message):
    """A question to one service's read models."""

    allowed: ClassVar[frozenset[Role]] = frozenset(
        {"clerk", "leader", "board", "reader", "administrator", "auditor", "accountant", "cashier"}
    )
    answer: ClassVar[type[BaseModel]]
    reveals: ClassVar[frozenset[Role]] = frozenset()
    """The roles to which `Personal` values of the answer are shown; to all others they are withheld."""

    after: Annotated[int, Field(ge=0, description="Answer only when this position of the log is shown.")] = 0
    as_of: Annotated[
        AwareDatetime | None, Field(description="Answer as recorded by this moment; `after` counts for nothing then.")
    ] = None
    as_of_position: Annotated[
        int | None,
        Field(ge=0, description="Answer as recorded up to this position of the log; not together with `as_of`."),
    ] = None

    @field_validator("as_of_position")
    @classmethod
    def _of_one_past(cls, position: int | None, fields: ValidationInfo) -> int | None:
        if position is not None and fields.data.get("as_of") is not None:
            raise PydanticCustomError("as_of_twice", "must not come with as_of")
        return position


class ListQuery(Query):
    """A question answered by pages of rows, in a stated order."""

    limit: Annotated[int, Field(ge=1, le=1000, description="Rows on a page.")] = 50
    cursor: Annotated[str | None, Field(max_length=1000, description="`next_cursor` of the page before.")] = None
    descending: bool = True


R = TypeVar("R", bound=Row)


class Page(Message, Generic[R]):
    """Rows in the order asked for, and the cursor of the next page; none when this is the last."""

    rows: tuple[R, ...]
    next_cursor: str | None = None


C = TypeVar("C", bound=Command)
Q = TypeVar("Q", bound=Query)


class CommandRequest(Message, Generic[C]):
    """The body of a message on `command.<service>.<name>`."""

    meta: Meta
    data: C


class QueryRequest(Message, Generic[Q]):
    """The body of a message on `query.<service>.<name>`."""

    actor: Actor
    correlation_id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9:._\-]{1,128}$")]
    data: Q


# --- what is answered -----------------------------------------------------------------------------------------------


class Refusal(NamedTuple):
    """A stable code with one Vietnamese and one English sentence that say what to do next; `{names}` are filled in."""

    code: str
    vi: str
    en: str
    legal_basis: str | None = None


class Recorded(Message):
    """An event as it stands in the log on the command's own aggregate."""

    id: str
    type: str
    subject: str
    data: Any


class Accepted(Message):
    """Done: the facts recorded, and the log's position to ask read models for with `after`."""

    outcome: Literal["accepted"] = "accepted"
    position: int
    recorded: tuple[Recorded, ...] = ()
    notices: tuple[Notice, ...] = ()


class Answered(Message):
    """A query's answer; `position` is how far the read model had followed the log."""

    outcome: Literal["answered"] = "answered"
    position: int
    result: Any


class FieldProblem(Message):
    """What is wrong with one field, and what to write instead."""

    field: str
    code: str
    vi: str
    en: str


class Invalid(Message):
    """The request itself is malformed; nothing was changed."""

    outcome: Literal["invalid"] = "invalid"
    code: str = "invalid"
    fields: tuple[FieldProblem, ...]


class Problem(Message):
    """Why something was not done: a stable code and what to do next."""

    code: str
    vi: str
    en: str
    legal_basis: str | None = None


class Rejected(Problem):
    """A rule of the office or of the law forbids it; nothing was changed."""

    outcome: Literal["rejected"] = "rejected"


class Forbidden(Problem):
    """This speaker may not do it; nothing was changed."""

    outcome: Literal["forbidden"] = "forbidden"


class Conflict(Problem):
    """Others changed the same thing at the same time, again and again; nothing was changed."""

    outcome: Literal["conflict"] = "conflict"


class Failed(Problem):
    """The service cannot do it now; with the same command id it may be asked again safely."""

    outcome: Literal["failed"] = "failed"


Reply: TypeAlias = Annotated[
    Accepted | Answered | Invalid | Rejected | Forbidden | Conflict | Failed, Field(discriminator="outcome")
]


class Refused(Exception):
    """Raised by a decider: the refusal with its values, and the field at fault where there is one."""

    def __init__(self, refusal: Refusal, field: str | None = None, **values: object) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
        self.field = field
        self.values = values

    def reply(self) -> Rejected | Invalid:
        """Return the answer to the speaker: `Invalid` when one field is at fault, else `Rejected`."""
        code, vi, en, legal_basis = self.refusal
        days = {name: f"{day:%d/%m/%Y}" for name, day in self.values.items() if isinstance(day, date)}
        vi, en = vi.format(**{**self.values, **days}), en.format(**self.values)
        if self.field is not None:
            return Invalid(fields=(FieldProblem(field=self.field, code=code, vi=vi, en=en),))
        return Rejected(code=code, vi=vi, en=en, legal_basis=legal_basis)


# --- the envelope ---------------------------------------------------------------------------------------------------


class CloudEvent(Message):
    """An event in the log: CloudEvents 1.0, structured JSON, with the speaker and the causes as extensions.

    A message of the log is a JSON array of these (the JSON batch format), all of one aggregate: the
    events of one decision, or of several decisions committed together. `id` is the command's id and
    the event's place in its decision; place 0 stands on the command's own aggregate.
    """

    specversion: Literal["1.0"] = "1.0"
    id: str
    source: str
    type: str
    subject: str
    time: datetime
    datacontenttype: Literal["application/json"] = "application/json"
    actor: str
    commandid: UUID
    correlationid: str
    causationid: str | None = None
    data: dict[str, Any]


def kebab(name: str) -> str:
    """Return `RegisterIncoming` as `register-incoming`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


def wire_name(message: type[Command] | type[Query]) -> str:
    """Return the last token of a message's subject and the last part of its HTTP path."""
    name = kebab(message.__name__)
    return re.sub(r"^(get|list|find)-", "", name) if issubclass(message, Query) else name
