import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from clpt_growth.files.blank import blank_file
from clpt_growth.files.schemas import schema_text, schemas
from clpt_growth.files.yaml_text import node_from, plain
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.rules import Library

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").rglob("*.yaml"))
PRINCIPLES = sorted(
    p
    for p in (ROOT / "principles").glob("*/*.yaml")
    if p.name[0] in "pjd" and p.name != "pack.yaml" and p.parent.name != "datasets"
)


class Yaml12(yaml.SafeLoader):
    """Scalars as an editor's YAML 1.2 takes them: only true, false, null and plain numbers are not text."""


Yaml12.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", list("-+.0123456789")),
):
    Yaml12.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)
Yaml12.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(node.value))

READERS: dict[str, Callable[[str], Any]] = {
    "own": lambda text: plain(node_from(text, "x.yaml")),
    "base": lambda text: yaml.load(text, yaml.BaseLoader),  # noqa: S506 - it makes nothing but text
    "editor": lambda text: with_text_keys(yaml.load(text, Yaml12)),  # noqa: S506 - a safe loader
}


def with_text_keys(tree: Any) -> Any:
    """JSON knows no other key than text."""
    if isinstance(tree, dict):
        return {str(key): with_text_keys(value) for key, value in tree.items()}
    return [with_text_keys(item) for item in tree] if isinstance(tree, list) else tree


@pytest.fixture(scope="module")
def made(shipped_library: Library) -> dict[str, Any]:
    return schemas(shipped_library)


def faults(schema: Any, text: str, reader: str) -> Iterator[str]:
    checker = jsonschema.Draft202012Validator(schema)
    for error in checker.iter_errors(READERS[reader](text)):
        yield f"{'.'.join(map(str, error.absolute_path))}: {error.message[:80]}"


