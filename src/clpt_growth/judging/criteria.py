"""Whether the facts meet a criterion: each kind becomes a function from facts to the ways still open.

A missing fact leaves open every way it could come out; a fact that does not apply takes its criterion
with it. Criteria are compiled once for a date and then only called.
"""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

from clpt_growth.judging.lines import between, compare, covers, dated_within
from clpt_growth.judging.offering import offer
from clpt_growth.judging.ways import Judge, best, every
from clpt_growth.model.criterion import (
    AllOf,
    AnyOf,
    AskPerson,
    Between,
    Compare,
    Conflict,
    Covers,
    Criterion,
    DatedWithin,
    Follows,
    InOrder,
    Offer,
    Recorded,
)
from clpt_growth.model.fact import Facts, NotApplicable
from clpt_growth.model.noun import kept_beside
from clpt_growth.model.outcome import ANY_RESULT, CONFLICT, MET, MET_OR_NOT, NOT_APPLICABLE, NOT_MET, Open


def compiled(criterion: Criterion, as_of: date) -> Judge:
    """The function that judges a criterion on a date."""
    made: dict[date, Judge] = kept_beside(criterion)
    if as_of not in made:
        # Of one date only: a criterion outlives many.
        made.clear()
        made[as_of] = _COMPILERS[type(criterion)](criterion, as_of)
    return made[as_of]


def _in_order(criterion: InOrder, as_of: date) -> Judge:
    names = criterion.facts

    def judge(facts: Facts) -> Open:
        dates = [fact.value for name in names if (fact := facts.get(name)) is not None]
        known = [d for d in dates if type(d) is not NotApplicable]
        if any(later <= earlier for earlier, later in pairwise(known)):
            return NOT_MET
        if len(dates) < len(names):
            return MET_OR_NOT
        return MET if known else NOT_APPLICABLE

    return judge


def _recorded(criterion: Recorded, as_of: date) -> Judge:
    names = criterion.facts

    def judge(facts: Facts) -> Open:
        found = [fact for name in names if (fact := facts.get(name)) is not None]
        if len(found) < len(names):
            return MET_OR_NOT
        return MET if any(f.applies for f in found) else NOT_APPLICABLE

    return judge


def _all_of(criterion: AllOf, as_of: date) -> Judge:
    judges = tuple(compiled(part, as_of) for part in criterion.parts)
    allowed = criterion.partly_if_short

    def judge(facts: Facts) -> Open:
        return every([part(facts) for part in judges], allowed)

    return judge


def _any_of(criterion: AnyOf, as_of: date) -> Judge:
    judges = tuple(compiled(part, as_of) for part in criterion.parts)

    def judge(facts: Facts) -> Open:
        return best([part(facts) for part in judges])

    return judge


def _conflict(criterion: Conflict, as_of: date) -> Judge:
    when, otherwise = compiled(criterion.when, as_of), compiled(criterion.otherwise, as_of)

    def judge(facts: Facts) -> Open:
        clash = when(facts)
        if clash == MET:
            return CONFLICT
        return Open(otherwise(facts) | CONFLICT) if clash & MET else otherwise(facts)

    return judge


FINDING = "finding."


def _follows(criterion: Follows, as_of: date) -> Judge:
    """The worst of other findings, which the judging of a case lays beside its facts."""
    names = tuple(FINDING + id_ for id_ in criterion.ids)

    def judge(facts: Facts) -> Open:
        return every([fact.value if (fact := facts.get(name)) else ANY_RESULT for name in names])

    return judge


def _ask_person(criterion: AskPerson, as_of: date) -> Judge:
    return lambda facts: ANY_RESULT


_COMPILERS: dict[type[Any], Callable[[Any, date], Judge]] = {
    Compare: compare,
    Between: between,
    DatedWithin: dated_within,
    InOrder: _in_order,
    Covers: covers,
    Recorded: _recorded,
    AllOf: _all_of,
    AnyOf: _any_of,
    Offer: offer,
    Conflict: _conflict,
    Follows: _follows,
    AskPerson: _ask_person,
}
