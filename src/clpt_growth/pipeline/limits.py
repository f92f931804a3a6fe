"""What the trust must stay within as schools join, and how it stands after each of them.

Lines are the packs' and the board's own; where days have none, no more can be used than there are.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from clpt_growth.capacity.books import terms_before
from clpt_growth.capacity.joiners import busiest_year, joined_terms
from clpt_growth.capacity.reading import defined, value_of
from clpt_growth.capacity.supply import central_supply, improvement_supply
from clpt_growth.capacity.terms import TERMS_A_YEAR, term_of, terms_from
from clpt_growth.facts.defined import with_definitions
from clpt_growth.judging.behind import Behind, behind, written_behind
from clpt_growth.judging.criteria import compiled
from clpt_growth.judging.findings import judge_of
from clpt_growth.judging.worked import all_facts
from clpt_growth.model.case import Case
from clpt_growth.model.criterion import Between, Compare
from clpt_growth.model.fact import Fact, Facts, Term
from clpt_growth.model.ledger import ALL_DAYS, Ledger, Load, Supply
from clpt_growth.model.nought import NOUGHT
from clpt_growth.model.outcome import Outcome, outcome_of
from clpt_growth.model.principle import Principle
from clpt_growth.model.rules import Library
from clpt_growth.model.what_if import CENTRAL, IMPROVEMENT
from clpt_growth.pipeline.in_order import Place, Question, evidence_in
from clpt_growth.pipeline.moving_on import MOVED

_USE, _CENTRAL_USE = "case.capacity.tightest_share", "case.capacity.central_tightest_share"
JOINERS_A_YEAR = "trust.policy.joiners_a_year_count"
_RANK = (Outcome.MET, Outcome.PARTLY_MET, Outcome.NOT_MET)


class Limit(NamedTuple):
    """One thing to stay within: a fact with a line, or the days of a team, of one resource or of all.

    `principle` is the id of whoever sets the line; blank where it is the board's policy, or needs none.
    """

    fact: str
    team: str = ""
    resource: str = ""
    principle: str = ""


class Reading(NamedTuple):
    """How a limit stands: the value where it is tightest and when, and how that comes out.

    A value of None with an outcome is days asked of a post nobody is in.
    """

    value: Any
    when: Term | str | None
    outcome: Outcome


# The readings of one limit: before any school joins, then after each that does. None where it cannot be told.
Readings = tuple[Reading | None, ...]


def worse(one: Outcome, other: Outcome) -> bool:
    """Whether the one is worse than the other; what does not apply is as good as met."""
    return _rank(one) > _rank(other)


def _rank(outcome: Outcome) -> int:
    return _RANK.index(outcome) if outcome in _RANK else 0


def readings(asked: Question, joining: Sequence[Place]) -> dict[Limit, Readings]:
    """Every limit in the order of reading: days, then the packs' lines and the schools a year."""
    return day_readings(asked, joining) | {**_lines(asked, joining), **_joiners_a_year(asked, joining)}


def day_readings(asked: Question, joining: Sequence[Place]) -> dict[Limit, Readings]:
    """The limits on days alone: the improvement team's, then the central team's."""
    return {**_days(asked, joining), **_central_days(asked, joining)}


# Days


def improvement_ledger(asked: Question, joining: Sequence[Place]) -> Ledger | None:
    """The improvement team's days over every term looked at, with the load of each school in turn; None if not known.

    Where one school's load is not known, the ledger ends before it.
    """
    terms, figures = _terms(asked, joining, before=0), evidence_in(asked.trust, asked)
    supply = improvement_supply(figures, terms) if terms else None
    return (
        None
        if supply is None
        else Ledger(terms=terms, supply=supply, earlier=_known_loads(p.takes.improvement for p in joining))
    )


def central_ledger(asked: Question, joining: Sequence[Place]) -> Ledger | None:
    """The central team's days, from the work before the first school opens."""
    figures = evidence_in(asked.trust, asked)
    before, free = terms_before(figures), central_supply(figures)
    terms = () if before is None else _terms(asked, joining, before=before)
    if free is None or not terms:
        return None
    supply = Supply({f: d for f, d in free.items() if d is not None}, {}, {})
    return Ledger(terms=terms, supply=supply, earlier=_known_loads(p.takes.central for p in joining))


def _known_loads(loads: Iterable[Load | None]) -> tuple[Load, ...]:
    found: list[Load] = []
    for load in loads:
        if load is None:
            break
        found.append(load)
    return tuple(found)


def _terms(asked: Question, joining: Sequence[Place], *, before: int) -> tuple[Term, ...]:
    openings = sorted(place.opening for place in joining if place.opening is not None)
    ahead = defined(with_definitions({}, asked.library.dictionary), "ledger_terms")
    if not openings or ahead is None:
        return ()
    first, last = openings[0].later(-before), openings[-1].later(ahead - 1)
    return terms_from(first, last.since(first) + 1)


def _days(asked: Question, joining: Sequence[Place]) -> dict[Limit, Readings]:
    ledger = improvement_ledger(asked, joining)
    if ledger is None:
        return {}
    principle, outcome = _line_on(_USE, asked)
    limits = (Limit(_USE, IMPROVEMENT, name, principle) for name in (ALL_DAYS, *_needed(ledger)))
    return {limit: _run_up(ledger, limit.resource, len(joining), outcome) for limit in limits}


