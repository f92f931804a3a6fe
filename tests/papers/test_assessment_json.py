import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from clpt_growth.judging.assess import assess
from clpt_growth.model.fact import Fact, NotApplicable, Term
from clpt_growth.model.rules import Library
from clpt_growth.papers.assessment_json import assessment_json
from clpt_growth.papers.json_text import as_json, value_of
from clpt_growth.papers.principles_json import principles_json
from golden.rewrite import SCHOOLS, example
from make import case, fact

DESIGN_KEYS = [
    "candidate",
    "trust",
    "as_of",
    "packs",
    "inputs",
    "recommendation",
    "gates",
    "findings",
    "areas",
    "conditions",
    "risks",
    "capacity",
    "trust_after",
    "requests",
    "judgements",
]
FINDING_KEYS = [
    "id",
    "title",
    "area",
    "effect",
    "outcome",
    "evidence",
    "missing",
    "threshold",
    "margin",
    "action",
]
IDENTITY_ONLY = case({"school.identity.name": "Oak Primary School"})


def schema(kind: str) -> dict[str, Any]:
    place = files("clpt_growth.papers") / "schemas" / f"{kind}.v1.json"
    content: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def published(shipped_library: Library) -> Mapping[str, dict[str, Any]]:
    """Every example, an identity-only school and the trust alone, as a reader of the JSON meets them."""
    assessed = {school.stem: example(school, shipped_library) for school in SCHOOLS}
    assessed |= {
        "identity only": assess(IDENTITY_ONLY, shipped_library),
        "readiness": example(None, shipped_library),
    }
    return {name: json.loads(assessment_json(a)) for name, a in assessed.items()}


NAMES = (*(school.stem for school in SCHOOLS), "identity only", "readiness")


def faults(content: Any, kind: str) -> list[str]:
    return [
        f"{error.json_path}: {error.message[:200]}" for error in Draft202012Validator(schema(kind)).iter_errors(content)
    ]


@pytest.mark.parametrize("kind", ["assessment", "readiness", "principles", "pipeline", "pipeline-school"])
def test_each_schema_is_a_schema_of_its_draft(kind: str) -> None:
    Draft202012Validator.check_schema(schema(kind))
    assert schema(kind)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("kind", ["assessment", "readiness", "principles", "pipeline", "pipeline-school", "scan"])
def test_every_key_of_every_schema_is_described_in_a_sentence(kind: str) -> None:
    described = dict(_keys(schema(kind)))
    assert len(described) > 10
    assert [key for key, words in described.items() if not words.endswith(".") or not words[:1].isupper()] == []


