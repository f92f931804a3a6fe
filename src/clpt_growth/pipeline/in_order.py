"""Each school in the board's order beside the trust as it then stands: with every school before it taken to join."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from clpt_growth.capacity.books import loads, opening_term
from clpt_growth.capacity.joiners import as_compared
from clpt_growth.capacity.reading import defined, records_of
from clpt_growth.capacity.terms import first_day, terms_from
from clpt_growth.facts.defined import with_definitions
from clpt_growth.facts.evidence import evidence_on
from clpt_growth.judging.worked import all_facts
from clpt_growth.model.case import Case, InputFile
from clpt_growth.model.fact import Fact, Facts, Term
from clpt_growth.model.ledger import Load, Loads
from clpt_growth.model.pipeline import Joiner, Pipeline
from clpt_growth.model.rules import Library
from clpt_growth.model.what_if import WhatIf
from clpt_growth.pipeline.moving_on import Joined, moved_on
from clpt_growth.pipeline.trying import OPENING, school_trying, trust_trying

_UNREADABLE = Loads(None, None)


class Entry(NamedTuple):
    """A joiner with what its file says; `facts` is None where the file cannot be read."""

    joiner: Joiner
    facts: Facts | None
    inputs: tuple[InputFile, ...] = ()


class Place(NamedTuple):
    """A joiner in its place in the order.

    `case` is its own facts beside the trust as it then stands, `facts` those and all that follows, `takes` what it
    takes of the trust. `after` are the schools taken to have joined before it. Where it cannot join beside some of
    those, it is asked about `instead_of` them, and those after it are asked about without it. `trust_then` are the
    trust's own facts once it has joined.
    """

    entry: Entry
    case: Case
    facts: Facts
    takes: Loads
    after: tuple[str, ...]
    trust_then: Facts
    instead_of: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.entry.joiner.name

    @property
    def called(self) -> str:
        """Its name to a reader: the one in its file, else that of its file."""
        return (self.case.text("school.identity.name") if self.readable else "") or self.name

    @property
    def readable(self) -> bool:
        return self.entry.facts is not None

    @property
    def opening(self) -> Term | None:
        return opening_term(self.facts) if self.readable else None

    @property
    def joins(self) -> bool:
        """Whether those after it are asked about as if it had joined."""
        return self.entry.joiner.joins and not self.instead_of


class Question(NamedTuple):
    """What a pipeline is asked of: the order, the files, the trust, and what is tried in their place."""

    pipeline: Pipeline
    entries: tuple[Entry, ...]
    trust: Facts
    trust_inputs: tuple[InputFile, ...]
    as_of: date
    library: Library

    def trying(self, what_if: WhatIf) -> "Question":
        """The same question with other facts, posts or terms, or with fewer schools."""
        kept = (entry for entry in self.entries if entry.joiner.name not in what_if.without)
        return self._replace(
            entries=tuple(_trying(entry, what_if, self.as_of) for entry in kept),
            trust=trust_trying(self.trust, what_if),
        )


def _trying(entry: Entry, what_if: WhatIf, as_of: date) -> Entry:
    """Once the board's term is in the facts, it is they that say when the school opens."""
    if entry.facts is None:
        return entry
    own = opened(entry.joiner, entry.facts, as_of)
    found = school_trying(own, what_if, entry.joiner.name)
    return entry._replace(joiner=entry.joiner._replace(joining=None), facts=found) if found != own else entry


def opened(joiner: Joiner, facts: Facts, as_of: date) -> Facts:
    """The school's facts with the term of the board's order over the opening date in its own file.

    A date of the file's own in that term is kept, where it is evidence on the day.
    """
    own = facts.get(OPENING)
    known = own is not None and (own.dated is None or own.dated <= as_of)
    if joiner.joining is None or (known and joiner.joining == opening_term(facts)):
        return facts
    return {**facts, OPENING: Fact(OPENING, first_day(joiner.joining), "the board's order of joining")}


class _Standing(NamedTuple):
    """The trust as it stands for the next school."""

    trust: Facts
    joined: tuple["Place", ...] = ()

    @property
    def earlier(self) -> tuple[Loads, ...]:
        return tuple(place.takes for place in self.joined)


class Horizon(NamedTuple):
    """The terms every school's load is worked out for, and the last financial year any of them asks about."""

    terms: tuple[Term, ...]
    until: int


