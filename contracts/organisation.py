"""The words of organisation: units, sites, posts, people, transfers, contacts and authority, each with its dates."""

from datetime import date
from typing import Annotated, Any, ClassVar, Literal, TypeAlias
from uuid import UUID

from pydantic import Field, StringConstraints

from contracts.base import (
    Command,
    Day,
    Event,
    Line,
    ListQuery,
    Message,
    Notice,
    OrganCode,
    Page,
    Paragraph,
    Query,
    Refusal,
    Role,
    Row,
)

# --- values ---------------------------------------------------------------------------------------------------------

UnitKind: TypeAlias = Literal["committee", "body", "office", "division", "team"]
"""Cấp ủy hoặc cơ quan chủ quản; cơ quan, ban; văn phòng; phòng; tổ, đội."""
Tier: TypeAlias = Literal["TW", "TINH", "HUYEN", "XA"]
"""Trung ương, tỉnh, huyện (until 30/6/2025 only), xã."""
HeadcountKind: TypeAlias = Literal["civil_servant", "public_employee", "contract"]
"""Biên chế cán bộ, công chức; số lượng người làm việc (viên chức); lao động hợp đồng."""
PostGroup: TypeAlias = Literal["leadership", "professional", "shared_professional", "support"]
"""Lãnh đạo, quản lý; nghiệp vụ chuyên ngành; chuyên môn dùng chung; hỗ trợ, phục vụ."""
PostRank: TypeAlias = Literal["head", "deputy", "staff"]
"""Cấp trưởng; cấp phó; không giữ chức vụ lãnh đạo."""
AppointmentKind: TypeAlias = Literal["main", "concurrent", "acting", "secondment"]
"""Chính thức; kiêm nhiệm; phụ trách, quyền; biệt phái."""
DepartureReason: TypeAlias = Literal["retirement", "transfer_out", "resignation", "dismissal", "contract_end", "death"]
"""Nghỉ hưu; chuyển công tác; thôi việc; buộc thôi việc; hết hợp đồng; từ trần."""
ServiceLine: TypeAlias = Literal["clerical", "accounts", "vehicles_rooms", "it", "petitions"]
"""Văn thư; kế toán; xe, phòng họp; công nghệ thông tin; đơn thư."""
TransferStatus: TypeAlias = Literal["prepared", "carried_out", "cancelled"]
Cap: TypeAlias = Literal[
    "divisions_of_office",
    "people_of_division",
    "present_in_division",
    "deputies_of_division",
    "deputies_of_bodies",
    "people_of_office",
    "people_of_commune",
]
"""What the Party's rules on staffing set a fewest or a most for (domain: section 11.1)."""
UnitCode: TypeAlias = OrganCode
UnitId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""A unit's code as a token, such as btctu; a code is one unit's for ever."""
SiteId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
PostId: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*--[a-z0-9]+(-[a-z0-9]+)*$", max_length=128)
]
"""The unit's id, two hyphens, and the post's code as a token, such as vptu--ke-toan-vien."""
PersonId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
TransferId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Account: TypeAlias = Annotated[str, StringConstraints(pattern=r"^user:[A-Za-z0-9@._\-]{1,100}$")]
"""Who a person is to the software, such as user:lan."""
Phone: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9+][0-9 .\-]{2,29}$")]
Email: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[^@\s]{1,64}@[^@\s]{1,185}$")]
Name: TypeAlias = Annotated[Line, Field(max_length=200)]
ShortLine: TypeAlias = Annotated[Line, Field(max_length=100)]
Reason: TypeAlias = Annotated[Paragraph, Field(min_length=3, max_length=500)]
Text: TypeAlias = Annotated[Paragraph, Field(max_length=1000)]
Lines: TypeAlias = Annotated[tuple[Line, ...], Field(max_length=30)]
Count: TypeAlias = Annotated[int, Field(ge=0, le=10_000)]
Grantable: TypeAlias = Literal["clerk", "leader", "board", "reader", "administrator", "auditor"]
Until: TypeAlias = Annotated[Day | None, Field(description="The last day; open when left out.")]

STAFFING: frozenset[Role] = frozenset({"administrator", "leader"})
"""Who changes the organisation: the office's leaders and the administrators who enter their decisions."""
ADMINISTRATOR: frozenset[Role] = frozenset({"administrator"})
CONTACTS: frozenset[Role] = frozenset({"administrator", "leader", "board"})


class Decision(Message):
    """The paper a change rests on: số, ngày, cơ quan ban hành."""

    number: Annotated[Line, Field(max_length=50)]
    issued_on: Day
    issuer: Name


class Change(Message):
    """What every change of the organisation says: from which day on, and by which decision."""

    allowed: ClassVar[frozenset[Role]] = STAFFING

    effective_on: Annotated[Day, Field(description="The first day on which it holds.")]
    decision: Decision


# --- commands: units and sites --------------------------------------------------------------------------------------


class OpenSite(Change, Command):
    """Take a site (trụ sở) into use."""

    code: Annotated[Line, Field(max_length=20)]
    name: Name
    address: Name


class CloseSite(Change, Command):
    """Give a site up; units that work there must have moved."""

    site_id: SiteId


class EstablishUnit(Change, Command):
    """Establish a committee, body, office, division or team; its code stays its own for ever."""

    code: UnitCode
    name: Name
    kind: UnitKind
    tier: Tier = "TINH"
    parent_id: UnitId | None = None
    site_id: SiteId | None = None
    served: Annotated[bool, Field(description="Whether the shared office serves it.")] = False
    budget_chapter: Annotated[str | None, Field(pattern=r"^\d{3}$")] = None


class RenameUnit(Change, Command):
    """Give a unit another name; its code stays."""

    unit_id: UnitId
    name: Name


class MoveUnit(Change, Command):
    """Put a unit under another one, at another site, or both; what is left out stays as it is."""

    unit_id: UnitId
    parent_id: UnitId | None = None
    site_id: SiteId | None = None


class MergeUnits(Change, Command):
    """Merge units into one that exists; the others end the day before, and it is their successor."""

    into_id: UnitId
    unit_ids: Annotated[tuple[UnitId, ...], Field(min_length=1, max_length=30)]


class SplitUnit(Change, Command):
    """Split a unit: it ends the day before, and units that exist are its successors."""

    unit_id: UnitId
    into_ids: Annotated[tuple[UnitId, ...], Field(min_length=1, max_length=30)]


class DissolveUnit(Change, Command):
    """Dissolve a unit without a successor."""

    unit_id: UnitId


# --- commands: posts ------------------------------------------------------------------------------------------------


class CreatePost(Change, Command):
    """Create a post (vị trí việc làm) in a unit, with the fewest, the most and the norm of people in it."""

    unit_id: UnitId
    code: Annotated[Line, Field(max_length=30)]
    title: Name
    group: PostGroup
    headcount: HeadcountKind = "civil_servant"
    rank: PostRank = "staff"
    minimum: Annotated[Count, Field(description="The structure needs at least so many.")] = 0
    norm: Annotated[Count, Field(description="How many are assigned (biên chế được giao).")]
    maximum: Annotated[Count, Field(description="No more may hold it on any day.")]
    standard: Text | None = None
    training: Text | None = None
    duties: Lines = ()
    products: Lines = ()


class ChangePost(Change, Command):
    """Change a post's numbers: the fewest, the norm, the most."""

    post_id: PostId
    minimum: Count
    norm: Count
    maximum: Count


class DescribePost(Change, Command):
    """Write a post's description anew: title, standard, training, duties and products."""

    post_id: PostId
    title: Name
    standard: Text | None = None
    training: Text | None = None
    duties: Lines = ()
    products: Lines = ()


class ClosePosts(Change, Command):
    """Close posts of a unit that nobody holds any more: all of them or none."""

    unit_id: UnitId
    post_ids: Annotated[tuple[PostId, ...], Field(min_length=1, max_length=200)]


# --- commands: people -----------------------------------------------------------------------------------------------


class RegisterPerson(Command):
    """Enter a person who works for the office or a board."""

    allowed: ClassVar[frozenset[Role]] = STAFFING

    name: ShortLine
    born_on: Day | None = None
    headcount: HeadcountKind
    education: ShortLine | None = None
    phone: Phone | None = None
    email: Email | None = None
    account: Annotated[Account | None, Field(description="One person's for ever.")] = None


class CorrectPerson(Command):
    """Put right what is known of a person; what is left out stays as it is."""

    allowed: ClassVar[frozenset[Role]] = STAFFING

    person_id: PersonId
    name: ShortLine | None = None
    born_on: Day | None = None
    education: ShortLine | None = None
    phone: Phone | None = None
    email: Email | None = None
    account: Annotated[Account | None, Field(description="One person's for ever.")] = None


