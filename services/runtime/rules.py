"""Dated tables of law: CSV files whose rows say from when to when they hold, on what basis, and how sure we are."""

import csv
import os
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, model_validator

RowType = TypeVar("RowType")
SourceTag: TypeAlias = Literal["V", "V1", "C", "M", "D"]
"""V: official text or two sources; V1: one secondary source; C: computed; M: from memory; D: our design."""


class RuleFileError(ValueError):
    """A table of rules cannot be read; the message names the file and the line."""


class NoRuleInForce(LookupError):
    """No row of a table holds for a key on a day."""

    def __init__(self, table: str, key: Mapping[str, Hashable], on: date) -> None:
        self.table, self.key, self.on = table, dict(key), on
        shown = ", ".join(f"{name}={value!r}" for name, value in key.items())
        super().__init__(f"table {table}: no rule in force on {on.isoformat()} for {shown}")


class Validity(BaseModel):
    """The four columns every table of law carries; an empty day is an open end, and `effective_to` is the last day."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_min_length=1)

    effective_from: date | None = None
    effective_to: date | None = None
    legal_basis: str
    source_tag: SourceTag

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "Validity":
        if self.effective_from and self.effective_to and self.effective_to < self.effective_from:
            raise ValueError("effective_to is before effective_from")
        return self

    def covers(self, on: date) -> bool:
        """Tell whether the rule holds on the day; both ends are included."""
        return (self.effective_from or date.min) <= on <= (self.effective_to or date.max)

    def overlaps(self, other: "Validity") -> bool:
        """Tell whether a day exists on which both hold."""
        return (self.effective_from or date.min) <= (other.effective_to or date.max) and (
            other.effective_from or date.min
        ) <= (self.effective_to or date.max)


@dataclass(frozen=True)
class Entry(Generic[RowType]):
    """One row of a table with its days, its legal basis, and where it was written (`file:line`)."""

    row: RowType
    validity: Validity
    origin: str


class Table(Generic[RowType]):
    """The rows of one table of law by key; where an office's own row covers a day, it stands in for the shipped one."""

    def __init__(
        self, name: str, key: Sequence[str], shipped: Sequence[Entry[RowType]], office: Sequence[Entry[RowType]] = ()
    ) -> None:
        """Index the entries; two entries of one source with the same key and a day in common raise RuleFileError."""
        self.name, self.key = name, tuple(key)
        self._entries: dict[tuple[Hashable, ...], list[Entry[RowType]]] = {}
        for source in (office, shipped):
            for key_values, entries in _by_key(source, self.key).items():
                self._entries.setdefault(key_values, []).extend(entries)

    def in_force(self, on: date, **key: Hashable) -> RowType:
        """Return the row that holds for the key on the day; raises NoRuleInForce, or TypeError for a wrong key."""
        return self.entry(on, **key).row

    def entry(self, on: date, **key: Hashable) -> Entry[RowType]:
        """Return what `in_force` returns, with its validity, so that a record can keep the basis of its day."""
        if key.keys() != set(self.key):
            raise TypeError(f"table {self.name} is asked by {', '.join(self.key)}, not by {', '.join(key)}")
        entries = self._entries.get(tuple(key[name] for name in self.key), ())
        found = next((entry for entry in entries if entry.validity.covers(on)), None)
        if found is None:
            raise NoRuleInForce(self.name, key, on)
        return found

    def all_in_force(self, on: date) -> tuple[RowType, ...]:
        """Return the row of every key that has one on the day, in the order of the files."""
        return tuple(entry.row for entry in self.all_entries(on))

    def all_entries(self, on: date) -> tuple[Entry[RowType], ...]:
        """Return what `all_in_force` returns, with each row's validity."""
        held = (next((e for e in entries if e.validity.covers(on)), None) for entries in self._entries.values())
        return tuple(entry for entry in held if entry is not None)

    def __iter__(self) -> Iterator[Entry[RowType]]:
        """Yield every entry of every time, an office's own before the shipped ones of the same key."""
        for entries in self._entries.values():
            yield from entries


def office_rules() -> Path | None:
    """Return the folder of the office's own tables (MOTMOI_RULES), for those read once, as a program starts."""
    folder = os.environ.get("MOTMOI_RULES")
    return Path(folder) if folder else None


def load(
    source: Path | Traversable, row_type: type[RowType], *, key: Sequence[str], override_folder: Path | None = None
) -> Table[RowType]:
    """Read a CSV (UTF-8, comma) of the columns of `row_type` and of Validity into a table asked by `key`.

    `row_type` is a frozen pydantic model or a frozen dataclass; an empty cell leaves its column to its default. A CSV
    of the same name in `override_folder` overrides or adds rows. Raises RuleFileError naming the file and the line.
    """
    shipped = _read(source, row_type)
    override = override_folder / source.name if override_folder is not None else None
    office = _read(override, row_type) if override is not None and override.is_file() else []
    return Table(source.name.removesuffix(".csv"), key, shipped, office)


def _read(source: Path | Traversable, row_type: type[RowType]) -> list[Entry[RowType]]:
    expected = [*_columns(row_type), *Validity.model_fields]
    adapter = TypeAdapter(row_type)
    reader = csv.DictReader(_lines(source), strict=True)
    try:
        if sorted(reader.fieldnames or ()) != sorted(expected):
            raise RuleFileError(f"{source.name}:1: the columns must be {', '.join(expected)}")
        return [_entry(record, adapter, f"{source.name}:{reader.line_num}") for record in reader]
    except csv.Error as error:
        raise RuleFileError(f"{source.name}:{reader.reader.line_num}: {error}") from error


def _lines(source: Path | Traversable) -> list[str]:
    try:
        return source.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError as error:
        raise RuleFileError(f"{source.name}: the file is not UTF-8") from error


def _entry(record: Mapping[str, Any], adapter: TypeAdapter[RowType], origin: str) -> Entry[RowType]:
    if None in record or None in record.values():
        raise RuleFileError(f"{origin}: the number of cells differs from the number of columns")
    cells = {column: cell.strip() for column, cell in record.items() if cell.strip()}
    validity = {column: cells.pop(column) for column in Validity.model_fields if column in cells}
    try:
        return Entry(adapter.validate_python(cells), Validity.model_validate(validity), origin)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        raise RuleFileError(f"{origin}: {faults}") from error


def _columns(row_type: type[object]) -> list[str]:
    if is_dataclass(row_type):
        return [field.name for field in fields(row_type)]
    if issubclass(row_type, BaseModel):
        return list(row_type.model_fields)
    raise TypeError(f"{row_type.__name__} is neither a pydantic model nor a dataclass")


def _by_key(entries: Sequence[Entry[RowType]], key: Sequence[str]) -> dict[tuple[Hashable, ...], list[Entry[RowType]]]:
    grouped: dict[tuple[Hashable, ...], list[Entry[RowType]]] = {}
    for entry in entries:
        same_key = grouped.setdefault(tuple(getattr(entry.row, name) for name in key), [])
        for earlier in same_key:
            if earlier.validity.overlaps(entry.validity):
                raise RuleFileError(f"{entry.origin}: overlaps {earlier.origin}, which has the same {', '.join(key)}")
        same_key.append(entry)
    return grouped
