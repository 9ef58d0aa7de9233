"""An asset's upkeep: repairs, maintenance and its plan, insurance, inspection, and what is said when a day is near."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from contracts import assets as words_of
from contracts.assets import DueKind
from contracts.base import Event
from services.assets.deciders.asset import Asset, Watch
from services.assets.deciders.common import due, today, unless_said
from services.assets.deciders.expectations import expect_held, happened_on
from services.runtime.manifest import Given


def record_repair(words: words_of.RecordRepair, given: Given, asset: Asset) -> Iterable[Event]:
    """A repair leaves a condition and never raises the cost (Thông tư 141/2025/TT-BTC, Điều 5)."""
    expect_held(asset, words.asset_id)
    happened_on(given, asset, "repaired_on", words.repaired_on)
    return unless_said(asset.repair, words_of.AssetRepaired(**words.model_dump(exclude={"asset_id"})))


def plan_maintenance(words: words_of.PlanMaintenance, given: Given, asset: Asset) -> Iterable[Event]:
    """One plan stands at a time; a new one replaces it."""
    expect_held(asset, words.asset_id)
    return unless_said(asset.plan, _planned(given, words.due_on, words.work, words.every_months))


def _planned(given: Given, due_on: date, work: str, every_months: int | None) -> words_of.MaintenancePlanned:
    watched = due(given, "maintenance", due_on, today(given), "due_on")
    return words_of.MaintenancePlanned(**watched, work=work, every_months=every_months)


def record_maintenance(words: words_of.RecordMaintenance, given: Given, asset: Asset) -> Iterable[Event]:
    """Maintenance fulfils the plan that stands; with an interval the next one is planned from the day it was done."""
    expect_held(asset, words.asset_id)
    done_on = happened_on(given, asset, "done_on", words.done_on)
    recorded = words_of.MaintenanceRecorded(**words.model_dump(exclude={"asset_id"}))
    if recorded == asset.maintained:
        return
    yield recorded
    plan = asset.plan
    if plan and plan.every_months:
        next_on = _months_later(done_on, plan.every_months)
        while next_on <= today(given):
            next_on = _months_later(next_on, plan.every_months)
        yield _planned(given, next_on, plan.work, plan.every_months)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def record_insurance(words: words_of.RecordInsurance, given: Given, asset: Asset) -> Iterable[Event]:
    """An insurance replaces the one of its kind, and is watched until its last day."""
    expect_held(asset, words.asset_id)
    standing = asset.compulsory if words.coverage == "compulsory" else asset.voluntary
    kind: DueKind = "compulsory_insurance" if words.coverage == "compulsory" else "voluntary_insurance"
    insured = words_of.InsuranceRecorded(
        **due(given, kind, words.valid_to, words.valid_from, "valid_to"),
        **words.model_dump(exclude={"asset_id", "valid_to"}),
    )
    return unless_said(standing, insured)


def record_inspection(words: words_of.RecordInspection, given: Given, asset: Asset) -> Iterable[Event]:
    """An inspection replaces the one before, and is watched until its last day."""
    expect_held(asset, words.asset_id)
    happened_on(given, asset, "inspected_on", words.inspected_on)
    inspected = words_of.InspectionRecorded(
        **due(given, "inspection", words.valid_to, words.inspected_on, "valid_to"),
        **words.model_dump(exclude={"asset_id", "valid_to"}),
    )
    return unless_said(asset.inspection, inspected)


def mark_due_approaching(words: words_of.MarkDueApproaching, given: Given, asset: Asset) -> Iterable[Event]:
    """A day that still stands is said to be near, once."""
    watch = _watch(asset, words)
    if watch and not watch.approached and not watch.passed:
        yield words_of.DueApproached(kind=words.kind, due_on=words.due_on)


def mark_due_passed(words: words_of.MarkDuePassed, given: Given, asset: Asset) -> Iterable[Event]:
    """A day that still stands is said to have passed, once."""
    watch = _watch(asset, words)
    if watch and not watch.passed:
        yield words_of.DuePassed(kind=words.kind, due_on=words.due_on)


def _watch(asset: Asset, words: words_of.MarkDueApproaching | words_of.MarkDuePassed) -> Watch | None:
    return next((watch for watch in asset.watches if (watch.kind, watch.due_on) == (words.kind, words.due_on)), None)
