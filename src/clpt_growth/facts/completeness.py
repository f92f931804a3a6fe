"""How much of what could be known is in evidence, by stage, by block and by who usually holds it."""

from collections.abc import Iterable, Mapping
from typing import Any

from clpt_growth.facts.arising import is_asked
from clpt_growth.model.dictionary import Dictionary, FactKind
from clpt_growth.model.evidence import Completeness, Tally
from clpt_growth.model.fact import Fact, Verified

PAPER_STAGE = 3


def completeness(
    facts: Mapping[str, Fact], dictionary: Dictionary, subjects: Iterable[str], stale: tuple[str, ...] = ()
) -> Completeness:
    """How many of the facts asked of the subjects are in evidence: by stage, block and holder; `stale` are named."""
    wanted = frozenset(subjects)
    asked = [
        kind
        for kind in dictionary.kinds.values()
        if kind.subject in wanted
        and not kind.derived
        and kind.stage != PAPER_STAGE
        and _applies(kind, facts)
        and is_asked(kind, facts)
    ]
    evidenced = [kind for kind in asked if kind.name in facts]
    titles = {(b.subject, b.id): b.title for b in dictionary.blocks}

    def tallies(key: str) -> dict[str, Tally]:
        groups: dict[str, list[FactKind]] = {}
        for kind in asked:
            groups.setdefault(_group(kind, key, titles), []).append(kind)
        return {name: Tally(sum(k.name in facts for k in kinds), len(kinds)) for name, kinds in groups.items()}

    stages = {n: Tally(sum(k.stage == n for k in evidenced), sum(k.stage == n for k in asked)) for n in (1, 2)}
    word = sum(1 for k in evidenced if facts[k.name].verified == Verified.SELF_REPORTED)
    return Completeness(stages, tallies("block"), tallies("holder"), word, stale)


def _group(kind: FactKind, key: str, titles: Mapping[tuple[Any, str], str]) -> str:
    return kind.holder if key == "holder" else titles[(kind.subject, kind.area)]


def _applies(kind: FactKind, facts: Mapping[str, Fact]) -> bool:
    fact = facts.get(kind.name)
    return fact is None or fact.applies
