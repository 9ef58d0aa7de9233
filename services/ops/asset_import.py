"""Importing the register of assets: rows under the register's own Vietnamese titles into registrations."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracts.assets import RegisterAsset
from contracts.base import FieldProblem
from services.ops.asset_columns import WORDS
from services.ops.cells import amount, coded, iso_date
from services.ops.office_names import OfficeNames
from services.ops.row_import import RowRefused
from services.ops.sheets import SheetRow

SUBJECT = "command.assets.register-asset"
_DATES = ("booked_on", "decision.issued_on", "gone_on")
_AMOUNTS = ("cost_vnd", "accumulated_vnd", "residual_vnd")
_PLACE = ("site_id", "division_id", "room")


@dataclass(frozen=True)
class Registering:
    """What all rows of a file share: the names of the office, and what a row means where it says nothing.

    `unit_id` is the unit whose assets they are; `worn_to` the last year whose wear was booked elsewhere, of rows with
    accumulated wear; `issuer` who issued the papers of rows that name a paper.
    """

    names: OfficeNames
    worn_to: int
    unit_id: str | None = None
    issuer: str | None = None

    def command(self, row: SheetRow) -> RegisterAsset:
        """Return a row's registration; raise RowRefused or ValidationError."""
        cells = _read(row)
        _in_the_books(cells)
        _adds_up(cells)
        fields: dict[str, Any] = {name: text for name, text in cells.items() if "." not in name and name not in _PLACE}
        # The register writes the class's code and its name in one column.
        fields["class_code"] = cells.get("class_code", "").partition(" ")[0].rstrip(".:")
        if "unit_id" in cells:
            fields["unit_id"] = self.names.unit(cells["unit_id"], "unit_id")
        elif self.unit_id is not None:
            fields["unit_id"] = self.unit_id
        if "custodian_id" in cells:
            fields["custodian_id"] = self.names.person(cells["custodian_id"], "custodian_id")
        if cells.get("accumulated_vnd", "0") != "0":
            fields.setdefault("worn_to", str(self.worn_to))
        parts = {"place": self._place(cells), "details": _details(cells), "decision": self._decision(cells)}
        fields |= {name: found for name, found in parts.items() if found}
        return RegisterAsset.model_validate_strings(fields)

    def _place(self, cells: Mapping[str, str]) -> dict[str, str]:
        place = {"room": cells["room"]} if "room" in cells else {}
        if "site_id" in cells:
            place["site_id"] = self.names.site(cells["site_id"], "place.site_id")
        if "division_id" in cells:
            place["division_id"] = self.names.unit(cells["division_id"], "place.division_id")
        return place

    def _decision(self, cells: Mapping[str, str]) -> dict[str, str]:
        decision = _part(cells, "decision", ("number", "issued_on", "issuer"))
        return {**({"issuer": self.issuer} if self.issuer else {}), **decision} if decision else {}


def _read(row: SheetRow) -> dict[str, str]:
    cells = {name: text for name, text in row.cells.items() if not name.startswith("_")}
    cells |= {name: coded(cells[name], words) for name, words in WORDS.items() if name in cells}
    cells |= {name: iso_date(cells[name]) for name in _DATES if name in cells}
    return cells | {name: amount(cells[name]) for name in _AMOUNTS if name in cells}


def _part(cells: Mapping[str, str], part: str, names: tuple[str, ...]) -> dict[str, str]:
    return {name: cells[f"{part}.{name}"] for name in names if f"{part}.{name}" in cells}


def _details(cells: Mapping[str, str]) -> dict[str, str]:
    details = _part(cells, "details", ("plate", "seats", "usage", "use"))
    return {**details, "kind": "room" if "use" in details else "vehicle"} if details else {}


def _in_the_books(cells: dict[str, str]) -> None:
    if cells.pop("gone_on", None):
        vi = "Tài sản này đã ghi giảm; đề nghị bỏ dòng này, chỉ nhập tài sản đang có trong sổ."
        en = "This asset has left the books; leave the row out, only what is in the books is imported."
        raise RowRefused(FieldProblem(field="gone_on", code="asset-gone", vi=vi, en=en))


def _adds_up(cells: dict[str, str]) -> None:
    """Refuse a row whose residual value is not its cost less its wear: one of the three is mistyped."""
    residual, cost, worn = cells.pop("residual_vnd", ""), cells.get("cost_vnd", ""), cells.get("accumulated_vnd", "0")
    if not (residual.isdigit() and cost.isdigit() and worn.isdigit()):
        return
    left = int(cost) - int(worn)
    if left != int(residual):
        vi = f"Nguyên giá {cost} trừ hao mòn lũy kế {worn} là {left}, không phải {residual}; đề nghị sửa số sai."
        en = f"A cost of {cost} less wear of {worn} is {left}, not {residual}; correct the wrong one."
        raise RowRefused(FieldProblem(field="residual_vnd", code="row-does-not-add-up", vi=vi, en=en))
