"""`motmoi evidence` and `motmoi checkpoint`: what one hands to somebody who shall not have to trust the office."""

import json
from pathlib import Path
from typing import Annotated

import typer

from contracts.audit import CheckpointRow, EvidenceFile, GetEvidence, ListCheckpoints
from contracts.base import Page, Query
from services.ops.commands.shared import DataOption, JsonOption, fail, finish, out
from services.ops.language import in_language
from services.ops.office import Office
from services.ops.trails import Refusing, ask


def _text(vi: str, en: str) -> str:
    return in_language(vi=vi, en=en)


EVIDENCE_HELP = _text(
    "Lấy tệp chứng cứ của một bản ghi: bản ghi, chứng minh và điểm kiểm tra đã ký, kiểm tra được ở máy khác chỉ với "
    "khóa công khai. Việc lấy được ghi lại. Kiểm tra: motmoi verify evidence FILE",
    "Get the evidence file of a message: the message, the proof and the signed checkpoint, to be checked on another "
    "machine with the public key alone. That it was taken is recorded. To check: motmoi verify evidence FILE",
)
CHECKPOINT_HELP = _text(
    "Lấy điểm kiểm tra đã ký mới nhất của nhật ký, để người ngoài văn phòng giữ. Sau này kiểm tra: "
    "motmoi verify checkpoint FILE",
    "Get the latest signed checkpoint of the log, for somebody outside the office to keep. To check it later: "
    "motmoi verify checkpoint FILE",
)
_FILE = typer.Option("-o", "--output", help=_text("Ghi vào tệp này.", "Write it to this file."))
_SEQUENCE = typer.Argument(min=1, help=_text("Số thứ tự bản ghi trong nhật ký.", "The message's place in the log."))
_PLACE = typer.Option(
    min=0,
    max=4095,
    help=_text(
        "Sự kiện thứ mấy trong bản ghi, từ 0; mặc định tất cả.", "Which event of the message, from 0; all if left out."
    ),
)


def evidence(
    sequence: Annotated[int, _SEQUENCE],
    place: Annotated[int | None, _PLACE] = None,
    file: Annotated[Path | None, _FILE] = None,
    data: DataOption = None,
    json_output: JsonOption = False,
) -> None:
    """Write the file, under its own name where none is given; exit 1 when there is no such evidence."""
    found = EvidenceFile.model_validate(_asked(GetEvidence(sequence=sequence, place=place), data))
    _write(file or Path(found.name), found.content, {"sequence": sequence}, json_output=json_output)


def checkpoint(
    file: Annotated[Path | None, _FILE] = None, data: DataOption = None, json_output: JsonOption = False
) -> None:
    """Write the latest checkpoint to a file, or show it; exit 1 when nothing was signed yet."""
    page = Page[CheckpointRow].model_validate(_asked(ListCheckpoints(limit=1, descending=True), data))
    if not page.rows:
        raise fail(
            _text("Chưa có điểm kiểm tra nào được ký; thử lại sau ít phút.", "Nothing was signed yet; try again soon.")
        )
    latest = page.rows[0]
    said = {"tree_size": latest.tree_size, "root": latest.root, "note": latest.note}
    if file:
        _write(file, latest.note, said, json_output=json_output)
    elif json_output:
        out.print(json.dumps(said, ensure_ascii=False), markup=False)
    else:
        out.print(latest.note, markup=False, end="")


def _asked(query: Query, data: Path | None) -> object:
    async def work() -> object:
        client = await Office.find(data).connect()
        try:
            return await ask(client, query)
        except Refusing as refused:
            raise fail(str(refused)) from None
        finally:
            await client.close()

    return finish(work)


def _write(file: Path, content: str, said: dict[str, object], *, json_output: bool) -> None:
    try:
        file.write_text(content, encoding="utf-8", newline="\n")
    except OSError as error:
        raise fail(_text(f"Không ghi được {file}: {error}.", f"Cannot write {file}: {error}.")) from None
    if json_output:
        out.print(json.dumps({**said, "file": str(file)}, ensure_ascii=False), markup=False)
    else:
        out.print(_text(f"Đã ghi {file}.", f"Wrote {file}."), markup=False)
