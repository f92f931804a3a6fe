"""How months are counted, the one way for all: from a day to the same day of another month, or the last of a shorter.

So evidence of 28 February is within three months on 31 May, and one of 29 February within a year on 28 February.
"""

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """The day so many months later, or earlier where that is below nought; never off the ends of the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.min if months < 0 else date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_before(day: date, months: int) -> date:
    """The oldest day that is still within so many months; it counts."""
    return months_after(day, -months)


# The month an academic year begins in.
AUTUMN = 9


def academic_year(day: date) -> int:
    """The year in which the academic year of a day began."""
    return day.year if day.month >= AUTUMN else day.year - 1


def year_words(first: int) -> str:
    """An academic or financial year by the year it began in, as 2026-27."""
    return f"{first}-{(first + 1) % 100:02d}"


def whole_months(since: date, until: date) -> int:
    """The most months that can be taken off `until` without passing `since`; below nought where it is still to come."""
    return (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)
