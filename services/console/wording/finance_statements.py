"""The Vietnamese names of what finance offers of statements, and of the coded values in its columns."""

from collections.abc import Mapping

NAMES: Mapping[tuple[str, str], str] = {
    ("finance", "open-money-account"): "Khai báo tài khoản tiền",
    ("finance", "record-statement"): "Nhập sao kê ngân hàng, kho bạc",
    ("finance", "match-line"): "Đối chiếu dòng sao kê với chứng từ",
    ("finance", "unmatch-line"): "Hủy đối chiếu dòng sao kê",
    ("finance", "confirm-reconciliation"): "Xác nhận đối chiếu sao kê",
    ("finance", "money-accounts"): "Danh mục tài khoản tiền",
    ("finance", "statements"): "Danh sách sao kê",
    ("finance", "statement"): "Một sao kê ngân hàng, kho bạc",
    ("finance", "match-suggestions"): "Gợi ý chứng từ cho dòng sao kê",
    ("finance", "unmatched-entries"): "Chứng từ tiền chưa có trên sao kê",
    ("finance", "reconciliation"): "Bảng đối chiếu số dư với sao kê",
}
WORDS: Mapping[tuple[str, str], str] = {}
