import csv
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import typer
from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

from clpt_growth.cli import scanning
from opendata.downloads import put, school

app = typer.Typer()
app.command()(scanning.scan)
app.command(name="other")(lambda: None)
TRUST = 'identity: {name: Invented Trust}\nacademies:\n  records:\n    - {name: Home, urn: "999001", phase: primary}\n'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    rows = [
        school("999001", Easting="500000"),
        school("999002", Easting="503000", EstablishmentName="=Oak"),
        school("999003", Easting="600000", **{"PhaseOfEducation (name)": "Secondary", "StatutoryHighAge": "16"}),
    ]
    put(tmp_path / "data", "edubasealldata20250901.csv", "gias-full", rows, encoding="cp1252")
    put(
        tmp_path / "data", "2023-24_abs.csv", "absence-2022-23", [{"URN": "999002", "PERCTOT": "6", "PPERSABS10": "30"}]
    )
    (tmp_path / "trust.yaml").write_text(TRUST)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["scan", "--data", "data", "--as-of", "2026-12-04", *words])


def test_the_list_says_what_it_is_what_it_rests_on_and_what_is_not_known(here: Path) -> None:
    shown = run("--within", "50")
    assert shown.exit_code == 0, shown.stderr
    assert shown.stdout.startswith("SCAN of 2 open state schools at 2026-12-04\nA long-list for a conversation")
    assert "  2023-24_abs.csv: Pupil absence, performance tables, 2023-24\n" in shown.stdout
    assert "999002  =Oak\n  primary, community, Fenshire, 1.9 miles from URN 999001\n" in shown.stdout
    assert "  Absence    overall absence 6%; persistent absence 30%  [D34 not met]\n" in shown.stdout
    assert (
        "  Finance    not known: in-year balance as a share of income, revenue reserve as a share of income"
        in shown.stdout.replace("\n             ", " ")
    )
    assert shown.stdout.endswith("\n1 school listed.\n")


def schema() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((files("clpt_growth.papers") / "schemas" / "scan.v1.json").read_text("utf-8"))
    return content


def test_the_published_json_is_what_its_schema_says(here: Path) -> None:
    Draft202012Validator.check_schema(schema())
    for words in ([], ["--phase", "primary"], ["--need", "absence", "--authority", "Fenshire"], ["--within", "0"]):
        content = json.loads(run("--format", "json", *words).stdout)
        assert [e.message for e in Draft202012Validator(schema()).iter_errors(content)] == []
    assert any("'extra' was unexpected" in e.message for e in Draft202012Validator(schema()).iter_errors({"extra": 1}))


def test_the_published_json_gives_every_fact_with_its_source(here: Path) -> None:
    content = json.loads(run("--format", "json", "--phase", "primary").stdout)
    assert (content["schema"], content["considered"], content["trust"]["name"]) == (
        "clpt-growth/scan/v1",
        2,
        "Invented Trust",
    )
    (listed,) = content["schools"]
    known = {f["fact"]: f for t in listed["topics"] for f in t["known"]}
    assert known["school.roll.occupancy_share"]["value"] == 0.9
    assert known["school.roll.occupancy_share"]["source"] == (
        "Get Information about Schools, 2025-09-01, column 'NumberOfPupils'; "
        "Get Information about Schools, 2025-09-01, column 'SchoolCapacity'"
    )
    assert [f for f in known.values() if not f["source"]] == []
    assert {"fact": "school.finance.in_year_share", "why": "no table gives it"} in listed["topics"][-1]["not_known"]


def test_csv_has_a_line_a_school_and_runs_no_formula(here: Path) -> None:
    rows = list(csv.DictReader(run("--format", "csv").stdout.splitlines()))
    assert [r["urn"] for r in rows] == ["999002", "999003"]
    assert rows[0]["name"] == "'=Oak"
    assert (rows[0]["attendance.persistent_absence_share"], rows[0]["D34"]) == ("0.3", "not met")
    assert rows[1]["attendance.persistent_absence_share"] == ""
    assert "attendance.persistent_absence_share: no table gives it" in rows[1]["not_known"]


def test_a_list_goes_to_a_file_whole_or_not_at_all(here: Path) -> None:
    assert run("--format", "csv", "--to", "list.csv").exit_code == 0
    assert len((here / "list.csv").read_text(encoding="utf-8").splitlines()) == 3
    again = run("--to", "list.csv")
    assert (again.exit_code, "is already there" in again.stderr) == (2, True)
    assert [p.name for p in here.iterdir() if p.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--phase", "secondry"], '--phase: "secondry" is not one of the answers'),
        (
            ["--need", "intake"],
            '--need: "intake" is not one of the answers; write one of: inspection, absence, places, finance',
        ),
        (["--format", "md"], '--format: "md" is not one of the answers'),
    ],
)
def test_an_option_that_cannot_be_right_is_refused(words: list[str], told: str, here: Path) -> None:
    shown = run(*words)
    assert shown.exit_code == 2
    assert told in shown.stderr


def test_a_trusts_own_topics_are_used_and_their_faults_told(here: Path) -> None:
    (here / "principles").mkdir()
    own = here / "principles/scan.yaml"
    own.write_text(
        "version: 1\nsays: Ours.\ntopics:\n  - {id: rolls, title: Rolls, shows: [school.roll.pupils_count], lines: [D31]}\n"
    )
    shown = run("--need", "rolls")
    assert "\nOurs.\n" in shown.stdout
    own.write_text(
        "version: 1\nsays: Ours.\ntopics:\n  - {id: rolls, title: Rolls, shows: [school.roll.pupil_count], lines: [D99]}\n"
    )
    shown = run()
    assert shown.exit_code == 2
    assert 'there is no fact "school.roll.pupil_count"; did you mean school.roll.pupils_count?' in shown.stderr
    assert "there is no principle D99" in shown.stderr


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Fenshier", '--authority: "Fenshier" is no council in the register; did you mean Fenshire?'),
        ("Narnia", '"Narnia" is no council in the register; write the council\'s name as the register has it'),
    ],
)
def test_a_council_the_register_does_not_name_is_refused_and_finds_nobody(here: Path, name: str, told: str) -> None:
    result = run("--authority", name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert run("--authority", "FENSHIRE").exit_code == 0


@pytest.mark.parametrize("miles", ["nan", "inf", "1e999"])
def test_a_distance_that_is_no_number_is_refused(here: Path, miles: str) -> None:
    result = run("--within", miles)
    assert result.exit_code == 2
    assert "--within: is not a distance; give a number of miles, such as 15" in result.stderr


def test_a_register_with_a_header_and_no_rows_is_refused(here: Path) -> None:
    put(here / "data", "edubasealldata20250901.csv", "gias-full", [], encoding="cp1252")
    result = run()
    assert result.exit_code == 2
    assert "--data: holds a register without a school in it; download the register again" in result.stderr
