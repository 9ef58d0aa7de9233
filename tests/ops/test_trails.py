"""The trail at the command line: what happened in the office's words, on the screen, as JSON, as CSV, and as a tree."""

import asyncio
import contextlib
import csv
import json
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio
from nats.aio.client import Client
from nats.errors import NoRespondersError

from contracts.audit import Change, TrailRow
from deploy.credentials import OPERATOR
from deploy.stack import Stack
from services.ops import trails
from services.ops.registry import SERVICES
from services.ops.supervisor import RUN_FILE
from services.runtime.process import answer, follow
from services.runtime.settings import Settings

_ROOT = Path(__file__).parents[2]
_PATIENCE_S = 30
CLERK = {"id": "user:lan", "name": "Nguyễn Thị Lan", "roles": ["clerk", "leader"], "board": "VPTU"}
INCOMING = {
    "organ": "VPTU",
    "number_notation": "12-CV/BTCTU",
    "document_type": "Công văn",
    "summary": "V/v đăng ký lịch :làm: việc",
    "issuer": "Ban Tổ chức Tỉnh ủy",
    "issued_on": "2025-11-20",
    "arrived_on": "2025-11-21",
    "urgency": "urgent",
    "files": [{"name": "=cv.pdf", "sha256": "a" * 64, "size_bytes": 1}],
}
DOCUMENT = UUID(int=1).hex
FIRST = {
    "document_id": DOCUMENT,
    "lead_board": "BTCTU",
    "supporting_boards": ["UBKTTU"],
    "opinion": "Tham mưu.",
}
SECOND = {"document_id": DOCUMENT, "lead_board": "BNCTU"}


@dataclass(frozen=True)
class Line:
    """The command line beside an office that runs."""

    office: Stack

    async def trail(self, *arguments: str, expect: int = 0, language: str = "vi") -> str:
        """Run `motmoi trail` and return what it prints, on the error stream too where it did not go well."""
        environment = {**os.environ, "MOTMOI_DATA": str(self.office.folder), "MOTMOI_LANG": language}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "services.ops", "trail", *arguments),
            env={**environment, "PYTHONPATH": str(_ROOT)},
            cwd=_ROOT,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        printed, complained = await process.communicate()
        assert process.returncode == expect, printed.decode() + complained.decode()
        return printed.decode() if expect == 0 else printed.decode() + complained.decode()


def settings_of(office: Stack, user: str) -> Settings:
    """The settings of one user of the office."""
    return Settings.from_environment(
        {
            "MOTMOI_NATS_URL": office.nats_url,
            "MOTMOI_NATS_USER": user,
            "MOTMOI_NATS_PASSWORD": office.credentials.nats[user],
            "MOTMOI_DATABASE_URL": office.database_url(user),
        }
    )


async def said(client: Client, subject: str, request: Any) -> Any:
    """The answer to a request, asked again while nobody is there to answer or it cannot be done yet."""
    async with asyncio.timeout(_PATIENCE_S):
        while True:
            with contextlib.suppress(NoRespondersError):
                reply = json.loads((await client.request(subject, json.dumps(request).encode(), timeout=20)).data)
                if reply["outcome"] != "failed":
                    return reply
            await asyncio.sleep(0.05)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def line(office: Stack) -> AsyncIterator[Line]:
    """A command line that finds the office, its services at work."""
    ports = {"servers": {"nats": {"port": office.nats.port}, "postgres": {"port": office.postgres.port}}}
    found = office.folder / RUN_FILE
    found.write_text(json.dumps(ports))
    working = [
        asyncio.create_task(part(service, settings_of(office, service.name)))
        for service in SERVICES.values()
        for part in (answer, follow)
    ]
    yield Line(office)
    for part in working:
        part.cancel()
    await asyncio.gather(*working, return_exceptions=True)
    found.unlink()


