"""The columns of a register of assets as files have them, and the coded words in them."""

from collections.abc import Mapping

from services.runtime.text import fold

_FIELDS: dict[str, tuple[str, ...]] = {
    "unit_id": ("unit_id", "Đơn vị quản lý", "Đơn vị", "Cơ quan"),
    "class_code": ("class_code", "Loại tài sản", "Mã loại", "Nhóm tài sản"),
    "name": ("name", "Tên tài sản", "Tên tài sản cố định"),
    "model": ("model", "Đặc điểm, ký hiệu", "Ký hiệu, quy cách", "Quy cách"),
    "maker": ("maker", "Hãng, nước sản xuất", "Nước sản xuất", "Hãng sản xuất"),
    "made_in": ("made_in", "Năm sản xuất"),
    "serial_number": ("serial_number", "Số máy", "Số sê-ri", "Serial"),
    "old_code": ("old_code", "Mã cũ", "Mã trong sổ cũ", "Số hiệu cũ"),
    "booked_on": ("booked_on", "Ngày đưa vào sử dụng", "Ngày ghi sổ", "Ngày sử dụng"),
    "cost_vnd": ("cost_vnd", "Nguyên giá (đồng)", "Nguyên giá"),
    "accumulated_vnd": ("accumulated_vnd", "Hao mòn lũy kế (đồng)", "Hao mòn lũy kế"),
    "residual_vnd": ("residual_vnd", "Giá trị còn lại (đồng)", "Giá trị còn lại"),
    "worn_to": ("worn_to", "Đã tính hao mòn đến năm", "Năm tính hao mòn cuối"),
    "life_years": ("life_years", "Thời gian sử dụng riêng (năm)", "Số năm sử dụng"),
    "life_basis": ("life_basis", "Căn cứ thời gian sử dụng"),
    "used_years": ("used_years", "Số năm đã sử dụng"),
    "remaining_years": ("remaining_years", "Số năm sử dụng còn lại"),
    "origin": ("origin", "Nguồn hình thành", "Lý do tăng"),
    "cost_basis": ("cost_basis", "Căn cứ nguyên giá"),
    "condition": ("condition", "Tình trạng"),
    "custodian_id": ("custodian_id", "Người sử dụng, bảo quản", "Người quản lý", "Người sử dụng"),
    "site_id": ("site_id", "Trụ sở"),
    "division_id": ("division_id", "Phòng, ban sử dụng", "Bộ phận sử dụng"),
    "room": ("room", "Phòng đặt", "Nơi sử dụng", "Vị trí"),
    "decision.number": ("decision_number", "Chứng từ ghi tăng: số", "Số chứng từ", "Số quyết định"),
    "decision.issued_on": ("decision_issued_on", "Chứng từ ghi tăng: ngày", "Ngày chứng từ", "Ngày quyết định"),
    "decision.issuer": ("decision_issuer", "Chứng từ ghi tăng: cơ quan ban hành", "Cơ quan ban hành"),
    "details.plate": ("plate", "Biển số", "Biển kiểm soát"),
    "details.seats": ("seats", "Số chỗ", "Số chỗ ngồi"),
    "details.usage": ("usage", "Mục đích sử dụng xe"),
    "details.use": ("use", "Công năng phòng"),
    "note": ("note", "Ghi chú"),
    "gone_on": ("gone_on", "Ngày ghi giảm"),
    "_tag": ("tag", "Mã tài sản", "Số hiệu tài sản"),
    "_rate": ("Tỷ lệ hao mòn (%/năm)", "Tỷ lệ hao mòn"),
    "_yearly": ("Hao mòn một năm (đồng)", "Hao mòn một năm"),
    "_gone_by": ("Lý do ghi giảm",),
    "_place": ("STT", "Số TT", "Số thứ tự"),
    "_verdict": ("Kết quả nhập", "Result"),
    "_code": ("Mã lỗi", "Code"),
    "_reason": ("Lý do và cách sửa", "Reason"),
}
TITLES = {fold(title): name for name, titles in _FIELDS.items() for title in titles}
"""Field names by folded column title; those that start with _ are read past."""
SHOWN = {name: titles[min(1, len(titles) - 1)] for name, titles in _FIELDS.items()}
"""The Vietnamese title of each field."""
REQUIRED = ("class_code", "name", "cost_vnd")
WORDS: Mapping[str, Mapping[str, str]] = {
    "condition": {
        "tot": "good",
        "con su dung duoc": "usable",
        "hu hong": "damaged",
        "khong su dung duoc": "unusable",
    },
    "origin": {
        "mua sam": "purchase",
        "dau tu xay dung": "construction",
        "giao dieu chuyen": "allocation",
        "dieu chuyen": "allocation",
        "tang cho": "gift",
        "tang cho khuyen mai": "gift",
        "kiem ke thua": "surplus",
        "lien doanh": "joint_venture",
        "thue mua": "lease_purchase",
        "khac": "other",
    },
    "cost_basis": {
        "quyet toan": "settled",
        "quyet toan duoc duyet": "settled",
        "tham tra": "verified",
        "de nghi quyet toan": "requested",
        "quyet toan a b": "contract",
        "tong muc": "approved_total",
        "du toan": "estimate",
    },
    "details.usage": {
        "chuc danh": "titled",
        "phuc vu chuc danh": "titled",
        "chung": "general",
        "dung chung": "general",
        "chuyen dung": "specialised",
    },
    "details.use": {
        "phong hop": "meeting",
        "hoi truong": "hall",
        "tiep cong dan": "citizen_reception",
        "phong khach": "guest",
    },
}
"""Codes by field and by the folded words for them."""
