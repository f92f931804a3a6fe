"""A plan of start terms in words: what it is for, how good it is, what stops a school, and what is not known."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_UP, Decimal

from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.fact import Fact, Term
from clpt_growth.model.ledger import ALL_DAYS
from clpt_growth.papers.tried_words import NOT_SAVED, tried_words
from clpt_growth.papers.wording import capital, day, decimal, label, listed, money, percent, plural, specialism_words
from clpt_growth.pipeline.plan import Plan
from clpt_growth.pipeline.planning import HUB, JOINERS, ONE_OF, Answer, Exceeded, Limit, gain_of, peak
from clpt_growth.pipeline.prospects import Untested
from clpt_growth.pipeline.reasons import Stop, binding, stops
from clpt_growth.pipeline.waiting import CENTRAL_DAYS, IMPROVEMENT_DAYS, RESERVES

DECIDES = "Who joins, and in what order, is the board's to decide: this shows only what the limits allow."
NOT_PLACED = "not placed"
TIES = "Plans equal in that are told apart by the board's order, then by the earlier term."
OBJECTIVE_WORDS = {
    "order": (
        "Keep the board's order as far as possible: each school in turn starts as early as the limits allow, "
        "whatever that leaves for those after it."
    ),
    "pupils": f"The most pupils in schools that need help. {TIES}",
    "joiners": f"The most schools joining. {TIES}",
    "strain": f"As many schools joining as can, with the least use of any days at the peak. {TIES}",
}
PLAN_NAMES = ("best plan", "second", "third")
# Plans are alike that differ by a term and not by a year.
_NEXT = "Proved next: none that puts a school in another year, or leaves it out, does better."
_TEAMS = {IMPROVEMENT_DAYS: "{} improvement days", CENTRAL_DAYS: "the central team's {} days"}
_FIRM = "The solver that could prove more comes with: pip install 'clpt-growth[plan]'"


def order_words(plan: Plan) -> str:
    pipeline = plan.asked.pipeline
    if pipeline.file is None:
        return "No pipeline.yaml gives an order, so the schools are taken by the names of their files: nobody chose it."
    where = ", ".join(p for p in (pipeline.source, day(pipeline.dated) if pipeline.dated else "") if p)
    return f"The board's order: {where}." if where else f"The order of {pipeline.file.file}."


def horizon_words(plan: Plan) -> str:
    terms = plan.prospects.terms
    return f"{terms[0]} to {terms[-1]}" if len(terms) > 1 else str(terms[0])


def start_term(plan: Plan, answer: Answer, school: int) -> Term | None:
    place = answer.choice[school]
    return None if place is None else plan.prospects.problem.candidates[school].starts[place].term


def start_words(plan: Plan, answer: Answer, school: int) -> str:
    term = start_term(plan, answer, school)
    return NOT_PLACED if term is None else str(term)


def reach_words(plan: Plan, answer: Answer) -> str:
    """What the plan reaches, in the objective's own measure, and where the most days are in use."""
    problem, objective = plan.prospects.problem, plan.planned.objective
    joining = sum(place is not None for place in answer.choice)
    said = f"{plural(joining, 'school')} of {len(answer.choice)} would join"
    if objective.name == "pupils":
        said += f", with {plural(gain_of(problem, objective, answer.choice), 'pupil')} in schools that need help"
    found = peak(problem, answer.choice)
    if found is None:
        return f"{said}."
    resource = limit_words(*found.limit.resource)
    return f"{said}. Days are used most in {found.limit.when}: {percent(found.share)} of {resource}."


def proof_words(plan: Plan, answer: Answer) -> str:
    """How good the plan is known to be among those that differ from the ones before it; never more than was proved."""
    best = answer is plan.planned.answers[0]
    if answer.proved:
        return "Proved best: no other plan does better." if best else _NEXT
    gain = gain_of(plan.prospects.problem, plan.planned.objective, answer.choice)
    more = "" if plan.solved_by else f" {_FIRM}."
    if answer.at_most > gain:
        short = (Decimal(answer.at_most - gain) / answer.at_most * 100).quantize(Decimal("0.1"), ROUND_UP)
        what = "pupils" if plan.planned.objective.name == "pupils" else "schools"
        return f"Not proved: within {short}% of what there could be, at most {answer.at_most:,} {what}.{more}"
    if gain:
        return f"No {'' if best else 'further '}plan has more; not every plan equal in that was compared.{more}"
    return f"The best found; it is not proved that there is no better.{more}"


