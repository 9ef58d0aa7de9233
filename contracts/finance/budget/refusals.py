"""Why finance refuses wishes about estimates."""

from contracts.base import Refusal

LINE_UNKNOWN = Refusal(
    "budget-line-unknown",
    "Dự toán năm {year} của {board} không có dòng {line}; đề nghị chọn dòng đã giao hoặc giao bổ sung dự toán.",
    "The estimate {year} of {board} has no line {line}; choose an assigned one, or have it assigned.",
)
CODE_NOT_IN_FORCE = Refusal(
    "budget-code-not-in-force",
    "{vi} {code} không có trong mục lục ngân sách áp dụng cho năm {year}; đề nghị kiểm tra lại.",
    "The {en} {code} is not in the budget index in force for {year}; check it.",
    "Thông tư 130/2025/TT-BTC",
)
ITEM_NOT_OF_LINE = Refusal(
    "item-not-of-line",
    "Tiểu mục {item} không thuộc dòng dự toán {line}; đề nghị chọn tiểu mục của mục đó hoặc dòng khác.",
    "The item {item} is not of the line {line}; choose an item of it or another line.",
)
NOT_ENOUGH_LEFT = Refusal(
    "not-enough-left",
    "Dòng {line} chỉ còn {left} đồng, thiếu {short} đồng; đề nghị giảm số tiền, chuyển dòng, xin bổ sung dự toán hoặc "
    "trình người có thẩm quyền duyệt vượt.",
    "The line {line} has {left} VND left, {short} short; ask for less, transfer, have the estimate supplemented, or "
    "put it before whoever may approve beyond it.",
)
BELOW_ITS_USE = Refusal(
    "estimate-below-its-use",
    "Dòng {line} đã sử dụng, cam kết hoặc giữ lại; chỉ còn {left} đồng có thể giảm.",
    "Of the line {line} only {left} VND are unused; it cannot be lowered by more.",
)
NOT_SO_MUCH_FROZEN = Refusal(
    "not-so-much-frozen",
    "Dòng {line} đang giữ lại {frozen} đồng; không thể giải tỏa nhiều hơn.",
    "Of the line {line} {frozen} VND are held back; no more can be released.",
)
LINE_TWICE = Refusal(
    "budget-line-twice",
    "Dòng {line} được nêu hai lần; đề nghị gộp thành một.",
    "The line {line} is named twice; name it once.",
)
SAME_LINE = Refusal(
    "same-budget-line",
    "Dòng chuyển đi và dòng nhận là một; đề nghị chọn dòng khác.",
    "Both lines are the same; choose another.",
)
NOTHING_CHANGES = Refusal(
    "estimate-unchanged",
    "Số tiền thay đổi của dòng {line} bằng không; đề nghị bỏ dòng này.",
    "The line {line} does not change; leave it out.",
)
BUDGET_CLOSED = Refusal(
    "budget-closed",
    "Dự toán năm {year} của {board} đã khóa; không thể thay đổi.",
    "The estimate {year} of {board} is closed and does not change.",
)
BOARD_NOT_YOURS = Refusal(
    "finance-board-not-yours",
    "Đầu mối chỉ gửi đề nghị cho đơn vị của mình; đề nghị sửa {board}.",
    "A contact asks for their own board only; correct {board}.",
)
STILL_OPEN = Refusal(
    "still-open",
    "Còn {requests} đề nghị chi và {advances} khoản tạm ứng chưa tất toán ({named}); đề nghị tất toán hoặc chuyển.",
    "{requests} requests and {advances} advances are still open ({named}); settle them or let them go along.",
)
OPEN_UNSEEN = Refusal(
    "open-items-changed",
    "Danh sách đề nghị chi, tạm ứng đang mở đã thay đổi từ khi được xem ({named}); đề nghị xem lại.",
    "What is open changed since it was looked at ({named}); look again.",
)
NOT_TO_CARRY = Refusal(
    "not-to-carry-over",
    "Lý do chuyển nguồn {reason} không có trong danh mục áp dụng cho năm {year}; đề nghị chọn lý do khác.",
    "The reason {reason} is not in the closed list in force for {year}; choose another.",
)
ONLY_MORE = Refusal(
    "estimate-only-more",
    "Giao đầu năm, bổ sung và chuyển nguồn chỉ ghi số tăng (dòng {line}); đề nghị dùng loại điều chỉnh để ghi giảm.",
    "An initial estimate, a supplement and what is carried over only add (line {line}); lower it by an adjustment.",
)
BUDGET_UNKNOWN = Refusal(
    "budget-unknown",
    "Năm {year} chưa giao dự toán cho {board}; đề nghị kiểm tra lại năm và đơn vị.",
    "No estimate was assigned to {board} for {year}; check year and board.",
)
SAME_BOARD = Refusal(
    "same-board",
    "Đơn vị nhận trùng với đơn vị quyết toán; đề nghị chọn đơn vị khác.",
    "A board does not succeed itself; choose another.",
)
NOTHING_TO_CARRY = Refusal(
    "nothing-to-carry-over",
    "Chưa nêu số tiền, đề nghị chi hoặc tạm ứng nào để chuyển nguồn.",
    "No amount, request or advance is named to be carried over.",
)
BALANCES_REMAIN = Refusal(
    "balances-remain",
    "Sổ kế toán của {board} còn số dư ({accounts}); đề nghị nêu đơn vị nhận bàn giao.",
    "The books of {board} still show balances ({accounts}); name who takes them over.",
)
BOOKS_BEFORE = Refusal(
    "books-before",
    "Năm {year} đã có chứng từ; đề nghị nêu năm đầu tiên có chứng từ của văn phòng.",
    "There are vouchers of {year}; name the first year of the office's books.",
)
BOOKS_SINCE_LATER = Refusal(
    "books-since-later",
    "Năm bắt đầu có sổ không thể sau ngày ghi sổ {on}.",
    "The first year of the books cannot lie after {on}.",
)
YEARS_BEFORE_OPEN = Refusal(
    "years-before-open",
    "Sổ năm {year} chưa khóa; đề nghị khóa sổ các năm trước rồi quyết toán đơn vị.",
    "The books of {year} are not closed; close the years before, then settle the board.",
)
ON_THIS_YEAR = Refusal(
    "settled-this-year",
    "Chứng từ bàn giao ghi vào năm nay ({year}); đề nghị sửa ngày.",
    "The handing over is booked in this year ({year}); correct the day.",
)
BOARD_SETTLED = Refusal(
    "board-settled",
    "{board} đã quyết toán, sổ đã bàn giao cho {to}; đề nghị ghi cho đơn vị nhận.",
    "{board} is settled and its books were handed over to {to}; post for the successor.",
)
