"""What the register of assets is asked."""

from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import Field, StringConstraints

from contracts.assets.rows import (
    AssetHistoryRow,
    AssetRow,
    AssetTotals,
    AssetValueRow,
    AssetView,
    DueDayRow,
    DueState,
    LabelRow,
    LoanRow,
    RepairCostRow,
    RepairRow,
    TotalsBy,
    Upkeep,
    WearDueRow,
    WearRow,
    WearTotals,
)
from contracts.assets.values import (
    AssetId,
    AssetStatus,
    Condition,
    Dong,
    DueKind,
    ShortLine,
    Year,
)
from contracts.base import (
    Day,
    ListQuery,
    Page,
    Query,
    Role,
)
from contracts.organisation import On, PersonId, SearchText, SiteId, UnitId

ClassPart: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{1,4}(\.[0-9]{1,2})?$")]
"""A class of assets such as 5.3, or all classes of a group such as 5 or VH."""


class AssetFilter(Query):
    """What chooses assets by what holds of them."""

    unit_id: Annotated[UnitId | None, Field(description="In this unit's books.")] = None
    class_code: Annotated[ClassPart | None, Field(description="A class such as 5.3, or a group such as 5.")] = None
    site_id: SiteId | None = None
    division_id: UnitId | None = None
    room: ShortLine | None = None
    custodian_id: PersonId | None = None
    condition: Condition | None = None
    booked_from: Day | None = None
    booked_to: Day | None = None
    cost_from: Dong | None = None
    cost_to: Dong | None = None


class ListAssets(AssetFilter, ListQuery):
    """The register of assets as it stands: what every asset is, where it is, who answers for it, what it is worth."""

    answer = Page[AssetRow]

    status: AssetStatus | None = None
    gone: Annotated[bool, Field(description="Those that have left the books, instead.")] = False
    lent: bool | None = None
    lent_to_id: UnitId | None = None
    text: SearchText = None
    descending: bool = False
    sort: Literal["tag", "name", "booked_on", "cost"] = "tag"


class GetAsset(Query):
    """Everything that is known of one asset: its card with every change of value, and its life."""

    answer = AssetView

    asset_id: AssetId


class FindAssetByTag(Query):
    """The asset whose label was scanned: by its tag in any case, its id, or its code in earlier books."""

    answer = AssetRow

    tag: Annotated[ShortLine, Field(description="What the label says.")]


class ListAssetHistory(ListQuery):
    """The life of one asset, fact after fact."""

    answer = Page[AssetHistoryRow]

    asset_id: AssetId
    from_day: Day | None = None
    to_day: Day | None = None
    descending: bool = False
    sort: Literal["recorded"] = "recorded"


class ListAssetValues(AssetFilter, ListQuery):
    """What every asset was or will be worth at the end of a day; filters mean that day too."""

    answer = Page[AssetValueRow]

    on: On = None
    descending: bool = False
    sort: Literal["tag"] = "tag"


class GetAssetTotals(AssetFilter):
    """What a group of assets was or will be worth at the end of a day; filters mean that day too."""

    answer = AssetTotals

    on: On = None
    by: TotalsBy = "nothing"


class ListWear(ListQuery):
    """The table of wear of a year: what was charged on each asset."""

    answer = Page[WearRow]

    year: Year
    unit_id: Annotated[UnitId | None, Field(description="Charged by this unit.")] = None
    class_code: ClassPart | None = None
    descending: bool = False
    sort: Literal["tag"] = "tag"


class GetWearTotals(Query):
    """The table of wear of a year by class and unit, and what is still to be charged."""

    allowed: ClassVar[frozenset[Role]] = Query.allowed | {"service"}
    answer = WearTotals

    year: Year
    unit_id: UnitId | None = None


class ListWearDue(ListQuery):
    """The assets whose wear of a year is still to be charged."""

    allowed: ClassVar[frozenset[Role]] = Query.allowed | {"service"}
    answer = Page[WearDueRow]

    year: Year
    unit_id: Annotated[UnitId | None, Field(description="To be charged by this unit.")] = None
    behind: Annotated[bool, Field(description="Those of which an earlier year must be charged first, instead.")] = False
    descending: bool = False
    sort: Literal["tag"] = "tag"


class ListDueDays(ListQuery):
    """The days on which assets need something: maintenance, insurance, inspection, or to come back."""

    answer = Page[DueDayRow]

    due_to: Annotated[Day | None, Field(description="Due on this day or before.")] = None
    kind: DueKind | None = None
    state: DueState | None = None
    unit_id: UnitId | None = None
    descending: bool = False
    sort: Literal["due_on"] = "due_on"


class ListLoans(ListQuery):
    """What is lent, or ever was."""

    answer = Page[LoanRow]

    returned: Annotated[bool | None, Field(description="Only loans that ended, or only those that did not.")] = False
    unit_id: Annotated[UnitId | None, Field(description="Lent by this unit.")] = None
    to_unit_id: UnitId | None = None
    to_person_id: PersonId | None = None
    asset_id: AssetId | None = None
    due_to: Day | None = None
    descending: bool = False
    sort: Literal["due_on"] = "due_on"


class ListRepairs(ListQuery):
    """Repairs, maintenance, insurance and inspections with what they cost."""

    answer = Page[RepairRow]

    year: Year | None = None
    asset_id: AssetId | None = None
    unit_id: Annotated[UnitId | None, Field(description="In this unit's books on the day.")] = None
    upkeep: Upkeep | None = None
    from_day: Day | None = None
    to_day: Day | None = None
    sort: Literal["done_on"] = "done_on"


class ListRepairCosts(ListQuery):
    """What upkeep cost, year by year, by asset, unit or class."""

    answer = Page[RepairCostRow]

    by: Literal["asset", "unit", "class"] = "unit"
    year: Year | None = None
    unit_id: UnitId | None = None
    sort: Literal["year", "total_vnd"] = "year"


class ListLabels(AssetFilter, ListQuery):
    """What to print on labels: of assets in the books."""

    answer = Page[LabelRow]

    asset_ids: Annotated[tuple[AssetId, ...] | None, Field(max_length=500, description="Only these.")] = None
    limit: Annotated[int, Field(ge=1, le=1000, description="Rows on a page.")] = 200
    descending: bool = False
    sort: Literal["tag"] = "tag"


REGISTER_QUERIES: tuple[type[Query], ...] = (
    ListAssets,
    GetAsset,
    FindAssetByTag,
    ListAssetHistory,
    ListAssetValues,
    GetAssetTotals,
    ListWear,
    GetWearTotals,
    ListWearDue,
    ListDueDays,
    ListLoans,
    ListRepairs,
    ListRepairCosts,
    ListLabels,
)
