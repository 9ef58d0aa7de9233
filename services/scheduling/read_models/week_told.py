"""What changed of an item of the week, told in words."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo

from contracts.scheduling.weekly.events import ItemFacts, Named, WeekChange
from contracts.scheduling.weekly.values import ChangeKind, DaySession
from services.scheduling.deciders.week_facts import people, themselves

_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_SESSIONS: dict[DaySession, tuple[str, str]] = {
    "morning": ("buổi sáng", "morning"),
    "afternoon": ("buổi chiều", "afternoon"),
    "evening": ("buổi tối", "evening"),
    "day": ("cả ngày", "all day"),
}
_INVITATIONS = {
    "calendar": ("lịch này thay giấy mời", "this calendar invites"),
    "letter": ("có giấy mời riêng", "invited by letter"),
    "none": ("không mời", "nobody is invited"),
}
_PUBLICITY = {
    "public": ("công khai", "public"),
    "internal": ("nội bộ", "internal"),
    "restricted": ("hạn chế", "restricted"),
}
_NOTHING = ("không", "none")


class Told(NamedTuple):
    """Something said in Vietnamese and in English."""

    vi: str
    en: str


def change_of(before: ItemFacts | None, after: ItemFacts | None) -> ChangeKind | None:
    """Return how an item differs from what was published of it; None where it does not."""
    if before == after:
        return None
    if before is None:
        return "added"
    if after is None:
        return "cancelled"
    return "delegated" if themselves(before) == themselves(after) else "changed"


def in_words(named: Named) -> str:
    """Return somebody by name, with who goes in their place."""
    return f"{named.name} (ủy quyền {named.delegate} dự)" if named.delegate else named.name


def tell(change: WeekChange) -> Told:
    """Return what a version changed of an item; of an addition when and where it is, of one called off when it was."""
    before, after = change.before, change.after
    if before is None or after is None:
        facts = after or before
        said = [*_when(facts), *_where(facts)] if facts else []
        lead = Told("bổ sung", "added") if change.change == "added" else Told("hủy, hoãn", "called off")
        return Told(": ".join([lead.vi, *_vi(said)]), ": ".join([lead.en, *_en(said)]))
    parts = list(_parts(before, after))
    return Told("; ".join(part.vi for part in parts), "; ".join(part.en for part in parts))


def hour(facts: ItemFacts) -> Told:
    """Return when an item begins: its hour where it is said, else its session."""
    clock = f"{facts.starts_at.astimezone(_HANOI):%H:%M}"
    return Told(clock, clock) if facts.timed else Told(*_SESSIONS[facts.session])


def _vi(said: list[Told]) -> list[str]:
    return ["; ".join(part.vi for part in said)] if said else []


def _en(said: list[Told]) -> list[str]:
    return ["; ".join(part.en for part in said)] if said else []


def _when(facts: ItemFacts) -> Iterator[Told]:
    day, at = f"{facts.day:%d/%m/%Y}", hour(facts)
    yield Told(f"{f'giờ {at.vi}' if facts.timed else at.vi}, ngày {day}", f"{at.en}, {day}")


def _where(facts: ItemFacts) -> Iterator[Told]:
    if facts.place:
        yield Told(f"địa điểm {facts.place}", f"place {facts.place}")


def _parts(before: ItemFacts, after: ItemFacts) -> Iterator[Told]:
    yield from _times(before, after)
    yield from _from_to("nội dung", "content", before.content, after.content)
    yield from _from_to("địa điểm", "place", before.place, after.place)
    yield from _people(before, after)
    for vi, en, left, right in (
        ("thành phần mời", "invited", before.invited, after.invited),
        ("đơn vị liên quan", "boards", before.boards, after.boards),
        ("xe", "cars", _names(before.vehicles), _names(after.vehicles)),
        ("tài liệu", "documents", before.documents, after.documents),
    ):
        yield from _sets(vi, en, left, right)
    yield from _from_to("cơ quan chuẩn bị", "prepared by", before.preparing, after.preparing)
    yield from _coded("hình thức mời", "invitation", _INVITATIONS[before.invitation], _INVITATIONS[after.invitation])
    yield from _coded("mức phổ biến", "publicity", _PUBLICITY[before.publicity], _PUBLICITY[after.publicity])
    yield from _from_to("đầu mối liên hệ", "contact", before.contact, after.contact)
    yield from _from_to("ghi chú", "note", before.note, after.note)


def _times(before: ItemFacts, after: ItemFacts) -> Iterator[Told]:
    if before.day != after.day:
        days = f"{before.day:%d/%m/%Y} → {after.day:%d/%m/%Y}"
        yield Told(f"ngày {days}", f"day {days}")
    was, now = hour(before), hour(after)
    if was != now:
        yield Told(f"giờ {was.vi} → {now.vi}", f"hour {was.en} → {now.en}")
    elif _lasts(before) != _lasts(after):
        ends = [f"{facts.ends_at.astimezone(_HANOI):%H:%M}" for facts in (before, after)]
        yield Told(f"kết thúc {ends[0]} → {ends[1]}", f"end {ends[0]} → {ends[1]}")


def _lasts(facts: ItemFacts) -> float:
    return (facts.ends_at - facts.starts_at).total_seconds()


def _people(before: ItemFacts, after: ItemFacts) -> Iterator[Told]:
    left, right = (_alone(facts.chair) for facts in (before, after))
    yield from _from_to("chủ trì", "chair", left, right)
    for vi, en, was, now in (
        ("thành phần", "attending", before.attendees, after.attendees),
        ("cùng đi", "accompanying", before.accompanying, after.accompanying),
    ):
        yield from _sets(vi, en, _names(was), _names(now))
    former = {each.thing or each.name: each.delegate for each in people(before)}
    for each in people(after):
        was_sent = former.get(each.thing or each.name)
        if each.delegate and each.delegate != was_sent:
            yield Told(
                f"ủy quyền {comrade(each.delegate)} dự thay {comrade(each.name)}",
                f"{each.delegate} goes in place of {each.name}",
            )
        elif was_sent and not each.delegate:
            yield Told(f"{comrade(each.name)} trực tiếp dự, không ủy quyền", f"{each.name} goes in person")


def comrade(name: str) -> str:
    """Return a name with đồng chí before it, once."""
    folded = name.casefold()
    if folded.startswith("đồng chí "):
        return f"đồng chí {name[len('đồng chí ') :]}"
    return name if folded.startswith(("đ/c ", "ông ", "bà ")) else f"đồng chí {name}"


def of_everybody(facts: ItemFacts) -> Iterator[str]:
    """Yield the names of everybody who takes part, and of those who go in their place."""
    for each in people(facts):
        yield each.name
        if each.delegate:
            yield each.delegate


def _alone(named: Named | None) -> str | None:
    return named.name if named else None


def _names(those: Iterable[Named]) -> tuple[str, ...]:
    return tuple(each.name for each in those)


def _from_to(vi: str, en: str, before: str | None, after: str | None) -> Iterator[Told]:
    if before != after:
        yield Told(
            f"{vi} {before or _NOTHING[0]} → {after or _NOTHING[0]}",
            f"{en} {before or _NOTHING[1]} → {after or _NOTHING[1]}",
        )


def _coded(vi: str, en: str, before: tuple[str, str], after: tuple[str, str]) -> Iterator[Told]:
    if before != after:
        yield Told(f"{vi}: {before[0]} → {after[0]}", f"{en}: {before[1]} → {after[1]}")


def _sets(vi: str, en: str, before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[Told]:
    more = ", ".join(each for each in after if each not in before)
    less = ", ".join(each for each in before if each not in after)
    if more:
        yield Told(f"{vi}: thêm {more}", f"{en}: with {more}")
    if less:
        yield Told(f"{vi}: bớt {less}", f"{en}: without {less}")
    if not more and not less and before != after:
        yield Told(f"{vi}: đổi thứ tự", f"{en}: in another order")
