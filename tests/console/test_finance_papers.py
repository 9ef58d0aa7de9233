"""The papers of money: every amount in figures and in words, every sum to the đồng, and who signs."""

from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest

from contracts.base import Answered
from contracts.finance import (
    AdvanceView,
    BudgetLineView,
    CashBookRow,
    EntryLine,
    Estimate,
    ExecutionRow,
    ItemAmount,
    LedgerRow,
    ListCashBook,
    ListExecution,
    ListLedger,
    ListTrialBalance,
    OverrideRow,
    Paper,
    Payee,
    PaymentRow,
    RatedAmount,
    RequestView,
    SettlementView,
    StepTaken,
    TrialBalanceRow,
    Use,
    VoucherView,
)
from services.console.papers import (
    account_books,
    advance_settlement,
    budget_reports,
    money_voucher,
    payment_request,
    press,
    travel_costs,
    trial_balance,
)
from services.console.papers import paper as made
from services.console.papers.money_letterhead import MoneyLetterhead
from services.console.papers.offers import PAPERS
from tests.console.test_asset_papers import text_of
from tests.console.test_papers import pages_of

HEAD = MoneyLetterhead(
    superior="Tỉnh ủy Lạng Sơn",
    organ="Văn phòng Tỉnh ủy",
    place="Lạng Sơn",
    dated=date(2027, 3, 31),
    position="Chánh Văn phòng",
    head="Phạm Thị Chánh",
    accountant="Lê Thị Kế",
    cashier="Vi Thị Quỹ",
)
FIRST, LAST = date(2027, 3, 1), date(2027, 3, 31)
LINE = "tu-chu.509.351.6550"
ID = "a" * 32
AT = datetime(2027, 3, 15, 2, 0, tzinfo=UTC)


def entry_line(account: str, side: Any, amount: int, **more: Any) -> EntryLine:
    usual: dict[str, Any] = {"source": "tu-chu", "chapter": "509", "clause": "351", "item": "6551", "line": LINE}
    return EntryLine(account=account, side=side, amount_vnd=amount, board="BTCTU", **{**usual, **more})


def voucher(**more: Any) -> VoucherView:
    facts: dict[str, Any] = {
        "entry_id": ID,
        "kind": "payment",
        "voucher": "PC 12/2027",
        "year": 2027,
        "number": 12,
        "on": date(2027, 3, 15),
        "description": "Chi mua văn phòng phẩm tháng 3",
        "total_vnd": 1_200_000,
        "party": "Nông Thị Mối",
        "lines": (entry_line("612", "debit", 1_200_000), entry_line("111", "credit", 1_200_000)),
        "papers": (Paper(number="0000123", dated_on=date(2027, 3, 14), title="Hóa đơn bán hàng"),),
        "event_id": "e:0",
        "by_name": "Hoàng Văn Lập",
        "posted_at": AT,
    }
    return VoucherView(**{**facts, **more})


def test_a_payment_slip_says_its_amount_twice_and_five_people_sign_it() -> None:
    paper = money_voucher.compose(voucher(), HEAD)
    text = text_of(paper)
    assert "PHIẾU CHI" in text
    assert "Số: PC 12/2027" in text
    assert "Ngày 15 tháng 03 năm 2027" in text
    assert "Mẫu số: C41-BB" in text
    assert "Họ tên người nhận tiền: Nông Thị Mối" in text
    assert "Số tiền: 1.200.000 đồng Bằng chữ: Một triệu hai trăm nghìn đồng chẵn." in text
    assert "Kèm theo: 01 chứng từ gốc (Hóa đơn bán hàng, số 0000123, 14/03/2027)." in text
    assert "1 Chi mua văn phòng phẩm tháng 3 612 BTCTU tu-chu 509 - 351 - 6551 1.200.000" in text
    assert "2 Chi mua văn phòng phẩm tháng 3 111 BTCTU tu-chu 509 - 351 - 6551 1.200.000" in text
    for title, name in (
        ("CHÁNH VĂN PHÒNG", "Phạm Thị Chánh"),
        ("KẾ TOÁN", "Lê Thị Kế"),
        ("THỦ QUỸ", "Vi Thị Quỹ"),
        ("NGƯỜI LẬP", "Hoàng Văn Lập"),
        ("NGƯỜI NHẬN TIỀN", "Nông Thị Mối"),
    ):
        assert title in text
        assert name in text
    assert "Đã nhận đủ số tiền" in text
    assert len(pages_of(press.render(paper, "pdf"))) == 1


