"""The papers of the examples, whole; after a change that is meant: `python tests/golden/rewrite.py`."""

import re
from collections.abc import Mapping
from itertools import pairwise

import pytest

from clpt_growth.model.rules import Library
from golden.rewrite import GOLDEN, SCHOOLS, SUPPORT_FOR, golden_papers

NAMES = (
    *(f"{school.stem}.{ending}" for school in SCHOOLS for ending in ("md", "txt")),
    *(f"support-{school}.md" for school in SUPPORT_FOR),
    "pipeline.txt",
    "pipeline.md",
    "plan.txt",
    "plan-with-a-post.md",
    "readiness.txt",
    "explain-P05.txt",
)


@pytest.fixture(scope="module")
def papers(shipped_library: Library) -> Mapping[str, str]:
    return dict(golden_papers(shipped_library))


@pytest.mark.parametrize("name", NAMES)
def test_a_paper_is_what_it_was(name: str, papers: Mapping[str, str]) -> None:
    assert papers[name] == (GOLDEN / name).read_text(encoding="utf-8"), "python tests/golden/rewrite.py"


def test_every_golden_file_is_compared() -> None:
    assert len(SCHOOLS) == 6
    assert {p.name for p in GOLDEN.iterdir() if p.suffix in (".md", ".txt")} == set(NAMES)


def test_nothing_in_a_golden_file_names_the_machine() -> None:
    for name in NAMES:
        assert str(GOLDEN.parents[1]) not in (GOLDEN / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_no_paper_counts_one_of_a_thing_in_the_plural(name: str) -> None:
    text = (GOLDEN / name).read_text(encoding="utf-8")
    assert (
        re.findall(r"(?<![\d.,£])-?1 (?:days|years|schools|seats|minutes|contracts|entries|tests|facts)\b", text) == []
    )


@pytest.mark.parametrize("name", [n for n in NAMES if n.endswith(".md")])
def test_every_column_of_every_table_has_a_head(name: str) -> None:
    lines = (GOLDEN / name).read_text(encoding="utf-8").splitlines()
    heads = [head for head, rule in pairwise(lines) if re.fullmatch(r"\|(?: -{3}:? \|)+", rule)]
    assert heads
    assert [head for head in heads if "|  |" in head] == []
