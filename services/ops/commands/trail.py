"""`motmoi trail`: everything that happened to a record or a person, in the office's words, and what caused what."""

from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer
from pydantic import ValidationError
from pydantic_core import to_json
from rich.text import Text
from rich.tree import Tree

from contracts.audit import Cause, Causes, ListTrail, TrailRow
from services.console.sheets import Cell, Column, CsvSheet
from services.ops import trails
from services.ops.commands.shared import DataOption, JsonOption, fail, finish, out, progress
from services.ops.language import in_language
from services.ops.office import Office
from services.runtime.problems import explain

Write: TypeAlias = Callable[[Sequence[TrailRow]], None]

HELP = in_language(
    vi="Vết hoạt động: mọi việc đã xảy ra với một văn bản, hồ sơ hoặc người (ID), ai làm, vì sao, thay đổi những gì. "
    "Không có ID thì theo các bộ lọc. Việc xem được ghi lại trong nhật ký.",
    en="The trail: everything that happened to a document, a record or a person (ID), by whom, why, and what it "
    "changed; without an ID, by the filters. That it was read is itself recorded in the log.",
)
_PAGE = 500
_TITLES_VI = "Thời điểm|Việc|Loại hồ sơ|Mã|Người thực hiện|Đơn vị|Thay đổi|Bản ghi|Thứ tự|Loại|Mã lệnh|Mã yêu cầu"
_TITLES_EN = "Time|What|Kind of record|Id|Actor|Boards|Changes|Message|Place|Type|Command|Request"


def _option(name: str, vi: str, en: str) -> Any:
    return typer.Option(name, help=in_language(vi=vi, en=en))


_ID = typer.Argument(help=in_language(vi="Mã hồ sơ hoặc người.", en="The id of a record or a person."))
_ACTOR = _option("--actor", "Người thực hiện, ví dụ user:lan.", "Who did it, such as user:lan.")
_BOARD = _option("--board", "Ban hoặc cơ quan có liên quan, ví dụ BTCTU.", "A board or organ it names, such as BTCTU.")
_TYPE = _option(
    "--type", "Loại việc, ví dụ documents.DocumentDirected.", "What happened, such as documents.DocumentDirected."
)
_SERVICE = _option("--service", "Dịch vụ, ví dụ documents.", "The service, such as documents.")
_SINCE = _option("--since", "Từ ngày hoặc lúc này: 23/11/2026 hoặc 2026-11-23 09:00.", "From this day or time on.")
_UNTIL = _option("--until", "Đến hết ngày này, hoặc trước lúc này.", "To the end of this day, or before this time.")
_REQUEST = _option("--correlation", "Mã yêu cầu.", "The correlation id of a request.")
_CAUSES = _option(
    "--causes",
    "Chỉ xem chuỗi nguyên nhân của yêu cầu có mã này: lệnh nào gây ra việc gì.",
    "Show the tree of causes of the request with this correlation id instead: what led to what.",
)
_NEWEST = _option("--newest-first", "Việc mới nhất trước.", "The newest first.")
_CSV = _option("--csv", "Ghi ra tệp CSV này.", "Write to this CSV file.")


def trail(
    id: Annotated[str | None, _ID] = None,
    actor: Annotated[str | None, _ACTOR] = None,
    board: Annotated[str | None, _BOARD] = None,
    kind: Annotated[str | None, _TYPE] = None,
    service: Annotated[str | None, _SERVICE] = None,
    since: Annotated[str | None, _SINCE] = None,
    until: Annotated[str | None, _UNTIL] = None,
    correlation: Annotated[str | None, _REQUEST] = None,
    causes: Annotated[str | None, _CAUSES] = None,
    newest_first: Annotated[bool, _NEWEST] = False,
    csv: Annotated[Path | None, _CSV] = None,
    data: DataOption = None,
    json_output: JsonOption = False,
) -> None:
    """Show the trail page after page, oldest first, or the tree of causes; exit 1 when audit refused."""
    asked = {"about": id, "actor": actor, "board": board, "type": kind, "service": service}
    asked["correlation_id"] = correlation
    given = {name: value for name, value in asked.items() if value is not None}
    if causes is not None:
        if given or since or until or csv:
            vi, en = "--causes không dùng cùng bộ lọc khác.", "--causes goes with no other filter."
            raise fail(in_language(vi=vi, en=en), 2)
        _finish(lambda: _show_causes(data, causes, json_output=json_output))
        return
    query = _query({**given, "descending": newest_first}, since, until)
    _finish(lambda: _show_trail(data, query, csv, json_output=json_output))


