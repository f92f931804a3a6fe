"""The money in the paper: each figure the one the ledger uses, with its day, and nothing left out unsaid."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from clpt_growth.judging.assess import assess
from clpt_growth.model.fact import Fact
from clpt_growth.model.finding import Assessment
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.rules import Library
from golden.rewrite import SCHOOLS, example, paper

GAP, MET_BY = "school.buildings.pfi_affordability_gap_gbp", "school.buildings.pfi_affordability_gap_met_by"


@pytest.fixture(scope="module")
def examples(shipped_library: Library) -> Mapping[str, Assessment]:
    wanted = ("tarnside", "kestrel", "larkfield")
    return {s.stem.split("-")[0]: example(s, shipped_library) for s in SCHOOLS if s.stem.startswith(wanted)}


def changed(assessment: Assessment, values: Mapping[str, Any]) -> Assessment:
    """The same case with some facts other than they are; None takes one away."""
    given = {name: Fact(name, value) for name, value in values.items() if value is not None}
    facts = {n: f for n, f in assessment.case.facts.items() if n not in values} | given
    return assess(replace(assessment.case, facts=facts), assessment.library)


def outcome(assessment: Assessment, id_: str) -> Outcome:
    found = assessment.finding(id_)
    assert found is not None
    return found.outcome


def test_the_summary_and_the_risk_print_the_debt_the_ledger_counts_with_its_day(
    examples: Mapping[str, Assessment],
) -> None:
    shown = paper(examples["tarnside"])

    assert (
        "The school owed £62,000 on 31 March 2026 and is forecast to owe £123,000 on joining, 1 September 2027, "
        "which comes to the trust."
    ) in shown
    assert "The plan slips and the deficit grows after the school joins. | 3 x 4 | £123,000 |" in shown


def test_the_summary_sets_the_lowest_year_beside_the_same_year_without_the_school(
    examples: Mapping[str, Assessment],
) -> None:
    assert (
        "Our reserves were 8.9% of income at our last accounts; at their lowest after the join, in 2027-28, they would "
        "be 6.8%, and without the school that year 9.5%."
    ) in paper(examples["kestrel"])


def test_a_private_finance_gap_is_counted_and_said_in_section_9_and_in_the_working(
    examples: Mapping[str, Assessment],
) -> None:
    section, annex = paper(examples["tarnside"]).split("## 9. ")[1].split("## 10. ")
    counted = "A gap of £118,000 a year on the private finance contract is counted from joining"

    assert counted in section
    assert counted in annex
    assert "The school's balance after a private finance gap of £118,000 a year, prudent roll" in annex


def test_a_private_finance_gap_somebody_has_agreed_to_meet_is_said_not_to_be_counted(
    examples: Mapping[str, Assessment],
) -> None:
    shown = paper(changed(examples["tarnside"], {MET_BY: "the council"}))

    assert "gap on the private finance contract is not counted, because the council has agreed to meet it" in shown


@pytest.mark.parametrize(
    ("met_by", "because"),
    [
        (None, "because nobody is in evidence as having agreed to meet it"),
        ("not agreed", "because nobody has agreed to meet it"),
        ("the trust", "because the trust is to meet it"),
    ],
)
def test_a_gap_that_is_counted_says_until_when_and_why(
    examples: Mapping[str, Assessment], met_by: str | None, because: str
) -> None:
    shown = paper(changed(examples["tarnside"], {MET_BY: met_by}))

    assert f"counted from joining until the building is handed back on 31 August 2034, {because}." in shown


def test_a_private_finance_gap_left_blank_is_asked_for_and_leaves_the_reserves_open(
    examples: Mapping[str, Assessment],
) -> None:
    found = changed(examples["tarnside"], {GAP: None})

    assert outcome(found, "P06a") is Outcome.NOT_EVIDENCED
    assert "cannot be worked out yet. Not evidenced: yearly private finance affordability gap." in paper(found)


def test_a_deficit_the_budget_does_not_show_leaves_the_reserves_open_and_says_why(
    examples: Mapping[str, Assessment],
) -> None:
    hidden = {
        "school.finance.revenue_reserve_gbp": -2_000_000,
        "school.finance.deficit_follows": "comes to the trust",
    }
    found = changed(examples["larkfield"], hidden)

    assert outcome(examples["larkfield"], "P06a") is Outcome.MET
    assert outcome(found, "P06a") is Outcome.NOT_EVIDENCED
    assert (
        "Not evidenced: revenue reserve that agrees with the budget (it is -2,000,000, and the "
        "budget's reserve at the end of 2025-26 is 96,000)."
    ) in paper(found)
