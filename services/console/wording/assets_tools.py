"""The Vietnamese names of what assets offers about tools, and of the coded values in its columns."""

from collections.abc import Mapping

NAMES: Mapping[tuple[str, str], str] = {
    ("assets", "register-tool"): "Mở thẻ công cụ, dụng cụ",
    ("assets", "correct-tool"): "Sửa thẻ công cụ, dụng cụ",
    ("assets", "enter-tools"): "Nhập công cụ, dụng cụ",
    ("assets", "issue-tools"): "Xuất dùng công cụ, dụng cụ",
    ("assets", "return-tools"): "Thu hồi công cụ, dụng cụ về kho",
    ("assets", "report-broken"): "Giấy báo hỏng, mất công cụ, dụng cụ",
    ("assets", "write-off-tools"): "Ghi giảm công cụ, dụng cụ",
    ("assets", "transfer-tools"): "Chuyển công cụ, dụng cụ sang đơn vị khác",
    ("assets", "count-tools"): "Kiểm kê công cụ, dụng cụ",
    ("assets", "tools"): "Danh mục công cụ, dụng cụ",
    ("assets", "tool-holdings"): "Công cụ, dụng cụ tại nơi sử dụng",
    ("assets", "tool-movements"): "Sổ theo dõi công cụ, dụng cụ",
    ("assets", "tool"): "Thẻ một loại công cụ, dụng cụ",
}
WORDS: Mapping[tuple[str, str], str] = {
    ("kind", "entered"): "Nhập",
    ("kind", "issued"): "Xuất dùng",
    ("kind", "returned"): "Thu hồi",
    ("kind", "broken"): "Báo hỏng, mất",
    ("kind", "written_off"): "Ghi giảm",
    ("kind", "transferred_out"): "Chuyển đi",
    ("kind", "transferred_in"): "Nhận chuyển đến",
    ("kind", "counted"): "Kiểm kê điều chỉnh",
}
