"""The money in the paper: each figure the one the ledger uses, with its day, and nothing left out unsaid."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from clpt_growth.judging.assess import assess
from clpt_growth.model.fact import Fact, NotApplicable
from clpt_growth.model.finding import Assessment
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.rules import Library
from golden.rewrite import SCHOOLS, example, paper

GAP, MET_BY = "school.buildings.pfi_affordability_gap_gbp", "school.buildings.pfi_affordability_gap_met_by"


@pytest.fixture(scope="module")
def examples(shipped_library: Library) -> Mapping[str, Assessment]:
    wanted = ("tarnside", "kestrel", "larkfield", "st-oswin")
    return {
        s.stem.removeprefix("st-").split("-")[0]: example(s, shipped_library)
        for s in SCHOOLS
        if s.stem.startswith(wanted)
    }


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
        "Our reserves were 8.9% of income at our last accounts; at their lowest in any year looked at, 2027-28, they "
        "would be 6.8%, and without the school that year 9.5%."
    ) in paper(examples["kestrel"])


@pytest.mark.parametrize(
    ("school", "words"),
    [
        (
            "kestrel",
            "The school's own books would then take £486,000 more out of our reserves, 2027-28 to 2029-30, on the",
        ),
        (
            "oswin",
            "The school's own books would then take £22,000 more out of our reserves, 2027-28 to 2029-30, on the",
        ),
    ],
)
def test_the_summary_counts_the_schools_losses_beside_the_cost_of_joining(
    school: str, words: str, examples: Mapping[str, Assessment]
) -> None:
    """By hand from annex C: 274 + 143 + 69, and 12 + 6 + 4."""
    assert words in section_of(examples[school], "2. ")


def test_without_the_schools_budget_its_losses_are_not_evidenced(examples: Mapping[str, Assessment]) -> None:
    found = changed(examples["kestrel"], {"school.budget": None})
    words = "What the school's own books would take out of reserves after joining is not evidenced."
    assert words in section_of(found, "2. ")
    assert "own books, our charge paid" not in paper(found)


def test_section_9_says_when_the_schools_own_books_balance(examples: Mapping[str, Assessment]) -> None:
    never = "The school's own books, our charge paid, do not balance in any year looked at, 2027-28 to 2029-30, prudent roll."
    assert never in section_of(examples["kestrel"], "9. ")
    last = changed(examples["kestrel"], {"school.budget": with_last_balance(examples["kestrel"], 200_000)})
    assert "first balance in 2029-30, prudent roll." in section_of(last, "9. ")


def test_the_year_looked_at_may_be_one_before_the_school_joins_and_is_not_called_after(
    examples: Mapping[str, Assessment],
) -> None:
    summary = section_of(examples["oswin"], "2. ")
    assert "at their lowest in any year looked at, 2026-27, they would be" in summary
    assert "after the join" not in summary


def test_before_and_after_are_of_one_year(examples: Mapping[str, Assessment]) -> None:
    rows = section_of(examples["kestrel"], "9. ")
    assert "| Reserves without and with the school, in their lowest year: 2027-28 | £3,333,000 | £2,741,000 |" in rows
    assert "| Reserves as a share of income, in the same year: 2027-28 | 9.5% | 6.8% |" in rows
    assert "without and with the school, in its lowest year: 2027-28 | 0.7% | -0.6% |" in rows


def section_of(assessment: Assessment, number: str) -> str:
    return paper(assessment).split(f"## {number}")[1].split("\n## ")[0]


def with_last_balance(assessment: Assessment, balance: int) -> Any:
    """The school's budget with another balance in its last year, and the reserve that follows from it."""
    *rows, last = assessment.facts["school.budget"].value
    more = balance - last["in_year_balance_gbp"]
    changed = {"in_year_balance_gbp": balance, "expenditure_gbp": last["expenditure_gbp"] - more}
    return (*rows, {**last, **changed, "reserve_gbp": last["reserve_gbp"] + more})


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


def test_three_rolls_that_come_out_the_same_say_why(examples: Mapping[str, Assessment]) -> None:
    why = (
        "The three rolls are the same, because a year is paid for by the count of the autumn before it, and none of "
        "these years rests on a count for which the forecasts differ."
    )
    assert why in section_of(examples["larkfield"], "9. ")
    assert "The three rolls are the same" not in paper(examples["kestrel"])
    alone = changed(examples["larkfield"], {"school.pupil_forecast": forecast(NotApplicable("none made"))})
    one = "The three rolls are the same, because only one forecast of pupils is in evidence."
    assert one in section_of(alone, "9. ")


@pytest.mark.parametrize(
    ("council", "words"),
    [
        (208, "We test on the lower of the two forecasts."),
        (None, "We test on the lower of two forecasts, and only the school's is in evidence."),
        (NotApplicable("none made"), "We test on the school's forecast, the only one there is."),
    ],
)
def test_the_forecast_tested_is_the_lower_of_two_only_where_there_are_two(
    council: Any, words: str, examples: Mapping[str, Assessment]
) -> None:
    found = changed(examples["larkfield"], {"school.pupil_forecast": forecast(council)})
    assert words in section_of(found, "7. ")


def forecast(council: Any) -> Any:
    """Three years of the school's forecast, and the council's beside them."""
    years = ("2027-28", "2028-29", "2029-30")
    rows = ({"year": year, "school_count": 210, "council_count": council, "places_count": 210} for year in years)
    return tuple({k: v for k, v in row.items() if v is not None} for row in rows)
