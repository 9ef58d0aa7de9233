"""Putting messages back into a log, each at its old sequence, and reading back what a log holds."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence

from nats.aio.client import Client
from nats.nuid import NUID

from services.ops.backups.refusing import BackupRefused
from services.runtime.bus import UNREACHABLE
from services.runtime.follow import Message, Reader, ReaderLost
from services.runtime.log import MAX_BATCH
from services.runtime.settings import Settings

_BATCH_BYTES = 16 * 1024 * 1024
_TIMEOUT_S = 60.0
_PULL = 5_000
_PAUSE_S = 0.01
_TRIES = 5
_AGAIN_S = 0.5
# Of a cluster's broker that is not ready for the next message; nothing of the batch was kept.
_BUSY_REPLICA = 10164


async def append(client: Client, messages: Sequence[Message]) -> None:
    """Append messages in atomic batches, each batch only right behind the message before it; on disk at the end.

    Raises BackupRefused when the log does not take them; none of the refused batch is then in it.
    """
    for batch in _batches(messages):
        while True:
            if await _append(client, batch, NUID().next().decode()):
                break
            await asyncio.sleep(_PAUSE_S)


async def stored(settings: Settings, last: int) -> AsyncIterator[list[Message]]:
    """Yield a log's messages from 1 to `last` in order; raise BackupRefused when the broker goes away."""
    at, lost = 0, 0
    while at < last:
        reader = Reader(settings, "restore", _PULL)
        try:
            await reader.open(at)
            while at < last:
                messages = (await reader.batch()).messages[: last - at]
                if messages:
                    at, lost = messages[-1].sequence, 0
                    yield messages
        except ReaderLost as error:
            lost += 1
            if lost > _TRIES:
                raise _interrupted(str(error)) from error
            await asyncio.sleep(_AGAIN_S)
        finally:
            reader.close()


async def _append(client: Client, batch: Sequence[Message], batch_id: str) -> bool:
    try:
        for place, message in enumerate(batch[:-1], 1):
            await client.publish(message.subject, message.payload, headers=_headers(batch_id, place, message))
        headers = _headers(batch_id, len(batch), batch[-1]) | {"Nats-Batch-Commit": "1"}
        reply = await client.request(batch[-1].subject, batch[-1].payload, timeout=_TIMEOUT_S, headers=headers)
    except UNREACHABLE as error:
        raise _interrupted(str(error) or type(error).__name__) from error
    answer = json.loads(reply.data)
    if answer.get("error", {}).get("err_code") == _BUSY_REPLICA:
        return False
    if "error" in answer or answer["seq"] != batch[-1].sequence:
        raise _interrupted(str(answer.get("error", answer)))
    return True


def _headers(batch_id: str, place: int, message: Message) -> dict[str, str]:
    headers = {"Nats-Batch-Id": batch_id, "Nats-Batch-Sequence": str(place)}
    # Of the whole log, so that the first message of the batch, and with it all, land where they were.
    return headers | {"Nats-Expected-Last-Sequence": str(message.sequence - 1)} if place == 1 else headers


def _batches(messages: Iterable[Message]) -> Iterator[list[Message]]:
    batch, size = list[Message](), 0
    for message in messages:
        if batch and (len(batch) == MAX_BATCH or size + len(message.payload) > _BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(message)
        size += len(message.payload)
    if batch:
        yield batch


def _interrupted(reason: str) -> BackupRefused:
    return BackupRefused(
        vi=f"Máy chủ nhật ký dừng giữa chừng ({reason}). Kiểm tra chỗ trống trên đĩa rồi chạy lại đúng lệnh này: "
        "việc khôi phục được làm tiếp từ chỗ đã xong.",
        en=f"The log's server stopped in the middle ({reason}). Check the free space on the disk, then run the same "
        "command again: the restore goes on where it was.",
    )
