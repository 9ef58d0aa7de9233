"""A year of an office in facts, as the log would hold them: boards merged, people moved, everybody somewhere."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from contracts import organisation as words
from contracts.base import Command

if TYPE_CHECKING:
    from services.runtime.envelope import Fact
    from tests.organisation.decider import Desk
    from tests.scenario import Log, Outcome

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
BOARDS = ("BTCTU", "BTGTU", "BDVTU", "UBKTTU", "BNCTU")
DIVISIONS = ("TH", "QT", "TC", "CY", "HC", "LT", "CNTT")
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng")
GIVEN = ("Hoa", "Minh", "Hùng", "Lan", "Dũng", "Thủy", "Hòa", "Quý", "Ánh")
KINDS: tuple[words.HeadcountKind, ...] = ("civil_servant", "civil_servant", "public_employee", "contract")
BEGINNING, MERGER, SUMMER, AUTUMN = date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1)
DAYS = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 12, 31))
"""Five days on which the office is not what it was on the others."""


class History:
    """Says commands to an office through a year, and keeps facts, people and transfers in their order."""

    def __init__(self, desk: "Desk", log: "Log") -> None:
        self.desk = desk
        self.people: list[str] = []
        self.transfers: list[str] = []
        self._log = log
        self._said = 0

    @property
    def facts(self) -> "list[Fact]":
        """Everything that happened, in the order of the log."""
        return self._log.facts

    def say(self, command: Command, day: date) -> "Outcome":
        """Say a command on a day of the year; it is accepted."""
        self._said += 1
        time = datetime(day.year, day.month, day.day, 8 + self._said // 60 % 9, self._said % 60, tzinfo=HANOI)
        return self._log.say(command, time)

    def roster_on(self, day: date) -> set[tuple[str, str, str]]:
        """Return who holds which post in which way on a day, told from the facts alone, one after another."""
        held: dict[tuple[str, str, date], tuple[str, date]] = {}
        for fact in self.facts:
            match fact.event:
                case words.PersonAppointed() as event:
                    last = event.until or date.max
                    held[fact.id, event.post_id, event.effective_on] = (event.kind, last)
                case words.AppointmentEnded() as event:
                    held[fact.id, event.post_id, event.since] = (event.kind, event.last_day)
                case words.AppointmentCancelled() as event:
                    del held[fact.id, event.post_id, event.since]
        return {(person, post, kind) for (person, post, since), (kind, last) in held.items() if since <= day <= last}

    def units_on(self, day: date) -> dict[str, str]:
        """Return the name of every unit that stands on a day, told from the facts alone."""
        names: dict[str, tuple[date, str]] = {}
        ended: set[str] = set()
        for fact in self.facts:
            if isinstance(fact.event, words.UnitMerged | words.UnitSplit | words.UnitDissolved):
                if fact.event.effective_on <= day:
                    ended.add(fact.id)
            elif isinstance(fact.event, words.UnitFacts) and fact.event.effective_on <= day:
                names[fact.id] = (fact.event.effective_on, fact.event.name)
        return {id: name for id, (_, name) in names.items() if id not in ended}


def year(desk: "Desk", log: "Callable[[Any], Log]") -> History:
    """Return the history of an office of five boards and seven divisions that become two boards fewer and five."""
    history = History(desk, log(desk.scenario))
    desk.scenario.now = datetime(2026, 1, 5, 8, tzinfo=HANOI)
    _establish(history)
    _staff(history)
    _speak_and_act(history)
    _merge_divisions(history)
    _move_boards(history)
    _come_and_go(history)
    _rearrange_teams(history)
    return history


def _decided(day: date, number: int) -> dict[str, Any]:
    paper = words.Decision(number=f"{number}-QĐ/TU", issued_on=min(day, BEGINNING), issuer="Ban Thường vụ Tỉnh ủy")
    return {"effective_on": day, "decision": paper}


def _establish(history: History) -> None:
    desk, day = history.desk, BEGINNING
    old = date(2019, 1, 1)
    for code in ("TS1", "TS2"):
        history.say(desk.opening(code, **_decided(old, 1)), day)
    history.say(desk.establishing("TU", kind="committee", site_id="ts1", **_decided(old, 2)), day)
    history.say(desk.establishing("VPTU", kind="office", parent_id="tu", budget_chapter="509", **_decided(old, 2)), day)
    for code in BOARDS:
        history.say(desk.establishing(code, parent_id="tu", site_id="ts2", served=True, **_decided(old, 2)), day)
    for code in DIVISIONS:
        history.say(desk.establishing(f"P-{code}", kind="division", parent_id="vptu", **_decided(old, 3)), day)
    for unit in ("vptu", *(code.lower() for code in BOARDS), *(f"p-{code.lower()}" for code in DIVISIONS)):
        _create_posts(history, unit)


def _create_posts(history: History, unit: str) -> None:
    desk, day, of = history.desk, BEGINNING, _decided(date(2019, 1, 1), 4)
    history.say(desk.leading(unit, **of), day)
    deputy = {"title": f"Cấp phó {unit}", "group": "leadership", "rank": "deputy", "minimum": 0, "norm": 1}
    history.say(desk.creating(unit, "pho", maximum=2, **deputy, **of), day)
    history.say(desk.creating(unit, "cv", norm=3, maximum=40, **of), day)
    support = {"title": "Nhân viên phục vụ", "group": "support", "headcount": "contract", "minimum": 0, "norm": 1}
    history.say(desk.creating(unit, "pv", maximum=20, **support, **of), day)


def _staff(history: History) -> None:
    units = ["vptu", *(code.lower() for code in BOARDS), *(f"p-{code.lower()}" for code in DIVISIONS)]
    for number in range(78):
        unit, place = units[number % 13], number // 13
        post = ("truong", "pho", "cv", "cv", "pv", "pv")[place]
        name = f"{FAMILY[number % 7]} {'Thị' if number % 2 else 'Văn'} {GIVEN[number % 9]}"
        kind = "contract" if post == "pv" else "civil_servant" if place < 2 else KINDS[number % 4]
        account = f"user:nguoi{number}" if place < 3 else None
        command = history.desk.registering(name=name, headcount=kind, account=account, phone=f"0912 000 {number:03}")
        history.people.append(history.say(command, BEGINNING).id)
        if number != 77:
            since = date(2019 + number % 7, 1 + number % 12, 1)
            appointing = history.desk.appointing(history.people[-1], f"{unit}--{post}", **_decided(since, 10 + number))
            history.say(appointing, BEGINNING)
    beside = history.desk.appointing(
        history.people[26], "btctu--pho", kind="concurrent", until=AUTUMN, **_decided(BEGINNING, 100)
    )
    history.say(beside, date(2026, 1, 6))
    seconded = history.desk.appointing(
        history.people[40], "p-th--cv", kind="secondment", until=date(2026, 8, 31), **_decided(date(2026, 3, 1), 101)
    )
    history.say(seconded, date(2026, 2, 10))


def _speak_and_act(history: History) -> None:
    desk, people, day = history.desk, history.people, date(2026, 1, 7)
    lines: tuple[words.ServiceLine, ...] = ("clerical", "accounts", "vehicles_rooms", "it", "petitions")
    for place, code in enumerate(BOARDS):
        for line in lines[: 2 + place % 4]:
            naming = desk.naming(
                people[27 + place], unit_id=code.lower(), line=line, substitute_id=people[40 + place], effective_on=day
            )
            history.say(naming, day)
        history.say(desk.granting(people[1 + place], role="board", unit_id=code.lower(), **_decided(day, 110)), day)
    history.say(desk.naming(people[14], unit_id="btctu", effective_on=SUMMER), date(2026, 6, 20))
    history.say(words.WithdrawContact(unit_id="bnctu", line="clerical", effective_on=AUTUMN), date(2026, 9, 20))
    roles: tuple[words.Grantable, ...] = ("leader", "clerk", "administrator", "auditor", "reader")
    for place, role in enumerate(roles):
        history.say(desk.granting(people[place * 13], role=role, **_decided(day, 111)), day)
    week = {"effective_on": date(2026, 2, 16), "until": date(2026, 2, 22)}
    paper = _decided(day, 112)["decision"]
    history.say(desk.delegating(people[0], people[13], decision=paper, **week), date(2026, 2, 10))
    long = {"effective_on": SUMMER, "until": date(2026, 12, 31)}
    history.say(desk.delegating(people[0], people[13], decision=paper, **long), date(2026, 6, 20))
    withdrawn = words.WithdrawDelegation(
        from_person_id=people[0], to_person_id=people[13], effective_on=date(2026, 11, 1)
    )
    history.say(withdrawn, date(2026, 10, 25))
    history.say(desk.revoking(people[13], **_decided(AUTUMN, 113)), date(2026, 9, 25))


def _transfer(history: History, people: list[str], post_id: str, day: date, number: int, *, done: bool = True) -> str:
    desk = history.desk
    preparing = desk.preparing(*((person, post_id) for person in people), **_decided(day, number))
    transfer = history.say(preparing, date(day.year, day.month - 1, 15)).id
    history.transfers.append(transfer)
    if done:
        history.say(desk.carrying(transfer), date(day.year, day.month - 1, 20))
    return transfer


def _holders(history: History, unit: str, day: date) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for person, post, kind in sorted(history.roster_on(day)):
        if post.startswith(f"{unit}--") and kind == "main":
            found.setdefault(post, []).append(person)
    return found


def _empty(history: History, unit: str, into: str, day: date, number: int) -> None:
    """Move everybody out of a unit into specialists' and support posts of another, and close its posts."""
    for post, people in _holders(history, unit, day).items():
        target = "pv" if post.endswith("--pv") else "cv"
        _transfer(history, people, f"{into}--{target}", day, number)
    before = date(day.year, day.month - 1, 25)
    posts = tuple(f"{unit}--{post}" for post in ("truong", "pho", "cv", "pv"))
    history.say(words.ClosePosts(unit_id=unit, post_ids=posts, **_decided(day, number)), before)


