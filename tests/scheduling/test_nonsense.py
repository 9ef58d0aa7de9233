"""What is asked wrongly is refused with the field and what to write instead; what is odd but right is kept in UTC."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from contracts import scheduling as words
from contracts.base import Command, Query, Refused
from services.runtime.problems import explain
from services.scheduling.service import SCHEDULING

if TYPE_CHECKING:
    from tests.scheduling.decider import Desk

At = Callable[[str], Any]
BOOKING = {"title": "Họp", "contact": "0205", "wants": [{"of": ["own-hall"]}], "starts_at": "2026-12-01T08:00:00+07:00"}


def problems(kind: type[Command] | type[Query], **said: Any) -> dict[str, tuple[str, str]]:
    """Return what is told of each field, in both languages."""
    with pytest.raises(ValidationError) as refused:
        kind.model_validate(said)
    return {problem.field: (problem.vi, problem.en) for problem in explain(refused.value, skip=0).fields}


@pytest.mark.parametrize("offset", ["+14:00", "-23:59", "+07:07", "Z"])
def test_moments_are_kept_in_utc_whatever_their_offset_since_the_database_does_not_take_every_one(offset: str) -> None:
    told = words.BookThings.model_validate({**BOOKING, "starts_at": f"2026-12-01T08:00:00{offset}"})
    assert told.starts_at.utcoffset() == timedelta(0)
    assert told.model_dump(mode="json")["starts_at"].endswith("Z")


@pytest.mark.parametrize(
    ("field", "value", "vi"),
    [
        ("starts_at", "2026-12-01T08:00:30+07:00", "Chỉ ghi giờ và phút, không ghi giây lẻ."),
        ("starts_at", "9999-01-01T08:00:00+07:00", "Thời điểm phải từ năm 1930 đến năm 2100."),
        ("starts_at", "0001-01-01T00:00:00+14:00", "Thời điểm phải từ năm 1930 đến năm 2100."),
        ("ends_at", "1999-01-01T08:00:00+07:00", "Thời điểm phải từ năm 2000 đến năm 2099."),
        ("title", " ", "Phải có ít nhất 1 ký tự."),
        ("title", "x" * 201, "Không được quá 200 ký tự."),
        ("wants", [], "Phải có ít nhất 1 mục."),
    ],
)
def test_a_field_at_fault_is_told_in_words(field: str, value: Any, vi: str) -> None:
    told = problems(words.BookThings, **{**BOOKING, field: value})
    assert list(told) == [field]
    assert told[field][0] == vi
    assert told[field][1] != "The value is not valid."


def test_more_seats_than_any_hall_has_are_no_fault_of_the_service() -> None:
    for query in (words.ListBookables, words.GetBoard):
        assert list(problems(query, seats=10**20)) == ["seats"]


def test_a_blocking_of_years_is_refused_in_days(desk: "Desk", at: At) -> None:
    blocking = words.BlockThing(
        bookable_id=desk.HALL, starts_at=at("2026-12-01 08:00"), ends_at=at("2040-12-01 08:00"), reason="Sửa chữa lớn."
    )
    assert "1100 ngày" in desk.when(blocking).refused(words.BLOCKING_TOO_LONG, at_field="ends_at")


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        (words.ListFreeThings, {}),
        (words.ListBusyTimes, {"things": ("own-hall",)}),
        (words.ListAlternatives, {"bookable_id": "own-hall"}),
    ],
)
async def test_a_search_backwards_or_over_years_is_refused(kind: type[Query], named: dict[str, Any], at: At) -> None:
    rule = next(rule for rule in SCHEDULING.queries if rule.query is kind)
    start = at("2026-12-01 08:00")
    cases = [(start, words.ENDS_BEFORE_IT_BEGINS), (start + timedelta(36), words.PERIOD_TOO_LONG)]
    for end, refusal in cases[: 1 if kind is words.ListBusyTimes else 2]:
        query = kind.model_validate({**named, "starts_at": start, "ends_at": end})
        with pytest.raises(Refused) as refused:
            await rule.answer(query, None).read(None)
        assert (refused.value.refusal, refused.value.field) == (refusal, "ends_at")
