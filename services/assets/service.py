"""The assets desk: everything it decides and does by itself."""

from contracts import assets as words
from services.assets import handovers, register, stocktakes, tools
from services.assets.deciders import asset_disposal as disposal
from services.assets.deciders import asset_life as life
from services.assets.deciders import asset_registration as registration
from services.assets.deciders import asset_upkeep as upkeep
from services.assets.deciders import asset_value as value
from services.assets.deciders import wear_run
from services.assets.deciders.asset import ASSET
from services.assets.deciders.asset_book import BOOK
from services.assets.deciders.common import rules
from services.assets.policies.watch_due_days import WATCH_DUE_DAYS
from services.runtime.manifest import CommandRule, Service, decides


def _asset(command: words.AssetCommand) -> str:
    return command.asset_id


ASSETS = Service(
    name="assets",
    aggregates=(ASSET, BOOK, wear_run.WEAR_RUN, *handovers.AGGREGATES, *stocktakes.AGGREGATES, *tools.AGGREGATES),
    events=words.EVENTS,
    commands=(
        CommandRule(words.RegisterAsset, registration.registration_involves, registration.register_asset),
        decides(words.CorrectAsset, ASSET, _asset, registration.correct_asset),
        decides(words.AttachFiles, ASSET, _asset, life.attach_files),
        decides(words.MoveAsset, ASSET, _asset, life.move_asset),
        decides(words.AssignCustodian, ASSET, _asset, life.assign_custodian),
        decides(words.RecordCondition, ASSET, _asset, life.record_condition),
        decides(words.LendAsset, ASSET, _asset, life.lend_asset),
        decides(words.ReturnAsset, ASSET, _asset, life.return_asset),
        decides(words.RecordRepair, ASSET, _asset, upkeep.record_repair),
        decides(words.PlanMaintenance, ASSET, _asset, upkeep.plan_maintenance),
        decides(words.RecordMaintenance, ASSET, _asset, upkeep.record_maintenance),
        decides(words.RecordInsurance, ASSET, _asset, upkeep.record_insurance),
        decides(words.RecordInspection, ASSET, _asset, upkeep.record_inspection),
        decides(words.MarkDueApproaching, ASSET, _asset, upkeep.mark_due_approaching),
        decides(words.MarkDuePassed, ASSET, _asset, upkeep.mark_due_passed),
        decides(words.UpgradeAsset, ASSET, _asset, value.upgrade_asset),
        decides(words.RevalueAsset, ASSET, _asset, value.revalue_asset),
        CommandRule(words.ChargeWear, wear_run.charging_involves, wear_run.charge_wear),
        decides(words.ProposeDisposal, ASSET, _asset, disposal.propose_disposal),
        decides(words.RejectDisposal, ASSET, _asset, disposal.reject_disposal),
        decides(words.ApproveDisposal, ASSET, _asset, disposal.approve_disposal),
        decides(words.CarryOutDisposal, ASSET, _asset, disposal.carry_out_disposal),
        *handovers.COMMAND_RULES,
        *stocktakes.COMMAND_RULES,
        *tools.COMMAND_RULES,
    ),
    queries=(*register.QUERY_RULES, *handovers.QUERY_RULES, *stocktakes.QUERY_RULES, *tools.QUERY_RULES),
    policies=(WATCH_DUE_DAYS, *handovers.POLICIES, *stocktakes.POLICIES, *tools.POLICIES),
    rules=rules,
)
