"""Each kind of criterion: under, on and over its line, and with the fact missing."""

from datetime import date
from decimal import Decimal
from itertools import combinations, product
from typing import Any

import pytest

from clpt_growth.judging.criteria import compiled
from clpt_growth.judging.ways import best, every
from clpt_growth.model.case import PHASE
from clpt_growth.model.criterion import (
    Age,
    AllOf,
    AnyOf,
    AskPerson,
    Between,
    Compare,
    Covers,
    Criterion,
    DatedWithin,
    Follows,
    InOrder,
    Recorded,
    Span,
)
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
    outcome_of,
)
from make import AS_OF, compare, facts, threshold

X = "school.roll.pupils_count"
AWAY = NotApplicable("does not arise")
SILENT: dict[str, Any] = {}


def judged(criterion: Criterion, given: dict[str, Any], as_of: date = AS_OF) -> str:
    return str(outcome_of(compiled(criterion, as_of)(facts(given))))


def open_to(criterion: Criterion, given: dict[str, Any]) -> Open:
    return compiled(criterion, AS_OF)(facts(given))


@pytest.mark.parametrize(
    ("must_be", "under", "on", "over"),
    [
        ("at least", "not met", "met", "met"),
        ("at most", "met", "met", "not met"),
        ("more than", "not met", "not met", "met"),
        ("less than", "met", "not met", "not met"),
        ("equal to", "not met", "met", "not met"),
        ("other than", "met", "not met", "met"),
    ],
)
def test_a_comparison_under_on_and_over_its_line(must_be: Any, under: str, on: str, over: str) -> None:
    criterion = compare(X, must_be, 10)

    assert [judged(criterion, {X: value}) for value in (9, 10, 11)] == [under, on, over]


@pytest.mark.parametrize(
    ("must_be", "value", "outcome"),
    [
        ("one of", "infant", "met"),
        ("one of", "secondary", "not met"),
        ("none of", "infant", "not met"),
        ("none of", "secondary", "met"),
    ],
)
def test_a_choice_beside_a_list(must_be: Any, value: str, outcome: str) -> None:
    assert judged(compare(X, must_be, ("infant", "primary")), {X: value}) == outcome


@pytest.mark.parametrize(
    ("share", "outcome"),
    [
        ("0.0199", "not met"),
        ("0.02", "partly met"),
        ("0.0201", "partly met"),
        ("0.0399", "partly met"),
        ("0.04", "met"),
        ("0.0401", "met"),
    ],
)
def test_a_rising_line_with_a_lower_line_below_it(share: str, outcome: str) -> None:
    assert judged(compare(X, "at least", Decimal("0.04"), Decimal("0.02")), {X: Decimal(share)}) == outcome


@pytest.mark.parametrize(
    ("share", "outcome"),
    [("0.85", "met"), ("0.8501", "partly met"), ("1", "partly met"), ("1.0001", "not met")],
)
def test_a_falling_line_with_a_higher_line_above_it(share: str, outcome: str) -> None:
    assert judged(compare(X, "at most", Decimal("0.85"), Decimal(1)), {X: Decimal(share)}) == outcome


def test_nought_and_no_are_values_and_not_silence() -> None:
    assert judged(compare(X, "at most", 0), {X: 0}) == "met"
    assert judged(compare(X, "equal to", False), {X: False}) == "met"
    assert judged(compare(X, "at least", 1), {X: 0}) == "not met"


def test_a_missing_value_leaves_open_each_way_it_could_come_out() -> None:
    assert open_to(compare(X, "at least", 4), SILENT) == MET_OR_NOT
    assert open_to(compare(X, "at least", 4, 2), SILENT) == ANY_RESULT


def test_a_value_that_does_not_apply_takes_its_criterion_with_it() -> None:
    assert judged(compare(X, "at least", 4, 2), {X: AWAY}) == "not applicable"


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        (9, "not met"),
        (10, "partly met"),
        (19, "partly met"),
        (20, "met"),
        (29, "met"),
        (30, "partly met"),
        (39, "partly met"),
        (40, "not met"),
    ],
)
def test_a_span_holds_its_start_and_not_its_end(value: int, outcome: str) -> None:
    line = threshold(Span(20, 30), Span(10, 40))

    assert judged(Between(fact=X, thresholds=(line,)), {X: value}) == outcome


