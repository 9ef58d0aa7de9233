"""What holds of every stocktake whatever is said: its tally is its lines, nothing counts twice, closed is closed."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from pydantic_core import to_json

from contracts import assets
from contracts.assets import stocktakes as words
from contracts.base import Actor, Command, Event
from services.assets.deciders.stocktake_line import Line, tallied
from services.assets.stocktakes import AGGREGATES

if TYPE_CHECKING:
    from tests.assets.decider import Desk

COUNTED_AT = datetime.fromisoformat("2026-11-23T08:30+07:00")
COMMITTEE = (words.CommitteeMember(role="chair", name="Nguyễn Thị Lan"),)
BAO = Actor(id="user:pham.quoc.bao", name="Phạm Quốc Bảo", roles=("clerk",))
LAW = settings(deadline=None, max_examples=50)
STATES = {aggregate.name: TypeAdapter(type(aggregate.initial)) for aggregate in AGGREGATES}
OWNED = 4
THINGS = st.integers(0, OWNED + 2)
"""The first are assets of the office, one more is of another unit, one more has a label nobody knows, one has none."""
SURPLUS = words.Surplus(unit_id="vptu", class_code="5.3", name="Máy in", cost_vnd=14_000_000, remaining_years=4)
SCANS = st.fixed_dictionaries(
    {"id": st.integers(0, 9), "thing": THINGS},
    optional={
        "place": st.sampled_from([assets.Place(site_id="ts1"), assets.Place(site_id="ts2", room="P.2")]),
        "condition": st.sampled_from(["good", "damaged"]),
    },
)
FIT: dict[str | None, tuple[words.Resolution, ...]] = {
    None: ("loss",),
    "missing": ("loss", "confirmed", "other", "search_again"),
    "found": ("mistaken", "loss"),
    "differing": ("correct_register", "return_to_place", "mistaken"),
    "unexpected": ("return_to_owner", "correct_register", "mistaken"),
    "untagged": ("register_surplus", "return_to_owner", "mistaken", "other"),
    "void": ("mistaken", "other"),
}
STEPS: st.SearchStrategy[tuple[str, Any]] = st.one_of(
    st.tuples(st.just("count"), st.lists(SCANS, min_size=1, max_size=6)),
    st.tuples(st.just("count"), st.lists(SCANS, min_size=1, max_size=6)),
    st.tuples(
        st.just("decide"),
        st.fixed_dictionaries(
            {
                "thing": THINGS,
                "scan": st.integers(0, 9),
                "resolution": st.integers(0, 3),
                "late": st.sampled_from([False, False, False, True]),
                "named": st.sampled_from([True, True, True, False]),
                "by_bao": st.booleans(),
            }
        ),
    ),
    st.tuples(st.just("expect"), st.lists(st.integers(0, OWNED), min_size=1, max_size=4, unique=True)),
    st.tuples(st.sampled_from(["start", "close", "close", "settle", "settle", "upgrade", "cancel"]), st.none()),
)
HISTORIES = st.lists(STEPS, max_size=25)


class Past:
    """A stocktake as it happened, every command with what came of it."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        units = ["vptu"] * OWNED + ["btctu"]
        self.assets = [desk.asset(unit_id=unit, place=assets.Place(site_id="ts1")) for unit in units]
        self.tags = [desk.scenario.states["asset", id].tag for id in self.assets] + ["BNCTU-000009"]
        scope, snapshot_on = words.Scope(unit_ids=("vptu",)), date(2026, 11, 23)
        opening = words.OpenStocktake(title="Kiểm kê", snapshot_on=snapshot_on, scope=scope, committee=COMMITTEE)
        self.id = desk.when(opening).id
        self.said: list[tuple[Command, Actor | None, Any]] = []
        self.say("expect", [0, 1])
        self.say("start", None)

    def say(self, kind: str, fields: Any) -> None:
        if kind == "settle":
            self.settle()
            return
        command = self._command(kind, fields)
        actor = BAO if kind == "decide" and fields["by_bao"] else None
        self.said.append((command, actor, self.desk.when(command, actor=actor)))

    def settle(self) -> None:
        """Decide whatever is not decided yet."""
        for id, line in self.lines.items():
            if line.undecided:
                said = id.partition("-")[2]
                about = {"stocktake_id": self.id, "line": said.upper() if "-" in said else said}
                command = words.DecideDifference(**about, revision=line.revision, resolution="other", reason="Khóa sổ.")
                self.said.append((command, None, self.desk.when(command)))

    def tell(self, history: list[tuple[str, Any]]) -> "Past":
        for kind, fields in history:
            self.say(kind, fields)
        return self

    @property
    def lines(self) -> dict[str, Line]:
        return {id: state for (name, id), state in self.desk.scenario.states.items() if name == "stocktakeline"}

    @property
    def tally(self) -> words.Tally:
        tally: words.Tally = self.desk.scenario.states["stocktake", self.id].tally
        return tally

    def _command(self, kind: str, fields: Any) -> Command:
        about: dict[str, Any] = {"stocktake_id": self.id}
        match kind:
            case "count":
                return words.RecordCounts(**about, scans=tuple(self._scan(dict(scan)) for scan in fields))
            case "decide":
                return self._deciding(about, fields)
            case "expect":
                named = (words.ExpectedAsset(asset_id=self.assets[n], tag=self.tags[n]) for n in fields)
                return words.ExpectAssets(**about, assets=tuple(named))
            case "start":
                return words.StartCounting(**about)
            case "close":
                return words.CloseStocktake(**about)
            case "upgrade":
                return assets.UpgradeAsset(asset_id=self.assets[0], cost_vnd=25_000_000, work="Thêm bộ nhớ")
        return words.CancelStocktake(**about, reason="Hoãn.")

    def _scan(self, fields: dict[str, Any]) -> words.Scan:
        number, thing = fields.pop("id"), fields.pop("thing")
        labelled = thing < len(self.tags)
        what = {"tag": self.tags[thing]} if labelled else {"description": "Ghế xoay", "quantity": 2}
        known = {"asset_id": self.assets[thing]} if thing < len(self.assets) else {}
        # One device gives one id to one scan of one thing.
        return words.Scan(scan_id=f"{number + 16 * thing:032x}", counted_at=COUNTED_AT, **what, **known, **fields)

    def _deciding(self, about: dict[str, Any], fields: dict[str, Any]) -> words.DecideDifference:
        thing = fields["thing"]
        line = self.tags[thing] if thing < len(self.tags) else f"{fields['scan'] + 16 * thing:032x}"
        state = self.lines.get(f"{self.id}-{line.lower()}", Line())
        fit = FIT[state.state]
        resolution = fields["resolution"]
        resolution = fit[resolution % len(fit)] if isinstance(resolution, int) else resolution
        surplus = SURPLUS if resolution == "register_surplus" else None
        named = self.assets[thing] if fields["named"] and thing < len(self.assets) and not surplus else None
        return words.DecideDifference(
            **about,
            line=line,
            revision=max(state.revision - fields["late"], 1),
            resolution=resolution,
            reason="Theo biên bản.",
            asset_id=named,
            surplus=surplus,
        )


