"""What one reading of both copies of the log found."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.ops.integrity.findings import Finding, Kind
from services.ops.integrity.runs import Runs
from services.ops.integrity.two_copies import LogState


@dataclass
class Damage:
    """Which sequences are wrong where, for whoever repairs: each right in the other copy, but for the last two."""

    log: Runs = field(default_factory=Runs)
    archive: Runs = field(default_factory=Runs)
    hashes: Runs = field(default_factory=Runs)
    both: Runs = field(default_factory=Runs)
    undecided: Runs = field(default_factory=Runs)
    tree: bool = False


@dataclass(frozen=True)
class Examined:
    """What was read, and what is wrong: every kind counted, the first ones named."""

    messages: int
    events: int
    checkpoints: int
    signed_size: int
    root: str
    log: LogState
    archived: int
    findings: tuple[Finding, ...]
    counts: Mapping[Kind, int]
    damage: Damage
    seconds: float
