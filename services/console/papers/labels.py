"""Sheets of labels to stick on things: a QR code each, the tag, the name and the unit, on grids sold as A4 sheets."""

import textwrap
from dataclasses import dataclass

from services.console.papers.codes import drawn
from services.console.papers.paper import Label, Labels, SheetName
from services.console.papers.pdf import set_in_type


@dataclass(frozen=True)
class Sheet:
    """A grid of labels on A4 in millimetres; the size of the tag in points; letters of a name or a unit at most."""

    columns: int
    rows: int
    width: float
    height: float
    top: float
    left: float
    gap: float
    inset: float
    code: float
    size_pt: float
    letters: int

    @property
    def places(self) -> int:
        """How many labels a sheet has."""
        return self.columns * self.rows


SHEETS: dict[SheetName, Sheet] = {
    "3x8": Sheet(3, 8, 70, 37, top=0.4, left=0, gap=0, inset=4, code=27, size_pt=13, letters=80),
    "5x13": Sheet(5, 13, 38.1, 21.1, top=11, left=4.75, gap=2.5, inset=1.8, code=16.5, size_pt=7.6, letters=52),
}
"""70 x 37 mm, 24 a sheet (Avery 3474, Tomy 130); 38.1 x 21.2 mm, 65 a sheet (Avery L7651, Tomy 146)."""


def render(made: Labels) -> bytes:
    """Return the sheets as PDF, to be printed at 100 %; the places used up already stay empty.

    The codes have error correction M, which reads with 15 % of the code worn off.
    """
    grid = SHEETS[made.sheet]
    said = {name: getattr(grid, name) for name in ("columns", "width", "height", "top", "left", "gap", "inset", "code")}
    placed = [None] * made.skip + [_placed(one, grid.letters) for one in made.labels]
    sheet = {**said, "size_pt": grid.size_pt, "title": "Tem tài sản", "labels": placed}
    return set_in_type("labels.typ", "sheet", sheet, tagged=False)


def _placed(one: Label, letters: int) -> dict[str, str]:
    name, unit = (textwrap.shorten(text, letters, placeholder="…") for text in (one.name, one.unit))
    return {"code": drawn(one.code).decode(), "tag": one.tag, "name": name, "unit": unit}
