import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from clpt_growth.cli import checking, schemas

app = typer.Typer()
for command in (checking.check, schemas.schema):
    app.command()(command)


def schema(*words: str) -> Result:
    return CliRunner().invoke(app, ["schema", *words])


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ([], "A school file"),
        (["school"], "A school file"),
        (["trust"], "A trust file"),
        (["pipeline"], "A pipeline file"),
        (["principle"], "A principle file"),
    ],
)
def test_a_schema_is_printed_as_json(words: list[str], title: str) -> None:
    assert json.loads(schema(*words).stdout)["title"].startswith(title)


def test_all_schemas_are_written_to_a_folder_and_never_over_others(tmp_path: Path) -> None:
    assert schema("--to", str(tmp_path / "s")).exit_code == 0
    assert sorted(p.name for p in (tmp_path / "s").iterdir()) == [
        "pipeline.json",
        "principle.json",
        "school.json",
        "trust.json",
    ]
    again = schema("--to", str(tmp_path / "s"))
    assert again.exit_code == 2
    assert "already holds school.json, trust.json, pipeline.json, principle.json" in again.stderr
    assert schema("--to", str(tmp_path / "s"), "--overwrite").exit_code == 0


def test_an_unknown_kind_is_refused() -> None:
    told = schema("pupil")
    assert told.exit_code == 2
    assert 'KIND: "pupil" is not one of the answers; write one of: school, trust, pipeline, principle' in told.stderr


def test_a_trusts_own_facts_are_in_its_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "trust.yaml").write_text("identity:\n")
    (tmp_path / "principles").mkdir()
    (tmp_path / "principles/facts.yaml").write_text(
        "areas:\n  - id: chapel\n    subject: school\n    title: Chapel\n    facts:\n"
        "      seats_count: {kind: count, label: seats, meaning: Seats in the chapel.}\n"
    )
    monkeypatch.chdir(tmp_path)
    assert "seats_count" in json.loads(schema("school").stdout)["properties"]["chapel"]["properties"]


def test_printing_a_schema_loads_nothing_heavy() -> None:
    code = (
        "import sys; from clpt_growth.cli.schemas import schema; schema('school', None, False); "
        "heavy = {'pydantic', 'jinja2', 'yaml', 'rich', 'jsonschema'}; "
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
