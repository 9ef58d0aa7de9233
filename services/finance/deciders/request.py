"""The request for money: what is asked for, who took which step, and what it still keeps of its lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from contracts import finance as words_of
from contracts.base import Event, Refused
from contracts.finance import ItemAmount, Payee, RequestStatus, SpendingKind
from services.finance.deciders.common import told_vnd
from services.runtime.manifest import Aggregate

Kept = Mapping[str, int]
"""Whole đồng by `line|item`."""


class Told(NamedTuple):
    """A step in words."""

    vi: str
    en: str


class PaidPart(NamedTuple):
    """What one voucher paid, from whose budget of which year."""

    year: int
    board: str
    amounts: tuple[ItemAmount, ...]


_STEPS: Mapping[str, Told] = {
    "SpendingRequested": Told("đã gửi", "was submitted"),
    "SpendingDrafted": Told("đã được lập dự thảo", "was drafted"),
    "SpendingRevised": Told("đã sửa và gửi lại", "was revised and submitted again"),
    "SpendingChecked": Told("kế toán đã kiểm tra", "was checked"),
    "SpendingReturned": Told("đã bị trả lại", "was returned"),
    "SpendingRejected": Told("không được duyệt hoặc đã bỏ", "was rejected or discarded"),
    "SpendingApproved": Told("đã được duyệt", "was approved"),
    "SpendingPaid": Told("đã chi một phần hoặc toàn bộ", "was paid, in part or all of it"),
    "SpendingAdvanced": Told("đã chi tạm ứng", "was handed out as an advance"),
    "PaymentReversed": Told("một khoản chi đã được ghi đảo", "had a payment reversed"),
    "SpendingClosed": Told("đã kết thúc", "was closed"),
    "SpendingMoved": Told("đã chuyển sang dự toán khác", "went over to another estimate"),
}
STATUS: Mapping[RequestStatus, Told] = {
    "drafted": Told("còn là dự thảo", "is a draft"),
    "submitted": Told("đang chờ kế toán kiểm tra", "waits to be checked"),
    "returned": Told("đã bị trả lại", "was returned"),
    "checked": Told("đang chờ duyệt", "waits to be approved"),
    "approved": Told("đã được duyệt", "is approved"),
    "rejected": Told("không được duyệt hoặc đã bỏ", "was rejected or discarded"),
    "closed": Told("đã kết thúc", "is closed"),
}


@dataclass(frozen=True)
class Request:
    """What later decisions need of a request; who took each step is kept by account."""

    status: RequestStatus | None = None
    revision: int = 0
    year: int = 0
    board: str = ""
    purpose: str = ""
    kind: SpendingKind = "regular"
    amounts: tuple[ItemAmount, ...] = ()
    payee: Payee | None = None
    contract_number: str | None = None
    facts: str = ""
    decide_by: datetime | None = None
    escalated: datetime | None = None
    asked: tuple[str, ...] = ()
    checked: str | None = None
    approved: str | None = None
    kept: Kept = field(default_factory=dict)
    payments: Mapping[str, PaidPart] = field(default_factory=dict)
    last: str = ""
    last_by: str = ""
    last_name: str = ""

    @property
    def open_vnd(self) -> int:
        """What it still keeps."""
        return sum(self.kept.values())

    @property
    def asking(self) -> list[tuple[str, str, str]]:
        """Who asked, as `expect_somebody_else` takes it."""
        return [(account, "đã gửi đề nghị này", "submitted this request") for account in self.asked]

    @property
    def checking(self) -> list[tuple[str, str, str]]:
        """Who asked or checked."""
        return [*self.asking, *_did(self.checked, "đã kiểm tra đề nghị này", "checked this request")]

    @property
    def approving(self) -> list[tuple[str, str, str]]:
        """Who asked, checked or approved."""
        return [*self.checking, *_did(self.approved, "đã duyệt đề nghị này", "approved this request")]


def _did(account: str | None, vi: str, en: str) -> list[tuple[str, str, str]]:
    return [] if account is None else [(account, vi, en)]


def evolve(request: Request, event: Event) -> Request:
    """Return the request after an event."""
    if type(event).__name__ in _STEPS:
        request = replace(
            request,
            revision=getattr(event, "revision"),  # noqa: B009 - every step has one
            last=type(event).__name__,
            last_by=getattr(event, "by", ""),
            last_name=getattr(event, "by_name", ""),
        )
    match event:
        case words_of.SpendingRequested() | words_of.SpendingRevised() | words_of.SpendingDrafted():
            return _asked(request, event)
        case words_of.SpendingChecked():
            return replace(request, status="checked", checked=event.by)
        case words_of.SpendingReturned():
            return replace(request, status="returned", checked=None)
        case words_of.SpendingRejected():
            return replace(request, status="rejected")
        case words_of.SpendingApproved():
            return replace(request, status="approved", approved=event.by, kept=_kept({}, request.amounts, 1))
        case words_of.SpendingEscalated():
            return replace(request, escalated=event.decide_by)
        case words_of.SpendingMoved():
            return replace(request, year=event.year, board=event.board)
    return _paid(request, event)


def _asked(request: Request, event: words_of.RequestFacts) -> Request:
    drafted = isinstance(event, words_of.SpendingDrafted)
    by = getattr(event, "by", "")
    return replace(
        request,
        status="drafted" if drafted else "submitted",
        year=event.year,
        board=event.board,
        purpose=event.purpose,
        kind=event.kind,
        amounts=event.amounts,
        payee=event.payee,
        contract_number=event.contract_number,
        facts=said(event),
        decide_by=getattr(event, "decide_by", None),
        asked=request.asked if drafted or by in request.asked else (*request.asked, by),
        checked=None,
    )


def _paid(request: Request, event: Event) -> Request:
    match event:
        case words_of.SpendingPaid():
            part = PaidPart(event.year, event.board, event.amounts)
            kept = _kept(request.kept, event.amounts, -1)
            return replace(request, kept=kept, payments={**request.payments, event.entry_id: part})
        case words_of.SpendingAdvanced():
            return replace(request, kept=_kept(request.kept, event.amounts, -1))
        case words_of.PaymentReversed():
            payments = {id: part for id, part in request.payments.items() if id != event.entry_id}
            kept = _kept(request.kept, event.amounts, 1)
            return replace(request, status="approved", kept=kept, payments=payments)
        case words_of.SpendingClosed():
            return replace(request, status="closed", kept={})
    return request


REQUEST = Aggregate("request", Request(), evolve)


def said(facts: words_of.RequestFacts) -> str:
    """Return what is asked for as one text, so that two wishes can be compared."""
    names = [name for name in words_of.RequestFacts.model_fields if name != "revision"]
    return facts.model_dump_json(include=set(names))


def key(amount: ItemAmount) -> str:
    """Return under what an amount is kept."""
    return f"{amount.line}|{amount.item}"


def merged(amounts: Iterable[ItemAmount]) -> tuple[ItemAmount, ...]:
    """Return amounts with those of one line and item made into one, in the order in which they are first named."""
    found: dict[str, ItemAmount] = {}
    for amount in amounts:
        before = found.get(key(amount))
        sum_vnd = amount.amount_vnd + (before.amount_vnd if before else 0)
        note = before.note if before and before.note else amount.note
        found[key(amount)] = amount.model_copy(update={"amount_vnd": sum_vnd, "note": note})
    return tuple(found.values())


def total(amounts: Iterable[ItemAmount]) -> int:
    """Return the sum of amounts."""
    return sum(amount.amount_vnd for amount in amounts)


def expect_kept(request: Request, amounts: Iterable[ItemAmount]) -> None:
    """Raise Refused for amounts that a request does not keep by line and item."""
    for amount in amounts:
        kept = request.kept.get(key(amount), 0)
        if amount.amount_vnd > kept:
            told = {"line": amount.line, "item": amount.item, "kept": told_vnd(kept)}
            raise Refused(words_of.MORE_THAN_KEPT, "amounts", **told)


def expect_status(request: Request, *statuses: RequestStatus) -> None:
    """Raise Refused for a request whose turn it is not."""
    assert request.status is not None
    if request.status not in statuses:
        vi, en = STATUS[request.status]
        raise Refused(words_of.NOT_THIS_STEP, vi=vi, en=en)


def expect_as_seen(request: Request, command: words_of.RequestCommand | words_of.ReviseSpending) -> None:
    """Raise Refused for a request that there is not, or that changed since it was seen, saying what changed."""
    if request.status is None:
        raise Refused(words_of.SPENDING_UNKNOWN, request_id=command.request_id)
    if request.revision != command.revision:
        vi, en = _STEPS[request.last]
        raise Refused(words_of.SPENDING_CHANGED, vi=vi, en=en, by=request.last_name or "hệ thống")
    drafted = request.status == "drafted" and isinstance(command, words_of.ReviseSpending)
    if not drafted and (request.year, request.board) != (command.year, command.board):
        raise Refused(words_of.SPENDING_ELSEWHERE, year=request.year, board=request.board)


def said_again(request: Request, command: words_of.RequestCommand, kind: type[Event], by: str) -> bool:
    """Tell whether the speaker's step is the last one that was taken, and was taken on what they saw."""
    return request.revision == command.revision + 1 and (request.last, request.last_by) == (kind.__name__, by)


def _kept(kept: Kept, amounts: Iterable[ItemAmount], factor: int) -> Kept:
    found = dict(kept)
    for amount in amounts:
        found[key(amount)] = found.get(key(amount), 0) + factor * amount.amount_vnd
    return {name: left for name, left in found.items() if left}
