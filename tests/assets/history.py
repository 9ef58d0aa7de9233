"""A year of what an office owns in facts, as the log would hold it; and by other code, who owned what on any day."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from contracts import assets as words
from contracts import organisation
from contracts.base import Command, Event
from contracts.organisation import Decision
from services.runtime.envelope import PLACES, Fact

if TYPE_CHECKING:
    from tests.assets.decider import Desk
    from tests.scenario import Log, Outcome

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
UNITS = ("vptu", "btctu", "btgtu", "bdvtu", "ubkttu", "bnctu")
SITES = {"ts1": "Trụ sở Hùng Vương", "ts2": "Trụ sở Lê Lợi"}
PEOPLE = {str(number) * 32: name for number, name in enumerate(("Trần Thị Lan", "Lê Văn Hùng", "Vũ Ngọc Ánh"), 1)}
LAN, HUNG, ANH = PEOPLE
BEGINNING, MERGER = date(2026, 1, 5), date(2026, 7, 1)
PAST_DAYS = (date(2024, 12, 31), date(2025, 12, 31), date(2026, 6, 30), date(2026, 7, 1), date(2026, 12, 31))
"""Five days on which the office does not own what it did on the others, or not at the same value."""
OTHER_DAYS = (date(2019, 1, 1), date(2024, 12, 30), date(2026, 12, 30), date(2027, 1, 20), date(2029, 6, 30))
FAR_DAYS = (date(2031, 12, 31), date(2045, 5, 5))
DECISION = Decision(number="31-QĐ/TU", issued_on=date(2026, 1, 2), issuer="Ban Thường vụ Tỉnh ủy")
CAR = words.VehicleFacts(plate="12A-000.45", seats=7, chassis_number="RL4XW43G", fuel_norm_cl_per_100km=1250)
HALL = words.RoomFacts(use="hall", seats=300, equipment=("Màn hình", "Micro"))
PHOTO = words.Attachment(kind="photo", name="mat-truoc.jpg", sha256="a" * 64, size_bytes=120_000)


@dataclass(frozen=True)
class Owned:
    """What the oracle says of an asset on a day."""

    unit_id: str
    class_code: str
    cost_vnd: int
    accumulated_vnd: int
    booked: bool
    place: words.Place
    custodian_id: str | None
    condition: str


class History:
    """Says commands to an office through a year, and keeps facts and assets in their order."""

    def __init__(self, desk: "Desk", log: "Log") -> None:
        self.desk = desk
        self.assets: list[str] = []
        self._log = log
        self._said = 0

    @property
    def facts(self) -> list[Fact]:
        """Everything that happened, in the order of the log."""
        return self._log.facts

    def say(self, command: Command, day: date) -> "Outcome":
        """Say a command on a day of the year; it is accepted."""
        self._said += 1
        time = datetime(day.year, day.month, day.day, 8 + self._said // 60 % 9, self._said % 60, tzinfo=HANOI)
        return self._log.say(command, time)

    def register(self, day: date = BEGINNING, **said: Any) -> str:
        """Register an asset; return its id."""
        self.assets.append(self.say(self.desk.registering(**{"booked_on": day, **said}), day).id)
        return self.assets[-1]

    def elsewhere(self, service: str, aggregate: str, id: str, event: Event, day: date) -> None:
        """Add a fact that no command of the register makes."""
        sequence = self.facts[-1].sequence + 1 if self.facts else 1
        time, kind = datetime(day.year, day.month, day.day, 7, tzinfo=UTC), f"{service}.{type(event).__name__}"
        fact = Fact(event, aggregate, id, sequence, sequence * PLACES, "c:0", kind, "c", time, "user:lan", "c", None)
        self.facts.append(fact)

    def hand_over(self, asset_id: str, to: str, day: date, place: words.Place) -> None:
        """Let an asset pass into the books of another unit, as the close of a handover does."""
        asset = self.desk.scenario.states["asset", asset_id]
        event = words.AssetHandedOver(
            effective_on=day,
            unit_id=to,
            class_code=asset.class_code,
            value=asset.value,
            legal_basis="Biên bản bàn giao",
            handover_id="e" * 32,
            from_unit_id=asset.unit_id,
            place=place,
        )
        self.desk.scenario.given(event, on=f"asset/{asset_id}")
        self.elsewhere("assets", "asset", asset_id, event, day)

    # --- the oracle -------------------------------------------------------------------------------------------------

    def owned_on(self, day: date) -> dict[str, Owned]:
        """Return what was owned at the end of a day, told from the facts alone, one after another."""
        told = {id: self._owned(id, day) for id in self.assets}
        return {id: owned for id, owned in told.items() if owned is not None}

    def _owned(self, id: str, day: date) -> Owned | None:
        worth: words.ValueFacts | None = None
        unit, place, custodian, condition = "", words.Place(), None, "good"
        for event in self.of(id):
            if isinstance(event, words.ValueFacts) and event.effective_on <= day:
                worth = event
                if isinstance(event, words.AssetRegistered | words.AssetHandedOver):
                    unit = event.unit_id
            if _since(event) > day:
                continue
            if isinstance(event, words.AssetRegistered | words.AssetMoved | words.AssetHandedOver):
                place = event.place
            if isinstance(event, words.AssetRegistered | words.CustodianAssigned | words.AssetHandedOver):
                custodian = getattr(event, "custodian_id", None)
            condition = getattr(event, "condition", condition)
        if worth is None or isinstance(worth, words.DisposalCarriedOut):
            return None
        worn = worn_by(worth, day)
        cost = worth.value.cost_vnd
        booked = worn == worth.value.accumulated_vnd
        return Owned(unit, worth.class_code, cost, worn, booked, place, custodian, condition)

    def of(self, id: str) -> Iterator[Event]:
        """Yield the events of one asset."""
        return (fact.event for fact in self.facts if (fact.aggregate, fact.id) == ("asset", id))


def _since(event: Event) -> date:
    names = ("booked_on", "moved_on", "since", "recorded_on", "returned_on", "repaired_on", "effective_on")
    return next((day for name in names if (day := getattr(event, name, None))), date.max)


def _lives() -> dict[tuple[str, int], tuple[int, int]]:
    """Read the table of wear as anybody would: which class lasts how long, and wears at which rate, in a December."""
    found = {}
    with files("services.assets.rules").joinpath("asset_classes.csv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            for year in range(1990, 2101):
                if row["years"] and row["effective_from"] <= f"{year}-12-31" <= (row["effective_to"] or "9999"):
                    found[row["code"], year] = (int(row["years"]), int(row["rate"]))
    return found


LIVES = _lives()


def worn_by(fact: words.ValueFacts, day: date) -> int:
    """Return the accumulated wear at the end of a day, in fractions of a đồng until the law rounds them."""
    cost, worn, wear = fact.value.cost_vnd, fact.value.accumulated_vnd, fact.value.wear
    if wear is None:
        return worn
    law, last, behind = (wear.years, wear.rate), wear.last_year, wear.catch_up_years
    for year in range(wear.next_year, day.year + 1):
        if date(year, 12, 31) > day or worn == cost:
            break
        in_force = LIVES.get((fact.class_code, year), law)
        changes = in_force != law and not wear.own
        law = in_force if changes else law
        annual = int((Decimal(cost) * law[1] / 10_000).quantize(Decimal(1), ROUND_HALF_UP))
        if changes:
            left = int((Decimal(cost - worn) / max(annual, 1)).to_integral_value(ROUND_CEILING))
            last = year + max(left - behind, 0) if behind else year + left - 1
        worn = cost if year >= last else min(cost, worn + annual * max(behind, 1))
        behind = 0
    return worn


# --- the year ---------------------------------------------------------------------------------------------------------


def year(desk: "Desk", log: "Callable[[Any], Log]") -> History:
    """Return a year of six boards' assets: two boards merge in July, wear is charged in December."""
    history = History(desk, log(desk.scenario))
    _introduce(history)
    _take_over(history)
    _buy(history)
    _live(history)
    _keep_up(history)
    _merge(history)
    _change_values(history)
    _dispose(history)
    _charge(history)
    return history


