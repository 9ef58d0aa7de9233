"""The words of the weekly calendar's page, Vietnamese and English."""

from collections.abc import Mapping

from contracts.titles import value_title
from services.console.replies import Language

STATUS: Mapping[str, tuple[str, str]] = {
    "proposed": ("Đề xuất", "Proposed"),
    "awaiting_opinion": ("Chờ ý kiến Thường trực", "Before the standing committee"),
    "agreed": ("Thường trực đồng ý", "Agreed to"),
    "arranged": ("Đã xếp lịch", "Arranged"),
    "cancelled": ("Hủy", "Cancelled"),
    "postponed": ("Chuyển sang tuần khác", "Postponed"),
}
WEEK_STATUS: Mapping[str, tuple[str, str]] = {
    "open": ("Đang xếp", "Being arranged"),
    "submitted": ("Trình duyệt", "Submitted"),
    "published": ("Đã ban hành", "Published"),
    "changed": ("Có thay đổi chưa được duyệt lại", "Changed, not approved again"),
}
WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("Lịch công tác tuần {week}/{year}", "Calendar of week {week}/{year}"),
    "list": ("Lịch công tác tuần", "Weekly calendars"),
    "days": ("Từ ngày {first} đến ngày {last}", "From {first} to {last}"),
    "version": ("Bản số {number}", "Version {number}"),
    "now": ("Hiện tại", "As it stands"),
    "published": ("ban hành {day}, {by_name} duyệt", "published {day}, approved by {by_name}"),
    "draft": ("DỰ THẢO", "DRAFT"),
    "before": ("← Tuần trước", "← Week before"),
    "after": ("Tuần sau →", "Week after →"),
    "all": ("Các tuần", "All weeks"),
    "legend": ("Chú giải", "Legend"),
    "changes": ("Thay đổi so với bản trước", "Changes since the version before"),
    "reason": ("Lý do: {reason}", "Reason: {reason}"),
    "office": ("Làm việc tại cơ quan", "At the office"),
    "off": ("Nghỉ: {name}", "Day off: {name}"),
    "day": ("Ngày", "Day"),
    "lunar": ("{day}/{month}{leap} âm lịch", "lunar {day}/{month}{leap}"),
    "leap": (" nhuận", " leap"),
    "chair": ("Chủ trì", "Chair"),
    "going": ("Dự", "Attending"),
    "invited": ("Mời", "Invited"),
    "with": ("LĐVP, cùng đi", "Accompanying"),
    "prepared": ("Chuẩn bị", "Prepared by"),
    "cars": ("Xe", "Cars"),
    "documents": ("Tài liệu", "Documents"),
    "contact": ("Liên hệ", "Contact"),
    "letter": ("giấy mời riêng", "invited by letter"),
    "restricted": ("hạn chế", "restricted"),
    "by": ("Đề xuất: {by}", "Proposed by {by}"),
    "table": ("bảng", "table"),
    "lines": ("từng dòng", "lines"),
    "list-layout": ("danh sách", "list"),
    "none": ("Chưa có lịch tuần nào.", "There is no week yet."),
    "read": ("Đã xác nhận xem: {names}", "Read by: {names}"),
    "calendar": ("Lịch của", "Calendar"),
    "week": ("Tuần", "Week"),
    "status": ("Trạng thái", "Status"),
    "items": ("Số việc", "Items"),
    "language": ("English", "Tiếng Việt"),
}
WEEKDAYS: Mapping[Language, tuple[str, ...]] = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


class Wording:
    """The page's words in one language."""

    def __init__(self, spoken: Language) -> None:
        """Speak this language."""
        self.spoken = spoken
        self._place = 0 if spoken == "vi" else 1

    def __call__(self, key: str, **values: object) -> str:
        """Return a phrase with its values; not escaped."""
        return WORDS[key][self._place].format(**values)

    def status(self, code: str) -> str:
        """Return how an item stands."""
        return STATUS[code][self._place]

    def week_status(self, code: str) -> str:
        """Return how a week stands."""
        return WEEK_STATUS[code][self._place]

    def coded(self, field: str, code: str) -> str:
        """Return a coded value as the office says it."""
        title = value_title(field, code)
        return code if title is None else title[self._place]
