from datetime import date

import pytest

from clpt_growth.files.blank import WIDTH, blank_file, example_entry
from clpt_growth.files.casefile import CaseFile, case_file, case_file_value
from clpt_growth.files.problems import Problem
from clpt_growth.files.yaml_text import node_from
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.fact import Fact, NotApplicable

PHASES = ("", "primary", "secondary", "special", "alternative provision", "16 plus")


def read(text: str, dictionary: Dictionary, what: str = "school") -> CaseFile:
    return case_file(node_from(text, "blank.yaml"), dictionary, what=what, file="blank.yaml")


@pytest.mark.parametrize("what", ["school", "trust"])
@pytest.mark.parametrize("stage", [1, 2])
@pytest.mark.parametrize("phase", PHASES)
def test_a_blank_file_has_no_problems_and_no_facts(
    what: str, stage: int, phase: str, shipped_dictionary: Dictionary
) -> None:
    found = read(blank_file(shipped_dictionary, what, stage=stage, phase=phase), shipped_dictionary, what)
    assert found == CaseFile({}, [])


@pytest.mark.parametrize("what", ["school", "trust"])
def test_every_line_fits_eighty_columns(what: str, shipped_dictionary: Dictionary) -> None:
    lines = blank_file(shipped_dictionary, what).splitlines()
    assert [line for line in lines if len(line) > WIDTH] == []


def test_every_fact_a_person_writes_is_asked_for_once(shipped_dictionary: Dictionary) -> None:
    node = node_from(blank_file(shipped_dictionary, "school"), "blank.yaml")
    asked = {f"{block}.{name}" for block, child in node.value.items() for name in child.value}
    written = {f"{b.id}.{name}" for b in shipped_dictionary.blocks_of("school", "case").values() for name in b.written}
    assert written <= asked


def test_stage_1_asks_for_first_triage_alone(shipped_dictionary: Dictionary) -> None:
    node = node_from(blank_file(shipped_dictionary, "school", stage=1), "blank.yaml")
    assert "name" in node.value["identity"].value
    assert "ukprn" not in node.value["identity"].value
    assert "safeguarding" not in node.value
    assert "paper" not in node.value


def test_blocks_of_first_triage_come_first_and_the_authors_words_last(shipped_dictionary: Dictionary) -> None:
    blocks = list(node_from(blank_file(shipped_dictionary, "school"), "blank.yaml").value)
    assert blocks[0] == "identity"
    assert blocks.index("proposal") < blocks.index("safeguarding") < blocks.index("paper")


def test_what_does_not_arise_for_the_phase_is_left_out(shipped_dictionary: Dictionary) -> None:
    primary = blank_file(shipped_dictionary, "school", phase="primary")
    secondary = blank_file(shipped_dictionary, "school", phase="secondary")
    assert "  key_stage_2:" in primary
    assert "  key_stage_4:" not in primary
    assert "  key_stage_4:" in secondary
    assert "  key_stage_2:" not in secondary


def test_what_is_known_not_to_arise_is_left_out(shipped_dictionary: Dictionary) -> None:
    def asks(known: dict[str, Fact]) -> set[str]:
        text = blank_file(shipped_dictionary, "school", known=known)
        return {line for line in ("outgoing_trust:", "  diocese_position:") if f"\n{line}" in text}

    type_, faith = "school.identity.type", "school.identity.religious_character"
    assert asks({}) == {"outgoing_trust:", "  diocese_position:"}
    assert asks({type_: Fact(type_, "community")}) == {"  diocese_position:"}
    assert asks({faith: Fact(faith, "none")}) == {"outgoing_trust:"}


def test_every_example_entry_reads_once_its_marks_are_removed(shipped_dictionary: Dictionary) -> None:
    for kind in shipped_dictionary.kinds.values():
        if kind.kind != "records":
            continue
        problems: list[Problem] = []
        node = node_from("\n".join(example_entry(kind)) + "\n", "example.yaml")
        found = case_file_value(kind, node, "example.yaml", problems)
        assert problems == [], kind.name
        assert len(found) == 1, kind.name


def test_the_examples_in_a_blank_file_are_comments_that_can_be_uncommented(
    shipped_dictionary: Dictionary,
) -> None:
    lines = blank_file(shipped_dictionary, "school").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("budget:"))
    end = next(n for n in range(start, len(lines)) if not lines[n])
    entry = next(n for n in range(start, end) if lines[n].strip() == "# 2026-27:")
    freed = [*lines[start:entry], *(line.replace("# ", "", 1) for line in lines[entry:end])]
    found = read("\n".join(freed), shipped_dictionary)
    assert found.problems == []
    assert found.facts["school.budget"].value[0]["year"] == "2026-27"


def test_what_is_known_is_written_in_its_place_with_its_evidence(shipped_dictionary: Dictionary) -> None:
    known = {
        "school.identity.name": Fact("school.identity.name", 'St "Anne": 5% # yes'),
        "school.identity.urn": Fact("school.identity.urn", "001234", "register", date(2026, 11, 2), "published"),
        "school.identity.sixth_form": Fact("school.identity.sixth_form", False),
        "school.identity.diocese": Fact("school.identity.diocese", NotApplicable("no religious character")),
        "school.identity.feeder_schools": Fact("school.identity.feeder_schools", ("A, B", "C]")),
        "school.budget": Fact(
            "school.budget",
            ({"year": "2025-26", "status": "outturn", "income_gbp": -5},),
            "return",
        ),
    }
    found = read(blank_file(shipped_dictionary, "school", known=known), shipped_dictionary)
    assert found.problems == []
    assert {name: fact.value for name, fact in found.facts.items() if name != "school.budget"} == {
        name: fact.value for name, fact in known.items() if name != "school.budget"
    }
    assert found.facts["school.identity.urn"].dated == date(2026, 11, 2)
    record = found.facts["school.budget"].value[0]
    assert (record["year"], record["income_gbp"], record["source"]) == ("2025-26", -5, "return")


@pytest.mark.parametrize(
    "word", ["no", "null", "~", "060", "a: b", "- x", "{x}", "#", "é\u2028", " lead", "true", "*a"]
)
def test_words_that_yaml_could_take_for_something_else_come_back_as_they_were(
    word: str, shipped_dictionary: Dictionary
) -> None:
    known = {"school.identity.name": Fact("school.identity.name", word)}
    node = node_from(blank_file(shipped_dictionary, "school", known=known), "blank.yaml")
    assert node.value["identity"].value["name"].value == word


def test_the_first_line_tells_an_editor_where_the_schema_is(shipped_dictionary: Dictionary) -> None:
    text = blank_file(shipped_dictionary, "school", schema="../schema/school.json")
    assert text.splitlines()[0] == "# yaml-language-server: $schema=../schema/school.json"
    assert "yaml-language-server" not in blank_file(shipped_dictionary, "school")
