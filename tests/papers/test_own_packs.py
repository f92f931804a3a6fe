"""What the paper and the screen say under a trust's own packs: nothing of a principle the trust has dropped."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from clpt_growth.files.library import read_library
from clpt_growth.files.shipped import shipped
from clpt_growth.judging.assess import assess
from clpt_growth.model.finding import Assessment
from clpt_growth.model.rules import Library
from clpt_growth.papers.governance_words import body_says
from clpt_growth.papers.screen import assessment_screen
from clpt_growth.papers.view import Reader
from golden.rewrite import SCHOOLS, example, paper
from make import case

DROPPED = {"growth": ("P05", "P06a"), "diligence": ("D03", "D21", "D39"), "offer": ("J34",)}
NAMES = [school.stem for school in SCHOOLS]
ANY = re.compile(r"\b(P05|P06a|D03|D21|D39|J34)\b")
FILE = "schools/oakfield.yaml"


@pytest.fixture(scope="module")
def own_library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    own = tmp_path_factory.mktemp("principles")
    for pack, ids in DROPPED.items():
        dropped = "".join(f"  - {{id: {id_}, reason: Board decision.}}\n" for id_ in ids)
        (own / pack).mkdir()
        head = f"id: our-{pack}\nowner: Us\ntitle: Ours\nversion: '1'\nextends: {pack}\ndrop:\n{dropped}"
        (own / pack / "pack.yaml").write_text(head, encoding="utf-8")
    return read_library(shipped("principles"), own)


@pytest.fixture(scope="module")
def assessments(own_library: Library) -> Mapping[str, Assessment]:
    return {school.stem: example(school, own_library) for school in SCHOOLS}


@pytest.mark.parametrize("name", NAMES)
def test_a_dropped_principle_is_named_only_where_the_paper_says_that_it_was_dropped(
    name: str, assessments: Mapping[str, Assessment]
) -> None:
    named = [line for line in paper(assessments[name]).splitlines() if ANY.search(line)]

    assert len(named) == 6
    assert [line for line in named if not line.startswith("| Changed by this trust |")] == []
    assert not ANY.search(assessment_screen(assessments[name], FILE))


def test_the_lowest_year_of_reserves_is_told_and_decides_nothing(
    assessments: Mapping[str, Assessment], shipped_library: Library
) -> None:
    lowest = "the lowest year of the prudent roll: 2027-28, £2,741,000 or 6.8% of income."

    assert f"P06a is decided on {lowest}" in paper(example(SCHOOLS[NAMES.index("kestrel-high")], shipped_library))
    own = "Reserves after joining are lowest, on the prudent roll, in 2027-28: £2,741,000 or 6.8% of income."
    assert own in paper(assessments["kestrel-high"])


def test_what_reserves_wait_for_is_told_without_the_principle(assessments: Mapping[str, Assessment]) -> None:
    words = "The trust's reserves after joining cannot be worked out yet. Not evidenced: budgets and forecasts,"

    assert words in paper(assessments["millbeck-academy"])


LIMITS = {"case.local_body.delegation_limits": ("No say on the budget",), "case.proposal.joined_category": "sponsored"}


def test_limits_are_set_beside_the_trusts_majority_only_where_it_is_asked_for(
    own_library: Library, shipped_library: Library
) -> None:
    said = [str(body_says(Reader(assess(case(LIMITS), library)))) for library in (shipped_library, own_library)]

    assert 'limited "only" by the trust\'s majority' in said[0]
    assert said[1] == ""


def next_command(assessment: Assessment) -> str:
    screen = assessment_screen(assessment, FILE)
    return next(line for line in screen.splitlines() if line.startswith("NEXT")).removeprefix("NEXT").strip()


def test_the_next_command_explains_a_principle_there_is(
    assessments: Mapping[str, Assessment], shipped_library: Library
) -> None:
    """Nothing missing changes the answer for this school, so it is the principle about days, or else the first gate."""
    shipped_one, own, none = (
        example(SCHOOLS[NAMES.index("fenwick-special")], shipped_library),
        assessments["fenwick-special"],
        replace(assessments["fenwick-special"], findings=()),
    )

    assert (shipped_one.settled.turns_on, own.settled.turns_on) == ((), ())
    assert next_command(shipped_one) == "clpt-growth explain P05 --case schools/oakfield.yaml"
    assert next_command(own) == "clpt-growth explain P01 --case schools/oakfield.yaml"
    assert next_command(none) == "clpt-growth assess schools/oakfield.yaml --report paper.md"
