"""Which results are the newest on a day."""

from datetime import date
from decimal import Decimal

import pytest

from clpt_growth.facts.results import last_ended, newest, newest_year


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 8, 31), "2024-25"),
        (date(2026, 9, 1), "2025-26"),
        (date(2026, 12, 4), "2025-26"),
        (date(2027, 1, 1), "2025-26"),
        (date(2000, 9, 1), "1999-00"),
    ],
)
def test_an_academic_year_has_ended_once_august_is_over(day: date, year: str) -> None:
    assert last_ended(day) == year


def test_last_years_results_never_stand_in_for_this_years() -> None:
    good = ({"year": "2024-25", "cohort_count": 30, "expected_share": Decimal("0.9")},)

    assert newest("expected_share")(good, 11, as_of=date(2026, 12, 4)) is None
    assert newest_year(good, as_of=date(2026, 12, 4)) is None
    assert newest("expected_share")(good, 11, as_of=date(2025, 12, 4)) == Decimal("0.9")
