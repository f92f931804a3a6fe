"""The curriculum and financial planning benchmarks of a school, and how many are within their line."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from clpt_growth.judging.criteria import compiled
from clpt_growth.model.fact import Fact
from clpt_growth.model.outcome import NOT_APPLICABLE, Outcome, outcome_of, undecided
from clpt_growth.model.rules import Benchmark

_BLOCK = "school.finance.benchmarks_"


class BenchmarkResult(NamedTuple):
    """One benchmark for one school; without a line for the phase there is a value and no outcome."""

    benchmark: Benchmark
    value: Fact | None
    outcome: Outcome | None


def benchmark_results(
    benchmarks: Sequence[Benchmark], facts: Mapping[str, Fact], as_of: date
) -> tuple[BenchmarkResult, ...]:
    """Each benchmark in the list's order."""
    return tuple(BenchmarkResult(b, facts.get(b.fact), _outcome(b, facts, as_of)) for b in benchmarks)


def _outcome(benchmark: Benchmark, facts: Mapping[str, Fact], as_of: date) -> Outcome | None:
    if benchmark.criterion is None:
        return None
    ways = compiled(benchmark.criterion, as_of)(facts)
    if ways == NOT_APPLICABLE:
        return None
    return Outcome.NOT_EVIDENCED if undecided(ways) else outcome_of(ways)


def tallied(benchmarks: Sequence[Benchmark], facts: Mapping[str, Fact], as_of: date) -> Iterator[Fact]:
    """The counts the principles test; the share is missing while any benchmark with a line is."""
    results = benchmark_results(benchmarks, facts, as_of)
    lined = [r for r in results if r.outcome is not None]
    worked_out = [r for r in results if r.value is not None]
    within = [r for r in lined if r.outcome is Outcome.MET]
    if not worked_out:
        return
    yield _fact("worked_out_count", len(worked_out), worked_out)
    yield _fact("with_a_line_count", len(lined), lined)
    if any(r.outcome is Outcome.NOT_EVIDENCED for r in lined) or not lined:
        return
    yield _fact("within_line_count", len(within), lined)
    yield _fact("within_line_share", Decimal(len(within)) / len(lined), lined)


def _fact(name: str, value: Any, results: Sequence[BenchmarkResult]) -> Fact:
    used = [r.value for r in results if r.value is not None]
    dates = [fact.dated for fact in used if fact.dated]
    return Fact(
        _BLOCK + name,
        value,
        "worked out",
        min(dates) if dates else None,
        derived_from=tuple(f.name for f in used),
    )
