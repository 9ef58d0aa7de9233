"""An office in which everything happened to requests and advances that can, and what is shown of it."""

from collections.abc import AsyncIterator, Callable
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest
import pytest_asyncio

from contracts import finance as words
from deploy.stack import Stack
from services.finance import spending
from tests.finance.shown import Shown

if TYPE_CHECKING:
    from tests.finance.office import Office

_HERE = Path(__file__)
SPECIAL: dict[str, Any] = {"kind": "special", "legal_basis": "Nghị quyết 12/2026/NQ-HĐND"}
CAUSE = words.Cause(
    event_id="0190a6f2-c3d4-7e1f-8a2b-3c4d5e6f7081:0",
    type="scheduling.FuelRecorded",
    subject="trip_log/xe-45-2026-11",
    told="Đổ xăng xe 12A-000.45 ngày 19/11/2026",
)


def _module(path: Path) -> Any:
    spec = spec_from_file_location(f"tests_finance_spending_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _requests(money: "Office") -> dict[str, str]:
    ids = {"drafted": money.when(words.DraftSpending(**money.details(620_000), cause=CAUSE), actor=money.SERVICE).id}
    ids["submitted"] = money.asked(5_000_000, purpose="Văn phòng phẩm quý 4")
    ids["other"] = money.asked(1_000_000, board=money.OTHER, actor=money.OTHER_CONTACT)
    ids["checked"] = money.checked(2_000_000, money.GUESTS, **SPECIAL)
    money.when(words.EscalateSpending(request_id=ids["checked"]), actor=money.SERVICE, now=money.LATER)
    ids["returned"] = money.asked(1_000_000)
    money.about(words.ReturnSpending, ids["returned"], money.SECOND, reason="Thiếu báo giá.")
    ids["rejected"] = money.asked(1_000_000)
    money.about(words.RejectSpending, ids["rejected"], money.HEAD, reason="Chưa cần thiết.")
    ids["revised"] = money.checked(3_000_000)
    money.about(words.ReturnSpending, ids["revised"], money.HEAD, reason="Giảm số tiền.")
    seen = {"request_id": ids["revised"], "revision": money.request(ids["revised"]).revision}
    money.when(words.ReviseSpending(**seen, **money.details(2_500_000)), actor=money.CONTACT)
    ids["paid"] = money.approved(6_000_000, purpose="Xăng xe tháng 10")
    first = money.paying(ids["paid"], 4_000_000).one(words.SpendingPaid).entry_id
    money.paying(ids["paid"], 2_000_000)
    back = {"on": money.DAY, "reason": "Chi nhầm người nhận.", "board": money.BOARD}
    money.when(words.ReverseEntry(entry_id=first, request_id=ids["paid"], **back), actor=money.SECOND).accepted()
    money.paying(ids["paid"], 1_000_000, method="bank", money_account="nh-agribank").accepted()
    money.about(words.CloseSpending, ids["paid"], money.ACCOUNTANT, reason="Đã mua đủ.").accepted()
    ids["over"] = money.checked(99_000_000)
    money.about(words.ApproveSpendingOver, ids["over"], money.HEAD, reason="Đoàn Trung ương.").accepted()
    return ids


def _advances(money: "Office") -> dict[str, str]:
    ids = {"open": money.advanced(1_000_000, money.TRAVEL, purpose="Đi cơ sở")}
    for overdue in (False, True):
        money.when(words.RemindAdvance(advance_id=ids["open"], overdue=overdue), actor=money.SERVICE).accepted()
    ids["returned"] = money.claimed(
        money.advanced(2_000_000, money.PAPER, purpose="In tài liệu"), 1_500_000, money.PAPER
    )
    moving = {"method": "cash", "money_account": "quy-tien-mat", "on": money.DAY}
    money.of_advance(words.ReceiveRest, ids["returned"], money.CASHIER, **moving, amount_vnd=200_000).accepted()
    ids["settled"] = money.claimed(money.advanced(500_000, money.PAPER, purpose="Bì thư"), 600_000, money.PAPER)
    money.of_advance(words.PayRest, ids["settled"], money.CASHIER, **moving, amount_vnd=100_000).accepted()
    ids["again"] = money.advanced(500_000, money.PAPER, purpose="Mực in")
    money.claiming(ids["again"], 400_000, money.PAPER).accepted()
    money.of_advance(words.ReturnClaim, ids["again"], money.SECOND, reason="Thiếu hóa đơn.").accepted()
    travel = {"purpose": "Kiểm tra cơ sở", "traveller": money.HOLDER, "group": "official", "line": money.TRAVEL}
    day = words.TravelDay(day=date(2026, 11, 2), region="other", night="lump_sum")
    claiming = {"year": 2026, "board": money.BOARD, "travel_order": words.Paper(number="45-GĐĐ"), "days": (day,)}
    ids["travel"] = money.when(words.ClaimTravel(**travel, **claiming), actor=money.CONTACT).accepted().id
    return ids


@pytest.fixture(scope="session")
def told(new_money: "Callable[[], Office]", moment: Callable[[str], Any]) -> "Office":
    """An office in which everything happened that can; `ids` names requests, `held` advances, by how they stand."""
    money: Any = new_money()
    money.LATER = moment("2026-11-26 10:00")
    money.ids = _requests(money)
    money.held = _advances(money)
    open_ids = money.budget(money.OTHER).committed
    assert not open_ids
    state = money.budget()
    decided: dict[str, Any] = {"decision_number": "99-QĐ/TU", "decided_on": date(2026, 11, 23)}
    named = {"requests": tuple(state.committed), "advances": (*state.advanced, money.held["returned"])}
    moving = words.CarryOver(year=2026, board=money.BOARD, **named, **decided)
    money.when(moving, actor=money.HEAD).accepted()
    made: Office = money
    return made


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shown(office: Stack, told: "Office") -> AsyncIterator[Shown]:
    """A schema with everything that is shown of them."""
    connection = await asyncpg.connect(office.database_url("finance"))
    made: Shown = Shown(connection, spending.QUERY_RULES)
    await made.build(told.facts)
    yield made
    await connection.close()
