"""Who is known to the office, as they are known now?"""

from zoneinfo import ZoneInfo

from contracts import organisation as words_of
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Rows
from services.runtime.read_model import ReadModel, RowValues

_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_ACCOUNT = 'lower(account COLLATE "C")'
"""Letters of an account that differ only in case are the same; there are none beyond ASCII."""


def _project(row: RowValues | None, fact: Fact) -> RowValues:
    event = fact.event
    assert isinstance(event, words_of.PersonRegistered | words_of.PersonCorrected)
    return {
        "name": event.name,
        "born_on": event.born_on,
        "education": event.education,
        "phone": event.phone,
        "email": event.email,
        "account": event.account,
        "registered_on": row["registered_on"] if row else fact.time.astimezone(_HANOI).date(),
    }


PEOPLE = ReadModel(
    name="people",
    version=1,
    key_column="person_id",
    columns={
        "name": "text NOT NULL",
        "born_on": "date",
        "education": "text",
        "phone": "text",
        "email": "text",
        "account": "text",
        "registered_on": "date NOT NULL",
    },
    indexes=(f"({_ACCOUNT})",),
    events=event_types("organisation", (words_of.PersonRegistered, words_of.PersonCorrected)),
    key=lambda fact: fact.id,
    project=_project,
)

EVERYBODY = Rows(PEOPLE)
WHOSE_ACCOUNT = f"{_ACCOUNT} = lower($1)"
"""The condition that a person's account is the first value."""


def person(person_id: str) -> Rows:
    """Return one person."""
    return Rows(PEOPLE, "person_id = $1", (person_id,))