class ChangeHeadcountKind(Change, Command):
    """Count a person in another way from a day on, such as a contract worker recruited as a civil servant."""

    person_id: PersonId
    headcount: HeadcountKind


class AppointPerson(Change, Command):
    """Put a person into a post: as the main one, beside it, acting, or seconded, until a day where it is known."""

    person_id: PersonId
    post_id: PostId
    kind: AppointmentKind = "main"
    until: Until = None


class EndAppointment(Change, Command):
    """Release a person from a post; the effective day is the first one on which it is not held."""

    person_id: PersonId
    post_id: PostId


class RecordDeparture(Change, Command):
    """Record that a person leaves; all they hold ends the day before, posts and roles."""

    person_id: PersonId
    reason: DepartureReason
    post_ids: Annotated[
        tuple[PostId, ...], Field(max_length=20, description="Every post they hold on that day or later.")
    ] = ()


class RecordReturn(Change, Command):
    """Record that a person who left works here again from a day on."""

    person_id: PersonId


class TransferLine(Message):
    """One person of a transfer and the post they come to."""

    person_id: PersonId
    to_post_id: PostId


class CarriedLine(Message):
    """One person of a transfer as it is carried out: the post they leave, if any, and the one they take."""

    person_id: PersonId
    from_post_id: PostId | None = None
    to_post_id: PostId


TransferLines: TypeAlias = Annotated[tuple[TransferLine, ...], Field(min_length=1, max_length=200)]


class PrepareTransfer(Change, Command):
    """Draw up a batch of people who change posts on one day, such as 30 people of five boards on 1 January."""

    title: Name
    lines: TransferLines


class AmendTransfer(Command):
    """Replace the lines of a batch that was not carried out."""

    allowed: ClassVar[frozenset[Role]] = STAFFING

    transfer_id: TransferId
    lines: TransferLines


class CarryOutTransfer(Command):
    """Carry a batch out as it was agreed, line by line: everybody changes posts on its day, or nobody does."""

    allowed: ClassVar[frozenset[Role]] = STAFFING

    transfer_id: TransferId
    lines: Annotated[tuple[CarriedLine, ...], Field(min_length=1, max_length=200)]


class CancelTransfer(Command):
    """Drop a batch that was not carried out."""

    allowed: ClassVar[frozenset[Role]] = STAFFING

    transfer_id: TransferId
    reason: Reason


# --- commands: contacts and authority -------------------------------------------------------------------------------


class NameContact(Command):
    """Name a board's focal contact (đầu mối) and a substitute for one line of service, from a day on."""

    allowed: ClassVar[frozenset[Role]] = CONTACTS

    unit_id: UnitId
    line: ServiceLine
    person_id: PersonId
    substitute_id: PersonId | None = None
    effective_on: Day
    until: Until = None


class WithdrawContact(Command):
    """End a board's focal contact for a line of service from a day on."""

    allowed: ClassVar[frozenset[Role]] = CONTACTS

    unit_id: UnitId
    line: ServiceLine
    effective_on: Day


class GrantRole(Change, Command):
    """Give a person a role in the software from a day on; a board's role is for one unit."""

    allowed: ClassVar[frozenset[Role]] = ADMINISTRATOR

    person_id: PersonId
    role: Grantable
    unit_id: UnitId | None = None
    until: Until = None


class RevokeRole(Change, Command):
    """Take a role from a person from a day on, and from those it was delegated to."""

    allowed: ClassVar[frozenset[Role]] = ADMINISTRATOR

    person_id: PersonId
    role: Grantable


class DelegateAuthority(Change, Command):
    """Let one person act for another, with the other's roles, from a day to a day (ủy quyền)."""

    allowed: ClassVar[frozenset[Role]] = STAFFING

    from_person_id: PersonId
    to_person_id: PersonId
    roles: Annotated[tuple[Grantable, ...], Field(min_length=1, max_length=6)]
    until: Annotated[Day, Field(description="The last day.")]
    matter: Annotated[Paragraph | None, Field(max_length=500)] = None


class WithdrawDelegation(Command):
    """End what one person delegated to another from a day on."""

    allowed: ClassVar[frozenset[Role]] = STAFFING

    from_person_id: PersonId
    to_person_id: PersonId
    effective_on: Day


# --- events: sites, units and the chart -----------------------------------------------------------------------------


class CapPassed(Message):
    """A number that is outside what the rules on staffing allow."""

    cap: Cap
    value: int
    fewest: int | None = None
    most: int | None = None
    legal_basis: str


_CAPS: dict[Cap, tuple[str, str]] = {
    "divisions_of_office": ("Số phòng của văn phòng", "The number of divisions of the office"),
    "people_of_division": ("Biên chế của phòng", "The staffing norm of the division"),
    "present_in_division": ("Số người hiện có của phòng", "The number of people in the division"),
    "deputies_of_division": ("Số cấp phó của phòng", "The number of deputies of the division"),
    "deputies_of_bodies": ("Tổng số cấp phó của các cơ quan", "The number of deputies of all bodies"),
    "people_of_office": ("Biên chế của văn phòng", "The staffing norm of the office"),
    "people_of_commune": ("Biên chế của các cơ quan cấp xã", "The staffing norm of the commune's bodies"),
}


def cap_notice(passed: CapPassed) -> Notice:
    """Return the warning for a number outside what the rules allow."""
    vi, en = _CAPS[passed.cap]
    over = passed.most is not None and passed.value > passed.most
    limit = passed.most if over else passed.fewest
    return Notice(
        code="staffing-cap-passed",
        vi=f"{vi} là {passed.value}, {'vượt mức tối đa' if over else 'dưới mức tối thiểu'} {limit} "
        f"({passed.legal_basis}); đề nghị kiểm tra lại hoặc báo cáo cấp có thẩm quyền.",
        en=f"{en} is {passed.value}, {'above the most' if over else 'below the fewest'} {limit} "
        f"({passed.legal_basis}); check it or report to the competent authority.",
    )


class SiteOpened(Event):
    """A site was taken into use."""

    code: str
    name: str
    address: str
    effective_on: date
    decision: Decision


class SiteClosed(Event):
    """A site was given up; the day before was its last."""

    code: str
    name: str
    effective_on: date
    decision: Decision


class UnitFacts(Message):
    """What holds of a unit from a day on, by a decision; names are those of that time."""

    unit_code: str
    name: str
    kind: UnitKind
    tier: Tier
    parent_id: str | None = None
    parent_name: str | None = None
    site_id: str | None = None
    site_name: str | None = None
    served: bool = False
    budget_chapter: str | None = None
    stands_until: Annotated[date | None, Field(description="The last day its tier is lawful.")] = None
    effective_on: date
    decision: Decision


class OtherUnit(Message):
    """Another unit that a change is also about, as it was called."""

    unit_id: str
    unit_code: str
    name: str


class UnitEstablished(UnitFacts, Event):
    """A unit was established."""

    caps: tuple[CapPassed, ...] = ()

    def notices(self) -> tuple[Notice, ...]:
        """Return a warning for every number outside the rules on staffing."""
        return tuple(cap_notice(passed) for passed in self.caps)


class UnitRenamed(UnitFacts, Event):
    """A unit got another name."""

    former_name: str


class UnitMoved(UnitFacts, Event):
    """A unit came under another one, to another site, or both."""

    former_parent_id: str | None = None
    former_parent_name: str | None = None
    former_site_id: str | None = None
    former_site_name: str | None = None
    caps: tuple[CapPassed, ...] = ()

    def notices(self) -> tuple[Notice, ...]:
        """Return a warning for every number outside the rules on staffing."""
        return tuple(cap_notice(passed) for passed in self.caps)


class UnitSucceeded(UnitFacts, Event):
    """A unit became the successor of others that were merged into it, or of one that was split."""

    predecessors: tuple[OtherUnit, ...]
    way: Literal["merge", "split"]


class UnitMerged(UnitFacts, Event):
    """A unit was merged into another and is no more; the day before was its last."""

    last_day: date
    successor: OtherUnit


class UnitSplit(UnitFacts, Event):
    """A unit was split among others and is no more; the day before was its last."""

    last_day: date
    successors: tuple[OtherUnit, ...]


class UnitDissolved(UnitFacts, Event):
    """A unit was dissolved without a successor; the day before was its last."""

    last_day: date


class UnitPlaced(Event):
    """The chart of the office shows a unit in this place from a day on."""

    unit_id: str
    kind: UnitKind
    parent_id: str | None = None
    site_id: str | None = None
    stands_until: date | None = None
    effective_on: date


class UnitRemoved(Event):
    """The chart of the office no longer shows a unit from a day on."""

    unit_id: str
    effective_on: date


