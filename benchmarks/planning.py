"""Start terms chosen: the plan proved best beside HiGHS called directly, and a long pipeline with little time."""

from collections.abc import Sequence
from decimal import Decimal
from random import Random
from time import perf_counter
from typing import Any

from contest import Contestant, asked_for_quick, beside_first, headed, show, timed

from clpt_growth.model.fact import Term
from clpt_growth.pipeline import highs
from clpt_growth.pipeline.planning import (
    JOINERS,
    OBJECTIVES,
    Answer,
    Candidate,
    Limit,
    Problem,
    Start,
    exceeded,
    gain_of,
)
from clpt_growth.pipeline.searching import searched
from clpt_growth.pipeline.waiting import IMPROVEMENT_DAYS

AUTUMN = Term(2027, 0)
TERMS, RESOURCES, AFTER = 12, 8, 8
PUPILS = OBJECTIVES["pupils"]
TAPER = (Decimal(1), Decimal("0.66"), Decimal("0.4"))


def main(argv: Sequence[str] | None = None) -> None:
    quick = asked_for_quick(__doc__ or "", argv)
    few, many, turns = (5, 8, 1) if quick else (15, 40, 2)
    reference, ours = (1.0, 1.0) if quick else (60.0, 9.0)
    parts = []
    for seed in range(1 if quick else 3):
        parts += [f"{few} schools, case {seed + 1}", beside_first(timed(_proofs(made_up(few, seed)), turns=turns))]
    heads = "| case | HiGHS directly, s | its pupils | its bound | the plan, s | its pupils | of HiGHS's | gap told |"
    rows = [_long(seed, made_up(many, seed), reference, ours) for seed in range(1 if quick else 3)]
    long = "\n".join([heads, "|---|--:|--:|--:|--:|--:|--:|--:|", *rows])
    alone = beside_first(timed([Contestant("the plan without a solver", _call(_alone, made_up(many, 0)))], turns=1))
    show(headed(f"Plans: {TERMS} terms, {RESOURCES} resources", *parts, f"{many} schools", long, alone))


def made_up(schools: int, seed: int) -> Problem:
    """Schools that need days of some resources for good, and give a few of one after two years; three a year join."""
    luck = Random(seed)
    limits = [
        Limit(IMPROVEMENT_DAYS, f"resource {r}", AUTUMN.later(t), _days(luck, 40, 80))
        for r in range(RESOURCES)
        for t in range(TERMS + AFTER)
    ]
    windows = {first: len(limits) + n for n, first in enumerate(range(-2, TERMS))}
    limits += [Limit(JOINERS, JOINERS, AUTUMN.later(first), Decimal(3)) for first in windows]
    return Problem(tuple(_school(luck, n, windows) for n in range(schools)), tuple(limits))


def _school(luck: Random, number: int, windows: dict[int, int]) -> Candidate:
    needs = {r: _days(luck, 5, 25) for r in luck.sample(range(RESOURCES), luck.randint(2, 4))}
    gives, offered = luck.randrange(RESOURCES), _days(luck, 0, 6)
    starts = []
    for start in range(luck.randrange(4), TERMS):
        uses = {windows[first]: Decimal(1) for first in range(start - 2, start + 1)}
        for term in range(start, TERMS + AFTER):
            for resource, days in needs.items():
                uses[resource * (TERMS + AFTER) + term] = days * TAPER[min((term - start) // 3, 2)]
            if term - start >= 6:
                place = gives * (TERMS + AFTER) + term
                uses[place] = uses.get(place, Decimal(0)) - offered
        starts.append(Start(AUTUMN.later(start), uses))
    return Candidate(f"school {number}", tuple(starts), luck.randint(90, 1500))


def _days(luck: Random, least: int, most: int) -> Decimal:
    return Decimal(str(round(luck.uniform(least, most), 1)))


def _proofs(problem: Problem) -> list[Contestant]:
    there = highs.is_there()
    return [
        Contestant("HiGHS called directly: the most pupils, proved", _call(_directly, problem) if there else None),
        Contestant("the plan: the most pupils, proved", _call(_most_only, problem) if there else None, reach=1.3),
        Contestant("the plan, with all equal plans told apart", _call(_whole, problem) if there else None),
        Contestant("the plan without a solver", _call(_alone, problem)),
    ]


def _call(run: Any, problem: Problem) -> Any:
    return lambda: run(problem)


def _directly(problem: Problem, time_limit: float = 60.0) -> tuple[int, float]:
    """The same model handed to HiGHS as it is installed; the pupils of its plan, and its bound."""
    import highspy

    questions = highs.Questions(problem, None, time_limit)
    model = questions.model
    model.setOptionValue("threads", 0)
    model.setOptionValue("time_limit", time_limit)
    for candidate, columns in zip(problem.candidates, questions.columns, strict=True):
        for column in columns:
            model.changeColCost(column, float(candidate.pupils_in_need))
    model.changeObjectiveSense(highspy.ObjSense.kMaximize)
    model.run()
    return round(model.getInfo().objective_function_value), model.getInfo().mip_dual_bound


def _most_only(problem: Problem) -> tuple[bool, int]:
    """Our own first plan, the solver's proof and our own check, without telling equal plans apart."""
    known = searched(problem, PUPILS, turns=highs.TURNS, steps=highs.STEPS)
    questions = highs.Questions(problem, known.choice if known else None, 60.0)
    proved = questions.most_of(questions.gains(PUPILS))[0]
    assert proved
    assert questions.choice is not None
    assert exceeded(problem, questions.choice) == ()
    return proved, gain_of(problem, PUPILS, questions.choice)


def _whole(problem: Problem, time_limit: float = 60.0) -> Answer:
    answer = highs.solved(problem, PUPILS, time_limit=time_limit)
    assert answer is not None
    assert exceeded(problem, answer.choice) == ()
    return answer


def _alone(problem: Problem) -> Answer | None:
    return searched(problem, PUPILS)


def _long(seed: int, problem: Problem, reference: float, ours: float) -> str:
    """A pipeline too long to prove: what each has found when its time is over."""
    if not highs.is_there():
        return f"| {seed + 1} | not installed | | | | | | |"
    start = perf_counter()
    directly, bound = _directly(problem, reference)
    middle = perf_counter()
    answer = _whole(problem, ours)
    end = perf_counter()
    gain = gain_of(problem, PUPILS, answer.choice)
    gap = f"{(answer.at_most - gain) / answer.at_most:.1%}"
    return (
        f"| {seed + 1} | {middle - start:.1f} | {directly:,} | {bound:,.0f} "
        f"| {end - middle:.1f} | {gain:,} | {gain / directly:.2%} | {gap} |"
    )


if __name__ == "__main__":
    main()
