"""What stands against a wish about an item of the week: it is settled, another's, over, or not as it was seen."""

from datetime import datetime

from contracts.base import Refused
from contracts.scheduling import SeenBooking
from contracts.scheduling.weekly import refusals as because
from contracts.scheduling.weekly.values import ItemStatus
from services.runtime.manifest import Given
from services.scheduling.deciders.common import told_period
from services.scheduling.deciders.week import OPEN, Item, Week

_OFFICE = frozenset({"clerk", "leader", "service"})
STATUS_NAMES: dict[ItemStatus, tuple[str, str]] = {
    "proposed": ("được đề xuất", "proposed"),
    "awaiting_opinion": ("xin ý kiến Thường trực", "before the standing committee"),
    "agreed": ("được Thường trực đồng ý", "agreed to by the standing committee"),
    "arranged": ("được xếp lịch", "arranged"),
    "declined": ("bị từ chối xếp lịch", "declined"),
    "withdrawn": ("được rút", "withdrawn"),
    "cancelled": ("hủy", "cancelled"),
    "postponed": ("chuyển sang tuần khác", "postponed to another week"),
}


def known(week: Week, id: str) -> Item:
    """Return an item of the week; raise Refused where there is none."""
    item = week.item(id)
    if item is None:
        raise Refused(because.ITEM_UNKNOWN, item_id=id)
    return item


def settled(item: Item) -> Refused:
    """Return the refusal of what an item is past already."""
    vi, en = STATUS_NAMES[item.status]
    return Refused(because.ITEM_SETTLED, vi=vi, en=en)


def expect_arranged(item: Item, given: Given) -> None:
    """Raise Refused for an item that does not stand in the week, or whose time has passed: what was, stays."""
    vi, en = STATUS_NAMES[item.status]
    if item.status in OPEN:
        raise Refused(because.ITEM_NOT_ARRANGED, vi=vi, en=en)
    if item.status != "arranged":
        raise settled(item)
    expect_to_come(item.facts.ends_at, given, bool(item.holds))


def expect_to_come(ends_at: datetime, given: Given, holds: bool) -> None:
    """Raise Refused for an item that held people or things and is over; one that held none can always be put right."""
    if holds and ends_at <= given.now:
        raise Refused(because.ITEM_SETTLED, vi="kết thúc", en="over")


def expect_yours(item: Item, given: Given) -> None:
    """Raise Refused for a speaker who neither proposed it, nor is of the board, nor of the office."""
    actor = given.actor
    of_board = actor.board is not None and actor.board == item.board
    if not _OFFICE & set(actor.roles) and actor.id != item.by and not of_board:
        raise Refused(because.ITEM_NOT_YOURS, by_name=item.by_name)


def expect_as_seen(item: Item, seen: SeenBooking | None, names: str) -> None:
    """Raise Refused where an item holds other things, or at another time, than its speaker saw."""
    now, there = item.seen, seen.things if seen else ()
    same_time = seen is None or (seen.starts_at, seen.ends_at) == (now.starts_at, now.ends_at)
    if set(there) != set(now.things) or (item.status == "arranged" and not same_time):
        period = told_period(now.starts_at, now.ends_at)
        raise Refused(because.ITEM_CHANGED, now=f"{period} {names}".strip())
