"""The Vietnamese names of what scheduling offers of planning a day's runs."""

from collections.abc import Mapping

NAMES: Mapping[tuple[str, str], str] = {
    ("scheduling", "plan-runs"): "Phương án điều xe trong ngày",
}
WORDS: Mapping[tuple[str, str], str] = {}
