"""Whether the facts meet a criterion: each kind becomes a function from facts to the ways still open.

A missing fact leaves open every way it could come out; a fact that does not apply takes its criterion
with it. Criteria are compiled once for a date and then only called.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any

from clpt_growth.capacity.offers import days_needed, free_days, is_needed, lines_for, stands_behind
from clpt_growth.judging.thresholds import earliest_day, threshold_on
from clpt_growth.model.fact import Fact, NotApplicable
from clpt_growth.model.outcome import (
    ANY_RESULT,
    CONFLICT,
    MET,
    MET_OR_NOT,
    NOT_APPLICABLE,
    NOT_MET,
    PARTLY,
    Open,
    each_way,
)
from clpt_growth.model.principle import (
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
    Span,
    Threshold,
)

FactMap = Mapping[str, Fact]
Judge = Callable[[FactMap], Open]
Test = Callable[[Any], Open]

PHASE = "school.identity.phase"

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "at least": operator.ge,
    "at most": operator.le,
    "more than": operator.gt,
    "less than": operator.lt,
    "equal to": operator.eq,
    "other than": operator.ne,
    "one of": lambda value, line: value in line,
    "none of": lambda value, line: value not in line,
}


def compiled(criterion: Criterion, as_of: date) -> Judge:
    """The function that judges a criterion on a date."""
    return _COMPILERS[type(criterion)](criterion, as_of)


def ways_at_all(threshold: Threshold) -> Open:
    """Every way a value could come out beside a line."""
    return ANY_RESULT if threshold.partly is not None else MET_OR_NOT


def _by_line(
    fact_name: str, thresholds: Sequence[Threshold], as_of: date, test_of: Callable[[Threshold], Test]
) -> Judge:
    """Judge one fact beside the line for the school's phase; a phase without a line has no outcome."""
    if not any(t.phases for t in thresholds):
        line = threshold_on(thresholds, as_of, None)
        return _on_one_line(fact_name, line, test_of) if line else _no_line
    every = {phase for t in thresholds for phase in t.phases}
    lines = {p: line for p in every if (line := threshold_on(thresholds, as_of, p))}
    judges = {phase: _on_one_line(fact_name, line, test_of) for phase, line in lines.items()}
    general = threshold_on([t for t in thresholds if not t.phases], as_of, None)
    otherwise = _on_one_line(fact_name, general, test_of) if general else _no_line

    def judge(facts: FactMap) -> Open:
        phase = facts.get(PHASE)
        if phase is None:
            return Open(ANY_RESULT | NOT_APPLICABLE)
        return judges.get(phase.value, otherwise)(facts)

    return judge


def _no_line(facts: FactMap) -> Open:
    return NOT_APPLICABLE


def _on_one_line(fact_name: str, line: Threshold, test_of: Callable[[Threshold], Test]) -> Judge:
    test = test_of(line)
    unknown = ways_at_all(line)

    def judge(facts: FactMap) -> Open:
        fact = facts.get(fact_name)
        if fact is None:
            return unknown
        value = fact.value
        if type(value) is NotApplicable:
            return NOT_APPLICABLE
        return test(value)

    return judge


def _compare(criterion: Compare, as_of: date) -> Judge:
    holds = COMPARISONS[criterion.must_be]

    def test_of(line: Threshold) -> Test:
        met, partly = line.met, line.partly

        def plain(value: Any) -> Open:
            return MET if holds(value, met) else NOT_MET

        def graded(value: Any) -> Open:
            if holds(value, met):
                return MET
            return PARTLY if holds(value, partly) else NOT_MET

        return plain if partly is None else graded

    return _by_line(criterion.fact, criterion.thresholds, as_of, test_of)


def _inside(value: Any, span: Span) -> bool:
    return (span.start is None or value >= span.start) and (span.below is None or value < span.below)


def _between(criterion: Between, as_of: date) -> Judge:
    def test_of(line: Threshold) -> Test:
        def test(value: Any) -> Open:
            if _inside(value, line.met):
                return MET
            return PARTLY if line.partly is not None and _inside(value, line.partly) else NOT_MET

        return test

    return _by_line(criterion.fact, criterion.thresholds, as_of, test_of)


def _dated_within(criterion: DatedWithin, as_of: date) -> Judge:
    def test_of(line: Threshold) -> Test:
        met = earliest_day(line.met, as_of)
        partly = earliest_day(line.partly, as_of) if line.partly is not None else met

        def test(value: date) -> Open:
            if value > as_of:
                return NOT_MET
            return MET if value >= met else PARTLY if value >= partly else NOT_MET

        return test

    return _by_line(criterion.fact, criterion.thresholds, as_of, test_of)


def _in_order(criterion: InOrder, as_of: date) -> Judge:
    names = criterion.facts

    def judge(facts: FactMap) -> Open:
        dates = [fact.value for name in names if (fact := facts.get(name)) is not None]
        known = [d for d in dates if type(d) is not NotApplicable]
        if any(later <= earlier for earlier, later in pairwise(known)):
            return NOT_MET
        if len(dates) < len(names):
            return MET_OR_NOT
        return MET if known else NOT_APPLICABLE

    return judge


def _covers(criterion: Covers, as_of: date) -> Judge:
    line = threshold_on(criterion.thresholds, as_of, None)
    if line is None:
        return _no_line
    fixed = frozenset(criterion.needs)

    def judge(facts: FactMap) -> Open:
        have, need = facts.get(criterion.have), facts.get(criterion.need)
        wanted: Any = fixed
        if criterion.need:
            if need is None:
                return ways_at_all(line)
            wanted = need.value
        if type(wanted) is NotApplicable or not wanted:
            return NOT_APPLICABLE
        if have is None:
            return ways_at_all(line)
        if type(have.value) is NotApplicable:
            return NOT_APPLICABLE
        covered = Decimal(len(frozenset(wanted) & frozenset(have.value))) / len(frozenset(wanted))
        if covered >= line.met:
            return MET
        return PARTLY if line.partly is not None and covered >= line.partly else NOT_MET

    return judge