@pytest.mark.parametrize("kind", ["school", "trust", "pipeline", "principle"])
def test_each_schema_is_a_schema(kind: str, made: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(made[kind])


@pytest.mark.parametrize("kind", ["school", "trust", "pipeline", "principle"])
def test_the_schemas_in_the_repository_are_current(kind: str, made: dict[str, Any]) -> None:
    written = (ROOT / "schema" / f"{kind}.json").read_text(encoding="utf-8")
    assert written == schema_text(made[kind]), "run: clpt-growth schema --to schema --overwrite"


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_every_example_file_fits_its_schema(path: Path, reader: str, made: dict[str, Any]) -> None:
    kind = path.stem if path.stem in ("trust", "pipeline") else "school"
    assert list(faults(made[kind], path.read_text(encoding="utf-8"), reader)) == []


@pytest.mark.parametrize("reader", READERS)
def test_every_shipped_principle_fits_its_schema(reader: str, made: dict[str, Any]) -> None:
    wrong = {p.name: f for p in PRINCIPLES if (f := list(faults(made["principle"], p.read_text("utf-8"), reader)))}
    assert wrong == {}
    assert len(PRINCIPLES) > 80


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("kind", ["school", "trust"])
def test_a_blank_file_fits_its_schema(
    kind: str, reader: str, made: dict[str, Any], shipped_dictionary: Dictionary
) -> None:
    assert list(faults(made[kind], blank_file(shipped_dictionary, kind), reader)) == []


RIGHT = [
    "finance: {total_income_gbp: 12_000}",
    "finance: {total_income_gbp: 12000}",
    "finance: {in_year_balance_gbp: -12_000}",
    "finance: {total_income_gbp: {low: 1, expected: 2, high: 3, source: budget}}",
    "finance: {total_income_gbp: {value: {low: 1, expected: 2, high: 3}}}",
    "finance: {cash_days: n/a (new school)}",
    "finance: {total_income_gbp: }",
    "finance:",
    "intake: {free_meals_share: 41.2%}",
    "intake: {free_meals_share: 0.412}",
    "intake: {free_meals_share: 0%, eal_share: 100%}",
    "identity: {sixth_form: yes}",
    "identity: {sixth_form: true}",
    "identity: {urn: 999101, opened_on: 1974-09-01}",
    "identity: {feeder_schools: Oak School}",
    "identity: {feeder_schools: [Oak School, Elm School]}",
    "identity: {phase: {value: primary, verified: document seen}}",
    "finance: {loans: n/a (none outstanding)}",
    "budget: {2026-27: {status: forecast}, source: return}",
    "budget: [{year: 2026-27, status: forecast}]",
    "contracts: {source: register, records: [{what: catering, annual_gbp: 1}]}",
    "roll: {pupils_count: 6000}",
    "roll: {pupils_count: {low: 1, expected: 2, high: 6000}}",
]
WRONG = [
    "finance: {total_income_gbp: n/a (new school)}",
    "finance: {total_income_gbp: {value: n/a (new school), source: head}}",
    "inspections: n/a (not found)",
    "identity: {phase: n/a (none)}",
    "finance: {total_income_gbp: 12k}",
    "finance: {total_income_gbp: 12.5}",
    "finance: {total_income_gbp: [1]}",
    "finance: {total_income_gbp: {low: 1, expected: 2}}",
    "finance: {total_income_gbp: {value: 1, sourc: x}}",
    "finance: {revenue_reserv_gbp: 1}",
    "finance: {in_year_share: 1%}",
    "finance: none",
    "intake: {free_meals_share: 41.2}",
    "identity: {opened_on: 1066-10-14}",
    "roll: {pupils_count: 6001}",
    "roll: {pupils_count: {value: 6001, source: census}}",
    "roll: {pupils_count: {low: 1, expected: 2, high: 6001}}",
    "roll: {pupils_count: {value: {low: 1, expected: 2, high: 6001}}}",
    "pupil_forecast: {2027-28: {school_count: 6001}}",
    "intake: {free_meals_share: 101%}",
    "intake: {free_meals_share: -1%}",
    "intake: {free_meals_share: n/a}",
    "identity: {name: n/a}",
    "identity: {phase: secondry}",
    "identity: {sixth_form: maybe}",
    "identity: {opened_on: 31/03/2026}",
    "identity: {opened_on: 2026-13-01}",
    "inspection: {category: none}",
    "inspections: [{framework: report card 2025}]",
    "inspections: [{framework: report card 2025, inspected_on: 2026-03-01, overal: good}]",
    "budget: {2026: {status: forecast}}",
    "contracts: {sorce: register, records: []}",
    "nonsense: 1",
    "- a list",
]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", RIGHT)
def test_every_form_a_person_may_write_is_accepted(text: str, reader: str, made: dict[str, Any]) -> None:
    assert list(faults(made["school"], text, reader)) == []


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", WRONG)
def test_an_editor_marks_what_the_reader_would_refuse(text: str, reader: str, made: dict[str, Any]) -> None:
    assert list(faults(made["school"], text, reader)) != []


def test_an_entry_carries_its_help(made: dict[str, Any]) -> None:
    entry = made["school"]["properties"]["finance"]["properties"]["total_income_gbp"]
    assert entry["title"] == "total income"
    assert "Write whole pounds, such as 4_120_000." in entry["description"]
    assert "Usually held by: school business manager." in entry["markdownDescription"]


def test_worked_out_facts_are_not_offered(made: dict[str, Any]) -> None:
    assert "inspection" not in made["school"]["properties"]
    assert "staff_cost_share" not in made["school"]["properties"]["finance"]["properties"]


def test_every_entry_of_a_principle_is_explained(made: dict[str, Any]) -> None:
    unexplained = [name for name, entry in made["principle"]["properties"].items() if not entry["description"]]
    assert unexplained == []


def test_a_change_to_a_shipped_principle_needs_only_what_it_changes(made: dict[str, Any]) -> None:
    assert list(faults(made["principle"], "{amends: P05, reason: board minute, weight: 2}", "editor")) == []
    assert list(faults(made["principle"], "{amends: P05, weight: 2}", "editor")) != []
    assert list(faults(made["principle"], "{id: X01}", "editor")) != []


def test_schemas_are_text_that_ends_in_a_line_break(made: dict[str, Any]) -> None:
    text = schema_text(made["trust"])
    assert text.endswith("}\n")
    assert json.loads(text) == made["trust"]
