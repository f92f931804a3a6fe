import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("highspy")

from dataclasses import replace

from clpt_growth.pipeline import highs
from clpt_growth.pipeline.planning import OBJECTIVES, Problem, gain_of
from problems import best_of_all, candidate, limit, problems

OBJECTIVE = st.sampled_from([*OBJECTIVES.values()])


@pytest.fixture(autouse=True)
def _no_proof_of_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the solver has something left to prove."""
    monkeypatch.setattr(highs, "TURNS", 0)
    monkeypatch.setattr(highs, "STEPS", 0)


@given(problems(), OBJECTIVE)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_solver_finds_the_best_of_all_plans_and_says_it_is_proved(problem: Problem, objective) -> None:
    answer = highs.solved(problem, objective, time_limit=30)

    assert answer is not None
    assert answer.choice == best_of_all(problem, objective)
    assert answer.proved
    assert answer.at_most == gain_of(problem, objective, answer.choice)


def test_a_plan_the_time_was_too_short_to_prove_is_bettered_and_not_said_to_be_proved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The large school fills what there is, as the board's order has it; three small ones serve one pupil more."""
    problem = Problem(
        (candidate("large", {0: 9}, pupils=5), *(candidate(f"small {n}", {0: 3}, pupils=2) for n in range(3))),
        (limit(9),),
    )
    monkeypatch.setattr(highs.Questions, "most_of", lambda self, gains: (False, 11.0))

    answer = highs.solved(problem, OBJECTIVES["pupils"], time_limit=0)

    assert answer is not None
    assert (answer.choice, answer.proved, answer.at_most) == ((None, 0, 0, 0), False, 11)


def test_the_least_peak_is_below_nought_where_a_school_gives_more_than_is_in_use() -> None:
    problem = Problem((candidate("one", {0: 0}, {0: 0}), candidate("two", {0: 0}, {0: -1})), (limit(free=1),))

    answer = highs.solved(problem, OBJECTIVES["strain"], time_limit=30)

    assert answer is not None
    assert (answer.choice, answer.proved, answer.at_most) == ((0, 1), True, 2)


@given(problems(), OBJECTIVE)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_solver_finds_the_next_plan_that_differs(problem: Problem, objective) -> None:
    first = best_of_all(problem, objective)
    assert first is not None
    again = replace(problem, unlike=(first,))

    found = highs.solved(again, objective, time_limit=30)

    assert (found.choice if found else None) == best_of_all(again, objective)
