"""`motmoi follower`: what follows the log, why one stopped, and how it goes on."""

import asyncio
import json
from typing import Annotated

import typer
from rich.table import Table

from services.ops import followers
from services.ops.commands import skipping
from services.ops.commands.shared import DataOption, JsonOption, fail, finish, local_time, out
from services.ops.commands.standing import (
    NAME,
    STATES,
    everyone,
    log_head,
    message_record,
    named,
    numbers,
    record,
    show_message,
    show_standing,
)
from services.ops.followers import Before, Retried, Standing
from services.ops.language import in_language
from services.ops.office import Office

PATIENCE_S = 8.0
app = typer.Typer(
    no_args_is_help=True,
    help=in_language(
        vi="Những gì theo dõi nhật ký: xem, tìm lý do dừng, cho thử lại, bỏ qua một bản ghi.",
        en="What follows the log: list it, find out why one stopped, let it try again, pass over one message.",
    ),
)
_OUTCOMES: dict[Retried, str] = {
    "moved-on": in_language(vi="đã đi tiếp", en="moved on"),
    "stopped-again": in_language(vi="lại dừng", en="stopped again"),
    "waiting": in_language(
        vi="chưa nhúc nhích; đề nghị xem: motmoi status", en="has not moved yet; see: motmoi status"
    ),
}
_ALL = typer.Option("--all", help=in_language(vi="Mọi theo dõi đang dừng.", en="Every follower that is stopped."))


@app.command(
    "list",
    help=in_language(
        vi="Liệt kê mọi theo dõi: trạng thái, vị trí, còn chậm bao nhiêu, từ lúc nào.",
        en="List every follower: its state, position and lag, and since when.",
    ),
)
def list_followers(data: DataOption = None, json_output: JsonOption = False) -> None:
    """Print the followers of every service."""

    async def work() -> tuple[list[Standing], int]:
        office = Office.find(data)
        return await everyone(office), await log_head(office)

    found, head = finish(work)
    if json_output:
        rows = [{**record(one), "lag": one.lag(head)} for one in found]
        out.print(json.dumps(rows, ensure_ascii=False), markup=False)
        return
    titles = in_language(vi="Theo dõi|Trạng thái|Vị trí|Còn chậm|Từ lúc", en="Follower|State|Position|Lag|Since")
    table = Table(*titles.split("|"))
    for one in found:
        table.add_row(one.full_name, STATES[one.state], *numbers(one, head), local_time(one.since))
    out.print(table)
    stopped = [one.full_name for one in found if one.state == "stopped"]
    if stopped:
        why = in_language(vi="Xem lý do", en="Why")
        out.print(f"{why}: motmoi follower show {stopped[0]}", markup=False)


@app.command(
    "show",
    help=in_language(
        vi="Cho biết vì sao một theo dõi dừng, từ lúc nào, và bản ghi mà nó dừng trước.",
        en="Show why a follower stopped, since when, and the message it stands before.",
    ),
)
def show(follower: Annotated[str, NAME], data: DataOption = None, json_output: JsonOption = False) -> None:
    """Print the follower and the message, its events as JSON."""

    async def work() -> tuple[Standing, Before | None]:
        office = Office.find(data)
        standing = await named(office, follower)
        client = await office.connect()
        try:
            return standing, await followers.message_at(client, standing.position + 1)
        finally:
            await client.close()

    standing, before = finish(work)
    if json_output:
        found = {**record(standing), "message": message_record(before)}
        out.print(json.dumps(found, ensure_ascii=False), markup=False)
        return
    show_standing(standing)
    if before is not None:
        show_message(before)


@app.command(
    "retry",
    help=in_language(
        vi="Cho một theo dõi đang dừng thử lại, và cho biết nó đi tiếp hay lại dừng. Mã thoát 1 khi chưa đi tiếp.",
        en="Let a stopped follower try again, and say whether it moved on or stopped again. "
        "Exit code 1 when it did not move on.",
    ),
)
def retry(
    follower: Annotated[str | None, NAME] = None,
    every: Annotated[bool, _ALL] = False,
    data: DataOption = None,
    json_output: JsonOption = False,
) -> None:
    """Clear the stop, wait some seconds, and print what became of each."""
    if (follower is None) != every:
        raise fail(in_language(vi="Nêu một theo dõi, hoặc --all.", en="Name one follower, or --all."), 2)

    async def work() -> list[tuple[Retried, Standing]]:
        office = Office.find(data)
        chosen = [await named(office, follower)] if follower else await everyone(office)
        stopped = [one for one in chosen if one.state == "stopped"]
        return list(await asyncio.gather(*(followers.retry(office, one, PATIENCE_S) for one in stopped)))

    tried = finish(work)
    if json_output:
        rows = [{"outcome": outcome, **record(standing)} for outcome, standing in tried]
        out.print(json.dumps(rows, ensure_ascii=False), markup=False)
    else:
        for outcome, standing in tried:
            why = f": {standing.error}" if standing.error else ""
            out.print(f"{standing.full_name}: {_OUTCOMES[outcome]}{why}", markup=False)
        if not tried:
            out.print(in_language(vi="Không có theo dõi nào đang dừng.", en="No follower is stopped."))
    if any(outcome != "moved-on" for outcome, _ in tried):
        raise typer.Exit(1)


app.command("skip", help=skipping.HELP)(skipping.skip)


@app.command(
    "remove",
    help=in_language(
        vi="Xóa điểm kiểm tra và bảng của một bản cũ mà không dịch vụ nào còn dùng.",
        en="Remove the checkpoint and the table of an old version that no service has any more.",
    ),
)
def remove(follower: Annotated[str, NAME], data: DataOption = None, json_output: JsonOption = False) -> None:
    """Remove a left-over follower; exit 1 for one that a service still has."""

    async def work() -> bool | None:
        office = Office.find(data)
        standing = await named(office, follower)
        return await followers.remove(office, standing) if standing.state == "left-over" else None

    dropped = finish(work)
    if dropped is None:
        raise fail(
            in_language(vi=f"{follower} đang được dùng; không xóa.", en=f"{follower} is in use; it was not removed.")
        )
    if json_output:
        out.print(json.dumps({"follower": follower, "table_dropped": dropped}), markup=False)
        return
    table = in_language(vi=" cùng bảng của nó", en=" with its table") if dropped else ""
    out.print(in_language(vi=f"Đã xóa {follower}{table}.", en=f"Removed {follower}{table}."), markup=False)
