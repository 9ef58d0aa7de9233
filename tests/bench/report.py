"""The results as tables on the terminal."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

_TITLES = {
    "raw": "Servers alone, disk syncs on",
    "history": "History",
    "rebuild": "Reading and rebuilding",
    "queries": "Queries over NATS",
    "commands": "Commands",
    "aggregates": "One aggregate",
    "archive": "The second copy",
    "december": "The December run: last year's wear of all assets",
    "people": "People and what they may do, queries over NATS, one at a time",
    "scheduling": "Bookings and boards",
    "planning": "Planning a day's runs: requests placed, and how late the event loop is meanwhile",
    "ledger": "A year of the ledger: four lines an entry",
    "memory_mb": "Memory, MB",
    "disk_mb": "Disk, MB",
    "ratios": "Ratios in this run",
}
_COLUMNS = (
    "count",
    "per_s",
    "p50_ms",
    "p99_ms",
    "events",
    "seconds",
    "events_per_s",
    "generator_cpu",
    "followers_behind_s",
)


def show(results: Mapping[str, Any], output: Path) -> None:
    """Write every section as a table, and where the JSON is."""
    console = Console(width=200 if not Console().is_terminal else None)
    for section, title in _TITLES.items():
        console.print(_table(title, results[section]))
    console.print(f"{results['machine']}\n{output}", markup=False, soft_wrap=True)


def _table(title: str, section: Mapping[str, Any]) -> Table:
    rows = {name: found if isinstance(found, Mapping) else {"": found} for name, found in section.items()}
    columns = [column for column in ("", *_COLUMNS) if any(column in found for found in rows.values())]
    notes = any(_note(found) for found in rows.values())
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for column in columns:
        table.add_column(column, justify="right")
    if notes:
        table.add_column("notes")
    for name, found in rows.items():
        cells = [_number(found.get(column)) for column in columns]
        table.add_row(name, *cells, *([_note(found)] if notes else []))
    return table


def _number(value: object) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if isinstance(value, int | float) and abs(value) >= 1000 else str(value)


def _note(found: Mapping[str, Any]) -> str:
    notes = []
    others = found.get("outcomes", {}).get("other")
    if others:
        notes.append(f"{others} not done: {found.get('sample_of_other', '')[:120]}")
    if found.get("duplicate_warnings"):
        notes.append(f"{found['duplicate_warnings']} duplicate warnings")
    if "processor_share" in found:
        notes.append(" ".join(f"{name} {share:.0%}" for name, share in found["processor_share"].items()))
    notes += [
        f"{name} {found[name]}"
        for name in ("rows", "differences", "messages", "events_each", "directions", "first come", "plan", "search")
        if name in found
    ]
    return "; ".join(notes)
