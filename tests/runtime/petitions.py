"""A toy service that knows who lodged what: facts name people, a policy passes them on, a register shows them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Annotated, Any, ClassVar

from pydantic import Field, TypeAdapter

from contracts.base import Actor, Command, Event, ListQuery, Message, Page, Personal, Query, Role, Row, Token
from services.runtime.envelope import Fact, event_types
from services.runtime.listing import Listing, Lookup
from services.runtime.manifest import Aggregate, At, Given, Policy, QueryRule, Service, decides
from services.runtime.read_model import ReadModel, RowValues

_PEOPLE: TypeAdapter[tuple[Personal, ...]] = TypeAdapter(tuple[Personal, ...])


class Party(Message):
    """Somebody in a petition, and how to reach them."""

    who: Personal
    address: Personal | None = None


class Lodge(Command):
    """Lodge a petition."""

    allowed: ClassVar[frozenset[Role]] = frozenset({"clerk"})
    petition: Token
    who: Personal
    others: Annotated[tuple[Party, ...], Field(max_length=10)] = ()
    note: str = ""


class PassOn(Command):
    """Pass on who lodged a petition."""

    allowed: ClassVar[frozenset[Role]] = frozenset({"service"})
    petition: Token
    who: Personal


class Remind(Command):
    """Remind of who lodged a petition."""

    allowed: ClassVar[frozenset[Role]] = frozenset({"service"})
    petition: Token
    who: Personal


class Lodged(Event):
    """A petition was lodged."""

    who: Personal
    others: tuple[Party, ...] = ()


class PassedOn(Event):
    """It was passed on who lodged the petition."""

    who: Personal


class Reminded(Event):
    """It was reminded of who lodged the petition."""

    who: Personal


class PetitionRow(Row):
    """A petition and who is in it."""

    petition: str
    who: Personal
    others: tuple[Personal, ...]
    passed_on: Personal | None
    reminded: bool


class ListPetitions(ListQuery):
    """The petitions; leaders see who lodged them."""

    answer = Page[PetitionRow]
    reveals: ClassVar[frozenset[Role]] = frozenset({"leader"})


class GetPetition(Query):
    """One petition; nobody sees who lodged it."""

    answer = PetitionRow
    petition: Token


@dataclass(frozen=True)
class Petition:
    """Who lodged a petition."""

    who: Personal | None = None
    passed_on: bool = False
    reminded: bool = False


def _evolve(petition: Petition, event: Event) -> Petition:
    if isinstance(event, Lodged):
        return replace(petition, who=event.who)
    return replace(petition, passed_on=True) if isinstance(event, PassedOn) else replace(petition, reminded=True)


def _lodge(words: Lodge, given: Given, petition: Petition) -> list[Event]:
    assert words.who.text is None, "a decider never sees who it is"
    if words.note == "break":
        raise ValueError(f"broken decision over {words!r}")
    return [] if petition.who else [Lodged(who=words.who, others=words.others)]


def _pass_on(words: PassOn, given: Given, petition: Petition) -> list[Event]:
    return [] if petition.passed_on else [PassedOn(who=words.who)]


def _remind(words: Remind, given: Given, petition: Petition) -> list[Event]:
    return [] if petition.reminded else [Reminded(who=words.who)]


def _react(fact: Fact) -> Iterator[Command | At]:
    assert isinstance(fact.event, Lodged)
    yield PassOn(petition=fact.id, who=fact.event.who)
    yield At(fact.time + timedelta(seconds=0.5), Remind(petition=fact.id, who=fact.event.who))


def _project(row: RowValues | None, fact: Fact) -> RowValues:
    event = fact.event
    if isinstance(event, Lodged):
        others = tuple(party.who for party in event.others)
        people = {"who": event.who.model_dump_json(exclude_none=True), "others": _PEOPLE.dump_json(others).decode()}
        return {**people, "passed_on": None, "reminded": False}
    assert row is not None
    if isinstance(event, PassedOn):
        return {**row, "passed_on": event.who.model_dump_json(exclude_none=True)}
    return {**row, "reminded": True}


def _row(record: Mapping[str, Any]) -> dict[str, Any]:
    passed_on = record["passed_on"]
    return {
        "who": Personal.model_validate_json(record["who"]),
        "others": _PEOPLE.validate_json(record["others"]),
        "passed_on": Personal.model_validate_json(passed_on) if passed_on else None,
    }


def _one(record: Mapping[str, Any]) -> PetitionRow:
    return PetitionRow(petition=record["petition"], reminded=record["reminded"], **_row(record))


PETITION = Aggregate("petition", Petition(), _evolve)
EVENTS = (Lodged, PassedOn, Reminded)
REGISTER = ReadModel(
    name="petitions",
    version=1,
    key_column="petition",
    # Sealed values are text: COPY and json_populate_recordset both take a string for it.
    columns={"who": "text NOT NULL", "others": "text NOT NULL", "passed_on": "text", "reminded": "boolean NOT NULL"},
    indexes=(),
    events=event_types("documents", EVENTS),
    key=lambda fact: fact.id,
    project=_project,
)


def _list(query: ListPetitions, actor: Actor) -> Listing:
    return Listing(REGISTER, query, PetitionRow, ("petition",), _row)


PETITIONS = Service(
    name="documents",
    aggregates=(PETITION,),
    events=EVENTS,
    commands=(
        decides(Lodge, PETITION, lambda words: words.petition, _lodge),
        decides(PassOn, PETITION, lambda words: words.petition, _pass_on),
        decides(Remind, PETITION, lambda words: words.petition, _remind),
    ),
    queries=(
        QueryRule(ListPetitions, (REGISTER,), _list),
        QueryRule(GetPetition, (REGISTER,), lambda query, actor: Lookup(query.petition, (REGISTER,), _one)),
    ),
    policies=(Policy("tell_of_petition", event_types("documents", (Lodged,)), _react),),
    rules=lambda folder: None,
)
