"""Everything the log holds has a name in both languages, and nothing has a name that the log does not hold."""

from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic import BaseModel

from contracts.catalog import SERVICES as WORDS
from contracts.titles import (
    EVENTS,
    FIELDS,
    RECORDS,
    VALUES,
    Title,
    event_title,
    field_key,
    field_title,
    record_title,
    value_title,
)
from services.documents.deciders import incoming_direction
from services.ops.registry import SERVICES

TYPES = {f"{service}.{event.__name__}": event for service, words in WORDS.items() for event in words.EVENTS}
NAMES = {**EVENTS, **RECORDS, **FIELDS, **{" = ".join(key): title for key, title in VALUES.items()}}
BASES = {("deadline_basis", "direction"), ("deadline_basis", "document")}


def parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    if get_origin(annotation) is not Literal:
        for part in get_args(annotation):
            yield from parts(part)


def fields(message: type[BaseModel], path: str = "") -> Iterator[tuple[str, Any]]:
    """Every field of a message with its path, such as `signer.name`, at any depth."""
    for name, field in message.model_fields.items():
        yield f"{path}{name}", field.annotation
        for part in parts(field.annotation):
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield from fields(part, f"{path}{name}.")


RECORDED = [rule for service in SERVICES.values() for rule in service.queries if rule.records]
NOT_RECORDED = {"after", "limit", "descending"}
ALL_FIELDS = [(kind, *field) for kind, event in TYPES.items() for field in fields(event)] + [
    ("audit.TrailRead", f"asked.{name}", None)
    for rule in RECORDED
    for name in rule.query.model_fields.keys() - NOT_RECORDED
]


def test_every_event_of_every_service_has_a_name_and_nothing_else_has_one() -> None:
    assert EVENTS.keys() == TYPES.keys()


def test_every_kind_of_record_of_every_service_has_a_name_and_nothing_else_has_one() -> None:
    assert {f"{s.name}.{aggregate.name}" for s in SERVICES.values() for aggregate in s.aggregates} == RECORDS.keys()


def test_every_field_of_every_event_has_a_name_and_no_name_is_without_its_field() -> None:
    keys = {(kind, path): field_key(kind, path) for kind, path, _ in ALL_FIELDS}
    assert [field for field, key in keys.items() if key is None] == []
    assert set(keys.values()) == FIELDS.keys()


def test_every_code_an_event_may_hold_has_a_name_and_no_name_is_without_its_code() -> None:
    codes = {
        (path.rsplit(".", 1)[-1], code)
        for _, path, annotation in ALL_FIELDS
        for part in parts(annotation)
        if get_origin(part) is Literal
        for code in get_args(part)
    }
    asked = {
        ("query", rule.records(rule.query.model_construct(), None).query)  # type: ignore[arg-type, attr-defined]
        for rule in RECORDED
    }
    assert VALUES.keys() == codes | asked | BASES
    source = incoming_direction.__loader__.get_source(incoming_direction.__name__)  # type: ignore[union-attr]
    assert all(f'"{basis}"' in str(source) for _, basis in BASES)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_said_in_both_languages_and_stands_by_itself(name: str) -> None:
    title = NAMES[name]
    for text in title:
        assert text == text.strip() != ""
        assert text[0] == text[0].upper()
        assert not text.endswith(".")
    assert title.vi != title.en


def test_a_field_is_named_by_where_it_stands() -> None:
    assert field_title("documents.OutgoingRegistered", "signer.name").vi == "Họ và tên"
    assert field_title("documents.IncomingRegistered", "files.name").vi == "Tên tệp"
    assert field_title("documents.IncomingRegistered", "files.sha256").en == "SHA-256"
    assert field_title("documents.IncomingRegistered", "note").en == "Note"
    assert field_title("audit.CheckpointSigned", "note").en == "Signed note"


def test_what_has_no_name_yet_is_called_as_it_is_written() -> None:
    assert event_title("finance.PaymentMade") == Title("finance.PaymentMade", "finance.PaymentMade")
    assert record_title("finance", "payment") == Title("payment", "payment")
    assert field_title("finance.PaymentMade", "unnamed_vnd") == Title("unnamed_vnd", "unnamed_vnd")
    assert value_title("urgency", "whenever") is None
    assert value_title("late", False) is None
    assert value_title("urgency", "express") == Title("Hỏa tốc", "Express")
