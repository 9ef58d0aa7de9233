"""`motmoi replay`: a query answered as of a moment of the past, from the log alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from nats.aio.client import Client
from pydantic_core import to_json
from rich.markup import escape
from rich.table import Table

from contracts.base import Answered, ListQuery, Page, Query
from services.console import exports
from services.console.refusals import Stop
from services.console.sheets import Cell, cells, columns
from services.console.surface import FORMATS, QUERIES, QueryOffer
from services.ops import pasts, trails
from services.ops.commands.shared import DataOption, JsonOption, err, fail, finish, out
from services.ops.language import in_language
from services.ops.office import Office

HELP = in_language(
    vi="Trả lời một câu hỏi đúng như đã ghi nhận đến một thời điểm đã qua, dựng lại từ nhật ký. "
    "Ví dụ: motmoi replay documents incoming-register --as-of 2026-05-01 --set organ=VPTU",
    en="Answer a query as recorded by a moment of the past, put together from the log. "
    "For example: motmoi replay documents incoming-register --as-of 2026-05-01 --set organ=VPTU",
)
_SERVICE = typer.Argument(help=", ".join(dict.fromkeys(offer.service for offer in QUERIES)))
_QUERY = typer.Argument(help=", ".join(offer.name for offer in QUERIES))
_AS_OF = typer.Option(
    help=in_language(
        vi="Thời điểm: 01/05/2026 (đến hết ngày), 2026-05-01 09:30, 2026-05-01T09:30:00+07:00; hoặc vị trí nhật ký.",
        en="The moment: 2026-05-01 (to the end of that day), 2026-05-01 09:30, 2026-05-01T09:30:00+07:00; "
        "or a position of the log.",
    )
)
_SET = typer.Option("--set", help=in_language(vi="Điều kiện: trường=giá trị.", en="A filter: field=value."))
_OUTPUT = typer.Option(
    "-o",
    "--output",
    help=in_language(
        vi="Ghi mọi dòng vào tệp .json, .csv hoặc .xlsx.", en="Write every row to a .json, .csv or .xlsx file."
    ),
)


def replay(
    service: Annotated[str, _SERVICE],
    query: Annotated[str, _QUERY],
    as_of: Annotated[str, _AS_OF],
    given: Annotated[list[str] | None, _SET] = None,
    output: Annotated[Path | None, _OUTPUT] = None,
    data: DataOption = None,
    json_output: JsonOption = False,
) -> None:
    """Show the answer, or write all of it to a file; exit 1 when it was refused, 2 when it could not be asked."""
    offer = _offer(service, query)
    kind = output.suffix.lstrip(".").lower() if output else ""
    kinds = ("json", *(FORMATS if offer.row else ()))
    if output and kind not in kinds:
        there = ", ".join(f".{one}" for one in kinds)
        raise fail(in_language(vi=f"Tệp phải có đuôi {there}.", en=f"The file must end in {there}."), 2)
    asked = _asked(offer, as_of, given or [])

    async def work() -> Answered | bytes:
        client = await Office.find(data).connect()
        try:
            with _waiting(quiet=json_output) as waiting:
                asking = _Asking(client, offer, asked, waiting)
                return await (_file(asking, kind) if output else _everything(asking) if json_output else asking.page())
        finally:
            await client.close()

    try:
        found = finish(work)
    except pasts.NotAsked as refused:
        raise fail(str(refused)) from None
    except Stop as stop:
        raise fail(trails.refusal_text(stop.reply)) from None
    if isinstance(found, Answered):
        _show(offer, found)
    elif output:
        _save(output, found)
    else:
        typer.echo(found)


def _offer(service: str, query: str) -> QueryOffer:
    found = next((offer for offer in QUERIES if (offer.service, offer.name) == (service, query)), None)
    if found is None:
        there = ", ".join(f"{offer.service} {offer.name}" for offer in QUERIES)
        raise fail(in_language(vi=f"Không có câu hỏi này; có: {there}.", en=f"There is no such query: {there}."), 2)
    return found


def _asked(offer: QueryOffer, as_of: str, given: list[str]) -> Query:
    pairs = [tuple(one.partition("=")[::2]) for one in given]
    try:
        return pasts.question(offer, [(name, value) for name, value in pairs], pasts.past(as_of))
    except pasts.NotAsked as error:
        raise fail(str(error), 2) from None
    except ValueError:
        vi = f"Không hiểu thời điểm {as_of}; đề nghị ghi như 01/05/2026, 2026-05-01 09:30 hoặc một vị trí."
        en = f"{as_of} is no moment; write it as 2026-05-01, 2026-05-01 09:30, or a position."
        raise fail(in_language(vi=vi, en=en), 2) from None


@contextmanager
def _waiting(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Give what shows a sentence of the service on one line of the terminal while it lasts."""
    if quiet or not err.is_terminal:
        yield lambda _: None
        return
    with err.status(in_language(vi="Đang hỏi…", en="Asking…")) as status:
        yield lambda said: status.update(escape(said))


class _Asking:
    """One question of one past; once it was answered, its further pages are of the very position."""

    def __init__(self, client: Client, offer: QueryOffer, query: Query, waiting: Callable[[str], None]) -> None:
        self.offer = offer
        self._client = client
        self._query = query
        self._waiting = waiting

    async def page(self, **changed: Any) -> Answered:
        """Return the answer, of the page that is asked for."""
        asked = self._query.model_copy(update=changed)
        answer = await pasts.answer(self._client, self.offer, asked, self._waiting)
        self._query = self._query.model_copy(update={"as_of": None, "as_of_position": answer.position})
        return answer


async def _everything(asking: _Asking) -> bytes:
    """Return the whole answer as JSON: every row of a list."""
    if not issubclass(asking.offer.message, ListQuery):
        answer = await asking.page()
        return to_json({"position": answer.position, "result": answer.result}, indent=2)
    rows: list[Any] = []
    cursor = None
    while True:
        answer = await asking.page(limit=exports.PAGE_ROWS, cursor=cursor)
        rows += answer.result["rows"]
        cursor = answer.result["next_cursor"]
        if cursor is None:
            return to_json({"position": answer.position, "rows": rows}, indent=2)


async def _file(asking: _Asking, kind: str) -> bytes:
    if kind == "json":
        return await _everything(asking)

    async def page(cursor: str | None) -> Any:
        return (await asking.page(limit=exports.PAGE_ROWS, cursor=cursor)).result

    with await exports.write(asking.offer, kind, page) as file:
        return file.read()


def _save(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        vi, en = f"Không ghi được tệp {path}: {error.strerror}.", f"Cannot write {path}: {error.strerror}."
        raise fail(in_language(vi=vi, en=en)) from None
    out.print(in_language(vi=f"Đã ghi {path}.", en=f"Wrote {path}."), markup=False)


def _show(offer: QueryOffer, answer: Answered) -> None:
    if offer.row is None:
        out.print_json(data=answer.result)
    else:
        page = Page[offer.row].model_validate(answer.result)  # type: ignore[name-defined]
        table = Table(*(column.title for column in columns(offer.row)))
        for row in page.rows:
            table.add_row(*("" if cell is None else escape(_text(cell)) for cell in cells(row)))
        out.print(table)
        if page.next_cursor:
            vi, en = "Còn nữa; xem tất cả: -o tệp.csv", "There are more; for all of them: -o file.csv"
            out.print(in_language(vi=vi, en=en), markup=False)
    position = f"{answer.position:,}"
    vi, en = f"Như đã ghi nhận đến vị trí {position}.", f"As recorded up to position {position}."
    out.print(in_language(vi=vi, en=en))


def _text(cell: Cell) -> str:
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)
