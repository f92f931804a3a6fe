"""The two ledgers of a case, the improvement team's and the central team's, over the terms we look ahead."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from clpt_growth.capacity.demand import improvement_load
from clpt_growth.capacity.integration import awaited, central_load, integration_days
from clpt_growth.capacity.reading import defined, records_of, value_of
from clpt_growth.capacity.supply import available_days, central_supply, improvement_supply, promised_days
from clpt_growth.capacity.terms import term_of, terms_from
from clpt_growth.model.fact import Fact, Term
from clpt_growth.model.ledger import Books, Ledger, Load, Loads, Supply


def opening_term(facts: Mapping[str, Fact]) -> Term | None:
    opening = value_of(facts, "case.proposal.proposed_opening_on")
    return None if opening is None else term_of(opening)


def books(facts: Mapping[str, Fact], *, as_of: date, has_school: bool, earlier: Sequence[Loads] = ()) -> Books:
    """The ledgers of a case; `earlier` are the schools agreed before this one, in the board's order."""
    # A term that has begun is spent; the trust alone is asked from the next.
    first = opening_term(facts) if has_school else term_of(as_of).later(1)
    count = defined(facts, "ledger_terms")
    if first is None or count is None:
        return Books(None, None)
    # The central team's work begins before the school opens.
    before = terms_before(facts) if has_school else 0
    terms = terms_from(first, count)
    longer = terms if before is None else terms_from(first.later(-before), count + before)
    own = [loads(facts, longer)] if has_school else []
    free = None if before is None else _free_central(facts)
    return Books(
        _ledger(
            terms, improvement_supply(facts, terms), [e.improvement for e in earlier], [o.improvement for o in own]
        ),
        _ledger(longer, free, [e.central for e in earlier], [o.central for o in own]),
    )


def terms_before(facts: Mapping[str, Fact]) -> int | None:
    """Terms of the central team's work before a school opens; None where that is not defined."""
    spread = defined(facts, "integration_terms")
    return None if spread is None else spread["before"]


def _ledger(
    terms: tuple[Term, ...], supply: Supply | None, earlier: Sequence[Load | None], own: Sequence[Load | None]
) -> Ledger | None:
    """None while the supply or any school's load is not known."""
    known = [load for load in (*earlier, *own) if load is not None]
    if supply is None or len(known) < len(earlier) + len(own):
        return None
    return Ledger(terms=terms, supply=supply, earlier=tuple(known[: len(earlier)]), joining=known[-1] if own else None)


def _free_central(facts: Mapping[str, Fact]) -> Supply | None:
    """Functions whose free days are known; what is promised and kept is taken off them already."""
    free = central_supply(facts)
    return None if free is None else Supply({f: d for f, d in free.items() if d is not None}, {}, {})


def loads(facts: Mapping[str, Fact], terms: Sequence[Term]) -> Loads:
    """What a case's school takes of the trust in each of the terms, from the one it opens in."""
    opening = opening_term(facts)
    if opening is None:
        return Loads(None, None)
    days = integration_days(facts)
    unknown = tuple(f for f, number in (days or {}).items() if number is None)
    return Loads(improvement_load(facts, opening, terms), central_load(days, facts, opening, terms), unknown)


def unfinished(facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """The lists that are written but leave out a figure the ledger needs, and what the demand model waits for."""
    opening, count = opening_term(facts), defined(facts, "ledger_terms")
    posts, needs = records_of(facts, "trust.improvement_posts"), records_of(facts, "school.needs")
    available = None if posts is None else available_days(posts, Decimal(1), Decimal(1))
    found = ["trust.improvement_posts"] if posts is not None and available is None else []
    asked_for = terms_from(opening, count) if opening and count else ()
    written = records_of(facts, "trust.improvement_promised") is not None
    if written and asked_for and available is not None and promised_days(facts, asked_for, available) is None:
        found.append("trust.improvement_promised")
    if needs is not None and any(n.get("days_a_term") is None or n.get("specialism") is None for n in needs):
        found.append("school.needs")
    return tuple(found)


def unfinished_central(facts: Mapping[str, Fact], function: str = "") -> tuple[str, ...]:
    """What the central team's ledger waits for: its list of posts where one leaves out its days, and other facts."""
    free = central_supply(facts)
    blank = free is None or any(days is None for f, days in free.items() if function in ("", f))
    return (*(("trust.central_team",) if blank else ()), *awaited(facts, function))


def unfinished_functions(facts: Mapping[str, Fact], earlier: Sequence[Loads] = ()) -> tuple[str, ...]:
    """Functions of the central team for which the days free, or what this or an earlier school needs, are not known."""
    free, needed = central_supply(facts) or {}, integration_days(facts) or {}
    names: dict[str, Any] = dict.fromkeys((*needed, *free))
    before = {function for loads in earlier for function in loads.unknown}
    unknown = before | {f for days in (free, needed) for f, number in days.items() if number is None}
    return tuple(f for f in names if f in unknown)
