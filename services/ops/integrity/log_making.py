"""Making the log anew where nobody can disturb: closed to all others, filled in order, opened when it is whole."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from nats.aio.client import Client

from deploy.streams import events_stream
from services.ops.backups.appending import append
from services.ops.backups.refusing import BackupRefused
from services.ops.integrity.refusing import RepairRefused
from services.runtime.bus import STREAM
from services.runtime.follow import Message

CLOSED = "closed"
"""The first token of the subjects that a closed log hears; nobody but an operator may publish there."""
_TIMEOUT_S = 60
_TRIES = 3
_NO_STREAM = 10059

Part = Callable[[int], Awaitable[Sequence[Message]]]
"""Gives the next messages behind a sequence, none at the end."""


async def close_log(client: Client, copies: int) -> bool:
    """Take the log's subjects from it, so that nothing is appended any more; return whether there is a log.

    It can still be read. `open_log` gives the subjects back, and so does the next start of the office.
    """
    answer = await _ask(client, f"STREAM.INFO.{STREAM}")
    if answer.get("error", {}).get("err_code") == _NO_STREAM:
        return False
    present = _expect(answer)["config"]
    if present["subjects"] != _closed(copies)["subjects"]:
        _expect(await _ask(client, f"STREAM.UPDATE.{STREAM}", {**present, "subjects": _closed(copies)["subjects"]}))
    return True


async def open_log(client: Client, copies: int) -> str:
    """Let the log hear its own subjects again, every option as it is stated; return when it was made."""
    answer = _expect(await _ask(client, f"STREAM.UPDATE.{STREAM}", events_stream(copies)))
    return str(answer["created"])


async def make_log_anew(client: Client, copies: int, last: int, part: Part, report: Callable[[int, int], None]) -> None:
    """Delete the log and fill a new, closed one with messages 1 to `last`, each at its own sequence.

    When anything else gets in between, which its sequences tell, it is begun again. Raises RepairRefused when it cannot
    be done; the log then stays closed, and a repair run again begins anew.
    """
    for attempt in range(1, _TRIES + 1):
        answer = await _ask(client, f"STREAM.DELETE.{STREAM}")
        if answer.get("error", {}).get("err_code") != _NO_STREAM:
            _expect(answer)
        _expect(await _ask(client, f"STREAM.CREATE.{STREAM}", _closed(copies)))
        try:
            await _fill(client, last, part, report)
            return
        except BackupRefused as refused:
            if attempt == _TRIES:
                raise RepairRefused(
                    vi=f"Chưa ghi lại xong nhật ký: {refused.vi} Văn phòng chưa nhận lệnh cho đến khi sửa xong.",
                    en=f"The log is not whole yet: {refused.en} The office takes no commands until it is.",
                ) from refused


async def _fill(client: Client, last: int, part: Part, report: Callable[[int, int], None]) -> None:
    at = 0
    while at < last:
        messages = await part(at)
        if not messages or messages[0].sequence != at + 1 or messages[-1].sequence - at != len(messages):
            raise RepairRefused(
                vi=f"Bản lưu thứ hai không còn bản ghi {at + 1:,}. Chạy lại: motmoi repair log",
                en=f"The archive has no message {at + 1:,} any more. Run again: motmoi repair log",
            )
        await append(client, [message._replace(subject=f"{CLOSED}.{message.subject}") for message in messages])
        at = messages[-1].sequence
        report(at, last)


def _closed(copies: int) -> dict[str, Any]:
    stated = events_stream(copies)
    subjects = [f"{CLOSED}.{subject}" for subject in stated["subjects"]]
    return {**stated, "subjects": subjects, "subject_transform": {"src": subjects[0], "dest": stated["subjects"][0]}}


async def _ask(client: Client, subject: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
    request = json.dumps(body).encode() if body is not None else b""
    answer: dict[str, Any] = json.loads((await client.request(f"$JS.API.{subject}", request, timeout=_TIMEOUT_S)).data)
    return answer


def _expect(answer: dict[str, Any]) -> dict[str, Any]:
    if "error" in answer:
        reason = answer["error"].get("description", "?")
        raise RepairRefused(
            vi=f"Máy chủ nhật ký từ chối: {reason}. Xem tệp nhật ký của nats-server, rồi chạy lại đúng lệnh này.",
            en=f"The log's server refuses: {reason}. See the log file of nats-server, then run the same command again.",
        )
    return answer
