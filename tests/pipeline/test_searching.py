from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clpt_growth.pipeline.planning import OBJECTIVES, Problem, exceeded, gain_of, value_of
from clpt_growth.pipeline.searching import searched
from problems import best_of_all, candidate, every_plan, limit, problems

OBJECTIVE = st.sampled_from([*OBJECTIVES.values()])


@given(problems(), OBJECTIVE)
def test_the_plan_is_the_best_of_all_plans_there_are(problem: Problem, objective) -> None:
    answer = searched(problem, objective, turns=5)

    assert answer is not None
    assert answer.proved
    assert answer.choice == best_of_all(problem, objective)
    assert answer.at_most == gain_of(problem, objective, answer.choice)


@given(problems(), OBJECTIVE)
def test_the_next_plan_is_the_best_of_those_that_differ(problem: Problem, objective) -> None:
    first = searched(problem, objective, turns=5)
    assert first is not None
    again = replace(problem, unlike=(first.choice,))

    found = searched(again, objective, turns=5)

    assert (found.choice if found else None) == best_of_all(again, objective)


@given(problems(), OBJECTIVE, st.integers(0, 20), st.integers(0, 3))
@settings(max_examples=200)
def test_however_little_work_is_allowed_the_plan_keeps_every_limit_and_the_bound_holds(
    problem: Problem, objective, turns: int, steps: int
) -> None:
    answer = searched(problem, objective, turns=turns, steps=steps)

    assert answer is not None
    assert exceeded(problem, answer.choice) == ()
    assert all(gain_of(problem, objective, plan) <= answer.at_most for plan in every_plan(problem))
    if answer.proved:
        assert answer.choice == best_of_all(problem, objective)


@pytest.mark.parametrize("free, joins", [("8", True), ("7.9", False), ("8.1", True)])
def test_the_last_day_of_a_limit_may_be_used_and_no_more(free: str, joins: bool) -> None:
    problem = Problem((candidate("A", {0: 8}),), (limit(free),))

    answer = searched(problem, OBJECTIVES["order"])

    assert answer is not None
    assert (answer.choice == (0,)) is joins


def test_thirds_of_a_day_fill_a_limit_exactly() -> None:
    problem = Problem(tuple(candidate(name, {0: "0.33333333333333333333"}) for name in "ABC"), (limit(1),))

    answer = searched(problem, OBJECTIVES["order"])

    assert answer is not None
    assert answer.choice == (0, 0, 0)


def test_the_same_problem_has_the_same_answer_when_not_all_plans_are_gone_through() -> None:
    uses = [{n: (7 * n * school) % 5 + 1 for n in range(6)} for school in range(12)]
    problem = Problem(
        tuple(candidate(f"school {n}", *[u] * 6, pupils=n * 37 % 11) for n, u in enumerate(uses)),
        tuple(limit(17, term=n) for n in range(6)),
    )

    answers = {searched(problem, OBJECTIVES["pupils"], turns=50, steps=10) for _ in range(3)}

    assert len(answers) == 1


def test_bettering_never_loses_to_placing_schools_in_turn() -> None:
    problem = Problem(
        (candidate("large", {0: 10}, pupils=5), *(candidate(f"small {n}", {0: 5}, pupils=4) for n in range(2))),
        (limit(10),),
    )
    objective = OBJECTIVES["pupils"]

    answer = searched(problem, objective, turns=20, steps=0)

    assert answer is not None
    assert value_of(problem, objective, answer.choice).gain == 8
