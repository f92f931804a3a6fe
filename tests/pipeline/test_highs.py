import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("highspy")

from dataclasses import replace

from clpt_growth.pipeline import highs
from clpt_growth.pipeline.planning import OBJECTIVES, Problem, gain_of
from problems import best_of_all, problems

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


@given(problems(), OBJECTIVE)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_solver_finds_the_next_plan_that_differs(problem: Problem, objective) -> None:
    first = best_of_all(problem, objective)
    assert first is not None
    again = replace(problem, unlike=(first,))

    found = highs.solved(again, objective, time_limit=30)

    assert (found.choice if found else None) == best_of_all(again, objective)
