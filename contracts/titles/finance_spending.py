"""What the events, records, fields and coded values of requests, payments, advances and travel are called."""

from collections.abc import Mapping

from contracts.titles.title import Title

EVENTS: Mapping[str, Title] = {
    "finance.SpendingRequested": Title("Gửi đề nghị chi", "Spending requested"),
    "finance.SpendingDrafted": Title("Lập dự thảo đề nghị chi", "Spending drafted"),
    "finance.SpendingRevised": Title("Sửa, gửi lại đề nghị chi", "Spending revised"),
    "finance.SpendingChecked": Title("Kế toán kiểm tra đề nghị chi", "Spending checked"),
    "finance.SpendingReturned": Title("Trả lại đề nghị chi", "Spending returned"),
    "finance.SpendingRejected": Title("Không duyệt, bỏ đề nghị chi", "Spending rejected"),
    "finance.SpendingApproved": Title("Duyệt đề nghị chi", "Spending approved"),
    "finance.SpendingPaid": Title("Chi theo đề nghị", "Spending paid"),
    "finance.SpendingAdvanced": Title("Chi tạm ứng theo đề nghị", "Spending advanced"),
    "finance.PaymentReversed": Title("Ghi đảo khoản chi", "Payment reversed"),
    "finance.SpendingClosed": Title("Kết thúc đề nghị chi", "Spending closed"),
    "finance.SpendingMoved": Title("Chuyển đề nghị chi sang dự toán khác", "Spending moved"),
    "finance.SpendingEscalated": Title("Quá hạn quyết định đề nghị chi", "Spending escalated"),
    "finance.AdvancePaid": Title("Chi tạm ứng", "Advance paid"),
    "finance.AdvanceClaimed": Title("Đề nghị thanh toán tạm ứng", "Advance claimed"),
    "finance.ClaimChecked": Title("Kế toán kiểm tra thanh toán tạm ứng", "Account of an advance checked"),
    "finance.ClaimReturned": Title("Trả lại giấy thanh toán tạm ứng", "Account of an advance returned"),
    "finance.ClaimApproved": Title("Duyệt thanh toán tạm ứng", "Account of an advance approved"),
    "finance.RestReceived": Title("Thu hoàn tạm ứng thừa", "Rest of an advance received"),
    "finance.RestPaid": Title("Chi bổ sung tạm ứng thiếu", "Rest of an advance paid"),
    "finance.AdvanceMoved": Title("Chuyển tạm ứng sang dự toán khác", "Advance moved"),
    "finance.AdvanceReminded": Title("Nhắc thanh toán tạm ứng", "Advance reminded"),
    "finance.HoldingNoted": Title("Ghi nhận tạm ứng đang giữ", "Holding noted"),
}
RECORDS: Mapping[str, Title] = {
    "finance.request": Title("Đề nghị chi", "Request for spending"),
    "finance.advance": Title("Khoản tạm ứng", "Advance"),
    "finance.advance_holder": Title("Người nhận tạm ứng", "Holder of advances"),
}
_BY = Title("Tài khoản thực hiện", "Account that did it")
_METHOD = Title("Hình thức thanh toán", "Way of paying")
_VOUCHER_DAY = Title("Ngày chứng từ kế toán", "Day of the voucher")
_AFTER = Title("Dự toán sau đề nghị này", "Lines after this request")
_STEPS = (
    "SpendingRequested",
    "SpendingRevised",
    "SpendingChecked",
    "SpendingReturned",
    "SpendingRejected",
    "SpendingApproved",
    "SpendingPaid",
    "SpendingAdvanced",
    "PaymentReversed",
    "SpendingClosed",
    "AdvancePaid",
    "AdvanceClaimed",
    "ClaimChecked",
    "ClaimReturned",
    "ClaimApproved",
    "RestReceived",
    "RestPaid",
)
_MOVING = ("SpendingPaid", "AdvancePaid", "RestReceived", "RestPaid")
FIELDS: Mapping[str, Title] = {
    "account_by": Title("Hạn thanh toán tạm ứng", "To be accounted for by"),
    "after.line": Title("Dòng dự toán", "Budget line"),
    "after_vnd": Title("Còn lại sau đề nghị (đồng)", "Left afterwards (VND)"),
    "amounts": Title("Số tiền theo dòng và tiểu mục", "Amounts by line and item"),
    "as_advance": Title("Đề nghị tạm ứng", "Asked for as an advance"),
    "contract_number": Title("Số hợp đồng", "Contract"),
    "days": Title("Số ngày", "Days"),
    "decide_by": Title("Hạn quyết định", "To be decided by"),
    "needed_by": Title("Cần trước ngày", "Needed by"),
    "open_vnd": Title("Còn giữ cho đề nghị (đồng)", "Still kept (VND)"),
    "overdue": Title("Đã quá hạn", "Overdue"),
    "payee": Title("Người nhận tiền", "Payee"),
    "rate_vnd": Title("Mức áp dụng (đồng)", "Rate (VND)"),
    "released_vnd": Title("Giải tỏa cam kết (đồng)", "Released (VND)"),
    "task_ends_on": Title("Ngày xong việc", "Task ends on"),
    "to_pay_vnd": Title("Còn phải chi thêm (đồng)", "Still to be paid (VND)"),
    "to_return_vnd": Title("Còn phải nộp lại (đồng)", "Still to be returned (VND)"),
    "total_vnd": Title("Tổng số tiền (đồng)", "Total (VND)"),
    "travel": Title("Các khoản công tác phí", "Costs of the journey"),
    "travel.told": Title("Diễn giải", "Explanation"),
    "waits_for": Title("Đang chờ", "Waits for"),
    "finance.AdvancePaid.holder": Title("Người nhận tạm ứng", "Holder of the advance"),
    "finance.ClaimApproved.on": _VOUCHER_DAY,
    "finance.HoldingNoted.since": Title("Tạm ứng từ ngày", "Held since"),
    "finance.HoldingNoted.status": Title("Tình trạng tạm ứng", "Status of the advance"),
    "finance.RestPaid.party": Title("Người nhận tiền", "Who gets the money"),
    "finance.RestReceived.party": Title("Người nộp tiền", "Who returns the money"),
    "finance.SpendingPaid.paid_vnd": Title("Số tiền chi (đồng)", "Paid (VND)"),
    **{f"finance.{event}.after": _AFTER for event in ("SpendingRequested", "SpendingRevised", "SpendingChecked")},
    **{f"finance.{event}.by": _BY for event in _STEPS},
    **{f"finance.{event}.method": _METHOD for event in _MOVING},
    **{f"finance.{event}.on": _VOUCHER_DAY for event in _MOVING},
}
VALUES: Mapping[tuple[str, str], Title] = {
    ("status", "open"): Title("Chưa thanh toán", "Open"),
    ("status", "claimed"): Title("Đã đề nghị thanh toán", "Claimed"),
    ("status", "settled"): Title("Đã thanh toán xong", "Settled"),
    ("waits_for", "board"): Title("Đầu mối của đơn vị", "Board's contact"),
    ("waits_for", "accountant"): Title("Kế toán", "Accountant"),
    ("waits_for", "leader"): Title("Lãnh đạo", "Head"),
    ("waits_for", "cashier"): Title("Thủ quỹ", "Cashier"),
}
