"""The advance: who holds it, until when it is accounted for, what was spent of it, and what is still to be settled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from contracts import finance as words_of
from contracts.base import Event, Refused
from contracts.finance import AdvanceCommand, AdvanceStatus, HoldingStatus, ItemAmount
from services.finance.deciders.advance_holder import holder_id
from services.finance.deciders.request import Told, total
from services.runtime.manifest import Aggregate

_STEPS: Mapping[str, Told] = {
    "AdvancePaid": Told("đã chi", "was handed out"),
    "AdvanceClaimed": Told("đã đề nghị thanh toán", "was accounted for"),
    "ClaimChecked": Told("kế toán đã kiểm tra thanh toán", "had its account checked"),
    "ClaimReturned": Told("giấy thanh toán bị trả lại", "had its account returned"),
    "ClaimApproved": Told("đã duyệt thanh toán", "had its account approved"),
    "RestReceived": Told("đã thu phần thừa", "had money returned"),
    "RestPaid": Told("đã chi phần thiếu", "had the rest paid"),
    "AdvanceMoved": Told("đã chuyển sang dự toán khác", "went over to another estimate"),
}
_STATUS: Mapping[AdvanceStatus, Told] = {
    "open": Told("chưa được đề nghị thanh toán", "is not accounted for yet"),
    "claimed": Told("đang chờ kế toán kiểm tra thanh toán", "waits for its account to be checked"),
    "claim_checked": Told("đang chờ duyệt thanh toán", "waits for its account to be approved"),
    "accounted": Told("đã duyệt thanh toán, còn thừa hoặc thiếu", "is accounted for, with a rest to settle"),
    "settled": Told("đã thanh toán xong", "is settled"),
}


@dataclass(frozen=True)
class Advance:
    """What later decisions need of an advance; `returning` and `owed` are the rests by line, still to be settled."""

    status: AdvanceStatus | None = None
    revision: int = 0
    year: int = 0
    board: str = ""
    request_id: str = ""
    purpose: str = ""
    holder_id: str = ""
    holder: str = ""
    amounts: tuple[ItemAmount, ...] = ()
    since: date = date.min
    account_by: date = date.min
    paid: str | None = None
    claimed: str | None = None
    checked: str | None = None
    approved: str | None = None
    claim: tuple[ItemAmount, ...] = ()
    returning: tuple[ItemAmount, ...] = ()
    owed: tuple[ItemAmount, ...] = ()
    reminded: tuple[bool, ...] = ()
    last: str = ""
    last_by: str = ""
    last_name: str = ""

    @property
    def claiming(self) -> list[tuple[str, str, str]]:
        """Who handed it out or accounted for it, as `expect_somebody_else` takes it."""
        did = ((self.paid, "đã chi tạm ứng", "paid it"), (self.claimed, "đã lập giấy thanh toán", "accounted for it"))
        return [(account, vi, en) for account, vi, en in did if account is not None]

    @property
    def checking(self) -> list[tuple[str, str, str]]:
        """Who handed it out, accounted for it or checked that."""
        did = [] if self.checked is None else [(self.checked, "đã kiểm tra thanh toán", "checked its account")]
        return [*self.claiming, *did]

    @property
    def settling(self) -> list[tuple[str, str, str]]:
        """Who accounted for it, checked or approved that: whoever handed it out may take the rest back."""
        did = (
            (self.claimed, "đã lập giấy thanh toán", "accounted for it"),
            (self.checked, "đã kiểm tra thanh toán", "checked its account"),
            (self.approved, "đã duyệt thanh toán", "approved its account"),
        )
        return [(account, vi, en) for account, vi, en in did if account is not None]


def evolve(advance: Advance, event: Event) -> Advance:
    """Return the advance after an event."""
    if type(event).__name__ in _STEPS:
        advance = replace(
            advance,
            revision=getattr(event, "revision"),  # noqa: B009 - every step has one
            last=type(event).__name__,
            last_by=getattr(event, "by", ""),
            last_name=getattr(event, "by_name", ""),
        )
    match event:
        case words_of.AdvancePaid():
            return _paid(advance, event)
        case words_of.AdvanceMoved():
            return replace(advance, year=event.year, board=event.board)
        case words_of.AdvanceReminded():
            return replace(advance, reminded=(*advance.reminded, event.overdue))
        case words_of.AdvanceClaimed():
            return replace(advance, status="claimed", claimed=event.by, checked=None, claim=event.amounts)
        case words_of.ClaimChecked():
            return replace(advance, status="claim_checked", checked=event.by)
        case words_of.ClaimReturned():
            return replace(advance, status="open", claimed=None, checked=None, claim=())
    return _settled(advance, event)


def _paid(advance: Advance, event: words_of.AdvancePaid) -> Advance:
    return replace(
        advance,
        status="open",
        year=event.year,
        board=event.board,
        request_id=event.request_id,
        purpose=event.purpose,
        holder_id=holder_id(event.holder),
        holder=event.holder.name,
        amounts=event.amounts,
        since=event.on,
        account_by=event.account_by,
        paid=event.by,
    )


def _settled(advance: Advance, event: Event) -> Advance:
    match event:
        case words_of.ClaimApproved():
            returning, owed = rests(advance.amounts, advance.claim)
            advance = replace(advance, approved=event.by, returning=returning, owed=owed)
        case words_of.RestReceived():
            advance = replace(advance, returning=without(advance.returning, event.amount_vnd))
        case words_of.RestPaid():
            advance = replace(advance, owed=without(advance.owed, event.amount_vnd))
        case _:
            return advance
    return replace(advance, status="accounted" if advance.returning or advance.owed else "settled")


ADVANCE = Aggregate("advance", Advance(), evolve)


def rests(
    advanced: Iterable[ItemAmount], spent: Iterable[ItemAmount]
) -> tuple[tuple[ItemAmount, ...], tuple[ItemAmount, ...]]:
    """Return what is to be returned and what is to be paid, source by source: money of one does not pay for another's.

    Within a source only the difference moves; it is told by the lines and items it is first found under.
    """
    returning: list[ItemAmount] = []
    owed: list[ItemAmount] = []
    advanced, spent = tuple(advanced), tuple(spent)
    for source in dict.fromkeys(_source(amount) for amount in (*advanced, *spent)):
        had = [amount for amount in advanced if _source(amount) == source]
        used = [amount for amount in spent if _source(amount) == source]
        rest = total(had) - total(used)
        returning += first_of(had, rest)
        owed += first_of(used, -rest)
    return tuple(returning), tuple(owed)


def first_of(amounts: Iterable[ItemAmount], sum_vnd: int) -> list[ItemAmount]:
    """Return the first of amounts, up to a sum; nothing for a sum of nothing or less."""
    taken = []
    for amount in amounts:
        part = min(sum_vnd, amount.amount_vnd)
        if part > 0:
            taken.append(amount.model_copy(update={"amount_vnd": part}))
            sum_vnd -= part
    return taken


def without(amounts: Iterable[ItemAmount], sum_vnd: int) -> tuple[ItemAmount, ...]:
    """Return amounts less the first of them up to a sum."""
    left = []
    for amount in amounts:
        part = min(sum_vnd, amount.amount_vnd)
        sum_vnd -= part
        if amount.amount_vnd > part:
            left.append(amount.model_copy(update={"amount_vnd": amount.amount_vnd - part}))
    return tuple(left)


def _source(amount: ItemAmount) -> str:
    return amount.line.split(".", 1)[0]


def noted(advance: Advance, advance_id: str, status: HoldingStatus) -> words_of.HoldingNoted:
    """Return what its holder holds of it from now on."""
    return words_of.HoldingNoted(
        advance_id=advance_id,
        purpose=advance.purpose,
        since=advance.since,
        account_by=advance.account_by,
        status=status,
    )


def expect_as_seen(advance: Advance, command: AdvanceCommand) -> None:
    """Raise Refused for an advance that there is not, or that changed since it was seen."""
    if advance.status is None:
        raise Refused(words_of.ADVANCE_UNKNOWN, advance_id=command.advance_id)
    if advance.revision != command.revision:
        vi, en = _STEPS[advance.last]
        raise Refused(words_of.ADVANCE_CHANGED, vi=vi, en=en, by=advance.last_name or "hệ thống")
    expect_place(advance, command.year, command.board, command.holder_id)


def expect_place(advance: Advance, year: int, board: str, holder: str) -> None:
    """Raise Refused where an advance is of another budget or another holder than the speaker said."""
    if (advance.year, advance.board, advance.holder_id) != (year, board, holder):
        raise Refused(words_of.ADVANCE_ELSEWHERE, year=advance.year, board=advance.board, holder=advance.holder)


def expect_status(advance: Advance, *statuses: AdvanceStatus) -> None:
    """Raise Refused for an advance whose turn it is not."""
    assert advance.status is not None
    if advance.status not in statuses:
        vi, en = _STATUS[advance.status]
        raise Refused(words_of.NOT_THIS_STEP_OF_ADVANCE, vi=vi, en=en)


def said_again(advance: Advance, command: AdvanceCommand, kind: type[Event], by: str) -> bool:
    """Tell whether the speaker's step is the last one that was taken, and was taken on what they saw."""
    return advance.revision == command.revision + 1 and (advance.last, advance.last_by) == (kind.__name__, by)
