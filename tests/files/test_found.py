from pathlib import Path

import pytest

from clpt_growth.files.found import files_meant, kind_of_file, refuse_other_kinds
from clpt_growth.files.problems import InputError
from clpt_growth.files.yaml_text import node_from
from clpt_growth.model.dictionary import Dictionary


def made(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("identity:\n")


def test_without_a_name_it_is_the_trust_and_the_schools_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, "schools/b.yaml", "schools/a.yml", "schools/notes.txt", "trust.yaml", "other.yaml")
    monkeypatch.chdir(tmp_path)
    assert files_meant([]) == (Path("trust.yaml"), Path("schools/a.yml"), Path("schools/b.yaml"))


def test_a_folder_is_walked_without_what_is_not_a_case(tmp_path: Path) -> None:
    made(
        tmp_path,
        "trust.yaml",
        "a.yaml",
        "in/b.yaml",
        "pipeline.yaml",
        ".hidden/c.yaml",
        "principles/growth/p.yaml",
    )
    found = [path.relative_to(tmp_path).as_posix() for path in files_meant([tmp_path])]
    assert found == ["trust.yaml", "a.yaml", "in/b.yaml"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    made(tmp_path, "a.yaml")
    assert files_meant([tmp_path / "a.yaml", tmp_path]) == (tmp_path / "a.yaml",)


def test_an_empty_folder_says_how_to_start(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no school or trust file; name one, or start with: clpt-growth init"):
        files_meant([tmp_path])


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("trust.yaml", "roll: {}", "trust"),
        ("ours.yaml", "academies: []\nidentity: {}", "trust"),
        ("oak.yaml", "identity: {}\nroll: {}", "school"),
        ("oak.yaml", "identity: {}", "school"),
        ("oak.yaml", "financ: {}", "school"),
    ],
)
def test_the_blocks_tell_a_trust_from_a_school(name: str, text: str, kind: str, shipped_dictionary: Dictionary) -> None:
    assert kind_of_file(Path(name), node_from(text, name), shipped_dictionary) == kind


def test_another_programs_yaml_is_named_plainly(shipped_dictionary: Dictionary) -> None:
    with pytest.raises(InputError, match="has no block of a school or trust file"):
        kind_of_file(Path("compose.yml"), node_from("services: {}", "compose.yml"), shipped_dictionary)


def test_a_word_file_is_not_read_as_yaml(tmp_path: Path) -> None:
    made(tmp_path, "oak.docx")
    with pytest.raises(InputError, match=r"oak\.docx: is not a YAML file; name a school or trust file"):
        refuse_other_kinds(tmp_path / "oak.docx")


def test_the_pipeline_file_is_sent_to_its_own_command() -> None:
    with pytest.raises(InputError, match="is not a school or trust file; name one of those"):
        refuse_other_kinds(Path("pipeline.yaml"))
