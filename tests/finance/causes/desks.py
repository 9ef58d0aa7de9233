"""Other desks of the office: what they record, finance hears, keeps and drafts, as its policies would have it said."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from contracts import assets, finance, organisation, scheduling
from contracts.assets.handovers import HandoverOrigin, HandoverSums, HandoverTotals
from contracts.base import Command, Event
from services.finance.policies.draft_costs import DRAFT_COSTS
from services.finance.policies.hear_costs import HEAR_COSTS
from services.runtime.envelope import Fact
from services.runtime.manifest import At

if TYPE_CHECKING:
    from tests.finance.office import Office

CAR, COMPUTER, HIRED = "c" * 32, "d" * 32, "hired-12a-123"
DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
DECISION = organisation.Decision(number="1-QĐ/TU", issued_on=date(2026, 1, 1), issuer="Tỉnh ủy")


class Desks:
    """What other desks record; `hear` gives finance one fact, and what it leads to is said at once and kept."""

    CAR, COMPUTER, HIRED, DAY = CAR, COMPUTER, HIRED, DAY

    def __init__(self, office: "Office") -> None:
        self.office = office
        self.said: list[Command] = []
        self.timers: list[At] = []
        self._told = 0

    def fact(self, service: str, aggregate: str, id: str, event: Event, time: datetime = NOW) -> Fact:
        """Return an event as a fact of the log."""
        self._told += 1
        command = f"0190a6f2-c3d4-7e1f-8a2b-{self._told:012d}"
        kind = f"{service}.{type(event).__name__}"
        return Fact(
            event, aggregate, id, self._told, self._told * 4096, f"{command}:0", kind, command, time, "a", "b", None
        )

    def hear(self, *fact: Any, again: bool = False) -> None:
        """Let finance hear a fact, given as service, aggregate, id and event; `again` says it a second time."""
        heard = self.fact(*fact)
        for _ in range(2 if again else 1):
            self.react(heard)

    def react(self, fact: Fact) -> None:
        """Say what a fact leads to, and what that leads to."""
        for policy in (HEAR_COSTS, DRAFT_COSTS):
            for wish in policy.react(fact) if fact.type in policy.events else ():
                if isinstance(wish, At):
                    self.timers.append(wish)
                else:
                    self.say(wish)

    def say(self, command: Command) -> None:
        """Say a command of the service itself, and hear its facts."""
        self.said.append(command)
        before = len(self.office.facts)
        self.office.when(command, actor=self.office.SERVICE, now=NOW).accepted()
        for fact in self.office.facts[before:]:
            self.react(fact)

    def due(self) -> None:
        """Let every timer come."""
        timers, self.timers = self.timers, []
        for timer in timers:
            self.say(timer.command)

    # --- what came of it ----------------------------------------------------------------------------------------------

    def requests(self) -> list[finance.SpendingDrafted]:
        """Return every request that was drafted."""
        return [fact.event for fact in self.office.facts if isinstance(fact.event, finance.SpendingDrafted)]

    def drafts(self) -> list[finance.EntryDrafted]:
        """Return every entry that was drafted."""
        return [fact.event for fact in self.office.facts if isinstance(fact.event, finance.EntryDrafted)]

    def lines(self) -> list[tuple[str, str, str, int]]:
        """Return the lines of the one entry that was drafted about assets: board, account, side, amount."""
        (draft,) = (one for one in self.drafts() if one.template is None)
        return [(line.board, line.account, line.side, line.amount_vnd) for line in draft.lines]

    # --- what other desks record --------------------------------------------------------------------------------------

    def established(self) -> "Desks":
        """Tell of two units, one with a letter that no token has, of a car of one and a computer of the other."""
        for code, id in (("BTCTU", "btctu"), ("ĐUTU", "ddutu")):
            unit = organisation.UnitEstablished(
                unit_code=code,
                name=f"Đơn vị {code}",
                kind="body",
                tier="TINH",
                effective_on=date(2026, 1, 1),
                decision=DECISION,
            )
            self.hear("organisation", "unit", id, unit)
        plate = assets.VehicleFacts(plate="12A-000.45", seats=7)
        self.hear("assets", "asset", CAR, self.registered(class_code="3", details=plate, booked_on=date(2024, 1, 1)))
        computer = self.registered("ddutu", class_code="5.3", name="Máy tính", booked_on=date(2024, 1, 1))
        self.hear("assets", "asset", COMPUTER, computer)
        return self

    @staticmethod
    def registered(unit_id: str = "btctu", cost: int = 30_000_000, worn: int = 0, **changes: Any) -> Event:
        """Return that an asset was entered into a unit's book."""
        usual: dict[str, Any] = {
            **Desks.valued(unit_id, cost, worn),
            "name": "Máy chiếu",
            "tag": "BTCTU-000001",
            "number": 1,
            "booked_on": DAY,
            "origin": "purchase",
            "cost_basis": "settled",
            "place": assets.Place(),
            "condition": "good",
        }
        return assets.AssetRegistered(**{**usual, **changes})

    @staticmethod
    def valued(unit_id: str, cost: int, worn: int, class_code: str = "5.5") -> dict[str, Any]:
        """Return what an asset is worth."""
        value = assets.Value(cost_vnd=cost, accumulated_vnd=worn)
        basis = "Thông tư 141/2025/TT-BTC"
        return {
            "effective_on": DAY, "unit_id": unit_id, "class_code": class_code, "value": value, "legal_basis": basis
        }  # fmt: skip

    @staticmethod
    def fuel(amount: int = 1_250_000, invoice: str = "0000123") -> Event:
        """Return that a car took fuel."""
        return scheduling.FuelRecorded(
            receipt_id="f" * 32,
            received_on=DAY,
            month="2026-11",
            quantity_cl=5005,
            amount_vnd=amount,
            invoice=invoice,
            supplier="Cửa hàng xăng dầu số 3",
            month_received_cl=5005,
            month_paid_vnd=amount,
        )

    @staticmethod
    def trip(tolls: int = 0, hire: int = 0, boards: tuple[str, ...] = ("ddutu",)) -> Event:
        """Return a line of a car's log."""
        return scheduling.TripLogged(
            run_id="e" * 32,
            run_number="15/2026",
            plate="12A-000.45",
            driver_id="staff-1",
            driver_name="Lê Văn Lái",
            started_at=NOW,
            finished_at=datetime(2026, 11, 20, 18, 30, tzinfo=UTC),
            odometer_start_km=100,
            odometer_end_km=180,
            km=80,
            month="2026-11",
            route="Lạng Sơn - Lộc Bình",
            board_ids=boards,
            tolls_vnd=tolls,
            hire_vnd=hire,
        )

    @staticmethod
    def booked(**changes: Any) -> Event:
        """Return that a room was booked for a morning."""
        usual: dict[str, Any] = {
            "title": "Họp giao ban",
            "wants": (),
            "starts_at": datetime(2026, 11, 25, 1, 0, tzinfo=UTC),
            "ends_at": datetime(2026, 11, 25, 4, 30, tzinfo=UTC),
            "priority": "board",
            "holder": "user:a",
            "contact": "a",
            "board": "BTCTU",
            "booked_by": "user:a",
            "attendees": 20,
            "services": ("Nước uống", "Maket"),
        }
        return scheduling.BookingBooked(**{**usual, **changes})

    @staticmethod
    def handed_over(*origins: tuple[str, int, int], to: str = "ddutu") -> Event:
        """Return that a batch passed: of each giving unit what it cost and what had worn of it."""

        def sums(cost: int = 0, worn: int = 0) -> HandoverSums:
            return HandoverSums(
                asset_count=1 if cost else 0, cost_vnd=cost, accumulated_vnd=worn, residual_vnd=cost - worn
            )

        def totals(cost: int, worn: int) -> dict[str, HandoverSums]:
            nothing = dict.fromkeys(HandoverTotals.model_fields, sums())
            return {**nothing, **dict.fromkeys(("booked", "matching", "moving", "received"), sums(cost, worn))}

        whole = (sum(cost for _, cost, _ in origins), sum(worn for *_, worn in origins))
        return assets.HandoverClosed(
            number=3,
            year=2026,
            to_unit_id=to,
            effective_on=DAY,
            closed_on=DAY,
            closed_by="A",
            origins=tuple(HandoverOrigin(unit_id=unit, **totals(cost, worn)) for unit, cost, worn in origins),
            whole=HandoverTotals(**totals(*whole)),
        )
