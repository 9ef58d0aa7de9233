"""`motmoi export`: the books of a year as a file for ledgers in plain text."""

import asyncio
import json
import os
import shutil
import time
from pathlib import Path
from typing import IO, Annotated, NamedTuple
from uuid import uuid4

import typer
from pydantic import ValidationError

from services.console.journals import collecting
from services.console.journals.collecting import AskJournal
from services.console.journals.serving import sending
from services.console.journals.writing import Format
from services.console.refusals import Stop
from services.ops.commands.shared import DataOption, JsonOption, fail, finish, out
from services.ops.language import grouped, in_language
from services.ops.office import Office, operator_actor
from services.ops.trails import refusal_text
from services.runtime.problems import explain

app = typer.Typer(
    no_args_is_help=True,
    help=in_language(vi="Kết xuất sổ sách ra tệp cho phần mềm khác.", en="Write books to files for other programs."),
)
_HELP = in_language(
    vi="Kết xuất nhật ký chung của một năm thành tệp văn bản cho hledger (và ledger) hoặc beancount, kèm mọi mã "
    "chương, khoản, mục, nguồn, đơn vị. Tệp tự kiểm số dư từng tài khoản, từng đơn vị, cuối mỗi tháng.",
    en="Write the general journal of a year as plain text for hledger (and ledger) or beancount, with all its "
    "dimensions. The file itself asserts every account's balance, board by board, at the end of every month.",
)
_FILE = typer.Argument(
    metavar="FILE",
    help=in_language(vi="Tệp kết xuất, ví dụ so-2027.hledger.", en="The file to write, such as books-2027.hledger."),
)
_YEAR = typer.Option("--year", min=2000, max=2099, help=in_language(vi="Năm tài chính.", en="The fiscal year."))
_FORMAT = typer.Option("--format", help=in_language(vi="hledger hoặc beancount.", en="hledger or beancount."))
_BOARD = typer.Option(
    "--board",
    help=in_language(vi="Chỉ đơn vị này, ví dụ BTCTU; bỏ trống là tất cả.", en="Only this board, such as BTCTU."),
)


class _Written(NamedTuple):
    size: int
    seconds: float


@app.command("journal", help=_HELP)
def journal(
    file: Annotated[Path, _FILE],
    year: Annotated[int, _YEAR],
    format: Annotated[Format, _FORMAT] = "hledger",
    board: Annotated[str | None, _BOARD] = None,
    data: DataOption = None,
    json_output: JsonOption = False,
) -> None:
    """Write the file whole or not at all; exit 1 when finance refuses, 2 for wrong usage."""
    try:
        asked = AskJournal(year=year, board=board)
    except ValidationError as error:
        raise fail(refusal_text(explain(error)), 2) from None
    if not file.parent.is_dir():
        raise fail(in_language(vi=f"Không có thư mục {file.parent}.", en=f"There is no folder {file.parent}."), 2)

    try:
        written = finish(lambda: _written(asked, format, file, data))
    except Stop as stop:
        raise fail(refusal_text(stop.reply)) from None
    except OSError as error:
        raise fail(in_language(vi=f"Không ghi được {file}: {error}", en=f"Cannot write {file}: {error}")) from None
    _show(file, written, json_output=json_output)


def _show(file: Path, written: _Written, *, json_output: bool) -> None:
    if json_output:
        told = {"file": str(file), "bytes": written.size, "seconds": round(written.seconds, 3)}
        out.print(json.dumps(told, ensure_ascii=False), markup=False)
        return
    seconds = f"{written.seconds:.1f}"
    out.print(
        in_language(
            vi=f"Đã ghi {file}: {grouped(written.size)} byte, {seconds.replace('.', ',')} giây.",
            en=f"Wrote {file}: {grouped(written.size)} bytes in {seconds} s.",
        ),
        markup=False,
    )


async def _written(asked: AskJournal, format: Format, file: Path, data: Path | None) -> _Written:
    started = time.monotonic()
    client = await Office.find(data).connect()
    try:
        send = sending(client, operator_actor(), f"motmoi:{uuid4()}")
        made = await collecting.write(send, asked, format)
    finally:
        await client.close()
    size = await asyncio.to_thread(_keep, made, file)
    return _Written(size, time.monotonic() - started)


def _keep(made: IO[bytes], file: Path) -> int:
    """Put a finished journal in its place in one step, and return how long it is."""
    beside = file.with_name(f".{file.name}.{uuid4().hex}")
    try:
        with made, beside.open("wb") as target:
            shutil.copyfileobj(made, target)
        os.replace(beside, file)
    finally:
        beside.unlink(missing_ok=True)
    return file.stat().st_size
