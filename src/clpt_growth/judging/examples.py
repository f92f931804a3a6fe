"""The worked examples of a principle, run: each is a small case with the outcome it must have."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from clpt_growth.facts.defined import with_definitions
from clpt_growth.facts.derived import with_derived
from clpt_growth.facts.evidence import evidence_on
from clpt_growth.judging.criteria import FINDING
from clpt_growth.judging.findings import judge_of
from clpt_growth.model.case import Case
from clpt_growth.model.fact import Fact
from clpt_growth.model.outcome import OPEN_OF, Outcome, outcome_of
from clpt_growth.model.principle import Example, Pack, Principle
from clpt_growth.model.rules import Library

EXAMPLES_AS_OF = date(2026, 12, 4)


class Ran(NamedTuple):
    """One worked example and how it came out."""

    principle: Principle
    example: Example
    outcome: Outcome

    @property
    def as_written(self) -> bool:
        return self.outcome == self.example.outcome


def ran(library: Library, packs: Sequence[Pack]) -> Iterator[Ran]:
    """Every example of every principle in some packs, in order."""
    for pack in packs:
        for principle in pack.principles:
            for example in principle.examples:
                yield Ran(principle, example, outcome_of_example(principle, example, library))


def outcome_of_example(principle: Principle, example: Example, library: Library) -> Outcome:
    as_of = example.as_of or EXAMPLES_AS_OF
    given = {name: Fact(name, value) for name, value in example.given.items()}
    evidence, _ = evidence_on(given, library.dictionary, as_of)
    facts = with_derived(Case(facts=with_definitions(evidence, library.dictionary), as_of=as_of))
    for id_, outcome in example.outcomes.items():
        facts[FINDING + id_] = Fact(FINDING + id_, OPEN_OF[outcome])
    return outcome_of(judge_of(principle, as_of)(facts))
