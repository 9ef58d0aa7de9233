"""What the events, records, fields and coded values of the ledger are called."""

from collections.abc import Mapping

from contracts.titles.title import Title

EVENTS: Mapping[str, Title] = {
    "finance.EntryPosted": Title("Ghi sổ chứng từ kế toán", "Entry posted"),
    "finance.EntryReversed": Title("Ghi đảo chứng từ", "Entry reversed"),
    "finance.EntryReconciled": Title("Đối chiếu chứng từ với sao kê", "Entry matched with a statement"),
    "finance.EntryUnreconciled": Title("Hủy đối chiếu chứng từ với sao kê", "Entry no longer matched"),
    "finance.VoucherNumbered": Title("Cấp số chứng từ", "Voucher numbered"),
    "finance.PeriodClosed": Title("Khóa sổ tháng", "Month closed"),
    "finance.PeriodReopened": Title("Mở lại sổ tháng", "Month opened again"),
    "finance.YearClosed": Title("Khóa sổ năm", "Year closed"),
    "finance.YearReopened": Title("Mở lại sổ năm", "Year opened again"),
    "finance.EntryDrafted": Title("Lập bút toán dự thảo", "Entry drafted"),
    "finance.DraftPosted": Title("Ghi sổ bút toán dự thảo", "Draft posted"),
    "finance.DraftDiscarded": Title("Bỏ bút toán dự thảo", "Draft discarded"),
}
RECORDS: Mapping[str, Title] = {
    "finance.entry": Title("Chứng từ kế toán", "Entry"),
    "finance.voucher_book": Title("Quyển chứng từ của năm", "Book of vouchers of a year"),
    "finance.draft": Title("Bút toán dự thảo", "Draft of an entry"),
}
_ACCOUNT = Title("Tài khoản kế toán", "Account of the chart")
_LINES = Title("Các dòng định khoản", "Lines of the entry")
_DESCRIPTION = Title("Diễn giải", "Description of the entry")
_STATEMENT = Title("Sao kê đối chiếu", "Statement it is matched with")
_STATEMENT_LINE = Title("Dòng của sao kê", "Line of the statement")
_TOTAL = Title("Tổng số tiền (đồng)", "Total of debits (VND)")
_PARTY = Title("Người nộp, người nhận", "Who pays or is paid")
_TEMPLATE = Title("Mẫu bút toán", "Posting template")
_OPENED = Title("Lý do mở lại", "Reason for opening again")
_DRAWN = ("EntryPosted", "EntryDrafted")
_NUMBERED = ("EntryPosted", "VoucherNumbered")
_MATCHED = ("EntryReconciled", "EntryUnreconciled")
FIELDS: Mapping[str, Title] = {
    **{f"finance.{event}.description": _DESCRIPTION for event in _DRAWN},
    **{f"finance.{event}.kind": Title("Loại chứng từ", "Kind of voucher") for event in (*_DRAWN, "VoucherNumbered")},
    **{f"finance.{event}.lines": _LINES for event in _DRAWN},
    **{f"finance.{event}.lines.account": _ACCOUNT for event in _DRAWN},
    **{f"finance.{event}.lines.party": Title("Đối tượng", "Who owes or is owed") for event in _DRAWN},
    **{f"finance.{event}.lines.source": Title("Nguồn kinh phí", "Source of money") for event in _DRAWN},
    **{f"finance.{event}.on": Title("Ngày ghi sổ", "Day in the books") for event in (*_DRAWN, "VoucherNumbered")},
    **{f"finance.{event}.party": _PARTY for event in _DRAWN},
    **{f"finance.{event}.template": _TEMPLATE for event in _DRAWN},
    **{f"finance.{event}.total_vnd": _TOTAL for event in _DRAWN},
    **{f"finance.{event}.cause": Title("Phát sinh từ", "Fact it follows from") for event in _DRAWN},
    **{f"finance.{event}.statement_id": _STATEMENT for event in _MATCHED},
    **{f"finance.{event}.line_number": _STATEMENT_LINE for event in _MATCHED},
    **{f"finance.{event}.number": Title("Số chứng từ trong quyển", "Number in the book") for event in _NUMBERED},
    **{f"finance.{event}.reason": _OPENED for event in ("PeriodReopened", "YearReopened")},
    "finance.DraftDiscarded.reason": Title("Lý do bỏ", "Reason for discarding"),
    "finance.DraftPosted.changed": Title("Khác bản dự thảo", "Otherwise than drafted"),
    "finance.EntryPosted.closing": Title("Bút toán kết chuyển cuối năm", "Closes the year"),
    "finance.EntryPosted.reverses": Title("Ghi đảo cho chứng từ", "Entry it takes back"),
    "finance.EntryReversed.by_entry_id": Title("Mã chứng từ ghi đảo", "Entry that takes it back"),
    "finance.EntryReversed.on": Title("Ngày ghi đảo", "Reversed on"),
    "finance.EntryReversed.reason": Title("Lý do ghi đảo", "Reason for the reversal"),
    "finance.VoucherNumbered.nets": Title("Phát sinh thuần theo tài khoản", "Net change by account"),
    "finance.VoucherNumbered.nets.account": _ACCOUNT,
    "finance.VoucherNumbered.nets.source": Title("Nguồn kinh phí", "Source of money"),
    "finance.YearClosed.entries": Title("Các bút toán kết chuyển", "Closing entries"),
    "lines.chapter": Title("Chương", "Chapter"),
    "lines.clause": Title("Khoản", "Clause"),
    "lines.side": Title("Ghi Nợ, ghi Có", "Side"),
    "net_vnd": Title("Nợ trừ Có (đồng)", "Debit less credit (VND)"),
}
VALUES: Mapping[tuple[str, str], Title] = {}
