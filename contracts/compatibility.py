"""Tells whether a message's schema only grew: what was said or kept once must be understood for ever."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

Schema: TypeAlias = Mapping[str, Any]

_LOWER_BOUNDS = ("minimum", "exclusiveMinimum", "minLength", "minItems")
_UPPER_BOUNDS = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")
_MUST_STAY = ("pattern", "format", "uniqueItems")
_NAMES = ("x-subject", "x-type")


def breaking_changes(before: Schema, after: Schema, *, answered: bool = False) -> tuple[str, ...]:
    """Return what breaks those who know only `before`, each as `path: reason`; empty when the schema only grew.

    Both are JSON Schemas (2020-12) as pydantic writes them. What is said to us or kept by us must go on being accepted:
    no field removed, no new required field, no narrower type, choice or limit. What is `answered` must go on being
    given: no field removed, none no longer always there, no other type. Names on the wire never change.
    """
    names = tuple(
        f"{name}: changed from {before[name]!r} to {after.get(name)!r}"
        for name in _NAMES
        if name in before and before[name] != after.get(name)
    )
    walk = _Walk(before, after, answered)
    return names + tuple(dict.fromkeys(walk.compare(before, after, "")))


class _Walk:
    """Goes through two schemas side by side, following references of each into its own definitions."""

    def __init__(self, before: Schema, after: Schema, answered: bool) -> None:
        self._roots = before, after
        self._answered = answered
        self._open: set[tuple[str, str]] = set()

    def compare(self, before: Schema, after: Schema, path: str) -> Iterator[str]:
        pair = str(before.get("$ref", "")), str(after.get("$ref", ""))
        if all(pair):
            if pair in self._open:
                return
            self._open.add(pair)
        yield from self._same_place(_resolved(before, self._roots[0]), _resolved(after, self._roots[1]), path)
        self._open.discard(pair)

    def _same_place(self, before: Schema, after: Schema, path: str) -> Iterator[str]:
        options = [list(_options(before)), list(_options(after))]
        if any(len(found) > 1 for found in options):
            yield from self._choice(options[0], options[1], path)
            return
        yield from _types(before, after, path)
        yield from self._values(before, after, path)
        if not self._answered:
            yield from _limits(before, after, path)
        yield from self._fields(before, after, path)
        yield from self._parts(before, after, path)

    def _choice(self, before: list[Schema], after: list[Schema], path: str) -> Iterator[str]:
        """Every way it could be said must still be accepted; every way it can be answered must have been known."""
        roots = self._roots
        asked, offered = (after, before) if self._answered else (before, after)
        asked_root, offered_root = (roots[1], roots[0]) if self._answered else roots
        for option in asked:
            kind = _resolved(option, asked_root).get("type", "any")
            pairs = [(way, option) if self._answered else (option, way) for way in offered]
            found = [list(self.compare(*pair, path)) for pair in pairs]
            if all(found):
                alike = [
                    changes
                    for changes, way in zip(found, offered, strict=True)
                    if _resolved(way, offered_root).get("type", "any") == kind
                ]
                lost = [f"{path or '/'}: {kind} is {'new' if self._answered else 'no longer accepted'}"]
                yield from min(alike, key=len, default=lost)

    def _values(self, before: Schema, after: Schema, path: str) -> Iterator[str]:
        old, new = _choices(before), _choices(after)
        if self._answered or new is None:
            return
        if old is None:
            yield f"{path or '/'}: only some values are accepted now"
            return
        for value in old:
            if value not in new:
                yield f"{path or '/'}: value {value!r} is no longer accepted"

    def _fields(self, before: Schema, after: Schema, path: str) -> Iterator[str]:
        old, new = before.get("properties", {}), after.get("properties", {})
        for name, field in old.items():
            if name in new:
                yield from self.compare(field, new[name], f"{path}/{name}")
            else:
                yield f"{path}/{name}: field was removed"
        required = set(before.get("required", ())), set(after.get("required", ()))
        if self._answered:
            lost = (required[0] - required[1]).intersection(new)
            yield from (f"{path}/{name}: field is no longer always given" for name in sorted(lost))
        else:
            yield from (f"{path}/{name}: field is required now" for name in sorted(required[1] - required[0]))

    def _parts(self, before: Schema, after: Schema, path: str) -> Iterator[str]:
        for keyword, step in (("items", "[]"), ("additionalProperties", "{}")):
            old, new = before.get(keyword, True), after.get(keyword, True)
            if isinstance(old, Mapping) and isinstance(new, Mapping):
                yield from self.compare(old, new, path + step)
            elif not self._answered and old is not False and new is not True:
                yield f"{path + step}: accepts less now"


def _resolved(schema: Schema, root: Schema) -> Schema:
    while "$ref" in schema:
        named: Schema = root["$defs"][schema["$ref"].removeprefix("#/$defs/")]
        schema = {**named, **{key: value for key, value in schema.items() if key != "$ref"}}
    return schema


def _options(schema: Schema) -> Iterator[Schema]:
    yield from schema.get("anyOf") or schema.get("oneOf") or (schema,)


def _choices(schema: Schema) -> list[Any] | None:
    return [schema["const"]] if "const" in schema else schema.get("enum")


def _types(before: Schema, after: Schema, path: str) -> Iterator[str]:
    old, new = before.get("type"), after.get("type")
    grew = new is None or (old, new) == ("integer", "number")
    if old != new and not grew:
        yield f"{path or '/'}: type changed from {old or 'any'} to {new}"


def _limits(before: Schema, after: Schema, path: str) -> Iterator[str]:
    for bound in _LOWER_BOUNDS:
        if bound in after and (bound not in before or after[bound] > before[bound]):
            yield f"{path or '/'}: {bound} is {after[bound]} now"
    for bound in _UPPER_BOUNDS:
        if bound in after and (bound not in before or after[bound] < before[bound]):
            yield f"{path or '/'}: {bound} is {after[bound]} now"
    for keyword in _MUST_STAY:
        if keyword in after and after[keyword] != before.get(keyword):
            yield f"{path or '/'}: {keyword} is {after[keyword]!r} now"