def _keys(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, child in node.get("properties", {}).items():
            yield f"{path}/{key}", child.get("description", "")
        for key, child in node.items():
            yield from _keys(child, f"{path}/{key}")
    elif isinstance(node, list):
        for child in node:
            yield from _keys(child, path)


@pytest.mark.parametrize("kind", ["assessment", "readiness", "principles", "pipeline", "pipeline-school"])
def test_a_schema_refuses_a_key_it_does_not_know(kind: str) -> None:
    assert any("'extra' was unexpected" in fault for fault in faults({"extra": 1}, kind))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_published_is_what_its_schema_says(name: str, published: Mapping[str, dict[str, Any]]) -> None:
    kind = "readiness" if name == "readiness" else "assessment"
    assert published[name]["schema"] == f"clpt-growth/{kind}/v1"
    assert next(iter(published[name])) == "schema"
    assert faults(published[name], kind) == []


def test_the_principles_are_what_their_schema_says(shipped_library: Library) -> None:
    content = json.loads(principles_json(shipped_library))
    assert faults(content, "principles") == []
    assert {pack["id"]: len(pack["principles"]) for pack in content["packs"]} | {"growth": 47} == {
        pack.id: len(pack.principles) for pack in shipped_library.packs
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_promised_key_is_there(name: str, published: Mapping[str, dict[str, Any]]) -> None:
    wanted = [key for key in DESIGN_KEYS if key != "candidate" or name != "readiness"]
    assert [key for key in wanted if key not in published[name]] == []
    assert [f["id"] for f in published[name]["findings"] if not set(FINDING_KEYS) <= f.keys()] == []


@pytest.mark.parametrize("name", NAMES)
def test_all_47_growth_tests_have_an_outcome_and_say_what_they_rest_on(
    name: str, published: Mapping[str, dict[str, Any]], shipped_library: Library
) -> None:
    growth = [p.id for pack in shipped_library.packs if pack.id == "growth" for p in pack.principles]
    found = {f["id"]: f for f in published[name]["findings"]}
    assert len(growth) == 47
    assert [id_ for id_ in growth if id_ not in found or not found[id_]["outcome"]] == []
    decided = [found[id_] for id_ in growth if found[id_]["outcome"] in ("met", "partly met", "not met")]
    follows = {"P01", "P13"}
    assert [f["id"] for f in decided if not f["evidence"] and f["id"] not in follows and not f["judgement"]] == []


def test_nothing_is_met_where_nothing_is_in_evidence(published: Mapping[str, dict[str, Any]]) -> None:
    found = published["identity only"]["findings"]
    assert {f["outcome"] for f in found} <= {"not evidenced", "not applicable"}
    assert [f["id"] for f in found if f["outcome"] == "not evidenced" and not f["missing"]] == []


def test_a_missing_value_is_named_and_never_null(published: Mapping[str, dict[str, Any]]) -> None:
    for content in published.values():
        evidence = [e for f in content["findings"] for e in f["evidence"]]
        assert all(e["value"] is not None for e in evidence)
        for f in content["findings"]:
            assert not {e["fact"] for e in f["evidence"] if not e.get("derived_from")} & set(f["missing"]) - _records(f)


def _records(finding: dict[str, Any]) -> set[str]:
    """A list that is there, with a figure missing in it, is both in evidence and asked for."""
    return {e["fact"] for e in finding["evidence"] if isinstance(e["value"], list)}


def test_the_same_case_gives_the_same_bytes(shipped_library: Library) -> None:
    first, second = (assessment_json(example(SCHOOLS[0], shipped_library)) for _ in range(2))
    assert first == second
    assert first.endswith("}\n")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("0.0333333333"), 0.033333),
        (Decimal("4.000"), 4),
        (Decimal("-0.5"), -0.5),
        (True, True),
        (0, 0),
        (date(2026, 3, 31), "2026-03-31"),
        (Term(2027, 1), "spring 2028"),
        (NotApplicable("no sixth form"), {"not_applicable": "no sixth form"}),
        (("primary", "secondary"), ["primary", "secondary"]),
        (({"year": "2026-27", "income_gbp": 5},), [{"year": "2026-27", "income_gbp": 5}]),
    ],
)
def test_a_value_is_written_the_same_on_every_machine(value: Any, shown: Any) -> None:
    assert value_of(value) == shown
    assert type(value_of(value)) is type(shown)


def test_letters_stay_and_what_cannot_be_seen_is_written_as_its_number() -> None:
    hidden = "Å\u202e\u00ad\x1b\U000e0041"
    text = as_json({"name": hidden})
    assert text == '{\n  "name": "Å\\u202e\\u00ad\\u001b\\udb40\\udc41"\n}\n'
    assert json.loads(text) == {"name": hidden}


def test_a_range_shows_its_ends(shipped_library: Library) -> None:
    reserve: Fact = fact("school.finance.revenue_reserve_gbp", -5_000, low=-9_000, high=-1_000)
    given = case({"school.finance.revenue_reserve_gbp": reserve, "school.finance.total_income_gbp": 2_000_000})
    content = json.loads(assessment_json(assess(given, shipped_library)))
    seen = [e for f in content["findings"] for e in f["evidence"] if e["fact"] == "school.finance.revenue_reserve_gbp"]
    assert seen[0] == {
        "fact": "school.finance.revenue_reserve_gbp",
        "value": -5_000,
        "low": -9_000,
        "high": -1_000,
        "source": None,
        "dated": None,
        "verified": None,
    }
