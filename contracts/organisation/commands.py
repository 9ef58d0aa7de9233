"""What organisation is told."""

from typing import Annotated, ClassVar, TypeAlias

from pydantic import Field

from contracts.base import (
    Command,
    Day,
    Line,
    Message,
    Paragraph,
    Role,
)
from contracts.organisation.values import (
    ADMINISTRATOR,
    CONTACTS,
    STAFFING,
    Account,
    AppointmentKind,
    Change,
    Count,
    DepartureReason,
    Email,
    Grantable,
    HeadcountKind,
    Lines,
    Name,
    PersonId,
    Phone,
    PostGroup,
    PostId,
    PostRank,
    Reason,
    ServiceLine,
    ShortLine,
    SiteId,
    Text,
    Tier,
    TransferId,
    UnitCode,
    UnitId,
    UnitKind,
    Until,
)

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
