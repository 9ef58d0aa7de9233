"""Importing people: rows under the roster's own titles into registrations, and appointments to the posts they name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from contracts.base import FieldProblem
from contracts.organisation import AppointPerson, RegisterPerson
from services.ops.cells import coded, iso_date
from services.ops.office_names import OfficeNames
from services.ops.row_import import RowImport, RowRefused, Verdict
from services.ops.sheets import SheetRow
from services.runtime.text import fold

REGISTER = "command.organisation.register-person"
APPOINT = "command.organisation.appoint-person"
_FIELDS: dict[str, tuple[str, ...]] = {
    "name": ("name", "Họ và tên", "Họ tên"),
    "born_on": ("born_on", "Ngày sinh"),
    "headcount": ("headcount", "Loại biên chế", "Loại"),
    "education": ("education", "Trình độ"),
    "phone": ("phone", "Điện thoại"),
    "email": ("email", "Thư điện tử", "Email"),
    "account": ("account", "Tài khoản"),
    "unit": ("unit", "Đơn vị", "Phòng, ban"),
    "post": ("post", "Chức vụ, vị trí việc làm", "Vị trí việc làm", "Mã vị trí", "Chức vụ"),
    "kind": ("kind", "Hình thức"),
    "effective_on": ("effective_on", "Từ ngày"),
    "until": ("until", "Đến hết ngày"),
    "decision.number": ("decision_number", "Số quyết định"),
    "decision.issued_on": ("decision_issued_on", "Ngày quyết định"),
    "decision.issuer": ("decision_issuer", "Cơ quan ban hành"),
    "_remarks": ("remarks", "Ghi chú"),
    "_place": ("STT", "Số TT", "Số thứ tự"),
    "_verdict": ("Kết quả nhập",),
    "_code": ("Mã lỗi",),
    "_reason": ("Lý do và cách sửa",),
}
TITLES = {fold(title): name for name, titles in _FIELDS.items() for title in titles}
"""Field names by folded column title; those that start with _ are read past."""
SHOWN = {name: titles[min(1, len(titles) - 1)] for name, titles in _FIELDS.items()}
"""The Vietnamese title of each field."""
REQUIRED = ("name", "headcount")
_SAID: Mapping[str, Mapping[str, str]] = {
    "headcount": {
        "Cán bộ, công chức": "civil_servant",
        "Công chức": "civil_servant",
        "Viên chức": "public_employee",
        "Lao động hợp đồng": "contract",
        "Hợp đồng": "contract",
    },
    "kind": {
        "Chính thức": "main",
        "Kiêm nhiệm": "concurrent",
        "Phụ trách": "acting",
        "Quyền": "acting",
        "Phụ trách, quyền": "acting",
        "Biệt phái": "secondment",
    },
}
_WORDS = {name: {fold(said): code for said, code in words.items()} for name, words in _SAID.items()}
_PERSON = ("name", "born_on", "headcount", "education", "phone", "email", "account")
_APPOINTMENT = ("kind", "effective_on", "until")
_DAYS = ("born_on", "effective_on", "until", "decision.issued_on")


@dataclass(frozen=True)
class Staffing:
    """What all rows of a file share: the office's names, and the unit of rows that name none."""

    names: OfficeNames
    unit_id: str | None = None

    def person(self, row: SheetRow) -> RegisterPerson:
        """Return a row's registration; raise RowRefused where its post is unknown, or ValidationError."""
        cells = _read(row)
        if "post" in cells:
            self._appointment(cells, "0" * 32)
        return RegisterPerson.model_validate_strings({name: cells[name] for name in _PERSON if name in cells})

    def appointment(self, row: SheetRow, person_id: str) -> AppointPerson:
        """Return the appointment of a row that names a post; raise RowRefused or ValidationError."""
        return self._appointment(_read(row), person_id)

    def _appointment(self, cells: Mapping[str, str], person_id: str) -> AppointPerson:
        unit_id = self.names.unit(cells["unit"], "unit") if "unit" in cells else self.unit_id
        if unit_id is None:
            vi = "Dòng có vị trí việc làm phải ghi đơn vị; đề nghị thêm cột Đơn vị hoặc dùng --unit."
            en = "A row with a post names its unit; add the column or use --unit."
            raise RowRefused(FieldProblem(field="unit", code="missing", vi=vi, en=en))
        fields: dict[str, Any] = {name: cells[name] for name in _APPOINTMENT if name in cells}
        parts = [name for name in cells if name.startswith("decision.")]
        fields["decision"] = {name.partition(".")[2]: cells[name] for name in parts}
        post_id = self.names.post(unit_id, cells["post"], "post")
        return AppointPerson.model_validate_strings({**fields, "person_id": person_id, "post_id": post_id})


def _read(row: SheetRow) -> dict[str, str]:
    cells = {name: text for name, text in row.cells.items() if not name.startswith("_")}
    cells |= {name: coded(cells[name], words) for name, words in _WORDS.items() if name in cells}
    return cells | {name: iso_date(cells[name]) for name in _DAYS if name in cells}


async def import_people(
    registering: RowImport, rows: Sequence[SheetRow], staffing: Staffing, advance: Callable[[], None]
) -> list[Verdict]:
    """Register everybody, then appoint those whose rows name a post; return one verdict a row.

    A row whose person is registered and whose appointment is refused is not taken: sent again, it registers nobody
    twice. A rehearsal appoints nobody, since nobody is there; it finds posts and units nobody knows all the same.
    """
    verdicts = {one.row: one for one in await registering.run(rows, staffing.person, advance)}
    here = {row: one for row, one in verdicts.items() if one.outcome in ("accepted", "already") and one.record_id}
    if not registering.rehearsal:
        appointed = [row for row in rows if row.number in here and "post" in row.cells]
        appointing = replace(registering, subject=APPOINT, scope=f"{registering.scope}:post")
        found = await appointing.run(
            appointed, lambda row: staffing.appointment(row, str(here[row.number].record_id)), lambda: None
        )
        verdicts |= {one.row: _both(here[one.row], one) for one in found}
    return [verdicts[row.number] for row in rows]


def _both(person: Verdict, post: Verdict) -> Verdict:
    if post.outcome in ("accepted", "already"):
        outcome = person.outcome if person.outcome == "accepted" else post.outcome
        return replace(person, outcome=outcome, notices=(*person.notices, *post.notices), position=post.position)
    return replace(person, outcome=post.outcome, problems=post.problems, notices=person.notices)
