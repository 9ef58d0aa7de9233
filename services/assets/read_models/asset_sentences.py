"""What happened to an asset, in the words of the office: one sentence for each fact, with what was before and after."""

from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from contracts import assets as words_of
from contracts.assets import Condition, Description, DueKind, Place
from contracts.base import Event
from contracts.titles import event_title, value_title
from services.assets.read_models.names import Names

_DAYS = ("effective_on", "moved_on", "since", "recorded_on", "lent_on", "returned_on", "repaired_on", "done_on")
_MORE_DAYS = ("inspected_on", "proposed_on", "valid_from")
_FIELDS = {
    "name": "tên",
    "model": "ký hiệu",
    "maker": "hãng, nước sản xuất",
    "serial_number": "số máy",
    "made_in": "năm sản xuất",
    "old_code": "mã cũ",
    "details": "thông tin riêng",
    "note": "ghi chú",
}
_DUE: dict[DueKind, str] = {
    "maintenance": "bảo dưỡng",
    "compulsory_insurance": "bảo hiểm bắt buộc",
    "voluntary_insurance": "bảo hiểm tự nguyện",
    "inspection": "đăng kiểm, kiểm định",
    "loan": "trả tài sản mượn",
}


class Sentence(NamedTuple):
    """What happened, and what was before and after where that says more."""

    content: str
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True)
class Told:
    """What was told of an asset so far, as far as later sentences compare with it."""

    description: Description | None = None
    class_code: str = ""
    condition: Condition | None = None
    accumulated_vnd: int = 0


def told_by(told: Told, event: Event) -> Told:
    """Return what is told after an event."""
    if isinstance(event, Description):
        told = replace(told, description=event)
    if isinstance(event, words_of.ValueFacts):
        told = replace(told, class_code=event.class_code, accumulated_vnd=event.value.accumulated_vnd)
    condition: Condition | None = getattr(event, "condition", None)
    return replace(told, condition=condition) if condition else told


def day_of(event: Event) -> date | None:
    """Return the day an event is about; None where it is about the moment it was recorded."""
    days = (getattr(event, name, None) for name in (*_DAYS, *_MORE_DAYS))
    return next((day for day in days if day is not None), None)


def tell(event: Event, told: Told, names: Names) -> Sentence:
    """Return what an event says of an asset of which so much was told before it."""
    match event:
        case words_of.AssetRegistered():
            origin = value_title("origin", event.origin)
            said = f"Ghi tăng tài sản {event.tag}: {event.name}, nguyên giá {dong(event.value.cost_vnd)}"
            return Sentence(said + (f" ({origin.vi.lower()})" if origin else ""), None, names.unit(event.unit_id))
        case words_of.AssetCorrected():
            return Sentence(f"Đính chính thông tin: {event.reason}", *_corrected(event, told))
        case words_of.FilesAttached():
            return Sentence(f"Bổ sung hồ sơ, ảnh: {', '.join(file.name for file in event.files)}")
        case words_of.AssetMoved():
            said = "Chuyển nơi sử dụng" + (f": {event.reason}" if event.reason else "")
            return Sentence(said, _place(event.from_place, names), _place(event.place, names))
        case words_of.CustodianAssigned():
            before, after = names.person(event.former_id), names.person(event.custodian_id)
            return Sentence("Giao người sử dụng, bảo quản", before, after or "Chưa giao cho ai")
        case words_of.AssetHandedOver():
            before, after = names.unit(event.from_unit_id), names.unit(event.unit_id)
            return Sentence("Bàn giao sang đơn vị khác, kèm nguyên giá và hao mòn lũy kế", before, after)
        case words_of.ConditionRecorded():
            said = "Ghi nhận tình trạng" + (f": {event.note}" if event.note else "")
            return Sentence(said, _condition(told.condition), _condition(event.condition))
    return _valued(event, told) or _kept_up(event, told, names) or _disposed(event) or Sentence(_unworded(event))


def _valued(event: Event, told: Told) -> Sentence | None:
    match event:
        case words_of.AssetUpgraded():
            said = f"Nâng cấp, mở rộng: {event.work}"
            return Sentence(said, dong(event.former_cost_vnd), dong(event.value.cost_vnd))
        case words_of.AssetRevalued():
            before, after = _worth(event.former_cost_vnd, event.former_accumulated_vnd), event.value
            said = f"Điều chỉnh nguyên giá: {event.reason}"
            return Sentence(said, before, _worth(after.cost_vnd, after.accumulated_vnd))
        case words_of.WearCharged():
            said = f"Tính hao mòn năm {event.year}: {dong(event.wear_vnd)}"
            return Sentence(said, dong(told.accumulated_vnd), dong(event.value.accumulated_vnd))
    return None


