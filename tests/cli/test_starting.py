from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from clpt_growth.cli import checking, schemas, starting
from opendata.downloads import put, school

EXAMPLES = Path(__file__).parents[2] / "examples"
app = typer.Typer()
for command in (starting.init, starting.new, checking.check, schemas.schema):
    app.command()(command)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def test_a_new_workspace_checks_without_a_problem(here: Path) -> None:
    assert run("init", "my-trust").exit_code == 0
    files = sorted(p.relative_to(here / "my-trust").as_posix() for p in here.rglob("*") if p.is_file())
    assert files == [
        "README.txt",
        "schema/pipeline.json",
        "schema/principle.json",
        "schema/school.json",
        "schema/trust.json",
        "schools/example.yaml",
        "trust.yaml",
    ]
    checked = run("check", "my-trust")
    assert (checked.exit_code, checked.stderr) == (0, "")


def test_init_leaves_what_is_there_as_it_is(here: Path) -> None:
    (here / "trust.yaml").write_text("identity: {name: Ours}\n")
    told = run("init", ".")
    assert told.exit_code == 0
    assert "Left as it is: trust.yaml" in told.stderr
    assert (here / "trust.yaml").read_text() == "identity: {name: Ours}\n"
    assert (here / "schools/example.yaml").is_file()


def test_new_names_the_file_after_the_school_and_keeps_what_was_said(here: Path) -> None:
    run("init", ".")
    told = run("new", "St Mary's Primary: Åsby", "--phase", "Primary", "--route", "sponsored", "--stage", "1")
    assert told.exit_code == 0
    text = (here / "schools/st-marys-primary-asby.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../schema/school.json\n")
    assert '  name: "St Mary\'s Primary: Åsby"\n' in text
    assert "  phase: primary\n" in text
    assert "  route: sponsored\n" in text
    assert "key_stage_4" not in text
    assert run("check", "schools/st-marys-primary-asby.yaml").exit_code == 0


def test_new_finds_the_schools_folder_from_inside_it(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("init", ".")
    monkeypatch.chdir(here / "schools")
    assert run("new", "Oak").exit_code == 0
    assert (here / "schools/oak.yaml").is_file()


def test_new_without_a_workspace_names_no_schema(here: Path) -> None:
    assert run("new", "oak.yaml").exit_code == 0
    assert "yaml-language-server" not in (here / "oak.yaml").read_text(encoding="utf-8")


def test_new_never_overwrites_unless_told_to(here: Path) -> None:
    (here / "oak.yaml").write_text("mine\n")
    told = run("new", "oak.yaml")
    assert told.exit_code == 2
    assert "oak.yaml: is already there; name another file, or add --overwrite" in told.stderr
    assert (here / "oak.yaml").read_text() == "mine\n"
    assert run("new", "oak.yaml", "--overwrite").exit_code == 0


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/b", "..\\x"])
def test_a_name_cannot_leave_the_schools_folder(name: str, here: Path) -> None:
    assert run("new", name).exit_code == 0
    assert [p.parent for p in here.rglob("*.yaml")] == [here / "schools"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["!!!"], 'NAME: "!!!" has no letters a file could be called by'),
        (["Mr John Smith"], "NAME: this looks like a person's name"),
        (["Oak", "--phase", "secondry"], '--phase: "secondry" is not one of the answers'),
        (["Oak", "--route", "x"], '--route: "x" is not one of the answers'),
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_is_written(words: list[str], told: str, here: Path) -> None:
    result = run("new", *words)
    assert result.exit_code == 2
    assert told in result.stderr
    assert list(here.iterdir()) == []


# From open data


@pytest.fixture
def data(here: Path) -> Path:
    rows = [
        school("999001", EstablishmentName="Åsby: St Mary's Primary"),
        school("999002", EstablishmentName="Mrs Zzyzx"),
    ]
    put(here / "data", "edubasealldata20250901.csv", "gias-full", rows, encoding="cp1252")
    put(here / "data", "2022-23_abs.csv", "absence-2022-23", [{"URN": "999001", "PERCTOT": "SUPP", "PPERSABS10": "9"}])
    graded = {"URN": "999001", "Inspection start date": "14/05/2024", "Overall effectiveness": "2"}
    put(here / "data", "mi_31_Aug_2025.csv", "ofsted-2025-08", [graded], encoding="cp1252")
    return here / "data"


def test_a_school_is_started_from_its_number_and_checks_without_a_problem(here: Path, data: Path) -> None:
    run("init", ".")
    told = run("new", "--urn", "999001", "--data", "data", "--route", "sponsored")
    assert told.exit_code == 0, told.stderr
    assert "Written: schools/asby-st-marys-primary.yaml" in told.stderr
    text = (here / "schools/asby-st-marys-primary.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../schema/school.json\n")
    assert "# - 2022-23_abs.csv: Pupil absence, performance tables, 2022-23\n" in text
    assert "    source: \"Get Information about Schools, 2025-09-01, column 'EstablishmentName'\"\n" in text
    assert "  # > Pupil absence, performance tables, 2022-23, column 'PERCTOT': suppressed\n" in text
    assert "  route: sponsored\n" in text
    checked = run("check", "schools/asby-st-marys-primary.yaml")
    assert (checked.exit_code, checked.stderr) == (0, "")


def test_what_is_published_is_kept_at_the_first_stage_too(here: Path, data: Path) -> None:
    assert run("new", "oak.yaml", "--urn", "999001", "--data", "data", "--stage", "1").exit_code == 0
    text = (here / "oak.yaml").read_text(encoding="utf-8")
    assert "  ukprn" not in text
    assert '  laestab:\n    value: "999/2001"\n' in text


def test_a_school_whose_name_could_be_a_persons_is_called_by_its_number(here: Path, data: Path) -> None:
    assert run("new", "--urn", "999002", "--data", "data").exit_code == 0
    assert (here / "schools/999002.yaml").is_file()
    assert "Zzyzx" not in (here / "schools/999002.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--urn", "999001"], "--data: is missing; name the folder with the downloads: --data data"),
        (["--urn", "12x", "--data", "data"], '--urn: "12x" is not a unique reference number; write its six figures'),
        (["--urn", "999009", "--data", "data"], "URN 999009: is in none of the tables of the folder"),
        ([], "NAME: is missing; name the school, or give its number: --urn URN --data DIR"),
    ],
)
def test_a_number_that_cannot_be_used_is_refused(words: list[str], told: str, here: Path, data: Path) -> None:
    result = run("new", *words)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not (here / "schools").exists()


