"""The files of a pipeline's schools, read one after another; one that is wrong is told of, and the rest are read."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from clpt_growth.files.cases import read_file
from clpt_growth.files.found import refuse_other_kinds
from clpt_growth.files.problems import InputError, Problem
from clpt_growth.model.case import InputFile
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.fact import Facts
from clpt_growth.model.pipeline import Joiner, Pipeline


class ReadJoiner(NamedTuple):
    """A joiner and what its file says; without facts where it has problems."""

    joiner: Joiner
    facts: Facts | None
    inputs: tuple[InputFile, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_joiners(pipeline: Pipeline, dictionary: Dictionary) -> Iterator[ReadJoiner]:
    return (read_joiner(joiner, dictionary) for joiner in pipeline.joiners)


def read_joiner(joiner: Joiner, dictionary: Dictionary) -> ReadJoiner:
    path = Path(joiner.path)
    try:
        refuse_other_kinds(path)
        read, file = read_file(path, dictionary, what="school")
    except InputError as error:
        return ReadJoiner(joiner, None, (), error.problems)
    if read.problems:
        return ReadJoiner(joiner, None, (file,), InputError(read.problems).problems)
    return ReadJoiner(joiner, read.facts, (file,))
