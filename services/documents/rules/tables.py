"""The tables of law of the documents desk, typed, and the deadlines counted from them."""

from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator

from contracts.documents import System, Urgency
from services.runtime.rules import Table, load
from services.runtime.working_days import WorkingCalendar

_RULES = files("services.documents.rules")


@dataclass(frozen=True)
class DocumentType:
    """A type of document of the Party's or the State's system.

    `code` names the type for ever, one counter each; `printed` are the letters in the notation, which two types may
    share (QĐ, since 05-HD/VPTW, for Quyết định and Quy định) and some lack (a state công văn, a law).
    """

    system: System
    code: str
    kind: Literal["document", "administrative", "copy", "legislative"]
    name_vi: str
    name_en: str
    printed: str | None = None
    old_codes: Annotated[tuple[str, ...], BeforeValidator(str.split)] = ()


@dataclass(frozen=True)
class UrgencyLevel:
    """A degree of urgency, its edXML code, and its time limits in working days; 0 means at once."""

    urgency: Urgency
    code: int
    name_vi: str
    name_en: str
    register_within_working_days: int
    resolve_within_working_days: int
    approaching_working_days: int


@dataclass(frozen=True)
class SecrecyLevel:
    """A degree of secrecy, its stamp, and whether this software may hold such a document at all."""

    secrecy: Literal["none", "confidential", "secret", "top_secret", "recall"]
    name_vi: str
    name_en: str
    accepted: bool
    marking: str | None = None


def document_types(override_folder: Path | None = None) -> Table[DocumentType]:
    """Read the types of documents, asked by system and code; `override_folder` holds an office's own rows."""
    return load(_RULES / "document_types.csv", DocumentType, key=("system", "code"), override_folder=override_folder)


def urgency_levels(override_folder: Path | None = None) -> Table[UrgencyLevel]:
    """Read the degrees of urgency, asked by urgency; `override_folder` holds an office's own time limits."""
    return load(_RULES / "urgency_levels.csv", UrgencyLevel, key=("urgency",), override_folder=override_folder)


def secrecy_levels() -> Table[SecrecyLevel]:
    """Read the degrees of secrecy, asked by secrecy; no office may override the legal bar."""
    return load(_RULES / "secrecy_levels.csv", SecrecyLevel, key=("secrecy",))


DOCUMENT_TYPES = document_types()
URGENCY_LEVELS = urgency_levels()
SECRECY_LEVELS = secrecy_levels()


def deadline(
    urgency: Urgency, arrived_on: date, calendar: WorkingCalendar, table: Table[UrgencyLevel] = URGENCY_LEVELS
) -> date:
    """Return the last day to resolve a document that gives no deadline itself, counted from the day it arrived.

    Urgent documents are due on the day they arrive, worked or not (Nghị định 30/2020/NĐ-CP, Điều 24). Raises
    NoRuleInForce or OutsideCalendar.
    """
    level = table.in_force(arrived_on, urgency=urgency)
    return calendar.add_working_days(arrived_on, level.resolve_within_working_days)


def register_by(
    urgency: Urgency, arrived_on: date, calendar: WorkingCalendar, table: Table[UrgencyLevel] = URGENCY_LEVELS
) -> date:
    """Return the last day to register and forward a document: the next working day, or the same day if urgent.

    Nghị định 30/2020/NĐ-CP, Điều 4 and 23. Raises NoRuleInForce or OutsideCalendar.
    """
    level = table.in_force(arrived_on, urgency=urgency)
    return calendar.add_working_days(arrived_on, level.register_within_working_days)


def approaching_from(
    urgency: Urgency, due_on: date, calendar: WorkingCalendar, table: Table[UrgencyLevel] = URGENCY_LEVELS
) -> date:
    """Return the day from which a deadline counts as approaching; raises NoRuleInForce or OutsideCalendar."""
    level = table.in_force(due_on, urgency=urgency)
    return calendar.add_working_days(due_on, -level.approaching_working_days)
