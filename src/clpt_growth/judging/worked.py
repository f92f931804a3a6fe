"""The facts of a case with all that follows from them, and the same again once a few of them have changed.

What is worked out together is a block, and a block is told apart by the facts it was seen to read: where none of
those has changed it would read the same and come out the same, so it is taken as it was.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from clpt_growth.capacity.books import books
from clpt_growth.capacity.joiners import NEEDED_FACTS as JOINERS_NEEDS
from clpt_growth.capacity.joiners import measures as joiners
from clpt_growth.capacity.measures import measures as capacity_measures
from clpt_growth.capacity.measures import rests_on
from clpt_growth.capacity.money import money
from clpt_growth.capacity.money_measures import NEEDED_FACTS as MONEY_NEEDS
from clpt_growth.capacity.money_measures import RESERVE_ON_JOINING, RESERVE_ON_JOINING_NEEDS
from clpt_growth.capacity.money_measures import measures as money_measures
from clpt_growth.capacity.reading import defined
from clpt_growth.capacity.school_money import PRUDENT, reserve_on_joining
from clpt_growth.capacity.support import support_plan
from clpt_growth.capacity.support_measures import NEEDED_FACTS as SUPPORT_NEEDS
from clpt_growth.capacity.support_measures import measures as support_measures
from clpt_growth.facts.defined import for_the_phase, with_definitions
from clpt_growth.facts.derived import WORKED_OUT, derivations, derived_again, reads, with_derived
from clpt_growth.facts.evidence import BELIEVED_WHERE, evidence_on, says_none
from clpt_growth.judging.benchmarks import tallied
from clpt_growth.model.case import PHASE, Case
from clpt_growth.model.evidence import Aside
from clpt_growth.model.fact import AtLeast, AtMost, Fact, Verified
from clpt_growth.model.ledger import Books
from clpt_growth.model.rules import Library

Changes = Mapping[str, Fact | None]


class Block(NamedTuple):
    """What was worked out together, and the names of all it read; None where it looked at every fact there is."""

    gave: Mapping[str, Fact]
    read: frozenset[str] | None


class Worked(NamedTuple):
    """What is evidence and what was set aside; the facts given, those with what is derived from them, and those with
    every block; and the ledgers."""

    evidence: Mapping[str, Fact]
    aside: tuple[Aside, ...]
    given: Mapping[str, Fact]
    derived: Mapping[str, Fact]
    blocks: tuple[Block, ...]
    facts: dict[str, Fact]
    books: Books


def all_facts(case: Case, library: Library) -> tuple[dict[str, Fact], Books]:
    """The facts of a case with everything that follows from them, and the ledgers behind some of them."""
    done = worked(case, library)
    return done.facts, done.books


def worked(case: Case, library: Library) -> Worked:
    """All that can be worked out of a case from what is evidence on its day, with what each block of it read."""
    evidence, aside = evidence_on(case.facts, library.dictionary, case.as_of)
    given = with_definitions(for_the_phase(evidence, library.dictionary), library.dictionary)
    derived = with_derived(replace(case, facts=given))
    facts, blocks, ledgers = dict(derived), [], Books(None, None)
    for work in _blocks_of(case):
        reading = _Reading(facts)
        gave, kept = work(case, library, reading)
        blocks.append(Block(gave, reading.read))
        ledgers = kept or ledgers
        facts |= gave
    return Worked(evidence, aside, given, derived, tuple(blocks), facts, ledgers)


def worked_again(case: Case, library: Library, before: Worked, changes: Changes) -> "Again":
    """All the facts with some changed, None being taken away, and the names of those that are not as before."""
    if _changes_what_is_asked(case, before, changes):
        whole = {n: f for n, f in {**case.facts, **changes}.items() if f is not None}
        facts = worked(replace(case, facts=whole), library).facts
        return facts, {n for n in facts.keys() | before.facts.keys() if facts.get(n) != before.facts.get(n)}
    given, facts, changed = _given_again(case, library, before, changes)
    derived_again(facts, given, changed, as_of=case.as_of, has_school=case.has_school)
    for work, block in zip(_blocks_of(case), before.blocks, strict=True):
        gave = block.gave
        if block.read is None or not changed.isdisjoint(block.read):
            gave, _ = work(case, library, facts)
            changed |= {n for n in gave.keys() | block.gave.keys() if gave.get(n) != block.gave.get(n)}
        facts |= gave
    return facts, changed


Again = tuple[dict[str, Fact], set[str]]


def apart(case: Case, before: Worked, names: Sequence[str]) -> bool:
    """Whether nothing is worked out from two of these facts at once, so that each may be changed by itself."""
    seen: set[str] = set()
    if _changes_what_is_asked(case, before, names):
        return False
    for name in names:
        bears_on = _bears_on(case, before, name)
        if not seen.isdisjoint(bears_on):
            return False
        seen |= bears_on
    return True


def _bears_on(case: Case, before: Worked, name: str) -> set[str]:
    """All that may come out otherwise with a fact: it, what is derived from it, and blocks that read any of those."""
    found = {name}
    for derivation in derivations(has_school=case.has_school):
        if not found.isdisjoint(reads(derivation)):
            found.add(derivation.name)
    for number, block in enumerate(before.blocks):
        if block.read is None or not found.isdisjoint(block.read):
            found |= {*block.gave, f"block {number}"}
    return found


def together(before: Worked, parts: Iterable[Again]) -> Again:
    """Changes that are apart, each worked out by itself, as if they had been made at once."""
    facts, changed = dict(before.facts), set()
    for part, names in parts:
        changed |= names
        for name in names:
            if name in part:
                facts[name] = part[name]
            else:
                facts.pop(name, None)
    return facts, changed


def _changes_what_is_asked(case: Case, before: Worked, changes: Iterable[str]) -> bool:
    """Whether a change bears on more than what follows from it: the phase says which questions arise at all, and
    some facts say whether a list that names none counts."""
    known = {d.name for d in derivations(has_school=case.has_school)}
    known |= {PHASE, *_bear_on_empty_lists(case, before)}
    return any(n in known or n.startswith(_NEVER_WRITTEN) for n in changes)


def _bear_on_empty_lists(case: Case, before: Worked) -> set[str]:
    """The facts that say whether a list that names none counts, where the case has such a list."""
    where = defined(before.given, BELIEVED_WHERE) or {}
    said = [name for name in where if name in case.facts and says_none(case.facts[name])]
    return {fact for name in said for fact in where[name]}


_NEVER_WRITTEN = (
    "definition.",
    "case.capacity.",
    "case.after.",
    "case.support.",
    "school.finance.benchmarks_",
    RESERVE_ON_JOINING,
)


def _given_again(
    case: Case, library: Library, before: Worked, changes: Changes
) -> tuple[dict[str, Fact], dict[str, Fact], set[str]]:
    """The facts given and those derived, with the changes in both, and the names of what is now another."""
    given, derived, changed = dict(before.given), dict(before.derived), set()
    written = {n: f for n, f in changes.items() if f is not None}
    beside = {PHASE: before.given[PHASE]} if PHASE in before.given else {}
    evidence, _ = evidence_on(written, library.dictionary, case.as_of)
    asked = for_the_phase({**beside, **evidence}, library.dictionary)
    for name in changes:
        fact = asked.get(name)
        if fact == given.get(name):
            continue
        changed.add(name)
        for facts in (given, derived):
            if fact is None:
                facts.pop(name, None)
            else:
                facts[name] = fact
    return given, derived, changed


class _Reading(Mapping[str, Fact]):
    """Facts that remember which of them were asked for, there or not."""

    def __init__(self, facts: Mapping[str, Fact]) -> None:
        self._facts = facts
        self._asked: set[str] = set()
        self._every = False

    @property
    def read(self) -> frozenset[str] | None:
        return None if self._every else frozenset(self._asked)

    def __getitem__(self, name: str) -> Fact:
        self._asked.add(name)
        return self._facts[name]

    def get(self, name: str, default: Any = None) -> Any:
        self._asked.add(name)
        return self._facts.get(name, default)

    def __contains__(self, name: object) -> bool:
        self._asked.add(str(name))
        return name in self._facts

    def __iter__(self) -> Iterator[str]:
        self._every = True
        return iter(self._facts)

    def __len__(self) -> int:
        self._every = True
        return len(self._facts)


_Work = Callable[[Case, Library, Mapping[str, Fact]], tuple[dict[str, Fact], Books | None]]


def _blocks_of(case: Case) -> tuple[_Work, ...]:
    return (_capacity, _joiners, _money, _support, _benchmarks) if case.has_school else (_capacity,)


def _capacity(case: Case, library: Library, facts: Mapping[str, Fact]) -> tuple[dict[str, Fact], Books | None]:
    both = books(facts, as_of=case.as_of, has_school=case.has_school, earlier=case.earlier)
    return _block_facts("case.capacity", capacity_measures(both, facts, case.earlier), facts, rests_on), both


def _joiners(case: Case, library: Library, facts: Mapping[str, Fact]) -> tuple[dict[str, Fact], Books | None]:
    return _block_facts("case.after", joiners(facts), facts, lambda _: JOINERS_NEEDS), None


def _money(case: Case, library: Library, facts: Mapping[str, Fact]) -> tuple[dict[str, Fact], Books | None]:
    block, _, name = RESERVE_ON_JOINING.rpartition(".")
    reserve = {name: reserve_on_joining(facts)}
    gave = _block_facts(block, reserve, facts, lambda _: RESERVE_ON_JOINING_NEEDS)
    if found := money(facts, as_of=case.as_of, rolls=(PRUDENT,)):
        gave |= _block_facts("case.after", money_measures(found, facts), facts, lambda _: MONEY_NEEDS)
    return gave, None


def _support(case: Case, library: Library, facts: Mapping[str, Fact]) -> tuple[dict[str, Fact], Books | None]:
    plan = support_plan(facts, as_of=case.as_of)
    found = support_measures(facts, plan, as_of=case.as_of)
    return _block_facts("case.support", found, facts, SUPPORT_NEEDS.__getitem__), None


def _benchmarks(case: Case, library: Library, facts: Mapping[str, Fact]) -> tuple[dict[str, Fact], Books | None]:
    return {f.name: f for f in tallied(library.benchmarks, facts, case.as_of) if f.name not in facts}, None


def _block_facts(
    block: str, found: Mapping[str, Any], facts: Mapping[str, Fact], needs_of: Callable[[str], tuple[str, ...]]
) -> dict[str, Fact]:
    """What was worked out for a block, with the evidence it rests on; a fact already given is kept."""
    rests: dict[tuple[str, ...], Fact] = {}
    gave = {}
    for key, value in found.items():
        name = f"{block}.{key}"
        if value is not None and name not in facts:
            needs = needs_of(key)
            if needs not in rests:
                rests[needs] = _resting_on([facts[n] for need in needs if (n := need.rstrip("?")) in facts])
            bound = _BOUNDS.get(type(value), "")
            gave[name] = rests[needs]._replace(name=name, value=value.value if bound else value, bound=bound)
    return gave


def _resting_on(used: Sequence[Fact]) -> Fact:
    """What is worked out from some facts: as old as the oldest of them, and no surer than the least sure."""
    dated = min((f.dated for f in used if f.dated), default=None)
    verified = Verified.SELF_REPORTED if any(f.verified == Verified.SELF_REPORTED for f in used) else ""
    return Fact("", None, WORKED_OUT, dated, verified, derived_from=tuple(f.name for f in used))


_BOUNDS: Mapping[type, str] = {AtLeast: "at least", AtMost: "at most"}
