"""What lies in a trust's folder of principles and would be passed over is told."""

from pathlib import Path

import pytest

from clpt_growth.files.shipped import shipped
from clpt_growth.files.unread import unread


def told(folder: Path) -> list[str]:
    return [str(problem).removeprefix(f"{folder.as_posix()}/") for problem in unread(folder, shipped("principles"))]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("rules.yml", "rules.yml: is not read; name it rules.yaml"),
        ("ours/pack.yml", "ours/pack.yml: is not read; name it pack.yaml"),
        ("ours/x01.yaml", "ours: has no pack.yaml, so nothing in it is read; add one: see docs/packs.md"),
        ("growth/x01.yaml", "growth: has no pack.yaml, so nothing in it is read; add one: see docs/packs.md"),
        ("datasets/ours.yml", "datasets/ours.yml: is not read; name it ours.yaml"),
    ],
)
def test_a_file_nobody_would_read_is_told(name: str, problem: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("id: x\n", "utf-8")
    assert told(tmp_path) == [problem]


def test_a_file_of_another_name_is_told_with_the_names_there_are(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("id: x\n", "utf-8")
    assert told(tmp_path) == [
        "pack.yaml: is not read; put it in a folder with a pack.yaml, or name it as one of: benchmarks.yaml, "
        "comparisons.yaml, demand.yaml, facts.yaml, rules.yaml, scan.yaml, sources.yaml"
    ]


def test_what_is_read_and_what_is_no_yaml_is_not_told(tmp_path: Path) -> None:
    for name in ("rules.yaml", "sources.yaml", "notes.txt", "ours/pack.yaml", "ours/x01.yaml", "datasets/ours.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("id: x\n", "utf-8")
    (tmp_path / "figures").mkdir()
    assert told(tmp_path) == []


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "principles").write_text("", "utf-8")
    assert [p.wrong for p in unread(tmp_path / "principles", shipped("principles"))] == ["is not a folder"]
