"""One example of every command of the register of assets."""

from collections.abc import Mapping
from typing import Any

from contracts import assets
from contracts.base import Command

_LAPTOP = {"asset_id": "0190a6f2c3d47e1f8a2b3c4d5e6f7a8b"}
_CAR = {"asset_id": "0190a6f2c3d47e1f8a2b3c4d5e6f7a8c"}
_HOUSE = {"asset_id": "0190a6f2c3d47e1f8a2b3c4d5e6f7a8d"}
_LAN = "0190a6f2c3d47e1f8a2b3c4d5e6f7b01"
_DECISION = {"number": "214-QĐ/TU", "issued_on": "2026-11-20", "issuer": "Ban Thường vụ Tỉnh ủy"}
_PLACE = {"site_id": "ts1", "division_id": "p-qt", "room": "P.201"}

EXAMPLES: Mapping[type[Command], dict[str, Any]] = {
    assets.RegisterAsset: {
        "unit_id": "vptu",
        "class_code": "3",
        "name": "Xe ô tô 7 chỗ",
        "origin": "purchase",
        "cost_vnd": 950_000_000,
        "booked_on": "2026-03-16",
        "model": "Fortuner 2.7",
        "maker": "Toyota, Việt Nam",
        "made_in": 2026,
        "details": {
            "kind": "vehicle",
            "plate": "12A-000.45",
            "seats": 7,
            "usage": "general",
            "fuel": "petrol",
            "fuel_norm_cl_per_100km": 1250,
        },
        "place": _PLACE,
        "custodian_id": _LAN,
        "decision": _DECISION,
    },
    assets.CorrectAsset: {**_LAPTOP, "serial_number": "PF-4X2K9", "reason": "Ghi thiếu số máy khi nhập sổ."},
    assets.AttachFiles: {
        **_LAPTOP,
        "files": [{"kind": "photo", "name": "mat-truoc.jpg", "sha256": "5f" * 32, "size_bytes": 482_113}],
    },
    assets.MoveAsset: {**_LAPTOP, "place": _PLACE, "moved_on": "2026-11-20", "reason": "Bố trí lại phòng làm việc."},
    assets.AssignCustodian: {**_LAPTOP, "custodian_id": _LAN, "since": "2026-11-20"},
    assets.RecordCondition: {**_LAPTOP, "condition": "damaged", "note": "Vỡ màn hình."},
    assets.LendAsset: {
        **_LAPTOP,
        "to_unit_id": "btctu",
        "lent_on": "2026-11-20",
        "due_on": "2026-12-20",
        "purpose": "Phục vụ đợt kiểm tra cuối năm",
    },
    assets.ReturnAsset: {**_LAPTOP, "returned_on": "2026-12-18", "condition": "good"},
    assets.RecordRepair: {
        **_LAPTOP,
        "repaired_on": "2026-11-21",
        "fault": "Vỡ màn hình",
        "work": "Thay màn hình",
        "cost_vnd": 3_200_000,
        "repaired_by": "Công ty TNHH Tin học Xứ Lạng",
    },
    assets.PlanMaintenance: {**_CAR, "due_on": "2027-03-15", "work": "Bảo dưỡng 20.000 km", "every_months": 6},
    assets.RecordMaintenance: {**_CAR, "done_on": "2026-11-20", "work": "Thay dầu, lọc dầu", "cost_vnd": 2_150_000},
    assets.RecordInsurance: {
        **_CAR,
        "coverage": "compulsory",
        "insurer": "Bảo Việt Lạng Sơn",
        "policy_number": "BB-0012345",
        "valid_from": "2026-12-01",
        "valid_to": "2027-11-30",
        "premium_vnd": 873_400,
    },
    assets.RecordInspection: {
        **_CAR,
        "inspected_on": "2026-11-20",
        "valid_to": "2028-11-19",
        "inspected_by": "Trung tâm Đăng kiểm xe cơ giới 12-01D",
        "certificate_number": "KD-7788990",
        "cost_vnd": 340_000,
    },
    assets.MarkDueApproaching: {**_CAR, "kind": "inspection", "due_on": "2028-11-19"},
    assets.MarkDuePassed: {**_CAR, "kind": "inspection", "due_on": "2028-11-19"},
    assets.UpgradeAsset: {
        **_HOUSE,
        "cost_vnd": 11_000_000_000,
        "effective_on": "2026-10-01",
        "work": "Xây thêm tầng 4 nhà làm việc",
        "decision": _DECISION,
    },
    assets.RevalueAsset: {
        **_HOUSE,
        "cost_vnd": 10_850_000_000,
        "cost_basis": "settled",
        "reason": "Theo quyết toán dự án hoàn thành được duyệt.",
        "decision": _DECISION,
    },
    assets.ChargeWear: {"year": 2026, "asset_ids": [_LAPTOP["asset_id"], _CAR["asset_id"], _HOUSE["asset_id"]]},
    assets.ProposeDisposal: {**_LAPTOP, "method": "destruction", "reason": "Hỏng, không còn linh kiện thay thế."},
    assets.RejectDisposal: {**_LAPTOP, "reason": "Còn sửa chữa được, tiếp tục sử dụng."},
    assets.ApproveDisposal: {**_LAPTOP, "decision": _DECISION},
    assets.CarryOutDisposal: {
        **_LAPTOP,
        "carried_out_on": "2026-12-20",
        "proceeds_vnd": 400_000,
        "costs_vnd": 50_000,
        "buyer": "Cơ sở thu mua Minh Phát",
    },
}
