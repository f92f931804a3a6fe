"""The same principles on the same records, judged by ours and by zen-engine, and what silence becomes."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from statistics import median
from typing import Any, NamedTuple

from contest import NOT_INSTALLED, Contestant, Timed, asked_for_quick, headed, show, timed
from examples import AS_OF, shipped_library

from clpt_growth.judging.findings import bench, judged, parts_of
from clpt_growth.judging.lines import PHASE
from clpt_growth.judging.margins import margins
from clpt_growth.judging.thresholds import threshold_on
from clpt_growth.model.criterion import Between, Compare, Span, Threshold
from clpt_growth.model.fact import Fact
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.principle import Pack, Principle
from clpt_growth.model.rules import Library

MISSING_SHARE = 0.25
TO_REACH = 10
_TRACE = {"trace": True}
_CELLS = {
    "at least": ">= {}", "at most": "<= {}", "more than": "> {}", "less than": "< {}",
    "equal to": "{}", "other than": "!= {}", "one of": "in [{}]", "none of": "not in [{}]",
}  # fmt: skip
Record = Mapping[str, Any]


class Test(NamedTuple):
    """One criterion of a shipped principle that compares one fact with a line, standing alone."""

    id: str
    principle: Principle
    criterion: Compare | Between


def main(argv: Sequence[str] | None = None) -> None:
    quick = asked_for_quick(__doc__ or "", argv)
    library = shipped_library()
    tests = list(tests_in(library))
    records = [made_record(tests, Random(seed)) for seed in range(20 if quick else 2_000)]
    ours, zen = Ours(tests, records, library), zen_engine(tests, records)
    contestants = [
        Contestant("zen-engine, one by one, with trace", zen.each if zen else None),
        Contestant("zen-engine, in one batch, with trace", zen.batch if zen else None),
        Contestant("ours, with findings", ours.each),
        Contestant("ours, with findings and every margin worked out", ours.each_with_margins),
    ]
    results = timed(contestants, turns=1 if quick else 5)
    about = (
        f"{len(tests)} criteria of kinds compare and between, out of the shipped packs; "
        f"{len(records):,} records, {MISSING_SHARE:.0%} of their facts missing. "
        f"To reach: at least {TO_REACH} times zen-engine's records a second."
    )
    show(headed("Judging", about, _speeds(results, len(records)), _silence(tests, records, ours, zen)))


def tests_in(library: Library) -> Iterator[Test]:
    """Every comparison of one fact with a line that holds on the day, wherever it stands in a principle.

    A list that must be empty is left out: a table has no cell for it, as a blank one means anything.
    """
    for principle in (p for pack in library.packs for p in pack.principles):
        comparisons = (
            part
            for part in parts_of(principle.criterion)
            if isinstance(part, Compare | Between) and all(line.met != () for line in part.thresholds)
        )
        for number, criterion in enumerate(comparisons, 1):
            id_ = f"{principle.id}_{number}"
            alone = {"routes": (), "phases": (), "applies_when": None, "need_for_routes": ()}
            yield Test(id_, replace(principle, id=id_, criterion=criterion, **alone), criterion)


def lines_of(criterion: Compare | Between, as_of: date) -> dict[str, Threshold | None]:
    """The line for each phase that has its own, and under a blank name the line for every other."""
    phases = dict.fromkeys(p for t in criterion.thresholds for p in t.phases)
    found = {phase: threshold_on(criterion.thresholds, as_of, phase) for phase in phases}
    return found | {"": threshold_on([t for t in criterion.thresholds if not t.phases], as_of, None)}


def made_record(tests: Sequence[Test], chance: Random) -> dict[str, Any]:
    """Values on, about and away from the lines that test them; a quarter of them left out."""
    wanted: dict[str, list[Any]] = {}
    for test in tests:
        for line in lines_of(test.criterion, AS_OF).values():
            wanted.setdefault(test.criterion.fact, []).extend(_about(line) if line else ())
        for phase in filter(None, lines_of(test.criterion, AS_OF)):
            wanted.setdefault(PHASE, []).append(phase)
    picked = {name: chance.choice(values) for name, values in wanted.items() if values}
    return {name: value for name, value in picked.items() if chance.random() >= MISSING_SHARE}


def _about(line: Threshold) -> list[Any]:
    return [near for end in (line.met, line.partly) if end is not None for near in _near(end)]


def _near(end: Any) -> list[Any]:
    if isinstance(end, bool):
        return [True, False]
    if isinstance(end, Span):
        return [near for side in (end.start, end.below) if side is not None for near in _near(side)]
    if isinstance(end, int | Decimal):
        step = 1 if isinstance(end, int) else Decimal("0.01")
        return [end - step, end, end + step]
    return [*(end if isinstance(end, tuple) else (end,)), "none of these"]


class Ours:
    """The tests as one pack on the bench, and the records as facts."""

    def __init__(self, tests: Sequence[Test], records: Sequence[Record], library: Library) -> None:
        pack = Pack(id="same", owner="", title="", version="1", principles=tuple(t.principle for t in tests))
        self.bench = bench((pack,), AS_OF)
        self.dictionary = library.dictionary
        self.cases = [{name: Fact(name, value) for name, value in record.items()} for record in records]

    def outcomes(self) -> Iterator[list[str]]:
        return ([finding.outcome.value for finding in judged(self.bench, case)] for case in self.cases)

    def each(self) -> None:
        for case in self.cases:
            judged(self.bench, case)

    def each_with_margins(self) -> None:
        for case in self.cases:
            for finding in judged(self.bench, case):
                margins(finding.principle, case, AS_OF, self.dictionary)


class Zen:
    """The tests as one decision of tables, and the records as its contexts."""

    def __init__(self, engine: Any, tests: Sequence[Test], records: Sequence[Record]) -> None:
        content = decision_of(tests)
        self.ids = [test.id for test in tests]
        self.decision = engine.ZenEngine().create_decision(json.dumps(content))
        self.loaded = engine.ZenEngine({"loader": {"type": "static", "content": {"same": content}}})
        self.contexts = [nested(record) for record in records]

    def outcomes(self) -> Iterator[list[str]]:
        answers = (self.decision.evaluate(context, _TRACE)["result"] for context in self.contexts)
        return ([answer.get(id_, "no answer") for id_ in self.ids] for answer in answers)

    def each(self) -> None:
        for context in self.contexts:
            self.decision.evaluate(context, _TRACE)

    def batch(self) -> None:
        answers = self.loaded.evaluate_batch([{"key": "same", "context": c} for c in self.contexts], _TRACE)
        if not all(answer["success"] for answer in answers):
            raise RuntimeError("zen-engine could not evaluate every record")


def zen_engine(tests: Sequence[Test], records: Sequence[Record]) -> Zen | None:
    """None where zen-engine is not installed."""
    try:
        import zen
    except ImportError:
        return None
    return Zen(zen, tests, records)


def decision_of(tests: Sequence[Test]) -> dict[str, Any]:
    """One table a test between the input and the output, as its editor would draw it."""
    tables = [_table(test) for test in tests]
    ends = [{"id": id_, "name": id_, "type": f"{id_}putNode"} for id_ in ("in", "out")]
    edges = [
        {"id": f"{table['id']}-{side}", "type": "edge", "sourceId": source, "targetId": target}
        for table in tables
        for side, source, target in (("from", "in", table["id"]), ("to", table["id"], "out"))
    ]
    return {"nodes": [*ends, *tables], "edges": edges}


def _table(test: Test) -> dict[str, Any]:
    lines = lines_of(test.criterion, AS_OF)
    rows = [row for phase, line in lines.items() for row in _rows(test.criterion, phase, line)]
    inputs = [("fact", test.criterion.fact), *([("phase", PHASE)] if len(lines) > 1 else [])]
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": id_, "name": id_, "field": field} for id_, field in inputs],
        "outputs": [{"id": "outcome", "name": "outcome", "field": test.id}],
        "rules": [{"_id": f"{test.id}-{n}", **row} for n, row in enumerate(rows)],
    }
    return {"id": test.id, "name": test.id, "type": "decisionTableNode", "content": content}


def _rows(criterion: Compare | Between, phase: str, line: Threshold | None) -> Iterator[dict[str, str]]:
    """Met, else partly met, else not met: read top down, as a person would write it."""
    where = {"phase": json.dumps(phase) if phase else ""}
    if line is None:
        yield {"fact": "", "outcome": json.dumps(Outcome.NOT_APPLICABLE), **where}
        return
    ends = ((line.met, Outcome.MET), (line.partly, Outcome.PARTLY_MET))
    for end, outcome in ends:
        if end is not None:
            yield {"fact": _cell(criterion, end), "outcome": json.dumps(outcome), **where}
    yield {"fact": "", "outcome": json.dumps(Outcome.NOT_MET), **where}


def _cell(criterion: Compare | Between, end: Any) -> str:
    if isinstance(end, Span):
        sides = ((">=", end.start), ("<", end.below))
        return " and ".join(f"{sign} {_literal(side)}" for sign, side in sides if side is not None)
    values = end if isinstance(end, tuple) else (end,)
    word = criterion.must_be if isinstance(criterion, Compare) else "equal to"
    return _CELLS[word].format(", ".join(_literal(value) for value in values))


def _literal(value: Any) -> str:
    return str(value) if isinstance(value, Decimal) else json.dumps(value)


def nested(record: Record) -> dict[str, Any]:
    """`school.finance.x` as entries within entries, numbers as JSON has them."""
    found: dict[str, Any] = {}
    for name, value in record.items():
        *path, last = name.split(".")
        place = found
        for step in path:
            place = place.setdefault(step, {})
        place[last] = float(value) if isinstance(value, Decimal) else value
    return found


def _speeds(results: Sequence[Timed], number: int) -> str:
    heads = "| what | records a second, best | median | times zen-engine, best | median |"
    rows = [heads, "|---|--:|--:|--:|--:|"]
    base = results[0].seconds
    for contestant, taken in results:
        if not taken:
            rows.append(f"| {contestant.name} | {NOT_INSTALLED} | | | |")
            continue
        best, middle = number / min(taken), number / median(taken)
        times = f"{min(base) / min(taken):.1f} | {median(base) / median(taken):.1f}" if base else " | "
        rows.append(f"| {contestant.name} | {best:,.0f} | {middle:,.0f} | {times} |")
    return "\n".join(rows)


def _silence(tests: Sequence[Test], records: Sequence[Record], ours: Ours, zen: Zen | None) -> str:
    """What zen-engine says where ours says something else: how often, and on what."""
    if zen is None:
        return f"What each makes of a missing fact: zen-engine is {NOT_INSTALLED}."
    counts: Counter[tuple[bool, str, str, str]] = Counter()
    for record, our, their in zip(records, ours.outcomes(), zen.outcomes(), strict=True):
        for test, one, other in zip(tests, our, their, strict=True):
            word = test.criterion.must_be if isinstance(test.criterion, Compare) else "between"
            counts[_all_known(test, record), word, one, other] += 1
    apart = {key: number for key, number in counts.items() if key[2] != key[3]}
    rows = [
        f"| {word} | {'known' if known else 'missing'} | {one} | {other} | {number:,} |"
        for (known, word, one, other), number in sorted(apart.items(), key=lambda a: (a[0][0], -a[1], a[0]))
    ]
    with_known = sum(number for (known, *_), number in apart.items() if known)
    differ = f"{sum(apart.values()):,} of {counts.total():,} outcomes differ"
    say = f"{differ}; where nothing is missing, {with_known:,}."
    return "\n".join([say, "", "| criterion | fact | ours | zen-engine | outcomes |", "|---|---|---|---|--:|", *rows])


def _all_known(test: Test, record: Record) -> bool:
    return test.criterion.fact in record and (PHASE in record or len(lines_of(test.criterion, AS_OF)) == 1)


if __name__ == "__main__":
    main()
