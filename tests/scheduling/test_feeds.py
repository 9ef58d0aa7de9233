"""Feeds: who opens and revokes them, that no address is kept, and that what they show follows every change."""

from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from contracts import scheduling as words
from contracts.base import Refused
from services.scheduling.feeds import QUERY_RULES
from services.scheduling.read_models.bookables import BOOKABLES
from services.scheduling.read_models.slots import SLOTS

if TYPE_CHECKING:
    from tests.scheduling.decider import Desk
    from tests.scheduling.shown import Recorded, Shown

SECRETS = {name: sha256(name.encode()).hexdigest() for name in ("room", "car", "secretary", "busy", "private", "lost")}
MODELS = tuple({model.name: model for rule in QUERY_RULES for model in rule.reads}.values())
OWN = [model for model in MODELS if model not in (SLOTS, BOOKABLES)]


def opening(thing: str, secret: str = "room", **changes: Any) -> words.OpenFeed:
    told = {"bookable_id": thing, "label": "Điện thoại Chánh VP", "secret_sha256": SECRETS[secret]}
    return words.OpenFeed(**{**told, **changes})


def theirs(desk: "Desk", account: str = "user:bi.thu") -> str:
    desk.when(words.DescribeBookable(bookable_id=desk.SECRETARY, account=account)).accepted()
    return desk.SECRETARY


@pytest.mark.parametrize("role", ["clerk", "administrator", "leader"])
def test_the_office_opens_a_feed_of_anything_and_only_its_digest_is_told(desk: "Desk", speaker: Any, role: str) -> None:
    opened = desk.when(opening(desk.ROOM), actor=speaker(role)).one(words.FeedOpened)
    assert (opened.bookable_id, opened.name, opened.secret_sha256) == (desk.ROOM, "Phòng họp 1", SECRETS["room"])
    assert opened.detail == "usual"


@pytest.mark.parametrize("role", ["reader", "board", "auditor"])
def test_everybody_opens_and_revokes_feeds_of_their_own_calendar_and_of_no_other(
    desk: "Desk", speaker: Any, role: str
) -> None:
    own = speaker(role, id="user:bi.thu", board="VPTU")
    thing = theirs(desk)
    feed = desk.when(opening(thing, detail="private"), actor=own).accepted()
    desk.when(opening(desk.ROOM), actor=own).refused(words.FEED_NOT_YOURS)
    others = desk.when(opening(desk.ROOM)).accepted()
    desk.when(words.RevokeFeed(feed_id=others.id, reason="Thử."), actor=own).refused(words.FEED_NOT_YOURS)
    desk.when(words.RevokeFeed(feed_id=feed.id, reason="Mất máy."), actor=own).one(words.FeedRevoked)


def test_a_feed_tells_no_more_than_who_opens_it_may_tell(desk: "Desk", speaker: Any) -> None:
    private = opening(desk.SECRETARY, detail="private")
    desk.when(private, actor=speaker("administrator")).refused(words.FEED_PRIVATE_NOT_YOURS, "detail")
    desk.when(private, actor=speaker("clerk")).one(words.FeedOpened)


def test_only_what_can_be_booked_has_a_feed(desk: "Desk") -> None:
    desk.when(opening("asset-khongco")).refused(words.BOOKABLE_UNKNOWN, "bookable_id")
    desk.when(words.RetireBookable(bookable_id=desk.CAR_16, reason="Thanh lý xe.")).accepted()
    desk.when(opening(desk.CAR_16)).refused(words.BOOKABLE_RETIRED)


def test_a_feed_is_opened_once_and_revoked_once(desk: "Desk") -> None:
    feed = desk.when(opening(desk.ROOM), number=900).accepted()
    desk.when(opening(desk.ROOM), number=900).nothing()
    desk.when(words.RevokeFeed(feed_id=feed.id, reason="Mất máy.")).then(words.FeedRevoked(reason="Mất máy."))
    desk.when(words.RevokeFeed(feed_id=feed.id, reason="Lần nữa.")).nothing()
    desk.when(words.RevokeFeed(feed_id="0" * 32, reason="Không có.")).refused(words.FEED_UNKNOWN)


