"""Months counted one way for all, at the ends of months and on leap days."""

from datetime import date

import pytest

from clpt_growth.capacity.offers import within_months
from clpt_growth.facts.contracts import renewals_count
from clpt_growth.facts.inspection import age_months
from clpt_growth.judging.thresholds import earliest_day
from clpt_growth.model.criterion import Age
from clpt_growth.model.dates import months_after, months_before, whole_months
from make import facts


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 12, 4), 24, date(2028, 12, 4)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
        (date(2026, 12, 31), 100_000, date(9999, 12, 31)),
        (date(2026, 12, 31), -100_000, date(1, 1, 1)),
    ],
)
def test_a_month_on_is_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


# The day asked on, a number of months, and the oldest day within them.
OLDEST = [
    (date(2026, 5, 31), 3, date(2026, 2, 28)),
    (date(2028, 5, 31), 3, date(2028, 2, 29)),
    (date(2028, 5, 30), 3, date(2028, 2, 29)),
    (date(2026, 4, 30), 1, date(2026, 3, 30)),
    (date(2025, 2, 28), 12, date(2024, 2, 28)),
    (date(2028, 2, 29), 12, date(2027, 2, 28)),
    (date(2026, 12, 4), 12, date(2025, 12, 4)),
]


@pytest.mark.parametrize(("as_of", "months", "oldest"), OLDEST)
def test_lines_the_offer_and_ages_agree_on_the_oldest_day_within_so_many_months(
    as_of: date, months: int, oldest: date
) -> None:
    too_old = date.fromordinal(oldest.toordinal() - 1)
    limit = facts({"definition.offer_evidence_within_months": months})

    assert months_before(as_of, months) == oldest
    assert earliest_day(Age(months, "months"), as_of) == oldest
    assert within_months(oldest, limit, as_of) is True
    assert within_months(too_old, limit, as_of) is False
    assert age_months(oldest, as_of=as_of) == months


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        (date(2026, 2, 28), date(2026, 5, 31), 3),
        (date(2026, 3, 31), date(2026, 4, 30), 0),
        (date(2026, 3, 31), date(2026, 5, 1), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 11),
        (date(2024, 2, 29), date(2025, 3, 1), 12),
        (date(2026, 12, 4), date(2026, 12, 4), 0),
        (date(2026, 12, 5), date(2026, 12, 4), -1),
    ],
)
def test_whole_months_are_those_that_have_run_out(since: date, until: date, months: int) -> None:
    assert whole_months(since, until) == months


@pytest.mark.parametrize(
    ("as_of", "ends", "count"),
    [
        (date(2024, 12, 4), date(2026, 12, 4), 1),
        (date(2024, 12, 4), date(2026, 12, 5), 0),
        (date(2026, 12, 4), date(2028, 12, 4), 1),
        (date(2026, 12, 4), date(2028, 12, 5), 0),
        (date(2028, 2, 29), date(2030, 2, 28), 1),
        (date(2028, 2, 29), date(2030, 3, 1), 0),
        (date(2026, 12, 4), date(2026, 12, 4), 1),
        (date(2026, 12, 4), date(2026, 12, 3), 0),
    ],
)
def test_a_contract_ends_within_two_years_to_the_day(as_of: date, ends: date, count: int) -> None:
    assert renewals_count(({"same_service_from_trust": "payroll", "ends_on": ends},), as_of=as_of) == count
