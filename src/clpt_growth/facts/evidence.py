"""What of all that is written is evidence on the day asked about: the rest is set aside, and said to be."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from clpt_growth.facts.arising import among
from clpt_growth.model.dictionary import Dictionary, FactKind
from clpt_growth.model.evidence import Aside
from clpt_growth.model.fact import Fact, NotApplicable, Record

_MAY_BE_LATER = (tuple, date)
BELIEVED_WHERE = "empty_lists_believed_where"


def evidence_on(
    facts: Mapping[str, Fact], dictionary: Dictionary, as_of: date
) -> tuple[dict[str, Fact], tuple[Aside, ...]]:
    """The facts that were known on a day, lists only where they are known to be whole; and what was set aside."""
    kept: dict[str, Fact] = {}
    asides: list[Aside] = []
    for name, fact in facts.items():
        if type(fact.value) not in _MAY_BE_LATER and (fact.dated is None or fact.dated <= as_of):
            kept[name] = fact
            continue
        known, aside = _on_the_day(fact, dictionary.kinds.get(name), as_of)
        if known is not None:
            kept[name] = known
        if aside is not None:
            asides.append(aside)
    for name in _not_believed(kept, dictionary):
        del kept[name]
        asides.append(Aside(name, "says none"))
    return kept, tuple(asides)


def _not_believed(facts: Mapping[str, Fact], dictionary: Dictionary) -> list[str]:
    """The lists that say there are none where that cannot be taken at its word."""
    where: Mapping[str, Mapping[str, Any]] = dictionary.defined.get(BELIEVED_WHERE) or {}
    empty = [name for name in where if (fact := facts.get(name)) is not None and says_none(fact)]
    return [name for name in empty if not all(_holds(facts.get(n), test) for n, test in where[name].items())]


def says_none(fact: Fact) -> bool:
    return fact.value == () or not fact.applies


def _holds(fact: Fact | None, test: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether an answer surely is one of some words, or none of some."""
    answer = None if fact is None else fact.value
    return among(answer, one_of=test.get("one of", ()), none_of=test.get("none of", ())) is True


def _on_the_day(fact: Fact, kind: FactKind | None, as_of: date) -> tuple[Fact | None, Aside | None]:
    if fact.dated is not None and fact.dated > as_of:
        return None, Aside(fact.name, "dated later", fact.dated)
    if type(fact.value) is date:
        ahead = kind is not None and bool(kind.known_from) and fact.value > as_of
        return (None, Aside(fact.name, "dated later", fact.value)) if ahead else (fact, None)
    if not fact.whole:
        return None, Aside(fact.name, "not whole")
    if kind is None or kind.kind != "records" or isinstance(fact.value, NotApplicable):
        return fact, None
    later = [day for record in fact.value if (day := _known_first(record, kind)) > as_of]
    if not later:
        return fact, None
    known = tuple(record for record in fact.value if _known_first(record, kind) <= as_of)
    # An empty list would say that there are none, and nobody said so.
    return fact._replace(value=known) if known else None, Aside(fact.name, "dated later", max(later), len(later))


def _known_first(record: Record, kind: FactKind) -> date:
    """The first day an entry can have been known: no earlier than its evidence, nor than what it tells of."""
    days: Iterable[object] = (record.get(field) for field in ("dated", *kind.known_from))
    return max((day for day in days if isinstance(day, date)), default=date.min)
