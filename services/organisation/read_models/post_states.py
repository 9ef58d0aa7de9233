"""What is every post from which day on, and by which decision?"""

from datetime import date

from contracts import organisation as words_of
from services.organisation.read_models.decisions import DECISION_COLUMNS, decided
from services.runtime.envelope import Fact, event_types
from services.runtime.gathering import Rows
from services.runtime.read_model import ReadModel, RowValues


def _key(fact: Fact) -> str:
    assert isinstance(fact.event, words_of.PostFacts)
    return f"{fact.id}@{fact.event.effective_on}"


def _project(row: RowValues | None, fact: Fact) -> RowValues:
    event = fact.event
    assert isinstance(event, words_of.PostFacts)
    return {
        "post_id": fact.id,
        "effective_on": event.effective_on,
        "unit_id": event.unit_id,
        "unit_code": event.unit_code,
        "unit_name": event.unit_name,
        "code": event.code,
        "title": event.title,
        "post_group": event.group,
        "headcount": event.headcount,
        "post_rank": event.rank,
        "minimum": event.minimum,
        "norm": event.norm,
        "maximum": event.maximum,
        "standard": event.standard,
        "training": event.training,
        "duties": list(event.duties),
        "products": list(event.products),
        "closed": isinstance(event, words_of.PostClosed),
        **decided(event.decision),
    }


POST_STATES = ReadModel(
    name="post_states",
    version=1,
    key_column="state_id",
    columns={
        "post_id": "text NOT NULL",
        "effective_on": "date NOT NULL",
        "unit_id": "text NOT NULL",
        "unit_code": "text NOT NULL",
        "unit_name": "text NOT NULL",
        "code": "text NOT NULL",
        "title": "text NOT NULL",
        "post_group": "text NOT NULL",
        "headcount": "text NOT NULL",
        "post_rank": "text NOT NULL",
        "minimum": "integer NOT NULL",
        "norm": "integer NOT NULL",
        "maximum": "integer NOT NULL",
        "standard": "text",
        "training": "text",
        "duties": "text[] NOT NULL",
        "products": "text[] NOT NULL",
        "closed": "boolean NOT NULL",
        **DECISION_COLUMNS,
    },
    indexes=(),
    events=event_types(
        "organisation",
        (words_of.PostCreated, words_of.PostChanged, words_of.PostDescribed, words_of.PostClosed),
    ),
    key=_key,
    project=_project,
)


def posts_until(day: date) -> Rows:
    """Return the states of posts up to a day, and the end of each wherever it is known."""
    return Rows(POST_STATES, "effective_on <= $1 OR closed", (day,))
