"""The bench: `python tests/bench [bench.json] [--quick]` measures an office, writes a table and a JSON file."""

import argparse
import json
import os
import platform
import shutil
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import planning
import uvloop
from measuring import Scale, measure
from report import show

from services.ops.office import data_folder

FULL = Scale(
    history_events=200_000,
    documents=100_000,
    seconds=4.0,
    raw_seconds=2.0,
    query_seconds=2.0,
    long_aggregate=1000,
    assets=(5_000, 50_000),
    people=(300, 3_000),
    slots=(100_000, 1_000_000),
    entries=(25_000, 250_000),
)
QUICK = Scale(
    history_events=20_000,
    documents=12_000,
    seconds=1.0,
    raw_seconds=0.5,
    query_seconds=0.4,
    long_aggregate=1000,
    assets=(1_000,),
    people=(300, 3_000),
    slots=(30_000, 300_000),
    entries=(2_500,),
)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument(
        "output", nargs="?", type=Path, help="the JSON file; bench.json in the data folder when left out"
    )
    parser.add_argument("--quick", action="store_true", help="about a minute, with smaller numbers")
    return parser.parse_args()


def main() -> None:
    """Measure, show, write; nothing is asserted."""
    asked = _arguments()
    output = asked.output or data_folder(None) / "bench.json"
    begun = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="motmoi-bench-"))
    folder.chmod(0o755)  # PostgreSQL has a user of its own when this one is root
    try:
        results = uvloop.run(measure(folder, QUICK if asked.quick else FULL))
        results["planning"] = uvloop.run(planning.measured())
    finally:
        shutil.rmtree(folder)
    results["machine"] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "processors": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "quick": asked.quick,
        "seconds": round(time.monotonic() - begun, 1),
    }
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n")
    show(results, output)


if __name__ == "__main__":
    main()