def _merge_divisions(history: History) -> None:
    before = date(2026, 3, 25)
    _empty(history, "p-lt", "p-hc", MERGER, 120)
    _empty(history, "p-cntt", "p-cy", MERGER, 121)
    for into, gone, number in (("p-hc", "p-lt", 120), ("p-cy", "p-cntt", 121)):
        history.say(words.MergeUnits(into_id=into, unit_ids=(gone,), **_decided(MERGER, number)), before)
    renamed = words.RenameUnit(unit_id="p-hc", name="Phòng Hành chính - Lưu trữ", **_decided(MERGER, 120))
    history.say(renamed, before)
    number = history.desk.scenario.states["post", "p-hc--cv"].numbers[-1]
    assert number.norm == 3
    more = words.ChangePost(post_id="p-hc--cv", minimum=1, norm=6, maximum=40, **_decided(MERGER, 122))
    history.say(more, before)


def _move_boards(history: History) -> None:
    """Merge the boards for propaganda and for mass mobilisation, and move another to the other site."""
    day, before = SUMMER, date(2026, 6, 25)
    _empty(history, "bdvtu", "btgtu", day, 130)
    history.say(words.MergeUnits(into_id="btgtu", unit_ids=("bdvtu",), **_decided(day, 130)), before)
    named = words.RenameUnit(unit_id="btgtu", name="Ban Tuyên giáo và Dân vận Tỉnh ủy", **_decided(day, 130))
    history.say(named, before)
    history.say(words.MoveUnit(unit_id="bnctu", site_id="ts1", **_decided(day, 131)), before)
    dropped = _transfer(history, history.people[29:31], "vptu--cv", AUTUMN, 132, done=False)
    history.say(words.CancelTransfer(transfer_id=dropped, reason="Chưa thống nhất danh sách."), date(2026, 9, 20))
    open_list = _transfer(history, history.people[30:33], "vptu--cv", date(2026, 12, 1), 133, done=False)
    lines = tuple(words.TransferLine(person_id=id, to_post_id="vptu--cv") for id in history.people[31:33])
    history.say(words.AmendTransfer(transfer_id=open_list, lines=lines), date(2026, 11, 18))


