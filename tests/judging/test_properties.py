"""What holds for every example school, whatever its file leaves out and however it is ordered."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from clpt_growth.files.case_values import RESERVED
from clpt_growth.files.casefile import SUBJECTS_OF, case_file
from clpt_growth.files.library import read_library
from clpt_growth.files.shipped import shipped
from clpt_growth.files.yaml_text import Node, node_from
from clpt_growth.judging.assess import assess, judgements, ready
from clpt_growth.judging.findings import Bench, judged
from clpt_growth.judging.rating import coverage
from clpt_growth.judging.recommendation import proposal
from clpt_growth.judging.worked import all_facts
from clpt_growth.model.case import Case
from clpt_growth.model.criterion import Effect
from clpt_growth.model.fact import Fact
from clpt_growth.model.finding import Assessment, Finding
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.rules import Recommendation
from make import AS_OF

EXAMPLES = Path(__file__).parents[2] / "examples"
SCHOOLS = sorted((EXAMPLES / "schools").glob("*.yaml"))
LIBRARY = read_library(shipped("principles"))
READY = ready(LIBRARY, AS_OF)
ON = READY.on
LADDER = (Outcome.NOT_MET, Outcome.PARTLY_MET, Outcome.MET)
SHORT = (Outcome.NOT_MET, Outcome.PARTLY_MET, Outcome.CONFLICT)


def nodes(path: Path) -> Node:
    return node_from(path.read_text(encoding="utf-8"), path.name)


def facts_in(school: Node, trust: Node) -> dict[str, Fact]:
    found: dict[str, Fact] = {}
    for node, what in ((school, "school"), (trust, "trust")):
        read = case_file(node, LIBRARY.dictionary, what=what, file=what)
        assert read.problems == []
        found |= read.facts
    return found


@pytest.fixture(scope="module", params=SCHOOLS, ids=[path.stem for path in SCHOOLS])
def school(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture(scope="module")
def known(school: Path) -> dict[str, Fact]:
    return facts_in(nodes(school), nodes(EXAMPLES / "trust.yaml"))


def findings_of(facts: Mapping[str, Fact], on: Bench = ON) -> tuple[Finding, ...]:
    return judged(on, all_facts(Case(facts=facts, as_of=AS_OF), LIBRARY)[0], judgements(facts))


def proposed(findings: tuple[Finding, ...]) -> Recommendation:
    return proposal(findings, coverage(findings), LIBRARY.rules).row.propose


def improved(before: Finding, after: Finding) -> bool:
    """Met over partly met over not met; a shortfall that stops applying reads better too."""
    if before.outcome in LADDER and after.outcome in LADDER:
        return LADDER.index(after.outcome) > LADDER.index(before.outcome)
    if after.outcome is Outcome.NOT_APPLICABLE:
        return before.outcome in SHORT
    return before.outcome is Outcome.NOT_EVIDENCED and after.outcome in (Outcome.MET, Outcome.PARTLY_MET)


def better_without(before: tuple[Finding, ...], facts: Mapping[str, Fact]) -> list[str]:
    after = findings_of(facts)
    found = [
        f"{then.id}: {now.outcome} becomes {then.outcome}"
        for now, then in zip(before, after, strict=True)
        if improved(now, then)
    ]
    if proposed(after) == Recommendation.APPROVE != proposed(before):
        found.append(f"{proposed(before)} becomes approve")
    return found


def test_there_are_example_schools() -> None:
    assert len(SCHOOLS) >= 2


def test_leaving_a_fact_out_never_reads_better(known: dict[str, Fact]) -> None:
    before = findings_of(known)
    better = {
        name: found
        for name in known
        if (found := better_without(before, {n: f for n, f in known.items() if n != name}))
    }

    assert better == {}


def test_leaving_a_fact_out_never_raises_coverage(known: dict[str, Fact]) -> None:
    covered = coverage(findings_of(known))
    raised = [name for name in known if coverage(findings_of({n: f for n, f in known.items() if n != name})) > covered]

    assert raised == []


def entries(known: Mapping[str, Fact]) -> Iterator[tuple[str, str, dict[str, Fact]]]:
    """Every entry of every record that may be left blank, with the facts as they are without it."""
    for name, fact in known.items():
        kind = LIBRARY.dictionary.kinds[name]
        if kind.kind != "records" or not fact.applies:
            continue
        blankable = {part.name for part in kind.fields if not part.required}
        for position, record in enumerate(fact.value):
            for entry in blankable & record.keys():
                without = {k: v for k, v in record.items() if k != entry}
                records = (*fact.value[:position], without, *fact.value[position + 1 :])
                yield name, entry, {**known, name: fact._replace(value=records)}


def test_leaving_an_entry_of_a_record_out_never_reads_better(known: dict[str, Fact]) -> None:
    before = findings_of(known)
    better = {(name, entry): found for name, entry, facts in entries(known) if (found := better_without(before, facts))}

    assert better == {}


def shorter(root: Node, what: str) -> Iterator[tuple[str, str, Node]]:
    """A file again and again, each time without one entry of one of its lists."""
    for block in LIBRARY.dictionary.blocks_of(*SUBJECTS_OF[what]).values():
        for kind in (k for k in block.kinds if k.kind == "records" and not k.derived):
            yield from ((kind.name, entry, less) for entry, less in without_entry(root, kind.path.split(".")))


def without_entry(node: Node, path: list[str]) -> Iterator[tuple[str, Node]]:
    """A node with one entry of the list at a path left out, for each of its entries."""
    step = path[0] if path else "records"
    if isinstance(node.value, dict) and step in node.value:
        inside = without_entry(node.value[step], path[1:])
        yield from ((entry, replace(node, value=node.value | {step: less})) for entry, less in inside)
    elif not path and isinstance(node.value, dict):
        for key in node.value.keys() - RESERVED:
            yield key, replace(node, value={k: v for k, v in node.value.items() if k != key})
    elif not path and isinstance(node.value, list):
        for n in range(len(node.value)):
            left = node.value[:n] + node.value[n + 1 :]
            yield f"[{n}]", replace(node, value=left or None)


def test_leaving_a_whole_entry_of_a_list_out_never_reads_better(school: Path, known: dict[str, Fact]) -> None:
    before = findings_of(known)
    better = {}
    for path, what in ((school, "school"), (EXAMPLES / "trust.yaml", "trust")):
        own = case_file(nodes(path), LIBRARY.dictionary, what=what, file=what).facts
        beside = {name: fact for name, fact in known.items() if name not in own}
        for name, entry, less in shorter(nodes(path), what):
            read = case_file(less, LIBRARY.dictionary, what=what, file=what)
            assert read.problems == []
            if found := better_without(before, {**beside, **read.facts}):
                better[name, entry] = found

    assert better == {}


def test_a_list_that_counts_and_does_not_say_how_many_entries_it_has_is_no_evidence(known: dict[str, Fact]) -> None:
    before = findings_of(known)
    better = {
        name: found
        for name, fact in known.items()
        if LIBRARY.dictionary.kinds[name].counted
        and (found := better_without(before, {**known, name: fact._replace(whole=False)}))
    }

    assert better == {}


def test_a_school_with_a_fact_left_out_at_random_again_and_again_never_reads_better(
    known: dict[str, Fact],
) -> None:
    random = Random(20261204)  # noqa: S311 - a sample, not a secret
    names = sorted(known)
    random.shuffle(names)
    facts, before = dict(known), findings_of(known)
    for name in names:
        del facts[name]
        assert better_without(before, facts) == [], name
        before = findings_of(facts)


def shuffled(node: Node, random: Random) -> Node:
    """The same file with the keys of every block in another order; lists keep theirs."""
    if isinstance(node.value, dict):
        items = [(key, shuffled(child, random)) for key, child in node.value.items()]
        random.shuffle(items)
        return replace(node, value=dict(items))
    if isinstance(node.value, list):
        return replace(node, value=[shuffled(child, random) for child in node.value])
    return node


def told(found: Assessment) -> dict[str, Any]:
    return {
        "findings": [(f.id, f.outcome, f.ways, f.as_need) for f in found.findings],
        "ratings": found.ratings,
        "coverage": found.coverage,
        "proposed": found.row,
        "triggered by": [f.id for f in found.triggered_by],
        "reachable": (found.settled.best, found.settled.worst),
        "turns on": [(t.principle.id, t.why, t.facts, t.worst, t.leads_to) for t in found.settled.turns_on],
        "completeness": found.completeness,
        "facts": {name: fact.value for name, fact in found.facts.items() if fact.derived_from},
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_a_file_never_matters(school: Path, known: dict[str, Fact], seed: int) -> None:
    random = Random(seed)  # noqa: S311 - a sample, not a secret
    trust = nodes(EXAMPLES / "trust.yaml")
    again = facts_in(shuffled(nodes(school), random), shuffled(trust, random))

    as_written = assess(Case(facts=known, as_of=AS_OF), LIBRARY, READY)

    assert told(assess(Case(facts=again, as_of=AS_OF), LIBRARY, READY)) == told(as_written)


def test_a_failed_gate_never_approves(known: dict[str, Fact]) -> None:
    findings = findings_of(known)
    gates = [(n, f) for n, f in enumerate(findings) if f.principle.effect is Effect.GATE]

    assert gates
    for position, gate in gates:
        beside = (*findings[:position], gate._replace(outcome=Outcome.NOT_MET), *findings[position + 1 :])
        assert proposed(beside) in (Recommendation.DECLINE, Recommendation.DEFER), gate.id


def test_the_same_case_is_judged_the_same_twice(known: dict[str, Fact]) -> None:
    case = Case(facts=known, as_of=AS_OF)

    assert told(assess(case, LIBRARY)) == told(assess(case, LIBRARY))
