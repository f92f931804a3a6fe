import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from clpt_growth.cli import checking, schemas

EXAMPLES = Path(__file__).parents[2] / "examples"
app = typer.Typer()
for command in (checking.check, schemas.schema):
    app.command()(command)


def check(*words: object) -> Result:
    return CliRunner().invoke(app, ["check", *map(str, words), "--as-of", "2026-12-04"])


def test_the_examples_have_no_problems() -> None:
    result = check(EXAMPLES)
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_school_shows_its_evidence_and_the_gates_without() -> None:
    shown = check(EXAMPLES / "schools/kestrel-high.yaml").stdout
    assert "stage 1, first triage              43 of 43 facts" in shown
    assert "    D03   The vetting record is complete" in shown
    assert "    buildings.backlog_priority_1_to_3_gbp, 14 May 2024" in shown
    assert "NEXT  clpt-growth assess" in shown


def test_holders_are_counted_when_asked_for() -> None:
    shown = check(EXAMPLES / "schools/kestrel-high.yaml", "--by", "holder").stdout
    assert "by holder, fewest first" in shown
    assert "premises manager" in shown


def test_one_broken_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("a: [1\n")
    (tmp_path / "draft.yaml").write_text("intake: {free_meals_share: 41.2}\nfinance: {total_income_gbp: 5_000}\n")
    (tmp_path / "good.yaml").write_text("identity: {name: Oak}\n")
    result = check(tmp_path, "--format", "json")
    assert result.exit_code == 2
    assert "broken.yaml:" in result.stderr
    assert "draft.yaml:1: intake.free_meals_share: 41.2 is more than the whole" in " ".join(result.stderr.split())
    assert "2 problems in 2 files. Nothing was changed." in result.stderr
    files = {Path(f["file"]).name: f for f in json.loads(result.stdout)["files"]}
    assert files["broken.yaml"]["evidence"] is None
    assert files["draft.yaml"]["evidence"]["stages"]["1"]["evidenced"] == 1
    assert files["good.yaml"]["problems"] == []


def test_files_that_are_something_else_are_named_plainly(tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_text("x")
    (tmp_path / "compose.yml").write_text("services: {}\n")
    result = check(tmp_path / "letter.docx", tmp_path / "compose.yml", tmp_path / "missing.yaml")
    told = " ".join(result.stderr.split())
    assert result.exit_code == 2
    assert "letter.docx: is not a YAML file" in told
    assert "compose.yml: has no block of a school or trust file" in told
    assert "missing.yaml: there is no such file" in told
    assert "3 problems in 3 files" in told


def test_a_broken_trust_file_beside_the_school_is_pointed_at(tmp_path: Path) -> None:
    (tmp_path / "trust.yaml").write_text("identity: {nme: Ours}\n")
    (tmp_path / "oak.yaml").write_text("identity: {name: Oak}\n")
    result = check(tmp_path / "oak.yaml")
    assert result.exit_code == 0
    assert "trust.yaml, beside it, has problems of its own (1)" in result.stderr


def test_a_trusts_own_broken_principles_are_told_and_the_school_is_still_read(tmp_path: Path) -> None:
    (tmp_path / "trust.yaml").write_text("identity: {name: Ours}\n")
    (tmp_path / "principles").mkdir()
    (tmp_path / "principles/facts.yaml").write_text("areas: [{id: x}]\n")
    (tmp_path / "oak.yaml").write_text("identity: {name: Oak}\n")
    result = check(tmp_path / "oak.yaml")
    assert result.exit_code == 2
    assert "facts.yaml" in result.stderr
    assert "oak.yaml (school file)" in " ".join(result.stdout.split())


def test_terminal_controls_in_a_file_do_not_reach_the_screen(tmp_path: Path) -> None:
    (tmp_path / "oak.yaml").write_text('"identity\\e[31m": {name: Oak}\nroll: {}\n')
    result = check(tmp_path / "oak.yaml")
    assert "\x1b" not in result.stderr + result.stdout


@pytest.mark.parametrize("words", [["--by", "size"], ["--format", "xml"]])
def test_an_unknown_word_is_refused_with_the_known_ones(words: list[str]) -> None:
    result = check(EXAMPLES, *words)
    assert result.exit_code == 2
    assert "is not one of the answers; write one of:" in result.stderr
