"""What organisation records."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from contracts.base import (
    Event,
    Message,
    Notice,
)
from contracts.organisation.values import (
    AppointmentKind,
    Cap,
    Decision,
    DepartureReason,
    Grantable,
    HeadcountKind,
    PostGroup,
    PostRank,
    ServiceLine,
    Tier,
    UnitKind,
)

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
        if {"accountant", "cashier"} <= held:
            found.append(
                Notice(
                    code="accountant-and-cashier",
                    vi=f"{self.name} vừa là kế toán vừa là thủ quỹ; pháp luật kế toán không cho kiêm nhiệm, "
                    "đề nghị phân công cho hai người.",
                    en=f"{self.name} is both accountant and cashier, which the law on accounting forbids; "
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
