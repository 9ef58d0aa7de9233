"""The README is walked as it is written, and the command line keeps what its help promises."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest
from openpyxl import Workbook, load_workbook

from contracts.base import Refusal, wire_name
from services.console.papers.offers import KINDS
from services.runtime import problems

_ROOT = Path(__file__).parents[2]
_PAPERS = Path(__file__).parent / "papers" / "incoming_documents.csv"


@dataclass(frozen=True)
class Walk:
    """An office started by `motmoi run`, and a shell beside it."""

    environment: dict[str, str]
    folder: Path
    url: str

    def motmoi(self, *arguments: str, expect: int = 0) -> str:
        """Run one command of the line and return what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "services.ops", *arguments],
            env=self.environment,
            cwd=_ROOT,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == expect, done.stdout + done.stderr
        return done.stdout if expect == 0 else done.stdout + done.stderr

    def token(self, *roles: str) -> str:
        """Return a fresh token with these roles."""
        wanted = [part for role in roles for part in ("--role", role)]
        return self.motmoi("token", "create", "--actor", "user:lan", "--name", "Lan", *wanted).strip()


@pytest.fixture(scope="module")
def walk(reachable_folder: Path) -> Iterator[Walk]:
    """`motmoi run` in a new folder without the sample, stopped by the terminal's signal."""
    folder = reachable_folder / "walk"
    environment = {**os.environ, "MOTMOI_DATA": str(folder), "MOTMOI_LANG": "en", "PYTHONPATH": str(_ROOT)}
    environment["MOTMOI_CHECKPOINT_EVERY_S"] = "0.5"
    command = [sys.executable, "-m", "services.ops", "run", "--no-sample", "--http-port", "18460"]
    running = subprocess.Popen(command, env=environment, cwd=_ROOT, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    url = ""
    for line in running.stdout:
        if found := re.search(r"(http://\S+)/docs", line):
            url = found[1]
        if "Ctrl-C" in line:
            break
    assert url, "the office did not start"
    yield Walk(environment, folder, url)
    running.send_signal(signal.SIGINT)
    assert running.wait(30) == 0
    running.stdout.close()
    shutil.rmtree((folder / "postgres").resolve())


def _api(walk: Walk, token: str, path: str, **options: Any) -> httpx.Response:
    method = "POST" if "json" in options else "GET"
    headers = {"Authorization": f"Bearer {token}", **options.pop("headers", {})}
    return httpx.request(method, f"{walk.url}/api/documents/{path}", headers=headers, timeout=30, **options)


def test_the_readme_s_first_steps_work_as_they_are_written(walk: Walk) -> None:
    readme = (_ROOT / "README.md").read_text()
    steps = re.search(r"second terminal:\n\n((?:    .*\n)+)", readme)
    assert steps is not None
    script = "\n".join(line[4:] for line in steps[1].splitlines())
    script = script.replace(". .venv/bin/activate", 'motmoi() { "$PYTHON" -m services.ops "$@"; }')
    script = script.replace("http://127.0.0.1:8460", walk.url).replace("curl ", "curl -sf ")

    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        env={**walk.environment, "PYTHON": sys.executable},
        cwd=_ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == 0, done.stderr
    assert '"number":1' in done.stdout
    assert done.stdout.count("Luật Lưu trữ") == 2
    assert "well" in done.stdout


def test_the_eighty_real_documents_are_numbered_without_a_hole_searched_directed_and_completed(walk: Walk) -> None:
    tried = json.loads(walk.motmoi("import", "incoming", str(_PAPERS), "--organ", "TU", "--dry-run", "--json"))
    done = json.loads(walk.motmoi("import", "incoming", str(_PAPERS), "--organ", "TU", "--json"))
    again = json.loads(walk.motmoi("import", "incoming", str(_PAPERS), "--organ", "TU", "--json"))

    assert (tried["accepted"], tried["dry_run"]) == (80, True)
    assert [verdict["number"] for verdict in done["verdicts"]] == list(range(1, 81))
    assert again == done
    token = walk.token("clerk", "leader")
    after = max(verdict["position"] for verdict in done["verdicts"])
    found = _api(walk, token, "incoming-register", params={"text": "luu tru", "organ": "TU", "after": after}).json()
    assert [row["summary"] for row in found["rows"]] == ["Luật Lưu trữ 2024"]
    for verdict in done["verdicts"][:10]:
        words = {"document_id": verdict["document_id"]}
        assert _api(walk, token, "direct-document", json={**words, "lead_board": "BTCTU"}).status_code == 200
        evidence = {"account": "Đã phổ biến đến các ban."}
        completed = _api(walk, token, "complete-document", json={**words, "evidence": evidence})
        assert completed.status_code == 200
    params = {"book_id": "tu-den-2026", "status": "completed", "after": completed.json()["position"]}
    assert len(_api(walk, token, "handling-register", params=params).json()["rows"]) == 10


def test_another_file_with_the_same_documents_registers_none_of_them_again(walk: Walk, tmp_path: Path) -> None:
    walk.motmoi("import", "incoming", str(_PAPERS), "--organ", "BTCTU")
    copy = tmp_path / "copy.csv"
    copy.write_text(_PAPERS.read_text() + "\n")

    said = walk.motmoi("import", "incoming", str(copy), "--organ", "BTCTU", expect=1)

    assert "already registered as number 1 " in said
    assert "Registered 0 of 80" in said


def test_each_bad_row_gets_its_own_verdict_and_the_good_ones_are_registered(walk: Walk, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Số, ký hiệu", "Tên loại", "Trích yếu", "Tác giả", "Ngày tháng văn bản", "Độ mật"])
    sheet.append(["1-CV/XA", "Công văn", "về việc họp", "Đảng ủy xã", "15/10/2026", ""])
    sheet.append(["2-CV/XA", "Công văn", "về việc họp", "Đảng ủy xã", "30/02/2026", ""])
    sheet.append(["3-CV/XA", "Công văn", "về việc họp", "Đảng ủy xã", "15/10/2026", "Tối mật"])
    sheet.append(["4-CV/XA", "Công văn", None, "Đảng ủy xã", "15/10/2026", ""])
    sheet.append(["5-CV/XA", "Công văn", "về việc họp lại", "Đảng ủy xã", "15/10/2026", ""])
    path, report = tmp_path / "rows.xlsx", tmp_path / "report.csv"
    book.save(path)

    said = walk.motmoi(
        "import", "incoming", str(path), "--organ", "UBKTTU", "--report", str(report), "--json", expect=1
    )

    verdicts = json.loads(said)["verdicts"]
    assert [verdict["outcome"] for verdict in verdicts] == ["accepted", "invalid", "rejected", "invalid", "accepted"]
    assert [verdict["number"] for verdict in verdicts] == [1, None, None, None, 2]
    assert verdicts[1]["problems"][0]["field"] == "issued_on"
    assert "117/2025/QH15" in said or verdicts[2]["problems"][0]["code"] == "secret-content"
    assert verdicts[3]["problems"][0]["field"] == "summary"
    assert len(report.read_text(encoding="utf-8-sig").splitlines()) == 6


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"number_notation,colour\n1,2\n", "'colour'"),
        ("issuer,summary,document_type,issued_on\nQuốc hội,a,Luật,2024-01-01\n".encode("utf-16"), "not UTF-8"),
        (b"", "is empty"),
        (b"issuer,summary\na,b\n", "nothing in column document_type, issued_on"),
    ],
)
def test_a_file_that_is_no_register_is_refused_and_changes_nothing(
    walk: Walk, tmp_path: Path, content: bytes, said: str
) -> None:
    before = json.loads(walk.motmoi("status", "--json"))["log"]
    path = tmp_path / "bad.csv"
    path.write_bytes(content)

    answer = walk.motmoi("import", "incoming", str(path), "--organ", "VPTU", expect=1)

    assert said in answer
    assert json.loads(walk.motmoi("status", "--json"))["log"] == before


