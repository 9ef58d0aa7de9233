"""The Merkle tree over the log (RFC 9162 section 2.1): hashing, growing, proving and verifying."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple, TypeAlias

HASH_BYTES = 32
EMPTY_ROOT = sha256().digest()
"""The root of the tree without leaves."""
STORED_HEIGHT = 8
"""Binary levels between two stored levels: a stored node is the hash of 256 nodes of the stored level below."""
_FAN = 1 << STORED_HEIGHT

Range: TypeAlias = tuple[int, int]
"""The leaves from an index, counted from 0, up to but without another."""
Stored: TypeAlias = Mapping[tuple[int, int], bytes]
"""Stored hashes by (level, place): at level 0 a leaf's hash by its index, above it the nodes of `Node`."""


class Node(NamedTuple):
    """The hash of a complete subtree of 256 ** level leaves, the place-th of its level from 0."""

    level: int
    place: int
    hash: bytes


class Span(NamedTuple):
    """Stored hashes of one level that lie side by side: from place `first` up to but without place `end`."""

    level: int
    first: int
    end: int


def data_hash(leaf_data: bytes) -> bytes:
    """Return the hash of a leaf of these bytes (RFC 9162 section 2.1.1)."""
    return sha256(b"\x00" + leaf_data).digest()


def leaf_hash(sequence: int, subject: str, payload: bytes) -> bytes:
    """Return the hash of a message of the log as a leaf, whose data is its sequence, subject and payload, a line each.

    The leaf's index is its sequence less one. A subject holds no line feed, so no two messages share their data.
    """
    return sha256(f"\x00{sequence}\n{subject}\n".encode() + payload).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node over two subtrees (RFC 9162 section 2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """The right edge of a growing tree: how many leaves it has and the hashes of its complete subtrees.

    `peaks` are the hashes over the ranges of `peak_ranges(size)`, from left to right: one for each binary one of the
    size. A frontier is a value: whoever fails to store what an extension returned goes on with the frontier before.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError when there is not one hash of 32 bytes for each complete subtree."""
        if self.size < 0 or len(self.peaks) != self.size.bit_count() or not _all_hashes(self.peaks):
            raise ValueError(f"not the complete subtrees of a tree of {self.size} leaves")

    @classmethod
    def resume(cls, size: int, stored: Stored) -> "Frontier":
        """Return the frontier of so many leaves from the stored hashes of `spans(peak_ranges(size))`; raise KeyError
        for one that is not there.
        """
        return cls(size, tuple(range_hash(leaves, stored) for leaves in peak_ranges(size)))

    def extend(self, leaf_hashes: Iterable[bytes]) -> tuple["Frontier", list[Node]]:
        """Return the frontier after these leaves and the stored nodes they complete, lower levels first.

        Levels are hashed one after another over all the new leaves: about one hash for each leaf.
        """
        arriving = list(leaf_hashes)
        size, nodes, level = self.size + len(arriving), list[Node](), 0
        waiting, peaks = list(self.peaks), list[bytes]()
        while arriving:
            first = self.size >> level
            if level and level % STORED_HEIGHT == 0:
                nodes += [Node(level // STORED_HEIGHT, place, made) for place, made in enumerate(arriving, first)]
            if first & 1:
                arriving.insert(0, waiting.pop())
            if len(arriving) & 1:
                peaks.append(arriving.pop())
            arriving = _halved(arriving)
            level += 1
        return Frontier(size, (*waiting, *reversed(peaks))), nodes

    def root(self) -> bytes:
        """Return the tree's Merkle hash, 32 bytes."""
        return _bagged(self.peaks) if self.peaks else EMPTY_ROOT


def _halved(hashes: Sequence[bytes]) -> list[bytes]:
    pairs = iter(hashes)
    return [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]


def _bagged(peaks: Sequence[bytes]) -> bytes:
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


# --- what a proof is made of ----------------------------------------------------------------------------------------


def peak_ranges(size: int) -> list[Range]:
    """Return the ranges of the largest complete subtrees of a tree, from left to right."""
    return _complete(0, size)


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """Return the ranges whose hashes prove a leaf to be in a tree, in the order of the path (RFC 9162 2.1.3.1).

    Raises ValueError when the tree has no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size} leaves")
    start, end, ranges = 0, size, list[Range]()
    while end - start > 1:
        middle = start + _left_width(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def consistency_ranges(first: int, second: int) -> list[Range]:
    """Return the ranges whose hashes prove that a tree of `second` leaves continues one of `first` (RFC 9162 2.1.4.1).

    Two equal sizes need no hash. Raises ValueError unless 0 < first <= second.
    """
    if not 0 < first <= second:
        raise ValueError(f"no proof leads from a tree of {first} leaves to one of {second}")
    start, end, ranges = 0, second, list[Range]()
    while first < end:
        middle = start + _left_width(end - start)
        if first <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    if start:
        ranges.append((start, end))
    return ranges[::-1]


def spans(ranges: Iterable[Range]) -> list[Span]:
    """Return the stored hashes to fetch so that `range_hash` can hash all these ranges, in the order of their levels.

    All that is needed of one block of 256 is one span, with what lies between: an inclusion path takes two spans a
    level at most, so one of ten million leaves takes six and fewer than 1,600 hashes.
    """
    blocks: dict[tuple[int, int], tuple[int, int]] = {}
    for start, end in ranges:
        for piece_start, piece_end in _complete(start, end):
            level, first, stop = _stored(piece_start, piece_end)
            lowest, highest = blocks.get((level, first // _FAN), (first, stop))
            blocks[level, first // _FAN] = min(lowest, first), max(highest, stop)
    return [Span(level, first, end) for (level, _), (first, end) in sorted(blocks.items())]


def range_hash(leaves: Range, stored: Stored) -> bytes:
    """Return the Merkle hash of a range of a proof, of a peak or of a whole tree `(0, size)` from stored hashes.

    Raises KeyError, with its level and place, for a hash of `spans` that is not there, and ValueError for an empty
    range.
    """
    start, end = leaves
    if start >= end:
        raise ValueError(f"no leaves from {start} to {end}")
    peaks = []
    for piece in _complete(start, end):
        level, first, stop = _stored(*piece)
        hashes = [stored[level, place] for place in range(first, stop)]
        while len(hashes) > 1:
            hashes = _halved(hashes)
        peaks += hashes
    return _bagged(peaks)


def _left_width(width: int) -> int:
    return 1 << (width - 1).bit_length() - 1


def _complete(start: int, end: int) -> list[Range]:
    pieces = []
    while start < end:
        width = 1 << (end - start).bit_length() - 1
        pieces.append((start, start + width))
        start += width
    return pieces


def _stored(start: int, end: int) -> Span:
    level = ((end - start).bit_length() - 1) // STORED_HEIGHT
    return Span(level, start >> level * STORED_HEIGHT, end >> level * STORED_HEIGHT)


# --- verifying ------------------------------------------------------------------------------------------------------


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path proves that the leaf hash stands at this index of the tree of that root (RFC 9162 2.1.3.2).

    Size and root belong together: trust them only as one signed checkpoint. Never raises: what is malformed proves
    nothing.
    """
    if not (0 <= index < size and _all_hashes((leaf, root, *path))):
        return False
    at, last, made = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            made = node_hash(sibling, made)
            at, last = _climbed(at, last)
        else:
            made = node_hash(made, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and made == root


def verify_consistency(first: int, second: int, first_root: bytes, second_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the path proves that the second tree begins with all leaves of the first, in order (RFC 9162 2.1.4.2).

    Each size and its root belong together: trust them only as one signed checkpoint. Two trees of one size are
    consistent when their roots are equal and the path is empty; an empty first tree proves nothing. Never raises:
    what is malformed proves nothing.
    """
    if not (0 < first <= second and _all_hashes((first_root, second_root, *path))):
        return False
    if first == second:
        return not path and first_root == second_root
    if not path:
        return False
    hashes = [first_root, *path] if first.bit_count() == 1 else path
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    made_first = made_second = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            made_first, made_second = node_hash(sibling, made_first), node_hash(sibling, made_second)
            at, last = _climbed(at, last)
        else:
            made_second = node_hash(made_second, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and made_first == first_root and made_second == second_root


def _climbed(at: int, last: int) -> tuple[int, int]:
    while at and not at & 1:
        at, last = at >> 1, last >> 1
    return at, last


def _all_hashes(hashes: Iterable[bytes]) -> bool:
    return all(len(made) == HASH_BYTES for made in hashes)
