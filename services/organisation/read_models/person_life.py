"""What was one person's working life here, stretch by stretch, each with its decision?"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from contracts.base import Actor, Page, Refused
from contracts.organisation import PERSON_UNKNOWN, ListPersonLife, PersonLifeRow
from contracts.titles.organisation import VALUES
from services.organisation.read_models.appointments import APPOINTMENTS, ever_held
from services.organisation.read_models.headcounts import HEADCOUNTS
from services.organisation.read_models.people import PEOPLE, person
from services.organisation.read_models.turns import TURNS
from services.runtime.gathering import Gathering, Place, Record, Rows, page
from services.runtime.manifest import QueryRule

_MODELS = (PEOPLE, APPOINTMENTS, HEADCOUNTS, TURNS)
_TURNS = ("return", "headcount", "appointment", "departure")


def _list(query: ListPersonLife, actor: Actor) -> Gathering:
    def build(
        people: Sequence[Record], appointments: Sequence[Record], counted: Sequence[Record], turns: Sequence[Record]
    ) -> Page[PersonLifeRow]:
        if not people:
            raise Refused(PERSON_UNKNOWN, "person_id", person_id=query.person_id)
        return page(query, life_rows(appointments, counted, turns), _place)

    of_person = ("person_id = $1", (query.person_id,))
    parts = (person(query.person_id), ever_held(query.person_id), Rows(HEADCOUNTS, *of_person), Rows(TURNS, *of_person))
    return Gathering(parts, build)


def life_rows(
    appointments: Iterable[Record], counted: Iterable[Record], turns: Iterable[Record]
) -> Iterator[PersonLifeRow]:
    """Yield the posts a person held or is to hold, the changes of how they are counted, departures and returns."""
    for one in appointments:
        yield _appointment(one)
    for step, until in _stretches(counted, "since"):
        if step["former_headcount"] is not None:
            former, now = (_value("headcount", step[name]).lower() for name in ("former_headcount", "headcount"))
            yield _turn(step, "headcount", step["since"], until, f"Chuyển từ {former} sang {now}")
    for turn, until in _stretches(turns, "effective_on"):
        gone = turn["turn"] == "departure"
        content = f"Thôi công tác tại cơ quan: {_value('reason', turn['reason']).lower()}" if gone else _BACK
        yield _turn(turn, turn["turn"], turn["effective_on"], until, content)


_BACK = "Trở lại công tác tại cơ quan"
_HELD = {"main": "Giữ vị trí", "concurrent": "Kiêm nhiệm", "acting": "Phụ trách", "secondment": "Biệt phái giữ vị trí"}


def _appointment(record: Record) -> PersonLifeRow:
    return PersonLifeRow(
        since=record["since"],
        until=record["until"],
        content=f"{_HELD[record['kind']]} {record['post_title']}",
        unit_name=record["unit_name"],
        decision_number=record["decision_number"],
        decision_issued_on=record["decision_issued_on"],
        decision_issuer=record["decision_issuer"],
        person_id=record["person_id"],
        turn="appointment",
        kind=record["kind"],
        post_id=record["post_id"],
        transfer_id=record["transfer_id"],
    )


def _turn(record: Record, turn: str, since: date, until: date | None, content: str) -> PersonLifeRow:
    return PersonLifeRow.model_validate(
        {
            "since": since,
            "until": until,
            "content": content,
            "unit_name": None,
            "decision_number": record["decision_number"],
            "decision_issued_on": record["decision_issued_on"],
            "decision_issuer": record["decision_issuer"],
            "person_id": record["person_id"],
            "turn": turn,
            "kind": None,
            "post_id": None,
            "transfer_id": None,
        }
    )


def _stretches(records: Iterable[Record], day: str) -> Iterator[tuple[Record, date | None]]:
    """Yield records in the order of their days, each with the day before the next."""
    ordered = sorted(records, key=lambda record: (record[day], record["position"]))
    for one, after in pairwise((*ordered, None)):
        assert one is not None
        yield one, after[day] - timedelta(days=1) if after else None


def _value(field: str, code: str) -> str:
    return VALUES[field, code].vi


def _place(row: PersonLifeRow) -> Place:
    return row.since.isoformat(), _TURNS.index(row.turn), row.post_id or ""


LIST_PERSON_LIFE = QueryRule(ListPersonLife, _MODELS, _list)
