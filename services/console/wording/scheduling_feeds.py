"""The Vietnamese names of what scheduling offers of feeds, and of the coded values in their columns."""

from collections.abc import Mapping

NAMES: Mapping[tuple[str, str], str] = {
    ("scheduling", "open-feed"): "Mở địa chỉ lịch iCal",
    ("scheduling", "revoke-feed"): "Thu hồi địa chỉ lịch iCal",
    ("scheduling", "feeds"): "Danh sách địa chỉ lịch iCal",
    ("scheduling", "feed-calendar"): "Nội dung một địa chỉ lịch iCal",
}
WORDS: Mapping[tuple[str, str], str] = {
    ("detail", "busy"): "Chỉ báo bận",
    ("detail", "usual"): "Như lịch chung",
    ("detail", "private"): "Kể cả nội dung lịch riêng",
}
