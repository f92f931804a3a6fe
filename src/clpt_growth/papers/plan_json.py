"""A plan of start terms as published JSON, `clpt-growth/plan/v1`.

Days are days a term, money is whole pounds, shares are numbers from 0 to 1. A school without a place has the term null.
"""

from collections.abc import Iterator
from typing import Any

from clpt_growth import __version__
from clpt_growth.papers.json_text import as_json, value_of
from clpt_growth.papers.plan_words import DECIDES, OBJECTIVE_WORDS, order_words, start_term, tried_lines
from clpt_growth.pipeline.plan import Plan
from clpt_growth.pipeline.planning import Answer, Exceeded, Limit, exceeded, gain_of, peak
from clpt_growth.pipeline.prospects import Untested
from clpt_growth.pipeline.reasons import Bought, binding, stops


def plan_json(plan: Plan) -> str:
    return as_json(plan_object(plan))


def plan_object(plan: Plan) -> dict[str, Any]:
    prospects, planned = plan.prospects, plan.planned
    return _asked(plan) | {
        "terms": [str(term) for term in prospects.terms],
        "schools": [
            {"school": candidate.school, "proposed": str(proposed)}
            for candidate, proposed in zip(prospects.problem.candidates, prospects.proposed, strict=True)
        ],
        "plans": [_plan(plan, answer) for answer in planned.answers if prospects.problem.candidates],
        "stopped": list(_stopped(plan)),
        "over_already": [_limit(limit) for limit in prospects.problem.limits if limit.is_over],
        "clash": _clash(plan),
        "posts": [_bought(plan, bought) for bought in planned.bought],
        "not_placed": [
            {"school": a.school, "left_out": a.left_out, "file_readable": a.readable, "waits_for": list(a.facts)}
            for a in prospects.awaited
        ],
        "trust_waits_for": list(prospects.trust_awaits),
        "not_tested": [_untested(untested) for untested in prospects.untested],
    }


def _asked(plan: Plan) -> dict[str, Any]:
    """What the plan was asked, and of which files."""
    asked, objective = plan.asked, plan.planned.objective.name
    trust, file = asked.trust.get("trust.identity.name"), asked.pipeline.file
    read = ([file] if file else [], *(entry.inputs for entry in asked.entries), asked.trust_inputs)
    return {
        "schema": "clpt-growth/plan/v1",
        "tool_version": __version__,
        "says": DECIDES,
        "trust": {"name": str(trust.value) if trust is not None else None},
        "as_of": asked.as_of.isoformat(),
        "order": {"says": order_words(plan), "file": file.file if file else None},
        "inputs": [{"file": f.file, "sha256": f.sha256} for files in read for f in files],
        "objective": {"name": objective, "words": OBJECTIVE_WORDS[objective]},
        "solved_by": plan.solved_by or None,
        "tried": list(tried_lines(plan, asked.library.dictionary)),
        "as_filed": [{"school": school, "term": str(term) if term else None} for school, term in plan.as_filed],
    }


def _untested(untested: Untested) -> dict[str, Any]:
    return {
        "kind": untested.kind,
        "of": list(untested.of),
        "school": untested.school or None,
        "since": str(untested.since) if untested.since else None,
        "waits_for": list(untested.facts),
    }


def _plan(plan: Plan, answer: Answer) -> dict[str, Any]:
    problem, objective = plan.prospects.problem, plan.planned.objective
    highest = peak(problem, answer.choice)
    return {
        "proved": answer.proved,
        "gain": gain_of(problem, objective, answer.choice),
        "gain_at_most": answer.at_most,
        "keeps_every_limit": not exceeded(problem, answer.choice),
        "peak": _limit(highest.limit) | {"used_share": value_of(highest.share)} if highest else None,
        "placings": _placings(plan, answer),
        "keeps_back": [
            _exceeded(b.worst) | {"schools": [problem.candidates[n].school for n in b.schools]}
            for b in binding(problem, answer.choice)
        ],
    }


def _placings(plan: Plan, answer: Answer) -> list[dict[str, Any]]:
    terms = (start_term(plan, answer, n) for n in range(len(answer.choice)))
    pairs = zip(plan.prospects.problem.candidates, terms, strict=True)
    return [{"school": candidate.school, "term": str(term) if term else None} for candidate, term in pairs]


def _stopped(plan: Plan) -> Iterator[dict[str, Any]]:
    """For each school not in its first term in the best plan: what it would break there."""
    problem = plan.prospects.problem
    for stop in stops(problem, plan.planned.answers[0].choice):
        candidate = problem.candidates[stop.school]
        yield {
            "school": candidate.school,
            "term": str(candidate.starts[0].term),
            "breaks": [_exceeded(over) for over in stop.limits],
        }


def _clash(plan: Plan) -> dict[str, Any] | None:
    clash = plan.planned.clash
    if clash is None:
        return None
    return {
        "schools": clash.wanted,
        "proved": clash.proved,
        "fewest": clash.fewest,
        "limits": [_limit(limit) for limit in clash.limits],
    }


def _bought(plan: Plan, bought: Bought) -> dict[str, Any]:
    days = plan.prospects.post_days
    return {
        "posts": [{"kind": kind, "of": of, "days_a_term": value_of(days[kind])} for kind, of in bought.resources],
        "proved": bought.answer.proved,
        "placings": _placings(plan, bought.answer),
    }


def _limit(limit: Limit) -> dict[str, Any]:
    return {
        "kind": limit.kind,
        "of": limit.of,
        "when": str(limit.when) if limit.when else None,
        "free": value_of(limit.free),
        "in_use": value_of(limit.in_use),
    }


def _exceeded(over: Exceeded) -> dict[str, Any]:
    return _limit(over.limit) | {"short": value_of(over.short)}
