"""Who belongs where, as an office of hundreds or thousands asks for it: what an account may do, and who is where."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from office import Office, running
from writing import GROUP, Group, Writer, meta

from contracts import organisation as words
from services.runtime.log import EventLog

SERVICE = "organisation"
AUTHORITY = "an account's authority"
_DAY, _FORMER_DAY = date(2026, 6, 30), date(2023, 6, 30)
_IN_A_DIVISION = 30
_FOUNDED, _APPOINTED, _MOVED = date(2019, 1, 1), date(2020, 7, 1), date(2025, 7, 1)
_DECISION = words.Decision(number="125-QĐ/TU", issued_on=_FOUNDED, issuer="Ban Thường vụ Tỉnh ủy")
_DECIDED: dict[str, Any] = {"decision": _DECISION}
_ROLES: tuple[words.Grantable, ...] = ("clerk", "reader", "leader")
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng")
_GIVEN = ("Hoa", "Minh", "Hùng", "Lan", "Dũng", "Thủy", "Hòa", "Quý", "Ánh")


async def measured(folder: Path, counts: Sequence[int], seconds: float) -> dict[str, Any]:
    """Measure questions to an office of so many people, in an office of their own for each count."""
    found: dict[str, Any] = {}
    for count in counts:
        async with running(folder / str(count)) as office:
            await _establish(office, count)
            of_count = await office.ask(SERVICE, _questions(count), seconds)
        found.update({named(count, name): numbers for name, numbers in of_count.items()})
    return found


def named(count: int, name: str) -> str:
    """Return what a line of so many people is called."""
    return f"{count:,} people: {name}"


def _questions(count: int) -> dict[str, list[Any]]:
    divisions = range(count // _IN_A_DIVISION)
    return {
        AUTHORITY: [words.GetAccountAuthority(account=_account(number), on=_DAY) for number in range(0, count, 7)],
        "authority of everybody, first page": [words.ListAuthority(on=_DAY)],
        "roster of a day, first page": [words.ListRoster(on=_DAY)],
        "roster of a day three years before": [words.ListRoster(on=_FORMER_DAY)],
        "roster of one division": [words.ListRoster(on=_DAY, unit_id=_division(number)) for number in divisions],
    }


async def _establish(office: Office, count: int) -> None:
    """Write what the read models take: divisions of thirty, whom they have and had, and what everybody may do."""
    writer = Writer(EventLog(office.operator, timeout_s=60), SERVICE, home="person")
    for start in range(0, count, GROUP):
        group = writer.group()
        for number in range(start, min(start + GROUP, count)):
            if number % _IN_A_DIVISION == 0:
                _open_division(group, number // _IN_A_DIVISION)
            _employ(group, number, count)
        await writer.append(group)
    await office.start(SERVICE, f"{SERVICE}-follow")
    await office.caught_up(SERVICE)


def _division(number: int) -> str:
    return f"p-{number}"


def _account(number: int) -> str:
    return f"user:nguoi{number}"


def _person_id(number: int) -> str:
    return f"{number:032x}"


def _name(number: int) -> str:
    return f"{_FAMILY[number % 7]} {'Thị' if number % 2 else 'Văn'} {_GIVEN[number % 9]}"


def _unit(number: int) -> dict[str, Any]:
    return {"unit_id": _division(number), "unit_code": f"P-{number}", "unit_name": f"Phòng số {number}"}


def _open_division(group: Group, number: int) -> None:
    unit = _unit(number)
    established = words.UnitEstablished(
        unit_code=unit["unit_code"],
        name=unit["unit_name"],
        kind="division",
        tier="TINH",
        parent_id="vptu",
        parent_name="Văn phòng Tỉnh ủy",
        effective_on=_FOUNDED,
        **_DECIDED,
    )
    created = words.PostCreated(
        **unit,
        code="cv",
        title="Chuyên viên",
        group="professional",
        headcount="civil_servant",
        rank="staff",
        minimum=1,
        norm=_IN_A_DIVISION,
        maximum=2 * _IN_A_DIVISION,
        effective_on=_FOUNDED,
        unit_norm=_IN_A_DIVISION,
        unit_deputies=0,
        **_DECIDED,
    )
    group.add("unit", _division(number), meta(), [established])
    group.add("post", f"{_division(number)}--cv", meta(), [created])


def _employ(group: Group, number: int, count: int) -> None:
    """Enter a person who was in the division before theirs, and who may do something here, some also for another."""
    id, division = _person_id(number), number // _IN_A_DIVISION
    entered = words.PersonRegistered(name=_name(number), headcount="civil_servant", account=_account(number))
    former = _appointed(number, max(0, division - 1), _APPOINTED)
    ended = words.AppointmentEnded(
        **{name: getattr(former, name) for name in ("name", "post_id", "post_title", "unit_id", "unit_code")},
        unit_name=former.unit_name,
        kind="main",
        since=_APPOINTED,
        last_day=date(2025, 6, 30),
        effective_on=_MOVED,
        remaining=_IN_A_DIVISION,
        minimum=1,
        **_DECIDED,
    )
    for event in (entered, former, ended, _appointed(number, division, _MOVED)):
        group.add("person", id, meta(), [event])
    unit = _unit(division) if number % _IN_A_DIVISION == 0 else {}
    roles: tuple[words.Grantable, ...] = (_ROLES[number % 3], *(("board",) if unit else ()))
    for role in roles:
        of_unit = unit if role == "board" else {}
        granted = words.RoleGranted(name=_name(number), role=role, effective_on=_MOVED, **of_unit, **_DECIDED)
        group.add("authority", id, meta(), [granted])
    if number % 10 == 0 and number + 1 < count:
        group.add("authority", id, meta(), [_delegated(number, number + 1)])


def _appointed(number: int, division: int, since: date) -> words.PersonAppointed:
    return words.PersonAppointed(
        **_unit(division),
        name=_name(number),
        headcount="civil_servant",
        post_id=f"{_division(division)}--cv",
        post_title="Chuyên viên",
        post_group="professional",
        post_rank="staff",
        post_headcount="civil_servant",
        kind="main",
        effective_on=since,
        holders=_IN_A_DIVISION,
        norm=_IN_A_DIVISION,
        **_DECIDED,
    )


def _delegated(number: int, to_number: int) -> words.AuthorityDelegated:
    return words.AuthorityDelegated(
        delegation_id=f"{number:032x}",
        from_name=_name(number),
        to_person_id=_person_id(to_number),
        to_name=_name(to_number),
        roles=(_ROLES[number % 3],),
        effective_on=_MOVED,
        until=date(2026, 12, 31),
        matter="Xử lý công việc khi người giao đi vắng",
        **_DECIDED,
    )