class SiteRemoved(Event):
    """The chart of the office no longer has room at a site from a day on."""

    site_id: str
    effective_on: date


# --- events: posts --------------------------------------------------------------------------------------------------


class PostFacts(Message):
    """What holds of a post from a day on, by a decision; names are those of that time."""

    unit_id: str
    unit_code: str
    unit_name: str
    code: str
    title: str
    group: PostGroup
    headcount: HeadcountKind
    rank: PostRank
    minimum: int
    norm: int
    maximum: int
    standard: str | None = None
    training: str | None = None
    duties: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    effective_on: date
    decision: Decision


class PostCreated(PostFacts, Event):
    """A post was created."""

    unit_norm: Annotated[int, Field(description="The norm of all posts of the unit after it.")]
    unit_deputies: Annotated[int, Field(description="The most deputies the unit's posts allow after it.")]
    caps: tuple[CapPassed, ...] = ()

    def notices(self) -> tuple[Notice, ...]:
        """Return a warning for every number outside the rules on staffing."""
        return tuple(cap_notice(passed) for passed in self.caps)


class PostChanged(PostFacts, Event):
    """A post's numbers changed."""

    former_minimum: int
    former_norm: int
    former_maximum: int
    unit_norm: int
    unit_deputies: int
    caps: tuple[CapPassed, ...] = ()

    def notices(self) -> tuple[Notice, ...]:
        """Return a warning for every number outside the rules on staffing."""
        return tuple(cap_notice(passed) for passed in self.caps)


class PostDescribed(PostFacts, Event):
    """A post's description was written anew."""

    former_title: str


class PostClosed(PostFacts, Event):
    """A post was closed; the day before was its last."""

    last_day: date


class PostPlanned(Event):
    """A unit has a post with these numbers."""

    post_id: str
    title: str
    rank: PostRank
    norm: int
    maximum: int
    effective_on: date


class ClosedPost(Message):
    """A post that was closed, as it was called."""

    post_id: str
    title: str


class PostsDropped(Event):
    """A unit gave posts up from a day on."""

    unit_code: str
    unit_name: str
    posts: tuple[ClosedPost, ...]
    unit_norm: int
    effective_on: date
    decision: Decision
    caps: tuple[CapPassed, ...] = ()

    def notices(self) -> tuple[Notice, ...]:
        """Return a warning for every number outside the rules on staffing."""
        return tuple(cap_notice(passed) for passed in self.caps)


class PostTaken(Event):
    """Somebody holds a post from a day on."""

    person_id: str
    kind: AppointmentKind
    effective_on: date
    until: date | None = None


class PostReleased(Event):
    """Somebody holds a post no longer; never did where the day is the first one."""

    person_id: str
    since: date
    effective_on: date


# --- events: people -------------------------------------------------------------------------------------------------


class PersonRegistered(Event):
    """A person was entered."""

    name: str
    born_on: date | None = None
    headcount: HeadcountKind
    education: str | None = None
    phone: str | None = None
    email: str | None = None
    account: str | None = None


class PersonCorrected(Event):
    """What is known of a person was put right; all of it as it is known now."""

    name: str
    born_on: date | None = None
    education: str | None = None
    phone: str | None = None
    email: str | None = None
    account: str | None = None
    former_name: str


class AccountTaken(Event):
    """An account became one person's for ever."""

    account: str
    person_id: str


class HeadcountKindChanged(Event):
    """A person is counted in another way from a day on."""

    name: str
    headcount: HeadcountKind
    former_headcount: HeadcountKind
    effective_on: date
    decision: Decision


class PersonAppointed(Event):
    """A person was put into a post."""

    name: str
    headcount: HeadcountKind
    post_id: str
    post_title: str
    post_group: PostGroup
    post_rank: PostRank
    post_headcount: HeadcountKind
    unit_id: str
    unit_code: str
    unit_name: str
    kind: AppointmentKind
    effective_on: date
    until: date | None = None
    decision: Decision
    transfer_id: str | None = None
    holders: Annotated[int, Field(description="The most who hold the post on a day of it.")]
    norm: int

    def notices(self) -> tuple[Notice, ...]:
        """Return a warning for a person of another kind than the post, and for a post held beyond its norm."""
        found = []
        if self.kind == "main" and self.headcount != self.post_headcount:
            vi, en = _HEADCOUNT[self.headcount], _HEADCOUNT[self.post_headcount]
            found.append(
                Notice(
                    code="headcount-mismatch",
                    vi=f"{self.name} là {vi[0]}, được bố trí vào vị trí của {en[0]}; "
                    "đề nghị kiểm tra lại quyết định bố trí.",
                    en=f"{self.name} is {vi[1]} in a post for {en[1]}; check the decision.",
                )
            )
        if self.kind != "acting" and self.holders > self.norm:
            found.append(
                Notice(
                    code="post-above-norm",
                    vi=f"Vị trí {self.post_title} có {self.holders} người, vượt định mức {self.norm}; "
                    "đề nghị có phương án sắp xếp.",
                    en=f"The post {self.post_title} has {self.holders} people, above its norm of {self.norm}; "
                    "plan how to even it out.",
                )
            )
        return tuple(found)


_HEADCOUNT: dict[HeadcountKind, tuple[str, str]] = {
    "civil_servant": ("cán bộ, công chức", "a civil servant"),
    "public_employee": ("viên chức", "a public employee"),
    "contract": ("lao động hợp đồng", "a contract worker"),
}


class AppointmentEnded(Event):
    """A person holds a post no longer."""

    name: str
    post_id: str
    post_title: str
    unit_id: str
    unit_code: str
    unit_name: str
    kind: AppointmentKind
    since: date
    last_day: date
    effective_on: date
    decision: Decision
    transfer_id: str | None = None
    remaining: Annotated[int, Field(description="How many hold the post on the effective day.")]
    minimum: int

    def notices(self) -> tuple[Notice, ...]:
        """Return a warning when fewer are left than the structure needs."""
        if self.transfer_id is not None or self.remaining >= self.minimum:
            return ()
        return (
            Notice(
                code="post-below-minimum",
                vi=f"Vị trí {self.post_title} còn {self.remaining} người, dưới mức tối thiểu {self.minimum}; "
                "đề nghị bố trí người thay thế.",
                en=f"The post {self.post_title} has {self.remaining} people left, below its minimum of "
                f"{self.minimum}; appoint somebody.",
            ),
        )


class AppointmentCancelled(Event):
    """An appointment was called off before its first day; the post was never held."""

    name: str
    post_id: str
    post_title: str
    unit_id: str
    unit_code: str
    unit_name: str
    kind: AppointmentKind
    since: date
    decision: Decision


class PersonDeparted(Event):
    """A person left; the day before was the last one."""

    name: str
    reason: DepartureReason
    effective_on: date
    last_day: date
    decision: Decision


class PersonReturned(Event):
    """A person who had left works here again."""

    name: str
    effective_on: date
    decision: Decision


# --- events: transfers ----------------------------------------------------------------------------------------------


class PlannedLine(Message):
    """One person of a transfer, with where they come from and where they go; names are those of that time."""

    person_id: str
    name: str
    headcount: HeadcountKind
    from_post_id: str | None = None
    from_post_title: str | None = None
    from_unit_id: str | None = None
    from_unit_code: str | None = None
    from_unit_name: str | None = None
    to_post_id: str
    to_post_title: str
    to_unit_id: str
    to_unit_code: str
    to_unit_name: str


class TransferTotal(Message):
    """How many people of a transfer come from a unit or go to it; no unit where they held no post before."""

    unit_id: str | None = None
    unit_code: str | None = None
    unit_name: str | None = None
    people: int


class TransferFacts(Message):
    """A transfer as it stands: its lines, and its totals by source and by target, which add up to `people`."""

    number: int
    year: int
    title: str
    effective_on: date
    decision: Decision
    lines: tuple[PlannedLine, ...]
    sources: tuple[TransferTotal, ...]
    targets: tuple[TransferTotal, ...]
    people: int


class TransferPrepared(TransferFacts, Event):
    """A batch of people who change posts on one day was drawn up."""


class TransferAmended(TransferFacts, Event):
    """The lines of a batch were replaced."""


class TransferCarriedOut(TransferFacts, Event):
    """A batch was carried out: everybody changed posts."""


class TransferCancelled(Event):
    """A batch was dropped before it was carried out."""

    number: int
    year: int
    title: str
    reason: str


class TransferNumbered(Event):
    """The year's next number went to a transfer."""

    number: int
    transfer_id: str


# --- events: contacts and authority ---------------------------------------------------------------------------------


