"""QR codes of papers and labels, with error correction M, which reads with 15 % of the code worn off."""

import io

import segno


def drawn(text: str, kind: str = "svg") -> bytes:
    """Return a code as `svg` or `png`; half of its quiet zone of four modules is the margin around it."""
    file = io.BytesIO()
    code = segno.make_qr(text, error="m")
    if kind == "png":
        code.save(file, kind="png", border=2, scale=8)
    else:
        code.save(file, kind="svg", border=2, svgclass=None, lineclass=None, omitsize=True)
    return file.getvalue()
