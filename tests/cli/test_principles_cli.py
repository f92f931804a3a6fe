"""`explain` and `principles` as a person runs them."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from clpt_growth.cli.app import app_with

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    shutil.copytree(EXAMPLES, tmp_path / "ours")
    return tmp_path / "ours"


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "clpt_growth", *words],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr
    assert "\x1b" not in done.stdout + done.stderr
    return done


@pytest.mark.parametrize("id_", ["P05", "p5"])
def test_a_principle_explains_itself_without_a_workspace(id_: str, tmp_path: Path) -> None:
    done = run(tmp_path, "explain", id_)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("P05  Improvement capacity.")
    assert "WORKED EXAMPLES (run as tests)" in done.stdout


def test_with_a_case_it_says_how_it_came_out(here: Path) -> None:
    done = run(here, "explain", "D03", "--case", "schools/kestrel-high.yaml", "--as-of", "2026-12-04")
    assert done.returncode == 0
    assert "THIS CASE      Not evidenced\n" in done.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("P6",), 'explain: there is no principle "P6"; did you mean P06'),
        (("zebra",), 'there is no principle "zebra"; see them all: clpt-growth principles list'),
        (
            ("P05", "--case", "none.yaml"),
            "none.yaml: there is no such file; the folder holds: pipeline.yaml, trust.yaml",
        ),
        (("P05", "--case", "schools"), "schools: is a folder; name a file in it"),
        (("P05", "--as-of", "soon"), '--as-of: "soon" is not a date'),
        ((), "Missing argument 'ID'"),
    ],
)
def test_what_is_wrong_is_told_in_plain_words(
    words: tuple[str, ...], told: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(here)
    done = CliRunner().invoke(app_with(), ["explain", *words])
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in done.stderr


def test_the_list_names_every_principle(tmp_path: Path) -> None:
    done = run(tmp_path, "principles", "list")
    assert (done.returncode, done.stderr) == (0, "")
    assert "GROWTH 1.1.0: 29 statements, 47 tests\n" in done.stdout
    assert "  P05   gate       Improvement capacity\n" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_the_list_as_json_and_as_a_page(tmp_path: Path) -> None:
    content = json.loads(run(tmp_path, "principles", "list", "--format", "json").stdout)
    assert content["schema"] == "clpt-growth/principles/v1"
    page = run(tmp_path, "principles", "list", "--format", "md").stdout
    assert page.startswith("# The principles\n")
    assert "\n### P05. Improvement capacity\n" in page


def test_a_format_there_is_not_is_refused(tmp_path: Path) -> None:
    done = run(tmp_path, "principles", "list", "--format", "csv")
    assert (done.returncode, done.stdout) == (2, "")
    assert '--format: "csv" is not one of the answers; write one of: text, json, md' in done.stderr


def test_the_shipped_packs_hold_together(tmp_path: Path) -> None:
    done = run(tmp_path, "principles", "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "the structure is right." in done.stdout


def test_every_worked_example_comes_out_as_written(tmp_path: Path) -> None:
    done = run(tmp_path, "principles", "test")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("worked examples run, 0 came out differently.\n")


def test_a_trusts_own_broken_pack_is_told_with_its_line(here: Path) -> None:
    (here / "principles/ours").mkdir(parents=True)
    (here / "principles/ours/pack.yaml").write_text("id: ours\nowner: us\n\tversion: 1\n", encoding="utf-8")
    done = run(here, "principles", "check")
    assert (done.returncode, done.stdout) == (2, "")
    assert "pack.yaml:3: starts with a tab" in done.stderr


def test_a_trusts_own_column_that_fits_no_table_is_told(here: Path) -> None:
    (here / "principles/datasets").mkdir(parents=True)
    (here / "principles/datasets/absence.yaml").write_text(
        "adds_to: absences\ncolumns:\n  overall: [RATE]\n", encoding="utf-8"
    )
    done = run(here, "principles", "check")
    assert (done.returncode, done.stdout) == (2, "")
    assert "absence.yaml:1: " in done.stderr
    assert "absences" in done.stderr


def test_a_principle_the_trust_dropped_is_told_with_its_reason(here: Path) -> None:
    (here / "principles/ours").mkdir(parents=True)
    dropped = "drop:\n  - {id: P29c, reason: The board uses its own figures.}\n"
    head = f'id: ours\nowner: Us\ntitle: Ours\nversion: "1"\nextends: growth\n{dropped}'
    (here / "principles/ours/pack.yaml").write_text(head, "utf-8")
    done = run(here, "explain", "p29c")
    assert done.returncode == 2
    assert "explain: P29C was dropped: The board uses its own figures; see what changed" in done.stderr