class ContactNamed(Event):
    """A board named its focal contact for a line of service from a day on; it replaces who was named before."""

    unit_id: str
    unit_code: str
    unit_name: str
    line: ServiceLine
    person_id: str
    person_name: str
    substitute_id: str | None = None
    substitute_name: str | None = None
    effective_on: date
    until: date | None = None


class ContactWithdrawn(Event):
    """A board's focal contact for a line of service ended; the day before was the last one."""

    unit_id: str
    unit_code: str
    unit_name: str
    line: ServiceLine
    person_id: str
    person_name: str
    effective_on: date


class RoleGranted(Event):
    """A person was given a role in the software."""

    name: str
    account: str | None = None
    role: Grantable
    unit_id: str | None = None
    unit_code: str | None = None
    unit_name: str | None = None
    effective_on: date
    until: date | None = None
    decision: Decision
    beside: Annotated[tuple[Grantable, ...], Field(description="Other roles held on its first day.")] = ()

    def notices(self) -> tuple[Notice, ...]:
        """Return a warning when one person has to do what two should, and when there is no account to use it with."""
        found = []
        held = {self.role, *self.beside}
        if "administrator" in held and held & {"leader", "auditor", "clerk"}:
            found.append(
                Notice(
                    code="duties-not-separated",
                    vi=f"{self.name} vừa quản trị hệ thống vừa có vai trò nghiệp vụ hoặc kiểm tra; "
                    "đề nghị phân công cho hai người.",
                    en=f"{self.name} administers the system and also leads, registers or audits; "
                    "let two people do this.",
                )
            )
        if self.account is None:
            found.append(
                Notice(
                    code="no-account-yet",
                    vi=f"{self.name} chưa có tài khoản; đề nghị bổ sung tài khoản để sử dụng vai trò này.",
                    en=f"{self.name} has no account yet; add one so that the role can be used.",
                )
            )
        return tuple(found)


class RoleRevoked(Event):
    """A role ended for a person, from its first day where `last_day` is before `since`."""

    name: str
    role: Grantable
    unit_id: str | None = None
    since: date
    last_day: date
    effective_on: date
    decision: Decision


class AuthorityDelegated(Event):
    """One person let another act with their roles from a day to a day."""

    delegation_id: str
    from_name: str
    to_person_id: str
    to_name: str
    to_account: str | None = None
    roles: tuple[Grantable, ...]
    unit_id: Annotated[str | None, Field(description="The unit of a delegated board's role.")] = None
    unit_code: str | None = None
    effective_on: date
    until: date
    matter: str | None = None
    decision: Decision


class DelegationEnded(Event):
    """Roles of a delegation ended, from its first day where `last_day` is before its beginning."""

    delegation_id: str
    from_name: str
    to_person_id: str
    to_name: str
    roles: tuple[Grantable, ...]
    last_day: date
    effective_on: date


# --- rows -----------------------------------------------------------------------------------------------------------


def _column(number: int, title: str) -> Any:
    return Field(title=title, json_schema_extra={"column": number})


class SiteRow(Row):
    """A site with the units that work there on a day."""

    code: Annotated[str, _column(1, "Mã trụ sở")]
    name: Annotated[str, _column(2, "Tên trụ sở")]
    address: Annotated[str, _column(3, "Địa chỉ")]
    opened_on: Annotated[date, _column(4, "Sử dụng từ ngày")]
    last_day: Annotated[date | None, _column(5, "Đến hết ngày")]
    unit_count: Annotated[int, _column(6, "Số đơn vị làm việc")]
    site_id: str


class UnitRow(Row):
    """A unit as it is on a day, with the decision its present state rests on."""

    unit_code: Annotated[str, _column(1, "Ký hiệu")]
    name: Annotated[str, _column(2, "Tên đơn vị")]
    kind: Annotated[UnitKind, _column(3, "Loại")]
    tier: Annotated[Tier, _column(4, "Cấp")]
    parent_name: Annotated[str | None, _column(5, "Trực thuộc")]
    site_name: Annotated[str | None, _column(6, "Trụ sở")]
    served: Annotated[bool, _column(7, "Văn phòng phục vụ chung")]
    since: Annotated[date, _column(8, "Từ ngày")]
    decision_number: Annotated[str, _column(9, "Số quyết định")]
    decision_issued_on: Annotated[date, _column(10, "Ngày quyết định")]
    remarks: Annotated[str | None, _column(11, "Ghi chú")]
    unit_id: str
    parent_id: str | None
    site_id: str | None
    budget_chapter: str | None
    established_on: date
    last_day: Annotated[date | None, Field(description="Where the unit is no more, or will be.")]
    successor_ids: tuple[str, ...]


class ChartNode(Message):
    """A unit in the chart with its leaders, its head-count, and the units under it."""

    unit_id: str
    unit_code: str
    name: str
    kind: UnitKind
    tier: Tier
    head: str | None = None
    deputies: tuple[str, ...] = ()
    norm: int
    actual: int
    children: tuple["ChartNode", ...] = ()


class Chart(Message):
    """The chart of the organisation on a day: the units without a parent, and under each its own."""

    on: date
    roots: tuple[ChartNode, ...]
    unit_count: int
    norm: int
    actual: int


class UnitHistoryRow(Row):
    """A change of a unit and the decision behind it."""

    effective_on: Annotated[date, _column(1, "Từ ngày")]
    change: Annotated[str, _column(2, "Nội dung thay đổi")]
    before: Annotated[str | None, _column(3, "Trước")]
    after: Annotated[str | None, _column(4, "Sau")]
    decision_number: Annotated[str, _column(5, "Số quyết định")]
    decision_issued_on: Annotated[date, _column(6, "Ngày quyết định")]
    decision_issuer: Annotated[str, _column(7, "Cơ quan ban hành")]
    unit_id: str
    unit_code: str
    name: str
    way: Literal["established", "renamed", "moved", "succeeded", "merged", "split", "dissolved"]
    other_ids: tuple[str, ...]


class PostRow(Row):
    """A post on a day: norm against actual by head-count kind, and what is vacant."""

    unit_name: Annotated[str, _column(1, "Đơn vị")]
    code: Annotated[str, _column(2, "Mã vị trí")]
    title: Annotated[str, _column(3, "Tên vị trí việc làm")]
    group: Annotated[PostGroup, _column(4, "Nhóm")]
    headcount: Annotated[HeadcountKind, _column(5, "Loại biên chế")]
    minimum: Annotated[int, _column(6, "Tối thiểu")]
    norm: Annotated[int, _column(7, "Định mức")]
    maximum: Annotated[int, _column(8, "Tối đa")]
    actual: Annotated[int, _column(9, "Hiện có")]
    difference: Annotated[int, _column(10, "Thừa (+), thiếu (-)")]
    decision_number: Annotated[str, _column(11, "Số quyết định")]
    post_id: str
    unit_id: str
    unit_code: str
    rank: PostRank
    civil_servants: int
    public_employees: int
    contracts: int
    concurrent: int
    acting: int
    seconded_in: int
    seconded_out: int
    standard: str | None
    training: str | None
    duties: tuple[str, ...]
    products: tuple[str, ...]
    last_day: date | None


class RosterRow(Row):
    """A person in a post on a day."""

    name: Annotated[str, _column(1, "Họ và tên")]
    born_on: Annotated[date | None, _column(2, "Ngày sinh")]
    post_title: Annotated[str, _column(3, "Chức vụ, vị trí việc làm")]
    unit_name: Annotated[str, _column(4, "Đơn vị")]
    headcount: Annotated[HeadcountKind, _column(5, "Loại biên chế")]
    kind: Annotated[AppointmentKind, _column(6, "Hình thức")]
    since: Annotated[date, _column(7, "Từ ngày")]
    until: Annotated[date | None, _column(8, "Đến hết ngày")]
    decision_number: Annotated[str, _column(9, "Số quyết định")]
    education: Annotated[str | None, _column(10, "Trình độ")]
    remarks: Annotated[str | None, _column(11, "Ghi chú")]
    person_id: str
    post_id: str
    unit_id: str
    unit_code: str
    post_group: PostGroup
    rank: PostRank
    site_name: str | None
    phone: str | None
    email: str | None
    account: str | None


class PersonRow(Row):
    """A person who works or worked here, with what they hold on a day."""

    name: Annotated[str, _column(1, "Họ và tên")]
    born_on: Annotated[date | None, _column(2, "Ngày sinh")]
    headcount: Annotated[HeadcountKind, _column(3, "Loại biên chế")]
    post_title: Annotated[str | None, _column(4, "Chức vụ, vị trí việc làm")]
    unit_name: Annotated[str | None, _column(5, "Đơn vị")]
    education: Annotated[str | None, _column(6, "Trình độ")]
    phone: Annotated[str | None, _column(7, "Điện thoại")]
    email: Annotated[str | None, _column(8, "Thư điện tử")]
    departed_on: Annotated[date | None, _column(9, "Ngày thôi công tác tại cơ quan")]
    person_id: str
    account: str | None
    post_id: str | None
    unit_id: str | None
    held_post_ids: Annotated[
        tuple[str, ...], Field(description="All held on the day or later; RecordDeparture asks for them.")
    ]


