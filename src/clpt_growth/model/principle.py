"""What a trust holds to: principles, the criteria that test them, and the packs they come in."""

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal, NamedTuple

from clpt_growth.model.case import PHASE
from clpt_growth.model.noun import noun
from clpt_growth.model.outcome import Outcome


class Effect(StrEnum):
    """What falling short does."""

    GATE = "gate"
    CONDITION = "condition"
    SCORE = "score"
    NOTE = "note"


# What a gate that is not met leads to: no, or not yet.
LeadsTo = Literal["decline", "defer"]
Basis = Literal["published", "source", "judgement"]
Comparison = Literal["at least", "at most", "more than", "less than", "equal to", "other than", "one of", "none of"]


class Age(NamedTuple):
    """A length of time as people write it: 12 months, 60 days."""

    length: int
    unit: Literal["months", "days"]

    def __str__(self) -> str:
        return f"{self.length} {self.unit if self.length != 1 else self.unit[:-1]}"


class Span(NamedTuple):
    """From a value, itself included, to just below another."""

    start: Any
    below: Any


@noun
class Threshold:
    """A line, since when it holds, for which phases, and where it is from.

    `met` and `partly` are in the unit of the fact they are compared with. `figure_of` is the academic year whose
    published figure `met` is, where it is one.
    """

    met: Any
    partly: Any = None
    since: date = date.min
    phases: tuple[str, ...] = ()
    figure_of: str = ""
    basis: Basis
    reference: str = ""
    note: str = ""


@noun
class Compare:
    """One fact beside a line; `year` names the fact that says of which academic year it is.

    The lines are then told apart by `figure_of`, and the one of the fact's own year is used where there is one.
    """

    kind: Literal["compare"] = "compare"
    fact: str
    year: str = ""
    must_be: Comparison
    thresholds: tuple[Threshold, ...]


@noun
class Between:
    """One fact inside a span."""

    kind: Literal["between"] = "between"
    fact: str
    thresholds: tuple[Threshold, ...]


@noun
class DatedWithin:
    """A date no older than an age; the last day counts, and a date still to come does not."""

    kind: Literal["dated within"] = "dated within"
    fact: str
    thresholds: tuple[Threshold, ...]


@noun
class InOrder:
    """Dates strictly one after another."""

    kind: Literal["in order"] = "in order"
    facts: tuple[str, ...]
    basis: Basis
    reference: str = ""
    note: str = ""


@noun
class Covers:
    """The share of a list of needed things that is had."""

    kind: Literal["covers"] = "covers"
    have: str
    need: str = ""
    needs: tuple[str, ...] = ()
    thresholds: tuple[Threshold, ...]


@noun
class Recorded:
    """Facts that only have to be in evidence."""

    kind: Literal["recorded"] = "recorded"
    facts: tuple[str, ...]
    basis: Basis
    reference: str = ""
    note: str = ""


@noun
class AllOf:
    """Every part; up to `partly_if_short` parts may be not met for the whole to be partly met."""

    kind: Literal["all of"] = "all of"
    parts: tuple["Criterion", ...]
    partly_if_short: int = 0


@noun
class AnyOf:
    """The best of the parts."""

    kind: Literal["any of"] = "any of"
    parts: tuple["Criterion", ...]


@noun
class Offer:
    """One line of the joining offer: evidenced capability, and days uncommitted beside the school's need."""

    kind: Literal["offer"] = "offer"
    line: str
    basis: Basis
    reference: str = ""
    note: str = ""


@noun
class Conflict:
    """Two promises that cannot both hold when `when` is met; otherwise an ordinary criterion."""

    kind: Literal["conflict"] = "conflict"
    when: "Criterion"
    otherwise: "Criterion"
    promises: tuple[str, ...]
    because: str


@noun
class Follows:
    """The worst of other principles: those named, or all with an effect in the packs named."""

    kind: Literal["principles"] = "principles"
    ids: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    effect: Effect | None = None


@noun
class AskPerson:
    """No rule can test it: a person records a Judgement, and says why."""

    kind: Literal["judgement"] = "judgement"
    ask: str


Criterion = (
    Compare
    | Between
    | DatedWithin
    | InOrder
    | Covers
    | Recorded
    | AllOf
    | AnyOf
    | Offer
    | Conflict
    | Follows
    | AskPerson
)
CRITERION_KINDS: Mapping[str, type[Any]] = {
    "compare": Compare,
    "between": Between,
    "dated within": DatedWithin,
    "in order": InOrder,
    "covers": Covers,
    "recorded": Recorded,
    "all of": AllOf,
    "any of": AnyOf,
    "offer": Offer,
    "conflict": Conflict,
    "principles": Follows,
    "judgement": AskPerson,
}


