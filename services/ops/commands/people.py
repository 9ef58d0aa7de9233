"""`motmoi person`: who has a key, and erasing a person under law by destroying it."""

import json
from collections.abc import Mapping
from typing import Annotated, Any

import typer
from pydantic import TypeAdapter, ValidationError
from rich.markup import escape
from rich.table import Table

from contracts.audit import Reason
from contracts.base import Token
from services.ops import people
from services.ops.commands.shared import DataOption, JsonOption, err, fail, finish, local_time, out
from services.ops.language import in_language
from services.ops.office import Office
from services.runtime.bus import UNREACHABLE as BROKER_UNREACHABLE
from services.runtime.vault import Erased, Standing

app = typer.Typer(
    no_args_is_help=True,
    help=in_language(
        vi="Dữ liệu cá nhân theo mã người: khóa có ở đâu, và xóa một người theo quy định của pháp luật.",
        en="Personal data by a person's id: where there is a key, and erasing a person under law.",
    ),
)


def _text(vi: str, en: str) -> str:
    return in_language(vi=vi, en=en)


_PERSON = typer.Argument(
    metavar="PERSON",
    help=_text("Mã người, không phải tên; chữ thường, số, gạch nối.", "The person's id, not a name: a-z, 0-9, -."),
)
_REASON = typer.Option(
    help=_text(
        "Lý do, được ghi vĩnh viễn vào nhật ký: không nêu tên hay thông tin của người đó.",
        "The reason, recorded in the log for ever: do not write who the person is.",
    )
)
_YES = typer.Option("--yes", help=_text("Không hỏi lại.", "Do not ask again."))
_DRY_RUN = typer.Option("--dry-run", help=_text("Chỉ cho biết sẽ xóa gì.", "Only say what would be erased."))


@app.command(
    "show",
    help=_text(
        "Cho biết dịch vụ nào giữ khóa của một người, từ lúc nào; hoặc đã xóa lúc nào, ai xóa, vì sao.",
        "Show which services have a person's key, since when; or when it was erased, by whom and why.",
    ),
)
def show(person: Annotated[str, _PERSON], data: DataOption = None, json_output: JsonOption = False) -> None:
    """Print a row for every service that knows of the person; exit 1 when none does."""
    _expect(Token, person, _text("Mã người không đúng dạng.", "This is not a person's id."))
    found = finish(lambda: people.standings(Office.find(data), person))
    if json_output:
        rows = [_record(service, standing) for service, standing in found.items()]
        out.print(json.dumps({"person": person, "services": rows}, ensure_ascii=False), markup=False)
    elif found:
        out.print(_table(found))
    if not found:
        raise fail(_unknown(person))


@app.command(
    "erase",
    help=_text(
        "Hủy khóa của một người ở mọi dịch vụ: từ đó không ai đọc được người đó là ai, kể cả trong nhật ký, bản lưu và "
        "bản sao. Không thể hoàn lại. Việc xóa được ghi vào nhật ký.",
        "Destroy a person's key in every service: nobody can read who it was any more, in the log, the archive and "
        "their copies too. There is no way back. The erasure is recorded in the log.",
    ),
)
def erase(
    person: Annotated[str, _PERSON],
    reason: Annotated[str, _REASON],
    yes: Annotated[bool, _YES] = False,
    dry_run: Annotated[bool, _DRY_RUN] = False,
    data: DataOption = None,
    json_output: JsonOption = False,
) -> None:
    """Show what is known, ask, erase, and record it; exit 1 when something is left to do by running it again."""
    _expect(Token, person, _text("Mã người không đúng dạng.", "This is not a person's id."))
    _expect(Reason, reason, _text("Lý do dài từ 3 đến 500 ký tự.", "A reason has 3 to 500 characters."))
    before = finish(lambda: people.standings(Office.find(data), person))
    if not before:
        raise fail(_unknown(person))
    if not json_output:
        out.print(_table(before))
    if dry_run:
        _say(
            json_output, person, before, {"dry_run": True}, _text("Thử: không xóa gì.", "Dry run: nothing was erased.")
        )
        return
    if not (yes or _agreed(person)):
        raise fail(_text("Không xóa gì.", "Nothing was erased."))
    erased, recorded, problem = finish(lambda: _erase(Office.find(data), person, reason))
    rewritten = all(one.rewritten for one in erased.values())
    found = {service: one.standing for service, one in erased.items()}
    outcome = {"dry_run": False, "rewritten": rewritten, "recorded": recorded, "problem": problem}
    _say(json_output, person, found, outcome, _outcome(person, recorded))
    for warning in _warnings(rewritten=rewritten, problem=problem):
        err.print(warning, style="yellow", markup=False)
    if recorded is None or not rewritten:
        raise typer.Exit(1)