@pytest_asyncio.fixture(loop_scope="session")
async def told(line: Line, connect: Callable[..., Awaitable[Client]]) -> None:
    """A document that was registered, directed, and directed otherwise; saying it again changes nothing."""
    client = await connect(line.office, OPERATOR)
    for number, (name, body) in enumerate(
        (("register-incoming", INCOMING), ("direct-document", FIRST), ("direct-document", SECOND)), 1
    ):
        meta = {"command_id": str(UUID(int=number)), "actor": CLERK, "correlation_id": "trail-test"}
        reply = await said(client, f"command.documents.{name}", {"meta": meta, "data": body})
        assert reply["outcome"] == "accepted", reply
    asked = {"actor": {**CLERK, "roles": ["leader"]}, "correlation_id": "ready", "data": {"after": reply["position"]}}
    await said(client, "query.audit.trail", asked)


async def test_a_documents_trail_is_told_in_the_offices_words(line: Line, told: None) -> None:
    shown = await line.trail(DOCUMENT)
    for words in (
        "Đăng ký văn bản đến\n",
        f"Văn bản đến {DOCUMENT}   user:lan   bản ghi ",
        "    Trích yếu: V/v đăng ký lịch :làm: việc\n",
        "    Mức độ khẩn: Khẩn\n",
        "    Ngày đến: 21/11/2025\n",
        f"    Tệp kèm theo: Tên tệp: =cv.pdf, Giá trị băm SHA-256: {'a' * 64}, Dung lượng (byte): 1\n",
        "    Đơn vị chủ trì: BTCTU → BNCTU\n",
        "    Đơn vị phối hợp: UBKTTU → –\n",
        "    Ý kiến chỉ đạo: Tham mưu. → –\n",
        "    Căn cứ của thời hạn: Nghị định 30/2020/NĐ-CP, ",
    ):
        assert words in shown
    assert shown.index("Đăng ký văn bản đến") < shown.index("BTCTU → BNCTU")
    english = await line.trail(DOCUMENT, "--type", "documents.DocumentDirected", language="en")
    assert "Lead board: BTCTU → BNCTU" in english
    assert english.endswith("2 events.\n")


async def test_reading_a_trail_stands_in_the_trail_of_what_was_read(line: Line, told: None) -> None:
    await line.trail(DOCUMENT)
    rows = json.loads(await line.trail(DOCUMENT, "--json", "--newest-first"))
    assert (rows[0]["type"], rows[0]["facts"]["asked"]) == ("audit.TrailRead", {"about": DOCUMENT})
    assert rows[0]["actor"].startswith("operator:")
    assert "Nội dung tra cứu: Về hồ sơ hoặc người: " in await line.trail("--service", "audit")


async def test_json_is_one_array_also_when_there_is_nothing(line: Line, told: None) -> None:
    rows = json.loads(await line.trail("--json", "--board", "UBKTTU", "--service", "documents"))
    assert [row["vi"] for row in rows] == ["Lãnh đạo cho ý kiến chỉ đạo (bút phê)"]
    assert json.loads(await line.trail("--json", "--actor", "user:nobody")) == []
    assert json.loads(await line.trail("--json", DOCUMENT, "--until", "22/11/2025")) == []
    directed = ("--type", "documents.DocumentDirected", "--service", "documents", "--since", "2025-11-22")
    assert len(json.loads(await line.trail("--json", "--actor", "user:lan", *directed))) == 2


async def test_a_csv_file_is_whole_and_holds_no_formula(line: Line, told: None, tmp_path: Path) -> None:
    path = tmp_path / "vết.csv"
    await line.trail("--correlation", "trail-test", "--actor", "user:lan", "--csv", str(path))
    title, header, *rows = csv.reader(path.read_text(encoding="utf-8-sig").splitlines(keepends=True))
    assert title == ["Vết hoạt động"]
    assert header[:3] == ["Thời điểm", "Việc", "Loại hồ sơ"]
    assert [row[9] for row in rows][-1] == "documents.DocumentDirected"
    assert "Đơn vị chủ trì: BTCTU → BNCTU" in rows[-1][6]
    assert all(len(row) == len(header) for row in rows)
    assert os.listdir(tmp_path) == ["vết.csv"]
    assert "Không ghi được tệp" in await line.trail("--csv", str(tmp_path / "none" / "x.csv"), expect=1)


