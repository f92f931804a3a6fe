"""What is tried on the command line, read with the same care as a file."""

from decimal import Decimal

import pytest

from clpt_growth.files.problems import InputError
from clpt_growth.files.what_if_words import what_if
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.fact import NotApplicable
from clpt_growth.model.what_if import Post


def told(dictionary: Dictionary, schools: tuple[str, ...] = ("oak", "ash"), **words: list[str]) -> list[str]:
    with pytest.raises(InputError) as error:
        what_if(words.get("set_", []), words.get("posts", []), words.get("delays", []), dictionary, schools)
    return [str(p) for p in error.value.problems]


def test_facts_are_read_as_a_file_would_read_them(shipped_dictionary: Dictionary) -> None:
    words = [
        "trust.policy.reserves_minimum_share=6.5%",
        "oak:school.roll.pupils_count=1_210",
        "ash:school.finance.cash_days=n/a (a new school)",
    ]
    found = what_if(words, [], [], shipped_dictionary, ["oak", "ash"])

    assert {n: f.value for n, f in found.facts.items()} == {"trust.policy.reserves_minimum_share": Decimal("0.065")}
    assert found.of_school["oak"]["school.roll.pupils_count"].value == 1210
    assert found.of_school["ash"]["school.finance.cash_days"].value == NotApplicable("a new school")
    assert found.of_school["oak"]["school.roll.pupils_count"].source == "tried"


def test_the_subject_may_be_left_out_where_only_one_is_meant(shipped_dictionary: Dictionary) -> None:
    found = what_if(["policy.joiners_a_year_count=3"], [], [], shipped_dictionary, [])

    assert list(found.facts) == ["trust.policy.joiners_a_year_count"]


def test_with_one_school_its_name_may_be_left_out(shipped_dictionary: Dictionary) -> None:
    found = what_if(["roll.pupils_count=12"], [], [], shipped_dictionary, ["oak"])

    assert found.of_school["oak"]["school.roll.pupils_count"].value == 12


def test_posts_and_later_starts(shipped_dictionary: Dictionary) -> None:
    found = what_if(
        [], ["improvement.secondary=+1", "central.data protection=-0.5"], ["oak=2"], shipped_dictionary, ["oak"]
    )

    assert found.posts == (
        Post("improvement", "secondary", Decimal(1)),
        Post("central", "data protection", Decimal("-0.5")),
    )
    assert found.delays == {"oak": 2}


@pytest.mark.parametrize(
    ("option", "words", "message"),
    [
        ("set_", "oak:roll.pupils_count", '--set: "oak:roll.pupils_count" sets no value; write FACT=VALUE: policy.reserves_minimum_share=6%'),
        ("set_", "oak:roll.pupils_count=", '--set: "oak:roll.pupils_count=" sets no value; write FACT=VALUE: policy.reserves_minimum_share=6%'),
        ("set_", "oak:school.roll.pupil_count=3", '--set: there is no fact "school.roll.pupil_count"; did you mean school.roll.pupils_count?'),
        ("set_", "oak:finance.total_income_gbp=3", '--set: "finance.total_income_gbp" may be school.finance.total_income_gbp or trust.finance.total_income_gbp; write one of them whole'),
        ("set_", "elm:roll.pupils_count=3", '--set: there is no school "elm"; known: oak, ash'),
        ("set_", "roll.pupils_count=3", "--set: school.roll.pupils_count is a fact of a school; write the school before it: oak:school.roll.pupils_count=..."),
        ("set_", "oak:roll.occupancy_share=90%", "--set: school.roll.occupancy_share is worked out by the program; set what it is worked out from"),
        ("set_", "oak:school.needs=none", "--set: school.needs is a list; try a list by changing a copy of the file"),
        ("set_", "oak:roll.pupils_count=many", '--set: school.roll.pupils_count: "many" is not a whole number; write it like 12'),
        ("set_", "oak:roll.pupils_count=n/a (not counted)", "--set: school.roll.pupils_count cannot be n/a: the question always arises; write a value"),
        ("posts", "secondary=+1", '--post: "secondary=+1" is not a post; write it like improvement.secondary=+1 or central.finance=+0.5'),
        ("posts", "improvement.secondary=1", '--post: "improvement.secondary=1" is not a post; write it like improvement.secondary=+1 or central.finance=+0.5'),
        ("posts", "improvement.maths=+1", '--post: there is no "maths" in the improvement team; write one of:'),
        ("delays", "oak", '--delay: "oak" is not a later start; write school=terms: oak=1'),
        ("delays", "oka=1", '--delay: there is no school "oka"; did you mean oak?'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(option: str, words: str, message: str, shipped_dictionary: Dictionary) -> None:
    assert [line[: len(message)] for line in told(shipped_dictionary, **{option: [words]})] == [message]


def test_everything_wrong_is_told_at_once(shipped_dictionary: Dictionary) -> None:
    assert len(told(shipped_dictionary, set_=["a=1", "b=2"], posts=["c"], delays=["d"])) == 4
