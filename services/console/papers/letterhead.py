"""Who a paper comes from: what the asker says of its heading, and the headings made of it."""

from typing import Annotated

from pydantic import Field

from contracts.base import Day, Line, Message
from services.console.papers.forms import Form
from services.console.papers.paper import Heading, SheetName, Signature, Words
from services.console.papers.writing import day_in_words, or_dots


class Letterhead(Message):
    """What a paper says beside what the services know; what is left out is dots to be filled in by hand."""

    superior: Annotated[Line | None, Field(max_length=200, description="Tên cơ quan cấp trên.")] = None
    organ: Annotated[Line | None, Field(max_length=200, description="Tên cơ quan lập giấy tờ.")] = None
    place: Annotated[Line | None, Field(max_length=100, description="Địa danh.")] = None
    paper_number: Annotated[Line | None, Field(max_length=50, description="Số và ký hiệu, ví dụ 12-BB/VPTU.")] = None
    dated: Annotated[Day | None, Field(description="Ngày ký.")] = None
    position: Annotated[Line, Field(max_length=100, description="Chức vụ người ký, ví dụ Chánh Văn phòng.")] = (
        "Thủ trưởng đơn vị"
    )
    head: Annotated[Line | None, Field(max_length=100, description="Họ tên người ký.")] = None
    accountant: Annotated[Line | None, Field(max_length=100, description="Họ tên kế toán trưởng.")] = None
    preparer: Annotated[Line | None, Field(max_length=100, description="Họ tên người lập.")] = None

    def known(self, organ: str | None, superior: str | None) -> "Letterhead":
        """Return the same with the organ and its superior as the services know them, where the asker named none."""
        if self.organ is not None or organ is None:
            return self
        return self.model_copy(update={"organ": organ, "superior": self.superior or superior})


class LabelSheets(Message):
    """How labels are laid out."""

    sheet: Annotated[SheetName, Field(description="3x8: 70 x 37 mm; 5x13: 38 x 21 mm.")] = "3x8"
    skip: Annotated[int, Field(ge=0, le=64, description="Số ô đã dùng ở tờ đầu, để trống.")] = 0


def party_heading(head: Letterhead, number: str | None = None, *, numbered: bool = True) -> Heading:
    """Return the heading of a Party paper (Hướng dẫn 05-HD/VPTW: tiêu đề, cơ quan, dấu sao, số, địa danh và ngày).

    A book or a table that gets no number of the register has no line for one.
    """
    left = [Words(head.superior.upper())] if head.superior else []
    left += [Words(or_dots(head.organ).upper(), bold=True), Words("*")]
    left += [Words(f"Số {head.paper_number or number or '……'}")] if numbered or head.paper_number else []
    place = f"{or_dots(head.place)}, {day_in_words(head.dated)}"
    right = (Words("ĐẢNG CỘNG SẢN VIỆT NAM", bold=True, rule=True), Words(place, italic=True))
    return Heading(tuple(left), right)


def state_heading(head: Letterhead, number: str | None = None, *, numbered: bool = True) -> Heading:
    """Return the heading of a state organ's paper (Nghị định 30/2020/NĐ-CP: cơ quan, quốc hiệu, tiêu ngữ)."""
    left = [Words(head.superior.upper())] if head.superior else []
    left += [Words(or_dots(head.organ).upper(), bold=True, rule=True)]
    left += [Words(f"Số: {head.paper_number or number or '……'}")] if numbered or head.paper_number else []
    place = f"{or_dots(head.place)}, {day_in_words(head.dated)}"
    right = (
        Words("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True),
        Words("Độc lập - Tự do - Hạnh phúc", bold=True, rule=True),
        Words(place, italic=True),
    )
    return Heading(tuple(left), right)


def form_heading(head: Letterhead, form: Form) -> Heading:
    """Return the heading of a book or voucher of public accounting: the unit, and the form with what prescribes it."""
    left = [Words(head.superior.upper())] if head.superior else []
    left += [Words(or_dots(head.organ).upper(), bold=True, rule=True)]
    return Heading(tuple(left), (Words(f"Mẫu số: {form.code}", bold=True), Words(f"({form.basis})", italic=True)))


def form_note(form: Form) -> tuple[Words, ...]:
    """Return the form's number and basis as the small lines above a Party heading."""
    return Words(f"Mẫu số: {form.code}", bold=True), Words(f"({form.basis})", italic=True)


def signing_day(head: Letterhead) -> str:
    """Return the line above the signatures: place and day."""
    return f"{or_dots(head.place)}, {day_in_words(head.dated)}"


def book_signatures(head: Letterhead) -> tuple[Signature, ...]:
    """Return those who sign a book of accounts: who keeps it, the chief accountant, the head of the unit."""
    return (
        Signature("Người lập", head.preparer),
        Signature("Kế toán trưởng", head.accountant),
        Signature(head.position, head.head, "(Ký, họ tên, đóng dấu)"),
    )
