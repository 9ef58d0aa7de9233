"""Why finance refuses wishes about the ledger."""

from contracts.base import Refusal

NOT_BALANCED = Refusal(
    "entry-not-balanced",
    "Tổng Nợ {debit} khác tổng Có {credit} (đơn vị {board}); đề nghị sửa cho khớp.",
    "Debits {debit} and credits {credit} of {board} do not agree; correct them.",
    "Luật Kế toán 88/2015/QH13",
)
ACCOUNT_NOT_IN_FORCE = Refusal(
    "account-not-in-force",
    "Tài khoản {account} không có trong hệ thống tài khoản áp dụng ngày {on}; đề nghị chọn tài khoản khác.",
    "The account {account} is not in the chart in force on {on}; choose another.",
    "Thông tư 24/2024/TT-BTC",
)
ITEM_NEEDED = Refusal(
    "item-needed",
    "Tài khoản {account} phải ghi nguồn, chương, khoản và tiểu mục; đề nghị bổ sung.",
    "The account {account} needs source, chapter, clause and item; add them.",
)
SOURCE_NOT_IN_FORCE = Refusal(
    "source-not-in-force",
    "Nguồn {source} không có trong danh mục áp dụng; đề nghị chọn nguồn khác.",
    "The source {source} is not in the table in force; choose another.",
)
PERIOD_CLOSED = Refusal(
    "period-closed",
    "Tháng {month}/{year} đã khóa sổ; đề nghị ghi vào tháng đang mở hoặc đề nghị mở lại.",
    "The month {month}/{year} is closed; post into an open one, or have it opened again.",
)
YEAR_CLOSED = Refusal(
    "year-closed",
    "Năm {year} đã khóa sổ; đề nghị ghi vào năm sau hoặc đề nghị mở lại.",
    "The year {year} is closed; post into the next, or have it opened again.",
)
PERIOD_NOT_CLOSED = Refusal(
    "period-not-closed",
    "Tháng {month}/{year} chưa khóa sổ; không cần mở lại.",
    "The month {month}/{year} is not closed.",
)
YEAR_NOT_CLOSED = Refusal(
    "year-not-closed",
    "Năm {year} chưa khóa sổ; không cần mở lại.",
    "The year {year} is not closed.",
)
TOO_FAR_AHEAD = Refusal(
    "voucher-too-far-ahead",
    "Ngày ghi sổ {on} ở tương lai; đề nghị ghi ngày hôm nay hoặc trước đó.",
    "The day {on} lies ahead; give today or an earlier one.",
)
ENTRY_UNKNOWN = Refusal(
    "entry-unknown",
    "Không có chứng từ {entry_id}; đề nghị kiểm tra lại.",
    "There is no entry {entry_id}; check it.",
)
ALREADY_REVERSED = Refusal(
    "entry-already-reversed",
    "Chứng từ này đã được ghi đảo bằng {voucher}.",
    "This entry was reversed by {voucher} already.",
)
REVERSES_ANOTHER = Refusal(
    "entry-is-a-reversal",
    "Chứng từ này là bút toán đảo hoặc kết chuyển; đề nghị lập chứng từ mới.",
    "This entry is itself a reversal or a closing; post a new one.",
)
REVERSED_BEFORE = Refusal(
    "entry-reversed-before-it",
    "Chứng từ {voucher} ghi ngày {posted_on}; đề nghị ghi đảo cùng ngày hoặc sau ngày đó.",
    "{voucher} is of {posted_on}; take it back on that day or a later one.",
)
PAYS_A_REQUEST = Refusal(
    "entry-pays-a-request",
    "Chứng từ này thanh toán đề nghị chi {request_id}; đề nghị nêu đúng đề nghị chi khi ghi đảo.",
    "This entry pays the request {request_id}; name it when reversing.",
)
RECONCILED = Refusal(
    "entry-reconciled",
    "Chứng từ này đã đối chiếu với sao kê; đề nghị hủy đối chiếu trước khi ghi đảo.",
    "This entry is matched with a statement; unmatch it first.",
)
TEMPLATE_UNKNOWN = Refusal(
    "template-unknown",
    "Không có mẫu bút toán {template} áp dụng ngày {on}; đề nghị chọn mẫu khác.",
    "There is no posting template {template} in force on {on}; choose another.",
)
DRAFT_UNKNOWN = Refusal(
    "draft-unknown",
    "Không có bút toán dự thảo {draft_id}; đề nghị kiểm tra lại.",
    "There is no draft {draft_id}; check it.",
)
DRAFT_SETTLED = Refusal(
    "draft-settled",
    "Bút toán dự thảo này đã được xử lý ({vi}).",
    "This draft is {en} already.",
)
NOTHING_TO_CLOSE = Refusal(
    "nothing-to-close",
    "Năm {year} chưa có chứng từ nào; không có gì để khóa sổ.",
    "Nothing was posted in {year}; there is nothing to close.",
)
PAYS_NO_REQUEST = Refusal(
    "entry-pays-no-request",
    "Chứng từ này không thanh toán đề nghị chi nào; đề nghị bỏ mã đề nghị chi khi ghi đảo.",
    "This entry pays no request; leave the request out when reversing.",
)
PERIOD_NOT_BEGUN = Refusal(
    "period-not-begun",
    "Tháng {month}/{year} chưa bắt đầu; đề nghị chọn tháng khác.",
    "The month {month}/{year} has not begun; choose another.",
)
YEAR_NOT_OVER = Refusal(
    "year-not-over",
    "Năm {year} chưa kết thúc; chỉ khóa sổ từ ngày 31/12/{year}.",
    "The year {year} is not over; close it on 31/12/{year} at the earliest.",
)
MONEY_ACCOUNT_NEEDED = Refusal(
    "money-account-needed",
    "Mẫu bút toán {template} cần tài khoản tiền; đề nghị nêu 111, 112 hoặc tài khoản khác.",
    "The posting template {template} needs the account of the money; give 111, 112 or another.",
)
TEMPLATE_SOURCE_NEEDED = Refusal(
    "template-source-needed",
    "Mẫu bút toán {template} cần nguồn hoặc dòng dự toán; đề nghị bổ sung.",
    "The posting template {template} needs a source or a budget line; add it.",
)
NOT_BY_ITEM = Refusal(
    "ledger-not-by-item",
    "Sổ chi tiết theo tiểu mục chỉ có với tài khoản chi phí và tài khoản ngoài bảng, không có với {account}.",
    "The ledger by item is of expense accounts and those off the balance, not of {account}.",
)