class PersonLifeRow(Row):
    """One stretch or turn of a person's working life here, and the decision behind it."""

    since: Annotated[date, _column(1, "Từ ngày")]
    until: Annotated[date | None, _column(2, "Đến hết ngày")]
    content: Annotated[str, _column(3, "Nội dung")]
    unit_name: Annotated[str | None, _column(4, "Đơn vị")]
    decision_number: Annotated[str | None, _column(5, "Số quyết định")]
    decision_issued_on: Annotated[date | None, _column(6, "Ngày quyết định")]
    decision_issuer: Annotated[str | None, _column(7, "Cơ quan ban hành")]
    person_id: str
    turn: Literal["appointment", "headcount", "departure", "return"]
    kind: AppointmentKind | None
    post_id: str | None
    transfer_id: str | None


class StaffingRow(Row):
    """A unit's norm against its people on a day, by head-count kind; leaders and others add up to the total."""

    unit_name: Annotated[str, _column(1, "Đơn vị")]
    lowest: Annotated[int, _column(2, "Định mức từ")]
    norm: Annotated[int, _column(3, "Biên chế được giao")]
    highest: Annotated[int, _column(4, "Định mức đến")]
    actual: Annotated[int, _column(5, "Hiện có")]
    missing_from: Annotated[int, _column(6, "Thiếu từ")]
    missing_to: Annotated[int, _column(7, "Thiếu đến")]
    civil_servants: Annotated[int, _column(8, "Cán bộ, công chức")]
    public_employees: Annotated[int, _column(9, "Viên chức")]
    contracts: Annotated[int, _column(10, "Lao động hợp đồng")]
    leaders: Annotated[int, _column(11, "Lãnh đạo")]
    others: Annotated[int, _column(12, "Chuyên môn, nghiệp vụ, nhân viên")]
    contract_surplus: Annotated[int, _column(13, "Thừa hợp đồng lao động")]
    specialist_shortage: Annotated[int, _column(14, "Thiếu công chức chuyên môn")]
    leaders_per_ten: Annotated[float | None, _column(15, "Lãnh đạo trên 10 người")]
    unit_id: str
    unit_code: str
    kind: UnitKind
    tier: Tier
    civil_servant_norm: int
    public_employee_norm: int
    contract_norm: int
    seconded_in: int
    seconded_out: int
    concurrent: int
    adds_up: Annotated[bool, Field(description="Whether leaders and others, and the three kinds, give the total.")]
    imbalance: Annotated[bool, Field(description="Contract surplus beside specialist shortage in one unit.")]


class StaffingTotals(Row):
    """The staffing of a unit with all under it, or of everything, on a day; every sum is checked twice."""

    on: date
    unit_id: str | None
    unit_count: int
    lowest: int
    norm: int
    highest: int
    actual: int
    civil_servants: int
    public_employees: int
    contracts: int
    leaders: int
    others: int
    contract_surplus: int
    specialist_shortage: int
    leaders_per_ten: float | None
    contract_share: float | None
    adds_up: bool


class CapRow(Row):
    """A rule on staffing in force on a day, beside the number it is about."""

    unit_name: Annotated[str, _column(1, "Đơn vị")]
    cap_name: Annotated[str, _column(2, "Nội dung quy định")]
    fewest: Annotated[int | None, _column(3, "Tối thiểu")]
    most: Annotated[int | None, _column(4, "Tối đa")]
    value: Annotated[int, _column(5, "Thực tế")]
    warning: Annotated[str | None, _column(6, "Cảnh báo")]
    legal_basis: Annotated[str, _column(7, "Căn cứ")]
    unit_id: str | None
    cap: Cap
    state: Literal["within", "below", "above"]
    warning_en: str | None


class TransferRow(Row):
    """A transfer with its number, its day and how many people it is about."""

    number: Annotated[int, _column(1, "Số đợt")]
    year: Annotated[int, _column(2, "Năm")]
    title: Annotated[str, _column(3, "Nội dung điều động")]
    effective_on: Annotated[date, _column(4, "Từ ngày")]
    people: Annotated[int, _column(5, "Số người")]
    source_count: Annotated[int, _column(6, "Số đơn vị chuyển đi")]
    target_count: Annotated[int, _column(7, "Số đơn vị tiếp nhận")]
    decision_number: Annotated[str, _column(8, "Số quyết định")]
    decision_issued_on: Annotated[date, _column(9, "Ngày quyết định")]
    decision_issuer: Annotated[str, _column(10, "Cơ quan ban hành")]
    remarks: Annotated[str | None, _column(11, "Ghi chú")]
    transfer_id: str
    status: TransferStatus


class TransferLineRow(Row):
    """One person of a transfer, as on the list that goes with the decision."""

    place: Annotated[int, _column(1, "Số thứ tự")]
    name: Annotated[str, _column(2, "Họ và tên")]
    headcount: Annotated[HeadcountKind, _column(3, "Loại biên chế")]
    from_post_title: Annotated[str | None, _column(4, "Vị trí trước điều động")]
    from_unit_name: Annotated[str | None, _column(5, "Đơn vị trước điều động")]
    to_post_title: Annotated[str, _column(6, "Vị trí sau điều động")]
    to_unit_name: Annotated[str, _column(7, "Đơn vị sau điều động")]
    transfer_id: str
    person_id: str
    from_post_id: str | None
    from_unit_id: str | None
    to_post_id: str
    to_unit_id: str


class TransferView(Row):
    """A transfer with its totals by source and target, which add up on both sides."""

    transfer: TransferRow
    sources: tuple[TransferTotal, ...]
    targets: tuple[TransferTotal, ...]
    adds_up: bool


class ContactRow(Row):
    """A board's focal contact for a line of service on a day: the address book of the shared office."""

    unit_name: Annotated[str, _column(1, "Đơn vị")]
    line: Annotated[ServiceLine, _column(2, "Lĩnh vực phục vụ")]
    person_name: Annotated[str | None, _column(3, "Đầu mối")]
    phone: Annotated[str | None, _column(4, "Điện thoại")]
    email: Annotated[str | None, _column(5, "Thư điện tử")]
    substitute_name: Annotated[str | None, _column(6, "Người thay thế")]
    substitute_phone: Annotated[str | None, _column(7, "Điện thoại người thay thế")]
    substitute_email: Annotated[str | None, _column(8, "Thư điện tử người thay thế")]
    since: Annotated[date | None, _column(9, "Từ ngày")]
    until: Annotated[date | None, _column(10, "Đến hết ngày")]
    remarks: Annotated[str | None, _column(11, "Ghi chú")]
    unit_id: str
    unit_code: str
    person_id: str | None
    substitute_id: str | None
    valid: Annotated[bool, Field(description="Somebody who works here on that day answers for the line.")]


class AuthorityRow(Row):
    """A role somebody has on a day, and by what."""

    name: Annotated[str, _column(1, "Họ và tên")]
    account: Annotated[str | None, _column(2, "Tài khoản")]
    role: Annotated[Grantable, _column(3, "Vai trò")]
    unit_name: Annotated[str | None, _column(4, "Đơn vị")]
    by: Annotated[Literal["grant", "delegation"], _column(5, "Hình thức")]
    from_name: Annotated[str | None, _column(6, "Người ủy quyền")]
    since: Annotated[date, _column(7, "Từ ngày")]
    until: Annotated[date | None, _column(8, "Đến hết ngày")]
    decision_number: Annotated[str, _column(9, "Số quyết định")]
    matter: Annotated[str | None, _column(10, "Nội dung ủy quyền")]
    person_id: str
    from_person_id: str | None
    unit_id: str | None
    unit_code: str | None
    delegation_id: str | None


class AuthorityView(Row):
    """What an account may do on a day: its roles, its board, and what each rests on."""

    account: str
    on: date
    person_id: str | None
    name: str | None
    roles: tuple[Grantable, ...]
    board: str | None
    rests_on: tuple[AuthorityRow, ...]


# --- queries --------------------------------------------------------------------------------------------------------

On: TypeAlias = Annotated[Day | None, Field(description="As of this day; today when left out.")]
Under: TypeAlias = Annotated[UnitId | None, Field(description="This unit and all that is under it on the day.")]
SearchText: TypeAlias = Annotated[
    str | None, Field(max_length=200, description="Words to find; accents and spelling variants do not matter.")
]


