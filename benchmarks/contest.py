"""Contestants run in turn, and what each took beside the first, as a Markdown table."""

import platform
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter
from typing import NamedTuple

NOT_INSTALLED = "not installed"


class Contestant(NamedTuple):
    """Something to time; `run` is None where its package is not installed.

    `calls` are made in one turn, and the time shown is of one; `reach` is the ratio to stay within.
    """

    name: str
    run: Callable[[], object] | None
    calls: int = 1
    reach: float | None = None


class Timed(NamedTuple):
    """The seconds of one call, one entry a turn; none where nothing could be run."""

    contestant: Contestant
    seconds: tuple[float, ...]


def asked_for_quick(about: str, argv: Sequence[str] | None = None) -> bool:
    """Whether only a tiny run is wanted, to see that the script works."""
    parser = ArgumentParser(description=about)
    parser.add_argument("--quick", action="store_true", help="a tiny size, to see that it works")
    return bool(parser.parse_args(argv).quick)


def timed(contestants: Sequence[Contestant], *, turns: int) -> tuple[Timed, ...]:
    """Every contestant once to warm up, then each in turn, so that a slow moment of the machine meets all."""
    taken: dict[str, list[float]] = {c.name: [] for c in contestants}
    for turn in range(turns + 1):
        for contestant in contestants:
            if contestant.run is not None:
                seconds = _one_turn(contestant.run, 1 if turn == 0 else contestant.calls)
                if turn:
                    taken[contestant.name].append(seconds)
    return tuple(Timed(c, tuple(taken[c.name])) for c in contestants)


def _one_turn(run: Callable[[], object], calls: int) -> float:
    start = perf_counter()
    for _ in range(calls):
        run()
    return (perf_counter() - start) / calls


def beside_first(results: Sequence[Timed]) -> str:
    """A table with each contestant's time and its ratio to the first one's, least and median."""
    heads = "| what | least ms | median ms | ratio, least | ratio, median | to reach |"
    base = results[0].seconds
    return "\n".join([heads, "|---|--:|--:|--:|--:|--:|", *(_row(result, base) for result in results)])


def _row(result: Timed, base: Sequence[float]) -> str:
    name, taken = result.contestant.name, result.seconds
    if not taken:
        return f"| {name} | {NOT_INSTALLED} | | | | |"
    reach = f"at most {result.contestant.reach:g}" if result.contestant.reach is not None else ""
    ratios = f"{min(taken) / min(base):.2f} | {median(taken) / median(base):.2f}" if base else " | "
    return f"| {name} | {min(taken) * 1e3:,.2f} | {median(taken) * 1e3:,.2f} | {ratios} | {reach} |"


def headed(title: str, *parts: str) -> str:
    """A report: what was measured, on what, and its tables."""
    where = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}."
    return "\n\n".join([f"## {title}", where, *parts]) + "\n"


def show(report: str) -> None:
    sys.stdout.write(report)
