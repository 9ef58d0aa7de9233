"""Pages of rows that a statement of its own yields in the order of one key, which is each row's own."""

import base64
import json
from collections.abc import Callable, Sequence

from contracts.base import ListQuery, Page, Refused
from services.runtime.gathering import R
from services.runtime.problems import BAD_CURSOR


def behind(query: ListQuery) -> str | None:
    """Return the key behind which the page begins, None for the first page; raise Refused for another list's cursor."""
    if not query.cursor:
        return None
    try:
        direction, key = json.loads(base64.urlsafe_b64decode(query.cursor.encode()))
    except (ValueError, TypeError):
        direction, key = None, None
    if direction != _direction(query) or not isinstance(key, str):
        raise Refused(BAD_CURSOR, field="cursor")
    return key


def keyed_page(query: ListQuery, rows: Sequence[R], key: Callable[[R], str]) -> Page[R]:
    """Return a page of rows that come in order, one more than the page shows where there are more."""
    shown = tuple(rows[: query.limit])
    more = len(rows) > len(shown)
    place = json.dumps([_direction(query), key(shown[-1])]) if more else ""
    return Page(rows=shown, next_cursor=base64.urlsafe_b64encode(place.encode()).decode() if more else None)


def _direction(query: ListQuery) -> str:
    return "-" if query.descending else "+"