class ListSites(ListQuery):
    """The sites in use on a day, with how many units work at each."""

    answer = Page[SiteRow]

    on: On = None
    descending: bool = False
    sort: Literal["code"] = "code"


class ListUnits(ListQuery):
    """The units as they are on a day."""

    answer = Page[UnitRow]

    on: On = None
    under: Under = None
    parent_id: UnitId | None = None
    kind: UnitKind | None = None
    tier: Tier | None = None
    site_id: SiteId | None = None
    served: bool | None = None
    text: SearchText = None
    ended: Annotated[bool, Field(description="Those that were there once and are no more, instead.")] = False
    descending: bool = False
    sort: Literal["unit_code", "name", "since"] = "unit_code"


class GetChart(Query):
    """The chart of the organisation as of a day."""

    answer = Chart

    on: On = None
    unit_id: Annotated[UnitId | None, Field(description="Only this unit and what is under it.")] = None


class ListUnitHistory(ListQuery):
    """What became of a unit, or of all of them: every change with its decision."""

    answer = Page[UnitHistoryRow]

    unit_id: UnitId | None = None
    from_day: Day | None = None
    to_day: Day | None = None
    descending: bool = False
    sort: Literal["effective_on"] = "effective_on"


class ListPosts(ListQuery):
    """The posts of a day: norm against actual, by unit, group and kind."""

    answer = Page[PostRow]

    on: On = None
    unit_id: UnitId | None = None
    under: Under = None
    group: PostGroup | None = None
    headcount: HeadcountKind | None = None
    rank: PostRank | None = None
    state: Literal["vacant", "filled", "above_norm", "below_minimum"] | None = None
    text: SearchText = None
    descending: bool = False
    sort: Literal["post_id", "unit_name", "title"] = "post_id"


class ListRoster(ListQuery):
    """Who is in which post on a day."""

    answer = Page[RosterRow]

    on: On = None
    unit_id: UnitId | None = None
    under: Under = None
    post_id: PostId | None = None
    person_id: PersonId | None = None
    group: PostGroup | None = None
    headcount: HeadcountKind | None = None
    kind: AppointmentKind | None = None
    site_id: SiteId | None = None
    text: SearchText = None
    descending: bool = False
    sort: Literal["unit_name", "name", "since"] = "unit_name"


class ListPeople(ListQuery):
    """The people who work here on a day, those without a post included, or those who left."""

    answer = Page[PersonRow]

    on: On = None
    headcount: HeadcountKind | None = None
    without_post: bool | None = None
    departed: bool = False
    text: SearchText = None
    descending: bool = False
    sort: Literal["name"] = "name"


class GetPerson(Query):
    """One person with what they hold on a day."""

    answer = PersonRow

    person_id: PersonId
    on: On = None


class ListPersonLife(ListQuery):
    """One person's working life here: posts, kinds, departure and return, each with its decision."""

    answer = Page[PersonLifeRow]

    person_id: PersonId
    descending: bool = False
    sort: Literal["since"] = "since"


class ListStaffing(ListQuery):
    """Norm against actual for every unit of a day, and where contracts are too many beside too few specialists."""

    answer = Page[StaffingRow]

    on: On = None
    under: Under = None
    kind: UnitKind | None = None
    tier: Tier | None = None
    only: Literal["short", "surplus", "imbalance"] | None = None
    descending: bool = False
    sort: Literal["unit_name", "actual", "missing_to"] = "unit_name"


class GetStaffing(Query):
    """The totals of staffing on a day: leaders and others, the three kinds, norm and actual."""

    answer = StaffingTotals

    on: On = None
    under: Under = None


class ListCaps(ListQuery):
    """The rules on staffing in force on a day beside the numbers they are about, with warnings."""

    answer = Page[CapRow]

    on: On = None
    cap: Cap | None = None
    passed: Annotated[bool, Field(description="Only those with a warning.")] = False
    descending: bool = False
    sort: Literal["unit_name"] = "unit_name"


class ListTransfers(ListQuery):
    """The transfers of a year or of all years."""

    answer = Page[TransferRow]

    year: Annotated[int | None, Field(ge=1930, le=2100)] = None
    status: TransferStatus | None = None
    from_day: Day | None = None
    to_day: Day | None = None
    text: SearchText = None
    sort: Literal["number", "effective_on"] = "number"


class GetTransfer(Query):
    """One transfer with its totals by source board and target division."""

    answer = TransferView

    transfer_id: TransferId


class ListTransferLines(ListQuery):
    """The people of a transfer, as on the list that goes with its decision."""

    answer = Page[TransferLineRow]

    transfer_id: TransferId
    from_unit_id: UnitId | None = None
    to_unit_id: UnitId | None = None
    limit: Annotated[int, Field(ge=1, le=1000, description="Rows on a page.")] = 200
    descending: bool = False
    sort: Literal["place"] = "place"


class ListContacts(ListQuery):
    """The address book of the shared office on a day: who answers for which line of service in which board."""

    answer = Page[ContactRow]

    on: On = None
    unit_id: UnitId | None = None
    line: ServiceLine | None = None
    person_id: PersonId | None = None
    valid: bool | None = None
    descending: bool = False
    sort: Literal["unit_name"] = "unit_name"


class ListAuthority(ListQuery):
    """Who has which role on a day, and by what: a grant or a delegation."""

    allowed: ClassVar[frozenset[Role]] = frozenset({"administrator", "leader", "auditor"})
    answer = Page[AuthorityRow]

    on: On = None
    person_id: PersonId | None = None
    role: Grantable | None = None
    unit_id: UnitId | None = None
    by: Literal["grant", "delegation"] | None = None
    descending: bool = False
    sort: Literal["name"] = "name"


class GetAuthority(Query):
    """What an account may do on a day."""

    allowed: ClassVar[frozenset[Role]] = frozenset(
        {"clerk", "leader", "board", "reader", "administrator", "auditor", "service"}
    )
    answer = AuthorityView

    account: Account
    on: On = None


# --- refusals -------------------------------------------------------------------------------------------------------

