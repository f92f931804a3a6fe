"""What judging leaves behind: findings, and the assessment they add up to."""

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from clpt_growth.model.case import Case
from clpt_growth.model.fact import Fact
from clpt_growth.model.noun import noun
from clpt_growth.model.outcome import Open, Outcome
from clpt_growth.model.principle import Principle
from clpt_growth.model.rules import Library, Row

if TYPE_CHECKING:  # only named here, and most commands assess nothing
    from clpt_growth.model.evidence import Aside, Completeness
    from clpt_growth.model.ledger import Books


class Finding(NamedTuple):
    """One principle applied to one case.

    `ways` are the outcomes still open; `as_need` marks a shortfall that is why a school comes.
    `decided_by` is the recorded Judgement where the pack lets it set the outcome.
    """

    principle: Principle
    outcome: Outcome
    ways: Open
    as_need: bool = False
    decided_by: "Judgement | None" = None

    @property
    def id(self) -> str:
        return self.principle.id


class Judgement(NamedTuple):
    """A person's view of one principle, with the reason; it stands beside the computed outcome."""

    principle: str
    outcome: Outcome
    reason: str
    by_role: str
    minuted_on: date | None = None


class Margin(NamedTuple):
    """How far a value is from a line, in the value's own unit; not below nought is on the right side."""

    fact: str
    value: Any
    line: Any
    outcome_at_line: Outcome
    distance: Any
    unit: str


class Rating(NamedTuple):
    """An area's result so far: points and weight of what has evidence, and how much has."""

    pack: str
    area: str
    points: Decimal
    weight_evidenced: int
    tests_evidenced: int
    tests: int
    share: Decimal | None
    band: str


class Why(StrEnum):
    """Why an answer could still turn on something, in the order it is told."""

    MISSING = "no evidence"
    RANGE = "a range"
    SCHOOLS_WORD = "the school's word only"
    NEAR = "near the line"


class Turn(NamedTuple):
    """One thing that would change the answer: what, why it is open, and the worst it leads to."""

    principle: Principle
    why: Why
    facts: tuple[str, ...]
    now: Outcome
    worst: Outcome
    leads_to: Row | None
    margin: "Margin | None" = None


@noun
class Settled:
    """The best and worst still reachable once everything missing is known.

    `find_turns` works out what the answer turns on; a long list of schools never asks.
    """

    best: Row
    worst: Row
    find_turns: Callable[[], tuple[Turn, ...]] = field(repr=False, compare=False)
    trust_alone: bool = False

    @cached_property
    def turns_on(self) -> tuple[Turn, ...]:
        """What would change the answer, most decisive first."""
        return self.find_turns()

    @property
    def settled(self) -> bool:
        if self.trust_alone:
            return self.best.readiness == self.worst.readiness
        return self.best.propose == self.worst.propose


@noun
class Assessment:
    """All findings of one case and what follows.

    `facts` holds the derived facts too, and not what was written but is no evidence on the day, which is in
    `aside`; `behind` says what a person would write for each of those; `books` are the ledgers of the improvement
    team and of the central team. `count_evidence` tells how much is in evidence, which few readers ask.
    """

    case: Case
    library: Library
    facts: Mapping[str, Fact]
    findings: tuple[Finding, ...]
    ratings: tuple[Rating, ...]
    coverage: Decimal
    row: Row
    triggered_by: tuple[Finding, ...]
    settled: Settled
    aside: "tuple[Aside, ...]"
    judgements: tuple[Judgement, ...]
    books: "Books"
    behind: Mapping[str, tuple[str, ...]]
    count_evidence: "Callable[[], Completeness]" = field(repr=False, compare=False)

    @cached_property
    def completeness(self) -> "Completeness":
        """How much of what is asked is in evidence, and what is old."""
        return self.count_evidence()

    def finding(self, id_: str) -> Finding | None:
        return next((f for f in self.findings if f.principle.id == id_), None)
