from decimal import Decimal

import pytest

from clpt_growth.pipeline.planning import OBJECTIVES, Answer, Objective, Problem
from clpt_growth.pipeline.reasons import Planned, binding, planned, plans, stops
from clpt_growth.pipeline.searching import searched
from clpt_growth.pipeline.waiting import CENTRAL_DAYS, IMPROVEMENT_DAYS
from problems import candidate, limit

POST = {IMPROVEMENT_DAYS: Decimal("45.5"), CENTRAL_DAYS: Decimal(65)}


def planned_for(problem: Problem, objective: str = "order") -> Planned:
    return planned(problem, OBJECTIVES[objective], searched, briefly=searched, post_days=POST)


# Secondary days stop B in the first term, and in the second finance does as well.
TWO = Problem(
    (candidate("A", {0: 6}), candidate("B", {0: 6}, {1: 6, 2: 9})),
    (limit(10, of="secondary"), limit(5, of="secondary", term=1), limit(8, of="finance", term=1, kind=CENTRAL_DAYS)),
)


def test_what_stops_a_school_is_told_for_its_first_term() -> None:
    (stop,) = stops(TWO, (0, None))

    assert stop.school == 1
    assert [(x.limit.of, x.short) for x in stop.limits] == [("secondary", 2)]


def test_what_binds_names_every_school_it_keeps_back() -> None:
    problem = Problem(tuple(candidate(name, {0: 6}) for name in "ABC"), (limit(6),))

    (found,) = binding(problem, (0, None, None))

    assert (found.resource, found.schools, found.worst.short) == ((IMPROVEMENT_DAYS, "primary"), (1, 2), 6)


def test_a_school_that_nothing_stops_is_later_for_the_objectives_sake() -> None:
    problem = Problem((candidate("A", {0: 6}, {1: 3}),), (limit(10), limit(10, term=1)))

    answer = searched(problem, OBJECTIVES["strain"])

    assert answer is not None
    assert answer.choice == (1,)
    assert [stop.limits for stop in stops(problem, answer.choice)] == [()]


def test_the_alternatives_come_next_and_differ_from_the_best_and_from_one_another() -> None:
    problem = Problem(tuple(candidate(name, *[{0: 1}] * 6) for name in "AB"), (limit(2),))

    found = [answer.choice for answer in plans(problem, OBJECTIVES["order"], searched)]

    # Starts 0 to 2 are in one academic year, 3 to 5 in the next.
    assert found == [(0, 0), (0, 3), (0, None)]


def test_without_limits_every_school_starts_at_once_and_the_last_waits_a_year_in_the_next_plan() -> None:
    problem = Problem(tuple(candidate(name, *[{}] * 4) for name in "AB"), ())

    assert [a.choice for a in plans(problem, OBJECTIVES["order"], searched)] == [(0, 0), (0, 3), (0, None)]


def test_there_are_no_more_alternatives_than_there_are_plans() -> None:
    problem = Problem((candidate("A", {0: 1}),), (limit(1),))

    assert [a.choice for a in plans(problem, OBJECTIVES["order"], searched)] == [(0,), (None,)]


def test_one_more_post_shows_what_it_would_buy() -> None:
    found = planned_for(TWO)

    assert found.answers[0].choice == (0, None)
    assert [(b.resources, b.answer.choice) for b in found.bought] == [(((IMPROVEMENT_DAYS, "secondary"),), (0, 0))]


def test_where_two_posts_are_needed_neither_alone_buys_anything() -> None:
    problem = Problem(
        (candidate("A", {0: 6, 1: 9}),), (limit(5, of="secondary"), limit(8, of="finance", kind=CENTRAL_DAYS))
    )

    bought = planned_for(problem).bought

    assert [(len(b.resources), b.answer.choice) for b in bought] == [
        (1, (None,)), (1, (None,)), (2, (0,)),
    ]  # fmt: skip


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_without_schools_there_is_an_empty_plan(objective: str) -> None:
    found = planned_for(Problem((), (limit(1),)), objective)

    assert [a.choice for a in found.answers] == [()]
    assert (found.bought, found.clash) == ((), None)


def test_a_post_never_makes_a_plan_worse_however_little_time_there_is() -> None:
    """The search that is given nothing to do keeps to the board's order, which serves fewer pupils."""
    problem = Problem(
        (
            candidate("large", {0: 10}, pupils=5),
            *(candidate(f"small {n}", {0: 5}, pupils=4) for n in range(2)),
            candidate("D", {0: 99}),
        ),
        (limit(10, of="secondary"),),
    )

    def hurried(asked: Problem, objective: Objective) -> Answer | None:
        return searched(asked, objective, turns=0, steps=0)

    found = planned(problem, OBJECTIVES["pupils"], searched, briefly=hurried, post_days={IMPROVEMENT_DAYS: Decimal(1)})

    (bought,) = found.bought
    assert found.answers[0].choice == (None, 0, 0, None)
    assert (bought.answer.choice, bought.answer.proved) == ((None, 0, 0, None), False)
