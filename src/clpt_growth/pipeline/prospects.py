"""The schools of a pipeline as a planning problem, and the schools and limits that cannot be in it yet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from clpt_growth.capacity.books import unfinished
from clpt_growth.capacity.reading import defined, value_of
from clpt_growth.capacity.supply import improvement_supply
from clpt_growth.capacity.terms import term_of, terms_from
from clpt_growth.model.fact import Facts, Term
from clpt_growth.model.ledger import ALL_DAYS
from clpt_growth.pipeline.in_order import Horizon, Place, Question, evidence_in, places
from clpt_growth.pipeline.planning import HUB, JOINERS, ONE_OF, Candidate, Limit, Problem, Start
from clpt_growth.pipeline.rooms import Ahead, Key, Room, Taken, rooms, taken
from clpt_growth.pipeline.trying import OPENING
from clpt_growth.pipeline.waiting import CENTRAL_DAYS, IMPROVEMENT_DAYS, RESERVES, waits

_KINDS = (IMPROVEMENT_DAYS, CENTRAL_DAYS, JOINERS, HUB, RESERVES, ONE_OF)
_TEAM = (
    "trust.improvement_posts",
    "trust.improvement_team.working_days_a_term",
    "trust.improvement_team.share_spent_in_schools",
    "trust.improvement_promised",
    "trust.improvement_kept",
)
# The trust's facts that say what there is of a limit.
_SAID_BY: Mapping[str, tuple[str, ...]] = {
    CENTRAL_DAYS: ("trust.central_team",),
    JOINERS: ("trust.policy.joiners_a_year_count", "trust.academies"),
    HUB: ("trust.hubs",),
    RESERVES: ("trust.policy.reserves_minimum_share", "trust.finance_forecast"),
}


class Awaited(NamedTuple):
    """A school that cannot be placed, and the facts that would have to be in evidence.

    There are none where its file could not be read, or where the board's order leaves it out.
    """

    school: str
    facts: tuple[str, ...]
    readable: bool = True
    left_out: bool = False


class Untested(NamedTuple):
    """A limit that is not known, of one school or of all, and the facts it waits for; before `since` it is known."""

    kind: str
    of: tuple[str, ...]
    facts: tuple[str, ...]
    school: str = ""
    since: Term | None = None


class Prospects(NamedTuple):
    """The problem, the term each of its schools was proposed for, and all that is not in it.

    `awaited` are schools, `trust_awaits` the facts without which no school can be placed. `post_days` is what one more
    post gives a term, by kind of days.
    """

    terms: tuple[Term, ...]
    problem: Problem
    proposed: tuple[Term, ...]
    awaited: tuple[Awaited, ...]
    trust_awaits: tuple[str, ...]
    untested: tuple[Untested, ...]
    post_days: Mapping[str, Decimal]


class _Able(NamedTuple):
    """A school whose load is known, the first term it was proposed for, and what each of its starts takes."""

    place: Place
    proposed: Term
    starts: tuple[tuple[Term, Taken], ...]

    @property
    def school(self) -> str:
        return self.place.called


def prospects_of(asked: Question, count: int | None = None) -> Prospects:
    """When each school could start, in so many terms from the first that is proposed; the order is the board's.

    A school starts no earlier than proposed. Limits are held as far beyond the last term as the ledger looks ahead.
    """
    alone = [places(asked._replace(entries=(entry,)), Horizon((), 0))[0] for entry in asked.entries]
    trust = evidence_in(asked.trust, asked)
    ahead = _ahead(asked, trust, [p.opening for p in alone if p.opening is not None], count)
    trust_awaits = _team_awaits(trust, ahead)
    waiting = [Awaited(p.called, _waits_for(p, trust_awaits), p.readable, not p.joins) for p in alone]
    stuck = [bool(w.facts or w.left_out or trust_awaits or not w.readable) for w in waiting]
    able = [_able(place, ahead) for place, wait in zip(alone, stuck, strict=True) if not wait]
    paired = _paired(able, asked.pipeline.exclusive)
    known = dict(rooms(trust, ahead))
    known |= dict.fromkeys((key for keys in paired.values() for key in keys), Room(Decimal(1)))
    limits = _limits(able, known)
    candidates = tuple(_candidate(school, limits, paired[school.place.name]) for school in able)
    return Prospects(
        ahead.starts,
        Problem(candidates, tuple(limits.values())),
        tuple(school.proposed for school in able),
        tuple(w for w, wait in zip(waiting, stuck, strict=True) if wait),
        trust_awaits,
        tuple(_untested(able, known, trust)),
        _post_days(trust),
    )


def _ahead(asked: Question, trust: Facts, proposed: Sequence[Term], count: int | None) -> Ahead:
    """From the first term proposed, which is never one that has begun."""
    soonest = term_of(asked.as_of).later(1)
    looked, before = defined(trust, "ledger_terms"), defined(trust, "integration_terms")["before"]
    starts = terms_from(max(soonest, min(proposed, default=soonest)), count or looked)
    return Ahead(starts, terms_from(starts[0].later(-before), before + len(starts) + looked - 1))


def _team_awaits(trust: Facts, ahead: Ahead) -> tuple[str, ...]:
    """What the improvement team's days wait for; half a ledger proves nothing, so no plan is made without them."""
    if improvement_supply(trust, ahead.joined) is not None:
        return ()
    missing = tuple(n for n in _TEAM if n not in trust) or unfinished(trust)
    # The deployment plan stops short of the last term, and does not say how far it reaches.
    until = "trust.improvement_team.plan_covers_until"
    return missing or ("trust.improvement_promised", *(() if until in trust else (until,)))


