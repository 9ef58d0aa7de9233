"""The Vietnamese names of what finance offers of the ledger, and of the coded values in its columns."""

from collections.abc import Mapping

NAMES: Mapping[tuple[str, str], str] = {
    ("finance", "post-entry"): "Ghi sổ chứng từ kế toán",
    ("finance", "post-by-template"): "Ghi sổ theo mẫu bút toán",
    ("finance", "reverse-entry"): "Ghi đảo chứng từ",
    ("finance", "draft-entry"): "Lập bút toán dự thảo",
    ("finance", "post-draft"): "Ghi sổ bút toán dự thảo",
    ("finance", "discard-draft"): "Bỏ bút toán dự thảo",
    ("finance", "close-period"): "Khóa sổ tháng",
    ("finance", "reopen-period"): "Mở lại sổ tháng",
    ("finance", "close-year"): "Khóa sổ năm",
    ("finance", "reopen-year"): "Mở lại sổ năm",
    ("finance", "vouchers"): "Sổ nhật ký chung",
    ("finance", "journal"): "Sổ nhật ký chung kèm các dòng định khoản",
    ("finance", "voucher"): "Một chứng từ kế toán",
    ("finance", "trial-balance"): "Bảng cân đối tài khoản",
    ("finance", "ledger"): "Sổ cái, sổ chi tiết tài khoản",
    ("finance", "cash-book"): "Sổ quỹ tiền mặt",
    ("finance", "drafts"): "Danh sách bút toán dự thảo",
    ("finance", "periods"): "Tình trạng khóa sổ các tháng",
    ("finance", "accounts"): "Hệ thống tài khoản kế toán",
    ("finance", "templates"): "Danh mục mẫu bút toán",
}
WORDS: Mapping[tuple[str, str], str] = {
    ("status", "drafted"): "Dự thảo",
    ("status", "posted"): "Đã ghi sổ",
    ("status", "discarded"): "Đã bỏ",
    ("side", "debit"): "Nợ",
    ("side", "credit"): "Có",
    ("normal", "debit"): "Dư Nợ",
    ("normal", "credit"): "Dư Có",
    ("normal", "both"): "Dư Nợ hoặc dư Có",
}
