"""The board's order of joiners as it is written, and every way of writing it wrong."""

from datetime import date
from pathlib import Path

import pytest

from clpt_growth.files.pipeline_file import read_pipeline
from clpt_growth.files.problems import InputError
from clpt_growth.model.fact import Term
from clpt_growth.model.pipeline import Joiner

ORDER = """\
joiners:
  source: board minute 9
  dated: 2026-11-24
  records:
    - {school: schools/oak.yaml, joining: autumn 2027}
    - school: schools/ash.yaml
    - {school: schools/elm.yaml, joining: Spring 2028, not_with: [oak, schools/ash.yaml]}
"""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with a trust file and three schools; the files are not opened, so they may be empty."""
    (tmp_path / "schools").mkdir()
    for name in ("trust.yaml", "schools/oak.yaml", "schools/ash.yaml", "schools/elm.yaml"):
        (tmp_path / name).touch()
    return tmp_path


def written(folder: Path, text: str) -> Path:
    place = folder / "pipeline.yaml"
    place.write_text(text, encoding="utf-8")
    return place


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(InputError) as error:
        read_pipeline(written(folder, text))
    return [str(p).replace(f"{folder}/", "") for p in error.value.problems]


def test_the_order_and_the_terms_are_as_written(here: Path) -> None:
    read = read_pipeline(written(here, ORDER))

    assert read.joiners == (
        Joiner("oak", f"{here}/schools/oak.yaml", Term(2027, 0)),
        Joiner("ash", f"{here}/schools/ash.yaml", None),
        Joiner("elm", f"{here}/schools/elm.yaml", Term(2027, 1)),
    )
    assert (read.source, read.dated) == ("board minute 9", date(2026, 11, 24))
    assert read.file is not None
    assert read.file.file == f"{here}/pipeline.yaml"


def test_joiners_that_cannot_both_join_are_pairs_by_name_or_by_file(here: Path) -> None:
    read = read_pipeline(written(here, ORDER))

    assert read.exclusive == (("oak", "elm"), ("ash", "elm"))
    assert read.excluded_by("elm") == {"oak", "ash"}
    assert read.excluded_by("oak") == {"elm"}


def test_a_school_may_be_asked_about_and_not_counted_on(here: Path) -> None:
    text = "joiners:\n  - {school: schools/oak.yaml, joins: no}\n  - {school: schools/ash.yaml}\n"

    assert [j.joins for j in read_pipeline(written(here, text)).joiners] == [False, True]


def test_a_pair_said_from_both_sides_is_one_pair(here: Path) -> None:
    text = "joiners:\n  - {school: schools/oak.yaml, not_with: ash}\n  - {school: schools/ash.yaml, not_with: oak}\n"

    assert read_pipeline(written(here, text)).exclusive == (("oak", "ash"),)


def test_a_plain_list_is_enough(here: Path) -> None:
    read = read_pipeline(written(here, "joiners:\n  - school: schools/elm.yaml\n  -\n  - school: schools/ash.yaml\n"))

    assert [j.name for j in read.joiners] == ["elm", "ash"]


def test_a_folder_with_a_pipeline_file_is_read_by_it(here: Path) -> None:
    written(here, ORDER)

    assert [j.name for j in read_pipeline(here).joiners] == ["oak", "ash", "elm"]


def test_without_one_the_order_is_that_of_the_file_names_and_nobodys(here: Path) -> None:
    read = read_pipeline(here)

    assert [j.name for j in read.joiners] == ["ash", "elm", "oak"]
    assert (read.file, read.source, read.dated) == (None, "", None)


def test_two_files_of_one_name_are_told_apart_by_their_folders(here: Path) -> None:
    (here / "old").mkdir()
    (here / "old/oak.yaml").touch()

    assert [j.name for j in read_pipeline(here).joiners] == ["old/oak", "ash", "elm", "schools/oak"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("joiners:\n", ["pipeline.yaml:1: joiners: names no school; add one a line: - school: schools/oakfield.yaml"]),
        (
            "joiners: []\n",
            ["pipeline.yaml:1: joiners: names no school; add one a line: - school: schools/oakfield.yaml"],
        ),
        (
            "joiners: n/a (nobody asked)\n",
            ["pipeline.yaml:1: joiners: names no school; add one a line: - school: schools/oakfield.yaml"],
        ),
        ("schools: [a]\n", ["pipeline.yaml:1: schools: there is no such block; the blocks are: joiners"]),
        (
            "joiners:\n  - {schol: schools/oak.yaml}\n",
            [
                "pipeline.yaml:2: joiners[0].schol: there is no such entry; did you mean school?",
                "pipeline.yaml:2: joiners[0]: has no school; add school: The school's file, from this folder: "
                "schools/oakfield.yaml.",
            ],
        ),
        (
            "joiners:\n  - {school: schools/oak.yaml, joining: 2027-09-01}\n",
            [
                'pipeline.yaml:2: joiners[0].joining: "2027-09-01" is not a term; write autumn 2027, spring 2028 or summer 2028'
            ],
        ),
        (
            "joiners:\n  - {school: schools/oak.yaml, joining: n/a (not known)}\n",
            ["pipeline.yaml:2: joiners[0].joining: cannot be n/a; leave the line out"],
        ),
        (
            "joiners:\n  - school: schools/oak.yaml\n  - school: ./schools/../schools/oak.yaml\n",
            ["pipeline.yaml:3: joiners[1].school: is named twice (first on line 2); keep one of the two"],
        ),
        (
            "joiners:\n  - {school: schools/oak.yaml, not_with: [oka, oak]}\n",
            [
                'pipeline.yaml:2: joiners[0].not_with: there is no joiner "oka"; did you mean oak?',
                "pipeline.yaml:2: joiners[0].not_with: names the school itself; name another joiner",
            ],
        ),
        (
            "joiners:\n  - {school: schools/oak.yaml, not_with: n/a (none)}\n",
            ["pipeline.yaml:2: joiners[0].not_with: cannot be n/a; leave the line out"],
        ),
        (
            "joiners:\n  - school: trust.yaml\n  - school: pipeline.yaml\n",
            [
                'pipeline.yaml:2: joiners[0].school: "trust.yaml" is not a school file; name a school file',
                'pipeline.yaml:3: joiners[1].school: "pipeline.yaml" is not a school file; name a school file',
            ],
        ),
        (
            "joiners:\n  - school: schools\n",
            ['pipeline.yaml:2: joiners[0].school: "schools" is not a YAML file; name a school file, ending .yaml'],
        ),
        (
            "joiners:\n  - school: schools\\oak.yaml\n",
            [
                'pipeline.yaml:2: joiners[0].school: "schools\\oak.yaml" is not a path; write it with forward slashes: schools/oakfield.yaml'
            ],
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_line(text: str, told: list[str], here: Path) -> None:
    assert problems(here, text) == told


@pytest.mark.parametrize("path", ["../secret.yaml", "/etc/passwd.yaml", "schools/../../secret.yaml", "out/secret.yaml"])
def test_a_path_that_leads_out_of_the_folder_is_refused(path: str, here: Path, tmp_path: Path) -> None:
    (here / "out").symlink_to(tmp_path.parent)

    assert problems(here, f"joiners:\n  - school: {path}\n") == [
        f'pipeline.yaml:2: joiners[0].school: "{path}" leads out of the folder; '
        "put the school's file in the folder of pipeline.yaml"
    ]


def test_links_that_go_round_in_a_circle_are_refused(here: Path) -> None:
    (here / "round.yaml").symlink_to(here / "about.yaml")
    (here / "about.yaml").symlink_to(here / "round.yaml")

    assert len(problems(here, "joiners:\n  - school: round.yaml/oak.yaml\n")) == 1


def test_a_link_in_a_folder_that_leads_out_of_it_is_refused(here: Path) -> None:
    inner = here / "inner"
    inner.mkdir()
    (inner / "oak.yaml").symlink_to(here / "schools/oak.yaml")
    with pytest.raises(InputError) as error:
        read_pipeline(inner)

    assert "inner/oak.yaml: leads out of the folder; put the file itself there" in str(error.value)


def test_a_folder_that_holds_itself_is_walked_once(here: Path) -> None:
    (here / "schools/again").symlink_to(here)

    assert [j.name for j in read_pipeline(here).joiners] == ["ash", "elm", "oak"]


def test_a_huge_file_is_refused_before_it_fills_the_memory(here: Path) -> None:
    many = "joiners:\n" + "".join(f"  - school: schools/{n}.yaml\n" for n in range(10_000))
    assert problems(here, many) == ["pipeline.yaml:6667: has more than 20,000 entries; split the file"]

    assert problems(here, "joiners:\n" + "#" * 1_000_001) == [
        "pipeline.yaml: is larger than 1,000,000 bytes; split it or shorten it"
    ]


def test_entries_that_repeat_each_other_are_refused(here: Path) -> None:
    told = problems(here, "joiners: &a\n  - school: schools/oak.yaml\n  - *a\n")

    assert told[0] == "pipeline.yaml:1: &a names an entry; delete the name"


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    (tmp_path / "trust.yaml").touch()
    with pytest.raises(InputError, match="holds no school file; name another folder"):
        read_pipeline(tmp_path)
