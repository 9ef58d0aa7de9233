"""What assets says, records and answers, in one list each."""

from uuid import UUID

from contracts.assets.commands import (
    ApproveDisposal,
    AssignCustodian,
    AttachFiles,
    CarryOutDisposal,
    ChargeWear,
    CorrectAsset,
    LendAsset,
    MarkDueApproaching,
    MarkDuePassed,
    MoveAsset,
    PlanMaintenance,
    ProposeDisposal,
    RecordCondition,
    RecordInspection,
    RecordInsurance,
    RecordMaintenance,
    RecordRepair,
    RegisterAsset,
    RejectDisposal,
    ReturnAsset,
    RevalueAsset,
    UpgradeAsset,
)
from contracts.assets.events import (
    AssetCorrected,
    AssetHandedOver,
    AssetLent,
    AssetMoved,
    AssetNumbered,
    AssetRegistered,
    AssetRepaired,
    AssetReturned,
    AssetRevalued,
    AssetUpgraded,
    ConditionRecorded,
    CustodianAssigned,
    DisposalApproved,
    DisposalCarriedOut,
    DisposalProposed,
    DisposalRejected,
    DueApproached,
    DuePassed,
    FilesAttached,
    InspectionRecorded,
    InsuranceRecorded,
    MaintenancePlanned,
    MaintenanceRecorded,
    WearCharged,
    WearRunRecorded,
)
from contracts.assets.handovers import HANDOVER_COMMANDS, HANDOVER_EVENTS, HANDOVER_QUERIES
from contracts.assets.queries import REGISTER_QUERIES
from contracts.assets.stocktakes import STOCKTAKE_COMMANDS, STOCKTAKE_EVENTS, STOCKTAKE_QUERIES
from contracts.assets.tools import TOOL_COMMANDS, TOOL_EVENTS, TOOL_QUERIES
from contracts.base import (
    Command,
    Event,
    Query,
)

COMMANDS: tuple[type[Command], ...] = (
    RegisterAsset,
    CorrectAsset,
    AttachFiles,
    MoveAsset,
    AssignCustodian,
    RecordCondition,
    LendAsset,
    ReturnAsset,
    RecordRepair,
    PlanMaintenance,
    RecordMaintenance,
    RecordInsurance,
    RecordInspection,
    MarkDueApproaching,
    MarkDuePassed,
    UpgradeAsset,
    RevalueAsset,
    ChargeWear,
    ProposeDisposal,
    RejectDisposal,
    ApproveDisposal,
    CarryOutDisposal,
    *HANDOVER_COMMANDS,
    *STOCKTAKE_COMMANDS,
    *TOOL_COMMANDS,
)
EVENTS: tuple[type[Event], ...] = (
    AssetNumbered,
    AssetRegistered,
    AssetCorrected,
    FilesAttached,
    AssetMoved,
    CustodianAssigned,
    ConditionRecorded,
    AssetLent,
    AssetReturned,
    AssetRepaired,
    MaintenancePlanned,
    MaintenanceRecorded,
    InsuranceRecorded,
    InspectionRecorded,
    DueApproached,
    DuePassed,
    AssetUpgraded,
    AssetRevalued,
    WearCharged,
    WearRunRecorded,
    DisposalProposed,
    DisposalRejected,
    DisposalApproved,
    DisposalCarriedOut,
    AssetHandedOver,
    *HANDOVER_EVENTS,
    *STOCKTAKE_EVENTS,
    *TOOL_EVENTS,
)
QUERIES: tuple[type[Query], ...] = (*REGISTER_QUERIES, *HANDOVER_QUERIES, *STOCKTAKE_QUERIES, *TOOL_QUERIES)


def asset_id(command_id: UUID) -> str:
    """Return the id of the asset that a registration with this command id creates."""
    return command_id.hex
