"""A scan of many schools, each a question of its own beside the trust of today; lines are written as they come."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import get_context
from typing import NamedTuple

from clpt_growth.cli.memory import collect_seldom
from clpt_growth.cli.shell import harmless, progress, tell
from clpt_growth.files.joiners import read_joiner
from clpt_growth.files.problems import Problem
from clpt_growth.judging.assess import Ready, assess, ready
from clpt_growth.model.finding import Assessment
from clpt_growth.model.pipeline import Joiner
from clpt_growth.papers.csv_text import csv_line
from clpt_growth.papers.pipeline_csv import HEADS, school_row
from clpt_growth.papers.pipeline_json import school_line
from clpt_growth.papers.pipeline_screen import school_lines
from clpt_growth.pipeline.alone import place_alone
from clpt_growth.pipeline.in_order import Entry, Place, Question

# Starting another process costs what judging some dozens of schools does; below this it does not pay.
_PAYS_FROM = 200
# Few enough to hold in memory, and short enough at the end for all processes to end together.
_LARGEST_BATCH, _BATCHES_EACH = 250, 4

_LINES: Mapping[str, Callable[[int, Place, Assessment | None], str]] = {
    "text": school_lines,
    "jsonl": school_line,
    "csv": lambda position, place, assessment: csv_line(school_row(position, place, assessment)),
}
FORMATS = tuple(_LINES)
_FIRST = {"csv": csv_line(HEADS)}


class Judged(NamedTuple):
    """What is to be written of one school, and what is wrong with its file."""

    text: str
    problems: tuple[Problem, ...]


def judge_each_alone(asked: Question, format_: str, jobs: int | None) -> bool:
    """Write a line for each school, in the order given, whatever the number of processes; whether all could be read."""
    clean = True
    sys.stdout.write(_FIRST.get(format_, ""))
    joiners = asked.pipeline.joiners
    with _each_judged(asked, format_, _processes(len(joiners), jobs)) as each:
        for judged in progress(each, len(joiners), "schools judged"):
            sys.stdout.write(harmless(judged.text))
            for problem in judged.problems:
                tell(str(problem))
                clean = False
    return clean


def _processes(schools: int, jobs: int | None) -> int:
    if jobs is not None:
        return max(1, jobs)
    return (os.cpu_count() or 1) if schools >= _PAYS_FROM else 1


@contextmanager
def _each_judged(asked: Question, format_: str, processes: int) -> Iterator[Iterator[Judged]]:
    """In the order of the joiners; a process more changes nothing but the time."""
    numbered = enumerate(asked.pipeline.joiners, 1)
    if processes == 1:
        made = ready(asked.library, asked.as_of)
        yield (_judged(asked, format_, made, number, joiner) for number, joiner in numbered)
        return
    short = asked._replace(pipeline=asked.pipeline._replace(joiners=()), entries=())
    with ProcessPoolExecutor(processes, get_context("spawn"), _begin, (short, format_)) as pool:
        size = min(_LARGEST_BATCH, 1 + len(asked.pipeline.joiners) // (processes * _BATCHES_EACH))
        yield chain.from_iterable(pool.map(_batch, iter(lambda: tuple(islice(numbered, size)), ())))


# What a process of a pool is told when it begins, for all its batches.
_told: list[tuple[Question, str, Ready]] = []


def _begin(asked: Question, format_: str) -> None:
    collect_seldom()
    _told[:] = [(asked, format_, ready(asked.library, asked.as_of))]


def _batch(numbered: tuple[tuple[int, Joiner], ...]) -> list[Judged]:
    asked, format_, made = _told[0]
    return [_judged(asked, format_, made, number, joiner) for number, joiner in numbered]


def _judged(asked: Question, format_: str, made: Ready, number: int, joiner: Joiner) -> Judged:
    read = read_joiner(joiner, asked.library.dictionary)
    place = place_alone(Entry(joiner, read.facts, read.inputs), asked)
    assessment = assess(place.case, asked.library, made) if place.readable else None
    return Judged(_LINES[format_](number, place, assessment), read.problems)
