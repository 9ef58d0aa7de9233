"""Alerts and dashboard: they ask for numbers the code really gives, and each alert is raised by its fault alone."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import promql_parser as promql
import pytest
import yaml
from prometheus_client import REGISTRY
from prometheus_client.metrics import MetricWrapperBase

from services.console import edge, operations
from services.runtime import metrics

FOLDER = Path(__file__).parents[2] / "deploy" / "monitoring"
ALERTS = {
    rule["alert"]: rule
    for group in yaml.safe_load((FOLDER / "alerts.yml").read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]
}
DASHBOARD = json.loads((FOLDER / "dashboard.json").read_text(encoding="utf-8"))
PANELS = DASHBOARD["panels"]
GIVEN_BY_PROMETHEUS = {"up": {"job", "instance"}}
ON_EVERY_SAMPLE = {"job", "instance", "process"}
VIETNAMESE = re.compile("[àáảãạăâèéẻẽẹêìíỉĩịòóỏõọôơùúủũụưỳýỷỹỵđ]", re.IGNORECASE)

Sample = tuple[dict[str, str], float]


def exported() -> dict[str, set[str]]:
    """Every sample name the processes give, with its labels."""
    names: dict[str, set[str]] = dict(GIVEN_BY_PROMETHEUS)
    for module in (metrics, edge, operations):
        for made in (one for one in vars(module).values() if isinstance(one, MetricWrapperBase)):
            labels = {*made._labelnames, *ON_EVERY_SAMPLE}
            for family in made.describe():
                if family.type == "histogram":
                    names |= {f"{family.name}_{part}": labels for part in ("count", "sum")}
                    names[f"{family.name}_bucket"] = labels | {"le"}
                else:
                    names[f"{family.name}_total" if family.type == "counter" else family.name] = labels
    for family in REGISTRY.collect():
        if family.name.startswith(("process_", "motmoi_build")):
            names |= {one.name: {*one.labels, *ON_EVERY_SAMPLE} for one in family.samples}
    return names


def dashboard_expressions() -> Iterator[tuple[str, str]]:
    for panel in PANELS:
        for target in panel.get("targets", ()):
            yield panel["title"], target["expr"].replace("$__rate_interval", "1m").replace("$service", ".*")


def parts(expression: Any) -> Iterator[Any]:
    """The expression and all in it."""
    yield expression
    for name in ("lhs", "rhs", "expr", "vector_selector", "param"):
        if (part := getattr(expression, name, None)) is not None and not isinstance(part, str):
            yield from parts(part)
    for argument in getattr(expression, "args", ()):
        yield from parts(argument)


EXPRESSIONS = [*((name, rule["expr"]) for name, rule in ALERTS.items()), *dashboard_expressions()]


@pytest.mark.parametrize(("where", "text"), EXPRESSIONS, ids=[f"{name}-{n}" for n, (name, _) in enumerate(EXPRESSIONS)])
def test_what_is_asked_for_is_what_the_processes_give(where: str, text: str) -> None:
    known = exported()
    for part in parts(promql.parse(text)):
        if isinstance(part, promql.VectorSelector):
            assert part.name in known, f"{where} asks for {part.name}"
            asked = {matcher.name for matcher in part.matchers.matchers}
            assert asked <= known[part.name], f"{where} asks {part.name} for {asked - known[part.name]}"
        if isinstance(part, promql.AggregateExpr) and part.modifier is not None:
            asked = set(part.modifier.labels)
            names = {one.name for one in parts(part.expr) if isinstance(one, promql.VectorSelector)}
            assert all(asked <= known[name] for name in names), f"{where} groups {names} by {asked}"


@pytest.mark.parametrize("name", ALERTS)
def test_an_alert_says_in_both_languages_what_it_means_and_what_to_run(name: str) -> None:
    rule = ALERTS[name]
    said = rule["annotations"]
    assert set(said) == {"summary", "summary_en", "description", "description_en", "runbook"}
    assert VIETNAMESE.search(said["summary"])
    assert VIETNAMESE.search(said["description"])
    assert not VIETNAMESE.search(said["summary_en"] + said["description_en"])
    assert said["runbook"].startswith("motmoi ")
    assert rule["labels"]["severity"] in ("critical", "warning")


def test_alerts_speak_only_of_labels_their_expression_leaves() -> None:
    for name, rule in ALERTS.items():
        named = set(re.findall(r"\$labels\.(\w+)", " ".join(rule["annotations"].values())))
        fired = list(evaluate(rule["expr"], FAULTS[name]))
        assert fired, name
        assert all(named <= set(labels) for labels, _ in fired), name


def test_the_dashboard_can_be_imported_anywhere() -> None:
    ids = [panel["id"] for panel in PANELS]
    assert len(ids) == len(set(ids))
    assert DASHBOARD["schemaVersion"] >= 38
    sources = {json.dumps(found) for found in _values(DASHBOARD, "datasource")}
    assert sources == {json.dumps({"type": "prometheus", "uid": "${datasource}"})}
    assert [variable["name"] for variable in DASHBOARD["templating"]["list"]] == ["datasource", "service"]
    assert all(" / " in panel["title"] or panel["title"] in ("HTTP / HTTP", "CPU / CPU") for panel in PANELS)
    for panel in PANELS:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24, panel["title"]


def _values(tree: Any, name: str) -> Iterator[Any]:
    if isinstance(tree, dict):
        yield from (value for key, value in tree.items() if key == name)
        for value in tree.values():
            yield from _values(value, name)
    elif isinstance(tree, list):
        for value in tree:
            yield from _values(value, name)


def test_the_monitoring_profile_mounts_files_that_exist() -> None:
    compose = yaml.safe_load((FOLDER.parent / "compose.yaml").read_text(encoding="utf-8"))
    for name in ("prometheus", "grafana"):
        service = compose["services"][name]
        assert service["profiles"] == ["monitoring"]
        files = [volume.split(":")[0] for volume in service["volumes"] if volume.startswith("./")]
        assert files
        assert all((FOLDER.parent / file).is_file() for file in files)
    config = yaml.safe_load((FOLDER / "prometheus.yml").read_text(encoding="utf-8"))
    assert config["rule_files"] == ["alerts.yml"]
    assert {job["job_name"] for job in config["scrape_configs"]} == {"motmoi"}


# --- a small evaluator ----------------------------------------------------------------------------------------------
# Prometheus' own rules for the little of its language that the alerts use. A series is its values at 0, 60, 120, ...
# seconds, the last one now; what is asked over a window sees all of them.

NOW = 1_800_000_000.0
STEP_S = 60.0
Series = dict[str, list[tuple[dict[str, str], list[float]]]]
ORDINARY = {"job": "motmoi", "instance": "console:8460"}
ARITHMETIC = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b}
COMPARISONS = {"==": lambda a, b: a == b, ">": lambda a, b: a > b, "<": lambda a, b: a < b, ">=": lambda a, b: a >= b}
WINDOWS = {
    "rate": lambda values: sum(max(b - a, 0) for a, b in pairwise(values)) / STEP_S / (len(values) - 1),
    "delta": lambda values: values[-1] - values[0],
    "changes": lambda values: float(sum(a != b for a, b in pairwise(values))),
    "min_over_time": min,
}
FOLDS = {"sum": sum, "max": max, "min": min, "count": len}


def evaluate(text: str, series: Series) -> list[Sample]:
    """The samples an expression leaves, each with its labels."""
    found = _evaluated(promql.parse(text), series)
    assert isinstance(found, list)
    return found


def _evaluated(node: Any, series: Series) -> Any:
    match node:
        case promql.NumberLiteral():
            return node.val
        case promql.ParenExpr():
            return _evaluated(node.expr, series)
        case promql.VectorSelector():
            return [(labels, values[-1]) for labels, values in _selected(node, series)]
        case promql.AggregateExpr():
            return _aggregated(node, series)
        case promql.Call():
            return _called(node, series)
        case promql.BinaryExpr():
            return _combined(node, _evaluated(node.lhs, series), _evaluated(node.rhs, series))
    raise AssertionError(f"{type(node).__name__} is not known here")


def _selected(node: Any, series: Series) -> list[tuple[dict[str, str], list[float]]]:
    def fits(labels: dict[str, str]) -> bool:
        return all(
            (labels.get(matcher.name) == matcher.value) is (matcher.op == promql.MatchOp.Equal)
            for matcher in node.matchers.matchers
        )

    return [(labels, values) for labels, values in series.get(node.name, ()) if fits(labels)]


def _aggregated(node: Any, series: Series) -> list[Sample]:
    kept = node.modifier.labels if node.modifier else ()
    groups: dict[tuple[tuple[str, str], ...], list[float]] = {}
    for labels, value in _evaluated(node.expr, series):
        groups.setdefault(tuple((name, labels[name]) for name in kept if name in labels), []).append(value)
    return [(dict(key), float(FOLDS[str(node.op)](values))) for key, values in groups.items()]


def _called(node: Any, series: Series) -> Any:
    name = node.func.name
    if name == "time":
        return NOW
    if name == "absent":
        return [] if _evaluated(node.args[0], series) else [({}, 1.0)]
    if name == "histogram_quantile":
        return _quantiles(node.args[0].val, _evaluated(node.args[1], series))
    selected = _selected(node.args[0].vector_selector, series)
    return [(labels, WINDOWS[name](values)) for labels, values in selected]


def _quantiles(wanted: float, buckets: list[Sample]) -> list[Sample]:
    groups: dict[tuple[tuple[str, str], ...], list[tuple[float, float]]] = {}
    for labels, value in buckets:
        rest = tuple(sorted((name, text) for name, text in labels.items() if name != "le"))
        groups.setdefault(rest, []).append((float(labels["le"]), value))
    found = []
    for rest, counts in groups.items():
        counts.sort()
        found.append((dict(rest), next(le for le, count in counts if count >= wanted * counts[-1][1])))
    return found


def _combined(node: Any, left: Any, right: Any) -> Any:
    op = str(node.op)
    if op in ("and", "or"):
        everywhere = node.modifier is not None and node.modifier.matching is not None
        keys = [{} if everywhere else labels for labels, _ in right]
        if op == "and":
            return [(labels, value) for labels, value in left if ({} if everywhere else labels) in keys]
        return left + [sample for sample in right if sample[0] not in [labels for labels, _ in left]]
    if isinstance(left, float) and isinstance(right, float):
        return ARITHMETIC[op](left, right)
    pairs = _paired(left, right)
    if op in COMPARISONS:
        return [(labels, a) for labels, a, b in pairs if COMPARISONS[op](a, b)]
    return [(labels, ARITHMETIC[op](a, b)) for labels, a, b in pairs]


def _paired(left: Any, right: Any) -> list[tuple[dict[str, str], float, float]]:
    if isinstance(left, float):
        return [(labels, left, value) for labels, value in right]
    if isinstance(right, float):
        return [(labels, value, right) for labels, value in left]
    return [(labels, value, other) for labels, value in left for found, other in right if found == labels]


# --- a well office, and each fault in it ----------------------------------------------------------------------------


def series_of(name: str, *values: float, **labels: str) -> tuple[str, dict[str, str], list[float]]:
    return name, {**ORDINARY, **labels}, list(values)


def office(*changed: tuple[str, dict[str, str], list[float]], without: str = "") -> Series:
    """A well and busy office, with some series as told, and without one."""
    documents = {"service": "documents", "process": "documents.answer"}
    follow = {"service": "documents", "follower": "incoming_register_v1", "process": "documents.follow"}
    archive = {"service": "audit", "follower": "archive", "process": "audit.follow"}
    audit = {"service": "audit", "process": "audit.follow"}
    well = [
        series_of("up", 1, 1),
        series_of("motmoi_process_up", 1, 1, service="documents", part="answer", process="console"),
        series_of("process_start_time_seconds", NOW - 9e5, NOW - 9e5, process="documents.answer"),
        series_of("motmoi_fenced", 0, 0, **documents),
        series_of("motmoi_log_head_sequence", 5000, 5200, **audit),
        series_of("motmoi_log_gap", 0, 0, **audit),
        series_of("motmoi_follower_stopped", 0, 0, **follow),
        series_of("motmoi_follower_lag", 3, 900, 0, **follow),
        series_of("motmoi_follower_lag", 0, 20, **archive),
        series_of("motmoi_append_conflicts_total", 100, 130, **documents),
        series_of("motmoi_commands_total", 5000, 9000, outcome="accepted", command="register-incoming", **documents),
        series_of("motmoi_commands_total", 7, 8, outcome="failed", command="register-incoming", **documents),
        series_of("motmoi_command_seconds_bucket", 0, 990, le="0.25", **documents),
        series_of("motmoi_command_seconds_bucket", 0, 991, le="5", **documents),
        series_of("motmoi_command_seconds_bucket", 0, 991, le="+Inf", **documents),
        series_of("motmoi_checkpoint_size_messages", 5000, 5100, **audit),
        series_of("motmoi_checkpoint_timestamp_seconds", NOW - 60, NOW - 50, **audit),
        series_of("motmoi_verified_well", 1, 1, **audit),
        series_of("motmoi_verified_timestamp_seconds", NOW - 86400, NOW - 86400, **audit),
        series_of("motmoi_disk_free_bytes", 60e9, 50e9, process="console"),
        series_of("motmoi_disk_size_bytes", 200e9, 200e9, process="console"),
    ]
    series: Series = {}
    told = [(name, labels) for name, labels, _ in changed]
    for name, labels, values in [*(one for one in well if (one[0], one[1]) not in told), *changed]:
        if name != without:
            series.setdefault(name, []).append((labels, values))
    return series


DOCUMENTS = {"service": "documents", "process": "documents.answer"}
FOLLOW = {"service": "documents", "follower": "incoming_register_v1", "process": "documents.follow"}
AUDIT = {"service": "audit", "process": "audit.follow"}
COMMAND = {"command": "register-incoming", **DOCUMENTS}
FAULTS: dict[str, Series] = {
    "ConsoleDown": office(series_of("up", 1, 0)),
    "ProcessDown": office(series_of("motmoi_process_up", 1, 0, service="documents", part="answer", process="console")),
    "ProcessRestarts": office(
        series_of("process_start_time_seconds", *(NOW - 900 + 200 * n for n in range(4)), process="documents.answer")
    ),
    "Fenced": office(series_of("motmoi_fenced", 0, 1, **DOCUMENTS)),
    "LogGap": office(series_of("motmoi_log_gap", 0, 3, **AUDIT)),
    "FollowerStopped": office(series_of("motmoi_follower_stopped", 0, 1, **FOLLOW)),
    "FollowerFallsBehind": office(series_of("motmoi_follower_lag", 600, 900, 1500, **FOLLOW)),
    "ManyConflicts": office(series_of("motmoi_append_conflicts_total", 100, 2000, **DOCUMENTS)),
    "CommandsFail": office(series_of("motmoi_commands_total", 7, 70, outcome="failed", **COMMAND)),
    "CommandsSlow": office(series_of("motmoi_command_seconds_bucket", 0, 900, le="0.25", **DOCUMENTS)),
    "ArchiveBehind": office(
        series_of("motmoi_follower_lag", 10, 5000, service="audit", follower="archive", process="audit.follow")
    ),
    "CheckpointTooOld": office(series_of("motmoi_checkpoint_timestamp_seconds", NOW - 4000, NOW - 4000, **AUDIT)),
    "NoCheckpoint": office(without="motmoi_checkpoint_timestamp_seconds"),
    "VerificationFailed": office(series_of("motmoi_verified_well", 1, 0, **AUDIT)),
    "VerificationTooOld": office(
        series_of("motmoi_verified_timestamp_seconds", NOW - 9 * 86400, NOW - 9 * 86400, **AUDIT)
    ),
    "DiskLow": office(series_of("motmoi_disk_free_bytes", 30e9, 20e9, process="console")),
    "DiskAlmostFull": office(series_of("motmoi_disk_free_bytes", 30e9, 5e9, process="console")),
}
ALSO = {"DiskAlmostFull": {"DiskLow"}}


def fired(series: Series) -> set[str]:
    return {name for name, rule in ALERTS.items() if evaluate(rule["expr"], series)}


def test_a_well_office_raises_no_alert() -> None:
    assert fired(office()) == set()


def test_an_office_that_rests_raises_no_alert() -> None:
    quiet = office(
        series_of("motmoi_log_head_sequence", 5101, 5101, **AUDIT),
        series_of("motmoi_checkpoint_timestamp_seconds", NOW - 90000, NOW - 90000, **AUDIT),
    )
    assert fired(quiet) == set()


@pytest.mark.parametrize("name", ALERTS)
def test_a_fault_raises_its_alert_and_no_other(name: str) -> None:
    assert fired(FAULTS[name]) == {name} | ALSO.get(name, set())
