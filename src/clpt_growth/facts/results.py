"""What the newest results say: those of the academic year last ended, and of no other.

An older year never stands in for it, so that leaving the newest out cannot read better than writing it.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from clpt_growth.model.dates import academic_year, year_words
from clpt_growth.model.fact import NotApplicable, Record


def last_ended(as_of: date) -> str:
    """The academic year that had ended by a day, as 2025-26; a year ends with August."""
    return year_words(academic_year(as_of) - 1)


def newest_year(results: Sequence[Record], *, as_of: date) -> str | None:
    """The academic year last ended where it has results; None where it has none yet."""
    year = last_ended(as_of)
    return year if any(r.get("year") == year for r in results) else None


def _too_small(small_below: int) -> NotApplicable:
    return NotApplicable(f"fewer than {small_below} pupils in the year group")


def newest(field: str) -> Callable[..., Any]:
    """One figure of the academic year last ended; it does not apply to a year group of fewer pupils than the line."""

    def figure(results: Sequence[Record], small_below: int, *, as_of: date) -> Any:
        year = last_ended(as_of)
        record = next((r for r in results if r.get("year") == year), {})
        cohort = record.get("cohort_count")
        if cohort is None or isinstance(cohort, NotApplicable):
            return cohort
        return record.get(field) if cohort >= small_below else _too_small(small_below)

    return figure
