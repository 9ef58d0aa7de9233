"""Rebuilding or comparing read models of all services at once: shares of about the same cost, a process each."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import asyncpg

from services.ops.language import in_language
from services.ops.office import Office
from services.ops.processes import shared_environment
from services.ops.rebuilding_worker import REBUILT, SETTINGS
from services.ops.registry import SERVICES, models_of
from services.runtime.apart import have_done
from services.runtime.rebuilding import Progress, Rebuilt

WORKERS = 2
Chosen: TypeAlias = Mapping[str, Sequence[str]]
"""Names of read models by service; `snapshots` is one of every service."""
# Seconds a message and bytes a second, as measured: what matters is how they stand to one another.
_READING_S = 15e-6
_BYTES_PER_S = 20e6
_STATE = 2
"""How much dearer folding states is than rows, byte for byte: every event of the service changes one."""


@dataclass(frozen=True)
class Outcome:
    """What became of one read model: what was found, or why it was not finished."""

    service: str
    model: str
    found: Rebuilt | None
    error: str | None = None


class Reported(NamedTuple):
    """How far one of the processes is with the models it rebuilds now."""

    worker: int
    service: str
    models: Sequence[str]
    progress: Progress


Report: TypeAlias = Callable[[Reported], None]


def every_model() -> dict[str, tuple[str, ...]]:
    """Return the names of all read models of all services."""
    return {name: tuple(models_of(service)) for name, service in SERVICES.items()}


async def rebuild_everywhere(
    office: Office,
    chosen: Chosen,
    report: Report = lambda _: None,
    *,
    switch: bool = True,
    even_if_different: bool = False,
    workers: int = WORKERS,
) -> list[Outcome]:
    """Rebuild the chosen models, or with `switch` off compare them alone; return every one's outcome, as chosen.

    Each process reads the log by itself. Cancelled, it waits until the processes have taken their tables away. Raises a
    database error when sizes cannot be asked.
    """
    costs = {service: await _costs(office, service, names, switch=switch) for service, names in chosen.items()}
    given = shares(costs, workers)
    words = {"switch": switch, "even_if_different": even_if_different}
    async with asyncio.TaskGroup() as tasks:
        working = [
            tasks.create_task(_Worker(place, share, report).run({**words, "parts": _parts(office, share)}))
            for place, share in enumerate(given)
        ]
    by_model = {(one.service, one.model): one for work in working for one in work.result()}
    return [by_model[service, name] for service, names in chosen.items() for name in names]


class Costs(NamedTuple):
    """Seconds: to read and decode the log once for a service, and to fold, write and compare each model."""

    reading: float
    models: Mapping[str, float]


async def _costs(office: Office, service: str, names: Sequence[str], *, switch: bool) -> Costs:
    models = models_of(SERVICES[service])
    connection = await asyncpg.connect(office.database_url(service), timeout=5)
    try:
        head = await connection.fetchval("SELECT max(position) FROM checkpoints") or 0
        size = "pg_total_relation_size" if switch else "pg_table_size"
        sizes = {
            name: await connection.fetchval(f"SELECT coalesce({size}(to_regclass($1)), 0)", f'"{models[name].table}"')
            for name in names
        }
    finally:
        await connection.close()
    costs = {name: size / _BYTES_PER_S * (_STATE if models[name].whole else 1) for name, size in sizes.items()}
    return Costs(head * _READING_S, costs)


def shares(costs: Mapping[str, Costs], workers: int) -> list[dict[str, list[str]]]:
    """Return names by service for each process that has any, so that the last to finish finishes early.

    The dearest go first, each to whoever is done first with it, with what reading the log for one more service costs.
    """
    found: list[dict[str, list[str]]] = [defaultdict(list) for _ in range(workers)]
    loads = [0.0] * workers
    pieces = [(cost, service, name) for service, its in costs.items() for name, cost in its.models.items()]
    for cost, service, name in sorted(pieces, reverse=True):
        ends = [
            load + cost + (0 if service in share else costs[service].reading)
            for load, share in zip(loads, found, strict=True)
        ]
        place = ends.index(min(ends))
        loads[place] = ends[place]
        found[place][service].append(name)
    return [share for share in found if share]


def _parts(office: Office, share: Chosen) -> list[dict[str, Any]]:
    return [
        {
            "service": service,
            "models": list(names),
            "settings": SETTINGS.dump_python(office.settings(service), mode="json"),
        }
        for service, names in share.items()
    ]


class _Worker:
    """One process and what it said of its share."""

    def __init__(self, place: int, share: Chosen, report: Report) -> None:
        self._place = place
        self._share = share
        self._report = report
        self._outcomes: dict[tuple[str, str], Outcome] = {}

    async def run(self, task: Mapping[str, Any]) -> list[Outcome]:
        """Start the process, hear it out and return an outcome for each model of its share."""
        status = await have_done(
            "services.ops.rebuilding_worker", task=task, hear=self._hear, environment=shared_environment()
        )
        died = in_language(
            vi=f"Tiến trình dựng lại đã kết thúc giữa chừng (mã {status}); bảng đang dùng còn nguyên.",
            en=f"The rebuilding process ended half-way (status {status}); the tables in use are as they were.",
        )
        names = [(service, name) for service, names in self._share.items() for name in names]
        return [self._outcomes.get(name, Outcome(*name, None, died)) for name in names]

    def _hear(self, said: dict[str, Any]) -> None:
        if "progress" in said:
            self._report(Reported(self._place, said["service"], said["models"], Progress(*said["progress"])))
            return
        found = REBUILT.validate_python(said["found"]) if "found" in said else None
        self._outcomes[said["service"], said["model"]] = Outcome(
            said["service"], said["model"], found, said.get("error")
        )
