"""What the measured numbers are beside each other."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import december
import people
import scheduling
from history import BOOKS


def ratios(
    results: dict[str, Any], assets: Sequence[int], staff: Sequence[int], slots: Sequence[int]
) -> dict[str, float]:
    """Return the ratios of one run; the others are how many there were in each office, smallest first."""
    pairs = {
        **_of_commands(results),
        **_of_aggregates(results["aggregates"]),
        **_of_sizes(results, assets, staff),
        **_of_bookings(results["scheduling"], slots),
    }
    return {name: round(value, 3) for name, value in pairs.items()}


def _of_commands(results: dict[str, Any]) -> dict[str, float]:
    server, commands, rebuild = results["raw"], results["commands"], results["rebuild"]
    over = f"register over {BOOKS} books"

    def rate(section: dict[str, Any], name: str) -> float:
        return float(section[name].get("per_s") or section[name]["events_per_s"])

    return {
        "forward 64 / one publish alone": rate(commands, "forward, one aggregate, 64 at once")
        / rate(server, "publish alone"),
        "forward 64 / publish 64": rate(commands, "forward, one aggregate, 64 at once")
        / rate(server, "publish, 64 at once"),
        "register 64 / publish 64": rate(commands, f"{over}, 64 at once") / rate(server, "publish, 64 at once"),
        "register 1 / atomic batch of 2": rate(commands, f"{over}, 1 at once") / rate(server, "atomic batch of 2"),
        "register 64 / atomic batch of 2": rate(commands, f"{over}, 64 at once") / rate(server, "atomic batch of 2"),
        "register one book 64 / over 200 books 64": rate(commands, "register into one book, 64 at once")
        / rate(commands, f"{over}, 64 at once"),
        "register 64 / PostgreSQL insert 64": rate(commands, f"{over}, 64 at once")
        / rate(server, "PostgreSQL insert, 64 at once"),
        "HTTP register 64 / NATS register 64": rate(commands, f"HTTP {over}, 64 at once")
        / rate(commands, f"{over}, 64 at once"),
        "decoded / read alone": rate(rebuild, "read and decoded") / rate(rebuild, "read alone"),
        "folded / read alone": rate(rebuild, "folded into a table without indexes") / rate(rebuild, "read alone"),
        "rebuilt / read alone": rate(rebuild, "rebuilt incoming_register, indexed, compared, switched")
        / rate(rebuild, "read alone"),
    }


def _of_aggregates(aggregates: dict[str, Any]) -> dict[str, float]:
    pairs = {}
    for name in [key.removesuffix(", decided warm") for key in aggregates if key.endswith(", decided warm")]:
        loaded = aggregates[f"{name}, loaded from the log and folded, raw"]["p50_ms"]
        pairs[f"{name}: raw load / whole warm command"] = loaded / aggregates[f"{name}, decided warm"]["p50_ms"]
        first = aggregates[f"{name}, first command after a restart"]["p50_ms"]
        pairs[f"{name}: raw load / whole first command after a restart"] = loaded / first
    return pairs


def _of_sizes(results: dict[str, Any], assets: Sequence[int], staff: Sequence[int]) -> dict[str, float]:
    """How much longer the same takes over so many more."""
    run, asked = results["december"], results["people"]
    pairs = {}
    for fewer, more in pairwise(assets):
        seconds = [run[december.named(count, december.RUN)]["seconds"] for count in (more, fewer)]
        pairs[f"December run of {more:,} / {fewer:,} assets"] = seconds[0] / seconds[1]
    for fewer, more in pairwise(staff):
        times = [asked[people.named(count, people.AUTHORITY)]["p50_ms"] for count in (more, fewer)]
        pairs[f"an account's authority, {more:,} / {fewer:,} people"] = times[0] / times[1]
    return pairs


def _of_bookings(found: dict[str, Any], slots: Sequence[int]) -> dict[str, float]:
    """How free bookings stand beside refusals, and how much longer a board takes over so much more of a past."""
    pairs = {"free bookings / refusals": found[scheduling.FREE]["per_s"] / found[scheduling.TAKEN]["per_s"]}
    for fewer, more in pairwise(slots):
        times = [found[scheduling.named(count, scheduling.BOARD)]["p50_ms"] for count in (more, fewer)]
        pairs[f"week board, {more:,} / {fewer:,} slots"] = times[0] / times[1]
    return pairs
