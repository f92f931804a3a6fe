"""How far a value is from its lines."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clpt_growth.judging.criteria import compiled
from clpt_growth.judging.findings import bench, judged
from clpt_growth.judging.margins import deciding_margin, just_beyond, margins, relative
from clpt_growth.model.case import PHASE
from clpt_growth.model.criterion import Age, AllOf, AnyOf, Between, Compare, Conflict, Criterion, DatedWithin, Span
from clpt_growth.model.fact import NotApplicable
from clpt_growth.model.finding import Judgement, Margin
from clpt_growth.model.outcome import Outcome
from make import AS_OF, compare, dictionary, facts, kind, pack, principle, threshold

X, Y, WHEN = "school.roll.pupils_count", "school.roll.occupancy_share", "trust.governance.reviewed_on"
KINDS = dictionary(kind(X, "count"), kind(Y, "share"), kind(WHEN, "date"))


def found(criterion: Criterion, given: dict[str, Any]) -> tuple[Margin, ...]:
    return margins(principle(criterion=criterion), facts(given), AS_OF, KINDS)


@pytest.mark.parametrize(
    ("must_be", "value", "distance"),
    [
        ("at least", 9, -1),
        ("at least", 10, 0),
        ("at least", 11, 1),
        ("more than", 10, 0),
        ("at most", 9, 1),
        ("at most", 10, 0),
        ("at most", 12, -2),
        ("less than", 8, 2),
    ],
)
def test_a_margin_is_below_nought_on_the_wrong_side(must_be: Any, value: int, distance: int) -> None:
    (margin,) = found(compare(X, must_be, 10), {X: value})

    assert (margin.distance, margin.unit, margin.outcome_at_line) == (distance, "count", Outcome.MET)


def test_each_line_has_its_own_margin() -> None:
    graded = found(compare(Y, "at least", Decimal("0.04"), Decimal("0.02")), {Y: Decimal("0.03")})

    assert [(m.outcome_at_line.value, m.line, m.distance) for m in graded] == [
        ("met", Decimal("0.04"), Decimal("-0.01")),
        ("partly met", Decimal("0.02"), Decimal("0.01")),
    ]


@pytest.mark.parametrize(("when", "days"), [(date(2025, 12, 3), -1), (date(2025, 12, 4), 0), (date(2026, 12, 4), 365)])
def test_the_margin_of_a_date_is_in_days(when: date, days: int) -> None:
    (margin,) = found(DatedWithin(fact=WHEN, thresholds=(threshold(Age(12, "months")),)), {WHEN: when})

    assert (margin.distance, margin.unit) == (days, "days")


@pytest.mark.parametrize(("value", "distance"), [(19, -1), (20, 0), (23, 3), (28, 2), (30, 0), (31, -1)])
def test_the_margin_of_a_span_is_to_its_nearer_end(value: int, distance: int) -> None:
    (margin,) = found(Between(fact=X, thresholds=(threshold(Span(20, 30)),)), {X: value})

    assert margin.distance == distance


@pytest.mark.parametrize(
    ("criterion", "given"),
    [
        (compare(X, "at least", 10), {}),
        (compare(X, "at least", 10), {X: NotApplicable("none")}),
        (compare(X, "equal to", 10), {X: 10}),
        (compare(X, "equal to", True), {X: True}),
        (compare(X, "at least", True), {X: True}),
        (compare(X, "one of", ("infant",)), {X: "infant"}),
    ],
    ids=["missing", "not applicable", "equal", "yes or no", "truth in order", "a choice"],
)
def test_there_is_no_margin_without_a_number_and_an_order(criterion: Criterion, given: dict[str, Any]) -> None:
    assert found(criterion, given) == ()


def test_the_margin_is_to_the_line_of_the_schools_own_phase() -> None:
    lines = (threshold(10, phases=("primary",)), threshold(20, phases=("secondary",)))
    criterion = Compare(fact=X, must_be="at least", thresholds=lines)

    assert found(criterion, {X: 15, PHASE: "primary"})[0].distance == 5
    assert found(criterion, {X: 15, PHASE: "secondary"})[0].distance == -5
    assert found(criterion, {X: 15, PHASE: "special"}) == ()


def test_every_part_of_a_composite_has_its_margins() -> None:
    whole = AllOf(parts=(compare(X, "at least", 10), compare(Y, "at most", Decimal("0.9"))))

    assert [m.fact for m in found(whole, {X: 11, Y: Decimal("0.8")})] == [X, Y]


@pytest.mark.parametrize(
    ("value", "line", "share"),
    [
        (105, 100, Decimal("0.05")),
        (95, 100, Decimal("0.05")),
        (100, 100, Decimal(0)),
        (Decimal("-0.011"), Decimal("-0.01"), Decimal("0.1")),
    ],
)
def test_nearness_is_a_share_of_the_line(value: Any, line: Any, share: Decimal) -> None:
    assert relative(Margin(X, value, line, Outcome.MET, value - line, "count")) == share


@pytest.mark.parametrize("line", [0, Decimal(0), True, Age(12, "months")])
def test_nearness_to_nought_or_to_a_date_has_no_meaning(line: Any) -> None:
    assert relative(Margin(X, 1, line, Outcome.MET, 1, "count")) is None


@pytest.mark.parametrize("must_be", ["at least", "at most", "more than", "less than"])
@pytest.mark.parametrize("value", [8, 9, 10, 11, 12])
def test_just_beyond_a_line_is_the_first_value_that_comes_out_otherwise(must_be: Any, value: int) -> None:
    criterion = compare(X, must_be, 10)
    judge = compiled(criterion, AS_OF)

    beyond = just_beyond(criterion, value, 10, AS_OF)

    assert judge(facts({X: beyond})) != judge(facts({X: value}))
    assert abs(beyond - 10) <= 1


@pytest.mark.parametrize(
    ("when", "beyond"),
    [
        (date(2026, 1, 1), date(2025, 12, 3)),
        (date(2025, 12, 4), date(2025, 12, 3)),
        (date(2020, 1, 1), date(2025, 12, 4)),
    ],
)
def test_just_beyond_an_age_is_its_last_day_or_the_day_before(when: date, beyond: date) -> None:
    age = Age(12, "months")

    assert just_beyond(DatedWithin(fact=WHEN, thresholds=(threshold(age),)), when, age, AS_OF) == beyond


def test_there_is_nothing_just_beyond_a_choice() -> None:
    assert just_beyond(compare(X, "equal to", "infant"), "primary", "infant", AS_OF) is None


def decided(criterion: Criterion, given: dict[str, Any], **beside: Any) -> Margin | None:
    """The margin of the part that made the outcome of a principle of one criterion."""
    (found,) = judged(bench([pack(principle(criterion=criterion))], AS_OF), facts(given))
    return deciding_margin(found._replace(**beside), facts(given), AS_OF, KINDS)


def test_the_margin_shown_is_that_of_the_part_that_fell_short() -> None:
    both = AllOf(parts=(compare(Y, "at most", Decimal("0.85"), Decimal(1)), compare(X, "at most", 0)))

    margin = decided(both, {Y: Decimal("0.918"), X: 1})

    assert margin is not None
    assert (margin.fact, margin.distance) == (X, -1)


def test_a_part_that_is_met_gives_no_margin_to_a_shortfall() -> None:
    recent = DatedWithin(fact=WHEN, thresholds=(threshold(Age(24, "months")),))
    both = AllOf(parts=(recent, compare(X, "equal to", 3)))

    assert decided(both, {WHEN: date(2026, 12, 4), X: 2}) is None
    assert decided(recent, {WHEN: date(2027, 12, 4)}) is None


def test_nothing_found_is_not_what_a_met_line_could_fall_on() -> None:
    both = AllOf(parts=(compare(X, "at most", 0), compare(Y, "at most", Decimal("0.85"))))

    margin = decided(both, {X: 0, Y: Decimal("0.831")})

    assert margin is not None
    assert (margin.fact, margin.distance) == (Y, Decimal("0.019"))


def test_a_conflict_that_does_not_arise_gives_no_margin() -> None:
    clash = Conflict(
        when=compare(X, "at most", 0), otherwise=compare(X, "more than", 0), promises=("one", "two"), because="both"
    )

    margin = decided(clash, {X: 2})

    assert margin is not None
    assert margin.distance == 2


def test_on_a_line_that_must_be_passed_there_is_no_margin() -> None:
    assert decided(compare(X, "more than", 0), {X: 0}) is None


def test_of_two_ways_to_be_met_neither_alone_has_a_margin() -> None:
    either = AnyOf(parts=(compare(X, "at least", 10), compare(Y, "at least", Decimal("0.5"))))
    one_way = decided(either, {X: 12, Y: Decimal("0.4")})

    assert decided(either, {X: 12, Y: Decimal("0.6")}) is None
    assert one_way is not None
    assert (one_way.fact, one_way.distance) == (X, 2)


def test_a_graded_line_short_of_met_is_measured_to_met_and_one_not_met_to_the_nearer() -> None:
    graded = compare(Y, "at least", Decimal("0.04"), Decimal("0.02"))
    partly, not_met = decided(graded, {Y: Decimal("0.03")}), decided(graded, {Y: Decimal("0.01")})

    assert partly is not None
    assert not_met is not None
    assert (partly.outcome_at_line, partly.distance) == (Outcome.MET, Decimal("-0.01"))
    assert (not_met.outcome_at_line, not_met.distance) == (Outcome.PARTLY_MET, Decimal("-0.01"))


def test_what_a_person_decided_has_no_margin() -> None:
    said = Judgement("X01", Outcome.MET, "seen", "chair")

    assert decided(compare(X, "at least", 10), {X: 12}, decided_by=said) is None
