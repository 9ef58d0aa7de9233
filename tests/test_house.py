"""The rules of the house that a reader can see: docstrings, sizes, names, and no clock where there must be none."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(path for folder in ("contracts", "services", "deploy") for path in (ROOT / folder).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST_FUNCTION = 40
LONGEST_FILE = {"services/documents": 220, "services": 320, "deploy": 320}
PURE = ("deciders", "read_models", "policies", "rules")
SAY_NOTHING = {"manager", "managers", "helper", "helpers", "util", "utils", "data", "info"}
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X{3})\b")
CLOCKS = {"now", "today", "utcnow", "time", "monotonic", "perf_counter", "time_ns"}
NO_MODULES_OF_CHANCE = {"random", "secrets", "time", "uuid.uuid4", "uuid.uuid1", "os.urandom", "datetime.now"}

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def public_definitions(body: list[ast.stmt]) -> Iterator[Definition]:
    for node in body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public_definitions(node.body)


def promised_elsewhere(node: Definition) -> bool:
    """An override keeps the promise of what it overrides; overloads share that of the function itself."""
    decorators = {ast.unparse(decorator).rsplit(".", 1)[-1] for decorator in node.decorator_list}
    return bool(decorators & {"override", "overload"})


def dotted(node: ast.AST) -> str:
    return ast.unparse(node) if isinstance(node, ast.Attribute | ast.Name) else ""


EVERY_SOURCE = pytest.mark.parametrize("path", SOURCES, ids=named)
EVERY_FILE = pytest.mark.parametrize("path", [*SOURCES, *TESTS], ids=named)


@EVERY_FILE
def test_a_module_says_what_lives_in_it_in_one_sentence(path: Path) -> None:
    said = (ast.get_docstring(tree(path)) or "").split("\n\n", 1)[0]
    assert said.endswith((".", "?")), f"{named(path)} has no sentence at its head"


@EVERY_SOURCE
def test_what_others_may_use_says_what_it_promises(path: Path) -> None:
    silent = [
        f"{named(path)}:{node.lineno} {node.name}"
        for node in public_definitions(tree(path).body)
        if not ast.get_docstring(node) and not promised_elsewhere(node)
    ]
    assert silent == []


@EVERY_FILE
def test_a_function_fits_on_a_screen(path: Path) -> None:
    long = [
        f"{named(path)}:{node.lineno} {node.name}: {lines} lines"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert long == []


@EVERY_SOURCE
def test_a_file_is_one_thing(path: Path) -> None:
    limit = next((lines for folder, lines in LONGEST_FILE.items() if named(path).startswith(f"{folder}/")), None)
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert limit is None or lines <= limit, f"{named(path)} has {lines} lines; {limit} are allowed"


@EVERY_SOURCE
def test_a_name_says_something(path: Path) -> None:
    names = [path.stem, path.parent.name]
    names += [node.name for node in ast.walk(tree(path)) if isinstance(node, Definition)]
    assert SAY_NOTHING.isdisjoint(name.strip("_").lower() for name in names)


@EVERY_FILE
def test_nothing_waits_by_sleeping_the_whole_process(path: Path) -> None:
    calls = [dotted(node.func) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    assert "time.sleep" not in calls
    imports = [node for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom) and node.module == "time"]
    assert not any(alias.name == "sleep" for node in imports for alias in node.names)


@pytest.mark.parametrize(
    "path", [path for path in SOURCES if set(path.parent.relative_to(ROOT).parts) & set(PURE)], ids=named
)
def test_what_decides_and_folds_reads_no_clock_and_draws_no_lot(path: Path) -> None:
    nodes = list(ast.walk(tree(path)))
    imported = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    for node in nodes:
        if isinstance(node, ast.ImportFrom):
            imported |= {str(node.module)} | {f"{node.module}.{alias.name}" for alias in node.names}
    assert imported.isdisjoint(NO_MODULES_OF_CHANCE)
    asked = {dotted(node.func) for node in nodes if isinstance(node, ast.Call)}
    assert not {name for name in asked if re.fullmatch(rf"(?:datetime|date|time)\.(?:{'|'.join(CLOCKS)})", name)}


@pytest.mark.parametrize("path", [*SOURCES, *TESTS, ROOT / "pyproject.toml"], ids=named)
def test_nothing_is_left_for_later(path: Path) -> None:
    assert not UNFINISHED.search(path.read_text(encoding="utf-8"))
