"""Whatever shape a message has, all that identifies people in it is found, sealed, and opened again for its person."""

import base64
import json
from dataclasses import dataclass
from typing import Annotated, Any, Generic, Literal, TypeVar

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, ValidationError

from contracts.base import Accepted, Command, Event, Message, Page, Personal, Recorded, Row
from services.runtime.personal import concealed, found, holds_personal, opened, replaced, sealed

_T = TypeVar("_T")
_KEYS = {name: bytes([place]) * 32 for place, name in enumerate(("party-1", "party-2", "party-3"))}


class Many(Message, Generic[_T]):
    """Several of something."""

    items: tuple[_T, ...] = ()


class Tree(Command):
    """People everywhere."""

    who: Personal | None = None
    many: Annotated[tuple[Personal, ...], "any number"] = ()
    named: dict[str, Personal] = Field(default_factory=dict)
    known: frozenset[Personal] = frozenset()
    pairs: list[tuple[int, Personal | str]] = Field(default_factory=list)
    inner: tuple["Tree", ...] = ()
    boxed: Many["Tree"] | None = None
    note: str = ""


class Plain(Command):
    """Nobody anywhere."""

    count: int
    inner: tuple["Plain", ...] = ()
    anything: dict[str, Any] = Field(default_factory=dict)
    kind: Literal["a", "b"] = "a"
    size: Annotated[int | None, Field(ge=1)] = None


_texts = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=90)
_people = st.builds(Personal, person=st.sampled_from(sorted(_KEYS)), text=_texts.map(lambda text: f"⟦{text}⟧"))
_trees = st.recursive(
    st.builds(Tree, who=st.none() | _people),
    lambda inner: st.builds(
        Tree,
        who=st.none() | _people,
        many=st.lists(_people, max_size=2).map(tuple),
        named=st.dictionaries(st.sampled_from(["a", "b"]), _people),
        known=st.frozensets(_people, max_size=2),
        pairs=st.lists(st.tuples(st.integers(), _people | st.just("nobody")), max_size=2),
        inner=st.lists(inner, max_size=2).map(tuple),
        boxed=st.none() | st.builds(Many[Tree], items=st.lists(inner, max_size=2).map(tuple)),
        note=st.just("in the open"),
    ),
    max_leaves=6,
)


def _seal(value: Personal) -> Personal:
    return sealed(value, _KEYS[value.person], "documents")


def _open(value: Personal) -> Personal:
    return opened(value, _KEYS[value.person], "documents")


@given(_trees)
def test_all_of_it_is_sealed_and_all_of_it_opens(tree: Tree) -> None:
    before = tree.model_dump_json()
    closed = replaced(tree, _seal)
    written = closed.model_dump_json()

    assert "⟦" not in written
    assert "⟦" not in repr(closed)
    assert written.count('"sealed":"') == before.count('"text":"') == len(list(found(tree)))
    assert replaced(Tree.model_validate_json(written), _open) == tree
    assert tree.model_dump_json() == before


@given(_trees)
def test_a_path_leads_to_its_person(tree: Tree) -> None:
    shown = json.loads(tree.model_dump_json())
    for path, value in found(tree):
        place: Any = shown
        for step in path:
            place = place[int(step) if isinstance(place, list) else step]
        if "known" not in path:
            assert place["text"] == value.text


@given(_texts)
def test_sealing_twice_gives_two_seals_whose_length_says_little(text: str) -> None:
    value = Personal(person="party-1", text=text)
    first, second = _seal(value), _seal(value)

    assert first.sealed is not None
    assert first.sealed != second.sealed
    blocks = -(-len(text.encode()) // 64)
    assert len(base64.b64decode(first.sealed)) == 12 + 64 * blocks + 16
    assert _open(first) == _open(second) == value


@given(_people, st.integers(0, 10_000), st.integers(1, 255))
def test_no_changed_seal_opens(value: Personal, place: int, change: int) -> None:
    closed = _seal(value)
    raw = bytearray(base64.b64decode(closed.sealed or ""))
    raw[place % len(raw)] ^= change
    forged = closed.model_copy(update={"sealed": base64.b64encode(raw).decode()})

    with pytest.raises(InvalidTag):
        _open(forged)


def test_a_seal_opens_for_its_own_person_and_service_only() -> None:
    closed = _seal(Personal(person="party-1", text="Nguyễn Văn A"))
    key = _KEYS["party-1"]

    assert opened(closed, key, "documents").text == "Nguyễn Văn A"
    for person, service, used in (
        ("party-2", "documents", key),
        ("party-1", "audit", key),
        ("party-1", "documents", _KEYS["party-2"]),
    ):
        with pytest.raises(InvalidTag):
            opened(closed.model_copy(update={"person": person}), used, service)


def test_classes_that_name_nobody_are_known_and_returned_as_they_are() -> None:
    plain = Plain(count=1, inner=(Plain(count=2),), anything={"a": [1]})

    assert holds_personal(Tree)
    assert not holds_personal(Plain)
    assert replaced(plain, _seal) is plain
    assert list(found(plain)) == []


class Line(Row):
    """A row that names somebody."""

    who: Personal


def test_rows_of_a_page_are_found_even_where_the_page_was_made_of_no_row_class() -> None:
    line = Line(who=Personal(person="party-1", text="A"))

    assert holds_personal(Page[Line])
    assert not holds_personal(Page[Row])
    assert [path for path, _ in found(Page(rows=(line,)))] == [("rows", "0", "who")]


def test_a_person_where_none_could_be_sealed_is_refused_when_the_service_starts() -> None:
    @dataclass
    class Box:
        who: Personal

    class Hides(Command):
        box: Box | None = None
        who: Personal

    with pytest.raises(TypeError, match="would not be sealed"):
        holds_personal(Hides)


def test_the_facts_of_a_reply_show_nobody() -> None:
    class Known(Event):
        who: Personal

    fact = Recorded(
        id="c:0", type="documents.Known", subject="a/1", data=Known(who=_seal(Personal(person="party-1", text="A")))
    )
    shown: BaseModel = concealed(Accepted(position=1, recorded=(fact,))).recorded[0].data

    assert shown == Known(who=Personal(person="party-1", hidden="withheld"))


@pytest.mark.parametrize(
    "shape",
    [
        {},
        {"text": "A", "sealed": "A" * 124},
        {"text": "A", "hidden": "erased"},
        {"text": ""},
        {"text": "\x00"},
        {"text": "A" * 4001},
        {"sealed": "không"},
        {"hidden": "gone"},
        {"text": "A", "erased": True},
    ],
)
def test_a_value_says_exactly_one_thing(shape: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Personal.model_validate({"person": "party-1", **shape})
