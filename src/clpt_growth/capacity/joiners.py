"""How many schools join in any year, which is three terms running, and which the board has agreed to."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from clpt_growth.capacity.reading import defined, records_of, value_of
from clpt_growth.capacity.terms import TERMS_A_YEAR, term_of
from clpt_growth.model.fact import Fact, Record, Term

ON_THEIR_WAY = "trust.pipeline"
NEEDED_FACTS = ("trust.academies", ON_THEIR_WAY, "school.identity.name", "case.proposal.proposed_opening_on")


def joined_terms(facts: Mapping[str, Fact]) -> tuple[Term, ...] | None:
    """The term each academy joined in; None while it is not known of every one."""
    academies = records_of(facts, "trust.academies")
    days = [academy.get("joined_on") for academy in academies or ()]
    known = tuple(term_of(day) for day in days if isinstance(day, date))
    return None if academies is None or len(known) < len(days) else known


def others_agreed(facts: Mapping[str, Fact]) -> tuple[Record, ...] | None:
    """Entries of the trust's own list that the board has agreed to, less this school and those that have joined.

    None while the list is not in evidence, or this school could be one of them and nobody can tell.
    """
    on_their_way, positions = records_of(facts, ON_THEIR_WAY), defined(facts, "positions_agreed")
    own, academies = value_of(facts, "school.identity.name"), records_of(facts, "trust.academies") or ()
    if on_their_way is None or positions is None:
        return None
    agreed = tuple(row for row in on_their_way if row.get("position") in positions)
    if agreed and own is None:
        return None
    counted = {as_compared(name) for name in (own, *(academy.get("name") for academy in academies))}
    return tuple(row for row in agreed if as_compared(row.get("school")) not in counted)


def as_compared(name: object) -> str:
    """A school's name, however it is capitalised and spaced."""
    return " ".join(str(name or "").casefold().split())


def _agreed_terms(facts: Mapping[str, Fact]) -> tuple[Term, ...] | None:
    """The term each of those agreed is to join in; None while it is not known of every one."""
    agreed = others_agreed(facts)
    known = tuple(term for row in agreed or () if isinstance(term := row.get("joining"), Term))
    return None if agreed is None or len(known) < len(agreed) else known


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
    """The most other schools in any year the joining school opens in, and the same with it; empty where not known.

    Those the board has agreed to count in the term they are to join.
    """
    joined, agreed = joined_terms(facts), _agreed_terms(facts)
    opening = value_of(facts, "case.proposal.proposed_opening_on")
    if joined is None or agreed is None or opening is None:
        return {}
    others = max(in_year_from(first, (*joined, *agreed)) for first in years_with(term_of(opening)))
    return {"other_joiners_count": others, "joiners_a_year_count": others + 1}
