"""Reading the log, folding it, and rebuilding a read model from it."""

import time
from typing import Any

import asyncpg
from office import SERVICE, Office

from services.documents.read_models.incoming_register import INCOMING_REGISTER
from services.documents.service import DOCUMENTS
from services.runtime.aggregates import snapshot_model
from services.runtime.envelope import Decoder, event_types
from services.runtime.follow import Batch, Reader
from services.runtime.projecting import Projection
from services.runtime.read_model import ReadModel, create_table_sql
from services.runtime.rebuilding import Rebuild

_PULL = 20_000


class _Passage:
    """One reading of the whole log, and what was done with each batch."""

    def __init__(self, office: Office, name: str) -> None:
        self._reader = Reader(office.settings(), f"bench-{name}", _PULL)
        self._head = 0

    async def run(self, head: int, work: Any) -> tuple[float, int]:
        """Read to `head`; return seconds and the facts that `work(batch)` counted."""
        begun, facts, position = time.perf_counter(), 0, 0
        await self._reader.open(0)
        try:
            while position < head:
                batch: Batch = await self._reader.batch()
                facts += await work(batch)
                position = batch.messages[-1].sequence if batch.messages else position
        finally:
            self._reader.close()
        return time.perf_counter() - begun, facts


def _rate(seconds: float, events: int, **more: Any) -> dict[str, Any]:
    return {"events": events, "seconds": round(seconds, 3), "events_per_s": round(events / seconds), **more}


async def read(office: Office, events: int) -> dict[str, Any]:
    """Read the whole log: alone, and decoded into facts of every type."""
    head = await office.head()

    async def pass_over(batch: Batch) -> int:
        return len(batch.messages)

    decoder = Decoder(event_types(SERVICE, DOCUMENTS.events))

    async def decode(batch: Batch) -> int:
        return len(decoder.all_facts(batch.messages))

    alone, messages = await _Passage(office, "read").run(head, pass_over)
    decoded, _ = await _Passage(office, "decode").run(head, decode)
    return {
        "read alone": _rate(alone, events, messages=messages),
        "read and decoded": _rate(decoded, events),
    }


async def folded(office: Office, events: int) -> dict[str, Any]:
    """Fold the incoming register into a fresh table without indexes, a transaction a batch."""
    head, table = await office.head(), "bench_incoming_register"
    database = await asyncpg.connect(office.stack.database_url(SERVICE), server_settings={"synchronous_commit": "off"})
    await database.execute(create_table_sql(INCOMING_REGISTER, table))
    projection, decoder = Projection(INCOMING_REGISTER, table), Decoder(INCOMING_REGISTER.events)

    async def fold(batch: Batch) -> int:
        facts = decoder.all_facts(batch.messages)
        async with database.transaction():
            await projection.apply(database, facts)
        return len(facts)

    try:
        seconds, facts = await _Passage(office, "fold").run(head, fold)
        rows = await database.fetchval(f'SELECT count(*) FROM "{table}"')
        return {"folded into a table without indexes": _rate(seconds, events, facts=facts, rows=rows)}
    finally:
        await database.execute(f'DROP TABLE "{table}"')
        await database.close()


async def rebuilt(office: Office, events: int) -> dict[str, Any]:
    """Rebuild beside the live table with its indexes, compare every row, switch: the register and the snapshots.

    And all read models from one reading, rebuilt in the same way, and compared alone.
    """
    measured = {}
    pool = await asyncpg.create_pool(
        office.stack.database_url(SERVICE), min_size=1, max_size=8, server_settings={"synchronous_commit": "off"}
    )
    models: tuple[ReadModel, ...] = (INCOMING_REGISTER, snapshot_model(DOCUMENTS))
    try:
        for model in models:
            (found,) = await Rebuild(office.settings(), pool, [model]).run()
            measured[f"rebuilt {model.name}, indexed, compared, switched"] = _rate(
                found.seconds, events, rows=found.rows, differences=found.differences
            )
        models = (*DOCUMENTS.read_models, snapshot_model(DOCUMENTS))
        for name, switch in (("rebuilt, indexed, compared, switched", True), ("compared alone", False)):
            together = await Rebuild(office.settings(), pool, models).run(switch=switch)
            measured[f"all read models in one process, {name}"] = _rate(
                max(one.seconds for one in together), events, differences=sum(one.differences for one in together)
            )
    finally:
        await pool.close()
    return measured
