"""What takes seconds to work out is worked out beside everything else, and one at a time."""

import asyncio
import threading
from typing import Any

import pytest

from contracts.base import Message
from services.runtime.considering import Considered, ConsideringUnavailable, OneAtATime


class Answer(Message):
    """What came of it."""

    rules: str


class Slow:
    """Work that lasts until it is let go."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()

    def __call__(self, rules: Any) -> Answer:
        self.begun.set()
        assert self.go_on.wait(10)
        return Answer(rules=rules)

    async def has_begun(self) -> None:
        await asyncio.to_thread(self.begun.wait, 10)


async def test_what_is_an_answer_already_is_left_as_it_is() -> None:
    assert await OneAtATime().answer(Answer(rules="-"), "tables") == Answer(rules="-")


async def test_others_are_answered_while_one_is_worked_out_by_the_rules_in_force() -> None:
    work, desk = Slow(), OneAtATime()
    asked = asyncio.create_task(desk.answer(Considered(work), "tables"))
    await work.has_begun()
    assert await desk.answer(Answer(rules="quick"), "tables") == Answer(rules="quick")
    assert not asked.done()
    work.go_on.set()
    assert await asked == Answer(rules="tables")


async def test_a_second_is_told_to_ask_again_until_the_first_is_done() -> None:
    work, desk = Slow(), OneAtATime()
    asked = asyncio.create_task(desk.answer(Considered(work), "tables"))
    await work.has_begun()
    with pytest.raises(ConsideringUnavailable) as told:
        await desk.answer(Considered(work), "tables")
    assert told.value.reply.code == "considering-another"
    work.go_on.set()
    await asked
    assert await desk.answer(Considered(work), "again") == Answer(rules="again")


async def test_who_asked_and_left_does_not_let_two_be_worked_out_at_once() -> None:
    work, desk = Slow(), OneAtATime()
    asked = asyncio.create_task(desk.answer(Considered(work), "tables"))
    await work.has_begun()
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    with pytest.raises(ConsideringUnavailable):
        await desk.answer(Considered(work), "tables")
    work.go_on.set()
    while desk.busy:
        await asyncio.sleep(0)
    assert await desk.answer(Considered(work), "again") == Answer(rules="again")


async def test_what_fails_is_over_too() -> None:
    def fails(_: Any) -> Answer:
        raise ValueError("no")

    desk = OneAtATime()
    with pytest.raises(ValueError, match="no"):
        await desk.answer(Considered(fails), "tables")
    assert not desk.busy
