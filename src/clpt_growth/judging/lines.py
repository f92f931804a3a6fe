"""Facts beside the lines drawn for them: the criteria `compare`, `between`, `dated within` and `covers`."""

import operator
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from clpt_growth.judging.thresholds import earliest_day, threshold_on
from clpt_growth.judging.ways import Judge
from clpt_growth.model.case import PHASE
from clpt_growth.model.criterion import Between, Compare, Covers, DatedWithin, Span, Threshold
from clpt_growth.model.fact import Facts, NotApplicable
from clpt_growth.model.outcome import ANY_RESULT, MET, MET_OR_NOT, NOT_APPLICABLE, NOT_MET, PARTLY, Open

Test = Callable[[Any], Open]
JudgeOf = Callable[[Threshold | None], Judge]

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


def ways_at_all(threshold: Threshold) -> Open:
    """Every way a value could come out beside a line."""
    return ANY_RESULT if threshold.partly is not None else MET_OR_NOT


# What a figure that is only known to reach a bound can still be: as good as the bound or better, or as bad or worse.
_OR_BETTER = {("at least", "at least"), ("more than", "at least"), ("at most", "at most"), ("less than", "at most")}
_OR_WORSE = {("at least", "at most"), ("more than", "at most"), ("at most", "at least"), ("less than", "at least")}


def _still_open(way: Open, must_be: str, bound: str, unknown: Open) -> Open:
    if (must_be, bound) in _OR_BETTER:
        return Open(unknown & (2 * way - 1))
    return Open(unknown & ~(way - 1)) if (must_be, bound) in _OR_WORSE else unknown


def _by_line(
    fact_name: str,
    thresholds: Sequence[Threshold],
    as_of: date,
    test_of: Callable[[Threshold], Test],
    must_be: str = "",
    year_name: str = "",
) -> Judge:
    """Judge one fact beside the line for the school's phase; a phase without a line has no outcome."""

    def on(line: Threshold | None) -> Judge:
        return _on_one_line(fact_name, line, test_of, must_be) if line else _no_line

    def of_phase(phase: str | None) -> Judge:
        if not year_name:
            return on(threshold_on(thresholds, as_of, phase))
        return _by_year(year_name, thresholds, as_of, phase, on)

    if not any(t.phases for t in thresholds):
        return of_phase(None)
    judges: dict[Any, Judge] = {}

    def judge(facts: Facts) -> Open:
        phase = facts.get(PHASE)
        if phase is None:
            return Open(ANY_RESULT | NOT_APPLICABLE)
        if phase.value not in judges:
            judges[phase.value] = of_phase(phase.value)
        return judges[phase.value](facts)

    return judge


def _by_year(year_name: str, thresholds: Sequence[Threshold], as_of: date, phase: str | None, on: JudgeOf) -> Judge:
    """Judge on the line of the figure's own year, or on the newest.

    While the year is not known, whatever is worse on another year's line stays open: silence is no way round a line.
    """
    years = dict.fromkeys(t.figure_of for t in thresholds)
    judges = {year: on(threshold_on(thresholds, as_of, phase, year)) for year in years}
    newest = on(threshold_on(thresholds, as_of, phase))

    def judge(facts: Facts) -> Open:
        year = year_of(facts, year_name)
        if year:
            return judges.get(year, newest)(facts)
        ways = newest(facts)
        for other in judges.values():
            ways = Open(ways | _worse(other(facts), ways))
        return ways

    return judge


def _worse(ways: Open, than: Open) -> Open:
    """Those ways that are worse than every one of the others."""
    return Open(ways & ANY_RESULT & -(1 << int(than).bit_length()))


def year_of(facts: Facts, year_name: str) -> str:
    """The academic year a figure is said to be of; blank where nobody says."""
    fact = facts.get(year_name) if year_name else None
    return str(fact.value) if fact is not None and fact.applies else ""


def _no_line(facts: Facts) -> Open:
    return NOT_APPLICABLE


def _on_one_line(fact_name: str, line: Threshold, test_of: Callable[[Threshold], Test], must_be: str) -> Judge:
    test = test_of(line)
    unknown = ways_at_all(line)

    def judge(facts: Facts) -> Open:
        fact = facts.get(fact_name)
        if fact is None:
            return unknown
        value = fact.value
        if type(value) is NotApplicable:
            return NOT_APPLICABLE
        return _still_open(test(value), must_be, fact.bound, unknown) if fact.bound else test(value)

    return judge


def compare(criterion: Compare, as_of: date) -> Judge:
    """A fact beside the line in force for the school's phase.

    Not applicable where none is set for the phase; any outcome while lines differ by a phase nobody has told.
    """
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

    return _by_line(criterion.fact, criterion.thresholds, as_of, test_of, criterion.must_be, criterion.year)


def _inside(value: Any, span: Span) -> bool:
    return (span.start is None or value >= span.start) and (span.below is None or value < span.below)


def between(criterion: Between, as_of: date) -> Judge:
    """A fact inside the span in force for the school's phase.

    Not applicable where none is set for the phase; any outcome while lines differ by a phase nobody has told.
    """

    def test_of(line: Threshold) -> Test:
        def test(value: Any) -> Open:
            if _inside(value, line.met):
                return MET
            return PARTLY if line.partly is not None and _inside(value, line.partly) else NOT_MET

        return test

    return _by_line(criterion.fact, criterion.thresholds, as_of, test_of)


def dated_within(criterion: DatedWithin, as_of: date) -> Judge:
    """A date no older than the age in force; the last day counts, and a date still to come is not met.

    Phases are as in `compare`.
    """

    def test_of(line: Threshold) -> Test:
        met = earliest_day(line.met, as_of)
        partly = earliest_day(line.partly, as_of) if line.partly is not None else met

        def test(value: date) -> Open:
            if value > as_of:
                return NOT_MET
            if value >= met:
                return MET
            return PARTLY if value >= partly else NOT_MET

        return test

    return _by_line(criterion.fact, criterion.thresholds, as_of, test_of)


def covers(criterion: Covers, as_of: date) -> Judge:
    """The share of a list of needed things that is had, beside the line in force.

    Open while either list is not known; not applicable where nothing is needed, or no line is set.
    """
    line = threshold_on(criterion.thresholds, as_of, None)
    if line is None:
        return _no_line
    fixed = frozenset(criterion.needs)

    def judge(facts: Facts) -> Open:
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