def test_a_file_that_is_there_is_filled_further_and_differences_stand_side_by_side(here: Path, data: Path) -> None:
    (here / "oak.yaml").write_text("identity:\n  name: Oak   # ours\n  local_authority: Marshland\n", encoding="utf-8")
    told = run("new", "--urn", "999001", "--data", "data", "--into", "oak.yaml", "--take", "identity.local_authority")
    assert told.exit_code == 0, told.stderr
    assert (
        (here / "oak.yaml")
        .read_text(encoding="utf-8")
        .startswith("identity:\n  name: Oak   # ours\n  local_authority:\n")
    )
    assert "Different: 2 values; 1 kept as written in the file." in told.stderr
    assert (
        "  identity.name\n    in the file  Oak  <- kept\n    published    Åsby: St Mary's Primary  (Get Inf"
        in told.stderr
    )
    assert "    in the file  Marshland\n    published    Fenshire  (Get Information" in told.stderr
    assert run("check", "oak.yaml").exit_code == 0


def test_a_school_file_that_is_there_is_never_replaced_by_accident(here: Path, data: Path) -> None:
    (here / "oak.yaml").write_text("identity:\n  name: Oak\n")
    told = run("new", "oak.yaml", "--urn", "999001", "--data", "data")
    assert told.exit_code == 2
    assert "oak.yaml: is already there; fill it further with --into oak.yaml, or add --overwrite" in told.stderr
    assert (here / "oak.yaml").read_text() == "identity:\n  name: Oak\n"


def test_a_file_with_problems_is_not_filled(here: Path, data: Path) -> None:
    (here / "oak.yaml").write_text("identity:\n  phase: secondry\n")
    told = run("new", "--urn", "999001", "--data", "data", "--into", "oak.yaml")
    assert told.exit_code == 2
    assert 'oak.yaml:2: identity.phase: "secondry" is not one of the answers' in told.stderr
    assert (here / "oak.yaml").read_text() == "identity:\n  phase: secondry\n"


@pytest.fixture
def trust_data(data: Path) -> Path:
    links = {"URN": "999001", "Linked UID": "9901", "Group Name": "Invented Trust", "Group Type": "Multi-academy trust"}
    put(data, "grouplinks_20250901.csv", "gias-group-links", [links | {"Joined date": "01-09-2012"}], encoding="cp1252")
    return data


def test_a_trust_is_started_from_its_number_and_checks_without_a_problem(here: Path, trust_data: Path) -> None:
    told = run("new", "--trust", "9901", "--data", "data")
    assert told.exit_code == 0, told.stderr
    assert "1 academies" not in told.stderr
    assert "Not counted until you say on its line entries: how many there are in all: academies.\n" in told.stderr
    text = (here / "trust.yaml").read_text(encoding="utf-8")
    assert "    joined_on: 2012-09-01\n" in text
    assert run("check", "trust.yaml").exit_code == 0
    again = run("new", "--trust", "9901", "--data", "data")
    assert "trust.yaml: is already there; fill it further with --into trust.yaml" in again.stderr


def test_a_trust_file_that_is_there_is_filled_further(here: Path, trust_data: Path) -> None:
    run("init", ".")
    told = run("new", "--trust", "9901", "--data", "data", "--into", "trust.yaml")
    assert told.exit_code == 0, told.stderr
    assert "Filled: trust.yaml" in told.stderr
    assert run("check", "trust.yaml").exit_code == 0
    assert run("new", "--trust", "TR0001", "--data", "data").exit_code == 2
