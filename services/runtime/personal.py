"""Finding what identifies a person in a message, sealing it under the person's key, and opening it."""

import base64
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import is_dataclass
from functools import cache
from inspect import isclass
from typing import Annotated, Any, ForwardRef, Literal, TypeVar, get_args, get_origin, get_type_hints, is_typeddict

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import BaseModel

from contracts.base import Accepted, Personal

M = TypeVar("M")
Path = tuple[str, ...]

_NONCE_BYTES = 12
_BLOCK_BYTES = 64
_COLLECTIONS = (tuple, list, set, frozenset)
_NOBODY = (None, Any, Ellipsis)


@cache
def holds_personal(message: type[BaseModel]) -> bool:
    """Tell whether messages of a class can have `Personal` values in them; found once for each class.

    Raises TypeError where one is inside a dataclass, a named tuple or a typed dictionary: it would not be sealed there.
    """
    return _holds(message, message, set())


@cache
def _personal_fields(message: type[BaseModel]) -> tuple[str, ...]:
    return tuple(name for name, field in message.model_fields.items() if _holds(field.annotation, message, set()))


def _holds(annotation: Any, owner: Any, seen: set[Any]) -> bool:
    if isinstance(annotation, str | ForwardRef):
        name = annotation if isinstance(annotation, str) else annotation.__forward_arg__
        annotation = vars(sys.modules[owner.__module__]).get(name, annotation)
    if isclass(annotation) and issubclass(annotation, BaseModel):
        if annotation in seen:
            return False
        seen.add(annotation)
        inside = {_holds(field.annotation, annotation, seen) for field in annotation.model_fields.values()}
        return issubclass(annotation, Personal) or True in inside
    if isclass(annotation) and (is_typeddict(annotation) or is_dataclass(annotation) or hasattr(annotation, "_fields")):
        if True in {_holds(hint, annotation, seen) for hint in get_type_hints(annotation).values()}:
            raise TypeError(f"a Personal inside {annotation} would not be sealed; make it a Message")
        return False
    if isclass(annotation) or annotation in _NOBODY or get_origin(annotation) is Literal:
        return False
    parts = get_args(annotation)[:1] if get_origin(annotation) is Annotated else get_args(annotation)
    # Of a type variable, or a reference to what is not there yet, only the value itself knows the class.
    return not parts or True in {_holds(part, owner, seen) for part in parts}


def found(value: Any, path: Path = ()) -> Iterator[tuple[Path, Personal]]:
    """Yield every `Personal` inside a message, each with the steps of its path, such as ("parties", "0", "who")."""
    if isinstance(value, Personal):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in _personal_fields(type(value)):
            yield from found(getattr(value, name), (*path, name))
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from found(part, (*path, str(key)))
    elif isinstance(value, _COLLECTIONS):
        for place, part in enumerate(value):
            yield from found(part, (*path, str(place)))


def replaced(value: M, change: Callable[[Personal], Personal]) -> M:
    """Return a message with every `Personal` changed; what has none inside is returned as it is."""
    result: Any = value
    if isinstance(value, Personal):
        result = change(value)
    elif isinstance(value, BaseModel):
        before = {name: getattr(value, name) for name in _personal_fields(type(value))}
        after = {name: replaced(part, change) for name, part in before.items()}
        changed = {name: part for name, part in after.items() if part is not before[name]}
        result = value.model_copy(update=changed) if changed else value
    elif isinstance(value, Mapping):
        result = {key: replaced(part, change) for key, part in value.items()}
    elif isinstance(value, _COLLECTIONS):
        result = type(value)(replaced(part, change) for part in value)
    return result  # type: ignore[no-any-return]


def concealed(reply: Any) -> Any:
    """Return a command's reply with the personal values of its facts withheld; other replies as they are."""
    if not isinstance(reply, Accepted):
        return reply
    facts = [fact.model_copy(update={"data": replaced(fact.data, withheld)}) for fact in reply.recorded]
    return reply.model_copy(update={"recorded": tuple(facts)})


def withheld(value: Personal) -> Personal:
    """Return a value as those see it who may not know it: the pseudonym alone."""
    return Personal(person=value.person, hidden="withheld")


def sealed(value: Personal, key: bytes, service: str) -> Personal:
    """Return a plain value sealed with AES-256-GCM (NIST SP 800-38D) under a 32-byte key and a random 96-bit nonce.

    Service and person are authenticated with it, so it opens for no other. Its length tells that of the text in steps
    of 64 bytes only.
    """
    text = (value.text or "").encode()
    padded = text + bytes(-len(text) % _BLOCK_BYTES)
    nonce = os.urandom(_NONCE_BYTES)
    ciphertext = AESGCM(key).encrypt(nonce, padded, _bound_to(service, value.person))
    return Personal(person=value.person, sealed=base64.b64encode(nonce + ciphertext).decode())


def opened(value: Personal, key: bytes, service: str) -> Personal:
    """Return a sealed value in plain words; raise InvalidTag or ValueError when it is not of this key and person."""
    raw = base64.b64decode(value.sealed or "", validate=True)
    padded = AESGCM(key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], _bound_to(service, value.person))
    return Personal(person=value.person, text=padded.rstrip(b"\0").decode())


def _bound_to(service: str, person: str) -> bytes:
    return f"motmoi personal 1\0{service}\0{person}".encode()
