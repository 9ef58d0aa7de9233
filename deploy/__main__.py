"""Production by hand: `prepare` writes an office's secrets once, `provision` brings its servers to what is stated."""

import asyncio
from pathlib import Path
from typing import Annotated

import asyncpg
import typer
from nats.errors import Error as NatsError

from deploy import SERVICES
from deploy.credentials import CONSOLE, OPERATOR, SUPERUSER, Credentials, load_or_create
from deploy.files import write_durably
from deploy.permissions import nats_configuration
from deploy.provision import provision as provision_streams
from deploy.provision import provision_database

NATS_PORT = 4222
STORE_FOLDER = "/data"
PAUSE_S = 0.5

application = typer.Typer(no_args_is_help=True, add_completion=False)
OfficeFolder = Annotated[Path, typer.Option(help="Thư mục bí mật của cơ quan. / The office's folder of secrets.")]


@application.command()
def prepare(office: OfficeFolder) -> None:
    """Ghi mật khẩu, nats.conf và .env, một lần. / Write passwords, nats.conf and .env, once."""
    office = office.absolute()
    office.mkdir(mode=0o700, parents=True, exist_ok=True)
    credentials = load_or_create(office, SERVICES)
    configuration = nats_configuration(credentials, NATS_PORT, STORE_FOLDER, SERVICES, host="0.0.0.0")
    write_durably(office / "nats.conf", configuration)
    write_durably(office / ".env", compose_settings(office, credentials))
    typer.echo(f"{office}: credentials.json, nats.conf, .env")


@application.command()
def provision(
    office: OfficeFolder,
    nats: Annotated[str, typer.Option(help="nats://host:port[,...]")] = f"nats://nats:{NATS_PORT}",
    postgres: Annotated[str, typer.Option(help="host:port")] = "postgres:5432",
    replicas: Annotated[int, typer.Option(help="Số bản sao nhật ký: 1 hoặc 3. / Copies of the log: 1 or 3.")] = 1,
    wait_s: Annotated[float, typer.Option(help="Chờ máy chủ, giây. / Wait for the servers, seconds.")] = 120,
) -> None:
    """Tạo hoặc chỉnh luồng, cơ sở dữ liệu, vai trò. / Create or correct streams, database and roles."""
    credentials = load_or_create(office, SERVICES)
    host, _, port = postgres.rpartition(":")
    superuser = credentials.database_url(SUPERUSER, int(port), host=host, database="postgres")
    changed = asyncio.run(_provisioned(nats, superuser, credentials, replicas, wait_s))
    typer.echo(", ".join(changed) or "Không có gì thay đổi. / Nothing to change.")


def compose_settings(office: Path, credentials: Credentials) -> str:
    """The `.env` of compose.yaml: where the secrets are, and each password under the name its container needs."""
    settings = {"MOTMOI_OFFICE": str(office), "POSTGRES_PASSWORD": credentials.postgres[SUPERUSER]}
    for user in (*SERVICES, CONSOLE):
        settings[f"NATS_PASSWORD_{user.upper()}"] = credentials.nats[user]
        settings[f"POSTGRES_PASSWORD_{user.upper()}"] = credentials.postgres[user]
    return "".join(f"{name}={value}\n" for name, value in settings.items())


async def _provisioned(nats: str, superuser: str, credentials: Credentials, replicas: int, wait_s: float) -> list[str]:
    async with asyncio.timeout(wait_s):
        while True:
            try:
                changed = await provision_streams(
                    nats, OPERATOR, credentials.nats[OPERATOR], SERVICES, replicas=replicas
                )
                return changed + await provision_database(superuser, credentials, SERVICES)
            except (NatsError, OSError, asyncpg.CannotConnectNowError):
                # The servers of a cluster come up in their own time and order.
                await asyncio.sleep(PAUSE_S)


if __name__ == "__main__":
    application()