def _introduce(history: History) -> None:
    day = date(2026, 1, 2)
    on = {"effective_on": date(2019, 1, 1), "decision": DECISION}
    for id, name in SITES.items():
        opened = organisation.SiteOpened(code=id.upper(), name=name, address="Phường Đông Kinh", **on)
        history.elsewhere("organisation", "site", id, opened, day)
    for id in (*UNITS, "p-qt"):
        is_of = {"unit_code": id.upper(), "kind": "body", "tier": "TINH", **on}
        established = organisation.UnitEstablished(name=f"Đơn vị {id.upper()}", **is_of)
        history.elsewhere("organisation", "unit", id, established, day)
    for id, name in PEOPLE.items():
        person = organisation.PersonRegistered(name=name, headcount="civil_servant")
        history.elsewhere("organisation", "person", id, person, day)
    married = organisation.PersonCorrected(name="Lê Văn Hưng", former_name=PEOPLE[HUNG])
    history.elsewhere("organisation", "person", HUNG, married, day)


def _take_over(history: History) -> None:
    """Enter what the boards owned before: with the wear of earlier books, or to be charged from the beginning."""
    for place, unit in enumerate(UNITS):
        of = {"unit_id": unit, "origin": "allocation", "place": words.Place(site_id="ts1"), "decision": DECISION}
        history.register(
            **of, class_code="1.5", name=f"Nhà làm việc {unit}", booked_on=date(2018, 3, 1), cost_vnd=3_333_333_333,
            accumulated_vnd=1_778_666_664, worn_to=2025,
        )  # fmt: skip
        history.register(**of, class_code="VH.1", name=f"Quyền sử dụng đất {unit}", cost_vnd=9_500_000_000 + place)
        for number in range(3):
            history.register(
                **of, class_code="5.3", name=f"Máy tính để bàn {number}", model="OptiPlex 3000",
                booked_on=date(2024, 5, 6 + number), cost_vnd=15_000_000 + 1_111 * (place + number),
                serial_number=f"SN{place}{number}",
            )  # fmt: skip
    behind = [id for id in history.assets if history.desk.value(id).wear and _next_year(history, id) == 2024]
    for charged in (2024, 2025):
        history.say(words.ChargeWear(year=charged, asset_ids=tuple(behind)), date(2026, 1, 6))


