"""What the events, records, fields and coded values of feeds are called."""

from collections.abc import Mapping

from contracts.titles.title import Title

EVENTS: Mapping[str, Title] = {
    "scheduling.FeedOpened": Title("Mở địa chỉ lịch", "Feed opened"),
    "scheduling.FeedRevoked": Title("Thu hồi địa chỉ lịch", "Feed revoked"),
}
RECORDS: Mapping[str, Title] = {
    "scheduling.feed": Title("Địa chỉ lịch", "Feed"),
}
FIELDS: Mapping[str, Title] = {
    "scheduling.FeedOpened.account": Title("Tài khoản", "Account"),
    "scheduling.FeedOpened.bookable_id": Title("Mã người, phòng, xe", "Person or thing by its id"),
    "scheduling.FeedOpened.detail": Title("Mức chi tiết", "Detail"),
    "scheduling.FeedOpened.label": Title("Dùng cho", "Label"),
    "scheduling.FeedOpened.name": Title("Lịch của", "Calendar of"),
    "scheduling.FeedOpened.opened_by": Title("Người mở", "Opened by"),
    "scheduling.FeedOpened.secret_sha256": Title("SHA-256 của địa chỉ bí mật", "SHA-256 of the secret address"),
    "scheduling.FeedRevoked.reason": Title("Lý do thu hồi", "Why it was revoked"),
}
VALUES: Mapping[tuple[str, str], Title] = {
    ("detail", "busy"): Title("Chỉ báo bận", "Only when it is taken"),
    ("detail", "private"): Title("Kể cả nội dung lịch riêng", "With private bookings"),
    ("detail", "usual"): Title("Như lịch chung", "As everybody sees it"),
}
