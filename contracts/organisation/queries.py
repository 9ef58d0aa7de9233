"""What organisation is asked."""

from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import Field

from contracts.base import (
    Day,
    ListQuery,
    Page,
    Query,
    Role,
)
from contracts.organisation.rows import (
    AuthorityRow,
    AuthorityView,
    CapRow,
    Chart,
    ContactRow,
    PersonLifeRow,
    PersonRow,
    PostRow,
    RosterRow,
    SiteRow,
    StaffingRow,
    StaffingTotals,
    TransferLineRow,
    TransferRow,
    TransferView,
    UnitHistoryRow,
    UnitRow,
)
from contracts.organisation.values import (
    Account,
    AppointmentKind,
    Cap,
    Grantable,
    HeadcountKind,
    PersonId,
    PostGroup,
    PostId,
    PostRank,
    ServiceLine,
    SiteId,
    Tier,
    TransferId,
    TransferStatus,
    UnitId,
    UnitKind,
)

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


class GetStaffingTotals(Query):
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


class GetAccountAuthority(Query):
    """What an account may do on a day."""

    allowed: ClassVar[frozenset[Role]] = frozenset(
        {"clerk", "leader", "board", "reader", "administrator", "auditor", "accountant", "cashier", "service"}
    )
    answer = AuthorityView

    account: Account
    on: On = None