@pytest.mark.parametrize(
    ("kind", "title", "signer"),
    [
        ("receipt", "PHIẾU THU", "NGƯỜI NỘP TIỀN"),
        ("bank_credit", "CHỨNG TỪ BÁO CÓ", "NGƯỜI LẬP"),
        ("bank_debit", "CHỨNG TỪ BÁO NỢ", "NGƯỜI LẬP"),
        ("general", "CHỨNG TỪ GHI SỔ", "NGƯỜI LẬP"),
    ],
)
def test_every_kind_of_voucher_has_its_name(kind: Any, title: str, signer: str) -> None:
    text = text_of(money_voucher.compose(voucher(kind=kind), HEAD))
    assert title in text
    assert signer in text


def test_a_voucher_off_the_balance_or_taken_back_says_so() -> None:
    lines = (entry_line("008", "debit", 100_000_000),)
    text = text_of(money_voucher.compose(voucher(kind="general", lines=lines, total_vnd=0), HEAD))
    assert "Bằng chữ: Một trăm triệu đồng chẵn." in text
    text = text_of(money_voucher.compose(voucher(reversed_by="KT 7/2027", reversed_on=date(2027, 3, 20)), HEAD))
    assert "(Đã ghi đảo bằng KT 7/2027 ngày 20/03/2027)" in text


def step(name: Any, by: str, **more: Any) -> StepTaken:
    return StepTaken(step=name, at=AT, by_name=by, revision=1, **more)


def request(**more: Any) -> RequestView:
    facts: dict[str, Any] = {
        "request_id": ID,
        "year": 2027,
        "board": "BTCTU",
        "purpose": "Thẩm tra lý lịch tại huyện Bắc Sơn",
        "kind": "regular",
        "status": "approved",
        "revision": 3,
        "amounts": (
            ItemAmount(line=LINE, item="6702", amount_vnd=900_000),
            ItemAmount(line=LINE, item="6703", amount_vnd=1_100_005, note="Thuê phòng nghỉ"),
        ),
        "total_vnd": 2_000_005,
        "approved_vnd": 2_000_005,
        "paid_vnd": 0,
        "advanced_vnd": 0,
        "open_vnd": 2_000_005,
        "released_vnd": 0,
        "payee": Payee(name="Hoàng Văn Đầu", account_number="3713.0.1", bank="Agribank Lạng Sơn"),
        "requested_by": "Hoàng Văn Đầu",
        "requested_on": date(2027, 3, 12),
        "history": (step("checked", "Lê Thị Kế"), step("approved", "Phạm Thị Chánh", told="Đúng chế độ")),
        "payments": (),
        "advances": (),
        "lines": (),
    }
    return RequestView(**{**facts, **more})


def test_a_request_says_what_for_how_much_and_what_became_of_it() -> None:
    paper = payment_request.payment(request(), HEAD)
    text = text_of(paper)
    assert "GIẤY ĐỀ NGHỊ THANH TOÁN" in text
    assert "Kính gửi: Văn phòng Tỉnh ủy" in text
    assert "Số tiền đề nghị thanh toán: 2.000.005 đồng" in text
    assert "Bằng chữ: Hai triệu không trăm linh năm đồng." in text
    assert "2 Thuê phòng nghỉ tu-chu.509.351.6550 6703 1.100.005" in text
    assert "Cộng 2.000.005" in text
    assert "Hoàng Văn Đầu, tài khoản 3713.0.1, tại Agribank Lạng Sơn" in text
    assert "- 15/03/2027: Đã duyệt, Phạm Thị Chánh. Đúng chế độ" in text
    assert len(pages_of(press.render(paper, "pdf"))) == 1
    special = request(kind="unplanned", legal_basis="12-QĐ/TU", as_advance=True, over_reason="Bão lũ")
    text = text_of(payment_request.advance(special, HEAD))
    assert "GIẤY ĐỀ NGHỊ TẠM ỨNG" in text
    assert "Loại chi: Chi đột xuất; căn cứ: 12-QĐ/TU." in text
    assert "Lý do duyệt vượt dự toán: Bão lũ." in text


def travel() -> tuple[RatedAmount, ...]:
    basis = "TT 40/2017"
    return (
        RatedAmount(
            item="6702", told="Phụ cấp lưu trú", days=3, rate_vnd=300_000, amount_vnd=900_000, legal_basis=basis
        ),
        RatedAmount(item="6703", told="Khoán thuê phòng nghỉ", days=2, rate_vnd=550_000, amount_vnd=1_100_000),
    )