@pytest.mark.parametrize(("value", "outcome"), [(-999, "met"), (29, "met"), (30, "not met")])
def test_a_span_may_be_open_at_one_end(value: int, outcome: str) -> None:
    assert judged(Between(fact=X, thresholds=(threshold(Span(None, 30)),)), {X: value}) == outcome


def test_a_span_with_its_fact_missing_is_open_and_with_it_not_applicable_does_not_apply() -> None:
    graded = Between(fact=X, thresholds=(threshold(Span(20, 30), Span(10, 40)),))

    assert open_to(graded, SILENT) == ANY_RESULT
    assert judged(graded, {X: AWAY}) == "not applicable"


@pytest.mark.parametrize(
    ("when", "outcome"),
    [
        (date(2026, 12, 5), "not met"),
        (date(2026, 12, 4), "met"),
        (date(2025, 12, 4), "met"),
        (date(2025, 12, 3), "partly met"),
        (date(2024, 12, 4), "partly met"),
        (date(2024, 12, 3), "not met"),
    ],
)
def test_a_date_within_an_age_counts_its_last_day_and_never_a_day_to_come(when: date, outcome: str) -> None:
    criterion = DatedWithin(fact=X, thresholds=(threshold(Age(12, "months"), Age(24, "months")),))

    assert judged(criterion, {X: when}) == outcome


def test_a_date_not_known_is_open() -> None:
    assert open_to(DatedWithin(fact=X, thresholds=(threshold(Age(60, "days")),)), SILENT) == MET_OR_NOT


FIRST, SECOND, THIRD = (f"case.process.{n}_on" for n in ("due_diligence_completed", "evaluated", "decision_meeting"))
IN_ORDER = InOrder(facts=(FIRST, SECOND, THIRD), basis="source")
ONE, TWO, THREE = date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 3)


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        ({FIRST: ONE, SECOND: TWO, THIRD: THREE}, "met"),
        ({FIRST: ONE, SECOND: ONE, THIRD: THREE}, "not met"),
        ({FIRST: TWO, SECOND: ONE, THIRD: THREE}, "not met"),
        ({FIRST: ONE, SECOND: TWO}, "not evidenced"),
        ({FIRST: TWO, SECOND: ONE}, "not met"),
        ({FIRST: THREE, THIRD: TWO}, "not met"),
        ({}, "not evidenced"),
        ({FIRST: ONE, SECOND: AWAY, THIRD: THREE}, "met"),
        ({FIRST: THREE, SECOND: AWAY, THIRD: ONE}, "not met"),
        ({FIRST: AWAY, SECOND: AWAY, THIRD: AWAY}, "not applicable"),
    ],
)
def test_dates_in_order_are_each_on_a_later_day(given: dict[str, Any], outcome: str) -> None:
    assert judged(IN_ORDER, given) == outcome


HAVE, NEED = "trust.central.sectors_served", "case.after.sectors"
COVERED = Covers(have=HAVE, need=NEED, thresholds=(threshold(Decimal(1), Decimal("0.5")),))


@pytest.mark.parametrize(
    ("have", "need", "outcome"),
    [
        (("primary", "secondary"), ("primary", "secondary"), "met"),
        (("primary", "secondary", "special"), ("primary",), "met"),
        (("primary",), ("primary", "secondary"), "partly met"),
        (("primary",), ("primary", "secondary", "special"), "not met"),
        ((), ("primary",), "not met"),
        (("primary",), (), "not applicable"),
        (("primary",), AWAY, "not applicable"),
        (AWAY, ("primary",), "not applicable"),
        (None, ("primary",), "not evidenced"),
        (("primary",), None, "not evidenced"),
        (None, (), "not applicable"),
    ],
)
def test_a_list_covers_another_by_the_share_it_holds(have: Any, need: Any, outcome: str) -> None:
    given = {name: value for name, value in ((HAVE, have), (NEED, need)) if value is not None}

    assert judged(COVERED, given) == outcome


