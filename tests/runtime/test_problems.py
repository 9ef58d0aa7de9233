"""What is wrong with a request is said once, in words a person can act on, with amounts as people write them."""

import pytest
from pydantic import ValidationError

from contracts.assets import IssueTools, RecordCounts
from contracts.base import Command, Refusal, Rejected
from services.runtime.problems import explain, problem


def wrong(command: type[Command], words: object) -> list[tuple[str, str, str]]:
    """What is said of a command that is malformed: field, Vietnamese and English."""
    with pytest.raises(ValidationError) as error:
        command.model_validate(words)
    return [(one.field, one.vi, one.en) for one in explain(error.value).fields]


def test_a_list_of_which_a_part_is_wrong_is_not_said_to_be_too_short_as_well() -> None:
    scan = {"scan_id": "0" * 32, "counted_at": "2026-11-22T08:00:00+07:00", "tag": "vptu-1"}
    assert [field for field, *_ in wrong(RecordCounts, {"stocktake_id": "0" * 32, "scans": [scan]})] == ["scans.0.tag"]
    assert [field for field, *_ in wrong(RecordCounts, {"stocktake_id": "0" * 32, "scans": []})] == ["scans"]


def test_a_contract_s_own_rule_says_in_both_languages_what_to_write() -> None:
    words = {"tool_id": "0" * 32, "quantity": 1, "holder": {}, "paper": "PX-01"}
    ((field, vi, en),) = wrong(IssueTools, words)
    assert (field, "division_id" in vi, "division_id" in en) == ("holder", True, True)


def test_amounts_are_written_in_groups_of_three() -> None:
    dear = Refusal("dear", "Nguyên giá {cost_vnd} đồng, {count} cái.", "A cost of {cost_vnd} VND, {count} of them.")
    said = problem(Rejected, dear, cost_vnd=1_200_000, count=1200)
    assert said.vi == "Nguyên giá 1.200.000 đồng, 1200 cái."
    assert said.en == "A cost of 1,200,000 VND, 1200 of them."