def _central_days(asked: Question, joining: Sequence[Place]) -> dict[Limit, Readings]:
    ledger = central_ledger(asked, joining)
    if ledger is None:
        return {}
    free = central_supply(evidence_in(asked.trust, asked)) or {}
    untold = {f for f, days in free.items() if days is None}
    names = [f for f in _needed(ledger) if f not in untold]
    principle, outcome = _line_on(_CENTRAL_USE, asked)
    found = {}
    for name in names:
        unknown_from = next((n for n, p in enumerate(joining) if name in p.takes.unknown), len(joining))
        runs = _run_up(ledger, name, len(joining), outcome)
        found[Limit(_CENTRAL_USE, CENTRAL, name, principle)] = (
            *runs[: unknown_from + 1],
            *[None] * (len(joining) - unknown_from),
        )
    return found


def _line_on(fact: str, asked: Question) -> tuple[str, Callable[[Decimal], Outcome]]:
    """Whose line it is and how a share of days comes out beside it; without one, all there is may be used."""
    tested = next(iter(_tests_of(asked.library, fact)), None)
    if tested is None:
        return "", _of_what_there_is
    judge = compiled(tested[1], asked.as_of)
    return tested[0].id, lambda share: outcome_of(judge({fact: Fact(fact, share)}))


def _of_what_there_is(share: Decimal) -> Outcome:
    return Outcome.MET if share <= 1 else Outcome.NOT_MET


def _needed(ledger: Ledger) -> tuple[str, ...]:
    days = (by_name for load in ledger.earlier for by_name in load.needs.values())
    return tuple(dict.fromkeys(name for by_name in days for name, number in by_name.items() if number > 0))


def _run_up(ledger: Ledger, resource: str, schools: int, outcome: Callable[[Decimal], Outcome]) -> Readings:
    """The peak before any school, then with each load added; None from the first load that is not known."""
    names = () if resource == ALL_DAYS else (resource,)
    found: list[Reading | None] = []
    for count in range(len(ledger.earlier) + 1):
        so_far = replace(ledger, earlier=ledger.earlier[:count])
        found.append(_peak(so_far, names, outcome))
    return (*found, *[None] * (schools - len(ledger.earlier)))


def _peak(ledger: Ledger, names: tuple[str, ...], outcome: Callable[[Decimal], Outcome]) -> Reading:
    used = ledger.peak(*names)
    if used is not None:
        return Reading(used.share, used.term, outcome(used.share))
    wanted = [term for term in ledger.terms if ledger.in_use(term, *names) > 0]
    return Reading(None, wanted[0], Outcome.NOT_MET) if wanted else Reading(NOUGHT, None, Outcome.MET)


# The packs' lines


def _tests_of(library: Library, fact: str) -> list[tuple[Principle, Compare | Between]]:
    return [(p, part) for p, part in _all_tests(library) if part.fact == fact]


def _all_tests(library: Library) -> Iterator[tuple[Principle, Compare | Between]]:
    for pack in library.packs:
        for principle in pack.principles:
            for part in principle.parts:
                if isinstance(part, Compare | Between):
                    yield principle, part


def _lines(asked: Question, joining: Sequence[Place]) -> dict[Limit, Readings]:
    """Every line on a fact that moves as schools join; the trust's own facts are read once the school has joined."""
    needs = behind(asked.library)
    moving = [(p, part) for p, part in _all_tests(asked.library) if moves(part.fact, needs)]
    before = _trust_facts(asked, asked.trust)
    after = [{**place.facts, **_own(_trust_facts(asked, place.trust_then))} for place in joining]
    found: dict[Limit, Readings] = {}
    for principle, part in moving:
        limit = Limit(part.fact, principle=principle.id)
        if limit not in found:
            found[limit] = tuple(_line(asked.as_of, principle, part, facts) for facts in (before, *after))
    return found


def moves(fact: str, needs: Behind) -> bool:
    """Whether a fact is a measure of the trust that changes as schools join; days are read from the ledgers."""
    if not fact.startswith(("trust.", "case.after.", "case.capacity.")) or fact in (_USE, _CENTRAL_USE):
        return False
    return fact in MOVED or any(name in MOVED for name in written_behind(fact, needs, optional=True))


def _trust_facts(asked: Question, trust: Facts) -> Facts:
    return all_facts(Case(facts=trust, as_of=asked.as_of, has_school=False), asked.library)[0]


def _own(facts: Facts) -> dict[str, Fact]:
    return {name: fact for name, fact in facts.items() if name.startswith("trust.")}


def _line(as_of: date, principle: Principle, part: Compare | Between, facts: Facts) -> Reading | None:
    """How a line comes out; where the principle it is part of is met all the same, it is met."""
    fact = facts.get(part.fact)
    if fact is None or not fact.applies:
        return None
    outcome = outcome_of(compiled(part, as_of)(facts))
    if outcome is Outcome.NOT_EVIDENCED:
        return None
    if outcome_of(judge_of(principle, as_of)(facts)) in (Outcome.MET, Outcome.NOT_APPLICABLE):
        outcome = Outcome.MET
    year = facts.get("case.after.reserves_lowest_year") if part.fact.startswith("case.after.reserves") else None
    return Reading(fact.value, str(year.value) if year is not None else None, outcome)


# Schools a year


def _joiners_a_year(asked: Question, joining: Sequence[Place]) -> dict[Limit, Readings]:
    most = value_of(evidence_in(asked.trust, asked), JOINERS_A_YEAR)
    if most is None:
        return {}
    now = term_of(asked.as_of)
    trusts = (evidence_in(trust, asked) for trust in (asked.trust, *(place.trust_then for place in joining)))
    return {Limit(JOINERS_A_YEAR): tuple(_busiest_year(trust, now, most) for trust in trusts)}


def _busiest_year(trust: Facts, now: Term, most: int) -> Reading | None:
    joined = joined_terms(trust)
    if joined is None:
        return None
    first, count = busiest_year(joined, now)
    when = f"{first} to {first.later(TERMS_A_YEAR - 1)}"
    return Reading(count, when, Outcome.MET if count <= most else Outcome.NOT_MET)