def limit_words(kind: str, of: str) -> str:
    if kind in _TEAMS:
        return "all improvement days" if of == ALL_DAYS else _TEAMS[kind].format(specialism_words(of))
    others = {
        JOINERS: "schools joining in twelve months",
        HUB: f"places in the {of}",
        RESERVES: "reserves over the board's minimum",
        ONE_OF: f"the board's choice of {of}",
    }
    return others[kind]


def over_words(over: Exceeded) -> str:
    """By how much a limit would be exceeded, and when."""
    limit, short = over.limit, over.short
    if limit.kind in _TEAMS:
        if limit.free <= 0:
            return "nobody is in post"
        return f"{_amount(short)} short in {limit.when}"
    if limit.kind == JOINERS:
        return f"{plural(int(short), 'school')} more than the limit of {int(limit.free)} from {limit.when}"
    if limit.kind == RESERVES:
        return f"{money(int(short.to_integral_value(ROUND_UP)))} short in {_year(limit.when)}"
    return "it takes one of the two" if limit.kind == ONE_OF else f"{plural(int(short), 'place')} short"


def _amount(days: Decimal) -> str:
    return "under 0.1" if days < Decimal("0.05") else decimal(days)


def _year(term: Term | None) -> str:
    return f"{term.academic_year}-{(term.academic_year + 1) % 100:02d}" if term else ""


def stop_words(plan: Plan, stop: Stop) -> str:
    """Why a school is not in its first term."""
    candidate = plan.prospects.problem.candidates[stop.school]
    head = f"{candidate.school}, {candidate.starts[0].term}"
    if not stop.limits:
        return f"{head}: it could start then; it is put elsewhere for the sake of the objective."
    worst, others = stop.worst, {x.limit.resource for x in stop.limits} - {stop.worst.limit.resource}
    more = f"; {plural(len(others), 'other limit')} as well" if others else ""
    return f"{head}: {limit_words(*worst.limit.resource)}: {over_words(worst)}{more}."


def stop_lines(plan: Plan, answer: Answer) -> Iterator[str]:
    yield from (stop_words(plan, stop) for stop in stops(plan.prospects.problem, answer.choice))


def late_lines(plan: Plan) -> Iterator[str]:
    """Schools proposed for a term beyond those planned for."""
    pairs = zip(plan.prospects.problem.candidates, plan.prospects.proposed, strict=True)
    yield from (
        f"{candidate.school} is proposed for {proposed}, after the terms planned for."
        for candidate, proposed in pairs
        if not candidate.starts
    )


def binding_lines(plan: Plan, answer: Answer) -> Iterator[str]:
    """Each resource that keeps schools back, and where it would be exceeded by most."""
    for found in binding(plan.prospects.problem, answer.choice):
        names = [plan.prospects.problem.candidates[n].school for n in found.schools]
        yield f"{capital(limit_words(*found.resource))}: {over_words(found.worst)}. Kept back: {listed(names)}."


def over_already(plan: Plan) -> Iterator[str]:
    """Limits exceeded before any of the schools joins, each once with its first time."""
    over: dict[tuple[str, str], Limit] = {}
    for limit in plan.prospects.problem.limits:
        if limit.is_over:
            over.setdefault(limit.resource, limit)
    for limit in over.values():
        words = over_words(Exceeded(limit, limit.in_use - limit.free))
        yield f"{capital(limit_words(*limit.resource))}: {words}, before any of these schools joins."


def binding_brief(plan: Plan, answer: Answer) -> str:
    """The resources that keep schools back, and how many each does."""
    found = binding(plan.prospects.problem, answer.choice)
    return listed(f"{limit_words(*b.resource)} ({plural(len(b.schools), 'school')})" for b in found)


def bought_lines(plan: Plan) -> Iterator[str]:
    """What one more post would change, beside the best plan; posts alone that change nothing in one line."""
    nothing: dict[bool, list[str]] = {True: [], False: []}
    for bought in plan.planned.bought:
        posts = listed(_post(plan, *resource) for resource in bought.resources)
        changes = list(_changes(plan, bought.answer))
        if changes:
            each = "one each of " if len(bought.resources) > 1 else ""
            proof = "" if bought.answer.proved else " Not proved best."
            yield f"{capital(each + posts)}: {'; '.join(changes)}.{proof}"
        elif len(bought.resources) == 1:
            nothing[bought.answer.proved].append(posts)
    if nothing[True]:
        yield f"{capital(listed(nothing[True], 'or'))}: no school would join or start sooner."
    if nothing[False]:
        yield f"{capital(listed(nothing[False], 'or'))}: nothing better was found in the time allowed."


