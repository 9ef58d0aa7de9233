"""Papers as DOCX, set with python-docx in Times New Roman, so that an office can go on writing in them."""

import io
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from services.console.papers.codes import drawn
from services.console.papers.docx_tables import table_xml
from services.console.papers.paper import (
    Block,
    Code,
    Ending,
    Paper,
    Paragraph,
    Side,
    Signature,
    Signatures,
    Table,
    Words,
)

_SIDES = {
    "left": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_RULE = "―" * 24


def render(paper: Paper) -> bytes:
    """Return a paper as DOCX: A4, margins of Hướng dẫn 05-HD/VPTW, heads of tables on every page, pages numbered."""
    document = docx.Document()
    width = _pages(document, paper)
    _number_pages(document)
    for one in paper.above:
        _words(document, one, 9.5, "right")
    _heading(document, paper, width)
    _words(document, Words(paper.title, bold=True), 15, "center", before=12)
    for one in paper.under_title:
        _words(document, one, 12.5, "center")
    for block in paper.blocks:
        _block(document, block, width)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = paper.title, paper.heading.left[0].text, ""
    properties.created = properties.modified = datetime.now(UTC)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _pages(document: Document, paper: Paper) -> float:
    """Set the pages and the base style; return the width of the text in millimetres."""
    section = document.sections[0]
    top, bottom, left, right = (15, 17, 20, 15) if paper.landscape else (20, 20, 30, 15)
    wide, high = (297, 210) if paper.landscape else (210, 297)
    section.orientation = WD_ORIENT.LANDSCAPE if paper.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(wide), Mm(high)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin, section.footer_distance = Mm(left), Mm(right), Mm(8)
    base: Any = document.styles["Normal"]
    base.font.name, base.font.size = "Times New Roman", Pt(13)
    base.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    base.paragraph_format.space_before = base.paragraph_format.space_after = Pt(0)
    return wide - left - right


def _number_pages(document: Document) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for text, field in (("Trang ", "PAGE"), ("/", "NUMPAGES")):
        paragraph.add_run(text).font.size = Pt(9)
        run = '<w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t>1</w:t></w:r>'
        paragraph._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{field}">{run}</w:fldSimple>'))


def _heading(document: Document, paper: Paper, width: float) -> None:
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    for cell, lines, share in zip(table.rows[0].cells, paper.heading, (0.44, 0.56), strict=True):
        cell.width = Mm(width * share)
        for one in lines:
            _words(cell, one, 12, "center")
        cell._tc.remove(cell.paragraphs[0]._p)


def _block(document: Document, block: Block, width: float) -> None:
    if isinstance(block, Table):
        _words(document, Words(""), 4, "left")
        document._body._body.insert_element_before(parse_xml(table_xml(block, width)), "w:sectPr")
        _words(document, Words(""), 4, "left")
    elif isinstance(block, Signatures):
        _signatures(document, block)
        _words(document, Words(""), 4, "left")
    elif isinstance(block, Ending):
        _ending(document, block)
    elif isinstance(block, Code):
        _code(document, block)
    else:
        _paragraph(document, block)


def _paragraph(document: Document, block: Paragraph) -> None:
    paragraph = _words(document, Words(block.text, block.bold, block.italic), 13, block.side, before=4)
    paragraph.paragraph_format.keep_with_next = block.bold
    if block.indent:
        paragraph.paragraph_format.first_line_indent = Mm(10)


def _code(document: Document, block: Code) -> None:
    paragraph = _words(document, Words(""), 11, "left", before=6)
    paragraph.add_run().add_picture(io.BytesIO(drawn(block.text, "png")), width=Mm(30))
    said = _words(document, Words(block.caption, italic=True), 11, "left")
    paragraph.paragraph_format.keep_with_next = said.paragraph_format.keep_with_next = True


def _signatures(document: Document, block: Signatures) -> None:
    table = document.add_table(rows=3, cols=len(block.columns))
    day, titles, names = table.rows
    for place, one in enumerate(block.columns):
        _said(titles.cells[place], _capacity(one), 12.5)
        _said(names.cells[place], [Words("")] * 4 + [Words(one.name or "", bold=True)], 12.5)
    dated = day.cells[max(0, len(block.columns) - 2)].merge(day.cells[-1]) if len(block.columns) > 2 else day.cells[-1]
    _said(dated, [Words(block.dated or "", italic=True)], 12)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = row is not names


def _ending(document: Document, block: Ending) -> None:
    _words(document, Words(""), 6, "left")
    table = document.add_table(rows=1, cols=2)
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    left, right = table.rows[0].cells
    if block.recipients:
        _words(left, Words("Nơi nhận:", bold=True, italic=True), 12, "left")
        for one in block.recipients:
            _words(left, Words(f"- {one}"), 11, "left")
        left._tc.remove(left.paragraphs[0]._p)
    _said(right, [*_capacity(block.signature), *[Words("")] * 4, Words(block.signature.name or "", bold=True)], 12.5)


def _capacity(one: Signature) -> list[Words]:
    above = [Words(one.above, bold=True)] if one.above else []
    return [*above, Words(one.title.upper(), bold=True), Words(one.note, italic=True)]


def _said(cell: Any, lines: list[Words], size: float) -> None:
    for one in lines:
        _words(cell, one, size, "center")
    cell._tc.remove(cell.paragraphs[0]._p)


def _words(holder: Any, one: Words, size: float, side: Side, before: float = 0) -> Any:
    paragraph = holder.add_paragraph()
    paragraph.alignment, paragraph.paragraph_format.space_before = _SIDES[side], Pt(before)
    run = paragraph.add_run(one.text)
    run.bold, run.italic, run.font.size = one.bold, one.italic, Pt(size)
    if one.rule:
        below = holder.add_paragraph()
        below.alignment = WD_ALIGN_PARAGRAPH.CENTER
        below.add_run(_RULE).font.size = Pt(5)
    return paragraph
