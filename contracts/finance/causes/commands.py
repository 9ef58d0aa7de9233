"""What finance says to itself when it hears what other desks do; people say none of it."""

from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import Field, StringConstraints

from contracts.base import Command, Day, Message, OrganCode, Role, Token
from contracts.finance.values import SERVICE, Cause, FiscalYear, LineCode, Name, Paper, SignedVnd, Vnd
from contracts.organisation import UnitId

CostKind: TypeAlias = Literal[
    "fuel", "tolls", "hired_car", "insurance", "inspection", "repair", "maintenance", "meeting"
]
"""Nhiên liệu; phí cầu đường, bến bãi; thuê xe; bảo hiểm; đăng kiểm, kiểm định; sửa chữa; bảo dưỡng; phục vụ họp."""
BookingKind: TypeAlias = Literal[
    "asset_purchase",
    "asset_construction",
    "asset_allocation",
    "asset_gift",
    "asset_surplus",
    "asset_joint_venture",
    "asset_lease_purchase",
    "asset_other",
    "asset_upgraded",
    "asset_revalued",
    "asset_handed_over",
    "asset_disposed",
]
"""An asset came into the books, by its origin; was improved; revalued; passed between units; left the books."""
Whose: TypeAlias = Literal["own", "giver", "receiver"]
"""Whose books a part of an entry is in: the one unit's; of two, the one that gives, or the one that gets."""
AssetClass: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{1,4}(\.[0-9]{1,2})?$")]


class Heard(Command):
    """Something another desk did."""

    allowed: ClassVar[frozenset[Role]] = SERVICE


class KnowUnit(Heard):
    """Keep which board a unit is, so that what it causes is told by board."""

    unit_id: UnitId
    board: OrganCode
    name: Name


class KnowThing(Heard):
    """Keep whose an asset or a car is, and what it is called, so that its costs are told by board and class."""

    thing_id: Token
    unit_id: UnitId | None = None
    class_code: AssetClass | None = None
    name: Name | None = None
    supplier: Annotated[Name | None, Field(description="Who hires it out.")] = None


class RecordCost(Heard):
    """Keep that a fact costs money; a request is then drafted for the board."""

    cost_id: Annotated[Token, Field(description="The thing that costs, so that told twice it costs once.")]
    kind: CostKind
    on: Day
    amount_vnd: Annotated[Vnd | None, Field(description="Left out: by the table of rates, for so many people.")] = None
    told: Name
    thing_id: Annotated[Token | None, Field(description="The asset or car it is for.")] = None
    unit_ids: Annotated[
        tuple[UnitId, ...], Field(max_length=60, description="Whose it is, where not the thing's.")
    ] = ()
    board: Annotated[OrganCode | None, Field(description="Whose it is, where the fact says so.")] = None
    supplier: Name | None = None
    paper: Paper | None = None
    people: Annotated[int | None, Field(ge=1, le=100_000)] = None
    sessions: Annotated[int, Field(ge=1, le=100, description="Half days.")] = 1
    asked: Annotated[tuple[Name, ...], Field(max_length=30, description="What was asked for, in words.")] = ()
    cause: Cause


class ValueMoved(Message):
    """By how much what a unit's assets cost, and what of it has worn, changes."""

    unit_id: UnitId
    whose: Whose = "own"
    cost_vnd: SignedVnd
    accumulated_vnd: SignedVnd


class RecordBooking(Heard):
    """Keep that the value of assets changed; an entry is then drafted for the ledger."""

    cost_id: Token
    kind: BookingKind
    on: Day
    told: Name
    class_code: AssetClass | None = None
    moved: Annotated[tuple[ValueMoved, ...], Field(min_length=1, max_length=400)]
    cause: Cause


class CountWear(Heard):
    """Keep what an asset's year of wear comes to, for its board."""

    year: FiscalYear
    unit_id: UnitId
    thing_id: Token
    wear_vnd: Vnd


class DraftWear(Heard):
    """Draft the entry of a year's wear as far as it was counted and not drafted yet: one for all boards."""

    year: FiscalYear
    cause: Cause


class LineMoved(Message):
    """By how much the estimate of a line changes."""

    line: LineCode
    amount_vnd: SignedVnd


class RecordEstimate(Heard):
    """Keep that an estimate was assigned or changed; its entry off the balance is then drafted."""

    cost_id: Token
    board: OrganCode
    on: Day
    told: Name
    lines: Annotated[tuple[LineMoved, ...], Field(min_length=1, max_length=1000)]
    cause: Cause