def _finish(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    try:
        finish(work)
    except trails.Refusing as refusing:
        raise fail(str(refusing)) from None


def _query(asked: dict[str, Any], since: str | None, until: str | None) -> ListTrail:
    try:
        period = {
            "since": trails.moment(since) if since else None,
            "until": trails.moment(until, until=True) if until else None,
        }
        return ListTrail(limit=_PAGE, **asked, **period)
    except ValidationError as error:
        raise fail(trails.refusal_text(explain(error, skip=0)), 2) from None
    except ValueError as error:
        raise fail(
            in_language(
                vi=f"Không hiểu thời điểm {error}; đề nghị ghi như 23/11/2026 hoặc 2026-11-23 09:00.",
                en=f"{error} is no time; write it as 2026-11-23 or 2026-11-23 09:00.",
            ),
            2,
        ) from None


async def _rows(data: Path | None, query: ListTrail) -> AsyncIterator[list[TrailRow]]:
    client = await Office.find(data).connect()
    try:
        async for page in trails.trail(client, query):
            yield list(page.rows)
    finally:
        await client.close()


async def _show_trail(data: Path | None, query: ListTrail, csv: Path | None, *, json_output: bool) -> None:
    count, writer = 0, _as_csv(csv) if csv else _as_json() if json_output else _on_screen()
    with progress(quiet=csv is None) as bar, writer as write:
        task = bar.add_task(in_language(vi="Vết hoạt động", en="Trail"), total=None)
        async for rows in _rows(data, query):
            write(rows)
            count += len(rows)
            bar.advance(task, len(rows))
    if csv or not json_output:
        where = f" → {csv}" if csv else ""
        typer.echo(in_language(vi=f"{count:,} sự kiện{where}.", en=f"{count:,} events{where}."))


@contextmanager
def _on_screen() -> Iterator[Write]:
    def write(rows: Sequence[TrailRow]) -> None:
        for row in rows:
            out.print(Text.assemble((trails.local(row.time), "bold"), "  ", (trails.title(row), "bold cyan")))
            place = in_language(vi="bản ghi", en="message")
            out.print(Text(f"    {trails.record(row)}   {row.actor}   {place} {row.sequence}", style="dim"))
            for line in trails.changes(row):
                out.print(Text("    " + line.replace("\n", "\n        ")))

    yield write


@contextmanager
def _as_json() -> Iterator[Write]:
    """One array, written as its rows come."""
    between = "["

    def write(rows: Sequence[TrailRow]) -> None:
        nonlocal between
        for row in rows:
            typer.echo(between + to_json(row).decode(), nl=False)
            between = ",\n"

    yield write
    typer.echo("[]" if between == "[" else "]")


@contextmanager
def _as_csv(path: Path) -> Iterator[Write]:
    """A file that takes its name only when it is whole."""
    unfinished = path.with_name(f"{path.name}.part")
    titles = in_language(vi=_TITLES_VI, en=_TITLES_EN).split("|")
    with _writable(path):
        file = unfinished.open("wb")
        sheet = CsvSheet(
            file, in_language(vi="Vết hoạt động", en="Trail"), [Column(title, (), 0, False) for title in titles]
        )

    def write(rows: Sequence[TrailRow]) -> None:
        with _writable(path):
            sheet.add([_cells(row) for row in rows])

    try:
        with file:
            yield write
        with _writable(path):
            unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def _writable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        vi, en = f"Không ghi được tệp {path}: {error.strerror}.", f"Cannot write {path}: {error.strerror}."
        raise fail(in_language(vi=vi, en=en)) from None


def _cells(row: TrailRow) -> list[Cell]:
    words = [trails.local(row.time), trails.title(row), trails.record_kind(row), row.id, row.actor]
    changes = "\n".join(trails.changes(row))
    return [
        *words,
        ", ".join(row.boards),
        changes,
        row.sequence,
        row.place,
        row.type,
        row.command_id,
        row.correlation_id,
    ]


# --- causes ---------------------------------------------------------------------------------------------------------


async def _show_causes(data: Path | None, request: str, *, json_output: bool) -> None:
    client = await Office.find(data).connect()
    try:
        found = await trails.causes(client, request)
    finally:
        await client.close()
    if json_output:
        typer.echo(to_json(found))
    else:
        out.print(_tree(found))


def _tree(found: Causes) -> Tree:
    tree = Tree(Text(in_language(vi=f"Yêu cầu {found.correlation_id}", en=f"Request {found.correlation_id}"), "bold"))
    for cause in found.commands:
        _add(tree, cause)
    return tree


def _add(tree: Tree, cause: Cause) -> None:
    said = in_language(vi="lệnh", en="command")
    branch = tree.add(Text.assemble((trails.local(cause.time), "bold"), f"  {cause.actor}  {said} {cause.command_id}"))
    for effect in cause.events:
        row = effect.event
        leaf = branch.add(Text.assemble((trails.title(row), "cyan"), f"  {trails.record(row)}"))
        for led_to in effect.led_to:
            _add(leaf, led_to)