def _recorded(criterion: Recorded, as_of: date) -> Judge:
    names = criterion.facts

    def judge(facts: FactMap) -> Open:
        found = [fact for name in names if (fact := facts.get(name)) is not None]
        if len(found) < len(names):
            return MET_OR_NOT
        return MET if any(f.applies for f in found) else NOT_APPLICABLE

    return judge


def _all_of(criterion: AllOf, as_of: date) -> Judge:
    judges = tuple(compiled(part, as_of) for part in criterion.parts)
    allowed = criterion.partly_if_short

    def judge(facts: FactMap) -> Open:
        return every([part(facts) for part in judges], allowed)

    return judge


def _any_of(criterion: AnyOf, as_of: date) -> Judge:
    judges = tuple(compiled(part, as_of) for part in criterion.parts)

    def judge(facts: FactMap) -> Open:
        return best([part(facts) for part in judges])

    return judge


def every(parts: Sequence[Open], allowed: int = 0) -> Open:
    """The ways open to a whole that needs every part; parts that do not apply are left out.

    Each state is how many parts are short so far and whether one is partly met.
    """
    return _every(tuple(parts), allowed)


# The ways that occur together are few, and come back in case after case.
@lru_cache(maxsize=4096)
def _every(parts: tuple[Open, ...], allowed: int) -> Open:
    states = {(0, MET, False)}
    for part in parts:
        states = {_with_part(state, way) for state in states for way in each_way(part)}
    ways = 0
    for short, worst, applies in states:
        if not applies:
            ways |= NOT_APPLICABLE
        elif short > allowed:
            ways |= NOT_MET
        else:
            ways |= PARTLY if short else worst
    return Open(ways)


def _with_part(state: tuple[int, Open, bool], way: Open) -> tuple[int, Open, bool]:
    short, worst, _ = state
    if way == NOT_APPLICABLE:
        return state
    if way == NOT_MET:
        return short + 1, worst, True
    return short, Open(max(worst, way)), True


# The best of the parts: met, then partly met, then a conflict, then not met.
_BETTER = {MET: 0, PARTLY: 1, CONFLICT: 2, NOT_MET: 3, NOT_APPLICABLE: 4}


def best(parts: Sequence[Open]) -> Open:
    """The ways open to a whole that needs one part; parts that do not apply are left out."""
    return _best(tuple(parts))


@lru_cache(maxsize=4096)
def _best(parts: tuple[Open, ...]) -> Open:
    found = {NOT_APPLICABLE}
    for part in parts:
        found = {min(so_far, way, key=_BETTER.__getitem__) for so_far in found for way in each_way(part)}
    ways = 0
    for way in found:
        ways |= way
    return Open(ways)


OFFER_READS = ("trust.offers", "school.needs", PHASE)


def _offer(criterion: Offer, as_of: date) -> Judge:
    """Met with capability and days enough; partly met with too few; not met where a need or a claim has none."""

    def judge(facts: FactMap) -> Open:
        register = facts.get("trust.offers")
        wanted = is_needed(facts, criterion.line)
        if register is None or not register.applies:
            return ANY_RESULT if wanted else Open(ANY_RESULT | NOT_APPLICABLE)
        lines = lines_for(register.value, criterion.line, facts)
        if not lines:
            return _NO_LINE[wanted]
        standing = [stands_behind(record, facts, as_of) for record in lines]
        # Without a phase nobody can say whether an offer for some phases is one for this school.
        away = NOT_APPLICABLE if PHASE not in facts and wanted is not True else 0
        if not any(standing):
            return Open(ANY_RESULT | away) if None in standing else NOT_MET
        needed, free = days_needed(facts, criterion.line), free_days(lines, standing)
        if needed == 0 or (needed is not None and free is not None and free >= needed):
            return MET
        # What nobody said is in place might yet make up the days.
        return Open(MET | PARTLY) if needed is None or free is None or None in standing else PARTLY

    return judge


_NO_LINE = {True: NOT_MET, False: NOT_APPLICABLE, None: Open(NOT_MET | NOT_APPLICABLE)}


def _conflict(criterion: Conflict, as_of: date) -> Judge:
    when, otherwise = compiled(criterion.when, as_of), compiled(criterion.otherwise, as_of)

    def judge(facts: FactMap) -> Open:
        clash = when(facts)
        if clash == MET:
            return CONFLICT
        return Open(otherwise(facts) | CONFLICT) if clash & MET else otherwise(facts)

    return judge


FINDING = "finding."


def _follows(criterion: Follows, as_of: date) -> Judge:
    """The worst of other findings, which the judging of a case lays beside its facts."""
    names = tuple(FINDING + id_ for id_ in criterion.ids)

    def judge(facts: FactMap) -> Open:
        return every([fact.value if (fact := facts.get(name)) else ANY_RESULT for name in names])

    return judge


def _ask_person(criterion: AskPerson, as_of: date) -> Judge:
    return lambda facts: ANY_RESULT


_COMPILERS: dict[type[Any], Callable[[Any, date], Judge]] = {
    Compare: _compare,
    Between: _between,
    DatedWithin: _dated_within,
    InOrder: _in_order,
    Covers: _covers,
    Recorded: _recorded,
    AllOf: _all_of,
    AnyOf: _any_of,
    Offer: _offer,
    Conflict: _conflict,
    Follows: _follows,
    AskPerson: _ask_person,
}
