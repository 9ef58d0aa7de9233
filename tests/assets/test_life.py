"""The rules of an asset's life: place, custodian, condition, files, lending, upkeep, and days that are watched."""

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from contracts import assets as words
from services.assets.policies.watch_due_days import WATCH_DUE_DAYS
from services.runtime.manifest import At

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.assets.decider import Desk

TODAY = date(2026, 11, 23)
ROOM = words.Place(site_id="ts2", division_id="p-qt", room="P. 305")
PHOTO = words.Attachment(kind="photo", name="mat-truoc.jpg", sha256="a" * 64, size_bytes=120_000)


def lending(asset_id: str, **changes: Any) -> words.LendAsset:
    return words.LendAsset(**{"asset_id": asset_id, "to_unit_id": "btctu", "due_on": date(2026, 12, 10), **changes})


def returning(asset_id: str, **changes: Any) -> words.ReturnAsset:
    return words.ReturnAsset(**{"asset_id": asset_id, "condition": "good", **changes})


def planning(asset_id: str, **changes: Any) -> words.PlanMaintenance:
    usual = {"asset_id": asset_id, "due_on": date(2026, 12, 1), "work": "Bảo dưỡng 10.000 km"}
    return words.PlanMaintenance(**{**usual, **changes})


def maintaining(asset_id: str, **changes: Any) -> words.RecordMaintenance:
    usual = {"asset_id": asset_id, "done_on": TODAY, "work": "Thay dầu", "cost_vnd": 1_200_000}
    return words.RecordMaintenance(**{**usual, **changes})


def insuring(asset_id: str, **changes: Any) -> words.RecordInsurance:
    usual = {
        "asset_id": asset_id,
        "coverage": "compulsory",
        "insurer": "Bảo Việt",
        "policy_number": "BV-1",
        "valid_from": TODAY,
        "valid_to": date(2027, 11, 22),
        "premium_vnd": 480_700,
    }
    return words.RecordInsurance(**{**usual, **changes})


def inspecting(asset_id: str, **changes: Any) -> words.RecordInspection:
    usual = {
        "asset_id": asset_id,
        "inspected_on": TODAY,
        "valid_to": date(2027, 5, 22),
        "inspected_by": "Trung tâm đăng kiểm 12-01D",
        "certificate_number": "KC-9",
    }
    return words.RecordInspection(**{**usual, **changes})


def test_an_asset_moves_within_its_unit_from_a_day_on(desk: "Desk") -> None:
    laptop = desk.asset()
    move = words.MoveAsset(asset_id=laptop, place=ROOM)
    desk.when(move).then(words.AssetMoved(from_place=words.Place(), place=ROOM, moved_on=TODAY))
    desk.when(move).nothing()
    earlier = words.MoveAsset(asset_id=laptop, place=words.Place(), moved_on=date(2026, 11, 20))
    desk.when(earlier).refused(words.CHANGED_LATER, "moved_on")
    hall = desk.when(desk.naming_hall()).id
    desk.when(words.MoveAsset(asset_id=hall, place=words.Place())).refused(words.DETAILS_UNFIT, "place.site_id")


def test_one_person_answers_for_an_asset_at_a_time(desk: "Desk") -> None:
    laptop = desk.asset(custodian_id=desk.LAN)
    to_hung = words.AssignCustodian(asset_id=laptop, custodian_id=desk.HUNG)
    desk.when(to_hung).then(words.CustodianAssigned(former_id=desk.LAN, custodian_id=desk.HUNG, since=TODAY))
    desk.when(to_hung).nothing()
    nobody = words.AssignCustodian(asset_id=laptop, custodian_id=None, since=date(2026, 11, 22))
    desk.when(nobody).refused(words.CHANGED_LATER, "since")


