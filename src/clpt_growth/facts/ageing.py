"""Which evidence is older than the dictionary says it keeps."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.fact import Fact


class Stale(NamedTuple):
    """A fact past its shelf life: it still counts, and is marked."""

    fact: str
    dated: date
    age_days: int
    shelf_life_days: int


def stale_facts(facts: Mapping[str, Fact], dictionary: Dictionary, as_of: date) -> tuple[Stale, ...]:
    """Oldest beyond its shelf life first."""
    found = [
        Stale(name, fact.dated, (as_of - fact.dated).days, kind.shelf_life_days)
        for name, fact in facts.items()
        if fact.dated is not None
        and (kind := dictionary.kinds.get(name)) is not None
        and not kind.derived
        and kind.shelf_life_days is not None
        and (as_of - fact.dated).days > kind.shelf_life_days
    ]
    return tuple(sorted(found, key=lambda s: (s.shelf_life_days - s.age_days, s.fact)))