def _post(plan: Plan, kind: str, of: str) -> str:
    return f"{specialism_words(of)} ({decimal(plan.prospects.post_days[kind])} days)"


def _changes(plan: Plan, answer: Answer) -> Iterator[str]:
    best = plan.planned.answers[0]
    for n, candidate in enumerate(plan.prospects.problem.candidates):
        was, then = start_words(plan, best, n), start_words(plan, answer, n)
        if was != then:
            before = "" if was == NOT_PLACED else f", not {was}"
            yield f"{candidate.school} {NOT_PLACED if then == NOT_PLACED else f'in {then}'}{before}"


def clash_words(plan: Plan) -> str:
    """What cannot hold together; empty where every school has a place."""
    clash = plan.planned.clash
    if clash is None:
        return ""
    every = clash.wanted == len(plan.prospects.problem.candidates)
    wanted = "any school joins" if clash.wanted == 1 else f"{'all ' if every else ''}{clash.wanted} schools join"
    if not clash.proved:
        return f"It could not be shown in the time allowed which limits cannot hold together if {wanted}."
    resources = dict.fromkeys(limit.resource for limit in clash.limits)
    said = [f"{limit_words(*r)}{_when(r, clash.limits)}" for r in resources]
    if len(said) == 1:
        return f"If {wanted}, this cannot hold: {said[0]}. On its own it is enough."
    smaller = "No smaller set does it" if clash.fewest else "A smaller set may do it"
    return (
        f"If {wanted}, these cannot hold together: {listed(said)}. Without any one of them the others can. {smaller}."
    )


def _when(resource: tuple[str, str], limits: Sequence[Limit]) -> str:
    if any(limit.free <= 0 for limit in limits if limit.resource == resource and limit.kind in _TEAMS):
        return ", where nobody is in post"
    own = [limit.when for limit in limits if limit.resource == resource and limit.when is not None]
    if resource[0] == RESERVES:
        return f" in {listed(_year(term) for term in own)}"
    return f" in {listed(map(str, own))}" if own and resource[0] in _TEAMS else ""


def awaited_lines(plan: Plan, dictionary: Dictionary) -> Iterator[str]:
    """Schools that have no place because what they would take is not known."""
    for school in plan.prospects.awaited:
        if school.left_out:
            yield f"{school.school}: the board's order leaves it out (joins: no)."
        elif not school.readable:
            yield f"{school.school}: its file cannot be used."
        elif school.facts:
            yield f"{school.school}: what it would take is not known. Waits for: {_labels(school.facts, dictionary)}."
        else:
            yield f"{school.school}: what the trust's improvement team has is not known."
    if plan.prospects.trust_awaits:
        facts = _labels(plan.prospects.trust_awaits, dictionary)
        yield f"No school can be placed until the trust's file says: {facts}."


def untested_lines(plan: Plan, dictionary: Dictionary) -> Iterator[str]:
    """Limits that were not held because they are not known: a plan that keeps the others may still break them."""
    alike: dict[Untested, list[str]] = {}
    for untested in plan.prospects.untested:
        alike.setdefault(untested._replace(school=""), []).append(untested.school)
    for untested, schools in alike.items():
        waits = f" Waits for: {_labels(untested.facts, dictionary)}." if untested.facts else ""
        since = f", for a start in {untested.since} or later" if untested.since else ""
        yield f"{_untested_words(untested)}{' for ' if any(schools) else ''}{listed(schools)}{since}.{waits}"


def _untested_words(untested: Untested) -> str:
    of = listed(specialism_words(name) for name in untested.of)
    what = {
        CENTRAL_DAYS: f"the central team's {of} days" if of else "the central team's days",
        HUB: f"places in the {of}" if of else "places in a hub",
        JOINERS: "schools joining in twelve months",
        RESERVES: "reserves over the board's minimum",
    }[untested.kind]
    return capital(what)


def _labels(names: Iterable[str], dictionary: Dictionary) -> str:
    return "; ".join(label(name, dictionary) for name in names)


def tried_lines(plan: Plan, dictionary: Dictionary) -> Iterator[str]:
    """What was tried, and the best plan without it."""
    if not plan.tried:
        return
    called = {
        e.joiner.name: str((e.facts or {}).get("school.identity.name", Fact("", e.joiner.name)).value)
        for e in plan.asked.entries
    }
    yield from (f"{capital(words)}." for words in tried_words(plan.tried, dictionary, called))
    yield NOT_SAVED
    placed = "; ".join(f"{school} {f'in {term}' if term else NOT_PLACED}" for school, term in plan.as_filed)
    yield f"As the files say, the best plan is: {placed or 'none'}."