def _waits_for(place: Place, trust_awaits: Iterable[str]) -> tuple[str, ...]:
    """Facts of the school's own; where the trust's are what is missing, none."""
    if not place.readable:
        return ()
    facts = tuple(fact for wait in waits([place]) if wait.what == IMPROVEMENT_DAYS for fact in wait.facts)
    found = dict.fromkeys((*(() if place.opening is not None else (OPENING,)), *facts))
    return tuple(found) or (("school.needs",) if place.takes.improvement is None and not trust_awaits else ())


def _able(place: Place, ahead: Ahead) -> _Able:
    proposed = place.opening or ahead.starts[0]
    return _Able(place, proposed, tuple((term, taken(place, term, ahead)) for term in ahead.starts if term >= proposed))


def _paired(able: Sequence[_Able], exclusive: Iterable[tuple[str, str]]) -> dict[str, tuple[Key, ...]]:
    """For each school, by its name in the pipeline, the choices of the board's that it is one side of."""
    named = {school.place.name: school.school for school in able}
    keys: dict[str, tuple[Key, ...]] = dict.fromkeys(named, ())
    for one, other in exclusive:
        if one in named and other in named:
            for name in (one, other):
                keys[name] = (*keys[name], Key(ONE_OF, f"{named[one]} or {named[other]}"))
    return keys


def _limits(able: Sequence[_Able], known: Mapping[Key, Room]) -> dict[Key, Limit]:
    """Those that some school takes of and whose room is known, by kind, in the order the trust names them, by term."""
    used = {key for school in able for _, uses in school.starts for key, amount in uses.items() if amount > 0}
    order = {key: n for n, key in enumerate(dict.fromkeys((key.kind, key.of) for key in known))}
    kept = [key for key in known if key in used or key.kind == ONE_OF]
    kept.sort(key=lambda key: (_KINDS.index(key.kind), order[key.kind, key.of], key.when or Term(0, 0)))
    return {key: Limit(*key, *known[key]) for key in kept}


def _candidate(school: _Able, limits: Mapping[Key, Limit], one_of: Iterable[Key]) -> Candidate:
    places = {key: n for n, key in enumerate(limits)}
    choices = {places[key]: Decimal(1) for key in one_of}
    starts = (
        Start(term, {places[key]: amount for key, amount in uses.items() if key in places} | choices)
        for term, uses in school.starts
    )
    return Candidate(school.school, tuple(starts), _pupils_in_need(school.place.facts))


def _pupils_in_need(facts: Facts) -> int:
    """The pupils of a school of a category that needs help; none of any other."""
    needing = defined(facts, "categories_that_need_help") or ()
    if value_of(facts, "school.identity.category_of_need") not in needing:
        return 0
    return int(value_of(facts, "school.roll.pupils_count") or 0)


def _untested(able: Sequence[_Able], known: Mapping[Key, Room], trust: Facts) -> Iterator[Untested]:
    """Limits the trust's facts leave open for all, then what is not known of each school."""
    resources = {(key.kind, key.of) for key in known}
    used = dict.fromkeys((key.kind, key.of) for school in able for _, uses in school.starts for key in uses)
    for kind in _SAID_BY:
        names = tuple(of for k, of in used if k == kind and (k, of) not in resources and of != ALL_DAYS)
        if names:
            said_by = _SAID_BY[kind]
            yield Untested(kind, names, tuple(n for n in said_by if n not in trust) or said_by)
    for school in able:
        yield from _untested_of(school)


def _untested_of(school: _Able) -> Iterator[Untested]:
    """Money may be known for the earlier starts of a school and not for the later ones."""
    for wait in waits([school.place]):
        if wait.what == CENTRAL_DAYS:
            yield Untested(CENTRAL_DAYS, wait.functions, wait.facts, school.school)
    if "case.proposal.hub" not in school.place.facts:
        yield Untested(HUB, (), ("case.proposal.hub",), school.school)
    silent = [term for term, uses in school.starts if not any(key.kind == RESERVES for key in uses)]
    if silent:
        facts = tuple(fact for wait in waits([school.place]) if wait.what == RESERVES for fact in wait.facts)
        since = silent[0] if len(silent) < len(school.starts) else None
        yield Untested(RESERVES, (), facts or ("trust.finance_forecast", "school.budget"), school.school, since)


def _post_days(trust: Facts) -> Mapping[str, Decimal]:
    """A full-time post in the improvement team gives the days it spends in schools; one in the centre, all its days."""
    days = value_of(trust, "trust.improvement_team.working_days_a_term")
    share = value_of(trust, "trust.improvement_team.share_spent_in_schools")
    return {} if days is None or share is None else {IMPROVEMENT_DAYS: days * share, CENTRAL_DAYS: days}
