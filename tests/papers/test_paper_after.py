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


GROWTH = {
    "measure": "Schools", "before": "trust.estate.schools_count", "after": "case.after.schools_count",
    "during": "definition.trust_hardest_growth", "says": "from {from} to {to} schools",
}  # fmt: skip
SPONSORED = {
    "measure": "Sponsored", "before": "trust.estate.sponsored_share", "after": "case.after.sponsored_share",
    "must_be": "less than", "line": "definition.trust_sponsored_share_below",
}  # fmt: skip
GIVING = {
    "measure": "Giving", "before": "trust.estate.giving_to_needing_ratio", "after": "case.after.giving_to_needing_ratio",
    "must_be": "at least", "line": "definition.trust_giving_for_each_needing",
}  # fmt: skip
STAFF = {
    "measure": "Staff", "before": "trust.finance.staff_cost_share", "after": "case.after.staff_cost_share",
    "must_be": "at most", "line": "definition.trust_staff_cost_share_at_most",
}  # fmt: skip
PACE = JOINERS | {
    "or_share": "definition.trust_joiners_a_year",
    "of": "trust.estate.schools_count",
    "otherwise": "{share} of the schools, at least {at_least}: {most}",
}


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
        "trust.pipeline": (),
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
        ("-0.001", "Partly met"),
        ("-0.02", "Partly met"),
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


@pytest.mark.parametrize(
    ("schools", "outcome"),
    [
        (3, "Not at this size"),
        (4, "At this size from joining"),
        (5, "Already at this size"),
        (9, "Already at this size"),
        (10, "Past this size from joining"),
        (11, "Not at this size"),
    ],
)
def test_the_hardest_time_to_grow_is_from_five_schools_to_ten(
    schools: int, outcome: str, shipped_library: Library
) -> None:
    found = row(GROWTH, shipped_library, trust(schools, 300) | joins("primary", 200))
    assert found[2:] == ("from 5 to 10 schools (House of Commons Education Committee, 2015)", outcome)


def test_how_many_schools_there_are_may_not_be_known(shipped_library: Library) -> None:
    assert row(GROWTH, shipped_library, joins("primary", 200))[3] == "Not evidenced"


@pytest.mark.parametrize(("sponsored", "after", "outcome"), [(8, "90%", "At or above it"), (7, "80%", "Within")])
def test_the_share_sponsored_is_beside_the_departments_own_study(
    sponsored: int, after: str, outcome: str, shipped_library: Library
) -> None:
    """Nine academies, so many of them sponsored, and one more that is."""
    academies = tuple({"sponsored": n < sponsored} for n in range(9))
    found = row(SPONSORED, shipped_library, {"trust.academies": academies, "case.proposal.route": "sponsored"})
    assert found[1:] == (after, "less than 90% (House of Commons Education Committee, 2015)", outcome)


def helping(giving: int, needing: int) -> dict[str, Any]:
    """Academies that can give help, and others that need it, with a vulnerable school that would join."""
    yes = ({"can_give_intensive_support": True, "needs_intensive_support": False},) * giving
    no = ({"can_give_intensive_support": False, "needs_intensive_support": True},) * needing
    return {"trust.academies": (*yes, *no), "school.identity.category_of_need": "vulnerable"}


@pytest.mark.parametrize(("giving", "after", "outcome"), [(3, "1 to 1", "Within"), (2, "0.7 to 1", "Below it")])
def test_those_who_can_help_are_at_least_as_many_as_those_who_need_it(
    giving: int, after: str, outcome: str, shipped_library: Library
) -> None:
    found = row(GIVING, shipped_library, helping(giving, 2))
    assert found[1:] == (after, "at least 1 to 1 (judgement)", outcome)


def test_where_no_school_needs_help_there_is_nothing_to_hold_beside_the_line(shipped_library: Library) -> None:
    said = helping(3, 0) | {"school.identity.category_of_need": "strong partner"}
    assert row(GIVING, shipped_library, said)[1::2] == (
        "not applicable (no school needs intensive support)",
        "For information",
    )
    assert row(GIVING, shipped_library, {"trust.academies": ({},)})[1::2] == ("not evidenced", "Not evidenced")


@pytest.mark.parametrize(("theirs", "outcome"), [(80, "Within"), (81, "Above it")])
def test_staff_costs_are_beside_what_the_department_considers_high(
    theirs: int, outcome: str, shipped_library: Library
) -> None:
    """£800 of £1,000 in the trust, and so much of £100 at the school."""
    said = {
        "trust.finance.staff_cost_gbp": 800, "trust.finance.total_income_gbp": 1000,
        "school.finance.staff_cost_gbp": theirs, "school.finance.total_income_gbp": 100,
    }  # fmt: skip
    assert row(STAFF, shipped_library, said)[2:] == ("at most 80% (Department for Education)", outcome)


@pytest.mark.parametrize(
    ("schools", "most", "outcome"), [(6, 1, "Above it"), (13, 1, "Above it"), (14, 2, "Within"), (20, 3, "Within")]
)
def test_without_a_policy_of_the_boards_joiners_are_beside_a_share_of_the_schools_there_are(
    schools: int, most: int, outcome: str, shipped_library: Library
) -> None:
    """One other joins in the same year; 15% of 13 schools is 1.95, of 14 it is 2.1."""
    days = [date(2019, 9, 1)] * (schools - 1) + [date(2027, 4, 1)]
    found = row(PACE, shipped_library, joined(*days))
    assert found[1:] == ("2", f"15% of the schools, at least 1: {most} (judgement)", outcome)
    own = row(PACE, shipped_library, joined(*days) | {"trust.policy.joiners_a_year_count": 1})
    assert own[2:] == ("the board's own most, 1", "Above it")
