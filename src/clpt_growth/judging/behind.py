"""What a person would have to write for a fact to be known."""

from collections.abc import Iterator, Mapping
from datetime import date

from clpt_growth.capacity.books import unfinished, unfinished_central
from clpt_growth.capacity.joiners import NEEDED_FACTS as JOINERS_NEEDS
from clpt_growth.capacity.measures import is_central, needs_of
from clpt_growth.capacity.money_measures import NEEDED_FACTS as MONEY_NEEDS
from clpt_growth.capacity.money_measures import RESERVE_ON_JOINING, RESERVE_ON_JOINING_NEEDS, is_of_money
from clpt_growth.capacity.money_measures import unfinished as money_unfinished
from clpt_growth.capacity.support_measures import NEEDED_FACTS as SUPPORT_NEEDS
from clpt_growth.capacity.support_measures import unfinished as support_unfinished
from clpt_growth.facts.consents import missing as consents_missing
from clpt_growth.facts.derived import derivations
from clpt_growth.judging.criteria import compiled
from clpt_growth.model.case import PHASE, ROUTE
from clpt_growth.model.criterion import Compare, Criterion, inside, lines_of, names_in
from clpt_growth.model.fact import Fact
from clpt_growth.model.outcome import undecided
from clpt_growth.model.principle import Principle
from clpt_growth.model.rules import Library

Behind = Mapping[str, tuple[str, ...]]


def behind(library: Library, *, has_school: bool = True) -> Behind:
    """What each worked-out fact needs; a name with a question mark may be missing."""
    needs = {d.name: d.needs for d in derivations(has_school=has_school)}
    benchmarks = tuple(b.fact for b in library.benchmarks)
    for name in library.dictionary.kinds:
        if name in needs:
            continue
        if name.startswith("case.capacity."):
            needs[name] = tuple(n for n in needs_of(name) if has_school or n.startswith("trust."))
        elif name.startswith("case.after."):
            needs[name] = MONEY_NEEDS if is_of_money(name) else JOINERS_NEEDS
        elif name == RESERVE_ON_JOINING:
            needs[name] = RESERVE_ON_JOINING_NEEDS
        elif name.startswith("case.support."):
            needs[name] = SUPPORT_NEEDS[name.rpartition(".")[2]]
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


def missing_facts(principle: Principle, facts: Mapping[str, Fact], needs: Behind, as_of: date) -> tuple[str, ...]:
    """The written facts a principle still waits for, in the order it reads them.

    A part that is decided already waits for nothing, whatever it could still be told.
    """
    missing: dict[str, None] = {}
    for name in _awaited(principle, facts, as_of):
        missing |= dict.fromkeys(missing_behind(name, facts, needs))
    return tuple(missing)


def missing_behind(name: str, facts: Mapping[str, Fact], needs: Behind) -> tuple[str, ...]:
    """What would have to be written for one fact to be known; nothing where it is."""
    if name in facts and not facts[name].bound:
        return ()
    wanted = [n for n in written_behind(name, needs) if n not in facts]
    wanted = wanted or _left_blank(name, facts, needs)
    every = written_behind(name, needs, optional=True)
    lists = tuple(n for n in every if n in facts and isinstance(facts[n].value, tuple))
    return tuple(wanted) or lists or every


def _left_blank(name: str, facts: Mapping[str, Fact], needs: Behind) -> list[str]:
    """Where everything a fact needs is written: what is optional, or the lists with an entry left blank."""
    if name.startswith("case.capacity."):
        if not is_central(name):
            return list(unfinished(facts))
        waits = unfinished_central(facts, "finance" if name.endswith("finance_used_share") else "")
        return [written for n in waits for written in written_behind(n, needs)]
    if is_of_money(name):
        return list(money_unfinished(facts))
    if name.startswith("case.support."):
        return list(support_unfinished(name.rpartition(".")[2], facts))
    if name.startswith("school.legal.consents_"):
        return list(consents_missing(facts))
    return [n for n in written_behind(name, needs, optional=True) if n not in facts]


def _awaited(principle: Principle, facts: Mapping[str, Fact], as_of: date) -> Iterator[str]:
    if principle.routes:
        yield ROUTE
    if principle.phases:
        yield PHASE
    for criterion in (principle.applies_when, principle.criterion):
        if criterion is not None:
            yield from _awaited_in(criterion, facts, as_of)


def _awaited_in(criterion: Criterion, facts: Mapping[str, Fact], as_of: date) -> Iterator[str]:
    if not undecided(compiled(criterion, as_of)(facts)):
        return
    for part in inside(criterion):
        yield from _awaited_in(part, facts, as_of)
    names = names_in(criterion)
    if isinstance(criterion, Compare) and criterion.fact not in facts:
        # The year of a figure that nobody has given is of no use yet.
        names = (criterion.fact,)
    yield from names
    if any(t.phases for t in lines_of(criterion)):
        yield PHASE
