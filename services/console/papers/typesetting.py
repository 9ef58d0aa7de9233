"""Setting papers in a process of their own: a typesetter keeps what it has set, and a console runs for months."""

import os
import pickle
import subprocess
import sys
from collections.abc import Mapping

from services.console.papers.paper import Made

MEDIA_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
MOST_ROWS: Mapping[str, int] = {"pdf": 10_000, "docx": 10_000}
"""Rows a file may have: 10,000 take about 7 s and 1.2 GB as PDF, 5 s and 0.5 GB as DOCX; 50,000 take 6 GB."""
_LONGEST_S = 120
_PRESS = "services.console.papers.press"


class NotSet(Exception):
    """A paper could not be set; the message is what the typesetter said."""


def typeset(made: Made, kind: str) -> bytes:
    """Return a paper or labels as a file of this kind; the memory it took is given back.

    Blocks the thread; raises NotSet when the typesetter fails or takes more than two minutes.
    """
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-m", _PRESS]
    try:
        done = subprocess.run(
            command, input=pickle.dumps((made, kind)), capture_output=True, timeout=_LONGEST_S, env=environment
        )
    except subprocess.TimeoutExpired:
        raise NotSet(f"not done in {_LONGEST_S} s") from None
    if done.returncode:
        raise NotSet(done.stderr.decode(errors="replace"))
    return done.stdout
