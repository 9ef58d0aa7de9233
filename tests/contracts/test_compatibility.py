"""What counts as breaking those who know only the released schema, and what only grows it."""

from typing import Any, Literal

import pytest
from pydantic import Field, create_model

from contracts.base import Message
from contracts.compatibility import breaking_changes


class Reference(Message):
    """A part of a message."""

    name: str


class Wider(Message):
    """The same part, grown."""

    name: str
    size: int = 0


class Narrower(Message):
    """The same part with something that must be said now."""

    name: str
    size: int


def schema(mode: Literal["validation", "serialization"] = "validation", **fields: Any) -> dict[str, Any]:
    named: dict[str, Any] = {
        name: field if isinstance(field, tuple) else (field, ...) for name, field in fields.items()
    }
    model: type[Message] = create_model("Spoken", __base__=Message, **named)
    return model.model_json_schema(mode=mode)


BASE = schema(kept=str)
GROWN = [
    ("a new field that may be left out", BASE, schema(kept=str, more=(str | None, None))),
    ("a required field that may be left out now", BASE, schema(kept=(str, "x"))),
    ("a field that may be null now", BASE, schema(kept=str | None)),
    ("one more choice", schema(kept=Literal["a", "b"]), schema(kept=Literal["a", "b", "c"])),
    ("a choice that became any text", schema(kept=Literal["a", "b"]), schema(kept=str)),
    ("a single choice that got company", schema(kept=Literal["a"]), schema(kept=Literal["b", "a"])),
    ("a whole number that may have a fraction", schema(kept=int), schema(kept=float)),
    (
        "limits that are further apart",
        schema(kept=(int, Field(ge=1, le=5))),
        schema(kept=(int, Field(ge=0, le=9))),
    ),
    ("a limit that went away", schema(kept=(str, Field(max_length=5, pattern="^a"))), BASE),
    ("a part that grew", schema(part=Reference), schema(part=Wider)),
    ("a list whose items grew", schema(parts=tuple[Reference, ...]), schema(parts=tuple[Wider, ...])),
    ("a longer list", schema(kept=(list[str], Field(max_length=2))), schema(kept=(list[str], Field(max_length=3)))),
    ("another default", schema(kept=(int, 1)), schema(kept=(int, 2))),
    ("another way to say it", schema(kept=int | None), schema(kept=int | str | None)),
]
BROKEN = [
    ("/kept: field was removed", BASE, schema(other=(str, ""))),
    ("/more: field is required now", BASE, schema(kept=str, more=str)),
    ("/kept: field is required now", schema(kept=(str, "x")), BASE),
    ("/kept: null is no longer accepted", schema(kept=str | None), BASE),
    ("/kept: type changed from string to integer", BASE, schema(kept=int)),
    ("/kept: type changed from number to integer", schema(kept=float), schema(kept=int)),
    ("/kept: value 'b' is no longer accepted", schema(kept=Literal["a", "b"]), schema(kept=Literal["a", "c"])),
    ("/kept: only some values are accepted now", BASE, schema(kept=Literal["a", "b"])),
    ("/kept: maximum is 4 now", schema(kept=(int, Field(le=5))), schema(kept=(int, Field(le=4)))),
    ("/kept: minLength is 1 now", BASE, schema(kept=(str, Field(min_length=1)))),
    ("/kept: pattern is '^b' now", schema(kept=(str, Field(pattern="^a"))), schema(kept=(str, Field(pattern="^b")))),
    ("/kept: maxLength is 4 now", schema(kept=(str | None, Field(max_length=5))),
     schema(kept=(str | None, Field(max_length=4)))),
    ("/part/size: field is required now", schema(part=Reference), schema(part=Narrower)),
    ("/parts[]/size: field is required now", schema(parts=tuple[Reference, ...]), schema(parts=tuple[Narrower, ...])),
    ("/part/size: field was removed", schema(part=Wider | None), schema(part=Reference | None)),
    ("/kept{}: type changed from string to integer", schema(kept=dict[str, str]), schema(kept=dict[str, int])),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), [case[1:] for case in GROWN], ids=[case[0] for case in GROWN])
def test_what_only_grows_breaks_nobody(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert breaking_changes(before, after) == ()


@pytest.mark.parametrize(("reason", "before", "after"), BROKEN, ids=[case[0] for case in BROKEN])
def test_what_narrows_a_message_is_named_with_its_place(
    reason: str, before: dict[str, Any], after: dict[str, Any]
) -> None:
    assert breaking_changes(before, after) == (reason,)


@pytest.mark.parametrize("before", [case[1] for case in (*GROWN, *BROKEN)])
def test_a_schema_is_compatible_with_itself_said_or_answered(before: dict[str, Any]) -> None:
    assert breaking_changes(before, before) == ()
    assert breaking_changes(before, before, answered=True) == ()


def test_a_message_keeps_its_name_on_the_wire_for_ever() -> None:
    before = {**BASE, "x-subject": "command.documents.register-incoming"}
    after = {**BASE, "x-subject": "command.documents.enter-incoming"}
    assert breaking_changes(before, after) == (
        "x-subject: changed from 'command.documents.register-incoming' to 'command.documents.enter-incoming'",
    )
    assert breaking_changes(before, BASE)[0].startswith("x-subject: changed")
    assert breaking_changes({**BASE, "x-type": "documents.A"}, {**BASE, "x-type": "documents.B"})


def test_extra_fields_once_accepted_stay_accepted() -> None:
    open_to_more = {"type": "object", "properties": {}}
    assert breaking_changes(open_to_more, {**open_to_more, "additionalProperties": False}) == ("{}: accepts less now",)


def test_a_part_that_holds_itself_is_compared_once() -> None:
    tree = {
        "$ref": "#/$defs/Tree",
        "$defs": {"Tree": {"type": "object", "properties": {"below": {"$ref": "#/$defs/Tree"}}}},
    }
    assert breaking_changes(tree, tree) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (BASE, schema("serialization", kept=str, more=str)),
        (BASE, schema("serialization", kept=(str, Field(max_length=4)))),
        (schema(kept=str | None), BASE),
        (schema(kept=Literal["a"]), schema(kept=Literal["a", "b"])),
    ],
    ids=["one more field", "a shorter text", "never null any more", "one more value"],
)
def test_an_answer_may_say_more_and_promise_more(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert breaking_changes(before, after, answered=True) == ()


@pytest.mark.parametrize(
    ("reason", "before", "after"),
    [
        ("/kept: field was removed", BASE, schema(other=str)),
        ("/kept: field is no longer always given", BASE, schema(kept=(str, "x"))),
        ("/kept: null is new", BASE, schema(kept=str | None)),
        ("/kept: type changed from string to integer", BASE, schema(kept=int)),
    ],
)
def test_an_answer_goes_on_giving_what_it_gave(reason: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    assert breaking_changes(before, after, answered=True) == (reason,)
