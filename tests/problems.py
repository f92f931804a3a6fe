"""Small planning problems, and every plan of each tried one by one."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import product
from typing import Any

from hypothesis import strategies as st

from clpt_growth.model.fact import Term
from clpt_growth.pipeline.planning import (
    ONE_OF,
    Candidate,
    Choice,
    Limit,
    Objective,
    Problem,
    Start,
    exceeded,
    value_of,
)
from clpt_growth.pipeline.waiting import CENTRAL_DAYS, IMPROVEMENT_DAYS

AUTUMN = Term(2027, 0)


def limit(free: Any, of: str = "primary", term: int = 0, in_use: Any = 0, kind: str = IMPROVEMENT_DAYS) -> Limit:
    return Limit(kind, of, AUTUMN.later(term), Decimal(str(free)), Decimal(str(in_use)))


def candidate(school: str, *uses: dict[int, Any], pupils: int = 0, first: int = 0) -> Candidate:
    """A school with a start in each term from the first, and what each takes by the limit's place."""
    starts = (
        Start(AUTUMN.later(first + n), {k: Decimal(str(v)) for k, v in use.items()}) for n, use in enumerate(uses)
    )
    return Candidate(school, tuple(starts), pupils)


def every_plan(problem: Problem) -> list[Choice]:
    places = [(None, *range(len(c.starts))) for c in problem.candidates]
    return [choice for choice in product(*places) if not exceeded(problem, choice) and problem.differs(choice)]


def best_of_all(problem: Problem, objective: Objective) -> Choice | None:
    return max(every_plan(problem), key=lambda choice: value_of(problem, objective, choice), default=None)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Up to four schools, three starts and five limits; some schools give, some exclude one another."""
    limits = [
        Limit(kind, of, AUTUMN.later(t), Decimal(draw(st.integers(0, 12))), Decimal(draw(st.integers(0, 4))))
        for kind, of in ((IMPROVEMENT_DAYS, "primary"), (CENTRAL_DAYS, "finance"))
        for t in range(draw(st.integers(1, 2)))
    ]
    limits.append(Limit(ONE_OF, "a pair", None, Decimal(1)))
    amounts = st.integers(-3, 9).map(Decimal) | st.integers(1, 12).map(lambda n: Decimal(n) / 3)
    candidates: list[Candidate] = []
    for n in range(draw(st.integers(1, 4))):
        paired = draw(st.booleans())
        starts: Sequence[Start] = [
            Start(
                AUTUMN.later(2 * s),
                {k: draw(amounts) for k in range(len(limits) - 1)} | ({len(limits) - 1: Decimal(1)} if paired else {}),
            )
            for s in range(draw(st.integers(1, 3)))
        ]
        candidates.append(Candidate(f"school {n}", tuple(starts), draw(st.integers(0, 4))))
    return Problem(tuple(candidates), tuple(limits))
