"""A school and a trust beside each other: what neither file shows alone."""

from pathlib import Path

import pytest

from clpt_growth.files.cases import read_case
from clpt_growth.files.problems import InputError
from clpt_growth.model.dictionary import Dictionary
from make import AS_OF

TRUST = (
    "academies:\n  entries: 1\n  records:\n    - {{name: Oak Primary School, phase: primary, urn: {urn}}}\n"
    "identity:\n  name: Example Learning Trust\n"
)


def files(folder: Path, school: str, academy: str) -> tuple[Path, Path]:
    (folder / "school.yaml").write_text(f"identity:\n  name: Oak\n  urn: {school}\n")
    (folder / "trust.yaml").write_text(TRUST.format(urn=academy))
    return folder / "school.yaml", folder / "trust.yaml"


def test_a_school_already_in_the_trust_is_told_with_where_and_what_to_do(
    tmp_path: Path, shipped_dictionary: Dictionary
) -> None:
    school, trust = files(tmp_path, "999011", "999011")
    with pytest.raises(InputError) as told:
        read_case(school, trust, shipped_dictionary, as_of=AS_OF)
    assert [str(p) for p in told.value.problems] == [
        f"{school}:3: identity.urn: 999011 is the number of Oak Primary School, which is already in the trust ({trust}); "
        "correct the number here or in the trust file, or assess a school that has not joined"
    ]


@pytest.mark.parametrize(
    ("school", "academy"), [("999011", "999012"), ("n/a (not open yet)", "999012"), ("999011", ""), ("", "999012")]
)
def test_any_other_number_is_no_problem(
    school: str, academy: str, tmp_path: Path, shipped_dictionary: Dictionary
) -> None:
    assert read_case(*files(tmp_path, school, academy), shipped_dictionary, as_of=AS_OF).has_school


@pytest.mark.parametrize(
    ("school", "trust", "message"),
    [
        ("examples/trust.yaml", None, "is a trust file and not a school file; name a school file"),
        (None, "examples/schools/kestrel-high.yaml", "is a school file and not a trust file; name a trust file"),
    ],
)
def test_a_file_of_the_other_kind_is_told_in_one_line(
    school: str | None, trust: str | None, message: str, shipped_dictionary: Dictionary
) -> None:
    root = Path(__file__).parents[2]
    paths = [root / p if p else None for p in (school, trust)]
    with pytest.raises(InputError) as error:
        read_case(*paths, shipped_dictionary, as_of=AS_OF)

    assert [f"{p.wrong}; {p.todo}" for p in error.value.problems] == [message]
