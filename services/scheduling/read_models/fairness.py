"""How do the boards fare with cars: what they ask for, what they get, how far they drive, how long they wait?"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import median_low
from typing import Any

from contracts.base import Actor, Page
from contracts.scheduling.vehicles import BoardFairnessRow, ListBoardFairness
from services.runtime.gathering import Gathering, Place, Record, Rows, page
from services.runtime.manifest import QueryRule
from services.scheduling.read_models.rides import RIDES, day_begins
from services.scheduling.read_models.rides_names import BOARDS_WITH_RIDES, board_name, by_key

_GRANTED, _WAITING = ("granted", "carried"), ("requested", "approved")


def _list(query: ListBoardFairness, actor: Actor) -> Gathering:
    def build(rides: list[Record], boards: list[Record]) -> Page[BoardFairnessRow]:
        named = by_key(boards, "board_id")
        of_board: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for ride in rides:
            of_board[ride["board_id"]].append(ride)
        whole = sum(ride["km"] for ride in rides)
        rows = [_row(id, board_name(named, id, query.to_day), found, whole) for id, found in sorted(of_board.items())]
        return page(query, rows, lambda row: _place(row, query.sort))

    times = (day_begins(query.from_day), day_begins(query.to_day, 1))
    return Gathering((Rows(RIDES, "leaves_at >= $1 AND leaves_at < $2", times), Rows(BOARDS_WITH_RIDES)), build)


def _row(board_id: str, name: str, rides: Sequence[Mapping[str, Any]], whole_km: int) -> BoardFairnessRow:
    granted = [ride for ride in rides if ride["status"] in _GRANTED]
    counted = {status: sum(ride["status"] == status for ride in rides) for status in ("declined", "cancelled")}
    asked, km = len(rides) - counted["cancelled"], sum(ride["km"] for ride in rides)
    waits = [
        int((ride["granted_at"] - ride["requested_at"]).total_seconds()) // 60
        for ride in granted
        if ride["granted_at"] is not None
    ]
    return BoardFairnessRow(
        board_id=board_id,
        board_name=name,
        requests=len(rides),
        granted=len(granted),
        waiting=sum(ride["status"] in _WAITING for ride in rides),
        **counted,
        granted_per_hundred=_percent(len(granted), asked),
        shared=sum(ride["shared"] for ride in granted),
        km=km,
        km_per_hundred=_percent(km, whole_km),
        median_wait_minutes=median_low(waits) if waits else None,
        longest_wait_minutes=max(waits, default=None),
    )


def _percent(part: int, whole: int) -> int | None:
    return (200 * part + whole) // (2 * whole) if whole else None


def _place(row: BoardFairnessRow, sort: str) -> Place:
    return (row.board_id,) if sort == "board" else (getattr(row, sort) or 0, row.board_id)


LIST_BOARD_FAIRNESS = QueryRule(ListBoardFairness, (RIDES, BOARDS_WITH_RIDES), _list)