def _come_and_go(history: History) -> None:
    desk, people = history.desk, history.people
    recruited = words.ChangeHeadcountKind(person_id=people[52], headcount="civil_servant", **_decided(SUMMER, 140))
    history.say(recruited, date(2026, 6, 28))
    for place, reason in ((65, "contract_end"), (13, "retirement"), (66, "transfer_out")):
        person = people[place]
        held = {post for id, post, _ in history.roster_on(AUTUMN) if id == person}
        leaving = desk.leaving(person, *sorted(held), reason=reason, **_decided(AUTUMN, 141))
        history.say(leaving, date(2026, 9, 28))
    history.say(words.RecordReturn(person_id=people[66], **_decided(date(2026, 11, 2), 142)), date(2026, 10, 30))
    history.say(desk.appointing(people[66], "vptu--pv", **_decided(date(2026, 11, 2), 142)), date(2026, 10, 30))
    acting = desk.appointing(people[14], "btctu--truong", kind="acting", **_decided(AUTUMN, 143))
    history.say(acting, date(2026, 9, 29))
    gone = desk.ending(people[1], "btctu--truong", **_decided(AUTUMN, 143))
    history.say(gone, date(2026, 9, 29))
    promised = desk.appointing(people[77], "p-qt--cv", **_decided(date(2026, 12, 1), 144))
    history.say(promised, date(2026, 11, 10))
    history.say(desk.ending(people[77], "p-qt--cv", **_decided(date(2026, 12, 1), 145)), date(2026, 11, 20))
    history.say(words.CorrectPerson(person_id=people[5], phone="0987 654 321"), date(2026, 11, 21))


def _rearrange_teams(history: History) -> None:
    """Split a team, dissolve another, give a site up, and write a post's description anew."""
    desk, day = history.desk, date(2026, 5, 4)
    for code in ("T-XE", "T-LX", "T-SC", "T-TAM"):
        history.say(desk.establishing(code, kind="team", parent_id="p-qt", **_decided(BEGINNING, 150)), day)
    history.say(words.SplitUnit(unit_id="t-xe", into_ids=("t-lx", "t-sc"), **_decided(SUMMER, 151)), day)
    history.say(words.DissolveUnit(unit_id="t-tam", **_decided(AUTUMN, 152)), day)
    history.say(desk.opening("TS3", **_decided(BEGINNING, 153)), day)
    history.say(words.CloseSite(site_id="ts3", **_decided(AUTUMN, 154)), day)
    described = words.DescribePost(
        post_id="p-qt--pv", title="Nhân viên lái xe", duties=("Lái xe phục vụ lãnh đạo",), **_decided(SUMMER, 155)
    )
    history.say(described, day)
