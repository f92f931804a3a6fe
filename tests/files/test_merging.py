"""A file filled further keeps every word, comment and place of what a person wrote."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clpt_growth.files.blank import blank_file
from clpt_growth.files.casefile import case_file
from clpt_growth.files.merging import Merged, merged
from clpt_growth.files.problems import InputError
from clpt_growth.files.yaml_text import node_from
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.fact import Fact

SOURCE = "Published table, 2024-25, column 'X'"
FOUND = {
    "school.identity.urn": "999001",
    "school.identity.phase": "primary",
    "school.roll.pupils_count": 200,
    "school.attendance.overall_absence_share": Decimal("0.051"),
}
MINE = """\
# My school, minute 9
identity:   # who
  name: Oak   # its name
  phase: secondary
  # what the head said

roll: {pupils_count: 0200, source: "census"}
# last words
"""


@pytest.fixture
def fill(shipped_dictionary: Dictionary) -> Any:
    def filled(text: str, facts: dict[str, Any] | None = None, *take: str) -> Merged:
        found = {
            n: v if isinstance(v, Fact) else Fact(n, v, SOURCE, date(2025, 8, 31), "published")
            for n, v in (facts or FOUND).items()
        }
        return merged(text, found, shipped_dictionary, what="school", file="oak.yaml", take=take)

    return filled


def value(made: Merged, name: str, dictionary: Dictionary) -> Any:
    read = case_file(node_from(made.text, "oak.yaml"), dictionary, what="school", file="oak.yaml")
    assert read.problems == []
    return read.facts[f"school.{name}"].value


def test_what_is_missing_is_added_with_its_source_and_every_line_stays(fill: Any) -> None:
    made = fill(MINE.replace("0200", "200"))
    evidence = "    source: \"Published table, 2024-25, column 'X'\"\n    dated: 2025-08-31\n    verified: published\n"
    in_block = f"  urn:\n    value: 999001\n{evidence}  # what the head said\n"
    at_the_end = f"attendance:\n  overall_absence_share:\n    value: 5.1%\n{evidence}# last words\n"
    mine = MINE.replace("0200", "200")
    expected = mine.replace("  # what the head said\n", in_block).replace("# last words\n", at_the_end)
    assert made.text == expected
    assert made.added == ("identity.urn", "attendance.overall_absence_share")


def test_what_differs_is_kept_and_shown_with_both_sources(fill: Any, shipped_dictionary: Dictionary) -> None:
    made = fill(MINE.replace("0200", "210"))
    assert value(made, "roll.pupils_count", shipped_dictionary) == 210
    assert [(d.where, d.written, d.found, d.written_source, d.taken) for d in made.differences] == [
        ("identity.phase", "secondary", "primary", "", False),
        ("roll.pupils_count", 210, 200, "census", False),
    ]


@pytest.mark.parametrize("name", ["roll.pupils_count", "school.roll.pupils_count", "all"])
def test_a_published_value_is_taken_when_told_to(name: str, fill: Any, shipped_dictionary: Dictionary) -> None:
    made = fill(MINE.replace("0200", "210"), None, name)
    assert value(made, "roll.pupils_count", shipped_dictionary) == 200
    assert value(made, "identity.phase", shipped_dictionary) == ("primary" if name == "all" else "secondary")
    assert "# its name" in made.text
    assert made.text.endswith("    verified: published\n# last words\n")


def test_a_fact_that_does_not_exist_cannot_be_taken(fill: Any) -> None:
    with pytest.raises(
        InputError, match=r'--take: there is no fact "roll.pupil_count"; did you mean roll.pupils_count'
    ):
        fill(MINE.replace("0200", "210"), None, "roll.pupil_count")


def test_filling_twice_changes_nothing_more(fill: Any) -> None:
    once = fill(MINE.replace("0200", "210"))
    again = fill(once.text)
    assert (again.text, again.added) == (once.text, ())


def test_not_applicable_is_an_answer_and_is_kept(fill: Any) -> None:
    made = fill("identity:\n  urn: n/a (a hospital school)\n")
    assert made.differences[0].where == "identity.urn"
    assert "n/a (a hospital school)" in made.text


def test_a_blank_file_is_filled_where_its_lines_stand(fill: Any, shipped_dictionary: Dictionary) -> None:
    blank = blank_file(shipped_dictionary, "school")
    made = fill(blank)
    kept = [line for line in made.text.splitlines() if line in set(blank.splitlines())]
    assert kept == blank.splitlines()
    assert "  urn:                            # six digits, such as 123456\n    value: 999001\n" in made.text
    assert value(made, "roll.pupils_count", shipped_dictionary) == 200


INSPECTIONS = Fact("school.inspections", (
    {"framework": "2019, with overall grade", "inspected_on": date(2023, 1, 2), "overall": "good", "category": "none", "source": "Ofsted"},
    {"framework": "ungraded", "inspected_on": date(2025, 1, 2), "outcome": "Standards maintained", "source": "Ofsted"},
))  # fmt: skip


def test_records_are_told_apart_and_only_what_they_lack_is_added(fill: Any, shipped_dictionary: Dictionary) -> None:
    mine = """\
inspections:
  records:
    - framework: "2019, with overall grade"   # seen
      inspected_on: 2023-01-02
      overall: requires improvement
      source: the report
"""
    made = fill(mine, {"school.inspections": INSPECTIONS})
    assert made.text.startswith(mine)
    graded, ungraded = value(made, "inspections", shipped_dictionary)
    assert (graded["overall"], graded["category"], graded["source"]) == ("requires improvement", "none", "the report")
    assert graded["note"] == "category from Ofsted"
    assert ungraded["outcome"] == "Standards maintained"
    assert made.added == ("inspections[2023-01-02].category", "inspections[2025-01-02]")
    assert [d.where for d in made.differences] == ["inspections[2023-01-02].overall"]


ONE_INSPECTION = """\
inspections:
  entries: 1   # as the head said
  records:
    - framework: ungraded
      inspected_on: 2025-01-02
      outcome: Standards maintained
