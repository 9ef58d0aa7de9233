"""What the console offers: every command, query and export, read off the message classes."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from contracts.base import Command, ListQuery, Query, Row, wire_name
from contracts.catalog import SERVICES

FORMATS = ("xlsx", "csv")


@dataclass(frozen=True)
class Offer:
    """One message of one service, with its place on the wire and in the API."""

    service: str
    message: Any

    @property
    def name(self) -> str:
        """The last part of the path and of the subject."""
        return str(wire_name(self.message))

    @property
    def path(self) -> str:
        """Where the API offers it."""
        return f"/api/{self.service}/{self.name}"

    @property
    def sentence(self) -> str:
        """What it does, in English: the first line of the class's docstring."""
        text = str(self.message.__doc__ or self.message.__name__)
        return text.strip().splitlines()[0]


@dataclass(frozen=True)
class CommandOffer(Offer):
    """A command: POST with a JSON body."""

    message: type[Command]

    @property
    def subject(self) -> str:
        """Where the service listens for it."""
        return f"command.{self.service}.{self.name}"


@dataclass(frozen=True)
class QueryOffer(Offer):
    """A query: GET with its fields in the query string."""

    message: type[Query]

    @property
    def subject(self) -> str:
        """Where the service listens for it."""
        return f"query.{self.service}.{self.name}"

    @cached_property
    def lists(self) -> frozenset[str]:
        """The fields that hold several values, so that one value in the query string is a list of one."""
        properties: dict[str, dict[str, Any]] = self.message.model_json_schema().get("properties", {})
        return frozenset(
            name
            for name, schema in properties.items()
            if "array" in (schema.get("type"), *(option.get("type") for option in schema.get("anyOf", ())))
        )

    @property
    def row(self) -> type[Row] | None:
        """The row class when the query lists rows that have columns, so that it can be exported."""
        if not issubclass(self.message, ListQuery):
            return None
        row: type[Row] = self.message.answer.__pydantic_generic_metadata__["args"][0]
        return row if any(column_number(field) for field in row.model_fields.values()) else None


def column_number(field: Any) -> int | None:
    """Return the number of the legal column a row's field stands in, if it stands in one."""
    extra = field.json_schema_extra
    return extra.get("column") if isinstance(extra, dict) else None


COMMANDS = tuple(CommandOffer(name, message) for name, words in SERVICES.items() for message in words.COMMANDS)
QUERIES = tuple(QueryOffer(name, message) for name, words in SERVICES.items() for message in words.QUERIES)
EXPORTS = tuple(offer for offer in QUERIES if offer.row is not None)
