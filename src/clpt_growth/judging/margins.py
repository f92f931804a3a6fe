"""How far each tested value is from its lines, in its own unit."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from clpt_growth.judging.criteria import COMPARISONS, PHASE
from clpt_growth.judging.findings import parts_of
from clpt_growth.judging.thresholds import earliest_day, threshold_on
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.fact import Fact
from clpt_growth.model.finding import Margin
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.principle import Between, Compare, Criterion, DatedWithin, Principle, Span, Threshold

_RISING = ("at least", "more than")
_ORDERED = ("at least", "more than", "at most", "less than")


def margins(principle: Principle, facts: Mapping[str, Fact], as_of: date, dictionary: Dictionary) -> tuple[Margin, ...]:
    """One margin for each line of each value the principle tests; minus is on the wrong side of the line."""
    return tuple(m for part in parts_of(principle.criterion) for m in _of_part(part, facts, as_of, dictionary))


def line_for(criterion: Compare | Between | DatedWithin, facts: Mapping[str, Fact], as_of: date) -> Threshold | None:
    """The threshold in force for the school's phase."""
    phase = facts.get(PHASE)
    return threshold_on(criterion.thresholds, as_of, None if phase is None else str(phase.value))


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
    line = margin.line
    if isinstance(line, bool) or not isinstance(line, int | Decimal) or line == 0:
        return None
    return abs(Decimal(margin.distance)) / abs(Decimal(line))
