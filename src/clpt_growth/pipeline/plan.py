"""The whole answer for a plan: what was asked, the problem made of it, and the plans found."""

from dataclasses import dataclass

from clpt_growth.model.fact import Term
from clpt_growth.model.what_if import NOTHING, WhatIf
from clpt_growth.pipeline.in_order import Question
from clpt_growth.pipeline.planning import OBJECTIVES, Objective, Problem, Solve
from clpt_growth.pipeline.prospects import Prospects, prospects_of
from clpt_growth.pipeline.reasons import Planned, planned


@dataclass(frozen=True, kw_only=True)
class Plan:
    """`solved_by` names what proved or bounded the plans; blank where it was the program alone.

    Where something was `tried`, `as_filed` is the best plan without it, school by school of the same problem.
    """

    asked: Question
    prospects: Prospects
    planned: Planned
    solved_by: str = ""
    tried: WhatIf = NOTHING
    as_filed: tuple[tuple[str, Term | None], ...] = ()


def plan_of(
    asked: Question,
    objective: str,
    *,
    solve: Solve,
    briefly: Solve,
    solved_by: str = "",
    terms: int | None = None,
    tried: WhatIf = NOTHING,
) -> Plan:
    """The plans for an objective, by its name, in so many terms; `briefly` is asked the many small questions."""
    question = asked.trying(tried)
    prospects, wanted = prospects_of(question, terms), OBJECTIVES[objective]
    return Plan(
        asked=question,
        prospects=prospects,
        planned=planned(prospects.problem, wanted, solve, briefly=briefly, post_days=prospects.post_days),
        solved_by=solved_by,
        tried=tried,
        as_filed=_best(prospects_of(asked, terms).problem, wanted, solve) if tried else (),
    )


def _best(problem: Problem, objective: Objective, solve: Solve) -> tuple[tuple[str, Term | None], ...]:
    answer = solve(problem, objective)
    pairs = zip(problem.candidates, answer.choice, strict=True) if answer else ()
    return tuple((c.school, None if place is None else c.starts[place].term) for c, place in pairs)
