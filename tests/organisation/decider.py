"""An office with boards, divisions, posts and people, to tell the rules of organisation in."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from contracts import organisation as words
from contracts.base import Actor, Command

if TYPE_CHECKING:
    from tests.scenario import Outcome, Scenario

DECISION = words.Decision(number="125-QĐ/TU", issued_on=date(2026, 11, 20), issuer="Ban Thường vụ Tỉnh ủy")
NEW_YEAR = date(2027, 1, 1)
CLERICAL, ACCOUNTS = "clerical", "accounts"


class Desk:
    """An office in memory, with the words its people use; each with only what a test wants to be different."""

    NEW_YEAR = NEW_YEAR
    DECISION = DECISION

    def __init__(self, scenario: "Scenario") -> None:
        self.scenario = scenario
        self._people = 0

    def when(
        self, command: Command, *, actor: Actor | None = None, now: datetime | None = None, number: int | None = None
    ) -> "Outcome":
        """Say a command; return what came of it."""
        return self.scenario.when(command, actor=actor, now=now, number=number)

    def has(self, *commands: Command) -> "Desk":
        """Say commands that are accepted: what was decided before."""
        for command in commands:
            self.when(command).accepted()
        return self

    # --- believable words --------------------------------------------------------------------------------------------

    @staticmethod
    def change(**changes: Any) -> dict[str, Any]:
        """Return what every change says."""
        return {"effective_on": date(2026, 1, 1), "decision": DECISION, **changes}

    def opening(self, code: str = "TS1", **changes: Any) -> words.OpenSite:
        """Return the wish to take a site into use."""
        usual = {"code": code, "name": f"Trụ sở {code}", "address": "Số 2 đường Hùng Vương"}
        return words.OpenSite(**self.change(**{**usual, **changes}))

    def establishing(self, code: str, **changes: Any) -> words.EstablishUnit:
        """Return the wish to establish a unit; a body unless said otherwise."""
        usual = {"code": code, "name": f"Đơn vị {code}", "kind": "body"}
        return words.EstablishUnit(**self.change(**{**usual, **changes}))

    def creating(self, unit_id: str, code: str, **changes: Any) -> words.CreatePost:
        """Return the wish to create a post for one to three specialists, two of them the norm."""
        usual = {
            "unit_id": unit_id,
            "code": code,
            "title": f"Chuyên viên {code}",
            "group": "professional",
            "minimum": 1,
            "norm": 2,
            "maximum": 3,
        }
        return words.CreatePost(**self.change(**{**usual, **changes}))

    def leading(self, unit_id: str, code: str = "truong", **changes: Any) -> words.CreatePost:
        """Return the wish to create the post of a unit's head."""
        usual = {
            "title": f"Cấp trưởng {unit_id}",
            "group": "leadership",
            "rank": "head",
            "minimum": 1,
            "norm": 1,
            "maximum": 1,
        }
        return self.creating(unit_id, code, **{**usual, **changes})

    def registering(self, **changes: Any) -> words.RegisterPerson:
        """Return the wish to enter another person."""
        self._people += 1
        usual = {"name": f"Nguyễn Văn {self._people}", "headcount": "civil_servant", "born_on": date(1985, 5, 19)}
        return words.RegisterPerson(**{**usual, **changes})

    def person(self, **changes: Any) -> str:
        """Return the id of a person who was entered."""
        return self.when(self.registering(**changes)).id

    def appointing(self, person_id: str, post_id: str, **changes: Any) -> words.AppointPerson:
        """Return the wish to put a person into a post."""
        return words.AppointPerson(**self.change(**{"person_id": person_id, "post_id": post_id, **changes}))

    def ending(self, person_id: str, post_id: str, **changes: Any) -> words.EndAppointment:
        """Return the wish to release a person from a post on New Year's Day."""
        usual = {"person_id": person_id, "post_id": post_id, "effective_on": NEW_YEAR}
        return words.EndAppointment(**self.change(**{**usual, **changes}))

    def leaving(self, person_id: str, *post_ids: str, **changes: Any) -> words.RecordDeparture:
        """Return the wish to record that a person retires on New Year's Day."""
        usual = {"person_id": person_id, "post_ids": post_ids, "reason": "retirement", "effective_on": NEW_YEAR}
        return words.RecordDeparture(**self.change(**{**usual, **changes}))

    def preparing(self, *lines: tuple[str, str], **changes: Any) -> words.PrepareTransfer:
        """Return the wish to draw up a batch for New Year's Day."""
        usual = {
            "title": "Điều động về Văn phòng Tỉnh ủy",
            "effective_on": NEW_YEAR,
            "lines": tuple(words.TransferLine(person_id=person, to_post_id=post) for person, post in lines),
        }
        return words.PrepareTransfer(**self.change(**{**usual, **changes}))

    def carrying(self, transfer_id: str) -> words.CarryOutTransfer:
        """Return the wish to carry a batch out as it was agreed."""
        state = self.scenario.states["transfer", transfer_id]
        lines = tuple(
            words.CarriedLine(person_id=line.person_id, from_post_id=line.from_post_id, to_post_id=line.to_post_id)
            for line in state.lines
        )
        return words.CarryOutTransfer(transfer_id=transfer_id, lines=lines)

    def naming(self, person_id: str, **changes: Any) -> words.NameContact:
        """Return the wish to name a board's contact for clerical work."""
        usual = {"unit_id": "btctu", "line": CLERICAL, "person_id": person_id, "effective_on": date(2026, 12, 1)}
        return words.NameContact(**{**usual, **changes})

    def granting(self, person_id: str, **changes: Any) -> words.GrantRole:
        """Return the wish to make a person a clerk."""
        return words.GrantRole(**self.change(**{"person_id": person_id, "role": "clerk", **changes}))

    def revoking(self, person_id: str, **changes: Any) -> words.RevokeRole:
        """Return the wish to take the clerk's role from a person on New Year's Day."""
        usual = {"person_id": person_id, "role": "clerk", "effective_on": NEW_YEAR}
        return words.RevokeRole(**self.change(**{**usual, **changes}))

    def delegating(self, giver: str, receiver: str, **changes: Any) -> words.DelegateAuthority:
        """Return the wish to let another lead in the week of the year's end."""
        usual = {
            "from_person_id": giver,
            "to_person_id": receiver,
            "roles": ("leader",),
            "effective_on": date(2026, 12, 25),
            "until": date(2026, 12, 31),
        }
        return words.DelegateAuthority(**self.change(**{**usual, **changes}))

    # --- believable offices ------------------------------------------------------------------------------------------

    def with_boards(self) -> "Desk":
        """Give it the committee, the shared office with a division, and a board, each with a post of specialists."""
        return self.has(
            self.establishing("TU", kind="committee"),
            self.establishing("VPTU", kind="office", parent_id="tu"),
            self.establishing("P-TH", kind="division", parent_id="vptu"),
            self.establishing("BTCTU", parent_id="tu", served=True),
            self.creating("vptu", "cv"),
            self.creating("p-th", "cv", norm=5, maximum=8),
            self.creating("btctu", "cv"),
        )

    def with_people(self) -> "Desk":
        """Give it five people in posts, two without, roles for two of them, and three teams without posts."""
        for code in ("T1", "T2", "T3"):
            self.has(self.establishing(code, kind="team", parent_id="p-th"))
        people = [self.person() for _ in range(7)]
        for place, post in enumerate(("vptu--cv", "p-th--cv", "p-th--cv", "btctu--cv", "btctu--cv")):
            self.has(self.appointing(people[place], post))
        self.has(
            self.granting(people[0], role="leader"), self.granting(people[1], until=date(2026, 9, 30)), self.opening()
        )
        return self.has(self.naming(people[3], effective_on=date(2026, 1, 1)))
