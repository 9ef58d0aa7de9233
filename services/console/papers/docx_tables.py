"""Tables of a paper in WordprocessingML, written as text: a library's cell objects cost a hundred times more."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from docx.oxml.ns import nsdecls

from services.console.papers.paper import Column, Line, Side, Table

_HALF_POINTS = 2
_TWIPS_PER_MM = 56.6929
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_MARGINS = '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'


def table_xml(table: Table, width_mm: float) -> str:
    """Return a `w:tbl` of the given width: head rows that come back on every page, then the lines, each kept whole."""
    widths = _widths(table.columns, width_mm)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = "".join(_head(table, widths))
    size = round(table.size_pt * _HALF_POINTS)
    body = "".join(
        _line(line, table.columns, widths, size, high) for line, high in zip(table.lines, table.runs(), strict=True)
    )
    layout = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
    properties = f'<w:tblPr>{layout}<w:tblLayout w:type="fixed"/>{_MARGINS}</w:tblPr>'
    return f"<w:tbl {nsdecls('w')}>{properties}<w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"


def _widths(columns: Iterable[Column], width_mm: float) -> list[int]:
    shares = [column.width for column in columns]
    whole = width_mm * _TWIPS_PER_MM
    return [round(whole * share / sum(shares)) for share in shares]


def _head(table: Table, widths: list[int]) -> Iterator[str]:
    size = round(table.size_pt * _HALF_POINTS)
    grouped = any(group for group, _ in table.groups)
    upper, lower, place = "", "", 0
    for group, count in table.groups:
        here = widths[place : place + count]
        if group is None:
            title = table.columns[place].title
            upper += _cell(title, here[0], size, "center", bold=True, merge="restart" if grouped else None)
            lower += _cell("", here[0], size, "center", merge="continue")
        else:
            upper += _cell(group, sum(here), size, "center", bold=True, span=count)
            for column, width in zip(table.columns[place : place + count], here, strict=True):
                lower += _cell(column.title, width, size, "center", bold=True)
        place += count
    marks = "".join(
        _cell(column.mark or "", width, size - 2, "center", italic=True)
        for column, width in zip(table.columns, widths, strict=True)
    )
    rows = [upper, *([lower] if grouped else []), *([marks] if any(column.mark for column in table.columns) else [])]
    return (f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{row}</w:tr>" for row in rows)


def _line(line: Line, columns: tuple[Column, ...], widths: list[int], size: int, high: list[int]) -> str:
    if high and line.span == 1:
        return _merged_line(line, columns, widths, size, high)
    first: Side = "center" if line.bold and line.span > 1 else columns[0].side
    cells = [_cell(line.cells[0], sum(widths[: line.span]), size, first, bold=line.bold, span=line.span)]
    cells += [
        _cell(text, width, size, column.side, bold=line.bold)
        for text, column, width in zip(line.cells[1:], columns[line.span :], widths[line.span :], strict=True)
    ]
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _merged_line(line: Line, columns: tuple[Column, ...], widths: list[int], size: int, high: list[int]) -> str:
    cells = ""
    for place, (text, column, width) in enumerate(zip(line.cells, columns, widths, strict=True)):
        rows = high[place] if place < len(high) else None
        merge = None if rows is None else "restart" if rows else "continue"
        side: Side = column.side if rows is None else "center"
        cells += _cell("" if rows == 0 else text, width, size, side, bold=line.bold, merge=merge)
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cell(
    text: str,
    width: int,
    size: int,
    side: Side,
    *,
    bold: bool = False,
    italic: bool = False,
    span: int = 1,
    merge: str | None = None,
) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    face = f'{"<w:b/>" if bold else ""}{"<w:i/>" if italic else ""}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    pieces = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in text.split("\n"))
    run = f"<w:r><w:rPr>{face}</w:rPr>{pieces}</w:r>" if text else ""
    align = '<w:vAlign w:val="center"/>' if merge or (bold and span > 1) else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{merged}{align}</w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:before="20" w:after="20"/><w:jc w:val="{side}"/></w:pPr>{run}</w:p></w:tc>'
    )
