"""The papers the console offers, each with the query behind it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from contracts.assets.handovers import GetHandoverMinutes
from contracts.assets.queries import GetAsset, ListAssets, ListLabels, ListWear
from contracts.assets.stocktakes import GetStocktakeReport
from contracts.base import Message, Query
from contracts.finance import (
    GetAdvance,
    GetRequest,
    GetSettlement,
    GetVoucher,
    ListCashBook,
    ListExecution,
    ListLedger,
    ListTrialBalance,
)
from contracts.organisation import GetTransfer, ListRoster
from contracts.scheduling.vehicles import GetRide, GetRunOrder, ListBoardFairness, ListFuelMonths, ListTrips
from contracts.scheduling.weekly import GetWeek, ListWeekChanges
from services.console.papers import collecting, collecting_cars, collecting_finance, collecting_week
from services.console.papers.collecting_cars import CarLetterhead
from services.console.papers.letterhead import LabelSheets, Letterhead
from services.console.papers.money_letterhead import MoneyLetterhead
from services.console.papers.paper import Made
from services.console.papers.week import WeekLetterhead
from services.console.surface import QUERIES, QueryOffer

BOTH = ("docx", "pdf")


@dataclass(frozen=True)
class Kind:
    """A kind of paper: its place under /papers, its name, what is asked for it, and who puts it together."""

    query: type[Query]
    name: str
    vi: str
    en: str
    make: Callable[..., Awaitable[Made]]
    options: type[Message] = Letterhead
    files: tuple[str, ...] = BOTH


@dataclass(frozen=True)
class PaperOffer:
    """A kind of paper, and the service that answers for it."""

    kind: Kind
    query: QueryOffer

    @property
    def path(self) -> str:
        """Where the console offers it, without the file's ending."""
        return f"/papers/{self.query.service}/{self.kind.name}"


KINDS = (
    Kind(
        GetTransfer,
        "transfer-list",
        "Danh sách điều động kèm theo quyết định",
        "The list of people that goes with a transfer decision.",
        collecting.transfer,
    ),
    Kind(ListRoster, "roster", "Danh sách cán bộ theo đơn vị", "Who is in which post on a day.", collecting.everybody),
    Kind(
        GetHandoverMinutes,
        "handover-minutes",
        "Biên bản bàn giao tài sản (C50-HD)",
        "The minutes of a handover, of the whole batch or of one giving unit.",
        collecting.handover,
    ),
    Kind(
        GetStocktakeReport,
        "stocktake-minutes",
        "Biên bản kiểm kê tài sản cố định (C53-HD)",
        "The minutes of a stocktake, of all of it or of one unit or site.",
        collecting.stocktake,
    ),
    Kind(
        ListWear,
        "wear-table",
        "Bảng tính hao mòn tài sản cố định (C55a-HD)",
        "The table of a year's wear, class by class.",
        collecting.wear,
    ),
    Kind(GetAsset, "asset-card", "Thẻ tài sản cố định (S25-H)", "The card of one asset.", collecting.card),
    Kind(ListAssets, "asset-register", "Sổ tài sản cố định (S24-H)", "The book of assets.", collecting.register),
    Kind(
        ListLabels,
        "labels",
        "Tem tài sản có mã QR",
        "Sheets of labels with a QR code each, to stick on assets.",
        collecting.labels,
        LabelSheets,
        ("pdf",),
    ),
    Kind(
        GetRide,
        "ride-request",
        "Giấy đề nghị sử dụng xe",
        "A board's request for a car, with what became of it.",
        collecting_cars.asked_for,
        CarLetterhead,
    ),
    Kind(
        GetRunOrder,
        "run-order",
        "Lệnh điều xe có mã QR",
        "The order of a run, with a QR code to check it by.",
        collecting_cars.ordered,
        CarLetterhead,
    ),
    Kind(
        ListTrips,
        "car-log",
        "Sổ nhật trình xe",
        "The log of a car's month, or of any trips.",
        collecting_cars.logged,
        CarLetterhead,
    ),
    Kind(
        ListFuelMonths,
        "fuel-table",
        "Bảng thanh toán nhiên liệu tháng",
        "The settlement of a month's fuel, of one car or of all.",
        collecting_cars.settled,
        CarLetterhead,
    ),
    Kind(
        ListBoardFairness,
        "car-fairness",
        "Báo cáo sử dụng xe của các ban, đơn vị",
        "How the boards' requests for cars fared, side by side.",
        collecting_cars.fared,
        CarLetterhead,
    ),
    Kind(
        GetWeek,
        "week",
        "Lịch công tác tuần",
        "The weekly calendar, as a version was published or as a draft, in one of three layouts.",
        collecting_week.week,
        WeekLetterhead,
    ),
    Kind(
        ListWeekChanges,
        "week-changes",
        "Thông báo thay đổi lịch công tác",
        "What the last version of a weekly calendar changed.",
        collecting_week.changes,
        WeekLetterhead,
    ),
    Kind(
        GetVoucher,
        "voucher",
        "Phiếu thu, phiếu chi, chứng từ ghi sổ",
        "An entry as a voucher: of receipt or payment at the till, of a bank, or general.",
        collecting_finance.voucher,
        MoneyLetterhead,
    ),
    Kind(
        GetRequest,
        "payment-request",
        "Giấy đề nghị thanh toán",
        "A board's request for a payment, with how far it has come.",
        collecting_finance.payment_asked,
        MoneyLetterhead,
    ),
    Kind(
        GetRequest,
        "advance-request",
        "Giấy đề nghị tạm ứng",
        "A board's request for an advance, with how far it has come.",
        collecting_finance.advance_asked,
        MoneyLetterhead,
    ),
    Kind(
        GetRequest,
        "travel-costs",
        "Bảng kê thanh toán công tác phí",
        "What a journey costs, by the rates in force.",
        collecting_finance.travelled,
        MoneyLetterhead,
    ),
    Kind(
        GetAdvance,
        "advance-settlement",
        "Giấy thanh toán tạm ứng",
        "The account of an advance: handed out, spent, and what is between.",
        collecting_finance.accounted,
        MoneyLetterhead,
    ),
    Kind(
        ListCashBook,
        "cash-book",
        "Sổ quỹ tiền mặt",
        "The cash book of a period.",
        collecting_finance.cash,
        MoneyLetterhead,
    ),
    Kind(
        ListLedger,
        "ledger",
        "Sổ cái",
        "The ledger of an account for a period.",
        collecting_finance.ledger,
        MoneyLetterhead,
    ),
    Kind(
        ListTrialBalance,
        "trial-balance",
        "Bảng cân đối tài khoản",
        "The trial balance of a period.",
        collecting_finance.balance,
        MoneyLetterhead,
    ),
    Kind(
        ListExecution,
        "execution",
        "Báo cáo tình hình thực hiện dự toán",
        "How estimates are executed.",
        collecting_finance.executed,
        MoneyLetterhead,
    ),
    Kind(
        GetSettlement,
        "settlement",
        "Báo cáo quyết toán của ban, đơn vị",
        "A board's settlement of a year.",
        collecting_finance.settled,
        MoneyLetterhead,
    ),
)
"""Every kind of paper; a console offers those whose query its services answer."""
SUBJECTS: dict[Any, QueryOffer] = {offer.message: offer for offer in QUERIES}
"""Which service answers a query, by its class."""
PAPERS = tuple(PaperOffer(kind, SUBJECTS[kind.query]) for kind in KINDS if kind.query in SUBJECTS)
