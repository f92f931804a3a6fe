"""One case beside every principle."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any, NamedTuple

from clpt_growth.facts.derived import WORKED_OUT
from clpt_growth.judging.criteria import FINDING, compiled
from clpt_growth.judging.ways import Judge
from clpt_growth.model.case import PHASE, ROUTE
from clpt_growth.model.criterion import AskPerson, Effect, names_in, parts_of
from clpt_growth.model.fact import Fact, Facts, NotApplicable
from clpt_growth.model.finding import Finding, Judgement
from clpt_growth.model.outcome import (
    MET,
    NOT_APPLICABLE,
    OPEN_OF,
    OUTCOME_OF,
    SHORT_OR_CONFLICT,
    Open,
)
from clpt_growth.model.principle import Pack, Principle


class Bench(NamedTuple):
    """Principles compiled for a date, each by its place in the packs: those about facts, then those that follow from
    other findings, in the order they can be judged in.

    `order` is the place of each by its id, `readers` the places of those that read a fact, and `followed` the places
    of those that others follow from.
    """

    direct: Mapping[int, tuple[Principle, Judge]]
    following: Mapping[int, tuple[Principle, Judge]]
    order: Mapping[str, int]
    readers: Mapping[str, tuple[int, ...]]
    followed: tuple[int, ...]


def bench(packs: Sequence[Pack], as_of: date, *, has_school: bool = True) -> Bench:
    """Compile packs once; the same bench judges any number of cases.

    Without a school, what is only about a school does not apply.
    """
    principles = tuple(p for pack in packs for p in pack.principles)
    judged = {
        p.id: (p, judge_of(p, as_of) if has_school or _about_trust(p) else _not_without_school) for p in principles
    }
    late = _in_following_order(principles)
    order = {p.id: n for n, p in enumerate(principles)}
    return Bench(
        {order[p.id]: judged[p.id] for p in principles if p.id not in late},
        {order[id_]: judged[id_] for id_ in late},
        order,
        _readers(principles),
        tuple(sorted({order[id_] for p in principles for id_ in p.follows_from})),
    )


def _readers(principles: Sequence[Principle]) -> dict[str, tuple[int, ...]]:
    """The places of the principles that read each fact; route and phase bear on them all."""
    found: dict[str, list[int]] = {}
    for place, principle in enumerate(principles):
        for name in dict.fromkeys((ROUTE, PHASE, *principle.facts_read)):
            found.setdefault(name, []).append(place)
    return {name: tuple(places) for name, places in found.items()}


def judged_again(
    on: Bench, facts: Facts, judgements: Sequence[Judgement], changed: AbstractSet[str], findings: Sequence[Finding]
) -> tuple[Finding, ...]:
    """The findings once some facts have changed: what reads none of them is taken as it was."""
    places = {place for name in changed for place in on.readers.get(name, ())}
    return _Judging(on, facts, judgements).findings(list(findings), places) if places else tuple(findings)


def judged(on: Bench, facts: Facts, judgements: Sequence[Judgement] = ()) -> tuple[Finding, ...]:
    """Every finding, in the packs' order."""
    return _Judging(on, facts, judgements).findings([None] * len(on.order), on.direct)


class _Judging:
    """One case beside the principles: first those about facts alone, then those that follow from other findings."""

    def __init__(self, on: Bench, facts: Facts, judgements: Sequence[Judgement]) -> None:
        self.on, self.facts = on, facts
        fact = facts.get(ROUTE)
        self.route = fact.value if fact is not None else None
        self.said = {j.principle: j for j in judgements} if judgements else {}

    def findings(self, found: list[Any], places: Iterable[int]) -> tuple[Finding, ...]:
        """What was found, with the principles at some places judged anew, and all that follow from others."""
        direct = self.on.direct
        for place in places:
            if place in direct:
                principle, judge = direct[place]
                found[place] = _finding(principle, judge(self.facts), self.route, self.said)
        if self.on.following:
            beside = laid_beside(self.facts, (found[place] for place in self.on.followed if place in direct))
            for place, (principle, judge) in self.on.following.items():
                found[place] = _finding(principle, judge(beside), self.route, self.said)
                beside[FINDING + principle.id] = _as_fact(found[place])
        return tuple(found)