def places(asked: Question, horizon: Horizon, kept: Sequence[Place] = ()) -> tuple[Place, ...]:
    """Every joiner in the order given, each beside the trust as it then stands.

    `kept` are the first of them as they were, where nothing before or about them has changed.
    """
    found = list(kept)
    joined = tuple(place for place in kept if place.joins)
    standing = _Standing(joined[-1].trust_then if joined else asked.trust, joined)
    for entry in asked.entries[len(kept) :]:
        excluded = asked.pipeline.excluded_by(entry.joiner.name)
        instead_of = tuple(p.name for p in standing.joined if p.name in excluded)
        if instead_of:
            others = [p.entry for p in standing.joined if p.name not in instead_of]
            found.append(_place(asked, entry, _standing_after(asked, others, horizon), horizon, instead_of))
            continue
        place = _place(asked, entry, standing, horizon)
        found.append(place)
        if place.joins:
            standing = _with(standing, place)
    return tuple(found)


def _standing_after(asked: Question, entries: Sequence[Entry], horizon: Horizon) -> _Standing:
    standing = _Standing(asked.trust)
    for entry in entries:
        standing = _with(standing, _place(asked, entry, standing, horizon))
    return standing


def _place(
    asked: Question, entry: Entry, standing: _Standing, horizon: Horizon, instead_of: tuple[str, ...] = ()
) -> Place:
    own = opened(entry.joiner, entry.facts or {}, asked.as_of)
    case = Case(
        facts={**standing.trust, **own},
        as_of=asked.as_of,
        inputs=(*entry.inputs, *asked.trust_inputs),
        earlier=standing.earlier,
        after=tuple(place.called for place in standing.joined),
    )
    facts = all_facts(case, asked.library)[0] if entry.facts is not None else evidence_in(case.facts, asked)
    takes = _already_promised(loads(facts, horizon.terms), facts) if entry.facts is not None else _UNREADABLE
    place = Place(entry, case, facts, takes, tuple(p.name for p in standing.joined), standing.trust, instead_of)
    joined = Joined(place.called, facts, case.as_of, horizon.until)
    return place._replace(trust_then=moved_on(standing.trust, joined, load_known=takes.improvement is not None))


def evidence_in(facts: Facts, asked: Question) -> Facts:
    """What is evidence on the day, with the definitions beside it."""
    return with_definitions(evidence_on(facts, asked.library.dictionary, asked.as_of)[0], asked.library.dictionary)


def with_opening(place: Place, opening: Term, horizon: Horizon) -> Place:
    """The place with the school opening in another term, and what it then takes of the trust; nothing else is moved."""
    facts = {**place.facts, OPENING: Fact(OPENING, first_day(opening))}
    return place._replace(facts=facts, takes=_already_promised(loads(facts, horizon.terms), facts))


def _already_promised(takes: Loads, facts: Facts) -> Loads:
    """Nothing more of the improvement team where the trust has counted the school among the days promised."""
    name = facts.get("school.identity.name")
    for row in records_of(facts, "trust.pipeline") or ():
        same = name is not None and as_compared(row.get("school")) == as_compared(name.value)
        if same and row.get("in_promised_days") is True:
            return takes._replace(improvement=Load(str(name.value) if name else "", {}, {}))
    return takes


def _with(standing: _Standing, place: Place) -> _Standing:
    return _Standing(place.trust_then, (*standing.joined, place))


# Whatever is tried may start a school up to a year later than it is asked about.
_LATER_TERMS = 3


def horizon_of(asked: Question) -> Horizon:
    """From the work before the first opening to the last term any school looks ahead to, and a year more."""
    known = (opening_term(opened(e.joiner, e.facts, asked.as_of)) for e in asked.entries if e.facts is not None)
    openings = sorted(term for term in known if term is not None)
    if not openings:
        return Horizon((), 0)
    figures: Mapping[str, Fact] = with_definitions({}, asked.library.dictionary)
    ahead, money_years = defined(figures, "ledger_terms"), defined(figures, "money_years")
    first = openings[0].later(-defined(figures, "integration_terms")["before"])
    last = openings[-1].later(ahead - 1 + _LATER_TERMS)
    until = openings[-1].later(_LATER_TERMS).academic_year + money_years - 1
    return Horizon(terms_from(first, last.since(first) + 1), until)
