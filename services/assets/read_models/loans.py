"""What is lent to whom until when, and what was?"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from contracts import assets as words_of
from contracts.assets.queries import ListLoans
from contracts.assets.rows import LoanRow
from contracts.base import Actor, Page
from services.assets.read_models.asset_values import ASSET_VALUES
from services.assets.read_models.names import NAMES, Names, named
from services.runtime.completing import Completed
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Gathering, Record, Rows, page
from services.runtime.manifest import QueryRule
from services.runtime.read_model import ReadModel, RowValues

_LISTS = ("lent_on", "due_on", "to_units", "to_people", "purposes", "returned_on", "returned_in", "late")


def _project(row: RowValues | None, fact: Fact) -> RowValues | None:
    event, loans = fact.event, row or {**{name: [] for name in _LISTS}, "open": False}
    if isinstance(event, words_of.AssetLent):
        loan = (event.lent_on, event.due_on, event.to_unit_id, event.to_person_id, event.purpose, None, None, False)
        return {**{name: [*loans[name], value] for name, value in zip(_LISTS, loan, strict=True)}, "open": True}
    if row is None:
        return None
    assert isinstance(event, words_of.AssetReturned)
    ended = {"returned_on": event.returned_on, "returned_in": event.condition, "late": event.late}
    return {**row, **{name: [*row[name][:-1], value] for name, value in ended.items()}, "open": False}


ASSET_LOANS = ReadModel(
    name="asset_loans",
    version=1,
    key_column="asset_id",
    columns={
        "lent_on": "date[] NOT NULL",
        "due_on": "date[] NOT NULL",
        "to_units": "text[] NOT NULL",
        "to_people": "text[] NOT NULL",
        "purposes": "text[] NOT NULL",
        "returned_on": "date[] NOT NULL",
        "returned_in": "text[] NOT NULL",
        "late": "boolean[] NOT NULL",
        "open": "boolean NOT NULL",
    },
    indexes=("(asset_id) WHERE open",),
    events=event_types("assets", (words_of.AssetLent, words_of.AssetReturned)),
    key=lambda fact: fact.id,
    project=_project,
)
"""An asset's loans, in lists that go together; the last is the one that is open, where one is."""


def holder_on(values: Mapping[str, Any], day: date) -> str:
    """Return the unit in whose books an asset of ASSET_VALUES was on a day; its first one before that."""
    dated = zip(values["held_from"], values["holders"], strict=True)
    return str(([unit for since, unit in dated if since <= day] or values["holders"][:1])[-1])


def loan_rows(loans: Record, values: Record) -> list[LoanRow]:
    """Return the loans of one asset, the first one first."""
    return [
        LoanRow(
            number=number,
            tag=values["tag"],
            name=values["name"],
            lent_on=lent_on,
            due_on=due_on,
            returned_on=returned_on,
            condition=condition,
            purpose=purpose,
            late=late,
            asset_id=values["asset_id"],
            unit_id=holder_on(values, lent_on),
            to_unit_id=to_unit,
            to_person_id=to_person,
        )
        for number, (lent_on, due_on, to_unit, to_person, purpose, returned_on, condition, late) in enumerate(
            zip(*(loans[name] for name in _LISTS), strict=True), 1
        )
    ]


def name_loan(row: LoanRow, names: Names) -> LoanRow:
    """Return a loan with the names of who lent it and who borrowed it."""
    return row.model_copy(
        update={
            "unit_name": names.unit(row.unit_id),
            "to_unit_name": names.unit(row.to_unit_id),
            "to_person_name": names.person(row.to_person_id),
        }
    )


def _list(query: ListLoans, actor: Actor) -> Completed:
    def wanted(row: LoanRow) -> bool:
        return (
            query.returned in (None, row.returned_on is not None)
            and query.unit_id in (None, row.unit_id)
            and query.to_unit_id in (None, row.to_unit_id)
            and query.to_person_id in (None, row.to_person_id)
            and (query.due_to is None or row.due_on <= query.due_to)
        )

    def build(loans: list[Record], assets: list[Record]) -> Page[LoanRow]:
        valued = {asset["asset_id"]: asset for asset in assets}
        rows = (
            row
            for loan in loans
            if loan["asset_id"] in valued
            for row in loan_rows(loan, valued[loan["asset_id"]])
            if wanted(row)
        )
        return page(query, rows, lambda row: (row.due_on.isoformat(), row.tag, row.number))

    one = "($1::text IS NULL OR asset_id = $1) AND (NOT $2 OR open)"
    of_those = f'asset_id IN (SELECT asset_id FROM "{ASSET_LOANS.table}" WHERE {one})'
    values = (query.asset_id, query.returned is False)
    parts = (Rows(ASSET_LOANS, one, values), Rows(ASSET_VALUES, of_those, values))
    return named(Gathering(parts, build), query, name_loan, units=("unit_id", "to_unit_id"), people=("to_person_id",))


LIST_LOANS = QueryRule(ListLoans, (ASSET_LOANS, ASSET_VALUES, *NAMES), _list)
