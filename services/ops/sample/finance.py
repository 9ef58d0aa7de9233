"""The sample's money: estimates of two boards, requests in every state, an advance, and some vouchers."""

from datetime import datetime
from typing import Any

from contracts.base import Actor
from services.ops.sample.speaking import HANOI, Speaker

_PETROL, _PAPER, _TRAVEL = "tu-chu.509.351.6500", "tu-chu.509.351.6550", "tu-chu.509.351.6700"
_GUESTS = "khong-tu-chu.509.351.7750"
_ITEMS = {_PETROL: "6503", _PAPER: "6551", _TRAVEL: "6702", _GUESTS: "7761"}
_ESTIMATES = {
    "VPTU": {_PETROL: 420_000_000, _PAPER: 180_000_000, _TRAVEL: 240_000_000, _GUESTS: 300_000_000},
    "BTCTU": {_PETROL: 90_000_000, _PAPER: 60_000_000, _TRAVEL: 120_000_000, _GUESTS: 40_000_000},
}
_TILLS = (("quy-tien-mat", "Quỹ tiền mặt", "111", None), ("nh-agribank", "Agribank", "112", "3713.0.1058746"))
_CONTACT = Actor(id="user:bui.ngoc", name="Bùi Thị Ngọc", roles=("clerk",))
_ACCOUNTANT = Actor(id="user:le.ke", name="Lê Thị Kế", roles=("accountant",))
_HEAD = Actor(id="user:pham.chanh", name="Phạm Thị Chánh", roles=("leader",))
_CASHIER = Actor(id="user:vi.quy", name="Vi Thị Quỹ", roles=("cashier",))
_STATES = ("submitted", "checked", "approved", "paid")
_REQUESTS: tuple[tuple[str, str, str, int, str, dict[str, Any]], ...] = (
    ("BTCTU", "Văn phòng phẩm quý này", _PAPER, 8_450_000, "paid", {"payee": {"name": "Nhà sách Cao Bằng"}}),
    ("VPTU", "Xăng xe công tác trong tháng", _PETROL, 18_600_000, "paid", {"payee": {"name": "Công ty Xăng dầu"}}),
    ("BTCTU", "Mực in, giấy in hội nghị", _PAPER, 6_200_000, "approved", {"contract_number": "05/HĐ-MB"}),
    ("VPTU", "Xăng xe kiểm tra thiên tai", _PETROL, 12_000_000, "checked", {}),
    ("BTCTU", "Công tác phí kiểm tra cơ sở", _TRAVEL, 3_900_000, "submitted", {}),
)


class _Desk:
    """The desk of finance in the sample's year: who speaks follows from the step."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker
        self.day = datetime.now(HANOI).date().isoformat()
        self.year = int(self.day[:4])

    async def says(self, who: Actor, command: str, key: str, **words: Any) -> str:
        return await self._speaker.say("finance", command, f"finance:{command}:{key}", words, who)

    async def asks(self, key: str, board: str, line: str, vnd: int, upto: str, words: dict[str, Any]) -> dict[str, Any]:
        """Ask for money and have it decided up to a state; return the request as it is seen then."""
        place = {"year": self.year, "board": board}
        id = await self.says(_CONTACT, "request-spending", key, **place, amounts=_amounts(line, vnd), **words)
        seen: dict[str, Any] = {**place, "request_id": id, "revision": 1}
        steps: tuple[tuple[Actor, str, dict[str, Any] | None], ...] = (
            (_ACCOUNTANT, "check-spending", {}),
            (_HEAD, "approve-spending", {}),
            (_CASHIER, "pay-spending", None),
        )
        for who, command, more in steps[: _STATES.index(upto)]:
            paid = {**self.cash, "amounts": _amounts(line, vnd)} if more is None else more
            await self.says(who, command, key, **seen, **paid)
            seen["revision"] += 1
        return seen

    @property
    def cash(self) -> dict[str, Any]:
        """How money moves at the till today."""
        return {"method": "cash", "money_account": "quy-tien-mat", "on": self.day}


async def load(speaker: Speaker) -> None:
    """Assign estimates, open the till and the account, draw money, and bring requests to where they are."""
    desk = _Desk(speaker)
    decided = {"decision_number": "12-QĐ/TU", "decided_on": f"{desk.year}-01-05"}
    for board, estimate in _ESTIMATES.items():
        lines = [{"line": line, "amount_vnd": vnd} for line, vnd in estimate.items()]
        await desk.says(_HEAD, "assign-estimate", board, year=desk.year, board=board, lines=lines, **decided)
    for id, name, account, number in _TILLS:
        words = {"money_account": id, "name": name, "account": account, "number": number}
        await desk.says(_ACCOUNTANT, "open-money-account", id, **words)
    for board, vnd in (("VPTU", 60_000_000), ("BTCTU", 30_000_000)):
        drawn = {"template": "withdraw_cash", "kind": "receipt", "on": desk.day, "description": "Rút dự toán về quỹ"}
        await desk.says(_ACCOUNTANT, "post-by-template", board, board=board, line=_PAPER, amount_vnd=vnd, **drawn)
    for place, (board, purpose, line, vnd, upto, more) in enumerate(_REQUESTS):
        await desk.asks(f"{place}", board, line, vnd, upto, {"purpose": purpose, **more})
    guests = {"purpose": "Đón đoàn công tác của Trung ương", "kind": "unplanned", "legal_basis": "Quyết định 15-QĐ/TU"}
    await desk.asks("guests", "VPTU", _GUESTS, 25_000_000, "submitted", guests)
    journey = {"purpose": "Công tác tại Hà Nội", "as_advance": True}
    seen = await desk.asks("journey", "BTCTU", _TRAVEL, 5_000_000, "approved", journey)
    handed = {"amounts": _amounts(_TRAVEL, 5_000_000), "holder": {"name": "Lò Văn Sáng"}, "task_ends_on": desk.day}
    await desk.says(_CASHIER, "pay-advance", "journey", **seen, **desk.cash, **handed)


def _amounts(line: str, vnd: int) -> list[dict[str, Any]]:
    return [{"line": line, "item": _ITEMS[line], "amount_vnd": vnd}]
