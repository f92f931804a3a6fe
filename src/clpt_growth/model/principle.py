"""What a trust holds to: principles, what puts a shortfall right, and the packs they come in."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from functools import cached_property
from typing import Any, Literal

from clpt_growth.model.criterion import Criterion, Effect, Follows, names_in, parts_of
from clpt_growth.model.noun import noun
from clpt_growth.model.outcome import Outcome

# What a gate that is not met leads to: no, or not yet.
LeadsTo = Literal["decline", "defer"]


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