def _next_year(history: History, id: str) -> int:
    wear = history.desk.value(id).wear
    return wear.next_year if wear and history.desk.value(id).residual_vnd else 0


def _buy(history: History) -> None:
    desk = history.desk
    for place, unit in enumerate(UNITS):
        bought = date(2026, 2, 1 + place)
        place_of = words.Place(site_id="ts2" if place % 2 else "ts1", division_id="p-qt", room=f"P. {301 + place}")
        of = {"unit_id": unit, "booked_on": bought, "place": place_of, "day": bought}
        history.register(**of, class_code="5.1", name="Bộ bàn ghế họp", cost_vnd=28_500_000, old_code=f"BG{place}")
        history.register(**of, class_code="5.2", name="Điều hòa nhiệt độ", cost_vnd=12_345_678, custodian_id=LAN)
        history.register(
            **of, class_code="3", name="Xe ô tô 7 chỗ", cost_vnd=950_000_000, details=CAR, custodian_id=HUNG
        )
        history.register(**of, class_code="5.5", name="Máy chiếu", cost_vnd=33_333_333, used_years=1)
    history.register(
        date(2026, 3, 2), unit_id="vptu", class_code="VH.2", name="Phần mềm kế toán", cost_vnd=100_000_000,
        booked_on=date(2026, 3, 2), life_years=3, life_basis="Quyết định 77-QĐ/TU",
    )  # fmt: skip
    history.register(
        date(2026, 3, 3), unit_id="btctu", class_code="5.2", name="Tủ đựng tài liệu", cost_vnd=20_000_000,
        booked_on=date(2026, 3, 3), origin="surplus", remaining_years=5,
    )  # fmt: skip
    history.register(
        date(2026, 3, 4), unit_id="vptu", class_code="PH", name="Hội trường A", cost_vnd=0, details=HALL,
        booked_on=date(2026, 3, 4), place=words.Place(site_id="ts1"),
    )  # fmt: skip
    assert desk.value(history.assets[-1]).wear is None


def named(history: History, name: str, unit: str) -> str:
    """Return the id of a unit's one asset of this name."""
    states = history.desk.scenario.states
    wanted = (name, unit)
    return next(
        id for id in history.assets if (states["asset", id].description.name, states["asset", id].unit_id) == wanted
    )


