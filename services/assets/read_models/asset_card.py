"""What is known of one asset: its card as the law has it, and its whole life beside it?"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from contracts import assets as words_of
from contracts.assets import Attachment
from contracts.assets.queries import GetAsset
from contracts.assets.rows import AssetRow, AssetView, HoldingRow, ValueChangeRow
from contracts.base import Actor, Refused
from services.assets.read_models.asset_changes import ASSET_CHANGES
from services.assets.read_models.asset_register import ASSET_REGISTER, make_row, name_row
from services.assets.read_models.asset_timeline import ASSET_TIMELINE, events_of
from services.assets.read_models.asset_values import ASSET_VALUES
from services.assets.read_models.due_days import ASSET_DUES, due_rows
from services.assets.read_models.loans import ASSET_LOANS, loan_rows, name_loan
from services.assets.read_models.names import NAMES, Names, with_unit
from services.assets.read_models.repairs import ASSET_REPAIRS, repair_rows
from services.runtime.completing import Completed, Look
from services.runtime.gathering import Gathering, Record, Rows
from services.runtime.listing import as_row
from services.runtime.manifest import QueryRule

_WITH_FILES = "asset_id = $1 AND type IN ('assets.AssetRegistered', 'assets.FilesAttached')"


def _changes(changes: Record) -> Iterator[ValueChangeRow]:
    lists = ("days", "changes", "costs", "years", "wears", "worn", "classes", "units", "bases")
    for day, change, cost, year, wear, worn, of_class, unit, basis in zip(
        *(changes[name] for name in lists), strict=True
    ):
        yield ValueChangeRow(
            effective_on=day,
            change=change,
            cost_vnd=cost,
            year=year,
            wear_vnd=wear,
            accumulated_vnd=worn,
            residual_vnd=cost - worn,
            class_code=of_class,
            unit_id=unit,
            unit_name=unit,
            legal_basis=basis,
        )


def _holdings(values: Record) -> Iterator[HoldingRow]:
    for since, unit in zip(values["held_from"], values["holders"], strict=True):
        yield HoldingRow(since=since, unit_id=unit, unit_name=unit)


def _files(facts: list[Record]) -> Iterator[Attachment]:
    for _, event in events_of(facts):
        assert isinstance(event, words_of.AssetRegistered | words_of.FilesAttached)
        yield from event.files


def _get(query: GetAsset, actor: Actor) -> Completed:
    def build(
        registered: list[Record],
        values: list[Record],
        changes: list[Record],
        facts: list[Record],
        loans: list[Record],
        dues: list[Record],
        repairs: list[Record],
    ) -> AssetView:
        if not registered or not values or not changes:
            raise Refused(words_of.ASSET_UNKNOWN, asset_id=query.asset_id)
        asset, worth = registered[0], values[0]
        done = sorted(repair_rows(repairs, values), key=lambda row: (row.done_on, row.position))
        row = as_row(AssetRow, asset, make_row)
        assert isinstance(row, AssetRow)
        return AssetView(
            asset=row,
            life_basis=asset["life_basis"],
            decision_issuer=asset["decision_issuer"],
            holdings=tuple(_holdings(worth)),
            values=tuple(_changes(changes[0])),
            loans=tuple(row for loan in loans for row in loan_rows(loan, worth)),
            due_days=tuple(row for due in dues for row in due_rows(due, asset)),
            repairs=tuple(done),
            files=tuple(_files(facts)),
        )

    one = ("asset_id = $1", (query.asset_id,))
    parts = (
        Rows(ASSET_REGISTER, *one),
        Rows(ASSET_VALUES, *one),
        Rows(ASSET_CHANGES, *one),
        Rows(ASSET_TIMELINE, _WITH_FILES, (query.asset_id,)),
        Rows(ASSET_LOANS, *one),
        Rows(ASSET_DUES, *one),
        Rows(ASSET_REPAIRS, *one),
    )
    looks = [Look(model, keys) for model, keys in zip(NAMES, (_units, _sites, _people), strict=True)]
    return Completed(Gathering(parts, build), query, looks, _named)


def _units(view: AssetView) -> Iterator[str | None]:
    yield from (view.asset.unit_id, view.asset.division_id, view.asset.lent_to_id)
    yield from (row.unit_id for row in view.holdings)
    yield from (row.unit_id for row in view.values)
    yield from (row.unit_id for row in view.repairs)
    yield from (id for row in view.loans for id in (row.unit_id, row.to_unit_id))


def _sites(view: AssetView) -> Iterator[str | None]:
    yield view.asset.site_id


def _people(view: AssetView) -> Iterator[str | None]:
    yield view.asset.custodian_id
    yield from (row.to_person_id for row in view.loans)


def _named(view: AssetView, day: date, *found: Any) -> AssetView:
    names = Names(day, *found)

    def dated(row: Any, of: date) -> Any:
        return row.model_copy(update={"unit_name": names.unit(row.unit_id, of)})

    return view.model_copy(
        update={
            "asset": name_row(view.asset, names),
            "holdings": tuple(dated(row, row.since) for row in view.holdings),
            "values": tuple(dated(row, row.effective_on) for row in view.values),
            "loans": tuple(name_loan(row, names) for row in view.loans),
            "due_days": tuple(with_unit(row, names) for row in view.due_days),
            "repairs": tuple(dated(row, row.done_on) for row in view.repairs),
        }
    )


_READS = (ASSET_REGISTER, ASSET_VALUES, ASSET_CHANGES, ASSET_TIMELINE, ASSET_LOANS, ASSET_DUES, ASSET_REPAIRS, *NAMES)
GET_ASSET = QueryRule(GetAsset, _READS, _get)