DECISION_IN_FUTURE = Refusal(
    "decision-in-future",
    "Ngày ký quyết định {issued_on} ở tương lai (hôm nay là {today}); đề nghị kiểm tra lại ngày ký.",
    "The decision's date {issued_on} is in the future (today is {today}); check the date it was signed.",
)
ENDS_BEFORE_BEGINNING = Refusal(
    "ends-before-beginning",
    "Ngày cuối {until} trước ngày đầu {since}; đề nghị kiểm tra lại hai ngày này.",
    "The last day {until} is before the first day {since}; check both.",
)
CODE_UNREADABLE = Refusal(
    "code-unreadable",
    "Mã {code} không có chữ hoặc số nào; đề nghị đặt mã khác.",
    "The code {code} has no letter and no digit; choose another.",
)
SITE_CODE_TAKEN = Refusal(
    "site-code-taken",
    "Mã trụ sở {code} đã thuộc về {name}; đề nghị đặt mã khác.",
    "The site code {code} already belongs to {name}; choose another.",
)
SITE_UNKNOWN = Refusal(
    "site-unknown",
    "Không có trụ sở {site_id}; đề nghị xem danh sách trụ sở.",
    "There is no site {site_id}; see the list of sites.",
)
SITE_NOT_OPEN = Refusal(
    "site-not-open",
    "Trụ sở {name} không được sử dụng từ ngày {day}; đề nghị chọn trụ sở khác hoặc ngày khác.",
    "The site {name} is not in use from {day} on; choose another site or another day.",
)
SITE_IN_USE = Refusal(
    "site-in-use",
    "Từ ngày {day} còn đơn vị làm việc tại {name}: {units}; đề nghị chuyển các đơn vị này trước.",
    "From {day} on there are units working at {name}: {units}; move them first.",
)
TIER_NOT_IN_FORCE = Refusal(
    "tier-not-in-force",
    "Không có cấp {tier} vào ngày {day}; đề nghị chọn cấp tỉnh hoặc cấp xã.",
    "There is no tier {tier} on {day}; choose the province or the commune.",
    "Luật Tổ chức chính quyền địa phương số 72/2025/QH15",
)
UNIT_CODE_TAKEN = Refusal(
    "unit-code-taken",
    "Ký hiệu {code} đã thuộc về {name} và không dùng lại, kể cả khi đơn vị đó đã kết thúc; đề nghị đặt ký hiệu khác.",
    "The code {code} belongs to {name} and is not used again, even after that unit ended; choose another.",
)
UNIT_UNKNOWN = Refusal(
    "unit-unknown",
    "Không có đơn vị {unit_id}; đề nghị xem danh sách đơn vị.",
    "There is no unit {unit_id}; see the list of units.",
)
UNIT_NOT_YET = Refusal(
    "unit-not-yet",
    "{name} thành lập từ ngày {established_on}, chưa có vào ngày {day}; đề nghị kiểm tra lại ngày hiệu lực.",
    "{name} was established on {established_on} and is not there on {day}; check the effective day.",
)
UNIT_ENDED = Refusal(
    "unit-ended",
    "{name} kết thúc hoạt động, ngày cuối là {last_day}; không ghi nhận được thay đổi từ ngày {day}, "
    "đề nghị chọn đơn vị kế tiếp hoặc ngày khác.",
    "{name} ended, its last day is {last_day}; a change from {day} on cannot be recorded: "
    "choose its successor or another day.",
)
UNIT_CHANGED_LATER = Refusal(
    "unit-changed-later",
    "{name} đã có thay đổi từ ngày {changed_on}; thay đổi mới phải có hiệu lực từ ngày đó trở đi.",
    "{name} has a change from {changed_on}; a new one must take effect on that day or later.",
)
PARENT_NOT_THERE = Refusal(
    "parent-not-there",
    "{name} không có trong cơ cấu tổ chức vào ngày {day}; đề nghị chọn đơn vị cấp trên khác hoặc ngày khác.",
    "{name} is not in the chart on {day}; choose another parent or another day.",
)
PARENT_ENDS = Refusal(
    "parent-ends",
    "{name} đã có quyết định kết thúc, ngày cuối là {last_day}; đề nghị chọn đơn vị cấp trên khác.",
    "{name} is to end, its last day is {last_day}; choose another parent.",
)
UNIT_UNDER_ITSELF = Refusal(
    "unit-under-itself",
    "Đơn vị không thể trực thuộc {name} vì {name} là chính nó hoặc trực thuộc nó; đề nghị chọn đơn vị khác.",
    "The unit cannot be under {name}, because {name} is the unit itself or under it; choose another.",
)
UNIT_NAMED_TWICE = Refusal(
    "unit-named-twice",
    "Đơn vị {unit_id} được ghi hai lần; đề nghị ghi mỗi đơn vị một lần.",
    "The unit {unit_id} is named twice; name each unit once.",
)
UNIT_HAS_UNITS = Refusal(
    "unit-has-units",
    "Từ ngày {day} còn đơn vị trực thuộc {name}: {units}; đề nghị chuyển hoặc kết thúc các đơn vị này trước.",
    "From {day} on there are units under {name}: {units}; move or end them first.",
)
UNIT_HAS_POSTS = Refusal(
    "unit-has-posts",
    "{name} còn vị trí việc làm từ ngày {day}: {posts}; "
    "đề nghị điều động người giữ vị trí và kết thúc các vị trí này trước.",
    "{name} has posts from {day} on: {posts}; transfer their holders and close these posts first.",
)
POST_CODE_TAKEN = Refusal(
    "post-code-taken",
    "Mã vị trí {code} của đơn vị đã thuộc về vị trí {title}; đề nghị đặt mã khác.",
    "The unit's post code {code} already belongs to {title}; choose another.",
)
POST_UNKNOWN = Refusal(
    "post-unknown",
    "Không có vị trí việc làm {post_id}; đề nghị xem danh mục vị trí việc làm.",
    "There is no post {post_id}; see the list of posts.",
)
POST_NOT_YET = Refusal(
    "post-not-yet",
    "Vị trí {title} có từ ngày {created_on}, chưa có vào ngày {day}; đề nghị kiểm tra lại ngày hiệu lực.",
    "The post {title} is there from {created_on}, not yet on {day}; check the effective day.",
)
POST_CLOSED = Refusal(
    "post-closed",
    "Vị trí {title} đã kết thúc, ngày cuối là {last_day}; đề nghị chọn vị trí khác hoặc ghi ngày kết thúc sớm hơn.",
    "The post {title} is closed, its last day is {last_day}; choose another or end earlier.",
)
POST_CHANGED_LATER = Refusal(
    "post-changed-later",
    "Vị trí {title} đã có thay đổi từ ngày {changed_on}; thay đổi mới phải có hiệu lực từ ngày đó trở đi.",
    "The post {title} has a change from {changed_on}; a new one must take effect on that day or later.",
)
POST_NUMBERS = Refusal(
    "post-numbers",
    "Số tối thiểu {minimum}, định mức {norm}, tối đa {maximum} không hợp lệ; "
    "cần tối thiểu không quá định mức, định mức không quá tối đa, tối đa ít nhất là 1.",
    "The numbers minimum {minimum}, norm {norm}, maximum {maximum} do not follow each other; "
    "the minimum may not be above the norm, nor the norm above the maximum, which is at least 1.",
)
LEADER_GROUP = Refusal(
    "leader-group",
    "Cấp trưởng, cấp phó thuộc nhóm lãnh đạo, quản lý; đề nghị chọn nhóm này hoặc bỏ cấp bậc.",
    "Heads and deputies are of the leadership group; choose that group, or the rank of staff.",
)
HEAD_IS_ONE = Refusal(
    "head-is-one",
    "Vị trí cấp trưởng {title} chỉ có một người; đề nghị ghi tối đa là 1.",
    "The post of head, {title}, is for one person; give a maximum of 1.",
)
HEAD_IS_THERE = Refusal(
    "head-is-there",
    "{name} đã có vị trí cấp trưởng là {title}; đề nghị kết thúc vị trí đó trước hoặc chọn cấp phó.",
    "{name} already has a head, {title}; close that post first or choose deputy.",
)
POST_HELD_BY_MORE = Refusal(
    "post-held-by-more",
    "Vị trí {title} có {held} người vào ngày {day}, nhiều hơn số tối đa mới; đề nghị bố trí lại người trước.",
    "The post {title} has {held} holders on {day}, more than the new maximum; move people first.",
)
POST_NAMED_TWICE = Refusal(
    "post-named-twice",
    "Vị trí {post_id} được ghi hai lần; đề nghị ghi mỗi vị trí một lần.",
    "The post {post_id} is named twice; name each post once.",
)
POST_OF_ANOTHER_UNIT = Refusal(
    "post-of-another-unit",
    "Vị trí {post_id} không thuộc đơn vị {unit_id}; đề nghị kết thúc vị trí theo từng đơn vị.",
    "The post {post_id} is not one of unit {unit_id}; close posts unit by unit.",
)
POST_HELD = Refusal(
    "post-held",
    "Vị trí {title} có người giữ từ ngày {day} trở đi; đề nghị điều động hoặc thôi giữ vị trí trước.",
    "Somebody holds the post {title} on {day} or later; transfer or release them first.",
)
POST_FULL = Refusal(
    "post-full",
    "Vị trí {title} đã có {held} người vào ngày {day}, tối đa là {maximum}; "
    "đề nghị chọn vị trí khác, ngày khác hoặc điều chỉnh số tối đa.",
    "The post {title} has {held} holders on {day}, the most is {maximum}; "
    "choose another post or day, or change the maximum.",
)
PERSON_UNKNOWN = Refusal(
    "person-unknown",
    "Không có người với mã {person_id}; đề nghị kiểm tra lại trong danh sách cán bộ.",
    "There is no person {person_id}; check the list of people.",
)
PERSON_AWAY = Refusal(
    "person-away",
    "{name} không công tác tại cơ quan từ {since} đến {until}; đề nghị chọn thời gian khác hoặc ghi nhận việc trở lại.",
    "{name} does not work here from {since} to {until}; choose other days or record the return.",
)
ACCOUNT_TAKEN = Refusal(
    "account-taken",
    "Tài khoản {account} đã thuộc về người khác và không chuyển cho ai; đề nghị dùng tài khoản khác.",
    "The account {account} belongs to somebody else and is never passed on; use another.",
)
COUNTED_LATER = Refusal(
    "counted-later",
    "{name} đã có thay đổi loại biên chế từ ngày {changed_on}; thay đổi mới phải có hiệu lực từ ngày đó trở đi.",
    "{name} is counted in another way from {changed_on}; a new change must take effect on that day or later.",
)
NOT_AWAY = Refusal(
    "not-away",
    "{name} không phải người đã thôi công tác trước ngày {day}; đề nghị kiểm tra lại ngày trở lại.",
    "{name} had not left before {day}; check the day of return.",
)
POST_HELD_ALREADY = Refusal(
    "post-held-already",
    "{name} đã giữ vị trí {title} ({unit}) từ {since} đến {until}; đề nghị kiểm tra lại thời gian.",
    "{name} already holds the post {title} ({unit}) from {since} to {until}; check the days.",
)
MAIN_POST_HELD = Refusal(
    "main-post-held",
    "{name} đang giữ vị trí chính là {title} ({unit}) từ {since} đến {until}; "
    "đề nghị thôi giữ vị trí đó trước, lập đợt điều động, hoặc chọn kiêm nhiệm.",
    "{name} has the main post {title} ({unit}) from {since} to {until}; "
    "end it first, prepare a transfer, or appoint concurrently.",
)
MAIN_POST_NEEDED = Refusal(
    "main-post-needed",
    "{name} không có vị trí chính vào ngày {day} nên không thể kiêm nhiệm; đề nghị bổ nhiệm vị trí chính trước.",
    "{name} has no main post on {day} to have another beside; appoint to a main post first.",
)
POST_NOT_HELD = Refusal(
    "post-not-held",
    "{name} không giữ vị trí {post_id} vào ngày {day}; đề nghị xem quá trình công tác.",
    "{name} does not hold the post {post_id} on {day}; see the person's record.",
)
POSTS_TO_NAME = Refusal(
    "posts-to-name",
    "Từ ngày {day}, {name} giữ các vị trí: {posts}; đề nghị ghi đúng và đủ các vị trí này để kết thúc cùng lúc.",
    "From {day} on {name} holds: {posts}; name exactly these posts, so that all end together.",
)
TRANSFER_UNKNOWN = Refusal(
    "transfer-unknown",
    "Không có đợt điều động {transfer_id}; đề nghị xem danh sách các đợt điều động.",
    "There is no transfer {transfer_id}; see the list of transfers.",
)
TRANSFER_CANCELLED = Refusal(
    "transfer-cancelled",
    "Đợt điều động số {number}/{year} đã hủy; đề nghị lập đợt mới.",
    "Transfer {number}/{year} was cancelled; prepare another.",
)
TRANSFER_DONE = Refusal(
    "transfer-done",
    "Đợt điều động số {number}/{year} đã thực hiện từ ngày {day}; đề nghị lập đợt mới để thay đổi.",
    "Transfer {number}/{year} was carried out as of {day}; prepare another to change it.",
)
TRANSFER_GOES_NOWHERE = Refusal(
    "transfer-goes-nowhere",
    "{name} đang giữ vị trí {title}; đề nghị bỏ khỏi danh sách hoặc chọn vị trí khác.",
    "{name} already is in the post {title}; take them off the list or choose another post.",
)
TRANSFER_LIST_DIFFERS = Refusal(
    "transfer-list-differs",
    "Danh sách thực hiện khác danh sách đã thống nhất của đợt số {number}/{year}; "
    "đề nghị xem lại danh sách hoặc sửa đợt điều động.",
    "The list is not the one agreed for transfer {number}/{year}; read it again or amend the transfer.",
)
TRANSFER_OVERTAKEN = Refusal(
    "transfer-overtaken",
    "{name} không còn giữ vị trí ghi trong đợt số {number} mà giữ vị trí {title}; đề nghị sửa lại danh sách.",
    "{name} no longer holds the post written in transfer {number} but {title}; amend the list.",
)
PERSON_NAMED_TWICE = Refusal(
    "person-named-twice",
    "Người có mã {person_id} được ghi hai lần trong danh sách; đề nghị ghi mỗi người một lần.",
    "The person {person_id} is on the list twice; name each person once.",
)
SUBSTITUTE_IS_ANOTHER = Refusal(
    "substitute-is-another",
    "Người thay thế phải là người khác với đầu mối; đề nghị chọn người khác hoặc để trống.",
    "The substitute must be somebody else than the contact; choose another or leave it out.",
)
CONTACT_NAMED_LATER = Refusal(
    "contact-named-later",
    "Đã cử {name} làm đầu mối từ ngày {since}; việc cử mới phải có hiệu lực từ ngày đó trở đi.",
    "{name} is named from {since} on; a new naming must take effect on that day or later.",
)
NO_CONTACT = Refusal(
    "no-contact",
    "{name} không có đầu mối cho lĩnh vực này vào ngày {day}; đề nghị xem danh bạ đầu mối.",
    "{name} has no contact for this line on {day}; see the address book.",
)
CONTACT_OF_ANOTHER_BOARD = Refusal(
    "contact-of-another-board",
    "Đầu mối của {name} do chính đơn vị này, lãnh đạo văn phòng hoặc quản trị viên cử; đề nghị chuyển yêu cầu.",
    "The contacts of {name} are named by that board, the office's leaders or an administrator; pass it on to them.",
)
ROLE_AND_UNIT = Refusal(
    "role-and-unit",
    "Vai trò của ban (board) cần ghi đơn vị, các vai trò khác không ghi đơn vị (đang ghi vai trò {role}).",
    "The board role needs its unit, and other roles have none (the role given is {role}).",
)
ROLE_HELD = Refusal(
    "role-held",
    "{name} đã có vai trò {role} (đơn vị: {unit}) từ {since} đến {until}; đề nghị thu hồi trước hoặc chọn ngày khác.",
    "{name} has the role {role} (unit: {unit}) from {since} to {until}; revoke it first or choose other days.",
)
ROLE_NOT_HELD = Refusal(
    "role-not-held",
    "{name} không được giao vai trò {role} vào ngày {day}; đề nghị xem bảng phân quyền.",
    "{name} was not granted the role {role} on {day}; see the table of authority.",
)
TO_ONESELF = Refusal(
    "delegated-to-oneself",
    "Không thể ủy quyền cho chính mình; đề nghị chọn người khác.",
    "Nobody delegates to themselves; choose another person.",
)
DELEGATED_ALREADY = Refusal(
    "delegated-already",
    "{name} đã được ủy quyền vai trò {role} từ {since} đến {until}; đề nghị kết thúc ủy quyền đó hoặc chọn ngày khác.",
    "{name} already has the role {role} by delegation from {since} to {until}; withdraw it or choose other days.",
)
NOT_YOURS_TO_DELEGATE = Refusal(
    "not-yours-to-delegate",
    "Chỉ {name} hoặc quản trị viên được ghi nhận ủy quyền này; đề nghị chuyển yêu cầu.",
    "Only {name} or an administrator may enter this delegation; pass it on to them.",
)
NOTHING_DELEGATED = Refusal(
    "nothing-delegated",
    "{name} không có ủy quyền nào cho người này vào ngày {day}; đề nghị xem bảng phân quyền.",
    "{name} delegated nothing to this person on {day}; see the table of authority.",
)

