"""The address of a feed: it opens without any other key, tells nobody its secret, and is gone once it is revoked."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
import structlog
import vobject

from contracts.base import Answered, Failed, Rejected
from contracts.scheduling import FEED_UNKNOWN, FeedCalendar, FeedItem, GetFeedCalendar
from services.console.examples import EXAMPLES
from services.console.feed_writing import write
from services.runtime.problems import problem

SUBJECT = "query.scheduling.feed-calendar"
SECRET = "s" * 42 + "_"
ADDRESS = f"/feeds/{SECRET}.ics"


def item(**changes: Any) -> FeedItem:
    told: dict[str, Any] = {
        "uid": "0190a6f2.asset-1",
        "booking_id": "0190a6f2",
        "starts_at": datetime(2026, 11, 24, 2, 0, tzinfo=UTC),
        "ends_at": datetime(2026, 11, 24, 4, 0, tzinfo=UTC),
        "status": "confirmed",
        "changes": 2,
        "made_at": datetime(2026, 11, 20, 2, 0, tzinfo=UTC),
        "changed_at": datetime(2026, 11, 21, 2, 0, 7, 123, tzinfo=UTC),
        "title": "Họp giao ban; quý IV, 2026",
        "holder": "Nguyễn Thị Lan",
        "contact": "0912 345 678",
        "place": "Phòng họp 1",
        "priority": "standing",
    }
    return FeedItem(**{**told, **changes})


def calendar(*items: FeedItem, **changes: Any) -> FeedCalendar:
    told: dict[str, Any] = {
        "feed_id": "0" * 32,
        "bookable_id": "asset-1",
        "name": "Phòng họp 1",
        "kind": "room",
        "label": "Điện thoại Chánh VP",
        "revoked": False,
        "items": items,
    }
    return FeedCalendar(**{**told, **changes})


@pytest.fixture
async def stranger(http: httpx.AsyncClient) -> httpx.AsyncClient:
    """Somebody without a token."""
    del http.headers["Authorization"]
    return http


@pytest.fixture
def answering(other_desks: dict[str, Any]) -> Callable[..., Any]:
    """Makes scheduling answer for this secret so, and for every other that there is none."""
    digest = hashlib.sha256(SECRET.encode()).hexdigest()

    async def answer(reply: Any) -> list[Any]:
        desk = other_desks["scheduling"]
        desk.heard.clear()
        unknown = problem(Rejected, FEED_UNKNOWN)
        await desk.answer(SUBJECT, lambda body: reply if body["data"]["secret_sha256"] == digest else unknown)
        heard: list[Any] = desk.heard
        return heard

    return answer


def shown(feed: FeedCalendar) -> Answered:
    return Answered(position=7, result=feed.model_dump(mode="json"))


def read(text: str) -> Any:
    """The calendar, as another library reads it."""
    (found,) = vobject.readComponents(text, validate=True)
    return found


async def test_who_has_the_address_reads_the_calendar_and_scheduling_hears_the_digest_alone(
    stranger: httpx.AsyncClient, answering: Any
) -> None:
    heard = await answering(shown(calendar(item())))
    answer = await stranger.get(ADDRESS)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    ((_, request),) = heard
    assert request["actor"]["roles"] == ["service"]
    assert SECRET not in str(heard)
    event = read(answer.text).vevent
    assert event.summary.value == "Họp giao ban; quý IV, 2026"
    assert event.dtstart.value == datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    assert "DTSTART;TZID=Asia/Ho_Chi_Minh:20261124T090000\r\n" in answer.text
    assert (event.uid.value, event.sequence.value) == ("0190a6f2.asset-1@motmoi", "2")
    assert event.contact.value == "Nguyễn Thị Lan, 0912 345 678"


async def test_who_has_read_it_is_told_that_nothing_changed(stranger: httpx.AsyncClient, answering: Any) -> None:
    await answering(shown(calendar(item())))
    first = await stranger.get(ADDRESS)
    tag = first.headers["ETag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = await stranger.get(ADDRESS, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert (await stranger.get(ADDRESS, headers={"If-None-Match": '"other"'})).text == first.text
    await answering(shown(calendar(item(changes=3))))
    assert (await stranger.get(ADDRESS, headers={"If-None-Match": tag})).status_code == 200


async def test_a_head_is_answered_as_a_get_without_its_body(stranger: httpx.AsyncClient, answering: Any) -> None:
    await answering(shown(calendar(item())))
    whole, head = await stranger.get(ADDRESS), await stranger.head(ADDRESS)
    assert (head.status_code, head.headers["ETag"]) == (200, whole.headers["ETag"])
    assert head.headers["Content-Length"] == str(len(whole.content))


async def test_a_revoked_feed_is_gone(stranger: httpx.AsyncClient, answering: Any) -> None:
    await answering(shown(calendar(revoked=True)))
    answer = await stranger.get(ADDRESS)
    assert (answer.status_code, answer.json()["code"]) == (410, "feed-revoked")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "name",
    [
        "A" * 43 + ".ics",
        "A" * 42 + ".ics",
        "A" * 43,
        "A" * 500 + ".ics",
        "é" * 43 + ".ics",
        ".ics",
        "%00.ics",
        "A" * 43 + ".ics%0A",
    ],
)
async def test_every_address_that_nobody_made_is_answered_alike(
    stranger: httpx.AsyncClient, answering: Any, name: str
) -> None:
    heard = await answering(shown(calendar(item())))
    answer = await stranger.get(f"/feeds/{name}")
    assert (answer.status_code, answer.json()["code"]) == (404, "feed-unknown")
    assert "A" * 42 not in answer.text
    # What cannot be a secret is asked of nobody.
    assert len(heard) == (name == "A" * 43 + ".ics")


async def test_an_address_is_not_told_to_the_log_when_something_fails(
    stranger: httpx.AsyncClient, answering: Any
) -> None:
    await answering(Answered(position=7, result={"revoked": False}))
    with structlog.testing.capture_logs() as lines:
        answer = await stranger.get(ADDRESS)
    assert answer.status_code == 500
    assert lines
    assert SECRET not in str(lines) + answer.text


async def test_a_silent_service_is_told_as_such(stranger: httpx.AsyncClient, answering: Any) -> None:
    await answering(Failed(code="read-model-building", vi="Đang dựng lại.", en="Being built."))
    assert (await stranger.get(ADDRESS)).status_code == 503


async def test_metrics_name_the_route_and_never_the_address(stranger: httpx.AsyncClient, answering: Any) -> None:
    await answering(shown(calendar(item())))
    await stranger.get(ADDRESS)
    page = (await stranger.get("/metrics")).text
    assert 'route="/feeds/{name}"' in page
    assert SECRET not in page


def test_the_same_feed_is_the_same_bytes_and_another_library_reads_them_without_a_warning() -> None:
    feed = calendar(
        item(),
        item(uid="2.asset-1", status="tentative", title=None, holder=None, contact=None, priority=None, private=True),
        item(uid="3.asset-1", status="cancelled", title="Rất dài " * 24),
    )
    text = write(feed)
    assert write(feed) == text
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    events = read(text.decode()).vevent_list
    assert [event.status.value for event in events] == ["CONFIRMED", "TENTATIVE", "CANCELLED"]
    assert [event.summary.value for event in events][1] == "Bận"
    assert events[1].contents.get("contact") is None
    assert read(text.decode()).contents["x-wr-calname"][0].value == "Phòng họp 1"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT15M\r\n" in text


def test_only_the_service_itself_asks_what_a_feed_shows() -> None:
    assert GetFeedCalendar.allowed == {"service"}
    assert not any("secret" in name and "sha256" not in name for example in EXAMPLES.values() for name in example)