def _kept_up(event: Event, told: Told, names: Names) -> Sentence | None:
    match event:
        case words_of.AssetLent():
            to = ", ".join(name for name in (names.person(event.to_person_id), names.unit(event.to_unit_id)) if name)
            said = f"Cho {to} mượn đến hết ngày {_day(event.due_on)}"
            return Sentence(said + (f": {event.purpose}" if event.purpose else ""))
        case words_of.AssetReturned():
            said = f"Nhận lại từ {names.unit(event.from_unit_id)}" + (", trả muộn" if event.late else "")
            return Sentence(said, _condition(told.condition), _condition(event.condition))
        case words_of.AssetRepaired():
            said = f"Sửa chữa ({event.fault}): {event.work}, chi phí {dong(event.cost_vnd)}"
            return Sentence(said, _condition(told.condition), _condition(event.condition))
        case words_of.MaintenancePlanned():
            every = f", {event.every_months} tháng một lần" if event.every_months else ""
            return Sentence(f"Lên kế hoạch bảo dưỡng ngày {_day(event.due_on)}: {event.work}{every}")
        case words_of.MaintenanceRecorded():
            return Sentence(f"Bảo dưỡng: {event.work}, chi phí {dong(event.cost_vnd)}")
        case words_of.InsuranceRecorded():
            said = f"Mua {_DUE[event.kind]} của {event.insurer}, số {event.policy_number}"
            return Sentence(f"{said}, đến hết ngày {_day(event.due_on)}, phí {dong(event.premium_vnd)}")
        case words_of.InspectionRecorded():
            said = f"Đăng kiểm, kiểm định tại {event.inspected_by}, giấy số {event.certificate_number}"
            return Sentence(f"{said}, đến hết ngày {_day(event.due_on)}")
        case words_of.DueApproached():
            return Sentence(f"Sắp đến hạn {_DUE[event.kind]} ({_day(event.due_on)})")
        case words_of.DuePassed():
            return Sentence(f"Quá hạn {_DUE[event.kind]} ({_day(event.due_on)})")
    return None


def _disposed(event: Event) -> Sentence | None:
    match event:
        case words_of.DisposalProposed():
            said = f"Đề nghị {_method(event.method)}: {event.reason}"
            return Sentence(f"{said}; giá trị còn lại {dong(event.residual_vnd)}")
        case words_of.DisposalRejected():
            return Sentence(f"Không đồng ý xử lý: {event.reason}")
        case words_of.DisposalApproved():
            return Sentence(f"Phê duyệt {_method(event.method)}")
        case words_of.DisposalCarriedOut():
            buyer = f", bên mua {event.buyer}" if event.buyer else ""
            money = f"thu {dong(event.proceeds_vnd)}, chi {dong(event.costs_vnd)}"
            worth = _worth(event.value.cost_vnd, event.value.accumulated_vnd)
            return Sentence(f"Ghi giảm do {_method(event.method)}: {money}{buyer}", worth, "Ra khỏi sổ tài sản")
    return None


def _corrected(event: words_of.AssetCorrected, told: Told) -> tuple[str | None, str | None]:
    before, after = [], []
    if told.description is not None:
        for field, title in _FIELDS.items():
            old, new = getattr(told.description, field), getattr(event, field)
            if old != new:
                before.append(f"{title}: {_said(old)}")
                after.append(f"{title}: {_said(new)}")
    if event.class_code != told.class_code:
        before.append(f"loại: {told.class_code}")
        after.append(f"loại: {event.class_code}")
    return "; ".join(before) or None, "; ".join(after) or None


def _said(value: object) -> str:
    if value is None:
        return "chưa ghi"
    parts = (
        value.model_dump(exclude_none=True, exclude={"kind"}).values()
        if isinstance(value, words_of.VehicleFacts | words_of.RoomFacts)
        else [value]
    )
    return ", ".join(str(part) for part in parts if part not in ((), ""))


def _unworded(event: Event) -> str:
    return event_title(f"assets.{type(event).__name__}").vi


def _place(place: Place, names: Names) -> str:
    return names.place(place.site_id, place.division_id, place.room) or "Chưa xác định"


def _condition(condition: Condition | None) -> str | None:
    title = value_title("condition", condition)
    return title.vi if title else condition


def _method(method: str) -> str:
    title = value_title("method", method)
    return title.vi.lower() if title else method


def _worth(cost_vnd: int, accumulated_vnd: int) -> str:
    return f"nguyên giá {dong(cost_vnd)}, hao mòn lũy kế {dong(accumulated_vnd)}"


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def dong(amount_vnd: int) -> str:
    """Return an amount as people write it: 21.000.000 đồng."""
    return f"{amount_vnd:,} đồng".replace(",", ".")