def test_a_list_may_have_to_cover_what_the_pack_names() -> None:
    criterion = Covers(have=HAVE, needs=("primary", "special"), thresholds=(threshold(Decimal(1)),))

    assert judged(criterion, {HAVE: ("special", "primary")}) == "met"
    assert judged(criterion, {HAVE: ("special",)}) == "not met"
    assert open_to(criterion, SILENT) == MET_OR_NOT


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        ({"a": 1, "b": 0}, "met"),
        ({"a": 1, "b": AWAY}, "met"),
        ({"a": 1}, "not evidenced"),
        ({}, "not evidenced"),
        ({"a": AWAY, "b": AWAY}, "not applicable"),
    ],
)
def test_what_only_has_to_be_recorded(given: dict[str, Any], outcome: str) -> None:
    assert judged(Recorded(facts=("a", "b"), basis="source"), given) == outcome


@pytest.mark.parametrize("given", [{}, {X: 1}])
def test_what_a_person_is_asked_stays_open_whatever_the_facts_say(given: dict[str, Any]) -> None:
    assert open_to(AskPerson(ask="Is it so?"), given) == ANY_RESULT


def passing(name: str) -> Compare:
    return compare(name, "at least", 2)


VALUE = {"met": 2, "not met": 1, "not evidenced": None}
CELLS_OF_ALL = [
    ("met", "met", "met"),
    ("met", "not met", "not met"),
    ("met", "not evidenced", "not evidenced"),
    ("not met", "met", "not met"),
    ("not met", "not met", "not met"),
    ("not met", "not evidenced", "not met"),
    ("not evidenced", "met", "not evidenced"),
    ("not evidenced", "not met", "not met"),
    ("not evidenced", "not evidenced", "not evidenced"),
]
CELLS_OF_ANY = [
    ("met", "met", "met"),
    ("met", "not met", "met"),
    ("met", "not evidenced", "met"),
    ("not met", "met", "met"),
    ("not met", "not met", "not met"),
    ("not met", "not evidenced", "not evidenced"),
    ("not evidenced", "met", "met"),
    ("not evidenced", "not met", "not evidenced"),
    ("not evidenced", "not evidenced", "not evidenced"),
]


def pair(left: str, right: str) -> dict[str, Any]:
    return {name: v for name, v in (("a", VALUE[left]), ("b", VALUE[right])) if v is not None}


@pytest.mark.parametrize(("left", "right", "whole"), CELLS_OF_ALL)
def test_all_of_two_parts(left: str, right: str, whole: str) -> None:
    assert judged(AllOf(parts=(passing("a"), passing("b"))), pair(left, right)) == whole


@pytest.mark.parametrize(("left", "right", "whole"), CELLS_OF_ANY)
def test_any_of_two_parts(left: str, right: str, whole: str) -> None:
    assert judged(AnyOf(parts=(passing("a"), passing("b"))), pair(left, right)) == whole


@pytest.mark.parametrize(
    ("parts", "every_part", "any_part"),
    [
        ((PARTLY, MET), PARTLY, MET),
        ((PARTLY, NOT_MET), NOT_MET, PARTLY),
        ((PARTLY, PARTLY), PARTLY, PARTLY),
        ((CONFLICT, MET), CONFLICT, MET),
        ((CONFLICT, PARTLY), CONFLICT, PARTLY),
        ((CONFLICT, NOT_MET), NOT_MET, CONFLICT),
        ((NOT_APPLICABLE, MET), MET, MET),
        ((NOT_APPLICABLE, NOT_MET), NOT_MET, NOT_MET),
        ((NOT_APPLICABLE, NOT_APPLICABLE), NOT_APPLICABLE, NOT_APPLICABLE),
        ((PARTLY, MET_OR_NOT), Open(PARTLY | NOT_MET), Open(MET | PARTLY)),
    ],
)
def test_parts_partly_met_in_conflict_or_left_out(parts: tuple[Open, ...], every_part: Open, any_part: Open) -> None:
    assert every(parts) == every_part
    assert best(parts) == any_part


@pytest.mark.parametrize(
    ("short", "outcome"), [(0, "met"), (1, "partly met"), (2, "partly met"), (3, "not met"), (4, "not met")]
)
def test_a_whole_may_allow_some_parts_to_fall_short(short: int, outcome: str) -> None:
    criterion = AllOf(parts=tuple(passing(n) for n in "abcd"), partly_if_short=2)
    given = {name: 1 if position < short else 2 for position, name in enumerate("abcd")}

    assert judged(criterion, given) == outcome


