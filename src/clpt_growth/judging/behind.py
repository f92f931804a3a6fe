"""What a person would have to write for a fact to be known."""

from collections.abc import Mapping

from clpt_growth.capacity.improvement import NEEDED_FACTS
from clpt_growth.facts.derived import DERIVATIONS
from clpt_growth.judging.findings import facts_read
from clpt_growth.model.fact import Fact
from clpt_growth.model.principle import Principle
from clpt_growth.model.rules import Library

Behind = Mapping[str, tuple[str, ...]]


def behind(library: Library) -> Behind:
    """What each worked-out fact needs; a name with a question mark may be missing."""
    needs = {d.name: d.needs for d in DERIVATIONS}
    benchmarks = tuple(b.fact for b in library.benchmarks)
    for name in library.dictionary.kinds:
        if name.startswith("case.capacity.") and name not in needs:
            needs[name] = NEEDED_FACTS
        elif name.startswith("school.finance.benchmarks_"):
            needs[name] = benchmarks
    return needs


def written_behind(name: str, needs: Behind, *, optional: bool = False) -> tuple[str, ...]:
    """The written facts one rests on, optional ones only when asked for; a written fact rests on itself."""
    if name not in needs:
        return (name,)
    found: dict[str, None] = {}
    for need in needs[name]:
        if not need.startswith("definition.") and (optional or not need.endswith("?")):
            found |= dict.fromkeys(written_behind(need.rstrip("?"), needs, optional=optional))
    return tuple(found)


def missing_facts(principle: Principle, facts: Mapping[str, Fact], needs: Behind) -> tuple[str, ...]:
    """The written facts a principle still waits for, in the order it reads them."""
    missing: dict[str, None] = {}
    for name in facts_read(principle):
        if name not in facts:
            wanted = [n for n in written_behind(name, needs) if n not in facts]
            wanted = wanted or [n for n in written_behind(name, needs, optional=True) if n not in facts]
            missing |= dict.fromkeys(wanted or [name])
    return tuple(missing)
