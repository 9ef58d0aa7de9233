"""What are the people of the office called?"""

from contracts import organisation as words_of
from services.runtime.envelope import Fact, event_types
from services.runtime.read_model import ReadModel, RowValues


def _project(row: RowValues | None, fact: Fact) -> RowValues:
    event = fact.event
    assert isinstance(event, words_of.PersonRegistered | words_of.PersonCorrected)
    return {"name": event.name, "account": event.account}


PEOPLE_KNOWN = ReadModel(
    name="people_known",
    version=1,
    key_column="person_id",
    columns={"name": "text NOT NULL", "account": "text"},
    indexes=(),
    events=event_types("organisation", (words_of.PersonRegistered, words_of.PersonCorrected)),
    key=lambda fact: fact.id,
    project=_project,
)
"""Names by person, as they are known now."""
