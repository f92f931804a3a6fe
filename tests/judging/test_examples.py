"""Every worked example of every shipped principle comes out as it is written."""

from pathlib import Path

import pytest

from clpt_growth.files.library import read_library
from clpt_growth.files.shipped import shipped
from clpt_growth.judging.examples import outcome_of_example, ran
from clpt_growth.model.principle import Example, Principle
from clpt_growth.model.rules import Library
from make import pack, principle

EXAMPLES = tuple(
    pytest.param(p, example, id=f"{p.id}-{example.name}")
    for held in read_library(Path(shipped("principles"))).packs
    for p in held.principles
    for example in p.examples
)


@pytest.mark.parametrize(("asked", "example"), EXAMPLES)
def test_a_worked_example_comes_out_as_written(asked: Principle, example: Example, shipped_library: Library) -> None:
    assert outcome_of_example(asked, example, shipped_library) == example.outcome


def test_an_example_that_comes_out_otherwise_is_told_apart(shipped_library: Library) -> None:
    right = Example(name="nothing known", outcome="not evidenced")
    wrong = Example(name="hoped for", outcome="met")

    results = list(ran(shipped_library, (pack(principle(examples=(right, wrong))),)))

    assert [(r.example.name, r.as_written) for r in results] == [
        ("nothing known", True),
        ("hoped for", False),
    ]
