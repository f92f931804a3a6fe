"""How far each tested value is from its lines, in its own unit."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from clpt_growth.judging.criteria import compiled
from clpt_growth.judging.lines import COMPARISONS, year_of
from clpt_growth.judging.thresholds import earliest_day, threshold_on
from clpt_growth.model.case import PHASE
from clpt_growth.model.criterion import (
    AllOf,
    AnyOf,
    Between,
    Compare,
    Conflict,
    Criterion,
    DatedWithin,
    Span,
    Threshold,
)
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.fact import Fact
from clpt_growth.model.finding import Finding, Margin
from clpt_growth.model.outcome import OUTCOME_OF, Outcome
from clpt_growth.model.principle import Principle

_RISING = ("at least", "more than")
_ORDERED = ("at least", "more than", "at most", "less than")


def margins(principle: Principle, facts: Mapping[str, Fact], as_of: date, dictionary: Dictionary) -> tuple[Margin, ...]:
    """One margin for each line of each value the principle tests; minus is on the wrong side of the line."""
    return tuple(m for part in principle.parts for m in _of_part(part, facts, as_of, dictionary))


def deciding_margin(finding: Finding, facts: Mapping[str, Fact], as_of: date, dictionary: Dictionary) -> Margin | None:
    """The nearest margin of the parts that made the outcome; none where a person decided, or no part has one.

    `facts` hold the findings that this one follows from, as they are laid beside facts when it is judged.
    """
    if finding.decided_by is not None or finding.outcome not in _MADE_BY:
        return None
    parts = _deciding(finding.principle.criterion, finding.outcome, facts, as_of)
    found = [m for part, own in parts for m in _made(part, own, facts, as_of, dictionary)]
    return min(found, key=_nearness, default=None)


# Parts of a whole that needs them all, by the outcome they give it.
_MADE_BY: Mapping[Outcome, tuple[Outcome, ...]] = {
    Outcome.MET: (Outcome.MET,),
    Outcome.PARTLY_MET: (Outcome.PARTLY_MET, Outcome.NOT_MET),
    Outcome.NOT_MET: (Outcome.NOT_MET,),
}


def _deciding(
    criterion: Criterion, outcome: Outcome, facts: Mapping[str, Fact], as_of: date
) -> Iterator[tuple[Criterion, Outcome]]:
    """The innermost parts whose outcome made that of the whole, each with its own."""
    if isinstance(criterion, Conflict):
        yield from _deciding(criterion.otherwise, outcome, facts, as_of)
    elif isinstance(criterion, AllOf | AnyOf):
        made_by = _MADE_BY.get(outcome, ()) if isinstance(criterion, AllOf) else (outcome,)
        made = [(part, own) for part in criterion.parts if (own := _alone(part, facts, as_of)) in made_by]
        # Where two ways are met, no one of them could bring the whole down.
        if isinstance(criterion, AllOf) or outcome is not Outcome.MET or len(made) == 1:
            for part, own in made:
                yield from _deciding(part, own, facts, as_of)
    else:
        yield criterion, outcome


def _alone(part: Criterion, facts: Mapping[str, Fact], as_of: date) -> Outcome:
    return OUTCOME_OF[compiled(part, as_of)(facts)]


def _made(
    part: Criterion, own: Outcome, facts: Mapping[str, Fact], as_of: date, dictionary: Dictionary
) -> Iterator[Margin]:
    """A part's margin to the line it would cross next: down where it is met, up where it falls short."""
    met = own is Outcome.MET
    at_most = isinstance(part, Compare) and part.must_be == "at most"
    for margin in _of_part(part, facts, as_of, dictionary):
        none_found = at_most and margin.value == margin.line == 0
        if met and margin.outcome_at_line is Outcome.MET and margin.distance >= 0 and not none_found:
            yield margin
        if not met and margin.distance < 0:
            yield margin


def _nearness(margin: Margin) -> Decimal:
    return abs(Decimal(margin.distance)) / (_base(margin.line) or Decimal(1))


def _base(line: Any) -> Decimal | None:
    """What a distance is a share of; None where the line is nought or a date."""
    if isinstance(line, bool) or not isinstance(line, int | Decimal) or line == 0:
        return None
    return abs(Decimal(line))


def line_for(criterion: Compare | Between | DatedWithin, facts: Mapping[str, Fact], as_of: date) -> Threshold | None:
    """The threshold in force for the school's phase and the year of its figure."""
    phase = facts.get(PHASE)
    year = year_of(facts, criterion.year) if isinstance(criterion, Compare) else ""
    return threshold_on(criterion.thresholds, as_of, None if phase is None else str(phase.value), year)


def _of_part(criterion: Criterion, facts: Mapping[str, Fact], as_of: date, dictionary: Dictionary) -> Iterator[Margin]:
    if not isinstance(criterion, Compare | Between | DatedWithin):
        return
    fact = facts.get(criterion.fact)
    line = line_for(criterion, facts, as_of)
    if fact is None or not fact.applies or line is None:
        return
    kind = dictionary.kinds.get(criterion.fact)
    unit = "days" if kind is not None and kind.kind == "date" else (kind.kind if kind else "")
    for outcome, at in ((Outcome.MET, line.met), (Outcome.PARTLY_MET, line.partly)):
        if at is not None and (distance := _distance(criterion, fact.value, at, as_of)) is not None:
            yield Margin(criterion.fact, fact.value, at, outcome, distance, unit)


def _distance(criterion: Compare | Between | DatedWithin, value: Any, at: Any, as_of: date) -> Any:
    if isinstance(criterion, DatedWithin):
        return (value - earliest_day(at, as_of)).days
    if isinstance(criterion, Between):
        return _inside_by(value, at)
    if criterion.must_be not in _ORDERED or isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return value - at if criterion.must_be in _RISING else at - value


def _inside_by(value: Any, span: Span) -> Any:
    ends = [value - span.start] if span.start is not None else []
    if span.below is not None:
        ends.append(span.below - value)
    return min(ends, default=None)


def just_beyond(criterion: Criterion, value: Any, at: Any, as_of: date) -> Any:
    """The nearest value on the other side of a line from where the value is; None where that has no meaning."""
    if isinstance(criterion, DatedWithin):
        edge = earliest_day(at, as_of)
        return edge - timedelta(days=1) if value >= edge else edge
    if not isinstance(criterion, Compare) or criterion.must_be not in _ORDERED:
        return None
    holds = COMPARISONS[criterion.must_be](value, at)
    step = 1 if isinstance(value, int) and isinstance(at, int) else Decimal("0.0001")
    outward = -step if criterion.must_be in _RISING else step
    strict = criterion.must_be in ("more than", "less than")
    if holds:
        return at if strict else at + outward
    return at - outward if strict else at


def relative(margin: Margin) -> Decimal | None:
    """A margin as a share of its line, for telling what is near; None where the line is nought or a date."""
    base = _base(margin.line)
    return None if base is None else abs(Decimal(margin.distance)) / base
