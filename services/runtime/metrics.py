"""What a process counts for Prometheus, and the pages of several processes merged into one."""

import platform
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version

from prometheus_client import REGISTRY, Counter, Gauge, Histogram, Info, disable_created_metrics, generate_latest
from prometheus_client.parser import text_string_to_metric_families

disable_created_metrics()  # type: ignore[no-untyped-call]
_LATENCY = (0.0005, 0.001, 0.002, 0.004, 0.008, 0.015, 0.03, 0.06, 0.12, 0.25, 0.5, 1, 2, 5, 15)

COMMANDS = Counter("motmoi_commands", "Commands answered.", ["service", "command", "outcome"])
COMMAND_SECONDS = Histogram("motmoi_command_seconds", "From receipt to answer.", ["service"], buckets=_LATENCY)
QUERIES = Counter("motmoi_queries", "Queries answered.", ["service", "query", "outcome"])
QUERY_SECONDS = Histogram("motmoi_query_seconds", "From receipt to answer.", ["service"], buckets=_LATENCY)
APPEND_SECONDS = Histogram("motmoi_append_seconds", "One append, fsync included.", ["service"], buckets=_LATENCY)
GROUP_SIZE = Histogram(
    "motmoi_group_commands", "Commands committed together.", ["service"], buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256)
)
EVENTS = Counter("motmoi_events_appended", "Events appended.", ["service"])
CONFLICTS = Counter("motmoi_append_conflicts", "Appends refused by their expectation and decided again.", ["service"])
POSITION = Gauge("motmoi_follower_position", "Last sequence a follower has finished.", ["service", "follower"])
LAG = Gauge("motmoi_follower_lag", "Messages of the log a follower has not seen.", ["service", "follower"])
STOPPED = Gauge(
    "motmoi_follower_stopped", "1 when a follower stopped at an event it could not apply.", ["service", "follower"]
)
FENCED = Gauge("motmoi_fenced", "1 when a service refuses commands because the log forgot.", ["service"])
TIMERS = Counter("motmoi_timers", "Timers that fired, by outcome.", ["service", "outcome"])
LOG_HEAD = Gauge("motmoi_log_head_sequence", "Last sequence of the log.", ["service"])
LOG_BYTES = Gauge("motmoi_log_bytes", "Size of the log's messages as the broker counts them.", ["service"])
LOG_GAP = Gauge("motmoi_log_gap", "Sequences of the log that hold no message; any is damage.", ["service"])
ARCHIVE_COMMIT_SECONDS = Histogram(
    "motmoi_archive_commit_seconds", "One transaction of the archive, its disk included.", ["service"], buckets=_LATENCY
)
CHECKPOINT_SIZE = Gauge(
    "motmoi_checkpoint_size_messages", "Messages of the log under the latest signed checkpoint.", ["service"]
)
CHECKPOINT_TIME = Gauge(
    "motmoi_checkpoint_timestamp_seconds", "When the latest checkpoint was signed, Unix time.", ["service"]
)
VERIFIED_POSITION = Gauge("motmoi_verified_sequence", "Last sequence that was looked at by verify.", ["service"])
VERIFIED_TIME = Gauge("motmoi_verified_timestamp_seconds", "When verify last ended, Unix time.", ["service"])
VERIFIED_WELL = Gauge("motmoi_verified_well", "1 when verify last found nothing wrong, else 0.", ["service"])


def _installed_version() -> str:
    try:
        return version("motmoi")
    except PackageNotFoundError:  # run from its source folder
        return "source"


Info("motmoi_build", "Which version runs.").info({"version": _installed_version(), "python": platform.python_version()})


def page() -> str:
    """Return this process's metrics in the Prometheus text format."""
    return generate_latest(REGISTRY).decode()


def merge(pages: Iterable[tuple[str, str]]) -> str:
    """Return one page of several processes, given as (process, page); each sample gets a `process` label."""
    families: dict[str, tuple[str, str, list[str]]] = {}
    for process, text in pages:
        for family in text_string_to_metric_families(text):
            name = family.name
            _, _, lines = families.setdefault(name, (family.type, family.documentation, []))
            for sample in family.samples:
                labels = ",".join(
                    f'{key}="{_escape(value)}"' for key, value in {**sample.labels, "process": process}.items()
                )
                lines.append(f"{sample.name}{{{labels}}} {sample.value}")
    written = []
    for name, (kind, documentation, lines) in families.items():
        title = f"{name}_total" if kind == "counter" else name
        written += [f"# HELP {title} {documentation}", f"# TYPE {title} {kind}", *lines]
    return "\n".join(written) + "\n"


def _escape(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