async def _erase(office: Office, person: str, reason: str) -> tuple[dict[str, Erased], int | None, str | None]:
    """Erase, then record; what keeps it from being recorded does not undo the erasure."""
    erased = await people.erase(office, person, reason)
    try:
        client = await office.connect()
    except BROKER_UNREACHABLE as error:
        return erased, None, str(error) or type(error).__name__
    try:
        return erased, await people.record(client, person, people.first_reason(erased, reason)), None
    except people.NotRecorded as refused:
        return erased, None, in_language(vi=refused.vi, en=refused.en)
    finally:
        await client.close()


def _outcome(person: str, recorded: int | None) -> str:
    where = "" if recorded is None else _text(f" Ghi tại bản ghi {recorded:,}.", f" Recorded as message {recorded:,}.")
    return (
        _text(f"Đã hủy khóa của {person} ở mọi dịch vụ.", f"The key of {person} is destroyed in every service.") + where
    )


def _warnings(*, rewritten: bool, problem: str | None) -> list[str]:
    said = [
        _text(
            "Các tệp khóa sao lưu trước đây vẫn còn khóa này; đề nghị hủy chúng và sao lưu lại. Nhật ký ghi trước "
            "(WAL) của PostgreSQL và các bản lưu của nó có thể còn giữ khóa đến khi được ghi đè.",
            "Keys files of earlier backups still have this key: destroy them and back up anew. PostgreSQL's "
            "write-ahead log, and wherever it is archived, may hold it until it is overwritten.",
        )
    ]
    if not rewritten:
        said.append(
            _text(
                "Bảng khóa đang được đọc nên chưa ghi lại được tệp của nó; đề nghị chạy lại lệnh này.",
                "The table of keys was being read, so its file could not be written anew; run this again.",
            )
        )
    if problem:
        said.append(
            _text(
                f"Khóa đã hủy nhưng nhật ký chưa ghi việc này: {problem} Đề nghị xem: motmoi status, rồi chạy lại.",
                f"The key is destroyed but the log does not say so yet: {problem} See: motmoi status; then run again.",
            )
        )
    return said


def _expect(kind: Any, value: str, otherwise: str) -> None:
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError:
        raise fail(otherwise, 2) from None


def _unknown(person: str) -> str:
    return _text(f"Không dịch vụ nào có khóa của {person}.", f"No service has a key of {person}.")


def _agreed(person: str) -> bool:
    question = _text(
        f"Hủy khóa của {person} ở mọi dịch vụ, không thể hoàn lại?",
        f"Destroy the key of {person} in every service, with no way back?",
    )
    try:
        return typer.confirm(question, err=True)
    except typer.Abort:
        return False


def _say(
    json_output: bool, person: str, found: Mapping[str, Standing], outcome: Mapping[str, Any], sentence: str
) -> None:
    if json_output:
        rows = [_record(service, standing) for service, standing in found.items()]
        out.print(json.dumps({"person": person, "services": rows, **outcome}, ensure_ascii=False), markup=False)
    else:
        out.print(sentence, markup=False)


def _record(service: str, standing: Standing) -> dict[str, str | None]:
    return {
        "service": service,
        "created_at": standing.created_at.isoformat() if standing.created_at else None,
        "erased_at": standing.erased_at.isoformat() if standing.erased_at else None,
        "erased_by": standing.erased_by,
        "reason": standing.reason,
    }


def _table(found: Mapping[str, Standing]) -> Table:
    titles = _text("Dịch vụ|Có khóa từ|Đã xóa lúc|Người xóa|Lý do", "Service|Key since|Erased at|By|Reason")
    table = Table(*titles.split("|"))
    for service, standing in found.items():
        moments = (local_time(time) if time else "" for time in (standing.created_at, standing.erased_at))
        table.add_row(service, *moments, standing.erased_by or "", escape(standing.reason or ""))
    return table