def test_what_is_missing_counts_both_ways_where_some_parts_may_fall_short() -> None:
    criterion = AllOf(parts=tuple(passing(n) for n in "abc"), partly_if_short=1)

    assert open_to(criterion, {"a": 2, "b": 2}) == Open(MET | PARTLY)
    assert open_to(criterion, {"a": 1, "b": 2}) == Open(PARTLY | NOT_MET)
    assert open_to(criterion, {"a": 1, "b": 1}) == NOT_MET


WAYS = (MET, PARTLY, NOT_MET, NOT_APPLICABLE, CONFLICT)
SETS = tuple(Open(sum(chosen)) for n in (1, 2, 3) for chosen in combinations(WAYS, n))
WORST_FIRST = (NOT_MET, CONFLICT, PARTLY, MET)


def of_every(ways: tuple[Open, ...], allowed: int) -> Open:
    applying = [w for w in ways if w != NOT_APPLICABLE]
    if not applying:
        return NOT_APPLICABLE
    short = applying.count(NOT_MET)
    if 0 < short <= allowed:
        return PARTLY
    return next(w for w in WORST_FIRST if w in applying)


def of_best(ways: tuple[Open, ...]) -> Open:
    applying = [w for w in ways if w != NOT_APPLICABLE]
    return next((w for w in reversed(WORST_FIRST) if w in applying), NOT_APPLICABLE)


def union(outcomes: set[Open]) -> int:
    return sum(outcomes)


@pytest.mark.parametrize("allowed", [0, 1, 2])
def test_every_is_each_combination_of_the_ways_open(allowed: int) -> None:
    for parts in [*product(SETS, repeat=2), *product(SETS[::3], repeat=3)]:
        each = {of_every(ways, allowed) for ways in product(*(tuple(each_way(p)) for p in parts))}
        assert every(parts, allowed) == union(each), (parts, allowed)


def test_best_is_each_combination_of_the_ways_open() -> None:
    for parts in [*product(SETS, repeat=2), *product(SETS[::3], repeat=3)]:
        each = {of_best(ways) for ways in product(*(tuple(each_way(p)) for p in parts))}
        assert best(parts) == union(each), parts


def test_a_finding_not_known_leaves_what_follows_from_it_open() -> None:
    criterion = Follows(ids=("X01", "X02"))

    assert open_to(criterion, {"finding.X01": MET}) == ANY_RESULT
    assert open_to(criterion, {"finding.X01": MET, "finding.X02": PARTLY}) == PARTLY
    assert open_to(criterion, {"finding.X01": NOT_MET}) == NOT_MET


BY_PHASE = Compare(
    fact=X,
    must_be="at least",
    thresholds=(threshold(10, 5, phases=("primary", "infant")), threshold(20, phases=("secondary",))),
)


@pytest.mark.parametrize(
    ("phase", "value", "outcome"),
    [
        ("primary", 10, "met"),
        ("infant", 5, "partly met"),
        ("primary", 4, "not met"),
        ("secondary", 20, "met"),
        ("secondary", 19, "not met"),
        ("special", 99, "not applicable"),
    ],
)
def test_a_phase_has_its_own_line_and_one_without_a_line_has_no_outcome(phase: str, value: int, outcome: str) -> None:
    assert judged(BY_PHASE, {PHASE: phase, X: value}) == outcome


def test_a_phase_not_known_leaves_even_not_applicable_open() -> None:
    assert open_to(BY_PHASE, {X: 99}) == Open(ANY_RESULT | NOT_APPLICABLE)


def test_a_phase_with_no_line_of_its_own_takes_the_line_for_every_phase() -> None:
    lines = (threshold(10), threshold(20, phases=("secondary",)))
    criterion = Compare(fact=X, must_be="at least", thresholds=lines)

    assert judged(criterion, {PHASE: "special", X: 10}) == "met"
    assert judged(criterion, {PHASE: "secondary", X: 10}) == "not met"


@pytest.mark.parametrize(
    ("as_of", "outcome"),
    [
        (date(2025, 8, 31), "not applicable"),
        (date(2025, 9, 1), "met"),
        (date(2026, 8, 31), "met"),
        (date(2026, 9, 1), "not met"),
    ],
)
def test_a_line_holds_from_its_own_date(as_of: date, outcome: str) -> None:
    lines = (threshold(20, since=date(2026, 9, 1)), threshold(10, since=date(2025, 9, 1)))

    assert judged(Compare(fact=X, must_be="at least", thresholds=lines), {X: 15}, as_of) == outcome


