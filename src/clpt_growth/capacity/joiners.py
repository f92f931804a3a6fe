"""How many schools join in any year, which is three terms running."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from clpt_growth.capacity.reading import records_of, value_of
from clpt_growth.capacity.terms import TERMS_A_YEAR, term_of
from clpt_growth.model.fact import Fact, Term

NEEDED_FACTS = ("trust.academies", "case.proposal.proposed_opening_on")


def joined_terms(facts: Mapping[str, Fact]) -> tuple[Term, ...] | None:
    """The term each academy joined in; None while it is not known of every one."""
    academies = records_of(facts, "trust.academies")
    days = [academy.get("joined_on") for academy in academies or ()]
    known = tuple(term_of(day) for day in days if isinstance(day, date))
    return None if academies is None or len(known) < len(days) else known


def years_with(term: Term) -> tuple[Term, ...]:
    """The first terms of the years that a term is in, earliest first."""
    return tuple(term.later(-n) for n in reversed(range(TERMS_A_YEAR)))


def in_year_from(first: Term, joined: Iterable[Term]) -> int:
    return sum(1 for term in joined if 0 <= term.since(first) < TERMS_A_YEAR)


def busiest_year(joined: Sequence[Term], now: Term) -> tuple[Term, int]:
    """The first term of the year in which most join, of those not over, and how many; the earliest of equals."""
    firsts = sorted({year for term in joined for year in years_with(term) if year.later(TERMS_A_YEAR - 1) >= now})
    first = max(firsts, key=lambda year: in_year_from(year, joined), default=now)
    return first, in_year_from(first, joined)


def measures(facts: Mapping[str, Fact]) -> dict[str, int]:
    """The most other schools in any year the joining school opens in, and the same with it; empty where not known."""
    joined, opening = joined_terms(facts), value_of(facts, "case.proposal.proposed_opening_on")
    if joined is None or opening is None:
        return {}
    others = max(in_year_from(first, joined) for first in years_with(term_of(opening)))
    return {"other_joiners_count": others, "joiners_a_year_count": others + 1}
