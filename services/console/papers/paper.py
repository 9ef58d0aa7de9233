"""What a paper is before it is set: heading, title, paragraphs, tables and signatures, and nothing of a file format."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

Side: TypeAlias = Literal["left", "center", "right"]
SheetName: TypeAlias = Literal["3x8", "5x13"]
"""How many labels stand side by side and below each other on a sheet of A4."""


class Words(NamedTuple):
    """Words on a line of their own; `rule` draws the short line under them that closes a heading."""

    text: str
    bold: bool = False
    italic: bool = False
    rule: bool = False


class Heading(NamedTuple):
    """The two blocks at the head of a paper, side by side, each line centred in its block."""

    left: tuple[Words, ...]
    right: tuple[Words, ...]


class Paragraph(NamedTuple):
    """A paragraph of the body."""

    text: str
    bold: bool = False
    italic: bool = False
    side: Side = "left"
    indent: bool = False


class Column(NamedTuple):
    """A column of a table: its title, its share of the width, the head it stands under, and its mark (A, B, 1, 2…)."""

    title: str
    width: float
    side: Side = "left"
    group: str | None = None
    mark: str | None = None


class Line(NamedTuple):
    """A row of a table: one cell a column; the first cell of an emphasised row may span several columns.

    `cells` then has `span - 1` cells fewer than the table has columns.
    """

    cells: tuple[str, ...]
    bold: bool = False
    span: int = 1


@dataclass(frozen=True)
class Table:
    """A table whose head comes back on every page; neighbours with one `group` share a head above their own.

    In the first `merged` columns, cells that say the same below each other are one cell, where those before them are
    too. Raises ValueError for a line that does not fill the columns.
    """

    columns: tuple[Column, ...]
    lines: Sequence[Line]
    size_pt: float = 11
    merged: int = 0

    def __post_init__(self) -> None:
        for place, line in enumerate(self.lines, 1):
            if len(line.cells) + line.span - 1 != len(self.columns):
                raise ValueError(f"line {place} has {len(line.cells)} cells for {len(self.columns)} columns")

    def runs(self) -> list[list[int]]:
        """Return, of each line, how many lines each of its first `merged` cells is high; 0 where one above reaches."""
        high = [[1] * self.merged for _ in self.lines]
        for place in range(len(self.lines) - 1, 0, -1):
            above, here = self.lines[place - 1], self.lines[place]
            for column in range(self.merged):
                if above.span > 1 or here.span > 1 or above.cells[: column + 1] != here.cells[: column + 1]:
                    break
                high[place - 1][column] += high[place][column]
                high[place][column] = 0
        return high

    @property
    def groups(self) -> tuple[tuple[str | None, int], ...]:
        """The heads above the columns in order, each with the number of columns under it; None has no head."""
        found: list[tuple[str | None, int]] = []
        for column in self.columns:
            if found and column.group is not None and found[-1][0] == column.group:
                found[-1] = (column.group, found[-1][1] + 1)
            else:
                found.append((column.group, 1))
        return tuple(found)


class Signature(NamedTuple):
    """One who signs: who they sign as, in which capacity above it, what to do there, and the name below the space."""

    title: str
    name: str | None = None
    note: str = "(Ký, họ tên)"
    above: str | None = None


@dataclass(frozen=True)
class Signatures:
    """Those who sign, side by side, kept together on one page; the day stands above the last of them."""

    columns: tuple[Signature, ...]
    dated: str | None = None


class Ending(NamedTuple):
    """The end of a paper that goes out: who gets it on the left, who signs on the right."""

    recipients: tuple[str, ...]
    signature: Signature


class Code(NamedTuple):
    """A QR code with what it is for beside it."""

    text: str
    caption: str


Block: TypeAlias = Paragraph | Table | Signatures | Ending | Code


@dataclass(frozen=True)
class Paper:
    """A paper of A4 pages, each but the first with its number and how many there are."""

    title: str
    heading: Heading
    blocks: tuple[Block, ...]
    under_title: tuple[Words, ...] = ()
    landscape: bool = False
    above: tuple[Words, ...] = field(default=())
    """Small lines at the top right: the form's number and what prescribes it, where the heading says other things."""

    @property
    def rows(self) -> int:
        """How many lines its tables have together."""
        return sum(len(block.lines) for block in self.blocks if isinstance(block, Table))


def total(label: str, span: int, cells: Iterable[str]) -> Line:
    """Return a total row: a label over the first `span` columns, then one cell for each other."""
    return Line((label, *cells), bold=True, span=span)


class Label(NamedTuple):
    """What stands on one label; `code` is the text of its QR code."""

    code: str
    tag: str
    name: str
    unit: str


class Labels(NamedTuple):
    """Labels, the grid they go on, and how many places of the first sheet are used up already."""

    labels: tuple[Label, ...]
    sheet: SheetName = "3x8"
    skip: int = 0


Made: TypeAlias = Paper | Labels
"""What can be set and printed."""
