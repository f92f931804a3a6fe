"""What tests a principle: the kinds of criterion, and the lines they draw."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Literal, NamedTuple

from clpt_growth.model.case import PHASE
from clpt_growth.model.noun import noun


class Effect(StrEnum):
    """What falling short does."""

    GATE = "gate"
    CONDITION = "condition"
    SCORE = "score"
    NOTE = "note"


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
