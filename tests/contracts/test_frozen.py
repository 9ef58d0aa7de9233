"""Every message has its committed schema and a real example; what was released is understood for ever."""

import json
import re
import string
import uuid
from collections.abc import Iterator
from datetime import datetime
from inspect import getmembers, isclass
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from pydantic import BaseModel, ValidationError
from pydantic_core import to_jsonable_python

from contracts import base
from contracts.base import Event, Refusal
from contracts.catalog import SERVICES
from contracts.freeze import FOLDER, Frozen, digest, formatted, main, messages, problems, released, write
from services.runtime import problems as runtime_problems

SCHEMAS, EXAMPLES = FOLDER / "schemas", FOLDER / "examples"
FROZEN = {message.name: message for message in messages()}
PAYLOADS = sorted(path.relative_to(EXAMPLES).as_posix() for path in EXAMPLES.rglob("*") if path.is_file())


def schema_of(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    return schema


def message_of(payload: str) -> tuple[Frozen, bytes]:
    return FROZEN[payload.split("/", 1)[0]], (EXAMPLES / payload).read_bytes()


def test_the_committed_schemas_are_those_of_the_messages_and_keep_every_promise() -> None:
    assert problems(SCHEMAS, messages()) == []


@pytest.mark.parametrize("name", FROZEN)
def test_a_schema_is_a_json_schema_with_an_example(name: str) -> None:
    Draft202012Validator.check_schema(schema_of(name))
    assert any(payload.startswith(f"{name}/") for payload in PAYLOADS)


def test_no_example_is_without_its_message() -> None:
    assert {payload.split("/", 1)[0] for payload in PAYLOADS} == FROZEN.keys()
    assert all(re.fullmatch(r"[A-Za-z.]+/[a-z0-9-]+\.json", payload) for payload in PAYLOADS)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_an_example_decodes_for_ever_and_is_what_its_schema_says(payload: str) -> None:
    message, text = message_of(payload)
    validator = Draft202012Validator(schema_of(message.name), format_checker=Draft202012Validator.FORMAT_CHECKER)
    validator.validate(json.loads(text))
    message.decode(text)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_an_example_says_nothing_that_is_lost_when_it_is_read(payload: str) -> None:
    message, text = message_of(payload)
    said = json.loads(text)
    assert contains(to_jsonable_python(message.decode(text)), said)


@pytest.mark.parametrize("payload", [payload for payload in PAYLOADS if message_of(payload)[0].kind != "shared"])
def test_a_field_nobody_knows_is_refused(payload: str) -> None:
    message, text = message_of(payload)
    with pytest.raises(ValidationError, match="not permitted"):
        message.decode(json.dumps({**json.loads(text), "khong_co": 1}).encode())


def contains(read: Any, said: Any) -> bool:
    if isinstance(said, dict):
        return all(name in read and contains(read[name], value) for name, value in said.items())
    if isinstance(said, list):
        return len(read) == len(said) and all(contains(*pair) for pair in zip(read, said, strict=True))
    return bool(read == said) or same_moment(read, said)


def same_moment(read: Any, said: Any) -> bool:
    moments = [value for value in (read, said) if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT", value)]
    return len(moments) == 2 and len({datetime.fromisoformat(moment) for moment in moments}) == 1


# --- the envelope ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("payload", [payload for payload in PAYLOADS if payload.startswith("CloudEvent/")])
def test_an_envelope_has_the_attributes_cloudevents_1_0_requires_and_the_event_it_names(payload: str) -> None:
    envelope = json.loads((EXAMPLES / payload).read_bytes())
    assert envelope["specversion"] == "1.0"
    assert all(isinstance(envelope[name], str) and envelope[name] for name in ("id", "source", "type"))
    assert all(re.fullmatch(r"[a-z0-9]{1,20}", name) for name in envelope)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", envelope["time"])
    command_id, place = envelope["id"].rsplit(":", 1)
    assert (str(uuid.UUID(command_id)), place) == (envelope["commandid"], "0")
    event = FROZEN[envelope["type"]]
    assert (event.kind, envelope["source"]) == ("event", f"/{event.name.split('.')[0]}")
    event.decode(json.dumps(envelope["data"]).encode())


def test_an_answer_of_every_kind_has_an_example() -> None:
    outcomes = {json.loads((EXAMPLES / name).read_bytes())["outcome"] for name in PAYLOADS if name.startswith("Reply/")}
    assert outcomes == {"accepted", "answered", "invalid", "rejected", "forbidden", "conflict", "failed"}


# --- refusals -------------------------------------------------------------------------------------------------------


def refusals() -> Iterator[Refusal]:
    for module in (base, *SERVICES.values(), runtime_problems):
        yield from (value for value in vars(module).values() if isinstance(value, Refusal))


def placeholders(text: str) -> set[str]:
    """The names to be filled in; one ending in its language is that language's word for the same thing."""
    found = (name for _, name, _, _ in string.Formatter().parse(text) if name is not None)
    return {re.sub("(^|_)(vi|en)$", "", name) for name in found}


def test_a_refusal_has_one_code() -> None:
    codes = [refusal.code for refusal in refusals()]
    assert sorted(codes) == sorted(set(codes))
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in codes)


@pytest.mark.parametrize("refusal", list(refusals()), ids=lambda refusal: refusal.code)
def test_a_refusal_says_the_same_in_vietnamese_and_in_english(refusal: Refusal) -> None:
    assert refusal.vi.strip().endswith(".")
    assert refusal.en.strip().endswith(".")
    assert refusal.vi != refusal.en
    assert placeholders(refusal.vi) == placeholders(refusal.en)
    assert re.search("[àáảãạăắằẳẵặâấầẩẫậđèéẻẽẹêếềểễệìíỉĩịòóỏõọôốồổỗộơớờởỡợùúủũụưứừửữựỳýỷỹỵ]", refusal.vi)
    assert refusal.en.isascii()


# --- the words ------------------------------------------------------------------------------------------------------


def classes() -> Iterator[type[BaseModel]]:
    for module in (base, *SERVICES.values()):
        for _, kind in getmembers(module, isclass):
            if issubclass(kind, BaseModel) and kind.__module__ == module.__name__:
                yield kind


@pytest.mark.parametrize("kind", list(classes()), ids=lambda kind: kind.__name__)
def test_a_message_says_what_it_is_in_one_sentence(kind: type[BaseModel]) -> None:
    said = (vars(kind).get("__doc__") or "").strip().split("\n")[0]
    assert said.endswith(".")
    assert kind.model_config["frozen"]
    assert kind.model_config["extra"] == "forbid"


def test_every_command_and_every_query_says_who_may() -> None:
    assert all(kind.allowed for words in SERVICES.values() for kind in (*words.COMMANDS, *words.QUERIES))


def test_every_event_command_and_query_class_of_a_service_is_in_its_list() -> None:
    for words in SERVICES.values():
        kinds = [kind for _, kind in getmembers(words, isclass) if kind.__module__.startswith(words.__name__)]
        for base_kind, listed in ((Event, words.EVENTS), (base.Command, words.COMMANDS), (base.Query, words.QUERIES)):
            said = {kind for kind in kinds if issubclass(kind, base_kind)}
            # What others are made of is itself said by nobody.
            assert {kind for kind in said if not said & set(kind.__subclasses__())} == set(listed)


def test_two_messages_never_share_a_subject() -> None:
    subjects = [subject for name in FROZEN if (subject := schema_of(name).get("x-subject"))]
    said = [kind for words in SERVICES.values() for kind in (*words.COMMANDS, *words.QUERIES)]
    assert len(subjects) == len(set(subjects)) == len(said)


# --- freezing -------------------------------------------------------------------------------------------------------


class NumberAssigned(Event):
    """A fact, as it was released."""

    number: int


class WithHolder(Event):
    """The same fact, grown."""

    number: int
    holder: str | None = None


class WithOtherNumber(Event):
    """The same fact, told otherwise."""

    number: str


def told(kind: type[Event]) -> list[Frozen]:
    return [Frozen("documents.NumberAssigned", "event", kind, False)]


def test_a_schema_not_yet_released_follows_its_message_freely(tmp_path: Path) -> None:
    for kind in (NumberAssigned, WithOtherNumber, WithHolder):
        assert problems(tmp_path, told(kind)) != []
        assert write(tmp_path, told(kind)) == []
        assert problems(tmp_path, told(kind)) == []
    assert released(tmp_path) == {}
    assert write(tmp_path, []) == []
    assert [path.name for path in tmp_path.iterdir()] == ["released.json"]


def test_a_released_schema_may_grow_and_is_checked_again(tmp_path: Path) -> None:
    assert write(tmp_path, told(NumberAssigned), release=True) == []
    assert problems(tmp_path, told(WithHolder)) == [
        "documents.NumberAssigned: its schema is not the committed one; run python -m contracts.freeze"
    ]
    assert write(tmp_path, told(WithHolder)) == []
    text = (tmp_path / "documents.NumberAssigned.json").read_text(encoding="utf-8")
    assert text == formatted(told(WithHolder)[0].schema())
    assert released(tmp_path) == {"documents.NumberAssigned": digest(text)}
    assert problems(tmp_path, told(WithHolder)) == []


def test_a_released_schema_is_neither_broken_nor_removed_nor_edited(tmp_path: Path) -> None:
    write(tmp_path, told(NumberAssigned), release=True)
    path = tmp_path / "documents.NumberAssigned.json"
    text = path.read_text(encoding="utf-8")
    changed = "documents.NumberAssigned: /number: type changed from integer to string"
    assert write(tmp_path, told(WithOtherNumber)) == [changed]
    assert changed in problems(tmp_path, told(WithOtherNumber))
    removed = "documents.NumberAssigned: a released message was removed; it must be understood for ever"
    assert write(tmp_path, []) == problems(tmp_path, []) == [removed]
    assert path.read_text(encoding="utf-8") == text
    path.write_text(text.replace("integer", "string"), encoding="utf-8")
    edited = "documents.NumberAssigned: its released schema was removed or edited by hand; restore it"
    assert edited in problems(tmp_path, told(WithOtherNumber))
    assert write(tmp_path, told(WithOtherNumber)) == [edited]


def test_the_check_of_the_source_tree_passes_and_writes_nothing() -> None:
    before = {path: path.stat().st_mtime_ns for path in SCHEMAS.iterdir()}
    assert main(["--check"]) == 0
    assert {path: path.stat().st_mtime_ns for path in SCHEMAS.iterdir()} == before
