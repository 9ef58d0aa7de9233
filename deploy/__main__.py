"""Production by hand: `prepare` writes an office's secrets once, `provision` brings its servers to what is stated."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import asyncpg
import typer
from nats.errors import Error as NatsError

from deploy import SERVICES
from deploy.credentials import CONSOLE, OPERATOR, SUPERUSER, Credentials, load_or_create
from deploy.files import write_durably
from deploy.keys import PUBLIC_NAME, audit_key
from deploy.nats_server import ALONE
from deploy.permissions import Member, nats_configuration
from deploy.provision import provision as provision_streams
from deploy.provision import provision_database

NATS_PORT = 4222
ROUTE_PORT = 6222
MEMBERS = 3
STORE_FOLDER = "/data"
PAUSE_S = 0.5

application = typer.Typer(no_args_is_help=True, add_completion=False)
OfficeFolder = Annotated[Path, typer.Option(help="Thư mục bí mật của cơ quan. / The office's folder of secrets.")]


ClusterHosts = Annotated[
    str,
    typer.Option(
        help="Cụm ba máy chủ NATS: tên hoặc địa chỉ, cách nhau dấu phẩy. / "
        "A cluster of three NATS servers: names or addresses, separated by commas."
    ),
]


@application.command()
def prepare(office: OfficeFolder, servers: ClusterHosts = "") -> None:
    """Ghi mật khẩu, nats.conf và .env, một lần. / Write passwords, nats.conf and .env, once."""
    hosts = servers.split(",") if servers else []
    if hosts and len(set(hosts)) != MEMBERS:
        raise typer.BadParameter("Cần đúng ba máy chủ khác nhau. / Exactly three different servers are needed.")
    office = office.absolute()
    office.mkdir(mode=0o700, parents=True, exist_ok=True)
    credentials = load_or_create(office, SERVICES)
    configurations = nats_configurations(credentials, hosts)
    for name, text in configurations.items():
        write_durably(office / name, text)
    write_durably(office / ".env", compose_settings(office, credentials, hosts))
    key = audit_key(office)
    typer.echo(f"{office}: credentials.json, {', '.join(configurations)}, .env, keys/{key.name}, keys/{PUBLIC_NAME}")


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


def nats_configurations(credentials: Credentials, hosts: Sequence[str]) -> dict[str, str]:
    """The text of each server's configuration by file name: `nats.conf`, or `nats-1.conf` and on for a cluster."""
    routes = tuple(f"{host}:{ROUTE_PORT}" for host in hosts)
    members: dict[str, Member | None] = {
        f"nats-{number}": Member(f"nats-{number}", ROUTE_PORT, routes) for number in range(1, len(hosts) + 1)
    }
    return {
        f"{name}.conf": nats_configuration(
            credentials, NATS_PORT, STORE_FOLDER, SERVICES, host="0.0.0.0", member=member
        )
        for name, member in (members or {ALONE: None}).items()
    }


def compose_settings(office: Path, credentials: Credentials, hosts: Sequence[str] = ()) -> str:
    """The `.env` of compose.yaml: where the secrets are, and each password under the name its container needs.

    With the hosts of a cluster, its addresses and how many copies of the log it keeps.
    """
    settings = {"MOTMOI_OFFICE": str(office), "POSTGRES_PASSWORD": credentials.postgres[SUPERUSER]}
    for user in (*SERVICES, CONSOLE):
        settings[f"NATS_PASSWORD_{user.upper()}"] = credentials.nats[user]
        settings[f"POSTGRES_PASSWORD_{user.upper()}"] = credentials.postgres[user]
    if hosts:
        settings["MOTMOI_NATS_URL"] = ",".join(f"nats://{host}:{NATS_PORT}" for host in hosts)
        settings["MOTMOI_REPLICAS"] = str(len(hosts))
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