async def test_the_tree_of_causes_is_drawn(line: Line, told: None) -> None:
    drawn = await line.trail("--causes", "trail-test")
    assert drawn.startswith("Yêu cầu trail-test\n")
    assert f"│   └── Đăng ký văn bản đến  Văn bản đến {DOCUMENT}\n" in drawn
    assert f"user:lan  lệnh {UUID(int=3)}\n" in drawn
    causes = json.loads(await line.trail("--causes", "trail-test", "--json"))
    assert [command["command_id"] for command in causes["commands"]] == [str(UUID(int=n)) for n in (1, 2, 3)]
    assert "no event of request none" in await line.trail("--causes", "none", expect=1, language="en")


async def test_what_cannot_be_asked_is_said_before_anything_is_asked(tmp_path: Path, office: Stack) -> None:
    line = Line(office)
    assert "board:" in await line.trail("--board", "btctu", expect=2)
    assert "hôm-qua" in await line.trail("--since", "hôm-qua", expect=2)
    assert "--causes" in await line.trail("x", "--causes", "y", expect=2)
    assert "motmoi run" in await line.trail("--data", str(tmp_path), expect=1)


# --- words ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "until", "expected"),
    [
        ("23/11/2026", False, datetime(2026, 11, 22, 17, tzinfo=UTC)),
        ("2026-11-23", True, datetime(2026, 11, 23, 17, tzinfo=UTC)),
        ("23/11/2026 09:30", False, datetime(2026, 11, 23, 2, 30, tzinfo=UTC)),
        ("2026-11-23T00:00", True, datetime(2026, 11, 22, 17, tzinfo=UTC)),
    ],
)
def test_a_day_is_the_offices_day_from_its_beginning_or_to_its_end(text: str, until: bool, expected: datetime) -> None:
    assert trails.moment(text, until=until) == expected


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("urgency", "express_timed", "Hỏa tốc hẹn giờ"),
        ("late", False, "không"),
        ("late", True, "có"),
        ("opinion", None, "–"),
        ("supporting_boards", [], "–"),
        ("supporting_boards", ["BTCTU", "VPTU"], "BTCTU, VPTU"),
        ("deadline", "2026-12-15", "15/12/2026"),
        ("remind_at", "2026-12-11T00:30:00Z", "11/12/2026 07:30:00"),
        ("number", 0, "0"),
        ("summary", "2026-13-45T", "2026-13-45T"),
        ("signer", {"name": "Trần Minh", "position": "Bí thư"}, "Họ và tên: Trần Minh, Chức vụ: Bí thư"),
        ("possible_duplicates", [{"number": 1}, {"number": 2}], "Số thứ tự: 1; Số thứ tự: 2"),
        ("party", {"person": "p-17", "sealed": "c2VhbGVk"}, "p-17 (danh tính được niêm phong)"),
        ("new_field", {"inner_field": 3}, "new_field.inner_field: 3"),
    ],
)  # fmt: skip
def test_a_value_is_written_as_people_write_it(path: str, value: object, words: str) -> None:
    assert trails.in_words("documents.OutgoingRegistered", path, value) == words


def test_a_change_is_told_with_what_was_before_where_there_was_something() -> None:
    row = TrailRow(
        position=4096,
        sequence=1,
        place=0,
        time=datetime(2026, 11, 23, 2, tzinfo=UTC),
        service="assets",
        aggregate="car",
        id="c",
        type="assets.Cleaned",
        vi="assets.Cleaned",
        en="assets.Cleaned",
        actor="user:tai",
        event_id="c:0",
        command_id="c",
        correlation_id="r",
        facts={},
        changes=(
            Change(field="urgency", vi="Mức độ khẩn", en="Urgency", after="urgent"),
            Change(field="deadline", vi="Hạn", en="Deadline", before="2026-12-15", after=None),
        ),
    )
    assert trails.changes(row) == ["Mức độ khẩn: Khẩn", "Hạn: 15/12/2026 → –"]
    assert trails.record(row) == "car c"
    assert trails.local(row.time) == "23/11/2026 09:00:00"
