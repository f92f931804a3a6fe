"""The trust before and after the join: each line beside its limit, and silence said to be silence."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clpt_growth.judging.assess import assess
from clpt_growth.model.rules import Library
from clpt_growth.papers.paper_after import before_and_after
from clpt_growth.papers.view import Reader
from make import case

ROUTE = {
    "measure": "Capital", "before": "trust.estate.capital_route_pupils_count",
    "after": "case.after.capital_route_pupils_count", "crosses": "definition.capital_route_allocation_from",
    "was": "trust.estate.capital_route", "becomes": "case.after.capital_route",
    "says": "{schools} schools and {pupils} pupils: an allocation",
}  # fmt: skip
JOINERS = {
    "measure": "Joining", "before": "case.after.other_joiners_count", "after": "case.after.joiners_a_year_count",
    "most": "trust.policy.joiners_a_year_count", "says": "the board's own most, {}",
}  # fmt: skip
IN_YEAR = {
    "measure": "In year", "before": "trust.finance.in_year_share", "after": "case.after.in_year_share",
    "principle": "P06a", "line_of": "trust.finance.in_year_share",
}  # fmt: skip
INCOME = {
    "measure": "Income", "before": "trust.finance.total_income_gbp", "after": "case.after.income_gbp",
    "principle": "P23", "beyond": "a committee is required",
}  # fmt: skip


def row(line: Mapping[str, str], library: Library, facts: Mapping[str, Any]) -> tuple[Any, ...]:
    return before_and_after(Reader(assess(case(facts), library)), [line]).rows[0][1:]


def trust(schools: int, pupils: int, special: int = 0) -> dict[str, Any]:
    """A trust of so many primary schools with so many pupils each, and so many pupils in a special school more."""
    academies = tuple({"phase": "primary", "pupils_count": pupils} for _ in range(schools))
    more = ({"phase": "special", "pupils_count": special},) if special else ()
    return {"trust.academies": (*academies, *more)}


def joins(phase: str, pupils: int) -> dict[str, Any]:
    return {"school.identity.phase": phase, "school.roll.pupils_count": pupils}


def test_a_fifth_school_takes_a_trust_with_pupils_enough_over_the_line_for_capital(shipped_library: Library) -> None:
    assert row(ROUTE, shipped_library, trust(4, 900) | joins("primary", 200)) == (
        "3,600", "3,800", "5 schools and 3,000 pupils: an allocation", "Allocation from joining",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("pupils", "after", "outcome"), [(111, "2,999", "Bids, as before"), (112, "3,004", "Allocation from joining")]
)
def test_each_pupil_of_a_special_school_counts_four_and_a_half_times(
    pupils: int, after: str, outcome: str, shipped_library: Library
) -> None:
    """2,500 pupils and 111 x 4.5, which is 499 in whole pupils; one pupil more is 504."""
    found = row(ROUTE, shipped_library, trust(5, 500) | joins("special", pupils))
    assert (found[1], found[3]) == (after, outcome)


def test_a_route_nobody_can_tell_is_not_evidenced(shipped_library: Library) -> None:
    silent = {"trust.academies": ({"phase": "primary"},) * 5}
    assert row(ROUTE, shipped_library, silent | joins("primary", 200))[::3] == ("not evidenced", "Not evidenced")
    assert row(ROUTE, shipped_library, trust(4, 900))[1::2] == ("not evidenced", "Not evidenced")


def joined(*days: date) -> dict[str, Any]:
    return {
        "trust.academies": tuple({"joined_on": day} for day in days),
        "case.proposal.proposed_opening_on": date(2027, 9, 1),
    }


@pytest.mark.parametrize(("most", "outcome"), [(2, "Within"), (1, "Above it")])
def test_joiners_are_beside_the_boards_own_limit(most: int, outcome: str, shipped_library: Library) -> None:
    said = joined(date(2019, 9, 1), date(2027, 4, 1)) | {"trust.policy.joiners_a_year_count": most}
    assert row(JOINERS, shipped_library, said) == ("1", "2", f"the board's own most, {most}", outcome)


def test_a_limit_the_board_has_not_set_is_none_and_a_day_nobody_wrote_is_not_evidenced(
    shipped_library: Library,
) -> None:
    assert row(JOINERS, shipped_library, joined(date(2019, 9, 1))) == ("0", "1", "none set", "For information")
    silent = {"trust.academies": ({},), "trust.policy.joiners_a_year_count": 2}
    assert row(JOINERS, shipped_library, silent) == (
        "not evidenced", "not evidenced", "the board's own most, 2", "Not evidenced",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("share", "outcome"),
    [
        ("0", "Within"),
        ("-0.001", "Within the lower line"),
        ("-0.02", "Within the lower line"),
        ("-0.021", "Below it"),
        (None, "Not evidenced"),
    ],
)
def test_the_in_year_balance_is_beside_the_line_of_the_last_accounts(
    share: str | None, outcome: str, shipped_library: Library
) -> None:
    said = {} if share is None else {"case.after.in_year_share": Decimal(share)}
    found = row(IN_YEAR, shipped_library, said)
    assert found[2:] == ("0% or more; partly met: -2% or more (P06a, for the last accounts)", outcome)


@pytest.mark.parametrize(
    ("income", "outcome"), [(50_000_000, "Not reached"), (50_000_001, "Reached: P23 "), (None, "Not evidenced")]
)
def test_a_line_that_brings_a_duty_is_reached_or_not_or_not_known(
    income: int | None, outcome: str, shipped_library: Library
) -> None:
    said = {} if income is None else {"case.after.income_gbp": income}
    assert row(INCOME, shipped_library, said)[3].startswith(outcome)
