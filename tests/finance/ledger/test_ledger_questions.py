"""Questions about the books that make no sense are refused before anything is looked up."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from contracts import finance as words
from contracts.base import Query
from services.runtime.problems import explain


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        (words.ListTrialBalance, {}),
        (words.ListLedger, {"account": "111"}),
        (words.ListVouchers, {}),
        (words.ListJournal, {}),
        (words.ListPayments, {}),
    ],
)
def test_a_period_that_goes_backwards_is_refused_in_both_languages(kind: type[Query], more: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refused:
        kind.model_validate({"on_from": date(2027, 3, 2), "on_to": date(2027, 3, 1), **more})

    (problem,) = explain(refused.value).fields
    assert problem.code == "days_backwards"
    assert "on_to" in problem.vi
    assert "on_to" in problem.en
    assert kind.model_validate({"on_from": date(2027, 3, 1), "on_to": date(2027, 3, 1), **more})
