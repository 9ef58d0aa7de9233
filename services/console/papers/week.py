"""The weekly calendar (lịch công tác tuần) as it is issued, in one of three layouts that offices use."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from contracts.base import Line
from contracts.scheduling.weekly import WeekView
from services.console.papers.letterhead import Letterhead, party_heading, state_heading
from services.console.papers.paper import Block, Ending, Paper, Paragraph, Signature, Words
from services.console.papers.week_layouts import LAYOUTS
from services.console.papers.week_words import SHOWN, Audience, clock, days, sentence
from services.console.papers.writing import day

BEHALF = {"party": "T/L BAN THƯỜNG VỤ", "state": "TL. CHỦ TỊCH"}


class WeekLetterhead(Letterhead):
    """How a weekly calendar is laid out, and what it says beside its items."""

    layout: Annotated[
        Literal["table", "lines", "list"],
        Field(description="table: bảng có buổi, giờ; lines: từng dòng theo ngày; list: ngày và nội dung."),
    ] = "table"
    heading: Annotated[Literal["party", "state"], Field(description="Tiêu đề của Đảng hay quốc hiệu.")] = "party"
    whose: Annotated[Line | None, Field(max_length=200, description="Ví dụ: của Thường trực Tỉnh ủy.")] = None
    audience: Annotated[
        Audience, Field(description="public: chỉ nội dung công khai; internal: không in nội dung hạn chế.")
    ] = "restricted"
    recipients: Annotated[Line | None, Field(max_length=1000, description="Nơi nhận, cách nhau bằng dấu ;")] = None
    on_behalf: Annotated[Line | None, Field(max_length=100, description="Ví dụ: T/L BAN THƯỜNG VỤ.")] = None
    position: Annotated[Line, Field(max_length=100, description="Chức vụ người ký.")] = "Chánh Văn phòng"


def compose(view: WeekView, head: WeekLetterhead, *, draft: bool) -> Paper:
    """Return a week as it was published, or as a draft as it stands: every arranged item, day by day.

    What a later version cancelled is said at the end.
    """
    number = view.version + (1 if draft and view.version else 0)
    heading = state_heading if head.heading == "state" else party_heading
    return Paper(
        title=f"LỊCH CÔNG TÁC TUẦN {view.week:02d}/{view.year}",
        heading=heading(head, numbered=False),
        under_title=tuple(_under(view, head, number, draft)),
        blocks=(
            *LAYOUTS[head.layout](tuple(days(view, head.audience))),
            *_called_off(view, head),
            *_notes(view, head),
            ending(head),
        ),
        landscape=head.layout == "table",
    )


def _under(view: WeekView, head: WeekLetterhead, number: int, draft: bool) -> Iterator[Words]:
    if head.whose:
        yield Words(head.whose, bold=True)
    yield Words(f"(từ ngày {day(view.from_day)} đến ngày {day(view.to_day)})", italic=True)
    if number > 1:
        yield Words(f"(Lịch thay đổi, bổ sung - bản số {number})", bold=True, italic=True)
    if draft:
        yield Words("DỰ THẢO", bold=True)


def _called_off(view: WeekView, head: WeekLetterhead) -> Iterator[Block]:
    off = [change.before for change in view.changes if change.change == "cancelled" and change.before is not None]
    gone = [facts for facts in off if facts.publicity in SHOWN[head.audience]]
    if gone:
        yield Paragraph("Nội dung hủy, hoãn so với bản trước:", bold=True)
    for facts in gone:
        at = clock(facts.starts_at) if facts.timed else {"morning": "sáng", "afternoon": "chiều"}.get(facts.session)
        yield Paragraph(sentence(f"- {f'{at}, ' if at else ''}ngày {day(facts.day)}: {facts.content}"))


def _notes(view: WeekView, head: WeekLetterhead) -> Iterator[Block]:
    shown = [item for each in days(view, head.audience) for item in each.items]
    if head.layout != "lines" and any(item.invitation == "calendar" for item in shown):
        yield Paragraph("Lịch này thay giấy mời, trừ nội dung có ghi giấy mời riêng.", italic=True)


def ending(head: WeekLetterhead) -> Ending:
    """Return who gets the paper and who signs it."""
    recipients = tuple(each.strip() for each in (head.recipients or "").split(";") if each.strip())
    behalf = head.on_behalf or BEHALF[head.heading]
    return Ending(recipients, Signature(head.position, head.head, "", behalf))
