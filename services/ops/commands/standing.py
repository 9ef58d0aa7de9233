"""What the commands on followers share: finding one by its name, and showing where it stands and before what."""

import dataclasses
import json
from typing import Any

import typer

from services.ops import followers
from services.ops.commands.shared import fail, local_time, out
from services.ops.followers import Before, Standing
from services.ops.language import in_language
from services.ops.office import Office
from services.ops.registry import SERVICES
from services.runtime.log import EventLog

STATES = {
    "following": in_language(vi="đang theo dõi", en="following"),
    "starting": in_language(vi="đang dựng", en="starting"),
    "stopped": in_language(vi="ĐÃ DỪNG", en="STOPPED"),
    "left-over": in_language(vi="bản cũ còn lại", en="left over"),
}
NAME = typer.Argument(
    metavar="SERVICE.FOLLOWER",
    help=in_language(
        vi="Tên đầy đủ, như documents.policy.watch_deadlines; xem: motmoi follower list",
        en="The full name, such as documents.policy.watch_deadlines; see: motmoi follower list",
    ),
)


async def everyone(office: Office) -> list[Standing]:
    """Return the followers of all services."""
    return [one for service in SERVICES for one in await followers.standings(office, service)]


async def named(office: Office, name: str) -> Standing:
    """Return the follower of this full name; exit 2 with the known ones when there is none."""
    found = {one.full_name: one for one in await everyone(office)}
    if name not in found:
        known = ", ".join(found)
        vi, en = f"Không có theo dõi {name}; có: {known}.", f"There is no follower {name}; there are {known}."
        raise fail(in_language(vi=vi, en=en), 2)
    return found[name]


async def log_head(office: Office) -> int:
    """Return the log's last sequence; raise LogUnavailable."""
    client = await office.connect()
    try:
        return (await EventLog(client).head()).last_sequence
    finally:
        await client.close()


def numbers(standing: Standing, head: int) -> tuple[str, str]:
    """Return position and lag for a person to read."""
    return f"{standing.position:,}", f"{standing.lag(head):,}"


def record(standing: Standing) -> dict[str, Any]:
    """Return a follower for a program to read."""
    return {**dataclasses.asdict(standing), "follower": standing.full_name, "since": standing.since.isoformat()}


def message_record(before: Before | None) -> dict[str, Any] | None:
    """Return a message for a program to read: its events, or its text when it has none that can be read."""
    if before is None:
        return None
    found = {"sequence": before.sequence, "subject": before.subject, "bytes": len(before.payload)}
    if before.events is None:
        return {**found, "text": before.payload.decode(errors="replace")}
    return {**found, "events": before.events}


def show_standing(standing: Standing) -> None:
    """Print a follower's state, since when, and why it stopped."""
    since = local_time(standing.since)
    position = in_language(
        vi=f"vị trí {standing.position:,}, từ {since}", en=f"position {standing.position:,}, {since}"
    )
    out.print(f"{standing.full_name}: {STATES[standing.state]}, {position}", markup=False)
    if standing.error:
        out.print(f"{in_language(vi='Lý do', en='Reason')}: {standing.error}", markup=False)


def show_message(before: Before) -> None:
    """Print the message a follower stands before, its events as JSON."""
    size = f"{before.sequence:,}, {before.subject}, {len(before.payload):,} B"
    out.print(in_language(vi=f"Đứng trước bản ghi {size}", en=f"It stands before message {size}"), markup=False)
    if before.events is None:
        out.print(before.payload.decode(errors="replace"), markup=False)
    for event in before.events or ():
        out.print(json.dumps(event, ensure_ascii=False, indent=2), markup=False)