def test_a_board_speaks_for_its_own_things_only(desk: "Desk", speaker: "Callable[..., Any]") -> None:
    laptop = desk.asset(unit_id="ddu")
    worse = words.RecordCondition(asset_id=laptop, condition="damaged")
    desk.when(worse, actor=speaker("board", board="BTCTU")).refused(words.NOT_YOUR_UNIT)
    desk.when(worse, actor=speaker("board")).refused(words.NOT_YOUR_UNIT)
    desk.when(worse, actor=speaker("board", board="ĐU")).one(words.ConditionRecorded)
    desk.when(worse).nothing()


def test_a_file_is_attached_once(desk: "Desk") -> None:
    laptop = desk.asset()
    attach = words.AttachFiles(asset_id=laptop, files=(PHOTO, PHOTO))
    desk.when(attach).then(words.FilesAttached(files=(PHOTO,)))
    desk.when(attach).nothing()


def test_what_is_lent_comes_back_on_time_or_late(desk: "Desk", at: "Callable[[str], Any]") -> None:
    laptop = desk.asset()
    lent = desk.when(lending(laptop)).one(words.AssetLent)
    assert (lent.kind, lent.lent_on, lent.due_on) == ("loan", TODAY, date(2026, 12, 10))
    assert (lent.remind_at, lent.overdue_at) == (at("2026-12-07 07:30"), at("2026-12-11 00:00"))
    desk.when(lending(laptop)).nothing()
    desk.when(lending(laptop, to_unit_id="ubkttu")).refused(words.ASSET_LENT_OUT)
    desk.when(returning(laptop, returned_on=date(2026, 11, 22))).refused(words.CHANGED_LATER, "returned_on")
    back = desk.when(returning(laptop, condition="damaged"), now=at("2026-12-11 08:00")).one(words.AssetReturned)
    assert (back.from_unit_id, back.late, back.condition) == ("btctu", True, "damaged")
    desk.when(returning(laptop)).refused(words.ASSET_NOT_LENT)
    desk.when(lending(laptop, lent_on=TODAY)).refused(words.CHANGED_LATER, "lent_on")


def test_a_loan_is_to_another_unit_until_a_day_after_it(desk: "Desk") -> None:
    laptop = desk.asset()
    desk.when(lending(laptop, to_unit_id="vptu")).refused(words.LENT_TO_OWNER, "to_unit_id")
    desk.when(lending(laptop, due_on=TODAY)).refused(words.DUE_DAY_PAST, "due_on")
    desk.has(words.ProposeDisposal(asset_id=laptop, method="sale", reason="Không còn nhu cầu."))
    desk.when(lending(laptop)).refused(words.DISPOSAL_UNDER_WAY)


def test_a_repair_leaves_a_condition_and_the_cost_as_it_was(desk: "Desk") -> None:
    laptop = desk.asset(condition="damaged")
    repair = words.RecordRepair(
        asset_id=laptop, repaired_on=TODAY, fault="Hỏng màn hình", work="Thay màn hình", cost_vnd=3_000_000
    )
    assert desk.when(repair).one(words.AssetRepaired).condition == "good"
    assert desk.value(laptop).cost_vnd == 21_000_000
    desk.when(repair).nothing()
    desk.when(words.RecordCondition(asset_id=laptop, condition="good")).nothing()
    before = repair.model_copy(update={"repaired_on": date(2026, 1, 1)})
    desk.when(before).refused(words.BEFORE_BOOKING, "repaired_on")


def test_maintenance_fulfils_its_plan_and_the_next_is_planned_from_its_day(desk: "Desk") -> None:
    car = desk.when(desk.buying_car()).id
    plan = desk.when(planning(car, every_months=6)).one(words.MaintenancePlanned)
    desk.when(planning(car, every_months=6)).nothing()
    done = desk.when(maintaining(car))
    assert done.one(words.MaintenanceRecorded).cost_vnd == 1_200_000
    assert done.one(words.MaintenancePlanned).due_on == date(2027, 5, 23)
    desk.when(maintaining(car)).nothing()
    stale = words.MarkDuePassed(asset_id=car, kind="maintenance", due_on=plan.due_on)
    desk.when(stale).nothing()
    desk.when(planning(car, due_on=TODAY)).refused(words.DUE_DAY_PAST, "due_on")


