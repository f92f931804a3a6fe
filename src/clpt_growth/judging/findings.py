"""One case beside every principle."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import NamedTuple

from clpt_growth.judging.criteria import FINDING, compiled
from clpt_growth.judging.lines import PHASE
from clpt_growth.judging.offering import OFFER_READS
from clpt_growth.judging.ways import FactMap, Judge
from clpt_growth.model.fact import Fact
from clpt_growth.model.finding import Finding, Judgement
from clpt_growth.model.outcome import (
    MET,
    NOT_APPLICABLE,
    OPEN_OF,
    OUTCOME_OF,
    Open,
    Outcome,
)
from clpt_growth.model.principle import (
    AskPerson,
    Criterion,
    Follows,
    Offer,
    Pack,
    Principle,
    parts_of,
)

ROUTE = "case.proposal.route"
_SHORT = frozenset((Outcome.PARTLY_MET, Outcome.NOT_MET, Outcome.CONFLICT))


class Bench(NamedTuple):
    """Principles compiled for a date: those about facts, then those that follow from other findings."""

    direct: tuple[tuple[Principle, Judge], ...]
    following: tuple[tuple[Principle, Judge], ...]
    order: Mapping[str, int]
    reads: Mapping[str, frozenset[str]]


def bench(packs: Sequence[Pack], as_of: date, *, has_school: bool = True) -> Bench:
    """Compile packs once; the same bench judges any number of cases.

    Without a school, what is only about a school does not apply.
    """
    principles = tuple(p for pack in packs for p in pack.principles)
    judged = {
        p.id: (p, judge_of(p, as_of) if has_school or _about_trust(p) else _not_without_school) for p in principles
    }
    late = _in_following_order(principles)
    return Bench(
        tuple(judged[p.id] for p in principles if p.id not in late),
        tuple(judged[id_] for id_ in late),
        {p.id: n for n, p in enumerate(principles)},
        {p.id: frozenset((ROUTE, PHASE, *facts_read(p))) for p in principles},
    )


def judged_again(
    on: Bench, facts: FactMap, judgements: Sequence[Judgement], changed: AbstractSet[str], findings: Sequence[Finding]
) -> tuple[Finding, ...]:
    """The findings once some facts have changed: what reads none of them is taken as it was."""
    kept = {f.principle.id: f for f in findings if changed.isdisjoint(on.reads[f.principle.id])}
    return judged(on, facts, judgements, kept)


def judged(
    on: Bench, facts: FactMap, judgements: Sequence[Judgement] = (), kept: Mapping[str, Finding] | None = None
) -> tuple[Finding, ...]:
    """Every finding, in the packs' order; those in `kept` are about facts alone and are not judged again."""
    route_fact = facts.get(ROUTE)
    route = route_fact.value if route_fact is not None else None
    said = {j.principle: j for j in judgements} if judgements else {}
    kept = kept or {}
    findings = [kept.get(p.id) or _finding(p, judge(facts), route, said) for p, judge in on.direct]
    if on.following:
        beside = dict(facts)
        for finding in findings:
            _lay_beside(beside, finding)
        for principle, judge in on.following:
            finding = _finding(principle, judge(beside), route, said)
            _lay_beside(beside, finding)
            findings.append(finding)
        findings.sort(key=lambda f: on.order[f.principle.id])
    return tuple(findings)


def _lay_beside(facts: dict[str, Fact], finding: Finding) -> None:
    name = FINDING + finding.principle.id
    facts[name] = Fact(name, finding.ways)


def _finding(principle: Principle, ways: Open, route: str | None, said: Mapping[str, Judgement]) -> Finding:
    decided_by = said.get(principle.id) if said and _may_decide(principle) else None
    if decided_by is not None:
        ways = OPEN_OF[decided_by.outcome]
    outcome = OUTCOME_OF[ways]
    as_need = bool(principle.need_for_routes) and route in principle.need_for_routes and outcome in _SHORT
    return Finding(principle, outcome, ways, as_need, decided_by)


def _may_decide(principle: Principle) -> bool:
    return principle.judgement == "decides" or isinstance(principle.criterion, AskPerson)


def judge_of(principle: Principle, as_of: date) -> Judge:
    judge = compiled(principle.criterion, as_of)
    for hurdle in reversed(_hurdles(principle, as_of)):
        judge = _past(hurdle, judge)
    return judge


def ruled_out(principle: Principle, facts: FactMap, as_of: date) -> bool:
    """Whether a principle's own route, phase or condition says that it does not apply."""
    return any(not hurdle(facts) & MET for hurdle in _hurdles(principle, as_of))


def _hurdles(principle: Principle, as_of: date) -> list[Judge]:
    hurdles = [_one_of(ROUTE, principle.routes)] if principle.routes else []
    if principle.phases:
        hurdles.append(_one_of(PHASE, principle.phases))
    if principle.applies_when is not None:
        hurdles.append(compiled(principle.applies_when, as_of))
    return hurdles


def _one_of(name: str, allowed: tuple[str, ...]) -> Judge:
    def judge(facts: FactMap) -> Open:
        fact = facts.get(name)
        if fact is None:
            return Open(MET | NOT_APPLICABLE)
        return MET if fact.value in allowed else NOT_APPLICABLE

    return judge


def _past(hurdle: Judge, judge: Judge) -> Judge:
    """Judge only what applies; where that is not known, "not applicable" stays open beside the rest."""

    def past(facts: FactMap) -> Open:
        applies = hurdle(facts)
        if applies == MET:
            return judge(facts)
        if not applies & MET:
            return NOT_APPLICABLE
        return Open(judge(facts) | NOT_APPLICABLE)

    return past


def _not_without_school(facts: FactMap) -> Open:
    return NOT_APPLICABLE


def _about_trust(principle: Principle) -> bool:
    """Whether a principle can be asked of the trust alone: nothing it reads belongs to a school or a case."""
    if principle.routes or principle.phases:
        return False
    names = facts_read(principle)
    return not any(n.startswith("school.") or _only_with_school(n) for n in names)


def _only_with_school(name: str) -> bool:
    return name.startswith("case.") and not name.startswith(("case.after.", "case.capacity."))


def facts_read(principle: Principle) -> tuple[str, ...]:
    """The facts a principle reads, in the order its criteria name them, without repeats."""
    asked_when = parts_of(principle.applies_when) if principle.applies_when else ()
    return tuple(dict.fromkeys(name for part in (*principle.parts, *asked_when) for name in names_in(part)))


def names_in(criterion: Criterion) -> tuple[str, ...]:
    if isinstance(criterion, Offer):
        return OFFER_READS
    named = (getattr(criterion, "fact", ""), *getattr(criterion, "facts", ()), getattr(criterion, "have", ""))
    return tuple(n for n in (*named, getattr(criterion, "need", "")) if n)


def follows_from(principle: Principle) -> tuple[str, ...]:
    """The ids of the principles this one follows from."""
    return tuple(dict.fromkeys(i for part in principle.parts if isinstance(part, Follows) for i in part.ids))


def _in_following_order(principles: Sequence[Principle]) -> tuple[str, ...]:
    """Principles that follow from others, each after those it follows from; packs are checked to have no circle."""
    waiting = {p.id: set(follows_from(p)) for p in principles if follows_from(p)}
    done: list[str] = []
    while waiting:
        ready = [id_ for id_, on in waiting.items() if not on & waiting.keys()]
        if not ready:
            raise ValueError(f"these principles follow from each other: {', '.join(waiting)}")
        done += ready
        for id_ in ready:
            del waiting[id_]
    return tuple(done)