@LAW
@given(history=HISTORIES)
def test_the_tally_of_a_stocktake_is_what_its_lines_come_to(new_desk: "Callable[[], Desk]", history: list[Any]) -> None:
    past = Past(new_desk()).tell(history)
    tally = words.Tally()
    for line in past.lines.values():
        tally = tallied(tally, Line(), line)
    assert past.tally == tally
    assert sorted(line.number for line in past.lines.values()) == list(range(1, tally.lines + 1))
    assert tally.expected <= tally.found + tally.differing + tally.missing
    assert tally.undecided <= tally.differing + tally.missing + tally.unexpected + tally.untagged


@LAW
@given(history=HISTORIES)
def test_a_scan_is_kept_once_however_often_it_comes(new_desk: "Callable[[], Desk]", history: list[Any]) -> None:
    past = Past(new_desk()).tell(history)
    for id, line in past.lines.items():
        assert len(set(line.scans)) == len(line.scans)
        events = past.desk.scenario.events["stocktakeline", id]
        seen = [event.seen.scan_id for event in events if hasattr(event, "seen")]
        assert seen == list(line.scans)


@LAW
@given(history=HISTORIES)
def test_what_was_accepted_is_not_recorded_a_second_time_when_it_is_said_again(
    new_desk: "Callable[[], Desk]", history: list[Any]
) -> None:
    past = Past(new_desk())
    for kind, fields in history:
        past.say(kind, fields)
        command, actor, outcome = past.said[-1]
        if outcome.events:
            assert past.desk.when(command, actor=actor).events == ()


