"""One example of every command of feeds."""

from collections.abc import Mapping
from typing import Any

from contracts import scheduling
from contracts.base import Command

EXAMPLES: Mapping[type[Command], dict[str, Any]] = {
    scheduling.OpenFeed: {
        "bookable_id": "person-0190a6f2c3d47e1f8a2b3c4d5e6f7b01",
        "label": "Điện thoại Chánh Văn phòng",
        "detail": "usual",
        "secret_sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    },
    scheduling.RevokeFeed: {
        "feed_id": "0190a6f2c3d47e1f8a2b3c4d5e6f8030",
        "reason": "Điện thoại bị thất lạc.",
    },
}
