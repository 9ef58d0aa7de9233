"""Messages of the log in a backup: records one after another, compressed many at a time."""

from collections.abc import Iterable, Sequence

import zstandard

from services.audit.archive.merkle import Frontier
from services.audit.archive.tables import hashes_of
from services.runtime.follow import Message

LEVEL = 3
"""Of Zstandard: higher ones take half as long again for a tenth less."""
LARGEST = 128 * 1024 * 1024
"""Bytes of a chunk's messages that are unpacked at most."""
_ENVELOPE = b'"specversion":'


class NotAChunk(ValueError):
    """Some bytes are not messages as `pack` writes them."""


def pack(messages: Iterable[Message]) -> bytes:
    """Return messages as one Zstandard frame with a checksum.

    Unpacked, each is a line `<sequence> <subject> <bytes of the payload>`, the payload as it is, and a line feed.
    """
    records = bytearray()
    for sequence, subject, payload in messages:
        records += f"{sequence} {subject} {len(payload)}\n".encode()
        records += payload
        records += b"\n"
    return zstandard.ZstdCompressor(LEVEL, write_checksum=True).compress(bytes(records))


def unpack(content: bytes) -> list[Message]:
    """Return a chunk's messages; raise NotAChunk."""
    try:
        if not 0 <= zstandard.frame_content_size(content) <= LARGEST:
            raise NotAChunk("too large")
        return _messages(zstandard.ZstdDecompressor().decompress(content, allow_extra_data=False))
    except (zstandard.ZstdError, ValueError) as error:
        raise NotAChunk(str(error)) from error


def _messages(records: bytes) -> list[Message]:
    messages, start = list[Message](), 0
    while start < len(records):
        line_end = records.index(b"\n", start)
        sequence, subject, size = records[start:line_end].split(b" ")
        start = line_end + 2 + int(size)
        if records[start - 1 : start] != b"\n":
            raise NotAChunk(f"message {int(sequence)} does not end where it should")
        messages.append(Message(int(sequence), subject.decode(), records[line_end + 1 : start - 1]))
    return messages


def follows(messages: Sequence[Message], last: int) -> bool:
    """Whether messages have the sequences that come after `last`, all of them."""
    return [message.sequence for message in messages] == list(range(last + 1, last + 1 + len(messages)))


class Tally:
    """What has gone by of a log: how many messages and events, and the Merkle tree over them."""

    def __init__(self, watched: int | None = None) -> None:
        """Begin before the first message; `watched` is a size whose root shall be kept too."""
        self.frontier = Frontier()
        self.events = 0
        self.watched = watched
        self.watched_root: bytes | None = None

    @property
    def messages(self) -> int:
        """How many messages have gone by, which is the sequence of the last."""
        return self.frontier.size

    def add(self, messages: Sequence[Message], hashes: Sequence[bytes] | None = None) -> None:
        """Take the next messages; their leaf hashes too, where they are known."""
        hashes = hashes_of(messages) if hashes is None else hashes
        split = min(max((self.watched or 0) - self.frontier.size, 0), len(hashes))
        reached, _ = self.frontier.extend(hashes[:split])
        if reached.size == self.watched:
            self.watched_root = self.watched_root or reached.root()
        self.frontier, _ = reached.extend(hashes[split:])
        self.events += sum(message.payload.count(_ENVELOPE) for message in messages)
