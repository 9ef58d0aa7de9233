"""One request or advance, whole: its history, the money that moved for it, and how its lines stand."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from contracts import finance as words_of
from contracts.base import Actor, Refused
from contracts.finance import (
    AdvanceView,
    Cause,
    GetAdvance,
    GetRequest,
    ItemAmount,
    Paper,
    Payee,
    PaymentRow,
    RatedAmount,
    RequestView,
)
from services.finance.read_models.advances import ADVANCES, advance_row, is_overdue
from services.finance.read_models.budgets import BUDGETS, budget_of
from services.finance.read_models.own_budgets import seen
from services.finance.read_models.spending_payments import SPENDING_PAYMENTS, payment_row
from services.finance.read_models.spending_requests import SPENDING_REQUESTS
from services.finance.read_models.spending_steps import history_of
from services.runtime.gathering import Gathering, OnADay, Record, Rows
from services.runtime.manifest import QueryRule

_OWN = "request_id = $1 AND ($2::text IS NULL OR board = $2)"
_OF_REQUEST = f'SELECT year, board FROM "{SPENDING_REQUESTS.table}" WHERE {_OWN}'
_PARTS: Mapping[str, type[BaseModel]] = {
    "amounts": ItemAmount,
    "claim": ItemAmount,
    "papers": Paper,
    "claim_papers": Paper,
    "travel": RatedAmount,
}


def _parts(record: Record, name: str) -> tuple[Any, ...]:
    return tuple(_PARTS[name].model_validate_json(part) for part in record[name])


def _request(query: GetRequest, actor: Actor) -> OnADay:
    own = (query.request_id, seen(actor, None))

    def gather(day: date) -> Gathering:
        def build(*found: list[Record]) -> RequestView:
            return _view(query, day, *found)

        parts = (
            Rows(SPENDING_REQUESTS, _OWN, own),
            Rows(SPENDING_PAYMENTS, "request_id = $1", own[:1]),
            Rows(ADVANCES, "request_id = $1", own[:1]),
            Rows(BUDGETS, f"(year, board) IN ({_OF_REQUEST})", own),
        )
        return Gathering(parts, build)

    return OnADay(query, None, gather)


def _view(
    query: GetRequest,
    day: date,
    requests: list[Record],
    payments: list[Record],
    advances: list[Record],
    budgets: list[Record],
) -> RequestView:
    if not requests:
        raise Refused(words_of.SPENDING_UNKNOWN, request_id=query.request_id)
    (record,) = requests
    amounts = _parts(record, "amounts")
    lines = budget_of(budgets[0]).lines if budgets else {}
    codes = dict.fromkeys(amount.line for amount in amounts)
    return RequestView(
        **{
            **_same(record, RequestView),
            "amounts": amounts,
            "payee": _payee(record["payee"]),
            "papers": _parts(record, "papers"),
            "travel": _parts(record, "travel"),
            "cause": Cause.model_validate_json(record["cause"]) if record["cause"] else None,
            "history": history_of(record),
            "payments": _payments(payments, record["purpose"]),
            "advances": tuple(
                advance_row(advance, day) for advance in sorted(advances, key=lambda each: int(each["place"]))
            ),
            "lines": tuple(lines[code].figures(code) for code in codes if code in lines),
        }
    )


def _advance(query: GetAdvance, actor: Actor) -> OnADay:
    own = (query.advance_id, seen(actor, None))

    def gather(day: date) -> Gathering:
        def build(advances: list[Record], payments: list[Record]) -> AdvanceView:
            if not advances:
                raise Refused(words_of.ADVANCE_UNKNOWN, advance_id=query.advance_id)
            return _advance_view(advances[0], payments, day)

        parts = (
            Rows(ADVANCES, "advance_id = $1 AND ($2::text IS NULL OR board = $2)", own),
            Rows(SPENDING_PAYMENTS, "advance_id = $1", own[:1]),
        )
        return Gathering(parts, build)

    return OnADay(query, None, gather)


def _advance_view(record: Record, payments: list[Record], day: date) -> AdvanceView:
    return AdvanceView(
        **{
            **_same(record, AdvanceView),
            "on": record["on_day"],
            "holder": _payee(record["holder"]),
            "amounts": _parts(record, "amounts"),
            "claim": _parts(record, "claim"),
            "papers": _parts(record, "claim_papers"),
            "travel": _parts(record, "travel"),
            "overdue": is_overdue(record["status"], record["account_by"], day),
            "history": history_of(record),
            "payments": _payments(payments, record["purpose"]),
        }
    )


def _same(record: Record, view: type[RequestView] | type[AdvanceView]) -> Mapping[str, Any]:
    return {name: record[name] for name in view.model_fields if name in record.keys()}  # noqa: SIM118 - asyncpg's `in` looks at values


def _payee(text: str | None) -> Payee | None:
    return Payee.model_validate_json(text) if text else None


def _payments(records: list[Record], purpose: str) -> tuple[PaymentRow, ...]:
    ordered = sorted(records, key=lambda record: int(record["place"]))
    return tuple(payment_row(record, purpose) for record in ordered)


GET_REQUEST = QueryRule(GetRequest, (SPENDING_REQUESTS, SPENDING_PAYMENTS, ADVANCES, BUDGETS), _request)
GET_ADVANCE = QueryRule(GetAdvance, (ADVANCES, SPENDING_PAYMENTS), _advance)
