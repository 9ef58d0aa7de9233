"""What was verified last is remembered, and Prometheus is told of it."""

import asyncpg
from prometheus_client import REGISTRY

from deploy.stack import Stack
from services.audit.archive.verifications import last_verification, record_verification
from services.audit.measuring import measure
from services.audit.read_models.signed_checkpoints import SIGNED_CHECKPOINTS
from services.runtime.read_model import create_table_sql


async def test_the_latest_verification_counts_and_is_measured(office: Stack) -> None:
    connection = await asyncpg.connect(office.database_url("audit"))
    await connection.execute(create_table_sql(SIGNED_CHECKPOINTS, SIGNED_CHECKPOINTS.table))
    assert await last_verification(connection) is None
    await measure(connection)
    assert REGISTRY.get_sample_value("motmoi_verified_well", {"service": "audit"}) is None

    await record_verification(connection, 700, well=True)
    await record_verification(connection, 900, well=False)

    latest = await last_verification(connection)
    assert latest is not None
    assert (latest.position, latest.well) == (900, False)
    await measure(connection)
    measured = {
        name: REGISTRY.get_sample_value(f"motmoi_verified_{name}", {"service": "audit"})
        for name in ("sequence", "timestamp_seconds", "well")
    }
    assert measured == {"sequence": 900, "timestamp_seconds": latest.ended_at.timestamp(), "well": 0}
    await connection.execute(f'DROP TABLE verifications, "{SIGNED_CHECKPOINTS.table}"')
    await connection.close()
