"""`motmoi feed`: calendars for telephones, each by a secret address that is shown once."""

import hashlib
import json
import secrets
from collections.abc import Callable, Coroutine
from typing import Annotated, Any, TypeVar
from uuid import uuid4

import typer
from pydantic import BaseModel, ValidationError
from rich.table import Table

from contracts.base import Accepted, Page
from contracts.scheduling import FeedRow, ListFeeds, OpenFeed, RevokeFeed
from contracts.titles import value_title
from services.ops.commands.shared import DataOption, JsonOption, fail, finish, local_time, out
from services.ops.feed_desk import SchedulingDesk, ThingUnclear, correlation
from services.ops.language import in_language
from services.ops.office import Office, operator_actor
from services.ops.trails import Refusing, refusal_text

T = TypeVar("T")
_SECRET_BYTES = 32


def _text(vi: str, en: str) -> str:
    return in_language(vi=vi, en=en)


app = typer.Typer(
    no_args_is_help=True,
    help=_text(
        "Lịch cho điện thoại (iCal): mỗi thiết bị một địa chỉ bí mật, thu hồi được.",
        "Calendars for telephones (iCal): one secret address a device, which can be revoked.",
    ),
)
_BOOKABLE = typer.Argument(
    metavar="BOOKABLE",
    help=_text("Mã hoặc tên người, phòng, xe.", "The id or the name of a person, a room or a vehicle."),
)
_LABEL = typer.Option(
    help=_text("Dùng cho ai, thiết bị nào, ví dụ Điện thoại Chánh VP.", "Who or what follows it, such as a telephone.")
)
_DETAIL = typer.Option(
    help=_text(
        "busy: chỉ báo bận; usual: như lịch chung; private: kể cả nội dung lịch riêng.",
        "busy: only when it is taken; usual: as everybody sees it; private: with private bookings.",
    )
)
_BASE = typer.Option(
    help=_text(
        "Địa chỉ của cổng giao tiếp mà thiết bị đến được, ví dụ https://lich.example.vn; mặc định là máy này.",
        "The console's address that devices reach, such as https://lich.example.vn; this machine by default.",
    )
)
_FEED = typer.Argument(
    metavar="ID",
    help=_text("Mã trong motmoi feed list, hoặc phần đầu của mã.", "The id in motmoi feed list, or its beginning."),
)
_REASON = typer.Option(help=_text("Lý do, được ghi vào nhật ký.", "The reason, recorded in the log."))


@app.command(
    "open",
    help=_text(
        "Mở một địa chỉ lịch; địa chỉ chỉ hiện một lần, hệ thống không giữ lại.",
        "Open a feed; its address is shown once and kept nowhere.",
    ),
)
def open_feed(
    bookable: Annotated[str, _BOOKABLE],
    label: Annotated[str, _LABEL],
    detail: Annotated[str, _DETAIL] = "usual",
    base: Annotated[str | None, _BASE] = None,
    data: DataOption = None,
    json_output: JsonOption = False,
) -> None:
    """Print the address alone, so that a shell can take it into a variable."""
    office = finish(lambda: _found(data))
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    digest = hashlib.sha256(secret.encode()).hexdigest()

    async def work(desk: SchedulingDesk) -> str:
        thing = await desk.thing(bookable)
        command = OpenFeed.model_validate(
            {"bookable_id": thing, "label": label, "detail": detail, "secret_sha256": digest}
        )
        command_id = uuid4()
        _accepted(await desk.says(command, command_id))
        return command_id.hex

    feed_id = _finish(office, work)
    address = f"{(base or office.http_url).rstrip('/')}/feeds/{secret}.ics"
    out.print(json.dumps({"feed_id": feed_id, "address": address}) if json_output else address, markup=False)


@app.command("list", help=_text("Liệt kê các địa chỉ lịch đã mở.", "List the feeds opened so far."))
def list_feeds(data: DataOption = None, json_output: JsonOption = False) -> None:
    """Print whose calendar each feed shows to whom; never its address."""
    office = finish(lambda: _found(data))

    async def work(desk: SchedulingDesk) -> list[FeedRow]:
        return await _all(desk)

    rows = _finish(office, work)
    if json_output:
        out.print(json.dumps([row.model_dump(mode="json") for row in rows], ensure_ascii=False), markup=False)
        return
    titles = _text("Mã|Lịch của|Dùng cho|Mức chi tiết|Mở lúc|Thu hồi", "Id|Calendar of|For|Detail|Opened|Revoked")
    table = Table(*titles.split("|"))
    for row in rows:
        said = value_title("detail", row.detail)
        detail = _text(said.vi, said.en) if said else row.detail
        revoked = f"{local_time(row.revoked_at)}: {row.reason}" if row.revoked_at else ""
        table.add_row(row.feed_id, row.name, row.label, detail, local_time(row.opened_at), revoked)
    out.print(table)


@app.command("revoke", help=_text("Thu hồi một địa chỉ lịch ngay lập tức.", "Revoke a feed at once."))
def revoke(
    feed: Annotated[str, _FEED],
    reason: Annotated[str, _REASON],
    data: DataOption = None,
    json_output: JsonOption = False,
) -> None:
    """End a feed for ever; exit 1 when there is none of this id."""
    office = finish(lambda: _found(data))

    async def work(desk: SchedulingDesk) -> str:
        ids = [row.feed_id for row in await _all(desk) if row.feed_id.startswith(feed)]
        if len(ids) != 1:
            raise ThingUnclear(f"Không có đúng một địa chỉ lịch có mã {feed}.", f"Not just one feed has the id {feed}.")
        _accepted(await desk.says(RevokeFeed(feed_id=ids[0], reason=reason), uuid4()))
        return ids[0]

    feed_id = _finish(office, work)
    done = json.dumps({"feed_id": feed_id, "revoked": True})
    out.print(done if json_output else _text(f"Đã thu hồi {feed_id}.", f"Revoked {feed_id}."), markup=False)


async def _found(data: Any) -> Office:
    return Office.find(data)


async def _all(desk: SchedulingDesk) -> list[FeedRow]:
    rows: list[FeedRow] = []
    cursor, after = None, await desk.head()
    while True:
        page = await desk.asks(ListFeeds(limit=1000, cursor=cursor, after=after), Page[FeedRow])
        rows += page.rows
        cursor = page.next_cursor
        if cursor is None:
            return rows


def _accepted(reply: BaseModel) -> Accepted:
    if not isinstance(reply, Accepted):
        raise Refusing(refusal_text(reply))
    return reply


def _finish(office: Office, work: Callable[[SchedulingDesk], Coroutine[Any, Any, T]]) -> T:
    async def connected() -> T:
        client = await office.connect()
        try:
            return await work(SchedulingDesk(client, operator_actor(), correlation("motmoi-feed")))
        finally:
            await client.close()

    try:
        return finish(connected)
    except ThingUnclear as unclear:
        raise fail(_text(unclear.vi, unclear.en)) from None
    except Refusing as refusing:
        raise fail(str(refusing)) from None
    except ValidationError as error:
        fields = ", ".join(".".join(map(str, detail["loc"])) for detail in error.errors())
        raise fail(_text(f"Sai giá trị: {fields}.", f"Wrong value: {fields}."), 2) from None