def test_travel_costs_are_days_by_rates_and_what_they_rest_on() -> None:
    text = text_of(travel_costs.compose(request(travel=travel()), HEAD))
    assert "BẢNG KÊ THANH TOÁN CÔNG TÁC PHÍ" in text
    assert "1 Phụ cấp lưu trú 6702 3 300.000 900.000 TT 40/2017" in text
    assert "Cộng 2.000.000" in text
    assert "Bằng chữ: Hai triệu đồng chẵn." in text


REST_RETURNED = PaymentRow(
    entry_id=ID,
    on=date(2027, 3, 25),
    voucher="PT 9/2027",
    movement="rest_received",
    board="BTCTU",
    purpose="Thu hoàn tạm ứng",
    payee="Hoàng Văn Đầu",
    method="cash",
    amount_vnd=500_000,
    by_name="Vi Thị Quỹ",
    reversed=False,
    year=2027,
    request_id=ID,
)


def advance(**more: Any) -> AdvanceView:
    facts: dict[str, Any] = {
        "advance_id": ID,
        "request_id": ID,
        "year": 2027,
        "board": "BTCTU",
        "purpose": "Thẩm tra lý lịch tại huyện Bắc Sơn",
        "holder": Payee(name="Hoàng Văn Đầu"),
        "holder_id": ID,
        "status": "settled",
        "revision": 4,
        "amounts": (ItemAmount(line=LINE, item="6702", amount_vnd=2_500_000),),
        "amount_vnd": 2_500_000,
        "entry_id": ID,
        "voucher": "PC 12/2027",
        "on": date(2027, 3, 12),
        "method": "cash",
        "task_ends_on": date(2027, 3, 15),
        "account_by": date(2027, 3, 30),
        "overdue": False,
        "claim": (ItemAmount(line=LINE, item="6702", amount_vnd=2_000_000),),
        "claimed_by": "Hoàng Văn Đầu",
        "claimed_on": date(2027, 3, 20),
        "travel": travel(),
        "spent_vnd": 2_000_000,
        "to_return_vnd": 0,
        "to_pay_vnd": 0,
        "history": (),
        "payments": (REST_RETURNED,),
    }
    return AdvanceView(**{**facts, **more})


def test_an_advance_is_accounted_for_in_three_sums() -> None:
    paper = advance_settlement.compose(advance(), HEAD)
    text = text_of(paper)
    assert "GIẤY THANH TOÁN TẠM ỨNG" in text
    assert "I. Số tiền tạm ứng 2.500.000" in text
    assert "II. Số tiền đã chi 2.000.000" in text
    assert "III. Chênh lệch 500.000" in text
    assert "1. Số tạm ứng chi không hết (I - II) 500.000" in text
    assert "Đã nộp lại 500.000" in text
    assert "Bằng chữ: Hai triệu đồng chẵn." in text
    over = text_of(advance_settlement.compose(advance(spent_vnd=2_600_000, payments=()), HEAD))
    assert "2. Số chi quá tạm ứng (II - I) 100.000" in over
    unclaimed = advance(spent_vnd=None, claim=(), claimed_by=None, claimed_on=None, travel=(), payments=())
    assert "Bằng chữ" not in text_of(advance_settlement.compose(unclaimed, HEAD))


def cash_row(number: int, **more: Any) -> CashBookRow:
    facts: dict[str, Any] = {
        "on": date(2027, 3, 1 + number),
        "payment": f"PC {number}/2027",
        "description": "Chi văn phòng phẩm",
        "party": "Cửa hàng Kỳ Lừa",
        "in_vnd": 0,
        "out_vnd": 100_000,
        "balance_vnd": 10_000_000 - 100_000 * number,
        "board": "BTCTU",
        "entry_id": ID,
        "line_number": 2,
    }
    return CashBookRow(**{**facts, **more})


