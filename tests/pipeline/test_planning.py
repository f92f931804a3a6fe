"""What a plan must keep to, and how one is better than another: cases worked by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest

from clpt_growth.pipeline.planning import JOINERS, OBJECTIVES, Limit, Problem, exceeded, peak, value_of
from clpt_growth.pipeline.searching import searched
from clpt_growth.pipeline.waiting import CENTRAL_DAYS
from problems import AUTUMN, candidate, limit

A_B_C = Problem(
    (
        candidate("A", {0: 6, 1: 6}, {1: 6}, pupils=200),
        candidate("B", {0: 6, 1: 3}, {1: 6}, pupils=0),
        candidate("C", {0: 4, 1: 4}, {1: 4}, pupils=900),
    ),
    (limit(10, term=0), limit(10, term=1)),
)


def test_the_check_names_the_resource_the_term_and_the_shortfall() -> None:
    assert exceeded(A_B_C, (0, None, 0)) == ()
    (over,) = exceeded(A_B_C, (0, 0, None))
    assert (over.limit.of, over.limit.when, over.short) == ("primary", AUTUMN, 2)


def test_what_is_over_already_may_not_be_added_to_but_does_not_stop_those_who_leave_it_alone() -> None:
    problem = Problem(
        (candidate("adds", {0: 1}), candidate("leaves alone", {1: 1}), candidate("gives", {0: -1})),
        (limit(5, in_use=8), limit(5, of="send")),
    )

    assert exceeded(problem, (None, 0, None)) == ()
    assert [x.short for x in exceeded(problem, (0, 0, None))] == [1]
    assert exceeded(problem, (0, 0, 0)) == ()


@pytest.mark.parametrize(
    ("objective", "terms"),
    [
        # A in its first term leaves 4 days in each term: none of B's starts fits, C's first does.
        ("order", (0, None, 0)),
        # A's 200 and C's 900; both fit in the first term, so neither waits.
        ("pupils", (0, None, 0)),
        # All three would need 13 days in the second term; of the pairs, the board's first school starts first.
        ("joiners", (0, None, 0)),
        # B and then C use seven days at most; every other pair uses nine or ten in some term.
        ("strain", (None, 0, 1)),
    ],
)
def test_each_objective_has_its_own_plan(objective: str, terms: tuple[int | None, ...]) -> None:
    answer = searched(A_B_C, OBJECTIVES[objective])

    assert answer is not None
    assert (answer.choice, answer.proved) == (terms, True)


def test_the_most_pupils_in_need_may_cost_the_boards_first_school_its_place() -> None:
    problem = Problem((candidate("A", {0: 6}), candidate("B", {0: 6}, pupils=40)), (limit(10),))

    assert [searched(problem, OBJECTIVES[o]).choice for o in ("order", "pupils")] == [(0, None), (None, 0)]  # type: ignore[union-attr]


def test_of_equal_plans_the_boards_earlier_school_has_the_place_and_the_earlier_term() -> None:
    problem = Problem((candidate("A", {0: 1}, {1: 1}), candidate("B", {0: 1}, {1: 1})), (limit(1), limit(1, term=1)))

    answer = searched(problem, OBJECTIVES["joiners"])

    assert answer is not None
    assert answer.choice == (0, 1)


def test_a_school_that_gives_may_have_to_come_first() -> None:
    problem = Problem((candidate("needs", {0: 3}), candidate("gives", {0: -2})), (limit(1),))

    answer = searched(problem, OBJECTIVES["order"])

    assert answer is not None
    assert answer.choice == (0, 0)


def test_the_peak_is_the_share_of_free_days_in_use_and_leaves_out_what_is_not_days() -> None:
    limits = (
        limit(20, in_use=5),
        limit(10, of="finance", kind=CENTRAL_DAYS),
        Limit(JOINERS, JOINERS, AUTUMN, Decimal(1)),
        limit(5, of="send", in_use=9),
    )
    problem = Problem((candidate("A", {0: 5, 1: 6, 2: 1}),), limits)

    found = peak(problem, (0,))

    assert found is not None
    assert (found.limit.of, found.share) == ("finance", Decimal("0.6"))
    assert peak(problem, (None,)) == (limits[0], Decimal("0.25"))


def test_a_plan_differs_by_the_academic_year_or_by_who_joins() -> None:
    problem = Problem((candidate("A", *[{0: 1}] * 4), candidate("B", *[{0: 1}] * 4)), (limit(9),))
    known = replace(problem, unlike=((0, 3),))

    assert [known.differs(choice) for choice in ((0, 3), (2, 3), (3, 3), (0, 2), (0, None), (None, None))] == [
        False, False, True, True, True, True,
    ]  # fmt: skip


def test_earlier_is_better_and_not_joining_is_worst() -> None:
    order = OBJECTIVES["order"]
    ranked = [(0, 0, 0), (0, 1, 0), (0, None, 0), (1, 0, 0), (None, 0, 0)]

    values = [value_of(A_B_C, order, choice) for choice in ranked]

    assert values == sorted(values, reverse=True)