# The names of the facts each kind reads of its own, in reading order; blank where it could read one and does not.
READS: Mapping[type, Callable[[Any], tuple[str, ...]]] = {
    Compare: lambda c: (c.fact, c.year),
    Between: lambda c: (c.fact,),
    DatedWithin: lambda c: (c.fact,),
    InOrder: lambda c: c.facts,
    Covers: lambda c: (c.have, c.need),
    Recorded: lambda c: c.facts,
    AllOf: lambda c: (),
    AnyOf: lambda c: (),
    Offer: lambda c: ("trust.offers", "school.needs", PHASE),
    Conflict: lambda c: (),
    Follows: lambda c: (),
    AskPerson: lambda c: (),
}


def names_in(criterion: Criterion) -> tuple[str, ...]:
    """The facts a criterion reads of its own, and not those of what is inside it."""
    return tuple(name for name in READS[type(criterion)](criterion) if name)


def lines_of(criterion: Criterion) -> tuple[Threshold, ...]:
    """The lines a criterion draws of its own."""
    return criterion.thresholds if isinstance(criterion, Compare | Between | DatedWithin | Covers) else ()


def fact_beside(criterion: Criterion) -> str:
    """The one fact that stands beside its lines; blank where it draws none, or sets lists beside each other."""
    return criterion.fact if isinstance(criterion, Compare | Between | DatedWithin) else ""


def inside(criterion: Criterion) -> tuple[Criterion, ...]:
    """What a criterion is made of; nothing where it tests something itself."""
    if isinstance(criterion, AllOf | AnyOf):
        return criterion.parts
    return (criterion.when, criterion.otherwise) if isinstance(criterion, Conflict) else ()


def parts_of(criterion: Criterion) -> tuple[Criterion, ...]:
    """A criterion and everything inside it."""
    return (criterion, *(part for each in inside(criterion) for part in parts_of(each)))


@noun
class Action:
    """What would put a shortfall right: a testable condition, the evidence that ends it, who and by when.

    `where_short` has the condition in finer words for each fact that may fall short: `{}` stands for its value, and
    `{another.fact}` for another's.
    """

    condition: str
    evidence: str
    owner: str
    long_stop: str
    if_not_met: str
    where_short: Mapping[str, str] = field(default_factory=dict)


@noun
class Risk:
    """What may happen; likelihood and impact from 1 to 5 are judgements, taken after the action."""

    event: str
    category: str
    likelihood: int
    impact: int
    carried_by: str
    exposure: str = ""


@noun
class Example:
    """A case of a principle with the outcome it must have; it is documentation, and it is run."""

    name: str
    outcome: Outcome
    given: Mapping[str, Any] = field(default_factory=dict)
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    as_of: date | None = None


@noun
class Principle:
    """One atomic statement as a yes-or-no question; yes is always good."""

    id: str
    statement: str
    words: str
    page: int | None = None
    source: str
    name: str
    title: str
    question: str
    why: str
    reading: str = ""
    subject: Literal["school", "trust", "both"]
    area: str
    effect: Effect
    weight: int = 1
    not_met_leads_to: LeadsTo = "decline"
    routes: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    applies_when: Criterion | None = None
    does_not_apply_because: str = ""
    need_for_routes: tuple[str, ...] = ()
    need: str = ""
    judgement: Literal["beside", "decides"] = "beside"
    criterion: Criterion
    find_out: str
    action: Action | None = None
    risk: Risk | None = None
    examples: tuple[Example, ...] = ()

    @cached_property
    def parts(self) -> tuple[Criterion, ...]:
        """Its criterion and everything inside it."""
        return parts_of(self.criterion)

    @cached_property
    def follows_from(self) -> tuple[str, ...]:
        """The ids of the principles it follows from, without repeats."""
        return tuple(dict.fromkeys(id_ for part in self.parts if isinstance(part, Follows) for id_ in part.ids))

    @cached_property
    def facts_read(self) -> tuple[str, ...]:
        """The facts it reads, in the order its criteria name them, without repeats."""
        asked_when = parts_of(self.applies_when) if self.applies_when is not None else ()
        return tuple(dict.fromkeys(name for part in (*self.parts, *asked_when) for name in names_in(part)))


@noun
class Change:
    """One thing a trust's own pack changed in a shipped one, with its reason."""

    id: str
    what: str
    reason: str
    minuted_on: date | None = None


@noun
class Pack:
    """Principles in reading order, with their owner, their version and a fingerprint of their files."""

    id: str
    owner: str
    title: str
    version: str
    about: str = ""
    page: int | None = None
    adopted_on: date | None = None
    principles: tuple[Principle, ...] = ()
    changes: tuple[Change, ...] = ()
    sha256: str = ""
