"""A plan of start terms on one screen of 80 columns, as plain text."""

from collections.abc import Iterable, Iterator
from textwrap import wrap

from clpt_growth.papers.plan_words import (
    DECIDES,
    OBJECTIVE_WORDS,
    PLAN_NAMES,
    awaited_lines,
    binding_brief,
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
from clpt_growth.papers.screen import headed
from clpt_growth.papers.wording import WIDTH, capital, day
from clpt_growth.pipeline.plan import Plan

_NAME, _TERM = 25, 13


def plan_screen(plan: Plan) -> str:
    dictionary = plan.asked.library.dictionary
    parts = [
        _who(plan),
        headed("OBJECTIVE", OBJECTIVE_WORDS[plan.planned.objective.name]),
        _told("TRIED", tried_lines(plan, dictionary)),
        _terms(plan),
        _plans(plan),
        _told("WHY", stop_lines(plan, plan.planned.answers[0])),
        _told("OVER NOW", over_already(plan)),
        _told("CANNOT", [clash_words(plan)]),
        _told("ONE POST", bought_lines(plan)),
        _told("NO PLACE", [*awaited_lines(plan, dictionary), *late_lines(plan)]),
        _told("NOT TESTED", untested_lines(plan, dictionary)),
        wrap(DECIDES, WIDTH),
    ]
    return "\n\n".join("\n".join(part) for part in (list(p) for p in parts) if part) + "\n"


def _told(head: str, said: Iterable[str]) -> Iterator[str]:
    for n, words in enumerate(words for words in said if words):
        yield from headed("" if n else head, words)


def _who(plan: Plan) -> Iterator[str]:
    name = plan.asked.trust.get("trust.identity.name")
    trust = str(name.value) if name is not None else "The trust"
    yield from wrap(f"{trust}: a plan of start terms, {horizon_words(plan)}", WIDTH)
    yield from wrap(f"{order_words(plan)} Facts as at {day(plan.asked.as_of)}.", WIDTH)


def _terms(plan: Plan) -> Iterator[str]:
    """Each school in the board's order: the term it is proposed for, and its term in each plan."""
    answers = plan.planned.answers
    candidates = plan.prospects.problem.candidates
    if candidates:
        heads = ("proposed", *PLAN_NAMES[: len(answers)])
        yield f"{'SCHOOLS':<{_NAME + 3}}{''.join(f'{head:<{_TERM}}' for head in heads)}".rstrip()
    for n, (candidate, proposed) in enumerate(zip(candidates, plan.prospects.proposed, strict=True)):
        first, *others = wrap(candidate.school, _NAME - 1) or [""]
        terms = (str(proposed), *(start_words(plan, answer, n) for answer in answers))
        yield f"{n + 1:>2} {first:<{_NAME}}{''.join(f'{term:<{_TERM}}' for term in terms)}".rstrip()
        yield from (f"   {other}" for other in others)


def _plans(plan: Plan) -> Iterator[str]:
    """How good each plan is known to be, what it reaches, and what binds in it."""
    for name, answer in zip(PLAN_NAMES, plan.planned.answers, strict=False):
        if not plan.prospects.problem.candidates:
            return
        yield from headed(capital(name).upper(), f"{proof_words(plan, answer)} {reach_words(plan, answer)}")
        if binds := binding_brief(plan, answer):
            yield from headed("", f"Keep schools back: {binds}.")
