"""One example of every command of organisation."""

from collections.abc import Mapping
from typing import Any

from contracts import organisation
from contracts.base import Command

_CHANGE = {
    "effective_on": "2027-01-01",
    "decision": {"number": "125-QĐ/TU", "issued_on": "2026-11-20", "issuer": "Ban Thường vụ Tỉnh ủy"},
}
_LAN = {"person_id": "0190a6f2c3d47e1f8a2b3c4d5e6f7a01"}
_HUNG = {"person_id": "0190a6f2c3d47e1f8a2b3c4d5e6f7a02"}
_TRANSFER = {"transfer_id": "0190a6f2c3d47e1f8a2b3c4d5e6f7a10"}
_ACCOUNTANT = {"post_id": "vptu--ke-toan-vien"}
_LINES = [
    {**_LAN, "to_post_id": "vptu--ke-toan-vien"},
    {**_HUNG, "to_post_id": "vptu--van-thu-vien"},
]

EXAMPLES: Mapping[type[Command], dict[str, Any]] = {
    organisation.OpenSite: {
        **_CHANGE,
        "code": "TS2",
        "name": "Trụ sở số 2 Tỉnh ủy",
        "address": "Số 12 đường Hùng Vương, phường Đông Kinh",
    },
    organisation.CloseSite: {**_CHANGE, "site_id": "ts2"},
    organisation.EstablishUnit: {
        **_CHANGE,
        "code": "P-TCĐ",
        "name": "Phòng Tài chính đảng",
        "kind": "division",
        "tier": "TINH",
        "parent_id": "vptu",
        "site_id": "ts1",
    },
    organisation.RenameUnit: {**_CHANGE, "unit_id": "btgtu", "name": "Ban Tuyên giáo và Dân vận Tỉnh ủy"},
    organisation.MoveUnit: {**_CHANGE, "unit_id": "bnctu", "site_id": "ts1"},
    organisation.MergeUnits: {**_CHANGE, "into_id": "btgtu", "unit_ids": ["bdvtu"]},
    organisation.SplitUnit: {**_CHANGE, "unit_id": "p-hcqt", "into_ids": ["p-hclt", "p-qt"]},
    organisation.DissolveUnit: {**_CHANGE, "unit_id": "to-du-an"},
    organisation.CreatePost: {
        **_CHANGE,
        "unit_id": "vptu",
        "code": "ke-toan-vien",
        "title": "Kế toán viên",
        "group": "shared_professional",
        "headcount": "civil_servant",
        "minimum": 1,
        "norm": 2,
        "maximum": 3,
        "standard": "Ngạch kế toán viên hoặc tương đương",
        "training": "Đại học chuyên ngành kế toán, kiểm toán, tài chính",
        "duties": ["Lập chứng từ, ghi sổ kế toán", "Lập báo cáo quyết toán của các ban"],
        "products": ["Báo cáo quyết toán năm"],
    },
    organisation.ChangePost: {**_CHANGE, **_ACCOUNTANT, "minimum": 2, "norm": 3, "maximum": 4},
    organisation.DescribePost: {
        **_CHANGE,
        **_ACCOUNTANT,
        "title": "Kế toán viên tổng hợp",
        "duties": ["Tổng hợp kế toán của các cơ quan tham mưu, giúp việc Tỉnh ủy"],
    },
    organisation.ClosePosts: {
        **_CHANGE,
        "unit_id": "bdvtu",
        "post_ids": ["bdvtu--ke-toan-vien", "bdvtu--van-thu-vien"],
    },
    organisation.RegisterPerson: {
        "name": "Nguyễn Thị Lan",
        "born_on": "1988-03-08",
        "headcount": "civil_servant",
        "education": "Thạc sĩ Kế toán",
        "phone": "0912 345 678",
        "email": "lan.nguyen@tinhuy.example",
        "account": "user:lan",
    },
    organisation.CorrectPerson: {**_LAN, "phone": "0987 654 321"},
    organisation.ChangeHeadcountKind: {**_CHANGE, **_HUNG, "headcount": "civil_servant"},
    organisation.AppointPerson: {**_CHANGE, **_LAN, **_ACCOUNTANT, "kind": "main"},
    organisation.EndAppointment: {**_CHANGE, **_LAN, **_ACCOUNTANT},
    organisation.RecordDeparture: {**_CHANGE, **_HUNG, "reason": "retirement", "post_ids": ["vptu--van-thu-vien"]},
    organisation.RecordReturn: {**_CHANGE, **_HUNG},
    organisation.PrepareTransfer: {
        **_CHANGE,
        "title": "Điều động cán bộ các ban về Văn phòng Tỉnh ủy",
        "lines": _LINES,
    },
    organisation.AmendTransfer: {**_TRANSFER, "lines": _LINES[:1]},
    organisation.CarryOutTransfer: {
        **_TRANSFER,
        "lines": [
            {**_LINES[0], "from_post_id": "btctu--ke-toan-vien"},
            {**_LINES[1], "from_post_id": "bdvtu--van-thu-vien"},
        ],
    },
    organisation.CancelTransfer: {**_TRANSFER, "reason": "Chưa thống nhất danh sách giữa các ban."},
    organisation.NameContact: {
        **_LAN,
        "unit_id": "btctu",
        "line": "accounts",
        "substitute_id": _HUNG["person_id"],
        "effective_on": "2027-01-01",
    },
    organisation.WithdrawContact: {"unit_id": "btctu", "line": "accounts", "effective_on": "2027-06-01"},
    organisation.GrantRole: {**_CHANGE, **_LAN, "role": "board", "unit_id": "btctu"},
    organisation.RevokeRole: {**_CHANGE, **_LAN, "role": "board"},
    organisation.DelegateAuthority: {
        **_CHANGE,
        "from_person_id": _LAN["person_id"],
        "to_person_id": _HUNG["person_id"],
        "roles": ["leader"],
        "until": "2027-01-15",
        "matter": "Chỉ đạo công việc của Văn phòng trong thời gian đi công tác.",
    },
    organisation.WithdrawDelegation: {
        "from_person_id": _LAN["person_id"],
        "to_person_id": _HUNG["person_id"],
        "effective_on": "2027-01-10",
    },
}