def _live(history: History) -> None:
    chairs, cooler = named(history, "Bộ bàn ghế họp", "vptu"), named(history, "Điều hòa nhiệt độ", "btctu")
    moved = words.Place(site_id="ts2", division_id="p-qt", room="P. 909")
    history.say(words.MoveAsset(asset_id=chairs, place=moved, reason="Bố trí lại."), date(2026, 4, 1))
    back = words.Place(site_id="ts1")
    history.say(words.MoveAsset(asset_id=chairs, place=back, moved_on=date(2026, 9, 1)), date(2026, 9, 3))
    history.say(words.AssignCustodian(asset_id=chairs, custodian_id=ANH, since=date(2026, 4, 2)), date(2026, 4, 3))
    history.say(words.AssignCustodian(asset_id=cooler, custodian_id=None), date(2026, 4, 3))
    history.say(words.RecordCondition(asset_id=cooler, condition="damaged", note="Kêu to."), date(2026, 4, 4))
    history.say(words.AttachFiles(asset_id=chairs, files=(PHOTO,)), date(2026, 4, 5))
    computer, other = named(history, "Máy tính để bàn 0", "vptu"), named(history, "Máy tính để bàn 1", "vptu")
    lending = words.LendAsset(asset_id=computer, to_unit_id="bnctu", to_person_id=ANH, due_on=date(2026, 5, 20))
    history.say(lending, date(2026, 5, 4))
    history.say(words.MarkDuePassed(asset_id=computer, kind="loan", due_on=date(2026, 5, 20)), date(2026, 5, 21))
    history.say(words.ReturnAsset(asset_id=computer, condition="usable", note="Xước."), date(2026, 5, 25))
    history.say(words.LendAsset(asset_id=computer, to_unit_id="btctu", due_on=date(2027, 3, 1)), date(2026, 10, 1))
    history.say(
        words.LendAsset(asset_id=other, to_unit_id="btctu", due_on=date(2026, 12, 30), purpose="Kiểm tra"),
        date(2026, 10, 2),
    )
    fixed = words.CorrectAsset(
        asset_id=other, name="Máy tính trạm", serial_number="SN-MỚI", reason="Ghi nhầm tên khi nhập sổ."
    )
    history.say(fixed, date(2026, 6, 1))


def _keep_up(history: History) -> None:
    car = named(history, "Xe ô tô 7 chỗ", "vptu")
    insured = {"asset_id": car, "insurer": "Bảo Việt", "valid_from": date(2026, 2, 1), "premium_vnd": 480_700}
    for coverage, until in (("compulsory", date(2026, 12, 5)), ("voluntary", date(2027, 1, 31))):
        history.say(
            words.RecordInsurance(coverage=coverage, policy_number=f"BV-{coverage}", valid_to=until, **insured),
            date(2026, 2, 10),
        )
    inspected = words.RecordInspection(
        asset_id=car, inspected_on=date(2026, 2, 11), valid_to=date(2026, 8, 10), inspected_by="Trung tâm 12-01D",
        certificate_number="KC-9", cost_vnd=340_000,
    )  # fmt: skip
    history.say(inspected, date(2026, 2, 12))
    history.say(words.PlanMaintenance(asset_id=car, due_on=date(2026, 5, 1), work="10.000 km"), date(2026, 2, 12))
    planned = words.PlanMaintenance(asset_id=car, due_on=date(2026, 5, 5), work="10.000 km", every_months=6)
    history.say(planned, date(2026, 2, 13))
    done = words.RecordMaintenance(asset_id=car, done_on=date(2026, 5, 5), work="Thay dầu", cost_vnd=1_200_000)
    history.say(done, date(2026, 5, 6))
    history.say(words.MarkDueApproaching(asset_id=car, kind="inspection", due_on=date(2026, 8, 10)), date(2026, 7, 11))
    near = words.MarkDueApproaching(asset_id=car, kind="compulsory_insurance", due_on=date(2026, 12, 5))
    history.say(near, date(2026, 11, 5))
    cooler = named(history, "Điều hòa nhiệt độ", "btctu")
    repair = {"asset_id": cooler, "fault": "Kêu to", "work": "Thay quạt", "repaired_by": "Điện lạnh Xứ Lạng"}
    for day, cost, condition in ((date(2026, 4, 10), 900_000, "usable"), (date(2026, 8, 20), 450_000, "good")):
        history.say(words.RecordRepair(repaired_on=day, cost_vnd=cost, condition=condition, **repair), day)
    history.say(words.PlanMaintenance(asset_id=cooler, due_on=date(2026, 12, 20), work="Nạp ga"), date(2026, 11, 2))
    history.say(words.MarkDuePassed(asset_id=cooler, kind="maintenance", due_on=date(2026, 12, 20)), date(2026, 12, 21))


