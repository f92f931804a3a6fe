"""An answer about one school says which other schools the board has agreed to, and that they are not in it."""

from dataclasses import replace
from typing import Any

import pytest

from clpt_growth.judging.assess import assess
from clpt_growth.model.finding import Assessment
from clpt_growth.model.rules import Library
from clpt_growth.papers.alone_words import alone_in_short, alone_on_screen, alone_words
from golden.rewrite import SCHOOLS, example, paper
from make import case


def beside(library: Library, *rows: dict[str, Any], after: tuple[str, ...] = (), has_school: bool = True) -> Assessment:
    """Ashby School beside schools on their way in."""
    asked = case({"school.identity.name": "Ashby School", "trust.pipeline": rows}, has_school=has_school)
    return assess(replace(asked, after=after), library)


def agreed(school: str, position: str = "approved", **more: Any) -> dict[str, Any]:
    return {"school": school, "phase": "primary", "position": position, "in_promised_days": False} | more


def test_one_school_agreed_is_named_and_its_days_and_money_are_not_here(shipped_library: Library) -> None:
    found = beside(shipped_library, agreed("Ashby School"), agreed("Brook School"), agreed("Carr School", "in talks"))
    assert alone_words(found) == (
        "This answer is about Ashby School alone. One more school is agreed in the trust's own list: Brook School. "
        "Its days and money are not in these figures. The paper on the whole pipeline shows them together."
    )
    assert alone_in_short(found) == (
        "The answer is about Ashby School alone: Brook School, agreed as well, is not in it (section 2)."
    )
    assert alone_on_screen(found) == "1 more agreed, not in these figures: Brook School; see clpt-growth pipeline"


def test_days_the_trust_counts_among_those_promised_are_not_said_to_be_left_out(shipped_library: Library) -> None:
    found = beside(
        shipped_library,
        agreed("Brook School", in_promised_days=True), agreed("Carr School", in_promised_days=None),
        agreed("Dale School"),
    )  # fmt: skip
    assert (
        "Three more schools are agreed in the trust's own list: Brook School, Carr School and Dale School. Their money "
        "is not in these figures; the days of Brook School are, among those promised; it is not said whether the days "
        "of Carr School are; the days of the rest are not."
    ) in alone_words(found)


def test_after_others_have_joined_the_answer_is_not_called_one_about_the_school_alone(shipped_library: Library) -> None:
    found = beside(shipped_library, agreed("Dale School"), after=("Brook School",))
    assert alone_words(found).startswith("This answer is about Ashby School after Brook School, and no other. One more")


@pytest.mark.parametrize("rows", [(), (agreed("Ashby School"),), (agreed("Carr School", "in talks"),)])
def test_where_no_other_is_agreed_nothing_is_said(rows: Any, shipped_library: Library) -> None:
    found = beside(shipped_library, *rows)
    assert (alone_words(found), alone_in_short(found), alone_on_screen(found)) == ("", "", "")


def test_where_the_list_is_not_in_evidence_nothing_is_claimed(shipped_library: Library) -> None:
    silent = assess(case({"school.identity.name": "Ashby School"}), shipped_library)
    assert (alone_words(silent), alone_on_screen(silent)) == ("", "")
    trust_only = beside(shipped_library, agreed("Brook School"), has_school=False)
    assert (alone_words(trust_only), alone_on_screen(trust_only)) == ("", "")


def test_the_paper_says_it_on_its_first_pages_and_at_the_head_of_section_9(shipped_library: Library) -> None:
    kestrel = next(school for school in SCHOOLS if school.stem == "kestrel-high")
    text = paper(example(kestrel, shipped_library))
    said = (
        "Two more schools are agreed in the trust's own list: Larkfield Primary School and St Oswin's Church of England"
    )
    summary, rest = text.split("## 3. Gates")
    assert said in summary
    assert said in rest.split("## 9. The school and the trust together")[1][:400]
    assert "(section 2).\n\n" in rest.split("## 4. What the answer turns on")[1].split("| No. |")[0]
    assert "| Schools joining within a year of this one | 2 | 3 | the board's own most, 2 | Above it |" in text
