"""What Prometheus is told of the archive beside its position: how much of the log is signed and verified, and when."""

from services.audit.archive.verifications import last_verification
from services.audit.read_models.signed_checkpoints import SIGNED_CHECKPOINTS
from services.runtime import metrics
from services.runtime.read_model import Database


async def measure(database: Database) -> None:
    """Set the gauges of the latest signed checkpoint and the latest verification; they stay away until there is one."""
    for row in await database.fetch(
        f'SELECT tree_size, signed_at FROM "{SIGNED_CHECKPOINTS.table}" ORDER BY tree_size DESC LIMIT 1'
    ):
        metrics.CHECKPOINT_SIZE.labels("audit").set(row["tree_size"])
        metrics.CHECKPOINT_TIME.labels("audit").set(row["signed_at"].timestamp())
    verified = await last_verification(database)
    if verified is not None:
        metrics.VERIFIED_POSITION.labels("audit").set(verified.position)
        metrics.VERIFIED_TIME.labels("audit").set(verified.ended_at.timestamp())
        metrics.VERIFIED_WELL.labels("audit").set(verified.well)