@pytest.mark.parametrize(("done_on", "next_on"), [((2026, 8, 31), (2027, 2, 28)), ((2026, 3, 31), (2027, 3, 30))])
def test_the_next_maintenance_is_on_a_day_there_is_and_to_come(
    desk: "Desk", done_on: tuple[int, int, int], next_on: tuple[int, int, int]
) -> None:
    car = desk.when(desk.buying_car()).id
    desk.has(planning(car, every_months=6))
    done = desk.when(maintaining(car, done_on=date(*done_on)))
    assert done.one(words.MaintenancePlanned).due_on == date(*next_on)


def test_a_plan_without_an_interval_ends_with_its_work(desk: "Desk") -> None:
    car = desk.when(desk.buying_car()).id
    desk.has(planning(car))
    assert desk.when(maintaining(car)).all(words.MaintenancePlanned) == ()


def test_each_insurance_and_the_inspection_are_watched_by_themselves(desk: "Desk") -> None:
    car = desk.when(desk.buying_car()).id
    kinds = [
        *(
            desk.when(insuring(car, coverage=way)).one(words.InsuranceRecorded).kind
            for way in ("compulsory", "voluntary")
        ),
        desk.when(inspecting(car)).one(words.InspectionRecorded).kind,
    ]
    assert kinds == ["compulsory_insurance", "voluntary_insurance", "inspection"]
    for wish in (insuring(car), insuring(car, coverage="voluntary"), inspecting(car)):
        desk.when(wish).nothing()
    desk.when(insuring(car, valid_to=TODAY)).refused(words.DUE_DAY_PAST, "valid_to")
    desk.when(inspecting(car, inspected_on=date(2026, 11, 24))).refused(words.DATE_IN_FUTURE, "inspected_on")


def test_a_day_that_still_stands_is_said_to_be_near_and_to_have_passed_once_each(desk: "Desk") -> None:
    car = desk.when(desk.buying_car()).id
    desk.has(inspecting(car), insuring(car))
    about: dict[str, Any] = {"asset_id": car, "kind": "inspection", "due_on": date(2027, 5, 22)}
    near, passed = words.MarkDueApproaching(**about), words.MarkDuePassed(**about)
    desk.when(near).then(words.DueApproached(kind="inspection", due_on=date(2027, 5, 22)))
    desk.when(near).nothing()
    desk.when(passed).then(words.DuePassed(kind="inspection", due_on=date(2027, 5, 22)))
    desk.when(passed).nothing()
    desk.when(near).nothing()
    desk.has(inspecting(car, valid_to=date(2028, 5, 22), certificate_number="KC-10"))
    desk.when(passed).nothing()
    desk.when(words.MarkDuePassed(asset_id="f" * 32, kind="loan", due_on=TODAY)).nothing()


def test_every_day_to_watch_sets_a_reminder_before_it_and_a_mark_after_it(
    desk: "Desk", at: "Callable[[str], Any]", fact: "Callable[..., Any]"
) -> None:
    car = desk.when(desk.buying_car()).id
    inspected = desk.when(inspecting(car)).one(words.InspectionRecorded)
    about: dict[str, Any] = {"asset_id": car, "kind": "inspection", "due_on": date(2027, 5, 22)}
    assert list(WATCH_DUE_DAYS.react(fact(inspected, car))) == [
        At(at("2027-04-22 07:30"), words.MarkDueApproaching(**about)),
        At(at("2027-05-23 00:00"), words.MarkDuePassed(**about)),
    ]
    watched = {kind for kind in words.EVENTS if issubclass(kind, words.Watched)}
    assert set(WATCH_DUE_DAYS.events.values()) == watched
