"""Papers and label sheets as PDF, set by Typst with a font of its own that has every Vietnamese letter."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst

from services.console.papers.codes import drawn
from services.console.papers.paper import Block, Code, Ending, Paper, Paragraph, Signatures, Table

_MOST_TAGGED_ROWS = 1_000
_TEMPLATES = Path(__file__).parent


def render(paper: Paper) -> bytes:
    """Return a paper as PDF; Times New Roman where the machine has it, else Libertinus Serif, embedded either way."""
    said = {
        "title": paper.title,
        "landscape": paper.landscape,
        "heading": {side: [one._asdict() for one in lines] for side, lines in paper.heading._asdict().items()},
        "under_title": [one._asdict() for one in paper.under_title],
        "above": [one._asdict() for one in paper.above],
        "blocks": [_block(block) for block in paper.blocks],
    }
    return set_in_type("paper.typ", "paper", said, tagged=paper.rows <= _MOST_TAGGED_ROWS)


def set_in_type(template: str, name: str, said: dict[str, Any], *, tagged: bool) -> bytes:
    """Return what a template makes of plain strings and numbers; nothing of them is ever taken for markup or code.

    A tagged file can be read aloud, and is ten times as large.
    """
    compiler = typst.Compiler(font_paths=_fonts())
    source = (_TEMPLATES / template).read_bytes()
    inputs = {name: json.dumps(said, ensure_ascii=False)}
    made = compiler.compile(source, format="pdf", sys_inputs=inputs, pdf_tags=tagged)
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", **block._asdict()}
    if isinstance(block, Signatures):
        return {"kind": "signatures", "dated": block.dated, "columns": [one._asdict() for one in block.columns]}
    if isinstance(block, Ending):
        return {"kind": "ending", "recipients": block.recipients, "signature": block.signature._asdict()}
    if isinstance(block, Code):
        return {"kind": "code", "drawn": drawn(block.text).decode(), "caption": block.caption}
    assert isinstance(block, Table)
    return {
        "kind": "table",
        "columns": [one._asdict() for one in block.columns],
        "groups": block.groups,
        "size_pt": block.size_pt,
        "lines": [
            (line.cells, line.bold, line.span, high) for line, high in zip(block.lines, block.runs(), strict=True)
        ],
    }
