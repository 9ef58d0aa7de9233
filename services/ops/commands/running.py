"""`motmoi run`: the whole office on this machine, under one supervisor."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from services.ops.backups import marks
from services.ops.commands.shared import DataOption, finish, out
from services.ops.language import in_language, say
from services.ops.office import Office, data_folder
from services.ops.sample import load_sample
from services.ops.supervisor import HTTP_PORT, Supervisor

HELP = in_language(
    vi="Chạy toàn bộ văn phòng trên máy này: máy chủ NATS, PostgreSQL và các dịch vụ. "
    "Dừng bằng Ctrl-C; dữ liệu được giữ lại.",
    en="Run the whole office on this machine: NATS, PostgreSQL and the services. Ctrl-C stops it; the data stays.",
)


def _port(name: str) -> str:
    return in_language(
        vi=f"Cổng của {name}; nếu đã bị chiếm thì lấy cổng trống kế tiếp.",
        en=f"The port of {name}; the next free one when it is taken.",
    )


def run(
    data: DataOption = None,
    http_host: Annotated[str, typer.Option(envvar="MOTMOI_HTTP_HOST", help="127.0.0.1")] = "127.0.0.1",
    http_port: Annotated[int, typer.Option(envvar="MOTMOI_HTTP_PORT", help=_port("HTTP"))] = HTTP_PORT,
    nats_port: Annotated[int | None, typer.Option(envvar="MOTMOI_NATS_PORT", help=_port("NATS"))] = None,
    postgres_port: Annotated[int | None, typer.Option(envvar="MOTMOI_POSTGRES_PORT", help=_port("PostgreSQL"))] = None,
    sample: Annotated[
        bool,
        typer.Option(
            help=in_language(
                vi="Lần chạy đầu tiên nạp một văn phòng mẫu nhỏ; --no-sample để bắt đầu trống.",
                en="Load a small sample office on the first run; --no-sample for an empty one.",
            )
        ),
    ] = True,
) -> None:
    """Start everything, say where to look, and stay until Ctrl-C."""
    folder = data_folder(data)
    supervisor = Supervisor(
        folder, http_host=http_host, http_port=http_port, nats_port=nats_port, postgres_port=postgres_port
    )

    async def work() -> None:
        marks.expect_restored(folder)
        running = asyncio.create_task(supervisor.run())
        welcome = asyncio.create_task(_welcome(supervisor, folder, sample=sample))
        try:
            await running
        finally:
            welcome.cancel()
            await asyncio.gather(welcome, return_exceptions=True)

    finish(work)


async def _welcome(supervisor: Supervisor, folder: Path, *, sample: bool) -> None:
    await supervisor.ready.wait()
    office = Office.find(folder)
    try:
        if await marks.record(office):
            say(vi="Đã ghi nhận việc khôi phục vào nhật ký.", en="Put on record that the office was restored.")
    except Exception as error:  # the next run tries again
        say(vi=f"Chưa ghi nhận được việc khôi phục: {error}", en=f"The restore is not on record yet: {error}")
    if sample:
        try:
            count = await load_sample(office)
        except Exception as error:  # the office itself is well; the sample is a courtesy
            say(vi=f"Không nạp được văn phòng mẫu: {error}", en=f"The sample office could not be loaded: {error}")
        else:
            if count:
                say(vi=f"Đã nạp văn phòng mẫu: {count} lệnh.", en=f"Loaded the sample office: {count} commands.")
    url = office.http_url
    token = "motmoi token create --actor user:lan --name 'Nguyễn Thị Lan' --role clerk"
    lines = (
        (in_language(vi="Giao diện HTTP", en="HTTP interface"), f"{url}/docs"),
        (in_language(vi="Tình trạng", en="Health"), f"{url}/healthz, motmoi status"),
        (in_language(vi="Dữ liệu", en="Data"), str(folder)),
        (in_language(vi="Mã truy cập", en="Access token"), token),
        (in_language(vi="Nhập văn bản", en="Import"), "motmoi import incoming FILE --organ VPTU"),
        (in_language(vi="Dừng", en="Stop"), "Ctrl-C"),
    )
    out.print("\n" + "\n".join(f"{title:<16}{text}" for title, text in lines) + "\n", markup=False)
