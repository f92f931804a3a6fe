"""The written facts a finding rests on, and which of them are past their shelf life."""

from collections.abc import Iterator, Mapping

from clpt_growth.judging.findings import facts_read
from clpt_growth.model.fact import Fact
from clpt_growth.model.finding import Assessment, Finding


def rests_on_old(fact: Fact, assessment: Assessment) -> bool:
    """Whether a fact, or anything it was worked out from, is past its shelf life."""
    stale = assessment.completeness.stale
    return bool(stale) and any(name in stale for name in _written(fact.name, assessment.facts))


def old_evidence(finding: Finding, assessment: Assessment) -> tuple[Fact, ...]:
    """What a finding rests on that is past its shelf life."""
    stale = assessment.completeness.stale
    return tuple(fact for fact in evidence_of(finding, assessment) if fact.name in stale) if stale else ()


def evidence_of(finding: Finding, assessment: Assessment) -> Iterator[Fact]:
    """The written facts a finding rests on, through anything worked out, without repeats."""
    names: dict[str, None] = {}
    for name in facts_read(finding.principle):
        names |= dict.fromkeys(_written(name, assessment.facts))
    return (assessment.facts[n] for n in names if n in assessment.facts)


def _written(name: str, facts: Mapping[str, Fact]) -> tuple[str, ...]:
    fact = facts.get(name)
    if fact is None or not fact.derived_from:
        return () if fact is None else (name,)
    found: dict[str, None] = {name: None}
    for part in fact.derived_from:
        if not part.startswith("definition."):
            found |= dict.fromkeys(_written(part, facts))
    return tuple(found)