def test_a_register_leaves_as_xlsx_in_its_legal_columns(walk: Walk, tmp_path: Path) -> None:
    walk.motmoi("import", "incoming", str(_PAPERS), "--organ", "VPTW")
    answer = _api(walk, walk.token("reader"), "incoming-register.xlsx", params={"organ": "VPTW", "descending": "false"})
    path = tmp_path / "register.xlsx"
    path.write_bytes(answer.content)

    lines = [row for row in load_workbook(path).active.iter_rows(values_only=True) if any(row)]  # type: ignore[union-attr]

    header = next(line for line in lines if "Ngày đến" in line)
    assert header[:4] == ("Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu")
    assert len(header) == 10
    assert len(lines) - lines.index(header) - 1 == 80


def test_every_read_model_is_rebuilt_by_one_command_with_the_same_rows(walk: Walk) -> None:
    rebuilt = json.loads(walk.motmoi("rebuild", "documents", "--json"))

    assert len(rebuilt) == 5
    assert all(one["switched"] and one["differences"] == 0 for one in rebuilt)


def test_status_says_what_runs_where_it_stands_and_that_all_is_well(walk: Walk) -> None:
    found = json.loads(walk.motmoi("status", "--json"))

    assert found["well"]
    assert {part["status"] for part in found["parts"]} == {"ok"}
    assert {follower["error"] for follower in found["followers"]} == {None}
    assert found["log"]["last_sequence"] > 0