def test_the_cash_book_opens_moves_and_closes() -> None:
    received = {"payment": None, "receipt": "PT 1/2027", "in_vnd": 5_000_000, "out_vnd": 0, "balance_vnd": 14_800_000}
    rows = [cash_row(1), cash_row(2), cash_row(3, **received, negative_day=True)]
    text = text_of(
        account_books.cash_book(rows, ListCashBook(on_from=FIRST, on_to=LAST, board="BTCTU"), 10_000_000, HEAD)
    )
    assert "SỔ QUỸ TIỀN MẶT Từ ngày 01/03/2027 đến ngày 31/03/2027 Đơn vị: BTCTU" in text
    assert "Tồn đầu kỳ 10.000.000" in text
    assert "02/03/2027 PC 1/2027 Chi văn phòng phẩm (Cửa hàng Kỳ Lừa) 100.000 9.900.000" in text
    assert "Cộng phát sinh và tồn cuối kỳ 5.000.000 200.000 14.800.000" in text
    assert "Âm quỹ cuối ngày: 04/03/2027." in text
    assert "THỦ QUỸ" in text
    empty = text_of(account_books.cash_book([], ListCashBook(on_from=FIRST, on_to=LAST), 7, HEAD))
    assert "Cộng phát sinh và tồn cuối kỳ 0 0 7" in empty


def test_the_ledger_of_an_account_says_against_what() -> None:
    row = LedgerRow(
        on=date(2027, 3, 15),
        voucher="PC 12/2027",
        description="Chi văn phòng phẩm",
        against="111",
        debit_vnd=1_200_000,
        credit_vnd=0,
        balance_vnd=-300_000,
        account="612",
        board="BTCTU",
        entry_id=ID,
        line_number=1,
    )
    asked = ListLedger(on_from=FIRST, on_to=LAST, account="612")
    text = text_of(account_books.ledger([row], asked, -1_500_000, "Chi phí hoạt động giao tự chủ", HEAD))
    assert "SỔ CÁI Tài khoản 612 - Chi phí hoạt động giao tự chủ" in text
    assert "Số dư đầu kỳ -1.500.000" in text
    assert "15/03/2027 PC 12/2027 Chi văn phòng phẩm 111 BTCTU 1.200.000 -300.000" in text
    assert "Cộng phát sinh và số dư cuối kỳ 1.200.000 0 -300.000" in text


def balance_row(account: str, *amounts: int, **more: Any) -> TrialBalanceRow:
    names = (
        "opening_debit_vnd",
        "opening_credit_vnd",
        "debit_vnd",
        "credit_vnd",
        "closing_debit_vnd",
        "closing_credit_vnd",
    )
    return TrialBalanceRow(
        account=account, name=f"Tài khoản {account}", **dict(zip(names, amounts, strict=True)), **more
    )


def trial(by: Any = "account") -> made.Paper:
    board = "BTCTU" if by == "board" else None
    rows = [
        balance_row("111", 500, 0, 2_000, 300, 2_200, 0, board=board),
        balance_row("511", 0, 500, 300, 2_000, 0, 2_200, board=board),
        balance_row("008", 0, 0, 9_000, 0, 9_000, 0, board=board),
    ]
    return trial_balance.compose(rows, ListTrialBalance(on_from=FIRST, on_to=LAST, by=by), HEAD)


def test_a_trial_balance_sums_what_is_on_the_balance_only() -> None:
    text = text_of(trial())
    assert "BẢNG CÂN ĐỐI TÀI KHOẢN" in text
    assert "111 Tài khoản 111 500 2.000 300 2.200" in text
    assert "Cộng 500 500 2.300 2.300 2.200 2.200" in text
    assert text.index("Các tài khoản ngoài bảng") < text.index("008 Tài khoản 008 9.000 9.000")
    assert "111 Tài khoản 111 BTCTU 500 2.000 300 2.200" in text_of(trial("board"))


def test_the_execution_of_estimates_has_every_figure_and_its_share() -> None:
    row = ExecutionRow(
        board="BTCTU",
        source="tu-chu",
        chapter="509",
        clause="351",
        item="6550",
        name="Vật tư văn phòng",
        carried_in_vnd=0,
        initial_vnd=40_000_000,
        supplement_vnd=5_000_000,
        assigned_vnd=45_000_000,
        frozen_vnd=1_000_000,
        committed_vnd=2_000_000,
        advanced_vnd=3_000_000,
        spent_vnd=15_000_000,
        left_vnd=24_000_000,
        carried_out_vnd=0,
        lapsed_vnd=0,
        used=3333,
    )
    text = text_of(budget_reports.execution([row, row], ListExecution(year=2027), HEAD))
    assert "BÁO CÁO TÌNH HÌNH THỰC HIỆN DỰ TOÁN Năm 2027" in text
    assert "0 40.000.000 5.000.000 45.000.000 1.000.000 2.000.000 3.000.000 15.000.000 24.000.000 33,33" in text
    assert "Cộng 0 80.000.000 10.000.000 90.000.000 2.000.000 4.000.000 6.000.000 30.000.000 48.000.000 33,33" in text