@LAW
@given(history=HISTORIES)
def test_a_closed_stocktake_has_every_difference_decided_and_stays_as_it_is(
    new_desk: "Callable[[], Desk]", history: list[Any]
) -> None:
    past, ended = Past(new_desk()), None
    for kind, fields in history:
        past.say(kind, fields)
        state = past.desk.scenario.states["stocktake", past.id]
        if state.status == "closed":
            assert not any(line.undecided for line in past.lines.values())
        if state.status in ("closed", "cancelled"):
            ended = ended or (state, past.lines)
            assert ended == (state, past.lines)


@LAW
@given(history=HISTORIES)
def test_what_is_there_is_what_the_books_say_and_the_differences(
    new_desk: "Callable[[], Desk]", history: list[Any]
) -> None:
    past = Past(new_desk()).tell(history)
    for line in past.lines.values():
        if line.decision and not line.undecided:
            actual, state = line.decision.actual, line.state
            assert actual.residual_vnd <= actual.cost_vnd
            assert actual.quantity or state in ("missing", "void")
            assert state != "differing" or actual == line.worth


@LAW
@given(history=HISTORIES)
def test_a_state_is_the_fold_of_its_events_and_comes_back_from_its_snapshot(
    new_desk: "Callable[[], Desk]", history: list[Any]
) -> None:
    scenario = Past(new_desk()).tell(history).desk.scenario
    for aggregate in AGGREGATES:
        for (name, id), events in scenario.events.items():
            if name == aggregate.name:
                state = aggregate.initial
                for event in events:
                    state = aggregate.evolve(state, event)
                assert state == scenario.states[name, id] == STATES[aggregate.name].validate_json(to_json(state))


def everything(desk: "Desk") -> list[Event]:
    """Return one fact at least of every kind that happens in a stocktake."""
    past = Past(desk)
    past.desk.has(words.NameCommittee(stocktake_id=past.id, committee=COMMITTEE * 2))
    decided = {"scan": 0, "late": False, "named": True, "by_bao": False}
    past.tell(
        [
            ("count", [{"id": 1, "thing": 0}, {"id": 2, "thing": 0}, {"id": 0, "thing": OWNED + 2}]),
            ("decide", {**decided, "thing": 1, "resolution": "loss"}),
            ("decide", {**decided, "thing": OWNED + 2, "resolution": "register_surplus"}),
            ("close", None),
        ]
    )
    desk.has(
        words.CancelStocktake(
            stocktake_id=desk.when(
                words.OpenStocktake(title="Đợt hai", snapshot_on=date(2026, 12, 1), committee=COMMITTEE)
            ).id,
            reason="Hoãn.",
        )
    )
    happened = [event for events in desk.scenario.events.values() for event in events]
    return [event for event in happened if type(event) in words.STOCKTAKE_EVENTS]


@LAW
@given(draw=st.data())
def test_no_order_of_facts_however_impossible_stops_the_fold(
    new_desk: "Callable[[], Desk]", draw: st.DataObject
) -> None:
    kept = everything(new_desk())
    assert {type(event) for event in kept} == set(words.STOCKTAKE_EVENTS)
    for aggregate in AGGREGATES:
        state = aggregate.initial
        for event in draw.draw(st.lists(st.sampled_from(kept), max_size=12)):
            state = aggregate.evolve(state, event)
        assert type(state) is type(aggregate.initial)


def test_every_fact_is_read_back_from_its_json_as_it_was(desk: "Desk") -> None:
    for event in everything(desk):
        assert type(event).model_validate_json(event.model_dump_json()) == event