def test_a_role_that_may_not_register_is_told_which_may(walk: Walk) -> None:
    answer = _api(
        walk,
        walk.token("reader"),
        "register-incoming",
        json={
            "organ": "VPTU",
            "document_type": "Luật",
            "summary": "a",
            "issuer": "b",
            "issued_on": "2024-01-01",
        },
    )

    assert answer.status_code == 403
    assert "clerk" in answer.json()["vi"]
    assert "clerk" in answer.json()["en"]


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["run", "--help"], ["status", "--help"], ["rebuild", "--help"], ["import", "incoming", "--help"]],
)
def test_help_teaches_in_both_languages(walk: Walk, arguments: list[str]) -> None:
    english = walk.motmoi(*arguments)
    vietnamese = Walk({**walk.environment, "MOTMOI_LANG": "vi"}, walk.folder, walk.url).motmoi(*arguments)

    assert len(english) > 100
    assert vietnamese != english


def test_commands_without_an_office_say_how_to_start_one(walk: Walk, tmp_path: Path) -> None:
    said = walk.motmoi("status", "--data", str(tmp_path), expect=1)

    assert "motmoi run --data" in said


@pytest.mark.parametrize(
    ("page", "desk"),
    [
        ("documents", "documents"),
        ("organisation", "organisation"),
        ("assets", "assets"),
        ("scheduling", "scheduling"),
        ("week", "scheduling"),
        ("cars", "scheduling"),
        ("finance", "finance"),
    ],
)
def test_every_command_question_refusal_and_paper_named_in_a_desk_s_document_exists(page: str, desk: str) -> None:
    words = import_module(f"contracts.{desk}")
    parts = (words, problems, *(part for part in vars(words).values() if isinstance(part, ModuleType)))
    text = (_ROOT / "docs" / f"{page}.md").read_text()
    known = {wire_name(message) for message in (*words.COMMANDS, *words.QUERIES)}
    known |= {one.code for part in parts for one in vars(part).values() if isinstance(one, Refusal)}
    known |= {kind.name for kind in KINDS}

    named = set(re.findall(r"(?:GET |`)([a-z]+(?:-[a-z]+)+)(?:`|:)", text))

    assert named
    assert named <= known
    assert len(text.splitlines()) <= 120


