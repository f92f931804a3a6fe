"""What is still to be asked for, most decisive first, and from whom."""

from typing import NamedTuple

from clpt_growth.model.dictionary import FactKind
from clpt_growth.model.finding import Assessment, Why
from clpt_growth.papers.missing_words import missing_of
from clpt_growth.papers.resting_on import evidence_of


class Needed(NamedTuple):
    """One fact to ask for: missing, or in evidence and too old; and the principles that wait for it.

    `kind` is the fact's own, or that of the list in which something is missing.
    """

    name: str
    kind: FactKind
    why: str
    principles: tuple[str, ...]


def still_needed(assessment: Assessment) -> tuple[Needed, ...]:
    """What the answer turns on, then what other findings wait for, then what has aged; each fact once."""
    stale = set(assessment.completeness.stale)
    decisive = [(t.principle.id, n) for t in assessment.settled.turns_on if t.why is Why.MISSING for n in t.facts]
    missing = [(f.id, name) for f in assessment.findings for name in missing_of(f, assessment)]
    old = [(f.id, e.name) for f in assessment.findings for e in evidence_of(f, assessment) if e.name in stale]
    waiting: dict[str, dict[str, None]] = {}
    for id_, name in (*decisive, *missing, *old):
        waiting.setdefault(name, {})[id_] = None
    dictionary = assessment.library.dictionary
    return tuple(
        Needed(name, kind, "old" if name in stale else "missing", tuple(ids))
        for name, ids in waiting.items()
        if (kind := dictionary.kind_of(name)) is not None
    )
