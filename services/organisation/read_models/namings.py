"""Who was named to answer for which line of which board, from which day on?"""

from collections.abc import Iterable

from contracts import organisation as words_of
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Record, Rows
from services.runtime.read_model import ReadModel, RowValues


def _key(fact: Fact) -> str:
    event = fact.event
    assert isinstance(event, words_of.ContactNamed | words_of.ContactWithdrawn)
    return f"{event.unit_id}@{event.line}@{event.effective_on}"


def _project(row: RowValues | None, fact: Fact) -> RowValues:
    event = fact.event
    assert isinstance(event, words_of.ContactNamed | words_of.ContactWithdrawn)
    named = event if isinstance(event, words_of.ContactNamed) else None
    return {
        "unit_id": event.unit_id,
        "unit_code": event.unit_code,
        "unit_name": event.unit_name,
        "line": event.line,
        "effective_on": event.effective_on,
        "until": named.until if named else None,
        "person_id": named.person_id if named else None,
        "person_name": named.person_name if named else None,
        "substitute_id": named.substitute_id if named else None,
        "substitute_name": named.substitute_name if named else None,
    }


NAMINGS = ReadModel(
    name="namings",
    version=1,
    key_column="naming_id",
    columns={
        "unit_id": "text NOT NULL",
        "unit_code": "text NOT NULL",
        "unit_name": "text NOT NULL",
        "line": "text NOT NULL",
        "effective_on": "date NOT NULL",
        "until": "date",
        "person_id": "text",
        "person_name": "text",
        "substitute_id": "text",
        "substitute_name": "text",
    },
    indexes=(),
    events=event_types("organisation", (words_of.ContactNamed, words_of.ContactWithdrawn)),
    key=_key,
    project=_project,
)

ALL_NAMINGS = Rows(NAMINGS)


def one_after_another(namings: Iterable[Record]) -> list[Record]:
    """Return what holds of one line of one board, in the order of its days.

    Whatever was said later ends what was said before from its day on, also what was to begin only then; so rows are
    taken in the order they were recorded in.
    """
    kept: list[Record] = []
    for naming in sorted(namings, key=lambda naming: int(naming["position"])):
        kept = [earlier for earlier in kept if earlier["effective_on"] < naming["effective_on"]]
        kept.append(naming)
    return kept
