"""The tables of scheduling, typed: limits, needs of each kind of thing, sessions of the day, cut-offs, priorities."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from contracts.base import Role
from contracts.scheduling import PriorityClass, ThingKind
from contracts.scheduling.weekly.values import DaySession
from services.runtime.rules import Table, load

_RULES = files("services.scheduling.rules")
_Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


@dataclass(frozen=True)
class Limit:
    """A number the office has set for itself; its unit is the end of its name."""

    limit: str
    value: Annotated[int, Field(ge=0)]


@dataclass(frozen=True)
class KindOfThing:
    """The minutes a thing of a kind needs around each booking, and whether it is released when nobody comes."""

    kind: ThingKind
    travel_inside_minutes: Annotated[int, Field(ge=0, le=240)]
    travel_between_minutes: Annotated[int, Field(ge=0, le=240)]
    preparation_minutes: Annotated[int, Field(ge=0, le=1440)]
    cleaning_minutes: Annotated[int, Field(ge=0, le=1200)]
    check_in: bool


@dataclass(frozen=True)
class Session:
    """A part of the day (buổi), by the office's clock; the parts that are `working` are the office's hours."""

    session: DaySession
    opens: _Clock
    closes: _Clock
    name_vi: str
    name_en: str

    @property
    def working(self) -> bool:
        """Whether people are at work in it anyway: neither the evening, nor the day, which is both its halves."""
        return self.session in ("morning", "afternoon")


@dataclass(frozen=True)
class WeeklyCutoff:
    """Until when items are proposed for a week: the day of the week before (1 is Monday) and the office's clock.

    `calendar` is that whose rule it is; `all` holds for those that have none of their own.
    """

    calendar: str
    weekday: Annotated[int, Field(ge=1, le=7)]
    clock: _Clock


@dataclass(frozen=True)
class PriorityOfRole:
    """The class a booking of this role has, and the highest it may claim for those it books for."""

    role: Role
    usual: PriorityClass
    best: PriorityClass


def limits(override_folder: Path | None = None) -> Table[Limit]:
    """Read the limits, asked by limit; `override_folder` holds an office's own."""
    return load(_RULES / "limits.csv", Limit, key=("limit",), override_folder=override_folder)


def kinds(override_folder: Path | None = None) -> Table[KindOfThing]:
    """Read what each kind of thing needs, asked by kind."""
    return load(_RULES / "kinds.csv", KindOfThing, key=("kind",), override_folder=override_folder)


def sessions(override_folder: Path | None = None) -> Table[Session]:
    """Read the sessions of the day, asked by session."""
    return load(_RULES / "sessions.csv", Session, key=("session",), override_folder=override_folder)


def weekly_cutoffs(override_folder: Path | None = None) -> Table[WeeklyCutoff]:
    """Read until when items are proposed for a week, asked by calendar."""
    return load(_RULES / "weekly_cutoff.csv", WeeklyCutoff, key=("calendar",), override_folder=override_folder)


def priorities(override_folder: Path | None = None) -> Table[PriorityOfRole]:
    """Read the classes of priority, asked by role."""
    return load(_RULES / "priorities.csv", PriorityOfRole, key=("role",), override_folder=override_folder)
