"""The commands of the line have one shape: each teaches what it does, in both languages, and can speak to programs."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

STAYS = "run"
"""The one command that does not answer and end."""
_ROOT = Path(__file__).parents[2]
_DESCRIBE = """
import json
from typer.main import get_command
from services.ops.__main__ import command_line

def walk(command, name):
    if hasattr(command, "commands"):
        for part, inner in command.commands.items():
            yield from walk(inner, f"{name} {part}".strip())
        if name:
            yield {"name": name, "help": command.help, "group": True, "parameters": []}
        return
    parameters = [[(one.opts or [one.name])[0], getattr(one, "help", None)] for one in command.params]
    yield {"name": name, "help": command.help, "group": False, "parameters": parameters}

print(json.dumps(list(walk(get_command(command_line()), ""))))
"""


def described(language: str) -> dict[str, Any]:
    """Every command and group by its name, as somebody of this language sees them."""
    environment = {**os.environ, "MOTMOI_LANG": language, "PYTHONPATH": str(_ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", _DESCRIBE], env=environment, cwd=_ROOT, capture_output=True, text=True, check=True
    )
    return {one["name"]: one for one in json.loads(done.stdout)}


@pytest.fixture(scope="module")
def vietnamese() -> dict[str, Any]:
    return described("vi")


@pytest.fixture(scope="module")
def english() -> dict[str, Any]:
    return described("en")


def commands(found: dict[str, Any]) -> Iterator[tuple[str, dict[str, str | None]]]:
    return ((name, dict(one["parameters"])) for name, one in found.items() if not one["group"])


def test_every_command_teaches_in_both_languages(vietnamese: dict[str, Any], english: dict[str, Any]) -> None:
    assert set(vietnamese) == set(english)
    for name, one in english.items():
        assert one["help"], name
        text = one["help"].strip()
        # A sentence, or the command to run next as the help's last words.
        assert text.endswith(".") or ": motmoi " in text.rsplit(".", 1)[-1], name
        assert text[0].isupper(), name
        assert vietnamese[name]["help"] != one["help"], name


def test_every_option_and_argument_says_what_it_is_for(vietnamese: dict[str, Any]) -> None:
    silent = [f"{name} {part}" for name, parts in commands(vietnamese) for part, said in parts.items() if not said]
    assert silent == []


def test_every_command_can_be_read_by_a_program_and_told_the_folder(english: dict[str, Any]) -> None:
    without = [name for name, parts in commands(english) if "--json" not in parts and name != STAYS]
    assert without == []
    nowhere = [name for name, parts in commands(english) if "--data" not in parts]
    assert nowhere == []