# last words
"""


def test_a_list_said_to_be_whole_is_not_added_to_and_what_is_beyond_it_is_shown(
    fill: Any, shipped_dictionary: Dictionary
) -> None:
    made = fill(ONE_INSPECTION, {"school.inspections": INSPECTIONS})
    assert (made.text, made.added) == (ONE_INSPECTION, ())
    (difference,) = made.differences
    assert (difference.where, difference.written, difference.found) == ("inspections[entries]", 1, 2)
    assert (difference.found_source, difference.taken) == ("with 2023-01-02", False)
    taken = fill(ONE_INSPECTION, {"school.inspections": INSPECTIONS}, "inspections")
    assert "  entries: 2   # as the head said\n" in taken.text
    assert len(value(taken, "inspections", shipped_dictionary)) == 2
    assert taken.added == ("inspections[2023-01-02]",)


def test_none_said_to_be_there_stays_none(fill: Any) -> None:
    none = "inspections:\n  entries: 0\n  records:\n"
    made = fill(none, {"school.inspections": INSPECTIONS})
    assert (made.text, made.added, len(made.differences)) == (none, (), 1)


def test_a_list_with_room_for_more_is_added_to(fill: Any, shipped_dictionary: Dictionary) -> None:
    made = fill(ONE_INSPECTION.replace("entries: 1 ", "entries: 2 "), {"school.inspections": INSPECTIONS})
    assert len(value(made, "inspections", shipped_dictionary)) == 2
    assert made.differences == ()


def test_years_are_added_under_their_own_name(fill: Any, shipped_dictionary: Dictionary) -> None:
    years = Fact("school.education.key_stage_2", ({"year": "2018-19", "cohort_count": 30, "expected_share": Decimal("0.6"), "source": "KS2"}, {"year": "2017-18", "cohort_count": 31, "source": "KS2"}))  # fmt: skip
    made = fill(
        "education:\n  key_stage_2:\n    2018-19:\n      cohort_count: 30   # pupils\n",
        {"school.education.key_stage_2": years},
    )
    assert (
        "      cohort_count: 30   # pupils\n      expected_share: 60%\n      note: expected share from KS2\n"
        in made.text
    )
    assert [r["year"] for r in value(made, "education.key_stage_2", shipped_dictionary)] == ["2018-19", "2017-18"]


@pytest.mark.parametrize("indent", ["- ", "  - ", "    - "])
def test_lists_stay_as_far_in_as_they_were(indent: str, fill: Any) -> None:
    gap = " " * (len(indent) + 2)
    mine = f"inspections:\n  records:\n  {indent}framework: earlier\n{gap}inspected_on: 2015-01-02\n"
    assert fill(mine, {"school.inspections": INSPECTIONS}).text.startswith(mine)


def test_odd_spellings_stay_as_they_are_written(fill: Any) -> None:
    mine = "identity:\n  name: 'It is \"Oak\"'\n  religious_character: 0123\n  diocese: 1.10\n  nursery_provision: no\n  opened_on: 1970-09-01\n  age_low: 0x4\n"
    with pytest.raises(InputError, match="age_low"):
        fill(mine)
    assert fill(mine.replace("  age_low: 0x4\n", "")).text.startswith(mine.replace("  age_low: 0x4\n", ""))


def test_words_in_a_table_can_become_no_yaml(fill: Any, shipped_dictionary: Dictionary) -> None:
    name = 'Oak: {a} # "b" \\ & *c'
    made = fill("identity:\n  phase: primary\n", {"school.identity.name": name})
    assert value(made, "identity.name", shipped_dictionary) == name


ABSENCE = {
    "school.attendance.persistent_absence_share": Decimal("0.15"),
    "school.attendance.persistent_absence_year": "2022-23",
}


def test_the_year_of_a_tables_figure_is_not_laid_beside_a_figure_a_person_wrote(fill: Any) -> None:
    made = fill("attendance: {persistent_absence_share: 12%}\n", ABSENCE)
    assert made.added == ()
    assert [d.where for d in made.differences] == ["attendance.persistent_absence_share"]


def test_a_tables_figure_is_not_laid_beside_a_year_a_person_wrote(fill: Any) -> None:
    made = fill("attendance: {persistent_absence_year: 2024-25}\n", ABSENCE)
    assert made.added == ()
    assert [d.where for d in made.differences] == ["attendance.persistent_absence_year"]


def test_the_year_is_added_beside_the_same_figure(fill: Any, shipped_dictionary: Dictionary) -> None:
    made = fill("attendance: {persistent_absence_share: 15%}\n", ABSENCE)
    assert made.added == ("attendance.persistent_absence_year",)
    assert value(made, "attendance.persistent_absence_year", shipped_dictionary) == "2022-23"


@pytest.mark.parametrize("year", ["", ", persistent_absence_year: 2024-25"])
@pytest.mark.parametrize("take", ["attendance.persistent_absence_share", "all"])
def test_a_figure_that_is_taken_brings_its_year(
    fill: Any, shipped_dictionary: Dictionary, year: str, take: str
) -> None:
    made = fill(f"attendance: {{persistent_absence_share: 12%{year}}}\n", ABSENCE, take)
    assert value(made, "attendance.persistent_absence_share", shipped_dictionary) == Decimal("0.15")
    assert value(made, "attendance.persistent_absence_year", shipped_dictionary) == "2022-23"
