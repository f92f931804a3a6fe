"""The written facts a finding rests on, and which of them are past their shelf life."""

from collections.abc import Iterator, Mapping

from clpt_growth.judging.findings import facts_read
from clpt_growth.model.fact import Fact
from clpt_growth.model.finding import Assessment, Finding
from clpt_growth.model.principle import Follows, Principle


def rests_on_old(fact: Fact, assessment: Assessment) -> bool:
    """Whether a fact, or anything it was worked out from, is past its shelf life."""
    stale = assessment.completeness.stale
    return bool(stale) and any(name in stale for name in _written(fact.name, assessment.facts))


def old_evidence(finding: Finding, assessment: Assessment) -> tuple[Fact, ...]:
    """What a finding rests on that is past its shelf life."""
    stale = assessment.completeness.stale
    return tuple(fact for fact in evidence_of(finding, assessment) if fact.name in stale) if stale else ()


def evidence_of(finding: Finding, assessment: Assessment) -> Iterator[Fact]:
    """The written facts a finding rests on, through anything worked out, without repeats.

    What follows from principles it names rests on their facts; what follows from whole packs rests on findings.
    """
    names: dict[str, None] = {}
    for principle in (finding.principle, *_named_behind(finding.principle, assessment)):
        for name in facts_read(principle):
            names |= dict.fromkeys(_written(name, assessment.facts))
    return (assessment.facts[n] for n in names if n in assessment.facts)


def _named_behind(principle: Principle, assessment: Assessment) -> Iterator[Principle]:
    named = (id_ for part in principle.parts if isinstance(part, Follows) and not part.packs for id_ in part.ids)
    behind = (found.principle for id_ in named if (found := assessment.finding(id_)) is not None)
    for each in behind:
        yield each
        yield from _named_behind(each, assessment)


def _written(name: str, facts: Mapping[str, Fact]) -> tuple[str, ...]:
    fact = facts.get(name)
    if fact is None or not fact.derived_from:
        return () if fact is None else (name,)
    found: dict[str, None] = {name: None}
    for part in fact.derived_from:
        if not part.startswith("definition."):
            found |= dict.fromkeys(_written(part, facts))
    return tuple(found)
