"""The written facts a finding rests on, and which of them are past their shelf life."""

from collections.abc import Iterable, Iterator, Mapping

from clpt_growth.model.criterion import Follows
from clpt_growth.model.fact import Fact
from clpt_growth.model.finding import Assessment, Finding
from clpt_growth.model.principle import Principle


def rests_on_old(fact: Fact, assessment: Assessment) -> bool:
    """Whether a fact, or anything it was worked out from, is past its shelf life."""
    stale = assessment.completeness.stale
    if not stale or not fact.derived_from:
        return fact.name in stale
    return any(name in stale for name in _written([fact.name], assessment.facts))


def old_evidence(finding: Finding, assessment: Assessment) -> tuple[Fact, ...]:
    """What a finding rests on that is past its shelf life."""
    stale = assessment.completeness.stale
    return tuple(fact for fact in evidence_of(finding, assessment) if fact.name in stale) if stale else ()


def evidence_of(finding: Finding, assessment: Assessment) -> Iterator[Fact]:
    """The written facts a finding rests on, through anything worked out, without repeats.

    What follows from principles it names rests on their facts; what follows from whole packs rests on findings.
    """
    behind = (finding.principle, *_named_behind(finding.principle, assessment))
    names = _written((name for principle in behind for name in principle.facts_read), assessment.facts)
    return (assessment.facts[name] for name in names)


def _named_behind(principle: Principle, assessment: Assessment) -> Iterator[Principle]:
    named = (id_ for part in principle.parts if isinstance(part, Follows) and not part.packs for id_ in part.ids)
    behind = (found.principle for id_ in named if (found := assessment.finding(id_)) is not None)
    for each in behind:
        yield each
        yield from _named_behind(each, assessment)


def _written(names: Iterable[str], facts: Mapping[str, Fact]) -> Mapping[str, None]:
    """Facts in evidence, each before what it was worked out from, down to what was written."""
    found: dict[str, None] = {}
    waiting = list(names)[::-1]
    while waiting:
        name = waiting.pop()
        if name not in found and (fact := facts.get(name)) is not None:
            found[name] = None
            waiting += (part for part in reversed(fact.derived_from) if not part.startswith("definition."))
    return found
