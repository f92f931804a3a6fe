"""How findings are weighed and what they lead to: areas, bands, the recommendation table."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import product
from typing import get_args

from clpt_growth.model.criterion import Criterion, Effect
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.noun import noun
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.principle import LeadsTo, Pack


class Recommendation(StrEnum):
    """Worst first; the words are the Department's own decision values."""

    DECLINE = "decline"
    DEFER = "defer"
    WITH_CONDITIONS = "approve subject to conditions"
    APPROVE = "approve"


class Readiness(StrEnum):
    """The yearly review of the trust alone, worst first."""

    NOT_READY = "not ready to grow"
    NOT_KNOWN = "not known"
    WITH_ACTIONS = "ready, with actions"
    READY = "ready to grow"


@noun
class Row:
    """One row of the table: which findings trigger it, and what it proposes."""

    effect: tuple[Effect, ...] = ()
    outcome: tuple[Outcome, ...] = ()
    leads_to: str = ""
    coverage_below: Decimal | None = None
    propose: Recommendation
    readiness: Readiness
    reason: str
    department_reason: str = ""


@noun
class Band:
    """The word for a rating at or above `at_least`."""

    word: str
    at_least: Decimal


@noun
class Rules:
    """Everything that turns findings into a proposal; ratings are shares of weight from 0 to 1.

    `points` are what each outcome that counts in a rating wins of its weight, from 0 to 1.
    """

    version: str
    areas: tuple[str, ...]
    points: Mapping[Outcome, Decimal]
    bands: tuple[Band, ...]
    near_the_line_share: Decimal
    table: tuple[Row, ...]
    otherwise: Row
    suppress_below: int
    decline_reasons: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def ranks(self) -> Mapping[tuple[Effect, Outcome, str], int]:
        """The place of the first row that an outcome triggers, by the effect and by what its shortfall leads to."""
        found: dict[tuple[Effect, Outcome, str], int] = {}
        for rank, row in enumerate(self.table):
            leads_to = (row.leads_to,) if row.leads_to else get_args(LeadsTo)
            for key in product(row.effect, row.outcome, leads_to):
                found.setdefault(key, rank)
        return found


@noun
class Benchmark:
    """One of the curriculum and financial planning benchmarks; a phase with no line has no outcome."""

    id: str
    title: str
    fact: str
    criterion: Criterion | None = None


@noun
class Source:
    """A publication that a threshold or a formula is cited to, and the day after which it must be read again."""

    id: str
    title: str
    publisher: str = ""
    read: str = ""
    year: str = ""
    stale_after: date | None = None


@noun
class Library:
    """All that is read from `principles/`: the dictionary, the packs and how they are weighed."""

    dictionary: Dictionary
    packs: tuple[Pack, ...]
    rules: Rules
    benchmarks: tuple[Benchmark, ...]
    sources: Mapping[str, Source]
    sha256: str

    @property
    def ids(self) -> tuple[str, ...]:
        """Of every principle in use, in reading order."""
        return tuple(principle.id for pack in self.packs for principle in pack.principles)