YEAR = "school.roll.pupils_year"
BY_YEAR = Compare(
    fact=X,
    year=YEAR,
    must_be="at most",
    thresholds=(threshold(14, 20, figure_of="2023-24"), threshold(17, 20, figure_of="2021-22")),
)


@pytest.mark.parametrize(
    ("year", "value", "outcome"),
    [
        ("2023-24", 14, "met"),
        ("2023-24", 15, "partly met"),
        ("2021-22", 17, "met"),
        ("2021-22", 18, "partly met"),
        ("2021-22", 21, "not met"),
        ("2024-25", 14, "met"),
        ("2024-25", 15, "partly met"),
    ],
)
def test_a_figure_has_the_line_of_its_own_year_and_else_the_newest(year: str, value: int, outcome: str) -> None:
    assert judged(BY_YEAR, {YEAR: year, X: value}) == outcome


@pytest.mark.parametrize("given", [{}, {YEAR: AWAY}])
def test_a_figure_whose_year_is_not_known_has_the_newest_line_where_that_is_the_strictest(
    given: dict[str, Any],
) -> None:
    assert judged(BY_YEAR, {**given, X: 14}) == "met"
    assert judged(BY_YEAR, {**given, X: 17}) == "partly met"
    assert judged(BY_YEAR, {**given, X: 21}) == "not met"
    assert open_to(BY_YEAR, given) == ANY_RESULT


def test_leaving_the_year_out_leaves_open_what_a_stricter_year_would_say() -> None:
    lines = (threshold(14, 20, figure_of="2023-24"), threshold(10, 12, figure_of="2024-25", since=date(2027, 1, 1)))
    stricter_before = (lines[0], threshold(10, 12, figure_of="2022-23"))
    criterion = Compare(fact=X, year=YEAR, must_be="at most", thresholds=stricter_before)

    assert judged(criterion, {YEAR: "2022-23", X: 13}) == "not met"
    assert open_to(criterion, {X: 13}) == MET_OR_NOT
    assert open_to(criterion, {X: 11}) == Open(MET | PARTLY)
    assert open_to(criterion, {X: 15}) == Open(PARTLY | NOT_MET)
    assert judged(criterion, {X: 10}) == "met"
    assert judged(criterion, {X: 21}) == "not met"
    # A line that does not hold yet is nobody's.
    assert judged(Compare(fact=X, year=YEAR, must_be="at most", thresholds=lines), {X: 14}) == "met"


@pytest.mark.parametrize("bound", ["at least", "at most", ""])
def test_leaving_the_year_out_never_reads_better_whichever_year_is_the_stricter(bound: str) -> None:
    pairs = [(2, 4), (3, None)], [(1, 2), (1, None), (3, 6), (5, None)]
    for (met, partly), (old_met, old_partly), value in product(*pairs, range(8)):
        lines = (threshold(met, partly, figure_of="2023-24"), threshold(old_met, old_partly, figure_of="2021-22"))
        criterion = Compare(fact=X, year=YEAR, must_be="at most", thresholds=lines)
        figure = Fact(X, value, bound=bound)
        silent = open_to(criterion, {X: figure})
        for year in ("2021-22", "2023-24", "2024-25"):
            said = open_to(criterion, {X: figure, YEAR: year})
            # The worst that can still be is no better, and what could be short is not settled as met.
            assert max(each_way(silent)) >= max(each_way(said)), (lines, value, year)


def test_each_phase_has_the_line_of_the_figures_year() -> None:
    lines = (
        threshold(14, phases=("primary",), figure_of="2023-24"),
        threshold(25, phases=("secondary",), figure_of="2023-24"),
        threshold(26, phases=("secondary",), figure_of="2022-23"),
    )
    criterion = Compare(fact=X, year=YEAR, must_be="at most", thresholds=lines)

    assert judged(criterion, {PHASE: "secondary", YEAR: "2022-23", X: 26}) == "met"
    assert judged(criterion, {PHASE: "secondary", X: 26}) == "not met"
    assert judged(criterion, {PHASE: "primary", YEAR: "2022-23", X: 15}) == "not met"
    assert judged(criterion, {PHASE: "special", YEAR: "2022-23", X: 15}) == "not applicable"