SETTLED_LINE = BudgetLineView(
    line=LINE,
    told="Tự chủ, Vật tư văn phòng",
    source="tu-chu",
    source_name="Tự chủ",
    chapter="509",
    chapter_name="Văn phòng Tỉnh ủy",
    clause="351",
    clause_name="Hoạt động của Đảng",
    item="6550",
    item_name="Vật tư văn phòng",
    assigned_vnd=45_000_000,
    spent_vnd=40_000_000,
    advanced_vnd=1_000_000,
    handed_over_vnd=1_500_000,
    lapsed_vnd=2_500_000,
)
OVERRIDE = OverrideRow(
    recorded_at=AT,
    year=2027,
    board="BTCTU",
    lines=(LINE,),
    purpose="Khắc phục bão lũ",
    over_vnd=2_000_000,
    reason="Cấp bách",
    by_name="Phạm Thị Chánh",
    request_id=ID,
)


def settlement(**more: Any) -> SettlementView:
    facts: dict[str, Any] = {
        "year": 2027,
        "board": "BTCTU",
        "closed_on": date(2027, 7, 1),
        "to_board": "BTGDVTU",
        "lines": (SETTLED_LINE,),
        "total": Estimate(),
        "use": Use(),
        "open_advances": 1,
        "overrides": (OVERRIDE,),
    }
    return SettlementView(**{**facts, **more})


def test_a_boards_settlement_says_what_became_of_all_it_had() -> None:
    text = text_of(budget_reports.settlement(settlement(), HEAD))
    assert "BÁO CÁO QUYẾT TOÁN KINH PHÍ Đơn vị: BTCTU - Năm 2027 Khóa sổ ngày 01/07/2027 Bàn giao cho: BTGDVTU" in text
    assert "45.000.000 40.000.000 1.000.000 0 0 0 1.500.000 2.500.000 0" in text
    assert "Đề nghị chi chưa kết thúc: 0; tạm ứng chưa thanh toán: 1." in text
    assert "- Khắc phục bão lũ: 2.000.000 đồng; lý do: Cấp bách; người duyệt: Phạm Thị Chánh." in text
    draft = text_of(budget_reports.settlement(settlement(closed_on=None, to_board=None, adds_up=False), HEAD))
    assert "(Dự thảo: chưa khóa sổ)" in draft
    assert "Số liệu chưa cân đối" in draft


async def test_a_cash_book_over_http_opens_with_what_the_trial_balance_had(
    http: httpx.AsyncClient, office: Any, connect: Any, desk: Any
) -> None:
    finance = type(desk)(await connect(office, "finance"))
    rows = [cash_row(2).model_dump(mode="json"), cash_row(1).model_dump(mode="json")]
    opening = balance_row("111", 10_000_000, 0, 0, 200_000, 9_800_000, 0).model_dump(mode="json")
    for name, listed in (("cash-book", rows[::-1]), ("trial-balance", [opening])):
        result = {"rows": listed, "next_cursor": None}
        await finance.answer(f"query.finance.{name}", Answered(position=7, result=result))

    answer = await http.get(
        "/papers/finance/cash-book.pdf?on_from=2027-03-01&on_to=2027-03-31&board=BTCTU"
        "&organ=Văn phòng&cashier=Vi Thị Quỹ"
    )

    assert answer.status_code == 200
    text = " ".join(pages_of(answer.content))
    assert "Tồn đầu kỳ 10.000.000" in text
    assert "Cộng phát sinh và tồn cuối kỳ 0 200.000 9.800.000" in text
    assert "Vi Thị Quỹ" in text
    assert {body["data"]["board"] for _, body in finance.heard} == {"BTCTU"}


async def test_every_paper_of_money_is_offered(http: httpx.AsyncClient) -> None:
    paths = {offer.path for offer in PAPERS if offer.query.service == "finance"}
    names = ("voucher", "payment-request", "advance-request", "travel-costs", "advance-settlement", "cash-book")
    names += ("ledger", "trial-balance", "execution", "settlement")
    assert paths >= {f"/papers/finance/{name}" for name in names}
    for path in paths:
        for kind in ("pdf", "docx"):
            assert (await http.get(f"{path}.{kind}")).status_code in (400, 503)
