"""What finance is asked of estimates; a board sees its own only."""

from typing import Annotated, ClassVar

from pydantic import Field

from contracts.base import Day, ListQuery, OrganCode, Page, Query, Role
from contracts.finance.budget.rows import (
    BudgetView,
    BurnDownRow,
    EstimateMoveRow,
    ExecutionBy,
    ExecutionRow,
    IndexKind,
    IndexRow,
    ItemSpentRow,
    LineLeftRow,
    MoneySourceRow,
    MoveKind,
    OverrideRow,
    SettlementView,
)
from contracts.finance.values import FINANCE_READER, REQUESTER, FiscalYear, ItemCode, LineCode, SourceCode


class BudgetQuery(Query):
    """A question about estimates, asked by whoever may see money."""

    allowed: ClassVar[frozenset[Role]] = FINANCE_READER


class GetBudget(BudgetQuery):
    """A board's year: every line, how its estimate came to be and what has become of it."""

    answer = BudgetView

    year: FiscalYear
    board: OrganCode


class ListExecution(BudgetQuery, ListQuery):
    """How estimates are executed, of one board or of all, by line, by item, by source or by board."""

    answer = Page[ExecutionRow]

    year: FiscalYear
    board: OrganCode | None = None
    source: SourceCode | None = None
    by: ExecutionBy = "line"
    descending: bool = False


class ListBurnDown(BudgetQuery, ListQuery):
    """Month by month what was spent and kept of an estimate, and how far the pace so far leads by the year's end."""

    answer = Page[BurnDownRow]

    year: FiscalYear
    board: OrganCode | None = None
    source: SourceCode | None = None
    line: LineCode | None = None
    on: Annotated[Day | None, Field(description="Up to which day the pace is measured; today when left out.")] = None
    descending: bool = False


class ListEstimateMoves(BudgetQuery, ListQuery):
    """Every decision about estimates: who moved what, when, and why."""

    answer = Page[EstimateMoveRow]

    year: FiscalYear | None = None
    board: OrganCode | None = None
    line: LineCode | None = None
    kind: MoveKind | None = None


class ListLinesLeft(BudgetQuery, ListQuery):
    """What is left of each line of a board now, and what would be after an amount: for whoever asks for money."""

    answer = Page[LineLeftRow]
    allowed: ClassVar[frozenset[Role]] = FINANCE_READER | REQUESTER

    year: FiscalYear
    board: OrganCode
    amount_vnd: Annotated[int, Field(strict=False, ge=0, le=1_000_000_000_000_000)] = 0
    special: Annotated[bool | None, Field(description="Only lines for special and unplanned spending.")] = None
    descending: bool = False


class ListItemsSpent(BudgetQuery, ListQuery):
    """What was spent under each item of each line (tiểu mục), by month and quarter."""

    answer = Page[ItemSpentRow]

    year: FiscalYear
    board: OrganCode | None = None
    line: LineCode | None = None
    descending: bool = False


class GetSettlement(BudgetQuery):
    """A board's settlement report (báo cáo quyết toán) of a year, with all that went beyond the estimate."""

    answer = SettlementView

    year: FiscalYear
    board: OrganCode


class ListOverrides(BudgetQuery, ListQuery):
    """All money let go beyond an estimate by authority, for the audit."""

    answer = Page[OverrideRow]

    year: FiscalYear | None = None
    board: OrganCode | None = None


class ListBudgetIndex(BudgetQuery, ListQuery):
    """The budget index in force on a day: chapters, clauses, items and sub-items."""

    answer = Page[IndexRow]
    allowed: ClassVar[frozenset[Role]] = FINANCE_READER | REQUESTER

    on: Annotated[Day | None, Field(description="Today when left out.")] = None
    kind: IndexKind | None = None
    of: Annotated[ItemCode | None, Field(description="Only what belongs to this item.")] = None
    special: bool | None = None
    descending: bool = False


class ListSources(BudgetQuery, ListQuery):
    """The sources of money in force on a day, with the accounts they are booked on."""

    answer = Page[MoneySourceRow]
    allowed: ClassVar[frozenset[Role]] = FINANCE_READER | REQUESTER

    on: Annotated[Day | None, Field(description="Today when left out.")] = None
    descending: bool = False
