"""The PostgreSQL of one machine: a new cluster where there is none, how it is started, how one sees that it answers."""

import asyncio
import signal
from collections.abc import Sequence
from pathlib import Path

import asyncpg

from deploy.child import last_lines, spawn
from deploy.credentials import SUPERUSER, Credentials
from deploy.files import sync_folder
from deploy.messages import DeployError, Say
from deploy.ports import HOST
from deploy.postgres_place import Place
from deploy.server import Recipe

ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC"}
INITDB_LIMIT_S = 300
# For an office on two cores; durability is never traded for speed.
SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "max_connections": "100",
    "password_encryption": "scram-sha-256",
    "shared_buffers": "256MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "wal_compression": "on",
    "max_wal_size": "1GB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_destination": "stderr",
    "logging_collector": "off",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    "cluster_name": "motmoi",
}


def postgres_recipe(place: Place, credentials: Credentials, log: Path, say: Say, *, fast: bool) -> Recipe:
    """How PostgreSQL runs in `place`; `fast` leaves out the disk syncs of a new cluster's creation, for tests only."""

    async def command(port: int) -> Sequence[str]:
        if not (place.folder / "cluster" / "PG_VERSION").exists():
            say(vi="Đang khởi tạo cơ sở dữ liệu PostgreSQL…", en="Creating the PostgreSQL cluster…")
            await _create_cluster(place, credentials.postgres[SUPERUSER], log, fast=fast)
        settings = {**SETTINGS, "port": str(port)}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return [str(place.programs / "postgres"), "-D", str(place.folder / "cluster"), *options]

    async def answers(port: int) -> bool:
        return await _query_answers(credentials.database_url(SUPERUSER, port, database="postgres"))

    return Recipe(
        name="PostgreSQL",
        command=command,
        answers=answers,
        environment=ENVIRONMENT,
        stop_signal=signal.SIGINT,
        stop_timeout_s=60,
        account=place.account,
    )


async def _create_cluster(place: Place, password: str, log: Path, *, fast: bool) -> None:
    # Made beside its final name: an interrupted creation is never mistaken for a cluster.
    unfinished = place.folder / "cluster.new"
    place.remove(unfinished)
    password_file = place.folder / "password"
    place.write(password_file, password)
    command = [
        str(place.programs / "initdb"),
        *("-D", str(unfinished), "-U", SUPERUSER, f"--pwfile={password_file}"),
        *("--auth-host=scram-sha-256", "--auth-local=scram-sha-256"),
        *("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        *("--data-checksums", "--no-instructions"),
        *(["--no-sync"] if fast else []),
    ]
    try:
        child = await spawn(
            command, log=log, environment=ENVIRONMENT, account=place.account, death_signal=signal.SIGKILL
        )
        status = await asyncio.wait_for(child.wait(), INITDB_LIMIT_S)
    finally:
        place.remove(password_file)
    if status != 0:
        raise DeployError(
            vi=f"Không khởi tạo được PostgreSQL (mã {status}). Những dòng cuối của {log}:\n{last_lines(log)}",
            en=f"PostgreSQL could not be created (status {status}). The last lines of {log}:\n{last_lines(log)}",
        )
    unfinished.rename(place.folder / "cluster")
    sync_folder(place.folder)


async def _query_answers(url: str) -> bool:
    try:
        connection = await asyncpg.connect(url, timeout=5, ssl=False)
    except (asyncpg.InvalidPasswordError, asyncpg.InvalidAuthorizationSpecificationError) as error:
        raise DeployError(
            vi="PostgreSQL không chấp nhận mật khẩu quản trị đang lưu. Khôi phục tệp credentials.json đi cùng cơ sở dữ "
            "liệu này rồi khởi động lại.",
            en="PostgreSQL refuses the stored administrator password. Restore the credentials.json that belongs to "
            "this database, then start again.",
        ) from error
    except (asyncpg.PostgresError, OSError, TimeoutError):
        return False
    try:
        return bool(await connection.fetchval("SELECT true"))
    except (asyncpg.PostgresError, OSError):
        return False
    finally:
        await connection.close()
