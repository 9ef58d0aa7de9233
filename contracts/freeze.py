"""Writes the JSON Schema of every message; those of released messages may only grow."""

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from contracts import base
from contracts.catalog import SERVICES
from contracts.compatibility import breaking_changes

FOLDER = Path(__file__).parent
Kind: TypeAlias = Literal["command", "event", "query", "answer", "shared"]
_RELEASED = "released.json"
_SHARED: Mapping[str, tuple[Any, bool]] = {
    "Actor": (base.Actor, False),
    "CloudEvent": (base.CloudEvent, False),
    "Meta": (base.Meta, False),
    "Reply": (base.Reply, True),
}


class Frozen(NamedTuple):
    """A message that has a schema: its name, its class, and whether it is answered rather than said or kept."""

    name: str
    kind: Kind
    type: Any
    answered: bool

    def decode(self, payload: bytes) -> Any:
        """Return the message in a JSON payload, read as strictly as on the wire; raise ValidationError."""
        return TypeAdapter(self.type).validate_json(payload, strict=self.kind in ("command", "query"))

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema (2020-12) of the message, with its name on the wire."""
        mode: JsonSchemaMode = "serialization" if self.answered else "validation"
        service = self.name.split(".", 1)[0]
        wire: dict[str, str] = {}
        if self.kind in ("command", "query"):
            wire["x-subject"] = f"{self.kind}.{service}.{base.wire_name(self.type)}"
        elif self.kind == "event":
            wire["x-type"] = self.name
        written = TypeAdapter(self.type).json_schema(mode=mode)
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": self.name,
            "x-kind": self.kind,
            **wire,
            **{key: value for key, value in written.items() if key != "title"},
        }


def messages() -> tuple[Frozen, ...]:
    """Return every message with a schema, in the order of their names; `documents.RegisterIncoming` is one."""
    found = [Frozen(name, "shared", kind, answered) for name, (kind, answered) in _SHARED.items()]
    for service, words in SERVICES.items():
        found += [Frozen(f"{service}.{said.__name__}", "command", said, False) for said in words.COMMANDS]
        found += [Frozen(f"{service}.{kept.__name__}", "event", kept, False) for kept in words.EVENTS]
        for asked in words.QUERIES:
            name = f"{service}.{asked.__name__}"
            found.append(Frozen(name, "query", asked, False))
            found.append(Frozen(f"{name}.answer", "answer", asked.answer, True))
    return tuple(sorted(found, key=lambda message: message.name))


def formatted(schema: Mapping[str, Any]) -> str:
    """Return JSON as it is committed: sorted keys, two spaces, accents as they are, a line feed at the end."""
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def digest(text: str) -> str:
    """Return the SHA-256 under which a schema is released."""
    return hashlib.sha256(text.encode()).hexdigest()


def released(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every released schema by message; empty before the first release."""
    path = folder / _RELEASED
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def problems(folder: Path, frozen: Sequence[Frozen]) -> list[str]:
    """Return why the schemas in a folder are not those of the messages: broken promises, edits by hand, leftovers."""
    found = _broken_promises(folder, frozen)
    committed = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    committed.pop(Path(_RELEASED).stem, None)
    for message in frozen:
        kept = committed.pop(message.name, None)
        if kept is None:
            found.append(f"{message.name}: has no schema; run python -m contracts.freeze")
        elif kept != formatted(message.schema()):
            found.append(f"{message.name}: its schema is not the committed one; run python -m contracts.freeze")
    kept_only = sorted(committed.keys() - released(folder).keys())
    return found + [f"{name}: a schema without a message; run python -m contracts.freeze" for name in kept_only]


def _broken_promises(folder: Path, frozen: Sequence[Frozen]) -> list[str]:
    found = []
    by_name = {message.name: message for message in frozen}
    for name, sha256 in released(folder).items():
        path = folder / f"{name}.json"
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        if digest(text) != sha256:
            found.append(f"{name}: its released schema was removed or edited by hand; restore it")
        elif name not in by_name:
            found.append(f"{name}: a released message was removed; it must be understood for ever")
        else:
            message = by_name[name]
            changes = breaking_changes(json.loads(text), message.schema(), answered=message.answered)
            found += [f"{name}: {change}" for change in changes]
    return found


def write(folder: Path, frozen: Sequence[Frozen], *, release: bool = False) -> list[str]:
    """Write the schemas, the digests of the released ones, and with `release` the digests of all.

    Schemas of messages that are no more, and never were released, are removed. Nothing is written when a released
    message does more than grow; returned is why.
    """
    broken = _broken_promises(folder, frozen)
    if broken:
        return broken
    folder.mkdir(parents=True, exist_ok=True)
    names = released(folder).keys()
    texts = {message.name: formatted(message.schema()) for message in frozen}
    for path in folder.glob("*.json"):
        if path.name != _RELEASED and path.stem not in texts:
            path.unlink()
    for name, text in texts.items():
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
    kept = {name: digest(text) for name, text in texts.items() if release or name in names}
    (folder / _RELEASED).write_text(formatted(kept), encoding="utf-8")
    return []


def main(arguments: Sequence[str] | None = None) -> int:
    """Write, check or release the schemas in the source tree; return 0, or 1 after saying what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m contracts.freeze", description=__doc__)
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument(
        "--check", action="store_true", help="write nothing; fail when a schema is not the committed one"
    )
    choice.add_argument("--release", action="store_true", help="promise every schema for ever")
    options = parser.parse_args(arguments)
    folder = FOLDER / "schemas"
    found = problems(folder, messages()) if options.check else write(folder, messages(), release=options.release)
    for line in found:
        sys.stderr.write(line + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
