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
    assert "stage 1, first triage              44 of 44 facts" in shown
    assert "    D03   The single central record is complete" in shown
    assert "    buildings.backlog_priority_1_to_3_gbp, 14 May 2024" in shown
    assert "NEXT  clpt-growth assess" in shown


# The head of Kestrel's list of needs.
WHOLE = "dated: 2026-10-21\n  verified: document seen\n  entries: 7\n"


def kestrel_with(folder: Path, was: str, now: str) -> Path:
    """The Kestrel example beside its trust, with one thing changed."""
    text = (EXAMPLES / "schools/kestrel-high.yaml").read_text(encoding="utf-8")
    assert text.count(was) == 1
    (folder / "trust.yaml").write_bytes((EXAMPLES / "trust.yaml").read_bytes())
    (folder / "kestrel.yaml").write_text(text.replace(was, now), encoding="utf-8")
    return folder / "kestrel.yaml"


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [
        ("interim head's note\n  dated: 2026-11-11", "interim head's note\n  dated: 2026-12-05",
         "help_already_paid_for: dated 5 December 2026, after the day of this check; correct the date, or check at a "
         "later day"),
        ("state: given, decided_on: 2026-06-18", "state: given, decided_on: 2026-12-05",
         "consents: 1 entry of the list dated 5 December 2026, after the day of this check; correct the date, or check "
         "at a later day"),
        (WHOLE, WHOLE.replace("  entries: 7\n", ""),
         "needs: the list is not said to be whole; list every entry under records:, and write entries: with how many "
         "there are in all"),
        (WHOLE, WHOLE.replace("7", "8"),
         "needs: the list is not said to be whole; list every entry under records:, and write entries: with how many "
         "there are in all"),
    ],
)  # fmt: skip
def test_what_is_written_and_does_not_count_is_named(was: str, now: str, words: str, tmp_path: Path) -> None:
    result = check(kestrel_with(tmp_path, was, now))
    shown = " ".join(result.stdout.split())
    assert result.exit_code == 0
    assert f"written, and not counted 1 fact {words}" in shown


def test_a_school_already_in_the_trust_is_a_problem(tmp_path: Path) -> None:
    result = check(kestrel_with(tmp_path, '  urn: "999101"', '  urn: "999011"'))
    assert result.exit_code == 2
    told = " ".join(result.stderr.split())
    assert "identity.urn: 999011 is the number of Ashdale Primary School, which is already in the trust" in told


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


def test_check_tells_each_sum_in_the_books_that_is_out_at_its_line(tmp_path: Path) -> None:
    was = "in_year_balance_gbp: -411_000, reserve_gbp: -1_524_000"
    result = check(kestrel_with(tmp_path, was, "in_year_balance_gbp: -11_000, reserve_gbp: -1_124_000"))
    told = " ".join(result.stderr.split())

    assert result.exit_code == 2
    assert (
        "kestrel.yaml:275: budget.2026-27: income 5,760,000 less spending 6,171,000 is -411,000, and "
        "the balance given is -11,000; correct one of the three"
    ) in told
    assert "kestrel.yaml:276: budget.2027-28: a reserve of -1,124,000 the year before" in told
    assert "(school file), counting the lines named above as they stand" in " ".join(result.stdout.split())
    assert "could be read" not in result.stdout


def test_check_tells_of_accounts_that_differ_from_the_budget(tmp_path: Path) -> None:
    result = check(kestrel_with(tmp_path, "revenue_reserve_gbp: -1_113_000", "revenue_reserve_gbp: 13_000"))

    assert (
        "kestrel.yaml:239: finance.revenue_reserve_gbp: is 13,000, and the budget's reserve at the end of 2025-26 is "
        "-1,113,000; correct one of the two: both are of one year end"
    ) in " ".join(result.stderr.split())


def test_check_tells_of_a_trust_forecast_that_does_not_add_up(tmp_path: Path) -> None:
    text = (EXAMPLES / "trust.yaml").read_text(encoding="utf-8")
    assert "in_year_gbp: 241_000" in text
    (tmp_path / "trust.yaml").write_text(text.replace("in_year_gbp: 241_000", "in_year_gbp: 141_000"), encoding="utf-8")
    result = check(tmp_path / "trust.yaml")

    assert result.exit_code == 2
    assert (
        "trust.yaml:263: finance_forecast.2027-28: a reserve of 3,092,000 the year before and a balance of 141,000 "
        "come to 3,233,000, and the reserve given is 3,333,000; correct one of the three"
    ) in " ".join(result.stderr.split())


def test_check_tells_of_governors_that_do_not_add_up_now_or_as_proposed(tmp_path: Path) -> None:
    now = check(kestrel_with(tmp_path, "  parent_governors_count: 3", "  parent_governors_count: 9"))
    assert "governance.governors_count: is 11, and its seats by kind come to 16; correct the one or the others" in (
        " ".join(now.stderr.split())
    )
    proposed = check(kestrel_with(tmp_path, "  trust_appointed_count: 5", "  trust_appointed_count: 4"))
    assert (now.exit_code, proposed.exit_code) == (2, 2)
    assert "local_body.seats_proposed_count: is 9, and its seats by kind come to 8;" in (
        " ".join(proposed.stderr.split())
    )


def test_check_tells_of_a_number_that_cannot_be_right(tmp_path: Path) -> None:
    result = check(kestrel_with(tmp_path, "  pupils_count: 738\n", "  pupils_count: 7_380\n"))

    assert result.exit_code == 2
    assert "(school file), counting only the lines that could be read" in " ".join(result.stdout.split())
    assert 'roll.pupils_count: "7_380" is more than can be right; check the digits, and write 6000 or less' in " ".join(
        result.stderr.split()
    )
