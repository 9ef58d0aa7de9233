"""What the events, records, fields and coded values of statements are called."""

from collections.abc import Mapping

from contracts.titles.title import Title

EVENTS: Mapping[str, Title] = {
    "finance.MoneyAccountOpened": Title("Khai báo tài khoản tiền", "Money account opened"),
    "finance.StatementFollowed": Title("Nối tiếp sao kê của tài khoản tiền", "Statement followed the one before"),
    "finance.StatementRecorded": Title("Nhập sao kê ngân hàng, kho bạc", "Statement entered"),
    "finance.LineMatched": Title("Đối chiếu dòng sao kê với chứng từ", "Line of a statement matched"),
    "finance.LineUnmatched": Title("Hủy đối chiếu dòng sao kê", "Match of a line taken back"),
    "finance.ReconciliationConfirmed": Title("Xác nhận đối chiếu sao kê", "Reconciliation confirmed"),
}
RECORDS: Mapping[str, Title] = {
    "finance.money_account": Title("Tài khoản tiền", "Money account"),
    "finance.statement": Title("Sao kê ngân hàng, kho bạc", "Statement of a bank or the treasury"),
}
_ACCOUNT = Title("Tài khoản kế toán", "Account of the chart")
_CLOSING = Title("Số dư cuối (đồng)", "Closing balance (VND)")
_SHOWN = ("EntryReconciled", "EntryUnreconciled")
_MATCHED = ("LineMatched", "LineUnmatched")
FIELDS: Mapping[str, Title] = {
    **{f"finance.{event}.account": _ACCOUNT for event in (*_SHOWN, "MoneyAccountOpened", "StatementRecorded")},
    **{f"finance.{event}.line_number": Title("Dòng của sao kê", "Line of the statement") for event in _MATCHED},
    **{f"finance.{event}.entries": Title("Các chứng từ đối chiếu", "Entries it is matched with") for event in _MATCHED},
    "finance.MoneyAccountOpened.name": Title("Tên tài khoản tiền", "Name of the money account"),
    "finance.MoneyAccountOpened.number": Title("Số tài khoản", "Number at the bank"),
    "finance.MoneyAccountOpened.bank": Title("Ngân hàng, kho bạc", "Bank or treasury"),
    "finance.StatementFollowed.statement_id": Title("Mã sao kê", "Statement"),
    "finance.StatementFollowed.digest": Title("Mã băm nội dung sao kê", "SHA-256 of what it says"),
    "finance.StatementRecorded.money_account": Title("Tài khoản tiền", "Money account"),
    "finance.StatementRecorded.file": Title("Tệp sao kê", "File it was read from"),
    "finance.StatementRecorded.lines": Title("Các dòng sao kê", "Lines of the statement"),
    "finance.StatementRecorded.lines.on": Title("Ngày giao dịch", "Day of the line"),
    "finance.StatementRecorded.lines.told": Title("Nội dung giao dịch", "What the line says"),
    "finance.StatementRecorded.lines.reference": Title("Số bút toán của ngân hàng", "The bank's own number"),
    "finance.StatementRecorded.lines.party": Title("Đơn vị đối ứng", "Other party"),
    "finance.LineUnmatched.reason": Title("Lý do hủy đối chiếu", "Reason for taking the match back"),
    "from_day": Title("Từ ngày", "From"),
    "to_day": Title("Đến ngày", "To"),
    "finance.StatementRecorded.opening_vnd": Title("Số dư đầu (đồng)", "Opening balance (VND)"),
    **{f"finance.{event}.closing_vnd": _CLOSING for event in ("StatementRecorded", "StatementFollowed")},
}
VALUES: Mapping[tuple[str, str], Title] = {}
