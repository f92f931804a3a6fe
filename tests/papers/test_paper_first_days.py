"""The first hundred days: what has to be done by when, and nothing left out because it is not known."""

from datetime import date
from typing import Any

import pytest

from clpt_growth.judging.assess import assess
from clpt_growth.model.fact import NotApplicable
from clpt_growth.model.rules import Library
from clpt_growth.papers.paper_first_days import first_days
from clpt_growth.papers.view import Reader
from make import case

ROW = {"days": ["1", "10"], "what": "Payroll runs", "who": "Chief finance officer", "done": "Reconciled"}
PFI, CHARACTER = "school.buildings.pfi", "school.identity.religious_character"


def plan(library: Library, given: dict[str, Any], **row: Any) -> dict[str, Any]:
    return first_days(Reader(assess(case(given), library)), {"first_days": [ROW | row]})


def test_the_days_run_from_the_opening_to_the_hundredth(shipped_library: Library) -> None:
    made = plan(shipped_library, {"case.proposal.proposed_opening_on": date(2027, 9, 1)})
    assert made["first_days_says"].startswith("From 1 September 2027 to 9 December 2027, if approved")
    assert made["first_days"].rows == (("Days 1 to 10", "Payroll runs", "Chief finance officer", "Reconciled"),)


def test_one_day_alone_is_a_day(shipped_library: Library) -> None:
    assert plan(shipped_library, {}, days=["100", "100"])["first_days"].rows[0][0] == "Day 100"


def test_without_an_opening_day_no_date_is_given(shipped_library: Library) -> None:
    assert "not evidenced" in plan(shipped_library, {})["first_days_says"]


@pytest.mark.parametrize(
    ("given", "row", "there"),
    [
        ({PFI: True}, {"where": {PFI: ["yes"]}}, True),
        ({PFI: False}, {"where": {PFI: ["yes"]}}, False),
        ({}, {"where": {PFI: ["yes"]}}, True),
        ({PFI: NotApplicable("no building")}, {"where": {PFI: ["yes"]}}, False),
        ({CHARACTER: "Church of England"}, {"unless": {CHARACTER: ["none"]}}, True),
        ({CHARACTER: "none"}, {"unless": {CHARACTER: ["none"]}}, False),
        ({}, {"unless": {CHARACTER: ["none"]}}, True),
        ({CHARACTER: NotApplicable("has none")}, {"unless": {CHARACTER: ["none"]}}, False),
    ],
)
def test_a_row_is_left_out_only_where_it_is_known_not_to_arise(
    given: dict[str, Any], row: dict[str, Any], there: bool, shipped_library: Library
) -> None:
    assert bool(plan(shipped_library, given, **row)["first_days"].rows) is there


def test_where_the_support_plan_is_not_known_that_is_said(shipped_library: Library) -> None:
    made = plan(shipped_library, {}, what="Support is under way", help="true")
    assert made["first_days"].rows[0][1] == "Support is under way (which needs is not evidenced)"
