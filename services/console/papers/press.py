"""The process that sets one paper: pickled on standard input, as a file on standard output."""

import pickle
import sys

from services.console.papers import labels, pdf, word
from services.console.papers.paper import Labels, Made


def render(made: Made, kind: str) -> bytes:
    """Return a paper as `pdf` or `docx`, or sheets of labels as PDF."""
    if isinstance(made, Labels):
        return labels.render(made)
    return pdf.render(made) if kind == "pdf" else word.render(made)


if __name__ == "__main__":
    sys.stdout.buffer.write(render(*pickle.load(sys.stdin.buffer)))