def _merge(history: History) -> None:
    """Merge two boards on 1 July: everything the one owned passes to the other, at another site."""
    place = words.Place(site_id="ts2", room="Kho")
    for id in history.assets:
        if history.desk.scenario.states["asset", id].unit_id == "bdvtu":
            history.hand_over(id, "btgtu", MERGER, place)
    name = "Ban Tuyên giáo và Dân vận Tỉnh ủy"
    is_of = {"unit_code": "BTGTU", "kind": "body", "tier": "TINH", "effective_on": MERGER, "decision": DECISION}
    renamed = organisation.UnitRenamed(name=name, former_name="Đơn vị BTGTU", **is_of)
    history.elsewhere("organisation", "unit", "btgtu", renamed, date(2026, 6, 20))


def _change_values(history: History) -> None:
    house, day = named(history, "Nhà làm việc vptu", "vptu"), date(2026, 8, 3)
    upgrading = words.UpgradeAsset(asset_id=house, cost_vnd=4_000_000_001, work="Thêm tầng", decision=DECISION)
    history.say(upgrading, day)
    other = named(history, "Nhà làm việc btctu", "btctu")
    cut = words.RevalueAsset(
        asset_id=other, cost_vnd=3_000_000_000, effective_on=date(2026, 8, 1), reason="Theo quyết toán được duyệt."
    )
    history.say(cut, day)
    projector = named(history, "Máy chiếu", "bnctu")
    history.say(words.CorrectAsset(asset_id=projector, class_code="5.4", reason="Chuyên dùng."), day)
    desk = named(history, "Bộ bàn ghế họp", "ubkttu")
    history.say(words.CorrectAsset(asset_id=desk, class_code="5.2", reason="Xếp nhầm loại."), day)


def _dispose(history: History) -> None:
    units = ("ubkttu", "bnctu", "vptu")
    sold, kept, waiting = (named(history, "Máy tính để bàn 2", unit) for unit in units)
    for id in (sold, kept, waiting):
        proposing = words.ProposeDisposal(asset_id=id, method="sale", reason="Hỏng, sửa chữa không hiệu quả.")
        history.say(proposing, date(2026, 9, 1))
    decision = Decision(number="88-QĐ/VPTU", issued_on=date(2026, 9, 10), issuer="Văn phòng Tỉnh ủy")
    history.say(words.RejectDisposal(asset_id=kept, reason="Còn dùng được."), date(2026, 9, 11))
    history.say(words.ApproveDisposal(asset_id=sold, decision=decision), date(2026, 9, 12))
    gone = words.CarryOutDisposal(asset_id=sold, carried_out_on=date(2026, 9, 15), proceeds_vnd=400_000)
    history.say(gone, date(2026, 9, 16))


def _charge(history: History) -> None:
    """Charge the year in December in two portions, leave three assets for January, and one for nobody."""
    due = [id for id in history.assets if _next_year(history, id) == 2026]
    states = history.desk.scenario.states
    due = [id for id in due if states["asset", id].status != "disposed"]
    late, never = due[-4:-1], due[-1:]
    rest = [id for id in due if id not in (*late, *never)]
    for portion in (rest[:20], rest[20:]):
        history.say(words.ChargeWear(year=2026, asset_ids=tuple(portion)), date(2026, 12, 20))
    description = words.CorrectAsset(asset_id=late[0], note="Kiểm kê 31/12", reason="Bổ sung ghi chú.")
    history.say(description, date(2027, 1, 10))
    history.hand_over(late[1], "bnctu", date(2027, 1, 11), words.Place(site_id="ts2"))
    history.say(words.ChargeWear(year=2026, asset_ids=tuple(late)), date(2027, 1, 12))
