"""The author's count of open items is never printed without what the file itself has no evidence for."""

import pytest

from clpt_growth.model.finding import Assessment
from clpt_growth.model.rules import Library
from clpt_growth.papers.findings_words import beside_its_line, what_we_saw
from clpt_growth.papers.open_items import author_counts, both_counts_beside
from golden.rewrite import SCHOOLS, example


@pytest.fixture(scope="module")
def fenwick(shipped_library: Library) -> Assessment:
    school = next(path for path in SCHOOLS if path.stem == "fenwick-special")
    return example(school, shipped_library)


def test_a_nought_stands_beside_the_facts_without_evidence(fenwick: Assessment) -> None:
    p13 = fenwick.finding("P13")
    assert p13 is not None
    both = "The author counts 0 items of due diligence still open; the file has no evidence for 112 of 357 facts it asks for."

    assert what_we_saw(p13, fenwick).endswith(both)
    assert beside_its_line(p13, fenwick).endswith(both)


def test_a_finding_that_does_not_rest_on_the_count_says_nothing_of_it(fenwick: Assessment) -> None:
    d06 = fenwick.finding("D06")
    assert d06 is not None

    assert both_counts_beside(d06, fenwick) == ""


def test_nothing_is_said_where_the_author_gives_no_count(shipped_library: Library) -> None:
    school = next(path for path in SCHOOLS if path.stem == "millbeck-academy")

    assert author_counts(example(school, shipped_library)) == ""
