"""What does a board's budget of a year look like now?"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import to_json

from contracts import finance as words_of
from contracts.finance import Use
from contracts.finance.budget.words import BUDGET_EVENTS
from services.finance.deciders.budget import Budget, BudgetLine, evolve
from services.finance.deciders.common import HANOI
from services.runtime.envelope import Fact, event_types
from services.runtime.read_model import ReadModel, RowValues

_STATE = TypeAdapter(Budget)
FACTS = event_types("finance", [event for event in BUDGET_EVENTS if issubclass(event, words_of.BudgetFact)])
"""Every fact of a budget, by its type in the log."""


def _project(row: RowValues | None, fact: Fact) -> RowValues:
    event = fact.event
    assert isinstance(event, words_of.BudgetFact)
    state = evolve(_STATE.validate_json(row["state"]) if row else Budget(), event)
    kept = row or {"closed_on": None, "to_board": None}
    if isinstance(event, words_of.BudgetClosed):
        kept = {"closed_on": event.on, "to_board": event.to_board}
    return {
        "year": event.year,
        "board": event.board,
        "closed_on": kept["closed_on"],
        "to_board": kept["to_board"],
        "state": to_json(state).decode(),
    }


BUDGETS = ReadModel(
    name="budgets",
    version=1,
    key_column="budget_id",
    columns={
        "year": "integer NOT NULL",
        "board": "text NOT NULL",
        "closed_on": "date",
        "to_board": "text",
        "state": "text NOT NULL",
    },
    indexes=("(year, board)",),
    events=FACTS,
    key=lambda fact: fact.id,
    project=_project,
)
"""Budgets as they stand; `state` is JSON of the aggregate's, and the version grows with its shape."""


def _month(row: RowValues | None, fact: Fact) -> RowValues:
    event = fact.event
    assert isinstance(event, words_of.BudgetFact)
    lines = _LINES.validate_json(row["lines"]) if row else {}
    touched = {figures.line: use_of(figures) for figures in event.lines}
    return {
        "year": event.year,
        "board": event.board,
        "month": month_in(event.year, fact.time.astimezone(HANOI).date()),
        "lines": to_json({**lines, **touched}).decode(),
    }


BUDGET_MONTHS = ReadModel(
    name="budget_months",
    version=1,
    key_column="budget_month",
    columns={
        "year": "integer NOT NULL",
        "board": "text NOT NULL",
        "month": "integer NOT NULL",
        "lines": "text NOT NULL",
    },
    indexes=("(year, board, month)",),
    events=FACTS,
    key=lambda fact: f"{fact.id}|{_month_of(fact):02}",
    project=_month,
)
"""The lines that were touched in a month as they stood at its end, as recorded.

What is recorded before the year counts for its first month, what is recorded after it for its last.
"""
_LINES = TypeAdapter(dict[str, Use])


def month_in(year: int, day: date) -> int:
    """Return the month of a year that a day counts for."""
    return 1 if day.year < year else 12 if day.year > year else day.month


def _month_of(fact: Fact) -> int:
    event = fact.event
    assert isinstance(event, words_of.BudgetFact)
    return month_in(event.year, fact.time.astimezone(HANOI).date())


def budget_of(record: Mapping[str, Any]) -> Budget:
    """Return the budget of a record of BUDGETS."""
    return _STATE.validate_json(record["state"])


def lines_in(record: Mapping[str, Any]) -> dict[str, Use]:
    """Return the lines of a record of BUDGET_MONTHS."""
    return _LINES.validate_json(record["lines"])


def use_of(figures: words_of.LineFigures) -> Use:
    """Return what became of a line, as an event tells it."""
    return Use.model_validate(figures.model_dump(exclude={"line"}))


def use_in(line: BudgetLine) -> Use:
    """Return what became of a line, as the aggregate holds it."""
    return Use(
        estimate_vnd=line.estimate,
        frozen_vnd=line.frozen,
        committed_vnd=line.committed,
        advanced_vnd=line.advanced,
        spent_vnd=line.spent,
        left_vnd=line.left,
    )


def added(uses: list[Use]) -> Use:
    """Return what became of several lines together."""
    return Use(**{name: sum(getattr(use, name) for use in uses) for name in Use.model_fields})
