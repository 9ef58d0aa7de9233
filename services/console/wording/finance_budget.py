"""The Vietnamese names of what finance offers of estimates, and of the coded values in its columns."""

from collections.abc import Mapping

NAMES: Mapping[tuple[str, str], str] = {
    ("finance", "assign-estimate"): "Giao, bổ sung, điều chỉnh dự toán",
    ("finance", "transfer-estimate"): "Chuyển dự toán giữa các dòng, đơn vị",
    ("finance", "freeze-estimate"): "Giữ lại dự toán",
    ("finance", "release-estimate"): "Giải tỏa dự toán giữ lại",
    ("finance", "carry-over"): "Chuyển nguồn sang năm sau",
    ("finance", "close-budget"): "Khóa dự toán năm của đơn vị",
    ("finance", "settle-board"): "Quyết toán, bàn giao đơn vị khi sáp nhập, giải thể",
    ("finance", "budget"): "Dự toán năm của đơn vị",
    ("finance", "execution"): "Tình hình thực hiện dự toán",
    ("finance", "burn-down"): "Tiến độ chi và dự báo đến cuối năm",
    ("finance", "estimate-moves"): "Lịch sử giao, chuyển dự toán",
    ("finance", "lines-left"): "Dự toán còn lại theo dòng",
    ("finance", "items-spent"): "Chi theo tiểu mục, tháng và quý",
    ("finance", "settlement"): "Báo cáo quyết toán của đơn vị",
    ("finance", "overrides"): "Các khoản duyệt vượt dự toán",
    ("finance", "budget-index"): "Mục lục ngân sách áp dụng",
    ("finance", "sources"): "Nguồn kinh phí",
}
WORDS: Mapping[tuple[str, str], str] = {
    ("kind", "initial"): "Giao đầu năm",
    ("kind", "supplement"): "Bổ sung",
    ("kind", "adjustment"): "Điều chỉnh",
    ("kind", "carried_over"): "Chuyển nguồn (giao)",
    ("kind", "transfer"): "Chuyển giữa các dòng",
    ("kind", "transfer_in"): "Nhận từ đơn vị khác",
    ("kind", "transfer_out"): "Chuyển cho đơn vị khác",
    ("kind", "frozen"): "Giữ lại",
    ("kind", "released"): "Giải tỏa",
    ("kind", "carried_out"): "Chuyển sang năm sau",
    ("kind", "carried_in"): "Nhận chuyển nguồn",
    ("kind", "taken_over"): "Nhận bàn giao",
    ("kind", "handed_over"): "Bàn giao",
    ("kind", "lapsed"): "Hủy dự toán còn lại",
    ("kind", "chapter"): "Chương",
    ("kind", "clause"): "Khoản",
    ("kind", "item"): "Mục, tiểu mục",
}
