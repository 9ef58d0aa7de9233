"""What the fault tests share: an office under its supervisor, and the options of the random run.

Only `pytest tests/faults` (make faults) collects this folder.
"""

import random
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

sys.path.insert(0, str(Path(__file__).parent))

from chaos import Chaos
from judging import Judge
from workload import Workload

from services.ops.supervisor import Supervisor

_SECONDS = 120.0


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what `make faults ARGS="--fault-seed 7 --fault-seconds 600"` sets."""
    parser.addoption("--fault-seed", type=int, default=None, help="seed of the random faults; printed when left out")
    parser.addoption("--fault-seconds", type=float, default=_SECONDS, help="length of the random run, seconds")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave this folder out unless it was asked for by name."""
    folder = Path(__file__).parent
    asked = (Path(argument.split("::")[0]).absolute() for argument in config.args)
    return None if any(path.is_relative_to(folder) for path in asked) else True


@pytest.fixture(scope="session")
def seed(request: pytest.FixtureRequest) -> int:
    """The seed of everything random in this run."""
    chosen: int | None = request.config.getoption("--fault-seed")
    seed = random.SystemRandom().randrange(10**9) if chosen is None else chosen
    print(f"\n--fault-seed {seed}")  # noqa: T201 - the seed must be known to run it again
    return seed


@pytest.fixture(scope="session")
def seconds(request: pytest.FixtureRequest) -> float:
    """How long the random run lasts."""
    return float(request.config.getoption("--fault-seconds"))


@pytest.fixture(scope="session")
def place() -> Iterator[Path]:
    """A folder PostgreSQL's own user can reach too; removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="motmoi-faults-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def running(place: Path) -> AsyncIterator[Supervisor]:
    """The whole office, its servers and processes kept alive by the supervisor; disk syncs as in earnest."""
    supervised = Supervisor(
        place / "office",
        nats_port=0,
        postgres_port=0,
        http_port=0,
        say=lambda **_: None,
        state_folder=place / "state",
    )
    await supervised.start()
    yield supervised
    await supervised.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def workload(running: Supervisor, seed: int) -> AsyncIterator[Workload]:
    """Clients of their own books, and the ledger of what they attempted and were told."""
    async with Workload(running.stack, seed) as started:
        yield started


@pytest.fixture
def judge(running: Supervisor) -> Judge:
    """Compares what was attempted, acknowledged, logged and shown."""
    return Judge(running.stack)


@pytest.fixture
def chaos(running: Supervisor, seed: int) -> Chaos:
    """Kills and stops what it likes."""
    return Chaos(running, seed)