def laid_beside(facts: Facts, findings: Iterable[Finding]) -> dict[str, Fact]:
    """Facts with findings as further facts, for what follows from them."""
    return {**facts, **{fact.name: fact for fact in map(_as_fact, findings)}}


def _as_fact(finding: Finding) -> Fact:
    return Fact(FINDING + finding.principle.id, finding.ways)


def _finding(principle: Principle, ways: Open, route: str | None, said: Mapping[str, Judgement]) -> Finding:
    decided_by = said.get(principle.id) if said and _may_decide(principle) else None
    if decided_by is not None:
        ways = OPEN_OF[decided_by.outcome]
    outcome = OUTCOME_OF[ways]
    as_need = bool(principle.need_for_routes) and route in principle.need_for_routes and outcome in SHORT_OR_CONFLICT
    return Finding(principle, outcome, ways, as_need, decided_by)


def _may_decide(principle: Principle) -> bool:
    return principle.judgement == "decides" or isinstance(principle.criterion, AskPerson)


def judge_of(principle: Principle, as_of: date) -> Judge:
    judge = compiled(principle.criterion, as_of)
    if principle.effect is Effect.GATE:
        judge = _met_on_evidence(judge, principle)
    for hurdle in reversed(_hurdles(principle, as_of)):
        judge = _past(hurdle, judge)
    return judge


def _met_on_evidence(judge: Judge, principle: Principle) -> Judge:
    """Judge a gate so that "n/a" never makes it met: what would be met only because of one does not apply."""
    own = (n for part in parts_of(principle.criterion) for n in names_in(part))
    names = tuple(dict.fromkeys((*own, *(FINDING + id_ for id_ in principle.follows_from), PHASE)))

    def on_evidence(facts: Facts) -> Open:
        ways = judge(facts)
        if not ways & MET:
            return ways
        read = {n: facts[n] for n in names if n in facts}
        told = {n: fact for n, fact in read.items() if not _said_away(fact, facts)}
        if len(told) == len(read) or judge(told) == MET:
            return ways
        return NOT_APPLICABLE if ways == MET else Open(ways | NOT_APPLICABLE)

    return on_evidence


def _said_away(fact: Fact, facts: Facts) -> bool:
    """Whether somebody's "n/a" is why a fact does not apply, and not what is worked out from evidence."""
    if fact.value.__class__ is not NotApplicable or fact.source == WORKED_OUT:
        return False
    behind = [facts[n] for n in fact.derived_from if n in facts]
    return not behind or any(_said_away(f, facts) for f in behind)


def ruled_out(principle: Principle, facts: Facts, as_of: date) -> bool:
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
    def judge(facts: Facts) -> Open:
        fact = facts.get(name)
        if fact is None:
            return Open(MET | NOT_APPLICABLE)
        return MET if fact.value in allowed else NOT_APPLICABLE

    return judge


def _past(hurdle: Judge, judge: Judge) -> Judge:
    """Judge only what applies; where that is not known, "not applicable" stays open beside the rest."""

    def past(facts: Facts) -> Open:
        applies = hurdle(facts)
        if applies == MET:
            return judge(facts)
        if not applies & MET:
            return NOT_APPLICABLE
        return Open(judge(facts) | NOT_APPLICABLE)

    return past


def _not_without_school(facts: Facts) -> Open:
    return NOT_APPLICABLE


def _about_trust(principle: Principle) -> bool:
    """Whether a principle can be asked of the trust alone: nothing it reads belongs to a school or a case."""
    if principle.routes or principle.phases:
        return False
    names = principle.facts_read
    return not any(n.startswith("school.") or _only_with_school(n) for n in names)


def _only_with_school(name: str) -> bool:
    return name.startswith("case.") and not name.startswith(("case.after.", "case.capacity."))


def _in_following_order(principles: Sequence[Principle]) -> tuple[str, ...]:
    """Principles that follow from others, each after those it follows from; packs are checked to have no circle."""
    waiting = {p.id: set(p.follows_from) for p in principles if p.follows_from}
    done: list[str] = []
    while waiting:
        ready = [id_ for id_, on in waiting.items() if not on & waiting.keys()]
        if not ready:
            raise ValueError(f"these principles follow from each other: {', '.join(waiting)}")
        done += ready
        for id_ in ready:
            del waiting[id_]
    return tuple(done)