# --- what this service says, records and answers ---------------------------------------------------------------------

COMMANDS: tuple[type[Command], ...] = (
    OpenSite,
    CloseSite,
    EstablishUnit,
    RenameUnit,
    MoveUnit,
    MergeUnits,
    SplitUnit,
    DissolveUnit,
    CreatePost,
    ChangePost,
    DescribePost,
    ClosePosts,
    RegisterPerson,
    CorrectPerson,
    ChangeHeadcountKind,
    AppointPerson,
    EndAppointment,
    RecordDeparture,
    RecordReturn,
    PrepareTransfer,
    AmendTransfer,
    CarryOutTransfer,
    CancelTransfer,
    NameContact,
    WithdrawContact,
    GrantRole,
    RevokeRole,
    DelegateAuthority,
    WithdrawDelegation,
)
EVENTS: tuple[type[Event], ...] = (
    SiteOpened,
    SiteClosed,
    UnitEstablished,
    UnitRenamed,
    UnitMoved,
    UnitSucceeded,
    UnitMerged,
    UnitSplit,
    UnitDissolved,
    UnitPlaced,
    UnitRemoved,
    SiteRemoved,
    PostCreated,
    PostChanged,
    PostDescribed,
    PostClosed,
    PostPlanned,
    PostsDropped,
    PostTaken,
    PostReleased,
    PersonRegistered,
    PersonCorrected,
    AccountTaken,
    HeadcountKindChanged,
    PersonAppointed,
    AppointmentEnded,
    AppointmentCancelled,
    PersonDeparted,
    PersonReturned,
    TransferPrepared,
    TransferAmended,
    TransferCarriedOut,
    TransferCancelled,
    TransferNumbered,
    ContactNamed,
    ContactWithdrawn,
    RoleGranted,
    RoleRevoked,
    AuthorityDelegated,
    DelegationEnded,
)
QUERIES: tuple[type[Query], ...] = (
    ListSites,
    ListUnits,
    GetChart,
    ListUnitHistory,
    ListPosts,
    ListRoster,
    ListPeople,
    GetPerson,
    ListPersonLife,
    ListStaffing,
    GetStaffing,
    ListCaps,
    ListTransfers,
    GetTransfer,
    ListTransferLines,
    ListContacts,
    ListAuthority,
    GetAuthority,
)


def person_id(command_id: UUID) -> str:
    """Return the id of the person that a registration with this command id creates."""
    return command_id.hex


def transfer_id(command_id: UUID) -> str:
    """Return the id of the transfer that a preparation with this command id creates."""
    return command_id.hex
