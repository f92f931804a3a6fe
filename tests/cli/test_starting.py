from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from clpt_growth.cli import checking, schemas, starting

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
