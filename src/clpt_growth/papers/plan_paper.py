"""A plan of start terms as a short paper."""

from collections.abc import Iterator
from typing import Any

from clpt_growth.papers.plan_words import (
    DECIDES,
    OBJECTIVE_WORDS,
    PLAN_NAMES,
    awaited_lines,
    binding_lines,
    bought_lines,
    clash_words,
    horizon_words,
    late_lines,
    order_words,
    over_already,
    proof_words,
    reach_words,
    start_words,
    stop_lines,
    tried_lines,
    untested_lines,
)
from clpt_growth.papers.view import Table, table
from clpt_growth.papers.wording import capital, day
from clpt_growth.pipeline.plan import Plan

TEMPLATE = "plan.md.jinja"


def plan_view(plan: Plan) -> dict[str, Any]:
    """What the plan's template is given."""
    dictionary = plan.asked.library.dictionary
    name = plan.asked.trust.get("trust.identity.name")
    placeable = bool(plan.prospects.problem.candidates)
    return {
        "trust": str(name.value) if name is not None else "The trust",
        "horizon": horizon_words(plan),
        "as_of": day(plan.asked.as_of),
        "decides": DECIDES,
        "order": order_words(plan),
        "objective": OBJECTIVE_WORDS[plan.planned.objective.name],
        "tried": tuple(tried_lines(plan, dictionary)),
        "terms": _terms(plan) if placeable else None,
        "plans": tuple(_plans(plan)) if placeable else (),
        "why": tuple(stop_lines(plan, plan.planned.answers[0])),
        "over_already": tuple(over_already(plan)),
        "clash": clash_words(plan),
        "posts": tuple(bought_lines(plan)),
        "no_place": (*awaited_lines(plan, dictionary), *late_lines(plan)),
        "untested": tuple(untested_lines(plan, dictionary)),
    }


def _terms(plan: Plan) -> Table:
    answers, problem = plan.planned.answers, plan.prospects.problem
    heads = ("Order", "School", "Proposed for", *(capital(name) for name in PLAN_NAMES[: len(answers)]))
    rows = (
        (str(n + 1), candidate.school, str(proposed), *(start_words(plan, answer, n) for answer in answers))
        for n, (candidate, proposed) in enumerate(zip(problem.candidates, plan.prospects.proposed, strict=True))
    )
    return table(heads, rows, right=(0,))


def _plans(plan: Plan) -> Iterator[dict[str, Any]]:
    for name, answer in zip(PLAN_NAMES, plan.planned.answers, strict=False):
        yield {
            "name": capital(name),
            "proof": proof_words(plan, answer),
            "reach": reach_words(plan, answer),
            "binds": tuple(binding_lines(plan, answer)),
        }