@pytest.mark.parametrize("secret", ["x" * 43, "A" * 64, "0" * 63, ""])
def test_a_secret_itself_is_no_digest_and_is_not_taken(desk: "Desk", secret: str) -> None:
    with pytest.raises(ValidationError):
        opening(desk.ROOM, secret_sha256=secret)


# --- what is shown --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def recorded(recorded: "Recorded", bare_desk: Callable[[], "Desk"]) -> "Recorded":
    """An office of its own, so that the others keep theirs as it is."""
    return type(recorded)(bare_desk())


@pytest.fixture(scope="module")
def told(recorded: "Recorded", at: Callable[[str], Any], speaker: Any) -> dict[str, str]:
    """Feeds of that office, and bookings that moved, were called off, were private; their ids by name."""
    desk, ids = recorded.desk, {}
    desk.book(desk.ROOM).accepted()
    desk.when(desk.series(desk.ROOM, starts_at=at("2026-11-25 08:00"), ends_at=at("2026-11-25 09:00"))).accepted()
    for name, thing, detail in (
        ("room", desk.ROOM, "usual"), ("car", desk.CAR_2, "usual"), ("secretary", desk.SECRETARY, "usual"),
        ("busy", desk.SECRETARY, "busy"), ("private", desk.SECRETARY, "private"), ("lost", desk.ROOM, "usual"),
    ):  # fmt: skip
        ids[name] = desk.when(opening(thing, name, detail=detail)).id
    desk.when(words.RevokeFeed(feed_id=ids["lost"], reason="Mất điện thoại.")).accepted()
    day = {"starts_at": at("2026-12-10 09:00"), "ends_at": at("2026-12-10 11:00")}
    ids["moved"] = desk.book(desk.CAR_2, **day).id
    ids["private booking"] = desk.book(desk.SECRETARY, private=True, title="Khám sức khỏe", **day).id
    ids["cancelled"] = desk.book(desk.SECRETARY, starts_at=at("2026-12-11 09:00"), ends_at=at("2026-12-11 10:00")).id
    desk.when(desk.about(words.CancelBooking, ids["cancelled"], reason="Hoãn.")).accepted()
    return ids


@pytest.fixture
async def asking(shown: "Shown", recorded: "Recorded", told: dict[str, str], speaker: Any) -> Any:
    """Asks for what a feed shows, as the console does, after all that was recorded."""
    for model in MODELS:
        await shown.fill(model, model.table, [recorded.facts])

    async def ask(name: str) -> words.FeedCalendar:
        digest = SECRETS.get(name, sha256(name.encode()).hexdigest())
        (rule,) = (rule for rule in QUERY_RULES if rule.query is words.GetFeedCalendar)
        query = words.GetFeedCalendar(secret_sha256=digest, as_of=recorded.desk.scenario.now)
        answer = await rule.answer(query, speaker("service", id="service:console")).read(shown.connection)
        return words.FeedCalendar.model_validate_json(answer.model_dump_json())

    return ask


@pytest.mark.parametrize("model", OWN, ids=lambda model: model.name)
@pytest.mark.parametrize("size", [1, 3, 1000], ids=["one by one", "three by three", "all at once"])
async def test_a_fact_delivered_twice_changes_nothing(
    shown: "Shown", recorded: "Recorded", told: dict[str, str], model: Any, size: int
) -> None:
    facts = recorded.facts
    await shown.fill(model, model.table, [facts])
    batches = [facts[start : start + size] for start in range(0, len(facts), size)]
    await shown.fill(model, "again", [batch for batch in batches for _ in range(2)])
    rows = await shown.rows(model, "again")
    assert rows == await shown.rows(model, model.table)
    assert rows


