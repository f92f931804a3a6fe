"""Which line holds, and the oldest day within an age."""

from datetime import date

import pytest

from clpt_growth.judging.thresholds import earliest_day, threshold_on
from clpt_growth.model.criterion import Age
from make import AS_OF, threshold


@pytest.mark.parametrize(
    ("months", "as_of", "oldest"),
    [
        (12, date(2026, 12, 4), date(2025, 12, 4)),
        (1, date(2026, 1, 15), date(2025, 12, 15)),
        (1, date(2026, 3, 31), date(2026, 2, 28)),
        (1, date(2028, 3, 31), date(2028, 2, 29)),
        (1, date(2026, 5, 31), date(2026, 4, 30)),
        (1, date(2026, 2, 28), date(2026, 1, 28)),
        (12, date(2028, 2, 29), date(2027, 2, 28)),
        (48, date(2028, 2, 29), date(2024, 2, 29)),
        (6, date(2026, 8, 31), date(2026, 2, 28)),
        (24, date(2026, 12, 31), date(2024, 12, 31)),
        (0, date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(months: int, as_of: date, oldest: date) -> None:
    assert earliest_day(Age(months, "months"), as_of) == oldest


@pytest.mark.parametrize(("days", "oldest"), [(0, date(2026, 12, 4)), (1, date(2026, 12, 3)), (365, date(2025, 12, 4))])
def test_days_are_counted_one_by_one(days: int, oldest: date) -> None:
    assert earliest_day(Age(days, "days"), AS_OF) == oldest


OLD = threshold(1, since=date(2024, 9, 1))
NEW = threshold(2, since=date(2026, 12, 4))
SPECIAL = threshold(3, since=date(2023, 9, 1), phases=("special",))


@pytest.mark.parametrize(
    ("as_of", "met"),
    [(date(2024, 8, 31), None), (date(2024, 9, 1), 1), (date(2026, 12, 3), 1), (date(2026, 12, 4), 2)],
)
def test_the_latest_line_already_in_force_holds(as_of: date, met: int | None) -> None:
    line = threshold_on((NEW, OLD), as_of, None)

    assert (line and line.met) == met


@pytest.mark.parametrize(("phase", "met"), [("special", 3), ("primary", 2), (None, 2)])
def test_a_line_for_the_phase_comes_before_a_newer_line_for_all(phase: str | None, met: int) -> None:
    line = threshold_on((OLD, SPECIAL, NEW), AS_OF, phase)

    assert line is not None
    assert line.met == met


@pytest.mark.parametrize(("year", "met"), [("2021-22", 4), ("2023-24", 6), ("2020-21", 6), ("", 6)])
def test_of_figures_of_several_years_that_of_the_year_asked_for_else_the_newest(year: str, met: int) -> None:
    lines = (threshold(4, figure_of="2021-22"), threshold(6, figure_of="2023-24"), threshold(5, figure_of="2022-23"))
    line = threshold_on(lines, AS_OF, None, year)

    assert line is not None
    assert line.met == met


def test_a_phase_line_still_to_come_does_not_hold() -> None:
    coming = threshold(9, since=date(2027, 9, 1), phases=("special",))

    assert threshold_on((coming, OLD), AS_OF, "special") == OLD
