import re
from collections.abc import Mapping

import pytest

from clpt_growth.files.library import read_library
from clpt_growth.files.shipped import shipped
from clpt_growth.judging.assess import assess
from clpt_growth.model.finding import Assessment
from clpt_growth.model.rules import Library
from clpt_growth.papers.explained import explanation
from golden.rewrite import SCHOOLS, example
from make import case

IDS = tuple(p.id for pack in read_library(shipped("principles")).packs for p in pack.principles)
CASES = ("kestrel-high", "tarnside-all-through", "fenwick-special", "nothing")


@pytest.fixture(scope="module")
def assessments(shipped_library: Library) -> Mapping[str, Assessment]:
    found = {school.stem: example(school, shipped_library) for school in SCHOOLS}
    return found | {"nothing": assess(case(), shipped_library)}


def explained(id_: str, assessment: Assessment, *, with_case: bool) -> str:
    packs = assessment.library.packs
    pack, principle = next((k, p) for k in packs for p in k.principles if p.id == id_)
    return explanation(principle, pack, assessment, case=with_case)


@pytest.mark.parametrize("id_", IDS)
def test_every_principle_explains_itself_in_eighty_columns(id_: str, assessments: Mapping[str, Assessment]) -> None:
    text = explained(id_, assessments["nothing"], with_case=False)
    for head in (
        f"{id_}  ",
        "\nTHE PRINCIPLE'S WORDS\n",
        "\nHOW IT IS TESTED\n",
        "\nWORKED EXAMPLES (run as tests)\n",
        "\nTO FIND OUT ",
    ):
        assert head in f"\n{text}" or text.startswith(head)
    assert "\n  not evidenced   " in text
    assert sound(text)


@pytest.mark.parametrize("id_", IDS)
def test_every_principle_says_how_it_came_out_in_eighty_columns(
    id_: str, assessments: Mapping[str, Assessment]
) -> None:
    for name in CASES:
        text = explained(id_, assessments[name], with_case=True)
        assert "\nTHIS CASE      " in text
        assert "WORKED EXAMPLES" not in text
        assert sound(text)


def sound(text: str) -> bool:
    """Plain text within the screen, without a gap, a place left empty or a sentence stopped twice."""
    lines = text.splitlines()
    return (
        max(map(len, lines)) <= 80
        and text.replace("\n", "").isprintable()
        and "\n\n\n" not in text
        and not any(wrong in text for wrong in ("{}", " ,", "()"))
        and not re.search(r"(?<!\.)\.\.(?!\.)", text)
    )


def test_a_case_shows_how_near_the_line_it_came_and_what_it_rests_on(
    assessments: Mapping[str, Assessment],
) -> None:
    text = explained("P05", assessments["kestrel-high"], with_case=True)
    assert "THIS CASE      Partly met\n" in text
    assert "HOW NEAR " in text
    assert "\nTURNS ON " in text
    assert "\nEVIDENCE " in text


def test_without_evidence_it_says_so_and_gives_no_margin(assessments: Mapping[str, Assessment]) -> None:
    text = explained("D06", assessments["nothing"], with_case=True)
    assert "THIS CASE      Not evidenced\n" in text
    assert "HOW NEAR" not in text
    assert "EVIDENCE " not in text


def test_the_margin_of_a_small_count_is_not_shown(assessments: Mapping[str, Assessment]) -> None:
    text = explained("D18", assessments["kestrel-high"], with_case=True)
    assert "fewer than 6" in text
    assert "HOW NEAR" not in text