@pytest.mark.parametrize("model", OWN, ids=lambda model: model.name)
async def test_an_old_day_is_the_same_fold_stopped_there(
    shown: "Shown", recorded: "Recorded", told: dict[str, str], model: Any
) -> None:
    half = recorded.facts[: len(recorded.facts) * 3 // 4]
    await shown.fill(model, "again", [half])
    stopped = await shown.rows(model, "again")
    await shown.fill(model, "again", [half[:77], half[77:], half[:40]])
    assert await shown.rows(model, "again") == stopped


async def test_a_feed_shows_what_is_taken_of_its_thing(asking: Any, recorded: "Recorded", told: dict[str, str]) -> None:
    feed = await asking("room")
    assert (feed.name, feed.kind, feed.label, feed.revoked) == ("Phòng họp 1", "room", "Điện thoại Chánh VP", False)
    desk = recorded.desk
    taken = {(item.booking_id, f"{item.starts_at:%d}") for item in feed.items if item.status != "cancelled"}
    assert {booking for booking, _ in taken} == {booking for _, _, booking in desk.taken(desk.ROOM)}
    assert len(taken) == 5
    assert all(item.uid == f"{item.booking_id}.{desk.ROOM}" for item in feed.items)


async def test_a_moved_booking_keeps_its_name_and_its_number_of_changes_grows(
    asking: Any, shown: "Shown", recorded: "Recorded", told: dict[str, str], at: Callable[[str], Any]
) -> None:
    (before,) = (item for item in (await asking("car")).items if item.booking_id == told["moved"])
    desk = recorded.desk
    later = at("2026-11-23 10:00")
    for hour in ("2026-12-28 14:00", "2027-01-04 14:00", "2026-12-10 14:00"):
        desk.when(desk.about(words.MoveBooking, told["moved"], starts_at=at(hour)), now=later).accepted()
        for model in MODELS:
            await shown.fill(model, model.table, [recorded.facts])
        (after,) = (item for item in (await asking("car")).items if item.booking_id == told["moved"])
        assert (after.uid, after.starts_at, after.status) == (before.uid, at(hour), "confirmed")
        assert after.changes > before.changes
        assert (after.made_at, after.changed_at) == (before.made_at, later)
        before = after


async def test_what_was_called_off_is_said_to_be_for_a_while(asking: Any, told: dict[str, str]) -> None:
    (item,) = (item for item in (await asking("secretary")).items if item.booking_id == told["cancelled"])
    assert (item.status, item.changes > 0) == ("cancelled", True)


@pytest.mark.parametrize(
    ("feed", "usual", "private"),
    [("secretary", "Họp giao ban", None), ("private", "Họp giao ban", "Khám sức khỏe"), ("busy", None, None)],
)
async def test_a_feed_tells_what_its_detail_allows(
    asking: Any, told: dict[str, str], feed: str, usual: str | None, private: str | None
) -> None:
    items = {item.booking_id: item for item in (await asking(feed)).items}
    shown, hidden = items[told["cancelled"]], items[told["private booking"]]
    assert (shown.title, hidden.title) == (usual, private)
    for item in (shown, hidden):
        assert (item.holder is None) == (item.contact is None) == (item.priority is None) == (item.title is None)
        assert item.private or item.title is not None


async def test_a_revoked_feed_shows_nothing_and_an_unknown_one_is_none(asking: Any) -> None:
    feed = await asking("lost")
    assert (feed.revoked, feed.items) == (True, ())
    with pytest.raises(Refused) as refused:
        await asking("never opened")
    assert refused.value.refusal == words.FEED_UNKNOWN


async def test_feeds_are_listed_to_those_whose_they_are_without_their_digests(
    asking: Any, shown: "Shown", told: dict[str, str], speaker: Any
) -> None:
    (rule,) = (rule for rule in QUERY_RULES if rule.query is words.ListFeeds)

    async def listed(query: words.ListFeeds, actor: Any) -> list[words.FeedRow]:
        answer = await rule.answer(query, actor).read(shown.connection)
        assert not any(digest in answer.model_dump_json() for digest in SECRETS.values())
        return list(answer.rows)

    every = await listed(words.ListFeeds(), speaker("auditor", id="user:thanh.tra"))
    assert {row.feed_id for row in every} == {told[name] for name in SECRETS}
    (lost,) = await listed(words.ListFeeds(revoked=True), speaker("clerk"))
    assert (lost.feed_id, lost.reason) == (told["lost"], "Mất điện thoại.")
    assert await listed(words.ListFeeds(), speaker("reader", id="user:ai.do")) == []
    assert len(await listed(words.ListFeeds(), speaker("reader"))) == len(SECRETS)
