"""Which posts are there on a day, and how many hold each against its norm?"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from contracts.base import Actor, Page
from contracts.organisation import ListPosts, PostRow
from services.organisation.read_models.finding import matches
from services.organisation.read_models.office_on_a_day import OFFICE_MODELS, Held, Office, Post, office_on, office_rows
from services.runtime.gathering import Gathering, OnADay, Place, Record, page
from services.runtime.manifest import QueryRule
from services.runtime.text import fold


def _list(query: ListPosts, actor: Actor) -> OnADay:
    def gather(day: date) -> Gathering:
        def build(*rows: Sequence[Record]) -> Page[PostRow]:
            office = office_on(day, *rows)
            wanted = (row for row in post_rows(office) if _asked(query, row, office))
            return page(query, wanted, lambda row: _place(query, row))

        return Gathering(office_rows(day), build)

    return OnADay(query, query.on, gather)


def post_rows(office: Office) -> Iterator[PostRow]:
    """Yield every post of the day; `actual` counts those who have it as their main post."""
    held: dict[str, list[Held]] = defaultdict(list)
    for one in office.held:
        held[one.post_id].append(one)
    away = office.seconded_away()
    for post in office.posts.values():
        yield _row(office, post, held[post.id], away)


def _row(office: Office, post: Post, held: Sequence[Held], away: dict[str, Held]) -> PostRow:
    state = post.state
    kinds = Counter(one.kind for one in held)
    mains = [one for one in held if one.kind == "main"]
    counted = Counter(one.headcount for one in mains)
    return PostRow(
        unit_name=office.units.name(post.unit_id, state["unit_name"]),
        code=state["code"],
        title=state["title"],
        group=state["post_group"],
        headcount=state["headcount"],
        minimum=state["minimum"],
        norm=state["norm"],
        maximum=state["maximum"],
        actual=len(mains),
        difference=len(mains) - state["norm"],
        decision_number=state["decision_number"],
        post_id=post.id,
        unit_id=post.unit_id,
        unit_code=state["unit_code"],
        rank=state["post_rank"],
        civil_servants=counted["civil_servant"],
        public_employees=counted["public_employee"],
        contracts=counted["contract"],
        concurrent=kinds["concurrent"],
        acting=kinds["acting"],
        seconded_in=kinds["secondment"],
        seconded_out=sum(one.person_id in away for one in mains),
        standard=state["standard"],
        training=state["training"],
        duties=tuple(state["duties"]),
        products=tuple(state["products"]),
        last_day=post.last_day,
    )


def _asked(query: ListPosts, row: PostRow, office: Office) -> bool:
    asked = (
        (query.unit_id, row.unit_id),
        (query.group, row.group),
        (query.headcount, row.headcount),
        (query.rank, row.rank),
    )
    return (
        all(value is None or value == shown for value, shown in asked)
        and (query.state is None or _states(row)[query.state])
        and office.units.is_under(row.unit_id, query.under)
        and matches(query.text, row.title, row.code, row.unit_name, row.unit_code)
    )


def _states(row: PostRow) -> dict[str, bool]:
    """Return what is so of a post: it is vacant as long as its norm is not reached, and filled from then on."""
    return {
        "vacant": row.actual < row.norm,
        "filled": row.actual >= row.norm,
        "above_norm": row.actual > row.norm,
        "below_minimum": row.actual < row.minimum,
    }


def _place(query: ListPosts, row: PostRow) -> Place:
    by = {"post_id": "", "unit_name": fold(row.unit_name), "title": fold(row.title)}
    return by[query.sort], row.post_id


LIST_POSTS = QueryRule(ListPosts, OFFICE_MODELS, _list)
