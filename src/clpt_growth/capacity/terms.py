"""Academic terms: which one a day is in, and those that follow."""

from datetime import date

from clpt_growth.model.dates import AUTUMN, academic_year
from clpt_growth.model.fact import Term

TERMS_A_YEAR = 3
# The first month of autumn, spring and summer.
_BEGINS = (AUTUMN, 1, 4)


def term_of(day: date) -> Term:
    """Autumn from September, spring from January, summer from April."""
    year = academic_year(day)
    return Term(year, 0) if year == day.year else Term(year, 1 if day.month < _BEGINS[2] else 2)


def first_day(term: Term) -> date:
    """The day a school opens that joins with the term: the first of September, January or April."""
    return date(term.academic_year + (term.position > 0), _BEGINS[term.position], 1)


def terms_from(first: Term, count: int) -> tuple[Term, ...]:
    return tuple(first.later(n) for n in range(count))
