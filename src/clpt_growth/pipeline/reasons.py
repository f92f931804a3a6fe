"""Why a plan is as it is: what stops a school, and what one more post would change."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple, TypeVar

from clpt_growth.model.ledger import ALL_DAYS
from clpt_growth.pipeline.clashing import Clash, clash
from clpt_growth.pipeline.planning import (
    Answer,
    Choice,
    Exceeded,
    Objective,
    Problem,
    Solve,
    exceeded,
    value_of,
)

_ALTERNATIVES = 2
Resource = tuple[str, str]
T = TypeVar("T")


class Stop(NamedTuple):
    """The limits that keep a school, by its place, from its first term, with the others where the plan puts them."""

    school: int
    limits: tuple[Exceeded, ...]

    @property
    def worst(self) -> Exceeded:
        """The one that is exceeded by most, as a share of what there is of it; the first of equals."""
        return max(self.limits, key=lambda x: (x.limit.free <= 0, x.short / max(x.limit.free, Decimal(1))))


class Binding(NamedTuple):
    """A resource that stops schools, and where it is exceeded by most."""

    resource: Resource
    schools: tuple[int, ...]
    worst: Exceeded


class Bought(NamedTuple):
    """The plan that one more post in each of some resources would allow."""

    resources: tuple[Resource, ...]
    answer: Answer


class Planned(NamedTuple):
    """The best plan and those that come next, with what one more post would allow and what cannot hold together."""

    objective: Objective
    answers: tuple[Answer, ...]
    bought: tuple[Bought, ...]
    clash: Clash | None


def planned(
    problem: Problem, objective: Objective, solve: Solve, *, briefly: Solve, post_days: Mapping[str, Decimal]
) -> Planned:
    """`briefly` is asked the many small questions; `post_days` is what one more post gives a term, by kind of days."""
    answers = plans(problem, objective, solve)
    best = answers[0].choice
    posts = bought(problem, objective, briefly, best, post_days)
    return Planned(objective, answers, tuple(posts), clash(problem, best, briefly))


def plans(problem: Problem, objective: Objective, solve: Solve) -> tuple[Answer, ...]:
    """The best plan, and the next ones that differ from it and from one another."""
    found: list[Answer] = []
    while len(found) <= _ALTERNATIVES:
        answer = solve(replace(problem, unlike=tuple(a.choice for a in found)), objective)
        if answer is None:
            break
        found.append(answer)
    return tuple(found)


def stops(problem: Problem, choice: Choice) -> tuple[Stop, ...]:
    """For each school not in its first term; one that nothing stops is where it is for the objective's sake."""
    later = (n for n, place in enumerate(choice) if place != 0 and problem.candidates[n].starts)
    return tuple(Stop(n, exceeded(problem, (*choice[:n], 0, *choice[n + 1 :]))) for n in later)


def binding(problem: Problem, choice: Choice) -> tuple[Binding, ...]:
    """The resources that stop schools, those that stop most first, then in the order of the limits."""
    found = [(stop.school, x) for stop in stops(problem, choice) for x in stop.limits]
    resources = dict.fromkeys(limit.resource for limit in problem.limits)
    by_resource = ((resource, [(n, x) for n, x in found if x.limit.resource == resource]) for resource in resources)
    made = [
        Binding(resource, tuple(dict.fromkeys(n for n, _ in own)), max((x for _, x in own), key=lambda x: x.short))
        for resource, own in by_resource
        if own
    ]
    return tuple(sorted(made, key=lambda b: -len(b.schools)))


def bought(
    problem: Problem, objective: Objective, solve: Solve, best: Choice, post_days: Mapping[str, Decimal]
) -> Iterator[Bought]:
    """One more post in each resource that stops a school, one at a time, and then in all of them together."""
    stopping = tuple(
        b.resource for b in binding(problem, best) if b.resource[0] in post_days and b.resource[1] != ALL_DAYS
    )
    together = (stopping,) if len(stopping) > 1 else ()
    for resources in (*((resource,) for resource in stopping), *together):
        more = problem
        for kind, of in resources:
            more = more.with_more(post_days[kind], ((kind, of), (kind, ALL_DAYS)))
        yield Bought(resources, _no_worse(more, objective, solve(more, objective), best))


def _no_worse(problem: Problem, objective: Objective, answer: Answer | None, known: Choice) -> Answer:
    """A plan that held with less still holds: where little time finds nothing better, it stands, unproved."""
    if answer is None:
        return Answer(known, False, sum(objective.gain(candidate) for candidate in problem.candidates))
    better = value_of(problem, objective, answer.choice) >= value_of(problem, objective, known)
    return answer if better else answer._replace(choice=known, proved=False)