def test_the_first_steps_of_organisation_and_assets_work_as_they_are_written(walk: Walk, tmp_path: Path) -> None:
    pages = [(_ROOT / "docs" / f"{desk}.md").read_text() for desk in ("organisation", "assets")]
    steps = "\n".join(line[4:] for page in pages for line in page.splitlines() if line.startswith("    "))
    script = steps.replace("http://127.0.0.1:8460", walk.url).replace("curl -s ", "curl -sSf ")

    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", f'motmoi() {{ "$PYTHON" -m services.ops "$@"; }}\n{script}'],
        env={**walk.environment, "PYTHON": sys.executable},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("Registered 2 of 2 rows") == 2
    assert '"roles":["board"]' in done.stdout
    printed = {path.suffix for path in tmp_path.iterdir() if path.stat().st_size > 10_000}
    assert printed == {".pdf", ".docx"}
    token = walk.token("reader")
    today = httpx.get(
        f"{walk.url}/api/assets/asset-totals",
        params={"by": "unit", "on": "2025-06-30"},
        headers={"Authorization": f"Bearer {token}"},
        timeout=30,
    ).json()
    assert {row["key"]: row["count"] for row in today["rows"]} == {"bdt": 2, "btg": 1}


def test_the_first_steps_of_scheduling_the_week_and_cars_work_as_they_are_written(walk: Walk, tmp_path: Path) -> None:
    for page in ("scheduling", "week", "cars"):
        text = (_ROOT / "docs" / f"{page}.md").read_text()
        steps = "\n".join(line[4:] for line in text.splitlines() if line.startswith("    "))
        script = steps.replace("http://127.0.0.1:8460", walk.url).replace("curl -s ", "curl -sS --fail-with-body ")
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", f'motmoi() {{ "$PYTHON" -m services.ops "$@"; }}\n{script}'],
            env={**walk.environment, "PYTHON": sys.executable},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, f"{page}: {done.stdout[-800:]}{done.stderr}"

    papers = [path for path in tmp_path.iterdir() if path.suffix in {".pdf", ".docx"}]
    assert len(papers) > 6
    assert all(path.stat().st_size > 10_000 for path in papers)
    assert "Thứ Hai" in (tmp_path / "tuan.html").read_text()


def test_the_first_steps_of_finance_work_as_they_are_written(walk: Walk, tmp_path: Path) -> None:
    text = (_ROOT / "docs" / "finance.md").read_text()
    steps = "\n".join(line[4:] for line in text.splitlines() if line.startswith("    "))
    script = steps.replace("http://127.0.0.1:8460", walk.url).replace("curl -s ", "curl -sS --fail-with-body ")

    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", f'motmoi() {{ "$PYTHON" -m services.ops "$@"; }}\n{script}'],
        env={**walk.environment, "PYTHON": sys.executable},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
    )

    assert done.returncode == 0, done.stdout[-800:] + done.stderr
    assert "problems/" not in done.stdout
    assert '"adds_up":true' in done.stdout
    printed = {path.name for path in tmp_path.iterdir() if path.suffix in {".pdf", ".docx"}}
    assert len(printed) == 8
    assert all((tmp_path / name).stat().st_size > 10_000 for name in printed)
    (exported,) = tmp_path.glob("so-*.hledger")
    assert "BKTTU" in exported.read_text()


def test_the_walks_of_the_audit_document_work_as_they_are_written(walk: Walk, tmp_path: Path) -> None:
    text = (_ROOT / "docs" / "audit.md").read_text()
    script = "\n".join(line[4:] for line in text.splitlines() if line.startswith("    motmoi "))
    words = {
        "organ": "VPTU",
        "document_type": "Luật",
        "number_notation": "59/2020/QH14",
        "summary": "Luật Doanh nghiệp",
        "issuer": "Quốc hội",
        "issued_on": "2020-06-17",
    }
    assert _api(walk, walk.token("clerk"), "register-incoming", json=words).status_code == 200

    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", f'motmoi() {{ "$PYTHON" -m services.ops "$@"; }}\n{script}'],
        env={**walk.environment, "PYTHON": sys.executable},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=400,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert script.count("motmoi") > 10
    assert json.loads((tmp_path / "evidence.json").read_text())["record"]["sequence"] == 1


def test_every_command_named_in_the_audit_document_exists(walk: Walk) -> None:
    text = (_ROOT / "docs" / "audit.md").read_text()
    named = {tuple(found.split()) for found in re.findall(r"`motmoi ([a-z]+(?: (?:log|archive|show|erase))?)", text)}

    assert ("repair", "log") in named
    for command in named:
        assert walk.motmoi(*command, "--help")
