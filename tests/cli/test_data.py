import csv
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from clpt_growth.cli.data import app as data_app
from opendata.downloads import put, school

app = typer.Typer()
app.add_typer(data_app, name="data")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["data", *words])


def test_the_list_says_what_each_file_is_and_what_it_can_fill(here: Path) -> None:
    put(here / "data", "2022-23_abs.csv", "absence-2022-23", [{"URN": "999001"}, {"URN": "999002"}, {"LA": "NAT"}])
    (here / "data/error.csv").write_text("<html>404</html>")
    shown = run("list", "data")
    assert shown.exit_code == 0
    words = " ".join(shown.stdout.split())
    assert "2022-23_abs.csv Pupil absence, performance tables (Department for Education), 2022-23: 2 schools." in words
    assert (
        "Can fill: overall absence, persistent absence, year of the persistent absence and absence in past years."
        in words
    )
    assert "error.csv: is a web page, not a table; the download failed: fetch the file again" in words
    assert max(map(len, shown.stdout.splitlines())) <= 80


def test_a_table_without_its_year_is_named_and_not_used(here: Path) -> None:
    put(here / "data", "abs.csv", "absence-2022-23", [{"URN": "999001"}])
    shown = run("list", "data")
    words = " ".join(shown.stdout.split())
    assert "Not used: its year is not known: put it in the file's name, such as 2024-25." in words
    assert "Can fill" not in shown.stdout


def test_a_header_known_from_documents_only_says_so(here: Path) -> None:
    put(here / "data", "2021-22.csv", "school-information", [])
    assert "Its header is known from documents only." in " ".join(run("list", "data").stdout.split())


def test_the_list_as_csv_has_one_line_a_table_and_runs_no_formula(here: Path) -> None:
    put(here / "data", "=1+1_2022-23.csv", "absence-2022-23", [{"URN": "999001"}])
    lines = run("list", "data", "--format", "csv").stdout.splitlines()
    assert lines[0].startswith("file,dataset,publisher,vintage,holds,entries,header,fills")
    assert lines[1].startswith("'=1+1_2022-23.csv,absence,Department for Education,2022-23,schools,1,seen,school.att")


@pytest.mark.parametrize(
    ("make", "told"),
    [("", "nowhere: is not a folder"), ("nowhere", "nowhere: holds no CSV, Excel or ZIP file")],
)
def test_a_folder_without_downloads_is_a_problem(make: str, told: str, here: Path) -> None:
    if make:
        (here / make).mkdir()
    shown = run("list", "nowhere")
    assert shown.exit_code == 2
    assert told in shown.stderr


def test_a_trusts_own_names_for_a_column_are_used(here: Path) -> None:
    put(here / "data", "2026-27.csv", "absence-2022-23", [{"URN": "999001"}], renamed={"PERCTOT": "ABSENCE_RATE"})
    assert "is nearest to Pupil absence" in run("list", "data").stdout
    (here / "trust.yaml").write_text("identity:\n  name: Invented Trust\n")
    (here / "principles/datasets").mkdir(parents=True)
    (here / "principles/datasets/absence-2027.yaml").write_text(
        "adds_to: absence\ncolumns:\n  overall: [ABSENCE_RATE]\n"
    )
    assert "2026-27.csv\n  Pupil absence, performance tables" in run("list", "data").stdout


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("adds_to: absense\ncolumns: {overall: [X]}\n", "x.yaml:1: adds_to: there is no dataset \"absense\"; did you mean absence?"),
        ("id: mine\ntitle: Mine\n", "x.yaml:1: publisher: is missing; add it"),
    ],
)  # fmt: skip
def test_a_fault_in_a_trusts_own_dataset_is_told_with_its_line(file: str, told: str, here: Path) -> None:
    put(here / "data", "2022-23.csv", "absence-2022-23", [])
    (here / "trust.yaml").write_text("identity:\n  name: Invented Trust\n")
    (here / "principles/datasets").mkdir(parents=True)
    (here / "principles/datasets/x.yaml").write_text(file)
    shown = run("list", "data")
    assert shown.exit_code == 2
    assert told in shown.stderr


@pytest.fixture
def many(here: Path) -> Path:
    """Twelve primary schools of one region, one of them special."""
    rows = [school(str(999_000 + n)) for n in range(1, 13)]
    rows.append(school("999013", **{"TypeOfEstablishment (name)": "Community special school"}))
    put(here / "data", "edubasealldata20250901.csv", "gias-full", rows, encoding="cp1252")
    census = [
        {"URN": str(999_000 + n), "NOR": str(180 + n), "NUMFSM": "40", "PSENELSE": "3%", "PSENELK": "12%"}
        for n in range(1, 14)
    ]
    put(here / "data", "2024-25_census.csv", "census-2022-23", census)
    absent = [{"URN": str(999_000 + n), "PERCTOT": str(4 + n / 10), "PPERSABS10": str(10 + n)} for n in range(1, 13)]
    put(here / "data", "2023-24_abs.csv", "absence-2022-23", absent)
    return here


def test_benchmarks_show_how_schools_spread_with_how_many_there_are(many: Path) -> None:
    shown = run("benchmarks", "data")
    assert shown.exit_code == 0, shown.stderr
    assert shown.stdout.startswith("BENCHMARKS of 13 open state schools\n")
    assert "  2023-24_abs.csv: Pupil absence, performance tables, 2023-24\n" in shown.stdout
    assert "\nPrimary: 12 schools\n" in shown.stdout
    line = next(line for line in shown.stdout.splitlines() if line.startswith("  Persistent absence"))
    assert line.split()[2:] == ["12", "12.1%", "13.8%", "16.5%", "19.3%", "20.9%"]
    assert "Special:" not in shown.stdout


def test_benchmarks_as_csv_keep_their_figures(many: Path) -> None:
    rows = list(csv.DictReader(run("benchmarks", "data", "--format", "csv").stdout.splitlines()))
    one = next(
        r for r in rows if r["measure"] == "persistent-absence" and not r["pupils_from"] and not r["free_meals_from"]
    )
    assert (one["group"], one["schools"], one["n"], one["q50"]) == ("Primary", "12", "12", "0.165")


def test_one_school_is_placed_among_those_like_it_with_method_and_number(many: Path) -> None:
    shown = run("benchmarks", "data", "--urn", "999001")
    assert shown.exit_code == 0, shown.stderr
    words = " ".join(shown.stdout.split())
    assert "weighted 0.5 for pupils, 0.4 for share on free meals and 0.1 for share with special needs" in words
    assert "Its own: pupils 181, share on free meals 22.1%, share with special needs 15%." in words
    assert "Schools: 12 schools, this one among them, each once." in words
    assert "Persistent absence 11% 16.5% 8% 12" in words
    assert "PHASE, REGION AND SIZE" in words
    assert "A place among others is no judgement and has no colour" in words
    assert [word for word in ("red", "amber", "green") if word in words.lower().split()] == []


def test_a_school_that_cannot_be_matched_says_why(many: Path) -> None:
    shown = run("benchmarks", "data", "--urn", "999013", "--by", "neighbours")
    assert "No comparison: no table gives its types of need." in shown.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--urn", "999099"], "URN 999099 is no open state school of the register"),
        (["--by", "magic"], '--by: "magic" is not one of the answers; write one of: neighbours, phase, both'),
    ],
)
def test_a_comparison_that_cannot_be_made_is_refused(words: list[str], told: str, many: Path) -> None:
    shown = run("benchmarks", "data", *words)
    assert shown.exit_code == 2
    assert told in shown.stderr
