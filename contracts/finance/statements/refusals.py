"""Why finance refuses wishes about statements."""

from contracts.base import Refusal

MONEY_ACCOUNT_UNKNOWN = Refusal(
    "money-account-unknown",
    "Chưa khai báo tài khoản tiền {money_account}; đề nghị khai báo trước.",
    "There is no money account {money_account}; open it first.",
)
NOT_AN_ACCOUNT_OF_MONEY = Refusal(
    "not-an-account-of-money",
    "Tài khoản kế toán {account} không phải tài khoản tiền đang áp dụng; đề nghị chọn 111, 112, tài khoản con hoặc "
    "tài khoản chi qua kho bạc.",
    "The ledger account {account} is no account of money in force; choose 111, 112, one below them, or that of "
    "payments through the treasury.",
)
MONEY_ACCOUNT_IN_USE = Refusal(
    "money-account-in-use",
    "Tài khoản tiền {money_account} đã có sao kê, đang ghi trên tài khoản kế toán {account}; đề nghị khai báo "
    "tài khoản tiền mới thay vì đổi tài khoản kế toán.",
    "The money account {money_account} has statements and is kept on {account}; open another one instead.",
)
DAYS_TURNED_ROUND = Refusal(
    "statement-days-turned-round",
    "Sao kê kết thúc ngày {to_day}, trước ngày bắt đầu {from_day}; đề nghị sửa lại.",
    "The statement ends on {to_day}, before it begins on {from_day}; correct it.",
)
STATEMENT_AHEAD = Refusal(
    "statement-ahead",
    "Sao kê đến ngày {to_day} ở tương lai; đề nghị lấy sao kê đến hôm nay hoặc trước đó.",
    "The statement reaches to {to_day}, which lies ahead; take one to today at the latest.",
)
LINE_OF_NOTHING = Refusal(
    "statement-line-of-nothing",
    "Dòng {line_number} của sao kê có số tiền bằng 0; đề nghị bỏ dòng này.",
    "Line {line_number} of the statement is of nothing; leave it out.",
)
LINE_OUTSIDE = Refusal(
    "statement-line-outside",
    "Dòng {line_number} ghi ngày {on}, ngoài kỳ sao kê {from_day} - {to_day}; đề nghị kiểm tra lại.",
    "Line {line_number} is of {on}, outside the statement's {from_day} to {to_day}; check it.",
)
STATEMENT_DOES_NOT_ADD_UP = Refusal(
    "statement-does-not-add-up",
    "Số dư đầu cộng phát sinh là {computed}, khác số dư cuối {closing}; sao kê thiếu hoặc thừa dòng.",
    "Opening and lines make {computed}, but the closing balance is {closing}; lines are missing or too many.",
)
STATEMENT_MISSING = Refusal(
    "statement-missing",
    "Sao kê trước đến ngày {reached}; còn thiếu sao kê từ {missing_from} đến {missing_to}, đề nghị nhập trước.",
    "Statements reach to {reached}; those from {missing_from} to {missing_to} are missing, enter them first.",
)
STATEMENT_OVERLAPS = Refusal(
    "statement-overlaps",
    "Đã có sao kê đến hết ngày {reached}; đề nghị nhập sao kê bắt đầu từ {next_day}.",
    "There are statements to {reached}; enter one that begins on {next_day}.",
)
OPENING_DIFFERS = Refusal(
    "statement-opening-differs",
    "Số dư đầu {opening} khác số dư cuối {closing} của sao kê trước (đến {reached}); đề nghị kiểm tra hai sao kê.",
    "It opens with {opening}, but the one before (to {reached}) closed with {closing}; check both.",
)
STATEMENT_UNKNOWN = Refusal(
    "statement-unknown",
    "Không có sao kê {statement_id}; đề nghị kiểm tra lại.",
    "There is no statement {statement_id}; check it.",
)
STATEMENT_CONFIRMED = Refusal(
    "statement-confirmed",
    "Sao kê này đã được xác nhận đối chiếu; không thay đổi được nữa.",
    "This statement is confirmed; nothing of it is changed any more.",
)
NO_SUCH_LINE = Refusal(
    "statement-line-unknown",
    "Sao kê này chỉ có {lines} dòng; không có dòng {line_number}.",
    "This statement has {lines} lines; there is no line {line_number}.",
)
LINE_MATCHED_ALREADY = Refusal(
    "statement-line-matched",
    "Dòng {line_number} đã được đối chiếu với chứng từ khác; đề nghị hủy đối chiếu trước.",
    "Line {line_number} is matched with other entries; unmatch it first.",
)
LINE_NOT_MATCHED_SO = Refusal(
    "statement-line-not-matched-so",
    "Dòng {line_number} không được đối chiếu với các chứng từ đã nêu; đề nghị tải lại.",
    "Line {line_number} is not matched with these entries; look again.",
)
ENTRY_NAMED_TWICE = Refusal(
    "entry-named-twice",
    "Chứng từ {entry_id} được nêu hai lần; đề nghị bỏ bớt.",
    "The entry {entry_id} is named twice; leave one out.",
)
ENTRY_NOT_OF_ACCOUNT = Refusal(
    "entry-not-of-account",
    "Chứng từ {voucher} không ghi tài khoản {account}; đề nghị chọn chứng từ khác.",
    "{voucher} says nothing of the account {account}; choose another.",
)
ENTRY_TAKEN_BACK = Refusal(
    "entry-taken-back",
    "Chứng từ {voucher} đã ghi đảo hoặc là bút toán đảo; không đối chiếu với sao kê.",
    "{voucher} was reversed, or is itself a reversal; it is not matched with a statement.",
)
ENTRY_MATCHED_ALREADY = Refusal(
    "entry-matched",
    "Chứng từ {voucher} đã được đối chiếu trên tài khoản {account}; đề nghị chọn chứng từ khác.",
    "{voucher} is matched on the account {account} already; choose another.",
)
SUMS_DIFFER = Refusal(
    "statement-sums-differ",
    "Dòng {line_number} là {amount} đồng, các chứng từ đã chọn cộng lại là {total} đồng; đề nghị chọn cho khớp.",
    "Line {line_number} is of {amount} VND, the entries together of {total}; choose others.",
)
LINES_OPEN = Refusal(
    "statement-lines-open",
    "Còn {count} dòng chưa đối chiếu (dòng {lines}); đề nghị đối chiếu hết trước khi xác nhận.",
    "{count} lines are not matched yet (lines {lines}); match them before confirming.",
)
