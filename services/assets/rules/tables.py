"""The tables of law of assets, typed: classes with their lives and rates of wear, thresholds, reminders."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from contracts.assets import DueKind
from services.runtime.rules import Table, load

_RULES = files("services.assets.rules")


@dataclass(frozen=True)
class AssetClass:
    """A class of fixed assets and how it wears.

    `life` says where the years come from: this table, a rule or decision of the asset's own, one if anybody sets it, or
    none because it never wears. `rate` is hundredths of a percent a year, as the law prints it: 667 is 6.67 %.
    `threshold` says whether it must cost what a fixed asset costs at least.
    """

    code: str
    group: Literal[
        "building",
        "structure",
        "car",
        "vehicle",
        "machine",
        "living",
        "other",
        "land",
        "software",
        "intangible",
        "special",
        "room",
    ]
    name_vi: str
    name_en: str
    life: Literal["table", "decided", "optional", "none"]
    threshold: bool
    years: Annotated[int | None, Field(ge=1, le=200)] = None
    rate: Annotated[int | None, Field(ge=1, le=10_000)] = None


@dataclass(frozen=True)
class Threshold:
    """The cost in đồng and the years of life from which something is a fixed asset, or is declared singly."""

    kind: Literal["fixed_asset", "declared_singly"]
    minimum_vnd: int
    minimum_years: int | None = None


@dataclass(frozen=True)
class Reminder:
    """How many days before it is due something is said to be near."""

    kind: DueKind
    days_before: Annotated[int, Field(ge=0, le=365)]


def asset_classes(override_folder: Path | None = None) -> Table[AssetClass]:
    """Read the classes, asked by code; `override_folder` holds rates the province changed within its 20 %."""
    return load(_RULES / "asset_classes.csv", AssetClass, key=("code",), override_folder=override_folder)


def thresholds(override_folder: Path | None = None) -> Table[Threshold]:
    """Read the thresholds, asked by kind."""
    return load(_RULES / "thresholds.csv", Threshold, key=("kind",), override_folder=override_folder)


def reminders(override_folder: Path | None = None) -> Table[Reminder]:
    """Read the reminders, asked by kind; `override_folder` holds an office's own."""
    return load(_RULES / "reminders.csv", Reminder, key=("kind",), override_folder=override_folder)
