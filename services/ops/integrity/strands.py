"""Judging two copies that differ: each way to read them is hashed on until a signed checkpoint says which is right."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from services.audit.archive.merkle import Frontier

Strand: TypeAlias = Literal["most", "log", "archive", "kept"]
"""A leaf for every message: as most of the three say, the log's, the archived message's, the hash kept beside it."""
Witness: TypeAlias = Literal["checkpoint", "hash", "none"]
_ORDER: tuple[Strand, ...] = ("most", "log", "archive", "kept")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A message on which the copies do not agree: each one's leaf hash, None where it has no such message."""

    sequence: int
    log: bytes | None
    archive: bytes | None
    kept: bytes | None

    @property
    def most(self) -> bytes | None:
        """What two of the three say; where all differ, the hash kept in the archive."""
        said = [leaf for leaf in (self.log, self.archive, self.kept) if leaf is not None]
        agreed = next((leaf for leaf in said if said.count(leaf) > 1), None)
        return agreed or self.kept or self.archive or self.log

    @property
    def decided(self) -> bool:
        """Whether anything but the copies themselves speaks for one of them."""
        if self.archive is None and self.kept is None:
            return self.log is not None
        return self.most in (self.log, self.archive) and [self.log, self.archive, self.kept].count(self.most) > 1


@dataclass(frozen=True, slots=True)
class Judged:
    """A doubt, its right leaf hash, and what says so; `size` is the signed checkpoint's."""

    doubt: Doubt
    right: bytes | None
    witness: Witness
    size: int = 0


class Strands:
    """The tree over the log as each strand has it; one and the same until the copies differ."""

    def __init__(self) -> None:
        """Start with the empty tree and no doubt."""
        self._frontiers: dict[Strand, Frontier] = {"most": Frontier()}
        self.doubts: list[Doubt] = []

    @property
    def frontier(self) -> Frontier:
        """The tree as most have it."""
        return self._frontiers["most"]

    def extend(self, leaves: list[bytes]) -> list[tuple[int, int, bytes]]:
        """Go on with leaves on which all agree; return the complete nodes."""
        nodes: list[tuple[int, int, bytes]] = []
        for strand in list(self._frontiers):
            self._frontiers[strand], made = self._frontiers[strand].extend(leaves)
            if strand == "most":
                nodes = [(node.level, node.place, node.hash) for node in made]
        return nodes

    def differ(self, doubt: Doubt) -> list[tuple[int, int, bytes]]:
        """Go on with a message on which they do not agree; a strand that has no leaf for it ends here."""
        if not self.doubts:
            self._frontiers = dict.fromkeys(_ORDER, self.frontier)
        self.doubts.append(doubt)
        nodes: list[tuple[int, int, bytes]] = []
        for strand in list(self._frontiers):
            leaf: bytes | None = getattr(doubt, strand)
            if leaf is None:
                # A message nobody has any more: nothing behind it can be hashed into the tree of the signed ones.
                if strand != "most":
                    del self._frontiers[strand]
                    continue
                leaf = b"\x00" * 32
            self._frontiers[strand], made = self._frontiers[strand].extend([leaf])
            if strand == "most":
                nodes = [(node.level, node.place, node.hash) for node in made]
        return nodes

    def meet(self, size: int, root: bytes) -> tuple[bool, list[Judged]]:
        """Compare with the signed root of this size; return whether any strand has it, and what that settles."""
        for strand in _ORDER:
            frontier = self._frontiers.get(strand)
            if frontier is not None and frontier.root() == root:
                settled = [Judged(doubt, getattr(doubt, strand), "checkpoint", size) for doubt in self.doubts]
                self._frontiers, self.doubts = {"most": frontier}, []
                return True, settled
        return False, []

    def close(self) -> list[Judged]:
        """Settle what no checkpoint covers by the hashes kept in the archive, where they decide."""
        settled = [
            Judged(doubt, doubt.most if doubt.decided else None, "hash" if doubt.decided else "none")
            for doubt in self.doubts
        ]
        self.doubts = []
        return settled
