"""What do the minutes of a handover (biên bản bàn giao, C50-HD) say, of the whole batch or of one unit that gives?"""

from collections.abc import Iterable

from contracts.assets.handovers import (
    HANDOVER_NOT_A_PARTY,
    GetHandoverMinutes,
    HandoverFindingSums,
    HandoverMinutes,
    HandoverTotals,
)
from contracts.base import Actor, Refused
from services.assets.deciders.handover import Listed
from services.assets.deciders.handover_totals import adds_up, totals
from services.assets.read_models.handover_lines import line_rows
from services.assets.read_models.handover_lists import HANDOVER_LISTS, Units, batch, lines_for, parts, signatures
from services.assets.read_models.handover_posts import HANDOVER_POSTS, people_named
from services.assets.read_models.people import PEOPLE_KNOWN
from services.assets.read_models.units import UNITS_KNOWN
from services.runtime.gathering import Gathering, Record, Rows
from services.runtime.manifest import QueryRule

_FINDINGS = ("matching", "surplus", "missing", "wrong", "pending")


def _get(query: GetHandoverMinutes, actor: Actor) -> Gathering:
    def build(found: list[Record], known: list[Record], people: list[Record], posts: list[Record]) -> HandoverMinutes:
        handover, units = batch(found, query.handover_id, actor), Units(known)
        lines = _of_unit(lines_for(actor, handover), query.from_unit_id)
        givers, day = tuple(dict.fromkeys(one.line.from_unit_id for one in lines)), handover.effective_on
        whole = totals(lines, handover.missing_to)
        assert handover.status
        assert handover.decision
        return HandoverMinutes(
            handover_id=query.handover_id,
            number=handover.number,
            year=handover.year,
            title=handover.title,
            status=handover.status,
            draft=handover.status != "closed",
            effective_on=day,
            closed_on=handover.closed.closed_on if handover.closed else None,
            venue=handover.venue,
            decision=handover.decision,
            remarks=handover.cancelled_reason,
            givers=tuple(units.unit(id, day) for id in givers),
            receiver=units.unit(handover.to_unit_id, day),
            people=people_named(handover, units, people, posts, (*givers, handover.to_unit_id)),
            lines=line_rows(query.handover_id, handover, lines, units),
            by_finding=_by_finding(whole),
            by_origin=parts(lines, handover, units),
            totals=whole,
            adds_up=adds_up(whole),
            missing_to=handover.missing_to,
            signatures=signatures(handover, units, people, (*givers, handover.to_unit_id)),
        )

    one = Rows(HANDOVER_LISTS, "handover_id = $1", (query.handover_id,))
    return Gathering((one, Rows(UNITS_KNOWN), Rows(PEOPLE_KNOWN), Rows(HANDOVER_POSTS)), build)


def _of_unit(lines: Iterable[Listed], unit_id: str | None) -> tuple[Listed, ...]:
    kept = tuple(one for one in lines if unit_id in (None, one.line.from_unit_id))
    if not kept:
        raise Refused(HANDOVER_NOT_A_PARTY, "from_unit_id", unit_id=unit_id)
    return kept


def _by_finding(whole: HandoverTotals) -> tuple[HandoverFindingSums, ...]:
    return tuple(HandoverFindingSums(finding=finding, **dict(getattr(whole, finding))) for finding in _FINDINGS)


GET_HANDOVER_MINUTES = QueryRule(GetHandoverMinutes, (HANDOVER_LISTS, UNITS_KNOWN, PEOPLE_KNOWN, HANDOVER_POSTS), _get)
